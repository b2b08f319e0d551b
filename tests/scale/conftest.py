"""Made inputs of the tests of scale: pages of a fictional press, in a WARC file and as lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.scale.executors import in_process
from onrecord.scale.run import run

PLACES = ("Port Carrow", "Ostrel", "Vardheim", "Lower Quay", "Tamsin Bay", "Northholt", "Elm Ferry", "Grayle")
NAMES = ("Idris Vael", "Una Brandt", "Pell Orsova", "Mina Dahl", "Tove Rask", "Ada Holm", "Rui Senna", "Olav Lund")


def article(number: int) -> str:
    place, name = PLACES[number % len(PLACES)], NAMES[number % len(NAMES)]
    return (
        f"The council of {place} closed harbour gate {number} on Monday after {number + 3} boats were damaged.\n\n"
        f"“The gate will stay shut until the wall behind is sound,” harbour master {name} said. "
        f"{name.split()[1]} said the repair would cost ${number + 2} million and take at least {number + 1} weeks.\n\n"
        f"Fishing crews in {place} asked for help with their rent, and the mayor promised an answer within the week."
    )


def page(number: int) -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in article(number).split("\n\n"))
    return (
        f"<!doctype html><html><head><title>Gate {number} shut</title>"
        f'<meta property="article:published_time" content="2024-03-{number % 27 + 1:02}T08:00:00Z"></head>'
        f"<body><nav>Home News Sport</nav><article><h1>Gate {number} shut</h1>{paragraphs}</article>"
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def warc(pages: dict[str, tuple[str, bytes]], *, zipped: bool = True) -> bytes:
    """Write pages as a WARC file, a gzip member a record."""
    records = []
    for number, (url, (kind, body)) in enumerate(pages.items()):
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records.append(head.encode() + answer + b"\r\n\r\n")
    return b"".join(gzip.compress(record, mtime=0) if zipped else record for record in records)


def press_in(base: Path) -> Path:
    """Make a folder with a WARC file, a gzipped file of lines and a text: 12 documents, and what is dropped."""
    folder = base / "press"
    folder.mkdir()
    pages = {f"https://news.example/{n}": ("text/html; charset=utf-8", page(n)) for n in range(6)}
    pages["https://news.example/logo.png"] = ("image/png", b"\x89PNG")
    pages["https://news.example/teaser"] = ("text/html", b"<html><body><p>More soon.</p></body></html>")
    (folder / "news.warc.gz").write_bytes(warc(pages))
    lines = [{"id": f"l{n}", "text": article(n), "published": "2024-03-05"} for n in range(6, 10)]
    lines.append({"id": "copy", "text": article(6) + " It was the third storm.", "published": "2024-03-06"})
    german = (
        "Der Hafen bleibt nach dem Sturm geschlossen, sagte der Bürgermeister am Montag vor der Presse im Rathaus. " * 3
    )
    lines.append({"id": "de", "text": german})
    content = "\n".join([*(json.dumps(line) for line in lines), "{broken"])
    (folder / "wire.jsonl.gz").write_bytes(gzip.compress(content.encode()))
    (folder / "late.txt").write_text(article(11))
    return folder


@pytest.fixture
def pages() -> dict[str, tuple[str, bytes]]:
    """Eight pages by their addresses, each with its type."""
    return {f"https://news.example/{n}": ("text/html", page(n)) for n in range(8)}


@pytest.fixture
def whole(pages: dict[str, tuple[str, bytes]]) -> Callable[..., bytes]:
    """Write the eight pages as a WARC file, gzipped or not."""
    return lambda *, zipped=True: warc(pages, zipped=zipped)


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One run in this process: its inputs and its folder. It is only read."""
    base = tmp_path_factory.mktemp("scale")
    folder = press_in(base)
    run([folder], base / "run", in_process, size=4)
    return folder, base / "run"
