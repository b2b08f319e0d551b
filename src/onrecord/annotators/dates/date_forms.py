"""How time is written: the expressions of days, weeks, months and years that English news uses, found in a text.

Reads a text; gives :class:`Expression` records in text order, none overlapping, each with the words that say which day
is meant. What day that is, :mod:`onrecord.annotators.dates.resolving` decides. A span takes in the preposition (``on
Sunday``, ``since July``) and the part of the day (``early Tuesday morning``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from onrecord.annotators.dates.calendars import HOLIDAYS, MONTHS, SHORT_WEEKDAYS, WEEKDAYS
from onrecord.lexicon.load import word_list
from onrecord.text.analysed import Analysed

DateForm = Literal[
    "days",
    "quarter",
    "years",
    "day",
    "numeric",
    "holiday",
    "month-of-year",
    "weekday",
    "near-day",
    "in-the-day",
    "period",
    "season",
    "ago",
    "month",
    "decade",
    "year",
]

_MONTH: Final = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b(?:\.(?=[ ,\d]))?"
_WEEKDAY: Final = "|".join(WEEKDAYS)
_SHORT: Final = "|".join(SHORT_WEEKDAYS)
_DAY_OF_WEEK: Final = rf"(?:(?P<weekday>{_WEEKDAY}|(?:{_SHORT})\b\.?),? ?(?:the )?)?"
_PART: Final = r"(?:morning|afternoon|evening|night|midday|noon|lunchtime)"
_TIME: Final = r"(?:\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\.? (?:local time )?(?:[A-Z]{2,4} )?(?:on )?)?"
_COUNT_WORDS: Final = (
    "a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"a couple of|several|a few|many|(?<![\d.,])\d{1,3}(?:,\d{3})+|(?<![\d.,])\d{1,4}"
)
_HEDGE: Final = (
    r"(?P<hedge>more than |over |nearly |almost |less than |at least |up to |about |around |roughly |"
    r"approximately |some |just over |just under |exactly |only |just |barely )?"
)
_FEASTS: Final = "|".join(
    re.escape(name).replace(r"\ ", " ").replace("'", "['’]") for name in sorted(HOLIDAYS, key=len, reverse=True)
)
_ON: Final = r"(?:\b(?:on|by|until|since|from|before|after|through|around) )?"
_IN: Final = r"(?:\b(?:in|since|until|by|during|from|through|before|after|around) )?"
_QUALIFIED: Final = r"(?:(?:early|late|mid|mid-|later|earlier)[ -]?(?:in |on )?)?"

_NO_DAY: Final = (
    r"(?! (?:Times|Telegraph|Mirror|Mail|Post|Express|Herald|World|Independent|Business Post|school|"
    r"Night (?:Live|Football|Lights)))"
)
_MONTH_TOO: Final = _MONTH.replace("?P<month>", "?P<last_month>")
_NTH: Final = r"(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)\b"
_FROM: Final = r"(?:\b(?:from|between|on|over|during|of) )?(?:\bthe night of )?"
_UNTIL: Final = r"(?: ?[-–—/] ?| (?:to|through|until) )"
_NOT_COUNTED: Final = r"(?! (?:people|men|women|children|others|dead|[a-z]+s\b(?<!\bas)(?<!\bwas)(?<!\bhas)(?<!\bis)))"
_ABBREVIATED_YEAR: Final = r"['’](?P<short>\d\d)(?![\w'’])"
_FORMS: Final[tuple[tuple[DateForm, str], ...]] = (
    (
        "days",
        (
            rf"{_FROM}\b{_MONTH} ?(?P<day>\d{{1,2}}){_NTH}{_UNTIL}{_MONTH_TOO} ?(?P<last_day>\d{{1,2}}){_NTH}(?!\d)"
            rf"(?:,? {_YEAR})?"
        ),
    ),
    (
        "days",
        (
            rf"{_FROM}\b{_MONTH} ?(?P<day>\d{{1,2}}){_NTH}(?:{_UNTIL}| and )(?P<last_day>\d{{1,2}}){_NTH}"
            rf"(?![\d:%/]|[.,]\d){_NOT_COUNTED}(?:,? {_YEAR})?"
        ),
    ),
    (
        "days",
        (
            rf"{_FROM}(?<![\d.,/-])\b(?P<day>\d{{1,2}}){_NTH}(?:{_UNTIL}| and )(?P<last_day>\d{{1,2}}){_NTH}(?: of)? "
            rf"{_MONTH}(?:,? {_YEAR})?"
        ),
    ),
    (
        "quarter",
        (
            r"(?:\b(?:in|for|during|since|by|from|over) )?(?:\bthe )?"
            r"\b(?:(?P<quarter>first|second|third|fourth)[ -]quarter|(?P<half>first|second) half"
            r"|(?P<sign>Q[1-4]|H[12]))"
            rf"(?: of|,)? {_YEAR}"
        ),
    ),
    (
        "years",
        (
            r"\b(?:in |since |for )?(?:fiscal|financial|FY|tax)(?: year)? ?"
            r"(?P<fiscal>(?:19|20)\d\d)(?:[-–/]\d\d(?:\d\d)?)?\b"
        ),
    ),
    (
        "years",
        r"(?:\b(?:in|since|for) )?(?:the )?(?<![\d.,/$€£-])\b(?P<year>(?:19|20)\d\d)[-–/](?P<short>\d\d)\b(?![-–/.]\d)",
    ),
    (
        "years",
        r"\b(?:between|from) (?P<year>(?:19|20)\d\d) (?:and|to|until|through) (?P<last_year>(?:19|20)\d\d)\b(?![,.]\d)",
    ),
    ("years", rf"\b(?:in|since|of|by|until|from|before|after|summer|winter|spring|autumn) {_ABBREVIATED_YEAR}"),
    (
        "day",
        (
            rf"(?:\bon )?\b{_DAY_OF_WEEK}(?:{_MONTH} ?(?P<day>\d{{1,2}}){_NTH}(?![\d:%/]|[.,]\d|(?:[-–—]\d))"
            rf"(?:,? {_YEAR}| {_ABBREVIATED_YEAR}|,? (?:of )?(?P<which>last|this|next) year\b)?)"
        ),
    ),
    (
        "day",
        (
            rf"(?:\bon )?(?:\bthe )?\b{_DAY_OF_WEEK}(?<![\d.,/-])(?P<day>\d{{1,2}}){_NTH}(?: day)?(?: of)?[ /-]{_MONTH}"
            rf"(?:,?[ /-]{_YEAR}| (?P<short>\d\d)(?=[,.;:)]|$)(?![.,]\d)| (?:of )?(?P<which>last|this|next) year\b)?"
        ),
    ),
    ("day", rf"\b(?:on|dated|of|since|until|from|by) (?P<day>\d{{1,2}})\. {_MONTH} {_YEAR}"),
    ("numeric", r"\b(?P<year>(?:19|20)\d\d)-(?P<first>\d\d)-(?P<second>\d\d)\b"),
    ("numeric", r"(?<![\d/])(?P<year>(?:19|20)\d\d)/(?P<first>\d{1,2})/(?P<second>\d{1,2})(?![\d/])"),
    (
        "numeric",
        (
            r"\b(?:on|dated|of|since|until|by|from) "
            r"(?P<year>(?:19|20)\d\d)(?P<first>0[1-9]|1[0-2])(?P<second>[0-2]\d|3[01])(?![\d.,]*\d)"
        ),
    ),
    (
        "numeric",
        (
            r"(?<![\d/.-])(?P<first>\d{1,2})(?P<sep>[/.])(?P<second>\d{1,2})(?P=sep)"
            r"(?P<year>(?:19|20)\d\d|\d\d)(?![\d/])"
        ),
    ),
    (
        "holiday",
        (
            rf"(?:\b(?:on|around|at|by|before|after|since|over) )?\b(?P<feast>{_FEASTS})\b"
            rf"(?:,? (?:(?:in|of) )?(?P<year>(?:19|20)\d\d)\b)?"
        ),
    ),
    (
        "month-of-year",
        rf"{_IN}\b{_QUALIFIED}{_MONTH},? (?:of )?(?:(?P<year>(?:19|20)\d\d)\b|(?P<which>this|last|next) year\b)",
    ),
    ("month-of-year", rf"{_IN}\b(?P<which>last|this|next|this past) {_MONTH}(?! \d)"),
    (
        "weekday",
        (
            rf"(?:{_TIME}|(?:\bfirst thing |\b(?:earlier|later|late|early)(?: on)? |"
            rf"\b(?:on )?(?:the )?(?:morning|evening|night|afternoon) of ))?"
            rf"(?:\bon )?(?:\b(?:early|late|later|earlier) (?:on )?)?"
            rf"(?:\b(?P<which>last|next|this|this past|this coming|past|coming) )?"
            rf"\b(?P<weekday>{_WEEKDAY})\b{_NO_DAY}(?: {_PART}s?\b)?"
            rf"(?P<week>,? (?:of )?(?:last|this|next) week\b|(?:,? a)? week ago\b)?"
        ),
    ),
    (
        "near-day",
        (
            r"\b(?:(?:earlier|later|late|early|on|until|by|as of|of) )?(?:the day (?:before yesterday|after tomorrow)"
            rf"|(?:yesterday|tomorrow)(?: {_PART})?|today|tonight"
            r"|(?:later |earlier |late |early )?this (?:morning|afternoon|evening)"
            r"|last (?:night|evening)|this very day)\b"
        ),
    ),
    (
        "in-the-day",
        (
            r"\b(?:(?:earlier|later|late|early) (?:in the|that|the same) day|(?:on )?(?:the|that) same day"
            r"|(?:on )?that (?:day|night|morning|evening|afternoon)"
            r"|(?:the|a) day (?:earlier|later|(?:before|after)(?! \w))"
            r"|the (?:previous|following|next) (?:day|night|morning|evening)"
            r"|(?:earlier|later) that (?:night|evening|morning|afternoon))\b"
        ),
    ),
    (
        "period",
        (
            r"(?:\b(?:in|since|until|by|during|over|from|at) )?"
            r"\b(?:(?:early|late|earlier|later|sometime|midway through) (?:in )?)?"
            r"(?:(?P<which>last|next|this|this past|the coming) "
            r"(?P<unit>week|month|year|weekend|decade|century)\b(?! old)|(?:over|at|during) the (?P<weekend>weekend)\b)"
        ),
    ),
    (
        "season",
        r"(?:\bin |\bsince )?\b(?:last|this|next|early|late|this past) (?:spring|summer|autumn|fall|winter)\b(?! of)",
    ),
    (
        "ago",
        (
            rf"\b{_HEDGE}(?P<count>{_COUNT_WORDS}) "
            rf"(?P<unit>minute|hour|day|week|fortnight|month|year|decade|century|centurie)s? ?"
            rf"(?P<way>ago|from now)\b"
        ),
    ),
    (
        "ago",
        (
            rf"\bin {_HEDGE}(?P<count>{_COUNT_WORDS}) (?P<unit>day|week|fortnight|month|year)(?:s['’]|['’]s) "
            r"(?P<way>time)\b"
        ),
    ),
    ("ago", r"\b(?P<way>in) (?P<count>a) (?P<unit>fortnight)\b(?!['’])"),
    (
        "month",
        (
            rf"{_IN}(?:\b(?:the )?(?:end|start|beginning|middle|first half|second half) of )?"
            rf"\b{_QUALIFIED}{_MONTH}(?! ?\d{{1,2}}(?!\d))"
        ),
    ),
    ("decade", r"(?:\bin )?\b(?:the (?:early |late |mid-?)?)?(?P<year>(?:1[5-9]|20)\d0)['’]?s\b"),
    (
        "year",
        (
            r"(?:\b(?:in|since|until|by|during|from|through|before|after|of|between|and|to|early|late|mid-?|back in) )?"
            r"(?<![\d.,/$€£:-])\b(?P<year>(?:1[5-9]|20)\d\d)\b(?![\d%:/]|[.,]\d)"
        ),
    ),
)
_PATTERNS: Final = tuple((form, re.compile(pattern, re.IGNORECASE)) for form, pattern in _FORMS)
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
_FORMS_OF_NUMERAL: Final[tuple[DateForm, ...]] = ("quarter", "years", "numeric", "decade", "year")
"""The forms of which each expression has a numeral of four digits, or is a date in figures."""
_SIGNS: Final[dict[DateForm, frozenset[str]]] = {
    "days": frozenset(MONTHS),
    "day": frozenset(MONTHS),
    "holiday": frozenset(
        word for name in HOLIDAYS for word in name.replace("new ", "").split()[0].split("'")[:1]
    ),  # of New Year's Day not "new", which is everywhere
    "month-of-year": frozenset(MONTHS),
    "weekday": frozenset(WEEKDAYS),
    "near-day": frozenset("today tonight yesterday tomorrow day night morning evening afternoon".split()),
    "in-the-day": frozenset("day night morning evening afternoon".split()),
    "period": frozenset("week month year weekend decade century".split()),
    "season": frozenset("spring summer autumn fall winter".split()),
    "ago": frozenset({"ago", "now", "time", "fortnight"}),
    "month": frozenset(MONTHS),
}
"""For each other form the words of which each of its expressions has one."""
_FORMS_OF_SIGN: Final = {
    sign: tuple(form for form, signs in _SIGNS.items() if sign in signs) for sign in frozenset().union(*_SIGNS.values())
}
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
    for rank, (form, pattern) in enumerate(_PATTERNS):
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
        if (forms := _FORMS_OF_SIGN.get(word.folded.partition("'")[0])) is not None
    ]
    signs += [(match.start(), match.end(), _FORMS_OF_NUMERAL) for match in _NUMERAL.finditer(text)]
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


_RANKS: Final = {form: rank for rank, (form, _) in reversed(list(enumerate(_FORMS)))}


def _rank(form: DateForm) -> int:
    return _RANKS[form]
