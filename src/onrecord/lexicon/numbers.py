"""Number words and what they are worth: the one place that knows them."""

from __future__ import annotations

from typing import Final

from onrecord.lexicon.load import value_table

UNITS: Final[dict[str, int]] = value_table("numbers.units")
"""``zero`` to ``nineteen``."""
TENS: Final[dict[str, int]] = value_table("numbers.tens")
"""``twenty`` to ``ninety``."""
SCALES: Final[dict[str, int]] = value_table("numbers.scales")
"""``hundred``, ``thousand``, …"""
SHORT_SCALES: Final[dict[str, int]] = value_table("numbers.short_scales")
"""What stands for a scale behind digits: ``bn``, ``m``, ``k``."""
PACKS: Final[dict[str, int]] = value_table("numbers.packs")
"""``dozen``, ``score``, ``gross``."""
ORDINALS: Final[dict[str, int]] = value_table("numbers.ordinals") | value_table("numbers.ordinal_tens")
"""``zeroth`` to ``nineteenth``, and ``twentieth`` to ``ninetieth``."""
ORDINAL_TENS: Final[dict[str, int]] = value_table("numbers.ordinal_tens")
"""``twentieth`` to ``ninetieth``."""


def ordinal_form(number: int) -> str:
    """Write an ordinal in digits: ``1st``, ``12th``."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number // 10 % 10 == 1 else endings.get(number % 10, 'th')}"
