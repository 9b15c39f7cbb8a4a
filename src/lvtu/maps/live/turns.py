"""Steps that the same events show: the first order, the second, … Each is counted at its own turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from lvtu.analyses.members import lines_at
from lvtu.core.expr.columns import Columns
from lvtu.core.model import JourneyModel
from lvtu.core.model.columns import ModelColumns
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.engines.base import Engine
from lvtu.maps.compiled import model_of
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

T = TypeVar("T")


class TurnColumns(ModelColumns):
    """The columns of a map's model, where several steps have the same rules: the k-th event of a customer that fits
    them shows the k-th of these steps, and the last of them all that come later.

    Args:
        model: the map's.
        given: the columns as they are read without turns.
    """

    def __init__(self, model: JourneyModel, given: ModelColumns) -> None:
        super().__init__(lambda: model, given._metric, given._named)

    @cached_property
    def turns(self) -> list[list[int]]:
        """The codes of steps that take turns; worked out anew where the columns land on another machine."""
        return turns_of(self.model)

    def codes(self, name: str, columns: Columns) -> Array:
        """A column by row."""
        codes = super().codes(name, columns)
        if name != PLACE or not isinstance(columns, Block):
            return codes
        for group in self.turns:
            rows = np.flatnonzero(codes == group[0])
            lines = lines_at(columns, rows)
            turn = np.arange(len(rows)) - np.searchsorted(lines, lines, side="left")
            codes[rows] = np.array(group, codes.dtype)[np.minimum(turn, len(group) - 1)]
        return codes


def turns_of(model: JourneyModel) -> list[list[int]]:
    """The codes (1-based) of touchpoints that have the same rules, where several have.

    Example:
        >>> order = {"name": "Order", "events": "Order Paid"}
        >>> again = [{"id": "first", **order}, {"id": "seen", "name": "S", "events": "Seen"}, {"id": "next", **order}]
        >>> turns_of(JourneyModel.model_validate({"key": "m", "title": "M", "touchpoints": again}))
        [[1, 3]]
    """
    groups: dict[Any, list[int]] = {}
    for code, one in enumerate(model.touchpoints, 1):
        groups.setdefault(one.events, []).append(code)
    return [group for group in groups.values() if len(group) > 1]


def asked(
    map_: JourneyMap, ws: Any, library: Mapping[str, Touchpoint], count: Callable[[Snapshot, Engine], T], nothing: T
) -> T:
    """What comes of the newest snapshot, read through the steps of a map.

    Args:
        map_: the map.
        ws: the workspace (`lvtu.maps.live.asking.Asking`).
        library: its touchpoints, by id.
        count: is given the snapshot, and who folds.
        nothing: what comes of no steps that any event shows, or of no customers.
    """
    model = model_of(map_, library)
    if not model.touchpoints:
        return nothing

    def seen(snapshot: Snapshot, engine: Engine) -> T:
        if not any(block.customers for block in snapshot.blocks):
            return nothing
        columns = snapshot.derived
        if isinstance(columns, ModelColumns) and turns_of(model):
            snapshot = snapshot.through(TurnColumns(model, columns), snapshot.segments)
        return count(snapshot, engine)

    found: T = ws.through(model).asked(seen)
    return found
