"""Names of months, weekdays and feasts: the one place that knows them. All are folded."""

from __future__ import annotations

from typing import Final

from onrecord.lexicon.load import value_table

MONTHS: Final = {
    name: number
    for number, names in enumerate(value_table("calendar.months", list[list[str]]), start=1)
    for name in names
}
"""Names and abbreviations of months, 1 to 12."""

WEEKDAYS: Final = {name: number for number, name in enumerate(value_table("calendar.weekdays", list[str]))}
"""Names of weekdays, Monday 0."""

SHORT_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(value_table("calendar.short_weekdays", list[list[str]]))
    for name in names
}
"""Abbreviations of weekdays; words of their own ("sun", "sat"), so taken beside a date only."""

FEASTS_BY_DAY: Final = value_table("calendar.feasts_by_day", dict[str, tuple[int, int]])
"""Feasts of a fixed day: month and day."""
FEASTS_BY_WEEKDAY: Final = value_table("calendar.feasts_by_weekday", dict[str, tuple[int, str, int, int]])
"""Feasts of the first, … last (-1) such weekday of a month: month, weekday, which of them, and days after it."""
FEASTS_BY_EASTER: Final = value_table("calendar.feasts_by_easter", dict[str, int])
"""Feasts that are so many days after Easter."""
FEASTS: Final = (*FEASTS_BY_DAY, *FEASTS_BY_WEEKDAY, *FEASTS_BY_EASTER)

STEPS: Final = value_table("calendar.steps", dict[str, int])
"""Words before a weekday, a week or a month, and how many on from this one they mean: ``last`` is -1."""
NEAR_DAYS: Final = value_table("calendar.near_days", dict[str, int])
"""Words of one day, and how many days from the report's it is; of several the first in the table counts."""
DAYS_BESIDE: Final = value_table("calendar.days_beside", dict[str, int])
"""The same, from the day last spoken of."""
UNIT_DAYS: Final = value_table("calendar.unit_days", dict[str, int])
"""The days of a day, a week, a fortnight."""
