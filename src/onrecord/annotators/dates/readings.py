"""What an expression of time is read to, and what it is read against; days made, moved and checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from onrecord.annotation import DateReason
from onrecord.annotators.dates.calendars import month_end
from onrecord.document import Span
from onrecord.lexicon.calendar import STEPS

ONE_DAY: Final = dt.timedelta(days=1)
_LOOKED_BACK: Final = 160  # characters before an expression whose words may tell its tense


class Reading(NamedTuple):
    """What an expression means, and by what it was decided."""

    value: str | None
    reason: DateReason


class Frame(NamedTuple):
    """What expressions are read against: the text, the day to count from, and the day last spoken of."""

    text: str
    sentences: Sequence[Span]
    anchor: dt.date | None
    last_day: dt.date | None = None
    coming: frozenset[str] = frozenset()  # weekdays that some sentence tells as future


UNDECIDED: Final = Reading(None, "ambiguous")
NO_ANCHOR: Final = Reading(None, "no-anchor")


def parse_day(value: str) -> dt.date | None:
    """Give an ISO 8601 day; ``None`` for what is none."""
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return None


def shifted(day: dt.date | None, days: int) -> dt.date | None:
    """Give the day so many days later; ``None`` beyond the calendar."""
    if day is None:
        return None
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """Give a day; ``None`` where there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def sentence_start(frame: Frame, at: int) -> int:
    """Give where the sentence begins that holds a place, and at most so many characters before it."""
    low, high = 0, len(frame.sentences)
    while low < high:
        middle = (low + high) // 2
        if frame.sentences[middle].end <= at:
            low = middle + 1
        else:
            high = middle
    begin = frame.sentences[low].start if low < len(frame.sentences) and frame.sentences[low].start <= at else 0
    return max(begin, at - _LOOKED_BACK)


def in_week(anchor: dt.date, weekday: int, week: str) -> Reading:
    """Read a weekday of the last, this or the next week."""
    if "ago" in week:
        return days_ahead(anchor, -((anchor.weekday() - weekday) % 7) - 7)
    step = next((STEPS[word] for word in week.split() if word in STEPS), 0)
    return days_ahead(anchor, weekday - anchor.weekday() + 7 * step)


def days_ahead(anchor: dt.date, days: int) -> Reading:
    """Read a day so many days after another."""
    moved = shifted(anchor, days)
    return Reading(moved.isoformat(), "weekday") if moved else UNDECIDED


def week_of(anchor: dt.date, step: int, *, weekend: bool) -> Reading:
    """Give a week (Monday to Sunday) by its month where it lies within one, else by its first and last day."""
    monday = shifted(anchor, 7 * step - anchor.weekday())
    sunday = shifted(monday, 6)
    if monday is None or sunday is None:
        return UNDECIDED
    if weekend:
        saturday = sunday - ONE_DAY
        return Reading(f"{saturday.isoformat()}/{sunday.isoformat()}", "relative")
    if monday.month == sunday.month:
        return Reading(monday.isoformat()[:7], "relative")
    return Reading(f"{monday.isoformat()}/{sunday.isoformat()}", "relative")


def interval(value: str) -> tuple[dt.date, dt.date] | None:
    """Give the first and last day of an ISO 8601 day, month, year or ``start/end``; ``None`` where it is none."""
    first, _, last = value.partition("/")
    begin, end = _edge(first, last=False), _edge(last or first, last=True)
    return (begin, end) if begin and end else None


def _edge(value: str, *, last: bool) -> dt.date | None:
    pieces = value.split("-")
    try:
        numbers = [int(piece) for piece in pieces]
        if len(numbers) == 1:
            return dt.date(numbers[0], 12, 31) if last else dt.date(numbers[0], 1, 1)
        if len(numbers) == 2:
            return month_end(numbers[0], numbers[1]) if last else dt.date(numbers[0], numbers[1], 1)
        return dt.date(numbers[0], numbers[1], numbers[2])
    except (ValueError, IndexError, OverflowError):
        return None
