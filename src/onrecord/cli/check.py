"""``onrecord check``: each quotation of an article compared with transcripts."""

from __future__ import annotations

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
    status,
    tell_failures,
    tell_written,
)
from onrecord.cli.outputs import look_at, write_together

if TYPE_CHECKING:
    from onrecord.story import Check, Failure


_WITH_VALUE = frozenset({"--against", "--style", "--speaker", "--keep", "--json", "--page"})


class _Check(click.Command):
    """Lets ``--against`` take every FILE that follows it, when the articles stand before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, spread(args))

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List what each installed house style makes of each verdict and flag."""
        from onrecord.comparison.checking.house_style import INSTALLED, HouseStyle

        for name in INSTALLED:
            style = HouseStyle.named(name)
            with formatter.section(f"House style {name}"):
                formatter.write_text(style.summary)
                formatter.write_dl([(level, ", ".join(names)) for level, names in style.lists().items()])


def spread(args: list[str]) -> list[str]:
    """Repeat ``--against`` before each file that follows it, if an article was named before it.

    ``check A --against T U`` becomes ``check A --against T --against U``; in ``check --against T A B``, as pre-commit
    calls it, A and B stay articles.
    """
    result: list[str] = []
    articles = following = False
    takes_value = False
    for arg in args:
        if takes_value:
            takes_value = False
        elif arg.startswith("-") and arg != "-":
            following = articles and arg == "--against"
            takes_value = arg in _WITH_VALUE
        elif following:
            result.append("--against")
        else:
            articles = True
        result.append(arg)
    return result


@click.command("check", cls=_Check)
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@click.option(
    "--against",
    "transcripts",
    multiple=True,
    required=True,
    metavar="FILE",
    help="A transcript, or a fuller report; repeatable, and takes several files after the documents.",
)
@click.option(
    "--style",
    default="strict",
    show_default=True,
    metavar="NAME",
    help="The house style: strict, reuters, guardian, or a TOML file of your own.",
)
@partial_option
@reading_options
@json_option("one line an article")
@click.option("--page", "page_file", metavar="FILE.html", help="Write one HTML page; - is standard output.")
@quiet
def command(
    documents: tuple[str, ...],
    transcripts: tuple[str, ...],
    style: str,
    partial: bool,
    reading: Reading,
    json_file: str | None,
    page_file: str | None,
    quiet: bool,
) -> int:
    """Did they say it, in these words? Hold each quotation of an article against transcripts.

    A DOCUMENT or FILE is a file (text, Markdown, HTML, PDF, Word, subtitles, a recogniser's JSON, mail, feed, CSV,
    JSON), a folder, a pattern, an address, or - for standard input. Exits 0 when every article was
    checked and no quotation is an error under the house style, 1 when one is, 2 when an article or a transcript could
    not be read or checked; the others are.
    """
    from onrecord import pipeline
    from onrecord.comparison.checking.house_style import HouseStyle
    from onrecord.readers import Identifiers

    look_at({"--json": json_file, "--page": page_file}, (*documents, *transcripts, style))
    chosen, ids = HouseStyle.named(style), Identifiers()
    articles, failures = read_documents(documents, "report", ids, reading)
    against, unheard = read_documents(transcripts, "transcript", ids, reading)
    failures += unheard
    missed: list[Failure] = []
    with progress(silent=quiet) as tell:
        checks = pipeline.check(articles, against, chosen, partial=partial, failures=missed, progress=tell)
    tell_failures(missed)
    failures += missed
    _write(checks, failures, json_file, page_file, silent=quiet)
    return status(failures, errors_found=any(q.severity == "error" for check in checks for q in check.quotations))


def _write(
    checks: list[Check], failures: list[Failure], json_file: str | None, page_file: str | None, *, silent: bool
) -> None:
    from onrecord.publishers import check_terminal

    contents: list[tuple[str, bytes]] = []
    if json_file is not None:
        from onrecord.publishers import records

        lines = [records.encode(records.check_record(check)) for check in checks]
        lines += [records.encode(records.failure_record(failure)) for failure in failures]
        contents.append((json_file, b"".join(line + b"\n" for line in lines)))
    if page_file is not None:
        from onrecord.publishers import page

        contents.append((page_file, page.render_checks(checks, failures).encode()))
    write_together(contents)
    if contents:
        tell_written((file for file, _ in contents), [check_terminal.summary(checks)], silent=silent)
    else:
        with on_terminal() as console:
            for check in checks:
                check_terminal.show(check, console)
                console.print()
            check_terminal.show_failures(failures, console)
