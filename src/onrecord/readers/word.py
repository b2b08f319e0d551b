"""Word documents (``.docx``) become text, by python-docx: the paragraphs of the body, in order.

Reads bytes; gives the text, a blank line between paragraphs, and the title where a paragraph has that style or the
file's properties name one. Tables, comments, notes, headers, footers and struck words (tracked deletions) are left out;
tracked insertions are read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from onrecord.errors import EmptyDocumentError, FormatError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = frozenset({f"{_W}br", f"{_W}cr"})
_STRUCK = frozenset({f"{_W}strike", f"{_W}dstrike", f"{_W}vanish"})
_BROKEN = (LookupError, ValueError, AttributeError, SyntaxError, NotImplementedError, OSError, EOFError)
"""What python-docx and zipfile raise on an archive that is damaged, or is another's."""
_LARGEST = 256_000_000
"""Bytes that an archive may unpack to."""
_OFF = frozenset({"0", "false", "off"})


def read_word(data: bytes, name: str) -> tuple[str, str | None]:
    """Read a Word document's text and title.

    Raises:
        FormatError: it is no Word document, or damaged.
        EmptyDocumentError: it holds no words outside tables.

    """
    import docx  # noqa: PLC0415 - loads when a Word document is read
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415 - likewise

    try:
        unpacked = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
        if unpacked > _LARGEST:
            raise FormatError(f"{name} unpacks to {unpacked:,} bytes, and {_LARGEST:,} are read: split it.")
        document = docx.Document(io.BytesIO(data))
    except (*_BROKEN, PackageNotFoundError, zipfile.BadZipFile, zlib.error) as error:
        raise FormatError(f"{name} is no Word document that can be read ({error}): save it anew as .docx.") from None
    paragraphs: list[str] = []
    title = (document.core_properties.title or "").strip() or None
    for paragraph in document.paragraphs:
        words = _words(paragraph._p)  # noqa: SLF001 - the element, by which tracked changes are seen
        if not words.strip():
            continue
        if title is None and paragraph.style is not None and paragraph.style.name == "Title":
            title = " ".join(words.split())
        paragraphs.append(words.strip())
    text = "\n\n".join(paragraphs)
    if not any(character.isalnum() for character in text):
        raise EmptyDocumentError(f"{name} holds no words outside tables: check that it was saved whole.")
    return text, title


def _words(paragraph: Any) -> str:
    """Give the words of a paragraph's runs, insertions within and deletions without."""
    parts: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        properties = run.find(f"{_W}rPr")
        if properties is not None and any(
            child.tag in _STRUCK and child.get(f"{_W}val", "1") not in _OFF for child in properties
        ):
            continue
        for child in run:
            if child.tag == f"{_W}t":
                parts.append(child.text or "")
            elif child.tag == f"{_W}tab":
                parts.append("\t")
            elif child.tag in _BREAKS:
                parts.append("\n")
            elif child.tag == f"{_W}noBreakHyphen":
                parts.append("-")
    return "".join(parts)
