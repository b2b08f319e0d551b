"""What a judgement rests on and points at: a quotation looked up, its passages and edits in characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, get_args

from onrecord.comparison.alignment.index import TranscriptIndex
from onrecord.comparison.alignment.search import Hit, Query, Search
from onrecord.comparison.edits.changes import Change
from onrecord.comparison.speech.quotations import ELLIPSIS, Quoted, read_quotation
from onrecord.document import Document, Span
from onrecord.wording import VERDICTS, Edit, Flag, Passage, Verdict

_RANK: Final = {verdict: number for number, verdict in enumerate(VERDICTS)}
_FLAG_ORDER: Final = {flag: number for number, flag in enumerate(get_args(Flag))}
_PASSAGE_GAP: Final = 25


class LookedUp(NamedTuple):
    """A quotation's words, the search for them, and the alignments found, best first."""

    quoted: Quoted
    search: Search
    hits: list[Hit]


def look_up(stretches: Sequence[Span], document: Document, index: TranscriptIndex) -> LookedUp:
    """Look a quotation of a document up in transcripts; ``stretches`` as for :func:`read_quotation`."""
    quoted = read_quotation(document.text, stretches)
    search = Search(index, query_of(quoted))
    return LookedUp(quoted, search, search.hits())


def query_of(quoted: Quoted) -> Query:
    """Make the query by which a quotation's words are looked for."""
    return Query(tuple(w.form for w in quoted.words), quoted.bracketed, tuple(s is not None for s in quoted.shown))


def worst(verdicts: Sequence[Verdict | None]) -> Verdict | None:
    """Return the most serious of some verdicts."""
    found: Verdict | None = None
    for verdict in verdicts:
        if verdict is not None and (found is None or _RANK[verdict] > _RANK[found]):
            found = verdict
    return found


def in_order(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Put flags in the order in which they are listed."""
    return tuple(sorted(flags, key=_FLAG_ORDER.__getitem__))


def passages_of(hit: Hit, index: TranscriptIndex) -> tuple[Passage, ...]:
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


def edit_of(change: Change, quoted: Quoted, text: str, index: TranscriptIndex) -> Edit:
    """Give an edit as what it covers in the quoting document and in the transcript."""
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
