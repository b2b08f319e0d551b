"""Alignment: where in a transcript a quotation's words were spoken.

Reads: Annotations of transcripts (their turns, blocks of kind ``turn``) and a :class:`Query`. Gives :class:`Hit`
records: for each word of the query the word of the transcript that it stands for.

Three steps. Seeds: runs of two or more words of the query that are rare in the transcripts, and its rare single words,
are looked up in an index that is built once, in linear time (sorting of integers apart). Regions: seeds that stand near
each other are gathered; parts of the query that one region does not hold are looked for elsewhere in the same
transcript, so that a quotation that was joined from several passages is aligned as one. Alignment: the query is aligned
with the regions, put in the query's order, by dynamic programming: global in the query, local in the transcript, with
affine gaps (O. Gotoh, An improved algorithm for matching biological sequences, J. Mol. Biol. 162, 1982), words
weighed by their surprise in nats. Scores are integers, thousandths of a nat, so that tracing back is exact.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from onrecord.annotation import Annotations
from onrecord.comparison.people.turn_labels import named, names_somebody
from onrecord.comparison.wording.speech import Spoken, is_closed, is_number, spoken
from onrecord.document import Span
from onrecord.lexicon.load import common_words, word_list

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
KIN: Final = 0.6
"""Share of its weight that a word keeps against another form of itself."""
_FUNCTION, _CONTENT, _NUMBER = 0, 1, 2
_SUBSTITUTE: Final = np.array([[-800, -2600, -2600], [-2600, -1500, -2000], [-2600, -2000, -500]], dtype=np.int64)
_NEVER: Final = -(10**9)
_BEFORE_WORDS: Final = word_list("wording.before_words")
_MANY: Final = 48
"""Places of a seed beyond which it is made longer, or passed over."""
MOST_WORDS: Final = 1_000
"""Words of a query beyond which only word for word equality is looked for: aligning takes time in their square."""
_MOST_SEEDS: Final = 300
_LEAST_PART: Final = 8.0
"""Nats that a part of a query must have found elsewhere to be worth aligning with it."""
_MOST_CELLS: Final = 2_000_000
_BACKGROUND: Final = 20_000
"""Weight of the language at large against the transcripts' own counts, in words."""
_DOCUMENT_WORDS: Final = 700
"""Mean length, in words, of the documents in which ``common_words.txt`` was counted."""
_CLOSED_SHARE: Final = 0.002
_COMMONEST: Final = dict(
    zip(
        "the to and of a in i that you it is we for on be was have with they this are not as at he but".split(),
        (50, 28, 27, 25, 23, 18, 17, 15, 12, 12, 12, 11, 10, 9, 8, 7, 7, 7, 7, 7, 7, 6, 6, 6, 6, 5),
        strict=True,
    )
)
"""Occurrences of the commonest English words among 1,000, rounded."""
_NUMBER_SHARES: Final = {"1": 0.003, "1st": 0.001, "2": 0.0015, "2nd": 0.0004, "3": 0.0008, "4": 0.0004, "5": 0.0004}
_NUMBER_SHARE: Final = 0.00006
_LEAST_WEIGHT, _MOST_WEIGHT = 1.5, 11.0


class Turn(NamedTuple):
    """A turn of a transcript: its document (by number), speaker as printed, place in characters and in words."""

    document: int
    speaker: str | None
    start: int
    end: int
    first: int
    last: int
    label: Span | None


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


class Seed(NamedTuple):
    """A run of ``length`` query words from ``word`` on that stands, word by word, at ``place``."""

    word: int
    length: int
    place: int


class Region(NamedTuple):
    """Places ``start`` to ``end`` (exclusive) that may hold part of a query, and the query words held."""

    start: int
    end: int
    held: frozenset[int]
    votes: float


class TranscriptIndex:
    """Transcripts made ready for search. Built once, in linear time; never changed."""

    def __init__(self, transcripts: Sequence[Annotations], stretches: Sequence[Span] | None = None) -> None:
        """Index the turns of the transcripts; a transcript without turns is one turn of an unknown speaker.

        Where ``stretches`` are given, they alone are indexed, of one document, each as an unknown speaker's turn.
        """
        self.transcripts = tuple(transcripts)
        self.turns: list[Turn] = []
        self._vocabulary: dict[str, int] = {}
        starts: list[int] = []
        ends: list[int] = []
        ids: list[int] = []
        for number, transcript in enumerate(self.transcripts):
            for speaker, span, label in _turns(transcript) if stretches is None else _unknown(stretches):
                words = spoken(transcript.text, span.start, span.end, transcript=True)
                first = len(ids)
                ids.extend(self._vocabulary.setdefault(w.form, len(self._vocabulary)) for w in words)
                starts.extend(w.start for w in words)
                ends.extend(w.end for w in words)
                self.turns.append(Turn(number, speaker, span.start, span.end, first, len(ids), label))
        self.forms = list(self._vocabulary)
        self.ids: Ints = np.array(ids, dtype=np.int64)
        self.starts: Ints = np.array(starts, dtype=np.int64)
        self.ends: Ints = np.array(ends, dtype=np.int64)
        self._turn_firsts = [t.first for t in self.turns]
        self._bounds = self._find_bounds()
        self._named = [_named(transcript) if stretches is None else {} for transcript in self.transcripts]
        self._speakers: list[list[str]] = [[] for _ in self.transcripts]
        for turn in self.turns:
            who = self.speaker_of(turn)
            if who is not None and who not in self._speakers[turn.document]:
                self._speakers[turn.document].append(who)
        self._weigh()
        self._sort()

    def _find_bounds(self) -> list[tuple[int, int]]:
        bounds = [(0, 0)] * len(self.transcripts)
        for turn in self.turns:
            first = bounds[turn.document][0] if bounds[turn.document][1] else turn.first
            bounds[turn.document] = (first, turn.last)
        return bounds

    def __len__(self) -> int:
        """Count the words."""
        return len(self.ids)

    def _weigh(self) -> None:
        counts = np.bincount(self.ids, minlength=len(self.forms)) if len(self.ids) else np.zeros(0, dtype=np.int64)
        self._counts: Ints = counts
        self._weights: Ints = np.array(
            [self._surprise(form, int(count)) for form, count in zip(self.forms, counts, strict=True)], dtype=np.int64
        )
        self._kinds: Ints = np.array([_kind(form) for form in self.forms], dtype=np.int64)
        roots: dict[str, int] = {}
        self._roots: Ints = np.array([roots.setdefault(_root(f), len(roots)) for f in self.forms], dtype=np.int64)
        self._root_ids = roots

    def _surprise(self, form: str, count: int) -> int:
        share = (count + _BACKGROUND * background(form)) / (len(self.ids) + _BACKGROUND)
        return round(1000 * min(max(-log(share), _LEAST_WEIGHT), _MOST_WEIGHT))

    def _sort(self) -> None:
        self._wide = max(1, len(self.forms))
        pairs = self.ids[:-1] * self._wide + self.ids[1:]
        self._pair_order: Ints = np.argsort(pairs, kind="stable")
        self._pair_keys: Ints = pairs[self._pair_order]
        self._word_order: Ints = np.argsort(self.ids, kind="stable")
        self._word_offsets: Ints = np.concatenate(([0], np.cumsum(self._counts))).astype(np.int64)

    def id_of(self, form: str) -> int:
        """Give a form's number, -1 where the transcripts do not hold it."""
        return self._vocabulary.get(form, -1)

    def form_at(self, place: int) -> str:
        """Give the form at a place."""
        return self.forms[int(self.ids[place])]

    def weight(self, form: str) -> float:
        """Give a form's surprise in nats."""
        known = self._vocabulary.get(form)
        return (self._surprise(form, 0) if known is None else int(self._weights[known])) / 1000

    def span_of(self, place: int) -> Span:
        """Give the characters that the word at a place covers, in its document."""
        return Span(int(self.starts[place]), int(self.ends[place]))

    def turn_of(self, place: int) -> int:
        """Give the number of the turn that holds a place."""
        return bisect_right(self._turn_firsts, place) - 1

    def text_of(self, document: int) -> str:
        """Give a transcript's text."""
        return self.transcripts[document].text

    def bounds(self, document: int) -> tuple[int, int]:
        """Give the first place of a transcript and the place after its last."""
        return self._bounds[document]

    def speakers(self, document: int) -> list[str]:
        """List those who speak in a transcript, each once: who a label names, else the label as printed."""
        return self._speakers[document]

    def speaker_of(self, turn: Turn) -> str | None:
        """Give whom a turn's label names, with Mr or Ms where it is known; else the label as printed."""
        return None if turn.speaker is None else self._named[turn.document].get(turn.speaker, turn.speaker)

    def places_of(self, sequence: Sequence[int], limit: int = 100_000) -> Ints:
        """List the places where a row of words (by number) stands, all of its words adjacent, in order."""
        if not sequence or min(sequence) < 0:
            return np.zeros(0, dtype=np.int64)
        if len(sequence) == 1:
            low, high = self._word_offsets[sequence[0]], self._word_offsets[sequence[0] + 1]
            return self._word_order[low : min(high, low + limit)]
        row = np.array(sequence, dtype=np.int64)
        keys = row[:-1] * self._wide + row[1:]
        lows = np.searchsorted(self._pair_keys, keys, side="left")
        highs = np.searchsorted(self._pair_keys, keys, side="right")
        rarest = int(np.argmin(highs - lows))
        places = self._pair_order[lows[rarest] : highs[rarest]] - rarest
        places = places[(places >= 0) & (places <= len(self.ids) - len(row))]
        for offset in (*range(rarest + 2, len(row)), *range(rarest - 1, -1, -1)):
            if not len(places):
                break
            places = places[self.ids[places + offset] == row[offset]]
        return places

    def hits(self, query: Query, most: int = 6) -> list[Hit]:
        """Align a query with the regions that hold most of it, best first; at most ``most``, one a region."""
        if not query.forms or not len(self.ids):
            return []
        ids = [self.id_of(form) for form in query.forms]
        exact = self.places_of(ids) if not any(query.bracketed) else np.zeros(0, dtype=np.int64)
        if len(exact):
            evidence = sum(_evidence(int(self._weights[i]) / 1000) for i in ids)
            whole = Hit(0, (), sum(int(self._weights[i]) for i in ids) / 1000, 1.0, evidence)
            found = [self._whole_hit(int(place), len(ids), whole) for place in exact[: 4 * most]]
            return [hit for hit in found if hit is not None][: 4 * most] or self._aligned(query, ids, most)
        return self._aligned(query, ids, most) if len(ids) <= MOST_WORDS else []

    def hits_within(self, query: Query, wanted: Callable[[Turn], bool], most: int = 3) -> list[Hit]:
        """Align a query with single turns, of those that are wanted and hold most of it: no word of another turn."""
        ids = [self.id_of(form) for form in query.forms]
        if not ids or not len(self.ids) or len(ids) > MOST_WORDS:
            return []
        by_turn: dict[int, list[Seed]] = defaultdict(list)
        for seed in self._seeds(ids):
            by_turn[self.turn_of(seed.place)].append(seed)
        regions = [
            (region, self.turns[number])
            for number, seeds in by_turn.items()
            if wanted(self.turns[number])
            for region in self._regions(seeds, len(ids), 1)
        ]
        regions.sort(key=lambda one: (-one[0].votes, one[0].start))
        found = [self._align_at(query, ids, [r], bounds=(turn.first, turn.last)) for r, turn in regions[:most]]
        return sorted((hit for hit in found if hit is not None), key=lambda h: (-h.score, h.places))

    def whole(self, query: Query) -> Hit | None:
        """Align a query with all that is indexed; for short texts, such as another report's telling."""
        if not query.forms or not len(self.ids):
            return None
        if len(self.ids) * len(query.forms) > _MOST_CELLS or len(query.forms) > MOST_WORDS:
            return next(iter(self.hits(query)), None)
        ids = [self.id_of(form) for form in query.forms]
        return self._align_at(query, ids, [Region(0, len(self.ids), frozenset(range(len(ids))), 0.0)])

    def _whole_hit(self, place: int, length: int, whole: Hit) -> Hit | None:
        first, last = self.turns[self.turn_of(place)], self.turns[self.turn_of(place + length - 1)]
        if first.document != last.document or first.speaker != last.speaker:
            return None
        return whole._replace(document=first.document, places=tuple(range(place, place + length)))

    def _aligned(self, query: Query, ids: Sequence[int], most: int) -> list[Hit]:
        seeds = self._seeds(ids)
        regions = self._regions(seeds, len(ids), most)
        hits: dict[tuple[int, ...], Hit] = {}
        for region in regions:
            if region.votes < 0.35 * regions[0].votes:
                continue
            hit = self._align_at(query, ids, [region])
            if hit is not None:
                hit = self._completed(hit, query, ids, seeds)
                hits.setdefault(hit.places, hit)
        return sorted(hits.values(), key=lambda h: (-h.score, h.places))

    def _seeds(self, ids: Sequence[int]) -> list[Seed]:
        """List the places of the query's rare runs and rare words, the rarest first where there are too many."""
        row = np.array(ids, dtype=np.int64)
        keys = np.where((row[:-1] >= 0) & (row[1:] >= 0), row[:-1] * self._wide + row[1:], -1)
        lows = np.searchsorted(self._pair_keys, keys, side="left")
        highs = np.searchsorted(self._pair_keys, keys, side="right")
        listed: list[tuple[int, int, list[int]]] = []
        for i, (low, high) in enumerate(zip(lows.tolist(), highs.tolist(), strict=True)):
            if high - low > _MANY:
                listed.extend(self._longer(ids, i))
            elif high > low:
                listed.append((i, 2, self._pair_order[low:high].tolist()))
        for i, number in enumerate(ids):
            if number >= 0 and self._kinds[number] != _FUNCTION and self._counts[number] <= _MANY // 2:
                listed.append((i, 1, self.places_of([number]).tolist()))
        listed.sort(key=lambda one: (len(one[2]), one[0]))
        seeds: list[Seed] = []
        for i, length, places in listed:
            if len(seeds) + len(places) > _MOST_SEEDS:
                break
            seeds.extend(Seed(i, length, place) for place in places)
        return seeds

    def _longer(self, ids: Sequence[int], i: int) -> Iterator[tuple[int, int, list[int]]]:
        """Lengthen a run of two common words until it is rare."""
        for length in (3, 4, 5):
            if i + length > len(ids) or min(ids[i : i + length]) < 0:
                return
            places = self.places_of(ids[i : i + length])
            if len(places) <= _MANY:
                if len(places):
                    yield i, length, places.tolist()
                return

    def _regions(self, seeds: Iterable[Seed], length: int, most: int) -> list[Region]:
        """Gather seeds that stand within reach of each other; the best first, none overlapping a better one."""
        ordered = sorted(seeds, key=lambda s: (s.place, s.word))
        reach = 2 * length + 20
        weights = [int(self._weights[self.ids[s.place + k]]) for s in ordered for k in range(s.length)]
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
        return self._apart(ordered, found, most)

    @staticmethod
    def _apart(ordered: Sequence[Seed], found: list[tuple[int, int, int]], most: int) -> list[Region]:
        chosen: list[Region] = []
        for minus_votes, low, at in sorted(
            found, key=lambda f: (f[0], ordered[f[2]].place - ordered[f[1]].place, f[1])
        ):
            end = max(s.place + s.length for s in ordered[max(low, at - 5) : at + 1])
            region = Region(ordered[low].place, end, frozenset(), -minus_votes / 1000)
            if _overlap(region, chosen):
                continue
            held = frozenset(k for s in ordered[low : at + 1] for k in range(s.word, s.word + s.length))
            chosen.append(region._replace(held=held))
            if len(chosen) == most:
                break
        return chosen

    def _completed(self, hit: Hit, query: Query, ids: Sequence[int], seeds: Sequence[Seed]) -> Hit:
        """Look elsewhere in the same transcript for the parts of the query that did not align; align anew with them."""
        aligned = _segments(hit.places)
        found: list[Region] = []
        for run in _missing_runs(hit.places):
            needed = 0.6 * sum(int(self._weights[ids[i]]) for i in run if ids[i] >= 0) / 1000
            if needed < _LEAST_PART:
                continue
            own = [s for s in seeds if s.word in run and s.word + s.length <= run.stop] or self._exact_seeds(ids, run)
            low, high = self.bounds(hit.document)
            own = [s for s in own if low <= s.place < high and not any(r.start <= s.place < r.end for r in aligned)]
            near = [r for r in self._regions(own, len(run), 4) if r.votes >= needed and not _overlap(r, found)]
            if near:
                found.append(min(near, key=lambda r: (-round(r.votes), abs(r.start - aligned[0].start), r.start)))
        if not found:
            return hit
        better = self._align_at(query, ids, [*aligned, *found])
        return better if better is not None and better.score > hit.score else hit

    def _exact_seeds(self, ids: Sequence[int], run: range) -> list[Seed]:
        places = self.places_of([ids[i] for i in run])
        return [Seed(run.start, len(run), int(place)) for place in places[:_MANY]]

    def _align_at(
        self, query: Query, ids: Sequence[int], regions: Sequence[Region], *, bounds: tuple[int, int] | None = None
    ) -> Hit | None:
        document = self.turns[self.turn_of(regions[0].start)].document
        places = self._stitched(regions, len(ids), bounds or self.bounds(document))
        window = self.ids[places]
        pairs = align(self._costs(query, ids, window))
        kept = _without_islands(
            [(int(places[j]) if j >= 0 else -1) for j in pairs],
            [
                int(self._weights[i]) if i >= 0 and j >= 0 and window[j] == i else 0
                for i, j in zip(ids, pairs, strict=True)
            ],
        )
        if all(p < 0 for p in kept):
            return None
        return self._measured(document, query, ids, kept)

    def _stitched(self, regions: Sequence[Region], length: int, bounds: tuple[int, int]) -> Ints:
        """Put the regions, each with some words around it, in the query's order; give their places in a row."""
        pad = length + 12 if len(regions) == 1 else 10
        ordered = sorted(regions, key=lambda r: (min(r.held), r.start))
        taken: list[tuple[int, int]] = []
        for region in ordered:
            before = [r.end for r in regions if r is not region and r.end <= region.start]
            after = [r.start for r in regions if r is not region and r.start >= region.end]
            room = len(region.held) + pad if len(regions) > 1 else pad
            start = max(bounds[0], region.start - room, *before, 0)
            end = min(bounds[1], region.end + room, *after, len(self.ids))
            if taken and taken[-1][0] <= start <= taken[-1][1]:
                start = taken[-1][1]
            if start < end:
                taken.append((start, end))
        return np.concatenate([np.arange(start, end, dtype=np.int64) for start, end in _no_twice(taken)])

    def _costs(self, query: Query, ids: Sequence[int], window: Ints) -> Costs:
        row = np.array(ids, dtype=np.int64)
        weights = np.array(
            [
                int(1000 * self.weight(f)) if i < 0 else int(self._weights[i])
                for f, i in zip(query.forms, ids, strict=True)
            ]
        )
        kinds = np.array([_kind(f) for f in query.forms], dtype=np.int64)
        scores = _SUBSTITUTE[kinds][:, self._kinds[window]]
        roots = np.array([self._root_ids.get(_root(f), -1) for f in query.forms], dtype=np.int64)
        kin = roots[:, None] == self._roots[window][None, :]
        scores = np.where(kin, (KIN * weights).astype(np.int64)[:, None], scores)
        bracketed = np.array(query.bracketed)
        scores[bracketed] = -BRACKETED_INSERT
        scores = np.where(row[:, None] == window[None, :], weights[:, None], scores)
        shown = np.array(query.shown)
        return Costs(
            scores,
            np.where(shown, SHOWN_GAP_OPEN, GAP_OPEN),
            np.where(shown, SHOWN_GAP_WORD, GAP_WORD),
            np.where(bracketed, BRACKETED_INSERT, INSERT_OPEN),
            np.where(bracketed, BRACKETED_INSERT, INSERT_WORD),
        )

    def _measured(self, document: int, query: Query, ids: Sequence[int], places: Sequence[int]) -> Hit:
        total = aligned = score = evidence = 0.0
        before = -1
        for i, place in enumerate(places):
            weight = self.weight(query.forms[i])
            if query.bracketed[i] and (place < 0 or self.ids[place] != ids[i]):
                continue
            total += weight
            if place < 0:
                continue
            equal = self.ids[place] == ids[i]
            kin = equal or self._root_ids.get(_root(query.forms[i]), -1) == self._roots[self.ids[place]]
            aligned += weight if equal else KIN * weight if kin else 0.0
            score += weight if equal else KIN * weight if kin else -1.0
            evidence += _evidence(weight) if equal else 0.0
            if before >= 0 and place != before + 1:
                cost = _gap_cost(place - before - 1, shown=query.shown[i])
                score -= cost
                evidence -= cost * _GAP_EVIDENCE
            before = place
        return Hit(document, tuple(places), score, aligned / total if total else 0.0, evidence)


class Costs(NamedTuple):
    """What aligning costs: ``scores[i, j]`` of word i with word j of the window; the rest by query word.

    ``gap_open[i]`` and ``gap_word[i]`` hold for words of the window left out before query word i; ``insert_open[i]``
    and ``insert_word[i]`` for query word i standing for no word of the window. All in thousandths of a nat.
    """

    scores: Ints
    gap_open: Ints
    gap_word: Ints
    insert_open: Ints
    insert_word: Ints


def align(costs: Costs) -> list[int]:
    """Align a query with a window: for each query word the window's word, or -1. O(query x window), rows vectorised."""
    tables = _fill(costs)
    return _trace(costs, *tables)


def best_score(costs: Costs) -> int:
    """Give the score of the best alignment, in thousandths of a nat."""
    matched, _, inserted = _fill(costs)
    return int(max(matched[-1].max(), inserted[-1].max()))


def _fill(costs: Costs) -> tuple[list[Ints], list[Ints], list[Ints]]:
    """Fill the three tables of Gotoh, one row a query word: ending in a pair, in a gap, in an insertion."""
    length, width = costs.scores.shape
    never = np.full(width + 1, _NEVER, dtype=np.int64)
    at = np.arange(width + 1, dtype=np.int64)
    matched, gapped, inserted = [never], [never], [np.zeros(width + 1, dtype=np.int64)]
    for i in range(length):
        before = np.maximum(np.maximum(matched[i], gapped[i]), inserted[i])
        pair = never.copy()
        pair[1:] = before[:-1] + costs.scores[i]
        fresh = np.maximum(matched[i], gapped[i]) if i else inserted[0]
        run = inserted[i] if i else never
        insertion = np.maximum(fresh - costs.insert_open[i], run - costs.insert_word[i])
        gap = never
        if i + 1 < length:
            word = int(costs.gap_word[i + 1])
            reached = np.maximum.accumulate(np.maximum(pair, insertion) + word * at)
            gap = never.copy()
            gap[1:] = reached[:-1] - word * at[1:] - int(costs.gap_open[i + 1])
        matched.append(pair)
        gapped.append(gap)
        inserted.append(insertion)
    return matched, gapped, inserted


def _trace(costs: Costs, matched: list[Ints], gapped: list[Ints], inserted: list[Ints]) -> list[int]:
    length = len(costs.scores)
    pairs = [-1] * length
    i, j = length, int(np.argmax(np.maximum(matched[length], inserted[length])))
    state = "pair" if matched[length][j] >= inserted[length][j] else "insertion"
    while i > 0:
        if state == "pair":
            pairs[i - 1] = j - 1
            i, j = i - 1, j - 1
            state = _state_before(matched, gapped, inserted, i, j)
        elif state == "insertion":
            value = int(inserted[i][j])
            i -= 1
            if i == 0:
                break
            if value == int(inserted[i][j]) - int(costs.insert_word[i]):
                state = "insertion"
            else:
                state = "pair" if matched[i][j] >= gapped[i][j] else "gap"
        else:
            word = int(costs.gap_word[i])
            line = np.maximum(matched[i][:j], inserted[i][:j]) - word * np.arange(j, 0, -1)
            j = int(j - 1 - np.argmax(line[::-1]))
            state = "pair" if matched[i][j] >= inserted[i][j] else "insertion"
    return pairs


def _state_before(matched: list[Ints], gapped: list[Ints], inserted: list[Ints], i: int, j: int) -> str:
    best = max(int(matched[i][j]), int(gapped[i][j]), int(inserted[i][j]))
    if best == matched[i][j]:
        return "pair"
    return "gap" if best == gapped[i][j] else "insertion"


def _gap_cost(words: int, *, shown: bool) -> float:
    """Give what a gap costs in a hit's score, in nats; ``words`` is negative where the order is reversed."""
    if shown:
        return 1.0
    return _FAR if words < 0 else min((GAP_OPEN + GAP_WORD * words) / 1000, _FAR)


def _evidence(weight: float) -> float:
    """Give what an equal word proves, in nats: common words keep company, and prove less than they weigh."""
    return weight * weight / _MOST_WEIGHT


_FAR: Final = 12.0
_GAP_EVIDENCE: Final = 0.5
_LONE: Final = 6500
_LONE_FAR: Final = 20_000
_NEAR_BY: Final = 60
"""Words that may be left out before what stands beyond them must be no accident by itself."""


def _without_islands(places: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Let go of words that stand apart and weigh less than the gap to them: they are met by chance.

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


def _overlap(region: Region, others: Iterable[Region]) -> bool:
    return any(region.start < other.end and other.start < region.end for other in others)


def _no_twice(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
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


def _missing_runs(places: Sequence[int]) -> list[range]:
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


def _segments(places: Sequence[int]) -> list[Region]:
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


def _turns(transcript: Annotations) -> Iterator[tuple[str | None, Span, Span | None]]:
    """Give speaker, words and printed label of each turn."""
    label: Span | None = None
    any_turn = False
    for block in transcript.document.blocks:
        if block.kind == "turn-label":
            label = block.span
        elif block.kind == "turn":
            any_turn = True
            yield block.speaker, block.span, label
            label = None
    if not any_turn:
        yield None, Span(_after_headline(transcript), len(transcript.text)), None


def _unknown(stretches: Iterable[Span]) -> Iterator[tuple[None, Span, None]]:
    return ((None, stretch, None) for stretch in stretches)


def _named(transcript: Annotations) -> dict[str, str]:
    """Give, for each label of a transcript that names a person, the person's name as it was read."""
    people = [s for s in transcript.speakers if s.kind == "person" and names_somebody(s.name)]
    mentions = sorted((m.start, m.end, number) for number, who in enumerate(people) for m in who.mentions)
    found: dict[str, str] = {}
    for speaker, _, label in _turns(transcript):
        if speaker is None or label is None or speaker in found:
            continue
        at = bisect_left(mentions, (label.start, 0, 0))
        if at < len(mentions) and mentions[at][1] <= label.end:
            found[speaker] = named(speaker, people[mentions[at][2]])
    return found


def _after_headline(transcript: Annotations) -> int:
    """Give where the words of a text without turns begin: after the headline, which repeats them, and the byline."""
    start = 0
    for block in transcript.document.blocks:
        if block.kind not in _BEFORE_WORDS or transcript.text[start : block.start].strip():
            break
        start = block.end
    return start


@lru_cache(maxsize=100_000)
def background(form: str) -> float:
    """Give a form's share (0 to 1) of the words of English at large."""
    if form in _COMMONEST:
        return _COMMONEST[form] / 1000
    if is_closed(form):
        return _CLOSED_SHARE
    if is_number(form):
        return _NUMBER_SHARES.get(form, _NUMBER_SHARE)
    table = common_words()
    stems = (form, form.removesuffix("'s"), form.removesuffix("s"), form.removesuffix("es"), form.removesuffix("ed"))
    shares = [table[s] for s in (*stems, form.removesuffix("d"), form.removesuffix("ing")) if s in table]
    share = min(max(shares, default=0.008), 0.999)
    return -log(1 - share) / _DOCUMENT_WORDS / (2 if form not in table else 1)


@lru_cache(maxsize=100_000)
def _kind(form: str) -> int:
    return _NUMBER if is_number(form) else _FUNCTION if is_closed(form) else _CONTENT


@lru_cache(maxsize=100_000)
def _root(form: str) -> str:
    """Give a rough common root of a word's forms; only to guide the alignment, never a verdict."""
    bare = form.split("'", maxsplit=1)[0] or form
    bare = "do" if form == "don't" else bare
    for ending in ("ing", "ed", "es", "s", "d"):
        if len(bare) - len(ending) >= 3 and bare.endswith(ending):
            stem = bare[: -len(ending)]
            return stem[:-1] if stem[-1] == stem[-2] else stem.removesuffix("e")
    return bare.removesuffix("e") if len(bare) > 3 else bare


def words_of(index: TranscriptIndex, start: int, end: int) -> list[Spoken]:
    """List the words at places ``start`` to ``end`` (exclusive)."""
    return [Spoken(int(index.starts[p]), int(index.ends[p]), index.form_at(p)) for p in range(start, end)]
