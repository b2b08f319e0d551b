"""What one transaction is about to add: rows by table, ids, names; written many at a time, in the order of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from onrecord.archive import blobs, schema, word_index
from onrecord.archive.days import dated
from onrecord.archive.preparing import Annotator, Named, Prepared, Quoted, Run

_ORDER: Final = (
    "outlet",
    "text",
    "document",
    "version",
    "annotator",
    "annotation_run",
    "speaker",
    "name",
    "name_word",
    "mention",
    "attribution",
    "change",
)
_AT_ONCE: Final = 5_000  # values of one question; SQLite takes 32,766
_LINKED: Final = frozenset({"person", "organisation"})

# Statements are made once: to make one takes longer than SQLite needs to run it.
_INSERTS: Final = {table: insert(schema.TABLES.tables[table]) for table in _ORDER}
_COMPILED: Final[dict[tuple[str, str, tuple[str, ...]], str]] = {}
_COUNTERS: Final = select(schema.counter)
_COUNT_ON: Final = (
    update(schema.counter).where(schema.counter.c.name == bindparam("of")).values(next=bindparam("following"))
)
_OUTLET: Final = select(schema.outlet.c.id).where(schema.outlet.c.name == bindparam("name"))
_TEXTS: Final = select(schema.text.c.sha256).where(schema.text.c.sha256.in_(bindparam("sums", expanding=True)))
_NAMES: Final = select(schema.name).where(schema.name.c.folded.in_(bindparam("folded", expanding=True)))
_DECIDED: Final = select(schema.assignment.c.key).limit(1)
_ASSIGNED: Final = select(schema.assignment).where(schema.assignment.c.folded.in_(bindparam("folded", expanding=True)))
_ANNOTATOR: Final = select(schema.annotator.c.id).where(
    schema.annotator.c.weights == bindparam("weights"),
    schema.annotator.c.code == bindparam("code"),
    schema.annotator.c.options == bindparam("options"),
)


class Place(NamedTuple):
    """A document by its id and its key, which decisions name."""

    id: int
    key: str


class Landing:
    """Collects what is to be added; :meth:`write` adds it."""

    def __init__(self, connection: Connection, now: str, documents: Sequence[Prepared] = ()) -> None:
        """Begin with the counters as they stand, and look up what the documents have in common with the archive."""
        self.connection, self.now = connection, now
        self.rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _ORDER}
        self.last: dict[str, int] = {}
        self._next: dict[str, int] = {row.name: row.next for row in connection.execute(_COUNTERS)}
        self._began = dict(self._next)
        self._outlets: dict[str, int] = {}
        sums = [each.checksum for each in documents]
        self._texts: set[bytes] = set(connection.execute(_TEXTS, {"sums": sums}).scalars()) if sums else set()
        self._decided = connection.execute(_DECIDED).first() is not None
        self._assigned: dict[tuple[str, str], int] = {}
        self._asked: set[str] = set()
        self._names: dict[str, tuple[int, int | None]] = {}
        self._annotators: dict[Annotator, int] = {}
        self._look_up({name.folded for each in documents if each.run is not None for name in each.run.names})

    def take(self, table: str) -> int:
        """Take the next id of a table."""
        number = self._next[table]
        self._next[table] += 1
        self.last[table] = number
        return number

    def changed(self, what: str, number: int) -> None:
        """Add to the log of changes."""
        self.rows["change"].append({"seq": self.take("change"), "at": self.now, "what": what, "id": number})

    def outlet(self, name: str | None) -> int | None:
        """Give the id of an outlet, which is added where it is new."""
        if name is None:
            return None
        if name not in self._outlets:
            found = self.connection.execute(_OUTLET, {"name": name}).scalar()
            if found is None:
                found = self.take("outlet")
                self.rows["outlet"].append({"id": found, "name": name})
            self._outlets[name] = found
        return self._outlets[name]

    def text(self, new: Prepared) -> None:
        """Add a text, unless it is kept already."""
        if new.checksum not in self._texts:
            self._texts.add(new.checksum)
            row = {"sha256": new.checksum, "codec": blobs.CODEC, "body": new.body, "chars": len(new.document.text)}
            self.rows["text"].append(row)

    def annotator(self, annotator: Annotator) -> int:
        """Give the id of an annotator, which is added where it is new."""
        if annotator not in self._annotators:
            found = self.connection.execute(_ANNOTATOR, annotator._asdict()).scalar()
            if found is None:
                found = self.take("annotator")
                self.rows["annotator"].append({"id": found, **annotator._asdict()})
            self._annotators[annotator] = found
        return self._annotators[annotator]

    def run(self, run: Run, version: int, document: Place, outlet: int | None, day: int) -> int:
        """Add what one annotator found in a version, and index it."""
        number = self.take("annotation_run")
        row = {"id": number, "version": version, "annotator": self.annotator(run.annotator), "at": self.now}
        self.rows["annotation_run"].append({**row, "record": run.record, "failure": run.failure})
        self.index(run, number, document, outlet, day)
        return number

    def index(self, run: Run, number: int, document: Place, outlet: int | None, day: int) -> None:
        """Add the rows by which what was found is searched."""
        self._look_up({each.folded for each in run.names})
        mentions = {each.local: self._mention(each, number, document.key) for each in run.names}
        for each in run.quoted:
            mention, name, speaker = mentions.get(each.speaker or "", (None, None, None))
            found = {"run": number, "document": document.id, "outlet": outlet}
            who = {"mention": mention, "name": name, "speaker": speaker}
            place = dated(day, self.take("attribution"))
            self.rows["attribution"].append({"id": place, **found, **who, **_columns(each)})

    def _look_up(self, folded: set[str]) -> None:
        new = sorted(folded - self._names.keys() - self._asked)
        self._asked.update(new)
        for part in range(0, len(new), _AT_ONCE):
            for row in self.connection.execute(_NAMES, {"folded": new[part : part + _AT_ONCE]}):
                self._names[row.folded] = row.id, row.speaker
            if self._decided:
                for row in self.connection.execute(_ASSIGNED, {"folded": new[part : part + _AT_ONCE]}):
                    self._assigned[row.key, row.folded] = row.speaker

    def _mention(self, each: Named, run: int, key: str) -> tuple[int, int, int | None]:
        if each.folded not in self._names:
            self._names[each.folded] = self._new_name(each)
        name, speaker = self._names[each.folded]
        decided = self._assigned.get((key, each.folded)) or self._assigned.get(("", each.folded))
        by, speaker = ("rule", speaker) if decided is None else ("person", decided)
        number = self.take("mention")
        said = {"id": number, "run": run, "local": each.local, "kind": each.kind, "titles": each.titles}
        self.rows["mention"].append({**said, "name": name, "speaker": speaker, "linked_by": by})
        return number, name, speaker

    def _new_name(self, each: Named) -> tuple[int, int | None]:
        words = each.folded.split()
        speaker = None
        if each.kind in _LINKED and len(words) > 1:
            speaker = self.take("speaker")
            self.rows["speaker"].append({"id": speaker, "name": each.name, "kind": each.kind})
        name = self.take("name")
        self.rows["name"].append({"id": name, "folded": each.folded, "name": each.name, "speaker": speaker})
        self.rows["name_word"] += [{"word": word, "name": name} for word in sorted(set(words))]
        return name, speaker

    def write(self) -> None:
        """Add all of it, and move the counters on."""
        for table in _ORDER:
            if rows := self.rows[table]:
                _insert(self.connection, table, rows)
        word_index.add(self.connection, [(row["id"], row["words"]) for row in self.rows["attribution"]])
        moved = [{"of": name, "following": n} for name, n in self._next.items() if n != self._began[name]]
        if moved:
            self.connection.execute(_COUNT_ON, moved)


def _insert(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows by the driver itself, in the words that SQLAlchemy compiles once; all rows have the same columns."""
    columns = tuple(each.name for each in schema.TABLES.tables[table].c if each.name in rows[0])
    key = connection.dialect.name, table, columns
    if key not in _COMPILED:
        statement = _INSERTS[table].values({name: bindparam(name) for name in columns})
        _COMPILED[key] = str(statement.compile(dialect=connection.dialect))
    if connection.dialect.positional:
        connection.exec_driver_sql(_COMPILED[key], [tuple([row[name] for name in columns]) for row in rows])
    else:
        connection.exec_driver_sql(_COMPILED[key], list(rows))


def _columns(each: Quoted) -> dict[str, Any]:
    return {
        "local": each.local,
        "clear": each.clear,
        "act": each.act,
        "form": each.form,
        "start": each.extent.start,
        "end": each.extent.end,
        "sentence_start": each.sentence.start,
        "sentence_end": each.sentence.end,
        "cue_start": each.cue.start if each.cue is not None else None,
        "cue_end": each.cue.end if each.cue is not None else None,
        "words": each.words,
    }
