"""What stands above a map: its title, in which situation it is told, how far it is, its numbers."""

from __future__ import annotations

from lvtu.maps.drawing.columns import MARGIN
from lvtu.maps.drawing.marks import clock
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import aim, interval, number, told
from lvtu.maps.drawing.scene import Label, Part, Scene, Shape, chip, text
from lvtu.maps.drawing.second import legend
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Value


def heading(sheet: Sheet, scene: Scene, room: float, kind: str = "") -> float:
    """Draw the heading, if there is to be one; returns how far down it reaches.

    Args:
        sheet: what is drawn.
        scene: where.
        room: how wide.
        kind: what kind of picture it is, where it is no map.
    """
    if not sheet.headed:
        return legend(sheet, scene, MARGIN, MARGIN / 2)
    theme = sheet.palette.theme
    title = text(sheet.title, MARGIN, MARGIN - 6, room, 19, theme.ink, most=2, bold=True)
    shapes: list[Shape] = [title]
    last = title.lines[-1] if title.lines else ""
    x = MARGIN + width(last, 19, bold=True) + 12
    marks = [kind] if kind else []
    marks += [sheet.say(f"state.{sheet.map.state}"), sheet.say(f"status.{sheet.map.status}")]
    if sheet.filled.simulated:
        marks.append(sheet.say("simulated"))
    if sheet.filled.unweighted:
        marks.append(sheet.say("unweighted"))
    if any(stage.guessed for stage in sheet.map.stages):
        marks.append(sheet.say("stages_guessed"))
    for mark in marks:
        color = theme.worse if mark == sheet.say("simulated") else theme.soft
        box, label = chip(mark, x, title.y + (len(title.lines) - 1) * 25 - 14, 200, sheet.palette.chip, color, 11)
        shapes += [box, label]
        x += box.width + 6
    y = MARGIN - 6 + title.height + 2
    for line in _told(sheet):
        label = text(line, MARGIN, y, room, 12, theme.soft, most=4)
        shapes.append(label)
        y += label.height
    y = legend(sheet, scene, MARGIN, y + 4) + 8
    numbers = [one for one in sheet.map.bindings if one.lane is None and one.key in sheet.filled.head]
    x = MARGIN
    for one in numbers:
        value = sheet.filled.head[one.key]
        name = text(sheet.of(one.title) or one.key, x, y, 200, 12, theme.soft, most=1)
        before = "" if value.before is None else sheet.say("before", value=number(value.before, value.unit, sheet.lang))
        parts = (interval(value, sheet.lang), sheet.say("n", n=value.n), before)
        small = " · ".join(part for part in parts if part)
        main, aimed = number(value.value, value.unit, sheet.lang), aim(value, sheet.lang)
        told_ = [
            name,
            Label(x, y + 40, (main,), 21, theme.ink, bold=True),
            Label(x, y + 55, (small,), 11, theme.faint),
            *_changed(sheet, value, x + width(main, 21, bold=True) + 8, y + 40),
            *([Label(x, y + 69, (aimed,), 11, theme.soft)] if aimed else []),
            *(clock(x - 10, y + 33, theme) if value.stale is not None else ()),
        ]
        read = f"{sheet.of(one.title) or one.key}: {told(value, sheet.lang)}"
        shapes.append(Part("head", one.key, read, tuple(told_)))
        x += max(width(name.lines[0] if name.lines else "", 12), width(small, 11), width(aimed, 11), 90) + 30
    scene.add(*shapes)
    aims = any(sheet.filled.head[one.key].target is not None for one in numbers)
    return y + (82 if aims else 68 if numbers else 0)


def _changed(sheet: Sheet, value: Value, x: float, y: float) -> list[Shape]:
    """By how much a number is worse or better than in the period before, if that is no chance."""
    if value.before is None or not (value.worse or value.better):
        return []
    theme, apart = sheet.palette.theme, value.value - value.before
    words = number(abs(apart), value.unit, sheet.lang).removeprefix("+")
    color = theme.worse if value.worse else theme.better
    return [Label(x, y, (f"{'▲' if apart > 0 else '▼'} {words}",), 13, color, bold=True)]


def _told(sheet: Sheet) -> list[str]:
    lines = []
    if sheet.map.scenarios:
        one = sheet.map.scenarios[0]
        parts = [sheet.of(part) for part in (one.who, one.where, one.when, one.trigger, one.goal) if part is not None]
        parts = [*(part.rstrip("。.") for part in parts[:-1]), *parts[-1:]]
        lines.append(sheet.say("scenario", text=sheet.say("parts").join(parts)))
    if bounds := sheet.bounds:
        lines.append(sheet.say("bounds", text=bounds))
    if sheet.map.goal is not None:
        lines.append(sheet.say("goal", text=sheet.of(sheet.map.goal)))
    if sheet.filled.customers is not None and sheet.filled.beside is None:
        who, n = sheet.filled.whose, sheet.filled.customers
        lines.append(sheet.say("about", n=n) if who is None else sheet.say("about_whom", who=sheet.of(who), n=n))
    if (left := sheet.filled.unplaced).n and left.quotes and sheet.filled.beside is None:
        lines.append(sheet.say("unplaced", n=left.n, text=sheet.say("quoted", text=left.quotes[0].text)))
    return lines
