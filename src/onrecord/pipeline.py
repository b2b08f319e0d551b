"""The one place where the stages are chained: read -> annotate -> group -> compare -> Story.

Every function here takes documents and gives finished records; nothing is written. Each stage is a function of what
the former ones gave, so that a better stage takes the place of another without the rest noticing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

import msgspec

from onrecord.annotate import acts, attribution, blocks, dates, figures, sentences, sourcing, speakers
from onrecord.annotate.encoder import Encoder
from onrecord.annotation import Annotations, Attribution, Link
from onrecord.compare import assertions, coverage, identities, origins, statements, timeline, voice, wording
from onrecord.compare import figures as figure_groups
from onrecord.compare.alignment import TranscriptIndex
from onrecord.compare.house_style import HouseStyle
from onrecord.document import Document, Span
from onrecord.errors import UsageError
from onrecord.group import copies
from onrecord.story import Check, Failure, Story

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, the documents done and the documents in all."""


def annotate(
    documents: Iterable[Document], *, encoder: Encoder | None = None, progress: Progress | None = None
) -> list[Annotations]:
    """Find who said what, the figures and the dates in each document by itself.

    The result does not depend on which other documents are given. Raises WeightsError where the encoder's files are
    damaged.
    """
    tell = progress or _silent
    placed = [blocks.find_blocks(document) for document in documents]
    cut = [sentences.split(document) for document in placed]
    reports = [(d, s) for d, s in zip(placed, cut, strict=True) if d.kind == "report"]
    tell("Attribution", 0, len(placed))
    found = iter(
        attribution.attribute([d for d, _ in reports], [s for _, s in reports], encoder or shared_encoder())
        if reports
        else []
    )
    result = []
    for number, (document, spans) in enumerate(zip(placed, cut, strict=True), 1):
        result.append(_annotate_one(document, spans, next(found) if document.kind == "report" else ()))
        tell("Speakers, sourcing, figures, dates", number, len(placed))
    return result


def compare(
    documents: Iterable[Document],
    transcripts: Iterable[Document] = (),
    *,
    encoder: Encoder | None = None,
    failures: Sequence[Failure] = (),
    progress: Progress | None = None,
) -> Story:
    """Read the documents of one event together. Their order changes nothing but the order in which they are listed.

    Raises UsageError where two documents share an id or none is given.
    """
    given = [*documents, *(msgspec.structs.replace(t, kind="transcript") for t in transcripts)]
    _demand_distinct(given)
    encoder = encoder or shared_encoder()
    annotated = [_with_story_ids(a) for a in annotate(given, encoder=encoder, progress=progress)]
    return compare_annotated(annotated, encoder=encoder, failures=failures, progress=progress)


def check(
    documents: Iterable[Document],
    transcripts: Iterable[Document],
    style: HouseStyle | None = None,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> list[Check]:
    """Hold each quotation of each document against the transcripts, and weigh it by a house style (strict if none)."""
    articles = list(documents)
    against = [msgspec.structs.replace(t, kind="transcript") for t in transcripts]
    if not articles or not against:
        raise UsageError("Nothing to check: give at least one article and, with --against, one transcript.")
    index = TranscriptIndex(annotate(against, encoder=encoder))
    chosen = style or HouseStyle.named("strict")
    return [wording.check_document(a, index, chosen) for a in annotate(articles, encoder=encoder, progress=progress)]


@cache
def shared_encoder() -> Encoder:
    """Load the encoder that is installed with the package, once a process."""
    return Encoder.load()
