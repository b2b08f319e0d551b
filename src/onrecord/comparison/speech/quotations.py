"""Quotations of one document: which words stand in quotation marks, where they are interrupted, what the writer added.

Reads: Annotations (attributions) and text. Gives :class:`Quotation` (one utterance's stretches within marks, in order)
and :class:`Quoted` (its words, ready to be aligned).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from onrecord.annotation import Annotations, Attribution
from onrecord.comparison.speech.spoken_words import Spoken, spoken
from onrecord.document import Span
from onrecord.text.words import is_content, words

ELLIPSIS: Final = re.compile(r"…|\.\s?\.\s?\.|\[\s*\.\s?\.|\*\s?\*\s?\*")
Shown = Literal["ellipsis", "seam"]

_OPENERS: Final = "“„«‟"
_CLOSERS: Final = "”»"
# Not read by text.quotation_marks: there a mark inside marks ends a stretch, here it is nested. Of 2,535 stretches of
# 270 documents, 58 would differ, and all that stand between two apostrophes ('').
_MARK: Final = re.compile("[\"“”„‟«»＂]|``|''")
_SINGLE_OPEN: Final = re.compile(r"(?<!\w)[‘'](?=\S)")
_SINGLE_CLOSE: Final = re.compile(r"(?<=[^\s‘])[’'](?!\w)")
_BRACKETS: Final = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
_SIC: Final = re.compile(r"[\[(]\s*sic\s*[\])]", re.IGNORECASE)
_LEAST_UNCLAIMED: Final = 3
_LEAST_IN_HEADLINE: Final = 2
_MOST_IN_HEADLINES: Final = 12
_LONGEST_SEAM: Final = 200
"""Characters of an attribution that parts a quotation from what continues it."""
_OUTSIDE_BLOCKS: Final = frozenset(
    {"headline", "repeated-headline", "byline", "dateline", "caption", "credit", "read-more"}
)


class Quotation(NamedTuple):
    """One utterance in quotation marks: its stretches within the marks, and the attribution that claims it, if any."""

    stretches: tuple[Span, ...]
    attribution: Attribution | None

    @property
    def extent(self) -> Span:
        """From the first character to the last, marks left out."""
        return Span(self.stretches[0].start, self.stretches[-1].end)


class Quoted(NamedTuple):
    """A quotation's words. ``bracketed[i]``: the writer's own; ``shown[i]``: how a gap before word i is shown."""

    words: tuple[Spoken, ...]
    bracketed: tuple[bool, ...]
    shown: tuple[Shown | None, ...]


def read_quotation(text: str, spans: Sequence[Span]) -> Quoted:
    """Read the words of a quotation; words between its stretches (an attribution that interrupts) are left out."""
    found: list[Spoken] = []
    bracketed: list[bool] = []
    shown: list[Shown | None] = []
    end: int | None = None
    for stretch in (s for span in spans for s in stretches_within(text, span)):
        seam = end is not None and any(c.isalnum() for c in text[end : stretch.start])
        own = _brackets(text, stretch)
        previous = stretch.start
        for number, word in enumerate(_words(text, stretch)):
            between = text[previous : word.start] if number or not seam else text[end or 0 : word.start]
            gap: Shown | None = "ellipsis" if found and ELLIPSIS.search(between) else None
            if number == 0 and seam and gap is None:
                gap = "seam"
            found.append(word)
            bracketed.append(_touches(own, word))
            shown.append(gap)
            previous = word.end
        end = stretch.end
    return Quoted(tuple(found), tuple(bracketed), tuple(shown))


def _touches(ordered: Sequence[Span], word: Spoken) -> bool:
    """Return whether a word shares a character with one of the spans, which stand in order."""
    before = bisect_left(ordered, Span(word.end, 0)) - 1
    return before >= 0 and word.start < ordered[before].end


def _words(text: str, stretch: Span) -> list[Spoken]:
    """List the words of a stretch; letters in brackets are joined with the word they change (``want[ed]``)."""
    joined: list[Spoken] = []
    sic = [Span(*m.span()) for m in _SIC.finditer(text, stretch.start, stretch.end)]
    for word in spoken(text, stretch.start, stretch.end):
        if sic and _touches(sic, word):
            continue
        if joined and text[joined[-1].end : word.start] in {"[", "]"}:
            joined[-1] = Spoken(joined[-1].start, word.end, joined[-1].form + word.form)
        else:
            joined.append(word)
    return joined


def _brackets(text: str, stretch: Span) -> list[Span]:
    return [Span(*m.span()) for m in _BRACKETS.finditer(text, stretch.start, stretch.end)]


def stretches_within(text: str, span: Span) -> list[Span]:
    """Part a span into what stands within its quotation marks; a span without marks inside is one stretch.

    Marks at the span's edges are left out. A paragraph that opens a mark again continues the quotation.
    """
    inside = list(_inside_marks(text, span))
    return inside or [_bare(text, span)]


def _bare(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    if _SINGLE_OPEN.match(text, start, end):
        closing = [m.start() for m in _SINGLE_CLOSE.finditer(text, start + 1, end)]
        if closing:
            start, end = start + 1, closing[-1]
    return Span(start, end)


def _inside_marks(text: str, span: Span) -> Iterator[Span]:
    start: int | None = None
    marks = list(_MARK.finditer(text, span.start, span.end))
    if marks and not _opens(text, marks[0], is_open=False) and marks[0].start() > span.start:
        start = span.start
    depth = 0
    at = span.start
    broken = False
    for mark in marks:
        broken = start is not None and (broken or text.find("\n", max(at, start), mark.start()) >= 0)
        at = mark.end()
        if start is not None and broken and _begins_paragraph(text, mark.start()):
            broken = False
            yield Span(start, _last_ink(text, start, mark.start()))
            start, depth = mark.end(), 0
        elif _opens(text, mark, is_open=start is not None):
            depth += start is not None
            start = mark.end() if start is None else start
        elif start is not None:
            if depth and mark.group() in _CLOSERS:
                depth -= 1
            else:
                yield Span(start, mark.start())
                start = None
    if start is not None and start < span.end:
        yield Span(start, _last_ink(text, start, span.end))


def _opens(text: str, mark: re.Match[str], *, is_open: bool) -> bool:
    sign = mark.group()
    if sign in _OPENERS or sign == "``":
        return True
    if sign in _CLOSERS or sign == "''":
        return False
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end() : mark.end() + 1] or " "
    if before.isspace() and not after.isspace():
        return not is_open or _begins_paragraph(text, mark.start())
    return not is_open and not after.isspace() and not before.isalnum()


def _begins_paragraph(text: str, at: int) -> bool:
    return text[max(0, at - 200) : at].rstrip(" \t\u00a0")[-1:] in {"", "\n"}


def _last_ink(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def quotations(annotations: Annotations) -> list[Quotation]:
    """List a document's quotations in order: those that attributions claim, and those that none claims.

    A quotation in the headline that repeats words of one in the text is claimed by that one's attribution.
    """
    text = annotations.text
    found: list[Quotation] = []
    for attribution in annotations.attributions:
        if attribution.form != "indirect" and attribution.act == "utterance":
            found.extend(Quotation(group, attribution) for group in _claimed(text, attribution))
    found = _outermost(found)
    claimed = [s for a in annotations.attributions for s in a.content]
    claimed += [s for q in found for s in q.stretches]
    alone = list(_unclaimed(annotations, claimed))
    found, alone = _continued(text, found, alone)
    found.extend([Quotation((s,), None) for s in alone] + _in_headlines(annotations, found))
    return sorted(found, key=lambda q: (q.extent.start, q.extent.end))


def _outermost(found: Sequence[Quotation]) -> list[Quotation]:
    """Keep a quotation once: one whose stretches lie within another's, or are another's, is left out."""
    kept: list[Quotation] = []
    for quotation in sorted(found, key=lambda q: (q.extent.start, -q.extent.end)):
        inside = any(all(any(t.holds(s) for t in other.stretches) for s in quotation.stretches) for other in kept[-8:])
        if not inside:
            kept.append(quotation)
    return kept


def quoted_stretches(text: str, attribution: Attribution) -> tuple[Span, ...]:
    """Give what an attribution's content has in quotation marks, of any kind; all of it where no mark is found."""
    return tuple(stretch for group in _claimed(text, attribution) for stretch in group) or attribution.content


def _claimed(text: str, attribution: Attribution) -> list[tuple[Span, ...]]:
    """Group the quoted stretches of an attribution: those that only an interruption parts are one quotation."""
    groups: list[list[Span]] = []
    ended_whole = False
    for span in attribution.content:
        inside = [s for s in _marked(text, span, attribution) if any(c.isalnum() for c in s.of(text))]
        for stretch in inside:
            at_start = not any(c.isalnum() for c in text[span.start : stretch.start])
            within = bool(groups) and groups[-1][-1].start >= span.start
            paragraphs = within and not any(c.isalnum() for c in text[groups[-1][-1].end : stretch.start])
            if groups and (paragraphs or (not within and at_start and ended_whole)):
                groups[-1].append(stretch)
            else:
                groups.append([stretch])
            ended_whole = not any(c.isalnum() for c in text[stretch.end : span.end])
    return [tuple(group) for group in groups]


def _marked(text: str, span: Span, attribution: Attribution) -> list[Span]:
    inside = list(_inside_marks(text, span))
    before = text[max(0, span.start - 2) : span.start].rstrip()
    within = before[-1:] in {*_OPENERS, '"'} and before[-1:] != ""
    if not inside and (within or attribution.form == "direct"):
        return [_bare(text, span)]
    return inside or list(_in_single_marks(text, span))


def _unclaimed(annotations: Annotations, claimed: Sequence[Span]) -> Iterator[Span]:
    """Give the quoted stretches that no attribution claims and that are neither scare quotes nor titles."""
    text = annotations.text
    taken = sorted((s.start, s.end) for s in claimed)
    at = reach = 0
    left_out = [b.span for b in annotations.document.blocks if b.kind in _OUTSIDE_BLOCKS]
    for stretch in (s for paragraph in _paragraphs(text) for s in _inside_marks(text, paragraph)):
        while at < len(taken) and taken[at][0] < stretch.end:
            reach = max(reach, taken[at][1])
            at += 1
        if reach > stretch.start or any(b.overlaps(stretch) for b in left_out):
            continue
        if _is_said(text, stretch):
            yield stretch


def _continued(text: str, claimed: Sequence[Quotation], alone: Sequence[Span]) -> tuple[list[Quotation], list[Span]]:
    """Join what nobody claims to the quotation that its attribution alone parts it from: "A," she said. "B."."""
    starts = [s.start for s in alone]
    result, taken = [], set()
    for quotation in claimed:
        at = bisect_left(starts, quotation.extent.end)
        if at < len(alone) and at not in taken and _leads_on(text, quotation, alone[at]):
            taken.add(at)
            result.append(Quotation((*quotation.stretches, alone[at]), quotation.attribution))
        else:
            result.append(quotation)
    return result, [s for number, s in enumerate(alone) if number not in taken]


def _leads_on(text: str, quotation: Quotation, after: Span) -> bool:
    cue = quotation.attribution.cue if quotation.attribution else None
    end = quotation.extent.end
    if cue is None or not end <= cue.start < after.start or after.start - end > _LONGEST_SEAM:
        return False
    between = text[end : after.start]
    ended = between[1:-1].rstrip()[-1:] in {".", "!", "?"}
    return ended and "\n" not in between and not _MARK.search(between[1:-1])


def _in_headlines(annotations: Annotations, claimed: Sequence[Quotation]) -> list[Quotation]:
    """Give the quotations of headlines, in double or single marks, that no attribution claims there."""
    text = annotations.text
    headlines = [b.span for b in annotations.document.blocks if b.kind == "headline"]
    stretches = [s for line in headlines for s in (*_inside_marks(text, line), *_in_single_marks(text, line))]
    stretches = [s for s in stretches if not any(c.overlaps(s) for q in claimed for c in q.stretches)]
    if not stretches:
        return []
    reported = [
        (q.attribution, tuple(w.form for s in q.stretches for w in spoken(text, s.start, s.end))) for q in claimed
    ]
    found = []
    for stretch in sorted(set(stretches))[:_MOST_IN_HEADLINES]:
        forms = tuple(w.form for w in spoken(text, stretch.start, stretch.end))
        if len(forms) >= _LEAST_IN_HEADLINE:
            found.append(Quotation((stretch,), next((a for a, words_ in reported if _holds(words_, forms)), None)))
    return found


def _in_single_marks(text: str, span: Span) -> Iterator[Span]:
    """Give what stands between single marks in a line, each closed before the next is opened."""
    openings = [m.end() for m in _SINGLE_OPEN.finditer(text, span.start, span.end)]
    for number, start in enumerate(openings):
        stop = openings[number + 1] - 1 if number + 1 < len(openings) else span.end
        marks = [m.start() for m in _SINGLE_CLOSE.finditer(text, start, stop)]
        closing = next((mark for k, mark in enumerate(marks) if not _is_plural(text, mark, marks[k + 1 :])), None)
        if closing is not None:
            yield Span(start, closing)


def _is_plural(text: str, mark: int, later: Sequence[int]) -> bool:
    """Return whether a mark is a plural's apostrophe, as in "'the boats' owners agreed'".

    It is none, but closes, in "'safe boats' and the owners' club".
    """
    if not later or text[mark - 1] not in "sS" or text[mark + 1 : mark + 2] != " ":
        return False
    last = later[-1]
    return text[last - 1] not in "sS" or not text[last + 1 : last + 2].isspace()


def _holds(longer: Sequence[str], run: Sequence[str]) -> bool:
    return any(tuple(longer[at : at + len(run)]) == tuple(run) for at in range(len(longer) - len(run) + 1))


def _paragraphs(text: str) -> Iterator[Span]:
    return (Span(*m.span()) for m in re.finditer(r"[^\n]*[^\s][^\n]*", text))


def _is_said(text: str, stretch: Span) -> bool:
    """Return whether a stretch is no scare quote (too short) and no title (all its content words capitalised)."""
    found = words(text, stretch.start, stretch.end)
    content = [w for w in found if is_content(w.folded)]
    if len(found) < _LEAST_UNCLAIMED:
        return False
    return not content or any(text[w.start].islower() for w in content)
