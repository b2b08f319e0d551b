"""Stretches of time: what quarters, runs of days and runs of years mean, as ISO 8601 ``start/end``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from onrecord.lexicon.calendar import MONTHS
from onrecord.lexicon.numbers import ORDINALS


def quarter(parts: Mapping[str, str]) -> str:
    """Give the months of a quarter or a half of a calendar year: Q3 2024 is ``2024-07/2024-09``."""
    sign = parts.get("sign", "")
    halves = "half" in parts or sign.startswith("h")
    number = int(sign[1]) if sign else ORDINALS[parts["half" if halves else "quarter"]]
    months = 6 if halves else 3
    year, first = int(parts["year"]), months * (number - 1) + 1
    return f"{year:04d}-{first:02d}/{year:04d}-{first + months - 1:02d}"


def years(parts: Mapping[str, str], anchor: dt.date | None) -> str | None:
    """Give a run of years, or the year that two figures stand for; a fiscal year or a season is left undecided."""
    if "fiscal" in parts:
        return None
    if "last_year" in parts:
        first, last = int(parts["year"]), int(parts["last_year"])
        return f"{first:04d}/{last:04d}" if first < last else None
    if "year" not in parts:
        full = full_year(parts["short"], anchor)
        return None if full is None else f"{full:04d}"
    first, short = int(parts["year"]), int(parts["short"])
    last = first // 100 * 100 + short
    return f"{first:04d}/{last:04d}" if last > first + 1 else None


def full_year(short: str, anchor: dt.date | None) -> int | None:
    """Give the year of two figures: the last such year that is not after the publication's, or is the next."""
    if anchor is None:
        return None
    century = anchor.year // 100 * 100
    return century + int(short) - (100 if century + int(short) > anchor.year + 1 else 0)


def days(first: dt.date, parts: Mapping[str, str]) -> str | None:
    """Give a run of days from its first: March 3 to 9; ``None`` where the last is no later day."""
    month = MONTHS.get(parts.get("last_month", ""), first.month)
    try:
        last = dt.date(first.year + (month < first.month), month, int(parts["last_day"]))
    except ValueError:
        return None
    return f"{first.isoformat()}/{last.isoformat()}" if last > first else None
