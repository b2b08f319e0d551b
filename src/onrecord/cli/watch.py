"""``onrecord watch``: queries that are stored in the archive and asked of what is new in it."""

from __future__ import annotations

import os
from email.message import EmailMessage
from typing import Any, Final

import click

from onrecord.cli.archive_options import dry_run, opened, place, search_options, tell
from onrecord.cli.documents import json_option, say, status
from onrecord.errors import UsageError
from onrecord.publishers.escapes import line
from onrecord.publishers.naming import count
from onrecord.story import Failure

SERVER: Final = "ONRECORD_SMTP"


@click.group("watch")
def command() -> None:
    """Store a search, ask it of what comes in, and send what it finds to a file, a feed, a mail or an address."""


@command.command("add")
@click.argument("name")
@click.argument("words", nargs=-1)
@place
@click.option(
    "--to", "target", required=True, metavar="TARGET", help="file:PATH, atom:PATH, mailto:ADDRESS or https://…."
)
@click.option("--past", is_flag=True, help="Begin with all that is in the archive, not with what comes from now on.")
@search_options
@json_option("the watch, with the secret that signs what is posted")
def add(
    name: str, words: tuple[str, ...], url: str, target: str, past: bool, json_file: str | None, **asked: Any
) -> None:
    """Add a watch called NAME for WORDS, which are those of `archive search`."""
    from onrecord.archive.query import Query

    query = Query(words=" ".join(words), **asked)
    if query == Query():
        raise UsageError("Say what to watch for: some words, a speaker, an outlet.")
    with opened(url) as archive:
        made = archive.watches.add(name, query, target, past=past)
    told = f" What is posted is signed with the secret {made.secret}." if target.startswith("http") else ""
    tell(made, f"Watch {line(name)} is added: run onrecord watch run, for example every ten minutes.{told}", json_file)


@command.command("list")
@place
@json_option("the watches")
def listed(url: str, json_file: str | None) -> None:
    """List the watches, and how many finds wait for delivery."""
    with opened(url) as archive:
        found = archive.watches.list()
    lines = [
        f"{line(each.name)}: {line(each.query.words)} → {line(each.target)} ({each.waiting} waiting)" for each in found
    ]
    bare = [{"name": each.name, "query": each.query, "target": each.target, "waiting": each.waiting} for each in found]
    tell(bare, "\n".join(lines) or "No watch.", json_file)


@command.command("remove")
@click.argument("name")
@place
@json_option("the watch's name")
def remove(name: str, url: str, json_file: str | None) -> None:
    """Remove the watch called NAME with all that it found."""
    with opened(url) as archive:
        archive.watches.remove(name)
    tell({"name": name}, f"Watch {line(name)} is removed.", json_file)


@command.command("run")
@place
@dry_run
@click.option("--allow-private", is_flag=True, help="Also post to addresses that are not public.")
@json_option("what came of each watch")
def run(url: str, dry_run: bool, allow_private: bool, json_file: str | None) -> int:
    """Ask every watch of what is new and deliver what it found, at least once; exits 2 when some could not be.

    What could not be delivered is tried again by later runs, at longer and longer intervals, up to a day. Mails go
    through the server that ONRECORD_SMTP names (HOST:PORT).
    """
    from onrecord.archive.delivering import Carriers

    with opened(url) as archive:
        if dry_run:
            waiting = {each.name: each.waiting for each in archive.watches.list()}
            tell(waiting, f"Would be asked: {count(len(waiting), 'watch', 'watches')}.", json_file)
            return 0
        asked = archive.watches.run(Carriers(_mail if os.environ.get(SERVER) else None, _poster(private=allow_private)))
    failures = [Failure(each.name, each.because) for each in asked if each.because is not None]
    for failure in failures:
        say(failure.because)
    lines = [f"{line(each.name)}: {each.found} found, {each.delivered} delivered" for each in asked]
    tell(asked, "\n".join(lines) or "No watch.", json_file)
    return status(failures)


def _mail(message: EmailMessage) -> None:
    import smtplib

    host, _, port = os.environ[SERVER].partition(":")
    message["From"] = f"onrecord@{host}"
    try:
        with smtplib.SMTP(host, int(port or 25), timeout=20) as server:
            server.send_message(message)
    except (smtplib.SMTPException, ValueError) as error:
        raise UsageError(f"The mail could not be sent through {host} ({type(error).__name__}).") from None


def _poster(*, private: bool) -> Any:
    from onrecord.ingest.posting import Poster

    return Poster(allow_private=private, heed_robots=False).post
