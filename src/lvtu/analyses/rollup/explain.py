"""Where in a nested journey one customer is counted: which stages of which journey, for how long, with which scores."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, Titled, Took, found, plain_rows, said_time
from lvtu.analyses.explained.scores import Score, scores_at
from lvtu.analyses.rollup import Rollup, Sums, add_up, inside_of, name_of
from lvtu.analyses.stages.explain import StageExplained, stages_of
from lvtu.core.sentences import Sentence
from lvtu.core.units import instant, moment
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.core.model.nesting import Node

_TIME, _WHOLE = pa.timestamp("us", "UTC"), pa.int64()
_SCHEMA = pa.schema(
    {"level": pa.int32(), "path": pa.string(), "entered": pa.bool_(), "counted": pa.bool_(), "status": pa.string(),
     "event": pa.string(), "time": _TIME, "ended": _TIME, "stays": _WHOLE, "total_dwell": _WHOLE, "responses": _WHOLE}
)  # fmt: skip
_SCORES = pa.schema(
    {"path": pa.string(), "event": pa.string(), "time": _TIME, "scale": pa.string(), "score": pa.float64(),
     "weight": pa.float64()}
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class RollupExplained(Explained):
    """One customer's part in a nested journey.

    Attributes:
        scores: a row for each score of theirs and each place that it counts in: ``path``, ``event``, ``time``,
            ``scale``, ``score``, ``weight``.
    """

    scores: pa.Table

    def to_json(self) -> dict[str, Any]:
        """As `Explained.to_json`, with the ``scores``."""
        return super().to_json() | {"scores": plain_rows(self.scores)}


def explain(question: Rollup, customer: str) -> RollupExplained:
    """Say where in the tree a customer is counted.

    Args:
        question: the nested journey.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    (block, line), name = found(question.snapshot, customer)
    block = alone(block, line)
    sums = add_up(question, question.partial(block, question.empty(question.snapshot)))
    came = [_came(question, place, block, line) for place in range(len(question.parts))]
    scores = _scores(question, block)
    rows, said = [], []
    for node in question.nodes:
        place = question.places[name_of(node.model)]
        stage, ended = (None, None) if node.stage is None else came[place][node.model.stages.index(node.stage)]
        rows.append(_row(node, sums[node.keys], stage, ended))
        said.append(_said(node, sums[node.keys], stage))
        said += [_given(row) for row in scores if row["path"] == "/".join(node.keys) and _is_leaf(node)]
    head = Said("rollup", customer=name, places=sum(row["counted"] for row in rows))
    tables = pa.Table.from_pylist(rows, _SCHEMA), pa.Table.from_pylist(scores, _SCORES)
    return RollupExplained(name, tables[0], [head, *said], tables[1])


def alone(block: Block, line: int) -> Block:
    """A block of which only one customer counts."""
    one = copy.copy(block)
    one.keep = np.zeros(block.customers, np.uint8)
    one.keep[line] = 1
    return one


def _is_leaf(node: Node) -> bool:
    return node.stage is not None and node.stage.child is None


def _came(question: Rollup, place: int, block: Block, line: int) -> list[tuple[StageExplained, int | None]]:
    """What became of each stage of a journey, and when the time in it ended, µs."""
    part = question.parts[place]
    seen = block.seen_by(part.snapshot)
    time, ended = block.column("time"), [-1] * len(part.stages)
    for rows in part.entries(seen).ended.tolist():
        ended = rows
    times = [int(time[row]) if row >= 0 else None for row in ended]
    return list(zip(stages_of(part, seen, line)[0], times, strict=True))


def _row(node: Node, sums: Sums, stage: StageExplained | None, ended: int | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "level": node.level, "path": "/".join(node.keys), "counted": bool(sums.customers), "stays": sums.stays,
        "total_dwell": sums.time if sums.stays else None, "responses": sums.responses,
    }  # fmt: skip
    if stage is not None:
        times = {"time": stage.time, "ended": ended}
        row |= {"entered": stage.status == "entered", "status": stage.status, "event": stage.event}
        row |= {name: None if time is None else moment(time) for name, time in times.items()}
    return row


def _scores(question: Rollup, block: Block) -> list[dict[str, Any]]:
    """A row for each score and each place that it counts in."""
    inside = []
    for part in question.parts:
        seen = block.seen_by(part.snapshot)
        inside.append(inside_of(part, part.entries(seen), seen))
    given, within = question.given(inside, block)
    event, time = block.column("event"), block.column("time")
    rows = []
    for node in question.nodes:
        place = question.places[name_of(node.model)]
        stage = None if node.stage is None else node.model.stages.index(node.stage)
        chosen: Array = given[question.told(place, within, stage)]
        for row, score in zip(chosen.tolist(), scores_at(block, chosen), strict=True):
            rows.append({
                "path": "/".join(node.keys), "event": question.snapshot.events[int(event[row])],
                "time": moment(int(time[row])), "scale": score.scale, "score": score.value, "weight": score.weight,
            })  # fmt: skip
    return rows


def _said(node: Node, sums: Sums, stage: StageExplained | None) -> Sentence:
    """Whether a place counts the customer, and why."""
    name = Titled(node.breadcrumbs("zh"), node.breadcrumbs("en"))
    told: Sentence = Said("rollup_some" if sums.customers else "rollup_none") if stage is None else stage.told
    if stage is not None and not _is_leaf(node):
        told = Said("rollup_within" if sums.customers else "rollup_not_within", told=told)
    if sums.stays:
        told = Said("rollup_stayed", told=told, time=Took(sums.time))
    return Said("rollup_place", name=name, told=told)


def _given(row: dict[str, Any]) -> Said:
    score = Score(row["score"], row["scale"], row["weight"]).said()
    time = said_time(instant(row["time"]))
    return Said("because", reason=Said("rollup_score", event=row["event"], time=time, score=score))
