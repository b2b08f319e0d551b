"""What is erased is gone from rows, index and bytes, stays away, and takes nothing else with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from onrecord.archive import schema
from onrecord.archive.engine import reading
from onrecord.errors import UsageError

CANARY = "Zyxquillon"


def scan(url: str) -> set[str]:
    """Give the files of a SQLite archive that hold the canary, whatever its case."""
    place = Path(url)
    return {
        file.name
        for file in place.parent.glob(f"{place.name}*")
        if CANARY.lower().encode() in file.read_bytes().lower()
    }


@pytest.fixture
def filled(archive, make):
    archive.add_annotated(
        [
            make(
                "one",
                f"The {CANARY} stays shut",
                speaker=f"Olav {CANARY}",
                title=f"{CANARY} shut",
                url=f"https://l.example/{CANARY}",
            ),
            make("two", "No boats will leave the quay", speaker="Mara Quist", outlet="Maravel Courier"),
            make("three", "Boats may leave, she thinks", speaker="Mara Quist"),
        ]
    )
    archive.add_annotated(
        [make("x", f"The {CANARY} stays shut today", url=f"https://l.example/{CANARY}", rest=f"Also {CANARY.upper()}.")]
    )
    return archive


def test_an_erased_document_is_gone_from_rows_index_and_bytes(filled, url):
    if "://" not in url:
        assert scan(url), "the canary must be seen before"
    count, left = filled.erase(f"https://l.example/{CANARY}", because="a court said so", who="desk")
    assert (count, left) == (1, [])
    assert filled.check() == []
    assert filled.search(CANARY).hits == ()
    assert [each.key for each in filled.search("leave").hits] == ["three", "two"]
    if "://" not in url:
        assert scan(url) == set()
    with reading(filled._engine) as connection:
        assert connection.execute(select(schema.speaker.c.name)).scalars().all() == ["Mara Quist"]
        told = connection.execute(select(schema.erasure)).all()
        assert {(row.because, row.who) for row in told} == {("a court said so", "desk")}
        assert connection.execute(select(schema.change.c.what)).scalars().all()[-1] == "document-erased"


def test_what_was_erased_does_not_come_back(filled, make):
    filled.erase(f"https://l.example/{CANARY}", because="a court said so")
    same_text = make("other", f"The {CANARY} stays shut", speaker=f"Olav {CANARY}")
    same_address = make("x", "Another text", url=f"http://l.example/{CANARY}/?utm_source=a")
    kept = filled.add_annotated([same_text, same_address, make("four", "It is open")])
    assert [each.what for each in kept] == ["refused", "refused", "added"]
    assert "was erased on 2025-03-20" in kept[0].because
    assert filled.add([same_text.document])[0].what == "refused"


def test_a_text_that_another_prints_stays_with_the_other(archive, make):
    archive.add_annotated([make("one"), make("two")])
    assert archive.erase("one", because="asked") == (1, []), "what the other document has too is not left over"
    assert archive.check() == []
    assert archive.annotations("two").text == make("two").text
    assert archive.add_annotated([make("two")])[0].what == "unchanged"


def test_a_speaker_and_an_outlet_are_erased_with_every_document(filled):
    speaker = filled.search("leave").hits[0].speaker_id
    assert filled.would_erase(speaker=speaker) == ["three", "two"]
    assert filled.would_erase(outlet="maravel courier") == ["two"]
    assert filled.erase(outlet="Maravel Courier", because="contract ended") == (1, [])
    assert filled.erase(speaker=speaker, because="asked") == (1, [])
    assert filled.search().total == 1
    assert filled.check() == []


def test_what_fits_nothing_or_too_much_is_refused(filled):
    for wrong in (
        {},
        {"document": "one", "outlet": "Ledger"},
        {"document": "none"},
        {"outlet": "none"},
        {"speaker": 999},
    ):
        with pytest.raises(UsageError):
            filled.erase(**wrong, because="x")


def test_bytes_that_are_left_beside_the_archive_are_named(filled, tmp_path):
    copy = tmp_path / "exports"
    copy.mkdir()
    (copy / "list.txt").write_text(f"see https://l.example/{CANARY}", encoding="utf-8")
    _, left = filled.erase(f"https://l.example/{CANARY}", because="a court said so", beside=[copy])
    assert left == [f"{copy / 'list.txt'} still holds {what}" for what in ("an address", "the key")]
