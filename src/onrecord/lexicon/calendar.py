"""Names of months and weekdays: the one place that knows them."""

from __future__ import annotations

from typing import Final

from onrecord.lexicon.load import value_table

MONTHS: Final = {name: number for number, names in enumerate(value_table("calendar.months"), start=1) for name in names}
"""Folded names and abbreviations of months, 1 to 12."""

WEEKDAYS: Final = {name: number for number, name in enumerate(value_table("calendar.weekdays"))}
"""Folded names of weekdays, Monday 0."""

SHORT_WEEKDAYS: Final = {
    name: number for number, names in enumerate(value_table("calendar.short_weekdays")) for name in names
}
"""Folded abbreviations of weekdays; words of their own ("sun", "sat"), so taken beside a date only."""
