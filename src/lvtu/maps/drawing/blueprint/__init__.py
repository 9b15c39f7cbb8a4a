"""A map as a service blueprint: its lanes by role, the three lines between them, how cards lead to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from lvtu.maps.blueprint.reading import LINES, ZONES, Reading, Zone
from lvtu.maps.document import Lane, Step
from lvtu.maps.drawing.blueprint.away import Away, links_away
from lvtu.maps.drawing.blueprint.cards import card
from lvtu.maps.drawing.blueprint.columns import INSET, columns
from lvtu.maps.drawing.blueprint.legend import legend
from lvtu.maps.drawing.blueprint.links import arrows, meetings
from lvtu.maps.drawing.blueprint.routes import Place, Router
from lvtu.maps.drawing.blueprint.times import times
from lvtu.maps.drawing.columns import LANE, MARGIN
from lvtu.maps.drawing.grid import Grid
from lvtu.maps.drawing.heading import heading
from lvtu.maps.drawing.heads import Column
from lvtu.maps.drawing.measure import wrapped
from lvtu.maps.drawing.scene import Box, Line, Part, Scene, Shape, text
from lvtu.maps.drawing.sheet import Sheet

_INSET, _BETWEEN = INSET, 14.0
_ROOM, _LESS = (15.0, 34.0), (12.0, 28.0)
"""Above and below the cards of a row, and for one of the three lines: on a page, and in a frame that fills a screen."""

_TWO = 280.0
"""From what width on two cards of a cell stand beside each other."""
_HINT = 38.0
_FOLDED = 26.0
_CURVE = 96.0
_ASIDE = (-6.0, 6.0, 0.0)
_TRACK = 7.0


@dataclass
class _Board:
    """A blueprint that is being drawn from top to bottom.

    Attributes:
        sheet: what is drawn.
        reading: the map as a blueprint.
        grid: its columns, and how far down it is.
        places: of the cards, by key.
        gaps: the heights between rows where lines may run, top and bottom.
        lines: the heights of the three lines.
        cards: they, to be drawn on top of the grid.
        away: of cards the links to others that are not on this page.
    """

    sheet: Sheet
    reading: Reading
    grid: Grid
    places: dict[str, Place] = field(default_factory=dict)
    gaps: list[tuple[float, float]] = field(default_factory=list)
    lines: list[float] = field(default_factory=list)
    cards: list[Shape] = field(default_factory=list)
    away: Mapping[str, Sequence[Away]] = field(default_factory=dict)

    @property
    def pad(self) -> float:
        """The room above and below the cards of a row."""
        return (_LESS if self.sheet.bare else _ROOM)[0]

    @property
    def strip(self) -> float:
        """The room for one of the three lines."""
        return (_LESS if self.sheet.bare else _ROOM)[1]

    def zone(self, zone: Zone) -> None:
        """The lanes of a zone, and the line above it."""
        lanes = self.reading.lanes(zone)
        rows = [f"lane/{lane.key}" for lane in lanes] or [f"zone/{zone}"]
        if zone in LINES and self.sheet.shows(rows[0]):
            self._line(LINES[zone])
        for row, lane in zip_longest(rows, lanes):
            if self.grid.begin(row):
                if lane is not None:
                    self._lane(zone, lane)
                elif zone == "customer":
                    self._row(self.sheet.say("zones.customer"), "", "", [], zone)
                else:
                    self._hint(zone)

    def _line(self, name: str) -> None:
        """A line across all columns, and what it is called where the names of lanes stand."""
        grid, theme = self.grid, self.sheet.palette.theme
        words = self.sheet.say(f"lines.{name}")
        label = text(words, grid.left + 8, 0, LANE - 12, 10.5, theme.soft, most=2, bold=True)
        middle = grid.y + self.strip / 2
        label = replace(label, y=middle - label.height / 2 + 10.5)
        line = Line(((grid.left + LANE, middle), (grid.right, middle)), theme.soft, thick=1.4,
                    dashed=name != "visibility")  # fmt: skip
        grid.scene.add(Part("line", name, words, (line, label)))
        self.lines.append(middle)
        grid.y += self.strip

    def _hint(self, zone: Zone) -> None:
        grid, theme = self.grid, self.sheet.palette.theme
        grid.row(_HINT)
        grid.name(self.sheet.say(f"zones.{zone}"))
        grid.scene.add(text(self.sheet.say(f"empty_zones.{zone}"), grid.left + LANE + _INSET, grid.y + 11, 700, 11.5,
                            theme.faint, most=1))  # fmt: skip
        grid.y += _HINT

    def _lane(self, zone: Zone, lane: Lane) -> None:
        if lane.collapsed:
            self.grid.row(_FOLDED)
            self.grid.name(self.sheet.of(lane.label), kind="lane", key=lane.key)
            self.grid.y += _FOLDED
            return
        label, role = self.sheet.of(lane.label), self.sheet.say(f"roles.{lane.role}")
        self._row(label, "" if _letters(label) == _letters(role) else role, lane.key, [lane], zone)

    def _row(self, name: str, small: str, key: str, lanes: list[Lane], zone: Zone) -> None:
        """A row: the cards of a lane; of none, the steps themselves as what customers do."""
        grid = self.grid
        heights = [self.pad] * len(grid.columns)
        parts: list[Shape] = []
        if not lanes:
            for number, column in enumerate(grid.columns):
                made, high = self._step(self.sheet.map.step(column.key), column, grid.y + self.pad)
                parts.append(made)
                heights[number] = self.pad + high + _BETWEEN
        place = {column.key: number for number, column in enumerate(grid.columns)}
        some = [one for lane in lanes for one in self.sheet.map.cards if one.lane == lane.key]
        alone = Counter(one.step for one in some if len(self.reading.steps[one.key]) == 1)
        begun: dict[int, float] = {}
        for one in some:
            over = [place[step] for step in self.reading.steps[one.key]]
            first, last = grid.columns[over[0]], grid.columns[over[-1]]
            x, room = first.x + _INSET, last.x + last.width - first.x - 2 * _INSET
            y = grid.y + max(heights[over[0] : over[-1] + 1])
            if over[0] == over[-1] and alone[one.step] > 1 and first.width >= _TWO:
                room = (room - _BETWEEN) / 2
                if over[0] in begun:
                    x, y = x + room + _BETWEEN, begun.pop(over[0])
                else:
                    begun[over[0]] = y
            made, high = card(
                self.sheet, zone, one, x, y, room, self.reading.standards.get(one.key, ()), self.away.get(one.key, ())
            )
            parts.append(made)
            self.places[one.key] = Place(x, y, room, high)
            for number in range(over[0], over[-1] + 1):
                heights[number] = max(heights[number], y - grid.y + high + _BETWEEN)
        height = max(max(56.0, *heights) - _BETWEEN + self.pad if parts else 0.0, _called(name, small))
        grid.row(height)
        grid.name(name, small, kind="lane" if key else "", key=key)
        self.cards += parts
        grid.y += height
        bottom = max(
            (one.bottom for one in self.places.values() if one.y >= grid.y - height), default=grid.y - self.pad
        )
        self.gaps.append((grid.y - height, bottom))

    def _step(self, step: Step, column: Column, y: float) -> tuple[Part, float]:
        """A step as the card of what the customer does."""
        theme, x, room = self.sheet.palette.theme, column.x + _INSET, column.width - 2 * _INSET
        star = " ★" if step.moment != "none" else ""
        name = text(self.sheet.of(step.name) + star, x + 8, y + 6, room - 16, 12.5, theme.ink, most=3, bold=True)
        shapes: list[Shape] = [name]
        high = name.height + 14
        if (volume := self.sheet.filled.volume.get(step.key)) is not None:
            words = self.sheet.say("customers", n=volume.n)
            shapes.append(text(words, x + 8, y + 6 + name.height, room - 16, 10.5, theme.faint, most=1))
            high += 14
        high = max(high, 42.0)
        self.places[f"step/{step.key}"] = Place(x, y, room, high)
        ground = Box(x, y, room, high, theme.tints[0], theme.accent, 6)
        return Part("step", step.key, self.sheet.of(step.name), (ground, *shapes)), high

    def router(self) -> Router:
        """Where arrows may run: between the columns, and between the rows."""
        grid = self.grid
        xs = [column.x + aside for column in grid.columns[1:] for aside in _ASIDE]
        xs = sorted([grid.columns[0].x + _ASIDE[1], *xs, grid.right + _ASIDE[0]])
        edges = [(before[1], after[0] + self.pad) for before, after in zip(self.gaps, self.gaps[1:], strict=False)]
        edges = [(self.gaps[0][0], self.gaps[0][0] + self.pad), *edges, (self.gaps[-1][1], grid.y)] if self.gaps else []
        ys = [
            top + _TRACK * number
            for top, bottom in edges
            for number in range(1, max(int((bottom - top) / _TRACK), 1))
            if all(abs(top + _TRACK * number - line) > 2 for line in self.lines)
        ]
        return Router(self.places, xs, ys)


def _called(name: str, small: str) -> float:
    """How high what a row is called stands, with the room around it."""
    lines = 1.35 * (12 * len(wrapped(name, LANE - 16, 12, 3)) + 10 * len(wrapped(small, LANE - 34, 10, 3)))
    return lines + 14


def blueprint(sheet: Sheet, reading: Reading) -> Scene:
    """A map as a service blueprint.

    Args:
        sheet: the map, its answers, the language.
        reading: the map as a blueprint.
    """
    names = sheet.say("and_so_on").join(sheet.of(stage.name) for stage in sheet.map.stages)
    told = sheet.say("blueprint_described", title=sheet.title, stages=names, steps=len(sheet.map.steps))
    kind = sheet.say("blueprint")
    scene = Scene(0, 0, sheet.palette.theme.ground, f"{sheet.title} · {kind}", told)
    away = links_away(sheet)
    grid = Grid(sheet, scene, columns(sheet, reading, away), 0, _CURVE)
    grid.y = top = heading(sheet, scene, max(grid.right - MARGIN, 600), kind)
    if grid.columns:
        board = _Board(sheet, reading, grid, away=away)
        grid.stages()
        if reading.lanes("customer") or not sheet.shows("zone/customer"):
            grid.steps()
        times(sheet, reading, grid)
        scene.heads = (MARGIN + LANE, top, grid.y)
        for lane in [one for one in sheet.map.lanes if one.role == "feelings" and one.kind == "curve"][:1]:
            if sheet.filled.values.get(lane.key) and not lane.collapsed:
                grid.lane(lane)
        for zone in ZONES:
            board.zone(zone)
        grid.frame(top)
        router = board.router()
        lines = [((grid.left, height), (grid.right, height)) for height in board.lines]
        met = meetings(sheet, reading, router)
        scene.add(*met, *board.cards, *arrows(sheet, router, lines, (grid.left, grid.right)))
        grid.y += legend(sheet, reading, scene, grid.left, grid.y + 10, max(grid.right, 640), met=bool(met), away=away)
    scene.width, scene.height = max(grid.right, 640) + MARGIN, grid.y + MARGIN
    return scene


def _letters(words: str) -> str:
    return "".join(one for one in words.casefold() if one.isalnum())
