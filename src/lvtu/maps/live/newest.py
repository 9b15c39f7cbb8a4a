"""When the newest event or answer happened that feeds a cell: one pass over the events, where a cadence asks for it."""

from __future__ import annotations

import numpy as np

from lvtu.analyses.base import names_in
from lvtu.analyses.groups import values_of
from lvtu.analyses.members import rows_of
from lvtu.engines.base import Engine
from lvtu.maps.document import Binding, JourneyMap
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

_NEVER = np.iinfo(np.int64).min
_ANY, _TEXTS, _SCALES = 0, 1, 2
"""Columns of the state: any event, texts, and from there on the scales by their codes."""


class Newest:
    """The question as engines fold it: the newest time by place and by what was given there.

    Args:
        where: only events for which this is true exist.
        now: the period, µs.
        snapshot: of what.
    """

    def __init__(self, where: str | None, now: tuple[int, int], snapshot: Snapshot) -> None:
        self.where, self.now, self.snapshot = where, now, snapshot
        self.places, self.scales = values_of(snapshot, PLACE), snapshot.names("scale")

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return names_in(self.where) | {PLACE, "score", "scale", "text"}

    def empty(self, snapshot: Snapshot) -> Array:
        """The state of no customers."""
        return np.full((len(self.places), _SCALES + len(self.scales)), _NEVER)

    def partial(self, block: Block, state: Array) -> Array:
        """Add a block's customers."""
        rows = rows_of(block, self.snapshot, self.where, span=self.now)
        place, time = block.codes(PLACE)[0][rows].astype(np.int64), block.column("time")[rows]
        np.maximum.at(state[:, _ANY], place, time)
        said = block.codes("text")[0][rows] > 0
        np.maximum.at(state[:, _TEXTS], place[said], time[said])
        scored = ~np.isnan(block.numbers("score")[rows])
        scale = block.codes("scale")[0][rows].astype(np.int64) + _SCALES
        np.maximum.at(state, (place[scored], scale[scored]), time[scored])
        return state

    def merge(self, left: Array, right: Array) -> Array:
        """The later ones."""
        found: Array = np.maximum(left, right)
        return found

    def fed(self, binding: Binding, state: Array) -> dict[str, int]:
        """The newest time of what feeds a binding, by step; of the whole journey under the empty one."""
        column = self._column(binding)
        times = dict(zip(self.places, [] if column is None else state[:, column].tolist(), strict=False))
        if binding.lane is None:
            latest = max(times.values(), default=_NEVER)
            return {} if latest == _NEVER else {"": latest}
        wanted = times if binding.step is None else {binding.step: times.get(binding.step, _NEVER)}
        return {step: time for step, time in wanted.items() if step is not None and time != _NEVER}

    def _column(self, binding: Binding) -> int | None:
        if binding.analysis != "scores":
            return _ANY
        if binding.spec.get("metric") == "sentiment":
            return _TEXTS
        scale = binding.spec.get("scale", "nps" if binding.spec.get("metric", "nps") == "nps" else None)
        return _SCALES + self.scales.index(scale) if scale in self.scales else None


def newest(map_: JourneyMap, now: tuple[int, int], snapshot: Snapshot, engine: Engine) -> dict[str, dict[str, int]]:
    """When what feeds the map's cells happened last, by binding and step; of bindings that have a cadence."""
    minded = [binding for binding in map_.bindings if binding.cadence is not None]
    if not minded:
        return {}
    question = Newest(map_.where, now, snapshot)
    snapshot.prepare(question.reads())
    state: Array = engine.fold(question, snapshot)
    return {binding.key: question.fed(binding, state) for binding in minded}
