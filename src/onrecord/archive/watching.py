"""Watches: stored queries that are asked of what is new in the log of changes.

What was said is found once by a watch, however often it is annotated anew: a find is known by the document's key, the
words and the speaker's name, and not by a row. Finds are kept in the transaction that moves the watch on, and are
delivered from there, at least once: one that cannot be delivered is tried again, at longer and longer intervals.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from onrecord.archive import schema, searching
from onrecord.archive.hits import Hit, hits_of
from onrecord.archive.keys import fold
from onrecord.archive.landing import Landing
from onrecord.archive.query import Query, read_words
from onrecord.errors import UsageError

NEWS: Final = ("document-added", "version-added", "annotated")
"""The changes that may bring something to find."""
LONGEST: Final = timedelta(hours=24)
_AT_ONCE: Final = 500


class Watch(msgspec.Struct, frozen=True):
    """A stored query: where its finds go, the secret that signs them, and up to which change it has asked."""

    id: int
    name: str
    query: Query
    target: str
    secret: str
    cursor: int
    waiting: int = 0


class Find(NamedTuple):
    """Something that a watch found: its number, since when, and the hit as it was then."""

    id: int
    at: str
    hit: Hit
    tries: int


def add(connection: Connection, name: str, query: Query, target: str, now: str, *, past: bool = False) -> Watch:
    """Add a watch, which begins with what comes from now on, or with the ``past``.

    Raises UsageError where the name is taken, or the query cannot be read.
    """
    read_words(query.words)
    table = schema.watch
    if connection.execute(select(table.c.id).where(table.c.name == name)).first() is not None:
        raise UsageError(f"There is a watch called {name}: choose another name, or remove it first.")
    last = connection.execute(select(func.max(schema.change.c.seq))).scalar() or 0
    landing = Landing(connection, now)
    number = landing.take("watch")
    landing.write()
    made = Watch(number, name, query, target, secrets.token_hex(32), 0 if past else last)
    row = {"id": number, "name": name, "query": msgspec.json.encode(query).decode(), "target": target}
    connection.execute(insert(table), {**row, "secret": made.secret, "cursor": made.cursor})
    return made


def remove(connection: Connection, name: str) -> None:
    """Remove a watch with what it found; raises UsageError where there is none."""
    table = schema.watch
    if not connection.execute(delete(table).where(table.c.name == name)).rowcount:
        raise UsageError(f"There is no watch called {name}.")


def watches(connection: Connection) -> list[Watch]:
    """List the watches, each with how many finds wait for delivery."""
    table, found = schema.watch, schema.watch_hit
    waiting = select(func.count()).where(found.c.watch == table.c.id, found.c.done.is_(None)).scalar_subquery()
    return [
        Watch(
            row.id,
            row.name,
            msgspec.json.decode(row.query, type=Query),
            row.target,
            row.secret,
            row.cursor,
            row.waiting,
        )
        for row in connection.execute(select(table, waiting.label("waiting")).order_by(table.c.id))
    ]


def ask(connection: Connection, watch: Watch, now: str) -> int:
    """Ask a watch's query of what has changed since it was asked last, keep what is new, and give how much that is."""
    change = schema.change
    last = connection.execute(select(func.max(change.c.seq))).scalar() or 0
    news = select(change.c.id).where(change.c.seq > watch.cursor, change.c.seq <= last, change.c.what.in_(NEWS))
    documents = sorted(set(connection.execute(news).scalars()))
    found = 0
    for part in range(0, len(documents), _AT_ONCE):
        found += _keep(connection, watch, _found(connection, watch.query, documents[part : part + _AT_ONCE]), now)
    connection.execute(update(schema.watch).where(schema.watch.c.id == watch.id).values(cursor=last))
    return found


def _found(connection: Connection, query: Query, documents: Sequence[int]) -> Sequence[Hit]:
    chosen = searching.chosen(connection, query, read_words(query.words), documents)
    return hits_of(connection, sorted(connection.execute(chosen).scalars()))


def _keep(connection: Connection, watch: Watch, hits: Sequence[Hit], now: str) -> int:
    table = schema.watch_hit
    asked = {subject(hit): hit for hit in reversed(hits)}
    known = select(table.c.subject).where(table.c.watch == watch.id, table.c.subject.in_(asked))
    there = set(connection.execute(known).scalars())
    landing = Landing(connection, now)
    rows = [
        {
            "id": landing.take("watch_hit"),
            "watch": watch.id,
            "document": hit.document,
            "subject": digest,
            "body": msgspec.json.encode(hit).decode(),
            "at": now,
            "tries": 0,
            "due": now,
        }
        for digest, hit in asked.items()
        if digest not in there
    ]
    landing.write()
    if rows:
        connection.execute(insert(table), rows)
    return len(rows)


def subject(hit: Hit) -> bytes:
    """Give the digest of what was said: where, in which words, by whom."""
    return hashlib.sha256("\x1f".join((hit.key, fold(hit.words), fold(hit.speaker or ""))).encode()).digest()


def waiting(connection: Connection, watch: Watch, now: str, limit: int = 100) -> list[Find]:
    """List the finds that are due for delivery, the oldest first."""
    table = schema.watch_hit
    asked = select(table).where(table.c.watch == watch.id, table.c.done.is_(None), table.c.due <= now)
    return [_find(row) for row in connection.execute(asked.order_by(table.c.id).limit(limit))]


def newest(connection: Connection, watch: Watch, limit: int = 100) -> list[Find]:
    """List what a watch found last, delivered or not, the newest first."""
    table = schema.watch_hit
    asked = select(table).where(table.c.watch == watch.id).order_by(table.c.id.desc()).limit(limit)
    return [_find(row) for row in connection.execute(asked)]


def _find(row: Any) -> Find:
    return Find(row.id, row.at, msgspec.json.decode(row.body, type=Hit), row.tries)


def delivered(connection: Connection, finds: Sequence[Find], now: str) -> None:
    """Note that finds were delivered."""
    table = schema.watch_hit
    connection.execute(update(table).where(table.c.id.in_([each.id for each in finds])).values(done=now, because=None))


def failed(connection: Connection, finds: Sequence[Find], because: str, now: str) -> None:
    """Note that finds could not be delivered, why, and when they are tried again: after 1, 2, 4, … minutes, a day."""
    table = schema.watch_hit
    for each in finds:
        wait = min(timedelta(minutes=2 ** min(each.tries, 20)), LONGEST)
        due = (datetime.fromisoformat(now) + wait).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        values = {"tries": each.tries + 1, "due": due, "because": because[:500]}
        connection.execute(update(table).where(table.c.id == each.id).values(**values))
