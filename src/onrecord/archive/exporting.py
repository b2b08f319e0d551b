"""Writes an archive out: every version with what was found in it as JSON lines, attributions as a Parquet table.

The order is that of keys and numbers, so that two archives that hold the same give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from onrecord.archive import schema
from onrecord.archive.days import day_of
from onrecord.archive.stored import annotations_at, version_at
from onrecord.errors import MissingExtraError
from onrecord.publishers.records import annotations_record, encode

_ROWS: Final = 20_000


class ExportedVersion(msgspec.Struct, frozen=True):
    """One version of a document: ``record`` is what ``onrecord annotate`` writes, ``None`` where nothing was found."""

    key: str
    version: int
    current: bool
    seen: str
    document: dict[str, Any]
    record: Any


def lines(connection: Connection) -> Iterator[bytes]:
    """Give a line of JSON for each version of each document, in the order of keys."""
    document, version = schema.document, schema.version
    asked = (
        select(document.c.key, document.c.current, document.c.indexed, version.c.id)
        .join(version, version.c.document == document.c.id)
        .order_by(document.c.key, version.c.number)
    )
    for row in connection.execute(asked).all():
        one = version_at(connection, row.id)
        current = row.id == row.current
        found = annotations_at(connection, one, row.indexed if current else None)
        record = annotations_record(found) if found is not None else None
        bare = msgspec.to_builtins(one.document) if record is None else {}
        yield encode(ExportedVersion(row.key, one.number, current, one.seen, bare, record)) + b"\n"


def parquet(connection: Connection, file: Path) -> int:
    """Write the attributions of the current versions as a Parquet table; give how many there are.

    Raises MissingExtraError without pyarrow (the extra ``tables``).
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        import pyarrow.parquet as pq  # noqa: PLC0415 - likewise
    except ImportError:
        raise MissingExtraError("pyarrow", "tables") from None
    text, number = pa.string(), pa.int64()
    fields = [("day", text), ("key", text), ("outlet", text), ("speaker", text), ("speaker_id", number), ("act", text)]
    fields += [("form", text), ("start", number), ("end", number), ("words", text)]
    table = pa.schema(fields)
    written = 0
    with pq.ParquetWriter(file, table) as writer:
        for part in _rows(connection):
            writer.write_table(pa.Table.from_pylist(part, schema=table))
            written += len(part)
    return written


def _rows(connection: Connection) -> Iterator[list[dict[str, Any]]]:
    a, document = schema.attribution, schema.document
    asked = (
        select(a, document.c.key, schema.outlet.c.name.label("outlet_name"), schema.name.c.name.label("speaker_name"))
        .join(document, document.c.id == a.c.document)
        .outerjoin(schema.outlet, schema.outlet.c.id == a.c.outlet)
        .outerjoin(schema.name, schema.name.c.id == a.c.name)
        .order_by(document.c.key, a.c.start, a.c.end, a.c.local)
    )
    found = connection.execution_options(yield_per=_ROWS).execute(asked)
    for part in found.partitions(_ROWS):
        yield [
            {
                "day": day_of(row.id),
                "key": row.key,
                "outlet": row.outlet_name,
                "speaker": row.speaker_name,
                "speaker_id": row.speaker,
                "act": row.act,
                "form": row.form,
                "start": row.start,
                "end": row.end,
                "words": row.words,
            }
            for row in part
        ]
