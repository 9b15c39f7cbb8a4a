"""Who is on a map, what they type in, what they say about it, and whether they approve."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    _presence()
    _comments()
    _reviews()


def _presence() -> None:
    op.create_table(
        "map_presence",
        sa.Column("tab", sa.String(64), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("map_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("place", sa.String(400), nullable=False),
        sa.Column("seen", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("tab", name="pk_map_presence"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_map_presence_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_map_presence_workspace_id_map_id", "map_presence", ["workspace_id", "map_id"])
    op.create_index("ix_map_presence_seen", "map_presence", ["seen"])
    op.create_table(
        "map_locks",
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("map_id", sa.String(36), nullable=False),
        sa.Column("card", sa.String(200), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "map_id", "card", name="pk_map_locks"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_map_locks_person_id", ondelete="CASCADE"),
    )


def _comments() -> None:
    op.create_table(
        "map_comments",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("thread_id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("map_id", sa.String(36), nullable=False),
        sa.Column("part", sa.String(16), nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.String(36), nullable=True),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("edited", _TIME, nullable=True),
        sa.Column("resolved", _TIME, nullable=True),
        sa.Column("resolver_id", sa.String(36), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_map_comments"),
    )
    op.create_index(
        "ix_map_comments_workspace_id_map_id_thread_id", "map_comments", ["workspace_id", "map_id", "thread_id"]
    )
    op.create_table(
        "map_mentions",
        sa.Column("comment_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("read", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("comment_id", "person_id", name="pk_map_mentions"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["map_comments.id"], name="fk_map_mentions_comment_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_map_mentions_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_map_mentions_person_id", "map_mentions", ["person_id"])


def _reviews() -> None:
    op.create_table(
        "map_reviews",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("map_id", sa.String(36), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author", sa.String(36), nullable=True),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_map_reviews"),
    )
    op.create_index("ix_map_reviews_workspace_id_map_id_id", "map_reviews", ["workspace_id", "map_id", "id"])
    op.create_table(
        "map_verdicts",
        sa.Column("review_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("review_id", "person_id", name="pk_map_verdicts"),
        sa.ForeignKeyConstraint(
            ["review_id"], ["map_reviews.id"], name="fk_map_verdicts_review_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_map_verdicts_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_map_verdicts_person_id", "map_verdicts", ["person_id"])
