"""The stored list of edges and rules of a workspace, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from time import time_ns

import pyarrow as pa

from lvtu.core.record import ROW_CUSTOMER
from lvtu.core.units import instant
from lvtu.errors import BadInput, UnknownName
from lvtu.identity.edges import ANONYMOUS, PROPOSED, USER, Edge, Identifier, as_of, join, retract
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
        """State that two identifiers are one customer's.

        Raises:
            BadInput: one of them stands for a row of a source that names nobody.
        """
        before = self.terms()
        for kind, value in (given(left), given(right)):
            if kind == ANONYMOUS and value.startswith(ROW_CUSTOMER):
                raise BadInput("row_customer_joined", customer=value)
        edge = join(given(left), given(right), now())
        after = replace(before, edges=(*before.edges, edge))
        numbers: tuple[int, ...] = ()
        if not dry_run:
            numbers = (self._ledger.add_edges([(*edge.left, *edge.right, edge.time, edge.source)]),)
        return self.change("join", before, after, numbers, (edge.left, edge.right))

    def unjoin(self, numbers: Sequence[int], dry_run: bool) -> IdentityChange:
        """Take stored edges back; a second time changes nothing.

        Raises:
            UnknownName: one of them is not there.
            BadInput: one of them is a proposal, which joins nothing.
        """
        before = self.terms()
        edges = [self.edge(number) for number in numbers]
        if proposed := next((edge for edge in edges if edge.ground == PROPOSED), None):
            raise BadInput("unjoin_proposal", proposal=str(proposed.id))
        time = now()
        taken = {edge.id: retract(edge, max(time, edge.time)) for edge in edges if edge.holds}
        after = replace(before, edges=tuple(taken.get(edge.id, edge) for edge in before.edges))
        if taken and not dry_run:
            self._take_back(list(taken.values()))
        return self.change("unjoin", before, after, tuple(numbers))

    def part(self, left: Given, right: Given, dry_run: bool) -> IdentityChange:
        """Take back everything that joins two identifiers directly: stored edges, and what the events say of them.

        Raises:
            BadInput: nothing does.
        """
        ends, before = {Identifier(*given(left)), Identifier(*given(right))}, self.terms()
        stored = [edge for edge in before.edges
                  if edge.holds and edge.ground != PROPOSED and {edge.left, edge.right} == ends]  # fmt: skip
        said = read_off(self.observations(), hasher_of(self._seed), before.rules, given(left), given(right))
        silenced = {(edge.ground, edge.left, edge.right) for edge in before.edges if not edge.holds}
        said = [edge for edge in said if (edge.ground, edge.left, edge.right) not in silenced]
        if not stored and not said:
            raise BadInput("not_joined", left=min(map(str, ends)), right=max(map(str, ends)))
        time = now()
        taken = [retract(edge, max(time, edge.time)) for edge in (*stored, *said)]
        numbers = {edge.id for edge in stored}
        after = replace(before, edges=(*(e for e in before.edges if e.id not in numbers), *taken))
        taken_back = [] if dry_run else self._take_back(taken)
        return self.change("unjoin", before, after, tuple(taken_back[:1]))

    def join_by(self, kinds: Sequence[str], dry_run: bool) -> IdentityChange:
        """Set which kinds of identifier join."""
        before = self.terms()
        after = replace(before, rules=Rules(tuple(kinds)))
        if not dry_run:
            self._ledger.put("joins", [*(self._ledger.get("joins") or ()), (now(), list(kinds))])
            self._ledger.put("identity", self.version + 1)
        return self.change("join_by", before, after)

    def _take_back(self, edges: Sequence[Edge]) -> list[int]:
        """Store retractions; the numbers of the edges, new ones for what the events had stated."""
        new = [(*edge.left, *edge.right, edge.time, edge.source) for edge in edges]
        numbers = [edge.id or self._ledger.add_edges([row]) for edge, row in zip(edges, new, strict=True)]
        self._ledger.retract(numbers, max(edge.retracted_at or 0 for edge in edges), "unjoin")
        return numbers

    def terms(self) -> Terms:
        """What is stored."""
        return Terms(tuple(self.edges()), self.rules())

    def change(
        self,
        action: str,
        before: Terms,
        after: Terms,
        edges: tuple[int, ...] = (),
        named: tuple[Identifier, ...] = (),
    ) -> IdentityChange:
        """What a change of the terms means, worked out when it is looked at."""

        def both() -> tuple[Truth, Truth]:
            return self.truth(before), self.truth(after)

        return IdentityChange(action, edges, named, both)

    # What the events say.

    def observations(self) -> Observations:
        """What all events say about who is who; read once for each state of the lake."""
        self._flush()
        version = self._lake.version
        if self._seen is None or self._seen[0] != version:
            arrivals = gather_arrivals(self._lake.read(COLUMNS, dictionary=DICTIONARY), self._seed)
            self._seen = version, observe(arrivals, self._seed)
        return self._seen[1]

    def truth(self, terms: Terms) -> Truth:
        """Who is who by what the events say and some terms."""
        seen, hasher = self.observations(), hasher_of(self._seed)
        return Truth(seen, resolve(seen, Edges.of(terms.edges, hasher), terms.rules), hasher)

    # The console.

    def summary(self, limit: int) -> IdentitySummary:
        """What a person should look at."""
        terms = self.terms()
        return identity_summary(self.truth(terms), terms, limit)

    def customer(self, identifier: Given) -> CustomerIdentity:
        """All identifiers of one customer, and how each was joined."""
        terms = self.terms()
        return customer_identity(self.truth(terms), terms, identifier)

    def customer_of(self, events: pa.Table, name: str) -> CustomerIdentity:
        """The same of one customer, read off their own events alone: quick, however many others there are.

        Which of the identifiers others share is not seen there.

        Args:
            events: all of theirs, with the columns of `lvtu.store.journeys.arrivals.COLUMNS`.
            name: what they are called.
        """
        terms, hasher = self.terms(), hasher_of(self._seed)
        seen = observe(gather_arrivals(events.to_batches(), self._seed), self._seed)
        truth = Truth(seen, resolve(seen, Edges.of(terms.edges, hasher), terms.rules), hasher)
        return customer_identity(truth, terms, name)


def given(value: Given) -> tuple[str, str]:
    """An identifier as a pair; a text is a user id."""
    return (USER, value) if isinstance(value, str) else value


def now() -> int:
    """The time, µs since 1970 UTC."""
    return time_ns() // 1000
