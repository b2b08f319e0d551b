"""Number words and what they are worth: the one place that knows them."""

from __future__ import annotations

from typing import Final

from onrecord.lexicon.load import value_table

UNITS: Final = value_table("numbers.units", dict[str, int])
"""``zero`` to ``nineteen``."""
TENS: Final = value_table("numbers.tens", dict[str, int])
"""``twenty`` to ``ninety``."""
SCALES: Final = value_table("numbers.scales", dict[str, int])
"""``hundred``, ``thousand``, …"""
SHORT_SCALES: Final = value_table("numbers.short_scales", dict[str, int])
"""What stands for a scale behind digits: ``bn``, ``m``, ``k``."""
PACKS: Final = value_table("numbers.packs", dict[str, int])
"""``dozen``, ``score``, ``gross``."""
SMALL_COUNTS: Final = value_table("numbers.small_counts", dict[str, int])
"""``a``, ``a couple of``."""
ORDINAL_TENS: Final = value_table("numbers.ordinal_tens", dict[str, int])
"""``twentieth`` to ``ninetieth``."""
ORDINALS: Final = value_table("numbers.ordinals", dict[str, int]) | ORDINAL_TENS
"""``zeroth`` to ``nineteenth``, and ``twentieth`` to ``ninetieth``."""


def ordinal_form(number: int) -> str:
    """Write an ordinal in digits: ``1st``, ``12th``."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number // 10 % 10 == 1 else endings.get(number % 10, 'th')}"
