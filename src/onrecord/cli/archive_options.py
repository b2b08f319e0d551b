"""What the archive's commands share: where it is, whether anything is done, and how results are told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, get_args

import click

from onrecord.annotation import Act, Form
from onrecord.cli.outputs import write_whole
from onrecord.wording import Verdict

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
_LIMITS = (
    click.option("--by", "speaker", metavar="NAME", help="Said by whoever bears this name, or these words of it."),
    click.option("--speaker-id", type=int, metavar="N", help="Said by this speaker of the archive."),
    click.option("--outlet", metavar="NAME", help="In this outlet."),
    click.option("--since", metavar="DAY", help="Published on this day or later: 2024-05-02, 2024-05 or 2024."),
    click.option("--until", metavar="DAY", help="Published on this day or earlier."),
    click.option(
        "--form", type=click.Choice(list(get_args(Form))), help="Quoted, partly quoted, or in the report's own words."
    ),
    click.option("--act", type=click.Choice(list(get_args(Act))), help="Said, or only thought."),
    click.option(
        "--verdict", type=click.Choice(list(get_args(Verdict))), help="So judged when its story was compared."
    ),
    click.option("--contradicted", is_flag=True, help="With a figure that another report of its story contradicts."),
)
dry_run = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")


def search_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that limit a search: who, where, when, how."""
    for option in reversed(_LIMITS):
        function = option(function)
    return function


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
