"""How the ways of a flowchart run between its cells: along rows and channels only, so that none crosses a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lvtu.maps.drawing.flow.placing import Placing
from lvtu.maps.drawing.flow.ways import Way, Ways

Kind = Literal["straight", "late", "early", "next", "down", "top", "over", "under"]
"""Along the row; along the source's row, then to the target's; to the target's row, then along it; to the next column;
to the step below; into a step of the same column from above; over everything; under everything."""

_APART = 0.05
"""Levels that are no further apart touch. A level is a row, or a part of one: between rows halves, ports tenths."""

PORT = 0.1


@dataclass
class Run:
    """How a way runs.

    Attributes:
        way: it.
        kind: along what.
        port: at which height it leaves: 0 the middle, below positive.
        first, last: tracks in the channels behind its source, and before its target.
        lane: of those that run over or under everything, how far out.
    """

    way: Way
    kind: Kind
    port: int = 0
    first: int = 0
    last: int = 0
    lane: int = 0


@dataclass(frozen=True)
class Routes:
    """How all ways run.

    Attributes:
        runs: they.
        tracks: by the number of the channel (that behind the column of the same number) how many tracks it has.
        over, under: lanes above and below everything.
        above, below: by row, how many ports a step in it has at most above, or below, its middle.
    """

    runs: tuple[Run, ...]
    tracks: Mapping[int, int]
    over: int
    under: int
    above: Mapping[int, int]
    below: Mapping[int, int]


def routed(ways: Ways, placing: Placing) -> Routes:
    """Lay the ways.

    A way leaves a step on its right and comes to another on its left; it changes rows in the channels between columns,
    each with a track of its own there. What leads far ahead runs over everything, or under it, what leads back under
    it; those with the same target share a lane.
    """
    runs = _kinds(ways, placing)
    depth = 1 + max((row for _, row in placing.cells.values()), default=0)
    above, below = _ports(runs, placing, depth)
    over, under = (_lanes([run for run in runs if run.kind == side], placing) for side in ("over", "under"))
    return Routes(tuple(runs), _tracks(runs, placing, depth), over, under, above, below)


def _kinds(ways: Ways, placing: Placing) -> list[Run]:
    there = set(placing.cells.values())
    taken: dict[tuple[int, int], str] = {}
    left_by: dict[str, str] = {}
    middle = max((row for _, row in placing.cells.values()), default=0) / 2

    def clear(row: int, columns: Iterable[int], target: str) -> bool:
        return all((c, row) not in there and taken.get((c, row), target) == target for c in columns)

    runs = []
    for way in sorted(ways.ways, key=lambda one: -one.weight):
        (c1, r1), (c2, r2) = placing.cells[way.source], placing.cells[way.target]
        between = range(c1 + 1, c2)
        kind: Kind
        if c2 <= c1:
            kind = "under" if c2 < c1 else "down" if r2 == r1 + 1 else "top"
        elif r1 == r2 and clear(r1, between, way.target):
            kind = "straight"
        elif c2 == c1 + 1:
            kind = "next"
        elif clear(r2, between, way.target):
            kind = "early"
        elif clear(r1, (*between, c2), way.target) and way.source not in left_by:
            kind = "late"
        else:
            kind = "over" if (r1 + r2) / 2 <= middle else "under"
        if kind in ("straight", "early", "late"):
            row = r2 if kind == "early" else r1
            taken |= {(column, row): way.target for column in (*between, *([c2] if kind == "late" else []))}
        if kind in ("straight", "late"):
            left_by[way.source] = way.target
        runs.append(Run(way, kind))
    return runs


def _ports(runs: Sequence[Run], placing: Placing, depth: int) -> tuple[dict[int, int], dict[int, int]]:
    """Give each run the height at which it leaves: those that go furthest leave outermost, and turn first."""
    above, below = dict.fromkeys(range(depth), 0), dict.fromkeys(range(depth), 0)
    there = set(placing.cells.values())
    for key, (column, row) in placing.cells.items():
        mine = [run for run in runs if run.way.source == key and run.kind not in ("straight", "late", "down")]
        straight = any(run.kind in ("straight", "late") for run in runs if run.way.source == key)
        passed = straight or (column + 1, row) in there
        passed = passed or any(_passes(run, placing, column, row) for run in runs)
        aims = sorted(((_aim(run, placing, depth) - row, place, run) for place, run in enumerate(mine)),
                      key=lambda one: (one[0], one[1]))  # fmt: skip
        up = [run for aim, _, run in aims if aim < 0]
        down = [run for aim, _, run in reversed(aims) if aim >= 0]
        if len(mine) == 1 and not passed:
            continue
        for side, sign in ((up, -1), (down, 1)):
            for place, run in enumerate(side):
                run.port = sign * (len(side) - place)
        above[row], below[row] = max(above[row], len(up)), max(below[row], len(down))
    return above, below


def _passes(run: Run, placing: Placing, column: int, row: int) -> bool:
    """Whether a run goes along a row through the channel behind a column."""
    (c1, r1), (c2, r2) = placing.cells[run.way.source], placing.cells[run.way.target]
    return c1 <= column < c2 and ((run.kind == "early" and r2 == row) or (run.kind == "late" and r1 == row))


def _aim(run: Run, placing: Placing, depth: int) -> float:
    """The level that a run goes to in the channel behind its source."""
    row = placing.cells[run.way.target][1]
    return {"over": -1.0, "under": float(depth), "top": row - 0.5}.get(run.kind, float(row))


def _lanes(runs: Sequence[Run], placing: Placing) -> int:
    """Give those that run outside lanes, the shortest nearest; those with the same target share one."""
    spans: dict[str, tuple[int, int]] = {}
    for run in runs:
        source, target = placing.cells[run.way.source][0], placing.cells[run.way.target][0] - 1
        low, high = spans.get(run.way.target, (target, target))
        spans[run.way.target] = min(low, source), max(high, source)
    lanes: list[list[tuple[int, int]]] = []
    found: dict[str, int] = {}
    for key, span in sorted(spans.items(), key=lambda one: one[1][1] - one[1][0]):
        free = (place for place, some in enumerate(lanes) if all(span[0] > b or span[1] < a for a, b in some))
        found[key] = next(free, len(lanes))
        if found[key] == len(lanes):
            lanes.append([])
        lanes[found[key]].append(span)
    for run in runs:
        run.lane = found[run.way.target]
    return len(lanes)


@dataclass
class _Vertical:
    """What runs up and down on one track: `ends` are levels."""

    runs: list[tuple[Run, bool]] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    @property
    def span(self) -> tuple[float, float]:
        return min(self.ends), max(self.ends)


def _tracks(runs: Sequence[Run], placing: Placing, depth: int) -> dict[int, int]:
    """Give each run its tracks: those with the same target share one, the longest stand leftmost."""
    channels: dict[int, dict[tuple[str, str], _Vertical]] = {}

    def stand(channel: int, run: Run, side: str, first: bool, *ends: float) -> None:
        found = channels.setdefault(channel, {}).setdefault((run.way.target, side), _Vertical())
        found.runs.append((run, first))
        found.ends += ends

    for run in runs:
        (c1, r1), (c2, r2) = placing.cells[run.way.source], placing.cells[run.way.target]
        start = r1 + PORT * run.port
        if run.kind in ("next", "early"):
            stand(c1, run, "row", True, start, r2)
        elif run.kind == "late":
            stand(c2 - 1, run, "row", False, r1, r2)
        elif run.kind == "top":
            stand(c1, run, "top", True, start, r2 - 0.5)
        elif run.kind in ("over", "under"):
            level = -1.0 - run.lane if run.kind == "over" else float(depth + run.lane)
            stand(c1, run, run.kind, True, start, level)
            stand(c2 - 1, run, "row", False, level, r2)
    counts = {}
    for channel, verticals in channels.items():
        tracks: list[list[tuple[float, float]]] = []
        for one in sorted(verticals.values(), key=lambda one: one.span[0] - one.span[1]):
            low, high = one.span
            free = (place for place, some in enumerate(tracks)
                    if all(low > b + _APART or high < a - _APART for a, b in some))  # fmt: skip
            place = next(free, len(tracks))
            if place == len(tracks):
                tracks.append([])
            tracks[place].append((low, high))
            for run, first in one.runs:
                if first:
                    run.first = place
                else:
                    run.last = place
        counts[channel] = len(tracks)
    return counts
