"""The database: SQLite beside the workspaces, or a PostgreSQL, brought to this version's tables when it is opened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.orm import Session

from lvtu.errors import BadInput, Corrupt
from lvtu.store import files
from lvtu.store.lease import Lease

VARIABLE = "LVTU_DATABASE_URL"

FILE = "server.sqlite"
"""The file in a home, where no other database is named."""

_LOCK = 0x6C767475
"""The number of PostgreSQL's advisory lock under which tables are changed: the letters lvtu."""

_WAIT = 30


class Database:
    """The catalog's database; threads share one, processes open one each.

    Args:
        url: SQLAlchemy's address of it.

    Raises:
        BadInput: it cannot be reached, or a newer version of Lvtu made it.
        Corrupt: the file is none, or is damaged.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
        except ArgumentError:
            raise BadInput("no_database_url", variable=VARIABLE) from None
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
            raise BadInput("no_such_database", scheme=parsed.drivername, known=["postgresql", "sqlite"])
        self.path = Path(parsed.database or "") if parsed.drivername == "sqlite" else None
        self.url = parsed
        self._engine = create_engine(parsed, pool_pre_ping=self.path is None, hide_parameters=True)
        if self.path is not None:
            _as_sqlite(self._engine)
        self._writing = self._engine.execution_options(writes=True)
        self._opened: tuple[int, int] | None = None
        try:
            self._migrate()
            self._opened = self._file()
        except OperationalError as error:
            self.close()
            raise BadInput("database_unreachable", reason=str(error.orig).strip()) from None
        except DatabaseError as error:  # no database at all, or one whose bytes were changed
            self.close()
            raise Corrupt("database_damaged", file=str(self.path or parsed.database), reason=str(error.orig)) from None
        except BaseException:
            self.close()
            raise

    @classmethod
    def of(cls, home: Path) -> Database:
        """The database of a home: that of ``LVTU_DATABASE_URL``, else the home's own file."""
        return cls(os.environ.get(VARIABLE) or _file_in(home))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads."""
        self._check()
        with Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction: on disk at the end of the block, undone when it raises."""
        self._check()
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def connecting(self) -> Iterator[Connection]:
        """A connection without a transaction, for what cannot be done in one."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection

    def check(self) -> None:
        """See that it can be asked.

        Raises:
            Corrupt: its file is gone, or is another one.
            sqlalchemy.exc.DatabaseError: it cannot.
        """
        with self.reading() as session:
            session.execute(text("SELECT 1 FROM people LIMIT 1"))

    def _check(self) -> None:
        """What is written into a file that somebody removed is lost, and SQLite does not say so."""
        if self._opened is not None and self._file() != self._opened:
            raise Corrupt("database_gone", file=FILE)  # no path: anybody may be told

    def _file(self) -> tuple[int, int] | None:
        """Which file it is; None where there is none."""
        if self.path is None:
            return None
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def _migrate(self) -> None:
        with self._alone() as connection:
            config = Config()
            config.set_main_option("script_location", "lvtu.catalog:migrations")
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError:  # a revision that this version does not know
                raise BadInput("newer_database") from None

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """A transaction in which nobody else changes tables."""
        if self.path is None:
            with self._writing.begin() as connection:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
                yield connection
            return
        with Lease(self.path.with_name(f".{self.path.name}.lease")).hold(_WAIT), self._writing.begin() as connection:
            yield connection
        self.path.chmod(0o600)
        files.disk.sync_dir(self.path.parent)


def place_of(home: Path) -> str:
    """Where the database of a home is, as `found` takes it, and without a password.

    Example:
        >>> place_of(Path("/data"))
        'sqlite:////data/server.sqlite'
    """
    try:
        return make_url(os.environ.get(VARIABLE) or _file_in(home.absolute())).render_as_string(hide_password=True)
    except ArgumentError:  # whoever opens it is told
        return ""


def _file_in(home: Path) -> str:
    return f"sqlite:///{home / FILE}"


def _as_sqlite(engine: Engine) -> None:
    """Make SQLite behave: transactions that are ours, on disk when they end, and nothing left of what was deleted."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # else the driver begins and commits at its own discretion
        for pragma in (f"busy_timeout={_WAIT * 1000}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
                       "secure_delete=ON"):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # A writer that began as a reader could not wait for another writer.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
