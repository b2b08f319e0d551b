"""Bylines, datelines and credits: the small print that says who wrote, where, when, and for which agency.

Reads single lines; gives what they hold. Dates are read only where they name a day in full: a date in figures that can
be read in two ways (``02/09/2021``) is not.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from onrecord.document import Span
from onrecord.lexicon.calendar import MONTHS
from onrecord.lexicon.load import word_list
from onrecord.lexicon.outlets import known_outlets
from onrecord.lexicon.patterns import pattern

_MONTH = pattern("layout.month")
_DATE = pattern("layout.date")
_CLOCK = pattern("layout.clock_time")
_ZONE = pattern("layout.zone")
_WEEKDAY = pattern("layout.weekday")
_DATED = pattern("layout.dated")
_AGES = pattern("layout.ages")
_SEPARATORS = re.compile(r"[|•·—–/:,;()\[\]-]+")
_BY = pattern("layout.by")
_AGENCY_BYLINE = pattern("layout.agency_byline")
_BEFORE_TIME = pattern("layout.before_time")
_NAMES_END = pattern("layout.names_end")
_GLUE = word_list("layout.glue")
_OUTLET_WORDS = word_list("layout.outlet_words")
_LONGEST_OUTLET = 5  # words
_CREDIT_WORDS = pattern("layout.credit_words")
_SENTENCE = re.compile(r"[.!?]$")
_PICTURES = pattern("layout.pictures")
_ONLY_PICTURES = pattern("layout.only_pictures")
_SLASHED = pattern("layout.slashed")
_PARENTHESES = re.compile(r"\(([^()\n]{2,120})\)\.?\s*$")
_TRAILING = pattern("layout.trailing")
_TRAILING_SIGNS = word_list("layout.credit_signs")
"""Each credit that trails without brackets begins with one."""
_LEADING = pattern("layout.leading")
_COPYRIGHT = pattern("layout.copyright")
_DATELINE = pattern("layout.dateline")
_END_NOTE = pattern("layout.end_note")


class Byline(NamedTuple):
    """What a byline says: the names as printed, and the day (ISO 8601) of publication, either may be missing."""

    names: str | None
    day: str | None


def day_in(line: str) -> str | None:
    """Give the first day that a line names in full, as ``YYYY-MM-DD``."""
    for match in _DATE.finditer(line):
        if found := _day(match):
            return found
    return None


def byline(line: str) -> Byline | None:
    """Read a line as a byline or a line of publication times; ``None`` where it is neither."""
    if len(line) > 260 or "\u201c" in line:
        return None
    by = _BY.match(line)
    bare, dated = _without_times(line[by.end() :] if by else line)
    rest = _SEPARATORS.sub(" ", bare).split()
    if by:
        names = _NAMES_END.split(_until_time(line[by.end() :]), maxsplit=1)[0].strip(" ,.;:")
        return Byline(names, day_in(line)) if rest and names and _are_names(rest) else None
    if not dated:
        return None
    if not rest:
        return Byline(None, day_in(line))
    marked = _DATED.search(line) is not None or any(mark in line for mark in "|•·")
    if marked and len(rest) <= 8 and _are_names(rest):
        names = _NAMES_END.split(_until_time(line), maxsplit=1)[0].strip(" ,.;:")
        return Byline(names or None, day_in(line))
    outlet = len(rest) <= _LONGEST_OUTLET and _are_names(rest) and _names_outlet(rest)
    return Byline(None, day_in(line)) if outlet else None  # "The Osterhavn Courier, Tuesday 4 March 2025"


def agency_byline(line: str) -> Byline | None:
    """Read ``Name, Associated Press`` without a "By"."""
    match = _AGENCY_BYLINE.fullmatch(line)
    return Byline(match["names"], None) if match and _are_names(match["names"].replace(",", " ").split()) else None


def is_end_note(line: str) -> bool:
    """Return whether a line names those who reported, wrote or edited, as agencies do below a text."""
    return len(line) < 500 and _END_NOTE.fullmatch(line) is not None


def is_credit(line: str) -> bool:
    """Return whether a whole line is a credit: of a picture, an agency, or a notice of copyright."""
    if len(line) > 420:
        return False
    bare = line.strip("() .\u2014-")
    if _COPYRIGHT.match(line):
        return True
    if len(bare) > 120:
        return False
    if line.startswith("(") and _names_credit(bare):
        return True
    apart = _SLASHED.fullmatch(bare) or _CREDIT_WORDS.match(bare)
    if _SENTENCE.search(bare) or (_CREDIT_WORDS.search(bare) and not apart):
        return False
    return _names_credit(bare) or ((match := _TRAILING.match(line)) is not None and match.start("credit") == 0)


def trailing_credit(text: str, span: Span) -> Span | None:
    """Find the credit that closes a line: ``(Name/Agency)``, ``REUTERS/Name``, ``Photo: Name``."""
    start = max(span.start, span.end - 260)
    tail = text[start : span.end]
    end, found = len(tail), None
    while (match := _PARENTHESES.search(tail[:end])) and _names_credit(match[1]):
        found, end = match.start(), len(tail[: match.start()].rstrip())
    signed = found is None and any(sign in tail for sign in _TRAILING_SIGNS)
    if signed and (match := _TRAILING.search(tail)):
        found = match.start("credit")
    return None if found is None else Span(start + found, span.end)


def leading_credit(line: str) -> bool:
    """Return whether a line opens with a picture agency's name run into its caption (``EPA A fire burns …``)."""
    opening = _LEADING.match(line, 0, 160)
    return opening is not None


def dateline(text: str, span: Span) -> tuple[Span, str | None, bool] | None:
    """Find the dateline that opens a paragraph, its day where it names one in full, and whether it names an agency."""
    match = _DATELINE.match(text, span.start, min(span.end, span.start + 160))
    if match is None or match.end() >= span.end:
        return None
    printed = match.group()
    end = match.start() + len(printed.rstrip())
    return Span(span.start, end), day_in(printed), bool(match["agency"] or match["known"])


def _day(match: re.Match[str]) -> str | None:
    kind = next(digit for digit in "12345" if match[f"y{digit}"])
    year = int(match[f"y{kind}"])
    if kind == "5":
        first, second = int(match["a5"]), int(match["b5"])
        if (first > 12) == (second > 12) and first != second:
            return None
        day, month = (first, second) if first > 12 else (second, first)
    else:
        printed = match[f"m{kind}"]
        month = int(printed) if printed.isdigit() else MONTHS[printed[:3].casefold()]
        day = int(match[f"d{kind}"])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _without_times(line: str) -> tuple[str, bool]:
    """Take dates, clock times and the words around them away; tell whether there were any."""
    if not any(map(str.isdigit, line)) and "ago" not in line.casefold():
        return line, False  # a date, a clock time and an age have a figure, or are "an hour ago"
    bare, count = _DATE.subn(" ", line)
    bare, clocks = _CLOCK.subn(" ", bare)
    bare, ages = _AGES.subn(" ", bare)
    if not count + clocks + ages:
        return line, False
    for stamp in (_ZONE, _WEEKDAY, _DATED):
        bare = stamp.sub(" ", bare)
    bare = _BEFORE_TIME.sub(" ", bare.strip())
    return bare, True


def _until_time(line: str) -> str:
    starts = [match.start() for pattern in (_DATE, _CLOCK, _WEEKDAY) if (match := pattern.search(line))]
    return line[: min(starts, default=len(line))]


def _names_outlet(words: list[str]) -> bool:
    """Return whether the words name an outlet: a known one, or any that calls itself a courier, a post or the like."""
    return words[-1].casefold().strip(".") in _OUTLET_WORDS or known_outlets().named(" ".join(words)) is not None


def _are_names(words: list[str]) -> bool:
    if len(words) > 26:
        return False
    names = [word for word in words if word[0].isupper() or not word[0].isalpha()]
    proper = [word for word in names if not _WEEKDAY.fullmatch(word) and not _MONTH.fullmatch(word)]
    return bool(proper) and all(word in names or word.casefold().strip(".") in _GLUE for word in words)


def _names_credit(printed: str) -> bool:
    """Return whether the words (of a parenthesis, or of a line) are a picture's or an agency's credit."""
    bare = printed.strip()
    if _ONLY_PICTURES.fullmatch(bare):
        return True
    if len(bare.split()) <= 14 and _CREDIT_WORDS.search(bare):
        return True
    slashed = _SLASHED.fullmatch(bare)
    if slashed is None or len(bare.split()) > 14:
        return False
    return _PICTURES.match(slashed["after"]) is not None or (
        len(bare.split("/")[0].split()) > 1
        and all(
            word[0].isupper() or word.casefold() in _GLUE
            for word in re.split(r"[\s/,]+", bare)
            if word and word[0].isalpha()
        )
    )
