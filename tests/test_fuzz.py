"""Mutated documents: a few in seconds; `onrecord benchmark fuzz --documents 10000` makes more."""

from __future__ import annotations

import random

import pytest

from onrecord import pipeline
from onrecord.annotation import Annotations, Attribution, DateMention, Figure, Speaker
from onrecord.document import Block, Document, Span
from onrecord.evaluate.fuzz import Mutator, fuzz
from onrecord.evaluate.invariants import faults_of_annotations, faults_of_check, faults_of_story
from onrecord.readers import Identifiers, read_all
from onrecord.story import Check, CheckedQuotation, Claim, ClaimMember, Origins, Story
from onrecord.wording import Passage, Wording

TEXT = "The gate is shut, Runa Eide said."


@pytest.mark.parametrize("chance", [1, 2])
def test_mutated_documents_break_nothing(demo, chance):
    reports, transcript = demo
    seeds = [document.text for document in read_all([*reports, transcript], ids=Identifiers())[0]]
    for outcome in fuzz(20, seeds=seeds, chance=chance):
        last = outcome
    assert [(fault.work, fault.what) for fault in last.faults] == []
    assert last.made == 20
    assert last.read > 10


def test_the_same_chance_makes_the_same_files():
    one, other, third = ([mutator.file() for _ in range(30)] for mutator in (Mutator([], c) for c in (7, 7, 8)))
    assert one == other != third


def test_a_stage_that_breaks_is_a_fault(monkeypatch):
    def broken(*_):
        raise IndexError

    monkeypatch.setattr(pipeline.figures, "find_figures", broken)
    *_, last = fuzz(5)
    assert any("IndexError in test_fuzz.py" in fault.what for fault in last.faults)


def test_a_finding_that_depends_on_the_batch_is_a_fault(monkeypatch):
    chance = random.Random(1)
    monkeypatch.setattr(
        pipeline.figures, "find_figures", lambda *_: (Figure("f1", 0, 1, chance.randint(1, 10**9), None),)
    )
    *_, last = fuzz(5)
    assert any("changes with its batch" in fault.what for fault in last.faults)


def attribution(name: str = "a1", *content: Span, **fields) -> Attribution:
    return Attribution(name, content or (Span(0, 16),), **fields)


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        ({"attributions": (attribution("a1", Span(0, 99)),)}, "a1 at"),
        ({"attributions": (attribution("a1", Span(5, 5)),)}, "a1 at"),
        ({"attributions": (attribution("a1", Span(9, 12), Span(0, 4)),)}, "out of order"),
        ({"attributions": (attribution(speaker="p9"),)}, "p9 leads nowhere"),
        ({"attributions": (attribution("a1", within="a2"), attribution("a2", within="a1"))}, "holds itself"),
        ({"attributions": (attribution(), attribution())}, "stands 2 times"),
        ({"attributions": (attribution(confidence=1.5),)}, "chance"),
        ({"sentences": (Span(3, 9), Span(0, 4))}, "sentences out of order"),
        ({"speakers": (Speaker("p1", "Eide", "person", mentions=(Span(-1, 4),)),)}, "mention"),
        ({"figures": (Figure("f1", 0, 3, 5, 2),)}, "bounds"),
        ({"figures": (Figure("f1", 0, 3, float("inf"), None),)}, "bounds"),
        ({"figures": (Figure("f1", 0, 3, 1, 1, part_of="f7"),)}, "f7 leads nowhere"),
        ({"dates": (DateMention(30, 40, None),)}, "date at"),
    ],
)
def test_what_does_not_hold_of_annotations_is_found(found, fault):
    assert any(fault in each for each in faults_of_annotations(Annotations(Document("d", TEXT), **found)))


def test_what_does_not_hold_of_a_story_or_a_check_is_found():
    document = Annotations(Document("d", TEXT))
    story = Story((document,), claims=(Claim("c1", (ClaimMember("d", 0, 99), ClaimMember("e", 0, 1))),))
    assert len(faults_of_story(story)) == 2
    assert faults_of_story(Story((document,), origins=Origins(2, 1, ()))) == ["origins 2 to 1"]
    wording = Wording("trimmed", (Passage("t", 0, 99),))
    quotation = CheckedQuotation(Span(0, 99), (Span(0, 4),), None, None, wording, "ok")
    check = Check(document, (Annotations(Document("t", "Shut.")),), (quotation,), "strict")
    assert len(faults_of_check(check)) == 2


def test_what_is_sound_has_no_faults():
    documents = [Document("d", TEXT), Document("t", "RUNA EIDE: The gate is shut. It stays shut.", "transcript")]
    for each in pipeline.annotate(documents):
        assert faults_of_annotations(each) == []
    assert faults_of_story(pipeline.compare(documents)) == []
    assert [fault for check in pipeline.check(documents[:1], documents[1:]) for fault in faults_of_check(check)] == []


@pytest.mark.parametrize(
    ("blocks", "wrong"),
    [
        ([("paragraph", 0, 99)], "lie outside"),
        ([("paragraph", 4, 4)], "lie outside"),
        ([("turn", 0, 10), ("turn", 5, 20)], "overlap"),
        ([("headline", 0, 33), ("paragraph", 0, 33)], "overlap"),
        ([("paragraph", 0, 10), ("credit", 5, 20)], "overlap"),
        ([("paragraph", 0, 20), ("dateline", 0, 5), ("credit", 15, 20)], None),
        ([("paragraph", 20, 33), ("headline", 0, 20)], None),
    ],
)
def test_blocks_that_overlap_or_lie_outside_are_refused_in_one_sentence(tmp_path, blocks, wrong):
    import json

    path = tmp_path / "d.json"
    given = [{"kind": kind, "start": start, "end": end} for kind, start, end in blocks]
    path.write_text(json.dumps([{"text": TEXT, "blocks": given}, {"text": TEXT}]))
    documents, failures = read_all([path])
    assert len(documents) == 2 - bool(wrong)
    assert [wrong in failure.because for failure in failures] == [True] * bool(wrong)
    own = Document("d", TEXT, blocks=tuple(Block(*block) for block in blocks))
    missed: list = []
    assert len(pipeline.annotate([own, Document("e", TEXT)], failures=missed)) == 2 - bool(wrong)
    assert [wrong in failure.because for failure in missed] == [True] * bool(wrong)
