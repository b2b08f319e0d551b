"""What the archive's commands share: where it is, whether anything is done, and how results are told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.outputs import write_whole

if TYPE_CHECKING:
    from onrecord.archive.archive import Archive

place = click.option(
    "-a",
    "--archive",
    "url",
    required=True,
    envvar="ONRECORD_ARCHIVE",
    metavar="URL",
    help="A file of SQLite, or postgresql://HOST/NAME; ONRECORD_ARCHIVE names it for all commands.",
)
dry_run = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")


@contextmanager
def opened(url: str, *, create: bool = False) -> Iterator[Archive]:
    """Open the archive for a command."""
    from onrecord.archive.archive import Archive

    with Archive(url, create=create) as archive:
        yield archive


def which(document: str) -> int | str:
    """Read a document's number, else take what is given for its address or id."""
    return int(document) if document.isascii() and document.isdecimal() and len(document) < 19 else document


def write(record: Any, json_file: str) -> None:
    """Write a record as one line of JSON."""
    import msgspec

    write_whole(json_file, msgspec.json.encode(record) + b"\n")


def tell(record: Any, sentence: str, json_file: str | None) -> None:
    """Print what was done, or write it where asked."""
    if json_file is not None:
        write(record, json_file)
    if json_file != "-":
        click.echo(sentence, file=sys.stdout)
