"""The search for a quotation's words in transcripts, and their alignment.

Reads a :class:`~onrecord.comparison.alignment.index.TranscriptIndex` and a :class:`Query`. Gives :class:`Hit` records:
for each word of the query the word of the transcript that it stands for.

Three steps. Seeds: runs of two or more words of the query that are rare in the transcripts, and its rare single words,
are looked up in the index. Regions: seeds that stand near each other are gathered; parts of the query that one region
does not hold are looked for elsewhere in the same transcript, so that a quotation that was joined from several passages
is aligned as one. Alignment: the query is aligned with the regions, put in the query's order
(:mod:`onrecord.comparison.alignment.dynamic`), words weighed by their surprise in nats.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from onrecord.comparison.alignment.dynamic import Costs, align
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.alignment.regions import (
    Region,
    Seed,
    each_once,
    gather,
    missing_runs,
    overlaps,
    segments,
    without_islands,
)
from onrecord.comparison.alignment.turns import Turn
from onrecord.comparison.alignment.weights import FUNCTION, SAME_ROOT_SHARE, evidence_of, kind, root

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

GAP_OPEN: Final = 5500
"""Cost of leaving out words of the transcript, once a gap, in thousandths of a nat."""
GAP_WORD: Final = 120
"""Cost of each word left out."""
SHOWN_GAP_OPEN: Final = 500
"""Cost of a gap where the quotation shows one: at an ellipsis, or where an attribution interrupts."""
SHOWN_GAP_WORD: Final = 20
INSERT_OPEN: Final = 1500
"""Cost of words of the query that the transcript does not hold, once a run."""
INSERT_WORD: Final = 800
"""Cost of each further word of such a run."""
BRACKETED_INSERT: Final = 300
_SUBSTITUTE: Final = np.array([[-800, -2600, -2600], [-2600, -1500, -2000], [-2600, -2000, -500]], dtype=np.int64)
_MANY: Final = 48
"""Places of a seed beyond which it is made longer, or passed over."""
MOST_WORDS: Final = 1_000
"""Words of a query beyond which only word for word equality is looked for: aligning takes time in their square."""
_MOST_SEEDS: Final = 300
_MOST_CELLS: Final = 2_000_000
_LEAST_PART: Final = 8.0
"""Nats that a part of a query must have found elsewhere to be worth aligning with it."""
_FAR: Final = 12.0
_GAP_EVIDENCE: Final = 0.5


class Query(NamedTuple):
    """Words to look for. ``bracketed[i]``: word i is the writer's; ``shown[i]``: a gap before word i is shown."""

    forms: tuple[str, ...]
    bracketed: tuple[bool, ...]
    shown: tuple[bool, ...]

    @classmethod
    def plain(cls, forms: Sequence[str]) -> Query:
        """Make a query of words without brackets and without shown gaps."""
        return cls(tuple(forms), (False,) * len(forms), (False,) * len(forms))


class Hit(NamedTuple):
    """A query aligned with one transcript.

    ``places[i]`` is the place of the word of the transcript that word i stands for, counted over the whole index, or
    -1. ``score`` is in nats: the surprise of the words that are equal, less what the gaps between them cost.
    ``share`` (0 to 1) is the part of the query's weight, its bracketed words apart, that aligns.
    """

    document: int
    places: tuple[int, ...]
    score: float
    share: float
    evidence: float

    @property
    def first(self) -> int:
        """The first place of the transcript, in the query's order."""
        return next(p for p in self.places if p >= 0)


class Search:
    """One query, looked for in the transcripts of an index."""

    def __init__(self, index: TranscriptIndex, query: Query) -> None:
        """Take the index and the query; nothing is looked for yet."""
        self.index, self.query = index, query
        self.ids = [index.id_of(form) for form in query.forms]

    def hits(self, most: int = 6) -> list[Hit]:
        """Align the query with the regions that hold most of it, best first; at most ``most``, one a region."""
        if not self.query.forms or not len(self.index.ids):
            return []
        exact = self.index.places_of(self.ids) if not any(self.query.bracketed) else np.zeros(0, dtype=np.int64)
        if len(exact):
            evidence = sum(evidence_of(int(self.index.weights[i]) / 1000) for i in self.ids)
            whole = Hit(0, (), sum(int(self.index.weights[i]) for i in self.ids) / 1000, 1.0, evidence)
            found = [self._whole_hit(int(place), len(self.ids), whole) for place in exact[: 4 * most]]
            return [hit for hit in found if hit is not None][: 4 * most] or self._aligned(most)
        return self._aligned(most) if len(self.ids) <= MOST_WORDS else []

    def hits_within(self, wanted: Callable[[Turn], bool], most: int = 3) -> list[Hit]:
        """Align the query with single turns, of those that are wanted and hold most of it: no word of another turn."""
        if not self.ids or not len(self.index.ids) or len(self.ids) > MOST_WORDS:
            return []
        by_turn: dict[int, list[Seed]] = defaultdict(list)
        for seed in self._seeds():
            by_turn[self.index.turn_of(seed.place)].append(seed)
        regions = [
            (region, self.index.turns[number])
            for number, seeds in by_turn.items()
            if wanted(self.index.turns[number])
            for region in gather(self.index, seeds, len(self.ids), 1)
        ]
        regions.sort(key=lambda one: (-one[0].votes, one[0].start))
        found = [self._align_at([r], bounds=(turn.first, turn.last)) for r, turn in regions[:most]]
        return sorted((hit for hit in found if hit is not None), key=lambda h: (-h.score, h.places))

    def whole(self) -> Hit | None:
        """Align the query with all that is indexed; for short texts, such as another report's version."""
        if not self.query.forms or not len(self.index.ids):
            return None
        if len(self.index.ids) * len(self.query.forms) > _MOST_CELLS or len(self.query.forms) > MOST_WORDS:
            return next(iter(self.hits()), None)
        return self._align_at([Region(0, len(self.index.ids), frozenset(range(len(self.ids))), 0.0)])

    def _whole_hit(self, place: int, length: int, whole: Hit) -> Hit | None:
        first, last = (
            self.index.turns[self.index.turn_of(place)],
            self.index.turns[self.index.turn_of(place + length - 1)],
        )
        if first.document != last.document or first.speaker != last.speaker:
            return None
        return whole._replace(document=first.document, places=tuple(range(place, place + length)))

    def _aligned(self, most: int) -> list[Hit]:
        seeds = self._seeds()
        regions = gather(self.index, seeds, len(self.ids), most)
        hits: dict[tuple[int, ...], Hit] = {}
        for region in regions:
            if region.votes < 0.35 * regions[0].votes:
                continue
            hit = self._align_at([region])
            if hit is not None:
                hit = self._completed(hit, seeds)
                hits.setdefault(hit.places, hit)
        return sorted(hits.values(), key=lambda h: (-h.score, h.places))

    def _seeds(self) -> list[Seed]:
        """List the places of the query's rare runs and rare words, the rarest first where there are too many."""
        row = np.array(self.ids, dtype=np.int64)
        keys = np.where((row[:-1] >= 0) & (row[1:] >= 0), row[:-1] * self.index.wide + row[1:], -1)
        lows = np.searchsorted(self.index.pair_keys, keys, side="left")
        highs = np.searchsorted(self.index.pair_keys, keys, side="right")
        listed: list[tuple[int, int, list[int]]] = []
        for i, (low, high) in enumerate(zip(lows.tolist(), highs.tolist(), strict=True)):
            if high - low > _MANY:
                listed.extend(self._longer(i))
            elif high > low:
                listed.append((i, 2, self.index.pair_order[low:high].tolist()))
        for i, number in enumerate(self.ids):
            if number >= 0 and self.index.kinds[number] != FUNCTION and self.index.counts[number] <= _MANY // 2:
                listed.append((i, 1, self.index.places_of([number]).tolist()))
        listed.sort(key=lambda one: (len(one[2]), one[0]))
        seeds: list[Seed] = []
        for i, length, places in listed:
            if len(seeds) + len(places) > _MOST_SEEDS:
                break
            seeds.extend(Seed(i, length, place) for place in places)
        return seeds

    def _longer(self, i: int) -> Iterator[tuple[int, int, list[int]]]:
        """Lengthen a run of two common words until it is rare."""
        for length in (3, 4, 5):
            if i + length > len(self.ids) or min(self.ids[i : i + length]) < 0:
                return
            places = self.index.places_of(self.ids[i : i + length])
            if len(places) <= _MANY:
                if len(places):
                    yield i, length, places.tolist()
                return

    def _completed(self, hit: Hit, seeds: Sequence[Seed]) -> Hit:
        """Look elsewhere in the same transcript for the parts of the query that did not align; align anew with them."""
        aligned = segments(hit.places)
        found: list[Region] = []
        for run in missing_runs(hit.places):
            needed = 0.6 * sum(int(self.index.weights[self.ids[i]]) for i in run if self.ids[i] >= 0) / 1000
            if needed < _LEAST_PART:
                continue
            own = [s for s in seeds if s.word in run and s.word + s.length <= run.stop] or self._exact_seeds(run)
            low, high = self.index.bounds(hit.document)
            own = [s for s in own if low <= s.place < high and not any(r.start <= s.place < r.end for r in aligned)]
            near = [r for r in gather(self.index, own, len(run), 4) if r.votes >= needed and not overlaps(r, found)]
            if near:
                found.append(min(near, key=lambda r: (-round(r.votes), abs(r.start - aligned[0].start), r.start)))
        if not found:
            return hit
        better = self._align_at([*aligned, *found])
        return better if better is not None and better.score > hit.score else hit

    def _exact_seeds(self, run: range) -> list[Seed]:
        places = self.index.places_of([self.ids[i] for i in run])
        return [Seed(run.start, len(run), int(place)) for place in places[:_MANY]]

    def _align_at(self, regions: Sequence[Region], *, bounds: tuple[int, int] | None = None) -> Hit | None:
        document = self.index.turns[self.index.turn_of(regions[0].start)].document
        places = self._stitched(regions, bounds or self.index.bounds(document))
        window = self.index.ids[places]
        pairs = align(self._costs(window))
        kept = without_islands(
            [(int(places[j]) if j >= 0 else -1) for j in pairs],
            [
                int(self.index.weights[i]) if i >= 0 and j >= 0 and window[j] == i else 0
                for i, j in zip(self.ids, pairs, strict=True)
            ],
        )
        if all(p < 0 for p in kept):
            return None
        return self._measured(document, kept)

    def _stitched(self, regions: Sequence[Region], bounds: tuple[int, int]) -> Ints:
        """Put the regions, each with some words around it, in the query's order; give their places in a row."""
        pad = len(self.ids) + 12 if len(regions) == 1 else 10
        ordered = sorted(regions, key=lambda r: (min(r.words), r.start))
        taken: list[tuple[int, int]] = []
        for region in ordered:
            before = [r.end for r in regions if r is not region and r.end <= region.start]
            after = [r.start for r in regions if r is not region and r.start >= region.end]
            room = len(region.words) + pad if len(regions) > 1 else pad
            start = max(bounds[0], region.start - room, *before, 0)
            end = min(bounds[1], region.end + room, *after, len(self.index.ids))
            if taken and taken[-1][0] <= start <= taken[-1][1]:
                start = taken[-1][1]
            if start < end:
                taken.append((start, end))
        return np.concatenate([np.arange(start, end, dtype=np.int64) for start, end in each_once(taken)])

    def _costs(self, window: Ints) -> Costs:
        row = np.array(self.ids, dtype=np.int64)
        weights = np.array(
            [
                int(1000 * self.index.weight(f)) if i < 0 else int(self.index.weights[i])
                for f, i in zip(self.query.forms, self.ids, strict=True)
            ]
        )
        kinds = np.array([kind(f) for f in self.query.forms], dtype=np.int64)
        scores = _SUBSTITUTE[kinds][:, self.index.kinds[window]]
        roots = np.array([self.index.root_ids.get(root(f), -1) for f in self.query.forms], dtype=np.int64)
        same_root = roots[:, None] == self.index.roots[window][None, :]
        scores = np.where(same_root, (SAME_ROOT_SHARE * weights).astype(np.int64)[:, None], scores)
        bracketed = np.array(self.query.bracketed)
        scores[bracketed] = -BRACKETED_INSERT
        scores = np.where(row[:, None] == window[None, :], weights[:, None], scores)
        shown = np.array(self.query.shown)
        return Costs(
            scores,
            np.where(shown, SHOWN_GAP_OPEN, GAP_OPEN),
            np.where(shown, SHOWN_GAP_WORD, GAP_WORD),
            np.where(bracketed, BRACKETED_INSERT, INSERT_OPEN),
            np.where(bracketed, BRACKETED_INSERT, INSERT_WORD),
        )

    def _measured(self, document: int, places: Sequence[int]) -> Hit:
        total = aligned = score = evidence = 0.0
        before = -1
        for i, place in enumerate(places):
            weight = self.index.weight(self.query.forms[i])
            if self.query.bracketed[i] and (place < 0 or self.index.ids[place] != self.ids[i]):
                continue
            total += weight
            if place < 0:
                continue
            equal = self.index.ids[place] == self.ids[i]
            same_root = (
                equal
                or self.index.root_ids.get(root(self.query.forms[i]), -1) == self.index.roots[self.index.ids[place]]
            )
            aligned += weight if equal else SAME_ROOT_SHARE * weight if same_root else 0.0
            score += weight if equal else SAME_ROOT_SHARE * weight if same_root else -1.0
            evidence += evidence_of(weight) if equal else 0.0
            if before >= 0 and place != before + 1:
                cost = _gap_cost(place - before - 1, shown=self.query.shown[i])
                score -= cost
                evidence -= cost * _GAP_EVIDENCE
            before = place
        return Hit(document, tuple(places), score, aligned / total if total else 0.0, evidence)


def _gap_cost(words: int, *, shown: bool) -> float:
    """Give what a gap costs in a hit's score, in nats; ``words`` is negative where the order is reversed."""
    if shown:
        return 1.0
    return _FAR if words < 0 else min((GAP_OPEN + GAP_WORD * words) / 1000, _FAR)
