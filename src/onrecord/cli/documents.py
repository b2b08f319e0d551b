"""What the commands share: reading documents, what they exit with, the terminal, progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from onrecord.errors import UsageError
from onrecord.publishers.escapes import visible

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.document import Document, DocumentKind
    from onrecord.ingest.fetching import Fetcher
    from onrecord.publishers.provenance import Provenance
    from onrecord.readers import Identifiers
    from onrecord.story import Failure

DONE: Final = 0
ERRORS_FOUND: Final = 1
NOT_DONE: Final = 2
_WIDTH: Final = 80
ARGUMENTS: Final = "onrecord.arguments"
"""Under this name the words that were typed lie in the context of the command line."""
_MOST_WORDS: Final = 16
SECONDS_BEFORE_PROGRESS = 2.0

quiet = click.option(
    "-q", "--quiet", is_flag=True, help="No progress, and nothing on what was written, on standard error."
)

partial_option = click.option(
    "--partial", is_flag=True, help="The transcripts do not contain all that was said: nothing is missing from them."
)


class WithExamples(click.Command):
    """Ends its help with examples: pairs of a sentence and the words to type."""

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        """Take the examples, which begin with ``onrecord``."""
        super().__init__(*args, **options)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the examples."""
        with formatter.section("Examples"):
            for sentence, typed in self.examples:
                formatter.write(f"{' ' * formatter.current_indent}# {sentence}\n")
                formatter.write(f"{' ' * formatter.current_indent}{typed}\n")


def transcript_option(*, required: bool = False) -> Callable[[Any], Any]:
    """Give the option that names transcripts, the same in every command; ``--against`` is its other name."""
    return click.option(
        "--transcript",
        "--against",
        "transcripts",
        multiple=True,
        required=required,
        metavar="FILE",
        help="A transcript of the event, or a fuller report; repeatable. Also: --against.",
    )


def output_option(endings: str) -> Callable[[Any], Any]:
    """Give ``-o FILE``, whose ending says what is written."""
    return click.option(
        "-o",
        "--output",
        "outputs",
        multiple=True,
        metavar="FILE",
        help=f"Write what the ending says: {endings}; repeatable.",
    )


def by_ending(
    outputs: Iterable[str], endings: Mapping[str, str], given: dict[str, str | None]
) -> dict[str, str | None]:
    """Give each output of ``-o`` to the option that its ending means; ``given`` has what the options say themselves.

    ``endings`` maps an ending (``.html``; ``/`` for a folder) to an option. Raises UsageError for another ending, and
    where an option is meant twice.
    """
    meant = dict(given)
    for file in outputs:
        option = next((option for ending, option in endings.items() if file.casefold().endswith(ending)), None)
        if option is None:
            raise UsageError(f"-o {file} says not what to write: end it in {', '.join(endings)}.")
        if meant.get(option) is not None:
            raise UsageError(f"{option} is meant twice ({meant[option]}, {file}): name one.")
        meant[option] = file
    return meant


def provenance() -> Provenance:
    """Say by which command the work is done and when; of paths only the last part is said, for pages travel."""
    import datetime as dt
    import os
    import shlex

    from onrecord.publishers.provenance import Provenance

    typed = [_last_part(each) for each in click.get_current_context().find_root().meta.get(ARGUMENTS, ())]
    if len(typed) > _MOST_WORDS:
        typed = [*typed[: _MOST_WORDS - 4], "…", *typed[-4:]]
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = dt.datetime.fromtimestamp(int(fixed), dt.UTC) if fixed.isdecimal() else dt.datetime.now(dt.UTC)
    return Provenance(f"onrecord {shlex.join(typed)}", now.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _last_part(argument: str) -> str:
    return argument if "://" in argument or argument.endswith("/") else argument.rpartition("/")[2] or argument


def json_option(what: str) -> Callable[[Any], Any]:
    """Give the ``--json FILE`` option of a command that writes ``what``."""
    return click.option("--json", "json_file", metavar="FILE", help=f"Write {what} as JSON; - is standard output.")


class Reading(NamedTuple):
    """How the caller wants documents read: names for a recogniser's labels, and what may be fetched and kept."""

    speakers: Mapping[str, str] = {}
    allow_private: bool = False
    keep: str | None = None


def reading_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of :class:`Reading`, which the command gets as ``reading``."""

    @click.option(
        "--speaker",
        "named",
        multiple=True,
        metavar="LABEL=NAME",
        help="Name a speaker whom a transcript only numbers: SPEAKER_00=NAME; repeatable.",
    )
    @click.option("--keep", metavar="DIR", help="Keep each page that is fetched from an address, as a WARC file.")
    @click.option("--allow-private", is_flag=True, help="Also fetch addresses that are not public.")
    @wraps(function)
    def command(named: tuple[str, ...], keep: str | None, allow_private: bool, **options: Any) -> Any:
        speakers = {}
        for each in named:
            label, mark, name = each.partition("=")
            if not (mark and label.strip() and name.strip()):
                raise UsageError(f"--speaker takes LABEL=NAME, and {each} is none.")
            speakers[label.strip()] = name.strip()
        return function(reading=Reading(speakers, allow_private, keep), **options)

    return command


def read_documents(
    sources: tuple[str, ...],
    kind: DocumentKind | None = None,
    ids: Identifiers | None = None,
    reading: Reading | None = None,
    files: dict[str, str] | None = None,
) -> tuple[list[Document], list[Failure]]:
    """Read what can be read and say on standard error what cannot; raise UsageError where nothing could be read.

    ``files`` is told from which file each document came, by its id.
    """
    from onrecord.readers import Identifiers

    ids, read_one = ids or Identifiers(), source_reader(reading)
    documents: list[Document] = []
    failures: list[Failure] = []
    for source in _each_file(sources):
        found, failed = read_one(source, kind, ids)
        if files is not None:
            files.update(dict.fromkeys((each.id for each in found), source))
        documents += found
        failures += failed
    tell_failures(failures)
    require_some(documents)
    return documents, failures


def _each_file(sources: Iterable[str]) -> Iterator[str]:
    """Give the files of folders and patterns; what cannot be listed is given on, so that its reader says why."""
    from onrecord.errors import ReadError
    from onrecord.readers.sources import files_of

    for source in sources:
        try:
            found = [str(each) for each in files_of(source)]
        except ReadError:
            found = [source]
        yield from found


def source_reader(
    reading: Reading | None = None,
) -> Callable[[str, DocumentKind | None, Identifiers], tuple[list[Document], list[Failure]]]:
    """Give a function that reads one file, folder, pattern or address; addresses share one fetcher."""
    from onrecord.readers import is_address, read_all

    asked = reading or Reading()
    fetchers: list[Fetcher] = []

    def read_one(source: str, kind: DocumentKind | None, ids: Identifiers) -> tuple[list[Document], list[Failure]]:
        if not is_address(source):
            return read_all([source], kind=kind, ids=ids, speakers=asked.speakers)
        from onrecord.errors import ReadError
        from onrecord.ingest.fetching import Fetcher
        from onrecord.ingest.pages import fetch_documents
        from onrecord.story import Failure

        if not fetchers:
            fetchers.append(Fetcher(allow_private=asked.allow_private))
        keep = None if asked.keep is None else Path(asked.keep)
        try:
            found = fetch_documents(source, fetchers[0], kind=kind, ids=ids, speakers=asked.speakers, keep=keep)
        except ReadError as error:
            return [], [Failure(source, str(error))]
        return found, []

    return read_one


def require_some(documents: Sequence[Document]) -> None:
    """Raise UsageError where no document could be read."""
    if not documents:
        raise UsageError("Nothing could be read: give at least one readable document.")


def tell_failures(failures: Sequence[Failure]) -> None:
    """Say on standard error what could not be done, one line a document."""
    for failure in failures:
        say(failure.because)


def say(sentence: str) -> None:
    """Say one sentence on standard error, in one line: what would end it or steer a terminal is shown escaped."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):  # closed, or full: then nobody listens
            click.echo(f"onrecord: {visible(sentence)}", err=True)


def tell_written(places: Iterable[str], result: Iterable[str], *, silent: bool) -> None:
    """Say on standard error what came out, in short, and which files hold it; standard output shows itself."""
    files = [place for place in places if place != "-"]
    if files and not silent:
        for sentence in (*result, f"Written: {', '.join(files)}."):
            say(sentence)


def status(failures: Sequence[Failure], *, errors_found: bool = False) -> int:
    """Give the exit status: not all of the work could be done, or errors were found, or all is well."""
    return NOT_DONE if failures else ERRORS_FOUND if errors_found else DONE


@contextmanager
def on_terminal() -> Iterator[Console]:
    """Give a console on standard output; raise UsageError where that is closed or full."""
    from rich.console import Console

    if sys.stdout is None:
        raise UsageError("Standard output is closed: open it, or name a file with --json.")

    class Plain(Console):
        def on_broken_pipe(self) -> None:  # rich would exit 1, which is how `check` says that it found errors
            raise BrokenPipeError

    console = Plain()
    try:
        yield console if console.width else Plain(width=_WIDTH)  # COLUMNS=0 leaves no room for a letter
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"Standard output cannot be written ({error.strerror}): choose another place.") from error


@contextmanager
def progress(*, silent: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show what takes over two seconds, on standard error, when it is a terminal."""
    if silent or sys.stderr is None or not sys.stderr.isatty():
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
