"""What is the same document, and what is the same version of it.

Reads a Document; gives its key (the canonical address, else the caller's id), its digest and the checksum of its text.
The digest is of what a reader would call the article: its text without "read more" lines and whatever the spacing, its
title, byline and day. So a change of what surrounds the article is no version of it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from onrecord.document import Block, Document

_SPACE: Final = re.compile(r"\s+")
_PAGE: Final = re.compile(r"https?://", re.IGNORECASE)
_WORDS: Final = re.compile(r"[^\W_]+")
_SURROUNDING: Final = frozenset({"read-more"})


def key_of(document: Document) -> str:
    """Give the key under which a document is kept: its address, without what only tracks its readers, or its id."""
    if document.url is None or not _PAGE.match(document.url):
        return document.id.replace("\0", "\ufffd")
    from courlan import normalize_url  # noqa: PLC0415 - 0.1 s to load

    try:
        address = str(normalize_url(document.url.strip()))
    except ValueError:
        address = document.url.strip()
    address = address.partition("#")[0].replace("\0", "\ufffd")
    return re.sub(r"^http:", "https:", address).removesuffix("/")


def is_address(key: str) -> bool:
    """Return whether a key is an address, which names one article; an id may be given to two by mistake."""
    return _PAGE.match(key) is not None


def checksum(text: str) -> bytes:
    """Give the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).digest()


def digest_of(document: Document, blocks: tuple[Block, ...]) -> bytes:
    """Give the digest of what makes a version; ``blocks`` are those of the document's layout."""
    kept, at = [], 0
    for block in sorted(blocks, key=lambda each: each.start):
        if block.kind in _SURROUNDING and block.start >= at:
            kept.append(document.text[at : block.start])
            at = block.end
    kept.append(document.text[at:])
    day = document.published.day if document.published is not None else None
    parts = (" ".join(kept), document.title, document.byline, day)
    spaced = (_SPACE.sub(" ", part or "").strip() for part in parts)
    return hashlib.sha256("\x1f".join(spaced).encode()).digest()


def fold(words: str) -> str:
    """Fold case, accents and the form of letters, and put one space between words: what names are compared by."""
    parted = unicodedata.normalize("NFKD", words)
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return " ".join(_WORDS.findall(bare.casefold()))


def alike(one: str, other: str) -> float:
    """Give the share (0 to 1) of the words of either text that both have; how often is left aside."""
    ours, theirs = set(fold(one).split()), set(fold(other).split())
    return len(ours & theirs) / max(min(len(ours), len(theirs)), 1)
