"""Files, standard input and bytes become documents: the door of the package.

A source is a file, a folder (every file in it), a pattern (``reports/*.txt``), bytes or standard input;
:mod:`onrecord.readers.forms` reads what is in it. A document that cannot be read never stops the others.
"""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from onrecord.document import Document, DocumentKind, sound
from onrecord.errors import OnRecordError, ReadError
from onrecord.guards import unforeseen
from onrecord.readers.forms import MAX_BYTES, Broken, Reading, documents_of, from_lines, is_lines
from onrecord.readers.identity import Identifiers
from onrecord.story import Failure

Source = str | Path | bytes | bytearray | memoryview | IO[bytes] | IO[str]

STANDARD_INPUT = "-"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def is_address(source: object) -> bool:
    """Return whether a source is an address of the web, which :mod:`onrecord.ingest` fetches."""
    return isinstance(source, str) and _ADDRESS.match(source) is not None


def read(
    source: Source,
    *,
    kind: DocumentKind | None = None,
    speaker: str | None = None,
    speakers: Mapping[str, str] | None = None,
    ids: Identifiers | None = None,
    name: str | None = None,
    url: str | None = None,
    content_type: str | None = None,
) -> list[Document]:
    """Read all documents of a file, a folder, a pattern, standard input (``"-"``), bytes or an open file.

    ``kind`` overrules what the file says; without it, what stands in turns is a transcript, all else a report.
    ``speaker`` is whose words a transcript without names holds. ``ids`` keeps ids unique over several calls. ``name``
    is what a source without a name is called, in messages and as its id. ``speakers`` gives names for the labels of a
    recogniser (``SPEAKER_00``). ``url`` and ``content_type`` are of bytes that came from an address.

    Raises:
        FormatError: the bytes are no text, or are not what the name says.
        EmptyDocumentError: there is no text in it.
        ReadError: it is missing or cannot be read; the base of the two above.

    """
    reading = Reading(kind, speaker, ids or Identifiers(), speakers or {}, url, content_type)
    documents = []
    for each in files_of(source):
        for found in _documents(each, reading, name):
            if isinstance(found, Broken):
                raise found.error
            documents.append(found)
    return documents


def read_all(
    sources: Iterable[Source],
    *,
    kind: DocumentKind | None = None,
    speaker: str | None = None,
    speakers: Mapping[str, str] | None = None,
    ids: Identifiers | None = None,
) -> tuple[list[Document], list[Failure]]:
    """Read many sources; what cannot be read is listed with its reason, in order, and stops nothing."""
    reading = Reading(kind, speaker, ids or Identifiers(), speakers or {})
    documents: list[Document] = []
    failures: list[Failure] = []
    for source in sources:
        try:
            for each in files_of(source):
                _read_into(documents, failures, each, reading)
        except OnRecordError as error:
            failures.append(Failure(_name(source), str(error)))
    return documents, failures


def _read_into(documents: list[Document], failures: list[Failure], source: Source, reading: Reading) -> None:
    """Add a source's documents, or why it gives none."""
    try:
        for found in _documents(source, reading, None):
            if isinstance(found, Broken):
                failures.append(Failure(found.name, str(found.error)))
            else:
                documents.append(found)
    except OnRecordError as error:
        failures.append(Failure(_name(source), str(error)))


def files_of(source: Source) -> Iterator[Source]:
    """Give the files of a folder or a pattern, in order of their names, those hidden left out; else the source."""
    if not isinstance(source, str | Path) or source == STANDARD_INPUT or _ADDRESS.match(str(source)):
        yield source
        return
    path = Path(source)
    if _is(path, Path.is_dir):
        found = sorted(each for each in path.rglob("*") if each.is_file() and not _hidden(each.relative_to(path)))
        if not found:
            raise ReadError(f"{_name(source)} is a folder without files: name one that holds documents.")
        yield from found
    elif not _is(path, Path.exists) and glob.has_magic(str(source)):
        matches = glob.glob(str(source), recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
        found = sorted(Path(each) for each in matches if Path(each).is_file())
        if not found:
            raise ReadError(f"{_name(source)} fits no file: check the pattern.")
        yield from found
    else:
        yield source


def _is(path: Path, what: Callable[[Path], bool]) -> bool:
    try:
        return what(path)
    except (OSError, ValueError):
        return False


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _documents(source: Source, reading: Reading, name: str | None) -> Iterator[Document | Broken]:
    name = sound(name or _name(source))
    try:
        yield from _found(source, reading, name)
    except OnRecordError:
        raise
    except Exception as error:
        raise ReadError(unforeseen(error, name, "read").because) from error


def _found(source: Source, reading: Reading, name: str) -> Iterator[Document | Broken]:
    if is_lines(name) and isinstance(source, str | Path) and source != STANDARD_INPUT:
        with _opened(Path(source), name) as lines:
            yield from from_lines(lines, name, reading)
    else:
        yield from documents_of(_bytes(source, name), name, reading)


def _name(source: Source) -> str:
    if isinstance(source, str | Path):
        return "standard input" if source == STANDARD_INPUT else sound(str(source))
    given = getattr(source, "name", None)
    return sound(given) if isinstance(given, str) else "document"


def _opened(path: Path, name: str) -> IO[bytes]:
    if _ADDRESS.match(name):
        raise ReadError(f"{name} is an address: the commands fetch it, and onrecord.read does.")
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise ReadError(f"{name} does not exist: check the path.") from None
    except PermissionError:
        raise ReadError(f"{name} may not be read: change its permissions.") from None
    except (OSError, ValueError) as error:
        raise ReadError(f"{name} cannot be opened ({error}): check the path.") from None


def _bytes(source: Source, name: str) -> bytes:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    if isinstance(source, str | Path):
        if source == STANDARD_INPUT:
            if sys.stdin is None:
                raise ReadError("Standard input is closed: name a file, or send a document to it.")
            return _taken(sys.stdin.buffer, name)
        with _opened(Path(source), name) as opened:
            return _taken(opened, name)
    return _taken(source, name)


def _taken(opened: IO[bytes] | IO[str], name: str) -> bytes:
    try:
        data = opened.read(_room(opened) + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{name} cannot be read ({error}): check the file.") from None
    if len(data) > MAX_BYTES:
        raise ReadError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB: split it into its documents.")
    return data.encode("utf-8", "replace") if isinstance(data, str) else data


def _room(opened: IO[bytes] | IO[str]) -> int:
    """Give how much to ask for at once: an ordinary file's own size, for as much is taken from memory beforehand."""
    try:
        found = os.fstat(opened.fileno())
    except (OSError, AttributeError):
        return MAX_BYTES
    return min(found.st_size, MAX_BYTES) if stat.S_ISREG(found.st_mode) else MAX_BYTES
