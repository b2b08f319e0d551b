"""onrecord: read many news reports of one event together and rebuild the record.

>>> import onrecord
>>> reports = onrecord.read("reports.jsonl")
>>> story = onrecord.compare(reports)

What this module names is all that a user needs; everything else may move. The functions are thin doors to
:mod:`onrecord.pipeline`, opened when they are called, so that ``import onrecord`` stays quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.document import Document, DocumentKind
from onrecord.errors import (
    ArchiveError,
    ArchiveTimeoutError,
    DocumentError,
    EmptyDocumentError,
    FormatError,
    LabelledDataError,
    MissingExtraError,
    OnRecordError,
    ReadError,
    StyleError,
    UsageError,
    WeightsError,
)
from onrecord.story import Failure, Story

if TYPE_CHECKING:
    from onrecord.annotation import Annotations
    from onrecord.archive.archive import Archive
    from onrecord.story import Check

__all__ = [
    "Archive",
    "ArchiveError",
    "ArchiveTimeoutError",
    "Document",
    "DocumentError",
    "EmptyDocumentError",
    "Failure",
    "FormatError",
    "LabelledDataError",
    "MissingExtraError",
    "OnRecordError",
    "ReadError",
    "Story",
    "StyleError",
    "UsageError",
    "WeightsError",
    "annotate",
    "check",
    "compare",
    "read",
]


def __getattr__(name: str) -> Any:
    """Load :class:`~onrecord.archive.archive.Archive` when it is asked for."""
    if name == "Archive":
        from onrecord.archive.archive import Archive  # noqa: PLC0415 - the database libraries take 0.4 s to load

        return Archive
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")


def read(
    source: str | Path,
    *,
    kind: DocumentKind | None = None,
    speakers: Mapping[str, str] | None = None,
    allow_private: bool = False,
) -> list[Document]:
    """Read the documents of a file, a folder, a pattern, an address of the web, or standard input (``-``).

    ``speakers`` gives names for the labels of a recogniser (``{"SPEAKER_00": "Ada Brandt"}``). An address is fetched
    only where it is public, unless ``allow_private`` says otherwise. Raises ReadError, in one sentence, where the
    source cannot be read.
    """
    from onrecord.readers import is_address  # noqa: PLC0415 - the readers load when they are used
    from onrecord.readers import read as read_source  # noqa: PLC0415 - likewise

    if is_address(source):
        from onrecord.ingest.fetching import Fetcher  # noqa: PLC0415 - likewise
        from onrecord.ingest.pages import fetch_documents  # noqa: PLC0415 - likewise

        return fetch_documents(str(source), Fetcher(allow_private=allow_private), kind=kind, speakers=speakers)
    return read_source(source, kind=kind, speakers=speakers)


def annotate(documents: Iterable[Document], failures: list[Failure] | None = None) -> list[Annotations]:
    """Find who said what, the figures and the dates in each document by itself.

    A document that cannot be annotated is added to ``failures``; where no such list is given, DocumentError is raised
    when the others are done, and holds what they gave.
    """
    from onrecord import pipeline  # noqa: PLC0415 - likewise

    return pipeline.annotate(documents, failures=failures)


def compare(documents: Iterable[Document], transcripts: Iterable[Document] = ()) -> Story:
    """Read the documents of one event together, with transcripts of it where there are any.

    Where two documents share an id, the later gets another. A document that cannot be annotated or compared is among
    the story's ``failures``. Raises UsageError where no document is given, DocumentError where none is left.
    """
    from onrecord import pipeline  # noqa: PLC0415 - likewise

    return pipeline.compare(documents, transcripts)


def check(document: Document, transcripts: Iterable[Document], style: str = "strict") -> Check:
    """Hold each quotation of a document against transcripts; ``style`` is a house style or the path of one.

    Raises UsageError without a transcript, StyleError where the style cannot be used, DocumentError where the document
    or a transcript cannot be annotated or checked.
    """
    from onrecord import pipeline  # noqa: PLC0415 - likewise
    from onrecord.comparison.checking.house_style import HouseStyle  # noqa: PLC0415 - likewise

    return pipeline.check([document], transcripts, HouseStyle.named(style))[0]
