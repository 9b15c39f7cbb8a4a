"""One customer's channels: where they went, where they began, whether they reached the goal, what scores they gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, Took, plain_rows, said_time
from lvtu.analyses.explained.rows import Events, Names, neighbours, own_rows, without_value
from lvtu.analyses.explained.scores import scores_at
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.channels import Channels
    from lvtu.analyses.channels.result import ChannelsResult

_MEASURES = pa.schema(
    [
        ("measure", pa.string()),
        ("scale", pa.string()),
        ("channel", pa.string()),
        ("value", pa.float64()),
        ("weight", pa.float64()),
        ("event", pa.string()),
        ("time", pa.timestamp("us", "UTC")),
        ("message_id", pa.string()),
    ]
)


@dataclass(frozen=True, eq=False)
class ChannelsExplained(Explained):
    """One customer's part in an answer about channels.

    Attributes:
        measures: a row for each number of theirs behind the answer's `measures`: ``measure``, ``scale``, ``channel``,
            ``value`` (a conversion's is 1 or 0), ``weight`` (of a score; null for none), and the event: that which
            reached the goal, or with which the score was given (``event``, ``time``, ``message_id``).
    """

    measures: pa.Table

    def to_json(self) -> dict[str, Any]:
        """As `Explained.to_json`, with the ``measures``."""
        return super().to_json() | {"measures": plain_rows(self.measures)}


def explain(result: ChannelsResult, question: Channels, customer: str) -> ChannelsExplained:
    """Say where a customer went, and what of theirs is measured.

    Args:
        result: the answer.
        question: what it answers.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    snapshot, spec, called = question.snapshot, question.spec, Names(result, question.spec.by)
    own = own_rows(snapshot, spec, customer)
    block, paths = own.block, question.paths(own.block)
    places = own.rows[:0]
    for path in np.flatnonzero(paths.who == own.line).tolist():
        places = paths.row_of(np.arange(int(paths.starts[path]), int(paths.starts[path + 1])))
    who, goals = question.goals_of(block, paths)
    goal = goals[who == own.line][:1]
    scored = np.intersect1d(question.scored(block, paths), places)
    went = neighbours(snapshot, block, spec.by, places)
    said = [Said("channels", customer=own.name, transitions=len(went.ends)), *went.said("transition", called)]
    if not len(places):
        said = [Said("channels_none", customer=own.name)]
    measures: list[dict[str, Any]] = []
    if question.goals and len(places):
        measures.append(_conversion(question, block, places, goal))
        said.append(_begun(question, measures[0], called, int(block.column("time")[places[0]])))
    given = zip(_events(question, block, scored), scores_at(block, scored), strict=True)
    for event, score in given:
        measures.append({"measure": "score", **event, "scale": score.scale, "value": score.value,
                         "weight": score.weight})  # fmt: skip
        at = {"channel": called(event["channel"]), "time": said_time(event["time"])}
        said.append(Said("channel_score", score=score.said(), **at))
    said += [*without_value(own, spec.by, goal.tolist()), *own.left_out()]
    return ChannelsExplained(own.name, pa.table(went.columns()), said, _table(measures))


def _events(question: Channels, block: Block, rows: Array) -> list[dict[str, Any]]:
    """Some rows as a table of measures has them."""
    events, (codes, names) = Events(question.snapshot, block, rows.tolist()), block.codes(question.spec.by)
    return [
        {"channel": names[code] if code else None, "event": event, "time": time, "message_id": message_id}
        for code, event, time, message_id in zip(
            codes[rows].tolist(), events.names, events.micros, events.message_ids, strict=True
        )
    ]


def _conversion(question: Channels, block: Block, places: Array, goal: Array) -> dict[str, Any]:
    """The channel that a customer began with, and the event that reached the goal, if any did."""
    [began] = _events(question, block, places[:1])
    reached = _events(question, block, goal)
    told = reached[0] if reached else dict.fromkeys(began)
    return {"measure": "conversion", **told, "channel": began["channel"], "value": float(bool(reached))}


def _begun(question: Channels, conversion: dict[str, Any], called: Names, began: int) -> Said:
    """With which channel a customer began, and what became of the goal."""
    channel, within = called(conversion["channel"]), question.spec.within
    if conversion["value"]:
        goal = {"event": conversion["event"], "then": said_time(conversion["time"])}
        return Said("channel_goal", channel=channel, time=said_time(began), **goal)
    if within is None:
        return Said("channel_no_goal", channel=channel, time=said_time(began))
    return Said("channel_no_goal_within", channel=channel, time=said_time(began), within=Took(within))


def _table(measures: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(measures, schema=_MEASURES)
