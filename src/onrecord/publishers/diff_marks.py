"""A version's words cut into parts by its edit script, for any publisher that marks differences.

Reads: Wording. One cut serves the terminal, the page and the notebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.document import Span
from onrecord.wording import Edit, EditKind


class Part(NamedTuple):
    """Words of one kind: ``words`` as printed, ``instead_of`` the other text's words where they differ."""

    words: str
    op: EditKind
    instead_of: str


def parts_of(text: str, span: Span, edits: Sequence[Edit], other: str) -> list[Part]:
    """Cut ``text[span]`` at the document side of the edits; what no edit covers counts as equal.

    ``other`` is the text that the edits' other side counts in. A deletion stands as a part without words.
    """
    result: list[Part] = []
    at = span.start
    for edit in sorted((e for e in edits if e.op != "equal"), key=lambda e: (e.document.start, e.document.end)):
        if edit.document.end < span.start or edit.document.start > span.end:
            continue
        start, end = max(edit.document.start, at), min(max(edit.document.end, at), span.end)
        if start > at:
            result.append(Part(text[at:start], "equal", ""))
        result.append(Part(text[start:end], edit.op, edit.other.of(other)))
        at = end
    if at < span.end:
        result.append(Part(text[at : span.end], "equal", ""))
    return result
