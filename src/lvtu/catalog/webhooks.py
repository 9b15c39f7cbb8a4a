"""Webhooks, and the messages that wait for them or were delivered."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.tables import AttemptRow, DeliveryRow, WebhookRow, columns_of
from lvtu.errors import UnknownName

PREFIX = "whsec_"
"""How a secret begins, as Standard Webhooks says."""

BOTH_VALID = timedelta(days=1)
"""How long messages are signed with the old secret too, once there is a new one."""

KEPT = timedelta(days=30)
"""How long a message stays in the log."""

State = Literal["waiting", "delivered", "failed"]


@dataclass(frozen=True)
class Webhook:
    """An address that messages are sent to; see `lvtu.catalog.tables.WebhookRow`."""

    id: str
    workspace_id: str
    url: str
    description: str
    types: list[str]
    secret: str
    old_secret: str | None
    old_until: datetime | None
    disabled: datetime | None
    reason: str | None
    created: datetime

    def secrets(self) -> list[str]:
        """Those that messages are signed with now."""
        old = self.old_secret if self.old_until is not None and self.old_until > now() else None
        return [self.secret, *([old] if old else [])]


@dataclass(frozen=True)
class Attempt:
    """One try to deliver a message.

    Attributes:
        at: when.
        number: 1 for the first.
        status: the HTTP status of the answer; None where there was none.
        error: why there was none.
        excerpt: how the answer began.
        took_ms: how long it took.
    """

    at: datetime
    number: int
    status: int | None
    error: str
    excerpt: str
    took_ms: int


@dataclass(frozen=True)
class Delivery:
    """A message for a webhook.

    Attributes:
        id: the message's; the same at every try, so that a receiver knows a repeat.
        webhook_id: for which.
        type: what it tells.
        body: its bytes as text.
        created: when it was made.
        since: from when on it has been tried.
        state: whether it waits, was delivered, or was given up.
        attempts: how often it was tried.
        due: when it is tried next; None once that is over.
    """

    id: str
    webhook_id: str
    type: str
    body: str
    created: datetime
    since: datetime
    state: State
    attempts: int
    due: datetime | None


class Webhooks:
    """The webhooks in the catalog.

    Args:
        database: the catalog's.

    Example:
        >>> import tempfile, pathlib
        >>> webhooks = Webhooks(Database.of(pathlib.Path(tempfile.mkdtemp())))
        >>> hook = webhooks.add("shop-id", "https://example.com/hooks", ["test.ping"], "", author=None)
        >>> hook.secret[:6], webhooks.queue("shop-id", "test.ping", "{}"), webhooks.queue("shop-id", "other", "{}")
        ('whsec_', 1, 0)
        >>> [(message.type, webhook.id == hook.id) for message, webhook in webhooks.claim(10, timedelta(minutes=1))]
        [('test.ping', True)]
        >>> webhooks.claim(10, timedelta(minutes=1))
        []
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # The webhooks.

    def of_workspace(self, workspace_id: str) -> list[Webhook]:
        """A workspace's, oldest first."""
        query = select(WebhookRow).where(WebhookRow.workspace_id == workspace_id)
        with self._database.reading() as session:
            return [_webhook(row) for row in session.scalars(query.order_by(WebhookRow.created, WebhookRow.id))]

    def get(self, workspace_id: str, id: str) -> Webhook:
        """One.

        Raises:
            UnknownName: the workspace has none of that id.
        """
        with self._database.reading() as session:
            return _webhook(_mine(session, workspace_id, id))

    def add(
        self, workspace_id: str, url: str, types: Sequence[str], description: str, *, author: str | None
    ) -> Webhook:
        """Keep a new one, with a secret of its own."""
        row = WebhookRow(
            workspace_id=workspace_id, url=url, types=list(types), description=description, author=author,
            secret=_new_secret(),
        )  # fmt: skip
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return _webhook(row)

    def change(self, workspace_id: str, id: str, changes: dict[str, Any]) -> Webhook:
        """Change some of its columns.

        Raises:
            UnknownName: the workspace has none of that id.
        """
        with self._database.writing() as session:
            row = _mine(session, workspace_id, id)
            for name, value in changes.items():
                setattr(row, name, value)
            return _webhook(row)

    def renew(self, workspace_id: str, id: str) -> Webhook:
        """Give it a new secret; the old one counts for a day more.

        Raises:
            UnknownName: the workspace has none of that id.
        """
        kept = self.get(workspace_id, id)
        old = {"old_secret": kept.secret, "old_until": now() + BOTH_VALID}
        return self.change(workspace_id, id, {"secret": _new_secret(), **old})

    def remove(self, workspace_id: str, id: str) -> None:
        """Remove one, with its messages.

        Raises:
            UnknownName: the workspace has none of that id.
        """
        with self._database.writing() as session:
            session.delete(_mine(session, workspace_id, id))

    # The messages.

    def queue(self, workspace_id: str, type: str, body: str) -> int:
        """Have a message delivered to every webhook that wants its type; on disk when it returns how many those are."""
        wanting = [
            hook.id for hook in self.of_workspace(workspace_id)
            if hook.disabled is None and (not hook.types or type in hook.types)
        ]  # fmt: skip
        if wanting:
            with self._database.writing() as session:
                session.add_all([DeliveryRow(webhook_id=id, type=type, body=body) for id in wanting])
        return len(wanting)

    def queue_for(self, webhook: Webhook, type: str, body: str) -> Delivery:
        """Have a message delivered to one webhook."""
        row = DeliveryRow(webhook_id=webhook.id, type=type, body=body)
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return _delivery(row)

    def claim(self, most: int, hold: timedelta) -> list[tuple[Delivery, Webhook]]:
        """Messages that are due, and whom they are for; nobody else is given them while they are held.

        Whoever claims and is killed holds them no longer than `hold`: then they are due again.
        """
        time = now()
        query = (
            select(DeliveryRow, WebhookRow)
            .join(WebhookRow, WebhookRow.id == DeliveryRow.webhook_id)
            .where(DeliveryRow.due <= time, WebhookRow.disabled.is_(None))
            .order_by(DeliveryRow.due)
            .limit(most)
        )
        with self._database.reading() as session:  # most often there is none, and a reader waits for nobody
            if session.execute(query).first() is None:
                return []
        with self._database.writing() as session:
            found = session.execute(query.with_for_update(skip_locked=True, of=DeliveryRow)).all()
            for message, _ in found:
                message.due = time + hold
            return [(_delivery(message), _webhook(hook)) for message, hook in found]

    def tried(self, delivery: Delivery, attempt: Attempt, state: State, due: datetime | None) -> None:
        """Enter what came of a try, and what is to become of the message."""
        kept = {name: getattr(attempt, name) for name in Attempt.__dataclass_fields__}
        with self._database.writing() as session:
            row = session.get(DeliveryRow, delivery.id)
            if row is not None:  # its webhook may have been removed
                row.attempts, row.state, row.due = attempt.number, state, due
                session.add(AttemptRow(delivery_id=delivery.id, **kept))

    def log(self, webhook: Webhook, before: str | None = None, limit: int = 50) -> list[tuple[Delivery, list[Attempt]]]:
        """The messages of a webhook, newest first, with every try."""
        query = select(DeliveryRow).where(DeliveryRow.webhook_id == webhook.id).order_by(DeliveryRow.id.desc())
        if before is not None:
            query = query.where(DeliveryRow.id < before)
        with self._database.reading() as session:
            found = [_delivery(row) for row in session.scalars(query.limit(limit))]
            return [(one, _attempts(session, one.id)) for one in found]

    def redeliver(self, webhook: Webhook, id: str) -> Delivery:
        """Have a message delivered once more, and tried for a day again.

        Raises:
            UnknownName: the webhook has no such message.
        """
        with self._database.writing() as session:
            row = session.get(DeliveryRow, id)
            if row is None or row.webhook_id != webhook.id:
                raise UnknownName("delivery", id, [])
            row.state, row.due, row.since = "waiting", now(), now()
            return _delivery(row)

    def sweep(self) -> None:
        """Take messages out of the log that are old and done."""
        old = delete(DeliveryRow).where(DeliveryRow.created < now() - KEPT, DeliveryRow.due.is_(None))
        with self._database.writing() as session:
            session.execute(old)


def _new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def _mine(session: Session, workspace_id: str, id: str) -> WebhookRow:
    row = session.get(WebhookRow, id)
    if row is None or row.workspace_id != workspace_id:
        raise UnknownName("webhook", id, [])
    return row


def _attempts(session: Session, id: str) -> list[Attempt]:
    query = select(AttemptRow).where(AttemptRow.delivery_id == id).order_by(AttemptRow.id)
    return [Attempt(**_only(row, Attempt)) for row in session.scalars(query)]


def _webhook(row: WebhookRow) -> Webhook:
    return Webhook(**_only(row, Webhook))


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(**_only(row, Delivery))


def _only(row: Any, kind: Any) -> dict[str, Any]:
    kept = columns_of(row)
    return {name: kept[name] for name in kind.__dataclass_fields__}
