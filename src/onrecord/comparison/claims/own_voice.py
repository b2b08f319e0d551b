"""Own voice: what a report tells by itself, sentence by sentence, cut into clauses.

Reads a report's blocks, sentences and attributions; gives a :class:`Passage` for every sentence of headlines,
paragraphs and captions that is not, for the most part, credited to somebody; what is, and who says it, is cut out.
Content is credited where it stands between quotation marks, or where a verb of plain saying brings a clause of it;
"hailed her as an icon" or "reported being robbed" is the report's own telling of a deed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.annotation import Annotations, Attribution
from onrecord.document import BlockKind, Span
from onrecord.lexicon.load import word_list
from onrecord.text.words import is_content, lemma, words

_VERSION: frozenset[BlockKind] = frozenset({"headline", "paragraph", "caption"})
_ASIDE: frozenset[BlockKind] = frozenset({"byline", "dateline", "credit"})
_SAYING = word_list("claims.saying")
_THINKING = word_list("claims.thinking")
"""What brings the thoughts and wishes of one who is named: those are no more the report's own."""
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\w", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»\n]*[\"”»]")
_INK = re.compile(r"\w+")
_LEAST_QUOTED = 5
"""Words between marks from which on they are a quotation, and no title or coined name."""
_HEADLINE_QUOTED = re.compile(
    r"[\"“„«][^\"“”„«»\n]*[\"”»]|(?<!\w)[‘'][^‘’'\n]*(?:(?<=\w)[’'](?=\w)[^‘’'\n]*)*[’'](?!\w)"
)
_LEAST_QUOTED_HEADLINE = 2
"""The same in a headline, which quotes but a few words and often names nobody."""
_HEADLINES: frozenset[BlockKind] = frozenset({"headline", "repeated-headline"})
_ORPHAN = re.compile(
    r"[\s,;:–—-]*(?!(?:and|but|while|as|after|before|because|so|yet|when|although|though)\b)(?:[a-z(]|$)"
)
"""How what is left behind a quotation begins where it is only the end of its frame, or a relative clause of it."""
_CLAUSE = re.compile(
    r",?\s+(?=(?:which|who|whose|whom|where|when|while|whereas|after|before|because|although|though|but|following|"
    r"including|amid|despite|since|until|unless|if|as|with|for|and|by|to)\b)|[;:]\s+|\s[–—-]+\s|,\s+"
)
_URGED = "|".join(sorted(word_list("claims.urging")))
_URGING = re.compile(rf"\W*(?:[\w’'.-]+ ){{1,6}}?(?:{_URGED}) (?:[\w’'-]+ ){{1,5}}?(?:not )?to (?!(?:an?|the) )[a-z]")
"""A sentence that says what somebody asked of others: "Officials urged drivers to stay away"."""
_DEEDS = word_list("claims.deeds")
"""What one claims, admits or announces by a deed: the report tells it as such."""
_MOST_CREDITED = 0.5
"""Share of a sentence's characters that may be credited content; with more it is somebody else's sentence."""
_LEAST_SENTENCE = 4
_LEAST_CLAUSE = 3
"""Content words of a sentence, of a clause."""


class Passage(NamedTuple):
    """A sentence told in a report's own voice: its place, and its clauses less what is credited."""

    span: Span
    clauses: tuple[Span, ...]


def own_voice(document: Annotations) -> list[Passage]:
    """List what a report tells in its own voice, in order, in time linear in its length (but for sorting)."""
    text = document.text
    crediting = [a for a in document.attributions if _credits(text, a)]
    credited = sorted([*((s.start, s.end) for a in crediting for s in a.content), *_quotations(document)])
    frame = [(s.start, s.end) for a in crediting for s in (a.cue, a.source) if s is not None]
    aside = sorted([*frame, *((b.start, b.end) for b in document.document.blocks if b.kind in _ASIDE)])
    content = [w.start for w in words(text) if is_content(w.folded)]
    passages = []
    for sentence in _sentences(document):
        taken = _inside(sentence, credited)
        if sum(map(len, taken)) > _MOST_CREDITED * len(sentence) or _is_no_claim(text, sentence):
            continue
        pieces = [
            piece
            for piece in _without(sentence, sorted([*taken, *_inside(sentence, aside)]))
            if piece.start == sentence.start or not _ORPHAN.match(text, piece.start, piece.end)
        ]
        clauses = tuple(clause for piece in pieces for clause in _clauses(text, piece, content))
        if clauses and sum(_weight(content, clause) for clause in clauses) >= _LEAST_SENTENCE:
            passages.append(Passage(_trim(text, Span(clauses[0].start, clauses[-1].end)), clauses))
    return passages


def _is_no_claim(text: str, sentence: Span) -> bool:
    """Return whether a sentence holds an address or is what somebody asked of others."""
    if _ADDRESS.search(text, sentence.start, sentence.end):
        return True
    return _URGING.match(text, sentence.start, sentence.end) is not None


def _sentences(document: Annotations) -> Iterator[Span]:
    """Give the sentences of headlines, paragraphs and captions; of everything, where no blocks are known."""
    blocks = sorted((b.start, b.end, b.kind) for b in document.document.blocks if b.kind not in _ASIDE)
    starts = [start for start, _, _ in blocks]
    for sentence in document.sentences:
        at = bisect_right(starts, sentence.start) - 1
        if not blocks or (at >= 0 and sentence.start < blocks[at][1] and blocks[at][2] in _VERSION):
            yield sentence


def _credits(text: str, attribution: Attribution) -> bool:
    """Return whether the attribution takes its content out of the report's own voice."""
    if not attribution.content or (attribution.act == "attitude" and attribution.source is None):
        return False
    if attribution.form == "direct" or attribution.cue is None:
        return True
    cue = words(text, attribution.cue.start, attribution.cue.end)
    if not cue:
        return True
    first = words(text, attribution.content[0].start, attribution.content[0].end)[:1]
    if first and (first[0].folded in _DEEDS or first[0].folded.endswith("ing")):
        return False
    verbs = _SAYING if attribution.act == "utterance" else _SAYING | _THINKING
    return any(lemma(w.folded) in verbs for w in cue)


def _quotations(document: Annotations) -> Iterator[tuple[int, int]]:
    """Give what stands between marks and is long enough to be somebody's words, an attribution or none."""
    for match in _QUOTED.finditer(document.text):
        if sum(1 for _ in _INK.finditer(match.group())) >= _LEAST_QUOTED:
            yield match.span()
    for block in document.document.blocks:
        if block.kind in _HEADLINES:
            for match in _HEADLINE_QUOTED.finditer(document.text, block.start, block.end):
                if sum(1 for _ in _INK.finditer(match.group())) >= _LEAST_QUOTED_HEADLINE:
                    yield match.span()


def _inside(sentence: Span, places: Sequence[tuple[int, int]]) -> list[Span]:
    """Cut sorted places to a sentence and melt those that overlap."""
    found: list[Span] = []
    at = bisect_right(places, (sentence.start, sentence.start))
    while at and places[at - 1][1] > sentence.start:
        at -= 1
    for start, end in places[at:]:
        if start >= sentence.end:
            break
        low, high = max(start, sentence.start), min(end, sentence.end)
        if found and found[-1].end >= low:
            found[-1] = Span(found[-1].start, max(high, found[-1].end))
        elif low < high:
            found.append(Span(low, high))
    return found


def _without(sentence: Span, taken: Sequence[Span]) -> Iterator[Span]:
    at = sentence.start
    for span in taken:
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < sentence.end:
        yield Span(at, sentence.end)


def _clauses(text: str, piece: Span, content: Sequence[int]) -> list[Span]:
    """Part a piece of a sentence where a clause may begin; too short a part joins the next, or the last."""
    edges = [m.end() for m in _CLAUSE.finditer(text, piece.start, piece.end)]
    found: list[Span] = []
    at = piece.start
    for edge in (*edges, piece.end):
        if _weight(content, Span(at, edge)) >= _LEAST_CLAUSE:
            found.append(Span(at, edge))
            at = edge
    if found:
        return [*found[:-1], Span(found[-1].start, piece.end)]
    return [piece]


def _weight(content: Sequence[int], span: Span) -> int:
    """Count the content words that begin in a span."""
    return bisect_left(content, span.end) - bisect_left(content, span.start)


def _trim(text: str, span: Span) -> Span:
    held = span.of(text)
    return Span(span.start + len(held) - len(held.lstrip()), span.end - (len(held) - len(held.rstrip())))
