"""``onrecord annotate``: one JSON line a document."""

from __future__ import annotations

import sys

import click

from onrecord.cli.documents import json_option, progress, quiet, read_documents, write_whole


@click.command("annotate")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@json_option("one line a document")
@quiet
def command(documents: tuple[str, ...], json_file: str | None, quiet: bool) -> None:
    """Find who said what, the figures and the dates in each DOCUMENT by itself.

    A DOCUMENT is a .txt, .html, .json or .jsonl file, or - for standard input. Without --json, the terminal shows a
    short list; when standard output is no terminal, it gets the JSON lines.
    """
    from onrecord import pipeline
    from onrecord.publishers import records

    found, _ = read_documents(documents)
    with progress(silent=quiet) as tell:
        annotated = pipeline.annotate(found, progress=tell)
    if json_file is None and sys.stdout.isatty():
        from rich.console import Console

        from onrecord.publishers import terminal

        console = Console()
        for annotations in annotated:
            terminal.show_annotations(annotations, console)
        return
    lines = b"".join(records.encode(records.annotations_record(a)) + b"\n" for a in annotated)
    write_whole(json_file or "-", lines)
