"""``onrecord compare``: the reports of one event, read together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onrecord.cli.documents import json_option, progress, quiet, read_documents, write_whole
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.document import Document
    from onrecord.story import Failure, Story


@click.command("compare")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@click.option(
    "--transcript", "transcripts", multiple=True, metavar="FILE", help="A transcript of the event; repeatable."
)
@json_option("the story (one line a story)")
@click.option(
    "--page", "page_file", metavar="FILE.html", help="Write the story as one HTML page; - is standard output."
)
@quiet
def command(
    documents: tuple[str, ...],
    transcripts: tuple[str, ...],
    json_file: str | None,
    page_file: str | None,
    quiet: bool,
) -> None:
    """Read the reports of one event together: who said what, in which words, by which chain.

    A DOCUMENT is a .txt, .html, .json or .jsonl file, or - for standard input. All of them are one story; but when
    two or more of the files hold several documents each, every file is a story of its own.
    """
    from onrecord import pipeline

    spoken, unheard = read_documents(transcripts, "transcript") if transcripts else ([], [])
    stories: list[Story] = []
    for reports, failures in _stories(documents):
        with progress(silent=quiet) as tell:
            stories.append(pipeline.compare(reports, spoken, failures=(*failures, *unheard), progress=tell))
    if page_file is not None:
        if len(stories) > 1:
            raise UsageError(f"--page holds one story, and {len(stories)} were given: run compare once for each file.")
        from onrecord.publish import page

        write_whole(page_file, page.render_story(stories[0]).encode())
    if json_file is not None:
        from onrecord.publish import records

        write_whole(json_file, b"".join(records.encode(records.story_record(story)) + b"\n" for story in stories))
    if page_file is None and json_file is None:
        from rich.console import Console

        from onrecord.publish import terminal

        for story in stories:
            terminal.show(story, Console())


def _stories(sources: tuple[str, ...]) -> list[tuple[list[Document], list[Failure]]]:
    """Part the files into stories; a file that cannot be read is told of where others can."""
    from onrecord.read import read_all

    parted = [read_all([source]) for source in sources]
    if sum(len(documents) > 1 for documents, _ in parted) > 1:
        return [read_documents((source,)) for source, (documents, _) in zip(sources, parted, strict=True) if documents]
    return [read_documents(sources)]
