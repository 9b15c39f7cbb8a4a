"""The door through which everything else sends messages: `send`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.webhooks import Delivery, Webhook
from lvtu.service.home import Served

Type = Literal["arrivals.refused", "upload.finished", "segment.changed", "test.ping"]
"""What messages tell."""

TYPES: tuple[Type, ...] = get_args(Type)


def send(catalog: Catalog, workspace: Served, type: Type, data: Mapping[str, Any]) -> int:
    """Tell every webhook of a workspace that wants to know; the message is on disk when it returns how many those are.

    It is delivered behind the request, at least once, in no particular order.

    Args:
        catalog: where the messages wait.
        workspace: what it is about.
        type: what happened.
        data: what a receiver needs; no personal data, which would outlive an erasure in the log.
    """
    return catalog.webhooks.queue(workspace.id, type, body_of(workspace, type, data))


def ping(catalog: Catalog, workspace: Served, webhook: Webhook) -> Delivery:
    """Send a message that says nothing, to see whether it arrives."""
    return catalog.webhooks.queue_for(webhook, "test.ping", body_of(workspace, "test.ping", {}))


def body_of(workspace: Served, type: Type, data: Mapping[str, Any]) -> str:
    """A message, as Standard Webhooks lays it out."""
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    message = {"type": type, "timestamp": time, "data": {"workspace": workspace.name, **data}}
    return json.dumps(message, ensure_ascii=False)
