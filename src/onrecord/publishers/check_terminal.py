"""A check in the terminal: each quotation, its verdict, and the two wordings one over the other.

Reads: Check. Writes to a rich console. Differences are marked in more than colour: a third line points at them, so that
they show in a log without colour too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from onrecord.annotation import Annotations
from onrecord.document import Span
from onrecord.publishers import labels
from onrecord.publishers.escapes import line
from onrecord.publishers.naming import count
from onrecord.story import Check, CheckedQuotation, Failure, Severity
from onrecord.wording import Edit, Passage

_SIGN: Final[dict[Severity, str]] = {"ok": "✓", "note": "•", "error": "✗"}
_STYLE: Final[dict[Severity, str]] = {"ok": "green", "note": "yellow", "error": "bold red"}
_POINTERS: Final = {"insert": "+", "delete": "-", "ellipsis": ".", "seam": ".", "filler": ".", "bracket": "."}
_MARGIN: Final = 6
_MOST_WORDS: Final = 16
_LEAST_WIDTH: Final = 40


class _Cell(NamedTuple):
    """Words of the article over words of the transcript; ``sign`` points at a difference, empty where there is none."""

    ours: str
    theirs: str
    sign: str


def show(check: Check, console: Console) -> None:
    """Print one article's check, quotation by quotation, and a sum at the end."""
    document = check.document.document
    console.print(Text(line(document.title or check.document.name), style="bold"))
    against = ", ".join(t.name for t in check.transcripts)
    console.print(Text(line(f"style {check.style} · against {against}"), style="dim"))
    for notice in check.notices:
        console.print(Text(f"! {labels.NOTICES[notice]}", style="yellow"))
    texts = {transcript.id: transcript for transcript in check.transcripts}
    for quotation in check.quotations:
        console.print()
        _show_quotation(quotation, check.document, texts, console)
    console.print()
    console.print(Text(summary([check]), style="bold"))


def show_failures(failures: Sequence[Failure], console: Console) -> None:
    """Print which articles and transcripts were left out, and why; nothing where none was."""
    if failures:
        console.print(
            Text("Left out", style="bold red"), *(Text(f"  {line(f.because)}", style="red") for f in failures), sep="\n"
        )


def summary(checks: Sequence[Check]) -> str:
    """Sum up checks in one line: how many quotations, errors and notes, and which verdicts."""
    quotations = [q for check in checks for q in check.quotations]
    by_severity = Counter(q.severity for q in quotations)
    by_verdict = Counter(labels.VERDICTS[q.wording.verdict][0] for q in quotations)
    ordered = sorted(by_verdict.items(), key=lambda v: (-v[1], v[0]))
    verdicts = "; ".join(f"{number} {verdict}" for verdict, number in ordered)
    parts = [count(len(quotations), "quotation")]
    parts += [count(by_severity["error"], "error"), count(by_severity["note"], "note")]
    return ", ".join(parts) + (f": {verdicts}" if verdicts else "")


def _show_quotation(
    quotation: CheckedQuotation, article: Annotations, texts: dict[str, Annotations], console: Console
) -> None:
    wording = quotation.wording
    head = Text(f"  {_SIGN[quotation.severity]} ", style=_STYLE[quotation.severity])
    head.append(f"{quotation.severity}: " if quotation.severity != "ok" else "", style=_STYLE[quotation.severity])
    if harms := labels.harms(wording.flags, quotation.severity):
        head.append(f"{', '.join(labels.FLAGS[flag][0] for flag in harms)}: ", style=_STYLE["error"])
    head.append(labels.VERDICTS[wording.verdict][0], style="bold")
    if wording.reason is not None:
        head.append(f": {labels.REASONS[wording.reason]}")
    head.append(f"  {line(quotation.speaker or 'nobody named')}", style="cyan")
    if quotation.form == "indirect":
        head.append(f"  {labels.FORMS['indirect']}", style="dim")
    if others := [labels.FLAGS[flag][0] for flag in wording.flags if flag not in harms]:
        head.append(f"  {', '.join(others)}", style="magenta")
    console.print(head)
    transcript = texts.get(wording.passages[0].document) if wording.passages else None
    changed = any(e.op != "equal" for e in wording.edits)
    if transcript is not None and wording.verdict == "paraphrase-in-quotes":
        # Under half of it aligns: word over word would show nothing.
        console.print(Text(f"    A {line(quotation.span.of(article.text)).strip()}"))
        for passage in wording.passages:
            console.print(
                Text(f"    T {_shorten(line(transcript.text[passage.start : passage.end]).split())}", style="dim")
            )
    elif transcript is None or not changed:
        console.print(Text(_one_line(quotation.span.of(article.text)), style=""), soft_wrap=False, end="\n")
    else:
        _show_difference(wording.edits, article.text, transcript.text, console)
    for passage in wording.passages:
        console.print(Text(f"      {_place(passage, texts)}", style="dim"))


def _show_difference(edits: Sequence[Edit], ours: str, theirs: str, console: Console) -> None:
    """Print the wordings one over the other, a word of one above the word of the other, and signs below."""
    width = max(console.width - _MARGIN - 1, _LEAST_WIDTH)
    row: list[_Cell] = []
    used = 0
    for cell in (c for e in edits for c in _cells(e, ours, theirs)):
        size = _width(cell) + 1
        if row and used + size > width:
            _show_line(row, console)
            row, used = [], 0
        row.append(cell)
        used += size
    if row:
        _show_line(row, console)


def _cells(edit: Edit, ours: str, theirs: str) -> Iterator[_Cell]:
    span = edit.document
    if edit.op == "bracket" and ours[span.start - 1 : span.start] in {"[", "("} and ours[span.end : span.end + 1]:
        span = Span(span.start - 1, span.end + 1)
    one, other = line(span.of(ours)).split(), line(edit.other.of(theirs)).split()
    if edit.op == "equal" and len(one) == len(other):
        yield from (_Cell(a, b, "") for a, b in zip(one, other, strict=True))
    elif edit.op == "equal":
        yield _Cell(" ".join(one), " ".join(other), "")
    else:
        yield _Cell(" ".join(one), _shorten(other), _POINTERS.get(edit.op, "~"))


def _width(cell: _Cell) -> int:
    return max(cell_len(cell.ours), cell_len(cell.theirs), 1 if cell.sign else 0)


def _show_line(cells: Sequence[_Cell], console: Console) -> None:
    top, bottom, signs = Text(" " * 4 + "A "), Text(" " * 4 + "T ", style="dim"), Text(" " * _MARGIN)
    for cell in cells:
        size = _width(cell)
        top.append(_padded(cell.ours, size) + " ", style="bold" if cell.sign else "")
        bottom.append(_padded(cell.theirs, size) + " ", style="bold" if cell.sign else "")
        signs.append((cell.sign or " ") * size + " ", style="red" if cell.sign in {"+", "-", "~"} else "yellow")
    for row in (top, bottom, signs):
        row.rstrip()
        if row.plain.strip():
            console.print(row, no_wrap=True, crop=False, overflow="ignore")


def _padded(words: str, size: int) -> str:
    return words + " " * (size - cell_len(words))


def _place(passage: Passage, texts: dict[str, Annotations]) -> str:
    transcript = texts.get(passage.document)
    name = transcript.name if transcript else passage.document
    number = transcript.text.count("\n", 0, passage.start) + 1 if transcript else 0
    who = f", {passage.speaker}" if passage.speaker else ""
    second = transcript.document.second(passage.start) if transcript else None
    when = "" if second is None else f"at {labels.clock(second)}, "
    return f"{line(name + who)}, {when}line {number}, characters {passage.start}–{passage.end}"


def _shorten(words: Sequence[str]) -> str:
    if len(words) <= _MOST_WORDS:
        return " ".join(words)
    half = _MOST_WORDS // 2
    return f"{' '.join(words[:half])} …({len(words) - _MOST_WORDS} words)… {' '.join(words[-half:])}"


def _one_line(words: str) -> str:
    return f"      {line(words).strip()}"


def position(text: str, span: Span) -> tuple[int, int]:
    """Give line and column, both from 1, of a span's start; editors and CI annotations count so."""
    before = text.rfind("\n", 0, span.start)
    return text.count("\n", 0, span.start) + 1, span.start - before
