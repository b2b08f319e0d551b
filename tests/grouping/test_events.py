"""Events: which documents of many report one event."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Document, Published
from onrecord.grouping.events import group_events

SHARED = Path(__file__).parents[2] / "../shared"

FERRY = [
    "A ferry struck the North Quay at Wexholm in fog on Monday and brought down a crane. Three dock workers died.",
    "Wexholm's harbour was closed after a ferry rammed its quay in fog, and a crane killed dock workers on Monday.",
    "Dock workers at Wexholm mourned three of their own whom a crane had killed when a ferry hit the quay in fog.",
]
VOTE = [
    "Voters in Tarnow chose Ilse Brandt as mayor on Sunday. Brandt, a nurse, beat the incumbent by 412 ballots.",
    "Ilse Brandt will be mayor of Tarnow. The nurse won Sunday's ballot against the incumbent, officials counted.",
]
STORM = ["Hail broke greenhouses across the Alvor valley on Saturday, and growers there feared for the tomato crop."]


def document(name, text, day=None, title=None):
    return Document(id=name, text=text, title=title, published=Published(day, "metadata") if day else None)


def documents():
    texts = {"f": FERRY, "v": VOTE, "s": STORM}
    return [document(f"{k}{n}", t, "2025-03-11") for k, each in texts.items() for n, t in enumerate(each)]


def groups(docs):
    return {frozenset(event.documents) for event in group_events(docs)}


def test_reports_of_one_event_stand_together_and_others_apart():
    assert groups(documents()) == {frozenset({"f0", "f1", "f2"}), frozenset({"v0", "v1"}), frozenset({"s0"})}


def test_the_same_words_a_month_later_are_another_event():
    a, b = document("a", FERRY[0], "2025-03-11"), document("b", FERRY[1], "2025-04-20")
    assert len(group_events([a, b])) == 2


def test_a_cut_copy_joins_its_source():
    longer = FERRY[0] + " " + FERRY[2] + " The inquiry is to report by the end of April, the judge said there."
    docs = [document("long", longer, "2025-03-11"), document("cut", longer[:180], "2025-03-11"), *documents()[3:]]
    assert frozenset({"long", "cut"}) in groups(docs)


def test_an_event_names_the_words_that_most_of_its_reports_share():
    (event,) = [e for e in group_events(documents()) if "f0" in e.documents]
    assert {"ferry", "crane", "quay"} & set(event.words)


@given(st.permutations(range(6)))
def test_order_changes_nothing(order):
    docs = documents()
    assert groups([docs[i] for i in order]) == groups(docs)


@given(st.lists(st.text(max_size=80), max_size=6))
def test_every_document_stands_in_one_event(texts):
    docs = [document(f"d{n}", text) for n, text in enumerate(texts)]
    listed = [name for event in group_events(docs) for name in event.documents]
    assert sorted(listed) == sorted(d.id for d in docs)


@pytest.mark.shared
def test_the_gold_stories_are_told_apart():
    if not (SHARED / "stories").is_dir():
        pytest.skip("the shared stories are not here")
    docs, story = [], {}
    for path in sorted((SHARED / "stories").glob("*.docs.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            story[record["id"]] = path.name
            docs.append(document(record["id"], record["text"], record["published"], record["title"]))
    found = group_events(docs)
    mixed = [e for e in found if len({story[d] for d in e.documents}) > 1]
    assert not mixed
    pairs = sum(len(e.documents) * (len(e.documents) - 1) // 2 for e in found)
    assert pairs >= 50
