"""The valued tables as data: each is asked for, holds one kind of value, and no form stands for two names."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from onrecord.lexicon import load, numbers

SOURCE = Path(load.__file__).parents[1]
FILES = sorted((SOURCE / "lexicon" / load.LANGUAGE / "values").glob("*.toml"))
ASKED = re.compile(r'(?:value_table|_by_phrase)\(\s*"([a-z_]+\.[a-z_0-9]+)"\s*[,)]')


def test_every_table_is_asked_for_and_every_table_asked_for_is_there():
    asked = {name for path in SOURCE.rglob("*.py") for name in ASKED.findall(path.read_text(encoding="utf-8"))}
    known = {f"{path.stem}.{name}" for path in FILES for name in tomllib.loads(path.read_text(encoding="utf-8"))}
    assert asked == known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_table_holds_one_kind_of_value(path):
    for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
        values = table.values() if isinstance(table, dict) else table
        assert len({type(value) for value in values}) == 1, f"{path.stem}.{name}"


@pytest.mark.parametrize("name", ["units.signs", "bounds.before", "bounds.after", "bounds.symbols"])
def test_a_form_has_one_name(name):
    forms = [form for forms in load.value_table(name, dict[str, list[str]]).values() for form in forms]
    assert sorted(forms) == sorted(set(forms))


def test_ordinals_are_written_in_digits():
    assert [numbers.ordinal_form(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 90, 111)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "90th", "111th"]
    )


def test_an_unknown_table_or_topic_is_an_error():
    for name in ("numbers.nothing", "nothing.units"):
        with pytest.raises(KeyError):
            load.value_table(name, dict)


def test_a_table_of_another_kind_is_an_error():
    with pytest.raises(msgspec.ValidationError):
        load.value_table("numbers.units", dict[str, str])
