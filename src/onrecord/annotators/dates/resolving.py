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

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from onrecord.annotation import Annotations, DateMention, DateReason
from onrecord.annotators.dates import stretches
from onrecord.annotators.dates.calendars import AMBIGUOUS, HOLIDAYS, MONTHS, SHORT_WEEKDAYS, WEEKDAYS, month_end
from onrecord.annotators.dates.date_forms import DateForm, Expression, expressions
from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.text.analysed import Analysed

_DAY: Final = dt.timedelta(days=1)
_OPENING: Final = 1_200  # characters in which a report tells its news and when it happened
_MONTH_AHEAD: Final = 31  # days ahead from which a day told as past is that of the year before
_SOON: Final = 3  # months ahead in which a month told without a verb of the past may be the coming one
_NEAR: Final = 3  # days about a story's in which a text that names one by its month looks back on it
_SMALL: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
} | {"a": 1, "an": 1, "a couple of": 2, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?|[.;:]")
_LOOKED_BACK: Final = 160  # characters before an expression whose words may tell its tense
_FUTURE_WORDS: Final = word_list("calendar.future_words")
_FUTURE_PAIRS: Final = frozenset(
    tuple(pair.split())
    for pair in """expected to|due to|set to|planned for|plans to|plan to|are to|is to|was to|were to|ahead of|
    be held|going to|prepare to|prepares to|scheduled for""".replace("\n    ", "").split("|")
)
_NEAR_FUTURE: Final = frozenset({"until", "for"})
_NOT_PAST: Final = word_list("calendar.not_past")
_DAYS_OF: Final = {"day": 1, "week": 7, "fortnight": 14}
_PAST_WORDS: Final = word_list("calendar.past_words")
_AIMED: Final = word_list("calendar.aimed")
"""Words with which "by Wednesday" lies ahead."""
_SCHEDULED: Final = word_list("calendar.scheduled")
"""Verbs of the present that tell what is due: "meets on Monday"."""
_OWN_REACH: Final = 4  # words back to a verb that a weekday belongs to ("said in Paris on Monday")


class _Reading(NamedTuple):
    value: str | None
    reason: DateReason


class _Frame(NamedTuple):
    """What expressions are read against: the text, the day to count from, and the day last spoken of."""

    text: str
    sentences: Sequence[Span]
    anchor: dt.date | None
    last_day: dt.date | None = None
    coming: frozenset[str] = frozenset()  # weekdays that some sentence tells as future


_UNDECIDED: Final = _Reading(None, "ambiguous")
_NO_ANCHOR: Final = _Reading(None, "no-anchor")


def find_dates(
    analysed: Analysed, anchor: str | None = None, found: Sequence[Expression] | None = None
) -> tuple[DateMention, ...]:
    """Find a document's expressions of time and what they mean.

    They are counted from the publication date; a document without one takes ``anchor``, an ISO 8601 day that the caller
    borrows (:func:`borrow_anchor`), and what hangs on it is marked ``inferred``. ``found`` are its expressions,
    where they are known (:func:`expressions`). Time is linear in the text; nothing is raised on any text.
    """
    document, sentences = analysed.document, analysed.sentences
    own = _parse_day(document.published.value) if document.published else None
    day = own or (_parse_day(anchor) if anchor else None)
    found = expressions(analysed) if found is None else found
    shift = _shift(document.text, sentences, day, found) if day else 0
    counted_from = _moved(day, shift)
    frame = _Frame(document.text, sentences, counted_from)
    frame = frame._replace(coming=_coming(found, frame))
    datelines = [block.span for block in document.blocks if block.kind == "dateline"]
    mentions = []
    for expression in found:
        reading = _READERS[expression.form](expression, frame)
        if reading.value is not None and interval(reading.value) is None:
            reading = _UNDECIDED  # "next year" of 9999: no day of the calendar
        span = Span(expression.start, expression.end)
        if reading.reason == "year-from-anchor" and any(block.holds(span) for block in datelines):
            reading = reading._replace(reason="dateline")
        spoken = _parse_day(reading.value) if reading.value and len(reading.value) == 10 else None
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


def _coming(found: Sequence[Expression], frame: _Frame) -> frozenset[str]:
    return frozenset(
        expression.parts["weekday"]
        for expression in found
        if expression.form == "weekday" and "which" not in expression.parts and _tense(expression, frame) == "future"
    )


def doubt(analysed: Analysed, dates: Sequence[DateMention], found: Sequence[Expression] | None = None) -> str | None:
    """Say in one sentence why the text refutes the publication date, ``None`` where it does not.

    Told are: an opening that tells, as past, of a weekday that comes the day after; a day printed in full, with its
    year, that lies after the publication; and a dateline that does.
    """
    document = analysed.document
    own = _parse_day(document.published.value) if document.published else None
    if own is None:
        return None
    stamped = f"{own.isoformat()}, a {_weekday_name(own)}"
    found = expressions(analysed) if found is None else found
    if _shift(document.text, _lines(document.text), own, found):
        evidence = _opening_weekday(document.text, _lines(document.text), own, found)
        if evidence is not None:
            return (
                f"Its opening tells of {document.text[evidence.start : evidence.end]!r} as past, "
                f"but the publication date is {stamped}: perhaps another time zone, or a later update."
            )
    for expression in found:
        if expression.form == "month-of-year" and expression.words.endswith("this year"):
            reading = _read_month_of_year(expression, _Frame(document.text, _lines(document.text), own))
            if reading.value is not None and reading.value < f"{own.year:04d}":
                words = " ".join(document.text[expression.start : expression.end].split())
                return f"It tells of {words!r} as past, but the publication date is {stamped}."
    for mention in dates:
        told = _parse_day(mention.value) if mention.value and len(mention.value) == 10 else None
        printed = mention.reason in {"absolute", "dateline"}
        if told is not None and printed and told > (_moved(own, 1) or own) and _past_around(document.text, mention):
            words = " ".join(document.text[mention.start : mention.end].split())
            return f"It tells of {words!r} as past, but the publication date is {stamped}."
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
        for day in (_parse_day(other.document.published.value),)
        if day is not None
    )
    if not days:
        return None
    ends = [bisect_right(days, _moved(first, 3) or first) for first in days]
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
        for day in (_parse_day(mention.value),)
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
        for day in (_parse_day(each.document.published.value),)
        if day is not None
    ]
    stamped.sort()
    result = list(documents)
    weekdays: dict[int, set[str]] = {}
    for place, (own, number) in enumerate(stamped):
        before = bisect_left(stamped, (own - _APART_DAYS * _DAY, -1), 0, place) if own.year > 1 else 0
        if len(stamped) <= _FEW_STAMPS or 2 * before <= len(stamped) - 1:
            continue
        for earlier in [other for _, other in stamped[:before][-_LOOKED_AT:]] + [number]:
            if earlier not in weekdays:
                weekdays[earlier] = _weekdays_of_opening(documents[earlier])
        told = set().union(*(weekdays[other] for _, other in stamped[:before][-_LOOKED_AT:]))
        if weekdays[number] & told:
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
        made = _made(middle.year, MONTHS[each.parts["month"]], int(each.parts["day"]))
        if made is not None and not opens and abs((made - middle).days) <= _NEAR:
            return True
    return False


def _parse_day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        return None


def _moved(day: dt.date | None, days: int) -> dt.date | None:
    if day is None:
        return None
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _weekday_name(day: dt.date) -> str:
    return tuple(WEEKDAYS)[day.weekday()].capitalize()


def _lines(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]


def _sentence_start(frame: _Frame, at: int) -> int:
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


# --- days that the text may be younger than its stamp ---------------------------------------------------------------


def _shift(text: str, sentences: Sequence[Span], day: dt.date, found: Sequence[Expression]) -> int:
    """Give 1 where the opening tells, as past, of the weekday that follows the publication day; else 0."""
    return 1 if _opening_weekday(text, sentences, day, found) is not None else 0


def _opening_weekday(
    text: str, sentences: Sequence[Span], day: dt.date, found: Sequence[Expression]
) -> Expression | None:
    frame = _Frame(text, sentences, day)
    for expression in found:
        if expression.start > _OPENING:
            return None
        if expression.form == "near-day" and "today" in expression.words:
            return None
        if expression.form != "weekday" or "which" in expression.parts or "week" in expression.parts:
            continue
        ahead = (WEEKDAYS[expression.parts["weekday"]] - day.weekday()) % 7
        if ahead != 1:
            if ahead in {0, 6} and _tense(expression, frame) != "future":
                return None
            continue
        if _told_as_news(expression, frame):
            return expression
    return None


def _told_as_news(expression: Expression, frame: _Frame) -> bool:
    """Return whether a weekday dates what its sentence tells as past; "Monday's debate" may well lie ahead."""
    following = frame.text[expression.end : expression.end + 12]
    if re.match(r"['’]s|,? (?:debate|election|vote|game|match|summit|meeting|hearing|primary)\b", following):
        return False
    past = any(_is_past(word) for word in _words_before(expression, frame))
    return past and _tense(expression, frame) == "past"


def _tense(expression: Expression, frame: _Frame) -> str | None:  # noqa: PLR0911 - one return a sign
    """Tell ``past``, ``future`` or ``open`` by the words before an expression in its sentence, else ``None``."""
    before = _words_before(expression, frame)
    if _owned_by_past(before):
        return "past"
    if _points_ahead(before):
        return "future"
    possessive = frame.text[expression.end : expression.end + 1] in {"'", "’"}
    if before and before[-1] in {"by", "before"} and not possessive:
        had = "had" in (*before, *_WORD.findall(frame.text[expression.end : expression.end + 40]))
        return "future" if any(word in _AIMED for word in before) else "past" if had else "open"
    if any(word in _SCHEDULED for word in before[-_OWN_REACH:]):
        return "open"  # "meets on Monday": the coming one, or a headline's
    if any(word in _NEAR_FUTURE for word in before[-2:]):
        return "open"  # "the list for Monday", "shut until June": either side of today
    after = frame.text[expression.end : expression.end + 60].partition("\n")[0]
    if re.match(r"['’]?s? (?:deadline|election|vote|meeting|summit) (?:will|is)", after):
        return "future"
    told = (*before, *(word.casefold() for word in _WORD.findall(after)))
    return "past" if any(_is_past(word) for word in told) else None


def _words_before(expression: Expression, frame: _Frame) -> list[str]:
    """List the folded words before an expression back to the start of its clause."""
    begin = _sentence_start(frame, expression.start)
    found = [word.casefold().replace("’", "'") for word in _WORD.findall(frame.text, begin, expression.start)]
    for place in range(len(found) - 1, -1, -1):
        if found[place] in {".", ";", ":"}:
            return found[place + 1 :] if place < len(found) - 1 else []
    return found


def _is_past(word: str) -> bool:
    return word in _PAST_WORDS or (len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST)


def _owned_by_past(before: Sequence[str]) -> bool:
    """Return whether a verb of the past stands so near that the expression is its own: "said on", "met in Paris on"."""
    for place in range(len(before) - 1, max(-1, len(before) - 1 - _OWN_REACH), -1):
        word = before[place]
        if word in {"to", "for"}:
            return False
        if _is_past(word):
            return place == 0 or before[place - 1] not in {"be", "get"}  # "will be restored before Wednesday"
    return False


def _points_ahead(before: Sequence[str]) -> bool:
    """Return whether words of the future stand before: "will", "expected to", "ahead of"."""
    if any(word in _FUTURE_WORDS or word.endswith("'ll") for word in before):
        return True
    return any(pair in _FUTURE_PAIRS for pair in pairwise(before))


def _past_around(text: str, mention: DateMention) -> bool:
    line_start = text.rfind("\n", 0, mention.start) + 1
    words = text[max(line_start, mention.start - 120) : mention.start]
    before = [word.casefold() for word in _WORD.findall(words)]
    past = not _points_ahead(before) and any(_is_past(word) for word in before)
    return past or mention.reason == "dateline"


# --- one reader a form ----------------------------------------------------------------------------------------------


def _read_day(expression: Expression, frame: _Frame) -> _Reading:
    parts = expression.parts
    month, day = MONTHS[parts["month"]], int(parts["day"])
    weekday = _weekday_number(parts.get("weekday"))
    if "year" in parts:
        return _checked_weekday(_made(int(parts["year"]), month, day), weekday, frame)
    if frame.anchor is None:
        return _NO_ANCHOR
    told = stretches.full_year(parts["short"], frame.anchor) if "short" in parts else None
    if "which" in parts:
        told = frame.anchor.year + {"last": -1, "next": 1}.get(parts["which"], 0)
    if told is not None:
        return _checked_weekday(_made(told, month, day), weekday, frame)
    years = (frame.anchor.year + step for step in (-1, 0, 1))
    candidates = [made for year in years if (made := _made(year, month, day)) is not None]
    if not candidates:
        return _UNDECIDED
    matching = [made for made in candidates if weekday is None or made.weekday() == weekday]
    anchor = frame.anchor
    nearest = min(matching or candidates, key=lambda made: (abs((made - anchor).days), made))
    if (nearest - anchor).days > _MONTH_AHEAD and (made := _made(nearest.year - 1, month, day)) and weekday is None:
        before = frame.text[max(0, expression.start - 8) : expression.start].casefold()
        since = before.endswith(("since ", "between ")) or expression.words.startswith(("from ", "between "))
        if since or _own_verb_is_past(expression, frame):
            nearest = made
    return _Reading(nearest.isoformat(), "year-from-anchor")


def _own_verb_is_past(expression: Expression, frame: _Frame) -> bool:
    """Return whether its own verb puts a day in the past: "was born on Dec. 30", not "his visit on July 13"."""
    before = _words_before(expression, frame)
    return not _points_ahead(before) and _owned_by_past(before)


def _read_days(expression: Expression, frame: _Frame) -> _Reading:
    """Read "March 3-9", "from 3 to 9 March", "February 27 to March 2"."""
    first = _read_day(expression, frame)
    day = _parse_day(first.value) if first.value else None
    if day is None:
        return first
    value = stretches.days(day, expression.parts)
    return _Reading(value, first.reason) if value else _UNDECIDED


def _read_quarter(expression: Expression, frame: _Frame) -> _Reading:
    """Read "the third quarter of 2024"; a firm's fiscal quarter is left undecided."""
    before = frame.text[max(0, expression.start - 12) : expression.start].casefold()
    if re.search(r"\b(?:fiscal|financial|its|their)\s*$", before):
        return _UNDECIDED
    return _Reading(stretches.quarter(expression.parts), "absolute")


def _read_years(expression: Expression, frame: _Frame) -> _Reading:
    """Read "between 2019 and 2023", "'08"; a fiscal year, or "2023-24", is left undecided."""
    if frame.anchor is None and "short" in expression.parts and "year" not in expression.parts:
        return _NO_ANCHOR
    value = stretches.years(expression.parts, frame.anchor)
    return _Reading(value, "absolute") if value else _UNDECIDED


def _weekday_number(word: str | None) -> int | None:
    if word is None:
        return None
    return WEEKDAYS.get(word, SHORT_WEEKDAYS.get(word))


def _checked_weekday(day: dt.date | None, weekday: int | None, frame: _Frame) -> _Reading:
    """Take a full date; where its weekday is another day's, the day beside it that fits and is the stamp's, or none."""
    if day is None:
        return _UNDECIDED
    if weekday is None or day.weekday() == weekday:
        return _Reading(day.isoformat(), "absolute")
    for step in (-1, 1):
        beside = _moved(day, step)
        if beside is not None and beside.weekday() == weekday and beside == frame.anchor:
            return _Reading(beside.isoformat(), "weekday")
    return _UNDECIDED


def _read_numeric(expression: Expression, frame: _Frame) -> _Reading:  # noqa: ARG001 - one signature for all readers
    parts = expression.parts
    first, second, year = int(parts["first"]), int(parts["second"]), int(parts["year"])
    if "sep" not in parts:
        made = _made(year, first, second)
        return _Reading(made.isoformat(), "absolute") if made else _UNDECIDED
    if year < 100:
        year += 2000 if year < 70 else 1900
    readings = {made for made in (_made(year, first, second), _made(year, second, first)) if made is not None}
    if len(readings) != 1:
        return _UNDECIDED
    return _Reading(readings.pop().isoformat(), "absolute")


def _read_holiday(expression: Expression, frame: _Frame) -> _Reading:
    name = expression.parts["feast"]
    if name in AMBIGUOUS:
        return _UNDECIDED
    rule = HOLIDAYS[name]
    if "year" in expression.parts:
        day = _feast(name, int(expression.parts["year"]))
        return _UNDECIDED if day is None else _Reading(day.isoformat(), "holiday")
    if frame.anchor is None:
        return _NO_ANCHOR
    anchor = frame.anchor
    if not 1 < anchor.year < 9999:
        return _UNDECIDED
    nearest = min((rule(anchor.year + step) for step in (-1, 0, 1)), key=lambda day: (abs((day - anchor).days), day))
    if (nearest - anchor).days > _MONTH_AHEAD and _tense(expression, frame) == "past":
        nearest = _feast(name, nearest.year - 1) or nearest
    return _Reading(nearest.isoformat(), "holiday")


def _feast(name: str, year: int) -> dt.date | None:
    try:
        return HOLIDAYS[name](year)
    except (ValueError, OverflowError):  # a year that the calendar does not hold
        return None


def _read_month_of_year(expression: Expression, frame: _Frame) -> _Reading:  # noqa: PLR0911 - one return a form
    parts = expression.parts
    month = MONTHS[parts["month"]]
    if "year" in parts:
        return _Reading(f"{int(parts['year']):04d}-{month:02d}", "absolute")
    if frame.anchor is None:
        return _NO_ANCHOR
    year, now = frame.anchor.year, frame.anchor.month
    which = parts["which"]
    if "year" in expression.words:
        year += {"last": -1, "next": 1}.get(which, 0)
        if which == "this" and month > now and _tense(expression, frame) not in {"future", "open"}:
            year -= 1  # told as past: the text is older than its stamp
        return _Reading(f"{year:04d}-{month:02d}", "relative")
    if which in {"this", "this past"} and month == now:
        return _Reading(f"{year:04d}-{month:02d}", "relative")
    if which == "next":
        return _Reading(f"{year + (month <= now):04d}-{month:02d}", "relative")
    if which == "this":
        return _UNDECIDED
    # "last May" said in October may be this year's or the year before's: only beyond the half-year is it plain
    if month < now and now - month < 6 and which == "last":
        return _UNDECIDED
    return _Reading(f"{year - (month >= now):04d}-{month:02d}", "relative")


def _read_weekday(expression: Expression, frame: _Frame) -> _Reading:  # noqa: PLR0911 - one return a form
    anchor = frame.anchor
    if anchor is None:
        return _NO_ANCHOR
    weekday = WEEKDAYS[expression.parts["weekday"]]
    week = expression.parts.get("week")
    which = expression.parts.get("which")
    if week is not None:
        return _in_week(anchor, weekday, week)
    back = (anchor.weekday() - weekday) % 7
    if which in {"last", "past", "this past"}:
        # two readings: the latest one, or that of the week before; they agree where the latest lies in that week
        return _ahead(anchor, -(back or 7)) if which != "last" or back == 0 or back > anchor.weekday() else _UNDECIDED
    if which in {"next", "coming", "this coming"}:
        ahead = (weekday - anchor.weekday()) % 7 or 7
        agree = which != "next" or anchor.weekday() + ahead > 6
        return _ahead(anchor, ahead) if agree else _UNDECIDED
    if which == "this":
        return _ahead(anchor, weekday - anchor.weekday())
    if back == 0:
        return _ahead(anchor, 0)
    tense = _tense(expression, frame)
    if tense == "future":
        return _ahead(anchor, 7 - back)
    if tense == "open":
        return _UNDECIDED
    coming = back == 6 or expression.parts["weekday"] in frame.coming
    if coming and not _owned_by_past(_words_before(expression, frame)):
        return _UNDECIDED  # it may be the coming one, tomorrow or that of which another sentence tells
    return _ahead(anchor, -back)


def _in_week(anchor: dt.date, weekday: int, week: str) -> _Reading:
    if "ago" in week:
        return _ahead(anchor, -((anchor.weekday() - weekday) % 7) - 7)
    step = {"last": -7, "next": 7}.get(next((word for word in week.split() if word in {"last", "next"}), "this"), 0)
    return _ahead(anchor, weekday - anchor.weekday() + step)


def _ahead(anchor: dt.date, days: int) -> _Reading:
    moved = _moved(anchor, days)
    return _Reading(moved.isoformat(), "weekday") if moved else _UNDECIDED


def _read_near_day(expression: Expression, frame: _Frame) -> _Reading:
    if frame.anchor is None:
        return _NO_ANCHOR
    words = expression.words
    days = 0
    if "before yesterday" in words:
        days = -2
    elif "after tomorrow" in words:
        days = 2
    elif "yesterday" in words or "last night" in words or "last evening" in words:
        days = -1
    elif "tomorrow" in words:
        days = 1
    moved = _moved(frame.anchor, days)
    return _Reading(moved.isoformat(), "relative") if moved else _UNDECIDED


def _read_in_the_day(expression: Expression, frame: _Frame) -> _Reading:
    """Read "earlier in the day", "the day before": counted from the day last spoken of."""
    if frame.anchor is None:
        return _NO_ANCHOR
    base = frame.last_day or frame.anchor
    words = expression.words
    step = 0
    if re.search(r"day before|day earlier|previous", words):
        step = -1
    elif re.search(r"day later|day after|following|the next", words):
        step = 1
    if frame.last_day is None and step:
        return _UNDECIDED
    moved = _moved(base, step)
    return _Reading(moved.isoformat(), "relative") if moved else _UNDECIDED


def _read_period(expression: Expression, frame: _Frame) -> _Reading:  # noqa: PLR0911 - one return a form
    anchor = frame.anchor
    if anchor is None:
        return _NO_ANCHOR
    which = expression.parts.get("which", "last")
    unit = expression.parts.get("unit", "weekend")
    step = {"last": -1, "next": 1, "this past": -1, "the coming": 1}.get(which, 0)
    if unit == "year":
        return _Reading(f"{anchor.year + step:04d}", "relative")
    if unit == "month":
        number = anchor.year * 12 + anchor.month - 1 + step
        return _Reading(f"{number // 12:04d}-{number % 12 + 1:02d}", "relative")
    if unit == "weekend" and step == 0 and anchor.weekday() < 5:
        return _this_weekend(expression, frame, anchor)
    if unit in {"week", "weekend"}:
        return _week(anchor, step, weekend=unit == "weekend")
    if unit == "decade" and step:
        first = anchor.year // 10 * 10 + 10 * step
        return _Reading(f"{first:04d}/{first + 9:04d}", "relative")
    return _UNDECIDED


def _this_weekend(expression: Expression, frame: _Frame, anchor: dt.date) -> _Reading:
    """Read "this weekend" on a working day: the last one where told as past early in the week, else the coming."""
    past = _tense(expression, frame) == "past"
    if past and anchor.weekday() >= 2:
        return _UNDECIDED
    return _week(anchor, -1 if past else 0, weekend=True)


def _week(anchor: dt.date, step: int, *, weekend: bool) -> _Reading:
    """Give a week (Monday to Sunday) by its month where it lies within one, else by its first and last day."""
    monday = _moved(anchor, 7 * step - anchor.weekday())
    sunday = _moved(monday, 6)
    if monday is None or sunday is None:
        return _UNDECIDED
    if weekend:
        saturday = sunday - _DAY
        return _Reading(f"{saturday.isoformat()}/{sunday.isoformat()}", "relative")
    if monday.month == sunday.month:
        return _Reading(monday.isoformat()[:7], "relative")
    return _Reading(f"{monday.isoformat()}/{sunday.isoformat()}", "relative")


def _read_season(expression: Expression, frame: _Frame) -> _Reading:  # noqa: ARG001 - one signature for all readers
    """Leave seasons undecided: they hang on the hemisphere, and "last summer" on the speaker."""
    return _UNDECIDED if frame.anchor else _NO_ANCHOR


def _read_ago(expression: Expression, frame: _Frame) -> _Reading:  # noqa: PLR0911 - one return a form
    anchor = frame.anchor
    if anchor is None:
        return _NO_ANCHOR
    parts = expression.parts
    digits = parts["count"].replace(",", "")
    count = int(digits) if digits.isdigit() else _SMALL.get(parts["count"])
    hedge = parts.get("hedge", "")
    if count is None or hedge.startswith(
        ("more", "over", "less", "at least", "up to", "just over", "just under", "near", "almost")
    ):
        return _UNDECIDED
    count = -count if parts["way"] == "ago" else count
    unit = parts["unit"]
    if unit in _DAYS_OF:
        moved = _moved(anchor, count * _DAYS_OF[unit])
        return _Reading(moved.isoformat(), "relative") if moved else _UNDECIDED
    if unit in {"hour", "minute"}:
        near = unit == "minute" or abs(count) <= 6
        return _Reading(anchor.isoformat(), "relative") if near else _UNDECIDED
    if unit == "month":
        number = anchor.year * 12 + anchor.month - 1 + count
        return _Reading(f"{number // 12:04d}-{number % 12 + 1:02d}", "relative") if number >= 12 else _UNDECIDED
    if unit == "year" and 0 < anchor.year + count < 10000:
        return _Reading(f"{anchor.year + count:04d}", "relative")
    return _UNDECIDED


def _read_month(expression: Expression, frame: _Frame) -> _Reading:
    anchor = frame.anchor
    if anchor is None:
        return _NO_ANCHOR
    month = MONTHS[expression.parts["month"]]
    tense = _tense(expression, frame)
    ahead = (month - anchor.month) % 12
    before = frame.text[_sentence_start(frame, expression.start) : expression.start]
    if 0 < ahead <= _SOON and not _owned_by_past(_words_before(expression, frame)):
        ahead_of = tense is None or tense == "future" or re.search(r"\b[Ii]f\b", before)
        tense = "future" if ahead_of else "open"
    if tense == "open" and 0 < ahead <= _SOON:
        return _UNDECIDED
    if tense == "future" and month != anchor.month:
        year = anchor.year + (month < anchor.month)
    else:
        year = anchor.year - (month > anchor.month)
    return _Reading(f"{year:04d}-{month:02d}", "year-from-anchor") if 0 < year < 10000 else _UNDECIDED


def _read_decade(expression: Expression, frame: _Frame) -> _Reading:  # noqa: ARG001 - one signature for all readers
    first = int(expression.parts["year"])
    return _Reading(f"{first:04d}/{first + (99 if first % 100 == 0 and first < 2000 else 9):04d}", "absolute")


def _read_year(expression: Expression, frame: _Frame) -> _Reading:  # noqa: ARG001 - one signature for all readers
    return _Reading(expression.parts["year"], "absolute")


_READERS: Final[dict[DateForm, Callable[[Expression, _Frame], _Reading]]] = {
    "days": _read_days,
    "quarter": _read_quarter,
    "years": _read_years,
    "day": _read_day,
    "numeric": _read_numeric,
    "holiday": _read_holiday,
    "month-of-year": _read_month_of_year,
    "weekday": _read_weekday,
    "near-day": _read_near_day,
    "in-the-day": _read_in_the_day,
    "period": _read_period,
    "season": _read_season,
    "ago": _read_ago,
    "month": _read_month,
    "decade": _read_decade,
    "year": _read_year,
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
        day = _feast(found[places[0]].parts["feast"], int(mentions[year].value or "0"))
        if day is None:
            continue
        value = day.isoformat()
        for place in (year, *places):
            old = mentions[place]
            mentions[place] = DateMention(old.start, old.end, value, old.inferred, old.reason, old.confidence)
    return mentions


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
