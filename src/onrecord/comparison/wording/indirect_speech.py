"""Indirect speech against a transcript: are its figures, names and negations supported by what was said.

A paraphrase has no wording to be wrong, so nothing is called false: the passage that comes nearest is shown, and
what it does not hold is flagged. The verdict is always ``unchecked``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.alignment.search import Query, Search
from onrecord.comparison.edits.sentence_edges import SentenceEdges
from onrecord.comparison.speech.spoken_words import NEGATIONS, Spoken, expand_all, is_closed, is_number, spoken
from onrecord.document import Document, Span
from onrecord.wording import Flag, Passage, Wording

_NEEDED: Final = 20.0
_NEEDED_SHARE: Final = 0.3
_REACH: Final = 60
_SAME_FIGURE: Final = {"1st": "1", "2nd": "2", "3rd": "3"}


def check_indirect_speech(
    content: Sequence[Span], document: Document, index: TranscriptIndex, edges: SentenceEdges
) -> Wording | None:
    """Find the passage that an indirect report is nearest to, if any, and flag what it does not hold."""
    said = [w for span in content for w in spoken(document.text, span.start, span.end)]
    version = [w.form for w in said if not is_closed(w.form)]
    if len(version) < 3:
        return None
    hits = Search(index, Query.plain(version)).hits(most=3)
    best = hits[0] if hits else None
    if best is None or best.evidence < _NEEDED or best.share < _NEEDED_SHARE:
        return None
    places = [p for p in best.places if p >= 0]
    low, high = index.bounds(best.document)
    start, end = edges.sentence(min(places))[0], edges.sentence(max(places))[1]
    near = range(max(low, start - _REACH), min(high, end + _REACH))
    flags = _unsupported(
        said, document.text, [index.form_at(p) for p in range(start, end)], [index.form_at(p) for p in near]
    )
    turn = index.turns[index.turn_of(min(places))]
    transcript = index.transcripts[best.document]
    passage = Passage(transcript.id, int(index.starts[start]), int(index.ends[end - 1]), turn.speaker, turn.label)
    return Wording("unchecked", passages=(passage,), flags=flags, reason="paraphrase")


def _unsupported(said: Sequence[Spoken], text: str, passage: Sequence[str], near: Sequence[str]) -> tuple[Flag, ...]:
    flags: list[Flag] = []
    heard = set(near) | {_SAME_FIGURE.get(f, f) for f in near}
    if any(is_number(w.form) and w.form not in heard for w in said):
        flags.append("figure-unsupported")
    names = [
        w for n, w in enumerate(said) if n and text[w.start].isupper() and not is_closed(w.form) and w.form[0].isalpha()
    ]
    known = {f.removesuffix("'s") for f in near}
    if any(w.form.removesuffix("'s") not in known for w in names):
        flags.append("name-unsupported")
    ours = any(f in NEGATIONS for f in expand_all([w.form for w in said]))
    theirs = any(f in NEGATIONS for f in expand_all(passage))
    if ours and not theirs:
        flags.append("negation-unsupported")
    return tuple(flags)
