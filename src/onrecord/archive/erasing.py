"""Erases documents: their rows, their words in the index, what only they brought; and looks whether bytes are left.

A tombstone (see :mod:`.tombstones`) keeps what was erased from coming back. Whoever erases a speaker erases every
document that quotes him, because its text holds his words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import Connection, Engine, delete, insert, select

from onrecord.archive import engine as engines
from onrecord.archive import people, schema, stored, stories, tombstones, word_index
from onrecord.archive.keeping import drop_indexed
from onrecord.archive.landing import Landing
from onrecord.archive.naming import drop_unborne

_LEAST_BYTES: Final = 12  # what is shorter may stand anywhere by accident
_CHUNK: Final = 1 << 24


class Trace(NamedTuple):
    """Bytes that must not be found any more, and what they are of."""

    what: str
    data: bytes


class Erased(NamedTuple):
    """What was erased: how many documents, and the bytes that are to be looked for."""

    documents: int
    traces: tuple[Trace, ...]


def documents_of_speaker(connection: Connection, speakers: Sequence[int]) -> list[int]:
    """List the documents in any version of which one of these speakers is named as a source."""
    version, run, mention = schema.version, schema.annotation_run, schema.mention
    asked = (
        select(version.c.document)
        .join(run, run.c.version == version.c.id)
        .join(mention, mention.c.run == run.c.id)
        .where(mention.c.speaker.in_(speakers))
        .distinct()
    )
    return sorted(connection.execute(asked).scalars())


def documents_of_outlet(connection: Connection, outlets: Sequence[int]) -> list[int]:
    """List the documents of these outlets."""
    asked = select(schema.document.c.id).where(schema.document.c.outlet.in_(outlets))
    return sorted(connection.execute(asked).scalars())


def erase(connection: Connection, documents: Iterable[int], *, who: str, because: str, now: str) -> Erased:
    """Erase documents with all their versions and annotations, in one transaction, and log it."""
    landing = Landing(connection, now)
    chosen = list(documents)
    erased = stored.keys_of(connection, chosen)
    stories.forget(connection, chosen)
    traces = [trace for document in chosen for trace in _erase_one(landing, document, who, because)]
    landing.write()
    names = [words.encode() for both in drop_unborne(connection) for words in both]
    traces += [Trace("a name", words) for words in names if len(words) >= _LEAST_BYTES]
    people.forget(connection, erased)
    return Erased(len(chosen), tuple(traces))


def _erase_one(landing: Landing, document: int, who: str, because: str) -> list[Trace]:
    connection, table = landing.connection, schema.document
    row = connection.execute(select(table).where(table.c.id == document)).one()
    traces = [Trace("the key", row.key.encode())] if len(row.key.encode()) >= _LEAST_BYTES else []
    traces += _traces(connection, document)
    checksums = set(
        connection.execute(select(schema.version.c.text).where(schema.version.c.document == document)).scalars()
    )
    drop_indexed(connection, row.indexed)
    connection.execute(delete(table).where(table.c.id == document))
    gone = [each for each in sorted(checksums) if not _used(connection, each)]
    for checksum in gone:
        body = connection.execute(select(schema.text.c.body).where(schema.text.c.sha256 == checksum)).scalar_one()
        traces.append(Trace("a text", body))
    connection.execute(delete(schema.text).where(schema.text.c.sha256.in_(gone)))
    for what, marked in tombstones.marks(connection, row.key, gone).items():
        told = {"at": landing.now, "who": who, "because": because, "what": what}
        rows = [{"id": landing.take("erasure"), **told, "hmac": mark} for mark in marked]
        if rows:
            connection.execute(insert(schema.erasure), rows)
    landing.changed("document-erased", document)
    return traces


def _traces(connection: Connection, document: int) -> list[Trace]:
    """Collect the bytes by which a document could be known, in its versions, annotations and attributions."""
    version, run, attribution = schema.version, schema.annotation_run, schema.attribution
    traces: list[Trace] = []
    for row in connection.execute(select(version).where(version.c.document == document)):
        traces += [
            Trace("a title", _bytes(row.title)),
            Trace("an address", _bytes(row.url)),
            Trace("a form", row.form or b""),
        ]
    asked = select(run.c.record).join(version, version.c.id == run.c.version).where(version.c.document == document)
    traces += [Trace("annotations", record or b"") for record in connection.execute(asked).scalars()]
    said = connection.execute(select(attribution.c.words).where(attribution.c.document == document)).scalars()
    traces += [Trace("what was said", _bytes(words)) for words in said]
    return [each for each in traces if len(each.data) >= _LEAST_BYTES]


def _bytes(words: str | None) -> bytes:
    return (words or "").encode()


def _used(connection: Connection, checksum: bytes) -> bool:
    return connection.execute(select(schema.version.c.id).where(schema.version.c.text == checksum)).first() is not None


def overwrite(engine: Engine) -> None:
    """Overwrite what was erased: merge the index of words, so that it drops its old entries, and empty the log.

    PostgreSQL: the tables are written anew.
    """
    if engine.dialect.name == "sqlite":
        with engines.writing(engine) as connection:
            word_index.merge(connection)
    engines.empty_log(engine)


def left_over(engine: Engine, traces: Sequence[Trace], beside: Iterable[Path] = ()) -> list[str]:
    """Look for the bytes in the files of a SQLite archive and in other files and folders; say what was found where.

    What other documents of the archive hold as well is not left over. The files of PostgreSQL are not looked at.
    """
    found: list[str] = []
    if engine.dialect.name == "sqlite":
        database = Path(str(engine.url.database))
        files = [database, *(database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal"))]
        there = {file: _found_in(file, traces) for file in files if file.exists()}
        with engines.reading(engine) as connection:
            kept = {each for each in {trace for some in there.values() for trace in some} if _held(connection, each)}
        found += _told({file: [each for each in some if each not in kept] for file, some in there.items()})
    for place in beside:
        files = sorted(each for each in place.rglob("*") if each.is_file()) if place.is_dir() else [place]
        found += _told({file: _found_in(file, traces) for file in files if file.exists()})
    return found


def _told(found: Mapping[Path, Sequence[Trace]]) -> list[str]:
    return [
        f"{file} still holds {what}" for file, some in found.items() for what in sorted({each.what for each in some})
    ]


def _held(connection: Connection, trace: Trace) -> bool:
    """Return whether another document has the same bytes: an annotation, or words that hold these."""
    run = schema.annotation_run
    if connection.execute(select(run.c.id).where(run.c.record == trace.data)).first() is not None:
        return True
    try:
        words = trace.data.decode()
    except UnicodeDecodeError:
        return False
    columns = (
        schema.version.c.title,
        schema.version.c.url,
        schema.version.c.name,
        schema.document.c.key,
        schema.attribution.c.words,
        schema.name.c.name,
        schema.name.c.folded,
        schema.speaker.c.name,
    )
    return any(
        connection.execute(select(column).where(column.contains(words, autoescape=True)).limit(1)).first()
        for column in columns
    )


def _found_in(file: Path, traces: Sequence[Trace]) -> list[Trace]:
    found: dict[Trace, None] = {}
    overlap = max((len(each.data) for each in traces), default=1)
    with file.open("rb") as opened:
        held = b""
        while chunk := opened.read(_CHUNK):
            held = held[-overlap:] + chunk
            found |= {each: None for each in traces if each not in found and each.data in held}
    return list(found)
