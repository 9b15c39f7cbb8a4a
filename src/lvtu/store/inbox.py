"""Arrivals: what was acknowledged but is not in the lake yet, and what was refused but is not in the quarantine yet.

``append`` returns when the rows are on disk. The committer reads them with ``pending``, commits them to
the lake under this inbox's own `uuid` and the last id it took, and only then deletes them; ids are
never given twice, so a commit that was repeated after a crash is recognised and skipped.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, cast

from lvtu.store.sqlite import Database

_SCHEMA = """
CREATE TABLE IF NOT EXISTS arrivals (id INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS refused (id INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS clocks (device INTEGER PRIMARY KEY, offset INTEGER NOT NULL, heard INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS violations (event TEXT, version INTEGER, property TEXT, code TEXT, messages INTEGER NOT NULL,
    last INTEGER NOT NULL, PRIMARY KEY (event, version, property, code)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tallies (second INTEGER, source TEXT, event TEXT, events INTEGER NOT NULL,
    PRIMARY KEY (second, source, event)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
"""


class Clock(NamedTuple):
    """A device's clock in its session.

    Attributes:
        device: a hash.
        offset: what is to be added to its times, µs.
        heard: when it was heard last, µs since 1970.
    """

    device: int
    offset: int
    heard: int


class Violation(NamedTuple):
    """How often arrivals broke a contract in one way.

    Attributes:
        event: their name.
        version: the contract's.
        property: which one was wrong.
        code: how: ``missing``, ``of_type``, ``not_allowed``.
        messages: how many.
        last: when the last one came, µs since 1970.
    """

    event: str
    version: int
    property: str
    code: str
    messages: int
    last: int


class Tally(NamedTuple):
    """How many events came in a second.

    Attributes:
        second: since 1970.
        source: the system; empty where records name none.
        event: what happened; empty for all that are rare.
        events: how many.
    """

    second: int
    source: str
    event: str
    events: int


class OtherClocks(Exception):
    """Another process has measured the clocks of some devices in the same session.

    Args:
        clocks: as they are kept.
    """

    def __init__(self, clocks: Sequence[Clock]) -> None:
        super().__init__(clocks)
        self.clocks = clocks


class Inbox:
    """One worker's arrivals in a SQLite file; several processes may append to it.

    Args:
        path: the file, made if absent.

    Attributes:
        uuid: the inbox's own name in the lake's application transactions; it stays with the file.

    Example:
        >>> import tempfile
        >>> inbox = Inbox(Path(tempfile.mkdtemp()) / "main.sqlite")
        >>> inbox.append([b"first", b"second"])
        2
        >>> inbox.pending(after=1, limit=10)
        [(2, b'second')]
        >>> inbox.delete_upto(2)
        >>> inbox.count(), inbox.last_id
        (0, 2)
        >>> inbox.close()
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _SCHEMA)
        with self._database.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('uuid', ?)", (str(uuid.uuid4()),))
        self.uuid = str(self._database.one("SELECT value FROM meta WHERE name = 'uuid'"))

    def append(
        self,
        rows: Sequence[bytes],
        refused: Sequence[bytes] = (),
        clocks: Sequence[Clock] = (),
        violations: Sequence[Violation] = (),
        tallies: Sequence[Tally] = (),
        lasting: int = 0,
    ) -> int:
        """Keep rows, in order, in one transaction; they are on disk when it returns.

        Args:
            rows: the events, encoded as the caller likes.
            refused: what could not be accepted, encoded as the caller likes.
            clocks: of the devices that sent them, where they are new or have changed.
            violations: to be added to those counted.
            tallies: to be added to those counted.
            lasting: how long a device may be silent (µs) and still be in its session.

        Returns:
            The id of the last row; ids grow by one within a call.

        Raises:
            OtherClocks: somebody else told these devices' clocks otherwise; nothing is kept.
        """
        with self._database.transaction() as connection:
            if others := _others(connection, clocks, lasting):
                raise OtherClocks(others)
            connection.executemany("INSERT INTO arrivals (body) VALUES (?)", ((row,) for row in rows))
            connection.executemany("INSERT INTO refused (body) VALUES (?)", ((row,) for row in refused))
            connection.executemany(_SET_CLOCKS, clocks)
            connection.executemany(_ADD_VIOLATIONS, violations)
            connection.executemany(_ADD_TALLIES, tallies)
            return _last_id(connection.execute(_LAST).fetchone())

    def pending(self, after: int = 0, limit: int = 250_000, size: int = 2**40) -> list[tuple[int, bytes]]:
        """Rows with an id above `after`, in the order of their ids: `limit` at most, and no more once they have `size`.

        Args:
            after: the last id that is not wanted.
            limit: how many rows at most.
            size: bytes; the row that reaches them is the last.
        """
        query = """SELECT id, body FROM (SELECT id, body, sum(length(body)) OVER (ORDER BY id) AS upto FROM arrivals
            WHERE id > ? ORDER BY id LIMIT ?) WHERE upto - length(body) < ? ORDER BY id"""
        return cast(list[tuple[int, bytes]], self._database.rows(query, (after, limit, size)))

    def refused(self) -> list[tuple[int, bytes]]:
        """What was refused, in the order of its ids."""
        return cast(list[tuple[int, bytes]], self._database.rows("SELECT id, body FROM refused ORDER BY id"))

    def delete_refused(self, upto: int) -> None:
        """Delete what was refused up to and including an id: call it when the quarantine has it durably."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM refused WHERE id <= ?", (upto,))

    def violations(self) -> list[Violation]:
        """How often contracts were broken, by event, version, property and code."""
        return [Violation(*cast(tuple[str, int, str, str, int, int], row)) for row in self._database.rows(_VIOLATIONS)]

    def clocks(self) -> list[Clock]:
        """The clocks of devices, the one heard last at the end."""
        return [Clock(*cast(tuple[int, int, int], row)) for row in self._database.rows(_CLOCKS)]

    def clock(self, device: int) -> Clock | None:
        """The clock of a device, if it is kept."""
        found = self._database.rows(_CLOCK, (device,))
        return Clock(*cast(tuple[int, int, int], found[0])) if found else None

    def tallies(self, since: int) -> list[Tally]:
        """How many events came in each second since one (s since 1970)."""
        query = "SELECT second, source, event, events FROM tallies WHERE second >= ?"
        return [Tally(*cast(tuple[int, str, str, int], row)) for row in self._database.rows(query, (since,))]

    def drop_tallies(self, before: int) -> None:
        """Drop those of earlier seconds."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM tallies WHERE second < ?", (before,))

    def drop_clocks(self, before: int, most: int) -> None:
        """Drop the clocks of devices that were not heard since a time (µs), and all but `most`."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM clocks WHERE heard < ?", (before,))
            spare = connection.execute("SELECT count(*) FROM clocks").fetchone()[0] - most
            if spare > 0:
                oldest = "SELECT device FROM clocks ORDER BY heard LIMIT ?"
                connection.execute(f"DELETE FROM clocks WHERE device IN ({oldest})", (spare,))

    def delete_upto(self, id: int) -> None:
        """Delete the rows with ids up to and including `id`: call it when the lake has them durably."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM arrivals WHERE id <= ?", (id,))

    def delete(self, ids: Sequence[int]) -> None:
        """Delete single rows (an erased customer's)."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM arrivals WHERE id = ?", ((id,) for id in ids))

    @property
    def last_id(self) -> int:
        """The largest id ever given, also if its row has been deleted; 0 before the first."""
        return _last_id(self._database.rows(_LAST)[0])

    def count(self, after: int = 0) -> int:
        """How many rows with an id above `after` wait."""
        return cast(int, self._database.one("SELECT count(*) FROM arrivals WHERE id > ?", (after,)))

    def holds_anything(self) -> bool:
        """Whether any row waits, accepted or refused."""
        return bool(self._database.one("SELECT EXISTS (SELECT 1 FROM arrivals) OR EXISTS (SELECT 1 FROM refused)"))

    def truncate(self) -> None:
        """Leave no byte of deleted rows in the file or its log; see `Database.truncate`."""
        self._database.truncate()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


_VIOLATIONS = "SELECT event, version, property, code, messages, last FROM violations"
_ADD_VIOLATIONS = """INSERT INTO violations VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
    SET messages = messages + excluded.messages, last = max(last, excluded.last)"""
_ADD_TALLIES = "INSERT INTO tallies VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET events = events + excluded.events"
_CLOCK = "SELECT device, offset, heard FROM clocks WHERE device = ?"
_SET_CLOCKS = """INSERT INTO clocks VALUES (?, ?, ?) ON CONFLICT DO UPDATE
    SET offset = excluded.offset, heard = max(heard, excluded.heard)"""
_CLOCKS = "SELECT device, offset, heard FROM clocks ORDER BY heard"
_LAST = "SELECT max(seq) FROM sqlite_sequence WHERE name = 'arrivals'"


def _last_id(row: tuple[object, ...]) -> int:
    return cast(int, row[0] or 0)


def _others(connection: sqlite3.Connection, clocks: Sequence[Clock], lasting: int) -> list[Clock]:
    """The clocks of devices that are told otherwise, and were heard in the same session."""
    found = []
    for one in clocks:
        row = connection.execute(_CLOCK, (one.device,)).fetchone()
        if row is not None and row[1] != one.offset and one.heard - row[2] <= lasting:
            found.append(Clock(*row))
    return found
