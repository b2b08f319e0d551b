"""The tables of an archive: one definition for SQLite and PostgreSQL.

Reads nothing; gives :data:`TABLES`. Ids are handed out by the one module that writes (:mod:`.keeping`), from the table
``counter``, in the transaction that uses them: no id is ever used twice, not even after an erasure.

An attribution's id and a document's ``position`` hold the day: ``day * 2**32 + n``, the day counted from 0001-01-01
(:mod:`.days`). So the newest stand last in every index, the index of words included; days are a range of ids, and the
place in a list of results is one number.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

FORMAT: Final = "0004"
"""The newest migration: the format of archive that this version writes."""
TABLES: Final = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_once",
        "fk": "%(table_name)s_%(column_0_name)s_of",
        "pk": "%(table_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s",
    }
)
_Number = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column[int]:
    return Column("id", _Number, primary_key=True, autoincrement=False)


def _of(table: str, name: str | None = None, *, null: bool = False, cascade: bool = False) -> Column[int]:
    key = ForeignKey(f"{table}.id", ondelete="CASCADE" if cascade else None)
    return Column(name or table, _Number, key, nullable=null)


counter = Table("counter", TABLES, Column("name", String, primary_key=True), Column("next", _Number, nullable=False))
"""What each kind of id goes on with."""

setting = Table("setting", TABLES, Column("name", String, primary_key=True), Column("value", LargeBinary))
"""What the archive was made with: the secret of its tombstones."""

text = Table(
    "text",
    TABLES,
    Column("sha256", LargeBinary, primary_key=True),
    Column("codec", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("chars", Integer, nullable=False),
)
"""Each text once, compressed, by the SHA-256 of its UTF-8. With row ids, because a table without them puts what is
longer than 2,000 bytes into pages of its own."""

outlet = Table("outlet", TABLES, _id(), Column("name", String, nullable=False, unique=True))

document = Table(
    "document",
    TABLES,
    _id(),
    Column("key", String, nullable=False, unique=True),
    _of("outlet", null=True),
    Column("kind", String, CheckConstraint("kind IN ('report', 'transcript')", name="kind"), nullable=False),
    Column("position", _Number, nullable=False, unique=True),
    Column("first_seen", String, nullable=False),
    Column("current", _Number, nullable=False),
    Column("indexed", _Number),
)
"""``key`` is the canonical address, else the caller's id; ``current`` the version, ``indexed`` the annotation run that
stand in the index; ``position`` holds its day."""

version = Table(
    "version",
    TABLES,
    _id(),
    _of("document", cascade=True),
    Column("number", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("text", LargeBinary, ForeignKey("text.sha256"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("title", String),
    Column("byline", String),
    Column("published", String),
    Column("published_from", String),
    Column("url", String),
    Column("seen", String, nullable=False),
    Column("form", LargeBinary),
    UniqueConstraint("document", "digest"),
    UniqueConstraint("document", "number"),
)
"""``digest`` is of text, title, byline and date, boilerplate aside; ``name`` the id under which it was read; ``form``
the blocks, cues and notes of reading."""

annotator = Table(
    "annotator",
    TABLES,
    _id(),
    Column("weights", LargeBinary, nullable=False),
    Column("code", String, nullable=False),
    Column("options", String, nullable=False),
    UniqueConstraint("weights", "code", "options"),
)
"""What annotated: the checksum of the weights' manifest, the version of onrecord, the options."""

annotation_run = Table(
    "annotation_run",
    TABLES,
    _id(),
    _of("version", cascade=True),
    _of("annotator"),
    Column("record", LargeBinary),
    Column("failure", String),
    Column("at", String, nullable=False),
    UniqueConstraint("version", "annotator"),
    Index(None, "annotator"),
)
"""What one annotator found in one version (positions only), or why it found nothing."""

speaker = Table(
    "speaker",
    TABLES,
    _id(),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),
    _of("speaker", "into_speaker", null=True),
)
"""Somebody who speaks in several documents; one that was merged is never deleted and leads to the other."""

name = Table(
    "name",
    TABLES,
    _id(),
    Column("folded", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    _of("speaker", null=True),
)
"""Each name under which somebody is quoted, ``folded`` without case and accents; ``speaker`` is whom the rule takes
those for who bear it."""

name_word = Table(
    "name_word",
    TABLES,
    Column("word", String, primary_key=True),
    Column("name", _Number, ForeignKey("name.id"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

mention = Table(
    "mention",
    TABLES,
    _id(),
    _of("annotation_run", "run", cascade=True),
    Column("local", String, nullable=False),
    _of("name"),
    Column("kind", String, nullable=False),
    Column("titles", String),
    _of("speaker", null=True),
    Column("linked_by", String, CheckConstraint("linked_by IN ('rule', 'person')", name="linked_by"), nullable=False),
    UniqueConstraint("run", "local"),
    Index(None, "name"),
    Index(None, "speaker"),
)
"""A speaker of one document, as annotated; ``speaker`` is whom a rule or a person takes him for."""

attribution = Table(
    "attribution",
    TABLES,
    _id(),
    _of("annotation_run", "run", cascade=True),
    Column("document", _Number, nullable=False),
    Column("outlet", _Number),
    Column("mention", _Number),
    Column("name", _Number),
    Column("speaker", _Number),
    Column("clear", Boolean, nullable=False),
    Column("local", String, nullable=False),
    Column("act", String, nullable=False),
    Column("form", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    Column("words", String, nullable=False),
    Index(None, "run"),
    Index("attribution_outlet", "outlet", "id"),
    Index("attribution_name", "name", "id"),
    Index("attribution_speaker", "speaker", "id"),
)
"""Rows of the current annotation of the current version only; ``clear`` says whether the speaker
is sure enough to be shown; ``words`` are those of the content, indexed."""

decision = Table(
    "decision",
    TABLES,
    _id(),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("what", String, nullable=False),
    Column("speaker", _Number, nullable=False),
    Column("other", _Number),
    Column("words", String),
    Column("was", String),
    Column("pairs", String, nullable=False),
    Column("undone", String),
)
"""What people decided about speakers, the first first; ``pairs`` are the documents' keys and the folded names that it
holds for, as JSON. See :mod:`.people`."""

assignment = Table(
    "assignment",
    TABLES,
    Column("key", String, primary_key=True),
    Column("folded", String, primary_key=True),
    Column("speaker", _Number, nullable=False),
    Column("decision", _Number, nullable=False),
    Index(None, "folded"),
)
"""Whom a name means in a document, or wherever it stands (``key`` is empty), by the decisions that stand."""

story = Table(
    "story",
    TABLES,
    _id(),
    Column("title", String),
    Column("opened", String, nullable=False),
)

story_member = Table(
    "story_member",
    TABLES,
    Column("document", _Number, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    _of("story", cascade=True),
    Index(None, "story"),
)
"""The documents that are compared as one story; a document is in one at most."""

story_revision = Table(
    "story_revision",
    TABLES,
    Column("story", _Number, ForeignKey("story.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("inputs", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", String, nullable=False),
)
"""Each comparison of a story; ``inputs`` are, as JSON, the documents with the versions and annotation runs that it
read, ``body`` what was found, without the texts. A number is never given twice."""

verdict = Table(
    "verdict",
    TABLES,
    Column("attribution", _Number, ForeignKey("attribution.id", ondelete="CASCADE"), primary_key=True),
    _of("story", cascade=True),
    Column("verdict", String),
    Column("contradicted", Boolean, nullable=False),
    Index(None, "story"),
    Index(None, "verdict"),
)
"""What the newest comparison of its story says of an attribution that is searched."""

change = Table(
    "change",
    TABLES,
    Column("seq", _Number, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("what", String, nullable=False),
    Column("id", _Number, nullable=False),
)
"""What happened, in the order of commits, written in the transaction that it tells of."""

watch = Table(
    "watch",
    TABLES,
    _id(),
    Column("name", String, nullable=False, unique=True),
    Column("query", String, nullable=False),
    Column("target", String, nullable=False),
    Column("secret", String, nullable=False),
    Column("cursor", _Number, nullable=False),
)
"""A stored query; ``cursor`` is the change up to which it was asked. See :mod:`.watching`."""

watch_hit = Table(
    "watch_hit",
    TABLES,
    _id(),
    _of("watch", cascade=True),
    _of("document", cascade=True),
    Column("subject", LargeBinary, nullable=False),
    Column("body", String, nullable=False),
    Column("at", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("due", String, nullable=False),
    Column("done", String),
    Column("because", String),
    UniqueConstraint("watch", "subject"),
    Index(None, "document"),
)
"""What a watch found, once; ``subject`` is the digest of what was said, ``body`` the hit as it was then."""

erasure = Table(
    "erasure",
    TABLES,
    _id(),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("because", String, nullable=False),
    Column("what", String, nullable=False),
    Column("hmac", LargeBinary, nullable=False, index=True),
)
"""A tombstone without text: keeps what was erased from coming back. ``hmac`` is of a key, or of a text's checksum."""

COUNTED: Final = (
    "outlet",
    "document",
    "version",
    "annotator",
    "annotation_run",
    "name",
    "speaker",
    "mention",
    "attribution",
    "decision",
    "story",
    "watch",
    "watch_hit",
    "change",
    "erasure",
)
"""The tables whose ids come from ``counter``; of ``attribution`` and positions it is the part below the day."""
