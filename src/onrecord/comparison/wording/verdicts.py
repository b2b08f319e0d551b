"""Did they say it in these words? Verdicts on quotations compared with transcripts.

Reads: quotations of reports, a :class:`TranscriptIndex`. Gives: :class:`Wording`.
The verdicts, their axes and their order are those of DESIGN.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.alignment.search import MOST_WORDS, Hit
from onrecord.comparison.alignment.significance import SURE, confidence
from onrecord.comparison.alignment.turns import Turn
from onrecord.comparison.edits.changes import Reading, without_brackets
from onrecord.comparison.edits.disfluencies import HESITATIONS
from onrecord.comparison.edits.qualifiers import kept, qualifiers
from onrecord.comparison.edits.sentence_edges import SentenceEdges
from onrecord.comparison.people.turn_labels import asks, speaks_there, whose
from onrecord.comparison.speech.quotations import Quoted
from onrecord.comparison.speech.spoken_words import spoken
from onrecord.comparison.wording.evidence import LookedUp, edit_of, in_order, look_up, passages_of, worst
from onrecord.comparison.wording.transcript_choice import Context, choose
from onrecord.document import Document, Span
from onrecord.wording import ACCUSING, Passage, UncheckedReason, Verdict, Wording

_PARAPHRASE: Final = 0.5
"""Share of a quotation's weight below which it is a paraphrase in quotation marks."""
_NEAR: Final = 0.8
"""Share of the best score from which another alignment competes with it."""
_NEAR_OF_OWN: Final = 0.6
_ALL_BUT_WHOLE: Final = 0.97
_BESIDE: Final = 2
"""Turns between neighbours: who answers another takes up his words, which proves nothing against the answer."""
_WHOLE: Final = 0.9
_LIKE: Final = 0.6
"""Share from which a passage of the speaker's is like a quotation, though chance may give as much: none is missing."""
_ALIGNS_WELL: Final = 0.65
"""Share from which words of another speaker's turn are those of the quotation."""
_SURE_ENOUGH_TO_BLAME: Final = 0.9
_NEEDED: Final[Mapping[Verdict, float]] = {"altered-function": 0.6, "altered-content": 0.6}
"""Confidence from which an accusation is made, where it is less: the words beside those that differ place it, too."""
_SURE_OF_WHOLE: Final = 0.8
_LEAST_WHOLE: Final = 6
"""Words: a quotation as long that stands whole in another's turn is blamed from :data:`_SURE_OF_WHOLE` on."""
_SENTENCE_AROUND: Final = 600
"""Characters each way within which the sentence of an article around a quotation is looked for."""
_ENDS_BEFORE: Final = re.compile(r"[.?!][\"'”’)\]]*\s|\n")
_CLOSING: Final = re.compile(r"[\"'”’)\]]*[ \t\u00a0]*")
_ENDS_AFTER: Final = re.compile(r"[.?!\n]")
_LEAST_MISSED: Final = 3
"""Words from which on a quotation can be said to be missing from a transcript."""


class _Judged(NamedTuple):
    """An alignment chosen for a quotation, with what is known of its speaker and occasion."""

    hit: Hit
    speaker_fits: bool | None
    confidence: float
    doubt: bool
    impossible: bool


def judge(
    quotation: Sequence[Span],
    document: Document,
    index: TranscriptIndex,
    *,
    speaker: str | None = None,
    aliases: Sequence[str] = (),
    partial: bool = False,
    clear: bool = True,
    context: Context | None = None,
    looked_up: LookedUp | None = None,
) -> Wording:
    """Judge one quotation of a document against transcripts.

    ``quotation`` are its stretches, in order, with or without their marks; an attribution that interrupts lies between
    two of them. ``speaker`` and ``aliases`` name whom the document credits; ``clear`` says that it does so surely, or
    nobody is blamed for another's words. ``partial`` is the caller's word that the transcripts do not hold all that was
    said; else it is read off them. ``context`` is what the document says of the occasion, and ``looked_up`` where the
    quotation may stand, where they are known.
    """
    found = looked_up or look_up(quotation, document, index)
    if not found.quoted.words or not len(index):
        return Wording("unchecked", reason="too-short" if len(index) else "transcript-partial")
    credited = _Credited([n for n in (speaker, *aliases) if n], index)
    hits = _with_own(found, credited)
    judged = _chosen(hits, credited, context or Context.of(document)) if hits else None
    strange = judged is not None and judged.speaker_fits is False and judged.hit.share < _ALIGNS_WELL
    if judged is None or judged.confidence < SURE or judged.impossible or strange:
        return _nothing(judged, found.quoted, credited, partial=partial)
    if not clear and judged.speaker_fits is False:
        judged = judged._replace(speaker_fits=None)
    blamed = judged.speaker_fits is False and _blames(judged, found.quoted)
    reported = _reported(found.quoted, document.text, quotation, index, judged, blamed=blamed)
    wording = _surely(reported, judged, index, blamed=blamed)
    if judged.speaker_fits is False and not blamed:  # too little to say so: neither right nor wrong
        return Wording("unchecked", wording.passages, confidence=wording.confidence, reason="weak-match")
    return wording


def _blames(judged: _Judged, quoted: Quoted) -> bool:
    """Return whether words that stand in another's turn are surely those of the quotation."""
    whole = judged.hit.share >= _ALL_BUT_WHOLE and len(quoted.words) >= _LEAST_WHOLE
    return judged.confidence >= (_SURE_OF_WHOLE if whole else _SURE_ENOUGH_TO_BLAME)


class _Credited:
    """Whom a document credits, by all the names known, and whether words stand in that speaker's turns."""

    def __init__(self, names: Sequence[str], index: TranscriptIndex) -> None:
        self.names, self.index = names, index

    def speaks(self, turn: Turn) -> bool | None:
        """Return whether a turn is the speaker's; ``None`` where that is not known."""
        return whose(self.names, self.index.speaker_of(turn), self.index.speakers(turn.document))

    def fits(self, hit: Hit) -> bool | None:
        """Return whether an alignment begins in a turn of the speaker; ``None`` where that is not known."""
        return self.speaks(self.index.turns[self.index.turn_of(hit.first)]) if self.names else None

    def stays_own(self, hit: Hit) -> bool:
        """Return whether all that was aligned stands in turns of the speaker, or of nobody known."""
        turns = {self.index.turn_of(place) for place in hit.places if place >= 0}
        return all(self.speaks(self.index.turns[turn]) is not False for turn in turns)


def _with_own(found: LookedUp, credited: _Credited) -> list[Hit]:
    """Add the alignments with the speaker's own turns where the best one lies in another's, or runs into it.

    A neighbour who says nearly the same would else hide what the speaker said.
    """
    if not credited.names or not found.hits or credited.stays_own(found.hits[0]):
        return found.hits
    known = {hit.places for hit in found.hits}
    own = found.search.hits_within(lambda turn: credited.speaks(turn) is True)
    return sorted([*found.hits, *(h for h in own if h.places not in known)], key=lambda h: (-h.score, h.places))


def _surely(wording: Wording, judged: _Judged, index: TranscriptIndex, *, blamed: bool) -> Wording:
    """Take back an accusation for which the evidence is not the strongest; the passages stay, to be looked at."""
    if wording.verdict not in ACCUSING:
        return wording
    reason: UncheckedReason | None = None
    needed = _NEEDED.get(wording.verdict, _SURE_ENOUGH_TO_BLAME)
    if wording.confidence < needed and not (blamed and wording.verdict == "misattributed"):
        reason = "weak-match"
    elif judged.doubt:
        reason = "other-occasion"
    elif judged.speaker_fits is not True and _quoted_there(wording.passages, index):
        reason = "quoted-there"
    if reason is None:
        return wording
    flags = tuple(f for f in wording.flags if f == "occasion-in-doubt")
    return Wording("unchecked", wording.passages, flags=flags, confidence=wording.confidence, reason=reason)


def _quoted_there(passages: Sequence[Passage], index: TranscriptIndex) -> bool:
    """Return whether a transcript that is no report holds a passage, or some of it, in marks: as another's words."""
    texts = {each.document.id: each for each in index.texts}
    return any(texts[p.document].is_quoted(p.start, p.end) and not texts[p.document].is_report for p in passages)


def _chosen(hits: Sequence[Hit], credited: _Credited, context: Context) -> _Judged | None:
    """Choose among alignments: the speaker's own turns first, then the occasion that the article reports."""
    hits = [hit for hit in hits if hit.score >= 0]  # under zero, what differs outweighs what is equal
    if not hits:
        return None
    index = credited.index
    fits = {id(hit): credited.fits(hit) for hit in hits}
    own = [h for h in hits if fits[id(h)] is not False]
    pool = own if own and own[0].score >= _needed_of_own(hits[0], index) * hits[0].score else list(hits)
    known = [h for h in pool if fits[id(h)] is True and h.score >= _NEAR * pool[0].score]
    near = known or [h for h in pool if h.score >= _NEAR * pool[0].score]
    best = near[0]
    rivals = [h for h in near if h.share >= best.share - 0.02 and h.score >= 0.97 * best.score]
    chosen, doubt = choose(index, [h.document for h in (near if best.share < _WHOLE else rivals)], context)
    hit = next(h for h in near if h.document == chosen.document)
    speaker = _speaker_at(hit, index)
    here = index.turn_of(hit.first)
    elsewhere = [
        h
        for h in hits
        if speaker and _speaker_at(h, index) not in {speaker, None} and abs(index.turn_of(h.first) - here) > _BESIDE
    ]
    sure = confidence(hit, len(index), same_speaker=fits[id(hit)] is True, elsewhere=elsewhere)
    return _Judged(hit, fits[id(hit)], sure, doubt, chosen.impossible)


def _needed_of_own(best: Hit, index: TranscriptIndex) -> float:
    """Give the share of the best score from which the speaker's own turn is weighed before another's.

    It is less where the other's turn does not hold the words whole, or is a question that the speaker answers.
    """
    asked = asks(_speaker_at(best, index) or "")
    return _NEAR_OF_OWN if asked or best.share < _ALL_BUT_WHOLE else _NEAR


def _speaker_at(hit: Hit, index: TranscriptIndex) -> str | None:
    return index.speaker_of(index.turns[index.turn_of(hit.first)])


def _nothing(judged: _Judged | None, quoted: Quoted, credited: _Credited, *, partial: bool) -> Wording:
    """Say that nothing was found, or why that cannot be said."""
    sure = judged.confidence if judged else 0.0
    if judged and judged.impossible and judged.confidence >= SURE:
        passages = passages_of(judged.hit, credited.index)
        return Wording("unchecked", passages, flags=("occasion-in-doubt",), confidence=sure, reason="other-occasion")
    reason = _why_not(judged, quoted, credited, partial=partial)
    near = passages_of(judged.hit, credited.index) if judged and reason == "weak-match" else ()
    return Wording("unchecked" if reason else "not-found", near, confidence=sure, reason=reason)


def _why_not(judged: _Judged | None, quoted: Quoted, credited: _Credited, *, partial: bool) -> UncheckedReason | None:
    """Say why a quotation that was not found cannot be called missing; ``None`` where it can."""
    index = credited.index
    labels = [label for n in range(len(index.texts)) for label in index.speakers(n)]
    if credited.names and speaks_there(credited.names, labels) is False:
        return "no-turns-of-speaker"
    if len(quoted.words) < _LEAST_MISSED or (judged and judged.hit.share >= _WHOLE):
        return "too-short"
    if len(quoted.words) > MOST_WORDS:
        return "too-long"
    if judged and judged.speaker_fits is not False and judged.hit.share >= _LIKE:
        return "weak-match"
    if partial or not all(each.is_whole for each in index.texts):
        return "transcript-partial"
    return None if all(each.is_punctuated for each in index.texts) else "transcript-unpunctuated"


def _reported(
    quoted: Quoted, text: str, stretches: Sequence[Span], index: TranscriptIndex, judged: _Judged, *, blamed: bool
) -> Wording:
    edges = SentenceEdges(index)
    judged = judged._replace(hit=without_brackets(judged.hit, quoted, index))
    changes = Reading(quoted, text, index, judged.hit, edges).changes()
    extent, extra, qualified = _extent(judged.hit, edges, _around(text, stretches))
    if any(change.qualifies for change in changes):
        qualified = True
    marking = worst([c.marking for c in changes])
    words = worst([*(c.words for c in changes), extra])
    if judged.hit.share < _PARAPHRASE:
        words = "paraphrase-in-quotes"
    speaker: Verdict | None = "misattributed" if blamed else None
    flags = {flag for change in changes for flag in change.flags}
    altered = [change for change in changes if change.words in {"altered-function", "altered-content"}]
    if not all("transcript-may-mishear" in change.flags for change in altered):
        flags.discard("transcript-may-mishear")  # what does not sound alike was reworded
    if qualified:
        flags.add("qualifier-lost")
    if judged.doubt:
        flags.add("occasion-in-doubt")
    return Wording(
        verdict=worst([extent, marking, words, speaker]) or "verbatim",
        passages=passages_of(judged.hit, index),
        edits=tuple(edit_of(change, quoted, text, index) for change in changes),
        flags=in_order(flags),
        extent=extent,
        marking=marking,
        words=words or "verbatim",
        speaker=speaker,
        confidence=round(judged.confidence, 4),
    )


def _extent(hit: Hit, edges: SentenceEdges, around: Sequence[str]) -> tuple[Verdict, Verdict | None, bool]:
    """Judge the extent, whether hesitations at an edge were tidied, and whether a qualifier was lost.

    ``around`` are the words of the article's own sentence outside the quotation. Where a text marks no sentences, words
    that stand in a row are all that can be seen.
    """
    places = [p for p in hit.places if p >= 0]
    first, last = places[0], places[-1]
    if not edges.known(hit.document):
        return "verbatim", None, False
    begin, _ = edges.sentence(first)
    _, end = edges.sentence(last)
    before = edges.marked(begin, first)
    after = edges.marked(last + 1, end)
    tidied: Verdict | None = None
    if before and all(w.form in HESITATIONS for w in before):
        before, tidied = [], "cleaned"
    if after and all(w.form in HESITATIONS for w in after):
        after, tidied = [], "cleaned"
    lost = any(not kept(q, around) for q in qualifiers(before, after, edges.between(first - 1)))
    return ("trimmed" if before or after else "verbatim"), tidied, lost


def _around(text: str, quotation: Sequence[Span]) -> list[str]:
    """Give the words of the article's sentence that stand outside the quotation's stretches."""
    start, end = quotation[0].start, quotation[-1].end
    low = max(0, start - _SENTENCE_AROUND)
    ends = [m.end() for m in _ENDS_BEFORE.finditer(text, low, start)]
    outside = [Span(ends[-1] if ends else low, start)]
    outside += [Span(a.end, b.start) for a, b in pairwise(quotation) if a.end < b.start]
    ended = any(c in ".?!" for c in text[max(start, end - 2) : end])
    following = _CLOSING.match(text, end)
    at = following.end() if following else end
    if not (ended and text[at : at + 1].isupper()):
        stop = _ENDS_AFTER.search(text, at, at + _SENTENCE_AROUND)
        outside.append(Span(at, stop.start() if stop else min(len(text), at + _SENTENCE_AROUND)))
    return [w.form for span in outside if span.start < span.end for w in spoken(text, span.start, span.end)]
