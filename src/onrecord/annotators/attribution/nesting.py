"""Nesting: what is told inside what is told, found by reading contents again as texts of their own.

‘Roe called the plan "reckless", the Courier reported’: the encoder marks one attribution, the Courier's, for in the
corpus that it was fitted on none holds another. Read by itself, the Courier's content is a sentence like any other, and
Roe speaks in it. Read again is only what holds a word of uttering that no cue has claimed. Reads and gives
attributions, between linking and unfolding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from onrecord.annotation import Attribution
from onrecord.annotators.attribution import acts
from onrecord.annotators.attribution.act_words import UTTERANCE
from onrecord.annotators.attribution.decoding import attributions_of, numbered, read_tagged
from onrecord.annotators.attribution.encoder import Encoder, Part
from onrecord.annotators.attribution.trailing import FINITE
from onrecord.document import Document, Span
from onrecord.lexicon.load import word_list
from onrecord.lexicon.outlets import known_outlets
from onrecord.text.analysed import Analysed
from onrecord.text.words import lemma

_WEAK: Final = word_list("saying.weak")
"""What may be told, but is as often done: inside another's words these alone make no telling."""
_STATES: Final = word_list("saying.states")
_REFERRING: Final = re.compile(r"(?:that|to|whether|if|how|why|what|when|where|who|which)\b", re.IGNORECASE)
_LEAST: Final = 25  # characters of a content in which somebody may tell something
_LONG_SOURCE: Final = 40  # characters of a source that may hold a clause
_GAP: Final = 200  # characters between a source and its cue
_OBJECTS: Final = word_list("saying.objects")
_UNTOLD: Final = re.compile(
    r"(?:to|will|would|could|may|might|shall|should|can|must|receiv\w+|heard?|got)\b", re.IGNORECASE
)
_ENDS: Final = frozenset(".?!…\"”’'")
_MARKS: Final = frozenset('"“”„«»')
_PARTICIPLE: Final = re.compile(r"\w+ing\b")
_JOINT: Final = re.compile(r"(?:,(?: and| but)?| and| but)\s+$")
_JOINED: Final = 10  # characters before a participle in which its comma or "and" stands
_OBJECT: Final = 6  # characters in which whom somebody tells stands behind the cue
_TAIL: Final = 3  # characters that may stand behind the inner content: a mark, a point
_CLAUSE: Final = 5  # words
_ADDRESSED: Final = re.compile(r"\b(?:warn|tell|told|inform|remind|assur)\w*$", re.IGNORECASE)
_SURE: Final = 0.6  # of what the linker makes of an inner content


def find_nested_attributions(
    documents: Sequence[Analysed], found: Sequence[Sequence[Attribution]], encoder: Encoder
) -> list[tuple[Attribution, ...]]:
    """Add to each document's attributions those that stand inside their contents; time is linear in the contents.

    Added are utterances with a source and a cue only: what nobody is said to have uttered inside another's words is
    part of these words. Ids are given anew, and ``within`` names the attribution that holds each.
    """
    reporters = [_NestedReading(document, outer) for document, outer in zip(documents, found, strict=True)]
    jobs = [(n, span) for n, reporter in enumerate(reporters) for span in reporter.contents()]
    texts = [Analysed(Document(id="", text=reporters[n].own_text(span))) for n, span in jobs]
    read = read_tagged([(text, _whole(text)) for text in texts], encoder)
    for (n, span), text, (reading, tags) in zip(jobs, texts, read, strict=True):
        for inner in acts.decide(text, attributions_of(text, _whole(text), reading, tags, encoder)):
            moved = _moved(inner, span)
            if moved is not None:
                reporters[n].take(span, moved)
    return [
        numbered(reporter.attributions) if len(reporter.attributions) > len(outer) else tuple(outer)
        for reporter, outer in zip(reporters, found, strict=True)
    ]


def _whole(text: Analysed) -> list[Part]:
    return [(0, len(text.text), False)]


class _NestedReading:
    """One document's attributions, to which those inside their contents are added."""

    def __init__(self, document: Analysed, found: Sequence[Attribution]) -> None:
        self.document, self.text = document, document.text
        self.attributions = list(found)
        self._claimed = bytearray(len(self.text))  # 1 where a cue found by the first reading stands
        self._holders: dict[Span, int] = {}  # by content, the number of the attribution that it belongs to
        for number, a in enumerate(found):
            self._holders |= dict.fromkeys(a.content, number)
            if a.cue is not None:
                self._claimed[a.cue.start : a.cue.end] = b"\x01" * len(a.cue)

    def contents(self) -> Iterator[Span]:
        """List the contents to read again, and long sources (‘Roe, who vowed to go, said’), in order, none twice."""
        spans = sorted(
            {span for a in self.attributions if a.cue is not None and self._may_tell_on(a) for span in a.content}
            | {span for a in self.attributions if a.source is not None for span in _subject(a.source, a.cue)}
        )
        last = 0
        for span in spans:
            if len(span) >= _LEAST and span.start >= last and self._holds_utterance(span):
                yield span
                last = span.end

    def own_text(self, span: Span) -> str:
        """Give a content as a text of its own, one sentence with its point, as the encoder has learnt to read them.

        What an outlet is quoted with loses its outer marks, for it tells on.
        """
        own = span.of(self.text).replace("\n", " ")
        holder = self._holders.get(span)
        if holder is not None and self.attributions[holder].form == "direct":
            own = "".join((" " if own[0] in _MARKS else own[0], own[1:-1], " " if own[-1] in _MARKS else own[-1]))
        return own if holder is None or own.rstrip()[-1:] in _ENDS else own + "."

    def take(self, span: Span, inner: Attribution) -> None:
        """Take in what was found in a content, where it is told there or goes on with what is."""
        holder = self._holders.get(span)
        if holder is not None and self._goes_on(inner):
            self._part(holder, span, inner)
        elif self._is_reported(inner):
            self.attributions.append(inner)

    def _may_tell_on(self, attribution: Attribution) -> bool:
        """Whether a content may be another's words told on: what a person is quoted with is that person's own."""
        source = attribution.source
        return attribution.form != "direct" or (
            source is not None and known_outlets().named(source.of(self.text).partition(",")[0]) is not None
        )

    def _is_claimed(self, span: Span) -> bool:
        return any(self._claimed[span.start : span.end])

    def _holds_utterance(self, span: Span) -> bool:
        return any(_utters(word.folded) and not self._is_claimed(word.span) for word in self.document.words_of(span))

    def _goes_on(self, inner: Attribution) -> bool:
        """Return whether the holder's own speaker goes on in a participle: ‘said it would rain, adding that …’."""
        cue, source = inner.cue, inner.source
        if cue is None or not (source is None or source.of(self.text).casefold() in _OBJECTS):
            return False
        found = self.document.words_of(cue)
        return bool(found) and _PARTICIPLE.match(self.text, cue.start) is not None and _utters(found[0].folded)

    def _part(self, holder: int, span: Span, inner: Attribution) -> None:
        """Part a content at the participle, where that and what it governs end it."""
        outer, cue = self.attributions[holder], inner.cue
        if cue is None or outer.source is None or span != outer.content[-1] or span.end - inner.extent.end > _TAIL:
            return
        joint = _JOINT.search(self.text, max(span.start, cue.start - _JOINED), cue.start)
        if joint is None or joint.start() <= span.start:
            return
        kept = (*outer.content[:-1], Span(span.start, joint.start()))
        self.attributions[holder] = msgspec.structs.replace(outer, content=kept)
        addressed = 0 < inner.content[0].start - cue.end <= _OBJECT  # "warning them [to stay in]"
        first = Span(cue.end + 1 if addressed else inner.content[0].start, inner.content[0].end)
        self.attributions.append(
            msgspec.structs.replace(inner, source=outer.source, content=(first, *inner.content[1:]), reason=None)
        )

    def _is_reported(self, inner: Attribution) -> bool:
        """Whether an inner attribution has a source, is an utterance by its own cue, and is not known already."""
        cue, source = inner.cue, inner.source
        if cue is None or source is None or inner.act != "utterance" or (inner.confidence or 0.0) < _SURE:
            return False
        if source.of(self.text).casefold() in _OBJECTS or _UNTOLD.match(self.text, cue.start, cue.end):
            return False
        if inner.form == "indirect":
            addressed = _ADDRESSED.search(cue.of(self.text)) is not None
            if not _is_clause(self.document, inner.content[0]) or (
                addressed and not _has_verb(self.document, inner.content)
            ):
                return False  # "warned [the ministry three times]": to whom, not what
        return not self._is_claimed(cue) and any(_utters(w.folded) for w in self.document.words_of(cue))


def _moved(a: Attribution, whole: Span) -> Attribution | None:
    """Move an attribution's places from a content's own text to the document's; ``None`` where nothing is left of it.

    The point that the own text may have at its end stands in no document: what reaches over it is cut there.
    """

    def moved(span: Span | None) -> Span | None:
        if span is None or span.start >= len(whole):
            return None
        return Span(span.start + whole.start, min(span.end + whole.start, whole.end))

    content = tuple(span for span in map(moved, a.content) if span is not None)
    if not content:
        return None
    return msgspec.structs.replace(a, content=content, cue=moved(a.cue), source=moved(a.source))


def _subject(source: Span, cue: Span | None) -> Iterator[Span]:
    """Give a source with what stands between it and its cue, where that is long enough for a clause."""
    whole = (
        Span(source.start, cue.start) if cue is not None and source.end <= cue.start <= source.end + _GAP else source
    )
    if len(whole) >= _LONG_SOURCE:
        yield whole


def _is_clause(document: Analysed, content: Span) -> bool:
    """Tell a clause, which tells something, from a thing that is done or had ("pledged allegiance to the king")."""
    if _REFERRING.match(document.text, content.start, content.end):
        return True
    found = document.words_of(content)
    return len(found) >= _CLAUSE or any(word.folded in FINITE for word in found)


def _has_verb(document: Analysed, content: Sequence[Span]) -> bool:
    """Return whether a content holds a clause: a word that brings one in, or a finite verb."""
    return any(
        _REFERRING.match(word.folded) or word.folded in FINITE for span in content for word in document.words_of(span)
    )


@lru_cache(maxsize=50_000)
def _utters(folded: str) -> bool:
    return folded not in _STATES and lemma(folded) in UTTERANCE - _WEAK
