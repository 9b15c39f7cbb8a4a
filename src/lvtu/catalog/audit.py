"""Who did what, on what, when, from where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from lvtu.catalog.database import Database
from lvtu.catalog.tables import AuditRow, columns_of


@dataclass(frozen=True)
class Entry:
    """One line of the audit log.

    Attributes:
        id: a UUID; ids sort by time.
        at: when.
        person_id: who; None where nobody was signed in.
        token_id: with which personal token, if it was one.
        workspace_id: in which workspace; None for what concerns none.
        action: the method and the address's pattern: ``DELETE /api/w/{workspace}/shares/{id}``.
        target: on what, by name: ``{"id": …}``.
        status: the HTTP status of the answer: below 400, it was done.
        address: from where.
    """

    id: str
    at: datetime
    person_id: str | None
    token_id: str | None
    workspace_id: str | None
    action: str
    target: dict[str, Any]
    status: int
    address: str


class Audit:
    """The audit log in the catalog. Lines are added and read, never changed.

    Args:
        database: the catalog's.

    Example:
        >>> import tempfile, pathlib
        >>> audit = Audit(Database.of(pathlib.Path(tempfile.mkdtemp())))
        >>> audit.note("POST /api/session", status=401, address="127.0.0.1")
        >>> [(one.action, one.status) for one in audit.entries(None)]
        [('POST /api/session', 401)]
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(
        self, action: str, *, status: int, address: str, person_id: str | None = None, token_id: str | None = None,
        workspace_id: str | None = None, target: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Add a line; see `Entry`."""
        row = AuditRow(
            action=action, status=status, address=address[:64], person_id=person_id, token_id=token_id,
            workspace_id=workspace_id, target=dict(target or {}),
        )  # fmt: skip
        with self._database.writing() as session:
            session.add(row)

    def entries(
        self, workspace_id: str | None, *, before: str | None = None, person_id: str | None = None, limit: int = 100
    ) -> list[Entry]:
        """Lines of a workspace, newest first.

        Args:
            workspace_id: which; None for what concerns none.
            before: only those before the line of this id.
            person_id: only this person's.
            limit: at most so many.
        """
        query = select(AuditRow).where(AuditRow.workspace_id == workspace_id)
        if before is not None:
            query = query.where(AuditRow.id < before)
        if person_id is not None:
            query = query.where(AuditRow.person_id == person_id)
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(AuditRow.id.desc()).limit(limit))
            return [Entry(**columns_of(row)) for row in rows]
