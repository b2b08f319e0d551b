"""The command line: one file a command, each thin over a public function.

A command's module is imported only when it is called, so that ``onrecord --help`` loads nothing else.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

import click

from onrecord.errors import OnRecordError
from onrecord.publishers.escapes import visible

COMMANDS = {
    "annotate": "Find who said what in each document: one JSON line a document.",
    "benchmark": "Measure speed and memory on this machine.",
    "check": "Hold each quotation of an article against transcripts.",
    "compare": "Read the reports of one event together and show what they share and where they differ.",
    "evaluate": "Score onrecord against gold answers.",
    "schema": "Print the JSON Schema of what the other commands write.",
    "train": "Fit the encoder anew on a corpus of attributions.",
}
UNUSABLE = 2


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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.command(cls=_LazyCommands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="onrecord")
def onrecord() -> None:
    """Read many news reports of one event together and rebuild the record: who said what, in which words."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exit 2 with one sentence where the work cannot be done."""
    try:
        code = onrecord.main(args=None if arguments is None else list(arguments), standalone_mode=False)
    except click.ClickException as error:
        _say("\n".join(map(visible, error.format_message().split("\n"))))
        sys.exit(UNUSABLE)
    except click.Abort:
        _say("Stopped.")
        sys.exit(130)
    except OnRecordError as error:
        _say(visible(str(error)))
        sys.exit(UNUSABLE)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(UNUSABLE)
    sys.exit(code if isinstance(code, int) else 0)


def _say(sentence: str) -> None:
    click.echo(f"onrecord: {sentence}", err=True)
