"""Write keys: with one, a program may send events to a workspace, and do nothing else.

A key is shown when it is made and never again; the books keep a keyed hash of it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any, NamedTuple, cast

from lvtu.errors import UnknownName
from lvtu.store.sqlite import Database

SCHEMA = """;
CREATE TABLE IF NOT EXISTS write_keys (number INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE,
  ends TEXT NOT NULL, created INTEGER NOT NULL, revoked INTEGER)"""


class WriteKey(NamedTuple):
    """A key as the books know it: its last letters, when it was made and, if so, revoked (µs since 1970 UTC)."""

    number: int
    ends: str
    created: int
    revoked: int | None


class WriteKeys:
    """The keys in the ledger.

    Args:
        database: the ledger's.
        hashed: makes the ledger's keyed hash of a key.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.store.ledger import Ledger
        >>> keys = Ledger(pathlib.Path(tempfile.mkdtemp()) / "catalog.sqlite").write_keys
        >>> key = keys.new()
        >>> keys.valid(key), keys.valid(key[:-1])
        (True, False)
        >>> keys.revoke(1)
        >>> keys.valid(key)
        False
    """

    def __init__(self, database: Database, hashed: Callable[[str], bytes]) -> None:
        self._database, self._hashed = database, hashed

    def new(self) -> str:
        """A new key."""
        key = f"wk_{secrets.token_urlsafe(32)}"
        row = (self._hashed(key), key[-4:], time.time_ns() // 1000)
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO write_keys (hash, ends, created) VALUES (?, ?, ?)", row)
        return key

    def valid(self, key: str) -> bool:
        """Whether somebody was given the key, and it has not been revoked."""
        query = "SELECT 1 FROM write_keys WHERE hash = ? AND revoked IS NULL"
        return self._database.one(query, (self._hashed(key),)) is not None

    def list(self) -> list[WriteKey]:
        """All keys, oldest first, revoked ones too."""
        query = "SELECT number, ends, created, revoked FROM write_keys ORDER BY number"
        return [WriteKey(*cast(Any, row)) for row in self._database.rows(query)]

    def revoke(self, number: int) -> None:
        """Accept a key no longer; a second time changes nothing.

        Raises:
            UnknownName: there is no such key.
        """
        query = "UPDATE write_keys SET revoked = ifnull(revoked, ?) WHERE number = ?"
        with self._database.transaction() as connection:
            if not connection.execute(query, (time.time_ns() // 1000, number)).rowcount:
                known = connection.execute("SELECT number FROM write_keys WHERE revoked IS NULL ORDER BY number")
                raise UnknownName("write key", str(number), [str(row[0]) for row in known])
