"""The JSON contract: annotations, stories and checks as they are written, and the JSON Schema of them.

Reads: Annotations, Story, Check. Positions are Python string indices into ``text``; ``exact`` repeats the words so that
a reader needs no second file. ``FORMAT_VERSION`` changes when a field changes its meaning or goes.

What is written are the records of :mod:`onrecord.annotation` and :mod:`onrecord.story` themselves: :mod:`.contract`
derives the types that are encoded, and that the JSON Schema comes from, from the fields that are named here.

Version history:
    1   the first
    2   claims (were: assertions); how a speaker was resolved and how sure it is; a confidence for each join, group and
        date; a copy's share is null where the texts were not compared; events, notices, the stage of a failure;
        no timeline; counts; coverage has cells only for reports that carry an item, and since when they could
"""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.annotation import Annotations, Attribution, DateMention, Figure, Link, Speaker
from onrecord.document import Document, Span
from onrecord.publishers import counts
from onrecord.publishers.contract import Contract, Exact, Place
from onrecord.publishers.copy_words import CopyWords
from onrecord.publishers.counts import Counts
from onrecord.publishers.date_words import why_doubted
from onrecord.publishers.figure_words import FigureWords
from onrecord.publishers.origin_words import OriginWords
from onrecord.story import (
    Check,
    CheckedQuotation,
    Claim,
    ClaimMember,
    Copy,
    Failure,
    FigureGroup,
    FigureMember,
    Origins,
    Reuse,
    Statement,
    Story,
    StorySpeaker,
    Variant,
    Voice,
)
from onrecord.wording import Consensus, Edit, Passage, Wording

FORMAT_VERSION = 3


class MentionsRecord(msgspec.Struct, frozen=True):
    """Where a story's speaker stands in one document."""

    document: str
    speaker: str
    mentions: list[Exact]


class FailureRecord(msgspec.Struct, frozen=True):
    """A line of ``onrecord annotate`` or ``check`` for a document that could not be read, annotated or checked."""

    format_version: int
    failure: Failure


def _version(*_: Any) -> int:
    return FORMAT_VERSION


def _second(passage: Passage, place: Place) -> float | None:
    return place.documents[passage.document].second(passage.start)


def _mentions(speaker: StorySpeaker, place: Place) -> list[MentionsRecord]:
    given = []
    for document, local in speaker.members:
        text = place.documents[document].text
        spans = place.speakers[document, local].mentions
        given.append(MentionsRecord(document, local, [Exact(s.start, s.end, s.of(text)) for s in spans]))
    return given


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _why(group: FigureGroup, place: Place) -> str:
    return place.words.why(group) if place.words is not None else ""


def _why_copied(copy: Copy, place: Place) -> str:
    return place.copied.why(copy) if place.copied is not None else ""


def _why_sourced(origins: Origins, place: Place) -> str:
    return place.sourced.of_statement(origins) if place.sourced is not None else ""


def _story_origins(story: Story, place: Place) -> Any:
    """Give the story's origins, whose sentence is another than a statement's."""
    if story.origins is None or place.sourced is None:
        return None
    given = _STORY.give(story.origins, place)
    return msgspec.structs.replace(given, because=place.sourced.of_story(story.origins))


_EDIT = tuple[int, int], lambda edit, _: (edit.document.start, edit.document.end)
_OTHER = tuple[int, int], lambda edit, _: (edit.other.start, edit.other.end)
_BOUND = int | float | None

_STORY = Contract()
_STORY.write(Document, "DocumentRecord", "id kind outlet title byline published url text blocks notes")
_STORY.write(Speaker, "SpeakerRecord", "id name kind titles aliases mentions")
_STORY.write(Link, "LinkRecord", "name kind start end exact declared confidence")
_STORY.write(
    Attribution,
    "AttributionRecord",
    "id act form content cue source speaker via reason within confidence resolution speaker_confidence speaker_clear "
    "via_clear",
)
_STORY.write(
    Figure,
    "FigureRecord",
    "id start end exact low high approximate unit of event part_of attribution",
    low=(_BOUND, lambda figure, _: _number(figure.low)),
    high=(_BOUND, lambda figure, _: _number(figure.high)),
)
_STORY.write(DateMention, "DateRecord", "start end exact value inferred reason confidence")
AnnotationsRecord = _STORY.write(
    Annotations,
    "AnnotationsRecord",
    "format_version document speakers attributions figures dates provenance date_doubt",
    format_version=(int, _version),
    date_doubt=(str | None, lambda annotations, _: why_doubted(annotations)),
)
_CHECK = _STORY.copy()
_STORY.write(
    StorySpeaker,
    "StorySpeakerRecord",
    "id name kind titles mentions",
    mentions=(list[MentionsRecord], _mentions),
)
_SECOND = float | None, _second
_STORY.write(Passage, "PassageRecord", "document start end exact speaker second", second=_SECOND)
_STORY.write(Edit, "EditRecord", "op document other", document=_EDIT, other=_OTHER)
_STORY.write(Wording, "WordingRecord", "verdict extent marking words speaker flags confidence reason passages edits")
_STORY.write(Variant, "VariantRecord", "document attribution wording confidence")
_STORY.write(Consensus, "ConsensusRecord", "document start=span.start end=span.end exact reports")
OriginsRecord = _STORY.write(Origins, "OriginsRecord", "low high terminals because routes", because=(str, _why_sourced))
_STORY.write(Statement, "StatementRecord", "id speaker variants origins consensus reason speaker_clear")
_STORY.write(FigureMember, "FigureMemberRecord", "document figure")
_STORY.write(FigureGroup, "FigureGroupRecord", "id of figures verdict because confidence", because=(str, _why))
_STORY.write(ClaimMember, "ClaimMemberRecord", "document start end exact differs confidence")
_STORY.write(Claim, "ClaimRecord", "id members")
_STORY.write(Voice, "VoiceRecord", "phrase quoted own")
_STORY.write(
    Copy,
    "Copy",
    "document of evidence extent share because passages reason credit",
    because=(str, _why_copied),
    share=(float | None, lambda copy, _: copy.share),
    passages=(tuple[Reuse, ...], lambda copy, _: copy.passages),
    credit=(Span | None, lambda copy, _: copy.credit),
)
StoryRecord = _STORY.write(
    Story,
    "StoryRecord",
    "format_version documents speakers statements claims figure_groups copies coverage voice origins counts failures "
    "events",
    format_version=(int, _version),
    origins=(OriginsRecord | None, _story_origins),
    counts=(Counts, lambda story, _: counts.of_story(story)),
)
_CHECK.write(Passage, "CheckedPassageRecord", "transcript=document start end exact speaker second", second=_SECOND)
_CHECK.write(Edit, "CheckedEditRecord", "op document transcript", document=_EDIT, transcript=_OTHER)
_CHECK.write(
    CheckedQuotation,
    "QuotationRecord",
    "start=span.start end=span.end exact content attribution speaker verdict=wording.verdict severity "
    "extent=wording.extent marking=wording.marking words=wording.words speaker_verdict=wording.speaker "
    "flags=wording.flags confidence=wording.confidence reason=wording.reason passages=wording.passages "
    "edits=wording.edits",
)
CheckRecord = _CHECK.write(
    Check,
    "CheckRecord",
    "format_version style document=document.document transcripts notices quotations",
    format_version=(int, _version),
    transcripts=(list[str], lambda check, _: [transcript.id for transcript in check.transcripts]),
)


def annotations_record(annotations: Annotations) -> Any:
    """Turn one document's annotations into the record of the contract."""
    return _STORY.give(annotations, Place("", {}, {}))


def story_record(story: Story) -> Any:
    """Turn a story into the record of the contract."""
    documents = {each.id: each.document for each in story.documents}
    speakers = {(a.id, s.id): s for a in story.documents for s in a.speakers}
    place = Place(
        "", documents, speakers, FigureWords(story.documents), OriginWords(story.documents), CopyWords(story.documents)
    )
    return _STORY.give(story, place)


def check_record(check: Check) -> Any:
    """Turn a check of one article into the record of the contract."""
    return _CHECK.give(check, Place(check.document.text, {each.id: each.document for each in check.transcripts}, {}))


def failure_record(failure: Failure) -> FailureRecord:
    """Turn a failure into the record of the contract."""
    return FailureRecord(FORMAT_VERSION, failure)


def encode(record: msgspec.Struct) -> bytes:
    """Encode a record as one line of UTF-8 JSON, without the line's end."""
    return msgspec.json.encode(record)


def schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of every record that the commands write, by command."""
    records = [AnnotationsRecord, StoryRecord, CheckRecord, FailureRecord]
    schemas, components = msgspec.json.schema_components(records, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"onrecord, format version {FORMAT_VERSION}",
        "anyOf": list(schemas),
        "$defs": components,
    }
