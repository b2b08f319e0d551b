"""Versions of one utterance, compared with each other: where no transcript is known, no side is called wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.annotation import Annotations
from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.alignment.search import Hit, Search
from onrecord.comparison.alignment.shared_runs import Runs
from onrecord.comparison.alignment.significance import confidence
from onrecord.comparison.edits.changes import Change, Reading
from onrecord.comparison.edits.sentence_edges import SentenceEdges
from onrecord.comparison.speech.quotations import Quoted, read_quotation, stretches_within
from onrecord.comparison.wording.evidence import edit_of, in_order, passages_of, query_of, worst
from onrecord.document import Document, Span
from onrecord.wording import Consensus, Wording

_LEAST_SHARED: Final = 9.0
_LEAST_SHARED_PART: Final = 0.3
_LEAST_SHARED_WORDS: Final = 3


def differ(stretches: Sequence[Span], document: Document, other: TranscriptIndex) -> Wording:
    """Compare two versions of one utterance: ``reports-agree`` or ``reports-differ``, with the edits from the other.

    ``stretches`` are those of the version in ``document``; ``other`` is the other one (:func:`index_of_version`).

    They agree where every word that both hold in the same place is equal, fillers and shown gaps apart; neither side is
    called wrong. ``unchecked`` where they share too little to be compared.
    """
    index, quoted = other, read_quotation(document.text, stretches)
    if not quoted.words or not len(index):
        return Wording("unchecked", reason="little-in-common")
    hit = Search(index, query_of(quoted)).whole()
    if hit is None or not _comparable(hit, index, quoted):
        return Wording("unchecked", reason="little-in-common")
    changes = _inner(Reading(quoted, document.text, index, hit, SentenceEdges(index)).changes())
    marking, words = worst([c.marking for c in changes]), worst([c.words for c in changes])
    agrees = {marking, words} <= {None, "cleaned", "bracketed", "elided-marked", "elided-seam"}
    return Wording(
        verdict="reports-agree" if agrees else "reports-differ",
        passages=passages_of(hit, index),
        edits=tuple(edit_of(change, quoted, document.text, index) for change in changes),
        flags=in_order({f for c in changes for f in c.flags}),
        marking=marking,
        words=words or "verbatim",
        confidence=round(confidence(hit, len(index), same_speaker=True), 4),
    )


def consensus(
    variants: Sequence[tuple[Document, Sequence[Span]]], reporters: Sequence[str] | None = None
) -> Consensus | None:
    """Find the longest run of words that most versions share, letter folding apart, and how many reporters have it.

    ``reporters[i]`` names the independent reporter of variant i (copies of one report share a name); by default each is
    its own. ``None`` where no run of three words is shared by more than half of the reporters, and by two at least. Of
    runs of one length the one with the most reporters is taken, then the first. It is what most reports print, never
    what was said. Time is that of sorting the words, times the logarithm of the longest version.
    """
    names = list(reporters) if reporters is not None else [str(number) for number in range(len(variants))]
    needed = max(2, len(set(names)) // 2 + 1)
    if len(set(names)) < needed:
        return None
    read = [read_quotation(document.text, spans) for document, spans in variants]
    runs = Runs([[None if b else w.form for w, b in zip(q.words, q.bracketed, strict=True)] for q in read], names)
    found = runs.longest(needed, _LEAST_SHARED_WORDS)
    if found is None:
        return None
    words = read[found.version].words[found.first : found.first + found.length]
    return Consensus(variants[found.version][0].id, Span(words[0].start, words[-1].end), found.reporters)


def _inner(changes: Sequence[Change]) -> list[Change]:
    """Leave out what one version holds before or after the other begins or ends: it is no difference in words."""
    kept = list(changes)
    while kept and kept[0].op == "insert":
        kept.pop(0)
    while kept and kept[-1].op == "insert":
        kept.pop()
    return kept


def _comparable(hit: Hit, index: TranscriptIndex, quoted: Quoted) -> bool:
    """Return whether two versions share enough, by weight of the shorter one, to be compared word by word."""
    ours = sum(index.weight(w.form) for w in quoted.words)
    theirs = sum(index.weight(index.form_at(place)) for place in range(len(index)))
    return hit.score >= _LEAST_SHARED and hit.share * ours >= _LEAST_SHARED_PART * min(ours, theirs)


def index_of_version(document: Document, spans: Sequence[Span]) -> TranscriptIndex:
    """Index one version of an utterance as a transcript, a turn a stretch; positions count in its document."""
    stretches = [s for span in spans for s in stretches_within(document.text, span)]
    return TranscriptIndex([Annotations(document)], stretches)
