"""Opening SQLite so that a committed transaction is on disk and a deleted row is gone."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lvtu.core.sentences import Cause
from lvtu.errors import BadInput, Busy, Corrupt, LvtuError
from lvtu.store import files

_WAIT = 30.0
_PATIENCE = 60.0

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_REFUSED = (
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR,
)  # fmt: skip


def trouble(error: BaseException | None) -> LvtuError | None:
    """What to say of an error of SQLite that no program can help: a damaged file, a held one, a disk that refuses.

    Returns:
        It; None for all others, which are mistakes of ours.

    Example:
        >>> error = sqlite3.OperationalError("attempt to write a readonly database")
        >>> error.sqlite_errorcode = sqlite3.SQLITE_READONLY
        >>> trouble(error).code
        'books_unwritable'
    """
    if not isinstance(error, sqlite3.Error):
        return None
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of it says which kind of the same
    reason = Cause("other", sentence=str(error))
    if code in _DAMAGED:
        return Corrupt("books_damaged", reason=reason)
    if code in _HELD:
        return Busy("books_busy")
    return BadInput("books_unwritable", reason=reason) if code in _REFUSED else None


class Database:
    """One SQLite file: write-ahead log, synced at each commit, deleted bytes overwritten.

    Threads may share one; processes open one each. Writers wait for each other up to 30 s.

    Args:
        path: the file, made if absent.
        schema: statements that make the tables if they are absent.
    """

    def __init__(self, path: Path, schema: str) -> None:
        self.path = path
        self._guard = threading.RLock()
        self._opened: tuple[int, int] | None = None
        files.make_folder(path.parent)
        self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        self._prepare(schema)
        files.disk.sync_dir(path.parent)
        self._opened = self._file()

    def check(self) -> None:
        """See that the file is still where it was: what is written into a removed one is lost, and SQLite says nothing.

        Raises:
            Corrupt: it is gone, or is another one (``books_gone``).
        """
        if self._file() != self._opened:
            raise Corrupt("books_gone", file=self.path.name)

    def _file(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _prepare(self, schema: str) -> None:
        self._retry("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("PRAGMA secure_delete=ON")
        with self.transaction() as connection:
            for statement in schema.split(";"):
                connection.execute(statement)

    def _retry(self, statement: str) -> None:
        # Changing the journal mode does not wait for other openers by itself.
        until = time.monotonic() + _WAIT
        while True:
            try:
                self._connection.execute(statement)
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(0.01)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: committed (and on disk) at the end of the block, undone when it raises.

        Raises:
            Corrupt: see `check`.
        """
        with self._guard:
            if self._opened is not None:
                self.check()
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk may have undone it already
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, query: str, parameters: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        """The rows of a query."""
        with self._guard:
            return self._connection.execute(query, parameters).fetchall()

    def one(self, query: str, parameters: tuple[object, ...] = ()) -> object:
        """The first column of the first row, or None."""
        with self._guard:
            row = self._connection.execute(query, parameters).fetchone()
        return None if row is None else row[0]

    def truncate(self) -> None:
        """Leave no byte of deleted rows: rewrite the file and empty the write-ahead log.

        Raises:
            Busy: another connection keeps an old snapshot open.
        """
        with self._guard:
            self._checkpoint()
            self._retry("VACUUM")  # in this mode it writes through the log, hence the second checkpoint
            self._checkpoint()
        files.sync_tree([self.path])

    def _checkpoint(self) -> None:
        busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise Busy("being_read", file=self.path.name)

    def close(self) -> None:
        """Close the connection; the object is of no use afterwards."""
        with self._guard:
            self._connection.close()

    def __del__(self) -> None:
        with suppress(AttributeError):  # never opened
            self._connection.close()


def patiently(job: Callable[[], None]) -> None:
    """Do something, and again while other processes are in the middle of reading.

    Raises:
        Busy: they still were after a minute.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            return job()
        except Busy:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
