"""Keeps documents: with the versions, the texts once, what was found, the index, and the log of changes.

This module and :mod:`.erasing` are the only ones that write. A call of :func:`keep` runs in one transaction (see
:func:`~onrecord.archive.engine.writing`): each document is kept whole or not at all, and one that is kept already
changes nothing. Writers come one after the other, so that ids can be taken from ``counter`` and rows inserted many at a
time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from onrecord.archive import keys, schema, tombstones, word_index
from onrecord.archive.days import dated, day_number
from onrecord.archive.landing import Landing, Place
from onrecord.archive.preparing import Prepared, sound
from onrecord.archive.stored import text_of

What = Literal["added", "new-version", "annotated", "unchanged", "refused", "failed"]
ALIKE: Final = 0.25
"""Two texts under one id that is no address are versions of one document from this share of common words on."""


_KNOWN: Final = (
    select(schema.document, schema.version.c.digest, schema.version.c.number)
    .join(schema.version, schema.version.c.document == schema.document.c.id)
    .where(schema.document.c.key.in_(bindparam("keys", expanding=True)))
)


class Kept(NamedTuple):
    """What became of one document: its key and id (where it has one), its version's number, and why not, if refused."""

    key: str
    what: What
    document: int | None = None
    version: int | None = None
    because: str | None = None


class _Known(NamedTuple):
    """A document as the archive has it, and its versions' numbers by digest."""

    id: int
    outlet: int | None
    position: int
    current: int
    indexed: int | None
    digests: dict[bytes, int]


def keep(connection: Connection, documents: Sequence[Prepared], now: str) -> list[Kept]:
    """Keep documents, in order, and say what became of each; ``now`` is the time in ISO 8601."""
    kept: list[Kept] = []
    for round_of in _rounds(documents):
        known = _known(connection, [each.key for each in round_of])
        erased = tombstones.erased(connection, round_of)
        landing = Landing(connection, now, round_of)
        kept += [_one(landing, each, known.get(each.key), erased.get(each.key)) for each in round_of]
        landing.write()
    return kept


def _rounds(documents: Sequence[Prepared]) -> Iterator[list[Prepared]]:
    """Part documents where a key comes again, whose second version must find the first."""
    part: list[Prepared] = []
    seen: set[str] = set()
    for each in documents:
        if each.key in seen:
            yield part
            part, seen = [], set()
        part.append(each)
        seen.add(each.key)
    if part:
        yield part


def known_digests(connection: Connection, found: Sequence[tuple[str, bytes]]) -> set[tuple[str, bytes]]:
    """Return which of these versions, each by its document's key and its digest, are kept already."""
    known = _known(connection, [key for key, _ in found])
    return {(key, digest) for key, digest in found if key in known and digest in known[key].digests}


def _known(connection: Connection, wanted: Sequence[str]) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    for row in connection.execute(_KNOWN, {"keys": sorted(set(wanted))}):
        one = known.setdefault(row.key, _Known(row.id, row.outlet, row.position, row.current, row.indexed, {}))
        one.digests[row.digest] = row.number
    return known


def would_keep(connection: Connection, documents: Sequence[Prepared]) -> list[Kept]:
    """Say what :func:`keep` would do with documents; their annotations do not matter."""
    seen: dict[str, dict[bytes, int]] = {}
    known = _known(connection, [each.key for each in documents])
    erased = tombstones.erased(connection, documents)
    result = []
    for each in documents:
        there = known.get(each.key)
        digests = seen.setdefault(each.key, dict(there.digests) if there is not None else {})
        new = each.digest not in digests
        because = erased.get(each.key) or (_another(connection, each, there) if new else None)
        what: What = "refused" if because else "unchanged" if not new else "new-version" if digests else "added"
        number = None if because else digests.setdefault(each.digest, len(digests) + 1)
        result.append(Kept(each.key, what, there.id if there is not None else None, number, because))
    return result


def _another(connection: Connection, new: Prepared, known: _Known | None) -> str | None:
    """Say that a text under a known id is another document's; an address is trusted."""
    if known is None or keys.is_address(new.key):
        return None
    old = text_of(connection, known.current)
    if keys.alike(old, new.document.text) >= ALIKE:
        return None
    return f"{new.key} is another document in the archive: give each an id or an address of its own."


def _one(landing: Landing, new: Prepared, known: _Known | None, because: str | None) -> Kept:
    if because is not None:
        return Kept(new.key, "refused", because=because)
    if known is None:
        document = landing.take("document")
        position = _add_version(landing, new, document, 1)
        landing.rows["document"].append(
            {
                "id": document,
                "key": new.key,
                "outlet": landing.outlet(new.outlet),
                "kind": new.document.kind,
                "position": position,
                "first_seen": landing.now,
                "current": landing.last["version"],
                "indexed": landing.last["annotation_run"] if new.run is not None else None,
            }
        )
        landing.changed("document-added", document)
        return Kept(new.key, "added", document, 1)
    if new.digest in known.digests:
        return Kept(new.key, "unchanged", known.id, known.digests[new.digest])
    return _next_version(landing, new, known)


def _next_version(landing: Landing, new: Prepared, known: _Known) -> Kept:
    if because := _another(landing.connection, new, known):
        return Kept(new.key, "refused", because=because)
    number = max(known.digests.values()) + 1
    drop_indexed(landing.connection, known.indexed)
    position = _add_version(landing, new, known.id, number)
    landing.connection.execute(
        update(schema.document)
        .where(schema.document.c.id == known.id)
        .values(
            position=position,
            outlet=landing.outlet(new.outlet) or known.outlet,
            current=landing.last["version"],
            indexed=landing.last["annotation_run"] if new.run is not None else None,
        )
    )
    landing.changed("version-added", known.id)
    return Kept(new.key, "new-version", known.id, number)


def _add_version(landing: Landing, new: Prepared, document: int, number: int) -> int:
    """Add a version with its text, its words and what was found; give the document's position in the index."""
    given = new.document
    published = given.published
    landing.text(new)
    version = landing.take("version")
    landing.rows["version"].append(
        {
            "id": version,
            "document": document,
            "number": number,
            "digest": new.digest,
            "text": new.checksum,
            "name": sound(given.id),
            "title": given.title and sound(given.title),
            "byline": given.byline and sound(given.byline),
            "published": published.value if published is not None else None,
            "published_from": published.origin if published is not None else None,
            "url": given.url and sound(given.url),
            "seen": landing.now,
            "form": new.form,
        }
    )
    found = new.run.day if new.run is not None else None
    day = day_number(found or (published.value if published is not None else None), landing.now)
    position = dated(day, document)
    if new.run is not None:
        landing.run(new.run, version, Place(document, new.key), landing.outlet(new.outlet), day)
    return position


def drop_indexed(connection: Connection, run: int | None) -> None:
    """Take the attributions of an annotation run out of the index and their table; the run itself stays."""
    if run is not None:
        word_index.drop(connection, run)
        connection.execute(schema.attribution.delete().where(schema.attribution.c.run == run))
