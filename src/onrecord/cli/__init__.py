"""The command line: one file a command, each thin over a public function.

A command's module is imported only when it is called, so that ``onrecord --help`` loads nothing else.
"""

from __future__ import annotations

import difflib
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, Final, NoReturn

import click

from onrecord.cli.documents import ARGUMENTS, DONE, NOT_DONE, say
from onrecord.errors import OnRecordError, UsageError
from onrecord.guards import place_of

COMMANDS = {
    "annotate": "Find who said what in each document: one JSON line a document.",
    "archive": "Keep what is read, with every version of it; search it, see what changed, erase it.",
    "benchmark": "Measure speed and memory on this machine.",
    "check": "Compare each quotation of an article with transcripts.",
    "compare": "Read the reports of one event together and show what they share and where they differ.",
    "evaluate": "Score onrecord against labelled data.",
    "scale": "Annotate and compare archives of news, in shards, on one machine or many.",
    "schema": "Print the JSON Schema of what the other commands write.",
    "train": "Fit the encoder anew on a corpus of attributions.",
    "watch": "Store a search of the archive, ask it of what comes in, and send what it finds.",
}
FOR_USERS: Final = ("check", "compare", "annotate", "archive")
"""The commands that come first in the help, in this order; then others, then those for developers."""
FOR_DEVELOPERS: Final = ("schema", "evaluate", "benchmark", "train")
INTERRUPTED: Final = 130


_EXAMPLES: Final = (
    ("Did they say it, in these words?", "onrecord check draft.html --transcript briefing.txt"),
    ("What do these reports share, where do they differ?", "onrecord compare reports/ -o story.html"),
    ("More on a command", "onrecord help check"),
)


class _LazyCommands(click.Group):
    """Knows each command by name and one sentence; imports it when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"onrecord.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[ARGUMENTS] = list(args)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take ``help`` for ``--help``; of a command that is not there say which may be meant."""
        name = args[0]
        if name == "help":
            args = [*args[1:2], "--help"]
            if len(args) == 1:
                click.echo(ctx.get_help())
                ctx.exit()
        elif name not in COMMANDS and (near := difflib.get_close_matches(name, COMMANDS, 1)):
            raise UsageError(f"No such command {name}: did you mean {near[0]}?")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # click would exit 1, which is how `check` says that it found errors
            raise UsageError("An output was closed before all was written.") from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        others = sorted(set(COMMANDS).difference(FOR_USERS, FOR_DEVELOPERS))
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in (*FOR_USERS, *others)])
        with formatter.section("For developers"):
            formatter.write_dl([(name, COMMANDS[name]) for name in FOR_DEVELOPERS])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Examples"):
            for sentence, typed in _EXAMPLES:
                formatter.write(f"  # {sentence}\n  {typed}\n")


@click.command(cls=_LazyCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="onrecord")
def onrecord() -> None:
    """Read many news reports of one event together and rebuild the record: who said what, in which words."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit 2 with one sentence where not all of the work can be done."""
    _show_all_letters()
    try:
        code = onrecord.main(args=None if arguments is None else list(arguments), standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        _fail(error.format_message().replace("\n", " "))
    except click.Abort:
        _fail("Stopped.", INTERRUPTED)
    except OnRecordError as error:
        _fail(str(error))
    except BrokenPipeError:
        _fail("An output was closed before all was written.")
    except OSError as error:
        _fail(f"The work was broken off ({(error.strerror or str(error)).lower()}): look at the disk and the outputs.")
    except Exception as error:  # noqa: BLE001 - nobody is to see a traceback who has not asked for it
        if os.environ.get("ONRECORD_TRACEBACK"):
            traceback.print_exc()
        _fail(f"A fault of onrecord ({place_of(error)}): please report it; ONRECORD_TRACEBACK=1 shows where.")
    sys.exit(code if isinstance(code, int) else DONE)


def _show_all_letters() -> None:
    """Let standard output show escaped what its encoding lacks, as standard error does: nothing is lost."""
    if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.encoding.casefold().startswith("utf"):
        sys.stdout.reconfigure(errors="backslashreplace")


def _fail(sentence: str, code: int = NOT_DONE) -> NoReturn:
    """Say why the work could not be done, and exit; what still waits for standard output is dropped."""
    say(sentence)
    with suppress(OSError, ValueError, AttributeError):  # it may be closed
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    sys.exit(code)
