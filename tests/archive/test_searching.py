"""Search finds what was kept, in order, page by page; nothing that is typed breaks it; on both engines."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.archive.query import Query, read_words
from onrecord.errors import ArchiveTimeoutError, UsageError

ODD = (
    "\" ' * ^ : ( ) { } - + NEAR AND OR NOT & | ! <-> quay words: shut* \0 \\ % _ ; -- ﬁ ½ e\u0301 “ ” \ud800 ʼ".split(
        " "
    )
)
TYPED = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(ODD), max_size=12).map(" ".join))


def refused(search, *args, **options):
    """Give the sentence with which a search is refused; it may be refused in no other way."""
    try:
        search(*args, **options)
    except UsageError as error:
        return str(error)
    return None


@pytest.fixture
def filled(archive, make):
    archive.add_annotated(
        [
            make("one", "The quay stays shut until Friday", day="2025-03-11"),
            make(
                "two", "No boats will leave the quay", speaker="Mara Quist", day="2025-03-13", outlet="Maravel Courier"
            ),
            make("three", "Boats may leave, and the café opens", day="2025-02-01"),
            make("four", "Ferries go where boats cannot", speaker="Quist", day="2024-12-31"),
        ]
    )
    return archive


def found(archive, *args, **limits):
    return [each.key for each in archive.search(*args, **limits).hits]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("boats", ["two", "three", "four"]),
        ("boat", ["two", "three", "four"]),
        ("quay friday", ["one"]),
        ('"leave the quay"', ["two"]),
        ("“quay leave”", []),
        ('"boats will leave" -friday', ["two"]),
        ("boats -quay", ["three", "four"]),
        ('boats -"leave the quay"', ["three", "four"]),
        ("cafe", ["three"]),
        ("CAFÉ", ["three"]),
        ("fer*", ["four"]),
        ("the", ["two", "one", "three"]),
        ("not", []),
        ("OR", []),
    ],
)
def test_words_phrases_absent_words_and_beginnings(filled, typed, keys):
    assert found(filled, typed) == keys
    assert filled.search(typed).total == len(keys)


def test_limits_on_who_where_when_and_how(filled):
    assert found(filled) == ["two", "one", "three", "four"]
    assert found(filled, speaker="strand") == ["one", "three"]
    assert found(filled, speaker="QUIST") == ["two", "four"]
    assert found(filled, "boats", speaker="Mara Quist") == ["two"]
    assert found(filled, outlet="maravel courier") == ["two"]
    assert found(filled, since="2025-03") == ["two", "one"]
    assert found(filled, until="2025-02") == ["three", "four"]
    assert found(filled, "boats", since="2025", until="2025-02-01") == ["three"]
    assert found(filled, form="indirect") == []
    assert found(filled, "boats", form="direct", act="utterance") == ["two", "three", "four"]
    assert found(filled, act="attitude") == []
    speaker = filled.search("friday").hits[0].speaker_id
    assert found(filled, speaker_id=speaker) == ["one", "three"]
    assert found(filled, speaker_id=10_000) == []


def test_a_hit_shows_the_words_in_their_sentence_the_cue_and_the_place(filled, make):
    (hit,) = filled.search("friday").hits
    document = make("one").document
    assert hit.context == "“The quay stays shut until Friday,” Olav Strand said."
    assert document.text[hit.start : hit.end] == hit.words == "“The quay stays shut until Friday,”"
    assert hit.cue.of(document.text) == "said"
    assert (hit.speaker, hit.outlet, hit.day, hit.version) == ("Olav Strand", "Corvany Ledger", "2025-03-11", 1)
    assert hit.link == f"one#char=0,{hit.end}"


@pytest.mark.parametrize("order", ["newest", "relevant"])
def test_pages_hold_everything_once_whatever_is_added_between(archive, make, order):
    archive.add_annotated([make(f"r{n:02}", f"Boat number {n} is out", day=f"2025-03-{n + 1:02}") for n in range(25)])
    seen, after = [], None
    while True:
        page = archive.search(Query("boat", order=order), limit=4, after=after)
        assert page.total >= 25
        seen += [each.key for each in page.hits]
        archive.add_annotated([make(f"new{len(seen)}", "One more boat is out", day="2025-04-01")])
        if (after := page.after) is None:
            break
    if order == "newest":
        assert seen == [f"r{n:02}" for n in reversed(range(25))]
    assert len(seen) == len(set(seen))
    assert {f"r{n:02}" for n in range(25)} <= set(seen)


def test_the_most_relevant_come_first(archive, make):
    archive.add_annotated(
        [
            make("much", "Quay, quay, quay", day="2025-01-01"),
            make(
                "little", "Of all that was said about the harbour only one word was ever of the quay", day="2025-05-05"
            ),
        ]
    )
    assert found(archive, "quay") == ["little", "much"]
    assert found(archive, Query("quay", order="relevant")) == ["much", "little"]


def test_a_total_says_at_least(archive, make, monkeypatch):
    monkeypatch.setattr("onrecord.archive.searching.COUNTED", 3)
    archive.add_annotated([make(f"r{n}", f"Boat {n} is out") for n in range(5)])
    page = archive.search("boat", limit=2)
    assert (page.total, page.exact) == (3, False)
    page = archive.search("boat 4")
    assert (page.total, page.exact) == (1, True)


@given(typed=TYPED, order=st.sampled_from(["newest", "relevant"]))
@example(typed='a" OR "b', order="newest")
@example(typed="'; DROP TABLE text; --", order="newest")
@example(typed="quay\0shut", order="newest")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_typed_breaks_a_search(filled, typed, order):
    for query in (Query(typed, order=order), Query(speaker=typed), Query(outlet=typed), Query("quay", since=typed)):
        because = refused(filled.search, query)
        if because is None:
            page = filled.search(query)
            assert page.total == len(page.hits) <= 4
        else:
            assert "\n" not in because


@given(after=st.one_of(st.text(max_size=20), st.from_regex(r"\A\d{1,22}:-?\d\.\d:\d{1,22}\Z"), st.just("1" * 30)))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_place_to_go_on_from_breaks_a_search(filled, after):
    for order in ("newest", "relevant"):
        because = refused(filled.search, Query("quay", order=order), after=after)
        assert because is None or "go on from" in because


def test_words_are_those_that_stand_in_the_text_as_typed(filled):
    assert read_words("  ") is None
    with pytest.raises(UsageError, match="no word"):
        read_words("-quay")
    with pytest.raises(UsageError, match="no word"):
        read_words('"..." *')
    with pytest.raises(UsageError, match="fewer"):
        read_words("a " * 33)
    with pytest.raises(UsageError, match="1 to 200"):
        filled.search("quay", limit=201)
    with pytest.raises(UsageError, match="no day"):
        filled.search("quay", since="last week")


def test_a_search_ends_when_its_time_is_up(archive, make):
    archive.add_annotated([make(f"r{n}", f"Boat {n} is out") for n in range(1500)], together=1500)
    with pytest.raises(ArchiveTimeoutError, match="longer than its time"):
        archive.search("boat", order="relevant", seconds=0.0)
    assert archive.search("boat", seconds=30).total == 1500, "the limit is gone with the search that had it"


def test_a_document_without_a_date_says_so(archive, make):
    archive.add_annotated([make("one", day=None), make("two", "It stays shut")])
    assert [(each.key, each.day, each.dated) for each in archive.search("shut").hits] == [
        ("one", "2025-03-20", False),
        ("two", "2025-03-11", True),
    ]
