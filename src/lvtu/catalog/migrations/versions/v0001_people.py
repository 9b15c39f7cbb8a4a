"""People, what they may do, how they sign in; shares, the audit log, documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "audit",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("person_id", sa.String(36), nullable=True),
        sa.Column("token_id", sa.String(36), nullable=True),
        sa.Column("workspace_id", sa.String(36), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("target", _JSON, nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_workspace_id_id", "audit", ["workspace_id", "id"])
    op.create_table(
        "documents",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("body", _JSON, nullable=False),
        sa.Column("author", sa.String(36), nullable=True),
        sa.Column("editor", sa.String(36), nullable=True),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("updated", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
    )
    op.create_index("ix_documents_workspace_id_kind_created", "documents", ["workspace_id", "kind", "created"])
    op.create_table(
        "people",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("email", sa.String(320), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("revoked", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("email", name="uq_people_email"),
    )
    op.create_table(
        "shares",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("ends", sa.String(8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("shown", _JSON, nullable=False),
        sa.Column("author", sa.String(36), nullable=True),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("expires", _TIME, nullable=True),
        sa.Column("revoked", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_shares"),
        sa.UniqueConstraint("hash", name="uq_shares_hash"),
    )
    op.create_index("ix_shares_workspace_id_created", "shares", ["workspace_id", "created"])
    op.create_table(
        "credentials",
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("changed", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_credentials_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name="pk_credentials"),
    )
    op.create_table(
        "memberships",
        sa.Column("workspace_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_memberships_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name="pk_memberships"),
    )
    op.create_index("ix_memberships_person_id", "memberships", ["person_id"])
    op.create_table(
        "one_time_links",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.Column("used", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_one_time_links_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name="pk_one_time_links"),
    )
    op.create_index("ix_one_time_links_person_id", "one_time_links", ["person_id"])
    op.create_table(
        "sessions",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("seen", _TIME, nullable=False),
        sa.Column("expires", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_sessions_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_expires", "sessions", ["expires"])
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("ends", sa.String(8), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("workspace_ids", _JSON, nullable=True),
        sa.Column("created", _TIME, nullable=False),
        sa.Column("used", _TIME, nullable=True),
        sa.Column("expires", _TIME, nullable=True),
        sa.Column("revoked", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_tokens_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("hash", name="uq_tokens_hash"),
    )
    op.create_index("ix_tokens_person_id", "tokens", ["person_id"])
