"""The stored list of edges and rules of a workspace, and what follows from it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from lvtu.core.units import instant
from lvtu.errors import BadInput, UnknownName
from lvtu.identity.edges import USER, Edge, Identifier, as_of, join, retract
from lvtu.identity.observed import Edges, Observations, Rules
from lvtu.identity.resolution import resolve
from lvtu.identity.stitch import hasher_of, observe, stitcher
from lvtu.store.journeys.arrivals import COLUMNS, DICTIONARY, Stitch, gather_arrivals
from lvtu.store.lake import Lake
from lvtu.store.ledger import Ledger
from lvtu.who.change import IdentityChange, Terms, Truth
from lvtu.who.customer import CustomerIdentity, customer_identity
from lvtu.who.statements import read_off
from lvtu.who.summary import IdentitySummary, identity_summary

Given = str | tuple[str, str]
"""An identifier as people give it: a pair (kind, value), or a text, which is a user id."""

When = str | date | datetime


class Who:
    """Who is who in one workspace.

    Args:
        ledger: keeps the edges and the rules.
        lake: the event log.
        seed: the workspace's seed for identifiers.
        flush: moves what was appended to the lake.
    """

    def __init__(self, ledger: Ledger, lake: Lake, seed: int, flush: Callable[[], None]) -> None:
        self._ledger, self._lake, self._seed, self._flush = ledger, lake, seed, flush
        self._seen: tuple[int, Observations] | None = None

    # What is stored.

    @property
    def version(self) -> int:
        """Grows with every change of the list and of the rules."""
        return int(self._ledger.get("identity") or 0)

    def edges(self) -> list[Edge]:
        """The list, retracted edges included."""
        return [
            Edge(Identifier(e.left_kind, e.left_id), Identifier(e.right_kind, e.right_id), e.time, e.source,
                 e.retracted_at, e.id)
            for e in self._ledger.edges(retracted=True)
        ]  # fmt: skip

    def rules(self, at: int | None = None) -> Rules:
        """Which kinds of identifier join; now, or at a time (µs)."""
        kinds = [kinds for since, kinds in self._ledger.get("joins") or () if at is None or since <= at]
        return Rules(tuple(kinds[-1])) if kinds else Rules()

    def stitch(self, at: int | None = None) -> Stitch:
        """The function that says who is who when journeys are built; by what was known at a time (µs), if given."""
        edges = self.edges()
        return stitcher(edges if at is None else as_of(edges, at), self.rules(at), self._seed, at)

    def moment(self, at: int | When) -> int:
        """The time (µs) that people mean by a time, or by the number of an edge: just after it was stated.

        Raises:
            UnknownName: there is no such edge.
            BadInput: the text is no time.
        """
        return self.edge(at).time if isinstance(at, int) else instant(at)

    def edge(self, number: int) -> Edge:
        """An edge by its number.

        Raises:
            UnknownName: there is none.
        """
        edges = self.edges()
        found = next((edge for edge in edges if edge.id == number), None)
        if found is None:
            raise UnknownName("edge", str(number), [str(edge.id) for edge in edges])
        return found

    # What changes.

    def join(self, left: Given, right: Given, dry_run: bool) -> IdentityChange:
        """State that two identifiers are one customer's."""
        before = self._terms()
        edge = join(given(left), given(right), _now())
        after = replace(before, edges=(*before.edges, edge))
        number = None
        if not dry_run:
            number = self._ledger.add_edges([(*edge.left, *edge.right, edge.time, edge.source)])
            self._changed()
        return self._change("join", before, after, number, (edge.left, edge.right))

    def unjoin(self, number: int, dry_run: bool) -> IdentityChange:
        """Take a stored edge back; a second time changes nothing."""
        edge, before = self.edge(number), self._terms()
        if not edge.holds:
            return self._change("unjoin", before, before, number)
        taken = retract(edge, max(_now(), edge.time))
        after = replace(before, edges=tuple(taken if e.id == number else e for e in before.edges))
        if not dry_run:
            self._take_back([taken])
        return self._change("unjoin", before, after, number)

    def part(self, left: Given, right: Given, dry_run: bool) -> IdentityChange:
        """Take back everything that joins two identifiers directly: stored edges, and what the events say of them.

        Raises:
            BadInput: nothing does.
        """
        ends, before = {Identifier(*given(left)), Identifier(*given(right))}, self._terms()
        stored = [edge for edge in before.edges if edge.holds and {edge.left, edge.right} == ends]
        said = read_off(self.observations(), hasher_of(self._seed), before.rules, given(left), given(right))
        silenced = {(edge.ground, edge.left, edge.right) for edge in before.edges if not edge.holds}
        said = [edge for edge in said if (edge.ground, edge.left, edge.right) not in silenced]
        if not stored and not said:
            raise BadInput("not_joined", left=min(map(str, ends)), right=max(map(str, ends)))
        now = _now()
        taken = [retract(edge, max(now, edge.time)) for edge in (*stored, *said)]
        numbers = {edge.id for edge in stored}
        after = replace(before, edges=(*(e for e in before.edges if e.id not in numbers), *taken))
        taken_back = [] if dry_run else self._take_back(taken)
        return self._change("unjoin", before, after, taken_back[0] if taken_back else None)

    def join_by(self, kinds: Sequence[str], dry_run: bool) -> IdentityChange:
        """Set which kinds of identifier join."""
        before = self._terms()
        after = replace(before, rules=Rules(tuple(kinds)))
        if not dry_run:
            self._ledger.put("joins", [*(self._ledger.get("joins") or ()), (_now(), list(kinds))])
            self._changed()
        return self._change("join_by", before, after, None)

    def _take_back(self, edges: Sequence[Edge]) -> list[int]:
        """Store retractions; the numbers of the edges, new ones for what the events had stated."""
        new = [(*edge.left, *edge.right, edge.time, edge.source) for edge in edges]
        numbers = [edge.id or self._ledger.add_edges([row]) for edge, row in zip(edges, new, strict=True)]
        self._ledger.retract(numbers, max(edge.retracted_at or 0 for edge in edges), "unjoin")
        self._changed()
        return numbers

    def _changed(self) -> None:
        self._ledger.put("identity", self.version + 1)

    def _terms(self) -> Terms:
        return Terms(tuple(self.edges()), self.rules())

    def _change(
        self, action: str, before: Terms, after: Terms, edge: int | None, named: tuple[Identifier, ...] = ()
    ) -> IdentityChange:
        def both() -> tuple[Truth, Truth]:
            return self._truth(before), self._truth(after)

        return IdentityChange(action, edge, named, both)

    # What the events say.

    def observations(self) -> Observations:
        """What all events say about who is who; read once for each state of the lake."""
        self._flush()
        version = self._lake.version
        if self._seen is None or self._seen[0] != version:
            arrivals = gather_arrivals(self._lake.read(COLUMNS, dictionary=DICTIONARY), self._seed)
            self._seen = version, observe(arrivals, self._seed)
        return self._seen[1]

    def _truth(self, terms: Terms) -> Truth:
        seen, hasher = self.observations(), hasher_of(self._seed)
        return Truth(seen, resolve(seen, Edges.of(terms.edges, hasher), terms.rules), hasher)

    # The console.

    def summary(self, limit: int) -> IdentitySummary:
        """What a person should look at."""
        terms = self._terms()
        return identity_summary(self._truth(terms), terms, limit)

    def customer(self, identifier: Given) -> CustomerIdentity:
        """All identifiers of one customer, and how each was joined."""
        terms = self._terms()
        return customer_identity(self._truth(terms), terms, identifier)


def given(value: Given) -> tuple[str, str]:
    """An identifier as a pair; a text is a user id."""
    return (USER, value) if isinstance(value, str) else value


def _now() -> int:
    return time.time_ns() // 1000
