"""A map as a grid: stages and steps as columns, lanes as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from lvtu.maps.document import Lane
from lvtu.maps.drawing.cards import card, quote
from lvtu.maps.drawing.clocks import HEIGHT, axis, stamp
from lvtu.maps.drawing.columns import LANE, MARGIN, side_by_side
from lvtu.maps.drawing.curve import Series, curve, series_of
from lvtu.maps.drawing.donts import donts, unmeasured
from lvtu.maps.drawing.heads import Column, Head, between, head_of, pill
from lvtu.maps.drawing.marks import clock
from lvtu.maps.drawing.meant import BELOW as _MEANT
from lvtu.maps.drawing.meant import meant_of
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import aim, interval, number, told
from lvtu.maps.drawing.overlay import tints
from lvtu.maps.drawing.scene import Box, Label, Line, Part, Scene, Shape, chip, joined, text
from lvtu.maps.drawing.second import BELOW, beside, others
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.stages import tint_of
from lvtu.maps.drawing.under import shown_of, under
from lvtu.maps.live.filled import Quote

_PAD = 8.0
_QUOTES, _CHIP = 2, 2
_CURVE = 138.0
_SPARSE, _LOW = 3, 114.0
"""Of so few points a curve is no higher."""

_FOLDED = 26.0


@dataclass
class Grid:
    """A grid that is being drawn from top to bottom.

    Attributes:
        sheet: what is drawn.
        scene: where.
        columns: its columns.
        y: how far it is.
        curve_height: of a lane that is a curve.
        plain: from where to where rows have no columns: text runs across them.
        body: where the rows below the stages begin.
    """

    sheet: Sheet
    scene: Scene
    columns: list[Column]
    y: float
    curve_height: float = _CURVE
    plain: list[tuple[float, float]] = field(default_factory=list)
    body: float = 0.0

    @property
    def several(self) -> bool:
        """Whether columns stand for several steps, so that what stands in them must say of which step it is."""
        return any(len(column.steps) > 1 for column in self.columns)

    @property
    def left(self) -> float:
        """Where the names of lanes begin."""
        return MARGIN

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return self.columns[-1].x + self.columns[-1].width if self.columns else MARGIN + LANE

    def row(self, height: float, *, head: bool = False) -> None:
        """The ground of a row, and the edge between it and what is above it."""
        theme = self.sheet.palette.theme
        if head:
            self.scene.add(Box(self.left, self.y, self.right - self.left, height, self.sheet.palette.head))
        else:
            self.scene.add(Box(self.left, self.y, LANE, height, self.sheet.palette.head))
        if self.body:
            self.scene.add(Line(((self.left, self.y), (self.right, self.y)), theme.line))

    def begin(self, row: str) -> bool:
        """Whether a row stands on this page; if so, it begins here."""
        if self.sheet.shows(row):
            self.scene.rows.append((row, self.y))
            return True
        return False

    def name(self, words: str, small: str = "", *, kind: str = "", key: str = "") -> None:
        """The name of a row, at its upper left."""
        label, below = self._named(words, small)
        shapes: list[Shape] = [label, below] if small else [label]
        self.scene.add(Part(kind, key, "", tuple(shapes)) if kind else shapes[0], *([] if kind else shapes[1:]))

    def naming(self, words: str, small: str) -> float:
        """How high a row is at least that is named so."""
        return 2 * _PAD + sum(one.height for one in self._named(words, small))

    def _named(self, words: str, small: str) -> tuple[Label, Label]:
        theme, x, y = self.sheet.palette.theme, self.left + _PAD, self.y + _PAD
        label = text(words, x, y, LANE - 2 * _PAD, 12, theme.soft, most=3)
        return label, text(small, x, y + label.height, LANE - 34, 10, theme.faint, most=3)

    def stages(self) -> None:
        """The row of the stages, each over its columns, with its goal."""
        sheet, theme = self.sheet, self.sheet.palette.theme
        spans = self._stage_spans()
        goals = {key: text(sheet.of(sheet.stages[key].goal), x + _PAD, 0, wide - 2 * _PAD, 11, theme.ink, most=4)
                 for key, x, wide in spans}  # fmt: skip
        height = 34 + max((goal.height for goal in goals.values() if goal.lines), default=0.0)
        self.row(height, head=True)
        self.name(sheet.say("stage"))
        for key, x, wide in spans:
            stage = sheet.stages[key]
            edge = theme.faint if stage.guessed else None
            band = Box(x + 2, self.y + 3, wide - 4, height - 6, tint_of(sheet, key), edge, 6, dashed=stage.guessed)
            name = text(sheet.of(stage.name), x + _PAD, self.y + 9, wide - 2 * _PAD, 13.5, theme.ink, most=1, bold=True)
            goal = text(sheet.of(stage.goal), x + _PAD, self.y + 28, wide - 2 * _PAD, 11, theme.ink, most=4)
            shapes = (band, name, goal) if goal.lines else (band, name)
            read = [sheet.of(stage.name), *([sheet.say("marks.guessed")] if stage.guessed else [])]
            self.scene.add(Part("stage", key, sheet.say("parts").join(read), shapes))
        self.y += height
        self.body = self.y

    def _stage_spans(self) -> list[tuple[str, float, float]]:
        of = {step.key: step.stage for step in self.sheet.map.steps}
        spans: list[tuple[str, float, float]] = []
        for column in self.columns:
            key = of[column.steps[0]] if column.steps else column.key
            if spans and spans[-1][0] == key:
                spans[-1] = (key, spans[-1][1], spans[-1][2] + column.width)
            else:
                spans.append((key, column.x, column.width))
        return spans

    def steps(self, *, elapsed: bool = False) -> None:
        """The row of the steps: names, a star where a moment of truth lies, customers, or what the overlay says.

        Args:
            elapsed: whether the median time to the next step stands between them, where it is that which is told.
        """
        sheet, tinted = self.sheet, tints(self.sheet)
        counted = sheet.filled.customers is not None or any(step.cost is not None for step in sheet.map.steps)
        alone = all(len(column.steps) == 1 for column in self.columns)
        heads: list[Head] = []
        height = 0.0
        for column in (part for one in self.columns for part in side_by_side(one)):
            y = 0.0
            for key in column.steps:
                head = head_of(sheet, key, column, y, tinted.get(key), counted=counted, timed=not alone)
                heads.append(head)
                y += head.height
            height = max(height, y + 5)
        times = between(sheet, self.columns) if elapsed and sheet.times == "elapsed" else []
        stamps = [(key, x + wide / 2) for key, (x, wide) in self.slots().items()] if alone else []
        stamps = stamps if any(stamp(sheet, key) for key, _ in stamps) else []
        height += 18 if times else HEIGHT if stamps else 0
        self.row(height)
        self.name(sheet.say("step"))
        for head in heads:
            self.scene.add(head.at(self.y, height if alone else head.height))
        for x, pair, value in times:
            self.scene.add(pill(sheet, x, self.y + height - 12, pair, value))
        self.scene.add(*axis(sheet, stamps, self.y + height - HEIGHT))
        self.y += height

    def lane(self, lane: Lane) -> None:
        """A lane, drawn as its kind asks."""
        if not self.begin(f"lane/{lane.key}"):
            return
        if lane.collapsed:
            self.row(_FOLDED)
            self.name(self.sheet.of(lane.label), kind="lane", key=lane.key)
            self.y += _FOLDED
        elif lane.kind == "curve":
            self._curve(lane)
        else:
            self._cells(lane)

    def nothing(self) -> None:
        """A row that says that nothing is known."""
        self.row(40)
        room = max(self.right - self.left - LANE - 2 * _PAD, 200)
        words, color = self.sheet.say("nothing_here"), self.sheet.palette.theme.faint
        self.plain.append((self.y, self.y + 40))
        self.scene.add(text(words, self.left + LANE + _PAD, self.y + 11, room, 11.5, color, most=1))
        self.y += 40

    def slots(self) -> Mapping[str, tuple[float, float]]:
        """x and width of every step: its column, or its part of one that stands for several."""
        return self._slots

    @cached_property
    def _slots(self) -> Mapping[str, tuple[float, float]]:
        return {
            key: (column.x + column.width * place / len(column.steps), column.width / len(column.steps))
            for column in self.columns
            for place, key in enumerate(column.steps)
        }

    def _curve(self, lane: Lane) -> None:
        self.series(series_of(self.sheet, lane), kind="lane")

    def series(self, series: Series, *, kind: str) -> None:
        """A row that is a curve, or says that nothing is known.

        Args:
            series: what it shows.
            kind: of what its name is the name.
        """
        sheet, theme = self.sheet, self.sheet.palette.theme
        more = (
            BELOW
            if others(sheet, series.key, self.slots())
            else _MEANT
            if meant_of(sheet, series.key, self.slots())
            else 0
        )
        height = (self.curve_height if len(shown_of(series)) > _SPARSE else min(self.curve_height, _LOW)) + more
        shapes, levels = curve(sheet, series, self.slots(), self.y, height)
        slots = self.slots() if shapes and self.several else {}
        names, more = under(sheet, shown_of(series), slots, self.y + height)
        height = height + more if shapes else 40
        self.row(height)
        self.scene.add(*names)
        felt = any(value.unit == "feeling" for value in series.values.values())
        self.name(series.label, sheet.say("scale_felt") if felt else "", kind=kind, key=series.key)
        if shapes:
            self.scene.add(Part("curve", series.key, series.label, tuple(shapes)))
            for level, told_ in levels:
                self.scene.add(Label(self.left + LANE - 6, level + 3, (told_,), 9.5, theme.faint, anchor="end"))
        else:
            room = max(self.right - self.left - LANE - 2 * _PAD, 200)
            x = self.left + LANE + _PAD
            self.scene.add(text(sheet.say("no_answers"), x, self.y + 11, room, 11.5, theme.faint, most=1))
        self.y += height

    def _cells(self, lane: Lane) -> None:
        """Cards, chips and numbers, each as high as it needs, those over several columns below what they cover."""
        sheet = self.sheet
        heights = [_PAD] * len(self.columns)
        parts: list[Shape] = []
        said: dict[str, tuple[str, ...]] = {}
        place = {key: number for number, column in enumerate(self.columns) for key in column.steps}
        for number_, column in enumerate(self.columns):
            shapes, heights[number_] = self._filled(lane, column, heights[number_], said)
            parts += shapes
        if lane.kind != "chips":
            for one in sheet.cards_in(lane.key):
                over = (
                    sorted({place[key] for key in sheet.spanned(one) if key in place})
                    if one.until
                    else [place[one.step]]
                )
                if not over:
                    continue
                first, last = self.columns[over[0]], self.columns[over[-1]]
                y = max(heights[over[0] : over[-1] + 1])
                named, more = self._whose(sheet.spanned(one), first, y, said)
                parts += named
                y += more
                drawn, high = card(sheet, one, first.x + 6, self.y + y, last.x + last.width - first.x - 12)
                parts.append(drawn)
                for number_ in range(over[0], over[-1] + 1):
                    heights[number_] = y + high + 6
        height = max([62.0 if lane.role == "four_donts" else 34.0, *heights]) + 2
        self.row(height)
        small = unmeasured(sheet) if lane.role == "four_donts" else ""
        self.name(sheet.of(lane.label), small, kind="lane", key=lane.key)
        if not parts and self.columns:
            first, words = self.columns[0], sheet.say("empty_lane")
            room = first.width - 2 * _PAD
            parts.append(text(words, first.x + _PAD, self.y + _PAD + 1, room, 11, sheet.palette.theme.faint, most=2))
        self.scene.add(*parts)
        self.y += height

    def _filled(
        self, lane: Lane, column: Column, y: float, said: dict[str, tuple[str, ...]]
    ) -> tuple[list[Shape], float]:
        """What a cell shows without cards: chips, numbers, what customers said."""
        sheet = self.sheet
        shapes: list[Shape] = []
        if lane.kind == "chips":
            return self._chips(lane, column, y)
        for key in column.steps:
            if lane.kind in ("number", "bars") and sheet.value(lane.key, key) is not None:
                named, more = self._whose((key,), column, y, said)
                made, high = self._number(lane, key, column, y + more)
                shapes += [*named, made]
                y += more + high
        if lane.role == "four_donts":
            for key in column.steps:
                named, more = self._whose((key,), column, y, said)
                told_, high = self._donts(lane, key, column, y + more)
                shapes += [*named, *told_] if told_ else []
                y += more + high if told_ else 0
        if lane.role == "thoughts":
            for key, one in self._quotes(column):
                named, more = self._whose((key,), column, y, said)
                drawn, high = quote(sheet, one, column.x + 6, self.y + y + more, column.width - 12)
                shapes += [*named, drawn]
                y += more + high + 6
        return shapes, y

    def _donts(self, lane: Lane, key: str, column: Column, y: float) -> tuple[list[Shape], float]:
        """What events say of the four don'ts at a step."""
        sheet, theme = self.sheet, self.sheet.palette.theme
        shapes: list[Shape] = []
        high = 0.0
        for one in donts(sheet, key):
            x, room, color = column.x + _PAD, column.width - 2 * _PAD, theme.worse if one.bad else theme.soft
            label = text(one.text, x, self.y + y + high, room, 11.5, color, most=4, bold=one.bad)
            read = sheet.say("with_more", text=one.text, more=one.means) if one.means else one.text
            shapes.append(Part("cell", f"{lane.key}/{key}", read, (label,)))
            high += label.height + 4
        return shapes, high

    def _whose(
        self, steps: tuple[str, ...], column: Column, y: float, said: dict[str, tuple[str, ...]]
    ) -> tuple[list[Shape], float]:
        """Of which step the next thing in a cell is, where its column stands for several; said once."""
        known = said.get(column.key) == steps
        said[column.key] = steps
        if known or {*column.steps} <= {*steps}:
            return [], 0.0
        ends = dict.fromkeys((steps[0], steps[-1]))
        names = " – ".join(self.sheet.of(self.sheet.steps[key].name) for key in ends)
        room = column.width - 2 * _PAD
        label = text(names, column.x + _PAD, self.y + y - 1, room, 10, self.sheet.palette.theme.faint, most=3)
        return [label], label.height + 1.5

    def _quotes(self, column: Column) -> list[tuple[str, Quote]]:
        """Those of a cell with their steps; where it stands for several the first of each in turn, by their steps."""
        of = [(key, self.sheet.filled.quotes.get(key, ())) for key in column.steps]
        turns = [(key, some[turn]) for turn in range(_QUOTES) for key, some in of if len(some) > turn]
        if len(column.steps) == 1:
            return turns[:_QUOTES]
        return sorted(turns[: 2 * _QUOTES], key=lambda pair: column.steps.index(pair[0]))

    def _chips(self, lane: Lane, column: Column, y: float) -> tuple[list[Shape], float]:
        """Chips beside each other, as many as fit in a line."""
        sheet, x, high = self.sheet, column.x + 6, 0.0
        shapes: list[Shape] = []
        told = dict.fromkeys(words for key in column.steps for words in sheet.chips(lane, sheet.steps[key]))
        for words in told:
            room, color = column.width - 12, sheet.palette.theme.soft
            pair = chip(words, x, self.y + y, room, sheet.palette.chip, color, most=_CHIP)
            if x > column.x + 6 and x + pair[0].width > column.x + column.width - 6:
                x, y, high = column.x + 6, y + high, 0.0
                pair = chip(words, x, self.y + y, room, sheet.palette.chip, color, most=_CHIP)
            shapes += pair
            x, high = x + pair[0].width + 4, max(high, pair[0].height + 4)
        return shapes, y + high

    def _number(self, lane: Lane, key: str, column: Column, y: float) -> tuple[Part, float]:
        sheet, theme = self.sheet, self.sheet.palette.theme
        value = sheet.filled.values[lane.key][key]
        color = theme.worse if value.worse else theme.ink
        x, room, top = column.x + _PAD, column.width - 2 * _PAD, self.y + y
        main = text(number(value.value, value.unit, sheet.lang), x, top, room, 13, color, most=1, bold=True)
        parts = (interval(value, sheet.lang), sheet.say("n", n=value.n), aim(value, sheet.lang))
        below = text("\n".join(joined(parts, room, 10)), x, top + 18, room, 10, theme.faint, most=3)
        shapes: list[Shape] = [main, below]
        if value.stale is not None:
            shapes += clock(x + width(main.lines[0], 13, bold=True) + 9, top + 8.5, theme)
        high = 20 + below.height
        compared, high = beside(sheet, lane.key, key, x, top, high)
        shapes += compared
        if lane.kind == "bars" and value.unit in ("share", "count"):
            most = max(one.value for one in sheet.filled.values[lane.key].values()) if value.unit == "count" else 1.0
            share = value.value / most if most else 0.0
            shapes += [
                Box(x, top + high + 2, room, 5, theme.track, radius=2.5),
                Box(x, top + high + 2, max(room * share, 1.0), 5, color if value.worse else theme.accent, radius=2.5),
            ]
            high += 11
        name = f"{sheet.of(sheet.steps[key].name)} · {sheet.of(lane.label)}: {told(value, sheet.lang)}"
        return Part("cell", f"{lane.key}/{key}", name, tuple(shapes)), high + 2

    def frame(self, top: float) -> None:
        """The lines between the columns, behind what stands in them, stronger between stages; and the edge of all."""
        theme = self.sheet.palette.theme
        of = {step.key: step.stage for step in self.sheet.map.steps}
        stages = [of.get(column.steps[0], column.key) if column.steps else column.key for column in self.columns]
        behind: list[Shape] = []
        for number_, column in enumerate(self.columns):
            strong = number_ == 0 or stages[number_] != stages[number_ - 1]
            thick = 1.4 if strong else 0.7
            for begin, end in pairwise((self.body, *(edge for band in self.plain for edge in band), self.y)):
                if (begin, end) not in self.plain and end > begin:
                    behind.append(Line(((column.x, begin), (column.x, end)), theme.line, thick=thick))
            if strong:
                self.scene.add(Line(((column.x, top), (column.x, self.body)), theme.line, thick=thick))
        self.scene.shapes[:0] = behind
        self.scene.add(Box(self.left, top, self.right - self.left, self.y - top, None, theme.line, 12))
