"""What needs attention: versions whose words may do harm, worst first, each with what was printed and what was said.

Reads: Story. Harm is ranked by :data:`RANK`: a condition or negation that was lost comes before a word that was
changed, and that before words that were dropped. Versions with the same words and the same fault are one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from onrecord.annotation import Annotations
from onrecord.document import Span
from onrecord.publishers.diff_marks import parts_of
from onrecord.publishers.index import StoryIndex
from onrecord.publishers.sentences import sentences_around
from onrecord.story import Statement, Variant
from onrecord.text.words import is_content, words
from onrecord.wording import Flag, Passage, Verdict, Wording

RANK: Final[tuple[Verdict | Flag, ...]] = (
    "negation-changed",
    "qualifier-lost",
    "misattributed",
    "number-changed",
    "name-changed",
    "altered-content",
    "spliced",
    "paraphrase-in-quotes",
    "person-shifted",
    "not-found",
    "elided-silent",
    "reports-differ",
)
"""Verdicts and flags that need attention, the most harmful first; no other does."""
MOST: Final = 10
"""How many lines are shown first."""
REST: Final = 40
"""How many lines a page lists at most; what comes after stands among its statements."""
_DOUBTS: Final = frozenset({"transcript-may-mishear", "occasion-in-doubt"})
_MARKS: Final = " \n\"'“”‘’«»„‹›,"
_RUN: Final = 16
"""Words of one kind in a row from which the middle is left out."""

SegmentKind = Literal["same", "lost", "put", "around"]


class Segment(NamedTuple):
    """Words of a line: the ``same`` on both sides, ``lost`` or ``put`` in by the report, or ``around`` the passage."""

    words: str
    kind: SegmentKind


class Concern(NamedTuple):
    """One line: which statement, in which reports, what they print, what was said and by whom, and what is wrong.

    ``sign`` is the most harmful verdict or flag. ``source`` is the document that the words were held against, a
    transcript or, where there is none, another report; ``None`` where nothing like the words was found.
    """

    statement: str
    documents: tuple[str, ...]
    speaker: str
    sign: Verdict | Flag
    printed: tuple[Segment, ...]
    said: tuple[Segment, ...]
    place: Span
    source: str | None
    passage: Passage | None

    @property
    def said_by(self) -> str:
        """Whose turn of the transcript the words stand in; empty where nobody is named."""
        return self.passage.speaker or "" if self.passage is not None else ""


def concerns(index: StoryIndex) -> list[Concern]:
    """List all that needs attention, worst first."""
    found: dict[object, tuple[tuple[int, bool, int], Concern]] = {}
    for number, statement in enumerate(index.story.statements):
        for variant in statement.variants:
            concern = _concern(statement, variant, index)
            if concern is None:
                continue
            key = (concern.sign, "".join(p.words for p in concern.printed).casefold())
            if key in found:
                rank, first = found[key]
                documents = (*first.documents, *(d for d in concern.documents if d not in first.documents))
                found[key] = rank, first._replace(documents=documents)
            else:
                found[key] = _rank(variant.wording, concern, index, number), concern
    return [concern for _, concern in sorted(found.values(), key=lambda each: each[0])]


def sign_of(wording: Wording | None) -> Verdict | Flag | None:
    """Give the most harmful of a wording's verdict and flags, or ``None`` where none needs attention."""
    signs = () if wording is None else (wording.verdict, *wording.flags)
    return min((s for s in signs if s in RANK), key=RANK.index, default=None)


def _concern(statement: Statement, variant: Variant, index: StoryIndex) -> Concern | None:
    wording, attribution = variant.wording, index.attribution(variant)
    sign = sign_of(wording)
    if wording is None or sign is None or (sign == "reports-differ" and attribution.form != "direct"):
        return None
    article = index.documents[variant.document]
    passages = [] if wording.verdict == "not-found" else list(wording.passages)
    if wording.verdict == "reports-differ":
        passages = passages[:1]
    source = index.documents[passages[0].document] if passages else None
    printed = printed_segments(article.text, attribution.content, wording, source)
    said = said_segments(passages, wording, source) if source is not None else ()
    if sign == "reports-differ" and not _tells(printed, said):
        return None
    return Concern(
        statement=statement.id,
        documents=(variant.document,),
        speaker=index.named_by(variant),
        sign=sign,
        printed=printed,
        said=said,
        place=attribution.content[0],
        source=source.id if source is not None else None,
        passage=passages[0] if passages else None,
    )


def _tells(*sides: Iterable[Segment]) -> bool:
    """Return whether two wordings differ in a word that carries meaning."""
    apart = [p.words for side in sides for p in side if p.kind in {"lost", "put"}]
    return any(is_content(word.folded) for each in apart for word in words(each))


def _rank(wording: Wording | None, concern: Concern, index: StoryIndex, number: int) -> tuple[int, bool, int]:
    """Rank by harm, a headline first; what may be the transcript's fault or another occasion's comes after the sure."""
    doubted = wording is not None and bool(_DOUBTS.intersection(wording.flags))
    blocks = index.documents[concern.documents[0]].document.blocks
    in_headline = any(b.kind == "headline" and b.span.overlaps(concern.place) for b in blocks)
    return RANK.index(concern.sign) + len(RANK) * doubted, not in_headline, number


def printed_segments(
    text: str, content: Sequence[Span], wording: Wording, source: Annotations | None
) -> tuple[Segment, ...]:
    """Cut what a report prints into segments: the words it has in common with the source, and those it put in."""
    whole = wording.verdict in {"not-found", "paraphrase-in-quotes"} or source is None
    segments: list[Segment] = []
    for number, span in enumerate(content):
        if number:
            segments.append(Segment(" … ", "around"))
        for part in parts_of(text, span, () if whole else wording.edits, source.text if source is not None else ""):
            put = part.op in {"insert", "replace", "bracket"}
            segments.append(Segment(part.words, "put" if put else "same"))
    return _tidy(segments)


def said_segments(passages: Sequence[Passage], wording: Wording, source: Annotations) -> tuple[Segment, ...]:
    """Cut the source's sentences into segments: what the report keeps, what it lost, and what stands around both."""
    segments: list[Segment] = []
    end: SegmentKind = "lost" if "qualifier-lost" in wording.flags else "around"
    for number, passage in enumerate(p for p in passages if p.document == source.id):
        span = Span(passage.start, passage.end)
        whole = sentences_around(source, span) if source.document.kind == "transcript" else span
        if number:
            segments.append(Segment(" … ", "around"))
        segments.append(Segment(source.text[whole.start : span.start], end))
        segments.extend(_kept(span, wording, source.text))
        segments.append(Segment(source.text[span.end : whole.end], end))
    return _tidy(segments)


def _kept(span: Span, wording: Wording, text: str) -> Iterable[Segment]:
    at = span.start
    if wording.verdict != "paraphrase-in-quotes":
        for edit in sorted((e for e in wording.edits if e.op != "equal"), key=lambda e: e.other.start):
            start, end = max(edit.other.start, at), min(edit.other.end, span.end)
            if start >= end:
                continue
            yield Segment(text[at:start], "same")
            yield Segment(text[start:end], "same" if edit.op == "filler" else "lost")
            at = end
    yield Segment(text[at : span.end], "same")


def _tidy(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Join neighbours of a kind, put each on one line, cut the middle of long ones, drop the marks at both ends."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and joined[-1].kind == segment.kind:
            joined[-1] = Segment(joined[-1].words + segment.words, segment.kind)
        elif segment.words:
            joined.append(segment)
    tidy = [Segment(_shortened(p.words), p.kind) for p in joined]
    tidy = [p for p in tidy if p.words.strip(_MARKS + ".;")]
    tidy = [p for n, p in enumerate(tidy) if p.words.strip() != "…" or 0 < n < len(tidy) - 1]
    if tidy:
        tidy[0] = tidy[0]._replace(words=tidy[0].words.lstrip(_MARKS))
        tidy[-1] = tidy[-1]._replace(words=tidy[-1].words.rstrip(_MARKS))
    return tuple(tidy)


def _shortened(words: str) -> str:
    """Put words on one line with the blanks at their ends kept as one; a long run loses its middle."""
    listed = words.split()
    short = " ".join(listed)
    if len(listed) > 2 * _RUN:
        short = f"{' '.join(listed[:_RUN])} … {' '.join(listed[-_RUN:])}"
    return f"{' ' * words[:1].isspace()}{short}{' ' * (bool(short) and words[-1:].isspace())}"


def plain(segments: Iterable[Segment]) -> str:
    """Write segments as one line of words."""
    return " ".join("".join(p.words for p in segments).split())
