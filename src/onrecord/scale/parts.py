"""Parts: what a shard gives, as files that are whole or not there.

A part is one Parquet file of one table; its rows and bytes hang on the shard and the stage alone. Beside the parts of a
shard stands its mark (``marks/STAGE/NAME.json``), written last, with their checksums and what was counted: a shard is
done when its mark is there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import msgspec

from onrecord.errors import MissingExtraError, ReadError

COLUMNS: Final[dict[str, dict[str, str]]] = {
    "documents": {
        "document": "string", "url": "string", "outlet": "string", "title": "string", "byline": "string",
        "published": "string", "published_from": "string", "text": "string",
    },
    "signatures": {"document": "string", "words": "int64", "signature": "binary"},
    "copies": {"document": "string", "of": "string", "likeness": "double"},
    "annotations": {"document": "string", "record": "binary"},
    "attributions": {
        "document": "string", "attribution": "string", "act": "string", "form": "string", "start": "int64",
        "end": "int64", "content": "string", "cue": "string", "source": "string", "speaker": "string",
        "speaker_kind": "string", "speaker_clear": "bool", "via": "strings", "outlet": "string", "published": "string",
        "confidence": "double",
    },
    "speakers": {
        "document": "string", "speaker": "string", "name": "string", "kind": "string", "titles": "strings",
        "mentions": "int64",
    },
    "figures": {
        "document": "string", "figure": "string", "start": "int64", "end": "int64", "words": "string", "low": "double",
        "high": "double", "approximate": "bool", "unit": "string", "of": "string", "event": "string",
    },
    "dates": {
        "document": "string", "start": "int64", "end": "int64", "words": "string", "value": "string",
        "inferred": "bool", "reason": "string",
    },
    "stories": {"story": "string", "document": "string", "day": "string"},
    "statements": {
        "story": "string", "statement": "string", "speaker": "string", "speaker_kind": "string", "documents": "int64",
        "variants": "int64", "origins_low": "int64", "origins_high": "int64",
    },
    "variants": {
        "story": "string", "statement": "string", "document": "string", "attribution": "string", "form": "string",
        "verdict": "string", "words": "string",
    },
    "figure_groups": {
        "story": "string", "group": "string", "of": "string", "verdict": "string", "document": "string",
        "figure": "string",
    },
}  # fmt: skip


class Part(msgspec.Struct, frozen=True):
    """One Parquet file: its place below the output folder, its rows, bytes and checksum."""

    path: str
    rows: int
    bytes: int
    sha256: str


class Mark(msgspec.Struct, frozen=True):
    """What a shard gave: its parts, and what was counted (documents, attributions, drops by reason, …)."""

    stage: str
    name: str
    parts: tuple[Part, ...]
    counts: dict[str, int]
    seconds: float = 0.0


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, also after the machine stops."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def write_part(folder: Path, table: str, name: str, rows: Sequence[Mapping[str, Any]]) -> Part:
    """Write one table's rows of a shard; raises MissingExtraError without pyarrow."""
    arrow, parquet = _arrow()
    kinds = {
        "string": arrow.string(), "int64": arrow.int64(), "double": arrow.float64(), "bool": arrow.bool_(),
        "strings": arrow.list_(arrow.string()), "binary": arrow.binary(),
    }  # fmt: skip
    schema = arrow.schema([(column, kinds[kind]) for column, kind in COLUMNS[table].items()])
    stream = BytesIO()
    parquet.write_table(arrow.Table.from_pylist(list(rows), schema=schema), stream, compression="zstd")
    content = stream.getvalue()
    path = Path(table) / f"{name}.parquet"
    write_whole(folder / path, content)
    return Part(path.as_posix(), len(rows), len(content), hashlib.sha256(content).hexdigest())


def read_part(folder: Path, table: str, name: str, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    """Read one table's rows of a shard, those of ``columns`` only where given."""
    _, parquet = _arrow()
    path = folder / table / f"{name}.parquet"
    if not path.is_file():
        raise ReadError(f"{path} is not there: run the stage before again.")
    rows: list[dict[str, Any]] = parquet.read_table(path, columns=columns).to_pylist()
    return rows


def mark_path(folder: Path, stage: str, name: str) -> Path:
    """Give where a shard's mark stands."""
    return folder / "marks" / stage / f"{name}.json"


def write_mark(folder: Path, mark: Mark) -> None:
    """Write a shard's mark; its parts are there."""
    write_whole(mark_path(folder, mark.stage, mark.name), msgspec.json.encode(mark))


def read_mark(folder: Path, stage: str, name: str) -> Mark | None:
    """Give a shard's mark, ``None`` where the shard is not done."""
    try:
        return msgspec.json.decode(mark_path(folder, stage, name).read_bytes(), type=Mark)
    except (OSError, msgspec.DecodeError):
        return None


def marks(folder: Path) -> Iterator[Mark]:
    """Give all marks, in order of stage and name."""
    for path in sorted((folder / "marks").glob("*/*.json")):
        mark = read_mark(folder, path.parent.name, path.stem)
        if mark is not None:
            yield mark


def sweep(folder: Path) -> int:
    """Remove drafts that a killed worker has left; give how many."""
    drafts = list(folder.rglob(".*.tmp"))
    for draft in drafts:
        draft.unlink(missing_ok=True)
    return len(drafts)


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an optional package loads when it is used
        from pyarrow import parquet  # noqa: PLC0415 - likewise
    except ImportError as error:
        raise MissingExtraError("pyarrow", "scale") from error
    return pa, parquet
