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

from onrecord.annotate.attribution import acts
from onrecord.annotate.attribution.act_words import UTTERANCE
from onrecord.annotate.attribution.decoding import attributions_of, numbered
from onrecord.annotate.attribution.encoder import Encoder, Part
from onrecord.annotate.sourcing.outlets import known_outlets
from onrecord.annotation import Attribution
from onrecord.document import Document, Span
from onrecord.words import lemma, words

_WEAK: Final = frozenset(
    """suggest discuss talk speak point post charge single thank mourn promised promising posted address accord compare
    contrast document illustrate reflect text phone issue release submit distribute circulate update speech statement
    testimony message email letter article story column book account reporting transcript twitter facebook conference
    briefing interview object single publicly openly nod smile grin laugh lie kid detail voice credit counter lawsuit
    boom relate answer comment response rhetoric phrase endorsement protest leak insult publish pray
    complaint""".split()
)
"""What may be told, but is as often done: inside another's words these alone make no telling."""
_STATES: Final = frozenset({"state", "states", "state's", "states'"})
_REFERRING: Final = re.compile(r"(?:that|to|whether|if|how|why|what|when|where|who|which)\b", re.IGNORECASE)
_LEAST: Final = 25  # characters of a content in which somebody may tell something
_LONG_SOURCE: Final = 40  # characters of a source that may hold a clause
_GAP: Final = 200  # characters between a source and its cue
_OBJECTS: Final = frozenset({"them", "him", "me", "us"})
_UNTOLD: Final = re.compile(
    r"(?:to|will|would|could|may|might|shall|should|can|must|receiv\w+|heard?|got)\b", re.IGNORECASE
)
_FINITE: Final = frozenset(
    """is are was were be been has have had will would can could may might should must do does did isn't aren't wasn't
    weren't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't don't doesn't didn't""".split()
)
_MARKS: Final = frozenset('"“”„«»')
_PARTICIPLE: Final = re.compile(r"\w+ing\b")
_JOINT: Final = re.compile(r"(?:,(?: and| but)?| and| but)\s+$")
_OBJECT: Final = 6  # characters in which whom somebody tells stands behind the cue
_TAIL: Final = 3  # characters that may stand behind the inner content: a mark, a point
_CLAUSE: Final = 5  # words
_SURE: Final = 0.6  # of what the linker makes of an inner content


def read_again(
    documents: Sequence[Document], found: Sequence[Sequence[Attribution]], encoder: Encoder
) -> list[tuple[Attribution, ...]]:
    """Add to each document's attributions those that stand inside their contents; time is linear in the contents.

    Added are utterances with a source and a cue only: what nobody is said to have uttered inside another's words is
    part of these words. Ids are given anew, and ``within`` names the attribution that holds each.
    """
    jobs = [
        (n, span)
        for n, (document, outer) in enumerate(zip(documents, found, strict=True))
        for span in _contents(document.text, outer)
    ]
    texts = [Document(id="", text=_own_text(documents[n].text, span, found[n])) for n, span in jobs]
    readings = encoder.read([(text.text, _whole(text)) for text in texts])
    inner: list[list[Attribution]] = [[] for _ in documents]
    for (n, span), text, reading in zip(jobs, texts, readings, strict=True):
        told = acts.decide(text, attributions_of(text, _whole(text), reading, encoder))
        inner[n] += [_moved(a, span.start) for a in told]
    result = []
    for document, outer, some in zip(documents, found, inner, strict=True):
        added = [a for a in some if _is_told(document.text, a, outer)]
        result.append(numbered([*_parted(document.text, outer, some), *added]) if some else tuple(outer))
    return result


def _whole(text: Document) -> list[Part]:
    return [(0, len(text.text), False)]


def _own_text(text: str, span: Span, attributions: Sequence[Attribution]) -> str:
    """Give a content as a text of its own; what an outlet is quoted with loses its outer marks, for it tells on."""
    own = span.of(text).replace("\n", " ")
    if any(span in a.content and a.form == "direct" for a in attributions):
        return "".join((" " if own[0] in _MARKS else own[0], own[1:-1], " " if own[-1] in _MARKS else own[-1]))
    return own


def _may_tell_on(text: str, attribution: Attribution) -> bool:
    """Tell whether a content may be another's words told on: what a person is quoted with is that person's own."""
    source = attribution.source
    return attribution.form != "direct" or (
        source is not None and known_outlets().named(source.of(text).partition(",")[0]) is not None
    )


def _moved(a: Attribution, by: int) -> Attribution:
    """Move an attribution's places from the content's own text to the document's."""

    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return msgspec.structs.replace(
        a,
        content=tuple(map(moved, a.content)),
        cue=moved(a.cue) if a.cue else None,
        source=moved(a.source) if a.source else None,
    )


def _parted(text: str, found: Sequence[Attribution], inner: Sequence[Attribution]) -> list[Attribution]:
    """Part contents at a participle by which their own speaker goes on: ‘said it would rain, adding that …’."""
    result = list(found)
    for one in inner:
        cue = one.cue
        if cue is None or not (one.source is None or one.source.of(text).casefold() in _OBJECTS):
            continue
        if not _PARTICIPLE.match(text, cue.start, cue.end) or not _utters(words(text, cue.start, cue.end)[0].folded):
            continue
        for at, outer in enumerate(result):
            last = outer.content[-1]
            joint = _JOINT.search(text, last.start, cue.start) if last.start < cue.start < last.end else None
            if (
                joint is None
                or outer.source is None
                or last.end - one.extent.end > _TAIL
                or joint.start() <= last.start
            ):
                continue
            kept = (*outer.content[:-1], Span(last.start, joint.start()))
            result[at] = msgspec.structs.replace(outer, content=kept)
            addressed = 0 < one.content[0].start - cue.end <= _OBJECT  # "warning them [to stay in]"
            first = Span(cue.end + 1 if addressed else one.content[0].start, one.content[0].end)
            result.append(
                msgspec.structs.replace(one, source=outer.source, content=(first, *one.content[1:]), reason=None)
            )
            break
    return result


def _contents(text: str, attributions: Sequence[Attribution]) -> Iterator[Span]:
    """List the contents to read again, and long sources ("Roe, who has vowed to go, said"), in order, none twice."""
    cues = [a.cue for a in attributions if a.cue is not None]
    spans = sorted(
        {span for a in attributions if a.cue is not None and _may_tell_on(text, a) for span in a.content}
        | {span for a in attributions if a.source is not None for span in _subject(a.source, a.cue)}
    )
    last = 0
    for span in spans:
        if len(span) >= _LEAST and span.start >= last and _holds_telling(text, span, cues):
            yield span
            last = span.end


def _subject(source: Span, cue: Span | None) -> Iterator[Span]:
    """Give a source with what stands between it and its cue, where that is long enough for a clause."""
    whole = (
        Span(source.start, cue.start) if cue is not None and source.end <= cue.start <= source.end + _GAP else source
    )
    if len(whole) >= _LONG_SOURCE:
        yield whole


def _is_clause(text: str, content: Span) -> bool:
    """Tell a clause, which tells something, from a thing that is done or had ("pledged allegiance to the king")."""
    if _REFERRING.match(text, content.start, content.end):
        return True
    found = words(text, content.start, content.end)
    return len(found) >= _CLAUSE or any(word.folded in _FINITE for word in found)


def _holds_telling(text: str, span: Span, cues: Sequence[Span]) -> bool:
    return any(
        _utters(word.folded) and not any(word.span.overlaps(cue) for cue in cues)
        for word in words(text, span.start, span.end)
    )


@lru_cache(maxsize=50_000)
def _utters(folded: str) -> bool:
    return folded not in _STATES and lemma(folded) in UTTERANCE - _WEAK


def _is_told(text: str, inner: Attribution, outer: Sequence[Attribution]) -> bool:
    """Tell whether an inner attribution is whole, is an utterance by its own cue, and is not known already."""
    cue, source = inner.cue, inner.source
    if cue is None or source is None or inner.act != "utterance" or (inner.confidence or 0.0) < _SURE:
        return False
    if source.of(text).casefold() in _OBJECTS or _UNTOLD.match(text, cue.start, cue.end):
        return False
    if inner.form == "indirect" and not _is_clause(text, inner.content[0]):
        return False
    if any(known.cue is not None and known.cue.overlaps(cue) for known in outer):
        return False
    return any(_utters(word.folded) for word in words(text, cue.start, cue.end))
