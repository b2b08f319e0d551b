"""Takes away what nobody asks for any more: annotations of former annotators, and names that nobody bears."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select

from onrecord.archive import schema
from onrecord.archive.naming import drop_unborne


class Pruned(NamedTuple):
    """How much was, or would be, taken away."""

    annotation_runs: int
    names: int


def would_prune(connection: Connection) -> Pruned:
    """Count what :func:`prune` would take away."""
    runs = connection.execute(select(func.count()).select_from(schema.annotation_run).where(_superseded())).scalar_one()
    name = schema.name
    run, mention = schema.annotation_run, schema.mention
    borne = select(1).select_from(mention).join(run, run.c.id == mention.c.run).where(mention.c.name == name.c.id)
    unborne = ~exists(borne.where(~_superseded()))
    return Pruned(runs, connection.execute(select(func.count()).select_from(name).where(unborne)).scalar_one())


def prune(connection: Connection) -> Pruned:
    """Delete the annotation runs that are not in the index and that a later one has taken the place of."""
    run = schema.annotation_run
    gone = connection.execute(delete(run).where(_superseded())).rowcount
    return Pruned(gone, len(drop_unborne(connection)))


def _superseded() -> ColumnElement[bool]:
    run = schema.annotation_run
    later = run.alias()
    indexed = exists(select(1).where(schema.document.c.indexed == run.c.id))
    newer = exists(
        select(1).where(later.c.version == run.c.version, later.c.id > run.c.id, later.c.record.is_not(None))
    )
    return newer & ~indexed
