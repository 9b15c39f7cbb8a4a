"""One customer's time line: everything they did and said, in order, from all sources."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from pydantic import Field

from lvtu.analyses.base import Result, Spec, names_in
from lvtu.analyses.explained import Explained
from lvtu.analyses.explained.rows import Own, own_at
from lvtu.analyses.timeline.explain import explain
from lvtu.core.record import RECORD
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.store.journeys.find import whereabouts
from lvtu.store.journeys.snapshot import Snapshot


class TimelineSpec(Spec):
    """One customer's events.

    Attributes:
        customer: any identifier of theirs: a user id, an anonymous id, an email, …; former ones resolve too.
        limit: rows at most, the latest ones.
        since, until: select events.
    """

    analysis: ClassVar[str] = "timeline"

    customer: str
    limit: int = Field(default=10_000, ge=1)


SPEC = TimelineSpec


class TimelineResult(Result):
    """The answer.

    Attributes:
        table: the record's fields of every event, in journey order, with the ``customer``'s name first.
    """

    def __init__(self, spec: TimelineSpec, snapshot: Snapshot, lines: list[Own]) -> None:
        rows = sum(len(own.rows) for own in lines)
        self._snapshot, self._lines = snapshot, latest(lines, spec.limit)
        notes = []
        if len(lines) > 1:
            names = tuple(own.name for own in lines)
            notes.append(Note("several", name=spec.customer, customers=len(lines), names=names))
        if rows > spec.limit:
            notes.append(Note("latest", shown=spec.limit, all=rows))
        ids = [own.block.column("event_id")[own.rows].astype(np.int64) for own in self._lines]
        customer = pa.concat_arrays([pa.repeat(own.name, len(own.rows)) for own in self._lines])
        table = snapshot.lake.take(np.concatenate(ids), RECORD.names).add_column(0, "customer", customer)
        super().__init__(spec, table, snapshot.token, notes)

    def explain(self, customer: str | None = None) -> Explained:
        """Why each event is on the time line: a row for each, in order.

        Its columns: ``event``, ``time``, ``message_id``, the ids that it came with (``user_id``, ``anonymous_id``), and
        ``how`` these lead to the customer: ``own`` (the customer is called so), ``sign_in`` (an anonymous id on which
        somebody of theirs signed in: ``with`` says who, ``signed_in`` when), ``joined`` (an alias, a rule, or somebody
        says that both are one customer's; the workspace's ``identity`` says which).

        Args:
            customer: any identifier of theirs; if not given, the one that was asked for, of several the first.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since.
        """
        spec: Any = self.spec
        return explain(self._snapshot, self._lines, spec.customer if customer is None else customer)


def run(spec: TimelineSpec, snapshot: Snapshot, engine: Engine) -> TimelineResult:
    """Answer the question.

    Raises:
        UnknownName: nobody has the identifier.
    """
    snapshot.prepare(names_in(spec.where))
    found = whereabouts(snapshot, spec.customer)
    if not found:
        raise UnknownName("customer", spec.customer, ())
    return TimelineResult(spec, snapshot, [own_at(snapshot, spec, place) for place in found])


def latest(lines: list[Own], limit: int) -> list[Own]:
    """The customers' events, the latest of all of them where they are too many."""
    time = np.concatenate([own.block.column("time")[own.rows] for own in lines])
    whose = np.repeat(np.arange(len(lines)), [len(own.rows) for own in lines])
    kept = np.bincount(whose[np.argsort(time, kind="stable")[-limit:]], minlength=len(lines)).tolist()
    over = [len(own.rows) - shown for own, shown in zip(lines, kept, strict=True)]
    return [replace(own, rows=own.rows[first:], earlier=first) for own, first in zip(lines, over, strict=True)]
