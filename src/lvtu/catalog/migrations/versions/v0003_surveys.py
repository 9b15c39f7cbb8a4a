"""Surveys, their published versions, responses under way, and who was asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    _surveys()
    _responses()
    _invitations()


def _surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("link", sa.String(64), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("draft", _JSON, nullable=False),
        sa.Column("settings", _JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.Column("looked", _TIME, nullable=False),
        sa.Column("author", sa.String(36), nullable=True),
        sa.Column("editor", sa.String(36), nullable=True),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("updated", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_surveys"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_surveys_workspace_id_key"),
        sa.UniqueConstraint("link", name="uq_surveys_link"),
    )
    op.create_table(
        "survey_versions",
        sa.Column("survey_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("definition", _JSON, nullable=False),
        sa.Column("author", sa.String(36), nullable=True),
        sa.Column("created", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("survey_id", "number", name="pk_survey_versions"),
        _of_survey("survey_versions"),
    )


def _responses() -> None:
    op.create_table(
        "survey_responses",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("survey_id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("response", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("given", _JSON, nullable=True),
        sa.Column("invitation_id", sa.String(64), nullable=True),
        sa.Column("status", sa.String(16), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("editor", sa.String(36), nullable=True),
        sa.Column("started", _TIME, nullable=False),
        sa.Column("updated", _TIME, nullable=False),
        sa.Column("completed", _TIME, nullable=True),
        sa.Column("settled", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_survey_responses"),
        sa.UniqueConstraint("survey_id", "response", name="uq_survey_responses_survey_id_response"),
        _of_survey("survey_responses"),
    )
    op.create_index("ix_survey_responses_survey_id_state", "survey_responses", ["survey_id", "state"])
    op.create_index("ix_survey_responses_settled", "survey_responses", ["settled"])
    op.create_index("ix_survey_responses_invitation_id", "survey_responses", ["invitation_id"])


def _invitations() -> None:
    op.create_table(
        "survey_invitations",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("survey_id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("cause", sa.String(200), nullable=False),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("about", _JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("why", sa.String(32), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("due", _TIME, nullable=True),
        sa.Column("decided", _TIME, nullable=True),
        sa.Column("told", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_survey_invitations"),
        sa.UniqueConstraint("survey_id", "cause", name="uq_survey_invitations_survey_id_cause"),
        _of_survey("survey_invitations"),
    )
    op.create_index(
        "ix_survey_invitations_workspace_id_customer_decided", "survey_invitations",
        ["workspace_id", "customer", "decided"],
    )  # fmt: skip
    op.create_index("ix_survey_invitations_survey_id_id", "survey_invitations", ["survey_id", "id"])
    op.create_index("ix_survey_invitations_due", "survey_invitations", ["due"])


def _of_survey(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_survey_id"
    return sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=name, ondelete="CASCADE")
