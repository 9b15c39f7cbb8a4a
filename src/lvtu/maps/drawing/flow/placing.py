"""Where the steps of a flowchart stand: columns and rows of a grid, before anything has a size."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lvtu.maps.drawing.flow.ways import END, START, Ways

Cell = tuple[int, int]
"""Column and row."""

Group = tuple[str, str, tuple[str, ...]]
"""Key, name and steps of a stage, channel or role."""


@dataclass(frozen=True)
class Band:
    """Rows that belong together and have a name: a channel, a role.

    Attributes:
        key, name: of what.
        first, last: of its rows.
    """

    key: str
    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Block:
    """Columns of one line that belong together and have a name: a stage, or a piece of one.

    Attributes:
        key, name: of what.
        first, last: of its columns.
        line: in which line; None: over all of them.
    """

    key: str
    name: str
    first: int
    last: int
    line: int | None = None


@dataclass(frozen=True)
class Placing:
    """Where everything stands.

    Attributes:
        cells: by the key of the step, `START` and `END`.
        blocks: what stands over columns, from left to right.
        rows: bands along rows, from top to bottom.
        lines: the first row of each line; lines follow each other as those of a text do.
    """

    cells: Mapping[str, Cell]
    blocks: tuple[Block, ...] = ()
    rows: tuple[Band, ...] = ()
    lines: tuple[int, ...] = (0,)

    @property
    def depth(self) -> int:
        """How many rows there are."""
        return 1 + max((row for _, row in self.cells.values()), default=0)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return 1 + max((column for column, _ in self.cells.values()), default=0)

    def clear(self, line: int, channel: int) -> bool:
        """Whether no heading of a line stands over the channel behind a column."""
        return not any(one.first <= channel < one.last for one in self.blocks if one.line in (None, line))

    def beside(self, line: int, channel: int) -> int:
        """The channel nearest to one, left of it or itself, that no heading of a line stands over."""
        return next(one for one in range(channel, -1, -1) if self.clear(line, one))

    def line(self, row: int) -> int:
        """The line of a row."""
        return bisect_right(self.lines, row) - 1

    def stage(self, cell: Cell) -> str | None:
        """The key of the stage that a cell stands in; of none where there are none."""
        column, line = cell[0], self.line(cell[1])
        return next((one.key for one in self.blocks if one.first <= column <= one.last and one.line in (None, line)),
                    None)  # fmt: skip


def in_lines(ways: Ways, stages: Sequence[Group], most: int, deep: int | None = None) -> Placing:
    """Stage by stage from left to right, in lines of so many columns at most, as a text is set.

    Within a stage what leads to a step stands left of it. The main variant is one row of each line, the others stand
    above and below it, as near as there is room to what they are connected with.

    Args:
        ways: what is shown.
        stages: those that have steps.
        most: columns of a line.
        deep: how many steps beside the main variant a column has at most; None: as many as follow the same step.
    """
    columns: dict[str, tuple[int, int]] = {}
    blocks: list[Block] = []
    line, used = 0, 0
    for key, name, steps in stages:
        for piece, wide in _pieces(ways, steps, most, deep):
            if used and used + wide > most:
                line, used = line + 1, 0
            columns |= {step: (line, used + column) for step, column in piece.items()}
            blocks.append(Block(key, name, used + 1, used + wide, line))
            used += wide
    rows = _rows(ways, columns)
    cells: dict[str, Cell] = {}
    firsts, top = [], 0
    for number in range(line + 1):
        mine = [step for step, (at, _) in columns.items() if at == number]
        low, high = (pick((rows[step] for step in mine), default=0) for pick in (min, max))
        cells |= {step: (columns[step][1] + 1, top + rows[step] - low) for step in mine}
        firsts.append(top)
        top += high - low + 1
    return _framed(ways, Placing(cells, tuple(blocks), lines=tuple(firsts)))


def in_stages(ways: Ways, stages: Sequence[Group], tall: int) -> Placing:
    """Stages beside each other, their steps below each other in their order, so many in a column at most."""
    columns, blocks = _columns(stages, tall)
    taken: Counter[int] = Counter()
    cells = {}
    for key, column in columns.items():
        cells[key] = (column, taken[column])
        taken[column] += 1
    return _framed(ways, Placing(cells, blocks))


def in_lanes(ways: Ways, lanes: Sequence[Group], stages: Sequence[Group], tall: int) -> Placing:
    """A band of rows for every channel, or role, and stages beside each other; steps of both stand below each other.

    Args:
        ways: what is shown.
        lanes: with their steps; every step stands in one.
        stages: likewise.
        tall: how many steps of a stage stand in a column at most.
    """
    columns, blocks = _columns(stages, tall)
    cells: dict[str, Cell] = {}
    bands, top = [], 0
    for key, name, steps in lanes:
        taken: Counter[int] = Counter()
        for step in sorted(steps, key=ways.steps.index):
            cells[step] = (columns[step], top + taken[columns[step]])
            taken[columns[step]] += 1
        deep = max(taken.values(), default=1)
        bands.append(Band(key, name, top, top + deep - 1))
        top += deep
    return _framed(ways, Placing(cells, blocks, tuple(bands)))


def _columns(stages: Sequence[Group], tall: int) -> tuple[dict[str, int], tuple[Block, ...]]:
    """The column of each step, and what each stage has of them; those of a stage are as even as they can be."""
    columns: dict[str, int] = {}
    blocks, used = [], 1
    for key, name, steps in stages:
        wide = -(-len(steps) // tall)
        deep = -(-len(steps) // wide)
        columns |= {step: used + place // deep for place, step in enumerate(steps)}
        blocks.append(Block(key, name, used, used + wide - 1))
        used += wide
    return columns, tuple(blocks)


def _pieces(
    ways: Ways, steps: Collection[str], most: int, deep: int | None
) -> Iterator[tuple[dict[str, int], int]]:  # fmt: skip
    """The steps of a stage by column, and how many columns; several times where one line is too short for it."""
    layers = _layers(ways, steps)
    if deep is not None:
        layers = _spread(layers, ways.main, deep)
    wide = 1 + max(layers.values(), default=0)
    for first in range(0, wide, most):
        some = {step: layer - first for step, layer in layers.items() if first <= layer < first + most}
        yield some, min(wide - first, most)


def _layers(ways: Ways, steps: Collection[str]) -> dict[str, int]:
    """The longest way forward to each step among some; one that nothing leads to stands before its next."""
    order = {key: place for place, key in enumerate(ways.steps) if key in steps}
    forward = [one for one in ways.ways if one.source in order and one.target in order
               and order[one.source] < order[one.target]]  # fmt: skip
    layers = dict.fromkeys(order, 0)
    for key in order:
        for one in forward:
            if one.target == key:
                layers[key] = max(layers[key], layers[one.source] + 1)
    led = {one.target for one in forward}
    for key in reversed(order):
        after = [layers[one.target] for one in forward if one.source == key]
        if key not in led and after:
            layers[key] = min(after) - 1
    return layers


def _spread(layers: Mapping[str, int], main: Collection[str], deep: int) -> dict[str, int]:
    """Layers with so many steps beside the main variant at most: what is too much stands in columns of its own."""
    found: dict[str, int] = {}
    first = 0
    for layer in sorted(set(layers.values())):
        mine = [key for key, at in layers.items() if at == layer]
        beside = [key for key in mine if key not in main]
        found |= {key: first for key in mine if key in main}
        found |= {key: first + place // deep for place, key in enumerate(beside)}
        first += max(-(-len(beside) // deep), 1)
    return found


def _rows(ways: Ways, columns: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """The row of each step, counted from that of the main variant."""
    rows = dict.fromkeys(ways.main, 0)
    kept = {columns[key][0] for key in ways.main}  # the lines whose row of the main variant is free from end to end
    taken = {place: {0} if place[0] in kept else set() for place in columns.values()}
    near = _neighbours(ways)
    for key in sorted(columns, key=lambda one: (columns[one], ways.steps.index(one))):
        if key not in rows:
            there, line = taken[columns[key]], columns[key][0]
            rows[key] = _free(there, [rows[one] for one in near[key] if one in rows and columns[one][0] == line])
            there.add(rows[key])
    return rows


def _neighbours(ways: Ways) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {key: [] for key in (*ways.steps, START, END)}
    for one in ways.ways:
        if one.target not in ways.beyond:
            near[one.source].append(one.target)
            near[one.target].append(one.source)
    return near


def _free(taken: Collection[int], near: Sequence[int]) -> int:
    """The free row that is nearest to its neighbours; below rather than above."""
    wish = sorted(near)[len(near) // 2] if near else 0
    span = range(-len(taken) - 1, len(taken) + 2)
    return min((row + wish for row in span if row + wish not in taken), key=lambda row: (abs(row - wish), -row))


def _framed(ways: Ways, placing: Placing) -> Placing:
    """With the start left of the first line, and the end behind the last step of its line, in rows where ways are."""
    cells = placing.cells

    def best(end: str) -> Cell | None:
        some = [one for one in ways.ways if end in (one.source, one.target)]
        main = ways.main[:1] if end == START else ways.main[-1:]
        firmly = [one for one in some if {one.source, one.target} & set(main)]
        if not some:
            return None
        found = max(firmly or some, key=lambda one: one.weight)
        return cells[found.target if found.source == end else found.source]

    begin, end = best(START), best(END)
    row = begin[1] if begin is not None and placing.line(begin[1]) == 0 else 0
    last = 0 if end is None else end[1]
    behind = 1 + max((column for column, at in cells.values() if placing.line(at) == placing.line(last)), default=0)
    return Placing({**cells, START: (0, row), END: (behind, last)}, placing.blocks, placing.rows, placing.lines)
