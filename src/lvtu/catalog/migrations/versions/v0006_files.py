"""Files that were sent as answers to surveys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "survey_files",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("survey_id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("response", sa.String(64), nullable=False),
        sa.Column("question", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=True),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("claimed", _TIME, nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_survey_files"),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_survey_files_survey_id", ondelete="CASCADE"),
    )
    op.create_index("ix_survey_files_survey_id_response", "survey_files", ["survey_id", "response"])
    op.create_index("ix_survey_files_claimed", "survey_files", ["claimed"])
