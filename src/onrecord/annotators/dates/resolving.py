"""Dates: which day, month or year an expression of time means.

Reads a document's text and publication date; gives a :class:`DateMention` an expression, its value an ISO 8601 day,
month, year or ``start/end``, or ``None`` with the reason where no reading can be told from another.

The rules, measured on news: a bare weekday is the most recent such day, the publication day included; a month with a
day takes the year that lies nearest; a month alone is the most recent one. The tense of the verb helps little, with two
exceptions that are used: words of the future right before a weekday ("will meet on Sunday", "are expected to … on
Sunday") turn to the coming one, and a weekday that would be six days past or tomorrow is left undecided unless its own
verb is past.

A text may be younger than its stamp: a story stamped Thursday whose opening tells what happened "Friday" was written on
Friday (another time zone, or a page that was updated). The weekday of the opening then moves the day that expressions
count from by one, and :func:`doubt` tells so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from onrecord.annotation import DateMention
from onrecord.annotators.dates.date_forms import Expression, expressions
from onrecord.annotators.dates.date_patterns import DateForm
from onrecord.annotators.dates.days import (
    day_of_feast,
    read_day,
    read_days,
    read_holiday,
    read_in_the_day,
    read_near_day,
    read_numeric,
    read_weekday,
)
from onrecord.annotators.dates.periods import (
    read_ago,
    read_decade,
    read_month,
    read_month_of_year,
    read_period,
    read_quarter,
    read_season,
    read_year,
    read_years,
)
from onrecord.annotators.dates.readings import UNDECIDED, Frame, Reading, interval, parse_day, shifted
from onrecord.annotators.dates.stamps import days_after_stamp
from onrecord.annotators.dates.tense import coming_weekdays
from onrecord.document import Span
from onrecord.text.analysed import Analysed


def find_dates(
    analysed: Analysed, anchor: str | None = None, found: Sequence[Expression] | None = None
) -> tuple[DateMention, ...]:
    """Find a document's expressions of time and what they mean.

    They are counted from the publication date; a document without one takes ``anchor``, an ISO 8601 day that the caller
    borrows (:func:`borrow_anchor`), and what hangs on it is marked ``inferred``. ``found`` are its expressions,
    where they are known (:func:`expressions`). Time is linear in the text; nothing is raised on any text.
    """
    document, sentences = analysed.document, analysed.sentences
    own = parse_day(document.published.value) if document.published else None
    day = own or (parse_day(anchor) if anchor else None)
    found = expressions(analysed) if found is None else found
    shift = days_after_stamp(document.text, sentences, day, found) if day else 0
    counted_from = shifted(day, shift)
    frame = Frame(document.text, sentences, counted_from)
    frame = frame._replace(coming=coming_weekdays(found, frame))
    datelines = [block.span for block in document.blocks if block.kind == "dateline"]
    mentions = []
    for expression in found:
        reading = _READERS[expression.form](expression, frame)
        if reading.value is not None and interval(reading.value) is None:
            reading = UNDECIDED  # "next year" of 9999: no day of the calendar
        span = Span(expression.start, expression.end)
        if reading.reason == "year-from-anchor" and any(block.holds(span) for block in datelines):
            reading = reading._replace(reason="dateline")
        spoken = parse_day(reading.value) if reading.value and len(reading.value) == 10 else None
        if spoken is not None:
            frame = frame._replace(last_day=spoken)
        inferred = own is None and reading.value is not None and reading.reason != "absolute"
        sure = _SURE[expression.form] if reading.reason != "absolute" else _PRINTED
        confidence = round(sure * (_BORROWED if inferred else 1.0), 3) if reading.value is not None else 0.0
        mentions.append(
            DateMention(expression.start, expression.end, reading.value, inferred, reading.reason, confidence)
        )
    return tuple(_with_feasts(mentions, found, sentences))


_PRINTED: Final = 0.99
_BORROWED: Final = 0.9
_SURE: Final[dict[DateForm, float]] = {
    "days": 0.95,
    "quarter": 0.95,
    "years": 0.95,
    "day": 0.96,
    "numeric": 0.99,
    "holiday": 0.94,
    "month-of-year": 0.95,
    "weekday": 0.97,
    "near-day": 0.88,
    "in-the-day": 0.7,
    "period": 0.95,
    "season": 0.5,
    "ago": 0.7,
    "month": 0.98,
    "decade": 0.99,
    "year": 0.99,
}
"""The share of each form's values that were right on the labelled stories, those tuned on and the open ones."""
_READERS: Final[dict[DateForm, Callable[[Expression, Frame], Reading]]] = {
    "days": read_days,
    "quarter": read_quarter,
    "years": read_years,
    "day": read_day,
    "numeric": read_numeric,
    "holiday": read_holiday,
    "month-of-year": read_month_of_year,
    "weekday": read_weekday,
    "near-day": read_near_day,
    "in-the-day": read_in_the_day,
    "period": read_period,
    "season": read_season,
    "ago": read_ago,
    "month": read_month,
    "decade": read_decade,
    "year": read_year,
}


def _with_feasts(
    mentions: list[DateMention], found: Sequence[Expression], sentences: Sequence[Span]
) -> list[DateMention]:
    """Join a feast and a year told apart in one sentence: "New Year's Eve celebrations two years ago" is one day."""
    ends = [sentence.end for sentence in sentences]
    feasts: dict[int, list[int]] = {}
    years: dict[int, list[int]] = {}
    sentence = 0
    for place, (mention, expression) in enumerate(zip(mentions, found, strict=True)):
        while sentence < len(ends) and ends[sentence] <= mention.start:
            sentence += 1
        if expression.form == "holiday" and "year" not in expression.parts and mention.value:
            feasts.setdefault(sentence, []).append(place)
        if expression.form in {"ago", "period"} and mention.value and len(mention.value) == 4:
            years.setdefault(sentence, []).append(place)
    counted = Counter({key: len(places) for key, places in years.items()})
    for key, places in feasts.items():
        if counted[key] != 1 or len({found[place].parts["feast"] for place in places}) != 1:
            continue
        year = years[key][0]
        day = day_of_feast(found[places[0]].parts["feast"], int(mentions[year].value or "0"))
        if day is None:
            continue
        value = day.isoformat()
        for place in (year, *places):
            old = mentions[place]
            mentions[place] = DateMention(old.start, old.end, value, old.inferred, old.reason, old.confidence)
    return mentions
