"""Gives back what is kept: documents, versions, annotations, words of the index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, select

from onrecord.annotation import Annotations
from onrecord.archive import blobs, schema
from onrecord.archive.keys import key_of
from onrecord.document import Document, Published
from onrecord.errors import UsageError


class StoredVersion(NamedTuple):
    """One version of a document: its number, since when it is known, and the document as it was read."""

    id: int
    number: int
    seen: str
    document: Document


def text_of(connection: Connection, version: int) -> str:
    """Give the text of a version."""
    text = schema.text
    asked = select(text.c.body).join(schema.version, schema.version.c.text == text.c.sha256)
    return blobs.unpacked_text(connection.execute(asked.where(schema.version.c.id == version)).scalar_one())


def document_row(connection: Connection, document: int | str) -> Row[Any]:
    """Find a document by its id, or by its key; raises UsageError where there is none."""
    table = schema.document
    asked = select(table)
    if isinstance(document, int):
        found = connection.execute(asked.where(table.c.id == document)).first()
    else:
        found = connection.execute(asked.where(table.c.key == key_of(Document(document, "", url=document)))).first()
    if found is None:
        raise UsageError(f"The archive has no document {document}.")
    return found


def document_id(connection: Connection, document: int | str) -> int:
    """Find the id of a document, as :func:`document_row` does."""
    return int(document_row(connection, document).id)


def keys_of(connection: Connection, documents: Sequence[int]) -> list[str]:
    """Give the keys of documents, sorted."""
    table = schema.document
    return sorted(connection.execute(select(table.c.key).where(table.c.id.in_(documents))).scalars())


def keys_by_id(connection: Connection, documents: Sequence[int]) -> dict[int, str]:
    """Give the keys of documents, by their ids."""
    table = schema.document
    asked = select(table.c.id, table.c.key).where(table.c.id.in_(documents))
    return {row.id: row.key for row in connection.execute(asked)}


def versions_of(connection: Connection, document: int) -> list[StoredVersion]:
    """List the versions of a document, the first one first."""
    asked = _versions().where(schema.version.c.document == document).order_by(schema.version.c.number)
    return [_version(row) for row in connection.execute(asked)]


def version_at(connection: Connection, version: int) -> StoredVersion:
    """Give one version by its id."""
    return _version(connection.execute(_versions().where(schema.version.c.id == version)).one())


def annotations_at(connection: Connection, version: StoredVersion, run: int | None = None) -> Annotations | None:
    """Give what was found in a version, by the run that is given or the latest; ``None`` where nothing was."""
    table = schema.annotation_run
    asked = select(table.c.record).where(table.c.version == version.id, table.c.record.is_not(None))
    asked = asked.where(table.c.id == run) if run is not None else asked.order_by(table.c.id.desc()).limit(1)
    record = connection.execute(asked).scalar()
    return None if record is None else blobs.unpacked_annotations(record, version.document)


def _versions() -> Select[Any]:
    version, document, text, outlet = schema.version, schema.document, schema.text, schema.outlet
    return (
        select(version, document.c.kind, outlet.c.name.label("outlet_name"), text.c.body)
        .join(document, document.c.id == version.c.document)
        .join(text, text.c.sha256 == version.c.text)
        .outerjoin(outlet, outlet.c.id == document.c.outlet)
    )


def _version(row: Row[Any]) -> StoredVersion:
    form = blobs.unpacked_form(row.form)
    document = Document(
        id=row.name,
        text=blobs.unpacked_text(row.body),
        kind=row.kind,
        title=row.title,
        outlet=row.outlet_name,
        byline=row.byline,
        published=Published(row.published, row.published_from) if row.published is not None else None,
        url=row.url,
        blocks=form.blocks,
        cues=form.cues,
        notes=form.notes,
    )
    return StoredVersion(row.id, row.number, row.seen, document)
