"""Attributions of a document: content credited to a source by a cue.

Reads a document with its blocks, its sentences and an :class:`~onrecord.annotators.attribution.encoder.Encoder`; gives
the attributions with content, cue, source, form, reason and confidence. Speakers, sourcing and act are later stages'
work. Searched are headlines, paragraphs and block quotations, and, apart from them, captions, of which only what has
a source and a cue is kept; bylines, credits and "read more" lines are not, and a transcript's turns speak for
themselves.

Content begins where PolNeAR has it begin: an introducing "that" belongs to it, quotation marks belong to it, a comma
that parts it from its cue does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.annotation import Attribution, AttributionReason, Form
from onrecord.annotators.attribution.encoder import Encoder, Part, Reading
from onrecord.annotators.attribution.extents import trim_content_spans
from onrecord.annotators.attribution.leading import leading_clauses, with_sources
from onrecord.annotators.attribution.linking import Group, Range, cues_of, link
from onrecord.annotators.attribution.pieces import paragraphs_of, size_of
from onrecord.annotators.attribution.quoted_speech import with_quoted_speech
from onrecord.annotators.attribution.tagging import best_tags
from onrecord.annotators.attribution.trailing import headline_tail, headline_verb, trailing_clauses
from onrecord.document import Document, Span
from onrecord.lexicon.load import word_list
from onrecord.text.analysed import Analysed
from onrecord.text.quotation_marks import CLOSING, IN_DOUBLE, IN_SINGLE, OPENING

SEARCHED: Final = word_list("saying.searched")
_HEADLINES: Final = word_list("saying.headlines")
_AT_ONCE: Final = 30_000  # words read together; a longer text is read in stretches that end with a paragraph
_LONGEST_PART: Final = 100_000  # characters of a paragraph read as one: enough for a chapter without a line break
_SWALLOWED: Final = re.compile(r"(?P<name>[^“”\"]+?),?\s+(?P<quoted>[“\"](?:[^\s“”\"]+\s+){2,}[^\s“”\"]+[”\"]?)")
_OPENING_CREDIT: Final = re.compile(
    r"(?:FILE - )?(?:(?:AP|AFP|PA|EPA|Reuters|REUTERS|Getty(?: Images)?|Alamy|Rex|Associated Press|Handout|Contributor)"
    r"(?:\s*[-–/:|]\s*|\s+))*"
)
_QUOTED_WORDS: Final = re.compile('[“"‘\'](?P<words>[^“”"\n]+?)[.,]?[”"’\']')

_WAS_ASKED: Final = re.compile(r"(?:\A|\W)(?:when|after being|being|if|was|were|been)\s\Z", re.IGNORECASE)
_REST_OF_WORD: Final = re.compile(r"(?:-\w+)+")


def attribute(
    documents: Sequence[Analysed],
    encoder: Encoder,
) -> list[tuple[Attribution, ...]]:
    """Find the attributions of many documents, whose windows go through the encoder together.

    What a document gets does not depend on the others.
    """
    jobs = [
        (number, document, stretch, apart)
        for number, document in enumerate(documents)
        for parts, apart in ((parts_of(document.document), False), (_captions_of(document.document), True))
        for stretch in _stretches(document.text, parts)
    ]
    found: list[list[Attribution]] = [[] for _ in documents]
    texts = [(document, stretch) for _, document, stretch, _ in jobs]
    for (number, document, stretch, apart), (reading, tags) in zip(jobs, read_tagged(texts, encoder), strict=True):
        reported = attributions_of(document, stretch, reading, tags, encoder)
        found[number] += [a for a in reported if _tells_more(document, stretch, a)] if apart else reported
    return [numbered(_mended(document, each)) for document, each in zip(documents, found, strict=True)]


def _mended(document: Analysed, found: Sequence[Attribution]) -> list[Attribution]:
    """Keep each source in one sentence, the one nearest to its cue; add the trailing clauses passed over."""
    starts = document.sentence_starts
    kept = []
    for a in found:
        source = a.source
        if source is not None and (
            edges := starts[bisect_right(starts, source.start) : bisect_right(starts, source.end - 1)]
        ):
            after = a.cue is not None and a.cue.start < source.start
            low, high = (source.start, edges[0]) if after else (edges[-1], source.end)
            source = Span(low, low + len(document.text[low:high].rstrip(" .\n")))
            a = msgspec.structs.replace(a, source=source)  # noqa: PLW2901 - the same attribution, its source mended
        a = _without_quotation(document.text, a)  # noqa: PLW2901 - as above
        kept.append(a)
    kept = _in_their_extents(document, starts, with_sources(document.text, starts, kept))
    kept = [_without_asked(document.text, a) for a in kept if not _is_heading(document.text, a)]
    lines = [(start, end) for start, end, headline in parts_of(document.document) if headline]
    tails = [tail for line in lines if (tail := headline_tail(document.text, *line)) is not None]
    verbs = [verb for line in lines if (verb := headline_verb(document.text, *line)) is not None]
    tails += [verb for verb in verbs if not any(a.source and verb.extent.overlaps(a.extent) for a in kept)]
    kept = [a for a in kept if not any(tail.extent.overlaps(a.extent) for tail in tails)]
    return [*kept, *_described(document, tails), *_trailing(document, kept)]


def _without_asked(text: str, a: Attribution) -> Attribution:
    """Take whoever was asked from a question: "When asked whether it would close, Roe said" leaves the asker unsaid."""
    if a.cue is None or a.source is None or a.source.start < a.cue.end or a.cue.of(text).casefold() != "asked":
        return a
    if _WAS_ASKED.search(text, max(0, a.cue.start - 20), a.cue.start) is None or a.source.start < a.extent.end:
        return a
    return msgspec.structs.replace(a, source=None, reason="no-source")


def _is_heading(text: str, a: Attribution) -> bool:
    """Return whether the content is but the first word of a heading: "What the mayor said after the vote"."""
    first = a.extent
    if first.of(text).casefold() not in {"what", "how", "why"} or (first.start and text[first.start - 1] != "\n"):
        return False
    line = text[first.start : text.find("\n", first.start) if "\n" in text[first.start :] else len(text)]
    return line.rstrip()[-1:] not in set('.?!"”')


def _to_words_ends(text: str, a: Attribution) -> Attribution:
    """Let no content end before the hyphen of its last word, unless cue or source stand behind it."""
    ends = [_REST_OF_WORD.match(text, span.end) if text[span.end - 1].isalnum() else None for span in a.content]
    beside = [one for one in (a.cue, a.source) if one is not None]
    ends = [rest and (None if any(Span(*rest.span()).overlaps(one) for one in beside) else rest) for rest in ends]
    if not any(ends):
        return a
    spans = tuple(
        Span(span.start, rest.end() if rest else span.end) for span, rest in zip(a.content, ends, strict=True)
    )
    return msgspec.structs.replace(a, content=spans)


def _in_their_extents(document: Analysed, starts: Sequence[int], found: Sequence[Attribution]) -> list[Attribution]:
    """Mend how far the contents reach; what is changed gets its form anew."""
    known = {a.content for a in found}
    return [
        a if a.content in known else msgspec.structs.replace(a, form=form_of(document, a.content))
        for a in (
            _to_words_ends(document.text, a) for a in trim_content_spans(document.text, document.marks, starts, found)
        )
    ]


def _described(document: Analysed, plain: Iterable[Attribution]) -> list[Attribution]:
    """Give attributions that were read by their form alone the form of their content and their reason."""
    replace, text = msgspec.structs.replace, document.text
    return [replace(a, form=form_of(document, a.content), reason=reason_of(text, a.cue, a.source)) for a in plain]


def _without_quotation(text: str, a: Attribution) -> Attribution:
    """Give back to the content a quotation that the source has swallowed: *said [Roe, 34, who lives by, “and …”]*."""
    match = _SWALLOWED.fullmatch(text, a.source.start, a.source.end) if a.source is not None else None
    if match is None:
        return a
    content = tuple(sorted((*a.content, Span(*match.span("quoted")))))
    return msgspec.structs.replace(a, source=Span(*match.span("name")), content=content)


def _trailing(document: Analysed, found: Sequence[Attribution]) -> list[Attribution]:
    """Add the clauses at the ends and the heads of searched sentences that the encoder passed over."""
    lines = [Span(start, end) for start, end, _ in parts_of(document.document)]
    starts = [line.start for line in lines]
    inside = [s for s in document.sentences if (at := bisect_right(starts, s.start)) and s.end <= lines[at - 1].end + 1]
    trailing = _described(document, trailing_clauses(document.text, inside, found))
    return [*trailing, *_described(document, leading_clauses(document.text, inside, [*found, *trailing]))]


def parts_of(document: Document) -> list[Part]:
    """List the lines to search (start, end, whether a headline); without blocks, all lines, the first a headline."""
    if document.kind == "transcript":
        return []
    if not document.blocks:
        return [(start, end, number == 0) for number, (start, end) in enumerate(paragraphs_of(document.text))]
    return [
        (block.start + start, block.start + end, block.kind in _HEADLINES)
        for block in document.blocks
        if block.kind in SEARCHED
        for start, end in paragraphs_of(document.text[block.start : block.end])
    ]


def _captions_of(document: Document) -> list[Part]:
    """List the captions, without the credit that opens them; they are read apart, so that they part no paragraphs."""
    if document.kind == "transcript":
        return []
    captions = [block for block in document.blocks if block.kind == "caption"]
    credits_ = [_OPENING_CREDIT.match(document.text, block.start, block.end) for block in captions]
    return [
        (opening.end() if opening else block.start, block.end, False)
        for block, opening in zip(captions, credits_, strict=True)
    ]


def _tells_more(document: Analysed, captions: Sequence[Part], a: Attribution) -> bool:
    """Return whether a caption says who says what, and does not only quote again what the text around it quotes."""
    if a.source is None or a.cue is None:
        return False
    text, last = document.text, a.content[-1]
    quoted = _QUOTED_WORDS.search(text, a.content[0].start, last.end)
    if quoted is None:
        return True
    words = quoted["words"]
    start, end = next((start, end) for start, end, _ in captions if start <= last.start < end)
    return text.find(words, 0, start) < 0 and text.find(words, end) < 0


def read_tagged(
    texts: Sequence[tuple[Analysed, Sequence[Part]]], encoder: Encoder
) -> Iterator[tuple[Reading, NDArray[np.int64]]]:
    """Read texts with the parts to search, as many together as memory allows; give for each what was read, its tags."""
    at = 0
    for count in _shares([sum(size_of(text.text, start, end) for start, end, _ in parts) for text, parts in texts]):
        yield from _read_together(texts[at : at + count], encoder)
        at += count


def _read_together(
    texts: Sequence[tuple[Analysed, Sequence[Part]]], encoder: Encoder
) -> Iterable[tuple[Reading, NDArray[np.int64]]]:
    readings = encoder.read(texts)
    return zip(readings, _tags_of(readings, encoder), strict=True)


def _shares(sizes: Sequence[int]) -> Iterator[int]:
    """Part what comes in order into shares of at most ``_AT_ONCE``, one item at least: how many each takes."""
    count = held = 0
    for size in sizes:
        if count and held + size > _AT_ONCE:
            yield count
            count = held = 0
        count += 1
        held += size
    if count:
        yield count


def _stretches(text: str, parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Part a long document into stretches of at most ``_AT_ONCE``, and a paragraph without end like a long document."""
    short = [piece for part in parts for piece in _shortened(text, part)]
    at = 0
    for count in _shares([size_of(text, start, end) for start, end, _ in short]):
        yield short[at : at + count]
        at += count


def _shortened(text: str, part: Part) -> Iterator[Part]:
    """Cut a paragraph that is too long to be read as one, after a point, at a space, or where nothing else is left."""
    start, end, headline = part
    while end - start > _LONGEST_PART:
        last = start + _LONGEST_PART
        cut = text.rfind(". ", start, last) + 1 or text.rfind(" ", start + 1, last) + 1 or last
        yield start, cut, headline
        start = cut
    yield start, end, headline


def _tags_of(readings: Sequence[Reading], encoder: Encoder) -> list[NDArray[np.int64]]:
    """Decide the tags of what was read together, the paragraphs of all texts side by side."""
    breaks = np.flatnonzero(np.concatenate([reading.pieces.edge for reading in readings]) == 2)
    tags = best_tags(np.concatenate([reading.emissions for reading in readings]), encoder.transitions, breaks)
    return np.split(tags, np.cumsum([len(reading.emissions) for reading in readings])[:-1])


def attributions_of(
    document: Analysed, stretch: Sequence[Part], reading: Reading, tags: NDArray[np.int64], encoder: Encoder
) -> list[Attribution]:
    """Join the tags of what the encoder read of a document to attributions; their ids are given later."""
    cues = cues_of(tags)
    groups = link(tags, cues, encoder.members(reading, cues), reading.pieces.paragraph)
    spelt = [_spelt(document, reading, group) for group in groups]
    lines = [(start, end) for start, end, _ in stretch]
    set_apart = [block.span for block in document.document.blocks if block.kind == "block-quotation"]
    return with_quoted_speech(document.text, document.marks, lines, spelt, set_apart)


def _spelt(document: Analysed, reading: Reading, group: Group) -> Attribution:
    """Turn word ranges into characters."""
    text, marks = document.text, document.marks

    def span(words: Range) -> Span:
        start, end = int(reading.pieces.start[words[0]]), int(reading.pieces.end[words[1] - 1])
        if marks.state[end - 1] in {OPENING, CLOSING} and marks.state[end : end + 1] == marks.state[end - 1 : end]:
            end += text[end] == text[end - 1]  # a mark of two characters
        return Span(start, end)

    content = tuple(span(words) for words in group.contents)
    cue = None if group.cue is None else span(group.cue)
    source = None if group.source is None else span(group.source)
    return Attribution(
        id="",
        content=content,
        form=form_of(document, content),
        cue=cue,
        source=source,
        reason=reason_of(text, cue, source),
        confidence=round(group.score, 3),
    )


def form_of(document: Analysed, content: Sequence[Span]) -> Form:
    """Tell the form: direct when every word stands in marks or a block quotation, indirect when none does."""
    quoted, total, marks = 0, 0, document.marks
    blocks = [block for block in document.document.blocks if block.kind == "block-quotation"]
    if not blocks and not any(any(marks.state[span.start : span.end]) for span in content):
        return "indirect"
    for span in content:
        whole = any(block.start <= span.start and span.end <= block.end for block in blocks)
        for character, state in zip(span.of(document.text), marks.state[span.start : span.end], strict=True):
            if character.isalnum():
                total += 1
                quoted += whole or state in {IN_DOUBLE, IN_SINGLE}
    if quoted == 0:
        return "indirect"
    return "direct" if quoted == total else "mixed"


def reason_of(text: str, cue: Span | None, source: Span | None) -> AttributionReason | None:
    """Say why a cue or a source is missing, or by what sign other than a verb they were joined."""
    if cue is None:
        return "no-cue" if source is not None else "no-cue-no-source"
    if source is None:
        return "no-source"
    words = cue.of(text).strip().casefold()
    if words == ":":
        return "colon"
    return "according-to" if words.startswith("according to") else None


def numbered(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Give ids in order of content, and name for each the smallest other whose content holds all of it."""
    ordered = sorted(attributions, key=lambda a: (a.content[0], a.cue or a.content[0]))
    extents = [a.extent for a in ordered]
    within = []
    for i, a in enumerate(ordered):
        near = [n for n in range(max(i - 8, 0), min(i + 8, len(ordered))) if n != i and extents[n].holds(extents[i])]
        holders = [n for n in near if _holds(ordered[n], a)]
        within.append(f"a{min(holders, key=lambda n: len(extents[n])) + 1}" if holders else None)
    return tuple(
        msgspec.structs.replace(a, id=f"a{number}", within=holder)
        for number, (a, holder) in enumerate(zip(ordered, within, strict=True), 1)
    )


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Return whether one attribution's content holds all of another's, and its cue."""
    parts = [*inner.content, *([inner.cue] if inner.cue else [])]
    return all(any(span.holds(part) for span in outer.content) for part in parts)
