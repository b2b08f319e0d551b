"""Quotation marks of any kind, read by where they stand: which open, which close, which are apostrophes.

Reads a text; gives a copy of the same length in which every mark has one of few forms, and for every character whether
it stands inside marks. Marks never pair across paragraphs, so an odd one spoils its own paragraph at most; a paragraph
that begins with an opening mark continues the quotation before it, as printers have it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final, NamedTuple

OUTSIDE: Final = 0
IN_DOUBLE: Final = 1
IN_SINGLE: Final = 2
OPENING: Final = 3
CLOSING: Final = 4

_DOUBLE: Final = re.compile("[\"“”„‟«»＂〝〞「」『』]|``|''|´´|<<(?=\\S)|(?<=\\S)>>")
_SINGLE: Final = re.compile("['‘’‚‛‹›`´′]")
_MARK: Final = re.compile(f"{_DOUBLE.pattern}|{_SINGLE.pattern}")
_LINE: Final = re.compile(r"[^\n]+")
_SINGLE_CLOSE: Final = re.compile(r"(?<=\S)['’‘›‹´](?![^\W_])")  # after ink, before anything but a letter or a digit
_OPENS_AFTER: Final = " \t\u00a0\u2009\u202f([{-–—―/:>|*…“‘"
_CLIPPED: Final = re.compile(r"(?:\d\d|em|tis|twas|til|till|cause|n|bout|round|cuz|ll|s)\b", re.IGNORECASE)


class Marks(NamedTuple):
    """A text's marks made uniform: ``text`` is as long as the original; ``state`` has one value a character."""

    text: str
    state: bytes


def read_marks(text: str) -> Marks:
    """Make the quotation marks of ``text`` uniform (“ ” ‘ ’ ') and tell what stands inside them.

    ``state[i]`` is :data:`OUTSIDE`, :data:`IN_DOUBLE`, :data:`IN_SINGLE` (inside single marks only), :data:`OPENING` or
    :data:`CLOSING`. Time is linear in the length of the text.
    """
    state = bytearray(len(text))
    pieces: list[str] = []
    at = 0
    for paragraph in _LINE.finditer(text):
        start, end = paragraph.span()
        if not _MARK.search(text, start, end):
            continue
        pieces.append(text[at:start])
        pieces.append(_Paragraph(text, start, end).read(state))
        at = end
    pieces.append(text[at:])
    return Marks("".join(pieces), bytes(state))


class _Paragraph:
    """One paragraph's marks, read from left to right."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.double_open = self.single_open = False

    def _around(self, start: int, end: int) -> tuple[str, str]:
        before = self.text[start - 1] if start > self.start else " "
        after = self.text[end] if end < self.end else " "
        return before, after

    @cached_property
    def _last_single_close(self) -> int:
        """The last single mark that could close."""
        found = [mark.start() for mark in _SINGLE_CLOSE.finditer(self.text, self.start + 1, self.end)]
        return found[-1] if found else -1

    def read(self, state: bytearray) -> str:
        out: list[str] = []
        at = self.start
        for mark in _MARK.finditer(self.text, self.start, self.end):
            start, end = mark.span()
            self._fill(state, at, start)
            out.append(self.text[at:start])
            double = end - start == 2 or _DOUBLE.match(mark.group()) is not None
            glyph, value = self._double(start, end) if double else self._single(start)
            for i in range(start, end):
                state[i] = value
            out.append(glyph + " " * (end - start - 1))
            at = end
        self._fill(state, at, self.end)
        out.append(self.text[at : self.end])
        return "".join(out)

    def _fill(self, state: bytearray, start: int, end: int) -> None:
        value = self._inside()
        if value:
            state[start:end] = bytes([value]) * (end - start)

    def _inside(self) -> int:
        return IN_DOUBLE if self.double_open else IN_SINGLE if self.single_open else OUTSIDE

    def _double(self, start: int, end: int) -> tuple[str, int]:
        before, after = self._around(start, end)
        glyph = self.text[start]
        could_open = (before.isspace() or before in _OPENS_AFTER) and not after.isspace()
        could_close = not before.isspace() and not after.isalnum()
        if could_open and could_close:
            opens = glyph in "“„«" or (glyph not in "”»" and not self.double_open)
        elif could_open != could_close:
            opens = could_open
            if glyph == "“" and self.double_open and before != " ":
                opens = False
        else:
            opens = glyph in "“„«" or (glyph not in "”»" and not self.double_open)
        if glyph in "«»„" and self.double_open == opens:
            opens = not self.double_open
        self.double_open = opens
        return ("“", OPENING) if opens else ("”", CLOSING)

    def _single(self, start: int) -> tuple[str, int]:
        before, after = self._around(start, start + 1)
        if before.isalnum() and after.isalnum():
            return "'", self._inside()
        if (before.isspace() or before in _OPENS_AFTER) and not after.isspace() and not self.single_open:
            if start < self._last_single_close and not _CLIPPED.match(self.text, start + 1):
                self.single_open = True
                return "‘", OPENING
            return "'", self._inside()
        if self.single_open and not before.isspace():
            self.single_open = False
            return "’", CLOSING
        return "'", self._inside()
