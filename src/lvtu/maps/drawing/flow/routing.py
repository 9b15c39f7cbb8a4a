"""How the ways of a flowchart run between its cells: along rows and channels only, so that none crosses a step."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from lvtu.maps.drawing.flow.placing import Placing
from lvtu.maps.drawing.flow.ways import END, START, Way, Ways

Kind = Literal["straight", "late", "early", "next", "down", "top", "lane"]
"""Along the row; along the source's row, then to the target's; to the target's row, then along it; to the next column;
to the step below; into a step of the same column from above; above or below a line of steps."""

PORT = 0.02
_LANE, _OUT, _IN, _TOP = 0.012, 0.35, 0.35, 0.3
"""Levels tell heights apart within a channel. A row's is its number; ports are parts of it, lanes lie between rows."""

_TOUCH = 0.006
_NEAR = 2
"""How many columns a way leads back at most, within a stage, to be drawn; others are told at the step they leave."""


Gap = tuple[int, bool]
"""Where lanes run: above which line (below the last one as many as there are lines), and whether below its headings."""


@dataclass
class Run:
    """How a way runs.

    Attributes:
        way: it.
        kind: along what.
        port: at which height it leaves: 0 the middle, below positive.
        turns: the channels in which it changes rows, on its way; a channel is that behind the column of its number.
        tracks: in each of them, on which track.
        gaps: of a lane, where it runs from each of them to the next.
        lanes: in each of those, how far out.
    """

    way: Way
    kind: Kind
    port: int = 0
    turns: tuple[int, ...] = ()
    tracks: list[int] = field(default_factory=list)
    gaps: tuple[Gap, ...] = ()
    lanes: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Routes:
    """How all ways run.

    Attributes:
        runs: of those that are drawn.
        named: those that are only told where they leave, or of the start where they lead to.
        tracks: by the number of the channel (that behind the column of the same number) how many tracks it has.
        lanes: by gap, how many lanes there are.
        above, below: by row, how many ports a step in it has at most above, or below, its middle.
        along: by row, the columns that ways run along it through.
    """

    runs: tuple[Run, ...]
    named: tuple[Way, ...]
    tracks: Mapping[int, int]
    lanes: Mapping[Gap, int]
    above: Mapping[int, int]
    below: Mapping[int, int]
    along: Mapping[int, frozenset[int]]

    def met(self, row: int, cells: Iterable[tuple[int, int]]) -> Container[int]:
        """The columns in which something stands in a row, or runs along it."""
        return self.along.get(row, frozenset()) | {column for column, at in cells if at == row}


def routed(ways: Ways, placing: Placing) -> Routes:
    """Lay the ways.

    A way leaves a step on its right and comes to another on its left; it changes rows in the channels between columns,
    each with a track of its own there. What leads further runs in lanes above or below a line of steps, and never
    through a heading: within a line below its headings, from another line beside them. Those with the same target share
    a lane. What leads far back, or to an end that is not near, is told in words instead.
    """
    runs, named = _kinds(ways, placing)
    above, below = _ports(runs, placing)
    lanes = {gap: _lanes(runs, gap) for gap in dict.fromkeys(gap for run in runs for gap in run.gaps)}
    return Routes(tuple(runs), tuple(named), _tracks(runs, placing), lanes, above, below, _along(runs, placing))


def _kinds(ways: Ways, placing: Placing) -> tuple[list[Run], list[Way]]:
    there = set(placing.cells.values())
    taken: dict[tuple[int, int], str] = {}
    left_by: dict[str, str] = {}

    def clear(row: int, columns: Iterable[int], target: str) -> bool:
        return all((c, row) not in there and taken.get((c, row), target) == target for c in columns)

    runs: list[Run] = []
    named: list[Way] = []
    named += [way for way in ways.ways if way.target in ways.beyond]
    for way in sorted((one for one in ways.ways if one.target not in ways.beyond), key=lambda one: -one.weight):
        (c1, r1), (c2, r2) = placing.cells[way.source], placing.cells[way.target]
        together, between = placing.line(r1) == placing.line(r2), range(c1 + 1, c2)
        kind: Kind = "lane"
        if together and c1 == c2:
            kind = "down" if r2 == r1 + 1 else "top"
        elif r1 == r2 and c2 > c1 and clear(r1, between, way.target):
            kind = "straight"
        elif together and c2 == c1 + 1:
            kind = "next"
        elif together and c2 > c1 and clear(r2, between, way.target):
            kind = "early"
        elif together and c2 > c1 and clear(r1, (*between, c2), way.target) and way.source not in left_by:
            kind = "late"
        if kind == "lane" and (way.rare or not _drawn(ways, placing, way)):
            named.append(way)
            continue
        if kind in ("straight", "early", "late"):
            row = r2 if kind == "early" else r1
            taken |= {(column, row): way.target for column in (*between, *([c2] if kind == "late" else []))}
        if kind in ("straight", "late"):
            left_by[way.source] = way.target
        turns, gaps = _turns(kind, placing, way)
        runs.append(Run(way, kind, 0, turns, [0] * len(turns), gaps, [0] * len(gaps)))
    return runs, named


def _drawn(ways: Ways, placing: Placing, way: Way) -> bool:
    """Whether a way that needs a lane is drawn: on to the same or the next line, or back by few columns."""
    if START in (way.source, way.target) or END in (way.source, way.target):
        return False
    (c1, r1), (c2, r2) = placing.cells[way.source], placing.cells[way.target]
    further = placing.line(r2) - placing.line(r1)
    if ways.back(way):
        return not further and c1 - c2 <= _NEAR and placing.stage((c1, r1)) == placing.stage((c2, r2))
    return further in (0, 1) or (further > 1 and (way.source, way.target) in pairwise(ways.main))


def _turns(kind: Kind, placing: Placing, way: Way) -> tuple[tuple[int, ...], tuple[Gap, ...]]:
    """The channels in which a way changes rows, and the gaps that it runs along between them."""
    (c1, r1), (c2, r2) = placing.cells[way.source], placing.cells[way.target]
    if kind in ("straight", "down"):
        return (), ()
    if kind != "lane":
        return (c2 - 1 if kind == "late" else c1,), ()
    one, other = placing.line(r1), placing.line(r2)
    if one == other:
        return (c1, c2 - 1), (_beside(placing, one, (c1, r1), (c2, r2)),)
    aside = placing.beside(other, c2 - 1)
    between = range(one + 1, other)
    through = min((column for column in range(placing.width) if all(placing.clear(line, column) for line in between)),
                  key=lambda column: (abs(column - c1), abs(column - aside)))  # fmt: skip
    turns, gaps = [c1], list[Gap]()
    for turn, gap in ((through, (one + 1, False)), (aside, (other, False)), (c2 - 1, (other, True))):
        if turn != turns[-1]:
            turns.append(turn)
            gaps.append(gap)
    return tuple(turns), tuple(gaps)


def _beside(placing: Placing, line: int, source: tuple[int, int], target: tuple[int, int]) -> Gap:
    """Above the line, below its headings, what leads on and begins and ends in its upper half; else below the line."""
    rows = [row for _, row in placing.cells.values() if placing.line(row) == line]
    upper = (source[1] + target[1]) / 2 <= (min(rows) + max(rows)) / 2
    return (line, True) if target[0] > source[0] and upper else (line + 1, False)


def _ports(runs: Sequence[Run], placing: Placing) -> tuple[dict[int, int], dict[int, int]]:
    """Give each run the height at which it leaves: those that go furthest leave outermost, and turn first."""
    above, below = dict.fromkeys(range(placing.depth), 0), dict.fromkeys(range(placing.depth), 0)
    there = set(placing.cells.values())
    for key, (column, row) in placing.cells.items():
        mine = [run for run in runs if run.way.source == key and run.kind not in ("straight", "late", "down")]
        straight = any(run.kind in ("straight", "late") for run in runs if run.way.source == key)
        passed = straight or (column + 1, row) in there
        passed = passed or any(_passes(run, placing, column, row) for run in runs)
        aims = sorted(((_aim(run, placing) - row, place, run) for place, run in enumerate(mine)),
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


def _along(runs: Sequence[Run], placing: Placing) -> dict[int, frozenset[int]]:
    """By row the columns that ways run along it through; rows that have a name are wholly theirs."""
    columns = range(2 + max((column for column, _ in placing.cells.values()), default=0))
    if placing.rows:
        return dict.fromkeys(range(placing.depth), frozenset(columns))
    found: dict[int, frozenset[int]] = {}
    for run in runs:
        (c1, r1), (c2, r2) = placing.cells[run.way.source], placing.cells[run.way.target]
        if run.kind in ("straight", "early", "late"):
            row = r2 if run.kind == "early" else r1
            found[row] = found.get(row, frozenset()) | set(range(c1 + 1, c2))
    return found


def _passes(run: Run, placing: Placing, column: int, row: int) -> bool:
    """Whether a run goes along a row through the channel behind a column."""
    (c1, r1), (c2, r2) = placing.cells[run.way.source], placing.cells[run.way.target]
    return c1 <= column < c2 and ((run.kind == "early" and r2 == row) or (run.kind == "late" and r1 == row))


def _aim(run: Run, placing: Placing) -> float:
    """The level that a run goes to in the channel behind its source."""
    row = placing.cells[run.way.target][1]
    return _level(run, placing, 0) if run.gaps else row - _TOP if run.kind == "top" else float(row)


def _level(run: Run, placing: Placing, place: int) -> float:
    """The level of one of its lanes: of those below headings the first is the lowest, of others the highest."""
    (line, within), lane = run.gaps[place], run.lanes[place]
    row = (*placing.lines, placing.depth)[line]
    return row - _IN - _LANE * lane if within else row - 1 + _OUT + _LANE * lane


def _lanes(runs: Sequence[Run], gap: Gap) -> int:
    """Give those that run in a gap lanes, the shortest nearest; those with the same target share one."""
    there = [(run, run.gaps.index(gap)) for run in runs if gap in run.gaps]
    spans: dict[str, tuple[int, int]] = {}
    for run, place in there:
        ends = run.turns[place : place + 2]
        low, high = spans.get(run.way.target, ends)
        spans[run.way.target] = min(low, *ends), max(high, *ends)
    lanes: list[list[tuple[int, int]]] = []
    found: dict[str, int] = {}
    for key, span in sorted(spans.items(), key=lambda one: one[1][1] - one[1][0]):
        free = (place for place, some in enumerate(lanes) if all(span[0] > b or span[1] < a for a, b in some))
        found[key] = next(free, len(lanes))
        if found[key] == len(lanes):
            lanes.append([])
        lanes[found[key]].append(span)
    for run, place in there:
        run.lanes[place] = found[run.way.target]
    return len(lanes)


@dataclass
class _Vertical:
    """What runs up and down on one track: `ends` are levels."""

    runs: list[tuple[Run, int]] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    @property
    def span(self) -> tuple[float, float]:
        return min(self.ends), max(self.ends)


def _tracks(runs: Sequence[Run], placing: Placing) -> dict[int, int]:
    """Give each run its tracks: those with the same target share one, the longest stand leftmost."""
    channels: dict[int, dict[tuple[str, object], _Vertical]] = {}
    for run in runs:
        (_, r1), (_, r2) = placing.cells[run.way.source], placing.cells[run.way.target]
        end = r2 - _TOP if run.kind == "top" else r2
        levels = [_level(run, placing, place) for place in range(len(run.gaps))]
        heights = [r1 if run.kind == "late" else r1 + PORT * run.port, *levels, end]
        for place, channel in enumerate(run.turns):
            side = (*run.gaps, run.kind == "top")[place]
            found = channels.setdefault(channel, {}).setdefault((run.way.target, side), _Vertical())
            found.runs.append((run, place))
            found.ends += heights[place : place + 2]
    counts = {}
    for channel, verticals in channels.items():
        tracks: list[list[tuple[float, float]]] = []
        for one in sorted(verticals.values(), key=lambda one: one.span[0] - one.span[1]):
            low, high = one.span
            free = (place for place, some in enumerate(tracks)
                    if all(low > b + _TOUCH or high < a - _TOUCH for a, b in some))  # fmt: skip
            place = next(free, len(tracks))
            if place == len(tracks):
                tracks.append([])
            tracks[place].append((low, high))
            for run, turn in one.runs:
                run.tracks[turn] = place
        counts[channel] = len(tracks)
    return counts
