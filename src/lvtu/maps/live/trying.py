"""What a map would show before it is kept: a question that is to be bound, a rule that is to be another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lvtu.core.model.touchpoints import Touchpoint
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.maps.compiled import model_of
from lvtu.maps.document import Binding, JourneyMap
from lvtu.maps.live.asking import Asking, spoken_in
from lvtu.maps.live.bound import Bound, first_number, numbers
from lvtu.maps.live.filled import Value
from lvtu.maps.live.spoken import Spoken
from lvtu.maps.live.turns import asked
from lvtu.maps.live.volume import volume
from lvtu.store.journeys.snapshot import Snapshot


@dataclass(frozen=True)
class Tried:
    """What a binding would show.

    Attributes:
        values: by step; of the whole journey under the empty one.
        columns: the numbers of its answer, any of which can be shown.
        shown: the one that is.
        period: of which time they are, µs; None where there are no data.
        whole: whether the data are of no other time.
    """

    values: Mapping[str, Value]
    columns: tuple[str, ...]
    shown: str | None
    period: tuple[int, int] | None = None
    whole: bool = True


def tried(
    map_: JourneyMap, binding: Binding, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC"
) -> Tried:  # fmt: skip
    """What a binding would show.

    Args:
        map_: the map.
        binding: it.
        ws: the workspace.
        library: its touchpoints, by id.
        zone: whose days periods are made of.

    Raises:
        LvtuError: its question cannot be asked, or not of this place.
    """
    if not model_of(map_, library).touchpoints:
        raise BadInput("steps_without_events")

    def count(snapshot: Snapshot, engine: Engine) -> Tried:
        span, spoken = spoken_in(map_, zone, snapshot, engine)
        period, (first, last) = (span.now.since, span.now.until), snapshot.times
        bound = Bound(map_, period, spoken, snapshot, engine)
        table, _ = bound.table(binding)
        shown = binding.value or first_number(table)
        whole = period[0] <= first and last < period[1]
        return Tried(bound.answer(binding), tuple(numbers(table)), shown, period, whole)

    return asked(map_, ws, library, count, Tried({}, (), None))


def moved(
    before: JourneyMap, after: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC"
) -> dict[str, tuple[int, int]]:
    """The steps at which an edit would count other customers: how many before, and how many after it."""
    sides = []
    for map_ in (before, after):

        def count(snapshot: Snapshot, engine: Engine, map_: JourneyMap = map_) -> dict[str, Value]:
            span, _ = spoken_in(before, zone, snapshot, engine)
            return volume(map_.where, span.now.since, span.now.until, snapshot, engine)[0]

        sides.append(asked(map_, ws, library, count, dict[str, Value]()))
    was, now = ({step: value.n for step, value in side.items()} for side in sides)
    keys = dict.fromkeys([*(step.key for step in after.steps), *was])
    return {key: (was.get(key, 0), now.get(key, 0)) for key in keys if was.get(key, 0) != now.get(key, 0)}


def heard(
    map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC"
) -> Spoken | None:  # fmt: skip
    """What customers answered in the map's period, whether or not anything shows its steps; None without any data."""

    def count(snapshot: Snapshot, engine: Engine) -> Spoken | None:
        there = any(block.customers for block in snapshot.blocks)
        return spoken_in(map_, zone, snapshot, engine)[1] if there else None

    return ws.through(model_of(map_, library)).asked(count)
