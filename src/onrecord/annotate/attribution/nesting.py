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

from onrecord.annotate.attribution import acts
from onrecord.annotate.attribution.act_words import UTTERANCE
from onrecord.annotate.attribution.decoding import attributions_of, numbered
from onrecord.annotate.attribution.encoder import Encoder, Part
from onrecord.annotation import Attribution
from onrecord.document import Document, Span
from onrecord.words import lemma, words

_WEAK: Final = frozenset(
    """suggest discuss talk speak point post charge single thank mourn promised promising posted address accord compare
    contrast document illustrate reflect text phone issue release submit distribute circulate update speech statement
    testimony message email letter article story column book account reporting transcript twitter facebook conference
    briefing interview object single publicly openly nod smile grin laugh lie""".split()
)
"""What may be told, but is as often done: inside another's words these alone make no telling."""
_REFERRING: Final = re.compile(r"(?:that|to|whether|if|how|why|what|when|where|who|which)\b", re.IGNORECASE)
_LEAST: Final = 25  # characters of a content in which somebody may tell something
_OBJECTS: Final = frozenset({"them", "him", "me", "us"})
_UNTOLD: Final = re.compile(
    r"(?:to|will|would|could|may|might|shall|should|can|must|receiv\w+|heard?|got)\b", re.IGNORECASE
)
_FINITE: Final = frozenset(
    """is are was were be been has have had will would can could may might should must do does did isn't aren't wasn't
    weren't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't don't doesn't didn't""".split()
)
_CLAUSE: Final = 5  # words
_SURE: Final = 0.6  # of what the linker makes of an inner content


def read_again(
    documents: Sequence[Document], found: Sequence[Sequence[Attribution]], encoder: Encoder
) -> list[tuple[Attribution, ...]]:
    """Add to each document's attributions those that stand inside their contents; time is linear in the contents.

    Added are utterances with a source and a cue only: what nobody is said to have uttered inside another's words is
    part of these words. Ids are given anew, and ``within`` names the attribution that holds each.
    """
    parts = [list(_parts(document.text, outer)) for document, outer in zip(documents, found, strict=True)]
    jobs = [n for n, part in enumerate(parts) if part]
    result = [tuple(outer) for outer in found]
    for n, reading in zip(jobs, encoder.read([(documents[n].text, parts[n]) for n in jobs]), strict=True):
        inner = attributions_of(documents[n], parts[n], reading, encoder)
        told = [a for a in acts.decide(documents[n], inner) if _is_told(documents[n].text, a, parts[n], found[n])]
        result[n] = numbered([*found[n], *told])
    return result


def _parts(text: str, attributions: Sequence[Attribution]) -> Iterator[Part]:
    """List the contents to read again, in order, none overlapping."""
    cues = [a.cue for a in attributions if a.cue is not None]
    spans = sorted({span for a in attributions if a.cue is not None for span in a.content})
    last = 0
    for span in spans:
        if len(span) >= _LEAST and span.start >= last and _holds_telling(text, span, cues):
            yield span.start, span.end, False
            last = span.end


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
    return lemma(folded) in UTTERANCE - _WEAK


def _is_told(text: str, inner: Attribution, parts: Sequence[Part], outer: Sequence[Attribution]) -> bool:
    """Tell whether an inner attribution is whole, is an utterance by its own cue, and is not known already."""
    cue, source = inner.cue, inner.source
    if cue is None or source is None or inner.act != "utterance" or (inner.confidence or 0.0) < _SURE:
        return False
    if source.of(text).casefold() in _OBJECTS or _UNTOLD.match(text, cue.start, cue.end):
        return False
    if inner.form == "indirect" and not _is_clause(text, inner.content[0]):
        return False
    whole = [cue, source, *inner.content]
    if not any(all(start <= span.start and span.end <= end for span in whole) for start, end, _ in parts):
        return False
    if any(known.cue is not None and known.cue.overlaps(cue) for known in outer):
        return False
    return any(_utters(word.folded) for word in words(text, cue.start, cue.end))
