"""Texts that were damaged on their way are repaired: entities of markup, UTF-8 encoded twice, soft hyphens.

Reads a plain text; gives it repaired with notes of what was done. What is sound is given back as it is. ftfy mends the
double encoding.
"""

from __future__ import annotations

import html
import re

from onrecord.document import ReadingNote

_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}\d{0,2}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_TWICE = re.compile("[ÂÃ][\u0080-\u00bf\u2018-\u2122]|â€|ï»¿|ðŸ|Ð[\u0080-\u00bf]")
_SOFT_HYPHEN = "\u00ad"


def repaired(text: str) -> tuple[str, tuple[ReadingNote, ...]]:
    """Repair a text, and say what was done."""
    notes: list[ReadingNote] = []
    if _ENTITY.search(text) and (clean := html.unescape(text)) != text:
        text = clean
        notes.append("entities-decoded")
    if _TWICE.search(text):
        import ftfy  # noqa: PLC0415 - loads when a text needs it

        clean = "\n".join(ftfy.fix_encoding(line) for line in text.split("\n"))
        if clean != text:
            text = clean
            notes.append("double-encoding-repaired")
    if _SOFT_HYPHEN in text:
        text = text.replace(_SOFT_HYPHEN, "")
        notes.append("soft-hyphens-removed")
    return text, tuple(notes)
