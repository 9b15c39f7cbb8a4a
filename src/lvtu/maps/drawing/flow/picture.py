"""Maps as flowcharts, in every arrangement."""

from __future__ import annotations

from lvtu.maps.drawing import overlay
from lvtu.maps.drawing.flow.chart import Chart
from lvtu.maps.drawing.flow.placing import Placing, in_lanes, in_layers, in_stages
from lvtu.maps.drawing.flow.ring import Ring
from lvtu.maps.drawing.flow.ways import Ways, shown
from lvtu.maps.drawing.grid import MARGIN
from lvtu.maps.drawing.heading import heading
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Label, Line, Scene, Shape, text
from lvtu.maps.drawing.sheet import Sheet

Lane = tuple[str, str, tuple[str, ...]]
"""Key, name and steps of a channel, or role."""


def flowed(sheet: Sheet, type: str) -> Scene:
    """A map as a flowchart.

    Args:
        sheet: the map, its answers, the language.
        type: from left to right (``linear``), in columns of stages (``stage``), in lanes of channels (``channel``) or
            of roles (``role``), around a ring (``cyclic``).
    """
    ways = shown(sheet.map, sheet.filled)
    scene = Scene(0, 0, sheet.palette.theme.ground, sheet.title, sheet.described())
    top = heading(sheet, scene, 900) + 12
    drawn = (
        Ring(sheet, ways, MARGIN, top)
        if type == "cyclic"
        else Chart(sheet, ways, placed(sheet, ways, type), MARGIN, top)
    )
    scene.add(*drawn.shapes())
    below = top + drawn.height + 20
    notes, below = legend(sheet, ways, below, max(drawn.width, 900))
    scene.add(*notes)
    overlay.legend(sheet, scene, MARGIN, below + 4, max(drawn.width, 900))
    scene.width, scene.height = max(drawn.width, 900) + 2 * MARGIN, below + 4 + overlay.LEGEND
    return scene


def placed(sheet: Sheet, ways: Ways, type: str) -> Placing:
    """Where the steps stand: in layers, by stage, channel or role."""
    if type == "stage":
        stages = [(stage.key, sheet.of(stage.name), sheet.map.steps_of(stage.key)) for stage in sheet.map.stages]
        return in_stages(ways, [(key, name, tuple(step.key for step in steps)) for key, name, steps in stages])
    if type in ("channel", "role"):
        return in_lanes(ways, lanes_of(sheet, type))
    return in_layers(ways)


def lanes_of(sheet: Sheet, type: str) -> list[Lane]:
    """A lane for every channel, or role, with its steps; those that serve the very same steps share one.

    A step stands in the lane of its first channel, or role; those without any in one of their own at the end.
    """
    actors = {one.key: sheet.of(one.name) for one in sheet.map.actors}
    given = {step.key: step.channels if type == "channel" else step.actors for step in sheet.map.steps}
    serves: dict[str, list[str]] = {}
    for step, keys in given.items():
        for key in keys:
            serves.setdefault(key, []).append(step)
    alike: dict[tuple[str, ...], list[str]] = {}
    for key, shown_by in serves.items():
        alike.setdefault(tuple(shown_by), []).append(key)
    lanes: list[Lane] = []
    for some in alike.values():
        names = [sheet.named(sheet.channels, key) if type == "channel" else actors.get(key, key) for key in some]
        mine = tuple(step for step, keys in given.items() if keys and keys[0] in some)
        if mine:
            lanes.append((some[0], sheet.say("and_so_on").join(names), mine))
    rest = tuple(step for step, keys in given.items() if not keys)
    return [*lanes, ("-", sheet.say(f"flow.no_{type}"), rest)] if rest else lanes


def legend(sheet: Sheet, ways: Ways, y: float, room: float) -> tuple[list[Shape], float]:
    """What the lines mean, and what is left out; and how far down it reaches."""
    theme = sheet.palette.theme
    counted = any(not one.planned for one in ways.ways)
    samples: list[tuple[str, str, bool]] = []
    if counted:
        samples.append(("flow.main", theme.accent, False))
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
    notes = [sheet.say("flow.read")] if counted else [sheet.say("flow.no_data")]
    if ways.left_out:
        notes.append(sheet.say("flow.left_out", n=ways.left_out))
    below = text(" ".join(notes), MARGIN, y + 22, room, 11, theme.faint, most=3)
    return [*shapes, below], y + 22 + below.height
