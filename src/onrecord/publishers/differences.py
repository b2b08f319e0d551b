"""What each report leaves out of what most have, and what stands in it alone.

Reads: Story. Both accuse, so both are said only where no passage of the other reports is like it
(:mod:`onrecord.comparison.echoes`), and a report is charged only with what it could have had
(:func:`onrecord.comparison.coverage.left_out`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.comparison.coverage import left_out
from onrecord.comparison.echoes import Echoes
from onrecord.document import Span
from onrecord.publishers.index import StoryIndex
from onrecord.publishers.naming import MORE_THAN_ONE

_Passages = Sequence[tuple[str, Sequence[Span]]]


class Difference(NamedTuple):
    """For one report the ids of statements and claims that it lacks though most have them, and that it alone has."""

    document: str
    lacking: tuple[str, ...]
    alone: tuple[str, ...]


def differences(index: StoryIndex) -> list[Difference]:
    """List the differences of each report; statements come before claims, what is in quotation marks first."""
    story, reports = index.story, index.reports
    if len(reports) < MORE_THAN_ONE:
        return []
    echoes = Echoes(story.documents)
    passages = _passages(index)
    lacking: dict[str, list[str]] = {r: [] for r in reports}
    alone: dict[str, list[str]] = {r: [] for r in reports}
    listed: set[tuple[str, int]] = set()
    for row in sorted(story.coverage, key=lambda r: (r.kind == "claim", all(c.form == "indirect" for c in r.cells))):
        carriers = [c.document for c in row.cells]
        if not passages.get(row.item):
            continue
        if row.core:
            like = echoes.elsewhere(passages[row.item])
            for id_ in left_out(row, story.documents):
                if id_ not in like and id_ in lacking:
                    lacking[id_].append(row.item)
        elif len(carriers) == 1 and carriers[0] in alone and not echoes.anywhere(passages[row.item]):
            sentence = _sentence(passages[row.item], index)
            if sentence not in listed:
                listed.add(sentence)
                alone[carriers[0]].append(row.item)
    return [Difference(r, tuple(lacking[r]), tuple(alone[r])) for r in reports if lacking[r] or alone[r]]


def _sentence(passages: _Passages, index: StoryIndex) -> tuple[str, int]:
    """Give the document and the start of the sentence of a passage: two items of one sentence are one line."""
    document, spans = passages[0]
    sentences = index.documents[document].sentences
    at = bisect_right(sentences, spans[0].start, key=lambda s: s.start) - 1
    return document, sentences[at].start if at >= 0 else spans[0].start


def _passages(index: StoryIndex) -> dict[str, _Passages]:
    """Look up where each statement and claim stands in the reports."""
    found: dict[str, _Passages] = {
        s.id: [(v.document, index.attribution(v).content) for v in s.variants] for s in index.story.statements
    }
    found.update({k.id: [(m.document, (Span(m.start, m.end),)) for m in k.members] for k in index.story.claims})
    return found
