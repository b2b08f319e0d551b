"""The publication date: whether the text refutes it, and from which day an undated text counts."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

import msgspec

from onrecord.annotation import Annotations, DateDoubt, DateMention
from onrecord.annotators.dates.date_forms import Expression, expressions
from onrecord.annotators.dates.date_patterns import DateForm
from onrecord.annotators.dates.periods import read_month_of_year
from onrecord.annotators.dates.readings import ONE_DAY, Frame, make_day, parse_day, shifted
from onrecord.annotators.dates.tense import is_past, past_around, tense_of, words_before
from onrecord.document import Span
from onrecord.lexicon.calendar import MONTHS, WEEKDAYS
from onrecord.lexicon.patterns import pattern
from onrecord.text.analysed import Analysed

_NAMED_EVENT: Final = pattern("dates.named_event")
_OPENING: Final = 1_200  # characters in which a report tells its news and when it happened
_NEAR: Final = 3  # days about a story's in which a text that names one by its month looks back on it


def doubt(
    analysed: Analysed, dates: Sequence[DateMention], found: Sequence[Expression] | None = None
) -> DateDoubt | None:
    """Find what in the text refutes the publication date, ``None`` where nothing does.

    Told are: an opening that tells, as past, of a weekday that comes the day after; a day printed in full, with its
    year, that lies after the publication; and a dateline that does.
    """
    document = analysed.document
    own = parse_day(document.published.value) if document.published else None
    if own is None:
        return None
    found = expressions(analysed) if found is None else found
    if days_after_stamp(document.text, _lines(document.text), own, found):
        evidence = _opening_weekday(document.text, _lines(document.text), own, found)
        if evidence is not None:
            return DateDoubt(evidence.start, evidence.end, "opening")
    for expression in found:
        if expression.form == "month-of-year" and expression.words.endswith("this year"):
            reading = read_month_of_year(expression, Frame(document.text, _lines(document.text), own))
            if reading.value is not None and reading.value < f"{own.year:04d}":
                return DateDoubt(expression.start, expression.end, "text")
    for mention in dates:
        reported = parse_day(mention.value) if mention.value and len(mention.value) == 10 else None
        printed = mention.reason in {"absolute", "dateline"}
        if (
            reported is not None
            and printed
            and reported > (shifted(own, 1) or own)
            and past_around(document.text, mention)
        ):
            return DateDoubt(mention.start, mention.end, "text")
    return None


def borrow_anchor(undated: Annotations, story: Sequence[Annotations]) -> str | None:
    """Give the day from which an undated document's expressions may be counted: that of its story, where it has one.

    The story's dated documents must agree within three days (or most of them must); the middle day of those is taken,
    moved on to the latest day that the undated document prints in full where that comes later by no more than three
    days. ``None`` where the documents lie further apart, or none is dated, or where the undated document looks back on
    the story's day: it names that day by its month while its own days are weekdays.
    """
    days = sorted(
        day
        for other in story
        if other.id != undated.id and other.document.published
        for day in (parse_day(other.document.published.value),)
        if day is not None
    )
    if not days:
        return None
    ends = [bisect_right(days, shifted(first, 3) or first) for first in days]
    at = max(range(len(days)), key=lambda n: (ends[n] - n, -days[n].toordinal()))
    best = days[at : ends[at]]
    if 2 * len(best) < len(days) or (2 * len(best) == len(days) and len(days) > 1):
        return None
    middle = best[(len(best) - 1) // 2]
    if _looks_back_on(undated, middle):
        return None
    printed = [
        day
        for mention in undated.dates
        if mention.reason == "absolute" and mention.value and len(mention.value) == 10
        for day in (parse_day(mention.value),)
        if day is not None and 0 < (day - middle).days <= 3
    ]
    return max([middle, *printed]).isoformat()


def doubt_stamps(documents: Sequence[Annotations]) -> list[Annotations]:
    """Leave undecided what hangs on the day of a stamp that lies apart from those of the story's other reports.

    A page that was stamped anew, or fetched later, still says "on Tuesday": where most reports of the story are of
    other days, a week and more before, and name the same weekday, weekdays and "today" may be of those.
    """
    stamped = [
        (day, number)
        for number, each in enumerate(documents)
        if each.document.kind == "report" and each.document.published
        for day in (parse_day(each.document.published.value),)
        if day is not None
    ]
    stamped.sort()
    result = list(documents)
    weekdays: dict[int, set[str]] = {}
    for place, (own, number) in enumerate(stamped):
        before = bisect_left(stamped, (own - _APART_DAYS * ONE_DAY, -1), 0, place) if own.year > 1 else 0
        if len(stamped) <= _FEW_STAMPS or 2 * before <= len(stamped) - 1:
            continue
        for earlier in [other for _, other in stamped[:before][-_LOOKED_AT:]] + [number]:
            if earlier not in weekdays:
                weekdays[earlier] = _weekdays_of_opening(documents[earlier])
        reported = set().union(*(weekdays[other] for _, other in stamped[:before][-_LOOKED_AT:]))
        if weekdays[number] & reported:
            result[number] = _without_stamp(documents[number])
    return result


def _without_stamp(each: Annotations) -> Annotations:
    forms = {(found.start, found.end): found.form for found in _expressions_of(each)}
    dates = tuple(
        DateMention(mention.start, mention.end, None, mention.inferred, "ambiguous", 0.0)
        if forms.get((mention.start, mention.end)) in _ON_STAMP and mention.value is not None
        else mention
        for mention in each.dates
    )
    return msgspec.structs.replace(each, dates=dates)


def _expressions_of(each: Annotations) -> tuple[Expression, ...]:
    return expressions(Analysed(each.document, each.sentences))


def _weekdays_of_opening(each: Annotations) -> set[str]:
    """List the weekdays that a report names in its opening, without "last" or "next"."""
    return {
        found.parts["weekday"]
        for found in _expressions_of(each)
        if found.form == "weekday" and not {"which", "week"} & found.parts.keys() and found.start < _OPENING
    }


_FEW_STAMPS: Final = 2
_LOOKED_AT: Final = 20  # earlier reports whose openings are read
_APART_DAYS: Final = 6
_ON_STAMP: Final[frozenset[DateForm | None]] = frozenset({"weekday", "near-day", "in-the-day"})


def _looks_back_on(undated: Annotations, middle: dt.date) -> bool:
    """Return whether a text names a day about the story's by its month, and others, its own, by weekdays alone."""
    datelines = [block.span for block in undated.document.blocks if block.kind in {"dateline", "byline"}]
    found = _expressions_of(undated)
    bare = any(each.form == "weekday" and "week" not in each.parts for each in found)
    for each in found if bare else ():
        if each.form != "day" or {"year", "short", "weekday", "which"} & each.parts.keys():
            continue
        opens = undated.text[: each.start].rpartition("\n")[2].isupper() or any(
            span.holds(Span(each.start, each.end)) for span in datelines
        )
        made = make_day(middle.year, MONTHS[each.parts["month"]], int(each.parts["day"]))
        if made is not None and not opens and abs((made - middle).days) <= _NEAR:
            return True
    return False


def _lines(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]


def days_after_stamp(text: str, sentences: Sequence[Span], day: dt.date, found: Sequence[Expression]) -> int:
    """Give 1 where the opening tells, as past, of the weekday that follows the publication day; else 0."""
    return 1 if _opening_weekday(text, sentences, day, found) is not None else 0


def _opening_weekday(
    text: str, sentences: Sequence[Span], day: dt.date, found: Sequence[Expression]
) -> Expression | None:
    frame = Frame(text, sentences, day)
    for expression in found:
        if expression.start > _OPENING:
            return None
        if expression.form == "near-day" and "today" in expression.words:
            return None
        if expression.form != "weekday" or "which" in expression.parts or "week" in expression.parts:
            continue
        ahead = (WEEKDAYS[expression.parts["weekday"]] - day.weekday()) % 7
        if ahead != 1:
            if ahead in {0, 6} and tense_of(expression, frame) != "future":
                return None
            continue
        if _reported_as_news(expression, frame):
            return expression
    return None


def _reported_as_news(expression: Expression, frame: Frame) -> bool:
    """Return whether a weekday dates what its sentence tells as past; "Monday's debate" may well lie ahead."""
    following = frame.text[expression.end : expression.end + 12]
    if _NAMED_EVENT.match(following):
        return False
    past = any(is_past(word) for word in words_before(expression, frame))
    return past and tense_of(expression, frame) == "past"
