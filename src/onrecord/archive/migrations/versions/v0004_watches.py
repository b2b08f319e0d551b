"""Format 4: watches, and what they found."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0004"
down_revision: Final = "0003"

_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of watches."""
    op.create_table(
        "watch",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("cursor", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="watch_key"),
        sa.UniqueConstraint("name", name="watch_name_once"),
    )
    op.create_table(
        "watch_hit",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("watch", _NUMBER, nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("done", sa.String(), nullable=True),
        sa.Column("because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="watch_hit_document_of", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["watch"], ["watch.id"], name="watch_hit_watch_of", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="watch_hit_key"),
        sa.UniqueConstraint("watch", "subject", name="watch_hit_watch_subject_once"),
    )
    op.create_index("watch_hit_document", "watch_hit", ["document"])
    for name in ("watch", "watch_hit"):
        op.execute(sa.text("INSERT INTO counter (name, next) VALUES (:name, 1)").bindparams(name=name))


def downgrade() -> None:
    """Take the tables away; refused where somebody watches for something."""
    if op.get_bind().execute(sa.text("SELECT count(*) FROM watch")).scalar():
        raise NotImplementedError("Watches would be lost: remove them first.")
    op.drop_table("watch_hit")
    op.drop_table("watch")
    op.execute("DELETE FROM counter WHERE name IN ('watch', 'watch_hit')")
