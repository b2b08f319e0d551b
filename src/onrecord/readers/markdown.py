"""Markdown becomes text with its parts, by markdown-it-py: headings, paragraphs, block quotations.

The marks are taken away. Reads a text; gives the words as a page shows them, blocks, and what stands in front matter
(title, date, author). Links keep their words and lose their address; code, pictures and HTML are left out;
``~~struck~~`` words go.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from onrecord.document import Block, Span

_FRONT = re.compile(r"\A---\s*\n(?P<fields>.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(?P<name>[A-Za-z_-]+):\s*[\"']?(?P<value>[^\n]*?)[\"']?\s*$", re.MULTILINE)


class Markdown(msgspec.Struct, frozen=True):
    """A Markdown text as shown: its words, parts, what is in bold, and its front matter's fields (small letters)."""

    text: str
    blocks: tuple[Block, ...]
    bold: tuple[Span, ...]
    fields: dict[str, str]


def read_markdown(text: str) -> Markdown:
    """Read a Markdown text; nothing raises."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loads when Markdown is read

    front = _FRONT.match(text)
    fields = {m["name"].casefold(): m["value"] for m in _FIELD.finditer(front["fields"])} if front else {}
    tokens = MarkdownIt("commonmark").enable("strikethrough").parse(text[front.end() :] if front else text)
    parts: list[str] = []
    blocks: list[Block] = []
    bold: list[Span] = []
    at = quoted = 0
    heading = ""
    for token in tokens:
        quoted += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if token.type in {"heading_open", "heading_close"}:
            heading = token.tag if token.type == "heading_open" else ""
        if token.type != "inline":
            continue
        words, strong = _words(token.children or [])
        words = words.rstrip()
        if not words.strip():
            continue
        first = not any(block.kind == "headline" for block in blocks)
        kind: Any = "paragraph"
        if heading:
            kind = (
                "headline"
                if heading == "h1" and first and not any(b.kind == "paragraph" for b in blocks)
                else "subheading"
            )
        elif quoted:
            kind = "block-quotation"
        blocks.append(Block(kind, at, at + len(words)))
        bold += [Span(at + start, at + min(end, len(words))) for start, end in strong if start < len(words)]
        parts += [words, "\n\n"]
        at += len(words) + 2
    return Markdown("".join(parts).rstrip("\n"), tuple(blocks), tuple(bold), fields)


def _words(children: list[Any]) -> tuple[str, list[tuple[int, int]]]:
    parts: list[str] = []
    bold: list[tuple[int, int]] = []
    at = struck = 0
    opened = 0
    for child in children:
        struck += (child.type == "s_open") - (child.type == "s_close")
        if child.type == "strong_open":
            opened = at
        elif child.type == "strong_close":
            bold.append((opened, at))
        piece = child.content if child.type in {"text", "code_inline"} else "\n" if child.type.endswith("break") else ""
        if piece and not struck:
            parts.append(piece)
            at += len(piece)
    return "".join(parts), bold
