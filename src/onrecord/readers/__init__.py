"""Bytes and files become documents: :func:`read` one source, :func:`read_all` many.

Reads texts, Markdown, pages, PDF, Word, subtitles, mail, feeds, tables and JSON; writes
:class:`~onrecord.document.Document` with the blocks that the form itself shows (a page's headings and captions, a
transcript's turns). What a text shows only by its words is found later, by :mod:`onrecord.annotators.layout.blocks`.
"""

from __future__ import annotations

from onrecord.readers.identity import Identifiers
from onrecord.readers.sources import STANDARD_INPUT, Source, is_address, read, read_all

__all__ = ["STANDARD_INPUT", "Identifiers", "Source", "is_address", "read", "read_all"]
