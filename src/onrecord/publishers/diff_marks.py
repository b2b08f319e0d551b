"""A telling's words cut into pieces by its edit script, for any publisher that marks differences.

Reads: Wording. One cut serves the terminal, the page and the notebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.document import Span
from onrecord.story import Edit, EditKind


class Piece(NamedTuple):
    """Words of one kind: ``words`` as printed, ``instead_of`` the other text's words where they differ."""

    words: str
    op: EditKind
    instead_of: str


def pieces(text: str, span: Span, edits: Sequence[Edit], other: str) -> list[Piece]:
    """Cut ``text[span]`` at the document side of the edits; what no edit covers counts as equal.

    ``other`` is the text that the edits' other side counts in. A deletion stands as a piece without words.
    """
    result: list[Piece] = []
    at = span.start
    for edit in sorted((e for e in edits if e.op != "equal"), key=lambda e: (e.document.start, e.document.end)):
        if edit.document.end < span.start or edit.document.start > span.end:
            continue
        start, end = max(edit.document.start, at), min(max(edit.document.end, at), span.end)
        if start > at:
            result.append(Piece(text[at:start], "equal", ""))
        result.append(Piece(text[start:end], edit.op, edit.other.of(other)))
        at = end
    if at < span.end:
        result.append(Piece(text[at : span.end], "equal", ""))
    return result
