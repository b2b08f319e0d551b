"""Searches the archive: attributions by words, speaker, outlet, days, form and act; the newest first, page by page.

Reads :class:`~onrecord.archive.query.Query`; gives :class:`Page`. Ids hold the day (see :mod:`.days`), so the newest
matches stand last in the index and are read from its end; a page goes on below the last id of the former one, however
many were added since. Relevance is reckoned among the newest :data:`WINDOW` matches only: over all matches of a common
word it would take seconds. Every search ends at its time limit.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, column, exists, func, or_, select, table

from onrecord.archive import keys, schema, search_postgresql, search_sqlite
from onrecord.archive.days import first_id, last_id
from onrecord.archive.engine import reading
from onrecord.archive.hits import Hit, hits_of
from onrecord.archive.naming import and_merged, holding, named
from onrecord.archive.query import Query, Words, read_words
from onrecord.errors import ArchiveTimeoutError, UsageError

WINDOW: Final = 20_000
"""Among how many of the newest matches the most relevant are sought."""
COUNTED: Final = 10_000
"""Up to how many matches are counted; above, a total says "at least"."""
MOST_HITS: Final = 200
_COUNTING: Final = 0.3  # seconds that counting may take at most: hits are what a reader waits for
_INDEX: Final = table("attribution_words", column("rowid"), column("id"))


class Page(msgspec.Struct, frozen=True):
    """Some of what was found: the hits, where the next page goes on (``None`` at the end), and how many there are.

    ``total`` is counted by the query of the hits up to :data:`COUNTED`, and ``None`` where the time did not suffice;
    ``exact`` says whether it is all of them.
    """

    hits: tuple[Hit, ...]
    after: str | None = None
    total: int | None = None
    exact: bool = True


def search(engine: Engine, query: Query, *, limit: int = 20, after: str | None = None, seconds: float = 5.0) -> Page:
    """Search the attributions of the archive.

    Raises UsageError where the query, the limit (1 to 200) or the place to go on cannot be read, ArchiveTimeoutError
    where the hits take longer than ``seconds``.
    """
    if not 1 <= limit <= MOST_HITS:
        raise UsageError(f"A page has 1 to {MOST_HITS} hits, not {limit}.")
    words = read_words(query.words)
    deadline = time.monotonic() + seconds
    with reading(engine, seconds) as connection:
        fitting = chosen(connection, query, words)
        found = _found(connection, fitting, query, words, limit, after)
        hits = hits_of(connection, [number for number, _ in found[:limit]])
        following = _place(query, words, found[limit - 1]) if len(found) > limit else None
    total = _total(engine, fitting, min(deadline - time.monotonic(), _COUNTING))
    exact = total is not None and total <= COUNTED
    return Page(hits, following, min(total, COUNTED) if total is not None else None, exact)


def _row(connection: Connection, words: Words | None) -> ColumnElement[int]:
    """Give the column of ids in the table that is searched: the index of words, or the attributions."""
    if words is None:
        return schema.attribution.c.id
    return _INDEX.c.rowid if connection.dialect.name == "sqlite" else _INDEX.c.id


def chosen(
    connection: Connection, query: Query, words: Words | None, documents: Sequence[int] | None = None
) -> Select[Any]:
    """Give the query for the ids of all that fits, in no order; in these documents only, if they are given."""
    row = _row(connection, words)
    asked = select(row.label("id"))
    if query.since is not None:
        asked = asked.where(row >= first_id(query.since))
    if query.until is not None:
        asked = asked.where(row <= last_id(query.until))
    limits = _limits(connection, query)
    if documents is not None:
        limits.append(schema.attribution.c.document.in_(documents))
    if words is None:
        return asked.where(*limits)
    dialect = search_sqlite if connection.dialect.name == "sqlite" else search_postgresql
    asked = asked.where(dialect.matches("attribution_words", words))
    if limits:  # asked of each row that holds the words, and never the other way round
        asked = asked.where(exists(select(1).where(schema.attribution.c.id == row, *limits)))
    return asked


def _limits(connection: Connection, query: Query) -> list[ColumnElement[bool]]:
    """Give the conditions on an attribution's row."""
    columns = schema.attribution.c
    limits: list[ColumnElement[bool]] = []
    if query.form is not None:
        limits.append(columns.form == query.form)
    if query.act is not None:
        limits.append(columns.act == query.act)
    if query.verdict is not None:
        said = select(schema.verdict.c.attribution).where(schema.verdict.c.verdict == query.verdict)
        limits.append(columns.id.in_(said))
    if query.contradicted:
        limits.append(columns.id.in_(select(schema.verdict.c.attribution).where(schema.verdict.c.contradicted)))
    if query.outlet is not None:
        limits.append(columns.outlet.in_(outlets_named(connection, query.outlet)))
    if query.speaker_id is not None:
        limits.append(columns.speaker.in_(and_merged(connection, [query.speaker_id])))
    if query.speaker is not None:
        limits.append(_said_by(connection, query.speaker))
    return limits


def _said_by(connection: Connection, typed: str) -> ColumnElement[bool]:
    """Give the condition that somebody whose name holds the words is the speaker, or was merged with one."""
    columns = schema.attribution.c
    found = named(connection, typed)
    if found is None:  # so many that they are asked for row by row
        return columns.name.in_(holding(typed))
    names, speakers = found
    return or_(columns.name.in_(names), columns.speaker.in_(speakers)) if speakers else columns.name.in_(names)


def outlets_named(connection: Connection, typed: str) -> list[int]:
    """Find the outlets of a name, whatever its case and accents."""
    wanted = keys.fold(typed)
    outlets = connection.execute(select(schema.outlet.c.id, schema.outlet.c.name))
    return [row.id for row in outlets if keys.fold(row.name) == wanted]


def _found(
    connection: Connection, fitting: Select[Any], query: Query, words: Words | None, limit: int, after: str | None
) -> list[tuple[int, float]]:
    """Find the ids of one page and one more, each with its rank."""
    row = _row(connection, words)
    if query.order == "newest" or words is None:
        if after is not None:
            fitting = fitting.where(row < _number(after))
        return [(number, 0.0) for (number,) in connection.execute(fitting.order_by(row.desc()).limit(limit + 1))]
    dialect = search_sqlite if connection.dialect.name == "sqlite" else search_postgresql
    fitting = fitting.add_columns(dialect.rank("attribution_words", words).label("rank"))
    newest = fitting.order_by(row.desc()).limit(WINDOW).subquery()
    asked = select(newest.c.id, newest.c.rank).order_by(newest.c.rank, newest.c.id.desc()).limit(limit + 1)
    if after is not None:
        rank, last = _ranked_place(after)
        asked = asked.where(or_(newest.c.rank > rank, and_(newest.c.rank == rank, newest.c.id < last)))
    return [(found.id, found.rank) for found in connection.execute(asked)]


def _total(engine: Engine, fitting: Select[Any], seconds: float) -> int | None:
    """Count what fits, up to one more than :data:`COUNTED`; ``None`` where the time does not suffice."""
    try:
        with reading(engine, max(seconds, 0.001)) as connection:
            some = fitting.limit(COUNTED + 1).subquery()
            return connection.execute(select(func.count()).select_from(some)).scalar_one()
    except ArchiveTimeoutError:
        return None


def _place(query: Query, words: Words | None, last: tuple[int, float]) -> str:
    """Say where the next page goes on."""
    if query.order == "newest" or words is None:
        return str(last[0])
    return f"{last[1]!r}:{last[0]}"


def _number(after: str) -> int:
    if not (after.isascii() and after.isdecimal() and len(after) < 20):
        raise UsageError("The place to go on from cannot be read: give the one that the former page ends with.")
    return int(after)


def _ranked_place(after: str) -> tuple[float, int]:
    rank, _, last = after.partition(":")
    try:
        return float(rank), _number(last)
    except ValueError:
        raise UsageError(
            "The place to go on from cannot be read: give the one that the former page ends with."
        ) from None
