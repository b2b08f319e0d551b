"""Files, standard input and bytes become documents: the door of the package.

The form is taken from the name (``.txt``, ``.html``, ``.json``, ``.jsonl``) and, where the name does not say, from the
first characters. A file may hold many documents; one that cannot be read never stops the others.
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, Literal

import msgspec

from onrecord.document import Document, DocumentKind, sound
from onrecord.errors import EmptyDocumentError, OnRecordError, ReadError
from onrecord.guards import unforeseen
from onrecord.readers.identity import Identifiers
from onrecord.readers.records import Record, check, objects, parse
from onrecord.readers.text import decode, require_words
from onrecord.readers.transcript import find_turns, is_transcript
from onrecord.story import Failure

Source = str | Path | bytes | bytearray | memoryview | IO[bytes] | IO[str]
Form = Literal["text", "html", "json", "jsonl"]

STANDARD_INPUT = "-"
MAX_BYTES = 256_000_000
"""The largest file taken into memory at once; JSON lines are read one by one and have no limit."""

_FORMS: dict[str, Form] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE)


def read(
    source: Source,
    *,
    kind: DocumentKind | None = None,
    speaker: str | None = None,
    ids: Identifiers | None = None,
    name: str | None = None,
) -> list[Document]:
    """Read all documents of one file, of standard input (``"-"``), of bytes or of an open file.

    ``kind`` overrules what the file says; without it, what stands in turns is a transcript, all else a report.
    ``speaker`` is whose words a transcript without names holds. ``ids`` keeps ids unique over several calls. ``name``
    is what a source without a name is called, in messages and as its id.

    Raises:
        FormatError: the bytes are no text, or are not what the name says.
        EmptyDocumentError: there is no text in it.
        ReadError: it is missing, a folder, or cannot be read; the base of the two above.

    """
    documents = []
    for found in _documents(source, kind, speaker, ids or Identifiers(), name):
        if isinstance(found, _Broken):
            raise found.error
        documents.append(found)
    return documents


def read_all(
    sources: Iterable[Source],
    *,
    kind: DocumentKind | None = None,
    speaker: str | None = None,
    ids: Identifiers | None = None,
) -> tuple[list[Document], list[Failure]]:
    """Read many sources; what cannot be read is listed with its reason, in order, and stops nothing."""
    ids = ids or Identifiers()
    documents: list[Document] = []
    failures: list[Failure] = []
    for source in sources:
        try:
            for found in _documents(source, kind, speaker, ids, None):
                if isinstance(found, _Broken):
                    failures.append(Failure(found.name, str(found.error)))
                else:
                    documents.append(found)
        except OnRecordError as error:
            failures.append(Failure(_name(source), str(error)))
    return documents, failures


class _Broken(msgspec.Struct, frozen=True):
    """One document of a file that cannot be read, while the others can."""

    name: str
    error: OnRecordError


class _Reading(msgspec.Struct, frozen=True):
    """What the caller asked for, passed on unchanged."""

    kind: DocumentKind | None
    speaker: str | None
    ids: Identifiers


def _documents(
    source: Source, kind: DocumentKind | None, speaker: str | None, ids: Identifiers, name: str | None
) -> Iterator[Document | _Broken]:
    name = sound(name or _name(source))
    try:
        yield from _found(source, _Reading(kind, speaker, ids), name)
    except OnRecordError:
        raise
    except Exception as error:
        raise ReadError(unforeseen(error, name, "read").because) from error


def _found(source: Source, reading: _Reading, name: str) -> Iterator[Document | _Broken]:
    suffix = Path(name).suffix.casefold()
    identity = Path(name).stem or name
    form = _FORMS.get(suffix)
    if form == "jsonl" and isinstance(source, str | Path) and source != STANDARD_INPUT:
        with _opened(Path(source), name) as lines:
            yield from _from_lines(lines, name, reading)
        return
    data = _bytes(source, name)
    if not data:
        raise _empty(name)
    text = decode(data, name, declared=_declared(data) if form in {"html", None} else None)
    if form is None or (form == "text" and _MARKUP.match(text[:2_000])):
        form = _sniffed(text)
    if form == "jsonl":
        yield from _from_lines(io.BytesIO(text.encode("utf-8", "replace")), name, reading)
    elif form == "json":
        for found, found_name in objects(text, name):
            yield _guarded(found, found_name, identity, reading)
    elif form == "html":
        yield _page(text, name, identity, reading, None)
    else:
        yield _plain(text, name, identity, reading)


def _empty(name: str) -> EmptyDocumentError:
    return EmptyDocumentError(f"{name} is empty: check that it was saved whole.")


def _name(source: Source) -> str:
    if isinstance(source, str | Path):
        return "standard input" if source == STANDARD_INPUT else sound(str(source))
    given = getattr(source, "name", None)
    return sound(given) if isinstance(given, str) else "document"


def _opened(path: Path, name: str) -> IO[bytes]:
    if re.match(r"https?://", name):
        raise ReadError(f"{name} is an address, and onrecord reads files: save the page and name its file.")
    try:
        if path.is_dir():
            raise ReadError(f"{name} is a folder: name the files in it.")
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


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data, 0, 4_096)
    return found[1].decode("ascii", "replace") if found else None


def _sniffed(text: str) -> Form:
    """Tell the form from how the text begins; what is not plainly JSON or markup is text."""
    head = text[:2_000].lstrip()
    if _MARKUP.match(head):
        return "html"
    if head.startswith("{"):
        first = text.lstrip().split("\n", 1)[0]
        return "jsonl" if first.rstrip().endswith("}") and _is_json(first) else "json" if _is_json(text) else "text"
    return "json" if head.startswith("[") and _is_json(text) else "text"


def _is_json(text: str) -> bool:
    try:
        return isinstance(parse(text, ""), dict | list)
    except ReadError:
        return False


def _from_lines(lines: IO[bytes], name: str, reading: _Reading) -> Iterator[Document | _Broken]:
    found_any = False
    for number, line in enumerate(iter(partial(lines.readline, MAX_BYTES + 1), b""), 1):
        if len(line) > MAX_BYTES:
            too_long = f"{name}, line {number} is longer than {MAX_BYTES // 1_000_000} MB: split it into its documents."
            raise ReadError(too_long)
        bare = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if not bare:
            continue
        found_any = True
        line_name = f"{name}, line {number}"
        try:
            found = parse(decode(bare, line_name), line_name)
        except ReadError as error:
            yield _Broken(line_name, error)
        else:
            yield _guarded(found, line_name, f"{Path(name).stem}-{number}", reading)
    if not found_any:
        raise _empty(name)


def _guarded(found: Any, name: str, identity: str, reading: _Reading) -> Document | _Broken:
    try:
        return _from_record(check(found, name), name, identity, reading)
    except ReadError as error:
        return _Broken(name, error)
    except Exception as error:  # noqa: BLE001 - the other documents of the file are read
        return _Broken(name, ReadError(unforeseen(error, name, "read").because))


def _from_record(record: Record, name: str, identity: str, reading: _Reading) -> Document:
    kind = reading.kind or record.kind
    own = _Reading(kind, reading.speaker or record.speaker, reading.ids)
    identity = record.id or identity
    if record.text is None:
        assert record.html is not None
        document = _page(record.html, name, identity, own, record.url)
    elif record.blocks:
        require_words(record.text, name)
        identity = reading.ids.claim(identity)
        document = Document(identity, record.text, kind=kind or "report", blocks=record.blocks)
    else:
        document = _plain(record.text, name, identity, own)
    return msgspec.structs.replace(
        document,
        title=record.title or document.title,
        outlet=record.outlet or document.outlet,
        byline=record.byline or document.byline,
        published=record.published or document.published,
        url=record.url or document.url,
    )


def _page(markup: str, name: str, identity: str, reading: _Reading, url: str | None) -> Document:
    from onrecord.readers.html import read_page  # noqa: PLC0415 - loads trafilatura, which takes a quarter of a second

    document = read_page(markup, name, identity=identity, kind=reading.kind, url=url, speaker=reading.speaker)
    return msgspec.structs.replace(document, id=reading.ids.claim(identity))


def _plain(text: str, name: str, identity: str, reading: _Reading) -> Document:
    require_words(text, name)
    kind = reading.kind or ("transcript" if is_transcript(text) else "report")
    blocks = find_turns(text, speaker=reading.speaker) if kind == "transcript" else ()
    return Document(reading.ids.claim(identity), text, kind=kind, blocks=blocks)
