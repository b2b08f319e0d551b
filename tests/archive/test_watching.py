"""A watch finds what is new, once, whatever is annotated anew, and delivers it at least once; both engines."""

from __future__ import annotations

import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from xml.etree import ElementTree as ET

import msgspec
import pytest

from onrecord.archive import annotating
from onrecord.archive.delivering import Carriers
from onrecord.archive.preparing import Annotator
from onrecord.archive.query import Query
from onrecord.errors import FetchError, UsageError
from onrecord.ingest.posting import Poster

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def times(archive):
    """Let the archive's clock be set: give a list whose last time holds."""
    given = ["2025-03-20T12:00:00Z"]
    archive._clock = lambda: given[-1]
    return given


@pytest.fixture
def lines(archive, tmp_path):
    """Watch for boats, into a file; give a function that runs the watches and gives the file's lines."""
    file = tmp_path / "finds.jsonl"
    archive.watches.add("boats", Query("boats"), f"file:{file}")

    def run():
        archive.watches.run()
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    return run


def test_what_comes_in_is_found_once(archive, make, lines):
    archive.add_annotated([make("one", "Boats may leave"), make("two", "It rained")])
    assert [each["hit"]["key"] for each in lines()] == ["one"]
    assert len(lines()) == 1
    archive.add_annotated([make("three", "No boats will leave"), make("one", "Boats may leave")])
    found = lines()
    assert [each["hit"]["key"] for each in found] == ["one", "three"]
    assert found[1]["hit"]["link"].startswith("three#char=")


def test_what_was_there_before_is_found_only_where_the_past_is_asked_for(archive, make, tmp_path):
    archive.add_annotated([make("one", "Boats may leave")])
    archive.watches.add("new", Query("boats"), f"file:{tmp_path / 'new'}")
    archive.watches.add("all", Query("boats"), f"file:{tmp_path / 'all'}", past=True)
    assert [(each.name, each.found, each.delivered) for each in archive.watches.run()] == [("new", 0, 0), ("all", 1, 1)]


def test_annotating_anew_and_an_edit_elsewhere_are_no_news(archive, make, lines, monkeypatch):
    archive.add_annotated([make("one", "Boats may leave")])
    assert len(lines()) == 1
    archive.add_annotated([make("one", "Boats may leave", rest="It rained for hours on that night in March.")])
    assert len(archive.versions("one")) == 2
    assert len(lines()) == 1
    monkeypatch.setattr(annotating, "annotator", lambda: Annotator(b"other", "9"))
    monkeypatch.setattr(
        "onrecord.pipeline.annotate",
        lambda documents, failures: [
            msgspec.structs.replace(archive.annotations("one"), document=each) for each in documents if not failures
        ],
    )
    assert [each.what for each in archive.reread()] == ["annotated"]
    assert len(lines()) == 1
    archive.add_annotated([make("one", "Boats may leave at noon")])
    assert [each["hit"]["words"] for each in lines()][1] == "“Boats may leave at noon,”"


def test_what_cannot_be_delivered_waits_longer_and_longer_and_is_not_lost(archive, make, times):
    posted, broken = [], [True]

    def post(url, body, headers):
        if broken:
            raise FetchError(f"{url} answered with status 500.", "status")
        posted.append((url, body, headers))

    watch = archive.watches.add("boats", Query("boats"), "https://desk.example/hook")
    archive.add_annotated([make("one", "Boats may leave")])
    carriers = Carriers(post=post)
    (asked,) = archive.watches.run(carriers)
    assert (asked.found, asked.delivered) == (1, 0)
    assert "status 500" in asked.because
    broken.clear()
    assert archive.watches.run(carriers)[0].delivered == 0, "it is not due yet"
    times.append("2025-03-20T12:01:00Z")
    assert archive.watches.run(carriers)[0].delivered == 1
    assert archive.watches.run(carriers)[0].delivered == 0
    ((url, body, headers),) = posted
    assert url == "https://desk.example/hook"
    name, at = headers["Onrecord-Id"], headers["Onrecord-Timestamp"]
    expected = hmac.new(bytes.fromhex(watch.secret), f"{name}.{at}.".encode() + body, "sha256").hexdigest()
    assert headers["Onrecord-Signature"] == f"sha256={expected}"
    assert json.loads(body)["hit"]["key"] == "one"


def test_the_time_between_tries_grows_to_a_day(archive, make, times):
    def post(url, _body, _headers):
        raise FetchError(f"{url} is not reached.", "failed")

    archive.watches.add("boats", Query("boats"), "https://desk.example/hook")
    archive.add_annotated([make("one", "Boats may leave")])
    tries = 0
    for hour in range(24 * 4):
        times.append(f"2025-03-{21 + hour // 24:02}T{hour % 24:02}:00:00Z")
        tries += archive.watches.run(Carriers(post=post))[0].because is not None
    assert 10 <= tries <= 16


def test_a_find_is_delivered_again_where_the_note_of_it_was_lost(archive, make, monkeypatch, tmp_path):
    file = tmp_path / "finds.jsonl"
    archive.watches.add("boats", Query("boats"), f"file:{file}")
    archive.add_annotated([make("one", "Boats may leave")])

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("onrecord.archive.watching.delivered", killed)
        with pytest.raises(KeyboardInterrupt):
            archive.watches.run()
    archive.watches.run()
    ids = [json.loads(line)["id"] for line in file.read_text().splitlines()]
    assert ids == [ids[0]] * 2, "at least once, under one id"


def test_a_feed_is_atom_whatever_was_said(archive, make, tmp_path):
    file = tmp_path / "boats.atom"
    archive.watches.add("boats & <co>", Query("boats"), f"atom:{file}")
    archive.add_annotated(
        [make("a", "Boats & ]]> <b>leave</b> \x07 now", url='https://l.example/a?x=1&y="2"'), make("two", "No boats")]
    )
    archive.watches.run()
    feed = ET.parse(file).getroot()
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == 2
    assert any("<b>leave</b>" in entry.find(f"{ATOM}title").text for entry in entries)


def test_a_mail_holds_the_finds_in_plain_text(archive, make):
    sent = []
    archive.watches.add("boats", Query("boats"), "mailto:desk@ledger.example")
    archive.add_annotated([make("one", "Boats may leave")])
    assert "ONRECORD_SMTP" in archive.watches.run()[0].because
    archive._clock = lambda: "2025-03-21T12:00:00Z"
    assert archive.watches.run(Carriers(mail=sent.append))[0].delivered == 1
    (mail,) = sent
    assert mail["To"] == "desk@ledger.example"
    assert "Olav Strand" in mail.get_content()
    assert "one#char=" in mail.get_content()


def test_an_erased_document_takes_its_finds_with_it(archive, make, lines):
    archive.add_annotated([make("one", "Boats may leave the harbour")])
    lines()
    assert archive.erase("one", because="asked") == (1, [])
    assert archive.check() == []
    assert [each.waiting for each in archive.watches.list()] == [0]


def test_what_cannot_be_watched_is_refused(archive, tmp_path):
    archive.watches.add("boats", Query("boats"), f"file:{tmp_path / 'a'}")
    for wrong in (("boats", Query("x"), "file:a"), ("b", Query("x"), "ftp://a"), ("c", Query("-x"), "file:a")):
        with pytest.raises(UsageError):
            archive.watches.add(*wrong)
    archive.watches.remove("boats")
    with pytest.raises(UsageError):
        archive.watches.remove("boats")


@pytest.fixture
def hook():
    """Run a server on this machine that keeps what is posted to it, and answers as it is told."""
    got, answer = [], [204]

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append((self.headers, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answer[-1])
            self.send_header("Location", "http://169.254.169.254/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    running = threading.Thread(target=server.serve_forever)
    running.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", got, answer
    server.shutdown()
    running.join()
    server.server_close()


def test_posting_reaches_public_addresses_only_and_follows_nobody(hook):
    url, got, answer = hook
    with pytest.raises(FetchError) as refused:
        Poster(heed_robots=False).post(url, b"{}", {})
    assert refused.value.reason in {"not-public", "odd-port"}
    assert got == []
    poster = Poster(allow_private=True, heed_robots=False)
    poster.post(url, b'{"a":1}', {"Onrecord-Id": "1-1"})
    assert (got[0][0]["Onrecord-Id"], got[0][1]) == ("1-1", b'{"a":1}')
    for status in (500, 302, 404):
        answer.append(status)
        with pytest.raises(FetchError, match=str(status)):
            poster.post(url, b"{}", {})
    assert len(got) == 4
