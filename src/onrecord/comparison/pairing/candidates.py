"""Candidates: which versions of a story are worth holding against each other, found without trying all pairs.

Reads the lemmas of each version; gives pairs. Tellings are looked up by their rarest lemmas in an inverted index. Where
a lemma stands in very many versions (a hundred copies of one report), each is paired with its neighbours in a fixed
order of the versions only: like versions stand side by side there, and joining needs no more than a chain of pairs. So
the work grows with the number of versions, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from onrecord.comparison.rarity import Rarity

_MANY = 800
"""Tellings from which on a story is crowded: chance brings weak pairs then, and time is short."""


class Reach(NamedTuple):
    """How far a search for candidates goes.

    ``keys`` are the rarest lemmas by which a version is looked up, ``nearest`` the candidates it keeps and the
    neighbours on each side that it has in the list of one lemma, ``shared`` the weight that two versions must share
    (1 is about one word rare both in the story and in the language), ``crowded`` the same among many versions.
    """

    keys: int
    nearest: int
    shared: float
    crowded: float

    def within(self, versions: int) -> Reach:
        """Draw the reach in where there are many versions, so that the work stays in proportion to their number."""
        return Reach(
            min(self.keys, max(8, 8000 // max(1, versions))),
            min(self.nearest, max(12, 16000 // max(1, versions))),
            self.shared if versions <= _MANY else self.crowded,
            self.crowded,
        )


def candidate_pairs(lemmas: Sequence[frozenset[str]], rarity: Rarity, reach: Reach) -> list[tuple[int, int]]:
    """Pair versions by the rare lemmas that they share; pairs are ``(i, j)`` with ``i < j``, in order.

    ``lemmas`` must be in an order that does not depend on the order of documents.
    """
    reach = reach.within(len(lemmas))
    index: dict[str, list[int]] = defaultdict(list)
    keys = [_rarest(held, rarity, reach.keys) for held in lemmas]
    for number, chosen in enumerate(keys):
        for one in chosen:
            index[one].append(number)
    shared: list[dict[int, float]] = [defaultdict(float) for _ in lemmas]
    for one in sorted(index):
        weight, listed = rarity.weight(one), index[one]
        for at, i in enumerate(listed):
            for j in listed[at + 1 : at + 1 + reach.nearest]:
                shared[i][j] += weight
                shared[j][i] += weight
    kept: set[tuple[int, int]] = set()
    for i, others in enumerate(shared):
        likely = [(-weight, j) for j, weight in others.items() if weight >= reach.shared]
        if len(likely) > reach.nearest:
            likely = sorted(likely)[: reach.nearest]
        kept.update((i, j) if i < j else (j, i) for _, j in likely)
    return sorted(kept)


def _rarest(held: frozenset[str], rarity: Rarity, keys: int) -> list[str]:
    return sorted(held, key=lambda one: (-rarity.weight(one), one))[:keys]
