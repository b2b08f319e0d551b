"""The index of words, in each engine's own form: what is written to it and taken from it.

SQLite: FTS5 with Porter stems, accents aside; it holds no words of its own and looks them up in ``attribution``.
PostgreSQL: a ``tsvector`` beside each row, of words folded as in :func:`~onrecord.archive.keys.fold`, stemmed, stop
words kept, so that phrases are whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from onrecord.archive import keys

_ADD: Final = {
    "sqlite": "INSERT INTO attribution_words(rowid, words) VALUES (?, ?)",
    "postgresql": "INSERT INTO attribution_words(id, search) VALUES (%s, to_tsvector('onrecord', %s))",
}
_DROP: Final = {
    "sqlite": """INSERT INTO attribution_words(attribution_words, rowid, words)
    SELECT 'delete', id, words FROM attribution WHERE run = ?""",
    "postgresql": "DELETE FROM attribution_words WHERE id IN (SELECT id FROM attribution WHERE run = %s)",
}
_MERGE: Final = "INSERT INTO attribution_words(attribution_words) VALUES ('optimize')"
_LOOK: Final = "INSERT INTO attribution_words(attribution_words, rank) VALUES ('integrity-check', 1)"
_STRAY: Final = """SELECT count(*) FROM attribution a FULL JOIN attribution_words w ON a.id = w.id
WHERE a.id IS NULL OR w.id IS NULL"""


def add(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Index the words of attributions, each with its id; in the order of ids, as FTS5 writes them best."""
    ordered = sorted(rows)
    if connection.dialect.name == "postgresql":
        ordered = [(number, keys.fold(words)) for number, words in ordered]
    if ordered:
        connection.exec_driver_sql(_ADD[connection.dialect.name], ordered)


def drop(connection: Connection, run: int) -> None:
    """Take an annotation run's attributions out of the index; before the rows themselves go."""
    connection.exec_driver_sql(_DROP[connection.dialect.name], (run,))


def merge(connection: Connection) -> None:
    """Merge SQLite's index, so that nothing of what was taken out of it is left."""
    connection.exec_driver_sql(_MERGE)


def faults(connection: Connection) -> Iterator[str]:
    """Say where the index is not that of the rows; needs a transaction that may write."""
    if connection.dialect.name == "postgresql":
        if number := connection.exec_driver_sql(_STRAY).scalar():
            yield f"The index of words and its rows differ in {number} places."
        return
    try:
        connection.exec_driver_sql(_LOOK)
    except DBAPIError as error:
        yield f"The index of words differs from its rows ({error.orig})."
