"""Stories of the archive: which documents are compared as one, and every comparison as a revision that can be cited.

A comparison reads the annotations that stand in the index. It is due again when a document joins, is edited or is
annotated anew; the former revisions stay as they were. What is kept of one are positions, and no text: the versions
that it read are named beside it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from onrecord.annotation import Annotations
from onrecord.archive import blobs, schema
from onrecord.archive.landing import Landing
from onrecord.archive.stored import annotations_at, version_at
from onrecord.errors import UsageError
from onrecord.readers.identity import with_own_ids
from onrecord.story import Story


class Input(NamedTuple):
    """A document that a comparison read: its id, its version's and its annotation run's."""

    document: int
    version: int
    run: int


class Shelved(msgspec.Struct, frozen=True):
    """A story: its documents by key, its newest revision (0: none yet), and whether it is to be compared again."""

    id: int
    title: str | None
    opened: str
    documents: tuple[str, ...]
    revision: int
    due: bool


class _Body(msgspec.Struct, frozen=True, array_like=True):
    """A story as it is kept: each document's two ids, in archive and story, with what was found in it; the rest."""

    documents: tuple[tuple[int, str, bytes], ...]
    story: Story


def open_story(connection: Connection, documents: Sequence[int], title: str | None, now: str) -> int:
    """Open a story with these documents; raises UsageError where one is in another, or none is given."""
    if not documents:
        raise UsageError("A story has at least one document: name some.")
    landing = Landing(connection, now)
    number = landing.take("story")
    connection.execute(insert(schema.story), {"id": number, "title": title, "opened": now})
    landing.changed("story-opened", number)
    landing.write()
    join(connection, number, documents)
    return number


def join(connection: Connection, story: int, documents: Sequence[int]) -> None:
    """Let documents join a story; raises UsageError where one is in another story."""
    table = schema.story_member
    _one(connection, story)
    for document in documents:
        there = connection.execute(select(table.c.story).where(table.c.document == document)).scalar()
        if there not in {None, story}:
            raise UsageError(f"Document {document} is in story {there} already.")
        if there is None:
            connection.execute(insert(table), {"document": document, "story": story})


def leave(connection: Connection, document: int) -> None:
    """Take a document out of its story."""
    connection.execute(delete(schema.story_member).where(schema.story_member.c.document == document))


def _one(connection: Connection, story: int) -> Any:
    row = connection.execute(select(schema.story).where(schema.story.c.id == story)).first()
    if row is None:
        raise UsageError(f"The archive has no story {story}.")
    return row


def inputs(connection: Connection, story: int) -> list[Input]:
    """List what a comparison would read: the members that are annotated, by ids; UsageError for no story."""
    _one(connection, story)
    member, document, run = schema.story_member, schema.document, schema.annotation_run
    asked = (
        select(document.c.id, document.c.current, document.c.indexed)
        .join(member, member.c.document == document.c.id)
        .join(run, run.c.id == document.c.indexed)
        .where(member.c.story == story, run.c.record.is_not(None))
        .order_by(document.c.id)
    )
    return [Input(*row) for row in connection.execute(asked)]


def read_inputs(connection: Connection, chosen: Sequence[Input]) -> list[Annotations]:
    """Give the annotations that a comparison reads, in order, each document under an id of its own."""
    found = [annotations_at(connection, version_at(connection, each.version), each.run) for each in chosen]
    present = [each for each in found if each is not None]
    assert len(present) == len(chosen)
    named = with_own_ids([each.document for each in present])
    return [msgspec.structs.replace(each, document=own) for each, own in zip(present, named, strict=True)]


def shelf(connection: Connection, *, due: bool = False) -> list[Shelved]:
    """List the stories, the newest first; only those that are to be compared again, if asked."""
    asked = select(schema.story).order_by(schema.story.c.id.desc())
    found = [_shelved(connection, row) for row in connection.execute(asked).all()]
    return [each for each in found if each.due or not due]


def _shelved(connection: Connection, row: Any) -> Shelved:
    member, document, revision = schema.story_member, schema.document, schema.story_revision
    named = select(document.c.key).join(member, member.c.document == document.c.id).where(member.c.story == row.id)
    last = select(revision).where(revision.c.story == row.id).order_by(revision.c.number.desc()).limit(1)
    newest = connection.execute(last).first()
    now = inputs(connection, row.id)
    due = bool(now) and (newest is None or _decoded(newest.inputs) != now)
    keys = tuple(sorted(connection.execute(named).scalars()))
    return Shelved(row.id, row.title, row.opened, keys, newest.number if newest is not None else 0, due)


def _decoded(listed: str) -> list[Input]:
    return [Input(*each) for each in msgspec.json.decode(listed, type=list[tuple[int, int, int]])]


def revise(connection: Connection, story: int, read: Mapping[str, Input], compared: Story, now: str) -> int | None:
    """Keep a comparison as the story's next revision, and what it says of what is searched; give its number.

    ``read`` are the inputs by the ids that the documents have in the story. ``None``, and nothing is kept, where a
    document has changed since it was read, or the newest revision read the same.
    """
    newest = _shelved(connection, _one(connection, story))
    if not newest.due or list(read.values()) != inputs(connection, story):
        return None
    number = newest.revision + 1
    listed = msgspec.json.encode(list(read.values())).decode()
    values = {"story": story, "number": number, "inputs": listed, "body": _packed(compared, read), "at": now}
    connection.execute(insert(schema.story_revision), values)
    _index(connection, story, read, compared)
    landing = Landing(connection, now)
    landing.changed("story-revised", story)
    landing.write()
    return number


def _packed(story: Story, read: Mapping[str, Input]) -> bytes:
    documents = tuple((read[each.id].document, each.id, blobs.packed_annotations(each)) for each in story.documents)
    return zlib.compress(msgspec.msgpack.encode(_Body(documents, msgspec.structs.replace(story, documents=()))))


def _index(connection: Connection, story: int, read: Mapping[str, Input], compared: Story) -> None:
    """Note what the comparison says of each attribution that is searched."""
    verdicts: dict[tuple[str, str], str | None] = {
        (variant.document, variant.attribution): variant.wording.verdict if variant.wording is not None else None
        for statement in compared.statements
        for variant in statement.variants
    }
    contradicted = set(_contradicted(compared))
    a = schema.attribution
    rows = []
    for document, attribution in sorted(verdicts.keys() | contradicted):
        local = attribution.removeprefix(f"{document}.")
        asked = select(a.c.id).where(a.c.run == read[document].run, a.c.local == local)
        if (found := connection.execute(asked).scalar()) is not None:
            key = (document, attribution)
            row = {"attribution": found, "story": story, "verdict": verdicts.get(key)}
            rows.append({**row, "contradicted": key in contradicted})
    connection.execute(delete(schema.verdict).where(schema.verdict.c.story == story))
    if rows:
        connection.execute(insert(schema.verdict), rows)


def _contradicted(story: Story) -> Iterator[tuple[str, str]]:
    """Give the attributions, by document, that carry a figure which another report contradicts."""
    figures = {(each.id, figure.id): figure for each in story.documents for figure in each.figures}
    for group in story.figure_groups:
        if group.verdict == "conflict":
            for member in group.figures:
                figure = figures.get((member.document, member.figure))
                if figure is not None and figure.attribution is not None:
                    yield member.document, figure.attribution


def load(connection: Connection, story: int, revision: int | None = None) -> tuple[int, str, Story]:
    """Give a revision of a story, the newest if none is named: its number, when it was made, and the story.

    Raises UsageError where there is none.
    """
    table = schema.story_revision
    _one(connection, story)
    asked = select(table).where(table.c.story == story).order_by(table.c.number.desc()).limit(1)
    row = connection.execute(asked.where(table.c.number == revision) if revision is not None else asked).first()
    if row is None:
        raise UsageError(f"Story {story} has no revision {revision or 'yet: compare it first'}.")
    body = msgspec.msgpack.decode(zlib.decompress(row.body), type=_Body)
    versions = {each.document: each.version for each in _decoded(row.inputs)}
    documents = []
    for document, name, packed in body.documents:
        read = version_at(connection, versions[document]).document
        documents.append(blobs.unpacked_annotations(packed, msgspec.structs.replace(read, id=name)))
    return row.number, row.at, msgspec.structs.replace(body.story, documents=tuple(documents))


def forget(connection: Connection, documents: Sequence[int]) -> None:
    """Take documents that are erased out of stories, with every revision that read one of them."""
    revision, gone = schema.story_revision, set(documents)
    member = schema.story_member
    asked = select(member.c.story).where(member.c.document.in_(gone)).distinct()
    touched = set(connection.execute(asked).scalars())
    for row in connection.execute(select(revision.c.story, revision.c.number, revision.c.inputs)).all():
        if gone & {each.document for each in _decoded(row.inputs)}:
            where = (revision.c.story == row.story, revision.c.number == row.number)
            connection.execute(delete(revision).where(*where))
            touched.add(row.story)
    connection.execute(delete(member).where(member.c.document.in_(gone)))
    for story in touched:
        left = connection.execute(select(func.count()).select_from(member).where(member.c.story == story)).scalar()
        if not left:
            connection.execute(delete(schema.story).where(schema.story.c.id == story))
