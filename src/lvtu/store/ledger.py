"""The workspace's books: commits, ingested files, identity edges, documents, erasures and their receipts.

One SQLite file, `catalog.sqlite`. Nothing in it is needed to read an event; what it says about commits
can be checked against the lake.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from lvtu.store.corrections import SCHEMA as CORRECTIONS
from lvtu.store.corrections import Corrections
from lvtu.store.insights import SCHEMA as INSIGHTS
from lvtu.store.insights import Insights
from lvtu.store.maps import SCHEMA as MAPS
from lvtu.store.maps import StoredMaps
from lvtu.store.projects import SCHEMA as PROJECTS
from lvtu.store.projects import StoredProjects
from lvtu.store.proposals import IDENTITY_GROWS, SCHEMA, Proposals
from lvtu.store.sqlite import Database
from lvtu.store.write_keys import SCHEMA as KEYS
from lvtu.store.write_keys import WriteKeys

_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS commits (number INTEGER PRIMARY KEY, time INTEGER NOT NULL, events INTEGER NOT NULL,
  repeats INTEGER NOT NULL, source TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS suppressed (hash BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS receipts (id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, hash BLOB NOT NULL,
  events INTEGER NOT NULL, commit_number INTEGER NOT NULL, details TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, size INTEGER NOT NULL,
  hash TEXT NOT NULL, time INTEGER NOT NULL, report TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS files_by_hash ON files (hash);
CREATE TABLE IF NOT EXISTS edges (id INTEGER PRIMARY KEY AUTOINCREMENT, left_kind TEXT NOT NULL, left_id TEXT NOT NULL,
  right_kind TEXT NOT NULL, right_id TEXT NOT NULL, time INTEGER NOT NULL, source TEXT NOT NULL,
  retracted_at INTEGER, retracted_by TEXT);
CREATE INDEX IF NOT EXISTS edges_left ON edges (left_kind, left_id);
CREATE INDEX IF NOT EXISTS edges_right ON edges (right_kind, right_id);
CREATE TABLE IF NOT EXISTS documents (kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL,
  time INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (kind, key, version)) WITHOUT ROWID
{SCHEMA}{KEYS}{CORRECTIONS}{INSIGHTS}{MAPS}{PROJECTS}"""


class Commit(NamedTuple):
    """One commit of the lake: `time` is in µs since 1970 UTC, `repeats` were dropped."""

    number: int
    time: int
    events: int
    repeats: int
    source: str


class Receipt(NamedTuple):
    """One erasure: a keyed hash of what was asked for, how many events went, the lake's version after it."""

    id: int
    time: int
    hash: bytes
    events: int
    commit: int
    details: dict[str, Any]


class IngestedFile(NamedTuple):
    """One file that was read, with the hash of its bytes and the report of its ingest."""

    id: int
    name: str
    size: int
    hash: str
    time: int
    report: dict[str, Any]


class Edge(NamedTuple):
    """Two identifiers said to be one customer's; `retracted_by` names who or what took it back, if so."""

    id: int
    left_kind: str
    left_id: str
    right_kind: str
    right_id: str
    time: int
    source: str
    retracted_at: int | None = None
    retracted_by: str | None = None


class StoredDocument(NamedTuple):
    """One version of what people keep: `document` is its JSON, `time` when it was saved (µs since 1970 UTC)."""

    kind: str
    key: str
    version: int
    time: int
    document: dict[str, Any]


class Ledger:
    """The books in one SQLite file; every method is one transaction, on disk when it returns.

    Args:
        path: the file, made if absent.

    Attributes:
        proposals: the proposed edges.
        write_keys: who may send events.
        corrections: what people corrected in how texts were read.
        insights: what people learnt, and the evidence for it.
        maps: the journey maps.
        projects: the projects that people follow a programme in.

    Example:
        >>> import tempfile
        >>> ledger = Ledger(Path(tempfile.mkdtemp()) / "catalog.sqlite")
        >>> ledger.add_commit(0, time=1_000, events=20, repeats=1, source="orders.csv")
        >>> ledger.at(2_000), ledger.at(999)
        (0, -1)
        >>> ledger.close()
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _SCHEMA)
        self.proposals, self.corrections = Proposals(self._database), Corrections(self._database)
        self.insights = Insights(self._database)
        self.maps = StoredMaps(self._database)
        self.projects = StoredProjects(self._database)
        with self._database.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('key', ?)", (secrets.token_bytes(32),))
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'models'").fetchone():  # books before these
                connection.execute("INSERT OR IGNORE INTO documents SELECT 'model', * FROM models")
                connection.execute("DROP TABLE models")
        self._key = cast(bytes, self._database.one("SELECT value FROM meta WHERE name = 'key'"))
        self.write_keys = WriteKeys(self._database, self.keyed_hash)
        self.check = self._database.check

    # Commits

    def add_commit(self, number: int, time: int, events: int, repeats: int, source: str) -> None:
        """Enter a commit; the same number again replaces it (after a crash the committer enters it anew)."""
        self._write("INSERT OR REPLACE INTO commits VALUES (?, ?, ?, ?, ?)", [(number, time, events, repeats, source)])

    def commits(self) -> list[Commit]:
        """All commits by number."""
        return [Commit(*cast(Any, row)) for row in self._database.rows("SELECT * FROM commits ORDER BY number")]

    def received(self, most: int) -> list[int]:
        """When the latest commits with events were made (µs), the newest first."""
        query = "SELECT time FROM commits WHERE events > 0 ORDER BY number DESC LIMIT ?"
        return [cast(int, row[0]) for row in self._database.rows(query, (most,))]

    def last_commit(self) -> int:
        """The largest commit number entered, or -1."""
        return cast(int, self._database.one("SELECT ifnull(max(number), -1) FROM commits"))

    def at(self, time: int) -> int:
        """The number of the last commit made at or before a time (µs), or -1."""
        query = "SELECT ifnull(max(number), -1) FROM commits WHERE time <= ?"
        return cast(int, self._database.one(query, (time,)))

    # Suppression, erasures and receipts

    def keyed_hash(self, value: str | bytes) -> bytes:
        """A 16-byte hash that only this ledger can make: it recognises a value without keeping it."""
        data = value.encode() if isinstance(value, str) else value
        return hashlib.blake2b(data, digest_size=16, key=self._key).digest()

    def suppress(self, hashes: Iterable[bytes]) -> None:
        """Never accept these again; see `keyed_hash`."""
        self._write("INSERT OR IGNORE INTO suppressed VALUES (?)", [(value,) for value in hashes])

    def suppressed(self) -> set[bytes]:
        """The keyed hashes of everything that must not come back."""
        return {cast(bytes, row[0]) for row in self._database.rows("SELECT hash FROM suppressed")}

    def add_receipt(self, time: int, hash: bytes, events: int, commit: int, details: dict[str, Any]) -> int:
        """Enter an erasure that is done: `at` before `commit` can no longer be shown. Returns the receipt's id."""
        row = (time, hash, events, commit, json.dumps(details, ensure_ascii=False))
        with self._database.transaction() as connection:
            query = "INSERT INTO receipts (time, hash, events, commit_number, details) VALUES (?, ?, ?, ?, ?)"
            return cast(int, connection.execute(query, row).lastrowid)

    def receipts(self) -> list[Receipt]:
        """All receipts, oldest first."""
        rows = self._database.rows("SELECT * FROM receipts ORDER BY id")
        return [Receipt(*cast(Any, (*row[:5], json.loads(cast(str, row[5]))))) for row in rows]

    def last_erasure(self) -> int:
        """The largest commit number of an erasure, or -1: earlier snapshots can no longer be shown."""
        return cast(int, self._database.one("SELECT ifnull(max(commit_number), -1) FROM receipts"))

    # Files

    def add_file(self, name: str, size: int, hash: str, time: int, report: dict[str, Any]) -> None:
        """Enter a file that was read to its end, with the report of its ingest."""
        row = (name, size, hash, time, json.dumps(report, ensure_ascii=False))
        self._write("INSERT INTO files (name, size, hash, time, report) VALUES (?, ?, ?, ?, ?)", [row])

    def files(self, hash: str | None = None) -> list[IngestedFile]:
        """The files that were read, oldest first; only those of one hash if given."""
        rows = self._database.rows("SELECT * FROM files WHERE hash = ifnull(?, hash) ORDER BY id", (hash,))
        return [IngestedFile(*cast(Any, (*row[:5], json.loads(cast(str, row[5]))))) for row in rows]

    # Identity edges

    def add_edges(self, edges: Iterable[tuple[str, str, str, str, int, str]]) -> int:
        """Append edges (left kind, left id, right kind, right id, time µs, source or rule); returns the last id.

        The ``identity`` value grows, as with every change of who is who.
        """
        query = "INSERT INTO edges (left_kind, left_id, right_kind, right_id, time, source) VALUES (?, ?, ?, ?, ?, ?)"
        with self._database.transaction() as connection:  # the number is asked in it: others may be adding edges too
            connection.executemany(query, edges)
            connection.execute(IDENTITY_GROWS)
            return cast(int, connection.execute("SELECT ifnull(max(id), 0) FROM edges").fetchone()[0])

    def edges(self, after: int = 0, as_of: int | None = None, retracted: bool = False) -> list[Edge]:
        """Edges by id.

        Args:
            after: only ids above this.
            as_of: a time in µs: the edges known then, retracted ones included if they were retracted later.
            retracted: also those that have been taken back.
        """
        query = """SELECT * FROM edges WHERE id > ?1 AND (?2 IS NULL OR time <= ?2)
            AND (?3 OR retracted_at IS NULL OR (?2 IS NOT NULL AND retracted_at > ?2)) ORDER BY id"""
        return [Edge(*cast(Any, row)) for row in self._database.rows(query, (after, as_of, retracted))]

    def edges_of(self, kind: str, identifier: str) -> list[Edge]:
        """Every edge that touches an identifier, retracted ones included."""
        query = """SELECT * FROM edges WHERE (left_kind = ?1 AND left_id = ?2) OR (right_kind = ?1 AND right_id = ?2)
            ORDER BY id"""
        return [Edge(*cast(Any, row)) for row in self._database.rows(query, (kind, identifier))]

    def retract(self, ids: Sequence[int], time: int, by: str) -> None:
        """Take edges back: they stay in the books, with when and by whom; a second retraction changes nothing."""
        query = "UPDATE edges SET retracted_at = ?, retracted_by = ? WHERE id = ? AND retracted_at IS NULL"
        with self._database.transaction() as connection:
            connection.executemany(query, [(time, by, id) for id in ids])
            connection.execute(IDENTITY_GROWS)

    def erase_edges(self, ids: Sequence[int]) -> None:
        """Delete edges, and what was proposed with them, for good (forgetting); finish with `truncate`."""
        with self._database.transaction() as connection:
            for table in ("edges WHERE id", "proposals WHERE number"):
                connection.executemany(f"DELETE FROM {table} = ?", [(id,) for id in ids])

    # Documents: journey models, metrics, …

    def add_document(self, kind: str, key: str, time: int, document: dict[str, Any]) -> int:
        """Enter a document as the next version of its key; returns the version. Versions are never changed."""
        query = """INSERT INTO documents SELECT ?1, ?2, ifnull(max(version), 0) + 1, ?3, ?4 FROM documents
            WHERE kind = ?1 AND key = ?2"""
        with self._database.transaction() as connection:
            connection.execute(query, (kind, key, time, json.dumps(document, ensure_ascii=False)))
            query = "SELECT max(version) FROM documents WHERE kind = ? AND key = ?"
            return cast(int, connection.execute(query, (kind, key)).fetchone()[0])

    def documents(self, kind: str | None = None, key: str | None = None) -> list[StoredDocument]:
        """Every version of every document (of a kind; of one key), by kind, key and version."""
        query = """SELECT * FROM documents WHERE kind = ifnull(?1, kind) AND key = ifnull(?2, key)
            ORDER BY kind, key, version"""
        rows = self._database.rows(query, (kind, key))
        return [StoredDocument(*cast(Any, (*row[:4], json.loads(cast(str, row[4]))))) for row in rows]

    def documents_saved(self) -> tuple[int, int]:
        """How many versions of documents there are, and when the last one was saved (µs)."""
        found = self._database.rows("SELECT count(*), ifnull(max(time), 0) FROM documents")
        return cast("tuple[int, int]", found[0])

    def remove_document(self, kind: str, key: str) -> bool:
        """Take a document away, with all its versions; returns whether there was one."""
        with self._database.transaction() as connection:
            gone = connection.execute("DELETE FROM documents WHERE kind = ? AND key = ?", (kind, key)).rowcount
        return gone > 0

    def erase_documents(self, keys: Iterable[str], changed: Iterable[StoredDocument]) -> None:
        """Take the documents of some keys away, and put others in the place of theirs (forgetting)."""
        texts = [(json.dumps(one.document, ensure_ascii=False), one.kind, one.key, one.version) for one in changed]
        self._write("UPDATE documents SET document = ? WHERE kind = ? AND key = ? AND version = ?", texts)
        self._write("DELETE FROM documents WHERE key = ?", [(key,) for key in keys])

    # The file itself

    def get(self, name: str) -> Any:
        """A small named value kept by `put`, or None."""
        value = self._database.one("SELECT value FROM meta WHERE name = ?", (f"value.{name}",))
        return None if value is None else json.loads(cast(str, value))

    def put(self, name: str, value: object) -> None:
        """Keep a small value under a name (the next free event id, say)."""
        self._write("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(f"value.{name}", json.dumps(value))])

    def truncate(self) -> None:
        """Leave no byte of deleted rows in the file or its log; see `Database.truncate`."""
        self._database.truncate()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _write(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        with self._database.transaction() as connection:
            connection.executemany(query, rows)
