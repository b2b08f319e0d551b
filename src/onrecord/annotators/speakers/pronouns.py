"""Ranking whom a pronoun means: features of each candidate, and a linear score learned on labelled coreference.

Reads the mentions that stand before the pronoun; gives the likeliest entity. The score is a conditional logistic model
(mention ranking after Denis & Baldridge, 2008, "Specialized models and ranking for coreference resolution"): one row of
weights for he and she, one for it, one for they. The weights lie in ``pronoun_weights.json``; ``python -m
onrecord.train.pronouns`` fits them anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from operator import mul
from typing import Final, Literal, NamedTuple

PronounClass = Literal["person", "it", "they"]

FEATURES: Final = (
    "same-sentence",
    "one-sentence-back",
    "two-sentences-back",
    "three-or-four-back",
    "further-back",
    "same-paragraph",
    "previous-paragraph",
    "nearest",
    "second-nearest",
    "subject",
    "subject-one-back",
    "subject-same-sentence",
    "possessive",
    "after-preposition",
    "quoted",
    "pronoun-chain",
    "pronoun-last",
    "mentions-so-far",
    "last-speaker",
    "last-speaker-same-paragraph",
    "last-speaker-source",
    "source-of-sentence",
    "in-own-content",
    "gender-agrees",
    "gender-clashes",
    "prior-agrees",
    "prior-clashes",
    "gender-unknown",
    "is-person",
    "is-unknown",
    "is-organisation",
    "is-place",
    "is-plural",
    "is-document",
    "is-unnamed",
    "headline",
    "first-in-paragraph",
    "object-of-clause",
    "last-speaker-goes-on",
    "alone-in-paragraph",
    "alone-in-previous-paragraph",
    "last-speaker-interrupted",
)


class Candidate(NamedTuple):
    """A possible antecedent: the entity's index and its features, by :data:`FEATURES`; most are true or false."""

    entity: int
    values: tuple[float, ...]


@lru_cache(maxsize=1)
def weights() -> dict[str, tuple[float, ...]]:
    """Load the weights: one row per pronoun class, in the order of :data:`FEATURES`."""
    raw = json.loads(
        resources.files("onrecord.annotators.speakers").joinpath("pronoun_weights.json").read_text("utf-8")
    )
    return {kind: tuple(float(raw[kind].get(name, 0.0)) for name in FEATURES) for kind in ("person", "it", "they")}


def score(candidate: Candidate, row: Sequence[float]) -> float:
    """Give a candidate's linear score."""
    return float(sum(map(mul, candidate.values, row)))


class Choice(NamedTuple):
    """The likeliest entity of a pronoun, its chance among all that fit, and how many fit."""

    entity: int
    chance: float
    candidates: int


def choose(candidates: Sequence[Candidate], kind: PronounClass) -> Choice | None:
    """Give the entity of the best candidate; the nearest of equals (candidates stand nearest first)."""
    if not candidates:
        return None
    row = weights()[kind]
    scores = [score(candidate, row) for candidate in candidates]
    best = max(scores)
    chance = 1 / sum(math.exp(one - best) for one in scores)
    return Choice(candidates[scores.index(best)].entity, chance, len(scores))
