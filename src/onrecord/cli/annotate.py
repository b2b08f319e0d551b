"""``onrecord annotate``: one JSON line a document."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from onrecord.cli.documents import (
    Reading,
    WithExamples,
    by_ending,
    json_option,
    on_terminal,
    output_option,
    progress,
    quiet,
    read_documents,
    reading_options,
    status,
    tell_failures,
)
from onrecord.cli.outputs import look_at, write_whole

if TYPE_CHECKING:
    from onrecord.story import Failure


_EXAMPLES = (
    ("Who said what in an article", "onrecord annotate article.html"),
    ("A folder as JSON lines", "onrecord annotate articles/ -o articles.jsonl"),
)
_ENDINGS = {".json": "--json", ".jsonl": "--json"}


@click.command("annotate", cls=WithExamples, examples=_EXAMPLES)
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@reading_options
@output_option(".json or .jsonl JSON")
@json_option("one line a document")
@quiet
def command(
    documents: tuple[str, ...], reading: Reading, outputs: tuple[str, ...], json_file: str | None, quiet: bool
) -> int:
    """Find who said what, the figures and the dates in each DOCUMENT by itself.

    A DOCUMENT is a file (text, Markdown, HTML, PDF, Word, subtitles, mail, feed, CSV, JSON), a folder, a pattern, an
    address, or - for standard input. Without --json, the terminal shows a
    short list; when standard output is no terminal, it gets the JSON lines. Exits 2 when a document could not be read
    or annotated; the others are.
    """
    from onrecord import guards, pipeline
    from onrecord.publishers import records

    json_file = by_ending(outputs, _ENDINGS, {"--json": json_file})["--json"]
    look_at({"--json": json_file}, documents)
    found, failures = read_documents(documents, reading=reading)
    missed: list[Failure] = []
    with progress(silent=quiet) as tell:
        annotated = pipeline.annotate(found, failures=missed, progress=tell)
    if json_file is None and sys.stdout is not None and sys.stdout.isatty():
        from onrecord.publishers import terminal

        tell_failures(missed)
        with on_terminal() as console:
            for annotations in annotated:
                terminal.show_annotations(annotations, console)
        return status([*failures, *missed])
    lines, unwritten = guards.parted(
        guards.guarded(lambda a: records.encode(records.annotations_record(a)), each, each.id, "annotate")
        for each in annotated
    )
    missed += unwritten
    tell_failures(missed)
    failures += missed
    lines += [records.encode(records.failure_record(failure)) for failure in failures]
    write_whole(json_file or "-", b"".join(line + b"\n" for line in lines))
    return status(failures)
