"""What people corrected in how a text was read, in the books: nothing is overwritten, the newest word counts.

A correction names an event by its number, which says nothing of whose it is and stays theirs (0021), so it is forgotten
with the events.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, cast

from lvtu.store.sqlite import Database

SCHEMA = """;
CREATE TABLE IF NOT EXISTS corrections (number INTEGER PRIMARY KEY AUTOINCREMENT, event INTEGER NOT NULL,
  what TEXT NOT NULL, value TEXT, by TEXT NOT NULL, time INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS corrections_of ON corrections (event, what, number)"""

_NEWEST = """SELECT * FROM corrections AS one WHERE NOT EXISTS
    (SELECT 1 FROM corrections WHERE event = one.event AND what = one.what AND number > one.number)"""


class Correction(NamedTuple):
    """What somebody said about one column of one event; a `value` of None takes back what was said before."""

    number: int
    event: int
    what: str
    value: Any
    by: str
    time: int


class Corrections:
    """The corrections in the ledger.

    Args:
        database: the ledger's.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.store.ledger import Ledger
        >>> corrections = Ledger(pathlib.Path(tempfile.mkdtemp()) / "catalog.sqlite").corrections
        >>> corrections.add(7, {"sentiment_label": "negative"}, by="ann")
        >>> corrections.add(7, {"sentiment_label": "neutral"}, by="bob")
        >>> [(one.event, one.value, one.by) for one in corrections.standing()]
        [(7, 'neutral', 'bob')]
        >>> corrections.add(7, {"sentiment_label": None}, by="bob")
        >>> corrections.standing(), len(corrections.all()), corrections.last
        ([], 3, 3)
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def last(self) -> int:
        """The number of the last one ever entered, 0 if none was; it never falls."""
        query = "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'corrections'), 0)"
        return cast(int, self._database.one(query))

    def add(self, event: int, values: Mapping[str, Any], by: str, at: int | None = None) -> None:
        """Enter what somebody said about an event.

        Args:
            event: its number.
            values: by column; None takes back what was said before.
            by: who.
            at: when, µs; now if not given.
        """
        self.enter([(event, what, value, by, time.time_ns() // 1000 if at is None else at) for what, value in
                    values.items()])  # fmt: skip

    def enter(self, rows: Iterable[tuple[int, str, Any, str, int]]) -> None:
        """Enter some at once: event, column, value, who, when."""
        told = [(event, what, None if value is None else json.dumps(value, ensure_ascii=False), by, at)
                for event, what, value, by, at in rows]  # fmt: skip
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO corrections (event, what, value, by, time) VALUES (?, ?, ?, ?, ?)", told
            )

    def all(self, event: int | None = None) -> list[Correction]:
        """Every one (about one event), oldest first."""
        return _read(self._database.rows("SELECT * FROM corrections WHERE event = ifnull(?, event) ORDER BY number",
                                         (event,)))  # fmt: skip

    def standing(self) -> list[Correction]:
        """Those that count now, by event and column."""
        return [one for one in _read(self._database.rows(f"{_NEWEST} ORDER BY event, what")) if one.value is not None]

    def of(self, events: Iterable[int]) -> dict[int, dict[str, Correction]]:
        """Those that count now of some events, by event and column."""
        found: dict[int, dict[str, Correction]] = {}
        query = f"{_NEWEST} AND event IN (SELECT value FROM json_each(?))"
        for one in _read(self._database.rows(query, (json.dumps(list(events)),))):
            if one.value is not None:
                found.setdefault(one.event, {})[one.what] = one
        return found

    def erase(self, events: Iterable[int]) -> None:
        """Delete all about some events for good; finish with `Database.truncate`."""
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM corrections WHERE event = ?", [(event,) for event in events])


def _read(rows: Iterable[tuple[object, ...]]) -> list[Correction]:
    return [
        Correction(*cast(Any, (*row[:3], None if row[3] is None else json.loads(cast(str, row[3])), *row[4:])))
        for row in rows
    ]
