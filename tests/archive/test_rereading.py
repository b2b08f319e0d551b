"""Annotating anew switches the index over, keeps what was found before, and can be stopped; pruning and exports."""

from __future__ import annotations

import json

import msgspec
import pytest

from onrecord.archive import annotating
from onrecord.archive.archive import Archive
from onrecord.archive.preparing import Annotator
from onrecord.story import Failure


@pytest.fixture
def other(monkeypatch):
    """Annotate by other weights from here on, which find every speaker to be somebody else."""

    def annotate(documents, failures):
        found = []
        for each in documents:
            if "broken" in each.text:
                failures.append(Failure(each.id, f"{each.id} could not be annotated.", "annotate"))
            else:
                found.append(read_otherwise(each))
        return found

    def switch(make):
        def read(document):
            before = make(document.id, speaker="Olav Strand")
            speakers = tuple(msgspec.structs.replace(each, name="Mara Quist") for each in before.speakers)
            return msgspec.structs.replace(before, document=document, speakers=speakers)

        nonlocal read_otherwise
        read_otherwise = read
        monkeypatch.setattr(annotating, "annotator", lambda: Annotator(b"other weights", "9.9"))
        monkeypatch.setattr("onrecord.pipeline.annotate", annotate)

    read_otherwise = None
    return switch


def test_the_index_follows_and_the_former_annotations_stay(archive, make, other):
    archive.add_annotated([make("one"), make("two", day="2025-03-12"), make("three", day="2025-03-13")])
    assert archive.outdated() == 0
    other(make)
    assert archive.outdated() == 3
    assert [each.key for each in archive.reread(limit=2)] == ["three", "two"], "the newest first"
    assert archive.outdated() == 1
    assert archive.search(speaker="quist").total == 2
    assert archive.search(speaker="strand").total == 1
    assert [each.what for each in archive.reread()] == ["annotated"]
    assert archive.reread() == []
    assert archive.search(speaker="strand").total == 0
    assert archive.check() == []
    assert archive.prune(dry_run=True) == (3, 1)
    assert archive.prune() == (3, 1)
    assert archive.prune() == (0, 0)
    assert archive.check() == []
    assert archive.annotations("one").speakers[0].name == "Mara Quist"


def test_what_cannot_be_annotated_anew_keeps_what_was_found(archive, make, other):
    archive.add_annotated([make("one", "It is broken, the quay is")])
    other(make)
    assert [(each.what, each.because) for each in archive.reread()] == [("failed", "one could not be annotated.")]
    assert archive.outdated() == 0, "it is not tried again and again"
    assert archive.search("broken").total == 1
    archive.prune()
    assert archive.search("broken").total == 1
    assert archive.check() == []


def test_two_archives_that_hold_the_same_are_exported_to_the_same_bytes(tmp_path, make):
    reports = [make(f"r{n}", f"There are {n} boats at the quay", day=f"2025-03-{n + 1:02}") for n in range(9)]
    exported = []
    for number, (order, together) in enumerate([(reports, 4), (reports[::-1], 1), (reports[3:] + reports, 7)]):
        with Archive(str(tmp_path / f"{number}.db"), create=True, clock=lambda: "2025-04-01T00:00:00Z") as archive:
            archive.add_annotated(order, together=together)
            exported.append(b"".join(archive.export_lines()))
    assert exported[0] == exported[1] == exported[2]
    lines = [json.loads(line) for line in exported[0].splitlines()]
    assert [each["key"] for each in lines] == [f"r{n}" for n in range(9)]
    assert lines[3]["record"]["attributions"][0]["content"][0]["exact"] == "“There are 3 boats at the quay,”"


def test_a_table_of_all_attributions_is_written(archive, make, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    archive.add_annotated([make("one"), make("two", speaker="Mara Quist", outlet=None)])
    assert archive.export_table(tmp_path / "a.parquet") == 2
    rows = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert [(row["key"], row["speaker"], row["outlet"], row["day"]) for row in rows] == [
        ("one", "Olav Strand", "Corvany Ledger", "2025-03-11"),
        ("two", "Mara Quist", None, "2025-03-11"),
    ]
