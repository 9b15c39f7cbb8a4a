"""The cyclic layout: stages and steps on a ring, feelings around its middle, and how many customers come back."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lvtu.maps.document import Lane
from lvtu.maps.drawing.along import along
from lvtu.maps.drawing.clocks import stamp
from lvtu.maps.drawing.columns import MARGIN
from lvtu.maps.drawing.curve import Series, series_of
from lvtu.maps.drawing.footer import footer
from lvtu.maps.drawing.heading import heading
from lvtu.maps.drawing.listed import listed, listed_height
from lvtu.maps.drawing.numbers import interval, number, told
from lvtu.maps.drawing.overlay import Tint, tints
from lvtu.maps.drawing.panels import PANEL, panels, panels_height, telling
from lvtu.maps.drawing.polar import polar
from lvtu.maps.drawing.ring import Ring, anchor_at, ring_of
from lvtu.maps.drawing.scene import Label, Line, Part, Scene, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.small import WIDE, small_height, small_ring
from lvtu.maps.drawing.stages import tint_of
from lvtu.maps.drawing.volume import bar_of
from lvtu.maps.drawing.ways import arrow

_SMALLEST, _STEP, _GAP = 250.0, 78.0, 0.64
_BAND, _POINT = 30.0, 0.028
_AROUND, _BELOW = 138.0, 78.0
_LOOP, _NO_LOOP = 96.0, 44.0
"""What stands above the ring: the way back with its words, or nothing."""

_VOLUME = 44.0
_HEAD = 900.0
"""How wide the heading is set at least."""


def around(sheet: Sheet) -> Scene:
    """Everything on a ring: the steps, the feelings, and beside them what is most telling of each stage."""
    aside = PANEL + 20 if any(telling(sheet, key) for key in sheet.stages) else 0.0
    scene, top = _begun(sheet, 2 * aside)
    left = MARGIN + aside + _AROUND
    left += max(_HEAD - 2 * (left - MARGIN + _radius(sheet)), 0.0) / 2
    ring = _ring(sheet, left, top + _above(sheet), 0.0)
    spare = panels_height(sheet, ring) - 2 * ring.radius - _above(sheet) - _BELOW
    if aside and spare > 0:
        ring = _ring(sheet, left, top + _above(sheet) + spare / 2, 0.0)
    series = _main(sheet)
    _drawn(sheet, scene, ring, series, numbers=True, bars=0.0)
    right, low = ring.x + ring.radius + _AROUND, ring.y + ring.radius + _BELOW
    if aside:
        low = max(panels(sheet, scene, ring, MARGIN, right + 20, top + 8, _colors(sheet)), low)
    return _done(sheet, scene, right + aside, low)


def around_numbers(sheet: Sheet, lanes: Sequence[Lane]) -> Scene:
    """The numbers on rings: how many are at each step and the main curve, and a small ring for each other lane."""
    scene, top = _begun(sheet, 0)
    bars = _VOLUME if sheet.filled.volume else 0.0
    ring = _ring(sheet, MARGIN + _AROUND + bars, top + _above(sheet) + bars, bars)
    series = _main(sheet)
    _drawn(sheet, scene, ring, series, numbers=True, bars=bars)
    bottom = ring.y + ring.radius + _BELOW + bars
    right = ring.x + ring.radius + _AROUND + bars
    others = [one for one in lanes if one.key != series.key]
    right, low = _beside(sheet, scene, others, right + 10, top + 10, bottom)
    return _done(sheet, scene, right, max(bottom, low))


def _beside(
    sheet: Sheet, scene: Scene, lanes: Sequence[Lane], x: float, top: float, bottom: float
) -> tuple[float, float]:  # fmt: skip
    """The other lanes in columns: a small ring for a curve, a list for few numbers; how far they reach."""
    y, low, right = top, top, x
    for lane in sorted(lanes, key=lambda one: one.kind != "curve"):
        ring = lane.kind == "curve"
        high = small_height(sheet, series_of(sheet, lane)) if ring else listed_height(sheet, lane, WIDE)
        if y > top and y + high > bottom:
            x, y = x + WIDE, top
        scene.add(
            small_ring(sheet, series_of(sheet, lane), x, y, _colors(sheet)) if ring else listed(sheet, lane, x, y, WIDE)
        )
        y += high
        low, right = max(low, y), x + WIDE
    return right, low


def _begun(sheet: Sheet, beside: float) -> tuple[Scene, float]:
    scene = Scene(0, 0, sheet.palette.theme.ground, sheet.title, sheet.described())
    room = max(2 * (_radius(sheet) + _AROUND) + beside, _HEAD)
    return scene, heading(sheet, scene, room)


def _done(sheet: Sheet, scene: Scene, right: float, bottom: float) -> Scene:
    low = footer(sheet, scene, MARGIN, bottom + 8, max(right, _HEAD) - MARGIN)
    scene.width, scene.height = max(right, _HEAD) + MARGIN, low + 8
    return scene


def _above(sheet: Sheet) -> float:
    return _NO_LOOP if sheet.map.in_turns else _LOOP


def _radius(sheet: Sheet) -> float:
    places = max(len(sheet.map.steps), len(sheet.map.stages))
    return max(_SMALLEST, places * _STEP / (2 * math.pi - _GAP))


def _ring(sheet: Sheet, left: float, top: float, more: float) -> Ring:
    radius = _radius(sheet)
    return ring_of(sheet, left + radius, top + radius, radius, _GAP)


def _main(sheet: Sheet) -> Series:
    """The curve in the middle: how customers feel."""
    if sheet.feelings is not None:
        return series_of(sheet, sheet.feelings)
    label, values = sheet.felt("feeling")
    return Series("feeling", label or sheet.say("feelings"), values, sheet.map.curve)


def _colors(sheet: Sheet) -> dict[str, str]:
    return {key: tint_of(sheet, key) for key in sheet.stages}


def _drawn(sheet: Sheet, scene: Scene, ring: Ring, series: Series, *, numbers: bool, bars: float) -> None:
    theme, colors, tinted = sheet.palette.theme, _colors(sheet), tints(sheet)
    scene.add(*_stages(sheet, ring, colors))
    curve = polar(sheet, series, ring, ring.radius * 0.34, ring.radius - _BAND - 22, numbers=numbers)
    scene.add(Part("curve", series.key, series.label, tuple(curve)))
    scene.add(*_middle(sheet, ring, series, known=bool(curve)))
    most = max((value.value for value in sheet.filled.volume.values()), default=0.0)
    for key, angle in ring.steps.items():
        scene.add(_step(sheet, ring, key, angle, tinted.get(key), bars, most))
    if not sheet.map.in_turns:
        scene.add(_loop(sheet, ring, theme.accent, bars))


def _stages(sheet: Sheet, ring: Ring, colors: dict[str, str]) -> list[Shape]:
    theme = sheet.palette.theme
    parts: list[Shape] = []
    for key, (begin, end) in ring.stages.items():
        outline = ring.band(begin, end - 0.006, ring.radius - _BAND, ring.radius, _POINT)
        name = sheet.of(sheet.stages[key].name)
        words = along(ring, name, begin, end, ring.radius - _BAND / 2, theme.ink)
        guess = sheet.stages[key].guessed
        edge = [Line((*outline, outline[0]), theme.faint, dashed=True)] if guess else []
        read = sheet.say("parts").join([name, *([sheet.say("marks.guessed")] if guess else [])])
        parts.append(Part("stage", key, read, (Line(outline, fill=colors[key]), *edge, *words)))
    return parts


def _step(
    sheet: Sheet, ring: Ring, key: str, angle: float, tint: Tint | None, bars: float, most: float
) -> Part:  # fmt: skip
    theme, step = sheet.palette.theme, sheet.steps[key]
    half = (2 * math.pi - ring.gap) / max(len(ring.steps), 1) / 2 - 0.012
    inner = ring.radius + 5
    color = theme.track if tint is None else tint.color
    shapes: list[Shape] = [Line(ring.band(angle - half, angle + half, inner, inner + 9), fill=color)]
    reached = sheet.filled.volume.get(key)
    if bars and reached is not None and most:
        high = max((bars - 4) * reached.value / most, 1.5)
        width_ = min(half * 0.55, 11 / ring.radius)
        shapes.append(
            Line(ring.band(angle - width_, angle + width_, inner + 11, inner + 11 + high), fill=bar_of(sheet))
        )
    star = " ★" if step.moment != "none" else ""
    anchor = anchor_at(angle)
    x, y = ring.at(angle, inner + 17 + (bars + 2 if bars else 0))
    room = _STEP - 4 if anchor == "middle" else _AROUND - 26
    name = text(sheet.of(step.name) + star, x, 0, room, 12, theme.ink, most=3, bold=True, anchor=anchor)
    found = stamp(sheet, key)
    lines = (tint.words if tint is not None else _customers(sheet, key), "" if found is None else found.line)
    below = "\n".join(filter(None, lines))
    small = text(
        below, x, 0, max(room + 10, 130), 10, theme.faint if tint is None else theme.ink, most=2, anchor=anchor
    )
    height = name.height + (small.height if below else 0)
    top = y - height * (1 + math.cos(angle)) / 2
    shapes.append(Label(x, top + 12, name.lines, 12, theme.ink, bold=True, anchor=anchor))
    if below:
        shapes.append(Label(x, top + name.height + 10, small.lines, 10, small.color, anchor=anchor))
    title = " · ".join([sheet.of(step.name), *(one.title for one in (tint, found) if one is not None)])
    return Part("step", key, title, tuple(shapes))


def _customers(sheet: Sheet, key: str) -> str:
    if sheet.filled.customers is None:
        return ""
    value = sheet.filled.volume.get(key)
    return "—" if value is None or sheet.overlay is not None else sheet.say("customers", n=value.n)


def _middle(sheet: Sheet, ring: Ring, series: Series, *, known: bool) -> list[Shape]:
    """What the curve around it shows."""
    theme, room = sheet.palette.theme, ring.radius * 0.5
    if not known and not sheet.map.curve and sheet.filled.customers:
        return _reached(sheet, ring)
    name = text(series.label, ring.x, ring.y - 18, room, 14, theme.ink, most=2, bold=True, anchor="middle")
    words = sheet.say("outwards" if known else "no_answers")
    small = text(words, ring.x, ring.y - 14 + name.height, room, 10.5, theme.faint, most=3, anchor="middle")
    return [Part("lane", series.key, series.label, (name,)), small]


def _reached(sheet: Sheet, ring: Ring) -> list[Shape]:
    """Where nothing is known of feelings: how many customers there were, and how many of them came to the end."""
    theme, customers = sheet.palette.theme, sheet.filled.customers or 0
    shapes: list[Shape] = [
        Label(ring.x, ring.y - 2, (number(customers, "count", sheet.lang),), 30, theme.ink, bold=True, anchor="middle"),
        Label(ring.x, ring.y + 18, (sheet.say("volume"),), 12, theme.soft, anchor="middle"),
    ]
    last = sheet.map.steps[-1] if sheet.map.steps else None
    if last is not None and (came := sheet.filled.volume.get(last.key)) is not None and sheet.filled.drop_off:
        words = sheet.say("arrived", share=f"{100 * came.n / customers:.1f}%", last=sheet.of(last.name))
        shapes.append(text(words, ring.x, ring.y + 30, ring.radius, 12, theme.ink, most=3, anchor="middle"))
    return [Part("head", "customers", sheet.say("about", n=customers), tuple(shapes))]


def _loop(sheet: Sheet, ring: Ring, color: str, bars: float) -> Part:
    """The way back from the last stage to the first, with the share of customers who took it; none in a part of it."""
    if sheet.beyond:
        return Part("loop", "again", "", ())
    theme, again = sheet.palette.theme, sheet.filled.again
    radius, edge = ring.radius - _BAND / 2, ring.gap / 2
    way = ring.arc(-edge + _POINT + 0.02, edge - 0.03, radius)
    unknown = again is None
    line = Line(way, theme.faint if unknown else color, thick=3, dashed=unknown)
    stages = [sheet.of(stage.name) for stage in sheet.map.stages]
    first, last = (stages[0], stages[-1]) if stages else ("", "")
    main = "—" if again is None else sheet.say("again", share=number(again.value, "share", sheet.lang))
    means = sheet.say("again_unknown" if unknown else "again_means", first=first, last=last)
    room = 2 * (ring.radius + 30) * math.sin(edge) + 30
    below = text(means, ring.x, 0, room, 10.5, theme.faint, most=3, anchor="middle")
    small = "" if again is None else " · ".join((interval(again, sheet.lang), sheet.say("n", n=again.n)))
    top = ring.y - ring.radius - bars - 14 - below.height - (15 if small else 0) - 24
    shapes: list[Shape] = [
        line,
        arrow(way, line.stroke or color, 12),
        Label(ring.x, top + 17, (main,), 17, theme.faint if unknown else color, bold=True, anchor="middle"),
    ]
    if small:
        shapes.append(Label(ring.x, top + 35, (small,), 10.5, theme.soft, anchor="middle"))
    y = top + (15 if small else 0) + 24
    shapes.append(Label(ring.x, y + 10.5, below.lines, 10.5, theme.faint, anchor="middle"))
    title = means if again is None else f"{means}: {told(again, sheet.lang)}"
    return Part("loop", "again", title, tuple(shapes))
