"""Joins that are shown: of each kind, the pairs that labels can judge.

Reads a labelled story and what the pipeline found in it; gives a judgement a pair of places in different documents.
Joins that the program makes are shown, all of them. What the labels join and the program does not counts as withheld,
so that ``share_withheld`` is the part of all these joins that a reader does not see.

* ``statement join``: two attributions that the labels hold too. ``statement join, any`` also counts a pair with an
  attribution that no label holds as wrong: the fault may lie in the attribution or in the labels.
* ``claim join``: two sentences of the reports' own voice, in stories with labelled claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.document import Span
from onrecord.evaluate.claims import claim_pairs, sentence_pairs
from onrecord.evaluate.sourcing import LabelledStory
from onrecord.evaluate.stories import joined_pairs, matched_utterances, statement_pairs
from onrecord.story import Story

Row = tuple[str, bool, bool]
"""The kind of a join, whether it is shown, whether it is right."""


def statement_joins(labelled: LabelledStory, story: Story) -> Iterator[Row]:
    """Judge the pairs of attributions that one statement holds."""
    ids = {key: item["id"] for key, item in matched_utterances(labelled, story.documents).items()}
    wanted, unsure = statement_pairs(labelled)
    places = joined_pairs(story.statements)
    known: set[Any] = {tuple(sorted((ids[a], ids[b]))) for a, b in places if a in ids and b in ids and ids[a] != ids[b]}
    found = set(ids.values())
    yield from _judged("statement join", known - unsure, {pair for pair in wanted if found.issuperset(pair)})
    every: set[Any] = {tuple(sorted((ids.get(a, str(a)), ids.get(b, str(b))))) for a, b in places}
    yield from _judged("statement join, any", {p for p in every - unsure if p[0] != p[1]}, wanted)


def claim_joins(labelled: LabelledStory, story: Story) -> Iterator[Row]:
    """Judge the pairs of sentences that one claim holds, where claims are labelled."""
    if not labelled.answers.get("assertions"):
        return
    sentences = {d.id: d.sentences for d in story.documents}
    wanted, unsure = claim_pairs(labelled, story.documents)
    found: set[Any] = set()
    for claim in story.claims:
        found |= sentence_pairs([(m.document, Span(m.start, m.end)) for m in claim.members], sentences)
    yield from _judged("claim join", found - unsure, wanted)


def _judged(kind: str, found: set[Any], wanted: set[Any]) -> Iterator[Row]:
    for pair in sorted(found):
        yield kind, True, pair in wanted
    for _ in sorted(wanted - found):
        yield kind, False, True
