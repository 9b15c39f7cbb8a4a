"""A customer's journeys to the goal, and what each touch is given of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lvtu.analyses.attribution.spec import Model
from lvtu.analyses.explained.rows import message_ids
from lvtu.analyses.in_words import InWords
from lvtu.core.units import moment
from lvtu.core.words import Lang, language, say
from lvtu.kernels.attribution import OPEN, UNIT, share_out
from lvtu.store.journeys.columns import NOTHING
from lvtu.store.journeys.find import customer_named, place_of

if TYPE_CHECKING:
    from lvtu.analyses.attribution import Attribution


@dataclass(frozen=True)
class TouchExplained:
    """One touch.

    Attributes:
        touch: its channel, or what `by` says.
        event: the event's name.
        time: µs.
        message_id: which event it is.
        credit: by model, its part of the goal, 0…1; empty where the journey reached none. Markov has none: it credits
            channels, by all journeys together.
    """

    touch: str
    event: str
    time: int
    message_id: str | None
    credit: dict[Model, float]


@dataclass(frozen=True)
class JourneyExplained:
    """One journey.

    Attributes:
        goal: the name of the event that it led to; None where it led to none.
        time: its time, µs.
        touches: in order.
    """

    goal: str | None
    time: int | None
    touches: list[TouchExplained]


@dataclass(frozen=True, repr=False)
class AttributionExplained(InWords):
    """One customer's journeys.

    Attributes:
        customer: what they are called.
        journeys: in order.
        by: what a touch is.
    """

    customer: str
    journeys: list[JourneyExplained]
    by: str = "channel"

    def text(self, lang: Lang | None = None) -> str:
        """All of them, in a language (that of the environment unless given); times are UTC."""
        places, events = (self.naming.names(column, lang or language()) for column in (self.by, "event"))
        reached = sum(one.goal is not None for one in self.journeys)
        lines = [say("explain_attribution.head", lang, customer=self.customer, journeys=len(self.journeys),
                     goals=reached)]  # fmt: skip
        for one in self.journeys:
            told = "open" if one.goal is None else "reached" if one.touches else "untouched"
            goal = events.get(one.goal or "", one.goal)
            lines.append("  " + say(f"explain_attribution.{told}", lang, goal=goal, time=_clock(one.time)))
            for touch in one.touches:
                called = f"{places.get(touch.touch, touch.touch)} · {events.get(touch.event, touch.event)}"
                lines.append(f"    {_clock(touch.time)}  {called}{_credit(touch, lang)}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The same as plain values; times in µs."""
        return {"customer": self.customer, "journeys": [asdict(one) for one in self.journeys]}


def _clock(time: int | None) -> str:
    return "" if time is None else f"{moment(time):%Y-%m-%d %H:%M:%S}"


def _credit(touch: TouchExplained, lang: Lang | None) -> str:
    parts = [f"{say(f'charts.attribution.{model}', lang)} {100 * part:.1f}%" for model, part in touch.credit.items()]
    return "" if not parts else f" · {say('values.and', lang).join(parts)}"


def explain(question: Attribution, customer: str) -> AttributionExplained:
    """Say what each touch of a customer is given.

    Args:
        question: the attribution.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    block, line = place_of(question.snapshot, customer)
    lines = question.journeys(block)
    mine = np.flatnonzero(lines.who == line)
    credits = {model: _credits(question, model, block, lines, mine) for model in question.divided}
    event, time, event_id = (block.column(name) for name in ("event", "time", "event_id"))
    spans = [(int(lines.starts[j]), int(lines.ends[j]), int(lines.closing[j])) for j in mine.tolist()]
    rows = {i: int(lines.rows[i]) for begin, end, _ in spans for i in range(begin, end)}
    ids = message_ids(question.snapshot, [int(event_id[row]) for row in rows.values()])
    events, journeys = question.snapshot.events, []
    for begin, end, goal in spans:
        touches = [
            TouchExplained(
                str(question.names[int(lines.places[i])]), events[int(event[rows[i]])], int(time[rows[i]]),
                ids.get(int(event_id[rows[i]])),
                {} if goal == OPEN else {model: float(given[i] / UNIT) for model, given in credits.items()},
            )
            for i in range(begin, end)
        ]  # fmt: skip
        name, when = (None, None) if goal == OPEN else (events[int(event[goal])], int(time[goal]))
        journeys.append(JourneyExplained(name, when, touches))
    return AttributionExplained(customer_named(block, line), journeys, question.spec.by)


def _credits(question: Attribution, model: Model, block: Any, lines: Any, mine: Any) -> dict[int, int]:
    """What each touch of some journeys is given, in `UNIT` parts: the same kernel, every touch a code of its own."""
    weights = question.weights(model, block, lines)
    given: dict[int, int] = {}
    for j in mine.tolist():
        begin, end = int(lines.starts[j]), int(lines.ends[j])
        part, own = slice(j, j + 1), np.zeros((1, end - begin), np.int64)
        places = np.arange(end - begin, dtype=np.int64)
        span = np.array([0], np.int64), np.array([end - begin], np.int64)
        share_out(np.zeros(1, np.uint32), *span, lines.closing[part], places, weights[begin:end].copy(),
                  np.zeros(1, np.uint8), NOTHING, NOTHING, 1, own)  # fmt: skip
        given |= {begin + i: int(credit) for i, credit in enumerate(own[0].tolist())}
    return given
