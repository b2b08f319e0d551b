"""What is kept is kept whole, once, with its versions; on both engines."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import func, select

from onrecord.archive import annotating, schema
from onrecord.archive.archive import Archive
from onrecord.archive.engine import reading
from onrecord.document import Block, Document, Published
from onrecord.errors import ArchiveError, OnRecordError, UsageError


def counts(archive):
    tables = ("document", "version", "text", "annotation_run", "mention", "attribution", "change", "name", "speaker")
    with reading(archive._engine) as connection:
        return {
            table: connection.execute(select(func.count()).select_from(schema.TABLES.tables[table])).scalar_one()
            for table in tables
        }


def test_a_document_is_kept_with_all_that_was_found(archive, make):
    report = make("one")
    (kept,) = archive.add_annotated([report])
    assert (kept.what, kept.version) == ("added", 1)
    assert archive.annotations("one") == report
    assert archive.versions(kept.document)[0].document == report.document
    assert counts(archive) == {
        "document": 1,
        "version": 1,
        "text": 1,
        "annotation_run": 1,
        "mention": 1,
        "attribution": 1,
        "change": 1,
        "name": 1,
        "speaker": 1,
    }


def test_adding_twice_changes_nothing(archive, make):
    reports = [make(f"r{n}", f"There are {n} boats at the quay") for n in range(5)]
    archive.add_annotated(reports)
    before = counts(archive)
    again = archive.add_annotated([*reversed(reports), *reports], together=3)
    assert {each.what for each in again} == {"unchanged"}
    assert counts(archive) == before


def test_a_text_that_two_outlets_print_is_kept_once(archive, make):
    archive.add_annotated([make("one", outlet="Corvany Ledger"), make("two", outlet="Maravel Courier")])
    assert counts(archive)["text"] == 1
    assert counts(archive)["document"] == 2


@pytest.mark.parametrize(
    "change", [{"title": "Quay is shut"}, {"quoted": "The quay stays shut until Sunday"}, {"day": "2025-03-12"}]
)
def test_another_title_text_or_day_is_another_version(archive, make, change):
    archive.add_annotated([make("one")])
    (kept,) = archive.add_annotated([make("one", **change)])
    assert (kept.what, kept.version) == ("new-version", 2)
    assert [each.number for each in archive.versions("one")] == [1, 2]
    assert counts(archive)["attribution"] == 1, "only the current version is searched"
    assert archive.search("quay").total == 1
    assert archive.add_annotated([make("one")])[0].what == "unchanged", "the first version is kept already"


def test_another_byline_is_another_version(archive, make):
    report = make("one")
    signed = msgspec.structs.replace(report.document, byline="Ida Moll")
    archive.add_annotated([report])
    (kept,) = archive.add_annotated([msgspec.structs.replace(report, document=signed)])
    assert kept.what == "new-version"


def test_what_surrounds_an_article_is_no_version(archive, make):
    report = make("one")
    noisy = report.text + "\n\nRead more: the ten best ferries"
    start = len(report.text) + 2
    document = msgspec.structs.replace(
        report.document,
        text=noisy,
        blocks=(Block("read-more", start, len(noisy)),),
        published=Published("2025-03-11T08:30", "caller"),
    )
    archive.add_annotated([report])
    before = counts(archive)
    (kept,) = archive.add_annotated([msgspec.structs.replace(report, document=document)])
    assert kept.what == "unchanged"
    assert counts(archive) == before


def test_two_documents_under_one_id_are_not_taken_for_versions(archive, make):
    archive.add_annotated([make("article")])
    other = make(
        "article", "We sold eleven thousand tickets", speaker="Mara Quist", rest="Summer concerts begin in May."
    )
    (kept,) = archive.add_annotated([other])
    assert kept.what == "refused"
    assert "give each an id" in kept.because
    assert archive.search("tickets").hits == ()


def test_an_address_is_one_document_whatever_tracks_its_readers(archive, make):
    first = make("a", url="http://ledger.example/quay/?utm_source=mail")
    second = make("b", url="https://ledger.example/quay#comments")
    assert [each.what for each in archive.add_annotated([first, second])] == ["added", "unchanged"]
    assert archive.annotations("http://ledger.example/quay?fbclid=1") == first


def test_both_versions_in_one_batch_are_kept(archive, make):
    kept = archive.add_annotated([make("one"), make("two"), make("one", "The quay stays shut until Sunday")])
    assert [(each.what, each.version) for each in kept] == [("added", 1), ("added", 1), ("new-version", 2)]
    assert archive.search("sunday").total == 1
    assert archive.search("friday").total == 1, "of the other document alone"


def test_nul_and_lone_surrogates_do_no_harm(archive, make):
    archive.add_annotated([make("o\0ne", "The \0 quay \ud800 is shut", title="Q\0")])
    assert archive.search("quay").hits[0].words == "“The � quay � is shut,”"
    assert archive.versions("o\0ne")[0].document.text.startswith("“The \0 quay")


def test_a_document_that_cannot_be_annotated_is_kept_with_the_reason(archive):
    document = Document("broken", "The quay is shut.", blocks=(Block("paragraph", 3, 99),))
    (kept,) = archive.add([document])
    assert kept.what == "failed"
    assert "lie outside" in kept.because
    assert archive.annotations("broken") is None
    assert archive.add([document])[0].what == "unchanged"


def test_adding_annotates_only_what_is_new(archive, make, monkeypatch):
    def annotate(documents, failures):
        assert failures == []
        annotated.append([each.id for each in documents])
        return [make("one") if each.id == "one" else make("two", "It is shut") for each in documents]

    annotated = []
    monkeypatch.setattr("onrecord.pipeline.annotate", annotate)
    archive.add([make("one").document])
    archive.add([make("one").document, make("two", "It is shut").document])
    assert annotated == [["one"], ["two"]]
    assert annotating.annotator().weights


def test_what_is_no_archive_is_refused_in_one_sentence(tmp_path):
    other = tmp_path / "notes.txt"
    other.write_text("These are notes of a meeting, and no database.")
    with pytest.raises(ArchiveError, match="is no archive"):
        Archive(str(other))
    with pytest.raises(UsageError, match="archive init"):
        Archive(str(tmp_path / "missing.db"))
    with pytest.raises(UsageError, match="folder does not exist"):
        Archive(str(tmp_path / "no" / "where.db"), create=True)
    with pytest.raises(UsageError, match="cannot be in mysql"):
        Archive("mysql://localhost/news")
    assert not (tmp_path / "missing.db").exists()


def test_a_database_of_others_is_left_alone(tmp_path):
    import sqlite3

    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE accounts(name)")
    other.close()
    with pytest.raises(ArchiveError, match="no archive"):
        Archive(str(tmp_path / "other.db"), create=True)


def test_an_archive_of_a_later_format_is_refused(tmp_path):
    import sqlite3

    Archive(str(tmp_path / "news.db"), create=True).close()
    with sqlite3.connect(tmp_path / "news.db") as later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
    later.close()
    with pytest.raises(ArchiveError, match="later version"):
        Archive(str(tmp_path / "news.db"))


def test_a_server_that_nobody_runs_is_said_in_one_sentence():
    pytest.importorskip("psycopg")
    with pytest.raises(OnRecordError) as raised:
        Archive("postgresql://reader:secret@127.0.0.1:1/none")
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)
