"""Mentions and speakers are two things; the rule joins full names, people decide the rest, and can undo it."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from onrecord.archive import annotating, schema
from onrecord.archive.archive import Archive
from onrecord.archive.engine import reading
from onrecord.archive.preparing import Annotator
from onrecord.errors import UsageError


@pytest.fixture
def filled(archive, make):
    archive.add_annotated(
        [
            make("one", speaker="Olav Strand"),
            make("two", speaker="Olav B. Strand", outlet="Maravel Courier"),
            make("three", "Boats may leave", speaker="Strand"),
            make("four", "It was wet", speaker="Mara Quist", day="2025-03-14"),
            make("five", "It was cold", speaker="Mara Quist"),
            make("six", "It was dark", speaker="Mara Quistt"),
        ]
    )
    return archive


def number(archive, name):
    return next(each.id for each in archive.people.list(name) if each.name == name)


def state(archive):
    """Give who is taken for whom: for each attribution its document's key and the speaker's shown number and name."""
    with reading(archive._engine) as connection:
        lead = {row.id: (row.into_speaker or row.id) for row in connection.execute(select(schema.speaker))}
        names = {row.id: row.name for row in connection.execute(select(schema.speaker))}
        rows = connection.execute(
            select(schema.document.c.key, schema.attribution.c.speaker).join(
                schema.document, schema.document.c.id == schema.attribution.c.document
            )
        )
        return {row.key: (lead.get(row.speaker), names.get(lead.get(row.speaker))) for row in rows}


def test_the_rule_joins_full_names_and_nothing_else(filled):
    found = {each.name: each for each in filled.people.list()}
    assert set(found) == {"Olav Strand", "Olav B. Strand", "Mara Quist", "Mara Quistt"}
    assert found["Mara Quist"].attributions == 2
    assert (found["Mara Quist"].first, found["Mara Quist"].last) == ("2025-03-11", "2025-03-14")
    assert found["Olav Strand"].titles == ("harbour master",)
    assert state(filled)["three"] == (None, None)


def test_who_may_be_one_is_proposed_with_the_reason_and_left_alone(filled):
    before = state(filled)
    found = {(each.name, each.other_name, each.reason) for each in filled.people.propose("strand")}
    assert ("Olav Strand", "Strand", "last-name-alone") in found or (
        "Olav B. Strand",
        "Strand",
        "last-name-alone",
    ) in found
    assert any(reason == "middle-name" for _, _, reason in found)
    assert {each.reason for each in filled.people.propose("quist")} == set(), "the last words differ"
    assert state(filled) == before


def test_merging_renaming_linking_and_undoing(filled):
    people = filled.people
    before = state(filled)
    strand, other = number(filled, "Olav Strand"), number(filled, "Olav B. Strand")
    merged = people.merge(other, strand, who="desk")
    renamed = people.rename(strand, "Olav Bo Strand")
    linked = people.link("Strand", other)
    assert {key for key, (who, _) in state(filled).items() if who == strand} == {"one", "two", "three"}
    assert {each.key for each in filled.search(speaker_id=strand).hits} == {"one", "two", "three"}
    assert {each.key for each in filled.search(speaker_id=other).hits} == {"one", "two", "three"}, "it leads there"
    assert people.show(strand).attributions == 3
    assert people.show(other).into == strand
    assert [each.name for each in people.list("strand")] == ["Olav Bo Strand"]
    people.undo(merged.id)
    assert state(filled)["two"] == (other, "Olav B. Strand")
    assert state(filled)["one"] == (strand, "Olav Bo Strand"), "the others stand"
    people.undo(renamed.id)
    people.undo(linked.id)
    assert state(filled) == before
    with pytest.raises(UsageError, match="no decision"):
        people.undo(linked.id)
    assert [each.undone is not None for each in people.decisions()] == [True, True, True]


def test_splitting_gives_some_documents_to_somebody_else(filled):
    quist = number(filled, "Mara Quist")
    made = filled.people.split(quist, ["five"], name="Mara Quist (minister)")
    assert state(filled)["five"] == (made.other, "Mara Quist (minister)")
    assert state(filled)["four"] == (quist, "Mara Quist")
    with pytest.raises(UsageError, match="none of these"):
        filled.people.split(quist, ["one"])


@pytest.mark.parametrize(
    "wrong", ["merge(1, 1)", "merge(1, 99)", "rename(1, '...')", "link('Nobody', 1)", "show(99)", "undo(7)"]
)
def test_what_cannot_be_decided_is_refused(filled, wrong):
    people = filled.people
    with pytest.raises(UsageError):
        eval(f"people.{wrong}", {"people": people})
    assert people.decisions() == []


def test_decisions_hold_for_later_versions_and_annotations(filled, make, monkeypatch):
    quist = number(filled, "Mara Quist")
    made = filled.people.split(quist, ["five"])
    strand = number(filled, "Olav Strand")
    filled.people.link("Strand", strand)
    filled.add_annotated(
        [make("five", "It was very cold", speaker="Mara Quist"), make("new", "Ferries go", speaker="Strand")]
    )
    assert state(filled)["five"][0] == made.other
    assert state(filled)["new"][0] == strand
    monkeypatch.setattr(annotating, "annotator", lambda: Annotator(b"other", "9"))
    found = {each: filled.annotations(each) for each in ("one", "two", "three", "four", "five", "six", "new")}
    by_text = {each.text: each for each in found.values()}
    monkeypatch.setattr(
        "onrecord.pipeline.annotate",
        lambda documents, failures: [
            msgspec.structs.replace(by_text[each.text], document=each) for each in documents if failures == []
        ],
    )
    before = state(filled)
    assert {each.what for each in filled.reread()} == {"annotated"}
    assert state(filled) == before
    filled.prune()
    assert state(filled) == before
    assert filled.people.decisions(idle=True) == []
    assert filled.check() == []


def test_a_decision_that_holds_for_nobody_any_more_is_listed(filled, make):
    made = filled.people.split(number(filled, "Mara Quist"), ["five"])
    filled.erase("five", because="asked")
    assert filled.people.decisions() == [], "what was decided about an erased document alone goes with it"
    made = filled.people.link("Strand", number(filled, "Olav Strand"), ["three"])
    filled.add_annotated([make("three", "Boats may leave now", speaker="Ida Moll")])
    assert filled.people.decisions(idle=True) == [], "the former version still has him"
    assert made.pairs == (("three", "strand"),)


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.integers(1, 5), st.integers(1, 5)),
        st.tuples(st.just("rename"), st.integers(1, 5), st.sampled_from(["Ada Moll", "Bo Lund"])),
        st.tuples(st.just("split"), st.integers(1, 5), st.sampled_from(["one", "four", "five"])),
        st.tuples(st.just("link"), st.integers(1, 5), st.sampled_from(["Strand", "Mara Quist"])),
        st.tuples(st.just("undo"), st.integers(1, 6), st.none()),
    ),
    max_size=6,
)


def do(archive, deed, one, other):
    people = archive.people
    try:
        if deed == "merge":
            people.merge(one, other)
        elif deed == "rename":
            people.rename(one, other)
        elif deed == "split":
            people.split(one, [other])
        elif deed == "link":
            people.link(other, one)
        else:
            people.undo(one)
    except UsageError:
        return


@given(deeds=DEEDS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_decided_undoing_all_of_it_brings_the_rule_back(tmp_path_factory, make, deeds):
    place = tmp_path_factory.mktemp("people") / "news.db"
    with Archive(str(place), create=True) as archive:
        names = {"one": "Olav Strand", "three": "Strand", "four": "Mara Quist", "five": "Mara Quist"}
        archive.add_annotated([make(key, f"It was {key}", speaker=name) for key, name in names.items()])
        before = state(archive)
        for deed in deeds:
            do(archive, *deed)
        assert archive.check() == []
        for each in archive.people.decisions():
            if each.undone is None:
                archive.people.undo(each.id)
        assert state(archive) == before
