"""An amount in a text, and the bounds that a phrase sets to it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from onrecord.annotators.figures.unit_reading import QuantityKind

Bound = Literal["above", "from", "below", "to", "about", "exact"]


class Quantity(NamedTuple):
    """An amount in a text, in characters ``start:end``; ``core`` is the place of the number within it.

    ``first:last`` are the tokens of number and unit, ``bound`` the phrase that bounds it, ``attributive`` whether
    number and unit stand joined before a noun ("20-year war"), ``vague`` whether it came from a bare plural
    ("dozens").
    """

    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    kind: QuantityKind
    first: int
    last: int
    core: int
    bound: Bound = "exact"
    attributive: bool = False
    vague: bool = False
    digits: bool = False
    ranged: bool = False
    scaled: bool = False


def apply_bound(quantity: Quantity, bound: Bound) -> Quantity:
    """Open or close a quantity's ends as a bounding phrase says; counts step to the next whole number."""
    low, high, approximate = quantity.low, quantity.high, quantity.approximate
    value_high = high if high is not None else low
    whole = quantity.unit is None or quantity.kind == "money"
    if bound == "above" and value_high is not None:
        low, high = _next_whole(value_high, 1) if whole else value_high, None
    elif bound == "from":
        high = None
    elif bound == "below" and value_high is not None:
        low, high = None, _next_whole(value_high, -1) if whole else value_high
    elif bound == "to":
        low, high = None, value_high
    elif bound == "about":
        approximate = True
    return quantity._replace(low=low, high=high, approximate=approximate, bound=bound)


def _next_whole(value: float, step: int) -> float:
    return value + step if value == int(value) else value
