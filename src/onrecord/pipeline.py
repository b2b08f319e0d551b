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
from onrecord.annotators.attribution.nesting import find_nested_attributions
from onrecord.annotators.attribution.reported_speakers import resolve_reported_speakers
from onrecord.annotators.dates import resolving as dates
from onrecord.annotators.dates import stamps
from onrecord.annotators.dates.date_forms import expressions
from onrecord.annotators.figures import finding as figures
from onrecord.annotators.layout import blocks
from onrecord.annotators.sourcing import tracing as sourcing
from onrecord.annotators.speakers import naming as speakers
from onrecord.comparison import coverage, events, voice
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.checking import variants
from onrecord.comparison.checking.check import check_document
from onrecord.comparison.checking.house_style import HouseStyle
from onrecord.comparison.claims import joining as claims
from onrecord.comparison.figures import reconciling as figure_groups
from onrecord.comparison.people import identities
from onrecord.comparison.sources import origins
from onrecord.comparison.statements import grouping as statements
from onrecord.document import Document, misplaced
from onrecord.errors import DocumentError, ReadError, UsageError
from onrecord.grouping import copies
from onrecord.guards import guarded, in_batches, parted, together
from onrecord.readers.identity import with_own_ids
from onrecord.story import Check, Failure, Story
from onrecord.text import sentences
from onrecord.text.analysed import Analysed
from onrecord.text.words import Embed

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done and how much there is."""


def annotate(
    documents: Iterable[Document],
    *,
    encoder: Encoder | None = None,
    failures: list[Failure] | None = None,
    progress: Progress | None = None,
) -> list[Annotations]:
    """Find who said what, the figures and the dates in each document by itself.

    What a document gets does not depend on the others. One that cannot be annotated costs the others nothing: it is
    added to ``failures``, or, where no list is given, DocumentError is raised when the others are done, and holds them.
    Raises WeightsError where the encoder's files are damaged.
    """
    tell, given = progress or _silent, list(documents)
    ready, failed = parted(guarded(_analysed, document, document.id, "annotate") for document in given)
    reports = [each for each in ready if each.document.kind == "report"]
    tell("Attribution", 0, len(ready))
    found: list[tuple[Attribution, ...] | Failure] = []
    if reports:
        chosen = encoder or shared_encoder()
        found = in_batches(reports, lambda batch: _attributed(batch, chosen), _name_of, "annotate")
    attributed = iter(found)
    result = []
    for number, each in enumerate(ready, 1):
        attributions = next(attributed) if each.document.kind == "report" else ()
        done = attributions if isinstance(attributions, Failure) else _finished(each, attributions)
        if isinstance(done, Failure):
            failed.append(done)
        else:
            result.append(done)
        tell("Speakers, sourcing, figures, dates", number, len(ready))
    _hand_on(failed, failures, result)
    return result


def _analysed(document: Document) -> Analysed:
    if (wrong := misplaced(document.blocks, document.text)) is not None:
        raise ReadError(f"{document.id} has blocks that {wrong}: correct them or leave them out.")
    placed = blocks.find_blocks(document)
    return Analysed(placed, sentences.split(placed))


def _name_of(each: Analysed) -> str:
    return each.document.id


def _attributed(batch: Sequence[Analysed], encoder: Encoder) -> list[tuple[Attribution, ...]]:
    """Find the attributions of many documents, which go through the encoder together."""
    return find_nested_attributions(batch, attribution.attribute(batch, encoder), encoder)


def _finished(analysed: Analysed, attributions: tuple[Attribution, ...]) -> Annotations | Failure:
    return guarded(lambda each: _annotate_one(each, attributions), analysed, analysed.document.id, "annotate")


def _hand_on(failed: Sequence[Failure], failures: list[Failure] | None, done: Sequence[object]) -> None:
    """Add what failed to the caller's list; raise it where he gave none."""
    if failures is not None:
        failures.extend(failed)
    elif failed:
        raise DocumentError(failed, done)


def _annotate_one(analysed: Analysed, attributions: Sequence[Attribution]) -> Annotations:
    """Chain the stages that read one document by itself."""
    decided = acts.decide(analysed, resolve_reported_speakers(analysed, attributions))
    named, resolved = speakers.resolve(analysed, decided)
    expressed = expressions(analysed)
    days = dates.find_dates(analysed, found=expressed)
    return sourcing.trace(
        Annotations(
            document=analysed.document,
            sentences=analysed.sentences,
            speakers=named,
            attributions=resolved,
            figures=figures.find_figures(analysed, resolved, days),
            dates=days,
            date_doubt=stamps.doubt(analysed, days, expressed),
        ),
        analysed,
    )


def trace_credits(document: Document) -> Annotations:
    """Find only what a document's layout and credits say of where it comes from; no network is needed."""
    return sourcing.trace(Annotations(blocks.find_blocks(document)))


def compare(
    documents: Iterable[Document],
    transcripts: Iterable[Document] = (),
    *,
    partial: bool = False,
    encoder: Encoder | None = None,
    failures: Sequence[Failure] = (),
    progress: Progress | None = None,
) -> Story:
    """Read the documents of one event together; their order changes nothing but the order in which they are listed.

    ``partial`` says that the transcripts do not hold all that was said: then nothing is called missing from them.
    Where two share an id, the later gets another (``harbour-2``). A document that a stage cannot take is among the
    story's failures, with those given. Raises UsageError where no document is given, DocumentError where none is left.
    """
    given = with_own_ids([*documents, *_as_transcripts(transcripts)])
    if not given:
        raise UsageError("Nothing to compare: give at least one document.")
    failed: list[Failure] = []
    annotated = annotate(given, encoder=encoder, failures=failed, progress=progress)
    return compare_annotated(
        annotated, partial=partial, encoder=encoder, failures=(*failures, *failed), progress=progress
    )


def compare_annotated(
    annotated: Sequence[Annotations],
    *,
    partial: bool = False,
    encoder: Encoder | None = None,
    failures: Sequence[Failure] = (),
    progress: Progress | None = None,
) -> Story:
    """Read annotated documents of one event together (see :func:`compare`).

    They are read in the order of their ids, so that no stage can make anything of the order in which they are given.
    """
    named = with_own_ids([each.document for each in annotated])
    own = [msgspec.structs.replace(a, document=document) for a, document in zip(annotated, named, strict=True)]
    embed = (encoder or shared_encoder()).embed if own else None
    order = {each.id: number for number, each in enumerate(own)}
    spoken_first = sorted(own, key=lambda each: each.document.kind == "report")

    def compared(some: Sequence[Annotations]) -> Story:
        assert embed is not None
        ordered = sorted(some, key=lambda each: each.id)
        return _compared(ordered, embed, failures, progress or _silent, partial=partial)

    story, failed = together(spoken_first, compared, lambda each: each.id, "compare")
    if story is None:
        raise DocumentError([*failures, *failed])
    listed = tuple(sorted(story.documents, key=lambda each: order[each.id]))
    return msgspec.structs.replace(story, documents=listed, failures=(*failures, *failed))


def _compared(
    annotated: Sequence[Annotations], embed: Embed, failures: Sequence[Failure], tell: Progress, *, partial: bool
) -> Story:
    """Chain the stages that read the documents of one event together."""
    tell("Statements", 0, 4)
    speakers, documents = identities.story_speakers(_anchored([_with_story_ids(each) for each in annotated]))
    copied = copies.find_copies(documents)
    checked = variants.check_attributions(documents, partial=partial)
    said = statements.group(documents, speakers, embed, checked=checked)
    said = identities.with_clear_speakers(said, documents, speakers)
    said = variants.with_wording(said, documents, copied, checked)
    tell("Origins", 1, 4)
    said, story_origins = origins.count(documents, said, copied, speakers)
    tell("Claims and figures", 2, 4)
    asserted = claims.group(documents, embed)
    counted = figure_groups.reconcile(documents, embed)
    tell("Coverage", 3, 4)
    return Story(
        documents=tuple(documents),
        speakers=tuple(speakers),
        statements=said,
        claims=asserted,
        figure_groups=counted,
        copies=copied,
        coverage=coverage.cover(documents, said, asserted),
        voice=voice.contrast(documents, speakers),
        origins=story_origins,
        events=events.part(documents, said),
        failures=tuple(failures),
    )


def check(
    documents: Iterable[Document],
    transcripts: Iterable[Document],
    style: HouseStyle | None = None,
    *,
    partial: bool = False,
    encoder: Encoder | None = None,
    failures: list[Failure] | None = None,
    progress: Progress | None = None,
) -> list[Check]:
    """Hold each quotation of each document against the transcripts, and weigh it by a house style (strict if none).

    ``partial`` says that the transcripts do not hold all that was said: then nothing is called missing from them.
    Ids and failures are as for :func:`compare` and :func:`annotate`. Raises UsageError where no document or no
    transcript is given, DocumentError where no transcript can be used.
    """
    articles, against = list(documents), _as_transcripts(transcripts)
    if not articles or not against:
        raise UsageError("Nothing to check: give at least one article and one transcript.")
    named = with_own_ids([*articles, *against])
    failed: list[Failure] = []
    spoken = annotate(named[len(articles) :], encoder=encoder, failures=failed)
    in_order = sorted(spoken, key=lambda each: each.id)  # of passages alike, the same is taken in any order
    index, unused = together(in_order, TranscriptIndex, lambda each: each.id, "check")
    failed += unused
    if index is None:
        raise DocumentError(failed)
    chosen = style or HouseStyle.named("strict")
    found = annotate(named[: len(articles)], encoder=encoder, failures=failed, progress=progress)
    checks, unchecked = parted(
        guarded(lambda each: check_document(each, index, chosen, partial=partial), each, each.id, "check")
        for each in found
    )
    _hand_on([*failed, *unchecked], failures, checks)
    return checks


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
    """Date an undated document by an anchor from the story, and doubt a stamp that lies far from the story's."""
    result = []
    dated = [each for each in documents if each.document.published]
    for each in documents:
        anchor = None if each.document.published else stamps.borrow_anchor(each, dated)
        if anchor is not None:
            found = dates.find_dates(Analysed(each.document, each.sentences), anchor)
            result.append(msgspec.structs.replace(each, dates=found))
        else:
            result.append(each)
    return stamps.doubt_stamps(result)
