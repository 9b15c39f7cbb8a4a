"""When one customer was in a segment, when they entered and left it, and what moved them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import pyarrow as pa

from lvtu.analyses.base import FOREVER, both, mask_of
from lvtu.analyses.explained import Explained, Said, found, said_period, times
from lvtu.analyses.explained.rows import nothing_counted, of_code
from lvtu.analyses.segment.explain import PartExplained, reasons
from lvtu.core.sentences import Sentence
from lvtu.store.journeys.customers import shown_rows
from lvtu.store.journeys.find import Place

if TYPE_CHECKING:
    from lvtu.analyses.drift import Drift


@dataclass(frozen=True)
class Period:
    """A period of one customer.

    Attributes:
        start: when it begins, µs.
        there: whether they have any event by its end.
        inside: whether they are in the segment then.
        change: ``entered`` or ``exited``; None where neither happened.
        because: the parts of the condition that changed for it, as they are at its end.
    """

    start: int
    there: bool
    inside: bool
    change: str | None
    because: list[PartExplained]


def explain(question: Drift, customer: str) -> Explained:
    """Say in which periods a customer is in the segment, and what moved them.

    Args:
        question: the drift.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    spec, snapshot = question.spec, question.snapshot
    place, name = found(snapshot, customer)
    periods = _periods(question, place)
    inside = sum(period.inside for period in periods)
    said: list[Sentence] = [Said("drift", customer=name, inside=str(inside), periods=len(periods))]
    if not any(period.there for period in periods):
        span = -FOREVER, int(question.instants[-1])
        said.append(nothing_counted(snapshot, place, of_code(place[0], None), spec.where, span=span))
    else:
        said += _said(periods, spec.zone)
    return Explained(name, _table(periods), said)


def _periods(question: Drift, place: Place) -> list[Period]:
    block, line = place
    periods = []
    _, was = (bool(flags[line]) for flags in question.at(block, 0))
    for number, start in enumerate(question.starts.tolist()):
        there, inside = (bool(flags[line]) for flags in question.at(block, number + 1))
        change = None if inside == was else "entered" if inside else "exited"
        because = _turned(question, place, number) if change else []
        periods.append(Period(start, there, inside, change, because))
        was = inside
    return periods


def _turned(question: Drift, place: Place, number: int) -> list[PartExplained]:
    """The parts of the condition that are other at a period's end than at its start: in truth, or else in number."""
    before, after = (_reasons(question, place, instant) for instant in (number, number + 1))
    pairs = list(zip(before, after, strict=True))
    turned = [now for then, now in pairs if then.holds != now.holds]
    return turned or [now for then, now in pairs if then.events != now.events]


def _reasons(question: Drift, place: Place, number: int) -> list[PartExplained]:
    """What the parts of the condition say at an instant."""
    block, line = place
    then = block.seen_by(question.snapshot.before(int(question.instants[number])))
    rows = both(mask_of(then, question.spec.where), shown_rows(then))
    return reasons(question.spec.segment, then, line, rows)


def _said(periods: list[Period], zone: str) -> list[Sentence]:
    """What is said of periods: of several in a row in which nothing changes, at once."""
    said: list[Sentence] = []
    alike = groupby(enumerate(periods), key=lambda one: (one[1].inside, one[1].there, one[1].change and one[0]))
    for (inside, there, changed), some in alike:
        every = [period for _, period in some]
        first, last = (said_period(period.start, zone) for period in (every[0], every[-1]))
        span = first if first == last else f"{first} – {last}"
        if changed is not None:
            said.append(Said(f"drift_{every[0].change}", periods=span))
            said += [Said("because", reason=part.said) for part in every[0].because]
        elif there:
            said.append(Said("drift_inside" if inside else "drift_outside", periods=span))
        else:
            said.append(Said("drift_absent", periods=span))
    return said


def _table(periods: list[Period]) -> pa.Table:
    because = [[part.condition for part in period.because] for period in periods]
    return pa.table(
        {
            "period": times([period.start for period in periods]),
            "there": pa.array([period.there for period in periods], pa.bool_()),
            "inside": pa.array([period.inside for period in periods], pa.bool_()),
            "change": pa.array([period.change for period in periods], pa.string()),
            "because": pa.array(because, pa.list_(pa.string())),
        }
    )
