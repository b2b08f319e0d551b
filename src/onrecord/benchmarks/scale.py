"""A made WARC file of many pages through ``onrecord scale``: articles a second, memory, what a second worker brings."""

from __future__ import annotations

import gzip
import multiprocessing as mp
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from onrecord import pipeline
from onrecord.annotators.attribution.encoder import Encoder
from onrecord.benchmarks.compare import made_reports
from onrecord.document import Document
from onrecord.scale.executors import LocalPool, in_process
from onrecord.scale.parts import read_part
from onrecord.scale.run import run
from onrecord.scale.stages import document_of

_AN_EVENT: Final = 4  # reports
_A_DAY: Final = 330_000  # articles of CC-NEWS a day
_HEAD: Final = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta property="article:published_time" content="2024-03-{day:02}T08:00:00Z"><style>b{{margin:0}}</style></head>'
    "<body><header><nav><ul><li>Home</li><li>World</li><li>Business</li><li>Sport</li></ul></nav></header>"
    '<aside class="related"><h2>More on this</h2><a href="/a">A storm</a><a href="/b">What the vote means</a></aside>'
)
_FOOT: Final = "<footer><p>All rights reserved. Terms of use.</p></footer><script>var a=1</script></body></html>"


class Scaling(NamedTuple):
    """Rates in documents a second of wall clock, all of one machine in one run.

    ``plain`` is annotate alone in this process, ``framed`` the same documents as shards, ``overhead`` the share of
    processor seconds that the frame adds. ``plain_pair`` are as many plain processes as there are workers, ``pool`` the
    workers, ``pool_share`` what the pool reaches of the pair. ``extracted`` is the rate of extraction. Memory is the
    most of this process and of its children, in MiB.
    """

    documents: int
    extracted: float
    plain: float
    framed: float
    overhead: float
    plain_pair: float
    pool: float
    pool_share: float
    most_memory: float
    processor_seconds_a_document: float
    shares_of_a_day: float


def made_warc(pages: int) -> Iterator[bytes]:
    """Write a WARC file's records: made reports of about 700 words with a page around them, four an event."""
    texts = (each.text for event in range(-(-pages // _AN_EVENT)) for each in made_reports(_AN_EVENT, seed=event))
    for number, text in enumerate(islice(texts, pages)):
        title = text.split("\n", 1)[0][:90]
        paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n") if part.strip())
        body = (
            _HEAD.format(title=title, day=number % 28 + 1)
            + f"<article><h1>{title}</h1><p class='byline'>By a reporter</p>{paragraphs}</article>"
            + _FOOT
        ).encode()
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://news{number % 50}.example/{number}\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\nWARC-Date: 2024-03-01T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        yield gzip.compress(head.encode() + answer + b"\r\n\r\n", 4, mtime=0)


def measure_scale(pages: int, workers: int) -> Scaling:
    """Run the stages up to annotate over a made WARC file of so many pages, plainly and as shards."""
    with tempfile.TemporaryDirectory() as place:
        file, one, many = (Path(place) / name for name in ("made.warc.gz", "one", "many"))
        with file.open("wb") as out:
            out.writelines(made_warc(pages))
        size = max(1, min(500, pages // (4 * workers)))
        _, extracted, _ = _timed(lambda: run([file], one, in_process, size=size, stages=("extract", "copies")))
        run([file], many, in_process, size=size, stages=("extract", "copies"))
        documents = [each for part in sorted((one / "documents").glob("*.parquet")) for each in _read(one, part.stem)]
        encoder = Encoder.load(threads=1)
        pipeline.annotate(documents[:2], encoder=encoder)
        _, plain, plain_cpu = _timed(lambda: pipeline.annotate(documents, encoder=encoder))
        _, framed, framed_cpu = _timed(lambda: run([file], one, in_process, size=size, stages=("annotate",)))
        pair = _plain_processes(documents, workers)
        _, pool, _ = _timed(lambda: run([file], many, LocalPool(workers), size=size, stages=("annotate",)))
    count = len(documents)
    kilobytes = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Scaling(
        count, count / extracted, count / plain, count / framed, framed_cpu / plain_cpu - 1, count / pair, count / pool,
        pair / pool, kilobytes / 1024, framed_cpu / count, 86_400 * count / pool / _A_DAY,
    )  # fmt: skip


def _timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Do work; give what it gives, the wall clock's seconds and the processor's."""
    begun, cpu = time.perf_counter(), time.process_time()
    given = work()
    return given, time.perf_counter() - begun, time.process_time() - cpu


def _read(folder: Path, name: str) -> list[Document]:
    return [document_of(row) for row in read_part(folder, "documents", name)]


def _plain_processes(documents: list[Document], many: int) -> float:
    """Annotate a share of the documents in each of so many processes without a frame; give the seconds of all."""
    context = mp.get_context("spawn")
    processes = [context.Process(target=_annotate, args=(documents[n::many],)) for n in range(many)]
    begun = time.perf_counter()
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - begun


def _annotate(documents: list[Document]) -> None:
    pipeline.annotate(documents, encoder=Encoder.load(threads=1))
