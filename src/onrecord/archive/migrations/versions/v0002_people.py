"""Format 2: what people decide about speakers."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"

_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of decisions and of what they say."""
    op.create_table(
        "decision",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("speaker", _NUMBER, nullable=False),
        sa.Column("other", _NUMBER, nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("was", sa.String(), nullable=True),
        sa.Column("pairs", sa.String(), nullable=False),
        sa.Column("undone", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="decision_key"),
    )
    op.create_table(
        "assignment",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("speaker", _NUMBER, nullable=False),
        sa.Column("decision", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("key", "folded", name="assignment_key"),
    )
    op.create_index("assignment_folded", "assignment", ["folded"])
    op.execute("INSERT INTO counter (name, next) VALUES ('decision', 1)")


def downgrade() -> None:
    """Take the tables away; refused where somebody has decided something."""
    if op.get_bind().execute(sa.text("SELECT count(*) FROM decision")).scalar():
        raise NotImplementedError("What people decided would be lost: undo it first.")
    op.drop_table("assignment")
    op.drop_table("decision")
    op.execute("DELETE FROM counter WHERE name = 'decision'")
