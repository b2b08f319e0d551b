"""What stands in the margin of a transcript: who quoted a passage and how; and how many reports kept each word.

Reads: Story or Check, through the :class:`View`, on which it marks the words that were kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.statements import StatementView
from onrecord.publishers.texts import Mark
from onrecord.publishers.versions import Sign
from onrecord.publishers.view import Place, View
from onrecord.story import Story, Variant
from onrecord.wording import Passage, Wording

MOST_KEPT = 5
"""So many reports or more keep a word: the deepest tint."""


class MarginEntry(NamedTuple):
    """Reports that treat a passage alike, and how: the verdict or flag that matters most, as it reads."""

    places: list[Place]
    sign: Sign


class MarginNote(NamedTuple):
    """A note beside a passage: its statement, whose it is, and how each report gives it."""

    number: str
    anchor: str
    entries: list[MarginEntry]
    second: str = ""


class SpeakerJump(NamedTuple):
    """A speaker of a transcript: the name that it prints, the first turn's address, turns, and turns quoted from."""

    name: str
    href: str
    turns: int
    quoted: int


def margin(story: Story, view: View, listed: Mapping[str, StatementView]) -> dict[str, dict[int, list[MarginNote]]]:
    """Give the notes beside each transcript, by document and by the position of a passage's end.

    A statement whose passages stand in several paragraphs has a note beside each.
    """
    notes: dict[str, dict[int, list[MarginNote]]] = {}
    kept: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for statement in story.statements:
        beside: dict[tuple[str, int], dict[str, tuple[Sign, dict[str, Place]]]] = {}
        for variant in statement.variants:
            for passage in _quoted(variant, view):
                wording = variant.wording
                assert wording is not None
                line = view.documents[passage.document].text.rfind("\n", 0, passage.end) + 1
                sign = worst_sign(wording)
                span = view.attributions[variant.document, variant.attribution].content[0]
                alike = beside.setdefault((passage.document, max(line, passage.start)), {})
                places = alike.setdefault(sign.key, (sign, {}))[1]
                places.setdefault(variant.document, view.place(variant.document, span))
                kept[passage.document][variant.document] += kept_spans(wording, Span(passage.start, passage.end))
        for document, line, treated in _by_line(beside, view):
            entries = [MarginEntry(list(places.values()), sign) for sign, places in treated.values()]
            note = MarginNote(listed[statement.id].number, f"s-{statement.id}", entries, _clock(document, line, view))
            notes.setdefault(document, {}).setdefault(line, []).append(note)
    for document, by_report in kept.items():
        view.marks[document] += heat(by_report.values())
    return notes


_Treated = dict[str, tuple[Sign, dict[str, Place]]]


def _by_line(beside: Mapping[tuple[str, int], _Treated], view: View) -> Iterable[tuple[str, int, _Treated]]:
    """Join what stands beside one line of a transcript."""
    lines: dict[tuple[str, int], tuple[int, _Treated]] = {}
    for (document, place), treated in beside.items():
        line = view.documents[document].text.rfind("\n", 0, place + 1)
        joined = lines.setdefault((document, line), (place, {}))[1]
        for key, (sign, places) in treated.items():
            joined.setdefault(key, (sign, {}))[1].update(places)
    return [(document, place, treated) for (document, _), (place, treated) in lines.items()]


def _quoted(variant: Variant, view: View) -> list[Passage]:
    """List the passages of transcripts that a version quotes; one that was only looked up for its facts quotes none."""
    if variant.wording is None or variant.wording.verdict in {"unchecked", "not-found"}:
        return []
    return [p for p in variant.wording.passages if view.documents[p.document].document.kind == "transcript"]


def worst_sign(wording: Wording) -> Sign:
    """Give the most serious of a wording's verdict and flags."""
    keys = (wording.verdict, *wording.flags)
    key = max(keys, key=lambda each: labels.GRAVITIES.index(labels.signs()[each][1]))
    label, gravity, _ = labels.signs()[key]
    return Sign(key, label, gravity)


def kept_spans(wording: Wording, passage: Span) -> list[Span]:
    """List what a report keeps of a passage; all of it where no word-by-word alignment was made."""
    equal = [e.other for e in wording.edits if e.op in {"equal", "filler"} and e.other.end > e.other.start]
    inside = [Span(max(s.start, passage.start), min(s.end, passage.end)) for s in equal if s.overlaps(passage)]
    return inside or [passage]


def heat(kept: Iterable[Sequence[Span]]) -> list[Mark]:
    """Mark stretches by how many reports keep them: ``heat1`` to ``heat5``; what none keeps has no mark."""
    change: dict[int, int] = defaultdict(int)
    for spans in kept:
        end = -1
        for span in sorted(spans):
            start = max(span.start, end)
            if start < span.end:
                change[start] += 1
                change[span.end] -= 1
            end = max(end, span.end)
    marks: list[Mark] = []
    number = at = 0
    for place in sorted(change):
        kind = f"heat{min(number, MOST_KEPT)}"
        if number and at < place and marks and marks[-1].end == at and marks[-1].kind == kind:
            marks[-1] = marks[-1]._replace(end=place)
        elif number and at < place:
            marks.append(Mark(at, place, kind))
        number, at = number + change[place], place
    return marks


def speakers_of(view: View, notes: Mapping[str, Mapping[int, object]]) -> dict[str, list[SpeakerJump]]:
    """List the speakers of each transcript that has notes, in the order in which they first speak."""
    found: dict[str, list[SpeakerJump]] = {}
    for document, beside in notes.items():
        turns: dict[str, list[Span]] = {}
        for block in view.documents[document].document.blocks:
            if block.kind == "turn" and block.speaker:
                turns.setdefault(block.speaker, []).append(block.span)
        found[document] = [
            SpeakerJump(
                name,
                view.anchor(document, spans[0]),
                len(spans),
                sum(any(s.start <= place < s.end for place in beside) for s in spans),
            )
            for name, spans in turns.items()
        ]
    return found


def _clock(document: str, position: int, view: View) -> str:
    second = view.documents[document].document.second(position)
    return "" if second is None else labels.clock(second)
