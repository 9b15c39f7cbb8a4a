"""Who is who in a workspace: joins that are stated, made by rule, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast, overload

import pyarrow as pa

from lvtu.errors import BadInput
from lvtu.store.committer import Committer
from lvtu.store.journeys.carriers import Carriers
from lvtu.store.ledger import Ledger
from lvtu.who.books import Given, Who

if TYPE_CHECKING:
    from lvtu.who import CustomerIdentity, IdentityChange, IdentitySummary


class Identifying:
    """Who is who in a workspace."""

    _who: Who
    _ledger: Ledger
    _committer: Committer
    _carriers: Carriers

    def flush(self) -> None:
        """Move what was appended to the lake."""
        raise NotImplementedError

    def join(self, left: Given, right: Given, *, dry_run: bool = False) -> IdentityChange:
        """Say that two identifiers are one customer's.

        Args:
            left: a user id, or a pair such as ``("email", "ann@example.com")`` or ``("anonymous_id", "phone-1")``.
            right: the other.
            dry_run: store nothing, only say what it would mean.

        Returns:
            Who joined, and whose anonymous events changed hands, once it is looked at; ``.edge`` is its number.
        """
        return self._who.join(left, right, dry_run)

    def unjoin(
        self, edge: int | Sequence[int] | IdentityChange | Given, other: Given | None = None, *, dry_run: bool = False
    ) -> IdentityChange:
        """Take a join back: the customers are two again. It stays in the books as retracted.

        Args:
            edge: the number of an edge, several of them, or what `join` or `accept` returned; with `other`, an
                identifier.
            other: another identifier: everything that joins the two directly is taken back, sign-ins, aliases and
                rules that the events state included.
            dry_run: store nothing, only say what it would mean.

        Raises:
            UnknownName: there is no such edge.
            BadInput: nothing joins the two identifiers.
        """
        if other is not None and isinstance(edge, str | tuple):
            return self._who.part(cast(Given, edge), other, dry_run)
        numbers: Any = (edge,) if isinstance(edge, int) else getattr(edge, "edges", edge)
        if not numbers or isinstance(numbers, str) or not all(isinstance(number, int) for number in numbers):
            raise BadInput("no_edge", edge=str(edge))
        return self._who.unjoin(numbers, dry_run)

    def edges(self) -> list[dict[str, Any]]:
        """The stored edges, retracted ones included."""
        return [edge._asdict() for edge in self._ledger.edges(retracted=True)]

    def join_by(self, *kinds: str, dry_run: bool = False) -> IdentityChange:
        """Set which kinds of identifier join customers: ``ws.join_by("email")``; none by default.

        An identifier that touches more than ten user ids joins nothing; the answer's notes list it.

        Args:
            kinds: keys of `identifiers`.
            dry_run: set nothing, only say what it would mean.
        """
        return self._who.join_by(kinds, dry_run)

    @overload
    def identity(self, identifier: None = None, *, limit: int = 20) -> IdentitySummary: ...
    @overload
    def identity(self, identifier: Given, *, limit: int = 20) -> CustomerIdentity: ...

    def identity(self, identifier: Given | None = None, *, limit: int = 20) -> IdentitySummary | CustomerIdentity:
        """Who is who: customers with several ids, shared devices, quarantine, newest edges; or one customer.

        Args:
            identifier: a customer's, of any kind: then all identifiers of theirs, how and when each was joined.
            limit: how many of each the summary lists.

        Raises:
            UnknownName: no event has the identifier.
        """
        return self._who.summary(limit) if identifier is None else self._who.customer(identifier)

    def identity_of(self, events: pa.Table, name: str) -> CustomerIdentity:
        """As `identity` of one customer, read off their own events alone; what others share with them is not seen.

        Args:
            events: all of theirs, from the lake.
            name: what they are called.
        """
        return self._who.customer_of(events, name)

    def carriers(self, identifier: str) -> Any:
        """The numbers of some events that carry an identifier of any kind, one for each id that it was seen with.

        The first call reads the whole log, later ones what is new.
        """
        self.flush()
        return self._carriers.of(identifier, self._ledger.last_erasure())

    def expect_searches(self) -> None:
        """Begin to read the log for `carriers`, beside what else is done."""
        self._carriers.begin(self._ledger.last_erasure())

    def was_erased(self, identifier: str) -> bool:
        """Whether an identifier is that of somebody who was forgotten."""
        return self._committer.suppression.names_someone(identifier)
