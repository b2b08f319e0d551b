"""``onrecord compare``: the reports of one event, read together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.documents import (
    Reading,
    WithExamples,
    by_ending,
    json_option,
    on_terminal,
    output_option,
    partial_option,
    progress,
    provenance,
    quiet,
    read_documents,
    reading_options,
    require_some,
    source_reader,
    status,
    tell_failures,
    tell_written,
    transcript_option,
)
from onrecord.cli.outputs import look_at, write_together
from onrecord.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from onrecord.document import Document
    from onrecord.story import Failure, Story


_EXAMPLES = (
    ("One screen: what needs attention, what is disputed", "onrecord compare reports/*.txt"),
    ("A page, compared with the transcript", "onrecord compare reports/ --transcript briefing.txt -o story.html"),
    ("Everything as JSON, and tables for research", "onrecord compare reports.jsonl -o story.json -o tables/"),
)
_ENDINGS = {
    ".html": "--page",
    ".htm": "--page",
    ".jsonld": "--linked",
    ".json": "--json",
    ".jsonl": "--json",
    "/": "--tables",
}


@click.command("compare", cls=WithExamples, examples=_EXAMPLES)
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@transcript_option()
@partial_option
@reading_options
@output_option(".html a page, .json JSON, .jsonld linked data, DIR/ tables")
@json_option("the story (one line a story)")
@click.option(
    "--page", "page_file", metavar="FILE.html", help="Write the story as one HTML page; - is standard output."
)
@click.option("--tables", "folder", metavar="DIR", help="Write the story as Parquet tables into a folder.")
@click.option("--linked", "linked_file", metavar="FILE", help="Write the story as JSON-LD; - is standard output.")
@click.option(
    "--cards", "cards_folder", metavar="DIR", help="Write a card (HTML, SVG) for each line that needs attention."
)
@click.option("--all", "everything", is_flag=True, help="In the terminal, print everything, in the order of the page.")
@quiet
def command(
    documents: tuple[str, ...],
    transcripts: tuple[str, ...],
    partial: bool,
    reading: Reading,
    outputs: tuple[str, ...],
    json_file: str | None,
    page_file: str | None,
    folder: str | None,
    linked_file: str | None,
    cards_folder: str | None,
    everything: bool,
    quiet: bool,
) -> int:
    """Read the reports of one event together: who said what, in which words, by which chain.

    A DOCUMENT is a file (text, Markdown, HTML, PDF, Word, subtitles, mail, feed, CSV, JSON), a folder, a
    pattern, an address, or - for standard input. All of them are one story; but when two or more of the files
    contain several documents each, every file is a story of its own. Exits 2 when a document could not be read or
    compared; the others are.
    """
    given = {"--page": page_file, "--linked": linked_file, "--json": json_file, "--tables": folder}
    asked = by_ending(outputs, _ENDINGS, given)
    files = {option: file for option, file in asked.items() if option != "--tables"}
    look_at(files, (*documents, *transcripts), folder=asked["--tables"])
    look_at({}, folder=cards_folder)
    spoken, unheard = read_documents(transcripts, "transcript", reading=reading) if transcripts else ([], [])
    stories, failures = _compared(_stories(documents, reading), spoken, unheard, partial=partial, quiet=quiet)
    one = (asked["--page"], asked["--linked"], asked["--tables"], cards_folder)
    if len(stories) > 1 and any(one):
        raise UsageError(
            f"--page, --tables, --cards and --linked contain one story, and {len(stories)} were given: "
            "run compare once a file."
        )
    written = _write(stories, asked, cards_folder)
    if written:
        from onrecord.publishers import counts

        tell_written(written, (counts.in_words(counts.of_story(story)) for story in stories), silent=quiet)
    else:
        from onrecord.publishers import terminal

        with on_terminal() as console:
            for story in stories:
                terminal.show(story, console, everything=everything)
    return status(failures)


def _write(stories: list[Story], asked: Mapping[str, str | None], cards_folder: str | None) -> list[str]:
    """Write all that was asked for, together or not at all; give the places."""
    writers = (("--page", _page), ("--linked", _linked), ("--json", _json))
    contents = [(file, write(stories)) for option, write in writers if (file := asked[option]) is not None]
    written = [file for file, _ in contents]
    folder = asked["--tables"]
    if folder is not None:
        from onrecord.publishers import tables

        contents += [(str(Path(folder) / name), table) for name, table in tables.encoded(stories[0]).items()]
        written.append(folder)
    if cards_folder is not None:
        from onrecord.publishers import cards

        page = Path(asked["--page"] or "").name
        contents += [(str(Path(cards_folder) / name), card) for name, card in cards.files(stories[0], page)]
        written.append(cards_folder)
    write_together(contents, folders=[Path(each) for each in (folder, cards_folder) if each is not None])
    return written


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

    return page.render_story(stories[0], provenance()).encode()


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
