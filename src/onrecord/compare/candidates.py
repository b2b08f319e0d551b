"""Candidates: which tellings of a story are worth holding against each other, found without trying all pairs.

Reads the lemmas of each telling; gives pairs. Tellings are looked up by their rarest lemmas in an inverted index. Where
a lemma stands in very many tellings (a hundred copies of one report), each is paired with its neighbours in a fixed
order of the tellings only: like tellings stand side by side there, and joining needs no more than a chain of pairs. So
the work grows with the number of tellings, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.compare.rarity import Rarity

KEYS = 10
"""Rarest lemmas by which a telling is looked up."""
WINDOW = 24
"""Neighbours on each side that a telling has in the list of one lemma."""
NEAREST = 24
"""Candidates that a telling keeps, the likest first."""
_LEAST_SHARED = 0.35
"""Weight that two tellings must share: about one word that is rare in the story or in the language."""


def candidate_pairs(lemmas: Sequence[frozenset[str]], rarity: Rarity) -> list[tuple[int, int]]:
    """Pair tellings by the rare lemmas that they share; pairs are ``(i, j)`` with ``i < j``, in order.

    ``lemmas`` must be in an order that does not depend on the order of documents.
    """
    index: dict[str, list[int]] = defaultdict(list)
    keys = [_rarest(held, rarity) for held in lemmas]
    for number, chosen in enumerate(keys):
        for one in chosen:
            index[one].append(number)
    shared: list[dict[int, float]] = [defaultdict(float) for _ in lemmas]
    for one in sorted(index):
        weight, listed = rarity.weight(one), index[one]
        for at, i in enumerate(listed):
            for j in listed[at + 1 : at + 1 + WINDOW]:
                shared[i][j] += weight
                shared[j][i] += weight
    kept: set[tuple[int, int]] = set()
    for i, others in enumerate(shared):
        nearest = sorted((-weight, j) for j, weight in others.items() if weight >= _LEAST_SHARED)[:NEAREST]
        kept.update((min(i, j), max(i, j)) for _, j in nearest)
    return sorted(kept)


def _rarest(held: frozenset[str], rarity: Rarity) -> list[str]:
    return sorted(held, key=lambda one: (-rarity.weight(one), one))[:KEYS]
