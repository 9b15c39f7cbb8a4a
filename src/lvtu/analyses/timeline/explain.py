"""Why each event is on a customer's time line: the ids that it came with, and how these lead to the customer."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, found, said_time, times
from lvtu.analyses.explained.rows import Events, Own
from lvtu.core.sentences import Value
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


class Ids(NamedTuple):
    """What an event came with.

    Attributes:
        time: when, µs.
        user, anonymous: the ids; None where it has none.
    """

    time: int
    user: str | None
    anonymous: str | None


class Reason(NamedTuple):
    """How an event's ids lead to the customer.

    Attributes:
        id: the one that does: the user id if there is one.
        how: ``own``, ``sign_in`` or ``joined``.
        user: who signed in.
        signed_in: when, µs.
    """

    id: str
    how: str
    user: str | None = None
    signed_in: int | None = None


def explain(snapshot: Snapshot, lines: Sequence[Own], customer: str) -> Explained:
    """Say why each event is on the time line.

    Args:
        snapshot: where the events are.
        lines: the customers on the time line, and their events there.
        customer: any identifier of one.

    Raises:
        UnknownName: nobody has the identifier.
    """
    (block, line), name = found(snapshot, customer)
    own = next((own for own in lines if own.block is block and own.line == line), None)
    if own is None:
        own = Own(block, line, name, np.empty(0, np.int64), 0, 0)
        head = Said("timeline_other", customer=name)
    else:
        head = Said("timeline", customer=name, events=len(own.rows))
    ids = _ids(snapshot, own, own.rows)
    whole = _Line(name, _ids(snapshot, own, _rows(own)))
    reasons = [whole.reason(one) for one in ids]
    events = Events(snapshot, block, own.rows.tolist()).columns()
    text = pa.string()
    table = {
        **events,
        "user_id": pa.array([one.user for one in ids], text),
        "anonymous_id": pa.array([one.anonymous for one in ids], text),
        "how": pa.array([reason.how for reason in reasons], text),
        "with": pa.array([reason.user for reason in reasons], text),
        "signed_in": times([reason.signed_in for reason in reasons]),
    }
    said = [head, *(_said(name, *counted) for counted in Counter(reasons).items()), *own.left_out()]
    return Explained(name, pa.table(table), said)


def _rows(own: Own) -> Array:
    """All rows of a customer, later ones too: whoever signs in on an id later owns what came before."""
    offsets = own.block.column("offsets")
    return np.arange(int(offsets[own.line]), int(offsets[own.line + 1]))


def _ids(snapshot: Snapshot, own: Own, rows: Array) -> list[Ids]:
    event_ids = own.block.column("event_id")[rows].astype(np.int64)
    table = snapshot.lake.take(event_ids, ["user_id", "anonymous_id"])
    return list(map(Ids, own.block.column("time")[rows].tolist(), *(column.to_pylist() for column in table.columns)))


class _Line:
    """What a customer's whole line says of their ids.

    Args:
        name: what the customer is called.
        ids: of all their events, in order.
    """

    def __init__(self, name: str, ids: Sequence[Ids]) -> None:
        self.name = name
        self._by_user = any(one.user == name for one in ids)
        self._signed: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for one in ids:
            if one.user is not None and one.anonymous is not None:
                self._signed[one.anonymous].append((one.time, one.user))

    def reason(self, one: Ids) -> Reason:
        """How the ids of an event lead to the customer."""
        if one.user is not None:
            return Reason(one.user, "own" if one.user == self.name else "joined")
        device = str(one.anonymous)
        if device == self.name and not self._by_user:
            return Reason(device, "own")
        signed = self._signed.get(device)
        if not signed:
            return Reason(device, "joined")
        # whoever was signed in then; before anybody was, the next who did
        time, user = signed[max(bisect_right(signed, one.time, key=lambda turn: turn[0]) - 1, 0)]
        return Reason(device, "sign_in", user, time)


def _said(name: str, reason: Reason, events: int) -> Said:
    told: dict[str, Value] = {"events": events, "id": reason.id}
    if reason.signed_in is not None:
        return Said("came_by_sign_in", **told, user=str(reason.user), time=said_time(reason.signed_in))
    return Said("came_as_own", **told) if reason.how == "own" else Said("came_joined", **told, customer=name)
