"""Likeness of two versions of one utterance or claim.

Reads versions; gives a row of features for a pair, and a probability from a small logistic regression whose weights
lie in ``likeness.json``, fitted on the labelled stories by ``python -m onrecord.train.likeness``. There are two sets of
weights for each kind of version: one reads words alone, the other words and the cosine of sentence embeddings. A cosine
alone decides nothing: a pair without a shared rare word is no candidate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp, log1p
from operator import mul
from typing import Literal, NamedTuple

import msgspec

from onrecord.comparison.pairing.passages import Version
from onrecord.comparison.rarity import Rarity

Relation = Literal["same", "overlap", "unknown", "differ", "conflict"]
"""How the speakers of two versions stand to each other: one; of kindred names; not known; different; two persons."""
Kind = Literal["statement", "claim"]

WORDS = (
    "dice",
    "balance",
    "whole",
    "runs",
    "run-share",
    "quoted",
    "number-shared",
    "number-differs",
)
SPEAKERS = ("same", "overlap", "differ", "only")
OCCASION = ("days", "margin", "specific")
SENSE = ("cosine", "cosine-part", "cosine-whole")
FEATURES: Mapping[Kind, tuple[str, ...]] = {
    "statement": (*WORDS, *SPEAKERS, *OCCASION, *SENSE),
    "claim": (*WORDS, *OCCASION, *SENSE),
}
_LEAST_MASS = 0.5
"""A share of less weight than this is a share of this: one half-rare word that is all of a version proves little."""


class Overlap(NamedTuple):
    """What two versions share, by words; every value but ``runs`` is in 0 to 1.

    ``dice`` is that of the likest two units, by weight, ``balance`` that of the versions; ``whole`` the part of the
    lighter telling that the other holds; ``runs`` the logarithm of one plus the number of shared runs of four words,
    ``run_share`` their part of the shorter version; ``quoted`` the part of the one's quoted words that the other has.
    """

    dice: float
    balance: float
    whole: float
    runs: float
    run_share: float
    quoted: float
    number_shared: float
    number_differs: float


_DICE, _WHOLE, _QUOTED = (Overlap._fields.index(name) for name in ("dice", "whole", "quoted"))


def strength(shared: Sequence[float]) -> float:
    """Give one figure of what two versions share, for ranking: which telling of the other document is the likest."""
    return shared[_DICE] + 0.5 * shared[_WHOLE] + 0.5 * shared[_QUOTED]


def overlap(a: Version, b: Version, rarity: Rarity) -> tuple[Overlap, tuple[int, int]]:
    """Measure what two versions share, and give the numbers of their likest units (the first of equals).

    Only the lemmas that both have are looked at, in the order of spelling, so that sums are the same each time.
    """
    mass = 0.0
    units: dict[tuple[int, int], float] = {}
    for one in sorted(a.lemmas & b.lemmas):
        weight = rarity.weight(one)
        mass += weight
        for i in a.at[one]:
            for j in b.at[one]:
                units[i, j] = units.get((i, j), 0.0) + weight
    dice, i, j = max(
        ((2 * held / max(a.units[i].mass + b.units[j].mass, _LEAST_MASS), -i, -j) for (i, j), held in units.items()),
        default=(0.0, 0, 0),
    )
    runs = len(a.grams & b.grams)
    found = Overlap(
        dice=dice,
        balance=2 * mass / max(a.mass + b.mass, _LEAST_MASS),
        whole=mass / max(min(a.mass, b.mass), _LEAST_MASS),
        runs=log1p(runs),
        run_share=runs / max(1, min(len(a.grams), len(b.grams))),
        quoted=max(_quoted(a, b, rarity), _quoted(b, a, rarity)),
        number_shared=float(not a.numbers.isdisjoint(b.numbers)),
        number_differs=float(bool(a.numbers and b.numbers) and a.numbers.isdisjoint(b.numbers)),
    )
    return found, (-i, -j)


def _quoted(one: Version, other: Version, rarity: Rarity) -> float:
    if one.quoted_mass < _LEAST_MASS:
        return 0.0
    return rarity.mass(one.quoted & other.lemmas) / one.quoted_mass


class Scales(msgspec.Struct, frozen=True):
    """The weights of one logistic regression, a feature each, and its constant."""

    weights: dict[str, float]
    constant: float

    def ordered(self, names: Sequence[str]) -> tuple[float, ...]:
        """Give the weights in the order of names, 0 for a feature that has none."""
        return tuple(self.weights.get(name, 0.0) for name in names)

    def chance(self, row: Sequence[float], ordered: Sequence[float]) -> float:
        """Give the probability, in 0 to 1, of a row of features, by the weights in the same order."""
        score = self.constant + sum(map(mul, ordered, row))
        return 1 / (1 + exp(-max(-40.0, min(40.0, score))))


class Fitted(msgspec.Struct, frozen=True):
    """Both regressions for one kind of telling: with words alone, and with embeddings beside."""

    words: Scales
    sense: Scales

    def asks(self, feature: str) -> bool:
        """Return whether a feature weighs anything; without any weights, as before fitting, each may."""
        return not self.words.weights or feature in self.words.weights or feature in self.sense.weights


@cache
def fitted(kind: Kind) -> Fitted:
    """Read the weights that are installed with the package."""
    raw = files("onrecord.comparison.pairing").joinpath("likeness.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, Fitted])[kind]
