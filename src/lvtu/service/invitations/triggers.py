"""Customers whom something happened to, upon which a survey is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import numpy as np

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.surveys import KeptSurvey
from lvtu.core.expr import evaluate_row, parse
from lvtu.core.record import ROW_CUSTOMER
from lvtu.core.units import duration
from lvtu.service.customers.find import owners
from lvtu.service.home import Served
from lvtu.service.surveys.settings import SurveySettings, Trigger
from lvtu.store.journeys.find import customer_named
from lvtu.voice.surveys.events import hashed

AGAIN = timedelta(minutes=2)
"""Events that are this much older than the last look are looked at again: several processes take them."""

TOO_OLD = timedelta(days=1)
"""What happened longer ago than this when it arrives is history, and nobody is asked about it."""

_COLUMNS = "message_id, event_id, user_id, anonymous_id, time, received_at, channel, properties"


@dataclass(frozen=True)
class Happened:
    """An event upon which a customer may be asked."""

    cause: str
    customer: str
    time: datetime
    about: dict[str, Any]


def look(catalog: Catalog, served: Served, survey: KeptSurvey) -> int:
    """Invite those whom the survey's event happened to since the last look; how many invitations are new."""
    trigger = SurveySettings.model_validate(survey.settings).trigger
    if trigger is None:
        return 0
    began, made = now(), 0
    for one in happened(served, survey, trigger):
        made += catalog.invitations.add(
            survey.id, survey.workspace_id, one.cause, customer=one.customer, recipient=None, way=trigger.way,
            about=one.about, due=one.time + timedelta(microseconds=duration(trigger.delay)),
        )  # fmt: skip
    catalog.surveys.looked(survey.id, began)
    return made


def happened(served: Served, survey: KeptSurvey, trigger: Trigger) -> Iterator[Happened]:
    """The events that arrived since the last look, and whom they happened to: those who are drawn."""
    since = (survey.looked - AGAIN).isoformat()
    name = trigger.event.replace("'", "''")
    # Since the survey was opened: those before it are nobody's reason to be asked.
    fresh = f"time >= received_at - interval '{TOO_OLD.total_seconds():.0f}' second"
    rows = served.workspace.sql(
        f"select {_COLUMNS} from events where event = '{name}' and received_at >= timestamptz '{since}' and {fresh}"
    ).to_pylist()
    where = None if trigger.where is None else parse(trigger.where)
    for row in rows:
        if where is None or evaluate_row(where, row | {"event": trigger.event}) is True:
            customer = _customer(served, row)
            if customer is not None and drawn(survey.key, customer, trigger.share):
                yield Happened(hashed("trigger", survey.id, row["message_id"]), customer, row["time"], _about(row))


def drawn(key: str, customer: str, share: float) -> bool:
    """Whether a customer is among the share that is asked: always the same, whoever draws.

    Example:
        >>> round(sum(drawn("delivery", f"c{n}", 0.25) for n in range(4000)) / 4000, 1)
        0.2
    """
    number = int.from_bytes(sha256(f"{key}/{customer}".encode(errors="replace")).digest()[:8])
    return number < share * 2**64


def _customer(served: Served, row: dict[str, Any]) -> str | None:
    """Whose an event is; None of whom nobody knows."""
    if row["user_id"]:
        return str(row["user_id"])
    if str(row["anonymous_id"] or "").startswith(ROW_CUSTOMER):
        return None
    found = owners(served.workspace.snapshot(), np.array([row["event_id"]]))
    return customer_named(*found[0]) if found else None


def _about(row: dict[str, Any]) -> dict[str, Any]:
    """What the invitation says of where it is asked, and in which language."""
    properties = json.loads(row["properties"] or "{}")
    context = properties.get("context")
    locale = context.get("locale") if isinstance(context, dict) else None
    found = {name: properties.get(name) for name in ("touchpoint", "step")}
    found["language"] = locale or properties.get("language")
    return {name: value for name, value in found.items() if isinstance(value, str) and 0 < len(value) <= 200}
