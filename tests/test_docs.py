"""What the docs do not mention fails here; what they show runs here."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click
import pytest

from onrecord.cli import COMMANDS, onrecord

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def walk(command: click.Command, name: str):
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None, f"{name} {below} is listed and cannot be loaded"
            yield from walk(found, f"{name} {below}")


@pytest.mark.golden
def test_the_reference_of_the_command_line_is_what_help_says():
    preface = (
        "# The command line\n\n"
        "Written by `make golden` from `--help`.\n\n"
        "| exit status | when |\n|---|---|\n"
        "| 0 | all of the work was done |\n"
        "| 1 | all of it was done, and `check` found an error, `evaluate` a figure under its threshold, `archive "
        "check` a fault, or `archive erase` bytes that are left |\n"
        "| 2 | not all of it could be done: bad usage, an output that cannot be written, or a document that could not "
        "be read, annotated, compared or checked |\n\n"
        "With 2, standard error has one sentence for each thing that could not be done. What could be done is written "
        "all the same, unless it is an output itself that cannot be: the JSON lines of `annotate` and `check` hold a "
        "line with `failure` for each document left out, a story lists them under `failures`, and page and terminal "
        "under “Left out”. So `check` exits 0 only where every article was read and checked.\n\n"
        "Files are written whole, beside their places first, and several outputs all together or not at all; nothing "
        "is left behind where it fails or is stopped. Refused as outputs are inputs, links, folders, and one place "
        "for two outputs. Pipes and devices (`/dev/null`, `>(…)`) get a stream. What standard output cannot show is "
        "escaped.\n"
    )
    parts = [preface]
    for name, command in walk(onrecord, "onrecord"):
        context = click.Context(
            command, info_name=name, terminal_width=100, max_content_width=100, help_option_names=["-h", "--help"]
        )
        parts.append(f"## `{name}`\n\n```text\n{command.get_help(context)}\n```\n")
    text = "\n".join(parts)
    page = ROOT / "docs" / "cli.md"
    if os.environ.get("ONRECORD_RENEW_GOLDEN"):
        page.write_text(text, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == text, "docs/cli.md differs from --help: run `make golden`"


def test_every_command_has_its_one_sentence():
    context = click.Context(onrecord)
    for name in COMMANDS:
        command = onrecord.get_command(context, name)
        assert command is not None
        assert command.help


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_code_in_the_docs_runs(page, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    names = {"__name__": "docs", "FOLDER": tmp_path}
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        exec(compile(block, str(page), "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_of_the_docs_leads_nowhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
