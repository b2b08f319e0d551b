"""The timeline: by which words a statement or a claim has its day, and in which order days stand."""

from __future__ import annotations

from onrecord.annotation import Annotations, Attribution
from onrecord.annotators.dates.resolving import find_dates
from onrecord.comparison.timeline import order
from onrecord.document import Document, Published, Span
from onrecord.story import Claim, ClaimMember, Statement, Variant

TEXT = "The ferry sank on Monday off the cape. On Wednesday the mayor said that divers would go down on Friday."


def report(name: str, text: str = TEXT, published: str | None = "2021-09-02") -> Annotations:
    document = Document(id=name, text=text, published=Published(published, "metadata") if published else None)
    middle = text.index(". ") + 2 if ". " in text else len(text)
    sentences = (Span(0, middle - 1), Span(middle, len(text)))
    content = Span(text.index("divers"), len(text) - 1) if "divers" in text else Span(0, 1)
    cue = Span(text.index("said"), text.index("said") + 4) if "said" in text else None
    attribution = Attribution("a1", (content,), cue=cue)
    return Annotations(
        document, sentences, attributions=(attribution,), dates=find_dates(document, sentences, "2021-09-02")
    )


def statement(*documents: str) -> Statement:
    return Statement("s1", None, tuple(Variant(name, "a1") for name in documents))


def test_a_statement_is_dated_outside_what_is_said() -> None:
    document = report("a")
    said = [entry for entry in order([document], [statement("a")], []) if entry.what == "said"]
    assert [(entry.day, entry.item) for entry in said] == [("2021-09-01", "s1")]
    assert said[0].evidence is not None
    assert said[0].evidence.of(TEXT) == "On Wednesday"


def test_an_claim_is_dated_by_its_own_words_and_days_stand_in_order() -> None:
    document = report("a")
    told = Claim("k1", (ClaimMember("a", 0, TEXT.index(" off")),))
    entries = order([document], [statement("a")], [told])
    assert [(entry.day, entry.what) for entry in entries] == [
        ("2021-08-30", "happened"),
        ("2021-09-01", "said"),
        ("2021-09-02", "published"),
    ]


def test_the_day_that_most_documents_give_wins() -> None:
    other = "The ferry sank on Tuesday off the cape. On Tuesday the mayor said that divers would go down."
    documents = [report("a", other), report("b"), report("c")]
    said = [e for e in order(documents, [statement("a", "b", "c")], []) if e.what == "said"]
    assert [(entry.day, entry.document) for entry in said] == [("2021-09-01", "b")]


def test_an_undated_document_gives_inferred_days_and_no_publication() -> None:
    entries = order([report("a", published=None)], [statement("a")], [])
    assert [(entry.what, entry.inferred) for entry in entries] == [("said", True)]


def test_a_month_dates_nothing_to_the_day() -> None:
    document = report("a", "The ferry sank in June off the cape. The mayor said that divers would go down.")
    assert [entry.what for entry in order([document], [statement("a")], [])] == ["published"]


def test_the_order_of_documents_changes_nothing_and_missing_ids_nothing_either() -> None:
    documents = [report("a"), report("b")]
    stray = Statement("s2", None, (Variant("z", "a1"), Variant("a", "a9")))
    told = [statement("a", "b"), stray]
    assert order(documents, told, []) == order(documents[::-1], told, [])
