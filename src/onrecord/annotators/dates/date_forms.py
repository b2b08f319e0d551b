"""How time is written: the expressions of days, weeks, months and years that English news uses, found in a text.

Reads a text; gives :class:`Expression` records in text order, none overlapping, each with the words that say which day
is meant. What day that is, :mod:`onrecord.annotators.dates.resolving` decides. A span takes in the preposition (``on
Sunday``, ``since July``) and the part of the day (``early Tuesday morning``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from onrecord.annotators.dates.date_patterns import FORMS, FORMS_OF_NUMERAL, FORMS_OF_SIGN, PATTERNS, DateForm
from onrecord.lexicon.load import word_list
from onrecord.text.analysed import Analysed

_ON: Final = r"(?:\b(?:on|by|until|since|from|before|after|through|around) )?"
_DOUBTFUL_MONTHS: Final = word_list("calendar.doubtful_months")
_FEASTS_OF_THINGS: Final = word_list("calendar.feasts_of_things")
_YEARLY: Final = re.compile(r"\b(?:annual|yearly|every|each|usual|traditional|regular)[ -]$", re.IGNORECASE)
_THING: Final = re.compile(r"[- ][a-z]{3,}")
_MONTH_LEAD: Final = re.compile(
    r"\b(?:in|since|until|by|during|from|through|before|after|around|early|late|mid|end of|of|last|this|next|the|its|"
    r"their)[ -]$",
    re.IGNORECASE,
)
_COUNTED_YEAR: Final = re.compile(
    r"[ \u00a0](?:people|men|women|children|troops|soldiers|officers|dead|deaths|miles|km|kilometers|kilometres|feet|"
    r"metres|meters|dollars|euros|pounds|homes|houses|cases|jobs|workers|employees|students|refugees|migrants|GMT|UTC|hours|hrs|tons|tonnes)\b"
)
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
    for rank, (form, pattern) in enumerate(PATTERNS):
        for begin, end in windows.get(form, ()):
            for match in pattern.finditer(text, begin, end):
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


def _stands(text: str, match: re.Match[str], expression: Expression) -> bool:  # noqa: PLR0911 - one return a form
    """Return whether the expression is one: names of months and weekdays begin with a capital, "May" needs a sign."""
    for part in ("month", "last_month", "weekday"):
        if part in expression.parts and not match.group(part)[0].isupper():
            return False
    if expression.form == "days":
        return 1 <= int(expression.parts["day"]) <= 31 and not _short_month_misread(text, match, expression)
    if expression.form == "day":
        return 1 <= int(expression.parts["day"]) <= 31 and not _short_month_misread(text, match, expression)
    if expression.form == "holiday" and _YEARLY.search(text, max(0, match.start("feast") - 30), match.start("feast")):
        return False
    if expression.form == "holiday" and expression.parts["feast"] in _FEASTS_OF_THINGS:
        # "a Christmas market", "Easter eggs", "Thanksgiving dinner" name a kind of thing, no day
        return not _THING.match(text, match.end()) or match.group().casefold() != expression.parts["feast"]
    if expression.form == "month":
        return _month_stands(text, match)
    if expression.form == "year":
        return not _COUNTED_YEAR.match(text, match.end())
    if expression.form == "period" and expression.parts.get("which") in {"last", "this past"}:
        return (
            not text[: match.start("which")].endswith(("the ", "The "))
            if match.start("which") < 5
            else (text[match.start("which") - 4 : match.start("which")].casefold() != "the ")
        )  # "the last year" is a length of time
    if expression.form == "weekday":
        before = text[max(0, match.start("weekday") - 9) : match.start("weekday")].casefold()
        return not before.endswith(("bloody ", "super ", "mail on ", "black ", "fox news "))
    if expression.form == "near-day":  # "USA Today", "Trending Today": a name, not this day
        start = expression.start
        before = text[max(0, start - 12) : start]
        return not (text[start : start + 2].istitle() or text[start : start + 2].isupper()) or not re.search(
            r"[A-Z]\w+ $", before
        )
    return True


def _short_month_misread(text: str, match: re.Match[str], expression: Expression) -> bool:
    """Refuse "may 13 people" and "21 May said": "may" is a month here only with a capital and no noun counted."""
    if expression.parts["month"] not in {"may", "march"} or "year" in expression.parts:
        return False
    following = text[match.end() : match.end() + 1]
    day_first = match.start("day") < match.start("month")
    return day_first and following == " " and text[match.end() + 1 : match.end() + 3].istitle()


def _month_stands(text: str, match: re.Match[str]) -> bool:
    word = match.group("month")
    begin, end = match.span("month")
    if word.casefold().rstrip(".") not in _DOUBTFUL_MONTHS:
        return True
    led = _MONTH_LEAD.search(text, max(0, begin - 12), begin)
    if led is None:
        return False
    if word.casefold() in {"sep", "mar", "jan", "dec", "jun", "jul"}:
        return text[end : end + 1] == "."
    following = text[end : end + 2]
    named = len(following) == 2 and following[0] == " " and following[1].isupper()
    return not named or word.casefold() not in {"may", "april", "june", "august"}


def _apart(found: Iterable[tuple[int, Expression]]) -> list[Expression]:
    """Keep, of overlapping expressions, the one whose form stands earlier in the table; then sort by place."""
    kept: list[Expression] = []
    for _, expression in sorted(found, key=lambda item: (item[1].start, item[0], -item[1].end)):
        if not kept or expression.start >= kept[-1].end:
            kept.append(expression)
            continue
        last = kept[-1]
        if _rank(expression.form) < _rank(last.form) or (
            _rank(expression.form) == _rank(last.form) and expression.end > last.end
        ):
            kept[-1] = expression
    return kept


_RANKS: Final = {form: rank for rank, (form, _) in reversed(list(enumerate(FORMS)))}


def _rank(form: DateForm) -> int:
    return _RANKS[form]
