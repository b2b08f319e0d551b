"""``onrecord archive``: keep what is read, search it, see what changed in it, erase it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.archive_options import dry_run, opened, place, search_options, tell, write
from onrecord.cli.archive_options import which as which_one
from onrecord.cli.archive_people import command as people
from onrecord.cli.archive_stories import command as stories
from onrecord.cli.documents import (
    NOT_DONE,
    Reading,
    json_option,
    on_terminal,
    progress,
    quiet,
    reading_options,
    require_some,
    say,
    source_reader,
    status,
    tell_failures,
)
from onrecord.cli.outputs import look_at, write_whole
from onrecord.errors import UsageError
from onrecord.publishers.naming import count

if TYPE_CHECKING:
    from onrecord.archive.archive import Archive
    from onrecord.archive.keeping import Kept
    from onrecord.story import Failure


@click.group("archive")
def command() -> None:
    """Keep what is read, with every version of it; search it, see what changed, erase it."""


@command.command("init")
@click.argument("url")
@dry_run
@json_option("what was done")
def init(url: str, dry_run: bool, json_file: str | None) -> None:
    """Make an archive at URL, or bring one of an older format to the present one.

    URL is a path, which is a file of SQLite, or postgresql://HOST/NAME.
    """
    from onrecord.archive import engine, migrating, schema

    there = None
    if dry_run:
        if "://" in url or Path(url).exists():
            there = migrating.look_at(engine.connect(url))
        done = "made" if there is None else "ready" if there == schema.FORMAT else "brought up"
        tell({"archive": url, "format": schema.FORMAT, "was": there}, f"{url} would be {done}.", json_file)
        return
    with opened(url, create=True) as archive:
        there = archive.came_as
    done = "made" if there is None else "ready" if there == schema.FORMAT else f"brought from format {there}"
    tell({"archive": url, "format": schema.FORMAT, "was": there}, f"{url}: {done} (format {schema.FORMAT}).", json_file)


@command.command("add")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@place
@reading_options
@dry_run
@json_option("one line a document")
@quiet
def add(
    documents: tuple[str, ...], url: str, reading: Reading, dry_run: bool, json_file: str | None, quiet: bool
) -> int:
    """Annotate each DOCUMENT and keep it; what is kept already changes nothing, what was edited gets a version.

    A DOCUMENT is what `annotate` takes. A run that was stopped goes on when it is given again. Exits 2 when a document
    could not be read, annotated or kept; the others are.
    """
    from onrecord.readers import Identifiers

    look_at({"--json": json_file}, documents)
    ids, read_one = Identifiers(), source_reader(reading)
    kept: list[Kept] = []
    failures: list[Failure] = []
    with opened(url) as archive, progress(silent=quiet) as step:
        for source in documents:
            found, failed = read_one(source, None, ids)
            tell_failures(failed)
            failures += failed
            kept += archive.would_add(found) if dry_run else archive.add(found, progress=step)
    if not kept:
        require_some([])
    return _told(kept, failures, json_file, "Would be" if dry_run else "Archive")


def _told(kept: Sequence[Kept], failures: Sequence[Failure], json_file: str | None, beginning: str) -> int:
    """Say what became of documents; give the exit status."""
    import msgspec

    for each in kept:
        if each.because is not None:
            say(each.because)
    if json_file is not None:
        write_whole(json_file, b"".join(msgspec.json.encode(each._asdict()) + b"\n" for each in kept))
    counts = Counter(each.what for each in kept)
    if json_file != "-":
        told = ", ".join(f"{what.replace('-', ' ')} {counts[what]}" for what in sorted(counts)) or "nothing"
        click.echo(f"{beginning}: {told}.")
    return status(failures) or (NOT_DONE if counts["failed"] or counts["refused"] else 0)


@command.command("search")
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@place
@search_options
@click.option("--relevant", is_flag=True, help="The most relevant of the newest 20,000 first, not the newest.")
@click.option("--limit", default=20, show_default=True, help="Hits of one page, 1 to 200.")
@click.option("--after", metavar="PLACE", help="Go on where the former page ended.")
@click.option("--seconds", default=5.0, show_default=True, help="How long the search may take.")
@json_option("the page of hits")
def search(words: tuple[str, ...], url: str, json_file: str | None, **asked: Any) -> None:
    """Search what was said: WORDS, "a phrase", -unwanted, begin*; the newest first.

    Put -- before WORDS that begin with a hyphen. Each hit shows the words in their sentence, the cue, and the
    characters where they stand.
    """
    from onrecord.archive.query import Query

    limit, after, seconds = asked.pop("limit"), asked.pop("after"), asked.pop("seconds")
    order = "relevant" if asked.pop("relevant") else "newest"
    query = Query(words=" ".join(_as_typed(word) for word in words), order=order, **asked)  # type: ignore[arg-type]
    with opened(url) as archive:
        page = archive.search(query, limit=limit, after=after, seconds=seconds)
    if json_file is not None:
        from onrecord.archive.records import page_record

        write(page_record(page), json_file)
        return
    from onrecord.cli.archive_terminal import show_page

    with on_terminal() as console:
        show_page(page, console)


def _as_typed(word: str) -> str:
    """Give a word as it was typed: what the shell took out of quotation marks was a phrase."""
    return f'"{word}"' if " " in word and '"' not in word else word


@command.command("show")
@click.argument("document")
@place
@click.option("--version", type=int, metavar="N", help="Show this version and not the current one.")
@click.option("--versions", is_flag=True, help="Show what changed from each version to the next: findings first.")
@json_option("what is shown")
def show(document: str, url: str, version: int | None, versions: bool, json_file: str | None) -> None:
    """Show a DOCUMENT, by its number, address or id: who said what in it, or what changed between its versions."""
    from onrecord.archive import records
    from onrecord.cli import archive_terminal

    which = which_one(document)
    with opened(url) as archive:
        if versions:
            changes = archive.changes(which)
            if json_file is not None:
                write(records.changes_record(changes), json_file)
                return
            with on_terminal() as console:
                archive_terminal.show_changes(changes, console)
            return
        one, found = archive.version(which, version)
    if json_file is not None:
        write(records.version_record(one, found), json_file)
        return
    with on_terminal() as console:
        archive_terminal.show_version(one, found, console)


@command.command("reread")
@place
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after so many documents.")
@dry_run
@json_option("one line a document")
@quiet
def reread(url: str, limit: int | None, dry_run: bool, json_file: str | None, quiet: bool) -> int:
    """Annotate anew what another version of onrecord or other weights annotated; the newest first, one at a time.

    A run that was stopped goes on when it is given again. What was found before stays until `prune`.
    """
    with opened(url) as archive, progress(silent=quiet) as step:
        if dry_run:
            number = min(archive.outdated(), limit if limit is not None else 2**62)
            tell({"documents": number}, f"{number:,} documents would be annotated anew.", json_file)
            return 0
        kept = archive.reread(limit=limit, progress=step)
    return _told(kept, (), json_file, "Archive")


@command.command("erase")
@click.argument("document", required=False)
@place
@click.option("--speaker", type=int, metavar="N", help="Erase every document that quotes this speaker of the archive.")
@click.option("--outlet", metavar="NAME", help="Erase every document of this outlet.")
@click.option("--because", metavar="TEXT", help="Why; kept with the tombstone, so name nobody.")
@click.option("--who", default="", metavar="TEXT", help="Who decided it.")
@click.option("--beside", multiple=True, type=click.Path(path_type=Path), help="Look through this file or folder too.")
@dry_run
@json_option("what was erased")
def erase(
    document: str | None,
    url: str,
    speaker: int | None,
    outlet: str | None,
    because: str | None,
    who: str,
    beside: tuple[Path, ...],
    dry_run: bool,
    json_file: str | None,
) -> int:
    """Erase a DOCUMENT (by number, address or id), or those of a speaker or an outlet; look whether bytes are left.

    What was erased is not kept again. Exits 1 when bytes of it are left in the archive's files or --beside. Not reached
    are backups, copies, the free blocks of a disk, and the logs of a PostgreSQL server.
    """
    which = {"document": which_one(document) if document is not None else None, "speaker": speaker, "outlet": outlet}
    with opened(url) as archive:
        if dry_run:
            keys = archive.would_erase(**which)  # type: ignore[arg-type]
            tell({"documents": keys}, "\n".join(keys), json_file)
            return 0
        if not because:
            raise UsageError("Say why with --because: it is kept beside the tombstone.")
        number, left = archive.erase(**which, because=because, who=who, beside=beside)  # type: ignore[arg-type]
    for each in left:
        say(f"{each}.")
    tell({"documents": number, "left": left}, f"Erased: {count(number, 'document')}.", json_file)
    say("Backups and copies of the archive, if there are any, still hold what was erased: erase it there too.")
    return status((), errors_found=bool(left))


@command.command("check")
@place
@click.option("--quick", is_flag=True, help="Leave the texts and annotations themselves unread.")
@json_option("the faults")
def check(url: str, quick: bool, json_file: str | None) -> int:
    """Look whether the archive is whole: files, texts, versions, annotations, index. Exits 1 when it is not."""
    with opened(url) as archive:
        faults = archive.check(texts=not quick)
    for each in faults:
        say(each)
    tell({"faults": faults}, "The archive is whole." if not faults else f"Faults: {len(faults)}.", json_file)
    return status((), errors_found=bool(faults))


@command.command("prune")
@place
@dry_run
@json_option("what was taken away")
def prune(url: str, dry_run: bool, json_file: str | None) -> None:
    """Take away annotations that later ones have taken the place of, and names that nobody bears any more."""
    with opened(url) as archive:
        pruned = archive.prune(dry_run=dry_run)
    verb = "Would go" if dry_run else "Gone"
    tell(pruned._asdict(), f"{verb}: {pruned.annotation_runs:,} former annotations, {pruned.names:,} names.", json_file)


@command.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@place
@json_option("what was written")
def export(folder: Path, url: str, json_file: str | None) -> None:
    """Write the archive out to FOLDER: every version as JSON lines, the attributions as a Parquet table.

    Two archives that hold the same give the same bytes. The table needs the extra `tables`.
    """
    with opened(url) as archive:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            versions = _written(folder / "versions.jsonl", lambda part: _lines(archive, part))
            rows = _written(folder / "attributions.parquet", archive.export_table)
        except OSError as error:
            raise UsageError(f"{folder} cannot be written ({(error.strerror or str(error)).lower()}).") from error
    tell(
        {"versions": versions, "attributions": rows},
        f"Written: {versions:,} versions, {rows:,} attributions.",
        json_file,
    )


def _written(file: Path, write: Callable[[Path], int]) -> int:
    """Write a file beside its place first, and put it there when it is whole."""
    part = file.with_name(file.name + ".part")
    try:
        number = write(part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return number


def _lines(archive: Archive, file: Path) -> int:
    number = 0
    with file.open("wb") as opened:
        for number, line in enumerate(archive.export_lines(), 1):  # noqa: B007 - the last number is how many there were
            opened.write(line)
    return number


command.add_command(people)
command.add_command(stories)
