"""A long map on one slide: what can be read there. Stages with their steps, how they are felt, the worst of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lvtu.maps.drawing.columns import MARGIN
from lvtu.maps.drawing.curve import Series, series_of
from lvtu.maps.drawing.numbers import interval, level, number
from lvtu.maps.drawing.scale import domain, runs
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Scene, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.stages import tint_of
from lvtu.maps.live.filled import Value

WIDTH, _AXIS = 1220.0, 24.0
_LEAST = 92.0
"""How wide a stage stands at least."""

_TEXT, _NAME, _SMALL = 13.0, 15.0, 12.0
_BAND, _CURVE = 34.0, 220.0
_STEPS = 7
"""Names of steps of a stage; of more it says how many."""

_WORST = 4
_NUMBERED = 18.0
"""The least room of a step in which its number stands below the curve."""

_CARD = 104.0


def overview(sheet: Sheet) -> Scene:
    """A map at a glance, wherever its steps are arranged; nothing in it is smaller than 12 px.

    Args:
        sheet: the map, its answers, the language; without a heading: whatever shows it tells its title.
    """
    scene = Scene(WIDTH + 2 * MARGIN + _AXIS, 0, sheet.palette.theme.ground, sheet.title, sheet.described())
    stages = _stages(sheet)
    slots = _slots(sheet, stages)
    scene.add(*(_stage(sheet, key, *stages[key]) for key in stages))
    y = MARGIN + _BAND + 6
    series = series_of(sheet, sheet.feelings) if sheet.feelings is not None else None
    if series is not None and series.values:
        scene.add(*_felt(sheet, series, slots, y))
        y += _CURVE
    y = _names(sheet, scene, stages, y + 6)
    if lows := worst_of(sheet):
        scene.add(*_cards(sheet, lows, y + 12))
        y += 36 + _CARD
    scene.height = y + MARGIN / 2
    return scene


def _stages(sheet: Sheet) -> dict[str, tuple[float, float]]:
    """x and width of each stage, by how many steps it has."""
    keys = [key for key in sheet.stages if sheet.map.steps_of(key)]
    spare = max(WIDTH - _LEAST * len(keys), 0.0)
    all_ = max(len(sheet.steps), 1)
    found, x = {}, MARGIN
    for key in keys:
        wide = min(_LEAST, WIDTH / len(keys)) + spare * len(sheet.map.steps_of(key)) / all_
        found[key] = x, wide
        x += wide
    return found


def _slots(sheet: Sheet, stages: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """x and width of each step."""
    found = {}
    for key, (x, wide) in stages.items():
        steps = sheet.map.steps_of(key)
        for place, step in enumerate(steps):
            found[step.key] = x + wide * place / len(steps), wide / len(steps)
    return found


def _stage(sheet: Sheet, key: str, x: float, wide: float) -> Part:
    name = sheet.of(sheet.stages[key].name)
    label = text(name, x + 8, MARGIN + 6, wide - 14, _NAME, sheet.palette.theme.ink, most=1, bold=True)
    return Part("stage", key, name, (Box(x + 1, MARGIN, wide - 2, _BAND, tint_of(sheet, key), radius=6), label))


def _felt(sheet: Sheet, series: Series, slots: Mapping[str, tuple[float, float]], y: float) -> list[Shape]:
    """The curve, with the numbers of its worst steps and its best."""
    theme, values = sheet.palette.theme, {key: series.values[key] for key in slots if key in series.values}
    low, high, _ = domain(list(values.values()))
    top, bottom = y + 44, y + _CURVE - 34

    def at(value: float) -> float:
        return bottom - (value - low) / (high - low) * (bottom - top)

    middle = {key: x + wide / 2 for key, (x, wide) in slots.items()}
    felt = any(one.unit == "feeling" for one in values.values())
    label = " · ".join([series.label, *([sheet.say("scale_felt")] if felt else [])])
    shapes: list[Shape] = [text(label, MARGIN, y + 2, WIDTH / 2, _TEXT, theme.soft, most=1)]
    for tick in {low, high, 0.0} if low < 0 < high else {low, high}:
        shapes.append(Line(((MARGIN, at(tick)), (MARGIN + WIDTH, at(tick))), theme.line, thick=0.8))
        unit = next(iter(values.values())).unit
        shapes.append(Label(MARGIN + WIDTH + 6, at(tick) + 4, (level(tick, unit, sheet.lang),), _SMALL, theme.faint))
    shapes += [Line(tuple((middle[key], at(values[key].value)) for key in run), theme.accent, thick=2.2)
               for run in runs(list(slots), values)]  # fmt: skip
    lows = [one.step for one in worst_of(sheet) if one.lane == series.key]
    named = {*lows, *_best(values)}
    for key, value in values.items():
        x, there = middle[key], at(value.value)
        color = theme.worse if value.worse else theme.accent
        parts: list[Shape] = [Dot(x, there, 4.6, theme.ground if value.few else color, color, 1.6)]
        if key in named:
            base = there + 20 if key in lows and there < bottom - 14 else there - 11
            words = number(value.value, value.unit, sheet.lang)
            parts.append(Label(x, base, (words,), _TEXT, color if value.worse else theme.ink, bold=True,
                               anchor="middle", halo=theme.ground))  # fmt: skip
        name = f"{sheet.of(sheet.steps[key].name)} · {series.label}"
        parts_title = sheet.say("with_n", text=f"{name}: {number(value.value, value.unit, sheet.lang)}", n=value.n)
        shapes.append(Part("point", f"{series.key}/{key}", parts_title, tuple(parts)))
    if all(wide >= _NUMBERED for _, wide in slots.values()):
        shapes += [Label(middle[key], y + _CURVE - 4, (f"{sheet.place[key] + 1}",), _SMALL, theme.faint,
                         anchor="middle") for key in slots]  # fmt: skip
    return [Part("curve", series.key, series.label, tuple(shapes))]


@dataclass(frozen=True)
class Low:
    """A step that is felt badly.

    Attributes:
        step: its key.
        lane, label: the key of the lane that tells it, and what that is called.
        value: how.
    """

    step: str
    lane: str
    label: str
    value: Value


def worst_of(sheet: Sheet) -> list[Low]:
    """The steps that got significantly worse on any curve, then those that are felt worst; each step once.

    Too few answers tell nothing, and the best of all is never among the worst.
    """
    curves = [lane for lane in sheet.map.lanes if lane.kind == "curve"]
    known = [
        Low(key, lane.key, sheet.of(lane.label), value)
        for lane in curves
        for key, value in sheet.filled.values.get(lane.key, {}).items()
        if key in sheet.steps and not value.few and value.unit == "feeling"
    ]
    main = [one for one in known if sheet.feelings is not None and one.lane == sheet.feelings.key]
    best = max(main, key=lambda one: one.value.value, default=None)
    lowest = sorted((one for one in main if one is not best), key=lambda one: one.value.value)
    fallen = sorted((one for one in known if one.value.worse), key=lambda one: one.value.value)
    first: dict[str, Low] = {}
    for one in (*fallen, *lowest):
        first.setdefault(one.step, one)
    return list(first.values())[:_WORST]


def _best(values: Mapping[str, Value]) -> list[str]:
    known = [key for key, one in values.items() if not one.few]
    return [max(known, key=lambda key: values[key].value)] if known else []


def _names(sheet: Sheet, scene: Scene, stages: Mapping[str, tuple[float, float]], y: float) -> float:
    """The steps of each stage below each other, with their numbers; how far down they reach."""
    theme, low = sheet.palette.theme, y
    for key, (x, wide) in stages.items():
        steps = sheet.map.steps_of(key)
        shown = steps if len(steps) <= _STEPS else steps[: _STEPS - 1]
        down = y
        for step in shown:
            star = " ★" if step.moment != "none" else ""
            words = f"{sheet.place[step.key] + 1}\u00a0{sheet.of(step.name)}{star}"
            label = text(words, x + 8, down, wide - 14, _TEXT, theme.ink, most=2)
            scene.add(Part("step", step.key, sheet.of(step.name), (label,)))
            down += label.height + 2
        if len(shown) < len(steps):
            label = text(sheet.say("more_steps", n=len(steps) - len(shown)), x + 8, down, wide - 14, _SMALL, theme.soft)
            scene.add(label)
            down += label.height
        low = max(low, down)
    return low


def _cards(sheet: Sheet, lows: Sequence[Low], y: float) -> list[Shape]:
    """A card for each of the worst steps: its number with interval and n, and what hurts there."""
    head = text(sheet.say("lowest"), MARGIN, y, WIDTH, _TEXT, sheet.palette.theme.soft, most=1)
    wide = min((WIDTH - 12 * (len(lows) - 1)) / len(lows), 420.0)
    return [head, *(_card(sheet, one, MARGIN + place * (wide + 12), y + 24, wide) for place, one in enumerate(lows))]


def _card(sheet: Sheet, low: Low, x: float, y: float, wide: float) -> Part:
    theme, palette, value = sheet.palette.theme, sheet.palette, low.value
    ground, edge = (palette.worse, theme.worse) if value.worse else (palette.chip, theme.faint)
    name = f"{sheet.place[low.step] + 1}\u00a0{sheet.of(sheet.steps[low.step].name)}"
    parts = (number(value.value, value.unit, sheet.lang), interval(value, sheet.lang), sheet.say("n", n=value.n))
    told = f"{low.label} {' · '.join(filter(None, parts))}"
    shapes: list[Shape] = [
        Box(x, y, wide, _CARD, ground, radius=6), Box(x, y, 3, _CARD, edge, radius=1.5),
        text(name, x + 14, y + 8, wide - 24, _NAME, theme.ink, most=1, bold=True),
        text(told, x + 14, y + 31, wide - 24, _SMALL, theme.soft, most=1),
    ]  # fmt: skip
    if pain := _pain(sheet, low.step):
        shapes.append(text(pain, x + 14, y + 51, wide - 24, _TEXT, theme.ink, most=2))
    return Part("cell", f"{low.lane}/{low.step}", f"{name}: {told}", tuple(shapes))


def _pain(sheet: Sheet, step: str) -> str:
    """What hurts at a step; what somebody supports goes before assumptions, which say so."""
    cards = sorted((one for one in sheet.map.cards if one.kind == "pain" and one.step == step), key=sheet.assumed)
    if not cards:
        return ""
    words = sheet.of(cards[0].text)
    return f"{words} · {sheet.say('assumption')}" if sheet.assumed(cards[0]) else words
