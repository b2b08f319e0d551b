"""Joining sources, cues and contents: which of the tagged spans belong to one attribution.

Reads the spans that the tags make and, for every cue, how likely each word around it belongs to its source and to its
content (the linker's memberships); gives groups of word ranges. Every cue takes the source that it claims most; every
content goes to the cue that claims it most. What nobody claims stands alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotate.attribution.tagging import CONTENT, CUE, SOURCE, spans_of

Floats = NDArray[np.float32]
Range = tuple[int, int]

_LONGEST_SUBJECT = 6  # words
REACH = 64  # words to either side of a cue that the linker reads


class Group(NamedTuple):
    """One attribution in words: ``contents`` in order; ``cue``, ``source`` where there is one; ``score`` in 0 to 1."""

    contents: tuple[Range, ...]
    cue: Range | None
    source: Range | None
    score: float


class Thresholds(NamedTuple):
    """How much of a span a cue must claim (mean probability over its words) to have it.

    ``elsewhere`` holds for content in another paragraph than the cue's, ``further`` for content besides the most
    claimed one.
    """

    source: float = 0.2
    content: float = 0.2
    elsewhere: float = 0.5
    further: float = 0.2


def reach_from(cue: Range) -> int:
    """Give the first of the ``2 * REACH`` words around a cue (negative before the text's first word)."""
    return (cue[0] + cue[1]) // 2 - REACH


def claimed(members: Floats, low: int, span: Range) -> tuple[float, float]:
    """Give how likely a span's words (those within reach) belong to the cue's source and content, on average."""
    a, b = max(span[0] - low, 0), min(span[1] - low, len(members))
    if a >= b:
        return 0.0, 0.0
    source, content = members[a:b, 1:3].mean(axis=0).tolist()
    return float(source), float(content)


def link(
    tags: NDArray[np.int64],
    cues: list[Range],
    members: Floats,
    paragraph: NDArray[np.int32],
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - a tuple, which nobody changes
) -> list[Group]:
    """Join the spans of ``tags`` by the ``members`` (cues, 2 * REACH, 3: none, source, content) of each cue.

    ``paragraph`` numbers each word's paragraph.
    """
    sources, contents = spans_of(tags, SOURCE), spans_of(tags, CONTENT)
    owned: dict[int, list[tuple[Range, float]]] = {}
    alone: list[Range] = []
    for content in contents:
        best = max(
            ((claimed(members[i], reach_from(cue), content)[1], i) for i, cue in _near(cues, content)),
            default=(0.0, -1),
        )
        here = best[1] >= 0 and paragraph[cues[best[1]][0]] == paragraph[content[0]]
        if best[0] >= (thresholds.content if here else max(thresholds.content, thresholds.elsewhere)):
            owned.setdefault(best[1], []).append((content, best[0]))
        else:
            alone.append(content)
    groups: list[Group] = []
    for i, taken in sorted(owned.items()):
        most = max(p for _, p in taken)
        kept = [(c, p) for c, p in taken if p == most or p >= thresholds.further]
        alone += [c for c, p in taken if p != most and p < thresholds.further]
        strength, source = max(
            ((claimed(members[i], reach_from(cues[i]), span)[0], span) for _, span in _near(sources, cues[i])),
            default=(0.0, None),
        )
        score = float(np.mean([p for _, p in kept]))
        taker = source if strength >= thresholds.source else _subject(cues[i], alone)
        groups.append(Group(tuple(c for c, _ in kept), cues[i], taker, score))
    groups += [Group((content,), None, None, 0.0) for content in alone]
    return sorted(groups, key=lambda group: group.contents[0])


def _subject(cue: Range, alone: list[Range]) -> Range | None:
    """Take as source a short span right before a cue without one (*Keller* was quoted as saying), tagged as content.

    It is then no content any more.
    """
    for span in alone:
        if span[1] == cue[0] and span[1] - span[0] <= _LONGEST_SUBJECT:
            alone.remove(span)
            return span
    return None


def _near(spans: list[Range], anchor: Range) -> list[tuple[int, Range]]:
    """List the spans (with their numbers) that begin within ``3 * REACH`` words of an anchor; spans are in order."""
    low = np.searchsorted([s for s, _ in spans], anchor[0] - 3 * REACH) if spans else 0
    near: list[tuple[int, Range]] = []
    for i in range(int(low), len(spans)):
        if spans[i][0] > anchor[1] + 3 * REACH:
            break
        near.append((i, spans[i]))
    return near


def cues_of(tags: NDArray[np.int64]) -> list[Range]:
    """List the cues that the tags make."""
    return spans_of(tags, CUE)
