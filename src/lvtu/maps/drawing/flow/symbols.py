"""What a flowchart is made of: steps, decisions, where it begins and ends, labels of ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lvtu.analyses.charts.theme import mixed
from lvtu.maps.document import Step
from lvtu.maps.drawing.flow.geometry import head
from lvtu.maps.drawing.flow.ways import END, START, Way, Ways
from lvtu.maps.drawing.marks import clock
from lvtu.maps.drawing.measure import width, wrapped
from lvtu.maps.drawing.numbers import number, roughly
from lvtu.maps.drawing.overlay import Tint
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Value

WIDE, HIGH, LOW = 146.0, 62.0, 46.0
"""The size of a step, without what stands in its foot; how high one is whose name is a single line."""

ROW, FOOT = 15.0, 6.0
"""How high a line of its foot is, and what the foot has around them."""

ROUND = 13.0
"""The radius of the start and of the end."""

GATE = 8.0
"""Half the height of a decision."""

LABEL = 11.0
_NAME, SMALL = 12.5, 10.0
_ACROSS = WIDE - 28
"""How wide names may be: where they are not set in the fonts that were measured they are a little wider."""


@dataclass(frozen=True)
class Spot:
    """Where something stands.

    Attributes:
        x, y: its middle, of a step without its foot.
        width, height: its size, likewise.
        foot: how high the foot is.
    """

    x: float
    y: float
    width: float = WIDE
    height: float = HIGH
    foot: float = 0.0

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
        return self.y + self.height / 2 + self.foot


def spot(key: str, x: float, y: float, lines: int = 0, high: float = HIGH) -> Spot:
    """The place of a step so high whose foot has so many lines, or of the start or the end."""
    return Spot(x, y, 2 * ROUND, 2 * ROUND) if key in (START, END) else Spot(x, y, height=high, foot=foot_of(lines))


def high_of(sheet: Sheet, one: Step) -> float:
    """How high a step is, without its foot: lower where its name is a single line."""
    return LOW if len(_name(sheet, one, 2)) < 2 else HIGH


def _name(sheet: Sheet, one: Step, most: int) -> tuple[str, ...]:
    """The name of a step in lines, with the mark of a moment of truth."""
    return wrapped(_called(sheet, one), _ACROSS, _NAME, most, bold=True)


def _called(sheet: Sheet, one: Step) -> str:
    return sheet.of(one.name) + (" ★" if one.moment != "none" else "")


def foot_of(lines: int) -> float:
    """How high a foot of so many lines is."""
    return ROW * lines + FOOT if lines else 0.0


def felt_lane(sheet: Sheet) -> str | None:
    """Of the lanes of feelings the one that is known at most steps."""
    known = sheet.filled.values
    told = [
        lane.key for lane in sheet.map.lanes
        if lane.role == "feelings" and known.get(lane.key)
        and all(value.unit == "feeling" for value in known[lane.key].values())
    ]  # fmt: skip
    return max(told, key=lambda key: len(known[key])) if told else None


def feelings(sheet: Sheet) -> Mapping[str, Value]:
    """How customers feel at each step, as that lane says."""
    lane = felt_lane(sheet)
    return {} if lane is None else sheet.filled.values[lane]


def step(
    sheet: Sheet, one: Step, where: Spot, felt: Value | None, tint: Tint | None = None, told: Sequence[Told] = ()
) -> Part:
    """A step: its name, how many were there, how they felt; or what the overlay says of it; and below a line its foot.

    Args:
        sheet: what is drawn.
        one: the step.
        where: its place.
        felt: how customers felt there.
        tint: what the overlay says of it.
        told: the lines of its foot.
    """
    theme = sheet.palette.theme
    left, top = where.left, where.top
    reached = sheet.filled.volume.get(one.key)
    alone = reached is None and felt is None and sheet.overlay is None
    most = 3 if alone else 2
    name = text(_called(sheet, one), left + 12, top + 7, _ACROSS, _NAME, theme.ink, most=most, bold=True)
    ground = theme.ground if tint is None else tint.color
    edge = mixed(theme.faint, theme.ground, 0.35)
    shapes: list[Shape] = [Box(left, top, where.width, where.bottom - top, ground, edge, 8, thick=1.1), name]
    shapes += _foot(sheet, where, told)
    base = top + where.height - 9
    if sheet.overlay is not None:
        ink, words = (theme.faint, "—") if tint is None else (theme.ink, tint.words)
        shapes.append(text(words, left + 12, base - SMALL, where.width - 20, SMALL, ink, most=1))
        title = sheet.of(one.name) if tint is None else f"{sheet.of(one.name)} · {tint.title}"
        return Part("step", one.key, title, tuple(shapes))
    if reached is not None:
        shapes.append(Label(left + 12, base, (sheet.say("n", n=reached.n),), SMALL, theme.faint))
    if felt is not None:
        shapes += _felt(sheet, where, felt, base)
    return Part("step", one.key, sheet.of(one.name), tuple(shapes))


def _felt(sheet: Sheet, where: Spot, felt: Value, base: float) -> list[Shape]:
    """How customers felt: a number, its mark, and a bar at the edge in its colour."""
    palette, theme = sheet.palette, sheet.palette.theme
    words, fill = number(felt.value, felt.unit, sheet.lang), palette.feeling(felt.value)
    across = where.right - 12 - width(words, LABEL, bold=True)
    return [
        Box(where.left + 0.6, where.top + 8, 4, where.height - 16, fill, radius=2),
        Dot(across - 9, base - 3.6, 3.6, theme.ground if felt.few else fill, fill, 1.4),
        Label(where.right - 12, base, (words,), LABEL, theme.worse if felt.worse else theme.ink, bold=True,
              anchor="end"),
    ]  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A line in the foot of a step.

    Attributes:
        sign: before it: ``back``, ``on``, ``end``, ``start``, ``other``, ``felt`` or ``clock``.
        words, share: its two ends.
        color: of both.
        kind, key, title: of the part that it is.
        fill: of its sign, where that has another colour.
    """

    sign: str
    words: str
    share: str
    color: str
    kind: str
    key: str
    title: str
    fill: str = ""


def room_beside(share: str) -> float:
    """How wide the words may be that stand beside a share in the foot of a step."""
    return WIDE - 29 - width(share, SMALL, bold=True)


def _foot(sheet: Sheet, where: Spot, told: Sequence[Told]) -> list[Shape]:
    """Lines below a step."""
    if not told:
        return []
    theme, level = sheet.palette.theme, where.top + where.height
    shapes: list[Shape] = [Line(((where.left + 1, level), (where.right - 1, level)), theme.line)]
    for place, one in enumerate(told):
        base = level + FOOT / 2 + ROW * place + 11
        room = room_beside(one.share)
        shapes.append(
            Part(one.kind, one.key, one.title, (
                *_sign(sheet, one, where.left + 12, base - 3.6),
                text(one.words, where.left + 20, base - SMALL, room, SMALL, theme.soft, most=1),
                Label(where.right - 7, base, (one.share,), SMALL, one.color, bold=True, anchor="end"),
            ))
        )  # fmt: skip
    return shapes


def _sign(sheet: Sheet, one: Told, x: float, y: float) -> list[Shape]:
    theme = sheet.palette.theme
    if one.sign in ("end", "start"):
        return [Dot(x, y, 3.4, theme.ground, one.color, 2 if one.sign == "end" else 1.1)]
    if one.sign == "clock":
        return [*clock(x, y, theme)]
    if one.sign == "felt":
        return [Dot(x, y, 3.4, one.fill, one.fill, 1.2)]
    if one.sign == "other":
        return [Box(x - 3.5, y - 3.5, 7, 7, one.color, one.color, 1, thick=1.5)]
    if one.sign == "on":
        return [Line(((x - 5, y), (x + 2, y)), one.color, thick=1.4), head((x + 5, y), (x, y), one.color, 6)]
    turn = ((x + 4, y - 3), (x + 4, y + 2.5), (x - 2, y + 2.5))
    return [Line(turn, one.color, thick=1.4), head((x - 6, y + 2.5), (x, y + 2.5), one.color, 6)]


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


def words_of(sheet: Sheet, way: Way, *, alone: bool = True, timed: bool = True) -> str:
    """What is written at a way: its share and the median time; nothing where it is planned.

    That all went one way is told by its line: beside that there is the time alone.

    Args:
        sheet: what is drawn.
        way: which.
        alone: whether nothing beside it says that a way to the end is one.
        timed: whether there is room for the time.
    """
    if way.share is None:
        return ""
    share = f"{100 * way.share.value:.0f}%"
    all_ = alone and share == "100%"
    if way.target == END and alone:
        return sheet.say("flow.ends_here") if all_ else sheet.say("flow.ends", share=share)
    if way.time is None or not timed:
        return "" if all_ else share
    if all_:
        return roughly(way.time.value, sheet.lang)
    return f"{share} · {roughly(way.time.value, sheet.lang)}"


def name_of(sheet: Sheet, key: str) -> str:
    """What a step is called, shown or not; or the start, or the end."""
    if key in (START, END):
        return sheet.say(f"flow.{'start' if key == START else 'end'}")
    return sheet.step_named(key)


def told_of(sheet: Sheet, way: Way) -> str:
    """A way read aloud: from where to where, its share with n, how long it takes."""
    name = f"{name_of(sheet, way.source)} → {name_of(sheet, way.target)}"
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
    pairs = set(pairwise((START, *ways.main, *((END,) if ways.ends else ()))))
    if (way.source, way.target) in pairs:
        return Ink(theme.accent, max(thick, 1.8), way.planned)
    return Ink(mixed(theme.faint, theme.ground, 0.25), thick, way.planned)
