"""The fast alignment against a naive one that is obviously right, and the index's promises."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotation import Annotations
from onrecord.comparison.alignment.dynamic import Costs, align, best_score
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.alignment.search import Query, Search
from onrecord.document import Block, Document


def naive_best(costs: Costs) -> int:
    """Try every way to read query word i from window word j on: put it in, or pair it with any word that follows."""
    length, width = costs.scores.shape

    @cache
    def best(i: int, j: int, inserted: bool, started: bool) -> int:
        if i == length:
            return 0
        insertion = int(costs.insert_word[i] if inserted else costs.insert_open[i])
        options = [best(i + 1, j, True, started) - insertion]
        for k in range(j, width):
            skipped = k - j
            gap = int(costs.gap_open[i]) + int(costs.gap_word[i]) * skipped if skipped and started else 0
            options.append(best(i + 1, k + 1, False, True) + int(costs.scores[i, k]) - gap)
        return max(options)

    return best(0, 0, False, False)


def score_of(costs: Costs, pairs: list[int]) -> int:
    """Add up what a given alignment costs."""
    total, before, inserted = 0, None, False
    for i, j in enumerate(pairs):
        if j < 0:
            total -= int(costs.insert_word[i] if inserted else costs.insert_open[i])
            inserted = True
            continue
        total += int(costs.scores[i, j])
        if before is not None and j > before + 1:
            total -= int(costs.gap_open[i]) + int(costs.gap_word[i]) * (j - before - 1)
        before, inserted = j, False
    return total


@st.composite
def costs(draw: st.DrawFn) -> Costs:
    length, width = draw(st.integers(1, 6)), draw(st.integers(1, 9))
    letters = st.integers(0, 3)
    query = draw(st.lists(letters, min_size=length, max_size=length))
    window = draw(st.lists(letters, min_size=width, max_size=width))
    weights = draw(st.lists(st.integers(1500, 11_000), min_size=4, max_size=4))
    scores = np.array([[weights[q] if q == w else -1500 for w in window] for q in query], dtype=np.int64)

    def same(value: int) -> np.ndarray:
        return np.full(length, value, dtype=np.int64)

    return Costs(scores, same(5500), same(120), same(1500), same(800))


@settings(max_examples=200, deadline=None)
@given(costs())
def test_the_fast_alignment_scores_what_the_naive_one_does(made: Costs) -> None:
    assert best_score(made) == naive_best(made)


@settings(max_examples=200, deadline=None)
@given(costs())
def test_the_alignment_given_has_the_score_told_and_keeps_the_order(made: Costs) -> None:
    pairs = align(made)
    assert score_of(made, pairs) == best_score(made)
    placed = [j for j in pairs if j >= 0]
    assert placed == sorted(set(placed))


def transcript(text: str, blocks: tuple[Block, ...] = ()) -> TranscriptIndex:
    return TranscriptIndex([Annotations(Document("t", text, "transcript", blocks=blocks))])


WORDS = st.lists(
    st.sampled_from("jetty pilot ledger winter signal the of a to we was quarry".split()), min_size=8, max_size=60
)


@settings(max_examples=100, deadline=None)
@given(WORDS, st.data())
def test_any_run_of_a_transcript_is_found_where_it_stands(words: list[str], data: st.DataObject) -> None:
    index = transcript(" ".join(words))
    start = data.draw(st.integers(0, len(words) - 4))
    run = words[start : start + 4]
    places = [hit.places for hit in Search(index, Query.plain(run)).hits(most=64)]
    assert places
    assert all([index.form_at(p) for p in found] == run for found in places)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_garbage_is_indexed_and_searched(text: str, quotation: str) -> None:
    index = transcript(text)
    for hit in Search(index, Query.plain(quotation.split() or ["x"])).hits():
        assert 0 <= hit.share <= 1
        assert all(-1 <= p < len(index) for p in hit.places)


def test_spans_lead_back_to_the_letters() -> None:
    text = "The pilots’ ledger: 2,400 signals — “lost” in the U.S.A."
    index = transcript(text)
    assert [index.span_of(p).of(text) for p in range(len(index))] == [
        "The", "pilots", "ledger", "2,400", "signals", "lost", "in", "the", "U.S.A",
    ]  # fmt: skip


def test_a_query_joined_from_two_places_is_aligned_as_one() -> None:
    first = "Our winter pilots counted strange signals along the quarry road."
    second = "Nobody in that jetty office ever opened the sealed ledger."
    filler = " ".join(f"Clerk number {n} read a page of plain figures aloud." for n in range(20))
    index = transcript(f"{first} {filler} {second}")
    query = Query.plain([*second.lower().rstrip(".").split(), *first.lower().rstrip(".").split()])
    best = Search(index, query).hits()[0]
    assert best.share > 0.95
    assert best.places[0] > best.places[-1]


def test_turns_keep_their_speakers() -> None:
    text = "ANN: We left early. BOB: We stayed late."
    blocks = (Block("turn", 5, 19, "ANN"), Block("turn", 25, len(text), "BOB"))
    index = transcript(text, blocks)
    assert index.speakers(0) == ["ANN", "BOB"]
    assert index.turns[index.turn_of(Search(index, Query.plain(["stayed", "late"])).hits()[0].first)].speaker == "BOB"


def test_a_stage_direction_is_nobodys_word() -> None:
    index = transcript("We will [applause] rebuild (inaudible) the quay.")
    assert [index.form_at(p) for p in range(len(index))] == ["we", "will", "rebuild", "the", "quay"]


@pytest.mark.parametrize("empty", ["", " ", "…", "[applause]"])
def test_nothing_to_search_gives_nothing(empty: str) -> None:
    assert Search(transcript(empty), Query.plain(["word"])).hits() == []
