"""A flowchart on its grid: how large everything is, and where each way runs."""

from __future__ import annotations

from dataclasses import dataclass, field

from lvtu.maps.drawing.flow.geometry import head, soft
from lvtu.maps.drawing.flow.placing import Band, Placing
from lvtu.maps.drawing.flow.routing import Routes, Run, routed
from lvtu.maps.drawing.flow.symbols import (
    GATE,
    HIGH,
    LABEL,
    ROUND,
    WIDE,
    Spot,
    begins,
    done,
    feelings,
    gate,
    ink,
    spot,
    step,
    told_of,
    words_of,
)
from lvtu.maps.drawing.flow.ways import END, START, Ways
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.overlay import tints
from lvtu.maps.drawing.scene import Box, Label, Line, Part, Point, Shape, text
from lvtu.maps.drawing.sheet import Sheet

_PORT = 16.0
"""From one way that leaves a step to the next."""

_TRACK = 9.0
_LANE = 12.0
_GAP = 30.0
"""Between rows."""

_HEAD = 13.0
_BAND = 30.0
"""How high names of columns stand."""

_NAMES = 104.0
"""How wide names of rows stand."""


@dataclass
class Chart:
    """A flowchart that is laid out.

    Attributes:
        sheet: what is drawn.
        ways: which ways.
        placing: in which cells the steps stand.
        x, y: its upper left corner.
        spots: where everything stands.
        labels: the words at each way that has some, with the room they take: left, top, right, bottom.
        lines: the corners of each way.
    """

    sheet: Sheet
    ways: Ways
    placing: Placing
    x: float
    y: float
    routes: Routes = field(init=False)
    spots: dict[str, Spot] = field(init=False)
    labels: list[tuple[Label, tuple[float, float, float, float]]] = field(init=False, default_factory=list)
    lines: list[tuple[Run, tuple[Point, ...]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.routes = routed(self.ways, self.placing)
        self._gates = {key for key in self.ways.steps if sum(one.source == key for one in self.ways.ways) > 1}
        columns = 1 + max((column for column, _ in self.placing.cells.values()), default=0)
        self._depth = 1 + max((row for _, row in self.placing.cells.values()), default=0)
        self._zones = [self._zone(column) for column in range(columns)]
        lefts, at = [], self.x + (_NAMES + 16 if self.placing.rows else 0)
        for column in range(columns):
            lefts.append(at)
            at += self._wide(column) + self._channel(column)
        self._lefts, self.width = lefts, at - self._channel(columns - 1) + 16 - self.x
        top = self.y + (_BAND + 8 if self.placing.columns else 0)
        self._rows = self._stacked(top + (_LANE * self.routes.over + 8 if self.routes.over else 0))
        self.height = self._edges(self._depth - 1)[1] + _LANE * self.routes.under + 12 - self.y
        self.spots = {
            key: spot(key, lefts[column] + self._wide(column) / 2, self._rows[row])
            for key, (column, row) in self.placing.cells.items()
        }
        for run in self.routes.runs:
            self.lines.append((run, self._corners(run)))

    def _wide(self, column: int) -> float:
        events = all(key in (START, END) for key, (at, _) in self.placing.cells.items() if at == column)
        return 2 * ROUND if events else WIDE

    def _zone(self, column: int) -> float:
        """The room that the words of the ways need that leave a column, with its decisions."""
        leaving = [run for run in self.routes.runs if self.placing.cells[run.way.source][0] == column]
        room = max((width(words_of(self.sheet, run.way), LABEL) for run in leaving if run.kind != "down"), default=0.0)
        gates = any(self.placing.cells[key][0] == column for key in self._gates)
        return (2 * GATE + 10 if gates else 6.0) + room + 6

    def _channel(self, column: int) -> float:
        return self._zones[column] + _TRACK * self.routes.tracks.get(column, 0) + _HEAD

    def _stacked(self, top: float) -> list[float]:
        """The middles of the rows, each as high as the ways need that leave its steps."""
        middles = []
        for row in range(self._depth):
            middles.append(top + _GAP / 2 + self._half(self.routes.above[row]))
            top = middles[-1] + self._half(self.routes.below[row]) + _GAP / 2
        return middles

    @staticmethod
    def _half(ports: int) -> float:
        return max(HIGH / 2, _PORT * ports + (LABEL if ports else 0))

    def _edges(self, row: int) -> tuple[float, float]:
        """The upper and lower edge of a row."""
        up, down = self._half(self.routes.above[row]), self._half(self.routes.below[row])
        return self._rows[row] - up - _GAP / 2, self._rows[row] + down + _GAP / 2

    def _track(self, column: int, track: int) -> float:
        return self._lefts[column] + self._wide(column) + self._zones[column] + _TRACK * (track + 0.5)

    def _lane(self, run: Run) -> float:
        if run.kind == "over":
            return self._edges(0)[0] - 4 - _LANE * run.lane
        return self._edges(self._depth - 1)[1] + 4 + _LANE * run.lane

    def _corners(self, run: Run) -> tuple[Point, ...]:
        """The corners of a way; its words are put where it leaves."""
        c1, c2 = self.placing.cells[run.way.source][0], self.placing.cells[run.way.target][0]
        source, target = self.spots[run.way.source], self.spots[run.way.target]
        if run.kind == "down":
            self._say(run, source.x + 8, (source.bottom + target.top) / 2 + 4)
            return (source.x, source.bottom), (source.x, target.top)
        out = source.right + (2 * GATE + 4 if run.way.source in self._gates else 0)
        height = source.y + _PORT * run.port
        self._say(run, out + 6, height - 4)
        turn = [(out, source.y)] if not run.port else [(out, source.y), (out + 3, source.y), (out + 3, height)]
        come = (target.left, target.y)
        first, last = self._track(c1, run.first), self._track(c2 - 1, run.last) if c2 else 0.0
        between: list[Point]
        if run.kind == "straight":
            between = []
        elif run.kind in ("next", "early"):
            between = [(first, height), (first, target.y)]
        elif run.kind == "late":
            between = [(last, height), (last, target.y)]
        elif run.kind == "top":
            gap, x = target.top - 14, target.right - 16
            between, come = [(first, height), (first, gap), (x, gap)], (x, target.top)
        else:
            lane = self._lane(run)
            between = [(first, height), (first, lane), (last, lane), (last, target.y)]
        return (*turn, *between, come)

    def _say(self, run: Run, x: float, y: float) -> None:
        words = words_of(self.sheet, run.way)
        if words:
            label = Label(x, y, (words,), LABEL, self.sheet.palette.theme.soft)
            self.labels.append((label, (x, y - LABEL, x + width(words, LABEL), y + 3)))

    def shapes(self) -> list[Shape]:
        """Everything, from back to front."""
        felt, tinted = feelings(self.sheet), tints(self.sheet)
        steps = {one.key: one for one in self.sheet.map.steps}
        found: list[Shape] = [*self._bands()]
        for run, corners in sorted(self.lines, key=lambda one: one[0].way.weight):
            drawn, points = ink(self.sheet, self.ways, run.way), soft(corners)
            shapes: list[Shape] = [Line(points, drawn.color, thick=drawn.thick, dashed=drawn.dashed)]
            shapes.append(head(corners[-1], corners[-2], drawn.color, 6 + drawn.thick))
            key = f"{run.way.source.strip(chr(0))}/{run.way.target.strip(chr(0))}"
            found.append(Part("way", key, told_of(self.sheet, run.way), tuple(shapes)))
        found += [label for label, _ in self.labels]
        for key, where in self.spots.items():
            if key == START:
                found.append(begins(self.sheet, where))
            elif key == END:
                found.append(done(self.sheet, where))
            else:
                found.append(step(self.sheet, steps[key], where, felt.get(key), tinted.get(key)))
                if key in self._gates:
                    found.append(gate(self.sheet, where.right + 2, where.y, self._parts(key), key))
        return found

    def _parts(self, key: str) -> str:
        """What a decision says when it is read aloud."""
        return " / ".join(told_of(self.sheet, one) for one in self.ways.ways if one.source == key)

    def _bands(self) -> list[Shape]:
        """Stages over their columns, channels and roles along their rows."""
        palette, theme = self.sheet.palette, self.sheet.palette.theme
        found: list[Shape] = []
        for band in self.placing.columns:
            x = self._lefts[band.first] - 12
            room = self._lefts[band.last] + self._wide(band.last) + 12 - x
            name = text(band.name, x + 12, self.y + 8, room - 20, 12.5, theme.ink, most=1, bold=True)
            shapes = (Box(x, self.y, room, self.height, palette.head, theme.line, 10), name)
            found.append(Part("stage", band.key, band.name, shapes))
        for place, band in enumerate(self.placing.rows):
            found.append(self._lane_of(band, place))
        return found

    def _lane_of(self, band: Band, place: int) -> Part:
        palette, theme = self.sheet.palette, self.sheet.palette.theme
        top = self._edges(band.first)[0]
        high = self._edges(band.last)[1] - top
        ground = palette.head if place % 2 == 0 else theme.ground
        name = text(band.name, self.x + 10, top + 12, _NAMES - 18, 12.5, theme.ink, most=4, bold=True)
        side = Box(self.x, top, _NAMES, high, palette.chip, theme.line)
        shapes = (Box(self.x, top, self.width, high, ground, theme.line), side, name)
        return Part("lane", band.key, band.name, shapes)
