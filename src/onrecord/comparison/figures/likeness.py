"""How likely two figures of different documents refer to one thing.

Reads referents (:mod:`onrecord.comparison.figures.referents`); gives what two of them agree on, and the chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import exp, fsum, log
from operator import mul
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.comparison.figures.referents import GENERIC, Referent, is_human
from onrecord.text.words import Embed

_EQUAL_WEIGHTS: Final = (3.7, 0.3, 2.7, 2.0, 2.6, 0.0, -2.5, -4.5)
_OVERLAP_WEIGHTS: Final = (2.7, 1.0, 3.0, 1.0, 0.0, 1.2, -2.0, -6.1)
"""Weights of :func:`features`, fitted by logistic regression on the pairs of the labelled stories and rounded: one set
for figures of one value, one for figures of different bounds that can both hold."""
_KINDRED_EVENTS: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("abduct", "captive"),
        ("kill", "carry"),
        ("miss", "captive"),
        ("release", "captive"),
        ("abduct", "release"),
    )
)
MOST_TEXTS: Final = 600
_LEAST_TEXTS: Final = 60
_FEW: Final = 100
"""Clauses embedded at once at most in a story of few figures, and in one of very many; between them ever fewer beyond
so many figures: embedding costs more than all else."""


class Likeness(NamedTuple):
    """On what two figures agree, each from 0 to 1; ``same`` is the chance that they refer to one thing."""

    noun: float
    event: float
    context: float
    meaning: float
    same: float


class Comparer:
    """Compares the referents of one story: rare shared words weigh more, meaning is that of sentence embeddings.

    Embeddings are asked for where they decide, with :meth:`look_closer`; elsewhere shared words stand for meaning.
    """

    def __init__(self, described: Sequence[Referent], embed: Embed | None) -> None:
        """Take the referents and, where there is one, the encoder of sentences."""
        self._weights = _rarity(described)
        self._mass: dict[frozenset[str], float] = {}
        self._embed = embed
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._most = max(_LEAST_TEXTS, MOST_TEXTS * _FEW // max(_FEW, len(described)))

    def likeness(self, one: Referent, other: Referent) -> Likeness:
        """Compare two referents of one dimension; symmetric."""
        noun, event, context, _, _ = self._by_words(one, other)
        meaning = self._meaning(one, other, context)
        return Likeness(noun, event, context, meaning, _chance(one, other, (noun, event, context, meaning)))

    def look_closer(self, pairs: Iterable[tuple[Referent, Referent]], threshold: float) -> None:
        """Embed the clauses of pairs that meaning may bring over the threshold, or under it; the most doubtful first.

        At most :data:`MOST_TEXTS` clauses a call, fewer in a story of many figures.
        """
        if self._embed is None:
            return
        doubtful = []
        for number, (one, other) in enumerate(pairs):
            by_words = self._by_words(one, other)[:3]
            most = _chance(one, other, (*by_words, 1.0))
            if most >= threshold and (least := _chance(one, other, (*by_words, 0.0))) < threshold:
                doubtful.append((round(abs(most + least - 2 * threshold), 9), number, one.clause, other.clause))
        wanted: dict[str, None] = {}
        for _, _, *clauses in sorted(doubtful):
            new = [c for c in clauses if c not in self._vectors and c not in wanted]
            if len(wanted) + len(new) > self._most:
                break
            wanted.update(dict.fromkeys(new))
        if wanted:
            self._vectors.update(zip(wanted, self._embed(list(wanted)), strict=True))

    def _by_words(self, one: Referent, other: Referent) -> Likeness:
        noun, event = _noun_likeness(one, other), _event_likeness(one.figure.event, other.figure.event)
        return Likeness(noun, event, self._context(one.context, other.context), 0.0, 0.0)

    def _context(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Share of the weight of the smaller context that both have (overlap coefficient by inverse frequency)."""
        least = min(self._weigh(one), self._weigh(other))
        return fsum(self._weights.get(word, 1.0) for word in one & other) / least if least else 0.0

    def _weigh(self, context: frozenset[str]) -> float:
        if context not in self._mass:
            self._mass[context] = fsum(self._weights.get(word, 1.0) for word in context)
        return self._mass[context]

    def _meaning(self, one: Referent, other: Referent, context: float) -> float:
        first, second = self._vectors.get(one.clause), self._vectors.get(other.clause)
        if first is None or second is None:
            return 1.0 if one.clause == other.clause else min(1.0, 0.3 + context)
        return max(0.0, float(np.dot(first, second)))


def _rarity(described: Sequence[Referent]) -> Mapping[str, float]:
    """Weigh each context word by the share of documents that do not have it near a figure."""
    places: dict[str, set[int]] = {}
    for referent in described:
        for word in referent.context:
            places.setdefault(word, set()).add(referent.place)
    documents = max((referent.place for referent in described), default=0) + 1
    return {word: log(1 + documents / len(seen)) for word, seen in places.items()}


def _noun_likeness(one: Referent, other: Referent) -> float:
    if one.head is None or other.head is None:
        return 0.5
    if one.head == other.head:
        return 1.0
    if one.classes & other.classes:
        return 0.8
    if (one.head in GENERIC and is_human(other)) or (other.head in GENERIC and is_human(one)):
        return 0.6
    return 0.3 if is_human(one) and is_human(other) else 0.0


def _event_likeness(one: str | None, other: str | None) -> float:
    if one is None or other is None:
        return 0.5
    if one == other:
        return 1.0
    return 0.4 if frozenset((one, other)) in _KINDRED_EVENTS else 0.0


def equal(one: Referent, other: Referent) -> bool:
    """Return whether two figures have the same bounds, approximate or not."""
    return one.low == other.low and one.high == other.high


def near(one: Referent, other: Referent) -> float:
    """Give the ratio of the nearest edges of two figures whose different bounds can both hold; 0 for others."""
    if equal(one, other) or not overlap(one, other):
        return 0.0
    edges = [edge for edge in (one.low, one.high) if edge is not None and edge > 0]
    others = [edge for edge in (other.low, other.high) if edge is not None and edge > 0]
    return max((min(a, b) / max(a, b) for a in edges for b in others), default=0.0)


def overlap(one: Referent, other: Referent) -> bool:
    """Return whether two figures' bounds can both hold; approximate figures reach a twentieth further."""
    return one.reach[0] <= other.reach[1] and other.reach[0] <= one.reach[1]


def apart(one: Referent, other: Referent) -> bool:
    """Return whether the dates beside two figures (else the publication days) are those of different events."""
    first, second = one.window, other.window
    if first is None or second is None:
        return False
    return max(second[0] - first[1], first[0] - second[1]) > (3 if one.dated and other.dated else 45)


def features(one: Referent, other: Referent, likeness: Sequence[float]) -> list[float]:
    """Give what the chance of one referent is weighed from, in the order of the weights.

    ``likeness`` is that of noun, event, context and meaning.
    """
    value = one.low if one.low is not None else one.high
    version = min(1.0, log(1 + abs(value)) / 7) if equal(one, other) and value is not None else 0.0
    return [*likeness, version, near(one, other), float(apart(one, other)), 1.0]


def _chance(one: Referent, other: Referent, likeness: tuple[float, float, float, float]) -> float:
    """Weigh the chance that two figures that can both hold have one referent; 0 for those that cannot."""
    noun, event, context, _ = likeness
    if not overlap(one, other) or noun == 0.0 or (noun <= 0.3 and event == 0.0):
        return 0.0
    if one.dated and other.dated and apart(one, other):
        return 0.0
    if context < 0.12 and 0.0 < near(one, other) < 0.3:
        return 0.0  # "14 assaults" and "at least three assaults" need more than a noun in common
    weights = _EQUAL_WEIGHTS if equal(one, other) else _OVERLAP_WEIGHTS
    total = sum(map(mul, weights, features(one, other, likeness)))
    return 1 / (1 + exp(-max(-50.0, min(50.0, total))))
