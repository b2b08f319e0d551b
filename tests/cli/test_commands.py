"""The commands from outside: what they exit with, and that nobody sees a traceback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zlib

import pytest

PNG = b"\x89PNG\r\n\x1a\n" + zlib.compress(b"nothing to read") * 20
REPORT = """Ferries stay in port

By Ida Moll | Thursday, 02 May 2024 08:30 AM

"The boats stay in port until Friday," harbour master Olav Strand said on Wednesday.

He added that 14 boats were damaged.
"""
GARBAGE = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\r\n ",
    "picture.png": PNG,
    "picture.txt": PNG,
    "broken.json": b'{"text": "half of a rec',
    "list.jsonl": b"[1, 2]\n3\n",
    "scripts.html": b"<html><head><script>var a = 1;</script></head><body><script>var b;</script></body></html>",
    "archive.txt": b"PK\x03\x04" + bytes(range(256)) * 4,
    "zeros.txt": b"He said \x00\x01 no.",
}
ODD = {
    "latin.txt": "Caf\xe9 owners said “non” — that is all.".encode("cp1252"),
    "wide.txt": REPORT.encode("utf-16"),
    "invalid.txt": REPORT.encode() + b"\xff\xfe\xfa",
    "marks.txt": '"" “““ ” \' " he said "no. “ ‘ said " '.encode() * 50,
    "right-to-left.txt": (REPORT + "\u202e«\u0644\u0627» \u0642\u0627\u0644.\u202c\n").encode(),
    "controls.txt": REPORT.encode() + b'He said \x07 \x1b[31m"no" to it.\x7f\n',
    "line.txt": b"word " * 40_000,
}


def run(*arguments, stdin=None):
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *map(str, arguments)],
        capture_output=True,
        input=stdin,
        timeout=100,
        check=False,
    )


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", GARBAGE)
@pytest.mark.parametrize("command", ["annotate", "compare"])
def test_what_cannot_be_read_gets_one_sentence_and_exit_2(tmp_path, name, command):
    path = tmp_path / name
    path.write_bytes(GARBAGE[name])
    done = run(command, path)
    said = done.stderr.decode().strip().splitlines()
    assert done.returncode == 2
    assert done.stdout == b""
    assert "Traceback" not in done.stderr.decode()
    assert name in said[0]
    assert all(line.startswith("onrecord: ") for line in said)


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_annotated_and_every_span_lies_inside_it(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(ODD[name])
    done = run("annotate", path)
    assert done.returncode == 0, done.stderr.decode()
    for line in done.stdout.decode().splitlines():
        record = json.loads(line)
        text = record["document"]["text"]
        for item in spans(record):
            assert 0 <= item["start"] <= item["end"] <= len(text)
            assert item.get("exact", text[item["start"] : item["end"]]) == text[item["start"] : item["end"]]


def spans(value):
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            yield value
        for below in value.values():
            yield from spans(below)
    elif isinstance(value, list):
        for below in value:
            yield from spans(below)


def test_a_broken_document_is_told_of_and_the_others_are_compared(tmp_path, report):
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"")
    done = run("compare", report, broken, "--json", "-")
    assert done.returncode == 2, done.stderr.decode()
    story = json.loads(done.stdout)
    assert len(story["documents"]) == 1
    assert "broken.txt" in story["failures"][0]["because"]


def test_standard_input_is_a_document(report):
    done = run("annotate", "-", stdin=report.read_bytes())
    assert done.returncode == 0, done.stderr.decode()
    record = json.loads(done.stdout)
    assert record["document"]["published"]["value"].startswith("2024-05-02")
    assert any(s["name"] == "Olav Strand" for s in record["speakers"])


def test_a_file_is_written_whole_or_not_at_all(tmp_path, report):
    done = run("compare", report, "--json", tmp_path / "nowhere" / "story.json")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr.decode()
    assert not list(tmp_path.glob(".story*"))


@pytest.mark.parametrize("arguments", [(), ("compare",), ("nonsense",), ("compare", "--nonsense")])
def test_bad_usage_exits_2_or_shows_help(arguments):
    done = run(*arguments)
    assert done.returncode in ({0, 2} if not arguments else {2})
    assert "Traceback" not in done.stderr.decode()


def test_the_schema_is_json():
    done = run("schema")
    assert done.returncode == 0
    assert set(json.loads(done.stdout)["$defs"]) >= {"AnnotationsRecord", "StoryRecord", "CheckRecord"}


def test_the_page_holds_no_script_of_a_document(tmp_path):
    path = tmp_path / "hostile.txt"
    path.write_text(REPORT + '\n<script>alert("x")</script> <img src=x onerror=alert(1)>\n', encoding="utf-8")
    done = run("compare", path, "--page", "-")
    assert done.returncode == 0, done.stderr.decode()
    assert not re.search(r"<script>alert|<img src=x", done.stdout.decode())


def test_standard_input_can_be_compared(report):
    done = run("compare", "-", "--json", "-", stdin=report.read_bytes())
    assert done.returncode == 0, done.stderr.decode()
    assert len(json.loads(done.stdout)["documents"]) == 1


def test_a_file_that_is_no_story_is_told_of_beside_stories(tmp_path):
    for name in ("one", "two"):
        lines = [json.dumps({"id": f"{name}{n}", "text": REPORT}) for n in range(2)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("compare", *sorted(tmp_path.iterdir()), "--json", "-")
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 2
    assert "empty.txt" in done.stderr.decode()
