"""Format 1: documents, versions, annotations, names, the index of words, the log of changes, tombstones."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None

_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TOKENS: Final = "tokenize='porter unicode61 remove_diacritics 2'"
_INDEX: Final = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE attribution_words USING fts5(words, content=attribution, content_rowid=id, {_TOKENS})",
    ),
    "postgresql": (
        "CREATE TEXT SEARCH DICTIONARY onrecord_stem (TEMPLATE = snowball, LANGUAGE = english)",
        "CREATE TEXT SEARCH CONFIGURATION onrecord (COPY = pg_catalog.english)",
        "ALTER TEXT SEARCH CONFIGURATION onrecord ALTER MAPPING FOR asciiword, word WITH onrecord_stem",
        "CREATE TABLE attribution_words (id BIGINT PRIMARY KEY, search TSVECTOR NOT NULL)",
        "CREATE INDEX attribution_words_search ON attribution_words USING gin (search)",
    ),
}
_COUNTED: Final = (
    "outlet document version annotator annotation_run name speaker mention attribution change erasure".split()
)


def upgrade() -> None:
    """Make the tables, the index of words, and the counters."""
    _tables()
    for statement in _INDEX[op.get_context().dialect.name]:
        op.execute(statement)
    for name in _COUNTED:
        op.execute(sa.text("INSERT INTO counter (name, next) VALUES (:name, 1)").bindparams(name=name))


def downgrade() -> None:
    """Refuse: nothing stands before the first format."""
    raise NotImplementedError("There is no format before the first: delete the archive instead.")


def _tables() -> None:
    op.create_table(
        "annotator",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("options", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="annotator_key"),
        sa.UniqueConstraint("weights", "code", "options", name="annotator_weights_code_options_once"),
    )
    op.create_table(
        "change",
        sa.Column("seq", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("id", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="change_key"),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("next", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("name", name="counter_key"),
    )
    op.create_table(
        "erasure",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("hmac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="erasure_key"),
    )
    op.create_index("erasure_hmac", "erasure", ["hmac"], unique=False)
    op.create_table(
        "outlet",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="outlet_key"),
        sa.UniqueConstraint("name", name="outlet_name_once"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="setting_key"),
    )
    op.create_table(
        "speaker",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("into_speaker", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["into_speaker"], ["speaker.id"], name="speaker_into_speaker_of"),
        sa.PrimaryKeyConstraint("id", name="speaker_key"),
    )
    op.create_table(
        "text",
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("codec", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("chars", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="text_key"),
    )
    op.create_table(
        "document",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("outlet", _NUMBER, nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", _NUMBER, nullable=False),
        sa.Column("first_seen", sa.String(), nullable=False),
        sa.Column("current", _NUMBER, nullable=False),
        sa.Column("indexed", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["outlet"], ["outlet.id"], name="document_outlet_of"),
        sa.PrimaryKeyConstraint("id", name="document_key"),
        sa.UniqueConstraint("key", name="document_key_once"),
        sa.UniqueConstraint("position", name="document_position_once"),
    )
    op.create_table(
        "name",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("speaker", _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["speaker"], ["speaker.id"], name="name_speaker_of"),
        sa.PrimaryKeyConstraint("id", name="name_key"),
        sa.UniqueConstraint("folded", name="name_folded_once"),
    )
    op.create_table(
        "name_word",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("name", _NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["name"], ["name.id"], name="name_word_name_of"),
        sa.PrimaryKeyConstraint("word", "name", name="name_word_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("name_word_name", "name_word", ["name"], unique=False)
    op.create_table(
        "version",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("byline", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("published_from", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("form", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="version_document_of", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["text"], ["text.sha256"], name="version_text_of"),
        sa.PrimaryKeyConstraint("id", name="version_key"),
        sa.UniqueConstraint("document", "digest", name="version_document_digest_once"),
        sa.UniqueConstraint("document", "number", name="version_document_number_once"),
    )
    op.create_index("version_text", "version", ["text"], unique=False)
    op.create_table(
        "annotation_run",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("version", _NUMBER, nullable=False),
        sa.Column("annotator", _NUMBER, nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["annotator"], ["annotator.id"], name="annotation_run_annotator_of"),
        sa.ForeignKeyConstraint(["version"], ["version.id"], name="annotation_run_version_of", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="annotation_run_key"),
        sa.UniqueConstraint("version", "annotator", name="annotation_run_version_annotator_once"),
    )
    op.create_index("annotation_run_annotator", "annotation_run", ["annotator"], unique=False)
    op.create_table(
        "attribution",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("run", _NUMBER, nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("outlet", _NUMBER, nullable=True),
        sa.Column("mention", _NUMBER, nullable=True),
        sa.Column("name", _NUMBER, nullable=True),
        sa.Column("speaker", _NUMBER, nullable=True),
        sa.Column("clear", sa.Boolean(), nullable=False),
        sa.Column("local", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("sentence_start", sa.Integer(), nullable=False),
        sa.Column("sentence_end", sa.Integer(), nullable=False),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["annotation_run.id"], name="attribution_run_of", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="attribution_key"),
    )
    op.create_index("attribution_name", "attribution", ["name", "id"], unique=False)
    op.create_index("attribution_outlet", "attribution", ["outlet", "id"], unique=False)
    op.create_index("attribution_run", "attribution", ["run"], unique=False)
    op.create_index("attribution_speaker", "attribution", ["speaker", "id"], unique=False)
    op.create_table(
        "mention",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("run", _NUMBER, nullable=False),
        sa.Column("local", sa.String(), nullable=False),
        sa.Column("name", _NUMBER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("titles", sa.String(), nullable=True),
        sa.Column("speaker", _NUMBER, nullable=True),
        sa.Column("linked_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["name"], ["name.id"], name="mention_name_of"),
        sa.ForeignKeyConstraint(["run"], ["annotation_run.id"], name="mention_run_of", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker"], ["speaker.id"], name="mention_speaker_of"),
        sa.PrimaryKeyConstraint("id", name="mention_key"),
        sa.UniqueConstraint("run", "local", name="mention_run_local_once"),
    )
    op.create_index("mention_name", "mention", ["name"], unique=False)
    op.create_index("mention_speaker", "mention", ["speaker"], unique=False)
