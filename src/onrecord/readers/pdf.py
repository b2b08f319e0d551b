"""PDF files become text: the words of each page in reading order, by pypdfium2 (PDFium).

Reads bytes; gives the running text and what was done to it (:mod:`onrecord.readers.pages`). Columns are read one after
the other where a white gutter parts the page. Pages that hold pictures alone are refused: they want text recognition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from onrecord.document import ReadingNote
from onrecord.errors import EmptyDocumentError, FormatError
from onrecord.readers.pages import Line, running_text

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": "-"}
)
_SIDE = 0.2
"""Of a page's letters, so many at least stand on either side of a gutter."""


class _Run(msgspec.Struct):
    """Letters of one line: their place in points from the left and the bottom, and words."""

    left: float
    right: float
    level: float
    height: float
    words: str


def read_pdf(data: bytes, name: str) -> tuple[str, tuple[ReadingNote, ...]]:
    """Read a PDF's text, in time linear in its pages.

    Raises:
        FormatError: it is damaged or locked with a password.
        EmptyDocumentError: its pages hold no letters (they were scanned).

    """
    import pypdfium2  # noqa: PLC0415 - loads a library of its own, when a PDF is read
    from pypdfium2 import PdfiumError  # noqa: PLC0415 - likewise

    try:
        document = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        locked = "password" in str(error).casefold()
        why = "is locked with a password: save it without one" if locked else f"is a PDF that cannot be read ({error})"
        raise FormatError(f"{name} {why}.") from None
    try:
        pages = [_ordered(list(_runs(document[number]))) for number in range(len(document))]
    except PdfiumError as error:
        raise FormatError(f"{name} is a PDF with a page that cannot be read ({error}): save it anew.") from None
    finally:
        document.close()
    text, notes = running_text([_lines(page) for page in pages])
    if not any(character.isalnum() for character in text):
        raise EmptyDocumentError(f"{name} holds pictures of pages and no text: run text recognition (OCR) on it first.")
    return text, notes


def _runs(page: Any) -> Iterator[_Run]:
    """Read a page's runs of letters, in the order of the file, each with its place."""
    textpage = page.get_textpage()
    for number in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(number)
        words = textpage.get_text_bounded(left, bottom, right, top)
        if words.strip():
            yield _Run(left, right, (bottom + top) / 2, max(top - bottom, 1.0), words)
    textpage.close()
    page.close()


def _ordered(runs: Sequence[_Run]) -> list[list[_Run]]:
    """Put a page's runs into lines from top to bottom, column by column where a gutter parts them."""
    gutter = _gutter(runs)
    if gutter is None:
        return _in_lines(runs)
    lines: list[list[_Run]] = []
    band: list[_Run] = []
    across = sorted((run for run in runs if run.left < gutter < run.right), key=lambda run: -run.level)
    edges = [run.level for run in across]
    rest = [run for run in runs if not run.left < gutter < run.right]
    for edge, crossing in zip([*edges, float("-inf")], [*across, None], strict=True):
        band = [run for run in rest if run.level > edge]
        rest = [run for run in rest if run.level <= edge]
        lines += _in_lines([run for run in band if run.right <= gutter])
        lines += _in_lines([run for run in band if run.left >= gutter])
        if crossing is not None:
            lines.append([crossing])
    return lines


def _gutter(runs: Sequence[_Run]) -> float | None:
    """Find the middle of the white strip that parts a page in two columns; ``None`` where there is none."""
    total = sum(len(run.words) for run in runs)
    if total < 200:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    best: tuple[int, float] | None = None
    for share in range(30, 71, 2):
        x = left + (right - left) * share / 100
        crossing = sum(len(run.words) for run in runs if run.left < x < run.right)
        before = sum(len(run.words) for run in runs if run.right <= x)
        if (
            crossing < 0.25 * total
            and _SIDE * total < before < (1 - _SIDE) * total
            and (best is None or crossing < best[0])
        ):
            best = (crossing, x)
    if best is None:
        return None
    beside = [run for run in runs if run.left >= best[1]]
    starts = sorted(run.left for run in beside)
    return best[1] if starts and starts[len(starts) // 2] - starts[0] < 0.1 * (right - left) else None


def _in_lines(runs: Sequence[_Run]) -> list[list[_Run]]:
    lines: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: (-run.level, run.left)):
        if lines and abs(lines[-1][0].level - run.level) < 0.5 * max(lines[-1][0].height, run.height):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.left) for line in lines]


def _lines(page: Sequence[Sequence[_Run]]) -> list[Line]:
    result: list[Line] = []
    above: float | None = None
    for line in page:
        words = " ".join(" ".join(run.words.replace("\x02", "-").split()) for run in line).translate(_LIGATURES)
        level = line[0].level
        gap = above - level if above is not None and above > level else 0.0
        height = max(run.height for run in line)
        result.append(Line(words, line[0].left / max(height / 2, 1.0), gap / max(height, 1.0) if gap else 1.4))
        above = level
    return result
