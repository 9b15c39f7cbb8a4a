"""Where the steps of a flowchart stand: columns and rows of a grid, before anything has a size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lvtu.maps.drawing.flow.ways import END, START, Ways

Cell = tuple[int, int]
"""Column and row."""


@dataclass(frozen=True)
class Band:
    """Rows, or columns, that belong together and have a name: a stage, a channel, a role.

    Attributes:
        key, name: of what.
        first, last: of its rows or columns.
    """

    key: str
    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Placing:
    """Where everything stands.

    Attributes:
        cells: by the key of the step, `START` and `END`.
        columns: bands over columns, from left to right.
        rows: bands along rows, from top to bottom.
    """

    cells: Mapping[str, Cell]
    columns: tuple[Band, ...] = ()
    rows: tuple[Band, ...] = ()


def in_layers(ways: Ways) -> Placing:
    """From left to right: what leads to a step stands left of it, the main variant in one row.

    The others stand above and below it, as near as there is room to what they are connected with.
    """
    layers = _layers(ways)
    rows = dict.fromkeys(ways.main, 0)
    taken = {layer: {0} for layer in layers.values()}  # the main variant's row is kept free from end to end
    near = _neighbours(ways)
    for key in sorted(ways.steps, key=lambda one: (layers[one], ways.steps.index(one))):
        if key not in rows:
            rows[key] = _free(taken[layers[key]], [rows[one] for one in near[key] if one in rows])
            taken[layers[key]].add(rows[key])
    return _framed(ways, {key: (layers[key], rows[key]) for key in ways.steps})


def in_stages(ways: Ways, stages: Sequence[tuple[str, str, tuple[str, ...]]]) -> Placing:
    """A column for every stage, its steps below each other in their order.

    Args:
        ways: what is shown.
        stages: key, name and steps of each.
    """
    cells = {key: (place, row) for place, (_, _, keys) in enumerate(stages) for row, key in enumerate(keys)}
    placed = _framed(ways, cells, len(stages))
    bands = tuple(Band(key, name, place + 1, place + 1) for place, (key, name, _) in enumerate(stages))
    return Placing(placed.cells, columns=bands)


def in_lanes(ways: Ways, lanes: Sequence[tuple[str, str, tuple[str, ...]]]) -> Placing:
    """A band of rows for every channel, or role; from left to right what leads to a step stands left of it.

    Args:
        ways: what is shown.
        lanes: key, name and steps of each; every step stands in one.
    """
    layers, cells, bands, top = _layers(ways), {}, [], 0
    for key, name, steps in lanes:
        taken: dict[int, int] = {}
        for step in sorted(steps, key=ways.steps.index):
            row = taken.get(layers[step], 0)
            taken[layers[step]] = row + 1
            cells[step] = (layers[step], top + row)
        deep = max(taken.values(), default=1)
        bands.append(Band(key, name, top, top + deep - 1))
        top += deep
    placed = _framed(ways, cells)
    shift = min(row for _, row in cells.values()) if cells else 0
    rows = tuple(Band(band.key, band.name, band.first - shift, band.last - shift) for band in bands)
    return Placing(placed.cells, rows=rows)


def _layers(ways: Ways) -> dict[str, int]:
    """The longest way to each step, of those that lead forward; a step that nothing leads to stands before its next."""
    order = {key: place for place, key in enumerate(ways.steps)}
    forward = [one for one in ways.ways if one.source in order and one.target in order
               and order[one.source] < order[one.target]]  # fmt: skip
    layers = dict.fromkeys(ways.steps, 0)
    for key in ways.steps:
        for one in forward:
            if one.target == key:
                layers[key] = max(layers[key], layers[one.source] + 1)
    led = {one.target for one in forward}
    for key in reversed(ways.steps):
        after = [layers[one.target] for one in forward if one.source == key]
        if key not in led and after:
            layers[key] = min(after) - 1
    return layers


def _neighbours(ways: Ways) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {key: [] for key in (*ways.steps, START, END)}
    for one in ways.ways:
        near[one.source].append(one.target)
        near[one.target].append(one.source)
    return near


def _free(taken: set[int], near: Sequence[int]) -> int:
    """The free row that is nearest to its neighbours; below the main one rather than above."""
    wish = sorted(near)[len(near) // 2] if near else 1
    span = range(-len(taken) - 1, len(taken) + 2)
    return min((row + wish for row in span if row + wish not in taken), key=lambda row: (abs(row - wish), -row))


def _framed(ways: Ways, cells: Mapping[str, Cell], columns: int = 0) -> Placing:
    """With the start left of everything, and the end right of it, beside what they are connected with most."""
    low = min((row for _, row in cells.values()), default=0)
    moved = {key: (column + 1, row - low) for key, (column, row) in cells.items()}
    last = max([columns, *(column for column, _ in moved.values())])

    def beside(end: str) -> int:
        some = [one for one in ways.ways if end in (one.source, one.target)]
        if not some:
            return 0
        best = max(some, key=lambda one: one.weight)
        return moved[best.target if best.source == end else best.source][1]

    return Placing(moved | {START: (0, beside(START)), END: (last + 1, beside(END))})
