"""What people are to know of maps, and how these stood when they were last looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from lvtu.catalog.columns import Json

revision = "0008"
down_revision = "0007"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "map_notices",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("map_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("part", sa.String(16), nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("cells", Json, nullable=False),
        sa.Column("by_id", sa.String(36), nullable=True),
        sa.Column("comment_id", sa.String(36), nullable=True),
        sa.Column("review_id", sa.String(36), nullable=True),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("read", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_map_notices"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_map_notices_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["map_comments.id"], name="fk_map_notices_comment_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["review_id"], ["map_reviews.id"], name="fk_map_notices_review_id", ondelete="CASCADE"),
    )
    op.create_index("ix_map_notices_workspace_id_person_id_id", "map_notices", ["workspace_id", "person_id", "id"])
    op.create_index("ix_map_notices_workspace_id_map_id", "map_notices", ["workspace_id", "map_id"])
    op.create_index("ix_map_notices_comment_id", "map_notices", ["comment_id"])
    op.create_index("ix_map_notices_review_id", "map_notices", ["review_id"])
    op.create_table(
        "map_standings",
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("map_id", sa.String(36), nullable=False),
        sa.Column("looked", _TIME, nullable=False),
        sa.Column("live", sa.Integer(), nullable=False),
        sa.Column("cells", Json, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "map_id", name="pk_map_standings"),
    )
