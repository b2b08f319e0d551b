"""What the commands share: reading documents, writing results whole, progress on standard error."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import UsageError
from onrecord.publishers.escapes import visible

if TYPE_CHECKING:
    from onrecord.document import Document, DocumentKind
    from onrecord.story import Failure

SECONDS_BEFORE_PROGRESS = 2.0

quiet = click.option("-q", "--quiet", is_flag=True, help="No progress on standard error.")


def json_option(what: str) -> Callable[[Any], Any]:
    """Give the ``--json FILE`` option of a command that writes ``what``."""
    return click.option("--json", "json_file", metavar="FILE", help=f"Write {what} as JSON; - is standard output.")


def read_documents(sources: tuple[str, ...], kind: DocumentKind | None = None) -> tuple[list[Document], list[Failure]]:
    """Read what can be read and tell of the rest on standard error; raise UsageError where nothing could be."""
    from onrecord.readers import read_all

    documents, failures = read_all(sources, kind=kind)
    tell_failures(documents, failures)
    return documents, failures


def tell_failures(documents: Sequence[Document], failures: Sequence[Failure]) -> None:
    """Say on standard error what could not be read; raise UsageError where that leaves nothing."""
    for failure in failures:
        click.echo(f"onrecord: {visible(failure.because)}", err=True)
    if not documents:
        raise UsageError("Nothing could be read: give at least one readable document.")


def write_whole(file: str, content: bytes) -> None:
    """Write a file whole or not at all; ``-`` is standard output. Raises UsageError where it cannot be written."""
    if file == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    path = Path(file)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}): choose another place.") from error


@contextmanager
def progress(*, silent: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show what takes over two seconds, on standard error, when it is a terminal."""
    if silent or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    import time

    from rich.console import Console
    from rich.progress import Progress

    began = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True, disable=False) as bar:
        task = bar.add_task("Reading", total=None, visible=False)

        def tell(stage: str, done: int, total: int) -> None:
            bar.update(
                task,
                description=stage,
                completed=done,
                total=total,
                visible=time.monotonic() - began > SECONDS_BEFORE_PROGRESS,
            )

        yield tell
