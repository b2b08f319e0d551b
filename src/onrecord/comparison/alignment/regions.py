"""Seeds and regions: where an alignment is worth computing, and what of it is kept.

Reads places of equal words; gives :class:`Region` records, stretches of the transcripts that may hold part of a query.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from onrecord.comparison.alignment.index import TranscriptIndex

_LONE: Final = 6500
_LONE_FAR: Final = 20_000
_NEAR_BY: Final = 60
"""Words that may be left out before what stands beyond them must be no accident by itself."""


class Seed(NamedTuple):
    """A run of ``length`` query words from ``word`` on that stands, word by word, at ``place``."""

    word: int
    length: int
    place: int


class Region(NamedTuple):
    """Places ``start`` to ``end`` (exclusive) that may hold part of a query, and which of its words."""

    start: int
    end: int
    words: frozenset[int]
    votes: float


def gather(index: TranscriptIndex, seeds: Iterable[Seed], length: int, most: int) -> list[Region]:
    """Gather seeds that stand within reach of each other; the best first, none overlapping a better one."""
    ordered = sorted(seeds, key=lambda s: (s.place, s.word))
    reach = 2 * length + 20
    weights = [int(index.weights[index.ids[s.place + k]]) for s in ordered for k in range(s.length)]
    offsets = [0, *accumulate(s.length for s in ordered)]
    counts = [0] * (length + max((s.word + s.length for s in ordered), default=0))
    found: list[tuple[int, int, int]] = []
    low = votes = 0
    for at, (word, size, place) in enumerate(ordered):
        for k in range(size):
            counts[word + k] += 1
            if counts[word + k] == 1:
                votes += weights[offsets[at] + k]
        while place - ordered[low].place > reach:
            gone = ordered[low]
            for k in range(gone.length):
                counts[gone.word + k] -= 1
                if counts[gone.word + k] == 0:
                    votes -= weights[offsets[low] + k]
            low += 1
        found.append((-votes, low, at))
    return _apart(ordered, found, most)


def _apart(ordered: Sequence[Seed], found: list[tuple[int, int, int]], most: int) -> list[Region]:
    chosen: list[Region] = []
    for minus_votes, low, at in sorted(found, key=lambda f: (f[0], ordered[f[2]].place - ordered[f[1]].place, f[1])):
        end = max(s.place + s.length for s in ordered[max(low, at - 5) : at + 1])
        region = Region(ordered[low].place, end, frozenset(), -minus_votes / 1000)
        if overlaps(region, chosen):
            continue
        words = frozenset(k for s in ordered[low : at + 1] for k in range(s.word, s.word + s.length))
        chosen.append(region._replace(words=words))
        if len(chosen) == most:
            break
    return chosen


def without_islands(places: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Drop words that stand apart and weigh less than the gap to them: they are met by chance.

    ``weights[i]`` is what query word i weighs where it stands for an equal word, else 0. The heaviest run stays; going
    out from it, a run stays when it weighs enough for its distance from the runs that stayed.
    """
    runs: list[list[int]] = []
    before = None
    for i, place in enumerate(places):
        if place < 0:
            continue
        if before is None or not 0 < place - before <= 3:
            runs.append([])
        runs[-1].append(i)
        before = place
    if len(runs) < 2:
        return list(places)
    mass = [sum(weights[i] for i in run) for run in runs]
    core = max(range(len(runs)), key=lambda r: (mass[r], -r))
    kept = [-1] * len(places)
    for order in (range(core, len(runs)), range(core - 1, -1, -1)):
        edge = places[runs[core][0]]
        for r in order:
            start, end = places[runs[r][0]], places[runs[r][-1]]
            if r != core:
                apart = start - edge if r > core else edge - end
                if mass[r] < (_LONE if 0 < apart <= _NEAR_BY else _LONE_FAR):
                    continue
            for i in runs[r]:
                kept[i] = places[i]
            edge = end if r >= core else start
    return kept


def overlaps(region: Region, others: Iterable[Region]) -> bool:
    """Return whether a region shares a place with one of the others."""
    return any(region.start < other.end and other.start < region.end for other in others)


def each_once(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep each place once: what an earlier stretch holds is cut from a later one."""
    result: list[tuple[int, int]] = []
    for start, end in stretches:
        low, high = start, end
        for other_start, other_end in result:
            if other_start <= low < other_end:
                low = other_end
            if other_start < high <= other_end:
                high = other_start
        if low < high:
            result.append((low, high))
    return result


def missing_runs(places: Sequence[int]) -> list[range]:
    """List the runs of two query words or more that did not align."""
    runs: list[range] = []
    start: int | None = None
    for i, place in enumerate((*places, 0)):
        if place < 0 and start is None:
            start = i
        if place >= 0 and start is not None:
            if i - start >= 2:
                runs.append(range(start, i))
            start = None
    return runs


def segments(places: Sequence[int]) -> list[Region]:
    """Part what aligned into regions: at every run of words that did not, and wherever the order is reversed."""
    segments: list[list[int]] = []
    before = -2
    for i, place in enumerate(places):
        if place < 0:
            continue
        if before < 0 or i - before > 2 or not 0 < place - places[before] <= _NEAR_BY:
            segments.append([])
        segments[-1].append(i)
        before = i
    return [Region(places[s[0]], places[s[-1]] + 1, frozenset(s), 0.0) for s in segments]
