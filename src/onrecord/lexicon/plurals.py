"""Units as their numbers want them: one day, two days, ten feet."""

from __future__ import annotations

from typing import Final

_PLURALS: Final = {
    "foot": "feet",
    "inch": "inches",
    "century": "centuries",
    **{unit: unit for unit in ("percent", "celsius", "fahrenheit", "horsepower", "stone", "share")},
}


def plural(unit: str, number: float | None) -> str:
    """Write a unit as its number wants it: one day, two days; a currency's code stays as it is."""
    if number == 1 or not unit.islower():
        return unit
    first, per, rest = unit.partition("-per-")
    return f"{_PLURALS.get(first, first + 's')}{per}{rest}".replace("-", " ")
