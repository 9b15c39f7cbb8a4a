"""What is answered about channels: transitions, measures, and how alike they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.channels import alike
from lvtu.analyses.channels.alike import Measured
from lvtu.analyses.channels.explain import ChannelsExplained, explain
from lvtu.analyses.jackknife import ends, without_each
from lvtu.analyses.means import Scores
from lvtu.analyses.members import Members, code_of, names_of
from lvtu.analyses.overview.feelings import ends_of
from lvtu.engines.base import Engine
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.channels import Channels, State

_REAL = dict.fromkeys(("value", "low", "high", "difference", "difference_low", "difference_high"), pa.float64())


class ChannelsResult(Result):
    """The answer.

    Attributes:
        table: one row per transition, most frequent first: ``source``, ``target`` (the same for a customer who stays),
            ``transitions``, ``customers``, ``share`` of all that led on from the source, with its 95 % interval ``low``
            and ``high`` (jackknife over 64 groups of customers; null where they leave no way to tell).
        measures: one row per ``measure`` and channel: ``conversion`` (of the customers who began with the channel), and
            ``score`` by ``scale``, with ``n``, ``value``, ``low``, ``high`` (95 %), the ``difference`` from all other
            channels together with its 90 % interval, and the ``verdict`` (`lvtu.analyses.channels.alike.Measured`).
        consistency: one row per measure (and scale): ``n``, ``channels``, ``alike``, ``index``, ``verdict``
            (`lvtu.analyses.channels.alike.overall`).
    """

    def __init__(self, question: Channels, state: State, engine: Engine) -> None:
        self._question, self._engine = question, engine
        super().__init__(question.spec, _transitions(question, state), question.snapshot.token)
        rows, told, names = [], [], [str(name) for name in question.names]
        for measure, scale, codes, measured in _measured(question, state):
            head: dict[str, Any] = {"measure": measure, "scale": scale}
            for code, one in sorted(zip(codes, measured, strict=True), key=lambda pair: (-pair[1].n, names[pair[0]])):
                rows.append(head | {"channel": names[code]} | asdict(one))
            index, verdict = alike.overall(measured)
            counts = {"n": sum(one.n for one in measured), "channels": len(measured)}
            told.append(head | counts | {"alike": sum(one.verdict == "alike" for one in measured), "index": index,
                                         "verdict": verdict})  # fmt: skip
        text, whole = pa.string(), pa.int64()
        head_kinds = {"measure": text, "scale": text}
        self.measures = _table(rows, {**head_kinds, "channel": text, "n": whole, **_REAL, "verdict": text})
        counted = {"n": whole, "channels": whole, "alike": whole}
        self.consistency = _table(told, {**head_kinds, **counted, "index": pa.float64(), "verdict": text})

    def customers(self, source: str, target: str, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who is behind a transition: the customers who went from a channel to another (or stayed) at least once.

        Args:
            source, target: channels.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: no event has such a channel.
            Erased: somebody was forgotten since the transitions were counted.
        """
        question = self._question
        before, after = (code_of(question.snapshot, question.spec.by, name) for name in (source, target))

        def lines(block: Block) -> Array:
            paths = question.paths(block)
            places = paths.places[: paths.starts[-1]] if len(paths) else paths.places[:0]
            inside = np.ones(len(places), bool)
            inside[paths.starts[:-1]] = False  # what a path begins with follows nothing
            found = np.flatnonzero(inside[1:] & (places[:-1] == before) & (places[1:] == after)) + 1
            chosen: Array = paths.who[np.searchsorted(paths.starts, found, side="right") - 1]
            return chosen

        found = Members(question.reads(), lines)
        return names_of(self._engine, question.snapshot, found, limit, offset)

    def explain(self, customer: str) -> ChannelsExplained:
        """One customer's transitions: a row for each that is counted, in order; and what of theirs is measured.

        Its columns: ``source``, ``target``, ``began`` and ``ended`` (when both events were), ``time`` (between them,
        µs; null where one of both is not exact), ``source_message_id`` and ``target_message_id``. ``.measures`` has the
        conversion and the scores.

        Args:
            customer: any identifier of theirs.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since the transitions were counted.
        """
        return explain(self, self._question, customer)


def _transitions(question: Channels, state: State) -> pa.Table:
    names = len(question.names)
    groups = state.steps.reshape(len(state.steps), names, names + 1)[:, 1:, 1:-1]
    used = np.flatnonzero(state.steps.any(axis=1))
    total, rest = groups.sum(axis=0), without_each(groups, used)
    with np.errstate(invalid="ignore", divide="ignore"):
        share, without = (one / one.sum(axis=-1, keepdims=True) for one in (total, rest))
    low, high = ends(share.ravel(), without.reshape(len(used), share.size), 0.0, 1.0)
    pairs = np.flatnonzero(total)
    ranks = np.argsort(np.argsort([str(name) for name in question.names[1:]]))
    source, target = np.divmod(pairs, max(names - 1, 1))
    pairs = pairs[np.lexsort((ranks[target], ranks[source], -total.ravel()[pairs]))]
    source, target = np.divmod(pairs, max(names - 1, 1))
    told = pa.array(question.names[1:], pa.string())
    return pa.table(
        {
            "source": told.take(pa.array(source)),
            "target": told.take(pa.array(target)),
            "transitions": total.ravel()[pairs],
            "customers": state.customers.reshape(names, names)[1:, 1:].ravel()[pairs],
            "share": share.ravel()[pairs],
            "low": pa.array(low[pairs], from_pandas=True),
            "high": pa.array(high[pairs], from_pandas=True),
        }
    )


def _measured(question: Channels, state: State) -> list[tuple[str, str | None, Sequence[int], list[Measured]]]:
    """Each measure with its scale, the channels that have it, and what it is there."""
    found: list[tuple[str, str | None, Sequence[int], list[Measured]]] = []
    if question.goals:
        codes = np.flatnonzero(state.began).tolist()
        counts = [(int(state.reached[code]), int(state.began[code])) for code in codes]
        found.append(("conversion", None, codes, alike.shares(counts, question.spec.margin)))
    for scale in sorted({key.scale for key in state.scores}, key=lambda scale: scale or ""):
        mine: dict[int, Scores] = {key.code: scores for key, scores in state.scores.items() if key.scale == scale}
        codes = sorted(mine)
        measured = alike.means([mine[code] for code in codes], question.spec.score_margin, ends_of(scale))
        found.append(("score", scale, codes, measured))
    return found


def _table(rows: list[dict[str, Any]], kinds: dict[str, pa.DataType]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=pa.schema(kinds))
