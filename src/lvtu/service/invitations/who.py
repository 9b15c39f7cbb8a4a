"""What of a customer decides whether, and where, they are asked: their addresses, and what they agreed to."""

from __future__ import annotations

import re

import numpy as np

from lvtu.service.customers.consents import consent
from lvtu.service.customers.find import places
from lvtu.service.customers.profile import event_ids
from lvtu.store.journeys.find import Place
from lvtu.store.journeys.picked import PickedBlock
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.workspace import Workspace

_KINDS = {"email": "email", "sms": "phone"}
_LOOKS = {"email": re.compile(r"[^@\s]+@[^@\s]+"), "sms": re.compile(r"\+?[0-9][0-9 \-]{5,18}")}
_EVENTS = 10_000
"""Of a longer time line, addresses are read off the last so many events."""


class Customer:
    """Somebody who may be asked.

    Args:
        ws: whose customer.
        name: by which they are known.
    """

    def __init__(self, ws: Workspace, name: str) -> None:
        self.name, self._ws = name, ws
        self._snapshot: Snapshot = ws.snapshot()
        found = places(ws, self._snapshot, name)
        self._place: Place | None = found[0] if found else None

    @property
    def erased(self) -> bool:
        """Whether they were forgotten."""
        return self._ws.was_erased(self.name)

    def refuses(self, category: str) -> bool:
        """Whether the last thing they said of a category of consent is no."""
        if self._place is None:
            return False
        block, line = self._place
        said = consent(PickedBlock(block, np.array([line])), self._snapshot) or []
        return any(one.category == category and not one.given for one in said)

    def address(self, way: str) -> str | None:
        """Where a message reaches them: the last address that an event told; their name where it looks like one."""
        if way not in _KINDS:
            return None
        kind, looks = _KINDS[way], _LOOKS[way]
        if self._place is not None:
            ids = event_ids(self._place)[-_EVENTS:]
            for told in reversed(self._snapshot.lake.take(ids, ["identifiers"])["identifiers"].to_pylist()):
                for name, value in told or ():
                    if name == kind and looks.fullmatch(value):
                        return str(value)
        return self.name if looks.fullmatch(self.name) else None
