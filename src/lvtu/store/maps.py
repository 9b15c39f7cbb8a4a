"""Journey maps in the books: each as it is now, everything that was ever changed in it, and its named versions.

Maps are edited all day, so they stand apart from the documents whose every version may change answers.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, cast

from lvtu.errors import BadInput, UnknownName
from lvtu.store.sqlite import Database

SCHEMA = """;
CREATE TABLE IF NOT EXISTS maps (id TEXT PRIMARY KEY, title TEXT NOT NULL, step INTEGER NOT NULL,
  time INTEGER NOT NULL, document TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS map_changes (map TEXT NOT NULL, step INTEGER NOT NULL, time INTEGER NOT NULL,
  by TEXT NOT NULL, what TEXT NOT NULL, changes TEXT NOT NULL, PRIMARY KEY (map, step)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS map_versions (map TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
  time INTEGER NOT NULL, by TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (map, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS map_seen (map TEXT PRIMARY KEY, version INTEGER, time INTEGER NOT NULL, by TEXT NOT NULL,
  numbers TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS map_authors (map TEXT NOT NULL, made TEXT NOT NULL, number INTEGER NOT NULL,
  author TEXT NOT NULL, PRIMARY KEY (map, made, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS map_sent (map TEXT NOT NULL, once TEXT NOT NULL, PRIMARY KEY (map, once)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS map_words (map TEXT NOT NULL, card TEXT NOT NULL, PRIMARY KEY (map, card)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS map_images (id TEXT PRIMARY KEY, map TEXT NOT NULL, type TEXT NOT NULL,
  time INTEGER NOT NULL, content BLOB NOT NULL)"""


_WRITTEN = (
    ("maps", "id", "0", ("title", "document")), ("map_changes", "map", "step", ("changes",)),
    ("map_versions", "map", "number", ("name", "document")), ("map_seen", "map", "0", ("numbers",)),
)  # fmt: skip
"""By table the column of the map, the number of a row in it, and the columns in which somebody may be named."""

_PLAIN = ("title", "document", "changes", "numbers")
"""Columns that are JSON."""


class KeptMap(NamedTuple):
    """A map as it is after so many `step`\\ s of editing; `title` is JSON, `time` that of the last step (µs)."""

    id: str
    title: dict[str, str]
    step: int
    time: int
    document: dict[str, Any]


class MadeStep(NamedTuple):
    """Who made an edit: `what` is its name, `by` what they were called, `author` their id if more is known."""

    step: int
    what: str
    by: str
    author: str | None


class MapStep(NamedTuple):
    """One edit: `what` is its name, `changes` what it changed; `by` and `author` are those of `MadeStep`."""

    step: int
    time: int
    by: str
    author: str | None
    what: str
    changes: list[dict[str, Any]]


class MapVersion(NamedTuple):
    """A named version: it never changes. `step` is how often the map had been edited when it was kept."""

    number: int
    name: str
    time: int
    by: str
    author: str | None
    step: int


class SeenMap(NamedTuple):
    """The numbers of a map as they were when it was kept as a `version`, or looked through (None); `time` in µs."""

    version: int | None
    time: int
    by: str
    author: str | None
    numbers: dict[str, Any]


Rewrite = Callable[[Any], Any]
"""A JSON value, or a text, without somebody."""

OfMap = Callable[[list[Any]], tuple[Rewrite, set[str], set[str]]]
"""Of all that a map is and was: how it is without somebody, the cards that lose words, those that may keep some."""

BY, FORGOTTEN = "Lvtu", "forgotten"
"""Who takes somebody out of a map, and what that edit is called."""


class StoredMaps:
    """The maps in the ledger.

    Args:
        database: the ledger's.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.store.ledger import Ledger
        >>> maps = Ledger(pathlib.Path(tempfile.mkdtemp()) / "catalog.sqlite").maps
        >>> document = {"id": "m1", "title": {"zh": "网购", "en": "Shopping"}}
        >>> maps.write(document, [], "drawn", "ann", before=0)
        1
        >>> maps.publish("m1", "First", "ann"), [one.title["en"] for one in maps.all()], maps.read("m1").step
        (1, ['Shopping'], 1)
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[KeptMap]:
        """Every map, the one that was edited last first."""
        return [_kept(row) for row in self._database.rows("SELECT * FROM maps ORDER BY time DESC, id")]

    def naming(self, id: str) -> list[KeptMap]:
        """The other maps in whose document the id of a map stands, the one that was edited last first."""
        asked = "SELECT * FROM maps WHERE id <> ? AND document LIKE ? ORDER BY time DESC, id"
        rows = self._database.rows(asked, (id, f"%{id}%"))
        return [_kept(row) for row in rows]

    def titles(self) -> dict[str, dict[str, str]]:
        """What people call each map, in both languages, by its id."""
        rows = self._database.rows("SELECT id, title FROM maps")
        return {cast(str, id): json.loads(cast(str, title)) for id, title in rows}

    def read(self, id: str) -> KeptMap:
        """A map as it is.

        Raises:
            UnknownName: there is none of that id.
        """
        rows = self._database.rows("SELECT * FROM maps WHERE id = ?", (id,))
        if not rows:
            raise UnknownName("map", id, [one.title["en"] for one in self.all()])
        return _kept(rows[0])

    def step(self, id: str) -> int:
        """How often a map has been edited.

        Raises:
            UnknownName: there is none of that id.
        """
        found = self._database.one("SELECT step FROM maps WHERE id = ?", (id,))
        return self.read(id).step if found is None else cast(int, found)

    def there(self, id: str) -> bool:
        """Whether there is a map of an id."""
        return bool(self._database.rows("SELECT 1 FROM maps WHERE id = ?", (id,)))

    def write(
        self, document: dict[str, Any], changes: list[dict[str, Any]], what: str, by: str, before: int,
        once: str | None = None, author: str | None = None,
    ) -> int:  # fmt: skip
        """Enter a map as it is after an edit, and what that changed.

        Args:
            document: it.
            changes: as `lvtu.maps.changes` tells them.
            what: the name of the edit.
            by: what whoever made it is called.
            before: the step that it was made on; 0 for a new map.
            once: what whoever sends the edit knows it by.
            author: the id of whoever made it; None: known by the name alone.

        Returns:
            The number of the step.

        Raises:
            BadInput: somebody else was first.
        """
        id, now, title = document["id"], time.time_ns() // 1000, _json(document["title"])
        with self._database.transaction() as connection:
            found = connection.execute("SELECT step FROM maps WHERE id = ?", (id,)).fetchone()
            if (found[0] if found else 0) != before:
                raise BadInput("map_moved_on", map=document["title"]["en"], step=before, now=found[0] if found else 0)
            connection.execute(
                "INSERT OR REPLACE INTO maps VALUES (?, ?, ?, ?, ?)", (id, title, before + 1, now, _json(document))
            )
            row = (id, before + 1, now, by, what, _json(changes))
            connection.execute("INSERT INTO map_changes VALUES (?, ?, ?, ?, ?, ?)", row)
            _sign(connection, (id, "step", before + 1), author)
            if once is not None:
                connection.execute("INSERT INTO map_sent VALUES (?, ?)", (id, once))
        return before + 1

    def came(self, id: str, once: str) -> bool:
        """Whether an edit of a map has come that its sender knows by `once`."""
        return bool(self._database.rows("SELECT 1 FROM map_sent WHERE map = ? AND once = ?", (id, once)))

    def steps(self, id: str, since: int = 0) -> list[MapStep]:
        """The edits of a map behind a step, in order."""
        query = f"""SELECT step, time, by, {_author("step", "kept.step")}, what, changes FROM map_changes AS kept
            WHERE map = ? AND step > ? ORDER BY step"""
        return [
            MapStep(*cast(Any, (*row[:5], json.loads(cast(str, row[5])))))
            for row in self._database.rows(query, (id, since))
        ]

    def made(self, id: str) -> list[MadeStep]:
        """The edits of a map, in order, without what they changed."""
        author = _author("step", "kept.step")
        query = f"SELECT step, what, by, {author} FROM map_changes AS kept WHERE map = ? ORDER BY step"
        return [MadeStep(*cast(Any, row)) for row in self._database.rows(query, (id,))]

    def authors(self) -> list[tuple[str, str]]:
        """What everybody with an id who edited a map was called then, and the id."""
        # CROSS: from the long rows to the short ones; looked up one by one the long ones take 25 times as long.
        query = """SELECT DISTINCT by, author FROM map_changes AS kept CROSS JOIN map_authors AS one
            ON one.map = kept.map AND one.made = 'step' AND one.number = kept.step"""
        return [cast("tuple[str, str]", row) for row in self._database.rows(query)]

    def add_image(self, id: str, image: str, type: str, content: bytes) -> None:
        """Keep a picture for the cards of a map.

        Raises:
            UnknownName: there is no such map.
        """
        self.read(id)
        row = (image, id, type, time.time_ns() // 1000, content)
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO map_images VALUES (?, ?, ?, ?, ?)", row)

    def has_image(self, id: str, image: str) -> bool:
        """Whether a map has a picture."""
        return bool(self._database.rows("SELECT 1 FROM map_images WHERE map = ? AND id = ?", (id, image)))

    def image(self, id: str, image: str) -> tuple[str, bytes]:
        """The type and the content of a picture of a map.

        Raises:
            UnknownName: it has no such picture.
        """
        rows = self._database.rows("SELECT type, content FROM map_images WHERE map = ? AND id = ?", (id, image))
        if not rows:
            raise UnknownName("image", image, [])
        return cast(str, rows[0][0]), cast(bytes, rows[0][1])

    def last(self, id: str) -> tuple[int, str, str | None]:
        """When a map was edited last (µs), what whoever did was called, and their id.

        Raises:
            UnknownName: there is no such map.
        """
        query = f"""SELECT maps.time, by, {_author("step", "kept.step")} FROM maps JOIN map_changes AS kept
            ON kept.map = maps.id AND kept.step = maps.step WHERE maps.id = ?"""
        rows = self._database.rows(query, (id,))
        if not rows:
            raise UnknownName("map", id, [one.title["en"] for one in self.all()])
        return cast("tuple[int, str, str | None]", rows[0])

    def publish(self, id: str, name: str, by: str, author: str | None = None) -> int:
        """Keep a map as it is, for good; returns the number of the version.

        Args:
            id: the map's.
            name: what the version is called.
            by, author: see `write`.

        Raises:
            UnknownName: there is no such map.
        """
        self.read(id)
        query = """INSERT INTO map_versions SELECT id, 1 + (SELECT count(*) FROM map_versions WHERE map = id),
            ?2, ?3, ?4, document FROM maps WHERE id = ?1"""
        with self._database.transaction() as connection:
            connection.execute(query, (id, name, time.time_ns() // 1000, by))
            found = connection.execute("SELECT count(*) FROM map_versions WHERE map = ?", (id,)).fetchone()
            _sign(connection, (id, "version", found[0]), author)
        return cast(int, found[0])

    def versions(self, id: str) -> list[MapVersion]:
        """The named versions of a map, the first first."""
        step = "SELECT max(step) FROM map_changes AS made WHERE made.map = kept.map AND made.time <= kept.time"
        query = f"""SELECT number, name, time, by, {_author("version", "kept.number")}, ({step})
            FROM map_versions AS kept WHERE map = ? ORDER BY number"""
        return [MapVersion(*cast(Any, row)) for row in self._database.rows(query, (id,))]

    def version(self, id: str, number: int) -> dict[str, Any]:
        """A map as it was when a version was kept.

        Raises:
            UnknownName: there is no such version.
        """
        query = "SELECT document FROM map_versions WHERE map = ? AND number = ?"
        found = self._database.one(query, (id, number))
        if found is None:
            raise UnknownName("version", str(number), [str(one.number) for one in self.versions(id)])
        return cast("dict[str, Any]", json.loads(cast(str, found)))

    def see(
        self, id: str, numbers: dict[str, Any], by: str, version: int | None = None, author: str | None = None
    ) -> None:
        """Keep the numbers of a map as they are now, in the place of those of before.

        Args:
            id: the map's.
            numbers: they.
            by, author: see `write`.
            version: the number of the version that was kept then, if one was.

        Raises:
            UnknownName: there is no such map.
        """
        self.read(id)
        with self._database.transaction() as connection:
            row = (id, version, time.time_ns() // 1000, by, _json(numbers))
            connection.execute("INSERT OR REPLACE INTO map_seen VALUES (?, ?, ?, ?, ?)", row)
            _sign(connection, (id, "seen", 0), author)

    def seen(self, id: str) -> SeenMap | None:
        """The numbers of a map as they were when it was kept or looked through last; None where it never was."""
        query = f"SELECT version, time, by, {_author('seen', '0')}, numbers FROM map_seen AS kept WHERE map = ?"
        rows = self._database.rows(query, (id,))
        if not rows:
            return None
        version, at, by, author, numbers = cast(Any, rows[0])
        return SeenMap(version, at, by, author, json.loads(numbers))

    def erase(
        self, of_map: OfMap, marked: Callable[[dict[str, Any], dict[str, Any]], list[dict[str, Any]]],
        only: str | None = None,
    ) -> int:  # fmt: skip
        """Take somebody out of maps: of what they are, of everything that was ever changed in them, of their versions.

        It is one transaction: nobody's edit comes between. A map that is another now has a step more, so that whoever
        has it open sees it anew and cannot bring back what is gone. Finish with `Database.truncate`.

        Args:
            of_map: how a map is without them.
            marked: what is otherwise in a document, without telling what it was.
            only: the id of the one map that is looked at; all of them if not given.

        Returns:
            How many cards lost words.
        """
        lost, at = 0, time.time_ns() // 1000
        with self._database.transaction() as connection:
            for id, step, document in connection.execute("SELECT id, step, document FROM maps").fetchall():
                if only in (None, id):
                    texts = list(_texts(connection, id))
                    rewrite, losing, keeping = of_map([json.loads(one[3]) for one in texts if one[2] in _PLAIN])
                    lost += len(losing)
                    rows = [(id, card) for card in sorted(keeping)]
                    connection.executemany("INSERT OR IGNORE INTO map_words VALUES (?, ?)", rows)
                    _put(connection, id, texts, rewrite)
                    before = json.loads(document)
                    if (now := rewrite(before)) != before:
                        row = (id, step + 1, at, BY, FORGOTTEN, _json(marked(before, now)))
                        columns = "map, step, time, by, what, changes"
                        connection.execute(f"INSERT INTO map_changes ({columns}) VALUES (?, ?, ?, ?, ?, ?)", row)
                        connection.execute("UPDATE maps SET step = ?, time = ? WHERE id = ?", (step + 1, at, id))
        return lost

    def words(self) -> list[tuple[str, str]]:
        """The cards, with the ids of their maps, that may hold what somebody said who was forgotten."""
        return [cast(Any, row) for row in self._database.rows("SELECT map, card FROM map_words ORDER BY map, card")]

    def settle(self, id: str, card: str) -> None:
        """Note that a card of a map has been looked at: it holds no such words, or none any more."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM map_words WHERE map = ? AND card = ?", (id, card))

    def remove(self, id: str) -> None:
        """Take a map away, with its edits and versions.

        Raises:
            UnknownName: there is no such map.
        """
        self.read(id)
        with self._database.transaction() as connection:
            theirs = ("map_changes", "map_versions", "map_images", "map_seen", "map_sent", "map_authors", "map_words")
            for table in ("maps WHERE id", *(f"{name} WHERE map" for name in theirs)):
                connection.execute(f"DELETE FROM {table} = ?", (id,))


def _author(made: str, number: str) -> str:
    """The id of whoever made what a row of `kept` tells of, as SQL."""
    return f"""(SELECT author FROM map_authors AS one
        WHERE one.map = kept.map AND one.made = '{made}' AND one.number = {number})"""


def _sign(connection: sqlite3.Connection, made: tuple[str, str, int], author: str | None) -> None:
    """Note who made a step, a version, or looked through the numbers of a map; nobody: no more is known than a name."""
    connection.execute("DELETE FROM map_authors WHERE map = ? AND made = ? AND number = ?", made)
    if author is not None:
        connection.execute("INSERT INTO map_authors VALUES (?, ?, ?, ?)", (*made, author))


def _texts(connection: Any, id: str) -> Iterator[tuple[str, int, str, str]]:
    """Everything in a map that people wrote: its table, the number of its row, the column and the text."""
    for table, key, number, columns in _WRITTEN:
        for row in connection.execute(f"SELECT {number}, {', '.join(columns)} FROM {table} WHERE {key} = ?", (id,)):
            yield from ((table, row[0], *one) for one in zip(columns, row[1:], strict=True))


def _put(connection: Any, id: str, texts: Iterable[tuple[str, int, str, str]], rewrite: Rewrite) -> None:
    """Other texts in the place of those of a map."""
    keys = {table: (key, number) for table, key, number, _ in _WRITTEN}
    for table, number, column, text in texts:
        left = _json(rewrite(json.loads(text))) if column in _PLAIN else rewrite(text)
        if left != text:
            key, numbered = keys[table]
            query = f"UPDATE {table} SET {column} = ? WHERE {key} = ? AND {numbered} = ?"
            connection.execute(query, (left, id, number))


def _kept(row: tuple[object, ...]) -> KeptMap:
    id, title, step, at, document = cast(Any, row)
    return KeptMap(id, json.loads(title), step, at, json.loads(document))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
