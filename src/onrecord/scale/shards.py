"""Inputs cut into shards with stable names, and what a shard holds.

Reads WARC files, JSON lines (plain or gzipped), Parquet files with a column of text, and folders of documents. A shard
is a run of records of one file, or of files of one folder; its name hangs on the input's name and content and its place
in it alone, so that a run that is begun again knows its shards.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, Literal

import msgspec

from onrecord.document import Document
from onrecord.errors import EmptyDocumentError, LanguageError, MissingExtraError, OnRecordError, ReadError, UsageError
from onrecord.readers.forms import Broken, Reading, documents_of, from_lines
from onrecord.readers.identity import Identifiers
from onrecord.scale import warc

Form = Literal["warc", "lines", "parquet", "files"]
DropReason = Literal["empty", "not-english", "unreadable", "not-a-page", "too-short", "near-copy", "not-annotated"]
"""Why a record of an input gives no document, or a document no annotations."""

_ENDINGS: Final[dict[str, Form]] = {
    ".warc": "warc", ".warc.gz": "warc", ".jsonl": "lines", ".jsonl.gz": "lines", ".ndjson": "lines",
    ".parquet": "parquet",
}  # fmt: skip
_LOOKED_AT: Final = 1 << 20  # bytes of a file by which it is named
_FEWEST_WORDS: Final = 40
"""Words of a report; a page of fewer is a teaser, a notice or a gallery."""


class Shard(msgspec.Struct, frozen=True):
    """Records ``first`` to ``first + count`` of one input."""

    name: str
    path: str
    form: Form
    first: int
    count: int


class Dropped(msgspec.Struct, frozen=True):
    """A record that gave no document."""

    reason: DropReason
    name: str


class Input(msgspec.Struct, frozen=True):
    """One file or folder as it was when the run was planned; ``fault`` says what is wrong with it as a whole."""

    path: str
    form: Form
    records: int
    bytes: int
    fault: str | None = None


def plan(sources: Iterable[Path], size: int) -> tuple[list[Input], list[Shard]]:
    """Cut inputs into shards of at most ``size`` records.

    Raises UsageError where an input is missing or of no known kind, or two have one name.
    """
    inputs, shards = [], []
    names: set[str] = set()
    for source in sources:
        for path, form in _found(source):
            records = _count(path, form)
            whole = Input(str(path), form, records, _bytes_of(path), warc.fault_of(path) if form == "warc" else None)
            inputs.append(whole)
            stem = _stem(path)
            if stem in names:
                raise UsageError(f"Two inputs are named {stem}: give them apart, or name one anew.")
            names.add(stem)
            shards += [
                Shard(f"{stem}-{number:05}", str(path), form, first, min(size, records - first))
                for number, first in enumerate(range(0, records, size))
            ]
    if not shards:
        raise UsageError("The inputs hold no record.")
    return inputs, shards


def documents(shard: Shard) -> Iterator[Document | Dropped]:
    """Give the documents of a shard, each with an id of its own, or why a record gives none."""
    for number, found in enumerate(_read(shard)):
        if isinstance(found, Document):
            named = msgspec.structs.replace(found, id=f"{shard.name}:{number}")
            yield named if len(named.text.split()) >= _FEWEST_WORDS else Dropped("too-short", named.url or named.id)
        else:
            yield found


def _read(shard: Shard) -> Iterator[Document | Dropped]:
    path = Path(shard.path)
    if shard.form == "warc":
        for page in warc.pages(path, shard.first, shard.count):
            yield from _page(page)
    elif shard.form == "lines":
        with opened(path) as file:
            lines = b"".join(islice(file, shard.first, shard.first + shard.count))
        yield from _given(from_lines(io.BytesIO(lines), path.name, _reading()), path.name)
    elif shard.form == "parquet":
        yield from _rows(path, shard)
    else:
        for file_path in _files(path)[shard.first : shard.first + shard.count]:
            yield from _given(_lazily(file_path), file_path.name)


def _lazily(path: Path) -> Iterator[Document | Broken]:
    yield from documents_of(path.read_bytes(), path.name, _reading())


def _page(page: warc.Page) -> Iterator[Document | Dropped]:
    if "html" not in page.content_type.casefold():
        yield Dropped("not-a-page", page.url)
        return
    reading = _reading(page.url, page.content_type)
    yield from _given(documents_of(page.body, "page.html", reading), page.url)


def _rows(path: Path, shard: Shard) -> Iterator[Document | Dropped]:
    encoder = msgspec.json.Encoder()
    rows = (row for batch in _parquet(path).iter_batches(batch_size=shard.count) for row in batch.to_pylist())
    known = ("id", "text", "html", "title", "outlet", "byline", "published", "url", "kind")
    lines = b"\n".join(
        encoder.encode({key: str(row[key]) for key in known if row.get(key) is not None})
        for row in islice(rows, shard.first, shard.first + shard.count)
    )
    yield from _given(from_lines(io.BytesIO(lines), path.name, _reading()), path.name)


def _given(found: Iterator[Document | Broken], name: str) -> Iterator[Document | Dropped]:
    """Turn what a reader gives, or raises, into documents and drops."""
    while True:
        try:
            each = next(found, None)
        except OnRecordError as error:
            yield Dropped(_reason(error), name)
            return
        if each is None:
            return
        yield Dropped(_reason(each.error), each.name) if isinstance(each, Broken) else each


def _reason(error: OnRecordError) -> DropReason:
    if isinstance(error, LanguageError):
        return "not-english"
    return "empty" if isinstance(error, EmptyDocumentError) else "unreadable"


def _reading(url: str | None = None, content_type: str | None = None) -> Reading:
    return Reading("report", None, Identifiers(), url=url, content_type=content_type)


def _found(source: Path) -> Iterator[tuple[Path, Form]]:
    if not source.exists():
        raise UsageError(f"{source} is not there.")
    if source.is_dir():
        known = sorted(path for path in source.rglob("*") if path.is_file() and _form(path) is not None)
        yield from ((path, form) for path in known if (form := _form(path)) is not None)
        if _files(source):
            yield source, "files"
        return
    form = _form(source)
    if form is None:
        raise UsageError(f"{source} is no WARC, JSON lines or Parquet file, and no folder.")
    yield source, form


def _form(path: Path) -> Form | None:
    name = path.name.casefold()
    return next((form for ending, form in _ENDINGS.items() if name.endswith(ending)), None)


def _files(folder: Path) -> list[Path]:
    """List the documents of a folder, in order of their names; files of records are inputs of their own."""
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and _form(path) is None and not path.name.startswith(".")
    )


def _count(path: Path, form: Form) -> int:
    if form == "warc":
        return warc.count_pages(path)
    if form == "parquet":
        return int(_parquet(path).metadata.num_rows)
    if form == "files":
        return len(_files(path))
    try:
        with opened(path) as file:
            return sum(1 for _ in file)
    except (OSError, EOFError) as error:
        raise ReadError(f"{path} cannot be read to its end ({error}).") from error


def opened(path: Path) -> IO[bytes]:
    """Open a file of lines, gzipped or not."""
    return gzip.open(path, "rb") if path.name.casefold().endswith(".gz") else path.open("rb")  # type: ignore[return-value]


def _bytes_of(path: Path) -> int:
    return sum(each.stat().st_size for each in _files(path)) if path.is_dir() else path.stat().st_size


def _stem(path: Path) -> str:
    """Name an input: its file's name without its endings, and eight digits that its content gives, wherever it lies."""
    name = path.name
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        name = name[: -len(ending)] if name.casefold().endswith(ending) else name
    plain = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)[:60]
    return f"{plain}-{_digest(path)[:8]}"


def _digest(path: Path) -> str:
    """Hash the beginning and the size of a file, or the names of a folder's files."""
    if path.is_dir():
        seen = "\n".join(str(each.relative_to(path)) for each in _files(path)).encode()
    else:
        with path.open("rb") as file:
            seen = file.read(_LOOKED_AT) + str(path.stat().st_size).encode()
    return hashlib.sha256(seen).hexdigest()


def _parquet(path: Path) -> Any:
    try:
        from pyarrow import parquet  # noqa: PLC0415 - an optional package
    except ImportError as error:
        raise MissingExtraError("pyarrow", "scale") from error
    return parquet.ParquetFile(path)
