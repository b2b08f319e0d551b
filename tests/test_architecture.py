"""What docs/architecture.md says of the house is so; no English for readers is made outside publishers; no dialect."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
WAY = re.findall(r"^\d+\. `([\w.]+)`", PAGE, re.MULTILINE)


def test_every_function_on_the_way_of_a_sentence_is_there():
    assert 15 < len(WAY) <= 25
    for name in WAY:
        module, _, function = name.rpartition(".")
        assert callable(getattr(importlib.import_module(f"onrecord.{module}"), function)), name


def test_every_room_is_in_the_table_and_no_other():
    named = set(re.findall(r"`([a-z_]+)/?(?:\.py|/[a-z_]+)?`", PAGE.split("## The way")[0]))
    rooms = {p.name for p in (ROOT / "src" / "onrecord").iterdir() if (p / "__init__.py").is_file()}
    assert rooms - {"text"} <= named


DIALECT = re.compile(
    r"(?<![/\w-])(tellings?|tellers?|callings|furniture|pieces?|grave|floors?|gold)(?![/\w])(?!\.json)", re.IGNORECASE
)
QUOTED = re.compile(r'"[^"]*"|“[^”]*”|`[^`\n]*`|\{#[^}]*#\}|<[^>]*>|\{[{%].*?[%}]\}')
READ_BY_USERS = [
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "src" / "onrecord" / "publishers" / "templates").glob("*.html")),
]


@pytest.mark.parametrize("page", READ_BY_USERS, ids=lambda page: page.name)
def test_what_a_user_reads_is_in_the_words_of_a_newsroom(page):
    prose = QUOTED.sub("", page.read_text(encoding="utf-8"))
    assert DIALECT.findall(prose) == []


SENTENCE = re.compile(r"^[A-Z][^\\|\[(?*]*[a-z]{2,} [a-z]{2,}[^\\|\[(?*]*[.:]$")


def sentences_of(path):
    """Find the strings of a file that read as a sentence and are neither docstrings nor messages of errors."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise | ast.Assert | ast.Expr):
            passed |= {id(below) for below in ast.walk(node)}
    for node in ast.walk(tree):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        words = "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)
        if isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in passed and SENTENCE.match(words):
            yield words


@pytest.mark.parametrize("room", ["annotators", "grouping", "comparison", "lexicon"])
def test_no_sentence_for_readers_is_made_outside_publishers(room):
    source = ROOT / "src" / "onrecord"
    found = {path.relative_to(source).as_posix() for path in (source / room).rglob("*.py") if any(sentences_of(path))}
    assert found == set()


def test_a_sentence_is_seen_as_one(tmp_path):
    file = tmp_path / "made.py"
    file.write_text(
        '"""A page says so."""\nA = f"{1} of 2."\nB = f"It shares {3} words with them."\n', encoding="utf-8"
    )
    assert list(sentences_of(file)) == ["It shares x words with them."]
