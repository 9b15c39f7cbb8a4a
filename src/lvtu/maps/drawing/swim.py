"""The channel layout: channels as rows, steps as columns, and how customers go from one channel to another."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from lvtu.analyses.charts.theme import mixed
from lvtu.maps.document import Step
from lvtu.maps.drawing.columns import LANE
from lvtu.maps.drawing.grid import Grid
from lvtu.maps.drawing.measure import wrapped
from lvtu.maps.drawing.numbers import number
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Point, Shape, chip, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.ways import Room, arrow, bent, bowed, numbered, shortened
from lvtu.maps.live.filled import Place, Value

NOT_OF_CHANNELS = ("channels", "touchpoints")
"""The roles of lanes that channels as rows stand for."""

_ROW, _BARE, _HEAT = 92.0, 44.0, 44.0
_LARGEST, _SMALLEST = 13.0, 3.5
_SIZE, _LINES = 11.0, 3
_AHEAD, _BACK = 0.45, 0.85
"""How far ways go out before they turn: there and back between two places are two lines."""

_OF_STEP, _MOST = 2, 24
"""Ways between channels that are drawn, of a step and in all: more of them hide each other."""

_NAMED, _LONGEST = 3, 6
"""Ways that leave a page that are told, and lines that are said of all ways."""


def channels_of(sheet: Sheet) -> list[str]:
    """The channels that steps name or customers used, the one with most customers first."""
    named = [id for step in sheet.map.steps for id in step.channels]
    customers: dict[str, int] = dict.fromkeys(named, 0)
    for (step, channel), value in sheet.filled.channels.items():
        if step in sheet.steps:
            customers[channel] = customers.get(channel, 0) + value.n
    return sorted(customers, key=lambda id: -customers[id])


def channel_rows(grid: Grid) -> None:
    """A row for each channel with the touchpoints that lie in it and who was there, and the ways between them."""
    sheet, channels = grid.sheet, _shown(grid)
    if channels is None:
        return
    places: dict[Place, Point] = {}
    more = _more(grid)
    height = more + (_BARE if sheet.filled.customers is None else _ROW)
    for channel in channels:
        grid.begin(_row(channel))
        grid.row(height)
        grid.name(sheet.named(sheet.channels, channel), kind="channel", key=channel)
        for key, (x, wide) in grid.slots().items():
            if _there(sheet, key, channel):
                places[key, channel] = (x + wide / 2, grid.y + more + 54)
        grid.y += height
    most = max((value.n for value in sheet.filled.channels.values()), default=1)
    edges = [column.x for column in grid.columns]
    taken: list[Room] = [(x - 1, grid.y - height * len(channels), x + 1, grid.y) for x in edges]
    cells = [_cell(grid, place, at, most, taken, more) for place, at in places.items()]
    grid.scene.add(*_ways(sheet, places, taken), *cells)
    _told(grid, places)


def _row(channel: str) -> str:
    return f"channel/{channel}"


def _shown(grid: Grid) -> list[str] | None:
    """The channels that stand on this page; None where none does, which is said if there is none at all."""
    channels = channels_of(grid.sheet)
    if not channels and grid.begin(_row("")):
        _without(grid)
    return [channel for channel in channels if grid.sheet.shows(_row(channel))] or None


def _without(grid: Grid) -> None:
    sheet, theme = grid.sheet, grid.sheet.palette.theme
    grid.row(56)
    grid.name(sheet.say("lanes.channels"))
    room = max(grid.right - grid.left - LANE - 16, 300)
    grid.scene.add(text(sheet.say("no_channels"), grid.left + LANE + 8, grid.y + 10, room, 12, theme.faint, most=2))
    grid.plain.append((grid.y, grid.y + 56))
    grid.y += 56


def _there(sheet: Sheet, key: str, channel: str) -> bool:
    return (key, channel) in sheet.filled.channels or channel in sheet.steps[key].channels


def _radius(value: Value | None, most: int) -> float:
    """Areas are as the customers."""
    return _SMALLEST if value is None else max(_LARGEST * math.sqrt(value.n / most), _SMALLEST)


def _more(grid: Grid) -> float:
    """How much higher rows are for the names of touchpoints to stand in them."""
    sheet = grid.sheet
    steps = [sheet.steps[key] for key in grid.slots()]
    rooms = [wide - 24 for _, wide in grid.slots().values()]
    lines = (wrapped(_touchpoint(sheet, step), room, _SIZE, _LINES) for step, room in zip(steps, rooms, strict=True))
    return (max(map(len, lines), default=1) - 1) * _SIZE * 1.35


def _cell(grid: Grid, place: Place, at: Point, most: int, taken: list[Room], more: float) -> Part:
    """A touchpoint in its channel's row, and who was there."""
    sheet, theme = grid.sheet, grid.sheet.palette.theme
    (key, channel), (x, y) = place, at
    column, wide = grid.slots()[key]
    value, step = sheet.filled.channels.get(place), sheet.steps[key]
    words = _touchpoint(sheet, step)
    box, label = chip(words, column + 6, y - more - 46, wide - 12, sheet.palette.chip, theme.soft, _SIZE, _LINES)
    aside = x - box.x - box.width / 2
    box, label = replace(box, x=box.x + aside), replace(label, x=label.x + aside)
    radius = _radius(value, most)
    shapes: list[Shape] = [box, label]
    taken.append((box.x, box.y, box.x + box.width, box.y + box.height))
    name = f"{sheet.of(step.name)} · {sheet.named(sheet.channels, channel)}"
    if sheet.filled.customers is None:
        return Part("place", f"{channel}/{key}", f"{name} · {words}", tuple(shapes))
    taken.append((x - radius - 2, y - radius - 2, x + radius + 2, y + radius + 2))
    if value is None:
        shapes.append(Dot(x, y, radius, theme.ground, theme.faint, 1.2))
        told = "—"
    else:
        shapes.append(Dot(x, y, radius, theme.accent, theme.ground, 1.5))
        told = number(value.value, "count", sheet.lang)
    shapes.append(
        Label(x, y + 27, (told,), 10.5, theme.ink if value else theme.faint, bold=bool(value), anchor="middle")
    )
    taken.append((x - 18, y + 17, x + 18, y + 30))
    customers = told if value is None else sheet.say("customers", n=value.n)
    return Part("place", f"{channel}/{key}", f"{name}: {customers}", tuple(shapes))


def _touchpoint(sheet: Sheet, step: Step) -> str:
    """What the customer meets at a step: its touchpoints, what is written of them, or else the step itself."""
    lanes = [lane for lane in sheet.map.lanes if lane.role == "touchpoints"]
    names = [sheet.named(sheet.touchpoints, id) for id in step.touchpoints]
    names = names or [words for lane in lanes for words in sheet.chips(lane, step)]
    return sheet.say("and_so_on").join(names) or sheet.of(step.name)


def _ways(sheet: Sheet, places: dict[Place, Point], taken: list[Room]) -> Iterator[Shape]:
    """The ways between channels that customers took most, the thicker the more often."""
    drawn = _drawn(sheet, places)
    most = max((value.value for _, value in drawn), default=1.0)
    biggest = max((value.n for value in sheet.filled.channels.values()), default=1)
    lines, numbers = [], []
    for (one, other), value in drawn:
        ends = places[one], places[other]
        radii = [_radius(sheet.filled.channels.get(place), biggest) for place in (one, other)]
        ahead = sheet.place[other[0]] >= sheet.place[one[0]]
        reach = max(abs(ends[1][0] - ends[0][0]) * (_AHEAD if ahead else _BACK), 36)
        points = bowed(*ends, 42) if one[0] == other[0] else bent(*ends, reach)
        points = shortened(points, radii[0] + 1, radii[1] + 3)
        theme = sheet.palette.theme
        color = mixed(theme.ground, theme.accent if ahead else theme.faint, 0.35 + 0.45 * value.value / most)
        thick = 1 + 3.5 * value.value / most
        lines.append((one, other, value, (Line(points, color, thick=thick), arrow(points, color, 6 + thick))))
        label = numbered(sheet, points, number(value.value, "count", sheet.lang), taken)
        numbers.append((one, other, value, tuple(label)))
    for place in (lines, numbers):  # no line lies over a number
        for one, other, value, shapes in place:
            yield Part("way", f"{'/'.join(one)} {'/'.join(other)}", _said(sheet, one, other, value), tuple(shapes))


def _drawn(sheet: Sheet, places: Collection[Place]) -> list[tuple[tuple[Place, Place], Value]]:
    """The most frequent ways from each step, as far as more than a few customers took them, the most frequent first."""
    of: Counter[str] = Counter()
    drawn = []
    for (one, other), value in sheet.filled.switches.items():
        if one in places and other in places and not value.few and of[one[0]] < _OF_STEP:
            of[one[0]] += 1
            drawn.append(((one, other), value))
    return drawn[:_MOST]


def _said(sheet: Sheet, one: Place, other: Place, value: Value) -> str:
    names = [
        f"{sheet.of(sheet.steps[key].name)} · {sheet.named(sheet.channels, channel)}" for key, channel in (one, other)
    ]
    return f"{' → '.join(names)}: {sheet.say('switched', times=round(value.value), customers=value.n)}"


def _told(grid: Grid, places: Collection[Place]) -> None:
    """How many ways are drawn of how many there are; of a part of a map of those that begin in it."""
    sheet, theme = grid.sheet, grid.sheet.palette.theme
    part = sheet.whole is not None
    switches = {ends: value for ends, value in sheet.filled.switches.items() if not part or ends[0] in places}
    if not switches:
        return
    shown = _drawn(sheet, places)
    share = sum(value.value for _, value in shown) / sum(value.value for value in switches.values())
    counts = {"drawn": len(shown), "of": len(switches), "share": f"{100 * share:.0f}%"}
    told = [sheet.say("ways_drawn_here" if part else "ways_drawn", **counts)] if shown or not part else []
    if part and (away := [ends for ends, value in switches.items() if ends[1] not in places and not value.few]):
        ways = sheet.say("and_so_on").join(_away(sheet, ends, switches[ends]) for ends in away[:_NAMED])
        told.append(sheet.say("ways_away", ways=ways))
    if not told:
        return
    high, x, room = 5.0, grid.left + LANE + 8, grid.right - grid.left - LANE - 16
    labels = []
    for words in told:
        size, most = (11.5, _LONGEST) if part else (11.0, 1)
        labels.append(text(words, x, grid.y + high, room, size, theme.faint, most=most))
        high += labels[-1].height
    high = max(high + 5, 26)
    grid.row(high)
    grid.scene.add(*labels)
    grid.plain.append((grid.y, grid.y + high))
    grid.y += high


def _away(sheet: Sheet, ends: tuple[Place, Place], value: Value) -> str:
    """A way to a place that is not on this page, with how often it is taken."""
    named = [f"{sheet.step_named(key)} · {sheet.named(sheet.channels, channel)}" for key, channel in ends]
    return f"{' → '.join(named)} {number(value.value, 'count', sheet.lang)}"


def channel_heat(grid: Grid) -> None:
    """Customers by channel and step: a tint and a number in each cell; a dash where nobody was seen."""
    sheet, theme, channels = grid.sheet, grid.sheet.palette.theme, _shown(grid)
    if channels is None:
        return
    most = max((value.n for value in sheet.filled.channels.values()), default=1)
    for channel in channels:
        grid.begin(_row(channel))
        grid.row(_HEAT)
        grid.name(sheet.named(sheet.channels, channel), kind="channel", key=channel)
        for key, (x, wide) in grid.slots().items():
            if not _there(sheet, key, channel):
                continue
            value = sheet.filled.channels.get((key, channel))
            words = "—" if value is None else number(value.value, "count", sheet.lang)
            name = f"{sheet.of(sheet.steps[key].name)} · {sheet.named(sheet.channels, channel)}"
            shapes: list[Shape] = []
            if value is not None:
                shapes.append(
                    Box(x + 3, grid.y + 3, wide - 6, _HEAT - 6, mixed(*theme.tints, value.n / most), radius=5)
                )
                name = f"{name}: {sheet.say('customers', n=value.n)}"
            color = theme.faint if value is None else theme.ink
            shapes.append(
                Label(
                    x + wide / 2, grid.y + _HEAT / 2 + 4, (words,), 12, color, bold=value is not None, anchor="middle"
                )
            )
            grid.scene.add(Part("place", f"{channel}/{key}", name, tuple(shapes)))
        grid.y += _HEAT
