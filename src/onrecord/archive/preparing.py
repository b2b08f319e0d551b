"""Documents and what was found in them become rows; nothing here touches a database.

Reads Document and Annotations; gives :class:`Prepared`, from which :mod:`.keeping` writes in one transaction.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final, NamedTuple

from onrecord.annotation import Annotations, Attribution, Speaker
from onrecord.archive import blobs, keys
from onrecord.document import Document, Span

GAP: Final = " … "
"""Stands between the spans of one content in the words that are shown and indexed."""


class Annotator(NamedTuple):
    """What annotated: the SHA-256 of the weights' manifest, the version of the code, the options as JSON."""

    weights: bytes
    code: str
    options: str = "{}"


class Named(NamedTuple):
    """A speaker of one document."""

    local: str
    name: str
    folded: str
    kind: str
    titles: str | None


class Quoted(NamedTuple):
    """An attribution, by places in the text (characters); ``speaker`` is the local id of its speaker."""

    local: str
    act: str
    form: str
    extent: Span
    sentence: Span
    cue: Span | None
    speaker: str | None
    clear: bool
    words: str


class Run(NamedTuple):
    """What one annotator found in a document, or why it found nothing; ``day`` is when it was published, as found."""

    annotator: Annotator
    record: bytes | None
    failure: str | None
    names: tuple[Named, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    day: str | None = None


class Prepared(NamedTuple):
    """A document ready to be kept. ``outlet`` is the one name of its outlet; ``run`` what was found in it."""

    key: str
    digest: bytes
    checksum: bytes
    body: bytes
    form: bytes | None
    document: Document
    outlet: str | None
    run: Run | None


def prepare(document: Document, digest: bytes, outlet: str | None, run: Run | None) -> Prepared:
    """Compress and encode a document."""
    return Prepared(
        key=keys.key_of(document),
        digest=digest,
        checksum=keys.checksum(document.text),
        body=blobs.packed_text(document.text),
        form=blobs.packed_form(document),
        document=document,
        outlet=outlet,
        run=run,
    )


def run_of(annotations: Annotations, annotator: Annotator) -> Run:
    """Take from annotations what is indexed; who is quoted nowhere is not."""
    local = {each.speaker for each in annotations.attributions}
    return Run(
        annotator=annotator,
        record=blobs.packed_annotations(annotations),
        failure=None,
        names=tuple(_named(each) for each in annotations.speakers if each.id in local),
        quoted=tuple(_quoted(each, annotations) for each in annotations.attributions),
        day=annotations.document.published.day if annotations.document.published is not None else None,
    )


def _named(speaker: Speaker) -> Named:
    name = sound(speaker.name)
    return Named(speaker.id, name, keys.fold(name), speaker.kind, "; ".join(map(sound, speaker.titles)) or None)


def _quoted(each: Attribution, annotations: Annotations) -> Quoted:
    content, text = each.content, annotations.document.text
    words = GAP.join([text[span.start : span.end] for span in content])
    extent = content[0] if len(content) == 1 else each.extent
    return Quoted(
        local=each.id,
        act=each.act,
        form=each.form,
        extent=extent,
        sentence=sentence_around(extent, annotations.sentences),
        cue=each.cue,
        speaker=each.speaker,
        clear=each.speaker_clear,
        words=sound(" ".join(words.split())),
    )


def sentence_around(extent: Span, sentences: tuple[Span, ...]) -> Span:
    """Give the sentence, or the sentences, in which a stretch of text stands; itself where none is known."""
    first = bisect_right(sentences, extent.start, key=lambda each: each.start) - 1
    last = bisect_left(sentences, extent.end, key=lambda each: each.end)
    start = min(extent.start, sentences[first].start) if first >= 0 else extent.start
    end = max(extent.end, sentences[last].end) if last < len(sentences) else extent.end
    return Span(start, end)


def sound(words: str) -> str:
    """Put U+FFFD for NUL, which PostgreSQL's texts cannot hold: one character for one."""
    return words.replace("\0", "\ufffd")
