"""What runs on a map while people work on it together: its timer, and its voting with everybody's dots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from lvtu.catalog.columns import Json

revision = "0010"
down_revision = "0009"

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "map_timers",
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("map_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("ends_at", _TIME, nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "map_id", name="pk_map_timers"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_map_timers_person_id", ondelete="CASCADE"),
    )
    op.create_table(
        "map_votings",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("map_id", sa.String(36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.Column("lanes", Json, nullable=False),
        sa.Column("by_id", sa.String(36), nullable=True),
        sa.Column("begun", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_map_votings"),
        sa.UniqueConstraint("workspace_id", "map_id", name="uq_map_votings_workspace_id_map_id"),
    )
    op.create_table(
        "map_dots",
        sa.Column("voting_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("card", sa.String(200), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("voting_id", "person_id", "card", name="pk_map_dots"),
        sa.ForeignKeyConstraint(["voting_id"], ["map_votings.id"], name="fk_map_dots_voting_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_map_dots_person_id", ondelete="CASCADE"),
    )
    op.create_index("ix_map_dots_person_id", "map_dots", ["person_id"])
