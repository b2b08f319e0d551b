"""Bylines, datelines and credits: the small print that says who wrote, where, when, and for which agency.

Reads single lines; gives what they hold. Dates are read only where they name a day in full: a date in figures that can
be read in two ways (``02/09/2021``) is not.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from onrecord.document import Span
from onrecord.lexicon.load import word_list
from onrecord.lexicon.outlets import known_outlets

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH}),?\s+(?P<y1>(?:19|20)\d\d)"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})"
    r"|(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})\.(?P<y4>(?:19|20)\d\d)"
    r"|(?P<a5>\d{1,2})/(?P<b5>\d{1,2})/(?P<y5>(?:19|20)\d\d))(?!\d)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:\b|(?<=\dT))\d{1,2}(?:[:.]\d\d){1,2}(?:\s*[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?"
    r"|\b\d{4}\s*(?=GMT|UTC)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\b(?:GMT|UTC|BST|CET|CEST|EET|IST|JST|AEST|AEDT|E[SD]?T|C[SD]?T|M[SD]T|P[SD]?T|Z)\b"
    r"(?:[+-]\d{1,2}(?::?\d\d)?)?"
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?", re.IGNORECASE)
_DATED = re.compile(
    r"\b(?:(?:first|last|originally)\s+)?(?:published|updated|posted|modified|created|filed|issued)\b(?:\s+(?:on|at))?\s*:?",
    re.IGNORECASE,
)
_AGES = re.compile(r"\b(?:\d+|an?)\s+(?:minutes?|hours?|days?)\s+ago\b|\b\d+\s+min(?:ute)?s?\s+read\b", re.IGNORECASE)
_SEPARATORS = re.compile(r"[|•·—–/:,;()\[\]-]+")
_BY = re.compile(r"(?:By|BY)[:\s]\s*(?=(?:(?:the|our|a|an|staff)\s+)*\W?[^\W\d_a-z])")
_NAMES_END = re.compile(r"\s*(?:[|•·—–\n(\[]|\s-\s|\b(?:Published|Updated|Posted)\b)")
_GLUE = word_list("layout.glue")
_OUTLET_WORDS = word_list("layout.outlet_words")
_LONGEST_OUTLET = 5  # words
AGENCIES = (
    "Associated Press|The Associated Press|AP|Reuters|Thomson Reuters Foundation|AFP|Agence France-Presse|UPI|"
    "United Press International|Xinhua|TASS|Interfax|dpa|DPA|EFE|ANSA|Kyodo(?: News)?|Yonhap|PTI|ANI|IANS|PA|PA Media|"
    "Press Association|AAP|Bloomberg|CNN|BBC|Sputnik|RIA Novosti|CBS|NBC|ABC|CP|The Canadian Press|Canadian Press|JTA|"
    "KNA|APA|Anadolu(?: Agency)?|AA|VOA|RFE/RL|MNA|IRNA|SANA|WAM|Bernama"
)
_PICTURES = (
    rf"(?:{AGENCIES}|Getty(?: Images)?|EPA|EPA-EFE|EFE|European Pressphoto Agency|Shutterstock|Rex(?:/Shutterstock)?|"
    r"Alamy|Corbis|iStock|Zuma(?: Press)?|ZUMA|SIPA(?: USA)?|Sipa|NurPhoto|Barcroft(?: Media)?|Splash(?: News)?|SWNS|"
    r"WENN|PA Wire|PA Images|PA Archive|Magnum|Redux|Polaris|Wikimedia(?: Commons)?|Flickr|Handout|Pool|Contributor|"
    r"Bloomberg via Getty Images|Anadolu Agency|MEGA|Backgrid|Instagram|Twitter|Facebook|YouTube|Newscom|NASA)"
)
_LEADERS = (
    r"(?:AP|Associated Press|Reuters|REUTERS|AFP|EPA|EPA-EFE|Getty(?: Images)?|PA|PA Wire|Press Association|Rex|REX|"
    r"Alamy|Barcroft(?: Media)?|Splash(?: News)?|SWNS|WENN|Shutterstock|NurPhoto|SIPA|Sipa USA|Handout|"
    r"Corbis|Xinhua|Contributor)"
)
_CREDIT_WORDS = re.compile(
    r"\b(?:photos?|photographs?|images?|pictures?|pics?|picture agency)\s+(?:by|from|via|courtesy)\b|\bphoto\s*[:/]|"
    r"\b(?:photo|image|picture) copyright\b|\bAP Photo\b|"
    r"\bGetty Images\b|\bcourtesy (?:of|photo)\b|\bhandout\b|"
    r"\bvia (?:AP|Reuters|AFP|Getty|Twitter|Facebook|Storyful)\b|"
    r"\b(?:screen ?grab|screen ?shot|file photo|staff photo|photo credit|image credit)\b|\bcredit\s*:",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?]$")
_ONLY_PICTURES = re.compile(rf"/?\s*{_PICTURES}(?:[ ,/]+(?:{_PICTURES}|file|File|Photo))*")
_SLASHED = re.compile(
    r"[^\W\d_][\w.'’ ,&-]{1,60}\s?/\s?(?P<after>[A-Z][\w.'’& -]{1,40})"
    r"(?:\s?/\s?[A-Z][\w .'’-]{1,40})*(?:,? [Ff]ile(?: [Pp]hoto)?)?"
)
_PARENTHESES = re.compile(r"\(([^()\n]{2,120})\)\.?\s*$")
_TRAILING = re.compile(
    r"(?:(?<=\s)|^)(?P<credit>(?:REUTERS|AFP|AP Photo|EPA|Reuters|Getty Images)\s?/"
    r"\s?[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){0,5}"
    r"(?:\s?/?\s?[Ff]ile(?: [Pp]hoto)?)?(?:\s+TPX IMAGES OF THE DAY)?"
    r"|(?:Photo(?:graph(?:er)?)?|Picture|Image|Pic|Photo credit|Image credit|Picture credit|Video|Credit)\s?:"
    r"\s?[A-Z][^.\n]{2,80}"
    r"|(?:Photo(?:graph)?|Image|Picture) by [A-Z][^.\n]{2,80}"
    r"|Credit (?:[A-Z][\w.'’-]+ ){1,4}?(?:for The |via |/)[^.\n]{2,60}"
    r"|Credit [A-Z][\w.'’ -]{2,40}/[A-Z][\w.'’ -]{2,50})\s*$"
)
_TRAILING_SIGNS = ("REUTERS", "Reuters", "AFP", "AP Photo", "EPA", "Getty", "Photo", "Pic", "Image", "Video", "Credit")
"""Each credit that trails without brackets begins with one."""
_LEADING = re.compile(
    rf"(?:(?:[A-Z][\w.'’-]+ ){{1,3}}/ ?)?(?:{_LEADERS}(?:\s?[:/-]\s?|\s+via\s+|\s+or\s+licensors|,\s))*{_LEADERS}"
    r"(?:\s+or\s+licensors)?\s+(?=[\"'“‘]?[A-Z0-9])"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright\b).{0,300}$|.{0,200}\ball rights reserved\b.{0,200}$"
    r"|.{0,80}may not be (?:published|reproduced).{0,120}redistributed.?$",
    re.IGNORECASE,
)
_PLACE = (
    r"(?!FILE\b|PHOTO\b|VIDEO\b|UPDATE\b|BREAKING\b|WATCH\b|EXCLUSIVE\b)"
    r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ /-]+[A-ZÀ-Þ][A-ZÀ-Þ.'’-]*){0,3}"
)
_REGION = (
    r"(?:,\s+(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[A-Z][\w.'’-]*(?:\s(?:of\s)?[A-Z][\w.'’-]*){0,3})"
)
_DAY = rf"(?:,?\s+(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+(?:19|20)\d\d)?)"
_DASH = r"\s*(?:—|–|―|--|-)\s*"
_DATELINE = re.compile(
    rf"(?:{_PLACE}{_REGION}{{0,2}}{_DAY}?(?:,?\s+\((?P<agency>[A-Z][^()\n]{{1,45}})\))?(?:—|–|―|--|\s*[—–―]|\s+-{{1,2}}|,\s—)\s*"
    rf"|{_PLACE}{_REGION}{{0,2}}{_DAY}?\.?\s*/[A-Z]{{3,12}}/\.?(?:{_DASH})?\s*"
    rf"|(?:[A-Z][\w.'’-]+(?:[ /][A-Z][\w.'’-]+){{0,3}}{_REGION}?{_DAY}?,?\s+)?"
    rf"\((?P<known>{AGENCIES}|[A-Z]+ News)\)(?:{_DASH}|\s*)"
    rf"|[A-Z][a-zà-þ]+(?:[ -][A-Z][a-zà-þ]+){{0,2}}{_REGION}?{_DAY}\s*(?:—|–|--)\s*)(?=\S)"
)
_END_NOTE = re.compile(
    r"\(?(?:additional |with )?(?:reporting|writing|editing|compiled)\b.{0,60}?\bby\b.{0,300}\)?\.?$"
    r"|.{3,300}\bcontributed (?:to (?:this|the) (?:report|story|article)|reporting)\b.{0,60}$",
    re.IGNORECASE,
)


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
    match = re.fullmatch(rf"(?P<names>[A-Z][\w.'’ -]{{2,60}}, ?(?:The )?(?:{AGENCIES}))", line)
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
        month = int(printed) if printed.isdigit() else _MONTHS.index(printed[:3].casefold()) + 1
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
    for pattern in (_ZONE, _WEEKDAY, _DATED):
        bare = pattern.sub(" ", bare)
    bare = re.sub(r"\b(?:at|on)\b\s*$", " ", bare.strip())
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
    proper = [word for word in names if not _WEEKDAY.fullmatch(word) and not re.fullmatch(_MONTH, word)]
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
    return re.match(_PICTURES, slashed["after"]) is not None or (
        len(bare.split("/")[0].split()) > 1
        and all(
            word[0].isupper() or word.casefold() in _GLUE
            for word in re.split(r"[\s/,]+", bare)
            if word and word[0].isalpha()
        )
    )
