"""Killed at any moment, an archive has lost nothing that was said to be kept, and holds nothing by halves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from onrecord.archive import schema
from onrecord.archive.archive import Archive
from onrecord.archive.engine import reading, writing

SCRIPT = Path(__file__).parent / "killed.py"
KILLS = int(os.environ.get("ONRECORD_KILLS", "12"))
"""How often a writer is killed; `.ci/run` says 200."""


def run(*arguments):
    done = subprocess.run([sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.timeout(900)
def test_writers_that_are_killed_lose_nothing_and_leave_nothing_by_halves(url):
    Archive(url, create=True).close()
    said = run(url, KILLS, 7)
    with Archive(url) as archive:
        assert archive.check() == []
        for key in said:
            assert archive.annotations(key) is not None, f"{key} was said to be kept and is not there"
            assert archive.search(f"number{key.removeprefix('doc-')}", seconds=30).total == 1
        with reading(archive._engine) as connection:
            assert connection.execute(select(func.count()).select_from(schema.document)).scalar() >= len(said)
    assert len(said) > KILLS, "too few documents were kept before the writers were killed: nothing was shown"


@pytest.mark.timeout(600)
def test_four_writers_and_a_reader_hinder_nobody(url):
    Archive(url, create=True).close()
    running = subprocess.Popen(
        [sys.executable, SCRIPT, url, "40", "0", "4"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    reads = 0
    with Archive(url) as archive:
        while running.poll() is None:
            with reading(archive._engine) as connection:
                documents = connection.execute(select(func.count()).select_from(schema.document)).scalar()
                rows = connection.execute(select(func.count()).select_from(schema.attribution)).scalar()
            assert documents == rows, "the reader saw a document without its attribution"
            reads += 1
        out, err = running.communicate()
        assert running.returncode == 0, err
        assert len(set(json.loads(out))) == 160
        assert reads > 10
        assert archive.check() == []
        assert archive.search("number*").total == 160


def test_an_error_in_the_middle_leaves_nothing(archive, make, monkeypatch):
    archive.add_annotated([make("one")])

    def fail(*_):
        raise RuntimeError("in the middle")

    monkeypatch.setattr("onrecord.archive.word_index.add", fail)
    with pytest.raises(RuntimeError, match="middle"):
        archive.add_annotated([make("two", "It stays shut"), make("one", "The quay stays shut until Sunday")])
    monkeypatch.undo()
    assert archive.check() == []
    assert [each.key for each in archive.search("shut").hits] == ["one"]
    assert [each.what for each in archive.add_annotated([make("two", "It stays shut")])] == ["added"]


FAULTS = {
    "not the one that was kept": "UPDATE text SET body = (SELECT min(body) FROM text)",
    "no current version": "UPDATE document SET current = 99 WHERE id = 1",
    "differ": "DELETE FROM attribution WHERE document = 1",
    "attributions, and": "UPDATE attribution SET run = (SELECT max(id) FROM annotation_run)",
    "used again": "UPDATE counter SET next = 1 WHERE name = 'version'",
    "cannot be read": "UPDATE annotation_run SET record = (SELECT min(body) FROM text)",
    "belong to no version": "UPDATE version SET text = (SELECT min(text) FROM version)",
}


@pytest.mark.parametrize("said", FAULTS)
def test_what_is_not_whole_is_found(archive, make, said):
    archive.add_annotated([make("one"), make("two", "It stays shut")])
    assert archive.check() == []
    with writing(archive._engine) as connection:
        connection.exec_driver_sql(FAULTS[said])
    assert any(said in fault for fault in archive.check()), archive.check()
