"""Pairing: the versions of a story held against each other, each likely pair with the chance that they tell the same.

Reads versions, the documents they stand in and what is known of a pair besides its words; gives chances. A pair is
weighed by its words first; only where these leave a doubt are sentence embeddings asked for, each text once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import fsum, log1p
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.comparison.pairing.candidates import Reach, candidate_pairs
from onrecord.comparison.pairing.likeness import FEATURES, Fitted, Kind, Overlap, fitted, overlap, strength
from onrecord.comparison.pairing.passages import Version
from onrecord.comparison.rarity import Rarity
from onrecord.text.words import Embed

Pair = tuple[int, int]
Beside = Callable[[int, int, Overlap], tuple[float, ...] | None]
"""Features of a pair that are not in its words, in the order of FEATURES; ``None`` where the two cannot be one."""

_REACH: dict[Kind, Reach] = {
    "statement": Reach(10, 24, 0.35, 0.5),
    "claim": Reach(20, 60, 0.15, 0.75),
}
_STRETCH: dict[Kind, int] = {"statement": 1, "claim": 3}
"""Units side by side whose meaning is taken together too: a fact may be told in one clause here, in three there."""
_LEAST_NORM = 1e-9
DOUBT = (0.01, 0.99)
"""Chances by words alone between which embeddings are asked for."""
MOST_TEXTS = 600
_LEAST_TEXTS = 100
_FEW = 200
"""Texts embedded at most in a story of few versions, the most doubtful pairs first, and in one of very many; between
them ever fewer beyond so many versions: embedding costs more than all else together."""
_MOST_DOCUMENTS = 6
"""Documents of a version that stands in many (copies) whose rival versions are looked at."""


class Node(NamedTuple):
    """A version and the documents it stands in; ``strength`` of its pairs is compared within each document."""

    version: Version
    documents: tuple[str, ...]


class _Rivals(NamedTuple):
    """The two likest versions that one document has for a version of another: strength, number."""

    first: tuple[float, int]
    second: tuple[float, int]

    def besides(self, number: int) -> float:
        return self.second[0] if self.first[1] == number else self.first[0]


class Pairing:
    """Chances for pairs of one story's versions; the order of documents changes nothing."""

    def __init__(
        self,
        kind: Kind,
        nodes: Sequence[Node],
        rarity: Rarity,
        beside: Beside,
        embed: Embed | None,
        *,
        fit: Fitted | None = None,
    ) -> None:
        """Hold the likely pairs against each other; ``nodes`` stand in an order that documents do not decide."""
        self._fit = fit or fitted(kind)
        self._stretch = _STRETCH[kind]
        self._scales = [(s, s.ordered(FEATURES[kind])) for s in (self._fit.words, self._fit.sense)]
        self._nodes, self._rarity, self._beside = nodes, rarity, beside
        self._rows: dict[Pair, tuple[float, ...] | None] = {}
        self._units: dict[Pair, tuple[int, int]] = {}
        self._cosines: dict[Pair, tuple[float, ...]] = {}
        self._chances: dict[Pair, float] = {}
        # Of two utterances much is known besides their words; two sentences that share no rare one are soon told apart.
        self._least = _REACH[kind].within(len(nodes)).shared if kind == "claim" else 0.0
        self.pairs = [
            p for p in candidate_pairs([n.version.lemmas for n in nodes], rarity, _REACH[kind]) if self._held(*p)
        ]
        self._rivals = self._rank() if self._fit.asks("margin") else {}
        self._spread = _spread(nodes) if self._fit.asks("specific") else {}
        if embed is not None:
            self._embed(embed)

    def chance(self, i: int, j: int) -> float:
        """Give the chance that two versions tell the same, in 0 to 1; 0 where they cannot."""
        pair = (i, j) if i < j else (j, i)
        known = self._chances.get(pair)
        if known is None:
            row = self.row(*pair) if pair in self._rows or self._share_enough(*pair) else None
            scales, ordered = self._scales[pair in self._cosines]
            known = self._chances[pair] = scales.chance(row, ordered) if row else 0.0
        return known

    def _share_enough(self, i: int, j: int) -> bool:
        """Return whether two versions share what candidates must; most pairs of sentences do not."""
        shared = self._nodes[i].version.lemmas & self._nodes[j].version.lemmas
        return self._rarity.mass(shared) >= self._least

    def share_document(self, i: int, j: int) -> bool:
        """Return whether two versions stand in one document."""
        return not set(self._nodes[i].documents).isdisjoint(self._nodes[j].documents)

    def shared(self, i: int, j: int) -> Overlap | None:
        """Give what two versions share, by words; ``None`` where they cannot be one."""
        held = self._held(*((i, j) if i < j else (j, i)))
        return Overlap(*held[: len(Overlap._fields)]) if held else None

    def row(self, i: int, j: int) -> tuple[float, ...] | None:
        """Give a pair's features in the order of FEATURES (without a cosine where none was asked for)."""
        held = self._held(i, j)
        if held is None:
            return None
        return (*held, self._margin(i, j, strength(held)), self._specific(i, j), *self._cosines.get((i, j), ()))

    def _held(self, i: int, j: int) -> tuple[float, ...] | None:
        """Give what a pair shares by words and besides; plain tuples, which the garbage collector need not visit."""
        if (i, j) not in self._rows:
            words, self._units[i, j] = overlap(self._nodes[i].version, self._nodes[j].version, self._rarity)
            beside = self._beside(i, j, words)
            self._rows[i, j] = None if beside is None else (*words, *beside)
        return self._rows[i, j]

    def _rank(self) -> dict[tuple[int, int, str], _Rivals]:
        """Find for each sentence of a version the two likest versions of each other document."""
        found: dict[tuple[int, int, str], list[tuple[float, int]]] = defaultdict(list)
        for i, j in self.pairs:
            held = self._rows[i, j]
            assert held is not None
            likest = strength(held)
            for one, other, unit in ((i, j, self._units[i, j][0]), (j, i, self._units[i, j][1])):
                for document in self._nodes[other].documents[:_MOST_DOCUMENTS]:
                    if document not in self._nodes[one].documents:
                        found[one, unit, document].append((likest, other))
        none = (0.0, -1)
        return {
            key: _Rivals(*([*sorted(listed, key=lambda x: (-x[0], x[1]))[:2], none, none][:2]))
            for key, listed in found.items()
        }

    def _margin(self, i: int, j: int, likest: float) -> float:
        """Tell by how much the two are likelier for each other than any rival of the same documents, in -1 to 1.

        Two versions of one document have no rivals, and get 0.
        """
        if not self._rivals or self.share_document(i, j):
            return 0.0
        margin = 1.0
        for one, other, unit in ((i, j, self._units[i, j][0]), (j, i, self._units[i, j][1])):
            for document in self._nodes[other].documents[:_MOST_DOCUMENTS]:
                rivals = self._rivals.get((one, unit, document))
                if rivals is not None:
                    margin = min(margin, likest - rivals.besides(other))
        return max(-1.0, margin)

    def _specific(self, i: int, j: int) -> float:
        """Give the logarithm of one plus the weight of the shared lemmas, each divided by how often a document has it.

        What one report says in five of its quotations ("the response team") does not point at one of them.
        """
        if not self._spread:
            return 0.0
        a, b = self._nodes[i], self._nodes[j]
        counts = [
            self._spread[document] for document in (*a.documents[:_MOST_DOCUMENTS], *b.documents[:_MOST_DOCUMENTS])
        ]
        return log1p(
            fsum(
                self._rarity.weight(one) / max(count[one] for count in counts)
                for one in a.version.lemmas & b.version.lemmas
            )
        )

    def _embed(self, embed: Embed) -> None:
        doubtful: list[tuple[float, Pair]] = []
        for pair in self.pairs:
            chance = self.chance(*pair)
            if DOUBT[0] < chance < DOUBT[1]:
                doubtful.append((abs(chance - 0.5), pair))
        most = max(_LEAST_TEXTS, MOST_TEXTS * _FEW // max(_FEW, len(self._nodes)))
        texts: dict[str, int] = {}
        chosen: list[Pair] = []
        for _, pair in sorted(doubtful):
            wanted = [t for number in pair for t in self._nodes[number].version.texts if t not in texts]
            if len(texts) + len(wanted) > most:
                break
            for one in wanted:
                texts.setdefault(one, len(texts))
            chosen.append(pair)
        if not chosen:
            return
        vectors = embed(list(texts))
        rows = {
            n: _stretched(vectors[[texts[one] for one in self._nodes[n].version.texts]], self._stretch)
            for n in sorted({n for pair in chosen for n in pair})
        }
        for i, j in chosen:
            self._cosines[i, j] = _cosines(rows[i], rows[j])
            del self._chances[i, j]


def _spread(nodes: Sequence[Node]) -> dict[str, Counter[str]]:
    """Count in how many of each document's versions a lemma stands."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for node in nodes:
        for document in node.documents:
            found[document].update(node.version.lemmas)
    return found


def _stretched(rows: NDArray[np.float32], most: int) -> NDArray[np.float32]:
    """Add a row for every stretch of two to ``most`` units side by side, the mean of theirs; row 0 is the whole."""
    found = [rows]
    for size in range(2, min(most, len(rows) - 1) + 1):
        sums = sum(rows[1 + at : len(rows) - size + 1 + at] for at in range(size))
        found.append(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), _LEAST_NORM))
    return np.concatenate(found)


def _cosines(a: NDArray[np.float32], b: NDArray[np.float32]) -> tuple[float, float, float]:
    """Give the cosines of the likest units or stretches, of one and the other version, of the versions (row 0)."""
    every = a @ b.T
    return (
        float(every[1:, 1:].max()),
        float(max(every[1:, 0].max(), every[0, 1:].max())),
        float(every[0, 0]),
    )
