"""Format 3: stories, each comparison of them, and what it says of what was said."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0003"
down_revision: Final = "0002"

_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of stories."""
    op.create_table(
        "story",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("opened", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="story_key"),
    )
    op.create_table(
        "story_member",
        sa.Column("document", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("story", _NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name="story_member_document_of", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name="story_member_story_of", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document", name="story_member_key"),
    )
    op.create_index("story_member_story", "story_member", ["story"])
    op.create_table(
        "story_revision",
        sa.Column("story", _NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name="story_revision_story_of", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story", "number", name="story_revision_key"),
    )
    _verdicts()
    op.execute("INSERT INTO counter (name, next) VALUES ('story', 1)")


def _verdicts() -> None:
    op.create_table(
        "verdict",
        sa.Column("attribution", _NUMBER, nullable=False),
        sa.Column("story", _NUMBER, nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("contradicted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["attribution"], ["attribution.id"], name="verdict_attribution_of", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story"], ["story.id"], name="verdict_story_of", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("attribution", name="verdict_key"),
    )
    op.create_index("verdict_story", "verdict", ["story"])
    op.create_index("verdict_verdict", "verdict", ["verdict"])


def downgrade() -> None:
    """Take the tables away; comparisons are made anew from the documents."""
    for table in ("verdict", "story_revision", "story_member", "story"):
        op.drop_table(table)
    op.execute("DELETE FROM counter WHERE name = 'story'")
