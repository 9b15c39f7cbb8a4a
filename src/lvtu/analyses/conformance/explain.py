"""One customer's path beside a design: which event fills which step, what is left over, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from lvtu.analyses.explained.rows import message_ids
from lvtu.analyses.in_words import InWords
from lvtu.analyses.naming import called
from lvtu.core.units import moment, spell
from lvtu.core.words import Lang, language, say, spoken
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.find import customer_named, place_of

if TYPE_CHECKING:
    from lvtu.analyses.conformance import Aligned, Conformance

Kind = Literal[
    "completed", "late", "again", "repeated", "left_over", "ad_hoc", "out_of_order", "missing", "skipped", "pending"
]


@dataclass(frozen=True)
class Move:
    """One move of the alignment: an event, or a step that no event fills.

    Attributes:
        kind: of an event: ``completed`` or ``late`` (it fills the step), ``again`` (it repeats a step that may be
            repeated), ``repeated`` (once more than it may be), ``left_over`` (the design has it, but not here),
            ``ad_hoc`` (the design does not have it). Of a step without an event here: ``out_of_order``, ``missing``,
            ``skipped``, ``pending``.
        step: the step's number, 1-based; None for an event that fills none.
        name: what the step is called; of an event that fills none, its place.
        time: the event's time, µs.
        message_id, event_id: which event.
        took: the time since the step before, µs; None where there is none or it is not exact.
        late: how much too late, µs.
    """

    kind: Kind
    step: int | None
    name: str
    time: int | None = None
    message_id: str | None = None
    event_id: int | None = None
    took: int | None = None
    late: int | None = None

    def text(self, lang: Lang | None = None, name: str | None = None) -> str:
        """What it is, in a language (that of the environment unless given); times are UTC.

        Args:
            lang: the language.
            name: what to call the step or place instead.
        """
        when = "" if self.time is None else f"{moment(self.time):%Y-%m-%d %H:%M:%S}"
        key = f"explain_conformance.{self.kind}"
        if self.kind == "completed" and self.took is not None:
            key = "explain_conformance.completed_after"
        took, late = (spoken(spell(value), lang) for value in (self.took, self.late))
        return say(key, lang, name=name or self.name, time=when, took=took, late=late)


@dataclass(frozen=True, repr=False)
class ConformanceExplained(InWords):
    """One customer's alignment.

    Attributes:
        customer: what the customer is called.
        cost: steps left out and events that fill none.
        fitness: see `lvtu.analyses.conformance.ConformanceResult`.
        moves: in order.
        by: what a place is.
    """

    customer: str
    cost: int
    fitness: float
    moves: list[Move]
    by: str = "event"

    def text(self, lang: Lang | None = None) -> str:
        """The whole path, in a language (that of the environment unless given)."""
        names = self.naming.names(self.by, lang or language())
        head = say(
            "explain_conformance.head", lang,
            customer=self.customer, cost=self.cost, fitness=f"{100 * self.fitness:.1f}%",
        )  # fmt: skip
        return "\n".join([head, *(f"  {move.text(lang, called(names, move.name))}" for move in self.moves)])

    def to_json(self) -> dict[str, Any]:
        """The same as plain values; times in µs."""
        moves = [asdict(move) for move in self.moves]
        return {"customer": self.customer, "cost": self.cost, "fitness": self.fitness, "moves": moves}


def explain(question: Conformance, customer: str) -> ConformanceExplained:
    """Put a customer's path beside the design.

    Args:
        question: the design.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    from lvtu.analyses.conformance import fitness_of

    block, line = place_of(question.snapshot, customer)
    aligned = question.aligned(block)
    mine = (aligned.paths.who == line).nonzero()[0].tolist()
    cost = sum(int(aligned.cost[path]) for path in mine)
    places = sum(int(aligned.paths.starts[path + 1] - aligned.paths.starts[path]) for path in mine)
    moves = list(_moves(question, block, aligned, mine[0])) if mine else []
    fitness = fitness_of(cost, places, question.shortest)
    return ConformanceExplained(customer_named(block, line), cost, fitness, moves, question.spec.by)


def _moves(question: Conformance, block: Block, aligned: Aligned, path: int) -> Iterator[Move]:
    """The moves of a path; steps without an event stand where they should have been done."""
    from lvtu.analyses.conformance import STATUSES

    begin, shift = int(aligned.begins[path]), int(aligned.begins[aligned.first[aligned.which[path]]])
    kept = {int(aligned.kept[k]): int(aligned.moves[shift + k - begin])
            for k in range(begin, int(aligned.begins[path + 1]))}  # fmt: skip
    status = [STATUSES[code] for code in aligned.status[path].tolist()]
    took = [time if time >= 0 else None for time in aligned.took[path].tolist()]
    places = range(int(aligned.paths.starts[path]), int(aligned.paths.starts[path + 1]))
    rows = {place: int(aligned.paths.row_of(place)) for place in places}  # type: ignore[arg-type]
    ids = message_ids(question.snapshot, [int(block.column("event_id")[row]) for row in rows.values()])
    steps, at = question.steps, -1
    for place, row in rows.items():
        event_id = int(block.column("event_id")[row])
        about = {"time": int(block.column("time")[row]), "message_id": ids.get(event_id), "event_id": event_id}
        step = kept.get(place, -1)
        if step < 0:
            code = int(aligned.paths.places[place])
            fits = int(question.steps_of[question.kinds_of[code]])
            elsewhere = any(fits >> s & 1 and told == "out_of_order" for s, told in enumerate(status))
            kind: Kind = "ad_hoc" if not fits else "left_over" if elsewhere else "repeated"
            yield Move(kind, None, question.names[code] or "", **about)  # type: ignore[arg-type]
            continue
        for passed in range(at + 1, step):
            yield Move(status[passed], passed + 1, steps[passed].title)
        if step == at:
            yield Move("again", step + 1, steps[step].title, **about)  # type: ignore[arg-type]
            continue
        took_, within = took[step], steps[step].within
        late = took_ - within if status[step] == "late" and took_ is not None and within is not None else None
        yield Move(status[step], step + 1, steps[step].title, **about, took=took_, late=late)  # type: ignore[arg-type]
        at = step
    for passed in range(at + 1, len(steps)):
        yield Move(status[passed], passed + 1, steps[passed].title)
