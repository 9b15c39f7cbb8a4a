"""Nested journeys: what the journeys within the stages of a model add up to, level by level."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.columns import model_columns
from lvtu.analyses.durations import exact_rows
from lvtu.analyses.means import Mean, Scores, given_in
from lvtu.analyses.members import Members, names_of
from lvtu.analyses.overview.feelings import ends_of
from lvtu.analyses.stages import Entries, Stages, StagesSpec
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.core.model.columns import ModelColumns
from lvtu.core.model.journey import JourneyModel
from lvtu.core.model.nesting import Node
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.kernels import stages as kernels
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.rollup.explain import RollupExplained

_SECOND = 1_000_000


class RollupSpec(StagesSpec):
    """A journey with the journeys within its stages, and what those add up to."""

    analysis: ClassVar[str] = "rollup"


SPEC = RollupSpec


@dataclass
class Part:
    """Integers of one journey.

    Attributes:
        customers: who entered each stage, by its own rules.
        reached: who entered any, as they are told, (1,).
        through: who entered the first and the last, as they are told, (1,).
        stays: of each stage how many were timed, and their sum as seconds and as the microseconds beyond: (stages, 3).
        untimed: stays left out because they are not exact, (1,).
        scores: by the number of the stage and the scale.
        whole: of the journey with those within it, by the scale, each once.
    """

    customers: Array
    reached: Array
    through: Array
    stays: Array
    untimed: Array
    scores: dict[tuple[int, str | None], Scores] = field(default_factory=lambda: defaultdict(Scores))
    whole: dict[str | None, Scores] = field(default_factory=lambda: defaultdict(Scores))


@dataclass
class State:
    """One part for each of the journeys."""

    parts: list[Part]


class Rollup:
    """The journeys of a nested one as engines fold them, each once however often it stands in the tree."""

    def __init__(self, spec: RollupSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.nodes: list[Node] = model_columns(snapshot).tree()
        models = {name_of(node.model): node.model for node in self.nodes}
        self.places = {name: place for place, name in enumerate(models)}
        self.parts = [_stages(spec, snapshot, model) for model in models.values()]
        self.children = [self._children(name) for name in models]
        """By journey and stage the number of the journey within it, None for none."""

    def _children(self, name: tuple[str, int | None]) -> list[int | None]:
        top = next(node for node in self.nodes if node.stage is None and name_of(node.model) == name)
        below = {node.keys[:-1]: self.places[name_of(node.model)] for node in self.nodes if node.stage is None}
        return [below.get((*top.keys, stage.key)) for stage in top.model.stages]

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        read = [(part.columns, name) for part in self.parts for name in part.reads()]
        found = {one for of, name in read for one in (of.reads(name) if name in MODEL_FIELDS else (name,))}
        return found | {"score", "scale", "weight"}

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State([_empty(len(part.stages)) for part in self.parts])

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        came, inside = [], []
        for question, part in zip(self.parts, state.parts, strict=True):
            seen = block.seen_by(question.snapshot)
            found = question.entries(seen)
            came.append(_came(found, block.customers))
            part.customers += came[-1].sum(0)
            _add_stays(part, found, seen)
            inside.append(inside_of(question, found, seen))
        for place, part in enumerate(state.parts):
            stages = [self.told(place, came, stage) for stage in range(len(part.customers))]
            part.reached += int(np.logical_or.reduce(stages).sum())
            part.through += int((stages[0] & stages[-1]).sum())
        self._add_scores(state, inside, block)
        return state

    def told(self, place: int, of: list[Array], stage: int | None = None) -> Array:
        """What is true of a journey, or of one of its stages: of what tells it in the end.

        Args:
            place: the journey's number.
            of: by journey what is true of each of its stages, (…, stages).
            stage: the stage's number; None for any of them.
        """
        found = np.zeros(len(of[place]), bool)
        for each, child in enumerate(self.children[place]):
            if stage in (None, each):
                found |= of[place][:, each] if child is None else self.told(child, of)
        return found

    def _add_scores(self, state: State, inside: list[Array], block: Block) -> None:
        """The scores given in stages without a journey of their own, and in each journey with those within it."""
        given, within = self.given(inside, block)
        scores, weights = block.numbers("score")[given], block.numbers("weight")[given]
        codes, scales = block.codes("scale")[0][given], block.codes("scale")[1]
        for place, part in enumerate(state.parts):
            for scale in np.unique(codes).tolist():
                name, of = scales[scale] if scale else None, codes == scale
                if (chosen := of & self.told(place, within)).any():
                    part.whole[name].add(scores[chosen], weights[chosen])
                for stage, child in enumerate(self.children[place]):
                    if child is None and (chosen := of & within[place][:, stage]).any():
                        part.scores[stage, name].add(scores[chosen], weights[chosen])

    def given(self, inside: list[Array], block: Block) -> tuple[Array, list[Array]]:
        """The rows of the scores that count, and by journey which of its stages each was given in, (scores, stages).

        Args:
            inside: by journey and row the number of the stage, see `inside_of`.
            block: whose rows.
        """
        given = given_in(block)
        within = [
            stages[given][:, None] == np.arange(1, len(question.stages) + 1)
            for question, stages in zip(self.parts, inside, strict=True)
        ]
        return given, within

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        for one, other in zip(left.parts, right.parts, strict=True):
            for name in ("customers", "reached", "through", "stays", "untimed"):
                getattr(one, name)[...] += getattr(other, name)
            for key, scores in other.scores.items():
                one.scores[key].merge(scores)
            for scale, scores in other.whole.items():
                one.whole[scale].merge(scores)
        return left


def name_of(model: JourneyModel) -> tuple[str, int | None]:
    """A model's key and version: what tells it from others in the tree."""
    return model.key, model.version


def _stages(spec: RollupSpec, snapshot: Snapshot, model: JourneyModel) -> Stages:
    return Stages(spec, snapshot.through(ModelColumns(lambda: model), snapshot.segments))


def _empty(stages: int) -> Part:
    one, two, three = (np.zeros(1, np.int64) for _ in range(3))
    return Part(np.zeros(stages, np.int64), one, two, np.zeros((stages, 3), np.int64), three)


def _add_stays(part: Part, found: Entries, block: Block) -> None:
    time, exact = block.column("time"), exact_rows(block)
    for stage in range(found.entered.shape[1]):
        ended = found.ended[:, stage] >= 0
        first, last = found.entered[ended, stage], found.ended[ended, stage]
        if len(exact):
            timed = (exact[first] & exact[last]) != 0
            part.untimed += int((~timed).sum())
            first, last = first[timed], last[timed]
        seconds, beyond = np.divmod(time[last] - time[first], _SECOND)
        part.stays[stage] += [len(first), int(seconds.sum()), int(beyond.sum())]


def _came(found: Entries, customers: int) -> Array:
    """Of all lines of a block who entered which stage, (lines, stages)."""
    came = np.zeros((customers, found.entered.shape[1]), bool)
    came[found.who] = found.entered >= 0
    return came


def inside_of(question: Stages, found: Entries, block: Block) -> Array:
    """By row the number (1-based) of the stage that its customer is in; 0 for none, and for rows that do not exist."""
    inside = np.zeros(block.rows, np.uint8)
    kernels.standing(block.column("offsets"), found.who, found.entered, found.ended, inside)
    view = question.view(block)
    return inside * view if len(view) else inside


@dataclass
class Sums:
    """What a place in the tree adds up to."""

    customers: int
    conversion: float | None
    stays: int = 0
    time: int = 0
    scores: dict[str | None, Scores] = field(default_factory=dict)

    @property
    def responses(self) -> int:
        """How many scores."""
        return sum(scores.responses.total() for scores in self.scores.values())


def add_up(question: Rollup, state: State) -> dict[tuple[str, ...], Sums]:
    """What each place in the tree adds up to, by its keys.

    From the deepest places to the top: a stage is what the journey in it is, a journey the sum of its stages.
    """
    sums_of: dict[tuple[str, ...], Sums] = {}
    below: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for node in question.nodes[1:]:
        below[node.keys[:-1]].append(node.keys)
    for node in reversed(question.nodes):
        part = state.parts[question.places[name_of(node.model)]]
        if node.stage is None:
            stages = [sums_of[keys] for keys in below[node.keys]]
            first = stages[0].customers
            sums = Sums(
                int(part.reached[0]), int(part.through[0]) / first if first else None,
                sum(one.stays for one in stages), sum(one.time for one in stages), part.whole,
            )  # fmt: skip
        elif node.stage.child is not None:
            sums = sums_of[below[node.keys][0]]
        else:
            place = node.model.stages.index(node.stage)
            stays, seconds, beyond = part.stays[place].tolist()
            scores = {scale: one for (stage, scale), one in part.scores.items() if stage == place}
            sums = Sums(int(part.customers[place]), None, stays, seconds * _SECOND + beyond, scores)
        sums_of[node.keys] = sums
    return sums_of


class RollupResult(Result):
    """The answer.

    What is told of a stage with a journey within it is what that journey adds up to; ``entered`` alone goes by the
    stage's own rules. A journey's stays are those of its stages together, and its mean the mean of theirs weighted by
    their stays. Customers and scores count once in it: its mean score is that of its stages weighted by their
    responses, unless a score was given in two at once (a journey within a stage may go on beside the next stages; a
    note says how many).

    Attributes:
        table: a row for the journey, each of its stages and so on, every journey before its stages: ``level`` (0 for
            the top), ``path`` (the keys from the top), ``entered`` (customers who entered a stage by its own rules,
            null of journeys), ``customers`` (who entered any stage of the journey; of a stage without one, the stage),
            ``conversion`` (the share of the customers of the journey's first stage who are among those of its last one;
            null of other stages), ``stays`` (that began and ended, at exact times) and ``mean_dwell``, their mean time
            (µs).
        scores: ``path``, ``scale``, ``responses``, ``mean``, ``mean_low``, ``mean_high``, ``effective``: of the scores
            that customers gave while they were in a stage; scales are never averaged together.
        nodes: the places in the order of the rows.
    """

    def __init__(self, question: Rollup, state: State, engine: Engine) -> None:
        self._question, self._engine, self.nodes = question, engine, question.nodes
        self._sums = add_up(question, state)
        rows, scores = [], []
        for node in self.nodes:
            sums, path = self._sums[node.keys], "/".join(node.keys)
            part = state.parts[question.places[name_of(node.model)]]
            entered = None if node.stage is None else int(part.customers[node.model.stages.index(node.stage)])
            rows.append({
                "level": node.level, "path": path, "entered": entered, "customers": sums.customers,
                "conversion": sums.conversion, "stays": sums.stays,
                "mean_dwell": round(sums.time / sums.stays) if sums.stays else None,
            })  # fmt: skip
            scales = sorted(sums.scores.items(), key=lambda item: item[0] or "")
            scores += [{"path": path, "scale": scale} | one.mean(ends_of(scale))._asdict() for scale, one in scales]
        untimed = sum(int(part.untimed[0]) for part in state.parts)
        notes = [Note("untimed_stays", times=untimed)] if untimed else []
        if unseen := dict.fromkeys(stage for part in question.parts for stage in part.unseen()):
            notes.append(Note("unseen_stages", stages=tuple(unseen)))
        notes += self._shared()
        super().__init__(question.spec, pa.Table.from_pylist(rows, schema=_TABLE), question.snapshot.token, notes)
        self.scores = pa.Table.from_pylist(scores, schema=_SCORES)
        self.model = question.nodes[0].model

    def _shared(self) -> list[Note]:
        """Of each journey how many scores are told of more than one of its stages."""
        more: dict[str, int] = {}
        for node in self.nodes:
            if node.stage is None:
                stages = [self._sums[(*node.keys, stage.key)].responses for stage in node.model.stages]
                more[node.model.key] = sum(stages) - self._sums[node.keys].responses
        return [Note("shared_scores", journey=key, scores=scores) for key, scores in more.items() if scores]

    def customers(self, path: str, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who is behind ``customers`` of a row.

        Args:
            path: the row's path.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such row.
        """
        question, keys = self._question, tuple(path.split("/"))
        nodes = {node.keys: node for node in self.nodes}
        if keys not in nodes:
            raise UnknownName("path", path, ["/".join(known) for known in nodes])
        node = nodes[keys]
        place = question.places[name_of(node.model)]
        stage = None if node.stage is None else node.model.stages.index(node.stage)

        def lines(block: Block) -> Array:
            came = [_came(part.entries(block.seen_by(part.snapshot)), block.customers) for part in question.parts]
            return np.flatnonzero(question.told(place, came, stage))

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> RollupExplained:
        """Where in the tree one customer is counted: a row for each place.

        Its columns: ``level`` and ``path`` as in the answer, ``entered`` (a stage by its own rules), ``counted`` (as
        one of its ``customers``), ``status``, ``event`` and ``time`` of a stage as
        `lvtu.analyses.stages.explain.StageExplained` says, ``ended`` (when the time in it did), ``stays`` and
        ``total_dwell`` (how many stays were timed, and how long they took together, µs), ``responses``.
        ``.scores`` has a row for each score and place: ``path``, ``event``, ``time``, ``scale``, ``score``,
        ``weight``.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.rollup.explain import explain

        return explain(self._question, customer)


_WHOLE, _REAL = pa.int64(), pa.float64()
_TABLE = pa.schema(
    {"level": pa.int32(), "path": pa.string(), "entered": _WHOLE, "customers": _WHOLE, "conversion": _REAL,
     "stays": _WHOLE, "mean_dwell": _WHOLE}
)  # fmt: skip
_SCORES = pa.schema(
    {"path": pa.string(), "scale": pa.string(), "responses": _WHOLE} | dict.fromkeys(Mean._fields[1:], _REAL)
)


def run(spec: RollupSpec, snapshot: Snapshot, engine: Engine) -> RollupResult:
    """Answer the question."""
    question = Rollup(spec, snapshot)
    snapshot.prepare(question.reads())
    return RollupResult(question, engine.fold(question, snapshot), engine)
