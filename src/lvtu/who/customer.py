"""One customer of the console: all identifiers, and how and when each was joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.core.sentences import Note
from lvtu.core.words import say
from lvtu.errors import UnknownName
from lvtu.identity.edges import ANONYMOUS, PROPOSED, USER, Edge, Identifier
from lvtu.identity.observed import Longs
from lvtu.identity.resolution import Resolution
from lvtu.identity.wiring import LIMIT
from lvtu.who.change import Terms, Truth, heading
from lvtu.who.statements import of_users, row_of, with_ids

_STRAYS = 1_000

TIME = pa.timestamp("us", "UTC")
_SCHEMA = pa.schema(
    [
        ("customer", pa.string()),
        ("kind", pa.string()),
        ("id", pa.string()),
        ("how", pa.string()),
        ("with", pa.string()),
        ("time", TIME),
        ("edge", pa.int64()),
        ("retracted", TIME),
    ]
)


@dataclass(frozen=True, repr=False)
class CustomerIdentity:
    """One customer's identifiers; several customers', where a shared identifier was asked for.

    Attributes:
        identifier: what was asked for.
        customers: what they are called.
        table: a row for each statement about an identifier, by time: ``customer``, ``kind``, ``id``, ``how`` (``seen``
            on events; ``sign_in``, ``alias``, ``rule``, ``join``, ``review``, ``proposed``; ``seen_with`` where a value
            was seen with an id and joins nothing), ``with`` which other identifier, ``time``, the number of a stored
            ``edge``, and when it was ``retracted``.
        notes: shared devices and identifiers that join nothing.
    """

    identifier: str
    customers: tuple[str, ...]
    table: pa.Table
    notes: tuple[Note, ...]

    def lines(self) -> list[str]:
        """Who it is, for people."""
        return [say("who.customer", identifier=self.identifier, customers=", ".join(self.customers))]

    def for_people(self) -> pa.Table:
        """The table with what only some rows have left out where none has it, in the reader's language."""
        table = self.table.set_column(
            3, "how", pa.array([say(f"how.{how}") for how in self.table["how"].to_pylist()], pa.string())
        )
        alone = len(self.customers) == 1
        dull = {"customer"} if alone else set()
        dull |= {name for name in ("with", "edge", "retracted") if table[name].null_count == table.num_rows}
        return table.select([name for name in table.column_names if name not in dull])

    def _repr_html_(self) -> str:
        from lvtu.analyses.html import page

        shown = self.for_people()
        return page(self.lines(), [("", shown)] if shown.num_rows else [], [note.text() for note in self.notes])

    def __repr__(self) -> str:
        from lvtu.analyses.text import as_text

        table = self.for_people()
        named = table.rename_columns([heading(name) for name in table.column_names])
        notes = [note.text() for note in self.notes]
        return "\n".join(self.lines()) + "\n\n" + as_text(named, notes)

    __str__ = __repr__


def customer_identity(truth: Truth, terms: Terms, identifier: str | tuple[str, str]) -> CustomerIdentity:
    """All identifiers of the customer who has one.

    Args:
        truth: what the events say, and who is who.
        terms: the stored edges and rules.
        identifier: any identifier: a text, of whatever kind, or (kind, value).

    Raises:
        UnknownName: no event has it.
    """
    kind, value = (None, identifier) if isinstance(identifier, str) else identifier
    customers = _customers(truth, kind, value)
    if not len(customers):
        raise UnknownName("customer", value, ())
    names = [truth.resolution.name(int(customer))[1] for customer in customers]
    rows: list[dict[str, Any]] = []
    for customer, name in zip(customers.tolist(), names, strict=True):
        rows += [{"customer": name, **row} for row in _rows(truth, terms, customer)]
    return CustomerIdentity(value, tuple(names), pa.Table.from_pylist(rows, schema=_SCHEMA), _notes(truth, rows))


def _customers(truth: Truth, kind: str | None, value: str) -> Longs:
    """The customers who have an identifier, by their numbers."""
    seen, resolution = truth.seen, truth.resolution
    found: list[Longs] = []
    if kind in (None, USER) and (user := row_of(seen.users, truth.hasher, value)) >= 0:
        found.append(resolution.customer_of_user[[user]].astype(np.int64))
    if kind in (None, ANONYMOUS) and (device := row_of(seen.anonymous, truth.hasher, value)) >= 0:
        found.append(resolution.owners_of(device))
    if not found and seen.links.values is not None:
        import pyarrow.compute as pc

        rows = np.flatnonzero(pc.equal(seen.links.values, value).to_numpy(zero_copy_only=False))
        for row in rows.tolist():
            if kind in (None, seen.links.kinds[seen.links.kind[row]]):
                user, device = int(seen.links.user[row]), int(seen.links.anonymous[row])
                found.append(resolution.customer_of_user[[user]].astype(np.int64) if user >= 0
                             else resolution.owners_of(device))  # fmt: skip
    return np.unique(np.concatenate([*found, np.empty(0, np.int64)]))


def _rows(truth: Truth, terms: Terms, customer: int) -> Iterable[dict[str, Any]]:
    """Every statement about one customer's identifiers, earliest first; each identifier has at least one."""
    users, devices = _ids(truth.resolution, customer)
    seen = truth.seen
    said = [*of_users(seen, users), *with_ids(seen, users, devices)]
    own = {Identifier(USER, seen.users.text(int(row))): int(seen.users.first_seen[row]) for row in users}
    own |= {Identifier(ANONYMOUS, seen.anonymous.text(int(r))): int(seen.anonymous.first_seen[r]) for r in devices}
    values = {edge.left for edge in said if edge.ground == "rule"}
    stored = [edge for edge in terms.edges if edge.left in own.keys() | values or edge.right in own.keys() | values]
    silenced = {(e.ground, e.left, e.right): e for e in stored if not e.holds}
    rows = [_row(identifier, "seen", None, time, None) for identifier, time in own.items()]
    for edge in said:
        retracted = silenced.pop((edge.ground, edge.left, edge.right), None)
        joins = edge.ground != "rule" or edge.left.kind in terms.rules.joins
        of, other = (edge.left, edge.right) if edge.ground == "rule" else (edge.right, edge.left)
        rows.append(_row(of, edge.ground if joins else "seen_with", other, edge.time, retracted))
    told = {id(edge) for edge in silenced.values()}
    rows += [_row(edge.right, edge.ground, edge.left, edge.time, edge) for edge in stored
             if edge.holds or (id(edge) in told and edge.ground != PROPOSED)]  # fmt: skip
    return sorted(rows, key=lambda row: (row["time"], row["how"] != "seen", row["kind"], row["id"]))


def _ids(resolution: Resolution, customer: int) -> tuple[Longs, Longs]:
    """The rows of a customer's users, and of the anonymous ids of which any event is theirs."""
    users = np.flatnonzero(resolution.customer_of_user == customer)
    direct = np.flatnonzero(resolution.customer_of_anonymous == customer)
    turns = resolution.turns
    places = np.flatnonzero(turns.customers == customer)
    by_turns = np.searchsorted(turns.starts, places, side="right") - 1
    return users, np.unique(np.concatenate([direct, by_turns]))


def _row(of: Identifier, how: str, other: Identifier | None, time: int, edge: Edge | None) -> dict[str, Any]:
    return {
        "kind": of.kind, "id": of.value, "how": how, "with": None if other is None else other.value, "time": time,
        "edge": None if edge is None else edge.id, "retracted": None if edge is None else edge.retracted_at,
    }  # fmt: skip


def _notes(truth: Truth, rows: list[dict[str, Any]]) -> tuple[Note, ...]:
    """Which of the identifiers join nothing, and which are shared."""
    from lvtu.identity.report import identity_report

    theirs = sorted({(row["kind"], row["id"]) for row in rows})
    strays = identity_report(truth.seen, truth.resolution, limit=_STRAYS).quarantined
    crowded = {(stray.kind, stray.id): stray.users for stray in strays}
    notes = []
    for kind, text in theirs:
        if (kind, text) in crowded:
            users = crowded[kind, text]
            notes.append(Note("identity_crowded", identifier=f"{kind} {text}", users=users, most=LIMIT))
        elif kind == ANONYMOUS and (device := row_of(truth.seen.anonymous, truth.hasher, text)) >= 0:
            owners = len(truth.resolution.owners_of(device))
            if owners > 1:
                notes.append(Note("identity_shared", identifier=text, customers=owners))
    return tuple(notes)
