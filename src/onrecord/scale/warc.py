"""WARC files (ISO 28500): the pages in them, and whether a file is whole.

Reads ``.warc`` and ``.warc.gz``; gives each response's address, type and bytes. Readers of WARC pass over a file that
is cut, broken or lies about a length in silence: :func:`fault_of` says so.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from onrecord.errors import MissingExtraError

_CHUNK: Final = 1 << 20
_GZIP: Final = b"\x1f\x8b"


class Page(NamedTuple):
    """One response of a WARC file."""

    number: int
    url: str
    content_type: str
    body: bytes


def pages(path: Path, first: int = 0, count: int | None = None) -> Iterator[Page]:
    """Give the responses from number ``first`` on, ``count`` at most; those before are passed over unread.

    Raises MissingExtraError without fastwarc.
    """
    iterator, response = _fastwarc()
    stop = None if count is None else first + count
    with path.open("rb") as file:
        for number, record in enumerate(iterator(file, record_types=response, parse_http=True)):
            if stop is not None and number >= stop:
                return
            if number >= first:
                yield Page(
                    number,
                    record.headers.get("WARC-Target-URI", "").strip("<>"),
                    record.http_content_type or "",
                    _body(record),
                )


def count_pages(path: Path) -> int:
    """Count the responses of a file; raises MissingExtraError without fastwarc."""
    iterator, response = _fastwarc()
    with path.open("rb") as file:
        return sum(1 for _ in iterator(file, record_types=response, parse_http=False))


def fault_of(path: Path) -> str | None:
    """Say in one sentence what is wrong with a file as a whole; ``None`` where nothing is. Time is linear in size.

    Found are: no WARC at all, a gzip member that is cut or damaged, bytes behind the last record that are no record,
    and a last record shorter than it says.
    """
    with path.open("rb") as file:
        head = file.read(5)
    if head[:2] == _GZIP:
        return _fault_of_gzip(path)
    return _fault_of_plain(path) if head == b"WARC/" else f"{path.name} is no WARC file: it begins with other bytes."


def _fault_of_gzip(path: Path) -> str | None:
    read = 0
    with path.open("rb") as file:
        member, waiting = zlib.decompressobj(wbits=31), b""
        fresh, first = True, b""
        while chunk := waiting or file.read(_CHUNK):
            waiting = b""
            try:
                made = member.decompress(chunk)
            except zlib.error:
                return f"{path.name} is damaged near byte {read}: what stands behind it is not read."
            first = first or made[:5]
            fresh = False
            read += len(chunk) - len(member.unused_data)
            if member.eof:
                waiting = member.unused_data
                member, fresh = zlib.decompressobj(wbits=31), True
                if waiting and not waiting.startswith(_GZIP[: len(waiting)]):
                    return f"{path.name} has bytes from {read} on that are no record: what follows is not read."
        if not fresh:
            return f"{path.name} is cut: its last record, after {read} bytes, does not end."
    return None if first == b"WARC/" else f"{path.name} is no WARC file: it begins with other bytes."


def _fault_of_plain(path: Path) -> str | None:
    size = path.stat().st_size
    at = 0
    with path.open("rb") as file:
        while at < size:
            file.seek(at)
            if not file.readline().startswith(b"WARC/"):
                return f"{path.name} is broken: what stands at byte {at} is no record."
            length = None
            while (line := file.readline(_CHUNK)).strip():
                name, _, value = line.partition(b":")
                if name.strip().lower() == b"content-length" and value.strip().isdigit():
                    length = int(value)
            if length is None:
                return f"{path.name} is broken: the record at byte {at} does not say how long it is."
            at = file.tell() + length
            if at > size:
                return f"{path.name} is cut: its last record lacks {at - size} bytes."
            file.seek(at)
            while (rest := file.read(1)) in {b"\r", b"\n"}:
                at += len(rest)
    return None


def _body(record: Any) -> bytes:
    body: bytes = record.reader.read()
    encoding = (record.http_headers.get("Content-Encoding") or "").casefold() if record.http_headers else ""
    if encoding == "gzip" or (encoding and body.startswith(_GZIP)):
        try:
            return gzip.decompress(body)
        except (OSError, EOFError, zlib.error):
            return body
    return body


def _fastwarc() -> tuple[Any, Any]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - an optional package
    except ImportError as error:
        raise MissingExtraError("fastwarc", "scale") from error
    return ArchiveIterator, WarcRecordType.response
