"""Days in ids: ``day * 2**32 + n``, the day counted from 0001-01-01, so that ids sort as days do."""

from __future__ import annotations

from datetime import date
from typing import Final

from onrecord.errors import UsageError

_ROOM: Final = 2**32


def day_number(published: str | None, seen: str) -> int:
    """Count the day of publication, else the day when the document was first seen, from 0001-01-01.

    A month or a year alone counts as its first day.
    """
    for value in (published, seen):
        parts = (value or "")[:10].split("-")
        try:
            return date(*(int(part) for part in (*parts, "1", "1")[:3])).toordinal()
        except (ValueError, TypeError):
            continue
    return 1


def dated(day: int, n: int) -> int:
    """Give the id of the ``n``-th thing kept (below 2**32), which is of a day."""
    assert 0 <= n < _ROOM
    return day * _ROOM + n


def day_of(dated_id: int) -> str:
    """Read the ISO 8601 day out of an id."""
    return date.fromordinal(dated_id // _ROOM).isoformat()


def first_id(day: str) -> int:
    """Give the least id of an ISO 8601 day, month (``2024-05``) or year; raises UsageError for no day."""
    return _ordinal(day, last=False) * _ROOM


def last_id(day: str) -> int:
    """Give the greatest id of an ISO 8601 day, month or year; raises UsageError for no day."""
    return _ordinal(day, last=True) * _ROOM + _ROOM - 1


def _ordinal(day: str, *, last: bool) -> int:
    parts = [int(part) if part.isdecimal() and part.isascii() else 0 for part in day.split("-")]
    try:
        if len(parts) == 3:
            return date(*parts).toordinal()
        if len(parts) == 2:
            year, month = parts
            first = date(year, month, 1)
            return date(year + month // 12, month % 12 + 1, 1).toordinal() - 1 if last else first.toordinal()
        if len(parts) == 1:
            return date(parts[0], 12, 31).toordinal() if last else date(parts[0], 1, 1).toordinal()
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"“{' '.join(day.split())}” is no day: write it as 2024-05-02, or a month as 2024-05.")
