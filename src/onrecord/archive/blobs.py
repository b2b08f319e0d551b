"""Texts and annotations as bytes of the database, and back.

A text is compressed as it is. Of annotations the positions are kept and no words, but for names: the document's own
fields stand in other columns, and :func:`annotations_of` puts the two together again.
"""

from __future__ import annotations

import zlib
from typing import Final

import msgspec

from onrecord.annotation import Annotations
from onrecord.document import Block, Document, ReadingNote, TimedCue

CODEC: Final = "zlib"
DAMAGED: Final = (zlib.error, msgspec.DecodeError, UnicodeDecodeError)
"""What is raised where bytes are not those that were kept."""


class Form(msgspec.Struct, frozen=True, omit_defaults=True, array_like=True):
    """What reading knows of a text's form: blocks, the times of a recording, notes."""

    blocks: tuple[Block, ...] = ()
    cues: tuple[TimedCue, ...] = ()
    notes: tuple[ReadingNote, ...] = ()


def packed_text(text: str) -> bytes:
    """Compress a text."""
    return zlib.compress(text.encode())


def unpacked_text(body: bytes) -> str:
    """Give a text back."""
    return zlib.decompress(body).decode()


def packed_form(document: Document) -> bytes | None:
    """Encode a document's form as it was read; ``None`` where there is nothing to know."""
    form = Form(document.blocks, document.cues, document.notes)
    return zlib.compress(msgspec.msgpack.encode(form)) if form != Form() else None


def unpacked_form(form: bytes | None) -> Form:
    """Give a document's form back."""
    return Form() if form is None else msgspec.msgpack.decode(zlib.decompress(form), type=Form)


def packed_annotations(annotations: Annotations) -> bytes:
    """Encode what was found: the document is left out but for what annotation adds to it (blocks, a date)."""
    found = annotations.document
    bare = Document("", "", kind=found.kind, published=found.published, blocks=found.blocks)
    return zlib.compress(msgspec.msgpack.encode(msgspec.structs.replace(annotations, document=bare)))


def unpacked_annotations(record: bytes, document: Document) -> Annotations:
    """Give annotations back, of the document that they were found in."""
    found = msgspec.msgpack.decode(zlib.decompress(record), type=Annotations)
    added = {"published": found.document.published, "blocks": found.document.blocks}
    return msgspec.structs.replace(found, document=msgspec.structs.replace(document, **added))
