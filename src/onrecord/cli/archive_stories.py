"""``onrecord archive stories``: which documents are compared as one story, and every comparison of it."""

from __future__ import annotations

from collections.abc import Sequence

import click

from onrecord.cli.archive_options import dry_run, opened, place, tell, which
from onrecord.cli.documents import json_option, on_terminal, progress, quiet
from onrecord.publishers.escapes import line

number = click.argument("story", type=int)
members = click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")


@click.group("stories")
def command() -> None:
    """Compare documents of the archive as one story; every comparison is kept as a revision."""


@command.command("list")
@place
@click.option("--due", is_flag=True, help="Only those that are to be compared again.")
@json_option("the stories")
def listed(url: str, due: bool, json_file: str | None) -> None:
    """List the stories, the newest first."""
    with opened(url) as archive:
        found = archive.stories.list(due=due)
    lines = [
        f"{each.id:>6}  {line(each.title or '')} · {', '.join(map(line, each.documents))} · "
        f"revision {each.revision or 'none'}{', to be compared again' if each.due else ''}"
        for each in found
    ]
    tell(found, "\n".join(lines) or "No story.", json_file)


@command.command("open")
@members
@place
@click.option("--title", metavar="TEXT", help="What the story is called.")
@json_option("the story's number")
def opens(documents: Sequence[str], url: str, title: str | None, json_file: str | None) -> None:
    """Open a story with these DOCUMENTs, by number, address or id."""
    with opened(url) as archive:
        made = archive.stories.open([which(each) for each in documents], title=title)
    tell({"story": made}, f"Story {made} is open: compare it with onrecord archive stories compare.", json_file)


@command.command("join")
@number
@members
@place
@json_option("the story's number")
def join(story: int, documents: Sequence[str], url: str, json_file: str | None) -> None:
    """Let these DOCUMENTs join a STORY."""
    with opened(url) as archive:
        archive.stories.join(story, [which(each) for each in documents])
    tell({"story": story}, f"Story {story} is to be compared again.", json_file)


@command.command("leave")
@click.argument("document")
@place
@json_option("the document")
def leave(document: str, url: str, json_file: str | None) -> None:
    """Take a DOCUMENT out of its story."""
    with opened(url) as archive:
        archive.stories.leave(which(document))
    tell({"document": document}, f"{line(document)} is in no story.", json_file)


@command.command("compare")
@place
@dry_run
@json_option("the revisions, by story")
@quiet
def compare(url: str, dry_run: bool, json_file: str | None, quiet: bool) -> None:
    """Compare every story that has changed since it was compared, or never was; a stopped run goes on."""
    made: dict[str, int | None] = {}
    with opened(url) as archive, progress(silent=quiet) as step:
        due = archive.stories.list(due=True)
        for done, each in enumerate(due):
            step("Comparing", done, len(due))
            made[str(each.id)] = each.revision + 1 if dry_run else archive.stories.compare(each.id)
    told = ", ".join(f"story {story} revision {revision}" for story, revision in made.items() if revision) or "nothing"
    tell(made, f"{'Would be compared' if dry_run else 'Compared'}: {told}.", json_file)


@command.command("show")
@number
@place
@click.option("--revision", type=int, metavar="N", help="This revision and not the newest.")
@click.option("--page", metavar="FILE.html", help="Write the story's page.")
@json_option("the story")
def show(story: int, url: str, revision: int | None, page: str | None, json_file: str | None) -> None:
    """Show a STORY as `onrecord compare` does: in the terminal, as JSON or as a page."""
    from onrecord.cli.outputs import look_at, write_together
    from onrecord.publishers import records, terminal

    look_at({"--json": json_file, "--page": page})
    with opened(url) as archive:
        _, _, shown = archive.stories.show(story, revision)
    outputs = []
    if json_file is not None:
        outputs.append((json_file, records.encode(records.story_record(shown)) + b"\n"))
    if page is not None:
        from onrecord.publishers.page import render_story

        outputs.append((page, render_story(shown).encode()))
    if outputs:
        write_together(outputs)
        return
    with on_terminal() as console:
        terminal.show(shown, console)
