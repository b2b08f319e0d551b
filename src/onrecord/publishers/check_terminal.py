"""A check in the terminal: errors first, each with its place, its verdict, and the two wordings one over the other.

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
from onrecord.publishers.attention import said_segments
from onrecord.publishers.escapes import line
from onrecord.publishers.naming import count, source_words, speaker_label
from onrecord.publishers.rows import Rows
from onrecord.publishers.terminal_words import segments_text
from onrecord.story import Check, CheckedQuotation, Failure, Severity
from onrecord.wording import Edit, Passage

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


def show(check: Check, console: Console, file: str | None = None) -> None:
    """Print one article's check: errors first, then notes, each at its place in ``file``; then the rest, in short.

    A place is written ``file:line:column`` (from 1, in the text as it was read), for editors that jump to it.
    """
    document = check.document.document
    console.print(Text(line(document.title or check.document.name), style="bold"))
    against = ", ".join(t.name for t in check.transcripts)
    console.print(Text(line(f"style {check.style} · against {against}"), style="dim"))
    for notice in check.notices:
        console.print(Text(f"! {labels.NOTICES[notice]}", style="yellow"))
    texts = {transcript.id: transcript for transcript in check.transcripts}
    for quotation in in_order_of_harm(check):
        console.print()
        _show_quotation(quotation, check.document, texts, console, file or check.document.id)
    _show_rest(check, console)
    console.print()
    console.print(Text(summary([check]), style="bold"))


def in_order_of_harm(check: Check) -> list[CheckedQuotation]:
    """List the quotations that break the house style or are worth a look, errors first, in the order of the text."""
    listed = [q for q in check.quotations if q.severity != "ok" and (q.severity == "error" or not _unchecked(q))]
    return sorted(listed, key=lambda q: (q.severity != "error", q.span))


def _unchecked(quotation: CheckedQuotation) -> bool:
    return quotation.wording.verdict == "unchecked"


def _show_rest(check: Check, console: Console) -> None:
    """Print in a line each what was not checked, by its reason, and what fits the house style."""
    by_reason: dict[str, list[str]] = {}
    fits: Counter[str] = Counter()
    shown = set(map(id, in_order_of_harm(check)))
    for quotation in check.quotations:
        number, _ = position(check.document.text, quotation.span)
        if id(quotation) in shown:
            continue
        if _unchecked(quotation):
            reason = quotation.wording.reason
            by_reason.setdefault(labels.REASONS[reason] if reason else "", []).append(str(number))
        else:
            fits[labels.VERDICTS[quotation.wording.verdict][0]] += 1
    if by_reason or fits:
        console.print()
    for why, lines in by_reason.items():
        where = f"{'line' if len(lines) == 1 else 'lines'} {', '.join(lines)}"
        console.print(Text(f"not checked: {why} ({where})", style="dim"))
    if fits:
        listed = ", ".join(f"{number} {verdict}" for verdict, number in fits.most_common())
        console.print(Text(f"fits the house style: {listed}", style="green"))


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


def message(quotation: CheckedQuotation, article: Annotations) -> str:
    """Say in a few words what is wrong with a quotation, the harm first, and whose words it prints."""
    wording = quotation.wording
    harms = [labels.FLAGS[flag][0] for flag in labels.harms(wording.flags, quotation.severity)]
    others = [labels.FLAGS[flag][0] for flag in wording.flags if labels.FLAGS[flag][0] not in harms]
    words = ", ".join([*harms, labels.VERDICTS[wording.verdict][0], *others])
    if wording.reason is not None:
        words += f": {labels.REASONS[wording.reason]}"
    return f"{words} ({line(_named(quotation, article))})"


def _named(quotation: CheckedQuotation, article: Annotations) -> str:
    """Name the speaker, or say who it may be."""
    found = next((a for a in article.attributions if a.id == quotation.attribution), None)
    if quotation.speaker is None or found is None or found.speaker_clear:
        return quotation.speaker or "nobody named"
    return speaker_label(quotation.speaker, source_words(article.text, found), clear=False)


def _show_quotation(
    quotation: CheckedQuotation, article: Annotations, texts: dict[str, Annotations], console: Console, file: str
) -> None:
    wording = quotation.wording
    row, column = position(article.text, quotation.span)
    head = Text(f"{line(file)}:{row}:{column}: ", style="bold")
    head.append(f"{quotation.severity}: ", style=_STYLE[quotation.severity])
    head.append(message(quotation, article), style="bold")
    if quotation.form == "indirect":
        head.append(f"  {labels.FORMS['indirect']}", style="dim")
    console.print(head, soft_wrap=True)
    transcript = texts.get(wording.passages[0].document) if wording.passages else None
    changed = any(e.op != "equal" for e in wording.edits)
    apart = "qualifier-lost" in wording.flags or wording.verdict in {"paraphrase-in-quotes", "spliced"}
    if transcript is not None and apart:
        rows = Rows(console)
        rows.row(line(quotation.span.of(article.text)).strip(), "    A ")
        rows.row(segments_text(said_segments(wording.passages, wording, transcript)), "    T ")
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
