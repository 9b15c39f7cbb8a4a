"""Overlays: one respect of all steps at a glance, as a tint behind each with its number, and a legend below.

Nothing moves when one is put on or taken off: numbers stand where otherwise those of the customers do, and the legend
has a line of its own that is always there. Hues are a blue from light to dark, and amber against blue for feelings,
which who sees no red or green tells apart; every number is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from lvtu.analyses.charts.theme import mixed
from lvtu.analyses.intervals import wilson
from lvtu.core.words import say
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import number, told
from lvtu.maps.drawing.scene import Box, Label, Part, Scene, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import AsPlanned, Value

Overlay = Literal["volume", "drop_off", "feeling", "effort", "time", "cost", "plan", "gap"]
"""How many customers; how many get no further; how they feel; how easy it is; how long since the step before; what it
costs; how the step went beside the plan; by how much customers rate it otherwise than the team does."""

OVERLAYS: tuple[Overlay, ...] = get_args(Overlay)
"""All of them."""

LEGEND = 24.0
"""How high the line of the legend is."""

_AMBER, _BLUE = ("#f0b35a", "#7fa4f2"), ("#8a5f1c", "#3f62b5")
_SWATCHES = 5
_SIZE = 10.5


@dataclass(frozen=True)
class Tint:
    """What an overlay says of a step.

    Attributes:
        color: behind it.
        words: its number, short.
        title: its number with interval and n, as it is read aloud.
    """

    color: str
    words: str
    title: str


def values_of(sheet: Sheet) -> Mapping[str, Value]:
    """What the overlay of a sheet shows, by step; nothing without one."""
    filled = sheet.filled
    if sheet.overlay == "volume":
        return filled.volume
    if sheet.overlay == "drop_off":
        return filled.drop_off
    if sheet.overlay in ("feeling", "effort"):
        return sheet.felt(sheet.overlay)[1]
    if sheet.overlay == "time":
        pairs = pairwise(sheet.steps)
        return {step: filled.between[before, step] for before, step in pairs if (before, step) in filled.between}
    if sheet.overlay == "cost":
        return dict(_costs(sheet))
    if sheet.overlay == "gap":
        return dict(_apart(sheet))
    return {key: share for key, kept in filled.plan.items() if (share := _completed(kept)) is not None}


def _apart(sheet: Sheet) -> Iterator[tuple[str, Value]]:
    """How customers feel at the steps that the team rated, minus how it rated them: 1 … 5 are −2 … +2."""
    felt = sheet.felt("feeling")[1]
    for step in sheet.map.steps:
        value = felt.get(step.key)
        if step.assessed is not None and value is not None and value.unit == "feeling":
            own = step.assessed.score - 3
            low, high = (None if end is None else end - own for end in (value.low, value.high))
            yield step.key, Value(value.value - own, "feeling", value.n, low, high)


def _currency(sheet: Sheet) -> str:
    """The currency that most steps have their cost in; empty where none has any."""
    some = [step.cost.currency for step in sheet.map.steps if step.cost is not None]
    return max(sorted(set(some)), key=some.count, default="")


def _costs(sheet: Sheet) -> Iterator[tuple[str, Value]]:
    """What one customer's passing costs, as somebody estimates, with how many pass; in one currency alone."""
    currency = _currency(sheet)
    for step in sheet.map.steps:
        if step.cost is not None and step.cost.currency == currency:
            passing = sheet.filled.volume.get(step.key)
            yield step.key, Value(float(step.cost.value), "mean", 0 if passing is None else passing.n)


def _completed(kept: AsPlanned) -> Value | None:
    judged = kept.completed + kept.missing + kept.failing
    ends = wilson(kept.completed, judged)
    return None if ends is None else Value(kept.completed / judged, "share", judged, *ends)


def tints(sheet: Sheet) -> Mapping[str, Tint]:
    """What the overlay says of each step that it knows something of."""
    if sheet.overlay is None:
        return {}
    values = values_of(sheet)
    return {
        key: Tint(color_of(sheet, value, values), *_said(sheet, key, value))
        for key, value in values.items()
        if key in sheet.steps
    }


def beside_plan(sheet: Sheet, kept: AsPlanned) -> str:
    """How a step went beside the plan in words, as they are read aloud."""
    counts = {"completed": kept.completed, "failing": kept.failing, "ad_hoc": kept.ad_hoc}
    if not kept.planned:
        return sheet.say("plan_extra", **counts)
    if kept.optional:
        return sheet.say("plan_optional", skipped=kept.skipped, **counts)
    return sheet.say("plan_told", missing=kept.missing, **counts)


def _said(sheet: Sheet, key: str, value: Value) -> tuple[str, str]:
    label = sheet.say(f"overlays.{sheet.overlay}")
    if sheet.overlay == "plan":
        kept = sheet.filled.plan[key]
        left_out = {"skipped": kept.skipped} if kept.optional else {"missing": kept.missing}
        short = sheet.say(
            "plan_short_optional" if kept.optional else "plan_short", completed=kept.completed, **left_out
        )
        return short, f"{label}: {beside_plan(sheet, kept)}"
    if sheet.overlay == "volume":
        return sheet.say("customers", n=value.n), f"{label}: {sheet.say('customers', n=value.n)}"
    if sheet.overlay == "cost":
        text = f"{number(value.value, value.unit, sheet.lang)} {_currency(sheet)}"
        short = sheet.say("with_n", text=text, n=value.n) if value.n else text
        return short, f"{label}: {short}"
    short = sheet.say("with_n", text=number(value.value, value.unit, sheet.lang), n=value.n)
    return short, f"{label}: {told(value, sheet.lang)}"


def color_of(sheet: Sheet, value: Value, among: Mapping[str, Value]) -> str:
    """The tint of a value: of feelings by the scale of feelings, of others by the largest there is."""
    if value.unit == "feeling":
        return _felt(sheet, value.value)
    most = max((one.value for one in among.values()), default=0.0)
    return _shade(sheet, value.value / most if most > 0 else 0.0)


def _shade(sheet: Sheet, share: float) -> str:
    low, high = sheet.palette.theme.tints
    return mixed(low, high, max(min(share, 1.0), 0.0))


def _felt(sheet: Sheet, value: float) -> str:
    share = max(min(value / 2, 1.0), -1.0)
    amber, blue = _BLUE if sheet.dark else _AMBER
    hue = blue if share >= 0 else amber
    return mixed(sheet.palette.chip, hue, 0.15 + 0.85 * abs(share) if share else 0.0)


def legend(sheet: Sheet, scene: Scene, x: float, y: float, room: float) -> None:
    """The legend of the overlay, in a line `LEGEND` high; nothing without an overlay."""
    if sheet.overlay is None:
        return
    theme, values = sheet.palette.theme, values_of(sheet)
    title = sheet.say(f"overlays.{sheet.overlay}")
    if sheet.overlay in ("feeling", "effort") and (label := sheet.felt(sheet.overlay)[0]):
        title = say("charts.aside", sheet.lang, text=title, more=label)
    if sheet.overlay == "cost" and values:
        title = say("charts.aside", sheet.lang, text=title, more=_currency(sheet))
    shapes: list[Shape] = [Label(x, y + 15, (title,), 11.5, theme.soft, bold=True)]
    at = x + width(title, 11.5, bold=True) + 14
    if not values:
        shapes.append(Label(at, y + 15, (sheet.say("overlay_unknown"),), 11, theme.faint))
        scene.add(Part("legend", sheet.overlay, title, tuple(shapes)))
        return
    unit = next(iter(values.values())).unit
    low, high = (-2.0, 2.0) if unit == "feeling" else (0.0, max(one.value for one in values.values()))
    first, last = (number(end, unit, sheet.lang) if end else "0" for end in (low, high))
    shapes.append(Label(at, y + 15, (first,), _SIZE, theme.faint))
    at += width(first, _SIZE) + 6
    for step in range(_SWATCHES):
        share = step / (_SWATCHES - 1)
        color = _felt(sheet, low + (high - low) * share) if unit == "feeling" else _shade(sheet, share)
        shapes.append(Box(at + 20 * step, y + 5, 20, 12, color))
    at += 20 * _SWATCHES + 6
    shapes.append(Label(at, y + 15, (last,), _SIZE, theme.faint))
    at += width(last, _SIZE) + 16
    counts = [one.n for one in values.values()]
    means = sheet.say(f"overlay_means.{sheet.overlay}")
    about = " · ".join((*([sheet.say("n_to", low=min(counts), high=max(counts))] if any(counts) else []), means))
    aside = text(about, at, y + 4, max(x + room - at, 120), _SIZE, theme.faint, most=1)
    scene.add(Part("legend", sheet.overlay, title, (*shapes, aside)))
