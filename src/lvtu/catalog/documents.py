"""Documents that people make in a workspace: boards, annotations, webhooks, …"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.tables import DocumentRow, columns_of
from lvtu.errors import BadInput, UnknownName


@dataclass(frozen=True)
class Document:
    """A document.

    Attributes:
        id: a UUID; ids sort by the time the documents were made.
        kind: what it is: ``board``, ``annotation``, …
        version: 1, and one more with each change.
        body: it.
        author: the id of the person who made it; None where no person did.
        editor: of who changed it last.
        created: when.
        updated: when it was changed last.
    """

    id: str
    kind: str
    version: int
    body: dict[str, Any]
    author: str | None
    editor: str | None
    created: datetime
    updated: datetime


class Documents:
    """The documents of one kind in one workspace; nothing of another kind or workspace is ever found through it.

    In an endpoint: ``Documents(access.database, access.workspace_id, "board")``, with `author` or `editor` being
    ``access.person.id``. A domain keeps its body as a pydantic model: ``model_dump(mode="json")`` in,
    ``Model.model_validate(document.body)`` out. The words of an unknown one stand under ``errors.unknown_KIND``.

    Args:
        database: the catalog's.
        workspace_id: the workspace.
        kind: the kind.

    Example:
        >>> import tempfile, pathlib
        >>> database = Database.of(pathlib.Path(tempfile.mkdtemp()))
        >>> boards = Documents(database, "shop-id", "board")
        >>> board = boards.add({"title": "Sales"}, author=None)
        >>> boards.put(board.id, {"title": "Orders"}, editor=None, version=1).version
        2
        >>> [one.body["title"] for one in boards.list()]
        ['Orders']
        >>> Documents(database, "hotel-id", "board").list()
        []
    """

    def __init__(self, database: Database, workspace_id: str, kind: str) -> None:
        self._database, self._workspace, self._kind = database, workspace_id, kind

    def list(self) -> list[Document]:
        """All, oldest first."""
        query = select(DocumentRow).where(DocumentRow.workspace_id == self._workspace, DocumentRow.kind == self._kind)
        with self._database.reading() as session:
            return [_document(row) for row in session.scalars(query.order_by(DocumentRow.created, DocumentRow.id))]

    def get(self, id: str) -> Document:
        """One.

        Raises:
            UnknownName: there is none of that id here.
        """
        with self._database.reading() as session:
            return _document(self._mine(session.get(DocumentRow, id), id))

    def add(self, body: Mapping[str, Any], *, author: str | None) -> Document:
        """Keep a new one."""
        row = DocumentRow(
            workspace_id=self._workspace, kind=self._kind, body=dict(body), author=author, editor=author
        )  # fmt: skip
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return _document(row)

    def put(
        self, id: str, body: Mapping[str, Any], *, editor: str | None, version: int | None = None
    ) -> Document:  # fmt: skip
        """Change one.

        Args:
            id: which.
            body: all of it, as it is now.
            editor: who changes it.
            version: the one that was changed; None changes whatever is there.

        Raises:
            UnknownName: there is none of that id here.
            BadInput: somebody else changed it in the meantime (code ``changed_by_another``).
        """
        with self._database.writing() as session:
            row = self._mine(session.get(DocumentRow, id, with_for_update=True), id)
            if version is not None and version != row.version:
                raise BadInput("changed_by_another", version=version, newest=row.version)
            row.body, row.editor, row.version, row.updated = dict(body), editor, row.version + 1, now()
            return _document(row)

    def remove(self, id: str) -> None:
        """Remove one.

        Raises:
            UnknownName: there is none of that id here.
        """
        with self._database.writing() as session:
            session.delete(self._mine(session.get(DocumentRow, id), id))

    def _mine(self, row: DocumentRow | None, id: str) -> DocumentRow:
        if row is None or (row.workspace_id, row.kind) != (self._workspace, self._kind):
            raise UnknownName(self._kind, id, [])
        return row


def _document(row: DocumentRow) -> Document:
    kept = columns_of(row)
    return Document(**{name: kept[name] for name in Document.__dataclass_fields__})
