"""Projects in the books: each as it is now. Forgetting a customer reaches them with the maps."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, cast

from lvtu.errors import UnknownName
from lvtu.store.sqlite import Database

SCHEMA = """;
CREATE TABLE IF NOT EXISTS map_projects (id TEXT PRIMARY KEY, time INTEGER NOT NULL,
  document TEXT NOT NULL) WITHOUT ROWID"""


class StoredProjects:
    """The projects in the ledger.

    Args:
        database: the ledger's.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.store.ledger import Ledger
        >>> projects = Ledger(pathlib.Path(tempfile.mkdtemp()) / "catalog.sqlite").projects
        >>> projects.write({"id": "p1", "title": "Checkout"})
        >>> [one["title"] for one in projects.all()], projects.read("p1")["id"]
        (['Checkout'], 'p1')
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[dict[str, Any]]:
        """Every project, the one that was worked on last first."""
        rows = self._database.rows("SELECT document FROM map_projects ORDER BY time DESC, id")
        return [json.loads(cast(str, row[0])) for row in rows]

    def read(self, id: str) -> dict[str, Any]:
        """A project.

        Raises:
            UnknownName: there is none of that id.
        """
        found = self._database.one("SELECT document FROM map_projects WHERE id = ?", (id,))
        if found is None:
            raise UnknownName("project", id, [one["title"] for one in self.all()])
        return cast("dict[str, Any]", json.loads(cast(str, found)))

    def write(self, document: dict[str, Any]) -> None:
        """Keep a project as it is now."""
        text = json.dumps(document, ensure_ascii=False)
        with self._database.transaction() as connection:
            row = (document["id"], time.time_ns() // 1000, text)
            connection.execute("INSERT OR REPLACE INTO map_projects VALUES (?, ?, ?)", row)

    def change(self, id: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """Keep what becomes of a project, of which nobody else makes something meanwhile.

        Raises:
            UnknownName: there is none of that id.
        """
        with self._database.transaction() as connection:
            found = connection.execute("SELECT document FROM map_projects WHERE id = ?", (id,)).fetchone()
            if found is None:
                raise UnknownName("project", id, [])
            text = json.dumps(change(json.loads(cast(str, found[0]))), ensure_ascii=False)
            row = (time.time_ns() // 1000, text, id)
            connection.execute("UPDATE map_projects SET time = ?, document = ? WHERE id = ?", row)

    def erase(self, rewrite: Callable[[Any], Any]) -> None:
        """Take somebody out of all projects. Finish with `Database.truncate`.

        Args:
            rewrite: a JSON value without them.
        """
        with self._database.transaction() as connection:
            for id, text in connection.execute("SELECT id, document FROM map_projects").fetchall():
                if (left := json.dumps(rewrite(json.loads(text)), ensure_ascii=False)) != text:
                    connection.execute("UPDATE map_projects SET document = ? WHERE id = ?", (left, id))

    def remove(self, id: str) -> None:
        """Take a project away.

        Raises:
            UnknownName: there is none of that id.
        """
        self.read(id)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM map_projects WHERE id = ?", (id,))
