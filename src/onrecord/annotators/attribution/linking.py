"""Joining sources, cues and contents: which of the tagged spans belong to one attribution.

Reads the spans that the tags make and, for every cue, how likely each word around it belongs to its source and to its
content (the linker's memberships); gives groups of word ranges. Every cue takes the source that it claims most; every
content goes to the cue that claims it most. What nobody claims stands alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.annotators.attribution.tagging import CONTENT, CUE, SOURCE, spans_of

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


def claims(members: Floats, cues: list[Range], spans: list[Range], kind: int) -> list[list[tuple[float, int]]]:
    """List for each cue (how much of a span's words within reach it claims on average, the span's number).

    ``kind`` is 1 for sources, 2 for contents. Listed are the spans, which are in order and apart, that reach into the
    ``2 * REACH`` words around the cue.
    """
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    found: list[list[tuple[float, int]]] = []
    summed = np.zeros((len(cues), 2 * REACH + 1))
    np.cumsum(members[:, :, kind], axis=1, dtype=np.float64, out=summed[:, 1:])
    for cue, sums in zip(cues, summed.tolist(), strict=True):
        reach = reach_from(cue)
        claimed: list[tuple[float, int]] = []
        for number in range(bisect_right(ends, reach), bisect_left(starts, reach + 2 * REACH)):
            low, high = max(starts[number] - reach, 0), min(ends[number] - reach, 2 * REACH)
            claimed.append(((sums[high] - sums[low]) / (high - low), number))
        found.append(claimed)
    return found


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
    best = [(0.0, -1)] * len(contents)  # for each content how much the cue that claims it most does, and which that is
    for i, row in enumerate(claims(members, cues, contents, 2)):
        for strength, number in row:
            best[number] = max(best[number], (strength, i))
    owned: dict[int, list[tuple[Range, float]]] = {}
    alone: dict[int, Range] = {}  # by where each ends: contents are apart
    for content, (strength, i) in zip(contents, best, strict=True):
        here = i >= 0 and paragraph[cues[i][0]] == paragraph[content[0]]
        if i >= 0 and strength >= (thresholds.content if here else max(thresholds.content, thresholds.elsewhere)):
            owned.setdefault(i, []).append((content, strength))
        else:
            alone[content[1]] = content
    sought = sorted(owned)
    of_source = claims(members[sought], [cues[i] for i in sought], sources, 1)
    groups: list[Group] = []
    for i, named in zip(sought, of_source, strict=True):
        taken = owned[i]
        most = max(p for _, p in taken)
        kept = [(c, p) for c, p in taken if p == most or p >= thresholds.further]
        alone |= {c[1]: c for c, p in taken if p != most and p < thresholds.further}
        strength, number = max(named, default=(0.0, -1))
        score = sum(p for _, p in kept) / len(kept)
        taker = sources[number] if number >= 0 and strength >= thresholds.source else _subject(cues[i], alone)
        groups.append(Group(tuple(c for c, _ in kept), cues[i], taker, score))
    groups += [Group((content,), None, None, 0.0) for content in alone.values()]
    return sorted(groups, key=lambda group: group.contents[0])


def _subject(cue: Range, alone: dict[int, Range]) -> Range | None:
    """Take as source a short span right before a cue without one (*Keller* was quoted as saying), tagged as content.

    It is then no content any more.
    """
    span = alone.get(cue[0])
    if span is None or span[1] - span[0] > _LONGEST_SUBJECT:
        return None
    return alone.pop(cue[0])


def cues_of(tags: NDArray[np.int64]) -> list[Range]:
    """List the cues that the tags make."""
    return spans_of(tags, CUE)
