"""The index of words, in each engine's own form: what is written to it and taken from it.

SQLite: FTS5 with Porter stems, accents aside. ``attribution_words`` holds no words of its own and looks them up in
``attribution``; ``document_words`` holds none at all, so an entry is taken out by the words that were put in.
PostgreSQL: a ``tsvector`` beside each row, of words folded as in :func:`~onrecord.archive.keys.fold`, stemmed, stop
words kept, so that phrases are whole. A long text has several rows there, because a vector may have one megabyte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from onrecord.archive import keys

_PART_WORDS: Final = 20_000
_SQLITE: Final = {
    "add attributions": "INSERT INTO attribution_words(rowid, words) VALUES (?, ?)",
    "drop attributions": "INSERT INTO attribution_words(attribution_words, rowid, words) "
    "SELECT 'delete', id, words FROM attribution WHERE run = ?",
    "add documents": "INSERT INTO document_words(rowid, title, body) VALUES (?, ?, ?)",
    "drop document": "INSERT INTO document_words(document_words, rowid, title, body) VALUES ('delete', ?, ?, ?)",
}
_MERGE: Final = (
    "INSERT INTO attribution_words(attribution_words) VALUES ('optimize')",
    "INSERT INTO document_words(document_words) VALUES ('optimize')",
)
_LOOK: Final = (
    "INSERT INTO attribution_words(attribution_words, rank) VALUES ('integrity-check', 1)",
    "INSERT INTO document_words(document_words) VALUES ('integrity-check')",
)
_STRAY: Final = (
    """SELECT count(*) FROM attribution a FULL JOIN attribution_words w ON a.id = w.id
    WHERE a.id IS NULL OR w.id IS NULL""",
    """SELECT count(*) FROM document d FULL JOIN document_words w ON d.position = w.position
    WHERE d.id IS NULL OR w.position IS NULL""",
)
_DOCUMENTS: Final = "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM document_words_docsize)"
_POSTGRESQL: Final = {
    "add attributions": "INSERT INTO attribution_words(id, search) VALUES (%s, to_tsvector('onrecord', %s))",
    "drop attributions": "DELETE FROM attribution_words WHERE id IN (SELECT id FROM attribution WHERE run = %s)",
    "add documents": "INSERT INTO document_words(position, part, search) VALUES (%s, %s, to_tsvector('onrecord', %s))",
    "drop document": "DELETE FROM document_words WHERE position = %s",
}


class Worded(NamedTuple):
    """A document's words and where they stand in the index."""

    position: int
    title: str
    body: str


def add_attributions(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Index the words of attributions, each with its id; in the order of ids, as FTS5 writes them best."""
    ordered = sorted(rows)
    if connection.dialect.name == "postgresql":
        _many(connection, _POSTGRESQL["add attributions"], [(i, keys.fold(words)) for i, words in ordered])
    else:
        _many(connection, _SQLITE["add attributions"], ordered)


def drop_attributions(connection: Connection, run: int) -> None:
    """Take an annotation run's attributions out of the index; before the rows themselves go."""
    statements = _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE
    connection.exec_driver_sql(statements["drop attributions"], (run,))


def add_documents(connection: Connection, documents: Sequence[Worded]) -> None:
    """Index the words of documents."""
    ordered = sorted(documents)
    if connection.dialect.name == "postgresql":
        _many(connection, _POSTGRESQL["add documents"], [row for each in ordered for row in _parts(each)])
    else:
        _many(connection, _SQLITE["add documents"], [tuple(each) for each in ordered])


def drop_document(connection: Connection, document: Worded) -> None:
    """Take a document's words out of the index; they must be the ones that were put in."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_POSTGRESQL["drop document"], (document.position,))
    else:
        connection.exec_driver_sql(_SQLITE["drop document"], tuple(document))


def merge(connection: Connection) -> None:
    """Merge SQLite's index, so that nothing of what was taken out of it is left."""
    for statement in _MERGE:
        connection.exec_driver_sql(statement)


def faults(connection: Connection) -> Iterator[str]:
    """Say where the index is not that of the rows; needs a transaction that may write."""
    if connection.dialect.name == "postgresql":
        for statement in _STRAY:
            if number := connection.exec_driver_sql(statement).scalar():
                yield f"The index of words and its rows differ in {number} places."
        return
    for statement in _LOOK:
        try:
            connection.exec_driver_sql(statement)
        except DBAPIError as error:
            yield f"The index of words differs from its rows ({error.orig})."
    documents, indexed = connection.exec_driver_sql(_DOCUMENTS).one()
    if documents != indexed:
        yield f"The index has the words of {indexed} documents, and the archive {documents}."


def _parts(document: Worded) -> Iterator[tuple[int, int, str]]:
    folded = keys.fold(f"{document.title} {document.body}").split()
    for part in range(0, max(len(folded), 1), _PART_WORDS):
        yield document.position, part // _PART_WORDS, " ".join(folded[part : part + _PART_WORDS])


def _many(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, list(rows))
