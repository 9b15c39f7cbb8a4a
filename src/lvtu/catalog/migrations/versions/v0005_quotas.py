"""Which complete responses count for which quota of a survey."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "survey_quotas",
        sa.Column("survey_id", sa.String(36), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("response", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("survey_id", "key", "response", name="pk_survey_quotas"),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["surveys.id"], name="fk_survey_quotas_survey_id", ondelete="CASCADE"
        ),
    )  # fmt: skip
