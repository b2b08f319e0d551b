"""An archive is made, and brought to a later format, in one transaction: whole, or as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, inspect

from onrecord.archive import migrating, schema
from onrecord.archive.archive import Archive
from onrecord.archive.engine import connect, reading, writing

STEPS = Path(migrating.__file__).parent / "migrations" / "versions"
OWN = {"attribution_words", "alembic_version"}
"""Tables of the index of words, which each engine has in its own form, and of the format's number."""


def ours(_object, name, kind, _reflected, _compared):
    return kind != "table" or not any(name == own or name.startswith(f"{own}_") for own in OWN)


def test_the_steps_lead_to_the_tables_of_the_schema(archive):
    with reading(archive._engine) as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": False})
        assert compare_metadata(context, schema.TABLES) == []
        assert migrating.format_of(connection) == schema.FORMAT


def test_an_error_in_the_middle_leaves_no_table(url, monkeypatch):
    def fail(_connection):
        raise RuntimeError("in the middle")

    monkeypatch.setattr("onrecord.archive.tombstones.new_secret", fail)
    with pytest.raises(RuntimeError, match="middle"):
        Archive(url, create=True)
    engine = connect(url)
    with reading(engine) as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()
    monkeypatch.undo()
    with Archive(url, create=True) as archive:
        assert archive.came_as is None
        assert archive.check() == []
    with Archive(url) as archive:
        assert archive.came_as == schema.FORMAT


def formats():
    return [file.name.split("_")[0].removeprefix("v") for file in sorted(STEPS.glob("v*.py"))]


@pytest.mark.parametrize("older", formats()[:-1])
def test_an_archive_of_an_older_format_is_brought_up_when_it_is_opened_or_stays_as_it_was(url, older, monkeypatch):
    engine = connect(url, create=True)
    with writing(engine) as connection:
        migrating.upgrade(connection, None, to=older)
    later = MetaData()
    later.reflect(engine)
    assert "watch" not in later.tables

    def fail(*_arguments, **_options):
        raise RuntimeError("in the middle")

    with monkeypatch.context() as broken:
        broken.setattr("alembic.op.create_index", fail)
        with pytest.raises(RuntimeError, match="middle"):
            Archive(url)
    with reading(engine) as connection:
        assert migrating.format_of(connection) == older
        assert set(inspect(connection).get_table_names()) == set(later.tables)
    engine.dispose()
    with Archive(url) as archive:
        assert archive.came_as == older
        assert archive.check() == []
        with reading(archive._engine) as connection:
            assert migrating.format_of(connection) == schema.FORMAT


def test_two_that_make_one_archive_at_once_make_it_once(url):
    program = f"from onrecord.archive.archive import Archive; Archive({url!r}, create=True).check()"
    both = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for each in both:
        _, err = each.communicate()
        assert each.returncode == 0, err
    with Archive(url) as archive:
        assert archive.check() == []
