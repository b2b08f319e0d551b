"""How like two tellings are, and the chance that they tell the same utterance or fact.

Reads tellings; gives a row of features for a pair, and a probability from a small logistic regression whose weights lie
in ``likeness.json``, fitted on the gold stories by ``python -m onrecord.train.likeness``. There are two sets of weights
for each kind of telling: one reads words alone, the other words and the cosine of sentence embeddings. A cosine alone
decides nothing: a pair without a shared rare word is no candidate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp, log1p
from typing import Literal, NamedTuple

import msgspec

from onrecord.compare.rarity import Rarity
from onrecord.compare.tellings import Telling, Unit

Relation = Literal["same", "overlap", "unknown", "differ", "conflict"]
"""How the speakers of two tellings stand to each other: one; of kindred names; not known; different; two persons."""
Kind = Literal["statement", "assertion"]

WORDS = (
    "dice",
    "balance",
    "part",
    "whole",
    "runs",
    "run-share",
    "quoted",
    "number-shared",
    "number-differs",
    "name-shared",
    "name-differs",
)
SPEAKERS = ("same", "overlap", "differ", "only")
OCCASION = ("days", "margin")
SENSE = ("cosine", "cosine-part", "cosine-whole")
FEATURES: Mapping[Kind, tuple[str, ...]] = {
    "statement": (*WORDS, *SPEAKERS, *OCCASION, *SENSE),
    "assertion": (*WORDS, *OCCASION, *SENSE),
}
_LEAST_MASS = 0.5
"""A share of less weight than this is a share of this: one half-rare word that is all of a telling proves little."""


class Overlap(NamedTuple):
    """What two tellings share, by words; every value but ``runs`` is in 0 to 1.

    ``dice`` is that of the likest two units, by weight, ``balance`` that of the tellings; ``part`` the part of a unit
    that the other telling holds; ``whole`` the part of the lighter telling that the other holds;
    ``runs`` the logarithm of one plus the number of shared runs of four words, ``run_share`` their part of the shorter
    telling; ``quoted`` the part of the one's quoted words that the other has.
    """

    dice: float
    balance: float
    part: float
    whole: float
    runs: float
    run_share: float
    quoted: float
    number_shared: float
    number_differs: float
    name_shared: float
    name_differs: float

    @property
    def strength(self) -> float:
        """One figure for ranking: which telling of the other document is the likest."""
        return self.dice + 0.5 * self.whole + 0.5 * self.quoted


def overlap(a: Telling, b: Telling, rarity: Rarity) -> tuple[Overlap, tuple[int, int]]:
    """Measure what two tellings share, and give the numbers of their likest units (the first of equals)."""
    runs = len(a.grams & b.grams)
    shared = rarity.mass(a.lemmas & b.lemmas)
    numbers, names = a.numbers & b.numbers, a.names & b.names
    dice, *at = max(
        ((_dice(u, v, rarity), -i, -j) for i, u in enumerate(a.units) for j, v in enumerate(b.units)),
        default=(0.0, 0, 0),
    )
    found = Overlap(
        dice=dice,
        balance=2 * shared / max(a.mass + b.mass, _LEAST_MASS),
        part=max(_part(a, b, rarity), _part(b, a, rarity)),
        whole=shared / max(min(a.mass, b.mass), _LEAST_MASS),
        runs=log1p(runs),
        run_share=runs / max(1, min(len(a.grams), len(b.grams))),
        quoted=max(_quoted(a, b, rarity), _quoted(b, a, rarity)),
        number_shared=float(bool(numbers)),
        number_differs=float(bool(a.numbers and b.numbers) and not numbers),
        name_shared=float(bool(names)),
        name_differs=float(bool(a.names and b.names) and not names),
    )
    return found, (-at[0], -at[1])


def _dice(u: Unit, v: Unit, rarity: Rarity) -> float:
    return 2 * rarity.mass(u.lemmas & v.lemmas) / max(u.mass + v.mass, _LEAST_MASS)


def _part(one: Telling, other: Telling, rarity: Rarity) -> float:
    return max((rarity.mass(u.lemmas & other.lemmas) / max(u.mass, _LEAST_MASS) for u in one.units), default=0.0)


def _quoted(one: Telling, other: Telling, rarity: Rarity) -> float:
    if one.quoted_mass < _LEAST_MASS:
        return 0.0
    return rarity.mass(one.quoted & other.lemmas) / one.quoted_mass


class Scales(msgspec.Struct, frozen=True):
    """The weights of one logistic regression, a feature each, and its constant."""

    weights: dict[str, float]
    constant: float

    def chance(self, row: Sequence[float], names: Sequence[str]) -> float:
        """Give the probability of a row of features, in 0 to 1."""
        score = self.constant + sum(self.weights.get(n, 0.0) * value for n, value in zip(names, row, strict=False))
        return 1 / (1 + exp(-max(-40.0, min(40.0, score))))


class Fitted(msgspec.Struct, frozen=True):
    """Both regressions for one kind of telling: with words alone, and with embeddings beside."""

    words: Scales
    sense: Scales


@cache
def fitted(kind: Kind) -> Fitted:
    """Read the weights that are installed with the package."""
    raw = files("onrecord.compare").joinpath("likeness.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, Fitted])[kind]
