"""``/api/w/{workspace}/webhooks``: who is told what, and what came of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from lvtu.catalog.columns import now
from lvtu.service.access import Admin
from lvtu.service.documents import looked_up
from lvtu.service.languages import Language
from lvtu.service.problems import refusals
from lvtu.service.webhooks import service
from lvtu.service.webhooks.addresses import checked
from lvtu.service.webhooks.schemas import ChangedWebhook, Deliveries, DeliveryOf, Wanted, WebhookMade, WebhookOf

router = APIRouter(prefix="/api/w/{workspace}/webhooks", tags=["webhooks"], responses=refusals())


@router.get("", summary="The webhooks")
def listed(access: Admin, lang: Language) -> list[WebhookOf]:
    """Every address that messages are sent to."""
    return [WebhookOf.of(one, lang) for one in access.catalog.webhooks.of_workspace(access.workspace_id)]


@router.post("", status_code=201, summary="Add a webhook")
def add(access: Admin, wanted: Wanted, lang: Language) -> WebhookMade:
    """Have messages sent to an address. The secret that signs them is told this once."""
    made = access.catalog.webhooks.add(
        access.workspace_id, checked(wanted.url), wanted.types, wanted.description, author=access.person.id
    )
    return WebhookMade(**WebhookOf.of(made, lang).model_dump(), secret=made.secret)


@router.patch("/{id}", summary="Change a webhook")
def change(access: Admin, id: str, changed: ChangedWebhook, lang: Language) -> WebhookOf:
    """Change where messages go or which; switch a webhook off, or on again."""
    changes: dict[str, Any] = changed.model_dump(exclude_none=True, exclude={"enabled"})
    if changed.url is not None:
        checked(changed.url)
    if changed.enabled is not None:
        off = {"disabled": now(), "reason": "by_hand"}
        changes |= {"disabled": None, "reason": None} if changed.enabled else off
    with looked_up("webhook", id):
        return WebhookOf.of(access.catalog.webhooks.change(access.workspace_id, id, changes), lang)


@router.delete("/{id}", status_code=204, summary="Remove a webhook")
def remove(access: Admin, id: str) -> None:
    """Remove a webhook with its log; what waits for it is not sent."""
    with looked_up("webhook", id):
        access.catalog.webhooks.remove(access.workspace_id, id)


@router.post("/{id}/secret", summary="Change the secret")
def renew(access: Admin, id: str, lang: Language) -> WebhookMade:
    """Make a new secret, told this once. For a day messages are signed with the old one too."""
    with looked_up("webhook", id):
        made = access.catalog.webhooks.renew(access.workspace_id, id)
    return WebhookMade(**WebhookOf.of(made, lang).model_dump(), secret=made.secret)


@router.post("/{id}/test", status_code=202, summary="Send a test")
def test(access: Admin, id: str) -> DeliveryOf:
    """Send ``test.ping``; the log tells what came of it."""
    with looked_up("webhook", id):
        webhook = access.catalog.webhooks.get(access.workspace_id, id)
    return DeliveryOf.of(service.ping(access.catalog, access.served, webhook), [])


@router.get("/{id}/deliveries", summary="What was sent")
def deliveries(
    access: Admin, id: str, before: str | None = None, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> Deliveries:
    """The messages of the last 30 days, newest first, with every try to deliver them."""
    with looked_up("webhook", id):
        webhook = access.catalog.webhooks.get(access.workspace_id, id)
    found = access.catalog.webhooks.log(webhook, before, limit + 1)
    told = [DeliveryOf.of(delivery, attempts) for delivery, attempts in found[:limit]]
    return Deliveries(deliveries=told, next=told[-1].id if len(found) > limit else None)


@router.post("/{id}/deliveries/{delivery_id}/redeliver", status_code=202, summary="Send again")
def redeliver(access: Admin, id: str, delivery_id: str) -> DeliveryOf:
    """Deliver a message once more, whatever came of it; its id stays the same."""
    with looked_up("webhook", id):
        webhook = access.catalog.webhooks.get(access.workspace_id, id)
    with looked_up("delivery", delivery_id):
        return DeliveryOf.of(access.catalog.webhooks.redeliver(webhook, delivery_id), [])
