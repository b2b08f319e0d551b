"""What a search shows of each thing found: the words in their sentence, the cue, who says it, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from onrecord.annotation import Act, Form
from onrecord.archive import blobs, schema
from onrecord.archive.days import day_of
from onrecord.document import Span


class Hit(msgspec.Struct, frozen=True):
    """An attribution that was found; positions are characters of the document's text.

    ``sentence`` is where the words stand, ``context`` the text of it; ``words`` are those of the content. ``speaker``
    is the name that the document gives, ``speaker_clear`` whether it is sure enough to be shown as a finding,
    ``speaker_id`` the speaker of the archive. ``day`` is that of publication; where ``dated`` is false, the day on
    which the document was first seen.
    """

    id: int
    document: int
    key: str
    version: int
    attribution: str
    title: str | None
    outlet: str | None
    day: str
    dated: bool
    act: Act
    form: Form
    speaker: str | None
    speaker_clear: bool
    speaker_id: int | None
    start: int
    end: int
    cue: Span | None
    sentence: Span
    context: str
    words: str

    @property
    def link(self) -> str:
        """Where the words stand: the document's key with the characters (RFC 5147)."""
        return f"{self.key}#char={self.start},{self.end}"


def hits_of(connection: Connection, ids: Sequence[int]) -> tuple[Hit, ...]:
    """Give the attributions with these ids, in this order."""
    if not ids:
        return ()
    a, run, version = schema.attribution, schema.annotation_run, schema.version
    asked = (
        select(
            a,
            version.c.number,
            version.c.title,
            version.c.published,
            version.c.seen,
            schema.document.c.key,
            schema.outlet.c.name.label("outlet_name"),
            schema.name.c.name.label("speaker_name"),
            schema.text.c.sha256,
            schema.text.c.body,
        )
        .join(run, run.c.id == a.c.run)
        .join(version, version.c.id == run.c.version)
        .join(schema.document, schema.document.c.id == a.c.document)
        .join(schema.text, schema.text.c.sha256 == version.c.text)
        .outerjoin(schema.outlet, schema.outlet.c.id == a.c.outlet)
        .outerjoin(schema.name, schema.name.c.id == a.c.name)
        .where(a.c.id.in_(ids))
    )
    texts: dict[bytes, str] = {}
    found = {}
    for row in connection.execute(asked):
        if row.sha256 not in texts:
            texts[row.sha256] = blobs.unpacked_text(row.body)
        found[row.id] = _hit(row, texts[row.sha256])
    return tuple(found[each] for each in ids if each in found)


def _hit(row: Row[Any], text: str) -> Hit:
    sentence = Span(row.sentence_start, row.sentence_end)
    return Hit(
        id=row.id,
        document=row.document,
        key=row.key,
        version=row.number,
        attribution=row.local,
        title=row.title,
        outlet=row.outlet_name,
        day=day_of(row.id),
        dated=row.published is not None or day_of(row.id) != row.seen[:10],
        act=row.act,
        form=row.form,
        speaker=row.speaker_name,
        speaker_clear=row.clear,
        speaker_id=row.speaker,
        start=row.start,
        end=row.end,
        cue=Span(row.cue_start, row.cue_end) if row.cue_start is not None else None,
        sentence=sentence,
        context=sentence.of(text),
        words=row.words,
    )
