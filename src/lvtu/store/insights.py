"""Insights and the evidence they stand on, in the books.

Evidence is a passage that somebody said or wrote, kept word for word with its place. It belongs to no insight: several
may stand on one passage. A comment is named by the number of its event, which says nothing of whose it is; so is who
speaks in an interview, by an event of theirs, where that is known. Forgetting them takes the words away by that number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from lvtu.errors import BadInput, UnknownName
from lvtu.store.sqlite import Database

SCHEMA = """;
CREATE TABLE IF NOT EXISTS insights (id TEXT PRIMARY KEY, version INTEGER NOT NULL, title TEXT NOT NULL,
  text TEXT NOT NULL, state TEXT NOT NULL, owner TEXT NOT NULL, stage TEXT NOT NULL, step TEXT NOT NULL,
  touchpoint TEXT NOT NULL, topic TEXT NOT NULL, by TEXT NOT NULL, made INTEGER NOT NULL, changed INTEGER NOT NULL)
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS evidence (id TEXT PRIMARY KEY, kind TEXT NOT NULL, source TEXT NOT NULL, event INTEGER,
  document TEXT, highlight TEXT, speaker TEXT, time INTEGER, basis TEXT NOT NULL, start INTEGER NOT NULL,
  stop INTEGER NOT NULL, words TEXT, gone TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS insight_evidence (insight TEXT NOT NULL, evidence TEXT NOT NULL, by TEXT NOT NULL,
  time INTEGER NOT NULL, PRIMARY KEY (insight, evidence)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS insight_history (number INTEGER PRIMARY KEY AUTOINCREMENT, insight TEXT NOT NULL,
  time INTEGER NOT NULL, by TEXT NOT NULL, what TEXT NOT NULL, was TEXT, became TEXT)"""

SAID = ("title", "text", "state", "owner", "stage", "step", "touchpoint", "topic")
"""What people say of an insight."""

FORGOTTEN, REMOVED = "forgotten", "removed"
"""Why the words of evidence are gone: who spoke was forgotten, or the interview was removed."""

_WRITTEN = {
    "insights": ("id", ("title", "text", "owner", "step")),
    "evidence": ("id", ("words",)),
    "insight_history": ("number", ("was", "became")),
}
"""By table its key, and the columns in which somebody may be named."""


class StoredInsight(NamedTuple):
    """An insight: `by` made it; times are µs; what is not said is empty."""

    id: str
    version: int
    title: str
    text: str
    state: str
    owner: str
    stage: str
    step: str
    touchpoint: str
    topic: str
    by: str
    made: int
    changed: int


class StoredEvidence(NamedTuple):
    """A passage: characters `start` to `stop` of what was said; without `words` where they are `gone`.

    `event` is the comment's, or one of the speaker's; `document` and `highlight` say where else it stands; `speaker` is
    a pseudonym where no event says who it is. `time` is in µs, as exact as `basis` says.
    """

    id: str
    kind: str
    source: str
    event: int | None
    document: str | None
    highlight: str | None
    speaker: str | None
    time: int | None
    basis: str
    start: int
    stop: int
    words: str | None
    gone: str | None = None


class Link(NamedTuple):
    """Evidence of an insight, and who put it there when (µs)."""

    insight: str
    by: str
    time: int
    evidence: StoredEvidence


class Entry(NamedTuple):
    """Something that was done to an insight: `what` is one of `SAID`, ``made``, ``quoted``, ``unquoted``, or why words
    are gone; of quotes `became` or `was` is the id."""

    number: int
    insight: str
    time: int
    by: str
    what: str
    was: str | None
    became: str | None


_EMPTY = ", ".join(
    [
        *(f"{name} = NULL" for name in ("words", "speaker", "event", "document", "highlight", "time")),
        "start = 0, stop = 0",
    ]
)

Rewritten = tuple[str, str | int, str, str]
"""Table, key, column and text: a text that is to stand in the place of another."""


class Insights:
    """The insights in the ledger.

    Args:
        database: the ledger's.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.store.ledger import Ledger
        >>> kept = Ledger(pathlib.Path(tempfile.mkdtemp()) / "catalog.sqlite").insights
        >>> kept.add(StoredInsight("i1", 1, "Too slow", "", "draft", "", "", "", "", "", "ann", 5, 5))
        >>> passage = StoredEvidence("e1", "review", "comment", 7, None, None, None, 3, "exact", 0, 9, "two weeks")
        >>> kept.quote("i1", passage, by="ann", at=6), kept.quote("i1", passage._replace(id="e2"), by="bo", at=7)
        ('e1', 'e1')
        >>> kept.erase([7], [], at=8)
        >>> [(one.evidence.words, one.evidence.gone) for one in kept.links()]
        [(None, 'forgotten')]
        >>> [(one.what, one.by) for one in kept.history("i1")]
        [('made', 'ann'), ('quoted', 'ann'), ('forgotten', '')]
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[StoredInsight]:
        """Every one, the newest first."""
        rows = self._database.rows("SELECT * FROM insights ORDER BY made DESC, id DESC")
        return [StoredInsight(*cast(Any, row)) for row in rows]

    def get(self, id: str) -> StoredInsight:
        """One.

        Raises:
            UnknownName: there is none of that id.
        """
        rows = self._database.rows("SELECT * FROM insights WHERE id = ?", (id,))
        if not rows:
            raise UnknownName("insight", id, [])
        return StoredInsight(*cast(Any, rows[0]))

    def add(self, insight: StoredInsight) -> None:
        """Keep a new one."""
        with self._database.transaction() as connection:
            connection.execute(f"INSERT INTO insights VALUES ({', '.join('?' * len(insight))})", insight)
            _note(connection, insight.id, insight.made, insight.by, "made")

    def change(self, id: str, said: Mapping[str, str], by: str, at: int, version: int | None = None) -> None:
        """Say something else of one.

        Args:
            id: which.
            said: by the names in `SAID`; what is not given stays.
            by: who.
            at: when, µs.
            version: the one that was changed; None changes whatever is there.

        Raises:
            UnknownName: there is none of that id.
            BadInput: somebody else changed it in the meantime (code ``changed_by_another``).
        """
        with self._database.transaction() as connection:
            before = self.get(id)
            if version is not None and version != before.version:
                raise BadInput("changed_by_another", version=version, newest=before.version)
            new = {name: said[name] for name in SAID if name in said and said[name] != getattr(before, name)}
            for name, value in new.items():
                connection.execute(f"UPDATE insights SET {name} = ? WHERE id = ?", (value, id))
                _note(connection, id, at, by, name, getattr(before, name), value)
            if new:
                connection.execute("UPDATE insights SET version = version + 1, changed = ? WHERE id = ?", (at, id))

    def remove(self, id: str) -> None:
        """Remove one for good, with its evidence where nothing else stands on it.

        Raises:
            UnknownName: there is none of that id.
        """
        with self._database.transaction() as connection:
            self.get(id)
            for statement in ("insights WHERE id", "insight_evidence WHERE insight", "insight_history WHERE insight"):
                connection.execute(f"DELETE FROM {statement} = ?", (id,))
            _sweep(connection)

    # Evidence

    def links(self, insight: str | None = None) -> list[Link]:
        """The evidence of all insights, or of one, in the order in which it was put there."""
        query = """SELECT link.insight, link.by, link.time, evidence.* FROM insight_evidence AS link
            JOIN evidence ON evidence.id = link.evidence WHERE link.insight = ifnull(?, link.insight)
            ORDER BY link.time, evidence.id"""
        rows = self._database.rows(query, (insight,))
        return [Link(*cast(Any, (*row[:3], StoredEvidence(*cast(Any, row[3:]))))) for row in rows]

    def quote(self, insight: str, passage: StoredEvidence, by: str, at: int) -> str:
        """Have an insight stand on a passage; returns the passage's id: that which it has if it is kept already.

        Raises:
            UnknownName: there is no such insight.
        """
        with self._database.transaction() as connection:
            self.get(insight)
            query = """SELECT id FROM evidence WHERE source = ? AND gone IS NULL AND start = ? AND stop = ?
                AND words = ? AND event IS ? AND document IS ?"""
            where = passage.source, passage.start, passage.stop, passage.words, passage.event, passage.document
            found = connection.execute(query, where).fetchone()
            id = cast(str, found[0]) if found else passage.id
            if not found:
                connection.execute(f"INSERT INTO evidence VALUES ({', '.join('?' * len(passage))})", passage)
            added = connection.execute("INSERT OR IGNORE INTO insight_evidence VALUES (?, ?, ?, ?)",
                                       (insight, id, by, at)).rowcount  # fmt: skip
            if added:
                _note(connection, insight, at, by, "quoted", became=id)
            return id

    def unquote(self, insight: str, evidence: str, by: str, at: int) -> None:
        """Have an insight no longer stand on a passage.

        Raises:
            UnknownName: there is no such insight, or it does not.
        """
        with self._database.transaction() as connection:
            self.get(insight)
            taken = connection.execute("DELETE FROM insight_evidence WHERE insight = ? AND evidence = ?",
                                       (insight, evidence)).rowcount  # fmt: skip
            if not taken:
                raise UnknownName("quote", evidence, [])
            _note(connection, insight, at, by, "unquoted", was=evidence)
            _sweep(connection)

    def history(self, insight: str | None = None) -> list[Entry]:
        """What was done to all insights, or to one, oldest first."""
        query = "SELECT * FROM insight_history WHERE insight = ifnull(?, insight) ORDER BY number"
        return [Entry(*cast(Any, row)) for row in self._database.rows(query, (insight,))]

    def enter(self, insights: Sequence[StoredInsight], links: Sequence[Link], history: Sequence[Entry]) -> None:
        """Enter what another workspace had, as it was."""
        with self._database.transaction() as connection:
            _many(connection, "INSERT INTO insights", insights)
            _many(connection, "INSERT INTO evidence", list({one.evidence.id: one.evidence for one in links}.values()))
            rows = [(one.insight, one.evidence.id, one.by, one.time) for one in links]
            _many(connection, "INSERT INTO insight_evidence", rows)
            _many(connection, "INSERT INTO insight_history", [(None, *one[1:]) for one in history])

    # Forgetting

    def without(self, without: Callable[[str], str]) -> list[Rewritten]:
        """The texts that are to stand in the place of those in which somebody is named."""
        found: list[Rewritten] = []
        for table, (key, columns) in _WRITTEN.items():
            for row in self._database.rows(f"SELECT {key}, {', '.join(columns)} FROM {table}"):
                for name, text in zip(columns, row[1:], strict=True):
                    if text is not None and (new := without(cast(str, text))) != text:
                        found.append((table, cast("str | int", row[0]), name, new))
        return found

    def erase(self, events: Iterable[int], rewritten: Iterable[Rewritten], at: int) -> None:
        """Take away what somebody said who is forgotten, and put texts without them in the place of others.

        Doing it again changes nothing. Finish with `Database.truncate`.

        Args:
            events: the numbers of their events.
            rewritten: see `without`; read from JSON, perhaps.
            at: when, µs.
        """
        with self._database.transaction() as connection:
            for table, key, column, text in rewritten:
                assert column in _WRITTEN[table][1]
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE {_WRITTEN[table][0]} = ?", (text, key))
                if table == "insights":
                    connection.execute("UPDATE insights SET version = version + 1, changed = ? WHERE id = ?", (at, key))
            theirs = [(event,) for event in events]
            connection.execute("CREATE TEMP TABLE IF NOT EXISTS theirs (event INTEGER PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO theirs VALUES (?)", theirs)
            _take_away(connection, "event IN (SELECT event FROM theirs)", (), FORGOTTEN, at)
            connection.execute("DELETE FROM theirs")

    def withdraw(self, document: str, at: int) -> None:
        """Take away what was said in an interview that is removed."""
        with self._database.transaction() as connection:
            _take_away(connection, "document = ?", (document,), REMOVED, at)


def _note(
    connection: Any, insight: str, at: int, by: str, what: str, was: str | None = None, became: str | None = None
) -> None:  # fmt: skip
    query = "INSERT INTO insight_history (insight, time, by, what, was, became) VALUES (?, ?, ?, ?, ?, ?)"
    connection.execute(query, (insight, at, by, what, was, became))


def _take_away(connection: Any, where: str, values: tuple[object, ...], why: str, at: int) -> None:
    """Leave evidence without words, speaker and what it was said in; its insights say so."""
    query = f"SELECT id FROM evidence WHERE gone IS NULL AND {where}"
    gone = [row[0] for row in connection.execute(query, values).fetchall()]
    for id in gone:
        links = connection.execute("SELECT insight FROM insight_evidence WHERE evidence = ?", (id,)).fetchall()
        for (insight,) in links:
            _note(connection, insight, at, "", why, was=id)
        connection.execute(f"UPDATE evidence SET {_EMPTY}, gone = ? WHERE id = ?", (why, id))


def _sweep(connection: Any) -> None:
    """Remove evidence on which nothing stands."""
    connection.execute("DELETE FROM evidence WHERE id NOT IN (SELECT evidence FROM insight_evidence)")


def _many(connection: Any, start: str, rows: Sequence[Sequence[object]]) -> None:
    if rows:
        connection.executemany(f"{start} VALUES ({', '.join('?' * len(rows[0]))})", rows)
