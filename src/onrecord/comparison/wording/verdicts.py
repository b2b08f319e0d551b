"""Did they say it in these words? Verdicts on quotations held against transcripts, or against each other.

Reads: quotations of reports, a :class:`TranscriptIndex`. Gives: :class:`Wording`.
The verdicts, their axes and their order are those of DESIGN.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, get_args
from weakref import WeakKeyDictionary

from onrecord.annotation import Annotations
from onrecord.comparison.people.turn_labels import asks, speaks_there, whose
from onrecord.comparison.wording.alignment import MOST_WORDS, Hit, Query, TranscriptIndex, Turn
from onrecord.comparison.wording.chance import SURE, confidence
from onrecord.comparison.wording.changes import HESITATIONS, Change, Reading, without_brackets
from onrecord.comparison.wording.edges import Edges
from onrecord.comparison.wording.occasion import Context, choose
from onrecord.comparison.wording.qualifiers import kept, qualifiers
from onrecord.comparison.wording.quotations import (
    ELLIPSIS,
    Quoted,
    read_quotation,
    stretches_within,
)
from onrecord.comparison.wording.shared_runs import Runs
from onrecord.comparison.wording.speech import spoken
from onrecord.comparison.wording.wholeness import is_punctuated, is_report, is_whole
from onrecord.document import Document, Span
from onrecord.lexicon.load import word_list
from onrecord.story import (
    VERDICTS,
    Consensus,
    Edit,
    Flag,
    Passage,
    UncheckedReason,
    Verdict,
    Wording,
)

_RANK: Final = {verdict: number for number, verdict in enumerate(VERDICTS)}
_FLAG_ORDER: Final = {flag: number for number, flag in enumerate(get_args(Flag))}
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
_PASSAGE_GAP: Final = 25
_LEAST_SHARED: Final = 9.0
_LEAST_SHARED_PART: Final = 0.3
_LEAST_SHARED_WORDS: Final = 3
_SENTENCE_AROUND: Final = 600
"""Characters each way within which the sentence of an article around a quotation is looked for."""
_ENDS_BEFORE: Final = re.compile(r"[.?!][\"'”’)\]]*\s|\n")
_CLOSING: Final = re.compile(r"[\"'”’)\]]*[ \t\u00a0]*")
_ENDS_AFTER: Final = re.compile(r"[.?!\n]")
_LEAST_MISSED: Final = 3
"""Words from which on a quotation can be said to be missing from a transcript."""
_ACCUSING: Final = word_list("wording.accusing")
"""Verdicts that say that words were not spoken so: they need the strongest evidence."""
_MARKS: Final = re.compile('[“”"]')
_edges: WeakKeyDictionary[TranscriptIndex, Edges] = WeakKeyDictionary()


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
    neighbours: Mapping[int, int] | None = None,
) -> Wording:
    """Judge one quotation of a document against transcripts.

    ``quotation`` are its stretches, in order, with or without their marks; an attribution that interrupts lies between
    two of them. ``speaker`` and ``aliases`` name whom the document credits; ``clear`` says that it does so surely, or
    nobody is blamed for another's words. ``partial`` is the caller's word that the transcripts do not hold all that was
    said; else it is read off them. ``neighbours`` counts, by transcript's number, the document's other quotations that
    only that transcript holds.
    """
    quoted = read_quotation(document.text, quotation)
    if not quoted.words or not len(index):
        return Wording("unchecked", reason="too-short" if len(index) else "transcript-partial")
    names = [n for n in (speaker, *aliases) if n]
    hits = _with_own(index.hits(query_of(quoted)), quoted, index, names)
    context = Context.of(document, neighbours) if len(index.transcripts) > 1 or hits else Context(None, frozenset(), {})
    judged = _chosen(hits, index, names, context)
    strange = judged is not None and judged.speaker_fits is False and judged.hit.share < _ALIGNS_WELL
    if judged is None or judged.confidence < SURE or judged.impossible or strange:
        return _nothing(judged, quoted, index, names, partial=partial)
    if not clear and judged.speaker_fits is False:
        judged = judged._replace(speaker_fits=None)
    blamed = judged.speaker_fits is False and _blames(judged, quoted)
    wording = _surely(
        _told(quoted, document.text, quotation, index, judged, blamed=blamed), judged, index, blamed=blamed
    )
    if (
        judged.speaker_fits is False and not blamed
    ):  # in another's turn, and too little to say so: neither right nor wrong
        return Wording("unchecked", wording.passages, confidence=wording.confidence, reason="weak-match")
    return wording


def _blames(judged: _Judged, quoted: Quoted) -> bool:
    """Return whether words that stand in another's turn are surely those of the quotation."""
    whole = judged.hit.share >= _ALL_BUT_WHOLE and len(quoted.words) >= _LEAST_WHOLE
    return judged.confidence >= (_SURE_OF_WHOLE if whole else _SURE_ENOUGH_TO_BLAME)


def _with_own(hits: Sequence[Hit], quoted: Quoted, index: TranscriptIndex, names: Sequence[str]) -> list[Hit]:
    """Add the alignments with the speaker's own turns where the best one lies in another's, or runs into it.

    A neighbour who says nearly the same would else hide what the speaker said.
    """
    found = list(hits)
    if not names or not found or _stays_own(found[0], index, names):
        return found

    def own(turn: Turn) -> bool:
        who = index.speaker_of(turn)
        return who is not None and whose(names, who, index.speakers(turn.document)) is True

    known = {hit.places for hit in found}
    found += [hit for hit in index.hits_within(query_of(quoted), own) if hit.places not in known]
    return sorted(found, key=lambda h: (-h.score, h.places))


def _stays_own(hit: Hit, index: TranscriptIndex, names: Sequence[str]) -> bool:
    """Return whether all that was aligned stands in turns of the speaker, or of nobody known."""
    turns = {index.turn_of(place) for place in hit.places if place >= 0}
    labels = index.speakers(hit.document)
    return all(whose(names, index.speaker_of(index.turns[turn]), labels) is not False for turn in turns)


def _surely(wording: Wording, judged: _Judged, index: TranscriptIndex, *, blamed: bool) -> Wording:
    """Take back an accusation for which the evidence is not the strongest; the passages stay, to be looked at."""
    if wording.verdict not in _ACCUSING:
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
    documents = {t.id: t.document for t in index.transcripts}
    for passage in passages:
        document = documents[passage.document]
        line = document.text.rfind("\n", 0, passage.start) + 1
        before = [m.group() for m in _MARKS.finditer(document.text, line, passage.start)]
        inside = before and (before[-1] == "“" or (before[-1] == '"' and len(before) % 2 == 1))
        if (inside or _MARKS.search(document.text, passage.start, passage.end)) and not is_report(document):
            return True
    return False


def query_of(quoted: Quoted) -> Query:
    """Make the query by which a quotation's words are looked for."""
    return Query(tuple(w.form for w in quoted.words), quoted.bracketed, tuple(s is not None for s in quoted.shown))


def _chosen(hits: Sequence[Hit], index: TranscriptIndex, names: Sequence[str], context: Context) -> _Judged | None:
    """Choose among alignments: the speaker's own turns first, then the occasion that the article reports."""
    hits = [hit for hit in hits if hit.score >= 0]  # under zero, what differs outweighs what is equal
    if not hits:
        return None
    fits = {id(hit): _speaker_fits(hit, index, names) for hit in hits}
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


def _speaker_fits(hit: Hit, index: TranscriptIndex, names: Sequence[str]) -> bool | None:
    return whose(names, _speaker_at(hit, index), index.speakers(hit.document)) if names else None


def _nothing(
    judged: _Judged | None, quoted: Quoted, index: TranscriptIndex, names: Sequence[str], *, partial: bool
) -> Wording:
    """Say that nothing was found, or why that cannot be said."""
    sure = judged.confidence if judged else 0.0
    if judged and judged.impossible and judged.confidence >= SURE:
        passages = _passages(judged.hit, index)
        return Wording("unchecked", passages, flags=("occasion-in-doubt",), confidence=sure, reason="other-occasion")
    reason = _why_not(judged, quoted, index, names, partial=partial)
    near = _passages(judged.hit, index) if judged and reason == "weak-match" else ()
    return Wording("unchecked" if reason else "not-found", near, confidence=sure, reason=reason)


def _why_not(
    judged: _Judged | None, quoted: Quoted, index: TranscriptIndex, names: Sequence[str], *, partial: bool
) -> UncheckedReason | None:
    """Say why a quotation that was not found cannot be called missing; ``None`` where it can."""
    documents = [transcript.document for transcript in index.transcripts]
    labels = [label for n in range(len(documents)) for label in index.speakers(n)]
    if names and speaks_there(names, labels) is False:
        return "no-turns-of-speaker"
    if len(quoted.words) < _LEAST_MISSED or (judged and judged.hit.share >= _WHOLE):
        return "too-short"
    if len(quoted.words) > MOST_WORDS:
        return "too-long"
    if judged and judged.speaker_fits is not False and judged.hit.share >= _LIKE:
        return "weak-match"
    if partial or not all(map(is_whole, documents)):
        return "transcript-partial"
    return None if all(map(is_punctuated, documents)) else "transcript-unpunctuated"


def _told(
    quoted: Quoted, text: str, stretches: Sequence[Span], index: TranscriptIndex, judged: _Judged, *, blamed: bool
) -> Wording:
    edges = edges_of(index)
    judged = judged._replace(hit=without_brackets(judged.hit, quoted, index))
    changes = Reading(quoted, text, index, judged.hit, edges).changes()
    extent, extra, qualified = _extent(judged.hit, edges, _around(text, stretches))
    if any(change.qualifies for change in changes):
        qualified = True
    marking = _worst([c.marking for c in changes])
    words = _worst([*(c.words for c in changes), extra])
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
        verdict=_worst([extent, marking, words, speaker]) or "verbatim",
        passages=_passages(judged.hit, index),
        edits=tuple(_edit(change, quoted, text, index) for change in changes),
        flags=tuple(sorted(flags, key=_FLAG_ORDER.__getitem__)),
        extent=extent,
        marking=marking,
        words=words or "verbatim",
        speaker=speaker,
        confidence=round(judged.confidence, 4),
    )


def _worst(verdicts: Sequence[Verdict | None]) -> Verdict | None:
    worst: Verdict | None = None
    for verdict in verdicts:
        if verdict is not None and (worst is None or _RANK[verdict] > _RANK[worst]):
            worst = verdict
    return worst


def edges_of(index: TranscriptIndex) -> Edges:
    """Give the edges of an index's sentences, learned once."""
    if index not in _edges:
        _edges[index] = Edges(index)
    return _edges[index]


def _extent(hit: Hit, edges: Edges, around: Sequence[str]) -> tuple[Verdict, Verdict | None, bool]:
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


def _passages(hit: Hit, index: TranscriptIndex) -> tuple[Passage, ...]:
    """Give the passages, in the transcript's order, parted where the quotation skips far or changes the turn."""
    places = sorted(p for p in hit.places if p >= 0)
    runs: list[list[int]] = [[places[0]]]
    for place in places[1:]:
        if place - runs[-1][-1] > _PASSAGE_GAP or index.turn_of(place) != index.turn_of(runs[-1][-1]):
            runs.append([])
        runs[-1].append(place)
    identity = index.transcripts[hit.document].id
    turns = [index.turns[index.turn_of(run[0])] for run in runs]
    return tuple(
        Passage(identity, int(index.starts[run[0]]), int(index.ends[run[-1]]), turn.speaker, turn.label)
        for run, turn in zip(runs, turns, strict=True)
    )


def _edit(change: Change, quoted: Quoted, text: str, index: TranscriptIndex) -> Edit:
    words = quoted.words
    if change.last > change.first:
        document = Span(words[change.first].start, words[change.last - 1].end)
    else:
        at = words[change.first - 1].end if change.first else words[0].start
        document = Span(at, at)
        mark = (
            ELLIPSIS.search(text, at, words[change.first].start)
            if change.op == "ellipsis" and change.first < len(words)
            else None
        )
        if mark:
            document = Span(*mark.span())
    if change.end > change.start:
        return Edit(change.op, document, Span(int(index.starts[change.start]), int(index.ends[change.end - 1])))
    at = int(index.starts[change.start]) if change.start < len(index) else int(index.ends[-1])
    return Edit(change.op, document, Span(at, at))


# -- without a transcript
# -------------------------------------------------------------------------------------------------


def differ(a: Sequence[Span], document: Document, b: Sequence[Span], other: Document) -> Wording:
    """Compare two tellings of one utterance: ``reports-agree`` or ``reports-differ``, with the edit script from b to a.

    They agree where every word that both hold in the same place is equal, fillers and shown gaps apart; neither side is
    called wrong. ``unchecked`` where they share too little to be compared.
    """
    index = _index_of(other, tuple(b))
    quoted = read_quotation(document.text, a)
    if not quoted.words or not len(index):
        return Wording("unchecked", reason="little-in-common")
    hit = index.whole(query_of(quoted))
    if hit is None or not _comparable(hit, index, quoted):
        return Wording("unchecked", reason="little-in-common")
    changes = _inner(Reading(quoted, document.text, index, hit, edges_of(index)).changes())
    marking, words = _worst([c.marking for c in changes]), _worst([c.words for c in changes])
    agrees = {marking, words} <= {None, "cleaned", "bracketed", "elided-marked", "elided-seam"}
    return Wording(
        verdict="reports-agree" if agrees else "reports-differ",
        passages=_passages(hit, index),
        edits=tuple(_edit(change, quoted, document.text, index) for change in changes),
        flags=tuple(sorted({f for c in changes for f in c.flags}, key=_FLAG_ORDER.__getitem__)),
        marking=marking,
        words=words or "verbatim",
        confidence=round(confidence(hit, len(index), same_speaker=True), 4),
    )


def consensus(
    variants: Sequence[tuple[Document, Sequence[Span]]], tellers: Sequence[str] | None = None
) -> Consensus | None:
    """Find the longest run of words that most tellings share, letter folding apart, and how many tellers hold it.

    ``tellers[i]`` names the independent teller of variant i (copies of one report share a name); by default each is its
    own. ``None`` where no run of three words is shared by more than half of the tellers, and by two at least. Of runs
    of one length the one with the most tellers is taken, then the first. It is what most reports print, never what was
    said. Time is that of sorting the words, times the logarithm of the longest telling.
    """
    names = list(tellers) if tellers is not None else [str(number) for number in range(len(variants))]
    needed = max(2, len(set(names)) // 2 + 1)
    if len(set(names)) < needed:
        return None
    read = [read_quotation(document.text, spans) for document, spans in variants]
    runs = Runs([[None if b else w.form for w, b in zip(q.words, q.bracketed, strict=True)] for q in read], names)
    found = runs.longest(needed, _LEAST_SHARED_WORDS)
    if found is None:
        return None
    words = read[found.telling].words[found.first : found.first + found.length]
    return Consensus(variants[found.telling][0].id, Span(words[0].start, words[-1].end), found.tellers)


def _inner(changes: Sequence[Change]) -> list[Change]:
    """Leave out what one telling holds before or after the other begins or ends: it is no difference in words."""
    kept = list(changes)
    while kept and kept[0].op == "insert":
        kept.pop(0)
    while kept and kept[-1].op == "insert":
        kept.pop()
    return kept


def _comparable(hit: Hit, index: TranscriptIndex, quoted: Quoted) -> bool:
    """Return whether two tellings share enough, by weight of the shorter one, to be compared word by word."""
    ours = sum(index.weight(w.form) for w in quoted.words)
    theirs = sum(index.weight(index.form_at(place)) for place in range(len(index)))
    return hit.score >= _LEAST_SHARED and hit.share * ours >= _LEAST_SHARED_PART * min(ours, theirs)


@lru_cache(maxsize=256)
def _index_of(document: Document, spans: tuple[Span, ...]) -> TranscriptIndex:
    """Index one telling as if it were a transcript of its own, a turn a stretch; positions count in its document."""
    stretches = [s for span in spans for s in stretches_within(document.text, span)]
    return TranscriptIndex([Annotations(document)], stretches)
