"""Addresses as documents, numbered speakers named by the caller, and the times of a recording in what is shown."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

ARTICLE = (
    "<html><head><title>Ferry left uncounted</title></head><body><article><h1>Ferry left uncounted</h1>"
    "<p>The ferry left the harbour without a count of the cars on it, the council heard on Tuesday.</p>"
    "<p>“Nobody had counted the cars on the ferry,” Ida Moll said.</p></article></body></html>"
)
SUBTITLES = (
    "WEBVTT\n\n01:14:05.000 --> 01:14:07.000\n<v SPEAKER_00>The ferry left at nine.\n\n"
    "01:14:07.000 --> 01:14:09.000\n<v SPEAKER_00>Nobody had counted the cars on the ferry.\n\n"
    "01:14:09.000 --> 01:14:11.000\n<v SPEAKER_01>Somebody should have, and nobody did it.\n"
)


@pytest.fixture(scope="module")
def site():
    pages = {"/ferry.html": ("text/html", ARTICLE), "/count.vtt": ("text/vtt", SUBTITLES)}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            form, body = pages.get(self.path, ("text/plain", ""))
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", form)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_an_article_and_a_transcript_are_fetched_and_kept(site, tmp_path):
    from warcio.archiveiterator import ArchiveIterator

    done = run(
        "check", f"{site}/ferry.html", "--against", f"{site}/count.vtt", "--allow-private", "--keep", tmp_path,
        "--speaker", "SPEAKER_00=Ida Moll", "--json", "-", "-q",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["document"]["url"] == f"{site}/ferry.html"
    (quotation,) = (
        [q for q in found["quotations"] if q["form"] != "indirect"]
        if "form" in found["quotations"][0]
        else [q for q in found["quotations"] if q["exact"].startswith("“")]
    )
    assert (quotation["verdict"], quotation["passages"][0]["speaker"]) == ("verbatim", "Ida Moll")
    assert quotation["passages"][0]["second"] == 4447.0
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == 2
    targets = set()
    for path in kept:
        with path.open("rb") as stream:
            targets |= {record.rec_headers["WARC-Target-URI"] for record in ArchiveIterator(stream)}
    assert targets == {f"{site}/ferry.html", f"{site}/count.vtt"}


def test_an_address_that_is_not_public_is_refused_without_the_option(site):
    done = run("annotate", f"{site}/ferry.html")
    assert done.returncode == 2
    assert "not a public address" in done.stderr or "usual ports" in done.stderr


def test_an_address_that_is_not_there_is_listed_and_the_others_are_read(site, tmp_path):
    (tmp_path / "a.txt").write_text("“Nobody had counted the cars,” Ida Moll said.")
    done = run("annotate", f"{site}/none", tmp_path / "a.txt", "--allow-private", "--json", "-")
    assert done.returncode == 2
    assert "answers 404" in done.stderr
    assert json.loads(done.stdout.splitlines()[0])["document"]["id"] == "a"


def test_the_time_of_the_recording_is_printed_with_the_verdict(tmp_path):
    (tmp_path / "a.html").write_text(ARTICLE)
    (tmp_path / "b.vtt").write_text(SUBTITLES)
    shown = run("check", tmp_path / "a.html", "--against", tmp_path / "b.vtt", "--page", tmp_path / "c.html")
    assert shown.returncode == 0, shown.stderr
    assert "at 01:14:07" in (tmp_path / "c.html").read_text()
    terminal = run("check", tmp_path / "a.html", "--against", tmp_path / "b.vtt")
    assert "fits the house style: 1 word for word" in terminal.stdout


def test_words_of_a_speaker_who_is_only_numbered_are_nobodys(tmp_path):
    (tmp_path / "a.txt").write_text(
        "The council met on Tuesday over the ferry.\n\n“Somebody should have, and nobody did it,” Ida Moll said.\n"
    )
    (tmp_path / "b.vtt").write_text(SUBTITLES)
    done = run("check", tmp_path / "a.txt", "--against", tmp_path / "b.vtt", "--json", "-", "-q")
    assert done.returncode == 0, done.stdout
    named = run(
        "check", tmp_path / "a.txt", "--against", tmp_path / "b.vtt", "--json", "-", "-q",
        "--speaker", "SPEAKER_00=Ida Moll", "--speaker", "SPEAKER_01=Otto Lenz",
    )  # fmt: skip
    (quotation,) = json.loads(named.stdout)["quotations"]
    assert quotation["verdict"] == "misattributed"


def test_a_speaker_option_without_a_name_is_one_sentence(tmp_path):
    (tmp_path / "a.txt").write_text("“It left,” Ida Moll said.")
    done = run("annotate", tmp_path / "a.txt", "--speaker", "SPEAKER_00")
    assert done.returncode == 2
    assert done.stderr == "onrecord: --speaker takes LABEL=NAME, and SPEAKER_00 is none.\n"
