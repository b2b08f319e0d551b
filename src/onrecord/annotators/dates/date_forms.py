"""How time is written: the expressions of days, weeks, months and years that English news uses, found in a text.

Reads a text; gives :class:`Expression` records in text order, none overlapping, each with the words that say which day
is meant. What day that is, :mod:`onrecord.annotators.dates.resolving` decides. A span takes in the preposition (``on
Sunday``, ``since July``) and the part of the day (``early Tuesday morning``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from onrecord.annotators.dates.date_patterns import FORMS_OF_NUMERAL, FORMS_OF_SIGN, PATTERNS, RANKS, DateForm
from onrecord.lexicon.load import word_list
from onrecord.lexicon.patterns import pattern
from onrecord.text.analysed import Analysed

_DOUBTFUL_MONTHS: Final = word_list("calendar.doubtful_months")
_ABBREVIATED_MONTHS: Final = word_list("calendar.abbreviated_months")
_NAMES_TOO: Final = word_list("calendar.given_names_too")
_VERBS_TOO: Final = word_list("calendar.verbs_too")
_FEASTS_OF_THINGS: Final = word_list("calendar.feasts_of_things")
_LENGTHS: Final = word_list("calendar.lengths")
_YEARLY: Final = pattern("dates.yearly")
_THING: Final = re.compile(r"[- ][a-z]{3,}")
_MONTH_LEAD: Final = pattern("dates.month_lead")
_COUNTED_YEAR: Final = pattern("dates.counted_year")
_BESIDE_WEEKDAY: Final = pattern("dates.beside_weekday")
_LENGTH_BEFORE: Final = pattern("dates.length_before")
_NAME_BEFORE: Final = re.compile(r"[A-Z]\w+ $")
_NUMERAL: Final = re.compile(r"\d(?:\d{3}(?<!\d{5})(?!\d)|\d{7}(?<!\d{9})(?!\d)|\d?[/.]\d{1,2}[/.]\d)|['’]\d\d(?!\w)")
_ABBREVIATED: Final = 4  # letters of the longest abbreviation of a month
_BESIDE: Final = 80  # characters on either side of a sign, more than any expression has


class Expression(NamedTuple):
    """An expression of time at ``start:end`` of the text, of one form, with the parts that say which day it means."""

    start: int
    end: int
    form: DateForm
    parts: dict[str, str]
    words: str


def expressions(document: Analysed) -> tuple[Expression, ...]:
    """List the expressions of time in a text, in order, none overlapping; the longer form wins, then the earlier."""
    found: list[tuple[int, Expression]] = []
    text, windows = document.text, _windows(document)
    for rank, (form, written) in enumerate(PATTERNS):
        for begin, end in windows.get(form, ()):
            for match in written.finditer(text, begin, end):
                expression = _expression(text, form, match)
                if expression is not None:
                    found.append((rank, expression))
    return tuple(_apart(found))


def _windows(document: Analysed) -> dict[DateForm, list[tuple[int, int]]]:
    """List, for each form, the stretches around its signs: its patterns need not look at all the rest."""
    windows: dict[DateForm, list[tuple[int, int]]] = {}
    text = document.text
    signs = [
        (word.start, word.end, forms)
        for word in document.words()
        if (forms := FORMS_OF_SIGN.get(word.folded.partition("'")[0])) is not None
    ]
    signs += [(match.start(), match.end(), FORMS_OF_NUMERAL) for match in _NUMERAL.finditer(text)]
    for first, last, forms in signs:
        begin, end = max(0, first - _BESIDE), min(len(text), last + _BESIDE)
        for form in forms:
            stretches = windows.setdefault(form, [])
            if stretches and begin <= stretches[-1][1]:
                stretches[-1] = (stretches[-1][0], end)
            else:
                stretches.append((begin, end))
    return windows


def _expression(text: str, form: DateForm, match: re.Match[str]) -> Expression | None:
    start, end = match.span()
    while start < end and text[start].isspace():
        start += 1
    given = match.groupdict()
    if text[start:end].endswith(".") and len(given.get("month") or "") > _ABBREVIATED:
        end -= 1  # the full stop of the sentence, not of an abbreviation
    parts = {name: value.casefold().replace("’", "'").strip(" ,.") for name, value in given.items() if value}
    expression = Expression(start, end, form, parts, text[start:end].casefold().replace("’", "'"))
    return expression if _stands(text, match, expression) else None


def _stands(text: str, match: re.Match[str], expression: Expression) -> bool:
    """Return whether the expression is one: names of months and weekdays begin with a capital, "May" needs a sign."""
    for part in ("month", "last_month", "weekday"):
        if part in expression.parts and not match.group(part)[0].isupper():
            return False
    check = _CHECKS.get(expression.form)
    return check is None or check(text, match, expression)


def _day_stands(text: str, match: re.Match[str], expression: Expression) -> bool:
    """Refuse "32 May", "may 13 people" and "21 May said": "may" is a month with a capital and no noun counted."""
    parts = expression.parts
    if not 1 <= int(parts["day"]) <= 31:
        return False
    if parts["month"] not in _VERBS_TOO or "year" in parts or match.start("day") > match.start("month"):
        return True
    following = text[match.end() : match.end() + 3]
    return not (following.startswith(" ") and following[1:].istitle())


def _feast_stands(text: str, match: re.Match[str], expression: Expression) -> bool:
    """Refuse "the annual Christmas", and "a Christmas market", "Easter eggs", which name a kind of thing, no day."""
    begin, feast = match.start("feast"), expression.parts["feast"]
    if _YEARLY.search(text, max(0, begin - 30), begin):
        return False
    thing = feast in _FEASTS_OF_THINGS and _THING.match(text, match.end())
    return not thing or match.group().casefold() != feast


def _month_stands(text: str, match: re.Match[str], expression: Expression) -> bool:  # noqa: ARG001 - one signature
    word = match.group("month").casefold()
    begin, end = match.span("month")
    if word.rstrip(".") not in _DOUBTFUL_MONTHS:
        return True
    if _MONTH_LEAD.search(text, max(0, begin - 12), begin) is None:
        return False
    following = text[end : end + 2]
    if word in _ABBREVIATED_MONTHS:
        return following.startswith(".")
    named = len(following) == 2 and following[0] == " " and following[1].isupper()
    return not named or word not in _NAMES_TOO


def _year_stands(text: str, match: re.Match[str], expression: Expression) -> bool:  # noqa: ARG001 - one signature
    return not _COUNTED_YEAR.match(text, match.end())


def _period_stands(text: str, match: re.Match[str], expression: Expression) -> bool:
    """Refuse "the last year", a length of time."""
    if expression.parts.get("which") not in _LENGTHS:
        return True
    begin = match.start("which")
    return not _LENGTH_BEFORE.search(text, max(0, begin - 4), begin)


def _weekday_stands(text: str, match: re.Match[str], expression: Expression) -> bool:  # noqa: ARG001 - one signature
    begin = match.start("weekday")
    return not _BESIDE_WEEKDAY.search(text, max(0, begin - 9), begin)


def _near_day_stands(text: str, match: re.Match[str], expression: Expression) -> bool:  # noqa: ARG001 - one signature
    """Refuse "USA Today", "Trending Today": a name, not this day."""
    start = expression.start
    opening = text[start : start + 2]
    capital = opening.istitle() or opening.isupper()
    return not capital or not _NAME_BEFORE.search(text, max(0, start - 12), start)


_CHECKS: Final[dict[DateForm, Callable[[str, re.Match[str], Expression], bool]]] = {
    "days": _day_stands,
    "day": _day_stands,
    "holiday": _feast_stands,
    "month": _month_stands,
    "year": _year_stands,
    "period": _period_stands,
    "weekday": _weekday_stands,
    "near-day": _near_day_stands,
}
"""What else a form must be, beside its pattern."""


def _apart(found: Iterable[tuple[int, Expression]]) -> list[Expression]:
    """Keep, of overlapping expressions, the one whose form stands earlier in the table; then sort by place."""
    kept: list[Expression] = []
    for _, expression in sorted(found, key=lambda item: (item[1].start, item[0], -item[1].end)):
        if not kept or expression.start >= kept[-1].end:
            kept.append(expression)
            continue
        last = kept[-1]
        if (RANKS[expression.form], -expression.end) < (RANKS[last.form], -last.end):
            kept[-1] = expression
    return kept
