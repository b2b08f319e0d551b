"""How fast an archive keeps and finds, beside bare ``sqlite3`` on the same machine in the same minute.

Makes reports of 12 attributions (:mod:`.archive_texts`); gives documents a second with one commit each and in batches,
as shares of what ``sqlite3`` does with the same rows, made beforehand, and the same index of words; bytes a document;
and, of an archive with as many attributions as asked for, the time of searches beside that of the bare queries.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from onrecord.annotation import Annotations
from onrecord.archive.archive import Archive
from onrecord.archive.query import Query
from onrecord.benchmarks.annotate import made_articles
from onrecord.benchmarks.archive_texts import ATTRIBUTIONS, Maker
from onrecord.document import Document

_DOCUMENTS: Final = 1_500  # landed one by one, and again in batches
_TOGETHER: Final = 100
_QUERIES: Final = 120  # of each kind
_TABLES: Final = {
    "outlet": "id",
    "text": "(SELECT min(id) FROM version WHERE version.text = text.sha256)",
    "document": "id",
    "version": "id",
    "annotator": "id",
    "annotation_run": "id",
    "speaker": "id",
    "name": "id",
    "name_word": "name",
    "mention": "id",
    "attribution": "run, id",
    "change": "seq",
}
"""Each table, and the order in which its rows came in."""
_PRAGMAS: Final = ("page_size=8192", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON")
_NEWEST: Final = "SELECT rowid FROM attribution_words WHERE attribution_words MATCH ? ORDER BY rowid DESC LIMIT 20"
_BEST: Final = """SELECT id, r FROM (SELECT rowid AS id, bm25(attribution_words) AS r FROM attribution_words
WHERE attribution_words MATCH ? ORDER BY rowid DESC LIMIT 20000) ORDER BY r LIMIT 20"""
_COUNT: Final = "SELECT count(*) FROM (SELECT 1 FROM attribution_words WHERE attribution_words MATCH ? LIMIT 10001)"
_ROWS: Final = """SELECT * FROM attribution a JOIN annotation_run r ON r.id = a.run JOIN version v ON v.id = r.version
JOIN document d ON d.id = a.document JOIN text t ON t.sha256 = v.text WHERE a.id IN (%s)"""


class Landing(msgspec.Struct, frozen=True):
    """Documents kept a second, and that as a share of what bare ``sqlite3`` does for the same rows."""

    documents_per_second: float
    share_of_sqlite3: float


class Searches(msgspec.Struct, frozen=True):
    """Searches of one kind, in milliseconds: half are quicker, 19 of 20, all; and the bare queries' 19 of 20."""

    median: float
    p95: float
    longest: float
    bare_p95: float


class Measured(msgspec.Struct, frozen=True):
    """What was measured."""

    one_commit_each: Landing
    in_batches: Landing
    bytes_per_document: float
    attributions: int
    searches: dict[str, Searches]


def measure(attributions: int = 1_000_000, documents: Sequence[Document] = ()) -> Measured:
    """Measure keeping, and searching among so many attributions; ``documents`` lend their pairs of words."""
    texts = [each.text for each in documents or made_articles(50)]
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        place = Path(folder)
        reports = list(Maker(texts).reports(_DOCUMENTS))
        single = _landing(place / "single.db", reports, 1)
        batches = _landing(place / "batches.db", reports, _TOGETHER)
        size = (place / "batches.db").stat().st_size / len(reports)
        searches = _searches(place / "large.db", Maker(texts, 1), attributions)
    return Measured(single, batches, round(size), attributions, searches)


def _landing(file: Path, reports: Sequence[Annotations], together: int) -> Landing:
    with Archive(str(file), create=True) as archive:
        began = time.perf_counter()
        archive.add_annotated(reports, together=together)
        ours = time.perf_counter() - began
    bare = _bare(file, file.with_suffix(".bare"), together)
    return Landing(round(len(reports) / ours, 1), round(bare / ours, 3))


def _bare(full: Path, empty: Path, together: int) -> float:
    """Insert the rows of an archive into empty tables of the same form by bare ``sqlite3``; give the seconds."""
    source = sqlite3.connect(full)
    Archive(str(empty), create=True).close()
    target = sqlite3.connect(empty, isolation_level=None)
    for pragma in _PRAGMAS:
        target.execute(f"PRAGMA {pragma}")
    parts = _parts(source, together)
    began = time.perf_counter()
    for part in parts:
        target.execute("BEGIN IMMEDIATE")
        for statement, rows in part:
            target.executemany(statement, rows)
        target.execute("COMMIT")
    seconds = time.perf_counter() - began
    source.close()
    target.close()
    return seconds


Statements = list[tuple[str, list[tuple[Any, ...]]]]


def _parts(source: sqlite3.Connection, together: int) -> list[Statements]:
    """Part the rows of an archive, in the order in which they were written, among as many transactions."""
    count = source.execute("SELECT count(*) FROM document").fetchone()[0]
    parts: list[Statements] = [[] for _ in range(0, count, together)]

    def spread(statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        each = len(rows) / len(parts)
        for number, part in enumerate(parts):
            if some := rows[round(number * each) : round((number + 1) * each)]:
                part.append((statement, list(some)))

    for table, order in _TABLES.items():
        rows = source.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()  # noqa: S608 - tables of ours
        spread(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)  # noqa: S608 - likewise
    said = source.execute("SELECT id, words FROM attribution ORDER BY run, id").fetchall()
    spread("INSERT INTO attribution_words(rowid, words) VALUES (?, ?)", said)
    return parts


def _searches(file: Path, maker: Maker, attributions: int) -> dict[str, Searches]:
    with Archive(str(file), create=True) as archive:
        reports = maker.reports(attributions // ATTRIBUTIONS)
        while some := list(islice(reports, 1_000)):
            archive.add_annotated(some, together=1_000)
        bare = sqlite3.connect(file)
        bare.execute("PRAGMA cache_size=-65536")
        found = {kind: _timed(archive, bare, queries) for kind, queries in _queries(maker).items()}
        bare.close()
    return found


def _queries(maker: Maker) -> dict[str, list[Query]]:
    chance = random.Random(3)  # noqa: S311 - no secret hangs on it
    said = [maker.quotation().split() for _ in range(_QUERIES)]
    common = ["the", "and", "of", "to", *maker.words[:20]]
    return {
        "one word": [Query(words=chance.choice(words)) for words in said],
        "two words": [Query(words=f"{words[1]} {words[3]}") for words in said],
        "a phrase": [Query(words=f'"{words[4]} {words[5]} {words[6]}"') for words in said],
        "the beginning of a word": [Query(words=f"{words[3][:4]}*") for words in said],
        "a common word": [Query(words=chance.choice(common)) for _ in said],
        "one word, relevant": [Query(words=words[3], order="relevant") for words in said],
        "a common word, relevant": [Query(words=chance.choice(common), order="relevant") for _ in said],
        "a word in a month": [Query(words=words[0], since="2022-05", until="2022-05") for words in said],
        "a speaker": [Query(speaker=f"Speaker{chance.randrange(200)}") for _ in said],
        "a word of a speaker": [Query(words=words[0], speaker=f"Speaker{chance.randrange(50)}") for words in said],
        "a word in an outlet": [Query(words=words[0], outlet=f"Outlet {chance.randrange(20)}") for words in said],
    }


def _timed(archive: Archive, bare: sqlite3.Connection, queries: Sequence[Query]) -> Searches:
    ours = [_milliseconds(partial(archive.search, query, seconds=10)) for query in queries]
    theirs = [_milliseconds(partial(_asked, bare, query)) for query in queries]
    return Searches(
        round(statistics.median(ours), 1), round(_p95(ours), 1), round(max(ours), 1), round(_p95(theirs), 1)
    )


def _asked(bare: sqlite3.Connection, query: Query) -> None:
    """Ask the bare question: the ids by the words alone, the rows, and how many there are."""
    if not query.words:
        return
    words = (
        query.words
        if query.words.endswith("*") or '"' in query.words
        else " ".join(f'"{w}"' for w in query.words.split())
    )
    ids = [row[0] for row in bare.execute(_BEST if query.order == "relevant" else _NEWEST, (words,))]
    bare.execute(_ROWS % ",".join(map(str, ids))).fetchall()
    bare.execute(_COUNT, (words,)).fetchall()


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1_000


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]
