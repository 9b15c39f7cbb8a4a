"""Pieces of feedback get a life of their own: what became of them, what was done, and who votes for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from lvtu.catalog.ids import new_link

revision = "0004"
down_revision = "0003"

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_TIME = sa.DateTime(timezone=True)
_MOVED = ("status", "reply", "editor")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("survey_id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("owner", sa.String(36), nullable=True),
        sa.Column("answer", _JSON, nullable=True),
        sa.Column("public", _JSON, nullable=True),
        sa.Column("public_id", sa.String(64), nullable=True),
        sa.Column("merged_into", sa.String(36), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("updated", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("token", name="uq_feedback_token"),
        sa.UniqueConstraint("public_id", name="uq_feedback_public_id"),
        sa.ForeignKeyConstraint(["id"], ["survey_responses.id"], name="fk_feedback_id", ondelete="CASCADE"),
    )
    op.create_index("ix_feedback_workspace_id_id", "feedback", ["workspace_id", "id"])
    op.create_index("ix_feedback_survey_id_public_id", "feedback", ["survey_id", "public_id"])
    op.create_index("ix_feedback_merged_into", "feedback", ["merged_into"])
    op.create_table(
        "feedback_changes",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("feedback_id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("person_id", sa.String(36), nullable=True),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("body", _JSON, nullable=False),
        sa.Column("told", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_feedback_changes"),
        _of_feedback("feedback_changes"),
    )
    op.create_index("ix_feedback_changes_feedback_id", "feedback_changes", ["feedback_id"])
    op.create_index("ix_feedback_changes_told", "feedback_changes", ["told"])
    op.create_table(
        "feedback_votes",
        sa.Column("feedback_id", sa.String(36), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("feedback_id", "mark", name="pk_feedback_votes"),
        _of_feedback("feedback_votes"),
    )
    _move()
    for name in _MOVED:
        op.drop_column("survey_responses", name)


def _of_feedback(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_feedback_id"
    return sa.ForeignKeyConstraint(["feedback_id"], ["feedback.id"], name=name, ondelete="CASCADE")


def _move() -> None:
    """What was decided stays decided; pieces that nobody has decided on are new."""
    old = sa.table(
        "survey_responses", *(sa.column(name) for name in ("id", "survey_id", "workspace_id", "language")),
        sa.column("given", _JSON), *(sa.column(name) for name in _MOVED), sa.column("completed", _TIME),
    )  # fmt: skip
    new = sa.table(
        "feedback", *(sa.column(name) for name in ("id", "survey_id", "workspace_id", "token", "kind", "status")),
        sa.column("answer", _JSON), sa.column("version"), sa.column("created", _TIME), sa.column("updated", _TIME),
    )  # fmt: skip
    connection = op.get_bind()
    rows = connection.execute(sa.select(old).where(old.c.status.is_not(None), old.c.completed.is_not(None))).mappings()
    for row in rows.all():
        kind = ((row["given"] or {}).get("answers") or {}).get("kind")
        connection.execute(new.insert().values(
            id=row["id"], survey_id=row["survey_id"], workspace_id=row["workspace_id"], token=new_link(),
            kind=kind if kind in ("idea", "complaint", "praise") else "other",
            status="new" if row["status"] == "open" else row["status"],
            answer={row["language"] or "en": row["reply"]} if row["reply"] else sa.null(), version=1,
            created=row["completed"], updated=row["completed"],
        ))  # fmt: skip
