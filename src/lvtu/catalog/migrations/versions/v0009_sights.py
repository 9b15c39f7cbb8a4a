"""Which part of a map somebody who has it open sees: others follow them by it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Take the step."""
    op.add_column("map_presence", sa.Column("sight", sa.String(400), nullable=False, server_default=""))
    with op.batch_alter_table("map_presence") as table:
        table.alter_column("sight", server_default=None)
