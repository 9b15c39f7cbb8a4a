"""Maps as a persona's own: who it is, in a card, and below it the journey as that one lives it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lvtu.analyses.charts.theme import mixed
from lvtu.core.model.text import Text
from lvtu.maps.document import JourneyMap, Lane
from lvtu.maps.drawing.columns import MARGIN
from lvtu.maps.drawing.everybody import known, lasting, quoted
from lvtu.maps.drawing.flow.symbols import feelings
from lvtu.maps.drawing.grids import told
from lvtu.maps.drawing.numbers import number
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Part, Scene, Shape, chip, moved, text
from lvtu.maps.drawing.sheet import Sheet

_WIDEST, _ALONE = 2700.0, 1180.0
_PAD = 24.0
_FACE = 36.0
"""The radius of what stands in the place of a picture."""

_WHO = 330.0
_TEXT = 12.5
_COLUMN = 420.0
"""How wide a column of the card becomes at most: longer lines are hard to read."""
_LEAST = 3
"""Steps with a value from which on the worst and the best of them are told."""

_LANES = ("feelings", "thoughts", "pains", "gains", "needs")


def lived(sheet: Sheet, type: str) -> Scene:
    """A persona's card above its journey: one curve, what it says, its pains and gains.

    Args:
        sheet: the map, its answers from the persona's perspective, the language.
        type: how the steps are arranged.
    """
    scene = journey(sheet, type)
    below, scene.shapes, scene.heads = scene.shapes, [], None  # below a card they are too far down to stay in sight
    room = min(max(scene.width - 2 * MARGIN, 760.0), _WIDEST)
    title = text(sheet.title, MARGIN, MARGIN - 6, room, 15, sheet.palette.theme.soft, most=1, bold=True)
    top = MARGIN - 6 + title.height + 8 if sheet.headed else MARGIN
    shapes, height = card(sheet, MARGIN, top, room)
    scene.add(*([title] if sheet.headed else []), *shapes)
    down = top + height + (0 if sheet.filled.beside is None else 6)
    scene.add(*(moved(one, 0, down) for one in below))
    scene.width, scene.height = max(scene.width, room + 2 * MARGIN), scene.height + down
    return scene


def journey(sheet: Sheet, type: str) -> Scene:
    """What stands below a persona's card: one curve, what it says, its pains and gains, without a heading."""
    quotes = {step: some[:1] for step, some in sheet.filled.quotes.items()}
    return told(replace(sheet, map=_brief(sheet), headed=False, filled=replace(sheet.filled, quotes=quotes)), type)


def alone(sheet: Sheet) -> Scene:
    """A persona's card without its journey, as wide as a slide."""
    shapes, height = card(sheet, MARGIN, MARGIN, _ALONE)
    size = _ALONE + 2 * MARGIN, height + 2 * MARGIN
    return Scene(*size, sheet.palette.theme.ground, sheet.title, sheet.described(), list(shapes))


def _brief(sheet: Sheet) -> JourneyMap:
    """The map with the lanes that tell of somebody: of several curves the one that is known at most steps."""
    curves = [lane for lane in sheet.map.lanes if lane.role == "feelings"]
    known = sheet.filled.values
    best: Sequence[Lane] = sorted(curves, key=lambda lane: -len(known.get(lane.key, {})))[:1]
    kept = tuple(
        lane for lane in sheet.map.lanes
        if lane in best or (lane.role in _LANES and lane.role != "feelings")
    )  # fmt: skip
    return sheet.map.model_copy(update={"lanes": kept})


def card(sheet: Sheet, x: float, y: float, room: float) -> tuple[list[Shape], float]:
    """The card of a persona, or of everybody where a map is about none; and how high it is."""
    shapes, left = _who(sheet, x + _PAD, y + _PAD)
    columns, right = _told(sheet, x + _PAD + _WHO, y + _PAD, room - _WHO - 2 * _PAD)
    ends, right = _ends(sheet, x + _PAD + _WHO, right + 10, room - _WHO - 2 * _PAD)
    height = max(left, right) + _PAD - y
    theme, palette = sheet.palette.theme, sheet.palette
    edge = x + _PAD + _WHO - 20
    ground = (
        Box(x, y, room, height, palette.head, theme.line, 12),
        Line(((edge, y + _PAD), (edge, y + height - _PAD)), theme.line),
    )
    name = _name(sheet)
    key = "" if sheet.persona is None else sheet.persona.key
    return [Part("persona", key, name, (*ground, *shapes, *columns, *ends))], height


def _who(sheet: Sheet, x: float, y: float) -> tuple[list[Shape], float]:
    """Who it is, and for how many it stands."""
    theme, persona = sheet.palette.theme, sheet.persona
    name = _name(sheet)
    color = theme.accent
    if persona is not None:
        color = theme.groups[sum(persona.key.encode()) % len(theme.groups)]
        color = color if sheet.dark else mixed(color, "#000000", 0.16)  # white letters are read on all of them then
    letters = _letters(sheet)
    size = 26.0 if len(letters) == 1 else 22.0
    shapes: list[Shape] = [
        Dot(x + _FACE, y + _FACE, _FACE, color),
        Label(x + _FACE, y + _FACE + size * 0.36, (letters,), size, theme.ground, bold=True, anchor="middle"),
    ]
    aside, across = x + 2 * _FACE + 18, _WHO - 2 * _FACE - 48
    called = text(name, aside, y + 4, across, 20, theme.ink, most=2, bold=True)
    shapes.append(called)
    down = y + 4 + called.height
    if persona is not None and persona.role is not None:
        role = text(sheet.of(persona.role), aside, down, across, _TEXT, theme.soft, most=2)
        shapes.append(role)
        down += role.height
    aside, across, down = x, _WHO - 40, max(down, y + 2 * _FACE) + 14
    large = 20
    for words, big in _counted(sheet):
        label = text(words, aside, down, across, large if big else 11.5, theme.ink if big else theme.faint, most=3,
                     bold=big)  # fmt: skip
        shapes.append(label)
        down += label.height + 2
    if sheet.filled.simulated:
        box, label = chip(sheet.say("simulated"), aside, down + 6, 200, sheet.palette.chip, theme.worse, 11)
        shapes += [box, label]
        down += box.height + 6
    return shapes, max(down, y + 2 * _FACE)


def _letters(sheet: Sheet) -> str:
    from lvtu.maps.personas.persona import initials

    return initials(_name(sheet))


def _name(sheet: Sheet) -> str:
    """Whom the card is about."""
    if sheet.persona is not None:
        return sheet.of(sheet.persona.name)
    return sheet.of(sheet.filled.whose) or sheet.say("everybody")


def _counted(sheet: Sheet) -> list[tuple[str, bool]]:
    """Lines about how many it stands for, the large one first."""
    here = sheet.filled.customers
    if sheet.persona is None:
        lines = [] if here is None else [(sheet.say("customers", n=here), True)]
        more = [lasting(sheet), sheet.say("persona.none")]
        return [*lines, *((words, False) for words in more if words)]
    if sheet.stands is None:
        return [("—", True), (sheet.say("persona.unbound"), False)]
    n, of = sheet.stands
    lines = [(sheet.say("customers", n=n), True)]
    if of:
        lines.append((sheet.say("persona.share", share=f"{100 * n / of:.1f}%", of=of), False))
    if here is not None and sheet.filled.persona == sheet.persona.key:
        lines.append((sheet.say("persona.here", n=here), False))
    return lines


def _told(sheet: Sheet, x: float, y: float, room: float) -> tuple[list[Shape], float]:
    """What people say of it: its story and its quote over columns of traits, goals, needs and behaviours."""
    theme, persona = sheet.palette.theme, sheet.persona
    if persona is None:
        return known(sheet, x, y, room, _COLUMN)
    shapes: list[Shape] = []
    if persona.quote is not None:
        date = persona.quote.date.isoformat() if persona.quote.date else ""
        kind = sheet.say("persona.verbatim" if persona.quote.event is not None else "persona.made_up")
        shapes, y = quoted(sheet, persona.quote.text, [kind, persona.quote.speaker or "", date], x, y, room)
    if persona.background is not None:
        story = text(sheet.of(persona.background), x, y, room, _TEXT, theme.soft, most=4)
        shapes.append(story)
        y += story.height + 12
    given = [(name, getattr(persona, name)) for name in ("traits", "goals", "needs", "behaviours")]
    filled = [(name, some) for name, some in given if some]
    if not filled:
        return shapes, y
    wide = min(room / max(len(filled), 2), _COLUMN)
    lowest = y
    for place, (name, some) in enumerate(filled):
        column, down = _column(sheet, sheet.say(f"persona.{name}"), some, x + place * wide, y, wide - 20)
        shapes += column
        lowest = max(lowest, down)
    return shapes, lowest


def _ends(sheet: Sheet, x: float, y: float, room: float) -> tuple[list[Shape], float]:
    """Where it feels worst and best: at worst, and at best, of all that the answers allow for."""
    known = {key: one for key, one in feelings(sheet).items() if not one.few}
    if len(known) < _LEAST:
        return [], y - 10
    theme, palette = sheet.palette.theme, sheet.palette
    worst = min(known, key=lambda key: _end(known[key].high, known[key].value))
    best = max(known, key=lambda key: _end(known[key].low, known[key].value))
    order = worst, best
    shapes: list[Shape] = []
    wide = min((room - 12) / 2, 380.0)
    sore = known[order[0]].value < 0
    low = (palette.worse, theme.worse) if sore else (palette.chip, theme.faint)
    for place, (key, name, ground, edge) in enumerate(
        ((order[0], "persona.worst", *low), (order[-1], "persona.best", palette.better, theme.better))
    ):
        left, value = x + place * (wide + 12), known[key]
        words = sheet.say(name, step=sheet.of(sheet.map.step(key).name))
        small = sheet.say("with_n", text=number(value.value, value.unit, sheet.lang), n=value.n)
        shapes += [
            Box(left, y, wide, 42, ground, radius=6), Box(left, y, 3, 42, edge, radius=1.5),
            text(words, left + 12, y + 4, wide - 20, _TEXT, theme.ink, most=1, bold=True),
            Label(left + 12, y + 34, (small,), 11, theme.soft),
        ]  # fmt: skip
    return shapes, y + 42


def _end(end: float | None, value: float) -> float:
    return value if end is None else end


def _column(
    sheet: Sheet, head: str, some: Sequence[Text], x: float, y: float, room: float
) -> tuple[list[Shape], float]:  # fmt: skip
    theme = sheet.palette.theme
    shapes: list[Shape] = [Label(x, y + 11, (head,), 11.5, theme.faint, bold=True)]
    down = y + 20
    for one in some:
        line = text(sheet.of(one), x + 12, down, room - 12, _TEXT, theme.ink, most=3)
        shapes += [Dot(x + 3, down + 8, 2, theme.accent), line]
        down += line.height + 3
    return shapes, down
