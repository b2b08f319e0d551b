"""The versions of a statement as rows: who prints these words, the words, and what is to be said of them.

Reads: Wording, Attribution, through the :class:`View`, on which it marks where each version stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from onrecord.annotation import Form
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.collation import Base, Cell, Row, Version
from onrecord.publishers.naming import MORE_THAN_ONE, denial, needed_cue
from onrecord.publishers.passages import FORM_CLASS, Run, in_sentence, spaced
from onrecord.publishers.texts import Mark
from onrecord.publishers.view import Place, View
from onrecord.story import Severity, Story
from onrecord.wording import Flag, Verdict, Wording

_LEANS = re.compile(r"[,.;:!?…’”)\]]")
"""What stands at a word without a space before it."""
_CONDITION = 64


class RowView(NamedTuple):
    """One line of a statement: who prints these words, the words, and what is to be said of them.

    ``runs`` are the words in their sentence, or, where rows are set one over the other, ``cells``. ``signs`` are the
    verdict and its flags, the most serious first, each a key of the legend.
    """

    places: list[Place]
    cells: list[Cell]
    runs: tuple[Run, ...]
    aligned: bool
    signs: list[Sign]
    form: Form
    notes: list[Note]
    severity: Severity | None = None
    cue: str = ""
    denies: str = ""


class Note(NamedTuple):
    """What is said beside a row: words, an address on the web for them, or the links of a chain of sourcing."""

    words: str
    address: str = ""
    chain: tuple[tuple[str, str], ...] = ()


class Sign(NamedTuple):
    """A verdict or flag of a row: its key, its label, and how serious it is."""

    key: Verdict | Flag
    label: str
    gravity: labels.Gravity


class Versions:
    """Writes the versions of a story's statements, or of checked quotations, which no story joins."""

    def __init__(self, view: View, story: Story | None = None) -> None:
        """Know whom the story lists speakers of single documents under."""
        speakers = story.speakers if story is not None else ()
        self.view = view
        self._joined = {member: (s.id, s.name) for s in speakers for member in s.members}
        self.speakers = {s.id: s.name for s in speakers}

    def version(self, document: str, attribution: str, wording: Wording | None) -> Version:
        """Look a version up; outside quotation marks its sentence comes along, for half a clause misleads."""
        found = self.view.attributions[document, attribution]
        around = in_sentence(self.view.documents[document], found) if found.form != "direct" else ()
        cue = needed_cue(self.view.documents[document].text, found)
        return Version(document, found.id, found.content, found.form, wording, cue, around)

    def base(self, base: Base, speaker: str) -> dict[str, Any]:
        """Write the words that rows are aligned to, and whose they are where that is not the speaker named."""
        said = base.speaker if base.speaker and _last(base.speaker) != _last(speaker) else ""
        return {"place": self.view.place(base.document, base.span), "cells": parted(base.cells), "speaker": said}

    def row(self, row: Row, severity: Severity | None = None, named: str | None = None) -> RowView:
        """Write a row; ``named`` is the story's speaker that the statement is listed under."""
        first = row.versions[0]
        ordered = sorted(row.versions, key=lambda t: self.view.order[t.document])
        places = [self.view.place(t.document, t.content[0]) for t in ordered]
        notes = [c for t in row.versions for c in (self._chain(t), self._names_another(t, named)) if c is not None]
        if first.wording is not None and (why := _why_unchecked(first.wording)):
            notes.insert(0, Note(why))
        elif first.wording is not None and (when := self._time(first.wording)):
            notes.insert(0, when)
        within = not row.aligned and first.form != "direct" and bool(first.around)
        return RowView(
            places=places,
            cells=[] if within else parted(row.cells),
            runs=first.around if within else (),
            aligned=row.aligned,
            signs=self._signs(first.wording),
            form=first.form,
            notes=notes,
            severity=severity,
            cue="" if within else first.cue,
            denies=self._denial(first),
        )

    def _signs(self, wording: Wording | None) -> list[Sign]:
        """List a verdict and its flags, the most serious first."""
        if wording is None:
            return []
        signs = [Sign(wording.verdict, labels.VERDICTS[wording.verdict][0], labels.VERDICTS[wording.verdict][1])]
        for flag in wording.flags:
            label, gravity, _ = labels.FLAGS[flag]
            lost = self._condition(wording) if flag == "qualifier-lost" else ""
            signs.append(Sign(flag, f"{label}: “{lost}”" if lost else label, gravity))
        return sorted(signs, key=lambda sign: -labels.GRAVITIES.index(sign.gravity))

    def _time(self, wording: Wording) -> Note | None:
        """Say at which time of the recording the words are said, with a link where the recording has an address."""
        document = self.view.documents[wording.passages[0].document].document if wording.passages else None
        second = document.second(wording.passages[0].start) if document else None
        if document is None or second is None:
            return None
        said = labels.clock(second)
        if document.url and document.url.startswith(("https://", "http://")):
            address = f"{document.url.partition('#')[0]}#t={int(second)}"
            return Note(f"at {said}", address)
        return Note(f"at {said}")

    def _condition(self, wording: Wording) -> str:
        """Give the rest of the sentence that a shortened quotation leaves out: what follows it, else what precedes."""
        if wording.verdict != "trimmed" or not wording.passages:
            return ""
        passage = wording.passages[-1]
        spoken = self.view.documents[passage.document]
        at = bisect_right(spoken.sentences, passage.end - 1, key=lambda s: s.start) - 1
        sentence = spoken.sentences[at] if at >= 0 else Span(passage.start, passage.end)
        after = spoken.text[passage.end : max(passage.end, sentence.end)]
        before = spoken.text[min(sentence.start, passage.start) : passage.start]
        lost = spaced(after).strip(" .,;:—–-") or spaced(before).strip(" .,;:—–-")
        return lost if len(lost) <= _CONDITION else lost[:_CONDITION].rsplit(" ", 1)[0] + " …"

    def _names_another(self, version: Version, named: str | None) -> Note | None:
        """Say whom a report names where that is not whom the statement is listed under."""
        found = self.view.attributions.get((version.document, version.id))
        joined = self._joined.get((version.document, found.speaker or "")) if found is not None else None
        listed = self.speakers.get(named or "")
        if found is None or joined is None or listed is None or not found.speaker_clear:
            return None
        if joined[1].casefold() == listed.casefold():
            return None
        return Note(f"{self.view.letters[version.document]} names {joined[1]}")

    def _denial(self, version: Version) -> str:
        """Give the cue by which a version's words are denied, or nothing."""
        attribution = self.view.attributions.get((version.document, version.id))
        return "" if attribution is None else denial(self.view.documents[version.document].text, attribution) or ""

    def _chain(self, version: Version) -> Note | None:
        """Write through whom a document has the words, nearest to it first, each link leading to its evidence."""
        attribution = self.view.attributions.get((version.document, version.id))
        if attribution is None or not attribution.shown_via:
            return None
        links = tuple((self.view.anchor(version.document, Span(v.start, v.end)), v.name) for v in attribution.shown_via)
        return Note(f"{self.view.letters[version.document]} has it from", chain=links)

    def mark(self, versions: Sequence[Version], group: str, number: str, what: str, kind: str = "") -> None:
        """Mark where versions stand in their texts and where a transcript has their words; ``kind`` adds a class."""
        shared = (
            group if len({t.document for t in versions}) >= MORE_THAN_ONE or any(_spoken(t) for t in versions) else ""
        )
        noted: set[str] = set()
        for version in versions:
            for n, span in enumerate(version.content, 1):
                note = number if n == len(version.content) else ""
                form = f"{FORM_CLASS[version.form]}{kind}"
                self._add(version.document, span, form, shared, note, group, f"{what} {number}")
            for passage in version.wording.passages if version.wording else ():
                document = self.view.documents.get(passage.document)
                if document is not None and document.document.kind == "transcript":
                    note = number if passage.document not in noted else ""
                    noted.add(passage.document)
                    span = Span(passage.start, passage.end)
                    self._add(passage.document, span, "q", group, note, group, f"{what} {number}")

    def _add(self, document: str, span: Span, kind: str, *rest: str) -> None:
        self.view.marks[document].append(Mark(span.start, span.end, kind, self.view.anchor(document, span), *rest))


def parted(row: Iterable[Cell]) -> list[Cell]:
    """Put a space before each cell but the first and those that lean on the word before."""
    given: list[Cell] = []
    for cell in row:
        space = "" if not given or _LEANS.match(cell.words) else " "
        given.append(Cell(cell.kind, f"{space}{cell.words}"))
    return given


def _last(name: str) -> str:
    """Give the last word of a name: a transcript's label often has no more of it."""
    return name.rsplit(maxsplit=1)[-1].casefold().strip(":.") if name.split() else ""


def _spoken(version: Version) -> bool:
    return version.wording is not None and bool(version.wording.passages)


def _why_unchecked(wording: Wording) -> str:
    """Say why a version was not checked, or nothing where it was."""
    return labels.REASONS[wording.reason] if wording.reason is not None else ""


__all__ = ["Note", "RowView", "Sign", "Versions", "parted"]
