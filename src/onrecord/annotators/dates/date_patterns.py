"""The forms in which days, months, years and periods are written, as patterns."""

from __future__ import annotations

import re
from typing import Final, Literal

from onrecord.annotators.dates.calendars import HOLIDAYS
from onrecord.lexicon.calendar import MONTHS, SHORT_WEEKDAYS, WEEKDAYS

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
FORMS: Final[tuple[tuple[DateForm, str], ...]] = (
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
PATTERNS: Final = tuple((form, re.compile(pattern, re.IGNORECASE)) for form, pattern in FORMS)
FORMS_OF_NUMERAL: Final[tuple[DateForm, ...]] = ("quarter", "years", "numeric", "decade", "year")
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
FORMS_OF_SIGN: Final = {
    sign: tuple(form for form, signs in _SIGNS.items() if sign in signs) for sign in frozenset().union(*_SIGNS.values())
}
