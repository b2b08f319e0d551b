"""The parts of a page in its order: headings, paragraphs, captions and lists, with what is hidden left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.readers.markup import without_gallery_labels

_HIDDEN = frozenset("script style noscript template svg head iframe object select textarea button".split())
_ASIDE = frozenset("nav footer aside form menu dialog".split())
_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre q-block section summary table tbody td th thead tr
    ul""".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_BOLD = frozenset("b strong".split())
_BOLD_CLASS = re.compile(r"\b(?:speaker|bold)\b|font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])(?:fig)?caption(?:$|[\s_-])", re.IGNORECASE)
_BOILERPLATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:cookie|consent|related|recirc|newsletter|subscribe|share|social|comments?|promo|advert\w*|ad|footer|"
    r"nav|menu|sidebar|breadcrumb\w*|most-read|read-?more|tags?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[^\S\n]+")
_BREAK = re.compile(r" ?\n ?")
_KEY = re.compile(r"[\W_]+")


@dataclass
class Part:
    """A stretch of the page between two block elements: its words, and where it stands."""

    words: str
    tag: str
    parent: Any
    caption: bool
    quotation: bool
    aside: bool
    linked: float
    bold: list[tuple[int, int]]
    key: str = ""
    container: Any = None

    def __post_init__(self) -> None:
        """Fold the words, and find what contains the part."""
        self.key = key_of(self.words)
        if self.parent is not None:
            above = self.parent.getparent()
            self.container = self.parent if above is None else above


def key_of(words: str) -> str:
    """Fold words so that the same ones compare equal whatever stands between them."""
    return _KEY.sub("", words).casefold()


class _Walk:
    """Goes through a page once, in document order, and parts its words at the edges of block elements."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._blocks: list[Any] = []
        self._pieces: list[tuple[str, bool, bool]] = []
        self._bold = self._link = 0

    def start(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._flush()
            self._blocks.append(element)
        elif element.tag == "br":
            self._pieces.append(("\n", False, False))
        self._bold += _is_bold(element)
        self._link += element.tag == "a"
        self.add(element.text)

    def end(self, element: Any) -> None:
        if element.tag in _BLOCKS:
            self._flush()
            self._blocks.pop()
        self._bold -= _is_bold(element)
        self._link -= element.tag == "a"

    def add(self, words: str | None) -> None:
        if words:
            self._pieces.append((re.sub("[ \t\n\r\f]+", " ", words), self._bold > 0, self._link > 0))

    def _flush(self) -> None:
        pieces, self._pieces = self._pieces, []
        if not self._blocks or not any(words.strip() for words, _, _ in pieces):
            return
        paragraph: list[tuple[str, bool, bool]] = []
        for piece in [*pieces, ("\n", False, False), ("\n", False, False)]:
            # Two line breaks in a row stand for a paragraph's end on pages that have no <p>.
            if piece[0] == "\n" and paragraph and paragraph[-1][0] == "\n":
                self._close(paragraph)
                paragraph = []
            elif piece[0].strip(" ") or (paragraph and paragraph[-1][0] != "\n"):
                paragraph.append(piece)
        self._close(paragraph)

    def _close(self, pieces: list[tuple[str, bool, bool]]) -> None:
        words, bold, linked = "", [], 0
        gallery = any("Caption" in piece for piece, _, _ in pieces)
        for piece, is_bold, is_link in pieces:
            added = piece.lstrip(" ") if not words or words[-1] in " \n" else piece
            if added == "\n":
                words = words.rstrip(" ")
            start = len(words)
            words += added
            if is_bold and added.strip():
                bold.append((start, len(words)))
            linked += len(added) if is_link else 0
        if gallery and (clean := without_gallery_labels(words)) != words:
            words, bold = clean, []
        end = len(words.rstrip())
        if not key_of(words):
            return
        innermost = self._blocks[-1]
        self.parts.append(
            Part(
                words=words[:end],
                tag=next((block.tag for block in reversed(self._blocks) if block.tag in HEADINGS), innermost.tag),
                parent=innermost,
                caption=any(
                    block.tag in {"figcaption", "caption"} or _CAPTION_CLASS.search(_class(block))
                    for block in self._blocks[-4:]
                ),
                quotation=any(block.tag in {"blockquote", "q-block"} for block in self._blocks),
                aside=any(block.tag in _ASIDE or _BOILERPLATE_CLASS.search(_class(block)) for block in self._blocks),
                linked=linked / max(1, end),
                bold=_joined(bold, end),
            )
        )


def _joined(ranges: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, stop in ranges:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], min(stop, end))
        elif start < end:
            joined.append((start, min(stop, end)))
    return joined


def _class(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_bold(element: Any) -> bool:
    return element.tag in _BOLD or (
        element.tag == "span" and bool(_BOLD_CLASS.search(f"{element.get('class') or ''} {element.get('style') or ''}"))
    )


def _is_hidden(element: Any) -> bool:
    return (
        element.tag in _HIDDEN
        or element.get("hidden") is not None
        or "display:none" in (element.get("style") or "").replace(" ", "").casefold()
    )


def parts_of(tree: Any) -> Iterator[Part]:
    """Give the parts of a page in its order."""
    from lxml.etree import iterwalk  # noqa: PLC0415 - loaded with trafilatura

    walk, hidden = _Walk(), None
    walker = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start" and isinstance(element.tag, str):
            if _is_hidden(element):
                hidden = element
                walker.skip_subtree()
            else:
                walk.start(element)
        elif event == "end" and isinstance(element.tag, str):
            if element is hidden:
                hidden = None
            else:
                walk.end(element)
            walk.add(element.tail)
        elif event in {"comment", "pi"}:
            walk.add(element.tail)
    yield from walk.parts
