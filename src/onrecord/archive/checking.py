"""Looks whether an archive is whole: files, texts, versions, annotations, index; says each fault in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, exists, func, select

from onrecord.archive import blobs, keys, schema, word_index
from onrecord.archive.engine import reading, writing
from onrecord.archive.stored import annotations_at, version_at


def check(engine: Engine, *, texts: bool = True) -> list[str]:
    """Say what is wrong with an archive, a sentence each; nothing where it is whole.

    ``texts`` says whether each text is held against its checksum, and each annotation decoded, which takes the most
    time (some 2,000 documents a second).
    """
    found: list[str] = []
    with writing(engine) as connection:  # SQLite's index is asked to look at itself by a statement that writes
        if engine.dialect.name == "sqlite":
            found += _sqlite(connection)
        found += word_index.faults(connection)
    with reading(engine) as connection:
        found += _documents(connection)
        found += _counters(connection)
        if texts:
            found += _texts(connection)
            found += _annotations(connection)
    return found


def _sqlite(connection: Connection) -> Iterator[str]:
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield f"The database is damaged: {said}."
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        yield f"A row of {row[0]} belongs to none of {row[2]}."


def _documents(connection: Connection) -> Iterator[str]:
    document, version, run = schema.document, schema.version, schema.annotation_run
    current = exists(select(1).where(version.c.id == document.c.current, version.c.document == document.c.id))
    for key in connection.execute(select(document.c.key).where(~current)).scalars():
        yield f"{key} has no current version."
    indexed = exists(select(1).where(run.c.id == document.c.indexed, run.c.version == document.c.current))
    for key in connection.execute(select(document.c.key).where(document.c.indexed.is_not(None), ~indexed)).scalars():
        yield f"{key} is indexed by what was found in another version."
    stray = ~exists(select(1).where(document.c.indexed == schema.attribution.c.run))
    number = connection.execute(select(func.count()).select_from(schema.attribution).where(stray)).scalar()
    if number:
        yield f"{number} attributions in the index are not of the current version."
    unused = ~exists(select(1).where(version.c.text == schema.text.c.sha256))
    number = connection.execute(select(func.count()).select_from(schema.text).where(unused)).scalar()
    if number:
        yield f"{number} texts belong to no version."


def _counters(connection: Connection) -> Iterator[str]:
    following = {row.name: row.next for row in connection.execute(select(schema.counter))}
    for name in schema.COUNTED:
        table = schema.TABLES.tables[name]
        column = table.c.seq if name == "change" else table.c.id
        last = connection.execute(select(func.max(column))).scalar() or 0
        if name != "attribution" and last >= following[name]:
            yield f"The ids of {name} would be used again: {last} is taken, and {following[name]} comes next."


def _texts(connection: Connection) -> Iterator[str]:
    for row in connection.execution_options(yield_per=200).execute(select(schema.text)):
        try:
            whole = keys.checksum(blobs.unpacked_text(row.body)) == row.sha256
        except blobs.DAMAGED:
            whole = False
        if not whole:
            yield f"The text {row.sha256.hex()[:12]} is not the one that was kept."


def _annotations(connection: Connection) -> Iterator[str]:
    document, attribution = schema.document, schema.attribution
    counted = select(attribution.c.run, func.count().label("rows")).group_by(attribution.c.run).subquery()
    asked = select(document, counted.c.rows).outerjoin(counted, counted.c.run == document.c.indexed)
    asked = asked.join(schema.version, schema.version.c.id == document.c.current)
    for row in connection.execute(asked.where(document.c.indexed.is_not(None))).all():
        try:
            found = annotations_at(connection, version_at(connection, row.current), row.indexed)
        except blobs.DAMAGED:
            yield f"What was found in {row.key} cannot be read."
            continue
        expected = len(found.attributions) if found is not None else 0
        if expected != (row.rows or 0):
            yield f"{row.key} has {expected} attributions, and {row.rows or 0} in the index."
