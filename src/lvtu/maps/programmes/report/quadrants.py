"""Importance beside performance as a picture: importance upwards, performance to the right, parted at their means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from statistics import mean

from lvtu.analyses.naming import scale_name
from lvtu.core.words import Lang, say
from lvtu.maps.document import JourneyMap
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import level
from lvtu.maps.drawing.palette import PALETTES
from lvtu.maps.drawing.scene import Anchor, Box, Dot, Label, Line, Part, Scene, Shape
from lvtu.maps.programmes.focus import Weighed

WIDE, HIGH = 614.0, 340.0
_LEFT, _BELOW, _EDGE = 44.0, 34.0, 10.0
_SIZE = 11.0
_RADIUS = 4.5


def quadrants(found: Sequence[Weighed], map_: JourneyMap, chosen: Collection[str], lang: Lang) -> Scene:
    """The picture; whiskers are 95 % intervals, what was chosen has a ring.

    Args:
        found: the steps of a map, weighed; at least one.
        map_: the map.
        chosen: the keys of the steps that are tackled.
        lang: the language.
    """
    theme, palette = PALETTES[False].theme, PALETTES[False]
    across = _Axis([one.performance.value for one in found], _LEFT, WIDE - _EDGE)
    up = _Axis([one.importance for one in found], HIGH - _BELOW, _EDGE)
    scene = Scene(WIDE, HIGH, theme.ground, say("programmes.report.weighed", lang), "")
    x, y = across.at(across.middle), up.at(up.middle)
    scene.add(
        Box(_LEFT, _EDGE, x - _LEFT, y - _EDGE, palette.theme.tints[0]),
        Box(_LEFT, _EDGE, WIDE - _EDGE - _LEFT, HIGH - _BELOW - _EDGE, None, theme.line),
        Line(((x, _EDGE), (x, HIGH - _BELOW)), theme.faint, dashed=True),
        Line(((_LEFT, y), (WIDE - _EDGE, y)), theme.faint, dashed=True),
    )
    corners: tuple[tuple[str, float, float, Anchor], ...] = (
        ("focus", _LEFT + 8, _EDGE + 16, "start"), ("keep", WIDE - _EDGE - 8, _EDGE + 16, "end"),
        ("low", _LEFT + 8, HIGH - _BELOW - 8, "start"), ("enough", WIDE - _EDGE - 8, HIGH - _BELOW - 8, "end"),
    )  # fmt: skip
    for key, place, line, anchor in corners:
        told = say(f"programmes.quadrants.{key}", lang)
        scene.add(Label(place, line, (told,), _SIZE, theme.soft, bold=key == "focus", anchor=anchor))
    _axes(scene, across, up, lang)
    taken = [_around(place, line, told, anchor) for told, place, line, anchor in _corners(corners, lang)]
    taken += [_dot(across.at(one.performance.value), up.at(one.importance)) for one in found]
    often = Counter(one.step for one in found)
    for one in sorted(found, key=lambda one: -one.importance):
        name = map_.step(one.step).name.get(lang)
        told = f"{name} · {scale_name(one.scale, lang)}" if often[one.step] > 1 else name
        scene.add(_point(one, told, one.step in chosen, across, up, taken))
    return scene


class _Axis:
    """Values along a side of the picture.

    Args:
        values: what stands on it.
        low, high: where it begins and ends.
    """

    def __init__(self, values: Sequence[float], low: float, high: float) -> None:
        self.middle = mean(values)
        least, most = min(values), max(values)
        room = (most - least or 1.0) * 0.14
        self.least, self.most, self.low, self.high = least - room, most + room, low, high

    def at(self, value: float) -> float:
        """Where a value stands; what lies beyond ends at the edge."""
        share = (value - self.least) / (self.most - self.least)
        return self.low + min(max(share, 0.0), 1.0) * (self.high - self.low)


def _corners(corners: Sequence[tuple[str, float, float, Anchor]], lang: Lang) -> list[tuple[str, float, float, Anchor]]:
    return [(say(f"programmes.quadrants.{key}", lang), x, y, anchor) for key, x, y, anchor in corners]


def _axes(scene: Scene, across: _Axis, up: _Axis, lang: Lang) -> None:
    theme = PALETTES[False].theme
    right, below = say("programmes.report.performance", lang), HIGH - _BELOW + 28
    scene.add(
        Label((_LEFT + WIDE - _EDGE) / 2, below, (f"{right} →",), _SIZE, theme.soft, anchor="middle"),
        Label(12, (_EDGE + HIGH - _BELOW) / 2, (f"{say('programmes.report.importance', lang)} →",), _SIZE, theme.soft,
              anchor="middle", turn=-90),
    )  # fmt: skip
    low, high = min(across.least, across.most), max(across.least, across.most)
    for place, value in ((across.at(one), one) for one in _ticks(low, high)):
        scene.add(Label(place, HIGH - _BELOW + 14, (level(value, "feeling", lang),), 10, theme.faint, anchor="middle"))
    for line, value in ((up.at(one), one) for one in _ticks(max(up.least, 0.0), up.most)):
        scene.add(Label(_LEFT - 5, line + 3.5, (f"{value:.0%}",), 10, theme.faint, anchor="end"))


def _ticks(low: float, high: float) -> list[float]:
    """Round values between two, four or so."""
    width_ = (high - low) / 4
    step = next(size for size in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0) if size >= width_ or size == 2.0)
    first = -(-low // step)
    return [round(place * step, 4) for place in range(int(first), int(high // step) + 1)]


_Room = tuple[float, float, float, float]


def _point(one: Weighed, name: str, chosen: bool, across: _Axis, up: _Axis, taken: list[_Room]) -> Part:
    """A step: its whiskers, its dot, and its name where that covers no other."""
    theme = PALETTES[False].theme
    x, y = across.at(one.performance.value), up.at(one.importance)
    color = theme.accent if one.quadrant == "focus" else theme.soft
    shapes: list[Shape] = []
    if one.low is not None and one.high is not None:
        shapes.append(Line(((x, up.at(one.low)), (x, up.at(one.high))), color, opacity=0.35))
    if one.performance.low is not None and one.performance.high is not None:
        ends = across.at(one.performance.low), across.at(one.performance.high)
        shapes.append(Line(((ends[0], y), (ends[1], y)), color, opacity=0.35))
    if chosen:
        shapes.append(Dot(x, y, _RADIUS + 4, None, theme.accent, 1.5))
    shapes.append(Dot(x, y, _RADIUS, color))
    for place, line, anchor in (
        (x + 11, y - 5, "start"), (x - 11, y - 5, "end"), (x + 11, y + 13, "start"), (x - 11, y + 13, "end"),
    ):  # fmt: skip
        room = _around(place, line, name, anchor)
        if _inside(room) and not any(_meet(room, other) for other in taken):
            taken.append(room)
            side: Anchor = "start" if anchor == "start" else "end"
            shapes.append(Label(place, line, (name,), _SIZE, theme.ink, chosen, side))
            break
    return Part("point", f"{one.scale}/{one.step}", name, tuple(shapes))


def _dot(x: float, y: float) -> _Room:
    return x - 6, y - 6, x + 6, y + 6


def _around(x: float, y: float, text: str, anchor: str) -> _Room:
    wide = width(text, _SIZE, True)
    left = x if anchor == "start" else x - wide
    return left, y - _SIZE, left + wide, y + 3


def _inside(room: _Room) -> bool:
    return room[0] >= _LEFT and room[2] <= WIDE - _EDGE and room[1] >= _EDGE and room[3] <= HIGH - _BELOW


def _meet(one: _Room, other: _Room) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
