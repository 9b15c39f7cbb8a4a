"""What a flowchart is made of: steps, decisions, where it begins and ends, labels of ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from lvtu.analyses.charts.theme import mixed
from lvtu.maps.document import Step
from lvtu.maps.drawing.flow.ways import END, START, Way, Ways
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import number
from lvtu.maps.drawing.overlay import Tint
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Value

WIDE, HIGH = 124.0, 64.0
"""The size of a step."""

ROUND = 13.0
"""The radius of the start and of the end."""

GATE = 9.0
"""Half the height of a decision."""

UNIT_SIZES = (86_400e6, 3_600e6, 60e6)
"""Days, hours and minutes, µs."""

LABEL = 11.0
_SMALL = 10.0


@dataclass(frozen=True)
class Spot:
    """Where something stands.

    Attributes:
        x, y: its middle.
        width, height: its size.
    """

    x: float
    y: float
    width: float = WIDE
    height: float = HIGH

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height / 2


def spot(key: str, x: float, y: float) -> Spot:
    """The place of a step, or of the start or the end."""
    return Spot(x, y, 2 * ROUND, 2 * ROUND) if key in (START, END) else Spot(x, y)


def feelings(sheet: Sheet) -> Mapping[str, Value]:
    """How customers feel at each step: of the lanes of feelings the one that is known at most steps."""
    lanes = [sheet.filled.values.get(lane.key, {}) for lane in sheet.map.lanes if lane.role == "feelings"]
    told = [some for some in lanes if some and all(value.unit == "feeling" for value in some.values())]
    return max(told, key=len) if told else {}


def step(sheet: Sheet, one: Step, where: Spot, felt: Value | None, tint: Tint | None = None) -> Part:
    """A step: its name, how many were there, how they felt; or what the overlay says of it."""
    palette, theme = sheet.palette, sheet.palette.theme
    left, top = where.left, where.top
    star = " ★" if one.moment != "none" else ""
    name = text(sheet.of(one.name) + star, left + 12, top + 8, where.width - 24, 12, theme.ink, most=2, bold=True)
    ground = theme.ground if tint is None else tint.color
    shapes: list[Shape] = [Box(left, top, where.width, where.height, ground, theme.faint, 8, thick=1.1), name]
    reached = sheet.filled.volume.get(one.key)
    base = where.bottom - 9
    if sheet.overlay is not None:
        ink, words = (theme.faint, "—") if tint is None else (theme.ink, tint.words)
        shapes.append(text(words, left + 12, base - _SMALL, where.width - 20, _SMALL, ink, most=1))
        title = sheet.of(one.name) if tint is None else f"{sheet.of(one.name)} · {tint.title}"
        return Part("step", one.key, title, tuple(shapes))
    if reached is not None:
        shapes.append(Label(left + 12, base, (sheet.say("n", n=reached.n),), _SMALL, theme.faint))
    if felt is not None:
        words = number(felt.value, felt.unit, sheet.lang)
        fill = palette.feeling(felt.value)
        across = where.right - 10 - width(words, LABEL, bold=True)
        shapes += [
            Box(left + 0.6, top + 8, 4, where.height - 16, fill, radius=2),
            Dot(across - 10, base - 3.6, 3.6, theme.ground if felt.few else fill, fill, 1.4),
            Label(where.right - 10, base, (words,), LABEL, theme.worse if felt.worse else theme.ink, bold=True,
                  anchor="end"),
        ]  # fmt: skip
    return Part("step", one.key, sheet.of(one.name), tuple(shapes))


def begins(sheet: Sheet, where: Spot) -> Part:
    """Where ways begin."""
    shapes = (Dot(where.x, where.y, ROUND, sheet.palette.theme.ground, sheet.palette.theme.ink, 1.4),)
    return Part("event", "start", sheet.say("flow.start"), (*shapes, _under(sheet, where, "flow.start")))


def done(sheet: Sheet, where: Spot) -> Part:
    """Where ways end."""
    shapes = (Dot(where.x, where.y, ROUND - 1, sheet.palette.theme.ground, sheet.palette.theme.ink, 3.4),)
    return Part("event", "end", sheet.say("flow.end"), (*shapes, _under(sheet, where, "flow.end")))


def _under(sheet: Sheet, where: Spot, key: str) -> Label:
    below = where.bottom + LABEL + 4
    return Label(where.x, below, (sheet.say(key),), LABEL, sheet.palette.theme.soft, anchor="middle")


def gate(sheet: Sheet, x: float, y: float, title: str, key: str) -> Part:
    """A decision: ways part here. Its left corner stands at x."""
    theme = sheet.palette.theme
    corners = ((x, y), (x + GATE, y - GATE), (x + 2 * GATE, y), (x + GATE, y + GATE))
    arm = 3.0
    middle = x + GATE
    cross = (
        Line(((middle - arm, y - arm), (middle + arm, y + arm)), theme.ink, thick=1.5),
        Line(((middle - arm, y + arm), (middle + arm, y - arm)), theme.ink, thick=1.5),
    )
    ground = Line(corners, theme.ink, theme.ground, 1.2)
    return Part("decision", key, title, (ground, *cross))


def words_of(sheet: Sheet, way: Way) -> str:
    """What is written at a way: its share and the median time; nothing where it is planned."""
    if way.share is None:
        return ""
    share = f"{100 * way.share.value:.0f}%"
    if way.target == END:
        return sheet.say("flow.ends", share=share)
    if way.time is None:
        return share
    return f"{share} · {rounded(way.time.value, sheet)}"


def rounded(micros: float, sheet: Sheet) -> str:
    """A duration in whole units, as many as tell it: ``1m 46s``, but ``8d``."""
    for size in UNIT_SIZES:
        if micros >= 3 * size:
            return number(round(micros / size) * size, "duration", sheet.lang)
    return number(round(micros / 1e6) * 1e6, "duration", sheet.lang)


def told_of(sheet: Sheet, way: Way) -> str:
    """A way read aloud: from where to where, its share with n, how long it takes."""
    ends = [
        sheet.say(f"flow.{'start' if key == START else 'end'}")
        if key in (START, END)
        else sheet.of(sheet.map.step(key).name)
        for key in (way.source, way.target)
    ]
    name = f"{ends[0]} → {ends[1]}"
    if way.share is None:
        return f"{name} · {sheet.say('flow.planned')}"
    share = sheet.say("with_n", text=number(way.share.value, "share", sheet.lang), n=way.share.n)
    time = [] if way.time is None else [sheet.say("flow.median", time=number(way.time.value, "duration", sheet.lang))]
    return " · ".join([name, share, *time])


@dataclass(frozen=True)
class Ink:
    """How ways are drawn.

    Attributes:
        color: of one.
        thick: how thick.
        dashed: whether it is.
    """

    color: str
    thick: float
    dashed: bool


def ink(sheet: Sheet, ways: Ways, way: Way) -> Ink:
    """A way's: the main variant in the accent, ways back in a colour of their own, planned ones dashed."""
    theme = sheet.palette.theme
    most = max((one.weight for one in ways.ways), default=0.0)
    thick = 1.2 + 2.6 * (way.weight / most) ** 0.5 if most else 1.4
    if ways.back(way):
        return Ink(theme.groups[3], thick, way.planned)
    pairs = set(pairwise((START, *ways.main, END)))
    if (way.source, way.target) in pairs:
        return Ink(theme.accent, max(thick, 1.8), way.planned)
    return Ink(mixed(theme.faint, theme.ground, 0.25), thick, way.planned)
