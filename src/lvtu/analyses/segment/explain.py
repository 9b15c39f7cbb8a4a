"""Why a customer is in a segment or is not: what each part of its condition says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

from lvtu.analyses.explained import named
from lvtu.analyses.in_words import InWords
from lvtu.analyses.naming import Naming
from lvtu.analyses.whom import label_of, with_any
from lvtu.core.expr import Expr, Not, describe, evaluate, parse
from lvtu.core.expr.customers import Did, InSegment, OfCustomers
from lvtu.core.expr.nodes import Junction
from lvtu.core.sentences import Sentence
from lvtu.core.words import Lang, language, say
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.customers import counts_of, having, shown_rows
from lvtu.store.journeys.find import customer_named, place_of

if TYPE_CHECKING:
    from lvtu.analyses.segment import Segment


class Judgement(Sentence):
    """What a part of a condition says of a customer."""

    group = "explain_segment"


class Described(Sentence):
    """A condition within a sentence.

    Args:
        condition: as the language writes it.
    """

    group = "values"

    _naming: Naming = Naming()

    def __init__(self, condition: str) -> None:
        super().__init__("condition", condition=condition)

    def called_by(self, naming: Naming) -> Self:
        """The same, said with such names."""
        object.__setattr__(self, "_naming", naming)
        return self

    def text(self, lang: Lang | None = None) -> str:
        """It in a language (that of the environment unless given)."""
        return describe(parse(str(self.values["condition"])), lang or language(), self._naming)


class Labelled(Described):
    """A segment within a sentence: by its name, or by its condition."""

    def text(self, lang: Lang | None = None) -> str:
        """It in a language (that of the environment unless given)."""
        return label_of(str(self.values["condition"]), lang or language(), self._naming)


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

    @property
    def said(self) -> Judgement:
        """What it says, as a sentence."""
        told = Judgement("yes" if self.holds else "no", said=Described(self.condition))
        return told if self.events is None else Judgement("counted", told=told, events=self.events)

    def text(self, lang: Lang | None = None, naming: Naming | None = None) -> str:
        """What it says, in a language (that of the environment unless given), with what people call its events."""
        return named(self.said, naming or Naming(), lang or language()).text(lang)


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
        return "\n".join([head, *(f"  {part.text(lang, self.naming)}" for part in self.parts)])

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
    rows, condition = question.rows(block), question.spec.condition
    inside = with_any(block, rows) & having(parse(condition), block, rows)
    return SegmentExplained(customer_named(block, line), bool(inside[line]), reasons(condition, block, line, rows))


def reasons(condition: str, block: Block, line: int, rows: Array) -> list[PartExplained]:
    """What each part of a condition says of a customer; of a segment by its name, each part of what it stands for.

    Args:
        condition: the condition.
        block, line: whose.
        rows: events that may fulfil it, one byte each; empty for all.
    """
    expr = parse(condition)
    if isinstance(expr, InSegment) and isinstance(meaning := block.dictionary.segment(expr.name), Expr):
        return _every(meaning, block, line, shown_rows(block))
    return _every(expr, block, line, rows)


def _every(expr: Expr, block: Block, line: int, rows: Array) -> list[PartExplained]:
    found = []
    for part in _parts(expr):
        found.append(_explained(part, block, line, rows))
        if isinstance(part, InSegment) and isinstance(meaning := block.dictionary.segment(part.name), Expr):
            found += _every(meaning, block, line, shown_rows(block))
    return found


def _parts(expr: Expr) -> Iterator[Expr]:
    if isinstance(expr, Not):
        yield from _parts(expr.part)
    elif isinstance(expr, Junction):
        for part in expr.parts:
            yield from _parts(part)
    else:
        yield expr


def _explained(part: Expr, block: Block, line: int, rows: Array) -> PartExplained:
    if isinstance(part, OfCustomers):
        events = int(counts_of(part, block)[line]) if isinstance(part, Did) else None
        return PartExplained(str(part), bool(block.flags(part)[line]), events)
    offsets = block.column("offsets")
    mine = slice(int(offsets[line]), int(offsets[line + 1]))
    there = evaluate(part, block)[mine]
    if len(rows):
        there &= rows[mine] != 0
    return PartExplained(str(part), bool(there.any()), int(there.sum()))
