"""``onrecord compare``: the reports of one event, read together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.documents import (
    Reading,
    json_option,
    on_terminal,
    partial_option,
    progress,
    quiet,
    read_documents,
    reading_options,
    require_some,
    source_reader,
    status,
    tell_failures,
    tell_written,
)
from onrecord.cli.outputs import look_at, write_together
from onrecord.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from onrecord.document import Document
    from onrecord.story import Failure, Story


@click.command("compare")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@click.option(
    "--transcript", "transcripts", multiple=True, metavar="FILE", help="A transcript of the event; repeatable."
)
@partial_option
@reading_options
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
    partial: bool,
    reading: Reading,
    json_file: str | None,
    page_file: str | None,
    folder: str | None,
    linked_file: str | None,
    everything: bool,
    quiet: bool,
) -> int:
    """Read the reports of one event together: who said what, in which words, by which chain.

    A DOCUMENT is a file (text, Markdown, HTML, PDF, Word, subtitles, mail, feed, CSV, JSON), a folder, a
    pattern, an address, or - for standard input. All of them are one story; but when two or more of the files
    hold several documents each, every file is a story of its own. Exits 2 when a document could not be read or
    compared; the others are.
    """
    asked = {"--json": json_file, "--page": page_file, "--linked": linked_file}
    look_at(asked, (*documents, *transcripts), folder=folder)
    spoken, unheard = read_documents(transcripts, "transcript", reading=reading) if transcripts else ([], [])
    stories, failures = _compared(_stories(documents, reading), spoken, unheard, partial=partial, quiet=quiet)
    if len(stories) > 1 and (page_file or folder or linked_file):
        raise UsageError(
            f"--page, --tables and --linked hold one story, and {len(stories)} were given: run compare once a file."
        )
    writers = ((page_file, _page), (linked_file, _linked), (json_file, _json))
    contents = [(file, write(stories)) for file, write in writers if file is not None]
    if folder is not None:
        from onrecord.publishers import tables

        contents += [(str(Path(folder) / name), table) for name, table in tables.encoded(stories[0]).items()]
    write_together(contents, folder=None if folder is None else Path(folder))
    if contents:
        from onrecord.publishers import counts

        written = [file for file, _ in writers if file is not None] + ([] if folder is None else [folder])
        tell_written(written, (counts.in_words(counts.of_story(story)) for story in stories), silent=quiet)
    else:
        from onrecord.publishers import terminal

        with on_terminal() as console:
            for story in stories:
                terminal.show(story, console, everything=everything)
    return status(failures)


def _compared(
    parts: list[tuple[list[Document], list[Failure]]],
    spoken: list[Document],
    unheard: list[Failure],
    *,
    partial: bool,
    quiet: bool,
) -> tuple[list[Story], list[Failure]]:
    """Compare the documents of each story, and say of which nothing came; the stories carry their failures too."""
    from onrecord import pipeline

    stories: list[Story] = []
    failures = list(unheard)
    for reports, unread in parts:
        failures += (failure for failure in unread if failure not in failures)
        before = len(unread) + len(unheard)
        try:
            with progress(silent=quiet) as tell:
                story = pipeline.compare(reports, spoken, partial=partial, failures=(*unread, *unheard), progress=tell)
        except DocumentError as error:
            missed = list(error.failures[before:])
        else:
            stories.append(story)
            missed = list(story.failures[before:])
        tell_failures(missed)
        failures += missed
    if not stories:
        raise UsageError("Nothing could be compared: give at least one other document.")
    return stories, failures


def _page(stories: list[Story]) -> bytes:
    from onrecord.publishers import page

    return page.render_story(stories[0]).encode()


def _linked(stories: list[Story]) -> bytes:
    from onrecord.publishers import linked

    return linked.encode(stories[0]) + b"\n"


def _json(stories: list[Story]) -> bytes:
    from onrecord.publishers import records

    return b"".join(records.encode(records.story_record(story)) + b"\n" for story in stories)


def _stories(sources: tuple[str, ...], reading: Reading) -> list[tuple[list[Document], list[Failure]]]:
    """Read each file once and part them into stories; what cannot be read is said where others can."""
    import msgspec

    from onrecord.readers import Identifiers

    read_one = source_reader(reading)
    parted = [read_one(source, None, Identifiers()) for source in sources]
    documents = [document for found, _ in parted for document in found]
    failures = [failure for _, missed in parted for failure in missed]
    tell_failures(failures)
    require_some(documents)
    if sum(len(found) > 1 for found, _ in parted) > 1:
        astray = [failure for found, missed in parted if not found for failure in missed]
        return [(found, [*missed, *astray]) for found, missed in parted if found]
    ids = Identifiers()
    return [([msgspec.structs.replace(each, id=ids.claim(each.id)) for each in documents], failures)]
