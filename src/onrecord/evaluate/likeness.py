"""Fit the weights of :mod:`onrecord.compare.likeness` on gold stories, and tell how well they do on stories left out.

Reads rows of features with their labels, a story each; gives weights and the F1 of each story under weights that were
fitted on the others. Logistic regression with a quadratic penalty, by Newton's method.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.compare.likeness import Scales

PENALTY = 1.0
_STEPS = 40
_FEW = 8
"""A story with fewer true pairs than this weighs no more for that."""
_HALF = 33.0
"""A story with as many true pairs as this has the weight 1 a pair; one with more has less."""


class Rows(NamedTuple):
    """One story's candidate pairs: features, shape (pairs, features), float64; labels, shape (pairs,), bool."""

    features: NDArray[np.float64]
    labels: NDArray[np.bool_]


def fit_scales(stories: Sequence[Rows], names: Sequence[str], penalty: float = PENALTY) -> Scales:
    """Fit one regression on the pairs of all stories; each story's weight falls with the root of its true pairs."""
    features = np.concatenate([s.features for s in stories])
    labels = np.concatenate([s.labels for s in stories]).astype(np.float64)
    weight = np.concatenate(
        [np.full(len(s.labels), (_HALF / max(float(s.labels.sum()), _FEW)) ** 0.5) for s in stories]
    )
    padded = np.c_[features, np.ones(len(features))]
    ridge = np.eye(padded.shape[1]) * penalty
    ridge[-1, -1] = 1e-6
    found = np.zeros(padded.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-padded @ found))
        slope = padded.T @ (weight * (chance - labels)) + ridge @ found
        curve = (padded * (weight * chance * (1 - chance) + 1e-9)[:, None]).T @ padded + ridge
        found -= np.linalg.solve(curve, slope)
    rounded = [round(float(v), 3) for v in found]
    return Scales(dict(zip(names, rounded[:-1], strict=True)), rounded[-1])
