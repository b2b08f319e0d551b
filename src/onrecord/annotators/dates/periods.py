"""Periods: weeks, months, quarters, seasons, years, decades, and what is so long ago."""

from __future__ import annotations

import datetime as dt
from typing import Final

from onrecord.annotators.dates import stretches
from onrecord.annotators.dates.date_forms import Expression
from onrecord.annotators.dates.readings import NO_ANCHOR, UNDECIDED, Frame, Reading, sentence_start, shifted, week_of
from onrecord.annotators.dates.tense import owned_by_past, tense_of, words_before
from onrecord.lexicon.calendar import MONTHS, STEPS, UNIT_DAYS
from onrecord.lexicon.load import word_list
from onrecord.lexicon.numbers import SMALL_COUNTS, TENS, UNITS
from onrecord.lexicon.patterns import pattern

_SOON: Final = 3  # months ahead in which a month told without a verb of the past may be the coming one
_SMALL: Final = {**UNITS, **TENS, **SMALL_COUNTS}
_BOUNDING: Final = word_list("calendar.bounding_hedges")
_FISCAL: Final = pattern("dates.fiscal")
_IF: Final = pattern("dates.if")


def read_quarter(expression: Expression, frame: Frame) -> Reading:
    """Read "the third quarter of 2024"; a firm's fiscal quarter is left undecided."""
    if _FISCAL.search(frame.text, max(0, expression.start - 12), expression.start):
        return UNDECIDED
    return Reading(stretches.quarter(expression.parts), "absolute")


def read_years(expression: Expression, frame: Frame) -> Reading:
    """Read "between 2019 and 2023", "'08"; a fiscal year, or "2023-24", is left undecided."""
    if frame.anchor is None and "short" in expression.parts and "year" not in expression.parts:
        return NO_ANCHOR
    value = stretches.years(expression.parts, frame.anchor)
    return Reading(value, "absolute") if value else UNDECIDED


def read_month_of_year(expression: Expression, frame: Frame) -> Reading:  # noqa: PLR0911 - one return a form
    """Read "in May", "last May", "this year" and their like."""
    parts = expression.parts
    month = MONTHS[parts["month"]]
    if "year" in parts:
        return Reading(f"{int(parts['year']):04d}-{month:02d}", "absolute")
    if frame.anchor is None:
        return NO_ANCHOR
    year, now = frame.anchor.year, frame.anchor.month
    which = parts["which"]
    if "year" in expression.words:
        year += STEPS[which]
        if which == "this" and month > now and tense_of(expression, frame) not in {"future", "open"}:
            year -= 1  # told as past: the text is older than its stamp
        return Reading(f"{year:04d}-{month:02d}", "relative")
    if which in {"this", "this past"} and month == now:
        return Reading(f"{year:04d}-{month:02d}", "relative")
    if which == "next":
        return Reading(f"{year + (month <= now):04d}-{month:02d}", "relative")
    if which == "this":
        return UNDECIDED
    # "last May" said in October may be this year's or the year before's: only beyond the half-year is it plain
    if month < now and now - month < 6 and which == "last":
        return UNDECIDED
    return Reading(f"{year - (month >= now):04d}-{month:02d}", "relative")


def read_period(expression: Expression, frame: Frame) -> Reading:  # noqa: PLR0911 - one return a form
    """Read "last week" and its like."""
    anchor = frame.anchor
    if anchor is None:
        return NO_ANCHOR
    which = expression.parts.get("which", "last")
    unit = expression.parts.get("unit", "weekend")
    step = STEPS[which]
    if unit == "year":
        return Reading(f"{anchor.year + step:04d}", "relative")
    if unit == "month":
        number = anchor.year * 12 + anchor.month - 1 + step
        return Reading(f"{number // 12:04d}-{number % 12 + 1:02d}", "relative")
    if unit == "weekend" and step == 0 and anchor.weekday() < 5:
        return _this_weekend(expression, frame, anchor)
    if unit in {"week", "weekend"}:
        return week_of(anchor, step, weekend=unit == "weekend")
    if unit == "decade" and step:
        first = anchor.year // 10 * 10 + 10 * step
        return Reading(f"{first:04d}/{first + 9:04d}", "relative")
    return UNDECIDED


def _this_weekend(expression: Expression, frame: Frame, anchor: dt.date) -> Reading:
    """Read "this weekend" on a working day: the last one where told as past early in the week, else the coming."""
    past = tense_of(expression, frame) == "past"
    if past and anchor.weekday() >= 2:
        return UNDECIDED
    return week_of(anchor, -1 if past else 0, weekend=True)


def read_season(expression: Expression, frame: Frame) -> Reading:  # noqa: ARG001 - one signature for all readers
    """Leave seasons undecided: they hang on the hemisphere, and "last summer" on the speaker."""
    return UNDECIDED if frame.anchor else NO_ANCHOR


def read_ago(expression: Expression, frame: Frame) -> Reading:  # noqa: PLR0911 - one return a form
    """Read "three days ago" and its like."""
    anchor = frame.anchor
    if anchor is None:
        return NO_ANCHOR
    parts = expression.parts
    digits = parts["count"].replace(",", "")
    count = int(digits) if digits.isdigit() else _SMALL.get(parts["count"])
    if count is None or parts.get("hedge") in _BOUNDING:
        return UNDECIDED
    count = -count if parts["way"] == "ago" else count
    unit = parts["unit"]
    if unit in UNIT_DAYS:
        moved = shifted(anchor, count * UNIT_DAYS[unit])
        return Reading(moved.isoformat(), "relative") if moved else UNDECIDED
    if unit in {"hour", "minute"}:
        near = unit == "minute" or abs(count) <= 6
        return Reading(anchor.isoformat(), "relative") if near else UNDECIDED
    if unit == "month":
        number = anchor.year * 12 + anchor.month - 1 + count
        return Reading(f"{number // 12:04d}-{number % 12 + 1:02d}", "relative") if number >= 12 else UNDECIDED
    if unit == "year" and 0 < anchor.year + count < 10000:
        return Reading(f"{anchor.year + count:04d}", "relative")
    return UNDECIDED


def read_month(expression: Expression, frame: Frame) -> Reading:
    """Read a month."""
    anchor = frame.anchor
    if anchor is None:
        return NO_ANCHOR
    month = MONTHS[expression.parts["month"]]
    tense = tense_of(expression, frame)
    ahead = (month - anchor.month) % 12
    before = frame.text[sentence_start(frame, expression.start) : expression.start]
    if 0 < ahead <= _SOON and not owned_by_past(words_before(expression, frame)):
        ahead_of = tense is None or tense == "future" or _IF.search(before)
        tense = "future" if ahead_of else "open"
    if tense == "open" and 0 < ahead <= _SOON:
        return UNDECIDED
    if tense == "future" and month != anchor.month:
        year = anchor.year + (month < anchor.month)
    else:
        year = anchor.year - (month > anchor.month)
    return Reading(f"{year:04d}-{month:02d}", "year-from-anchor") if 0 < year < 10000 else UNDECIDED


def read_decade(expression: Expression, frame: Frame) -> Reading:  # noqa: ARG001 - one signature for all readers
    """Read a decade."""
    first = int(expression.parts["year"])
    return Reading(f"{first:04d}/{first + (99 if first % 100 == 0 and first < 2000 else 9):04d}", "absolute")


def read_year(expression: Expression, frame: Frame) -> Reading:  # noqa: ARG001 - one signature for all readers
    """Read a year."""
    return Reading(expression.parts["year"], "absolute")
