"""Findings: what is found when the documents of one event are read together, and what a check returns.

Everything points back: a document by its id, an attribution or figure by its id in that document, words by their span.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from onrecord.annotation import Annotations, Form, LinkKind, SpeakerKind
from onrecord.document import Span
from onrecord.wording import Consensus, Passage, Wording

Severity = Literal["ok", "note", "error"]
FigureVerdict = Literal["equal", "compatible", "narrower", "conflict", "different-time"]
CoverageForm = Literal["direct", "mixed", "indirect", "own-voice", "not-reported", "published-before"]


class Variant(msgspec.Struct, frozen=True):
    """One document's version of a statement; ``confidence`` is the chance, in 0 to 1, that it belongs to it."""

    document: str
    attribution: str
    wording: Wording | None = None
    confidence: float = 1.0


Occasion = Literal["heard", "issued", "record", "interview"]


class Terminal(msgspec.Struct, frozen=True):
    """Where a chain of sourcing ends, which documents reach it, and by which kinds of link.

    ``name`` is who or what it is: a speaker, an outlet, a record. ``occasion`` says how a speaker spoke: in the hearing
    of many, in writing to all, on a record among the documents, or to one outlet alone; ``at`` is what the reports call
    it, as printed ("briefing"). Without an occasion, no report says where or to whom it was said.
    """

    name: str
    kind: LinkKind
    documents: tuple[str, ...]
    occasion: Occasion | None = None
    at: str | None = None


class Taking(msgspec.Struct, frozen=True):
    """A document that takes a statement from another of the story; both by id."""

    document: str
    of: str


class Origins(msgspec.Struct, frozen=True):
    """On how many independent sources something rests: between ``low`` and ``high``, and by what that shows.

    Both numbers are made in :mod:`onrecord.comparison.sources.origins` and nowhere else. ``routes`` is the greatest
    number of ways from the documents to the origins that share no stop on the way.
    """

    low: int
    high: int
    terminals: tuple[Terminal, ...]
    routes: int = 0
    takings: tuple[Taking, ...] = ()


class Statement(msgspec.Struct, frozen=True):
    """One utterance, as reported by one document or several. ``speaker`` is an id of the story's speakers.

    ``speaker_clear`` is false where no version names its speaker surely enough to be shown as a finding.
    """

    id: str
    speaker: str | None
    variants: tuple[Variant, ...]
    origins: Origins | None = None
    consensus: Consensus | None = None
    reason: str | None = None
    speaker_clear: bool = True


class StorySpeaker(msgspec.Struct, frozen=True):
    """A speaker shared by the documents of a story; ``members`` are pairs of document id and speaker id in it."""

    id: str
    name: str
    kind: SpeakerKind
    members: tuple[tuple[str, str], ...]
    titles: tuple[str, ...] = ()


class FigureMember(msgspec.Struct, frozen=True):
    """A figure of one document, by ids."""

    document: str
    figure: str


FigureReason = Literal[
    "same",
    "bounds",
    "declared",
    "sum",
    "kind",
    "contrary",
    "zeros",
    "revised",
    "updated",
    "undated",
]
"""Why figures stand as they do: one value; bounds that can all hold; a part by what a document says, by its sum or as a
kind; two values that cannot both hold, or differ by zeros; revised, updated, or perhaps updated: days are unknown."""


class FigureGroup(msgspec.Struct, frozen=True):
    """Figures of several documents with the same referent, and how they stand to each other.

    ``sides`` are the figures by which ``reason`` is explained: the parts and, last, the whole; or the two values that
    cannot both hold; else all figures. ``confidence`` is the chance, in 0 to 1, that they count the same thing and that
    the verdict holds.
    """

    id: str
    of: str
    figures: tuple[FigureMember, ...]
    verdict: FigureVerdict
    reason: FigureReason = "same"
    confidence: float = 1.0
    sides: tuple[tuple[FigureMember, ...], ...] = ()


class ClaimMember(msgspec.Struct, frozen=True):
    """One report's version of a claim, in its own voice; ``differs`` names a detail that it has otherwise."""

    document: str
    start: int
    end: int
    differs: Literal["number", "name", "date", "negation"] | None = None
    confidence: float = 1.0


class Claim(msgspec.Struct, frozen=True):
    """What reports state in their own voice: one fact, with every version of it."""

    id: str
    members: tuple[ClaimMember, ...]


class Reuse(msgspec.Struct, frozen=True):
    """A passage that stands in both documents, outside quotation marks."""

    document: Span
    of: Span


CopyReason = Literal[
    "credits-source",
    "source-is-agency",
    "published-earlier",
    "holds-more",
    "alone-dated",
    "shorter",
    "agency-credit",
    "agency-address",
    "agency-form",
    "common-agency",
]
"""Why one text is taken for the other's: its credit, that the source is the agency that others credit, dates, what each
holds of its own; or, where an agency's own report is not among the documents, by what the text shows the agency."""


class Copy(msgspec.Struct, frozen=True):
    """A document that takes over another's text, or an agency's.

    ``of`` is a document id, or an agency's name where its text is not in the story. ``share`` is the part (0 to 1) of
    the document's own-voice words that the other holds; ``None`` where the two texts were not compared. ``covered``
    counts the words that both have outside quotations. ``beside`` is the id of another print of an agency's text, where
    the agency's own is not there. ``credit`` is
    where the document names the agency. ``declared`` is only what the text says of its own words.
    """

    document: str
    of: str
    evidence: Literal["declared", "undeclared"]
    extent: Literal["whole", "passage"]
    share: float | None
    covered: int = 0
    passages: tuple[Reuse, ...] = ()
    reason: CopyReason | None = None
    beside: str | None = None
    credit: Span | None = None


class CoverageCell(msgspec.Struct, frozen=True):
    """How one report carries one statement or claim."""

    document: str
    form: CoverageForm


class CoverageRow(msgspec.Struct, frozen=True):
    """A statement's or claim's row, with a cell for each report that carries it and for no other.

    A report without a cell was published earlier (``published-before``) where it came out before the day ``since``;
    else it does not carry the item (``not-reported``). The row is ``core`` when most reports that could carry it do.
    """

    item: str
    kind: Literal["statement", "claim"]
    cells: tuple[CoverageCell, ...]
    core: bool
    since: str | None = None


class Voice(msgspec.Struct, frozen=True):
    """A phrase that is quotation in one document and the outlet's own voice in another."""

    phrase: str
    quoted: tuple[Passage, ...]
    own: tuple[Passage, ...]


Stage = Literal["read", "annotate", "compare", "check"]


class Failure(msgspec.Struct, frozen=True):
    """A document that a stage could not take, and the sentence that says why."""

    document: str
    because: str
    stage: Stage = "read"


class Story(msgspec.Struct, frozen=True):
    """The documents of one event with everything that was found in them.

    ``events`` holds the ids of the documents of each event where they report several, and is empty where they report
    one.
    """

    documents: tuple[Annotations, ...]
    speakers: tuple[StorySpeaker, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    figure_groups: tuple[FigureGroup, ...] = ()
    copies: tuple[Copy, ...] = ()
    coverage: tuple[CoverageRow, ...] = ()
    voice: tuple[Voice, ...] = ()
    origins: Origins | None = None
    failures: tuple[Failure, ...] = ()
    events: tuple[tuple[str, ...], ...] = ()

    def tables(self) -> dict[str, Any]:
        """Give Arrow tables by name: documents, attributions, statements, variants, figures, dates, origins.

        Raises MissingExtraError without pyarrow (the extra ``tables``).
        """
        from onrecord.publishers.tables import story_tables  # noqa: PLC0415 - records know no publisher until asked

        return story_tables(self)

    def _repr_html_(self) -> str:
        """Show the story's page in a notebook."""
        from onrecord.publishers.page import as_frame  # noqa: PLC0415 - likewise

        return as_frame(self)


class CheckedQuotation(msgspec.Struct, frozen=True):
    """One quotation of an article held against transcripts; ``span`` runs from first to last mark.

    ``form`` is ``"indirect"`` for a report in the outlet's own words: its figures, names and negations are looked up.
    """

    span: Span
    content: tuple[Span, ...]
    attribution: str | None
    speaker: str | None
    wording: Wording
    severity: Severity
    form: Form = "direct"


Notice = Literal["transcript-partial", "transcript-unpunctuated", "transcript-of-other-day", "transcript-no-speakers"]
"""What an article's check says once, at its top, about the transcripts."""


class Check(msgspec.Struct, frozen=True):
    """One article checked against transcripts; ``notices`` say what limits the verdicts on all of its quotations."""

    document: Annotations
    transcripts: tuple[Annotations, ...]
    quotations: tuple[CheckedQuotation, ...]
    style: str
    notices: tuple[Notice, ...] = ()
