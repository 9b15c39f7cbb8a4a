"""From whose perspective a map is seen: a persona's, a segment's, one customer's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from lvtu.core.expr import describe, parse
from lvtu.core.expr.customers import InSegment
from lvtu.core.model.text import Text
from lvtu.core.segments import Segment, as_condition, as_segment
from lvtu.core.words import LANGS, say
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.live.quotes import alias
from lvtu.store.journeys.find import Place, customer_named, place_of
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.maps.personas import Persona, Personas

Kind = Literal["persona", "segment", "customer"]

EVERYBODY = "everybody"
"""Where everybody is meant beside others."""

_ONE = "one customer"


@dataclass(frozen=True)
class Whom:
    """Those a map is seen from.

    Attributes:
        kind: what they are.
        name: what people call them; of one customer a pseudonym.
        condition: on customers, which they fulfil.
        persona: the key of the persona they are.
        event: the number of an event of the one customer.
        span: of the one customer, when their first and last events were, µs.
    """

    kind: Kind
    name: Text
    condition: str
    persona: str | None = None
    event: int | None = None
    span: tuple[int, int] | None = None

    def seen(self, snapshot: Snapshot) -> Snapshot:
        """A snapshot in which the condition can be asked."""
        if self.event is None:
            return snapshot
        seen = snapshot.through(snapshot.derived, snapshot.segments)
        named = np.zeros(self.event + 2, np.uint8)
        named[self.event] = 1
        seen.meanings[_ONE] = named
        return seen

    def among(self, where: str | None) -> str:
        """The condition of a map, of them alone."""
        return f"({where}) and ({self.condition})" if where else self.condition


class Known(Protocol):
    """A workspace whose customers can be told apart, as perspectives see it."""

    @property
    def personas(self) -> Personas:
        """Its personas."""
        ...

    def segments(self) -> list[Segment]:
        """Its named segments."""
        ...

    def snapshot(self) -> Snapshot:
        """The newest snapshot."""
        ...


def whom(who: str, ws: Known) -> Whom:
    """Those that a perspective names.

    Args:
        who: ``persona:KEY``, ``customer:IDENTIFIER`` (or ``customer:~NUMBER``, by an event of theirs), the name of a
            segment, or a condition in the filter language.
        ws: the workspace.

    Raises:
        UnknownName: there is no such persona, segment or customer.
        BadInput: nobody has said which customers the persona stands for.
        BadExpression: the condition cannot be read.
    """
    kind, _, name = who.partition(":")
    if kind == "persona":
        return of_persona(ws.personas[name])
    if kind == "customer":
        return _of_customer(name, ws.snapshot())
    known = {one.key: one.title for one in ws.segments()}
    condition = as_segment(named(who, known))
    expr = parse(condition)
    if isinstance(expr, InSegment):
        key = expr.name.partition("@")[0]
        if key not in known:
            raise UnknownName("segment", key, list(known))
        return Whom("segment", known[key], condition)
    asked = parse(as_condition(who))
    return Whom("segment", Text(**{lang: describe(asked, lang) for lang in LANGS}), condition)


def named(segment: str, known: Iterable[str]) -> str:
    """A segment's name, which may have blanks in it, as a condition; any other text as it is.

    Example:
        >>> named("best customers", ["best customers"]), named("channel = 'web'", ["best customers"])
        ("in segment 'best customers'", "channel = 'web'")
    """
    return str(InSegment(segment)) if segment in known else segment


def of_persona(persona: Persona) -> Whom:
    """Those whom a persona stands for.

    Raises:
        BadInput: nobody has said which customers those are.
    """
    if persona.condition is None:
        raise BadInput("persona_of_nobody", persona=persona.name.en)
    return Whom("persona", persona.name, persona.condition, persona.key)


def _of_customer(identifier: str, snapshot: Snapshot) -> Whom:
    block, line = _place(identifier, snapshot)
    first, last = (int(one) for one in block.column("offsets")[line : line + 2])
    times = block.column("time")
    told = alias(customer_named(block, line))
    name = Text(**{lang: say("maps.one_customer", lang, name=told) for lang in LANGS})
    event = int(block.column("event_id")[first])
    return Whom("customer", name, str(InSegment(_ONE)), None, event, (int(times[first]), int(times[last - 1])))


def _place(identifier: str, snapshot: Snapshot) -> Place:
    if not re.fullmatch(r"~\d{1,18}", identifier):
        return place_of(snapshot, identifier)
    for block in snapshot.blocks:
        rows = np.flatnonzero(block.column("event_id") == int(identifier[1:]))
        if len(rows):
            return block, int(np.searchsorted(block.column("offsets"), rows[0], side="right") - 1)
    raise UnknownName("customer", identifier, ())
