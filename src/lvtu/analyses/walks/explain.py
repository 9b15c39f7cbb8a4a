"""One customer's walks: which of their events are at which step of a flow or of a step matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, Took, said_time
from lvtu.analyses.explained.rows import Events, Names, Own, Transitions, left_out, own_rows, without_value
from lvtu.core.sentences import Value

if TYPE_CHECKING:
    from lvtu.analyses.flow import Flow, FlowResult
    from lvtu.analyses.step_matrix import StepMatrix, StepMatrixResult
    from lvtu.analyses.walks import Anchors, Nodes


@dataclass(frozen=True)
class Walk:
    """One counted walk.

    Attributes:
        number: which of the customer's, 1-based.
        session: the number of the session that it is in.
        anchor: the anchor's row.
        codes: of its places, by position as the question has them; 0 for none.
        rows: their events; None for none.
    """

    number: int
    session: int
    anchor: int
    codes: list[int]
    rows: list[int | None]


@dataclass(frozen=True)
class Step:
    """One step of a walk in a flow: the nearer place is the one next to the anchor.

    Attributes:
        walk, step: where.
        names: what both places are called in the answer, the nearer first.
        said: in sentences.
        rows: their events; None for none.
    """

    walk: Walk
    step: int
    names: list[str | None]
    said: list[Value]
    rows: list[int | None]


def flow_explained(result: FlowResult, question: Flow, customer: str) -> Explained:
    """List the steps of a customer's walks.

    Args:
        result: the answer.
        question: what it answers.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    own, way, snapshot = own_rows(question.snapshot, question.spec, customer), question.way, question.snapshot
    walks = _walks(*question.codes(own.block), own, 0, {way: range(1, question.width)})
    called = _Called(result, question, question.nodes)
    steps = [step for walk in walks for step in _steps(question, called, walk)]
    rows = [step.rows[::way] for step in steps]
    ends = [(step.names[::way][0], step.names[::way][1]) for step in steps]
    went = Transitions(snapshot, own.block, [one[0] for one in rows], [one[1] for one in rows], ends)
    columns = _numbers(question.spec.unit, [(step.walk, step.step) for step in steps]) | went.columns()
    said, last = _head(own, walks), None
    for step, took in zip(steps, went.took, strict=True):
        if step.walk is not last:
            said.append(_anchored(question, own, step.walk, "to" if way < 0 else "from"))
        last, (source, target) = step.walk, step.said[::way]
        told: dict[str, Value] = {"step": step.step, "source": source, "target": target}
        said.append(Said("flow_end", **told) if took is None else Said("flow_step", **told, time=Took(took)))
    return Explained(own.name, pa.table(columns), said + _left_out(question, own, walks))


def matrix_explained(result: StepMatrixResult, question: StepMatrix, nodes: Nodes, customer: str) -> Explained:
    """List where a customer is at each step.

    Args:
        result: the answer.
        question: what it answers.
        nodes: the names that are told apart.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    own, steps = own_rows(question.snapshot, question.spec, customer), question.spec.steps
    origin = steps.index(0)
    sides = {1: range(origin + 1, len(steps)), -1: range(origin - 1, -1, -1)}
    walks = _walks(*question.codes(own.block), own, origin, sides)
    called = _Called(result, question, nodes)
    events = Events(question.snapshot, own.block, [row for walk in walks for row in walk.rows])
    places, said, moments = [], _head(own, walks), iter(events.micros)
    for walk in walks:
        said.append(_anchored(question, own, walk, "around"))
        for step, code in zip(steps, walk.codes, strict=True):
            places.append(question.place(step, int(nodes.table[0, code]), nodes))
            micros, place = next(moments), called(places[-1], code)
            told: dict[str, Value] = {"step": f"{step:+d}" if step else "0", "place": place}
            if micros is not None:
                said.append(Said("matrix_step", **told, time=said_time(micros)))
            elif _outermost(walk, steps, step):
                said.append(Said("matrix_left" if step > 0 else "matrix_not_begun", **told))
    columns = _numbers(question.spec.unit, [(walk, step) for walk in walks for step in steps])
    columns |= {"place": pa.array(places, pa.string()), **events.columns()}
    return Explained(own.name, pa.table(columns), said + _left_out(question, own, walks))


class _Called:
    """What the places of walks are called in sentences: also those that the answer does not tell apart."""

    def __init__(self, result: FlowResult | StepMatrixResult, question: Flow | StepMatrix, nodes: Nodes) -> None:
        self._names, self._values, self._other = Names(result, question.spec.by), question.walker.names, nodes.other

    def __call__(self, name: str | None, code: int) -> Value:
        """What a place is called, by its name in the answer and its code."""
        if name == self._other and code:
            return Said("among_others", name=self._names(self._values[code]))
        return self._names(name)


def _walks(anchors: Anchors, codes: Any, own: Own, origin: int, sides: Mapping[int, Sequence[int]]) -> list[Walk]:
    """A customer's walks.

    Args:
        anchors, codes: those of the block, as the question has them.
        own: the customer's events.
        origin: the anchor's position.
        sides: the positions after the anchor (1) and before it (-1), the nearest first.
    """
    paths, walks = anchors.paths, []
    first = int(np.searchsorted(paths.who, own.line))
    for number, k in enumerate(np.flatnonzero(anchors.who == own.line).tolist(), 1):
        mine, at = codes[k].tolist(), {origin: int(anchors.at[k])}
        for way, positions in sides.items():
            place = at[origin]
            for position in positions:
                if not mine[position]:
                    break
                place += way  # what lies between has no value, or repeats the place before
                while paths.places[place] != mine[position]:
                    place += way
                at[position] = place
        rows = dict(zip(at, paths.row_of(np.array(list(at.values()))).tolist(), strict=True))
        session = int(anchors.which[k]) - first + 1
        walks.append(Walk(number, session, rows[origin], mine, [rows.get(place) for place in range(len(mine))]))
    return walks


def _steps(question: Flow, called: _Called, walk: Walk) -> Iterator[Step]:
    """The steps of a walk, the last one being that into its end."""
    nodes = question.nodes
    for step in range(question.spec.steps):
        codes = walk.codes[step : step + 2]
        names = [
            nodes.name(place, int(nodes.table[place][code]), question.end if place else None)
            for place, code in enumerate(codes, step)
        ]
        said = [called(name, code) for name, code in zip(names, codes, strict=True)]
        yield Step(walk, step + 1, names, said, walk.rows[step : step + 2])
        if not codes[1]:
            return


def _numbers(unit: str, steps: Sequence[tuple[Walk, int]]) -> dict[str, pa.Array]:
    """``walk``, of sessions also ``session``, and ``step`` as columns."""
    columns = {"walk": [walk.number for walk, _ in steps], "session": [walk.session for walk, _ in steps]}
    if unit != "sessions":
        del columns["session"]
    columns["step"] = [step for _, step in steps]
    return {name: pa.array(values, pa.int32()) for name, values in columns.items()}


def _outermost(walk: Walk, steps: list[int], step: int) -> bool:
    """Whether a step without a place is the one next to those with a place: the others need no words."""
    return walk.rows[steps.index(step) - (1 if step > 0 else -1)] is not None


def _left_out(question: Flow | StepMatrix, own: Own, walks: list[Walk]) -> list[Said]:
    """Which events are at no step, and why."""
    used = {row for walk in walks for row in walk.rows if row is not None}
    lacking = without_value(own, question.spec.by, used)
    passed = sum(int(str(one.values["events"])) for one in lacking)
    off = len(own.rows) - len(used) - passed if walks else 0
    return [*left_out(off_path=off), *lacking, *own.left_out()]


def _head(own: Own, walks: list[Walk]) -> list[Said]:
    return [Said("walks", customer=own.name, walks=len(walks)) if walks else Said("walks_none", customer=own.name)]


def _anchored(question: Flow | StepMatrix, own: Own, walk: Walk, way: str) -> Said:
    """Which event a walk is anchored at."""
    event, time = (own.block.column(name)[walk.anchor] for name in ("event", "time"))
    told: dict[str, Value] = {"event": question.snapshot.events[int(event)], "time": said_time(int(time))}
    if question.spec.unit == "sessions":
        return Said(f"session_{way}", session=walk.session, **told)
    return Said(f"walk_{way}", **told)
