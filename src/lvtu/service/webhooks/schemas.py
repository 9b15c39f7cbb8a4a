"""What is said over HTTP about webhooks."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from lvtu.catalog.webhooks import Attempt, Delivery, Webhook
from lvtu.core.words import Lang, known
from lvtu.service.webhooks.service import Type


class Wanted(BaseModel):
    """A webhook to be.

    Attributes:
        url: where messages go.
        types: which ones; none for all.
        description: for people.
    """

    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=1, max_length=2_000)
    types: list[Type] = Field(default_factory=list)
    description: str = Field(default="", max_length=500)


class ChangedWebhook(BaseModel):
    """What to change of a webhook.

    Attributes:
        url, types, description: as in `Wanted`; as they are where not given.
        enabled: switch it on again, or off.
    """

    model_config = ConfigDict(extra="forbid")

    url: str | None = Field(default=None, min_length=1, max_length=2_000)
    types: list[Type] | None = None
    description: str | None = Field(default=None, max_length=500)
    enabled: bool | None = None


class WebhookOf(BaseModel):
    """A webhook.

    Attributes:
        id: its name in addresses.
        url: where messages go.
        types: which ones; none for all.
        description: for people.
        enabled: whether messages are sent.
        disabled: since when not.
        reason: why not, in words.
        created: when it was made.
    """

    id: str
    url: str
    types: list[str]
    description: str
    enabled: bool
    disabled: datetime | None
    reason: str | None
    created: datetime

    @classmethod
    def of(cls, webhook: Webhook, lang: Lang) -> WebhookOf:
        """A webhook in a language."""
        reason = known(f"webhooks.{webhook.reason}", lang) if webhook.reason else None
        return cls(
            id=webhook.id, url=webhook.url, types=webhook.types, description=webhook.description,
            enabled=webhook.disabled is None, disabled=webhook.disabled, reason=reason, created=webhook.created,
        )  # fmt: skip


class WebhookMade(WebhookOf):
    """A webhook with its secret.

    Attributes:
        secret: what the receiver checks signatures with; told this once.
    """

    secret: str


class AttemptOf(BaseModel):
    """One try to deliver a message.

    Attributes:
        at: when.
        number: 1 for the first.
        status: the HTTP status of the answer; null where there was none.
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


class DeliveryOf(BaseModel):
    """A message.

    Attributes:
        id: its ``webhook-id``, the same at every try.
        type: what it tells.
        body: what is sent.
        state: whether it waits, was delivered, or was given up.
        created: when it was made.
        due: when it is tried next; null once that is over.
        attempts: every try so far.
    """

    id: str
    type: str
    body: str
    state: Literal["waiting", "delivered", "failed"]
    created: datetime
    due: datetime | None
    attempts: list[AttemptOf]

    @classmethod
    def of(cls, delivery: Delivery, attempts: list[Attempt]) -> DeliveryOf:
        """A message with its tries."""
        tries = [AttemptOf(**one.__dict__) for one in attempts]
        return cls(
            id=delivery.id, type=delivery.type, body=delivery.body, state=delivery.state, created=delivery.created,
            due=delivery.due, attempts=tries,
        )  # fmt: skip


class Deliveries(BaseModel):
    """The log of a webhook.

    Attributes:
        deliveries: newest first.
        next: what ``before`` takes for older ones; null where there are none.
    """

    deliveries: list[DeliveryOf]
    next: str | None
