"""How to train: the rates and weights of one training, and of the pruning that follows it."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Recipe(msgspec.Struct, frozen=True):
    """How to train. Rates are per step; ``batch`` is in word pieces; ``decay`` is per layer from the top.

    ``state_weight`` (falling to nothing in the course of the training) and ``teacher_weight`` hold the states and the
    tag scores to a teacher's, where there is one.
    """

    epochs: int = 5
    batch: int = 2048
    rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.9
    warmup: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.1
    average: float = 0.996
    link_weight: float = 1.0
    entity_weight: float = 0.15
    word_dropout: float = 0.04
    state_weight: float = 0.3
    teacher_weight: float = 0.5
    seed: int = 1
    freeze_words: bool = True
    half: bool = True


def fitting_on(epochs: int = 12, seed: int = 1) -> Recipe:
    """Give the recipe for a pruned network, which begins with what the whole one has learnt."""
    return Recipe(
        epochs=epochs,
        batch=1024,
        rate=3e-4,
        head_rate=6e-4,
        decay=0.95,
        dropout=0.05,
        average=0.998,
        word_dropout=0.06,
        entity_weight=0.0,
        seed=seed,
    )


class Pruning(msgspec.Struct, frozen=True):
    """How to prune a fitted network: the ``share`` of heads and inner values to keep, and how to fit it on.

    ``unlabelled`` are more texts that the whole network labels for the pruned one, as JSON lines with id and text.
    """

    share: float
    recipe: Recipe
    unlabelled: Path | None = None
