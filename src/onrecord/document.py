"""Documents: what was read, letter for letter, and where its parts stand.

Positions are Python string indices into :attr:`Document.text`, end exclusive. They are never counted in bytes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, Literal

import msgspec

_INNER: Final = frozenset({"dateline", "byline", "credit"})
_SURROGATES: Final = re.compile("[\ud800-\udfff]")

DocumentKind = Literal["report", "transcript"]
DateOrigin = Literal["caller", "metadata", "byline", "dateline", "address"]
BlockKind = Literal[
    "headline",
    "repeated-headline",
    "subheading",
    "byline",
    "dateline",
    "caption",
    "credit",
    "paragraph",
    "block-quotation",
    "read-more",
    "turn",
    "turn-label",
]


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of a document's text: ``text[start:end]``, in characters."""

    start: int
    end: int

    def __len__(self) -> int:
        """Count the characters covered."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """Look the words up in the text that the span belongs to."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Return whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


class Block(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of a document and what it is; blocks stand in order and do not overlap, datelines and credits excepted.

    A dateline, a byline or a credit may stand inside the paragraph or caption that carries it. A ``turn`` covers the
    words spoken; ``speaker`` is then the label as printed or given by the caller, ``None`` where nobody says.
    """

    kind: BlockKind
    start: int
    end: int
    speaker: str | None = None

    @property
    def span(self) -> Span:
        """The block's place in the text."""
        return Span(self.start, self.end)


def misplaced(blocks: Sequence[Block], text: str) -> str | None:
    """Say what is wrong with where blocks stand: outside the text, or over one another; ``None`` where nothing is.

    Only a dateline, a byline or a credit may stand inside another block.
    """
    around: Block | None = None
    for block in sorted(blocks, key=lambda block: (block.start, -block.end)):
        if not 0 <= block.start < block.end <= len(text):
            return "lie outside its text"
        if around is not None and block.start < around.end:
            if block.kind not in _INNER or block.end > around.end:
                return "overlap"
        else:
            around = block
    return None


class Published(msgspec.Struct, frozen=True, rename={"origin": "from"}):
    """When a document was published: an ISO 8601 day (or date and time), and where that was read."""

    value: str
    origin: DateOrigin

    @property
    def day(self) -> str:
        """The ISO 8601 day alone, ``YYYY-MM-DD``."""
        return self.value[:10]


ReadingNote = Literal[
    "cues-joined",
    "speaker-inferred",
    "line-numbers-removed",
    "running-heads-removed",
    "hyphenation-joined",
    "entities-decoded",
    "double-encoding-repaired",
    "soft-hyphens-removed",
    "struck-text-left-out",
    "stub",
    "several-articles",
]
"""What reading did to a text before it became :attr:`Document.text`, or what it noticed of the source."""


class TimedCue(msgspec.Struct, frozen=True):
    """Characters ``start`` to ``end`` of the text are said from ``begin`` to ``until``, in seconds of the recording."""

    start: int
    end: int
    begin: float
    until: float | None = None


class Document(msgspec.Struct, frozen=True):
    """One report or transcript: its text and what is known of it. ``id`` is unique in a story.

    ``cues`` are the times of a transcript that has them, in order; ``notes`` what reading repaired or noticed.
    """

    id: str
    text: str
    kind: DocumentKind = "report"
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: Published | None = None
    url: str | None = None
    blocks: tuple[Block, ...] = ()
    cues: tuple[TimedCue, ...] = ()
    notes: tuple[ReadingNote, ...] = ()

    def __post_init__(self) -> None:
        """Put U+FFFD for each lone surrogate, which no encoding can write: one character for one, so positions hold."""
        for field in ("id", "text", "title", "outlet", "byline", "url"):
            value = getattr(self, field)
            if value and (clean := sound(value)) is not value:
                msgspec.structs.force_setattr(self, field, clean)

    def second(self, position: int) -> float | None:
        """Return the second of the recording at which the character is said; ``None`` where no cue holds it."""
        index = bisect_right(self.cues, position, key=lambda cue: cue.start) - 1
        if index < 0 or position >= self.cues[index].end:
            return None
        return self.cues[index].begin


def sound(text: str) -> str:
    """Put U+FFFD for each lone surrogate of a text or a name; what has none is given back as it is."""
    return text if text.isascii() or not _SURROGATES.search(text) else _SURROGATES.sub("\ufffd", text)
