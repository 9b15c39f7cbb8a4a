"""First touch: where customers begin, and how they felt about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result, Spec, names_in, view_of
from lvtu.analyses.explained import Explained
from lvtu.analyses.first_touch.explain import explain
from lvtu.analyses.groups import column_named, values_of
from lvtu.analyses.means import Mean, Scores, count
from lvtu.analyses.members import Members, code_of, names_of
from lvtu.analyses.overview.feelings import ends_of
from lvtu.engines.base import Engine
from lvtu.kernels.firsts import first_rows
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


class FirstTouchSpec(Spec):
    """The first event of every customer.

    Attributes:
        by: what is told of it: touchpoint, channel, event, or any other column that holds names.
        since, until: select events; the first one of those counts.
    """

    analysis: ClassVar[str] = "first_touch"

    by: str = "touchpoint"


SPEC = FirstTouchSpec


class Key(NamedTuple):
    """A first touch and the scale of the score given there; None where it is missing."""

    touch: str | None
    scale: str | None


@dataclass
class State:
    """Integers, by what they are about.

    Attributes:
        customers: by first touch.
        scores: by first touch and scale.
    """

    customers: Counter[str | None] = field(default_factory=Counter)
    scores: defaultdict[Key, Scores] = field(default_factory=lambda: defaultdict(Scores))


class FirstTouch:
    """First touches as engines fold them."""

    def __init__(self, spec: FirstTouchSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.touches = values_of(snapshot, spec.by)

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def empty(self, snapshot: Snapshot) -> State:
        """The state of no customers."""
        return State()

    def partial(self, block: Block, state: State) -> State:
        """Add a block's customers."""
        _, rows = self.firsts(block)
        touch = block.codes(self.spec.by)[0][rows].astype(np.int64)
        for code, customers in enumerate(np.bincount(touch).tolist()):
            if customers:
                state.customers[self.touches[code]] += customers
        scores, weights = block.numbers("score")[rows], block.numbers("weight")[rows]
        given = count(scores, weights)
        codes, scales = block.codes("scale")
        pairs = touch[given] * len(scales) + codes[rows][given]
        scores, weights = scores[given], weights[given]
        for pair in np.unique(pairs).tolist():
            code, scale = divmod(pair, len(scales))
            key = Key(self.touches[code], scales[scale] if scale else None)
            state.scores[key].add(scores[pairs == pair], weights[pairs == pair])
        return state

    def firsts(self, block: Block) -> tuple[Array, Array]:
        """Each customer's line in the block, and the row of the first event."""
        who, rows = np.empty(block.customers, np.uint32), np.empty(block.customers, np.int64)
        view = view_of(block, self.snapshot, self.spec.where)
        n = first_rows(block.column("offsets"), block.column("time"), block.keep, view, *self.spec.span(), who, rows)
        return who[:n], rows[:n]

    def merge(self, left: State, right: State) -> State:
        """Add two states."""
        left.customers += right.customers
        for key, scores in right.scores.items():
            left.scores[key].merge(scores)
        return left


class FirstTouchResult(Result):
    """The answer.

    Attributes:
        table: one row per first touch, most customers first: a column named by `by`, ``customers``, ``share`` (of all
            customers), then the scores given with that first event: ``scale``, ``responses``, ``mean``, ``mean_low``
            and ``mean_high`` (95 % t interval, within the scale; with weights on the effective number of responses,
            ``effective``). No score, no mean: a gap is not a zero. Scores on several scales make several rows of one
            first touch, which say its ``customers`` and ``share`` again: scales are never averaged together.
    """

    def __init__(self, question: FirstTouch, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        total = sum(state.customers.values())
        rows: list[dict[str, Any]] = []
        for touch, customers in sorted(state.customers.items(), key=lambda item: (-item[1], item[0] or "")):
            scales = sorted((key for key in state.scores if key.touch == touch), key=lambda key: key.scale or "")
            for key in scales or [Key(touch, None)]:
                mean = state.scores[key].mean(ends_of(key.scale)) if key in state.scores else Mean()
                rows.append({"touch": touch, "customers": customers, "share": customers / total, "scale": key.scale}
                            | mean._asdict())  # fmt: skip
        real, whole = pa.float64(), pa.int64()
        kinds = {"touch": pa.string(), "customers": whole, "share": real, "scale": pa.string(), "responses": whole}
        kinds |= dict.fromkeys(("mean", "mean_low", "mean_high", "effective"), real)
        table = pa.Table.from_pylist(rows, schema=pa.schema(kinds))
        by = column_named(question.spec.by, table.column_names)
        super().__init__(question.spec, table.rename_columns([by, *table.column_names[1:]]), question.snapshot.token)

    def customers(self, touch: str | None, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who began with a first touch.

        Args:
            touch: its value, None for missing.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such value.
            Erased: somebody was forgotten since the first touches were counted.
        """
        question = self._question
        code = code_of(question.snapshot, question.spec.by, touch)

        def lines(block: Block) -> Array:
            who, rows = question.firsts(block)
            began: Array = who[block.codes(question.spec.by)[0][rows] == code]
            return began

        return names_of(self._engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """The event with which one customer began: one row, or none.

        Its columns: that named by `by`, ``event``, ``time``, ``message_id``, and the score that counts: ``scale``,
        ``score``, ``weight``.

        Args:
            customer: any identifier of theirs.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since the first touches were counted.
        """
        return explain(self, self._question, customer)


def reads_of(spec: FirstTouchSpec) -> set[str]:
    """The fields and properties that the question reads."""
    return names_in(spec.where) | {spec.by, "score", "scale", "weight"}


def run(spec: FirstTouchSpec, snapshot: Snapshot, engine: Engine) -> FirstTouchResult:
    """Answer the question."""
    snapshot.prepare(reads_of(spec))
    question = FirstTouch(spec, snapshot)
    return FirstTouchResult(question, engine.fold(question, snapshot), engine)
