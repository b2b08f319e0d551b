"""The lines of a text as an editor sees them: paragraphs, even where they were wrapped at a fixed width."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.document import Span

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = re.compile(
    r"(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])[^\S\n\r]*(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])"
)
_FIRST_WORD = re.compile(r"\S+")
_WIDEST = 110
_NARROWEST = 30


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """List the paragraphs of ``text[start:end]`` without the space around them, in time linear in its length.

    Every line is one, unless the text was wrapped: then a line goes on where the next line's first word would not have
    fitted at its end.
    """
    lines = _trimmed(text, start, len(text) if end is None else end)
    width = max((len(line) for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return lines
    adjacent = [_BLANK.search(text, one.end, other.start) is None for one, other in pairwise(lines)]
    goes_on = [
        near and len(one) + 1 + _first_word(text, other) > width
        for near, (one, other) in zip(adjacent, pairwise(lines), strict=True)
    ]
    if sum(goes_on) < 3 or sum(goes_on) * 10 < sum(adjacent) * 7:
        return lines
    joined: list[Span] = []
    for line, continues in zip(lines, [False, *goes_on], strict=True):
        if continues:
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    lines = []
    for match in _LINE.finditer(text, start, end):
        line = match.group()
        left = match.start() + len(line) - len(line.lstrip())
        right = match.end() - len(line) + len(line.rstrip())
        if left < right:
            lines.append(Span(left, right))
    return lines


def _first_word(text: str, line: Span) -> int:
    match = _FIRST_WORD.match(text, line.start, line.end)
    return len(match.group()) if match else 0
