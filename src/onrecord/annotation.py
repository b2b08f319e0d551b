"""Annotations: what is found in one document by itself.

Stages of :mod:`onrecord.annotators` fill them in order: blocks, sentences, attributions, speakers, sourcing, figures,
dates. Nothing here copies text; every record points at it.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from onrecord.document import Document, Span

Act = Literal["utterance", "attitude"]
Form = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["person", "organisation", "group", "document", "unnamed"]
Resolution = Literal["name", "pronoun", "description", "inferred"]
LinkKind = Literal[
    "witnessed",
    "primary-document",
    "statement",
    "outlet-pickup",
    "agency-copy",
    "undeclared-reuse",
    "anonymous",
    "vague",
    "unsourced",
    "circular",
]
AttributionReason = Literal[
    "no-cue",
    "no-source",
    "no-cue-no-source",
    "continued-quotation",
    "colon",
    "dash-byline",
    "according-to",
    "poll",
]
DateReason = Literal[
    "absolute",
    "year-from-anchor",
    "weekday",
    "relative",
    "holiday",
    "dateline",
    "no-anchor",
    "ambiguous",
]


class Speaker(msgspec.Struct, frozen=True):
    """Somebody or something that utters, in one document.

    ``name`` is the fullest form that the document gives, without title; for an unnamed source its description.
    ``aliases`` are the other forms found. ``gender`` is ``"m"``, ``"f"`` or ``None``, as the text shows it.
    """

    id: str
    name: str
    kind: SpeakerKind
    titles: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    aliases: tuple[str, ...] = ()
    gender: Literal["m", "f"] | None = None


class Link(msgspec.Struct, frozen=True):
    """One step of the chain through which a document says it has something; ``start, end`` is the evidence.

    ``name`` is the fullest form that the document prints, ``outlet`` the one name of an outlet that has several.
    ``confidence`` is the chance, in 0 to 1, that the words came this way.
    """

    name: str
    kind: LinkKind
    start: int
    end: int
    declared: bool = True
    outlet: str | None = None
    confidence: float = 1.0


class Attribution(msgspec.Struct, frozen=True):
    """Content credited to a source by a cue, within one document.

    ``content`` holds one span or more, in text order. ``reason`` says why cue or source is missing, or by what sign
    other than a verb the two were joined. ``speaker`` is an id of the same document's speakers. ``via`` is ordered,
    nearest to the document first. ``within`` is the id of the attribution whose content holds this one. ``confidence``
    is the chance, in 0 to 1, that the content is credited at all. ``resolution`` says by what the speaker was found: a
    name or title that the text prints, a pronoun, a description, or nothing printed (``inferred``);
    ``speaker_confidence`` is the chance, in 0 to 1, that the speaker is right, and ``speaker_clear`` whether that meets
    the threshold under which no name is shown as a finding; ``via_clear`` says the same of the chain in ``via``.
    """

    id: str
    content: tuple[Span, ...]
    act: Act = "utterance"
    form: Form = "indirect"
    cue: Span | None = None
    source: Span | None = None
    speaker: str | None = None
    via: tuple[Link, ...] = ()
    reason: AttributionReason | None = None
    within: str | None = None
    confidence: float = 1.0
    resolution: Resolution | None = None
    speaker_confidence: float = 1.0
    speaker_clear: bool = True
    via_clear: bool = True

    @property
    def shown_via(self) -> tuple[Link, ...]:
        """The chain of sourcing, where it is sure enough to be shown."""
        return self.via if self.via_clear else ()

    @property
    def extent(self) -> Span:
        """From the first character of its content to the last."""
        return Span(min(s.start for s in self.content), max(s.end for s in self.content))


class Figure(msgspec.Struct, frozen=True):
    """A number with what it counts; ``low`` and ``high`` are inclusive bounds, ``None`` where open.

    ``of`` is the head noun with its modifiers as printed. ``event`` is the lemma of the event it counts in (kill,
    injure, evacuate), ``part_of`` the id of the figure that this one is a declared part of, ``attribution`` the id of
    the attribution that carries it.
    """

    id: str
    start: int
    end: int
    low: float | None
    high: float | None
    approximate: bool = False
    unit: str | None = None
    of: str | None = None
    event: str | None = None
    part_of: str | None = None
    attribution: str | None = None

    @property
    def span(self) -> Span:
        """Where the figure stands, its noun included."""
        return Span(self.start, self.end)


class DateMention(msgspec.Struct, frozen=True):
    """An expression of time and what it means: an ISO 8601 day, month, year or ``start/end``; ``None``: undecided.

    ``confidence`` is the chance, in 0 to 1, that the value is right.
    """

    start: int
    end: int
    value: str | None
    inferred: bool = False
    reason: DateReason = "absolute"
    confidence: float = 1.0

    @property
    def span(self) -> Span:
        """Where the expression stands."""
        return Span(self.start, self.end)


DateDoubtReason = Literal["opening", "text"]
"""What refutes a publication date: a weekday of the opening, told as past, or a later day or month of the text."""


class DateDoubt(msgspec.Struct, frozen=True):
    """Words that speak of what is past on the publication date, and is not."""

    start: int
    end: int
    reason: DateDoubtReason

    @property
    def span(self) -> Span:
        """Where the words stand."""
        return Span(self.start, self.end)


class Annotations(msgspec.Struct, frozen=True):
    """One document with everything found in it.

    ``document`` carries the blocks and, where the text gave one, the publication date. ``provenance`` are the links
    that hold for the document as a whole (an agency byline, a credit in the footer, a URL). ``date_doubt`` is
    what refutes the publication date, where the text does. ``publisher`` is the one name of the outlet
    that published it, by which links of other documents call it.
    """

    document: Document
    sentences: tuple[Span, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    provenance: tuple[Link, ...] = ()
    date_doubt: DateDoubt | None = None
    publisher: str | None = None

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    @property
    def name(self) -> str:
        """What a reader would call it: its outlet (before a mere host, who published it), else its id."""
        outlet = self.document.outlet
        host = outlet is not None and "." in outlet and " " not in outlet
        return (self.publisher if host else None) or outlet or self.publisher or self.id
