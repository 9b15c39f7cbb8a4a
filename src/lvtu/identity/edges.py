"""Edges: statements that two identifiers are the same customer's, never overwritten, only retracted.

Most edges are never written down: sign-ins, aliases and rules are read off the events each time
journeys are built. What is kept is what people and programs add to that: a join, a review, a
proposal, and the retraction of any edge, including one that was read off the events.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from lvtu.errors import BadInput

USER = "user_id"
ANONYMOUS = "anonymous_id"
PREVIOUS = "previous_id"
PROPOSED = "proposed"

SOURCES = {
    "join": "someone said so",
    "review": "someone looked at a proposal or a conflict and said so",
    "alias": "an alias event said so: the left user_id was known before as the right id",
    "rule": "both were on one event, and the workspace joins by that kind of identifier",
    "sign_in": "both were on one event: the user signed in on that device",
    PROPOSED: "a program thinks so; joins nothing until it is reviewed",
}
"""What an edge can rest on. After a colon a source may say more: ``proposed:splink``."""

JOINING = ("join", "review", "alias")
"""Sources whose stored edges join; of the others only retractions say anything new."""


class Identifier(NamedTuple):
    """One name of a customer.

    Attributes:
        kind: ``user_id``, ``anonymous_id`` or any key of a record's ``identifiers``, such as ``email``.
        value: the text, compared byte by byte.
    """

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class Edge:
    """Two identifiers that belong to one customer, since when and on what ground.

    Attributes:
        left: one identifier; the ``user_id`` in an alias or a sign-in, the value in a rule's edge.
        right: the other; the earlier id in an alias, the device in a sign-in, the customer's id in a rule's.
        time: when it was stated, µs since 1970 UTC.
        source: one of ``SOURCES``, with more after a colon if need be.
        retracted_at: when it was taken back, µs; None while it holds.
        id: its number in the workspace's list, once it has one.

    Raises:
        BadInput: an empty identifier, an id joined with itself, an unknown source, the wrong kinds
            for the source, or a retraction before the statement.

    Example:
        >>> str(join(("user_id", "ann"), ("user_id", "ann-old"), 5))
        'user_id:ann — user_id:ann-old (join)'
    """

    left: Identifier
    right: Identifier
    time: int
    source: str = "join"
    retracted_at: int | None = None
    id: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "left", _identifier(self.left))
        object.__setattr__(self, "right", _identifier(self.right))
        if self.left == self.right:
            raise BadInput("joined_with_itself", identifier=str(self.left))
        if self.ground not in SOURCES:
            raise BadInput("edge_source", source=self.source, known=SOURCES)
        if not _fits(self.ground, self.left.kind, self.right.kind):
            raise BadInput("edge_kinds", source=self.source, left=self.left.kind, right=self.right.kind)
        if self.retracted_at is not None and self.retracted_at < self.time:
            raise BadInput("retracted_before", edge=str(self))

    @property
    def ground(self) -> str:
        """The source without what follows the colon."""
        return self.source.partition(":")[0]

    @property
    def holds(self) -> bool:
        """Whether it has not been retracted."""
        return self.retracted_at is None

    def __str__(self) -> str:
        end = "" if self.holds else ", retracted"
        return f"{self.left} — {self.right} ({self.source}{end})"


Pair = Identifier | tuple[str, str]


def join(left: Pair, right: Pair, time: int, source: Literal["join", "review"] = "join") -> Edge:
    """The edge that states that two identifiers are one customer's."""
    return Edge(_identifier(left), _identifier(right), time, source)


def retract(edge: Edge, time: int) -> Edge:
    """The same edge, taken back at a time.

    For an edge that was read off the events (a sign-in, an alias, a rule) the retracted edge is what
    is stored, and it holds for every repeat of that statement, earlier or later.

    Raises:
        BadInput: it was taken back already, or the time is before its own.
    """
    if not edge.holds:
        raise BadInput("retracted_already", edge=str(edge))
    return replace(edge, retracted_at=time)


def as_of(edges: Iterable[Edge], time: int) -> list[Edge]:
    """The edges as the list stood at a time: later ones absent, later retractions undone.

    Example:
        >>> late = retract(join(("user_id", "a"), ("user_id", "b"), 10), 20)
        >>> [as_of([late], t) == [] or as_of([late], t)[0].holds for t in (9, 10, 19, 20)]
        [True, True, True, False]
    """
    seen = [edge for edge in edges if edge.time <= time]
    return [edge if edge.holds or (edge.retracted_at or 0) <= time else _held(edge) for edge in seen]


def _held(edge: Edge) -> Edge:
    return replace(edge, retracted_at=None)


def _identifier(pair: Pair) -> Identifier:
    kind, value = pair
    if not kind or not value:
        raise BadInput("half_identifier", identifier=f"{kind!r}:{value!r}")
    return Identifier(kind, value)


def _fits(ground: str, left: str, right: str) -> bool:
    """Whether a source can speak of these kinds: readers of edges rely on who stands where."""
    if ground == "alias":
        return left == USER and right in (USER, ANONYMOUS)
    if ground == "sign_in":
        return (left, right) == (USER, ANONYMOUS)
    if ground == "rule":
        return left not in (USER, ANONYMOUS, PREVIOUS) and right in (USER, ANONYMOUS)
    return PREVIOUS not in (left, right)
