"""The one place where the stages are chained: read -> annotate -> group -> compare -> Story.

Every function here takes documents and gives finished records; nothing is written. Each stage is a function of what
the former ones gave, so that a better stage takes the place of another without the rest noticing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

import msgspec

from onrecord.annotation import Annotations, Attribution
from onrecord.annotators.attribution import acts
from onrecord.annotators.attribution import decoding as attribution
from onrecord.annotators.attribution.encoder import Encoder
from onrecord.annotators.attribution.nesting import read_again
from onrecord.annotators.attribution.unfolding import unfold
from onrecord.annotators.dates import resolving as dates
from onrecord.annotators.figures import finding as figures
from onrecord.annotators.layout import blocks, sentences
from onrecord.annotators.sourcing import tracing as sourcing
from onrecord.annotators.speakers import naming as speakers
from onrecord.comparison import coverage, voice
from onrecord.comparison.claims import joining as claims
from onrecord.comparison.figures import reconciling as figure_groups
from onrecord.comparison.people import identities
from onrecord.comparison.sources import origins
from onrecord.comparison.statements import grouping as statements
from onrecord.comparison.wording import variants
from onrecord.comparison.wording import verdicts as wording
from onrecord.comparison.wording.alignment import TranscriptIndex
from onrecord.comparison.wording.house_style import HouseStyle
from onrecord.document import Document, Span
from onrecord.errors import UsageError
from onrecord.grouping import copies
from onrecord.story import Check, Failure, Story
from onrecord.words import Embed, cut_once

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done and how much there is."""


def annotate(
    documents: Iterable[Document], *, encoder: Encoder | None = None, progress: Progress | None = None
) -> list[Annotations]:
    """Find who said what, the figures and the dates in each document by itself.

    What a document gets does not depend on the others. Raises WeightsError where the encoder's files are damaged.
    """
    tell = progress or _silent
    placed = [blocks.find_blocks(document) for document in documents]
    cut = [sentences.split(document) for document in placed]
    reports = [number for number, document in enumerate(placed) if document.kind == "report"]
    tell("Attribution", 0, len(placed))
    found: list[tuple[Attribution, ...]] = [()] * len(placed)
    if reports:
        chosen, texts = encoder or shared_encoder(), [placed[n] for n in reports]
        read = read_again(texts, attribution.attribute(texts, [cut[n] for n in reports], chosen), chosen)
        for number, attributions in zip(reports, read, strict=True):
            found[number] = attributions
    result = []
    for number, (document, spans, attributions) in enumerate(zip(placed, cut, found, strict=True), 1):
        result.append(_annotate_one(document, spans, attributions))
        tell("Speakers, sourcing, figures, dates", number, len(placed))
    return result


@cut_once()
def _annotate_one(document: Document, spans: tuple[Span, ...], attributions: Sequence[Attribution]) -> Annotations:
    """Chain the stages that read one document by itself."""
    told = acts.decide(document, unfold(document, attributions))
    named, resolved = speakers.resolve(document, spans, told)
    days = dates.find_dates(document, spans)
    return sourcing.trace(
        Annotations(
            document=document,
            sentences=spans,
            speakers=named,
            attributions=resolved,
            figures=figures.find_figures(document, spans, resolved),
            dates=days,
            date_doubt=dates.doubt(document, days),
        )
    )


def compare(
    documents: Iterable[Document],
    transcripts: Iterable[Document] = (),
    *,
    encoder: Encoder | None = None,
    failures: Sequence[Failure] = (),
    progress: Progress | None = None,
) -> Story:
    """Read the documents of one event together; their order changes nothing but the order in which they are listed.

    Raises UsageError where no document is given or two share an id.
    """
    given = [*documents, *_as_transcripts(transcripts)]
    if not given:
        raise UsageError("Nothing to compare: give at least one document.")
    if len({document.id for document in given}) < len(given):
        raise UsageError("Two documents share an id: give each its own.")
    annotated = annotate(given, encoder=encoder, progress=progress)
    return compare_annotated(annotated, encoder=encoder, failures=failures, progress=progress)


def compare_annotated(
    annotated: Sequence[Annotations],
    *,
    encoder: Encoder | None = None,
    failures: Sequence[Failure] = (),
    progress: Progress | None = None,
) -> Story:
    """Read annotated documents of one event together (see :func:`compare`)."""
    with cut_once():
        return _compared(annotated, (encoder or shared_encoder()).embed, failures, progress or _silent)


def _compared(annotated: Sequence[Annotations], embed: Embed, failures: Sequence[Failure], tell: Progress) -> Story:
    """Chain the stages that read the documents of one event together."""
    tell("Statements", 0, 4)
    told_by, documents = identities.story_speakers(_anchored([_with_story_ids(each) for each in annotated]))
    copied = copies.find_copies(documents)
    held = variants.hold(documents)
    said = statements.group(documents, told_by, embed, held=held)
    said = variants.word(said, documents, copied, held)
    tell("Origins", 1, 4)
    said, story_origins = origins.count(documents, said, copied, told_by)
    tell("Claims and figures", 2, 4)
    asserted = claims.group(documents, embed)
    counted = figure_groups.reconcile(documents, embed)
    tell("Coverage", 3, 4)
    return Story(
        documents=tuple(documents),
        speakers=tuple(told_by),
        statements=said,
        claims=asserted,
        figure_groups=counted,
        copies=copied,
        coverage=coverage.cover(documents, said, asserted),
        voice=voice.contrast(documents, told_by),
        origins=story_origins,
        failures=tuple(failures),
    )


def check(
    documents: Iterable[Document],
    transcripts: Iterable[Document],
    style: HouseStyle | None = None,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> list[Check]:
    """Hold each quotation of each document against the transcripts, and weigh it by a house style (strict if none).

    Raises UsageError where no document or no transcript is given.
    """
    articles, against = list(documents), _as_transcripts(transcripts)
    if not articles or not against:
        raise UsageError("Nothing to check: give at least one article and one transcript.")
    index = TranscriptIndex(annotate(against, encoder=encoder))
    chosen = style or HouseStyle.named("strict")
    return [
        wording.check_document(each, index, chosen) for each in annotate(articles, encoder=encoder, progress=progress)
    ]


@cache
def shared_encoder() -> Encoder:
    """Load the encoder that is installed with the package, once a process."""
    return Encoder.load()


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def _as_transcripts(documents: Iterable[Document]) -> list[Document]:
    return [msgspec.structs.replace(document, kind="transcript") for document in documents]


def _with_story_ids(each: Annotations) -> Annotations:
    """Make the ids of speakers, attributions and figures unique in a story: the document's id, a point, their own."""

    def own(name: str | None) -> str | None:
        return None if name is None else f"{each.id}.{name}"

    replace = msgspec.structs.replace
    return replace(
        each,
        speakers=tuple(replace(s, id=own(s.id)) for s in each.speakers),
        attributions=tuple(
            replace(a, id=own(a.id), speaker=own(a.speaker), within=own(a.within)) for a in each.attributions
        ),
        figures=tuple(
            replace(f, id=own(f.id), part_of=own(f.part_of), attribution=own(f.attribution)) for f in each.figures
        ),
    )


def _anchored(documents: Sequence[Annotations]) -> list[Annotations]:
    """Date an undated document's expressions by an anchor borrowed from the story, where one can be."""
    result = []
    for each in documents:
        anchor = None if each.document.published else dates.borrow_anchor(each, documents)
        if anchor is not None:
            found = dates.find_dates(each.document, each.sentences, anchor)
            result.append(msgspec.structs.replace(each, dates=found))
        else:
            result.append(each)
    return result
