"""What Alembic runs: the steps, on the connection that is given to it."""

from __future__ import annotations

from alembic import context

from lvtu.catalog.tables import Base

if __name__ == "env_py":  # Alembic's name for it
    context.configure(
        connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
    )
    context.run_migrations()
