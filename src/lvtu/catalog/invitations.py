"""Who is asked to answer a survey, when, and why somebody was not.

An invitation is there before it is sent. While somebody sends it, its state says so: who finds it in that state later
knows that whoever sent it is gone, and that nobody can say whether it went out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.tables import InvitationRow, columns_of
from lvtu.errors import BadInput, UnknownName

WAITING, SENDING, SENT, FAILED, SKIPPED, UNKNOWN = "waiting", "sending", "sent", "failed", "skipped", "unknown"
"""It is due later; it goes out now; it went; it cannot; they are not to be asked; whether it went, nobody knows."""

BOUNCED = "bounced"
"""It went, and came back: it reached nobody, and no limit counts it."""

_WENT = (SENDING, SENT, UNKNOWN)

REPLY = "reply-"
"""What the way of a message begins with that answers a piece of feedback: it asks nothing, and no limit counts it."""


@dataclass(frozen=True)
class KeptInvitation:
    """An invitation; see `lvtu.catalog.tables.InvitationRow`.

    Attributes:
        id: its own; the token in its link carries it.
        cause: what it is sent for; there is one for each.
        customer: who is asked; None where only an address is known.
        recipient: where it goes; None until that is looked up, or where the way needs none.
        way: ``email``, ``sms``, ``wecom``, ``message``.
        about: where it is asked, and what else the link says.
        state: see the states above.
        why: why they were not asked, or it failed.
        error: what the other side said.
        due: when it is next seen to; None once that is over.
        decided: when it was decided to send it.
        told: when there was an event of it.
    """

    id: str
    survey_id: str
    workspace_id: str
    cause: str
    customer: str | None
    recipient: str | None
    way: str
    about: dict[str, Any]
    state: str
    why: str | None
    error: str
    attempts: int
    created: datetime
    due: datetime | None
    decided: datetime | None
    told: datetime | None


@dataclass(frozen=True)
class Limit:
    """At most so many invitations since a time; of one survey, or of all of a workspace.

    Attributes:
        code: why somebody is not asked who had as many.
        most: so many.
        since: the time.
        survey_id: of this survey only.
    """

    code: str
    most: int
    since: datetime
    survey_id: str | None = None


class Invitations:
    """The invitations in the catalog.

    Args:
        database: the catalog's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, survey_id: str, workspace_id: str, cause: str, *, customer: str | None, recipient: str | None, way: str,
        about: Mapping[str, Any], due: datetime,
    ) -> bool:  # fmt: skip
        """Keep a new one; False where there is one for this cause already."""
        row = InvitationRow(
            survey_id=survey_id, workspace_id=workspace_id, cause=cause, customer=customer, recipient=recipient,
            way=way, about=dict(about), due=due,
        )  # fmt: skip
        try:
            with self._database.writing() as session:
                session.add(row)
        except IntegrityError:
            return False
        return True

    def due(self, most: int) -> list[KeptInvitation]:
        """Those that wait and are due, the longest first."""
        query = select(InvitationRow).where(InvitationRow.state == WAITING, InvitationRow.due <= now())
        with self._database.reading() as session:
            return [_invitation(row) for row in session.scalars(query.order_by(InvitationRow.due).limit(most))]

    def begin(self, one: KeptInvitation, recipient: str | None, limits: list[Limit]) -> KeptInvitation | None:
        """Decide that one goes out now, unless the customer had too many; on disk when it returns.

        Returns:
            It, as it is now: ``sending`` or ``skipped``. None where somebody else has seen to it meanwhile.
        """
        with self._database.writing() as session:
            row = session.get(InvitationRow, one.id, with_for_update=True)
            if row is None or row.state != WAITING:
                return None
            for limit in limits:
                if _had(session, row, recipient, limit) >= limit.most:
                    row.state, row.why, row.due = SKIPPED, limit.code, None
                    return _invitation(row)
            row.state, row.recipient, row.attempts = SENDING, recipient, row.attempts + 1
            row.decided, row.due = now(), None
            return _invitation(row)

    def end(self, id: str, state: str, *, why: str | None = None, error: str = "", due: datetime | None = None) -> None:
        """Say what came of one."""
        with self._database.writing() as session:
            row = session.get(InvitationRow, id)
            if row is not None and row.state in (WAITING, SENDING):
                row.state, row.why, row.error, row.due = state, why, error[:500], due

    def going_out(self, workspace_ids: Collection[str]) -> list[KeptInvitation]:
        """Those of some workspaces that go out, as of what is on disk."""
        query = select(InvitationRow).where(
            InvitationRow.state == SENDING, InvitationRow.workspace_id.in_(workspace_ids)
        )
        with self._database.reading() as session:
            return [_invitation(row) for row in session.scalars(query)]

    def untold(self, most: int) -> list[KeptInvitation]:
        """Those that went and are no event yet."""
        query = select(InvitationRow).where(InvitationRow.state == SENT, InvitationRow.told.is_(None))
        with self._database.reading() as session:
            return [_invitation(row) for row in session.scalars(query.order_by(InvitationRow.id).limit(most))]

    def told(self, id: str) -> None:
        """Note that there is an event of one."""
        with self._database.writing() as session:
            row = session.get(InvitationRow, id)
            if row is not None:
                row.told = now()

    def listed(
        self, survey_id: str, state: str | None = None, before: str | None = None, limit: int = 50
    ) -> list[KeptInvitation]:
        """Those of a survey, newest first."""
        query = select(InvitationRow).where(InvitationRow.survey_id == survey_id)
        if state is not None:
            query = query.where(InvitationRow.state == state)
        if before is not None:
            query = query.where(InvitationRow.id < before)
        with self._database.reading() as session:
            return [_invitation(row) for row in session.scalars(query.order_by(InvitationRow.id.desc()).limit(limit))]

    def of_causes(self, survey_id: str, causes: Collection[str]) -> dict[str, KeptInvitation]:
        """Those that were sent for some causes, by cause."""
        query = select(InvitationRow).where(InvitationRow.survey_id == survey_id, InvitationRow.cause.in_(causes))
        with self._database.reading() as session:
            return {row.cause: _invitation(row) for row in session.scalars(query)}

    def counts(self, survey_id: str) -> list[tuple[str, str | None, int]]:
        """How many are in which state, and why."""
        query = (
            select(InvitationRow.state, InvitationRow.why, func.count())
            .where(InvitationRow.survey_id == survey_id)
            .group_by(InvitationRow.state, InvitationRow.why)
        )
        with self._database.reading() as session:
            return sorted(((state, why, n) for state, why, n in session.execute(query)), key=lambda one: -one[2])

    def bounce(self, survey_id: str, id: str, error: str) -> KeptInvitation:
        """Note that one came back.

        Raises:
            UnknownName: the survey has none of that id.
            BadInput: it did not go out (``invitation_not_out``).
        """
        with self._database.writing() as session:
            row = session.get(InvitationRow, id)
            if row is None or row.survey_id != survey_id:
                raise UnknownName("invitation", id, [])
            if row.state not in (SENT, UNKNOWN, BOUNCED):
                raise BadInput("invitation_not_out", state=row.state)
            row.state, row.why, row.error = BOUNCED, None, error[:500]
            return _invitation(row)

    def again(self, survey_id: str, id: str) -> KeptInvitation:
        """Send one again that failed, came back, or of which nobody knows whether it went.

        Raises:
            UnknownName: the survey has none of that id.
            BadInput: it went, or still goes out (``invitation_not_again``).
        """
        with self._database.writing() as session:
            row = session.get(InvitationRow, id)
            if row is None or row.survey_id != survey_id:
                raise UnknownName("invitation", id, [])
            if row.state not in (FAILED, UNKNOWN, BOUNCED):
                raise BadInput("invitation_not_again", state=row.state)
            row.state, row.why, row.error, row.due, row.decided = WAITING, None, "", now(), None
            return _invitation(row)


def _had(session: Session, row: InvitationRow, recipient: str | None, limit: Limit) -> int:
    """How many invitations a customer had."""
    same: ColumnElement[bool] = (
        InvitationRow.customer == row.customer if row.customer is not None else InvitationRow.recipient == recipient
    )
    query = select(func.count()).where(
        InvitationRow.workspace_id == row.workspace_id, same, InvitationRow.state.in_(_WENT),
        InvitationRow.decided > limit.since, InvitationRow.id != row.id, ~InvitationRow.way.startswith(REPLY),
    )  # fmt: skip
    if limit.survey_id is not None:
        query = query.where(InvitationRow.survey_id == limit.survey_id)
    return session.scalar(query) or 0


def _invitation(row: InvitationRow) -> KeptInvitation:
    kept = columns_of(row)
    return KeptInvitation(**{name: kept[name] for name in KeptInvitation.__dataclass_fields__})
