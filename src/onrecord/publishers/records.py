"""The JSON contract: annotations, stories and checks as records, and the JSON Schema that comes from the same types.

Reads: Annotations, Story, Check. Positions are Python string indices into ``text``; ``exact`` repeats the words so that
a reader needs no second file. ``FORMAT_VERSION`` changes when a field changes its meaning or goes.

Version history:
    1   the first
    2   claims (were: assertions); how a speaker was resolved and how sure it is; a confidence for each join, group and
        date; a copy's share is null where the texts were not compared; events, notices, the stage of a failure;
        no timeline; counts; coverage has cells only for reports that carry an item, and since when they could
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from onrecord.annotation import (
    Act,
    Annotations,
    Attribution,
    AttributionReason,
    DateReason,
    Figure,
    Form,
    Link,
    LinkKind,
    Resolution,
    Speaker,
    SpeakerKind,
)
from onrecord.document import Block, Document, DocumentKind, Published, ReadingNote, Span
from onrecord.publishers import counts
from onrecord.publishers.counts import Counts
from onrecord.publishers.figure_words import FigureWords
from onrecord.story import (
    Check,
    CheckedQuotation,
    Copy,
    CoverageRow,
    EditKind,
    Failure,
    FigureVerdict,
    Flag,
    Notice,
    Origins,
    Passage,
    Severity,
    Statement,
    Story,
    StorySpeaker,
    UncheckedReason,
    Verdict,
    Voice,
    Wording,
)

FORMAT_VERSION = 2


class Exact(msgspec.Struct, frozen=True):
    """A span with its words."""

    start: int
    end: int
    exact: str


class DocumentRecord(msgspec.Struct, frozen=True):
    """What was read."""

    id: str
    kind: DocumentKind
    outlet: str | None
    title: str | None
    byline: str | None
    published: Published | None
    url: str | None
    text: str
    blocks: list[Block]
    notes: list[ReadingNote]


class SpeakerRecord(msgspec.Struct, frozen=True):
    """A speaker of one document."""

    id: str
    name: str
    kind: SpeakerKind
    titles: list[str]
    aliases: list[str]
    mentions: list[Exact]


class LinkRecord(msgspec.Struct, frozen=True):
    """One step of a chain of sourcing."""

    name: str
    kind: LinkKind
    start: int
    end: int
    exact: str
    declared: bool
    confidence: float


class AttributionRecord(msgspec.Struct, frozen=True):
    """Content credited to a source."""

    id: str
    act: Act
    form: Form
    content: list[Exact]
    cue: Exact | None
    source: Exact | None
    speaker: str | None
    via: list[LinkRecord]
    reason: AttributionReason | None
    within: str | None
    confidence: float
    resolution: Resolution | None
    speaker_confidence: float
    speaker_clear: bool
    via_clear: bool


class FigureRecord(msgspec.Struct, frozen=True):
    """A number with what it counts; ``low`` and ``high`` are inclusive, ``null`` where open."""

    id: str
    start: int
    end: int
    exact: str
    low: int | float | None
    high: int | float | None
    approximate: bool
    unit: str | None
    of: str | None
    event: str | None
    part_of: str | None
    attribution: str | None


class DateRecord(msgspec.Struct, frozen=True):
    """An expression of time, resolved or undecided."""

    start: int
    end: int
    exact: str
    value: str | None
    inferred: bool
    reason: DateReason
    confidence: float


class AnnotationsRecord(msgspec.Struct, frozen=True):
    """One document of ``onrecord annotate``."""

    format_version: int
    document: DocumentRecord
    speakers: list[SpeakerRecord]
    attributions: list[AttributionRecord]
    figures: list[FigureRecord]
    dates: list[DateRecord]
    provenance: list[LinkRecord]
    date_doubt: str | None


class MentionsRecord(msgspec.Struct, frozen=True):
    """Where a story's speaker stands in one document."""

    document: str
    speaker: str
    mentions: list[Exact]


class StorySpeakerRecord(msgspec.Struct, frozen=True):
    """A speaker shared by the documents of a story."""

    id: str
    name: str
    kind: SpeakerKind
    titles: list[str]
    mentions: list[MentionsRecord]


class PassageRecord(msgspec.Struct, frozen=True):
    """Words of another document that a version was held against; ``second`` of its recording, where that is known."""

    document: str
    start: int
    end: int
    exact: str
    speaker: str | None
    second: float | None


class EditRecord(msgspec.Struct, frozen=True):
    """One step from the other wording to this one: ``[start, end]`` in each text."""

    op: EditKind
    document: tuple[int, int]
    other: tuple[int, int]


class WordingRecord(msgspec.Struct, frozen=True):
    """How a telling's words stand to others."""

    verdict: Verdict
    extent: Verdict | None
    marking: Verdict | None
    words: Verdict | None
    speaker: Verdict | None
    flags: list[Flag]
    confidence: float
    reason: UncheckedReason | None
    passages: list[PassageRecord]
    edits: list[EditRecord]


class VariantRecord(msgspec.Struct, frozen=True):
    """One document's telling of a statement."""

    document: str
    attribution: str
    wording: WordingRecord | None
    confidence: float


class ConsensusRecord(msgspec.Struct, frozen=True):
    """The wording that most reports share; never called the truth."""

    document: str
    start: int
    end: int
    exact: str
    tellers: int


class StatementRecord(msgspec.Struct, frozen=True):
    """One utterance as told by one document or several."""

    id: str
    speaker: str | None
    variants: list[VariantRecord]
    origins: Origins | None
    consensus: ConsensusRecord | None
    reason: str | None
    speaker_clear: bool


class FigureMemberRecord(msgspec.Struct, frozen=True):
    """A figure of one document."""

    document: str
    figure: str


class FigureGroupRecord(msgspec.Struct, frozen=True):
    """Figures of several documents that count the same thing."""

    id: str
    of: str
    figures: list[FigureMemberRecord]
    verdict: FigureVerdict
    because: str
    confidence: float


class ClaimMemberRecord(msgspec.Struct, frozen=True):
    """One report's telling of a fact in its own voice."""

    document: str
    start: int
    end: int
    exact: str
    differs: str | None
    confidence: float


class ClaimRecord(msgspec.Struct, frozen=True):
    """A fact that reports tell in their own voice."""

    id: str
    members: list[ClaimMemberRecord]


class VoiceRecord(msgspec.Struct, frozen=True):
    """A phrase that is quotation in one document and own voice in another."""

    phrase: str
    quoted: list[PassageRecord]
    own: list[PassageRecord]


class StoryRecord(msgspec.Struct, frozen=True):
    """What ``onrecord compare`` gives."""

    format_version: int
    documents: list[AnnotationsRecord]
    speakers: list[StorySpeakerRecord]
    statements: list[StatementRecord]
    claims: list[ClaimRecord]
    figure_groups: list[FigureGroupRecord]
    copies: list[Copy]
    coverage: list[CoverageRow]
    voice: list[VoiceRecord]
    origins: Origins | None
    counts: Counts
    failures: list[Failure]
    events: list[list[str]]


class CheckedPassageRecord(msgspec.Struct, frozen=True):
    """Words of a transcript that a quotation was held against; ``second`` of its recording, where that is known."""

    transcript: str
    start: int
    end: int
    exact: str
    speaker: str | None
    second: float | None


class CheckedEditRecord(msgspec.Struct, frozen=True):
    """One step from the transcript's wording to the article's."""

    op: EditKind
    document: tuple[int, int]
    transcript: tuple[int, int]


class QuotationRecord(msgspec.Struct, frozen=True):
    """One quotation of an article with its verdict."""

    start: int
    end: int
    exact: str
    content: list[Exact]
    attribution: str | None
    speaker: str | None
    verdict: Verdict
    severity: Severity
    extent: Verdict | None
    marking: Verdict | None
    words: Verdict | None
    speaker_verdict: Verdict | None
    flags: list[Flag]
    confidence: float
    reason: UncheckedReason | None
    passages: list[CheckedPassageRecord]
    edits: list[CheckedEditRecord]


class CheckRecord(msgspec.Struct, frozen=True):
    """One article of ``onrecord check``."""

    format_version: int
    style: str
    document: DocumentRecord
    transcripts: list[str]
    notices: list[Notice]
    quotations: list[QuotationRecord]


class FailureRecord(msgspec.Struct, frozen=True):
    """A line of ``onrecord annotate`` or ``check`` for a document that could not be read, annotated or checked."""

    format_version: int
    failure: Failure


def annotations_record(annotations: Annotations) -> AnnotationsRecord:
    """Turn one document's annotations into the record of the contract."""
    text = annotations.text
    return AnnotationsRecord(
        format_version=FORMAT_VERSION,
        document=_document_record(annotations),
        speakers=[
            SpeakerRecord(s.id, s.name, s.kind, list(s.titles), list(s.aliases), [_exact(m, text) for m in s.mentions])
            for s in annotations.speakers
        ],
        attributions=[_attribution_record(a, text) for a in annotations.attributions],
        figures=[_figure_record(f, text) for f in annotations.figures],
        dates=[
            DateRecord(d.start, d.end, text[d.start : d.end], d.value, d.inferred, d.reason, _rounded(d.confidence))
            for d in annotations.dates
        ],
        provenance=[_link_record(link, text) for link in annotations.provenance],
        date_doubt=annotations.date_doubt,
    )


def story_record(story: Story) -> StoryRecord:
    """Turn a story into the record of the contract."""
    documents = {each.id: each.document for each in story.documents}
    speakers = {(a.id, s.id): (s, a.text) for a in story.documents for s in a.speakers}
    words = FigureWords(story.documents)
    return StoryRecord(
        format_version=FORMAT_VERSION,
        documents=[annotations_record(annotations) for annotations in story.documents],
        speakers=[_story_speaker_record(speaker, speakers) for speaker in story.speakers],
        statements=[_statement_record(statement, documents) for statement in story.statements],
        claims=[
            ClaimRecord(
                a.id,
                [
                    ClaimMemberRecord(
                        m.document,
                        m.start,
                        m.end,
                        documents[m.document].text[m.start : m.end],
                        m.differs,
                        _rounded(m.confidence),
                    )
                    for m in a.members
                ],
            )
            for a in story.claims
        ],
        figure_groups=[
            FigureGroupRecord(
                g.id,
                g.of,
                [FigureMemberRecord(m.document, m.figure) for m in g.figures],
                g.verdict,
                words.why(g),
                _rounded(g.confidence),
            )
            for g in story.figure_groups
        ],
        copies=list(story.copies),
        coverage=list(story.coverage),
        voice=[_voice_record(voice, documents) for voice in story.voice],
        origins=story.origins,
        counts=counts.of_story(story),
        failures=list(story.failures),
        events=[list(event) for event in story.events],
    )


def check_record(check: Check) -> CheckRecord:
    """Turn a check of one article into the record of the contract."""
    documents = {each.id: each.document for each in check.transcripts}
    return CheckRecord(
        format_version=FORMAT_VERSION,
        style=check.style,
        document=_document_record(check.document),
        transcripts=[transcript.id for transcript in check.transcripts],
        notices=list(check.notices),
        quotations=[_quotation_record(q, check.document.text, documents) for q in check.quotations],
    )


def failure_record(failure: Failure) -> FailureRecord:
    """Turn a failure into the record of the contract."""
    return FailureRecord(FORMAT_VERSION, failure)


def encode(record: msgspec.Struct) -> bytes:
    """Encode a record as one line of UTF-8 JSON, without the line's end."""
    return msgspec.json.encode(record)


def schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of every record that the commands write, by command."""
    names = {"annotate": AnnotationsRecord, "compare": StoryRecord, "check": CheckRecord, "failure": FailureRecord}
    schemas, components = msgspec.json.schema_components(names.values(), ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"onrecord, format version {FORMAT_VERSION}",
        "anyOf": list(schemas),
        "$defs": components,
    }


def _rounded(confidence: float) -> float:
    return round(confidence, 4)


def _exact(span: Span, text: str) -> Exact:
    return Exact(span.start, span.end, span.of(text))


def _maybe_exact(span: Span | None, text: str) -> Exact | None:
    return None if span is None else _exact(span, text)


def _document_record(annotations: Annotations) -> DocumentRecord:
    d = annotations.document
    return DocumentRecord(
        d.id, d.kind, d.outlet, d.title, d.byline, d.published, d.url, d.text, list(d.blocks), list(d.notes)
    )


def _link_record(link: Link, text: str) -> LinkRecord:
    return LinkRecord(
        link.name,
        link.kind,
        link.start,
        link.end,
        text[link.start : link.end],
        link.declared,
        _rounded(link.confidence),
    )


def _attribution_record(a: Attribution, text: str) -> AttributionRecord:
    return AttributionRecord(
        id=a.id,
        act=a.act,
        form=a.form,
        content=[_exact(span, text) for span in a.content],
        cue=_maybe_exact(a.cue, text),
        source=_maybe_exact(a.source, text),
        speaker=a.speaker,
        via=[_link_record(link, text) for link in a.via],
        reason=a.reason,
        within=a.within,
        confidence=_rounded(a.confidence),
        resolution=a.resolution,
        speaker_confidence=_rounded(a.speaker_confidence),
        speaker_clear=a.speaker_clear,
        via_clear=a.via_clear,
    )


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _figure_record(f: Figure, text: str) -> FigureRecord:
    return FigureRecord(
        id=f.id,
        start=f.start,
        end=f.end,
        exact=text[f.start : f.end],
        low=_number(f.low),
        high=_number(f.high),
        approximate=f.approximate,
        unit=f.unit,
        of=f.of,
        event=f.event,
        part_of=f.part_of,
        attribution=f.attribution,
    )


def _story_speaker_record(
    speaker: StorySpeaker, found: Mapping[tuple[str, str], tuple[Speaker, str]]
) -> StorySpeakerRecord:
    mentions = []
    for document, local in speaker.members:
        s, text = found[document, local]
        mentions.append(MentionsRecord(document, local, [_exact(m, text) for m in s.mentions]))
    return StorySpeakerRecord(speaker.id, speaker.name, speaker.kind, list(speaker.titles), mentions)


def _passage_record(passage: Passage, documents: Mapping[str, Document]) -> PassageRecord:
    document = documents[passage.document]
    exact = document.text[passage.start : passage.end]
    second = document.second(passage.start)
    return PassageRecord(passage.document, passage.start, passage.end, exact, passage.speaker, second)


def _wording_record(wording: Wording | None, documents: Mapping[str, Document]) -> WordingRecord | None:
    if wording is None:
        return None
    return WordingRecord(
        verdict=wording.verdict,
        extent=wording.extent,
        marking=wording.marking,
        words=wording.words,
        speaker=wording.speaker,
        flags=list(wording.flags),
        confidence=_rounded(wording.confidence),
        reason=wording.reason,
        passages=[_passage_record(passage, documents) for passage in wording.passages],
        edits=[
            EditRecord(e.op, (e.document.start, e.document.end), (e.other.start, e.other.end)) for e in wording.edits
        ],
    )


def _statement_record(statement: Statement, documents: Mapping[str, Document]) -> StatementRecord:
    consensus = statement.consensus
    return StatementRecord(
        id=statement.id,
        speaker=statement.speaker,
        variants=[
            VariantRecord(v.document, v.attribution, _wording_record(v.wording, documents), _rounded(v.confidence))
            for v in statement.variants
        ],
        origins=statement.origins,
        consensus=None
        if consensus is None
        else ConsensusRecord(
            consensus.document,
            consensus.span.start,
            consensus.span.end,
            consensus.span.of(documents[consensus.document].text),
            consensus.tellers,
        ),
        reason=statement.reason,
        speaker_clear=statement.speaker_clear,
    )


def _voice_record(voice: Voice, documents: Mapping[str, Document]) -> VoiceRecord:
    return VoiceRecord(
        voice.phrase,
        [_passage_record(passage, documents) for passage in voice.quoted],
        [_passage_record(passage, documents) for passage in voice.own],
    )


def _quotation_record(q: CheckedQuotation, text: str, documents: Mapping[str, Document]) -> QuotationRecord:
    wording = q.wording
    return QuotationRecord(
        start=q.span.start,
        end=q.span.end,
        exact=q.span.of(text),
        content=[_exact(span, text) for span in q.content],
        attribution=q.attribution,
        speaker=q.speaker,
        verdict=wording.verdict,
        severity=q.severity,
        extent=wording.extent,
        marking=wording.marking,
        words=wording.words,
        speaker_verdict=wording.speaker,
        flags=list(wording.flags),
        confidence=_rounded(wording.confidence),
        reason=wording.reason,
        passages=[
            CheckedPassageRecord(*msgspec.structs.astuple(_passage_record(p, documents))) for p in wording.passages
        ],
        edits=[
            CheckedEditRecord(e.op, (e.document.start, e.document.end), (e.other.start, e.other.end))
            for e in wording.edits
        ],
    )
