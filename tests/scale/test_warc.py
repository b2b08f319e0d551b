"""WARC files: their pages, and every way in which a file may be cut, broken or lie."""

from __future__ import annotations

import gzip

import pytest

from onrecord.scale import warc
from onrecord.scale.warc import count_pages, fault_of


@pytest.mark.parametrize("zipped", [True, False])
def test_pages_are_read_by_their_numbers(tmp_path, whole, pages, zipped):
    path = tmp_path / ("a.warc.gz" if zipped else "a.warc")
    path.write_bytes(whole(zipped=zipped))
    assert count_pages(path) == 8
    assert [each.url for each in warc.pages(path, 2, 3)] == list(pages)[2:5]
    assert next(warc.pages(path)).body == pages["https://news.example/0"][1]
    assert fault_of(path) is None


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("kept", [0.3, 0.8, 0.999])
def test_a_cut_file_is_told_and_the_rest_is_read(tmp_path, whole, zipped, kept):
    content = whole(zipped=zipped)
    path = tmp_path / "a.warc"
    path.write_bytes(content[: int(len(content) * kept)])
    assert "is cut" in (fault_of(path) or "")
    assert 0 < count_pages(path) <= 8


def test_a_damaged_file_is_told(tmp_path, whole):
    content = bytearray(whole())
    start = len(content) // 8 * 3 + 80
    content[start : start + 40] = b"\x00" * 40
    path = tmp_path / "a.warc.gz"
    path.write_bytes(bytes(content))
    assert "is not read" in (fault_of(path) or "")


def test_bytes_behind_the_last_record_are_told(tmp_path, whole):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(whole() + b"not a member")
    assert "that are no record" in (fault_of(path) or "")
    plain = tmp_path / "b.warc"
    plain.write_bytes(whole(zipped=False) + b"not a record")
    assert "is broken" in (fault_of(plain) or "")


def test_a_file_that_is_no_warc_is_told(tmp_path):
    for name, content in (("a.warc", b"<html>"), ("b.warc.gz", gzip.compress(b"<html>")), ("c.warc", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        assert "is no WARC" in (fault_of(path) or ""), name


def test_a_record_that_lies_about_its_length_is_told(tmp_path, whole):
    path = tmp_path / "a.warc"
    path.write_bytes(whole(zipped=False).replace(b"Content-Length: ", b"Content-Length: 9", 1))
    assert fault_of(path) is not None
    path.write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n")
    assert "does not say" in (fault_of(path) or "")
