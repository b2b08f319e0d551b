"""Lines set on pages become running text: line numbers, page numbers and running heads go, lines join to paragraphs.

Reads pages of :class:`Line`, from a PDF or from a text that was printed page by page (court transcripts, parliaments'
records); gives the text and what was done to it. A number is a line number only where the lines of a page count up; a
head or foot is one only where it comes again on other pages, digits aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from onrecord.document import ReadingNote

_NUMBERED = re.compile(r"\s{0,12}(?P<number>\d{1,2})(?:\s+(?P<rest>\S.*)|\s*)$")
_PAGE_NUMBER = re.compile(r"[-–—\[(|\s]*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\])|\s]*", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:[QA][.:]?\s+\S|(?:BY\s)?(?:(?:MR|MRS|MS|DR|THE|SEN|REP|GEN|SEC|GOV|HON)\b\.?\s)?[A-Z][A-Z'’.\- ]{1,40}[:—]\s)"
)
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]$")
_TERMINAL = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_EDGE = 3
"""Lines at a page's top and bottom among which heads and feet are looked for."""
_REPEATED = 3
"""Pages: a head stands on as many at least, or on all of them."""
_COUNTING = 0.6
"""Of a page's lines, so many count up where they are numbered."""


class Line(msgspec.Struct, frozen=True):
    """One printed line: its words, how far in it begins and how far below the last one it stands, in like units."""

    words: str
    indent: float = 0.0
    gap: float = 1.0


def pages_of_text(text: str) -> list[list[Line]] | None:
    """Part a plain text into its printed pages; ``None`` where nothing shows that it was set on pages.

    The signs are form feeds, or lines that are numbered from one upwards again and again.
    """
    raw = [part.splitlines() for part in text.split("\f")]
    pages = [page for lines in raw for page in _at_restarts(lines)]
    numbered = sum(_counts_up([Line(line) for line in page if line.strip()]) for page in pages)
    if len(raw) < _REPEATED and not numbered:
        return None
    return [_lines(page) for page in pages]


def _at_restarts(lines: Sequence[str]) -> list[list[str]]:
    """Part lines where their numbers begin again with one, the head above the one included."""
    pages: list[list[str]] = [[]]
    last = 0
    for line in lines:
        numbered = _NUMBERED.match(line)
        number = int(numbered["number"]) if numbered else 0
        if number == 1 and last > _EDGE:
            head: list[str] = []
            while pages[-1] and not _NUMBERED.match(pages[-1][-1]) and len(head) < _EDGE:
                head.insert(0, pages[-1].pop())
            pages.append(head)
        last = number or last
        pages[-1].append(line)
    return pages


def _lines(page: Sequence[str]) -> list[Line]:
    lines: list[Line] = []
    gap = 1.0
    for line in page:
        if not line.strip():
            gap += 1.0
            continue
        lines.append(Line(line.strip(), len(line) - len(line.lstrip()), gap))
        gap = 1.0
    return lines


def running_text(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[ReadingNote, ...]]:
    """Join pages to paragraphs, parted by blank lines; give what was left out or joined as notes. Time is linear."""
    notes: list[ReadingNote] = []
    stripped = []
    for page in pages:
        if _counts_up(page):
            notes.append("line-numbers-removed")
            stripped.append([kept for line in page for kept in _unnumbered(line)])
        else:
            stripped.append(list(page))
    repeated = _repeated(stripped)
    kept = [_without_edges(page, repeated) for page in stripped]
    if any(len(after) < len(before) for after, before in zip(kept, stripped, strict=True)):
        notes.append("running-heads-removed")
    paragraphs, joined = _paragraphs(kept)
    if joined:
        notes.append("hyphenation-joined")
    return "\n\n".join(paragraphs), tuple(dict.fromkeys(notes))


def _counts_up(page: Sequence[Line]) -> bool:
    """Return whether a page's lines are numbered: most begin with a number, one more than the last."""
    numbers = [int(match["number"]) for line in page if (match := _NUMBERED.match(line.words))]
    steps = sum(b - a == 1 for a, b in pairwise(numbers))
    return len(numbers) > _EDGE and len(numbers) >= _COUNTING * len(page) and steps >= 0.75 * (len(numbers) - 1)


def _unnumbered(line: Line) -> list[Line]:
    match = _NUMBERED.match(line.words)
    if match is None:
        return [line]
    rest = match["rest"]
    if rest is None:
        return []
    return [Line(rest.strip(), match.start("rest"), line.gap)]


def _shape(words: str) -> str:
    return re.sub(r"\d+", "#", " ".join(words.split()).casefold())


def _repeated(pages: Sequence[Sequence[Line]]) -> set[str]:
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_shape(line.words) for line in (*page[:_EDGE], *page[-_EDGE:])})
    least = min(_REPEATED, len(pages)) if len(pages) > 1 else 2
    return {shape for shape, count in counts.items() if count >= least and count * 3 >= len(pages)}


def _without_edges(page: Sequence[Line], repeated: set[str]) -> list[Line]:
    """Take heads and feet away from outside inwards; the first line that is neither ends it."""

    def edge(line: Line) -> bool:
        return _PAGE_NUMBER.fullmatch(line.words) is not None or (_shape(line.words) in repeated and not _speaks(line))

    first, last = 0, len(page)
    while first < min(last, _EDGE) and edge(page[first]):
        first += 1
    while last > max(first, len(page) - _EDGE) and edge(page[last - 1]):
        last -= 1
    return list(page[first:last])


def _speaks(line: Line) -> bool:
    return _LABEL.match(line.words) is not None


def _paragraphs(pages: Sequence[Sequence[Line]]) -> tuple[list[str], bool]:
    left, usual, width = _measures(pages)
    paragraphs: list[str] = []
    joined = False
    previous: Line | None = None
    for page in pages:
        for number, line in enumerate(page):
            opens = previous is None or _opens(line, previous, left, usual, width, first=number == 0)
            if opens:
                paragraphs.append(line.words)
            elif _HYPHEN.search(paragraphs[-1]) and line.words[:1].islower():
                paragraphs[-1] = paragraphs[-1][:-1] + line.words
                joined = True
            else:
                paragraphs[-1] += " " + line.words
            previous = line
    return [paragraph for paragraph in paragraphs if paragraph.strip()], joined


def _measures(pages: Sequence[Sequence[Line]]) -> tuple[float, float, float]:
    """Give the left margin, the usual distance of lines, and the length of a full line in characters."""
    lines: Iterable[Line] = (line for page in pages for line in page)
    known = list(lines)
    if not known:
        return 0.0, 1.0, 80.0
    indents = Counter(round(line.indent) for line in known)
    common = [indent for indent, count in indents.items() if count * 10 >= len(known)]
    lengths = sorted(len(line.words) for line in known)
    return min(common, default=0.0), median(line.gap for line in known), float(lengths[int(0.8 * (len(lengths) - 1))])


def _opens(line: Line, previous: Line, left: float, usual: float, width: float, *, first: bool) -> bool:
    """Return whether a line begins a paragraph: a label, space above, an indent, or a short last line before it."""
    if _speaks(line):
        return True
    ended = _TERMINAL.search(previous.words) is not None
    if not first and line.gap > 1.6 * usual:
        return True
    if line.indent > left + 1.5 and previous.indent <= left + 1.5 and ended:
        return True
    return ended and len(previous.words) < 0.6 * width and line.words[:1].isupper()
