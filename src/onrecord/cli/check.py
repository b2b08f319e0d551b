"""``onrecord check``: each quotation of an article compared with transcripts."""

from __future__ import annotations

from collections.abc import Mapping
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
    status,
    tell_failures,
    tell_written,
    transcript_option,
)
from onrecord.cli.outputs import look_at, write_together, write_whole

if TYPE_CHECKING:
    from onrecord.story import Check, Failure


_WITH_VALUE = frozenset(
    {"--against", "--transcript", "--style", "--speaker", "--keep", "--json", "--page", "--format", "-o", "--output"}
)
_TRANSCRIPTS = frozenset({"--against", "--transcript"})
_EXAMPLES = (
    ("Before it is published", "onrecord check draft.html --transcript briefing.txt"),
    (
        "By the house style of a paper, with a page",
        "onrecord check draft.docx --transcript captions.vtt --style guardian -o check.html",
    ),
    ("In continuous integration", "onrecord check --transcript briefing.txt --format github articles/"),
)
_ENDINGS = {".html": "--page", ".htm": "--page", ".sarif": "--sarif", ".json": "--json", ".jsonl": "--json"}


class _Check(WithExamples):
    """Lets ``--transcript`` take every FILE that follows it, when the articles stand before it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, spread(args))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List what each installed house style makes of each verdict and flag, below the examples."""
        super().format_epilog(ctx, formatter)
        from onrecord.comparison.checking.house_style import INSTALLED, HouseStyle

        for name in INSTALLED:
            style = HouseStyle.named(name)
            with formatter.section(f"House style {name}"):
                formatter.write_text(style.summary)
                formatter.write_dl([(level, ", ".join(names)) for level, names in style.lists().items()])


def spread(args: list[str]) -> list[str]:
    """Repeat ``--transcript`` before each file that follows it, if an article was named before it.

    ``check A --transcript T U`` becomes ``check A --transcript T --transcript U``; in ``check --transcript T A B``, as
    pre-commit calls it, A and B stay articles. The same holds of ``--against``.
    """
    result: list[str] = []
    articles = following = False
    takes_value = False
    for arg in args:
        if takes_value:
            takes_value = False
        elif arg.startswith("-") and arg != "-":
            following = articles and arg in _TRANSCRIPTS
            takes_value = arg in _WITH_VALUE
        elif following:
            result.append("--transcript")
        else:
            articles = True
        result.append(arg)
    return result


@click.command("check", cls=_Check, examples=_EXAMPLES)
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@transcript_option(required=True)
@click.option(
    "--style",
    default="strict",
    show_default=True,
    metavar="NAME",
    help="The house style: strict, reuters, guardian, or a TOML file of your own.",
)
@partial_option
@reading_options
@output_option(".html a page, .json JSON, .sarif SARIF")
@json_option("one line an article")
@click.option("--page", "page_file", metavar="FILE.html", help="Write one HTML page; - is standard output.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "github", "sarif"]),
    default="terminal",
    show_default=True,
    help="What standard output gets: for people, for GitHub's annotations, or SARIF.",
)
@quiet
def command(
    documents: tuple[str, ...],
    transcripts: tuple[str, ...],
    style: str,
    partial: bool,
    reading: Reading,
    outputs: tuple[str, ...],
    json_file: str | None,
    page_file: str | None,
    form: str,
    quiet: bool,
) -> int:
    """Did they say it, in these words? Compare each quotation of an article with transcripts.

    A DOCUMENT or FILE is a file (text, Markdown, HTML, PDF, Word, subtitles, a recogniser's JSON, mail, feed, CSV,
    JSON), a folder, a pattern, an address, or - for standard input. Exits 0 when every article was
    checked and no quotation is an error under the house style, 1 when one is, 2 when an article or a transcript could
    not be read or checked; the others are.
    """
    from onrecord import pipeline
    from onrecord.comparison.checking.house_style import HouseStyle
    from onrecord.readers import Identifiers

    asked = by_ending(outputs, _ENDINGS, {"--json": json_file, "--page": page_file, "--sarif": None})
    look_at(asked, (*documents, *transcripts, style))
    files: dict[str, str] = {}
    chosen, ids = HouseStyle.named(style), Identifiers()
    articles, failures = read_documents(documents, "report", ids, reading, files)
    against, unheard = read_documents(transcripts, "transcript", ids, reading)
    failures += unheard
    missed: list[Failure] = []
    with progress(silent=quiet) as tell:
        checks = pipeline.check(articles, against, chosen, partial=partial, failures=missed, progress=tell)
    tell_failures(missed)
    failures += missed
    if not _write(checks, failures, asked, files, silent=quiet) or form != "terminal":
        _show(checks, failures, form, files)
    return status(failures, errors_found=any(q.severity == "error" for check in checks for q in check.quotations))


def _write(
    checks: list[Check],
    failures: list[Failure],
    asked: Mapping[str, str | None],
    files: Mapping[str, str],
    *,
    silent: bool,
) -> bool:
    """Write all that was asked for, together or not at all; return whether anything was."""
    from onrecord.publishers import check_terminal

    contents: list[tuple[str, bytes]] = []
    if (file := asked["--json"]) is not None:
        from onrecord.publishers import records

        lines = [records.encode(records.check_record(check)) for check in checks]
        lines += [records.encode(records.failure_record(failure)) for failure in failures]
        contents.append((file, b"".join(line + b"\n" for line in lines)))
    if (file := asked["--page"]) is not None:
        from onrecord.publishers import page

        contents.append((file, page.render_checks(checks, failures, provenance()).encode()))
    if (file := asked["--sarif"]) is not None:
        from onrecord.publishers import check_formats

        contents.append((file, check_formats.sarif(checks, files)))
    write_together(contents)
    if contents:
        tell_written((file for file, _ in contents), [check_terminal.summary(checks)], silent=silent)
    return bool(contents)


def _show(checks: list[Check], failures: list[Failure], form: str, files: Mapping[str, str]) -> None:
    """Give standard output what it is to get."""
    from onrecord.publishers import check_formats, check_terminal

    if form == "sarif":
        write_whole("-", check_formats.sarif(checks, files))
    elif form == "github":
        write_whole("-", check_formats.github(checks, files).encode())
    else:
        with on_terminal() as console:
            for check in checks:
                check_terminal.show(check, console, files.get(check.document.id))
                console.print()
            check_terminal.show_failures(failures, console)
