"""One customer's hand-offs: what was handed over, what took over, and when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from lvtu.analyses.explained.rows import message_ids
from lvtu.analyses.in_words import InWords
from lvtu.analyses.naming import Naming
from lvtu.core.units import moment, spell
from lvtu.core.words import Lang, language, say, spoken
from lvtu.store.journeys.find import customer_named, place_of

if TYPE_CHECKING:
    from lvtu.analyses.handoffs import Handoffs, Status


@dataclass(frozen=True)
class HandoffExplained:
    """One hand-off.

    Attributes:
        pair: its number, 1-based.
        status: what became of it.
        source, time, message_id: the event that handed over: its name, its time (µs), which one it is.
        target, target_time, target_message_id: the event that took over; None where none has.
        took: the time between them, µs; None where it is not exact.
        within: how long it may take, µs.
    """

    pair: int
    status: Status
    source: str
    time: int
    message_id: str | None
    within: int
    target: str | None = None
    target_time: int | None = None
    target_message_id: str | None = None
    took: int | None = None

    def text(self, lang: Lang | None = None, naming: Naming | None = None) -> str:
        """What became of it, in a language (that of the environment unless given); times are UTC.

        Args:
            lang: the language.
            naming: what people call its events.
        """
        names = (naming or Naming()).names("event", lang or language())
        source, target = (names.get(event, event) for event in (self.source, self.target or ""))
        key = self.status if self.status != "untimed" or self.target is not None else "untimed_open"
        when, then = (f"{moment(time):%Y-%m-%d %H:%M:%S}" for time in (self.time, self.target_time or self.time))
        took, within = (spoken(spell(time), lang) for time in (self.took, self.within))
        return say(
            f"explain_handoffs.{key}", lang, pair=self.pair, source=source, time=when, target=target,
            then=then, took=took, within=within,
        )  # fmt: skip


@dataclass(frozen=True, repr=False)
class HandoffsExplained(InWords):
    """One customer's hand-offs, pair by pair, in the order of their times."""

    customer: str
    handoffs: list[HandoffExplained]

    def text(self, lang: Lang | None = None) -> str:
        """All of them, in a language (that of the environment unless given)."""
        kept = sum(one.status == "kept" for one in self.handoffs)
        head = say("explain_handoffs.head", lang, customer=self.customer, kept=kept, handoffs=len(self.handoffs))
        return "\n".join([head, *(f"  {one.text(lang, self.naming)}" for one in self.handoffs)])

    def to_json(self) -> dict[str, Any]:
        """The same as plain values; times in µs."""
        return asdict(self)


def explain(question: Handoffs, customer: str) -> HandoffsExplained:
    """List a customer's hand-offs.

    Args:
        question: the pairs.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    from lvtu.analyses.handoffs import STATUSES

    block, line = place_of(question.snapshot, customer)
    found: list[tuple[int, Status, int, int]] = []
    for pair, handed in enumerate(question.handed(block), 1):
        mine = handed.who == line
        columns = (part[mine].tolist() for part in (handed.status, handed.given, handed.taken))
        found += [(pair, STATUSES[code], given, taken) for code, given, taken in zip(*columns, strict=True)]
    event, time, event_id = (block.column(name) for name in ("event", "time", "event_id"))
    names = question.snapshot.events
    rows = {row for _, _, given, taken in found for row in (given, taken) if row >= 0}
    ids = message_ids(question.snapshot, [int(event_id[row]) for row in rows])

    def told(row: int) -> tuple[str, int, str | None]:
        return names[int(event[row])], int(time[row]), ids.get(int(event_id[row]))

    handoffs = []
    for pair, status, given, taken in found:
        source, when, source_id = told(given)
        target, then, target_id = told(taken) if taken >= 0 else (None, None, None)
        took = None if then is None or status == "untimed" else then - when
        handoffs.append(
            HandoffExplained(
                pair,
                status,
                source,
                when,
                source_id,
                question.spec.pairs[pair - 1].within,
                target,
                then,
                target_id,
                took,
            )
        )
    return HandoffsExplained(customer_named(block, line), handoffs)
