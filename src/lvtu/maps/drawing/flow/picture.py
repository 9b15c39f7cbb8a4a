"""Maps as flowcharts, in every arrangement."""

from __future__ import annotations

from lvtu.maps.document import Step
from lvtu.maps.drawing import overlay
from lvtu.maps.drawing.clocks import kind_of, stamp
from lvtu.maps.drawing.columns import MARGIN
from lvtu.maps.drawing.flow.chart import Chart
from lvtu.maps.drawing.flow.placing import Group, Placing, in_lanes, in_lines, in_stages
from lvtu.maps.drawing.flow.ring import Ring
from lvtu.maps.drawing.flow.symbols import felt_lane, ink
from lvtu.maps.drawing.flow.ways import END, START, Ways, shown
from lvtu.maps.drawing.heading import heading
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Scene, Shape, moved, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.stages import tint_of

_LEAST = 900.0
_PAGE, _SLIDE, _HEADING, _LEGEND = (1600.0, 900.0), (1600.0, 776.0), 130.0, 60.0
"""The form of a page, and of what a slide has of it besides its title; what heading and legend take of it."""

_TORN = 0.1
_FEWEST, _COLUMNS, _LEAST_DEEP = 3, 10, 2
_DEPTHS = (None, 2)
"""How many steps beside the main variant a column of a line may have."""


def flowed(sheet: Sheet, type: str) -> Scene:
    """A map as a flowchart.

    Args:
        sheet: the map, its answers, the language.
        type: stage by stage in lines (``linear``), in columns of stages (``stage``), these in lanes of channels
            (``channel``) or of roles (``role``), around a ring (``cyclic``).
    """
    ways = shown(sheet.map, sheet.filled, {key: before for key, (_, before) in sheet.beyond.items()})
    scene = Scene(0, 0, sheet.palette.theme.ground, sheet.title, sheet.described())
    drawn = Ring(sheet, ways, MARGIN, 0) if type == "cyclic" else charted(sheet, ways, type)
    room = max(drawn.width, _LEAST)
    top = heading(sheet, scene, room) + 12
    aside = (room - drawn.width) / 2 if type == "cyclic" else 0.0
    scene.add(*(moved(one, aside, top) for one in drawn.shapes()))
    below = top + drawn.height + 20
    if type == "cyclic":
        names, below = _stages(sheet, below, room)
        scene.add(*names)
    notes, below = legend(sheet, ways, below, room)
    scene.add(*notes)
    overlay.legend(sheet, scene, MARGIN, below + 4, room)
    scene.width, scene.height = room + 2 * MARGIN, below + 4 + overlay.LEGEND
    return scene


def charted(sheet: Sheet, ways: Ways, type: str) -> Chart:
    """The flowchart on its grid, with as many columns as a page as wide as a screen holds it largest."""
    depths = _DEPTHS if type == "linear" else (None,)
    charts = [Chart(sheet, ways, placed(sheet, ways, type, size, deep), MARGIN, 0)
              for size in _sizes(sheet, type) for deep in depths]  # fmt: skip
    return min(charts, key=_filling)


def _filling(chart: Chart) -> float:
    """How many pages wide, or high, a chart is; a stage that is torn apart counts against it."""
    blocks = chart.placing.blocks
    torn = len(blocks) - len({one.key for one in blocks})
    (wide, high), around = (_PAGE, _HEADING + _LEGEND) if chart.sheet.headed else (_SLIDE, _LEGEND)
    return max(chart.width / wide, (chart.height + around) / high) * (1 + _TORN * torn)


def _sizes(sheet: Sheet, type: str) -> range:
    """How many columns a line, or how many steps a column may have."""
    if type == "linear":
        return range(_FEWEST, max(min(_COLUMNS, len(sheet.steps)), _FEWEST) + 1)
    most = max((len(sheet.map.steps_of(stage.key)) for stage in sheet.map.stages), default=1)
    return range(min(_LEAST_DEEP, max(most, 1)), max(most, 1) + 1)


def placed(sheet: Sheet, ways: Ways, type: str, size: int, deep: int | None = None) -> Placing:
    """Where the steps stand: in lines of so many columns at most, or by stage, and by channel or role.

    Args:
        sheet, ways, type: what is drawn.
        size: columns of a line, or steps of a stage in a column, at most.
        deep: of a line, how many steps beside the main variant a column has at most.
    """
    named = [(one.key, sheet.of(one.name), sheet.map.steps_of(one.key)) for one in sheet.map.stages]
    stages = [(key, name, tuple(step.key for step in steps)) for key, name, steps in named if steps]
    if type == "stage":
        return in_stages(ways, stages, size)
    if type in ("channel", "role"):
        return in_lanes(ways, lanes_of(sheet, type), stages, size)
    return in_lines(ways, stages, size, deep)


def lanes_of(sheet: Sheet, type: str) -> list[Group]:
    """A lane for every channel, or role, with its steps; those that serve the very same steps share one.

    A step stands in the lane of its first channel, or role; those without any in one of their own at the end.
    """
    actors = {one.key: sheet.of(one.name) for one in sheet.map.actors}
    if type == "role" and not actors:
        return [("-", sheet.say("customer"), tuple(sheet.steps))]
    given = {step.key: _channels(sheet, step) if type == "channel" else step.actors for step in sheet.map.steps}
    serves: dict[str, list[str]] = {}
    for step, keys in given.items():
        for key in keys:
            serves.setdefault(key, []).append(step)
    alike: dict[tuple[str, ...], list[str]] = {}
    for key, shown_by in serves.items():
        alike.setdefault(tuple(shown_by), []).append(key)
    lanes: list[Group] = []
    for some in alike.values():
        names = [sheet.named(sheet.channels, key) if type == "channel" else actors.get(key, key) for key in some]
        mine = tuple(step for step, keys in given.items() if keys and keys[0] in some)
        if mine:
            lanes.append((some[0], sheet.say("and_so_on").join(names), mine))
    rest = tuple(step for step, keys in given.items() if not keys)
    return [*lanes, ("-", sheet.say(f"flow.no_{type}"), rest)] if rest else lanes


def _stages(sheet: Sheet, y: float, room: float) -> tuple[list[Shape], float]:
    """Which tint is which stage's, in lines; and how far down they reach."""
    x, shapes = MARGIN, list[Shape]()
    for stage in sheet.map.stages:
        name = sheet.of(stage.name)
        wide = 22 + width(name, 11, bold=True) + 20
        if x > MARGIN and x + wide > MARGIN + room:
            x, y = MARGIN, y + 20
        tint = Box(x, y + 2, 16, 12, tint_of(sheet, stage.key), radius=3)
        label = Label(x + 22, y + 12, (name,), 11, sheet.palette.theme.ink, bold=True)
        shapes.append(Part("stage", stage.key, name, (tint, label)))
        x += wide
    return shapes, y + 24


def _channels(sheet: Sheet, step: Step) -> tuple[str, ...]:
    """The channels of a step; those its customers used where it names none, that of most first."""
    used = {channel: value.n for (key, channel), value in sheet.filled.channels.items() if key == step.key}
    return step.channels or tuple(sorted(used, key=lambda one: -used[one]))


def _felt(sheet: Sheet, ways: Ways, x: float, y: float) -> list[Shape]:
    """What the numbers in the steps say, and what of them is red."""
    lane, theme = felt_lane(sheet), sheet.palette.theme
    if lane is None or sheet.overlay is not None:
        return []
    label = next(sheet.of(one.label) for one in sheet.map.lanes if one.key == lane)
    words = sheet.say("flow.felt", lane=label)
    fills = [sheet.palette.feeling(value) for value in (-1.0, 0.5, 1.5)]
    shapes: list[Shape] = [Dot(x + 5 + 11 * place, y + 8, 3.6, fill) for place, fill in enumerate(fills)]
    shapes.append(Label(x + 38, y + 12, (words,), 11, theme.soft))
    told = [value for some in sheet.filled.values.values() for key, value in some.items() if key in ways.steps]
    if any(value.worse and value.unit == "feeling" for value in told):
        x += 38 + width(words, 11) + 22
        shapes.append(Label(x, y + 12, (sheet.say("flow.worse"),), 11, theme.worse, bold=True))
    return shapes


def legend(sheet: Sheet, ways: Ways, y: float, room: float) -> tuple[list[Shape], float]:
    """What the lines mean, and what is left out; and how far down it reaches."""
    theme = sheet.palette.theme
    counted = any(not one.planned for one in ways.ways)
    samples: list[tuple[str, str, bool]] = []
    if counted:
        samples.append(("flow.main", theme.accent, False))
        if any(ink(sheet, ways, one).color not in (theme.accent, theme.groups[3]) for one in ways.ways
               if one.target != END and one.source != START):  # fmt: skip
            samples.append(("flow.other", theme.faint, False))
        if any(ways.back(one) for one in ways.ways):
            samples.append(("flow.back", theme.groups[3], False))
    if any(one.planned for one in ways.ways):
        samples.append(("flow.planned", theme.accent if not counted else theme.faint, True))
    shapes: list[Shape] = []
    x = MARGIN
    for key, color, dashed in samples:
        words = sheet.say(key)
        shapes.append(Line(((x, y + 8), (x + 26, y + 8)), color, thick=2, dashed=dashed))
        shapes.append(Label(x + 32, y + 12, (words,), 11, theme.soft))
        x += 32 + width(words, 11) + 22
    shapes += _felt(sheet, ways, x, y)
    planned = "flow.no_data" if sheet.filled.customers is None else "flow.no_order"
    notes = [sheet.say("flow.read" if counted else planned)]
    if any(stamp(sheet, key) for key in ways.steps):
        notes.append(sheet.say(f"flow.{kind_of(sheet)}"))
    if ways.left_out:
        notes.append(sheet.say("flow.left_out", n=ways.left_out))
    below = text(" ".join(notes), MARGIN, y + 22, room, 11, theme.faint, most=3)
    return [*shapes, below], y + 22 + below.height
