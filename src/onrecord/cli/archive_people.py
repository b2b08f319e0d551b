"""``onrecord archive people``: who speaks in the archive, who may be one, and what people decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from onrecord.cli.archive_options import dry_run, opened, place, tell, write
from onrecord.cli.documents import json_option
from onrecord.publishers.escapes import line

who = click.option("--who", default="", metavar="TEXT", help="Who decides it; kept with the decision.")
number = click.argument("speaker", type=int)


@click.group("people")
def command() -> None:
    """Say who speaks in the archive; merge, split and rename speakers, and undo it.

    A rule takes those who bear one full name for one speaker, and nobody else.
    """


@command.command("list")
@click.argument("name", default="", metavar="[NAME]")
@place
@click.option("--limit", default=20, show_default=True)
@json_option("the speakers")
def listed(name: str, url: str, limit: int, json_file: str | None) -> None:
    """List the speakers quoted most often, or those whose NAME holds these words."""
    with opened(url) as archive:
        found = archive.people.list(name, limit=limit)
    lines = [f"{each.id:>6}  {line(each.name)} ({each.attributions:,}, {each.first} to {each.last})" for each in found]
    tell(found, "\n".join(lines) or "Nobody.", json_file)


@command.command("show")
@number
@place
@click.option("--limit", default=20, show_default=True, help="How many quotations, the newest first.")
@json_option("the speaker and his quotations")
def show(speaker: int, url: str, limit: int, json_file: str | None) -> None:
    """Show one SPEAKER, by number: names, offices, outlets, and what he said, the newest first."""
    from onrecord.archive.records import page_record
    from onrecord.cli.archive_terminal import show_person
    from onrecord.cli.documents import on_terminal

    with opened(url) as archive:
        one = archive.people.show(speaker)
        page = archive.search(speaker_id=speaker, limit=limit)
    if json_file is not None:
        write({"speaker": one, "said": page_record(page)}, json_file)
        return
    with on_terminal() as console:
        show_person(one, page, console)


@command.command("propose")
@click.argument("name", default="", metavar="[NAME]")
@place
@click.option("--limit", default=50, show_default=True)
@json_option("the proposals")
def propose(name: str, url: str, limit: int, json_file: str | None) -> None:
    """Say which names may be one speaker's, and why; nothing is done."""
    with opened(url) as archive:
        found = archive.people.propose(name, limit=limit)
    lines = [
        f"{each.speaker:>6}  {line(each.name)} · {each.other or '-'} {line(each.other_name)}: "
        f"{each.reason.replace('-', ' ')}, together in {each.together}"
        for each in found
    ]
    tell(found, "\n".join(lines) or "Nothing to propose.", json_file)


def _decided(url: str, json_file: str | None, *, dry_run: bool, decide: Callable[[Any], Any]) -> None:
    """Decide something, or only look whether it could be, and print the decision."""
    with opened(url) as archive:
        made = decide(archive.people) if not dry_run else archive.people.tried(decide)
    verb = "Would be" if dry_run else "Undone" if made.undone else "Decided"
    tell(made, f"{verb}: {line(told(made))}", json_file)


def told(made: Any) -> str:
    """Say in one line what was decided."""
    documents = sorted({key for key, _ in made.pairs if key})
    where = f" in {', '.join(documents)}" if documents else ""
    whom = {
        "merge": f"{made.speaker} is {made.other}",
        "rename": f"{made.speaker} is called {made.words}",
        "split": f"{made.other} and not {made.speaker}{where}",
        "link": f"{made.words} is {made.speaker}{where}",
    }
    return f"{made.id}, {made.what}: {whom[made.what]}"


@command.command("merge")
@number
@click.argument("into", type=int)
@place
@who
@dry_run
@json_option("the decision")
def merge(speaker: int, into: int, url: str, who: str, dry_run: bool, json_file: str | None) -> None:
    """Decide that SPEAKER is INTO, under whose number both are found from then on."""
    _decided(url, json_file, dry_run=dry_run, decide=lambda people: people.merge(speaker, into, who=who))


@command.command("split")
@number
@click.argument("documents", nargs=-1, required=True)
@place
@click.option("--name", default="", metavar="NAME", help="By which the new speaker is shown.")
@who
@dry_run
@json_option("the decision")
def split(
    speaker: int, documents: Sequence[str], url: str, name: str, who: str, dry_run: bool, json_file: str | None
) -> None:
    """Decide that in these DOCUMENTS, by address or id, it is somebody else than SPEAKER who is quoted."""
    _decided(
        url, json_file, dry_run=dry_run, decide=lambda people: people.split(speaker, documents, name=name, who=who)
    )


@command.command("rename")
@number
@click.argument("name")
@place
@who
@dry_run
@json_option("the decision")
def rename(speaker: int, name: str, url: str, who: str, dry_run: bool, json_file: str | None) -> None:
    """Decide by which NAME a SPEAKER is shown."""
    _decided(url, json_file, dry_run=dry_run, decide=lambda people: people.rename(speaker, name, who=who))


@command.command("link")
@click.argument("name")
@number
@click.argument("documents", nargs=-1)
@place
@who
@dry_run
@json_option("the decision")
def link(
    name: str, speaker: int, documents: Sequence[str], url: str, who: str, dry_run: bool, json_file: str | None
) -> None:
    """Decide that a NAME is SPEAKER's: in these DOCUMENTS, or wherever it stands."""
    _decided(url, json_file, dry_run=dry_run, decide=lambda people: people.link(name, speaker, documents, who=who))


@command.command("undo")
@click.argument("decision", type=int)
@place
@dry_run
@json_option("the decision")
def undo(decision: int, url: str, dry_run: bool, json_file: str | None) -> None:
    """Undo a DECISION, by number; the others stand."""
    _decided(url, json_file, dry_run=dry_run, decide=lambda people: people.undo(decision))


@command.command("decisions")
@place
@click.option("--idle", is_flag=True, help="Only what stands and holds for nobody any more.")
@json_option("the decisions")
def decisions(url: str, idle: bool, json_file: str | None) -> None:
    """List what was decided, the first first."""
    with opened(url) as archive:
        found = archive.people.decisions(idle=idle)
    lines = [f"{each.at}  {line(told(each))}{' (undone)' if each.undone else ''}" for each in found]
    tell(found, "\n".join(lines) or "Nothing was decided.", json_file)
