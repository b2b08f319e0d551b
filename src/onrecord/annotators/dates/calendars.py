"""Days of the calendar: the days of feasts."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Final

from dateutil.easter import easter

from onrecord.lexicon.calendar import FEASTS_BY_DAY, FEASTS_BY_EASTER, FEASTS_BY_WEEKDAY, WEEKDAYS


def nth_weekday(year: int, month: int, weekday: int, count: int) -> dt.date:
    """Find the ``count``-th such weekday of a month; ``-1`` is the last."""
    if count < 0:
        last = month_end(year, month)
        return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def month_end(year: int, month: int) -> dt.date:
    """Find the last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _by_day(month: int, day: int) -> Callable[[int], dt.date]:
    return lambda year: dt.date(year, month, day)


def _by_weekday(month: int, weekday: str, count: int, after: int) -> Callable[[int], dt.date]:
    return lambda year: nth_weekday(year, month, WEEKDAYS[weekday], count) + dt.timedelta(days=after)


def _by_easter(after: int) -> Callable[[int], dt.date]:
    return lambda year: easter(year) + dt.timedelta(days=after)


HOLIDAYS: Final[dict[str, Callable[[int], dt.date]]] = {
    **{name: _by_day(*rule) for name, rule in FEASTS_BY_DAY.items()},
    **{name: _by_weekday(*rule) for name, rule in FEASTS_BY_WEEKDAY.items()},
    **{name: _by_easter(after) for name, after in FEASTS_BY_EASTER.items()},
}
"""Folded names of feasts to the day that they fall on in a year."""
