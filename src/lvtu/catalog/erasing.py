"""Taking somebody's name out of what people wrote: everything in the catalog that may hold one, in one place.

Columns that are not looked at hold ids, hashes, times and choices of a fixed list. Nor are the people who sign in: an
account is theirs, whoever else they may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, delete, or_, select, text
from sqlalchemy.orm import Session, object_session

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.map_tables import MapCommentRow, MapReviewRow, MapVerdictRow, MapVotingRow
from lvtu.catalog.tables import (
    AttemptRow,
    AuditRow,
    Base,
    DeliveryRow,
    DocumentRow,
    FeedbackChangeRow,
    FeedbackRow,
    InvitationRow,
    RecordingRow,
    ShareRow,
    SurveyFileRow,
    SurveyResponseRow,
    SurveyRow,
    SurveyVersionRow,
    TokenRow,
    WebhookRow,
)  # fmt: skip
from lvtu.store import sqlite

V = TypeVar("V")

Without = Callable[[Any], Any]
"""A text or a JSON value without somebody; the same one where they are not in it."""

DISABLED = "erased"
"""Why a webhook is off whose address named somebody: where it leads now, nobody meant."""

_AT_ONCE = 500

_COLUMNS: dict[type[Base], tuple[str, ...]] = {
    DocumentRow: ("body",),
    RecordingRow: ("name",),
    ShareRow: ("title", "shown"),
    AuditRow: ("target",),
    WebhookRow: ("url", "description"),
    DeliveryRow: ("body",),
    AttemptRow: ("error", "excerpt"),
    TokenRow: ("name",),
    SurveyRow: ("draft", "settings"),
    SurveyVersionRow: ("definition",),
    SurveyResponseRow: ("given",),
    SurveyFileRow: ("whose", "name"),
    FeedbackRow: ("answer", "public"),
    FeedbackChangeRow: ("body",),
    InvitationRow: ("customer", "recipient", "about", "error"),
    MapCommentRow: ("body",),
    MapReviewRow: ("words",),
    MapVerdictRow: ("words",),
    MapVotingRow: ("title",),
}
"""What people wrote, and what was sent or answered because of it, by table."""


def erase(database: Database, workspace_id: str, without: Without) -> int:
    """Change all that somebody is named in, in one transaction; `truncate` then leaves none of the old bytes.

    A document that is changed has a new version: whoever has the old one open cannot save it over this one.

    Args:
        database: the catalog's.
        workspace_id: in what belongs to this workspace; personal tokens that open it count to it.
        without: takes somebody out.

    Returns:
        In how many places (columns of rows) they were.
    """
    with database.writing() as session:
        return sum(_changed(row, names, without) for row, names in _rows(session, workspace_id))


def truncate(database: Database) -> None:
    """Leave no byte of what was changed or deleted in the database's files.

    On PostgreSQL the tables are rewritten; its write-ahead log and its backups are its operator's.

    Raises:
        Busy: somebody is in the middle of reading; try again.
    """
    if database.path is not None:
        file = sqlite.Database(database.path, "")
        try:
            file.truncate()
        finally:
            file.close()
        return
    with database.connecting() as connection:
        for table in _COLUMNS:
            connection.execute(text(f"VACUUM (FULL) {table.__tablename__}"))


def _rows(session: Session, workspace_id: str) -> Iterator[tuple[Base, tuple[str, ...]]]:
    for table, names in _COLUMNS.items():
        found = _of(table, workspace_id).execution_options(yield_per=_AT_ONCE)
        for row in session.scalars(found):
            yield row, names


def _of(table: type[Base], workspace_id: str) -> Select[Any]:
    query = select(table)
    if table is AttemptRow:
        query = query.join(DeliveryRow, DeliveryRow.id == AttemptRow.delivery_id)
    if table in (DeliveryRow, AttemptRow):
        query = query.join(WebhookRow, WebhookRow.id == DeliveryRow.webhook_id)
        table = WebhookRow
    return query.where(_opens(workspace_id) if table is TokenRow else _belongs(table, workspace_id))


def _belongs(table: Any, workspace_id: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = table.workspace_id == workspace_id
    return found


def _opens(workspace_id: str) -> ColumnElement[bool]:
    """Tokens for this workspace among others; their list is JSON, and a UUID is found in its text."""
    from sqlalchemy import String, cast

    within = cast(TokenRow.workspace_ids, String)
    return or_(TokenRow.workspace_ids.is_(None), within.contains(workspace_id, autoescape=True))


def _changed(row: Any, names: tuple[str, ...], without: Without) -> int:
    """Take somebody out of a row; in how many of its columns they were."""
    changes = {name: new for name in names if (new := without({name: (old := getattr(row, name))})[name]) != old}
    for name, new in changes.items():
        setattr(row, name, new)
    if changes and isinstance(row, DocumentRow):
        row.version, row.editor, row.updated = row.version + 1, None, now()
        if (session := object_session(row)) is not None:  # nobody can be taken out of what is heard
            session.execute(delete(RecordingRow).where(RecordingRow.interview_id == row.id))
    if changes and isinstance(row, InvitationRow) and row.due is not None:
        row.state, row.why, row.due = "skipped", DISABLED, None
    if "whose" in changes and (session := object_session(row)) is not None:
        session.delete(row)  # what is in a file of theirs is theirs
    if "url" in changes:
        row.disabled, row.reason = row.disabled or now(), DISABLED
    return len(changes)
