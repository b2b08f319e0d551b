"""How the words of a report stand to what was said: verdicts, flags, edits and passages."""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.document import Span

Verdict = Literal[
    "verbatim",
    "trimmed",
    "cleaned",
    "bracketed",
    "elided-marked",
    "elided-seam",
    "elided-silent",
    "altered-function",
    "altered-content",
    "spliced",
    "paraphrase-in-quotes",
    "misattributed",
    "not-found",
    "unchecked",
    "reports-differ",
    "reports-agree",
]
VERDICTS: tuple[Verdict, ...] = (
    "verbatim",
    "trimmed",
    "cleaned",
    "bracketed",
    "elided-marked",
    "elided-seam",
    "elided-silent",
    "altered-function",
    "altered-content",
    "spliced",
    "paraphrase-in-quotes",
    "misattributed",
)
"""The verdicts on a quotation that was found, mildest first."""
ACCUSING: frozenset[Verdict] = frozenset(
    {"altered-function", "altered-content", "spliced", "paraphrase-in-quotes", "misattributed"}
)
"""Verdicts that say that words were not spoken so: they need the strongest evidence."""
Flag = Literal[
    "qualifier-lost",
    "number-changed",
    "negation-changed",
    "name-changed",
    "person-shifted",
    "transcript-may-mishear",
    "occasion-in-doubt",
    "figure-unsupported",
    "name-unsupported",
    "negation-unsupported",
]
UncheckedReason = Literal[
    "too-short",
    "too-long",
    "weak-match",
    "transcript-partial",
    "transcript-unpunctuated",
    "transcript-no-speakers",
    "no-turns-of-speaker",
    "speaker-unnamed",
    "speaker-unclear",
    "other-occasion",
    "said-elsewhere",
    "quoted-there",
    "paraphrase",
    "little-in-common",
]
"""Why a quotation is left ``unchecked``."""
HARMS: tuple[Flag, ...] = (
    "qualifier-lost",
    "number-changed",
    "negation-changed",
    "name-changed",
    "person-shifted",
)
"""The flags that say how a wording changed the sense: what a reader must see first."""
EditKind = Literal["equal", "insert", "delete", "replace", "filler", "bracket", "ellipsis", "seam"]


class Edit(msgspec.Struct, frozen=True):
    """One step from the other wording to the document's; a side without words has an empty span at its place."""

    op: EditKind
    document: Span
    other: Span


class Passage(msgspec.Struct, frozen=True):
    """Words of another document that a quotation was held against; ``document`` is that document's id."""

    document: str
    start: int
    end: int
    speaker: str | None = None
    label: Span | None = None


class Wording(msgspec.Struct, frozen=True):
    """How a quotation's words stand to the passages they were held against, on four axes and as one verdict.

    ``confidence`` is the chance, in 0 to 1, that so good an alignment is no accident. ``reason`` says why a quotation
    is ``unchecked``; it is ``None`` under every other verdict.
    """

    verdict: Verdict
    passages: tuple[Passage, ...] = ()
    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()
    extent: Verdict | None = None
    marking: Verdict | None = None
    words: Verdict | None = None
    speaker: Verdict | None = None
    confidence: float = 0.0
    reason: UncheckedReason | None = None


class Consensus(msgspec.Struct, frozen=True):
    """The wording that most reports of a statement share, and how many independent reports have it; never the truth."""

    document: str
    span: Span
    reports: int
