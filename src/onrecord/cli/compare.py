"""``onrecord compare``: the reports of one event, read together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.documents import json_option, progress, quiet, read_documents, tell_failures, write_whole
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
@click.option("--tables", "folder", metavar="DIR", help="Write the story as Parquet tables into a folder.")
@click.option("--linked", "linked_file", metavar="FILE", help="Write the story as JSON-LD; - is standard output.")
@click.option(
    "--all", "everything", is_flag=True, help="In the terminal, print also what one report alone has, and claims."
)
@quiet
def command(
    documents: tuple[str, ...],
    transcripts: tuple[str, ...],
    json_file: str | None,
    page_file: str | None,
    folder: str | None,
    linked_file: str | None,
    everything: bool,
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
    if len(stories) > 1 and (page_file or folder or linked_file):
        raise UsageError(
            f"--page, --tables and --linked hold one story, and {len(stories)} were given: run compare once a file."
        )
    for file, write in ((page_file, _page), (linked_file, _linked), (json_file, _json)):
        if file is not None:
            write_whole(file, write(stories))
    if folder is not None:
        from onrecord.publishers import tables

        tables.write(stories[0], Path(folder))
    if not (page_file or folder or linked_file or json_file):
        from rich.console import Console

        from onrecord.publishers import terminal

        for story in stories:
            terminal.show(story, Console(), everything=everything)


def _page(stories: list[Story]) -> bytes:
    from onrecord.publishers import page

    return page.render_story(stories[0]).encode()


def _linked(stories: list[Story]) -> bytes:
    from onrecord.publishers import linked

    return linked.encode(stories[0]) + b"\n"


def _json(stories: list[Story]) -> bytes:
    from onrecord.publishers import records

    return b"".join(records.encode(records.story_record(story)) + b"\n" for story in stories)


def _stories(sources: tuple[str, ...]) -> list[tuple[list[Document], list[Failure]]]:
    """Read each file once and part them into stories; what cannot be read is told of where others can."""
    import msgspec

    from onrecord.readers import Identifiers, read_all

    parted = [read_all([source]) for source in sources]
    documents = [document for found, _ in parted for document in found]
    failures = [failure for _, missed in parted for failure in missed]
    tell_failures(documents, failures)
    if sum(len(found) > 1 for found, _ in parted) > 1:
        return [(found, missed) for found, missed in parted if found]
    ids = Identifiers()
    return [([msgspec.structs.replace(each, id=ids.claim(each.id)) for each in documents], failures)]
