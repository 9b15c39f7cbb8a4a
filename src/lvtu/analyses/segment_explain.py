"""Why a customer is in a segment or is not: what each part of its condition says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from lvtu.analyses.in_words import InWords
from lvtu.analyses.whom import with_any
from lvtu.core.expr import Expr, Not, describe, evaluate, parse
from lvtu.core.expr.customers import Did, OfCustomers
from lvtu.core.expr.nodes import Junction
from lvtu.core.words import Lang, language, say
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.customers import counts_of, having
from lvtu.store.journeys.find import customer_named, place_of

if TYPE_CHECKING:
    from lvtu.analyses.segment import Segment


@dataclass(frozen=True)
class PartExplained:
    """What one part of a condition says of a customer.

    Attributes:
        condition: the part, as the language writes it.
        holds: whether it is true of the customer; of a condition on events, of any of theirs.
        events: how many events of theirs it counted or was true of; None for sequences, paths and segments.
    """

    condition: str
    holds: bool
    events: int | None = None

    def text(self, lang: Lang | None = None) -> str:
        """What it says, in a language (that of the environment unless given)."""
        said = describe(parse(self.condition), lang or language())
        told = say("explain_segment.yes" if self.holds else "explain_segment.no", lang, said=said)
        return told if self.events is None else say("explain_segment.counted", lang, told=told, events=self.events)


@dataclass(frozen=True, repr=False)
class SegmentExplained(InWords):
    """One customer and a segment.

    Attributes:
        customer: the customer's name.
        inside: whether they are in it.
        parts: what each part of the condition says of them.
    """

    customer: str
    inside: bool
    parts: list[PartExplained]

    def text(self, lang: Lang | None = None) -> str:
        """The whole reason, in a language (that of the environment unless given)."""
        head = say("explain_segment.inside" if self.inside else "explain_segment.outside", lang, customer=self.customer)
        return "\n".join([head, *(f"  {part.text(lang)}" for part in self.parts)])

    def to_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def explain(question: Segment, customer: str) -> SegmentExplained:
    """Say why a customer is in a segment.

    Args:
        question: the segment.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    block, line = place_of(question.snapshot, customer)
    rows, condition = question.rows(block), parse(question.spec.condition)
    inside = with_any(block, rows) & having(condition, block, rows)
    parts = [_explained(part, block, line, rows) for part in _parts(condition)]
    return SegmentExplained(customer_named(block, line), bool(inside[line]), parts)


def _parts(expr: Expr) -> Iterator[Expr]:
    if isinstance(expr, Not):
        yield from _parts(expr.part)
    elif isinstance(expr, Junction):
        for part in expr.parts:
            yield from _parts(part)
    else:
        yield expr


def _explained(part: Expr, block: Block, line: int, rows: Any) -> PartExplained:
    if isinstance(part, OfCustomers):
        events = int(counts_of(part, block)[line]) if isinstance(part, Did) else None
        return PartExplained(str(part), bool(block.flags(part)[line]), events)
    offsets = block.column("offsets")
    mine = slice(int(offsets[line]), int(offsets[line + 1]))
    there = evaluate(part, block)[mine]
    if len(rows):
        there &= rows[mine] != 0
    return PartExplained(str(part), bool(there.any()), int(there.sum()))
