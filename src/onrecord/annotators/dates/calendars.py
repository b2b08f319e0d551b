"""Days of the calendar: the days of feasts."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Final

from dateutil.easter import easter


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


def _fixed(month: int, day: int) -> Callable[[int], dt.date]:
    return lambda year: dt.date(year, month, day)


def _floating(month: int, weekday: int, count: int, shift: int = 0) -> Callable[[int], dt.date]:
    return lambda year: nth_weekday(year, month, weekday, count) + dt.timedelta(days=shift)


def _from_easter(shift: int) -> Callable[[int], dt.date]:
    return lambda year: easter(year) + dt.timedelta(days=shift)


HOLIDAYS: Final[dict[str, Callable[[int], dt.date]]] = {
    "new year's eve": _fixed(12, 31),
    "new years eve": _fixed(12, 31),
    "new year's day": _fixed(1, 1),
    "new years day": _fixed(1, 1),
    "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "thanksgiving day": _floating(11, 3, 4),
    "thanksgiving": _floating(11, 3, 4),
    "black friday": _floating(11, 3, 4, 1),
    "cyber monday": _floating(11, 3, 4, 4),
    "halloween": _fixed(10, 31),
    "valentine's day": _fixed(2, 14),
    "independence day": _fixed(7, 4),
    "fourth of july": _fixed(7, 4),
    "july fourth": _fixed(7, 4),
    "labor day": _floating(9, 0, 1),
    "memorial day": _floating(5, 0, -1),
    "martin luther king day": _floating(1, 0, 3),
    "martin luther king jr day": _floating(1, 0, 3),
    "presidents day": _floating(2, 0, 3),
    "presidents' day": _floating(2, 0, 3),
    "columbus day": _floating(10, 0, 2),
    "veterans day": _fixed(11, 11),
    "armistice day": _fixed(11, 11),
    "remembrance day": _fixed(11, 11),
    "juneteenth": _fixed(6, 19),
    "st patrick's day": _fixed(3, 17),
    "bastille day": _fixed(7, 14),
    "may day": _fixed(5, 1),
    "anzac day": _fixed(4, 25),
    "bonfire night": _fixed(11, 5),
    "good friday": _from_easter(-2),
    "easter sunday": _from_easter(0),
    "easter monday": _from_easter(1),
    "easter": _from_easter(0),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "maundy thursday": _from_easter(-3),
    "inauguration day": _fixed(1, 20),
}
"""Folded names of feasts to the day that they fall on in a year. "Independence Day" is that of the United States only
where nothing else is said; a document of another country is better served by an abstention, see ``AMBIGUOUS``."""

AMBIGUOUS: Final = frozenset({"independence day"})
"""Feasts whose day hangs on the country: found, and left undecided."""
