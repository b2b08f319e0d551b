"""Stories from a stream: likeness, days, later looks, a person's moves, closing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Document, Published
from onrecord.evaluate.stream import b_cubed, ceaf_e
from onrecord.grouping.stream import StoryStream, assign_all

FERRY = (
    "The ferry Halcyon ran aground off Port Carrow on Monday with 212 passengers aboard, the coastguard said.",
    "Passengers of the Halcyon were taken off the grounded ferry by lifeboats from Port Carrow, rescuers said.",
    "Captain Idris Vael of the ferry Halcyon said the ship lost power before it ran aground near Port Carrow.",
)
BUDGET = (
    "Treasurer Una Brandt presented a budget that raises the levy on sugar and cuts the tax on bread in Ostrel.",
    "The opposition in Ostrel called Treasurer Brandt's budget, with its levy on sugar, a tax on the poor.",
)


def document(name: str, text: str, day: str | None = "2024-03-04") -> Document:
    return Document(name, text, published=Published(day, "metadata") if day else None)


def both(day: str | None = "2024-03-04") -> list[Document]:
    texts = [("f", FERRY), ("b", BUDGET)]
    return [document(f"{kind}{n}", text, day) for kind, group in texts for n, text in enumerate(group)]


@pytest.mark.parametrize("day", ["2024-03-04", None])
def test_reports_of_one_event_are_one_story_and_no_others(day):
    formed = assign_all(both(day))
    assert len({formed[name] for name in ("f0", "f1", "f2")}) == 1
    assert formed["b0"] == formed["b1"] != formed["f0"]


def test_the_same_words_half_a_year_later_are_another_story():
    stream = StoryStream(horizon=10_000)
    first = stream.assign(document("a", FERRY[0], "2024-03-04"))
    later = stream.assign(document("b", FERRY[1], "2024-11-04"))
    assert later.new
    assert later.story != first.story


def test_a_person_puts_a_document_where_it_stays():
    stream = StoryStream()
    for each in both():
        stream.assign(each)
    budget = stream.assign(document("b2", BUDGET[0])).story
    move = stream.move("f0", budget)
    assert move.after == budget
    stream.revise()
    assert "f0" in stream.stories[budget]
    alone = stream.move("f0", None)
    assert stream.stories[alone.after] == ["f0"]
    with pytest.raises(KeyError):
        stream.move("f0", "story-999")


def test_a_story_is_closed_after_its_horizon_and_no_document_joins_it():
    stream = StoryStream(horizon=10)
    name = stream.assign(document("a", FERRY[0], "2024-03-04")).story
    assert stream.close(dt.date(2024, 3, 10)) == []
    assert stream.close(dt.date(2024, 4, 1)) == [name]
    assert len(stream) == 0
    assert stream.assign(document("b", FERRY[1], "2024-04-01")).new


def test_a_document_that_comes_again_is_in_one_story():
    stream = StoryStream()
    for each in [*both(), *both()]:
        stream.assign(each)
    assert sorted(name for members in stream.stories.values() for name in members) == sorted(d.id for d in both())


@given(st.lists(st.tuples(st.text(max_size=60), st.none() | st.dates()), max_size=8))
@settings(max_examples=40, deadline=None)
def test_every_document_is_in_one_story_whatever_it_holds(given_texts):
    documents = [
        Document(str(n), text, published=Published(day.isoformat(), "metadata") if day else None)
        for n, (text, day) in enumerate(given_texts)
    ]
    assert assign_all(documents).keys() == {each.id for each in documents}


def test_scores_are_full_for_the_labels_and_fall_for_joins_and_splits():
    labels = {"a": 1, "b": 1, "c": 2}
    assert b_cubed(labels, labels).f1 == ceaf_e(labels, labels).f1 == 100
    joined, split = {"a": 0, "b": 0, "c": 0}, {"a": 0, "b": 1, "c": 2}
    assert b_cubed(joined, labels).recall == 100 > b_cubed(joined, labels).precision
    assert b_cubed(split, labels).precision == 100 > b_cubed(split, labels).recall
    assert ceaf_e(joined, labels).f1 < 100
