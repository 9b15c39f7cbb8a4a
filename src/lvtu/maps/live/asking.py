"""A map's questions asked: one snapshot, as few passes as there are kinds of question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from lvtu.analyses.base import make
from lvtu.analyses.graph import GraphSpec
from lvtu.analyses.heard.figures import Facts, facts
from lvtu.analyses.heard.sums import heard
from lvtu.analyses.intervals import wilson
from lvtu.analyses.overview.periods import Periods, Window, periods
from lvtu.analyses.overview.waves import in_waves
from lvtu.analyses.registry import REGISTRY
from lvtu.core.model import JourneyModel
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.core.sentences import Note
from lvtu.core.units import instant
from lvtu.engines.base import Engine
from lvtu.maps.document import JourneyMap
from lvtu.maps.live.bound import Bound
from lvtu.maps.live.filled import Filled, Value
from lvtu.maps.live.newest import newest
from lvtu.maps.live.quotes import quotes
from lvtu.maps.live.spoken import Spoken, feeling_of
from lvtu.maps.live.turns import asked
from lvtu.maps.live.volume import PLACE, volume
from lvtu.store.journeys.snapshot import Snapshot

T = TypeVar("T")

DAYS = 91
"""Days of a period, where the map names none: a quarter, and whole weeks."""


class Asking(Protocol):
    """A workspace that can be asked, as maps see it."""

    @property
    def simulated(self) -> bool:
        """Whether the data are."""
        ...

    def through(self, model: JourneyModel) -> Asking:
        """The same time lines, read through a model."""
        ...

    def asked(self, answered: Callable[[Snapshot, Engine], T]) -> T:
        """What comes of the newest snapshot."""
        ...


def filled(map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC") -> Filled:
    """Everything the data say to a map, all on one snapshot and of one period.

    The period is the map's own; without one the last 91 full days, or where nothing was answered then the last of the
    waves that the data come in; all there is where that is less than two such periods. What changed is against the
    period before, with false-discovery control over everything that was compared (`lvtu.analyses.heard`).

    Args:
        map_: the map.
        ws: the workspace.
        library: its touchpoints, by id.
        zone: whose days periods are made of.
    """
    simulated = (Note("simulated"),) if ws.simulated else ()

    def count(snapshot: Snapshot, engine: Engine) -> Filled:
        span, spoken = spoken_in(map_, zone, snapshot, engine)
        now = span.now.since, span.now.until
        reached, customers = volume(map_.where, *now, snapshot, engine)
        graph = _graph(map_, now, snapshot, engine)
        bound = Bound(map_, now, spoken, snapshot, engine)
        values, head = bound.cells()
        return Filled(
            values=values, head=head, failed=bound.failed, newest=newest(map_, now, snapshot, engine), volume=reached,
            ways=graph[0], between=graph[1], customers=customers,
            quotes=quotes(map_.where, *now, snapshot, engine),
            period=(now if span.kind != "widened" else None), notes=simulated, simulated=ws.simulated,
        )  # fmt: skip

    return asked(map_, ws, library, count, Filled(notes=simulated, simulated=ws.simulated))


def spoken_in(map_: JourneyMap, zone: str, snapshot: Snapshot, engine: Engine) -> tuple[Periods, Spoken]:
    """Which period a map is about, and what customers answered in it."""
    since, until = (None if one is None else instant(one) for one in (map_.since, map_.until))
    first, last = snapshot.times
    everything = Periods(Window(first, last + 1), None, "widened")
    span = periods(snapshot.times, zone, since, until, DAYS)
    if span.kind == "shorter":
        span = everything

    def of(these: Periods) -> Facts:
        return facts(these, *heard(these, PLACE, map_.where, zone, snapshot, engine), measured=feeling_of)

    found = of(span)
    if not found.answers and span.kind != "asked":
        span = in_waves(span, zone, snapshot, engine) or everything
        found = of(span)
    return span, Spoken(found)


def _graph(
    map_: JourneyMap, now: tuple[int, int], snapshot: Snapshot, engine: Engine
) -> tuple[dict[tuple[str, str], Value], dict[tuple[str, str], Value]]:
    """From step to step: the share of those who left the first for the second, and the median time."""
    spec = make(GraphSpec, {"by": PLACE, "fold": True, "where": _seen(map_), "since": now[0], "until": now[1]})
    rows = list(REGISTRY["graph"].run(spec, snapshot, engine).table.to_pylist())
    left: dict[str, int] = {}
    for row in rows:
        left[row["source"]] = left.get(row["source"], 0) + row["transitions"]
    ways, between = {}, {}
    for row in rows:
        ends, of = (row["source"], row["target"]), left[row["source"]]
        ways[ends] = Value(row["transitions"] / of, "share", of, *(wilson(row["transitions"], of) or (None, None)))
        if row["median_time"] is not None:
            between[ends] = Value(row["median_time"], "duration", row["transitions"])
    return ways, between


def _seen(map_: JourneyMap) -> str:
    """Events that show a step, of those that the map is about."""
    shown = f"{PLACE} is not null"
    return f"({map_.where}) and {shown}" if map_.where else shown


def heard_at(
    map_: JourneyMap, ws: Asking, library: Mapping[str, Touchpoint], zone: str = "UTC"
) -> tuple[Spoken | None, dict[str, Value], int]:
    """What customers answered at a map's steps, who was there, and how many they were; None where nobody ever was."""

    def count(snapshot: Snapshot, engine: Engine) -> tuple[Spoken | None, dict[str, Value], int]:
        span, spoken = spoken_in(map_, zone, snapshot, engine)
        return spoken, *volume(map_.where, span.now.since, span.now.until, snapshot, engine)

    nothing: tuple[Spoken | None, dict[str, Value], int] = (None, {}, 0)
    return asked(map_, ws, library, count, nothing)
