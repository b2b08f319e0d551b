"""Versions of one statement set one over the other, word under word.

Reads: Wording, Consensus, the documents' text. Every row prints the same stream of words: what a version leaves out
stands in it as a hole as wide as the words, what only another adds as room. Rows of one font and one width then break
their lines at the same places, and words stand under each other at any width of the page, without a script. Compare
the alignment table of CollateX (Dekker and van Hulle, 2011), which this prints without columns.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from onrecord.annotation import Annotations, Form
from onrecord.document import Span
from onrecord.publishers.passages import Run
from onrecord.text.words import words
from onrecord.wording import Consensus, Edit, EditKind, Wording

CellKind = Literal["same", "added", "filler", "bracket", "hole", "beyond", "room", "free", "joint"]
_ROOM = 48
_LONG = 160
_ENOUGH = 0.5
_MARKS = " \n\"'“”‘’«»„‹›"
_UNCOMPARED = frozenset({"not-found", "unchecked"})


class Cell(NamedTuple):
    """Words of one row: ``same`` as the base, ``added``, a ``hole`` inside, ``beyond`` its ends, ``room``, ``free``."""

    kind: CellKind
    words: str


class Version(NamedTuple):
    """One document's version: where its words stand, and what was found of them. ``id`` is its attribution's.

    ``cue`` is the cue that must be read with it, ``around`` its words as printed in their sentence.
    """

    document: str
    id: str
    content: tuple[Span, ...]
    form: Form
    wording: Wording | None
    cue: str = ""
    around: tuple[Run, ...] = ()


class Row(NamedTuple):
    """Versions of the same words with the same verdict; ``aligned`` when it prints the stream of the base."""

    versions: tuple[Version, ...]
    cells: tuple[Cell, ...]
    aligned: bool


class Base(NamedTuple):
    """The words that rows are set against: a transcript's passage, or the wording that most reports share."""

    document: str
    span: Span
    speaker: str | None
    cells: tuple[Cell, ...]
    spoken: bool


class _Step(NamedTuple):
    """One stretch of a version: its words, and the words of the base that they stand for."""

    op: EditKind
    own: str
    base: Span


class _Read(NamedTuple):
    version: Version
    steps: list[_Step]
    aligned: bool


def collate(
    versions: Sequence[Version], documents: Mapping[str, Annotations], consensus: Consensus | None = None
) -> tuple[Base | None, list[Row]]:
    """Align the versions of one statement with their base; rows of the same words and verdict are one row."""
    found = _base(versions, documents, consensus)
    if found is None:
        return None, _grouped([Row((t,), tuple(_free(t, documents)), aligned=False) for t in versions])
    base, there = found
    text = documents[base].text
    if documents[base].document.kind != "transcript":
        text = _only(text, [c for t in versions if t.document == base for c in t.content])
    read = [_read(version, base, there, documents) for version in versions]
    reach = [s.base for each in read if each.aligned for s in each.steps if s.own and s.base.end > s.base.start]
    if not reach:
        return None, _grouped([Row((t,), tuple(_free(t, documents)), aligned=False) for t in versions])
    span = Span(min(s.start for s in reach), max(s.end for s in reach))
    cuts = _cuts(span, read)
    rooms = _rooms(span, read)
    kept = {at for each in read if each.aligned for s in each.steps if s.op == "equal" for at in _spread(s, cuts, text)}
    rows = [
        Row((each.version,), tuple(_filled(each.steps, cuts, rooms, text, kept)), aligned=True)
        if each.aligned
        else Row((each.version,), tuple(_free(each.version, documents)), aligned=False)
        for each in read
    ]
    whole = [_Step("equal", span.of(text), span)]
    speaker = next((p.speaker for t in versions if t.wording for p in t.wording.passages if p.document == base), None)
    cells = tuple(_filled(whole, cuts, rooms, text, kept))
    rows.sort(key=lambda row: not _holds(row.versions[0], base, there))
    return Base(base, span, speaker, cells, documents[base].document.kind == "transcript"), _grouped(rows)


def _holds(version: Version, base: str, there: Span) -> bool:
    """Return whether a version is the base itself: it stands above the others."""
    return version.document == base and any(c.overlaps(there) for c in version.content)


def _only(text: str, content: Sequence[Span]) -> str:
    """Blank out what is no part of a version: where a report names the speaker, it leaves nothing out."""
    parts: list[str] = []
    at = 0
    for span in sorted(content):
        if span.end > at:
            start = max(span.start, at)
            parts.extend((" " * (start - at), text[start : span.end]))
            at = span.end
    return "".join(parts) + " " * (len(text) - at)


def _base(
    versions: Sequence[Version], documents: Mapping[str, Annotations], consensus: Consensus | None
) -> tuple[str, Span] | None:
    """Choose what rows are set against: the transcript that most versions were found in, or a report's wording."""
    counts: dict[str, int] = {}
    for version in versions:
        if version.wording is not None and version.wording.verdict not in _UNCOMPARED:
            for document in dict.fromkeys(p.document for p in version.wording.passages):
                if documents[document].document.kind == "transcript":
                    counts[document] = counts.get(document, 0) + 1
    if counts:
        return max(counts, key=lambda d: counts[d]), Span(0, 0)
    own = {t.document for t in versions}
    aligned_to = [p for t in versions if t.wording and t.wording.edits for p in t.wording.passages if p.document in own]
    if aligned_to:
        first_aligned = max(aligned_to, key=lambda p: sum(p.document == q.document for q in aligned_to))
        return first_aligned.document, Span(first_aligned.start, first_aligned.end)
    if consensus is not None:
        return consensus.document, consensus.span
    first = next((t for t in versions if t.form == "direct"), None)
    if first is None or len(versions) == 1:
        return None
    return first.document, Span(first.content[0].start, first.content[-1].end)


def _read(version: Version, base: str, there: Span, documents: Mapping[str, Annotations]) -> _Read:
    """Read a version as steps along the base, by its edits where it was aligned to it, else word by word."""
    text, other = documents[version.document].text, documents[base].text
    wording = version.wording
    aligned_to = wording is not None and wording.edits and any(p.document == base for p in wording.passages)
    if aligned_to and wording is not None:
        steps = _by_edits(version, wording, text)
    elif _holds(version, base, there):
        steps = [_Step("equal", inner.of(text), inner) for span in version.content if (inner := _unmarked(text, span))]
    elif version.form == "indirect" or documents[base].document.kind == "transcript":
        return _Read(version, [], aligned=False)
    else:
        steps = _by_words(version, there, text, other)
    same = sum(len(s.own) for s in steps if s.op == "equal")
    own = sum(len(s.own) for s in steps)
    forward = all(a.base.start <= b.base.start for a, b in pairwise(steps))
    return _Read(version, steps, aligned=bool(same) and same >= _ENOUGH * own and forward)


def _by_edits(version: Version, wording: Wording, text: str) -> list[_Step]:
    """Follow the edit script; what lies between two edits is equal where both sides have words, else the one side's."""
    steps: list[_Step] = []
    content = version.content
    own = content[0].start
    base = min(wording.edits[0].other.start, wording.passages[0].start)
    for edit in (_bracketed(e, text) for e in wording.edits):
        if edit.document.start > own or edit.other.start > base:
            mine = Span(own, max(own, edit.document.start))
            steps.extend(_between(text, mine, Span(base, max(base, edit.other.start)), content))
        if edit.document.end > own or edit.other.end > edit.other.start:
            steps.append(_Step(edit.op, _within(text, edit.document, content), edit.other))
        own, base = max(own, edit.document.end), edit.other.end
    last = content[-1].end
    if last > own:
        ends = wording.passages[-1].end
        plain = all(e.op != "equal" for e in wording.edits)
        steps.extend(_between(text, Span(own, last), Span(base, max(base, ends if plain else base)), content))
    return steps


def _bracketed(edit: Edit, text: str) -> Edit:
    """Take the brackets around changed words along: they are the report's sign that it changed them."""
    start, end = edit.document.start, edit.document.end
    if edit.op != "equal" and start < end:
        start -= text[max(0, start - 1) : start] in {"[", "("}
        end += text[end : end + 1] in {"]", ")"}
    return Edit(edit.op, Span(start, end), edit.other)


def _between(text: str, own: Span, base: Span, content: Sequence[Span]) -> list[_Step]:
    mine = _within(text, own, content)
    if not mine.strip(" \n\"'“”‘’«»„,.;:"):
        return [_Step("delete", "", base)] if base.end - base.start > 1 else []
    if base.end <= base.start:
        return [_Step("insert", mine, Span(base.start, base.start))]
    return [_Step("equal", mine, base)]


def _within(text: str, span: Span, content: Sequence[Span]) -> str:
    """Look up the part of a span that lies in the content; parts are joined by a sign for what stands between."""
    parts = []
    for c in content:
        if c.overlaps(span):
            part = text[max(span.start, c.start) : min(span.end, c.end)]
            part = part.lstrip(_MARKS) if c.start >= span.start else part
            part = part.rstrip(_MARKS) if c.end <= span.end else part
            parts.append(part.rstrip(",") if c is content[-1] else part)
    return " ".join(part for part in parts if part)


def _unmarked(text: str, span: Span) -> Span:
    """Leave the quotation marks at both ends out, and the comma before the closing one."""
    words_ = span.of(text)
    start = span.start + len(words_) - len(words_.lstrip(_MARKS))
    return Span(start, max(start, start + len(words_.strip(_MARKS).rstrip(","))))


def _by_words(version: Version, span: Span, text: str, other: str) -> list[_Step]:
    """Align word by word where no edit script was made; words are folded, case and marks are not counted."""
    own = [w for c in version.content for w in words(text, c.start, c.end)]
    base = words(other, span.start, span.end)
    if not own or not base:
        return []
    steps: list[_Step] = []
    for op in Indel.opcodes([w.folded for w in base], [w.folded for w in own]):
        at = base[op.src_start].start if op.src_start < len(base) else span.end
        there = Span(at, base[op.src_end].start if op.src_end < len(base) else span.end)
        last = own[op.dest_end - 1] if op.dest_end > op.dest_start else None
        mine = text[own[op.dest_start].start : _trailing(text, last.end)] if last is not None else ""
        if op.tag == "equal":
            steps.append(_Step("equal", mine, there))
        elif op.tag == "delete":
            steps.append(_Step("delete", "", there))
        else:
            steps.append(_Step("insert", mine, Span(at, at)))
    return steps


def _trailing(text: str, at: int) -> int:
    """Take the punctuation that leans on a word along."""
    while at < len(text) and text[at] in ",.;:!?…":
        at += 1
    return at


def _cuts(span: Span, read: Sequence[_Read]) -> list[int]:
    edges = {span.start, span.end}
    for each in read:
        if each.aligned:
            for step in each.steps:
                edges.update((step.base.start, step.base.end))
    return sorted(e for e in edges if span.start <= e <= span.end)


def _rooms(span: Span, read: Sequence[_Read]) -> dict[int, str]:
    """Find, for each place of the base, the longest words that some row adds there, if they are short."""
    rooms: dict[int, str] = {}
    for each in read:
        if not each.aligned:
            continue
        for step in each.steps:
            if step.op not in {"equal", "delete"} and step.own and span.start <= step.base.end <= span.end:
                rooms[step.base.end] = max(rooms.get(step.base.end, ""), step.own, key=len)
    return {at: longest for at, longest in rooms.items() if len(longest) <= _ROOM}


def _filled(
    steps: Sequence[_Step],
    cuts: Sequence[int],
    rooms: Mapping[int, str],
    text: str,
    kept: Collection[int] | None = None,
) -> list[Cell]:
    """Print one row of the stream: for each stretch of the base the row's words or a hole, and room for additions.

    A long stretch that no version keeps (``kept`` has the starts of those that one does) is shortened in every row.
    """
    same: dict[int, str] = {}
    added: dict[int, tuple[CellKind, str]] = {}
    for step in steps:
        if step.op == "equal":
            same.update(_spread(step, cuts, text))
        elif step.own:
            kind: CellKind = step.op if step.op in {"filler", "bracket"} else "added"
            before = added.get(step.base.end, (kind, ""))[1]
            added[step.base.end] = (kind, f"{before} {step.own}".strip())
    first, last = min(same, default=0), max(same, default=0)
    cells: list[Cell] = []
    for number, at in enumerate(cuts):
        if at in added:
            cells.append(Cell(*added[at]))
            cells.append(Cell("room", rooms.get(at, "")[len(added[at][1]) :]))
        elif at in rooms:
            cells.append(Cell("room", rooms[at]))
        if number + 1 < len(cuts):
            stretch = text[at : cuts[number + 1]]
            if at in same:
                cells.append(Cell("same", same[at] if kept is None or at in kept else _shortened(same[at])))
            elif stretch.strip():
                cells.append(
                    Cell(
                        "hole" if first < at < last else "beyond",
                        stretch if kept is None or at in kept else _shortened(stretch),
                    )
                )
    while cells and cells[-1].kind in {"beyond", "room"}:
        cells.pop()
    return _joined(cells)


def _spread(step: _Step, cuts: Sequence[int], text: str) -> dict[int, str]:
    """Part a step's own words at the cuts of the base, by counting words; where counts differ they stay together."""
    inner = [c for c in cuts if step.base.start <= c < step.base.end]
    if len(inner) <= 1:
        return {step.base.start: step.own}
    mine = words(step.own)
    counted = [len(words(text, a, b)) for a, b in zip(inner, [*inner[1:], step.base.end], strict=True)]
    if sum(counted) != len(mine):
        return {at: step.own if n == 0 else "" for n, at in enumerate(inner)}
    result: dict[int, str] = {}
    done = start = 0
    for n, (at, size) in enumerate(zip(inner, counted, strict=True)):
        done += size
        end = len(step.own) if n == len(inner) - 1 or done >= len(mine) else mine[done].start
        result[at] = step.own[start:end]
        start = end
    return result


def _joined(cells: Sequence[Cell]) -> list[Cell]:
    """Join neighbours of one kind and part the others by a space."""
    result: list[Cell] = []
    for cell in cells:
        words_ = " ".join(cell.words.split())
        if not words_:
            continue
        if result and result[-1].kind == cell.kind:
            result[-1] = Cell(cell.kind, f"{result[-1].words} {words_}")
        else:
            result.append(Cell(cell.kind, words_))
    return result


def _free(version: Version, documents: Mapping[str, Annotations]) -> list[Cell]:
    text = documents[version.document].text
    cells: list[Cell] = []
    for span in version.content:
        if cells:
            cells.append(Cell("joint", "…"))
        cells.append(Cell("free", " ".join(span.of(text).split())))
    return cells


def _grouped(rows: Sequence[Row]) -> list[Row]:
    """Join rows of the same words, verdict, form and cue; the first document's place decides the order."""
    found: dict[object, Row] = {}
    for row in rows:
        version = row.versions[0]
        verdict = (version.wording.verdict, version.wording.flags) if version.wording else None
        cue = version.cue if row.aligned or not version.around else "".join(run.words for run in version.around)
        key = (tuple((c.kind, c.words.casefold()) for c in row.cells), verdict, version.form, cue.casefold())
        found[key] = row._replace(versions=(*found[key].versions, version)) if key in found else row
    return list(found.values())


def _shortened(stretch: str) -> str:
    if len(stretch) <= _LONG:
        return stretch
    cut = " ".join(stretch.split())
    return f"{cut[: _LONG // 2].rsplit(' ', 1)[0]} […] {cut[-_LONG // 2 :].split(' ', 1)[-1]}"
