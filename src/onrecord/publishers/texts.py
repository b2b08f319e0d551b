"""A document's text cut into tokens in which every character stands once, in order, with findings marked on it.

Reads: Document and the spans that findings point at. What a template writes of them adds elements, never words: the
text content of a rendered document is :attr:`Document.text`, letter for letter, so that a script (or a reader) can
count positions in it; only the notes beside blocks, in elements of the class ``notes``, are no part of it.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from markupsafe import Markup, escape

from onrecord.document import Block, Document, Span

_LINE = re.compile(r"[^\r\n]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_NOT_IN_A_SLUG = re.compile(r"[^A-Za-z0-9_.-]+")
_SLUG_LENGTH = 28
_INLINE = frozenset({"dateline", "byline", "credit"})
_SIDE_BY_SIDE = 24


class Mark(NamedTuple):
    """Something found at ``start, end``: ``kind`` is a class of the style sheet, ``anchor`` an element id to carry.

    ``group`` is what marks of several documents share when they tell the same. ``note`` is a short label drawn behind
    the mark, a link to ``target``; ``says`` names that link for a screen reader.
    """

    start: int
    end: int
    kind: str = ""
    anchor: str | None = None
    group: str = ""
    note: str = ""
    target: str = ""
    says: str = ""


def slugs(documents: Iterable[str]) -> dict[str, str]:
    """Give each document id a short form that can stand in an address; ids that would meet get another end."""
    result: dict[str, str] = {}
    taken: set[str] = set()
    for each in documents:
        slug = _NOT_IN_A_SLUG.sub("-", each)[:_SLUG_LENGTH].strip("-.")
        if slug != each or slug.casefold() in taken:
            digest = hashlib.sha256(each.encode("utf-8", "surrogatepass")).hexdigest()[:6]
            slug = f"{slug}-{digest}" if slug else digest
        taken.add(slug.casefold())
        result[each] = slug
    return result


def shown(text: str) -> Markup:
    """Escape a text so that a browser keeps every character of it.

    A carriage return is written as a reference, for the parser would fold it away; a lone surrogate, which UTF-8
    cannot hold, and a control character, which HTML cannot, are shown as U+FFFD, one for one.
    """
    if not text.isprintable():
        text = _UNSHOWABLE.sub("\ufffd", _LONE_SURROGATE.sub("\ufffd", text))
        return Markup(str(escape(text)).replace("\r", "&#13;").replace("\x0c", "&#12;"))  # noqa: S704 - escaped
    return escape(text)


class Token(NamedTuple):
    """A step of writing a text: ``words``, or where a block (``of`` its kind), a mark or its note begins or ends.

    ``first`` is false where a mark that was parted goes on. ``beside`` are the notes that stand beside a block.
    """

    op: Literal["words", "block", "end", "open", "close", "beside"]
    words: str = ""
    of: str = ""
    mark: Mark | None = None
    first: bool = True
    beside: Sequence[object] = ()


def tokens(
    document: Document, marks: Iterable[Mark], beside: Mapping[int, Sequence[object]] | None = None
) -> list[Token]:
    """Cut a document's text into blocks with marks, in time linear in text and marks but for sorting.

    ``beside`` has what stands beside the block that holds a position, by position.
    """
    text = document.text
    containers, inner = _containers(document)
    queue = [*marks, *(Mark(b.start, b.end, f"b-{b.kind}") for b in inner)]
    ordered = sorted((m for m in queue if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end, m.kind))
    running: list[Mark] = []
    out: list[Token] = []
    noted = sorted((beside or {}).items(), key=lambda each: -each[0])
    at = number = 0
    for block in containers:
        _gap(out, text, at, block.start)
        while number < len(ordered) and ordered[number].start < block.end:
            running.append(ordered[number])
            number += 1
        here = [m for m in running if m.end > block.start]
        out.append(Token("block", of=block.kind))
        out.extend(_inline(text, block.start, block.end, here))
        out.append(Token("end", of=block.kind))
        notes: list[object] = []
        while noted and noted[-1][0] < block.end:
            notes.extend(noted.pop()[1])
        if notes:
            out.append(Token("beside", beside=notes))
        running = [m for m in here if m.end > block.end]
        at = block.end
    _gap(out, text, at, len(text))
    return out


def _containers(document: Document) -> tuple[list[Block], list[Block]]:
    """Part blocks that stand on their own from those inside others; without blocks, a paragraph is what lines hold."""
    outer: list[Block] = []
    inner: list[Block] = []
    at = 0
    length = len(document.text)
    for block in sorted(document.blocks, key=lambda b: (b.start, -b.end)):
        if not 0 <= block.start < block.end <= length:
            continue
        if block.start >= at:
            outer.append(block)
            at = block.end
        elif block.kind in _INLINE:
            inner.append(block)
    return _filled(document.text, outer), inner


def _filled(text: str, outer: Sequence[Block]) -> list[Block]:
    """Add paragraphs for what no block covers and is not blank."""
    result: list[Block] = []
    at = 0
    for block in (*outer, None):
        end = len(text) if block is None else block.start
        result.extend(_paragraphs(text, at, end))
        if block is not None:
            parts = _paragraphs(text, block.start, block.end) if block.kind == "turn" else ()
            result.extend([Block("turn", part.start, part.end) for part in parts] or [block])
            at = block.end
    return result


def _paragraphs(text: str, start: int, end: int) -> Iterator[Block]:
    """Find stretches of lines with something on them, in one pass."""
    first = last = start
    for line in _LINE.finditer(text, start, end):
        if line.group().isspace():
            continue
        if last > first and text[last : line.start()] not in {"\n", "\r\n"}:
            yield Block("paragraph", first, last)
            first = line.start()
        elif last == first:
            first = line.start()
        last = line.end()
    if last > first:
        yield Block("paragraph", first, last)


def _gap(out: list[Token], text: str, start: int, end: int) -> None:
    if start < end:
        out.append(Token("words", text[start:end]))


def _inline(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[Token]:
    """Nest marks inside one block; of two that cross, the later one is parted at the end of the earlier."""
    out: list[Token] = []
    waiting = [(max(m.start, start), -m.end, n, m) for n, m in enumerate(marks)]
    heapq.heapify(waiting)
    stack: list[tuple[int, Mark]] = []
    at = start
    while waiting:
        opening, _, order, mark = heapq.heappop(waiting)
        at = _close(out, text, stack, at, opening)
        _gap(out, text, at, opening)
        at = opening
        closing = min(mark.end, end)
        if stack and stack[-1][0] < closing:
            closing = stack[-1][0]
            if len(stack) < _SIDE_BY_SIDE:
                heapq.heappush(waiting, (closing, -mark.end, order, mark))
        out.append(Token("open", mark=mark, first=opening == mark.start))
        stack.append((closing, mark))
    at = _close(out, text, stack, at, end)
    _gap(out, text, at, end)
    return out


def _close(out: list[Token], text: str, stack: list[tuple[int, Mark]], at: int, until: int) -> int:
    while stack and stack[-1][0] <= until:
        closing, mark = stack.pop()
        _gap(out, text, at, closing)
        out.append(Token("close", mark=mark if mark.note and closing == mark.end else None))
        at = closing
    return at


def around(text: str, span: Span, reach: int = 32) -> tuple[str, str]:
    """Give the characters before and after a span, ``reach`` at most on each side: a text-quote selector's context."""
    return text[max(0, span.start - reach) : span.start], text[span.end : span.end + reach]
