"""Which behaviours one customer shows, by which events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, Titled, Took, said_time, times
from lvtu.analyses.explained.rows import Own, own_rows

if TYPE_CHECKING:
    from lvtu.analyses.behaviours import Behaviours
    from lvtu.core.model.behaviours import Behaviour


@dataclass(frozen=True)
class Shown:
    """What one customer has of a behaviour.

    Attributes:
        behaviour: which.
        holds: whether they show it.
        events: the times of the events that show it, µs; of silence, of their last event of any kind.
        most: of a repeated behaviour, which was shown most often, and how often.
    """

    behaviour: Behaviour
    holds: bool
    events: list[int]
    most: tuple[str, int] | None = None


def explain(question: Behaviours, customer: str) -> Explained:
    """Say which behaviours a customer shows.

    Args:
        question: the behaviours.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    own = own_rows(question.snapshot, question.spec, customer)
    shown = _shown(question, own) if len(own.rows) else []
    head = Said("behaviours", customer=own.name, behaviours=sum(one.holds for one in shown), all=len(question.all))
    if not shown:
        head = Said("behaviours_none", customer=own.name)
    names = question.model.names("behaviour")
    titles = {key: Titled(name.zh, name.en) for key, name in names.items()}
    table = {
        "behaviour": pa.array([one.behaviour.key for one in shown], pa.string()),
        "shown": pa.array([one.holds for one in shown], pa.bool_()),
        "events": pa.array([len(one.events) if one.behaviour.events else None for one in shown], pa.int64()),
        "first": times([min(one.events, default=None) for one in shown]),
        "last": times([max(one.events, default=None) for one in shown]),
    }
    said = [head, *(_said(question, one, titles) for one in shown), *own.left_out()]
    return Explained(own.name, pa.table(table), said)


def _shown(question: Behaviours, own: Own) -> list[Shown]:
    """What a customer with any event has of each behaviour, in the model's order."""
    time = own.block.column("time")[own.rows]
    bits = question.columns.bits([one.events for one in question.events], own.block)[own.rows]
    events = {one.key: time[bits >> place & 1 == 1].tolist() for place, one in enumerate(question.events)}
    counts = np.array([[len(events[one.key]) for one in question.events]], np.int64)
    found = []
    for one in question.all:
        most, mine = None, events.get(one.key, [])
        if one.repeats is not None:
            most = max(((key, len(events[key])) for key in one.repeats.of), key=lambda pair: pair[1])
            mine = events[most[0]]
        elif one.silent is not None:
            mine = time[-1:].tolist()
        holds = bool(question.flag(one, counts, time[-1:])[0])
        found.append(Shown(one, holds, mine, most))
    return found


def _said(question: Behaviours, one: Shown, titles: dict[str, Titled]) -> Said:
    name = titles[one.behaviour.key]
    if one.behaviour.silent is not None:
        code, gap = "silent" if one.holds else "not_silent", question.horizon - one.events[-1]
        return Said(code, behaviour=name, last=said_time(one.events[-1]), time=Took(gap),
                    limit=Took(one.behaviour.silent))  # fmt: skip
    if one.most is not None and one.behaviour.repeats is not None:
        of, times_ = one.most
        code = "repeated_shown" if one.holds else "repeated_not_shown"
        return Said(code, behaviour=name, of=titles[of], times=times_, least=one.behaviour.repeats.times)
    if not one.holds:
        return Said("not_shown", behaviour=name)
    return Said("shown", behaviour=name, events=len(one.events), first=said_time(one.events[0]))
