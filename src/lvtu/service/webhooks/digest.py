"""What arrived wrong lately, told in one message instead of one for each row."""

from __future__ import annotations

from collections import Counter

from lvtu.catalog.catalog import Catalog
from lvtu.errors import BadInput
from lvtu.service.home import Home, Served
from lvtu.service.quarantine.repository import waiting
from lvtu.service.webhooks import service

EVERY = 600.0
"""Seconds between two looks."""

_KIND = "refused digest"


def tell(home: Home, catalog: Catalog) -> None:
    """Send ``arrivals.refused`` for each workspace of which somebody wants to know, if anything was refused since."""
    for served in list(home.served.values()):
        wanting = (hook for hook in catalog.webhooks.of_workspace(served.id) if hook.disabled is None)
        if any(not hook.types or "arrivals.refused" in hook.types for hook in wanting):
            _tell(served, catalog)


def _tell(served: Served, catalog: Catalog) -> None:
    kept = catalog.documents(served.id, _KIND)
    before = kept.list()
    since = int(before[0].body["until"]) if before else 0
    rows = [row for row in waiting(served) if row.time > since and row.place.startswith("http:")]
    if not rows:
        return
    until = max(row.time for row in rows)
    try:
        if before:
            kept.put(before[0].id, {"until": until}, editor=None, version=before[0].version)
        else:
            kept.add({"until": until}, author=None)
    except BadInput:  # another process told it
        return
    reasons = Counter((row.field, row.reason_code) for row in rows)
    told = [{"field": field, "code": code, "rows": number} for (field, code), number in reasons.most_common()]
    service.send(catalog, served, "arrivals.refused", {"rows": len(rows), "reasons": told})
