"""The catalog's rows as JSON, whichever database keeps them: what a backup holds."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Column, LargeBinary, insert, select

from lvtu.catalog.columns import RoleName, Time
from lvtu.catalog.database import Database
from lvtu.catalog.roles import Role
from lvtu.catalog.tables import Base

_PIECE = 1000

_OF_NOW = ("sessions", "one_time_links", "map_presence", "map_locks", "map_timers")
"""What is not kept: who signed out since is not to be signed in again by it, and who is on a map is there now alone."""


def revisions() -> list[str]:
    """The versions of the tables that this version of Lvtu knows, newest first."""
    config = Config()
    config.set_main_option("script_location", "lvtu.catalog:migrations")
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]


def dump(database: Database) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row that is worth keeping, by its table's name, as of one moment."""
    with database.reading() as session:
        if database.path is None:  # there each query sees its own moment; SQLite's transactions see one anyway
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        for table in (table for table in Base.metadata.sorted_tables if table.name not in _OF_NOW):
            keys = list(table.primary_key)
            for row in session.execute(select(table).order_by(*keys)).mappings():
                yield table.name, {column.name: _plain(column, row[column.name]) for column in table.columns}


def load(database: Database, rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Put dumped rows into an empty database, all or nothing."""
    waiting: list[dict[str, Any]] = []
    table = None
    with database.writing() as session:
        for name, row in rows:
            if table is None or table.name != name or len(waiting) >= _PIECE:
                if table is not None and waiting:
                    session.execute(insert(table), waiting)
                table, waiting = Base.metadata.tables[name], []
            waiting.append({key: _stored(table.columns[key], value) for key, value in row.items()})
        if table is not None and waiting:
            session.execute(insert(table), waiting)


def is_empty(database: Database) -> bool:
    """Whether there are no rows."""
    with database.reading() as session:
        return all(session.execute(select(table).limit(1)).first() is None for table in Base.metadata.sorted_tables)


def _plain(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64encode(value).decode()
    if isinstance(column.type, Time):
        return value.isoformat()
    return value.name if isinstance(column.type, RoleName) else value


def _stored(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    if isinstance(column.type, Time):
        return datetime.fromisoformat(value)
    return Role[value] if isinstance(column.type, RoleName) else value
