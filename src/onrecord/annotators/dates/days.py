"""Days: weekdays, days of a month, feasts, "yesterday", numeric dates and runs of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from onrecord.annotators.dates import stretches
from onrecord.annotators.dates.calendars import HOLIDAYS
from onrecord.annotators.dates.date_forms import Expression
from onrecord.annotators.dates.readings import (
    NO_ANCHOR,
    UNDECIDED,
    Frame,
    Reading,
    days_ahead,
    in_week,
    make_day,
    parse_day,
    shifted,
)
from onrecord.annotators.dates.tense import own_verb_is_past, owned_by_past, tense_of, words_before
from onrecord.lexicon.calendar import DAYS_BESIDE, MONTHS, NEAR_DAYS, SHORT_WEEKDAYS, STEPS, WEEKDAYS
from onrecord.lexicon.load import word_list
from onrecord.lexicon.patterns import pattern

_OF_COUNTRIES: Final = word_list("calendar.feasts_of_countries")
_SINCE: Final = pattern("dates.since")
_FROM: Final = pattern("dates.since_itself")
_MONTH_AHEAD: Final = 31  # days ahead from which a day told as past is that of the year before


def read_day(expression: Expression, frame: Frame) -> Reading:
    """Read a day of a month."""
    parts = expression.parts
    month, day = MONTHS[parts["month"]], int(parts["day"])
    weekday = _weekday_number(parts.get("weekday"))
    if "year" in parts:
        return _checked_weekday(make_day(int(parts["year"]), month, day), weekday, frame)
    if frame.anchor is None:
        return NO_ANCHOR
    reported = stretches.full_year(parts["short"], frame.anchor) if "short" in parts else None
    if "which" in parts:
        reported = frame.anchor.year + STEPS[parts["which"]]
    if reported is not None:
        return _checked_weekday(make_day(reported, month, day), weekday, frame)
    years = (frame.anchor.year + step for step in (-1, 0, 1))
    candidates = [made for year in years if (made := make_day(year, month, day)) is not None]
    if not candidates:
        return UNDECIDED
    matching = [made for made in candidates if weekday is None or made.weekday() == weekday]
    anchor = frame.anchor
    nearest = min(matching or candidates, key=lambda made: (abs((made - anchor).days), made))
    if (nearest - anchor).days > _MONTH_AHEAD and (made := make_day(nearest.year - 1, month, day)) and weekday is None:
        start = expression.start
        since = _SINCE.search(frame.text, max(0, start - 8), start) or _FROM.match(expression.words)
        if since or own_verb_is_past(expression, frame):
            nearest = made
    return Reading(nearest.isoformat(), "year-from-anchor")


def read_days(expression: Expression, frame: Frame) -> Reading:
    """Read "March 3-9", "from 3 to 9 March", "February 27 to March 2"."""
    first = read_day(expression, frame)
    day = parse_day(first.value) if first.value else None
    if day is None:
        return first
    value = stretches.days(day, expression.parts)
    return Reading(value, first.reason) if value else UNDECIDED


def _weekday_number(word: str | None) -> int | None:
    if word is None:
        return None
    return WEEKDAYS.get(word, SHORT_WEEKDAYS.get(word))


def _checked_weekday(day: dt.date | None, weekday: int | None, frame: Frame) -> Reading:
    """Take a full date; where its weekday is another day's, the day beside it that fits and is the stamp's, or none."""
    if day is None:
        return UNDECIDED
    if weekday is None or day.weekday() == weekday:
        return Reading(day.isoformat(), "absolute")
    for step in (-1, 1):
        beside = shifted(day, step)
        if beside is not None and beside.weekday() == weekday and beside == frame.anchor:
            return Reading(beside.isoformat(), "weekday")
    return UNDECIDED


def read_numeric(expression: Expression, frame: Frame) -> Reading:  # noqa: ARG001 - one signature for all readers
    """Read a day in numbers; undecided where day and month may be changed about."""
    parts = expression.parts
    first, second, year = int(parts["first"]), int(parts["second"]), int(parts["year"])
    if "sep" not in parts:
        made = make_day(year, first, second)
        return Reading(made.isoformat(), "absolute") if made else UNDECIDED
    if year < 100:
        year += 2000 if year < 70 else 1900
    readings = {made for made in (make_day(year, first, second), make_day(year, second, first)) if made is not None}
    if len(readings) != 1:
        return UNDECIDED
    return Reading(readings.pop().isoformat(), "absolute")


def read_holiday(expression: Expression, frame: Frame) -> Reading:
    """Read a feast, in the year that lies nearest or is named; undecided where its day hangs on the country."""
    name = expression.parts["feast"]
    if name in _OF_COUNTRIES:
        return UNDECIDED
    rule = HOLIDAYS[name]
    if "year" in expression.parts:
        day = day_of_feast(name, int(expression.parts["year"]))
        return UNDECIDED if day is None else Reading(day.isoformat(), "holiday")
    if frame.anchor is None:
        return NO_ANCHOR
    anchor = frame.anchor
    if not 1 < anchor.year < 9999:
        return UNDECIDED
    nearest = min((rule(anchor.year + step) for step in (-1, 0, 1)), key=lambda day: (abs((day - anchor).days), day))
    if (nearest - anchor).days > _MONTH_AHEAD and tense_of(expression, frame) == "past":
        nearest = day_of_feast(name, nearest.year - 1) or nearest
    return Reading(nearest.isoformat(), "holiday")


def day_of_feast(name: str, year: int) -> dt.date | None:
    """Give the day of a feast in a year."""
    try:
        return HOLIDAYS[name](year)
    except (ValueError, OverflowError):  # a year that the calendar does not hold
        return None


def read_weekday(expression: Expression, frame: Frame) -> Reading:  # noqa: PLR0911 - one return a form
    """Read a weekday."""
    anchor = frame.anchor
    if anchor is None:
        return NO_ANCHOR
    weekday = WEEKDAYS[expression.parts["weekday"]]
    week = expression.parts.get("week")
    which = expression.parts.get("which")
    if week is not None:
        return in_week(anchor, weekday, week)
    back = (anchor.weekday() - weekday) % 7
    if which is not None and STEPS[which] < 0:
        # two readings: the latest one, or that of the week before; they agree where the latest lies in that week
        agree = which != "last" or back == 0 or back > anchor.weekday()
        return days_ahead(anchor, -(back or 7)) if agree else UNDECIDED
    if which is not None and STEPS[which] > 0:
        ahead = (weekday - anchor.weekday()) % 7 or 7
        agree = which != "next" or anchor.weekday() + ahead > 6
        return days_ahead(anchor, ahead) if agree else UNDECIDED
    if which is not None:
        return days_ahead(anchor, weekday - anchor.weekday())
    if back == 0:
        return days_ahead(anchor, 0)
    tense = tense_of(expression, frame)
    if tense == "future":
        return days_ahead(anchor, 7 - back)
    if tense == "open":
        return UNDECIDED
    coming = back == 6 or expression.parts["weekday"] in frame.coming
    if coming and not owned_by_past(words_before(expression, frame)):
        return UNDECIDED  # it may be the coming one, tomorrow or that of which another sentence tells
    return days_ahead(anchor, -back)


def read_near_day(expression: Expression, frame: Frame) -> Reading:
    """Read "yesterday", "today", "tomorrow" and their like."""
    if frame.anchor is None:
        return NO_ANCHOR
    return _moved(frame.anchor, _first_step(NEAR_DAYS, expression.words))


def read_in_the_day(expression: Expression, frame: Frame) -> Reading:
    """Read "earlier in the day", "the day before": counted from the day last spoken of."""
    if frame.anchor is None:
        return NO_ANCHOR
    step = _first_step(DAYS_BESIDE, expression.words)
    if frame.last_day is None and step:
        return UNDECIDED
    return _moved(frame.last_day or frame.anchor, step)


def _first_step(steps: Mapping[str, int], words: str) -> int:
    return next((step for phrase, step in steps.items() if phrase in words), 0)


def _moved(day: dt.date, days: int) -> Reading:
    moved = shifted(day, days)
    return Reading(moved.isoformat(), "relative") if moved else UNDECIDED
