"""The forms in which days, months, years and periods are written: their patterns, and words that each of them has."""

from __future__ import annotations

import re
from typing import Final, Literal, cast

from onrecord.lexicon.calendar import FEASTS, MONTHS, WEEKDAYS
from onrecord.lexicon.load import word_list
from onrecord.lexicon.patterns import written_forms

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
_FORMS: Final = {cast("DateForm", form): texts for form, texts in written_forms("date_forms").items()}
PATTERNS: Final = [(form, re.compile(text, re.IGNORECASE)) for form, texts in _FORMS.items() for text in texts]
RANKS: Final = {form: rank for rank, form in enumerate(_FORMS)}
"""Forms by precedence: of two that overlap the lower rank stands."""
FORMS_OF_NUMERAL: Final[tuple[DateForm, ...]] = ("quarter", "years", "numeric", "decade", "year")
"""The forms of which each expression has a numeral of four digits, or is a date in figures."""
_OF_DAY: Final = word_list("calendar.signs_of_day")
_SIGNS: Final[dict[DateForm, frozenset[str]]] = {
    "days": frozenset(MONTHS),
    "day": frozenset(MONTHS),
    "holiday": frozenset(
        word for name in FEASTS for word in name.replace("new ", "").split()[0].split("'")[:1]
    ),  # of New Year's Day not "new", which is everywhere
    "month-of-year": frozenset(MONTHS),
    "weekday": frozenset(WEEKDAYS),
    "near-day": _OF_DAY | word_list("calendar.signs_of_near_day"),
    "in-the-day": _OF_DAY,
    "period": word_list("calendar.periods"),
    "season": word_list("calendar.seasons"),
    "ago": word_list("calendar.signs_of_ago"),
    "month": frozenset(MONTHS),
}
"""For each other form the words of which each of its expressions has one."""
FORMS_OF_SIGN: Final = {
    sign: tuple(form for form, signs in _SIGNS.items() if sign in signs) for sign in frozenset().union(*_SIGNS.values())
}
