"""A flowchart on its grid: how large everything is, and where each way runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field

from lvtu.maps.drawing.flow.feet import feet
from lvtu.maps.drawing.flow.geometry import head, soft
from lvtu.maps.drawing.flow.placing import Band, Placing
from lvtu.maps.drawing.flow.routing import Routes, Run, routed
from lvtu.maps.drawing.flow.symbols import (
    GATE,
    LABEL,
    ROUND,
    WIDE,
    Spot,
    Told,
    begins,
    done,
    feelings,
    foot_of,
    gate,
    high_of,
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
from lvtu.maps.drawing.stages import tint_of

_PORT = 14.5
"""From one way that leaves a step to the next."""

_TRACK, _LANE = 7.0, 9.0
_GAP = 20.0
"""Between rows."""

_HEAD = 11.0
_BAND = 28.0
"""How high names of stages stand."""

_NAMES = 104.0
"""How wide names of rows stand."""

_ROOM = 44.0
"""The least between columns that have names: each reaches a little beyond its own."""

_CLEAR = 8.0
"""What stays free below headings where ways run along them."""

_BETWEEN = 14.0
"""Between lines, besides their lanes."""

_ASIDE = 14.0


@dataclass
class Chart:
    """A flowchart that is laid out.

    Attributes:
        sheet: what is drawn.
        ways: which ways.
        placing: in which cells the steps stand.
        x, y: its upper left corner.
        spots: where everything stands; the start and the end only where a line leads from or to them.
        labels: the words at each way that has some, with the room they take: left, top, right, bottom.
        lines: the corners of each way.
        told: the lines in the foot of each step.
    """

    sheet: Sheet
    ways: Ways
    placing: Placing
    x: float
    y: float
    routes: Routes = field(init=False)
    spots: dict[str, Spot] = field(init=False)
    told: dict[str, list[Told]] = field(init=False)
    labels: list[tuple[Label, tuple[float, float, float, float]]] = field(init=False, default_factory=list)
    lines: list[tuple[Run, tuple[Point, ...]]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.routes = routed(self.ways, self.placing)
        self.told = feet(self.sheet, self.ways, self.routes.named)
        leaving = Counter(run.way.source for run in self.routes.runs)
        self._gates = {key for key in self.ways.steps if leaving[key] > 1}
        met = {end for run in self.routes.runs for end in (run.way.source, run.way.target)}
        self._cells = {key: cell for key, cell in self.placing.cells.items() if key in met or key in self.ways.steps}
        columns = 1 + max((column for column, _ in self._cells.values()), default=0)
        self._begun = {block.first - 1 for block in self.placing.blocks}
        self._ended = {block.last for block in self.placing.blocks}
        self._zones = [self._zone(column) for column in range(columns)]
        lefts, at = [], self.x + (_NAMES + 16 if self.placing.rows else 0)
        for column in range(columns):
            lefts.append(at)
            at += self._wide(column) + self._channel(column)
        self._lefts, self.width = lefts, at - self._channel(columns - 1) + 16 - self.x
        self._highs = [self._high(row) for row in range(self.placing.depth)]
        self._stacked()
        self.height = self._gaps[-1] + _LANE * self.routes.lanes.get((len(self.placing.lines), False), 0) + 12 - self.y
        self.spots = {
            key: spot(key, lefts[column] + self._wide(column) / 2, self._rows[row], len(self.told.get(key, ())),
                      self._highs[row])
            for key, (column, row) in self._cells.items()
        }  # fmt: skip
        for run in self.routes.runs:
            self.lines.append((run, self._corners(run)))
        ends = [*(right for _, (_, _, right, _) in self.labels), *(x for _, line in self.lines for x, _ in line)]
        self.width = max([self.width, *(end + 8 - self.x for end in ends)])

    def _wide(self, column: int) -> float:
        events = all(key in (START, END) for key, (at, _) in self._cells.items() if at == column)
        return 2 * ROUND if events else WIDE

    def _zone(self, column: int) -> float:
        """The room that the words of the ways need that leave a column, with its decisions."""
        leaving = [run for run in self.routes.runs if self._cells[run.way.source][0] == column]
        room = max((width(words_of(self.sheet, run.way), LABEL) for run in leaving if run.kind != "down"), default=0.0)
        gates = any(self._cells[key][0] == column for key in self._gates)
        return max((GATE + 10 if gates else 6.0) + room + 6, _ASIDE + 4 if column in self._ended else 0.0)

    def _channel(self, column: int) -> float:
        tracks = self.routes.tracks.get(column, 0)
        room = self._zones[column] + _TRACK * tracks + (_ASIDE + 4 if tracks and column in self._begun else _HEAD)
        return max(room, _ROOM if self.placing.blocks else 0.0)

    def _stacked(self) -> None:
        """The middles of the rows, each below all that stands or runs above it; the gaps of lanes."""
        lanes, head = self.routes.lanes, _BAND if self.placing.blocks else 0.0
        tops = {self._cells[run.way.target][1] for run in self.routes.runs if run.kind == "top"}
        self._rows: list[float] = []
        self._gaps: list[float] = []
        self._within: dict[int, float] = {}
        end = first = 0.0
        for row in range(self.placing.depth):
            if row in self.placing.lines:
                number, first = self.placing.lines.index(row), row
                top = end + _GAP / 2 if number else self.y
                outer, inner = lanes.get((number, False), 0), lanes.get((number, True), 0)
                over = _LANE * outer + (8 if outer else 0) + (_BETWEEN if number else 0)
                self._gaps.append(top + (_BETWEEN / 2 if number else 4))
                self._within[number] = _LANE * inner + (_CLEAR if inner or row in tops else 0.0)
                ends = [top + over + head + self._within[number] - _GAP / 2]
            else:
                met = self.routes.met(row, self._cells.values())
                ends = [self._rows[above] + self._below(above, met) for above in range(int(first), row)]
            self._rows.append(max(ends) + _GAP + self._above(row))
            end = max(end, self._rows[row] + self._below(row))
        self._gaps.append(end + _GAP / 2 + 4)

    def _high(self, row: int) -> float:
        """How high the steps of a row are, all as the highest of them."""
        there = [self.sheet.steps[key] for key, (_, at) in self._cells.items() if at == row and key in self.sheet.steps]
        return max((high_of(self.sheet, one) for one in there), default=2 * ROUND)

    def _above(self, row: int) -> float:
        ports = self.routes.above[row]
        return max(self._highs[row] / 2, _PORT * ports + (LABEL if ports else 0))

    def _below(self, row: int, columns: Container[int] | None = None) -> float:
        """How far down anything of a row is; of its steps' feet only those in some columns count."""
        foot = max(
            (foot_of(len(self.told.get(key, ()))) for key, (column, at) in self._cells.items()
             if at == row and (columns is None or column in columns)),
            default=0.0,
        )  # fmt: skip
        ports = self.routes.below[row]
        return max(self._highs[row] / 2 + foot, _PORT * ports + (LABEL if ports else 0))

    def _edges(self, first: int, last: int) -> tuple[float, float]:
        """The upper and lower edge of some rows."""
        bottom = max(self._rows[row] + self._below(row) for row in range(first, last + 1))
        return self._rows[first] - self._above(first) - _GAP / 2, bottom + _GAP / 2

    def _track(self, column: int, track: int) -> float:
        return self._lefts[column] + self._wide(column) + self._zones[column] + _TRACK * (track + 0.5)

    def _lane(self, run: Run, place: int) -> float:
        (line, within), lane = run.gaps[place], run.lanes[place]
        if not within:
            return self._gaps[line] + _LANE * (lane + 0.5)
        return self._edges(self.placing.lines[line], self.placing.lines[line])[0] - _LANE * (lane + 0.5)

    def _corners(self, run: Run) -> tuple[Point, ...]:
        """The corners of a way; its words are put where it leaves."""
        source, target = self.spots[run.way.source], self.spots[run.way.target]
        if run.kind == "down":
            self._beside(run, source.x - 7, (source.bottom + target.top) / 2 + 4)
            return (source.x, source.bottom), (source.x, target.top)
        out = source.right + (GATE + 4 if run.way.source in self._gates else 0)
        height = source.y + _PORT * run.port
        self._say(run, out + 6, height - 4)
        turn = [(out, height)]
        if run.port and (run.way.source in self._gates or run.way.source == START):
            turn = [(out, source.y), (out + 3, source.y), (out + 3, height)]
        come = (target.left, target.y)
        tracks = [self._track(channel, track) for channel, track in zip(run.turns, run.tracks, strict=True)]
        heights = [height, *(self._lane(run, place) for place in range(len(run.gaps))), target.y]
        if run.kind == "top":
            come = (target.right - 16, target.top)
            heights[-1] = target.top - 14
        between = [(x, y) for place, x in enumerate(tracks) for y in heights[place : place + 2]]
        if run.kind == "top":
            between.append((come[0], heights[-1]))
        return (*turn, *between, come)

    def _say(self, run: Run, x: float, y: float) -> None:
        """Put the words of a way at a place, where they begin."""
        if words := words_of(self.sheet, run.way):
            label = Label(x, y, (words,), LABEL, self.sheet.palette.theme.soft)
            self.labels.append((label, (x, y - LABEL, x + width(words, LABEL), y + 3)))

    def _beside(self, run: Run, x: float, y: float) -> None:
        """Put the words of a way that leads down left of it, for others come from the right; the time where it fits."""
        words = words_of(self.sheet, run.way)
        if width(words, LABEL) > WIDE / 2:
            words = words_of(self.sheet, run.way, timed=False)
        if words:
            label = Label(x, y, (words,), LABEL, self.sheet.palette.theme.soft, anchor="end")
            self.labels.append((label, (x - width(words, LABEL), y - LABEL, x, y + 3)))

    def shapes(self) -> list[Shape]:
        """Everything, from back to front."""
        felt, tinted = feelings(self.sheet), tints(self.sheet)
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
                one = self.sheet.steps[key]
                found.append(step(self.sheet, one, where, felt.get(key), tinted.get(key), self.told[key]))
                if key in self._gates:
                    found.append(gate(self.sheet, where.right - GATE, where.y, self._parts(key), key))
        return found

    def _parts(self, key: str) -> str:
        """What a decision says when it is read aloud."""
        return " / ".join(told_of(self.sheet, one) for one in self.ways.ways if one.source == key)

    def _bands(self) -> list[Shape]:
        """Channels and roles along their rows, stages over their columns."""
        found: list[Shape] = [self._lane_of(band, place) for place, band in enumerate(self.placing.rows)]
        palette, theme = self.sheet.palette, self.sheet.palette.theme
        for block in self.placing.blocks:
            lines = (*self.placing.lines, self.placing.depth)
            first, last = (0, self.placing.depth - 1) if block.line is None else (
                lines[block.line], lines[block.line + 1] - 1)  # fmt: skip
            top, bottom = self._edges(first, last)
            top -= self._within[0 if block.line is None else block.line]
            x = self._lefts[block.first] - _ASIDE
            room = self._lefts[block.last] + WIDE + _ASIDE - x
            name = text(block.name, x + _ASIDE, top - _BAND + 5, WIDE, 12.5, theme.ink, most=1, bold=True)
            ground = None if self.placing.rows else palette.head
            box = Box(x, top - _BAND, room, bottom - top + _BAND - 4, ground, theme.line, 10)
            tint = Box(x + 2, top - _BAND + 2, room - 4, _BAND - 4, tint_of(self.sheet, block.key), radius=8)
            found.append(Part("stage", block.key, block.name, (box, tint, name)))
        return found

    def _lane_of(self, band: Band, place: int) -> Part:
        palette, theme = self.sheet.palette, self.sheet.palette.theme
        top, bottom = self._edges(band.first, band.last)
        ground = palette.head if place % 2 == 0 else theme.ground
        name = text(band.name, self.x + 10, top + 12, _NAMES - 18, 12.5, theme.ink, most=4, bold=True)
        side = Box(self.x, top, _NAMES, bottom - top, palette.chip, theme.line)
        shapes = (Box(self.x, top, self.width, bottom - top, ground, theme.line), side, name)
        return Part("lane", band.key, band.name, shapes)
