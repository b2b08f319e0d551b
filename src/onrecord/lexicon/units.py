"""Units of measure and of money: how they are written after or before a number, and one name for each.

A unit's name is what :attr:`onrecord.annotation.Figure.unit` carries: ISO 4217 codes for money (``USD``), ``percent``,
``percentage-point``, and the singular of the unit otherwise (``kilometre``, ``year``). ``DIMENSION`` says what a unit
measures.
"""

from __future__ import annotations

from typing import Final

from onrecord.lexicon.load import value_table, word_list

_UNITS: Final = value_table("units.units", dict[str, dict[str, list[str]]])
_SUBUNITS: Final = value_table("units.subunits", dict[str, tuple[str, float]])

CURRENCY_SIGNS: Final = {
    sign: currency for currency, signs in value_table("units.signs", dict[str, list[str]]).items() for sign in signs
}
"""What stands before an amount, folded, and the currency that it names; ``$`` alone is read as the U.S. dollar."""

PERCENT_WORDS: Final = tuple(value_table("units.percent", dict[str, list[str]])["forms"])

UNIT_NAMES: Final = {form: name for names in _UNITS.values() for name, forms in names.items() for form in forms}
"""Every written form, folded, to its unit's name."""

_DIMENSIONS: Final = {name: dimension for dimension, names in _UNITS.items() for name in names}

DIMENSION: Final = {**_DIMENSIONS, "percent": "percent", "percentage-point": "percentage-point", "share": "percent"}
"""What each unit measures: ``length``, ``time``, ``money``, …"""

FIRST_WORDS: Final = frozenset(form.split()[0] for form in (*UNIT_NAMES, *_SUBUNITS))
"""Each word that a form of a unit, or of a smaller coin, begins with."""

LONGEST_FORM: Final = max(len(form.split()) for form in UNIT_NAMES)
"""The most words that one form of a unit has."""

ATTACHED_ONLY: Final = word_list("figures.attached_only")
"""Abbreviations that are a unit only close behind digits."""

DURATIONS: Final = frozenset(name for name, dimension in DIMENSION.items() if dimension == "time")
"""The names of units of time."""


def subunit(word: str) -> tuple[str, float] | None:
    """Give the currency of a smaller coin and its worth in it (``cents``: dollars, 0.01)."""
    return _SUBUNITS.get(word)
