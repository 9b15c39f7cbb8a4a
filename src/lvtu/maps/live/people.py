"""The customers behind a map's numbers: who came by a step, who gave the answers that a cell tells."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lvtu.analyses.base import names_in
from lvtu.analyses.cells import behind, cells_of
from lvtu.analyses.members import Members, lines_at, names_of, rows_of
from lvtu.analyses.registry import REGISTRY, spec_of
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.engines.base import Engine
from lvtu.maps.document import Binding, JourneyMap
from lvtu.maps.live.asking import Asking, spoken_in
from lvtu.maps.live.bound import Bound
from lvtu.maps.live.turns import asked
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot


def customers(
    map_: JourneyMap, step: str | None, binding: Binding | None, ws: Asking, library: Mapping[str, Touchpoint],
    zone: str = "UTC",
) -> list[str]:  # fmt: skip
    """Who is behind a number of a map.

    Args:
        map_: the map.
        step: the key of the step; None for the whole journey.
        binding: the question of the cell; None: whoever came by the step.
        ws: the workspace.
        library: its touchpoints, by id.
        zone: whose days periods are made of.

    Returns:
        Names, sorted; none where nobody is counted, or where the question counts no customers.
    """

    def count(snapshot: Snapshot, engine: Engine) -> list[str]:
        span, spoken = spoken_in(map_, zone, snapshot, engine)
        now = span.now.since, span.now.until
        if binding is None:
            return _at(map_.where, now, step, snapshot, engine)
        question, by = Bound(map_, now, spoken, snapshot, engine).asked(binding)
        result = REGISTRY[binding.analysis].run(spec_of(question), snapshot, engine)
        for row in result.table.to_pylist():
            if not by or row[PLACE] == step:
                cells = cells_of(result, row)
                cell = cells.get(binding.value or "") or next(iter(cells.values()), None)
                return [] if cell is None else behind(result, cell.of)
        return []

    return asked(map_, ws, library, count, [])


def _at(where: str | None, now: tuple[int, int], step: str | None, snapshot: Snapshot, engine: Engine) -> list[str]:
    snapshot.prepare(names_in(where) | {PLACE})

    def lines(block: Block) -> Array:
        rows = rows_of(block, snapshot, where, span=now)
        codes, names = block.codes(PLACE)
        wanted = [code for code, name in enumerate(names) if name is not None and step in (None, name)]
        found: Array = lines_at(block, rows[np.isin(codes[rows], wanted)])
        return found

    return names_of(engine, snapshot, Members(names_in(where) | {PLACE}, lines))
