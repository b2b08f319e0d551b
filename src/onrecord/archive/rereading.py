"""Annotates documents of the archive anew, by the present annotator, and switches the index over, one at a time.

The former annotations stay until :mod:`.pruning` takes them; the index follows the new ones.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, exists, func, select, update

from onrecord.archive import schema
from onrecord.archive.days import dated, day_number
from onrecord.archive.keeping import drop_indexed
from onrecord.archive.landing import Landing, Place
from onrecord.archive.preparing import Annotator, Run


def count_outdated(connection: Connection, by: Annotator) -> int:
    """Count the documents whose current version this annotator has not read."""
    asked = select(func.count()).select_from(schema.document).where(_unread(connection, by))
    return connection.execute(asked).scalar_one()


def outdated(connection: Connection, by: Annotator, limit: int) -> list[tuple[int, int]]:
    """List such documents with their current versions, by ids, the newest document first."""
    table = schema.document
    asked = select(table.c.id, table.c.current).where(_unread(connection, by)).order_by(table.c.position.desc())
    return [(row.id, row.current) for row in connection.execute(asked.limit(limit))]


def _unread(connection: Connection, by: Annotator) -> ColumnElement[bool]:
    run = schema.annotation_run
    annotator = connection.execute(select(schema.annotator.c.id).filter_by(**by._asdict())).scalar()
    return ~exists(select(1).where(run.c.version == schema.document.c.current, run.c.annotator == (annotator or 0)))


def switch(connection: Connection, document: int, version: int, run: Run, now: str) -> bool:
    """Keep what was found anew in a version, and index it in place of what was found before.

    Where annotating failed, the reason is kept and the index stays. Returns ``False``, and does nothing, where the
    version is no longer the current one, or another process was quicker.
    """
    table = schema.document
    unread = select(table).where(table.c.id == document, table.c.current == version, _unread(connection, run.annotator))
    row = connection.execute(unread).first()
    if row is None:
        return False
    kept = connection.execute(select(schema.version).where(schema.version.c.id == version)).one()
    day = day_number(run.day or kept.published, kept.seen)
    landing = Landing(connection, now)
    number = landing.run(run, version, Place(document, row.key), row.outlet, day)
    if run.failure is None:
        drop_indexed(connection, row.indexed)
        position = dated(day, document)
        connection.execute(update(table).where(table.c.id == document).values(indexed=number, position=position))
    landing.changed("annotated", document)
    landing.write()
    return True
