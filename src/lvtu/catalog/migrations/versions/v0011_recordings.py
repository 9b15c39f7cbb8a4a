"""Recordings of interviews."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "recordings",
        sa.Column("interview_id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("interview_id", name="pk_recordings"),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["documents.id"], name="fk_recordings_interview_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_recordings_workspace_id", "recordings", ["workspace_id"])
