"""What a card says of whom the data alone tell: no persona is chosen, and nothing is made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lvtu.maps.document.cards import Card, CardKind
from lvtu.maps.drawing.flow.symbols import feelings
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import roughly
from lvtu.maps.drawing.scene import Box, Dot, Label, Line, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.volume import bar_of
from lvtu.maps.live.filled import Quote

_MOST = 3
"""Lines of a column."""

_TEXT, _SMALL = 12.5, 11.0

Column = tuple[list[Shape], float]
"""Its shapes, and how far down they reach; as far as it began where there is nothing to tell."""


def known(sheet: Sheet, x: float, y: float, room: float, most: float) -> tuple[list[Shape], float]:
    """A quote over columns: channels, where most are, pains, strengths; and how far down they reach.

    Args:
        sheet: what is drawn.
        x, y, room: its upper left corner, and how wide it may be.
        most: how wide a column becomes at most.
    """
    shapes: list[Shape] = []
    if (said := _telling(sheet)) is not None:
        shapes, y = quoted(sheet, said.text, [sheet.say("persona.verbatim"), *_source(sheet, said)], x, y, room)
    felt = feelings(sheet)
    there = [
        (sheet.say("persona.channels", n=sum(_visits(sheet).values())), _shares(_visits(sheet), sheet), ()),
        (sheet.say("persona.visited"), _steps(sheet), ()),
        (sheet.say("persona.pains"), (), _cards(sheet, "pain", {key: one.value for key, one in felt.items()})),
        (sheet.say("persona.strengths"), (), _cards(sheet, "gain", {key: -one.value for key, one in felt.items()})),
    ]
    columns = [one for one in there if one[1] or one[2]]
    wide, lowest = min(room / max(len(columns), 1), most), y
    for place, (head, shares, cards) in enumerate(columns):
        left, across = x + place * wide, wide - 24
        shapes.append(text(head, left, y, across, 11.5, sheet.palette.theme.faint, most=1, bold=True))
        down = y + 20
        for name, share in shares:
            found, down = _bar(sheet, name, share, left, down, across)
            shapes += found
        for card in cards:
            found, down = _point(sheet, card, left, down, across)
            shapes += found
        lowest = max(lowest, down)
    return shapes, lowest


def lasting(sheet: Sheet) -> str:
    """How long it takes to the last step that is known of more than a few; empty where that is not known."""
    timed = [key for key in sheet.steps if key in sheet.filled.since and not sheet.filled.since[key].few]
    if not timed or not (value := sheet.filled.since[timed[-1]]).value:
        return ""
    step = sheet.of(sheet.steps[timed[-1]].name)
    return sheet.say("persona.takes", step=step, time=roughly(value.value, sheet.lang), n=value.n)


def quoted(
    sheet: Sheet, words: str, source: Sequence[str], x: float, y: float, room: float
) -> tuple[list[Shape], float]:  # fmt: skip
    """Something that is said, beside a bar, with where it comes from; and how far down it reaches."""
    theme = sheet.palette.theme
    said = text(sheet.say("quoted", text=words), x + 14, y, room - 14, 15, theme.ink, most=3)
    small = text(" · ".join(filter(None, source)), x + 14, y + said.height + 2, room - 14, 11, theme.faint, most=1)
    bar = Line(((x + 2, y + 2), (x + 2, y + said.height + small.height)), theme.accent, thick=3)
    return [bar, said, small], y + said.height + small.height + 16


def _telling(sheet: Sheet) -> Quote | None:
    """The quote of the clearest feeling; of several the first on the way."""
    some = [one for key in sheet.steps for one in sheet.filled.quotes.get(key, ())[:1]]
    return max(some, key=lambda one: abs(one.feeling or 0.0), default=None)


def _source(sheet: Sheet, said: Quote) -> list[str]:
    step = next(key for key, some in sheet.filled.quotes.items() if said in some)
    return [sheet.of(sheet.steps[step].name), said.speaker, said.date]


def _visits(sheet: Sheet) -> Counter[str]:
    """By channel how many steps customers were at on it: each counts once at each step."""
    found: Counter[str] = Counter()
    for (_, channel), value in sheet.filled.channels.items():
        found[channel] += value.n
    return found


def _shares(visits: Counter[str], sheet: Sheet) -> list[tuple[str, float]]:
    """The channels of most visits with their share of all; of one alone there is nothing to tell."""
    all_ = sum(visits.values())
    return (
        []
        if len(visits) < 2
        else [(sheet.named(sheet.channels, key), n / all_) for key, n in visits.most_common(_MOST)]
    )


def _steps(sheet: Sheet) -> list[tuple[str, float]]:
    """The steps that most customers were at, with which share of all."""
    all_, reached = sheet.filled.customers, sheet.filled.volume
    if not all_:
        return []
    most = sorted((key for key in sheet.steps if key in reached), key=lambda key: -reached[key].value)[:_MOST]
    return [(sheet.of(sheet.steps[key].name), reached[key].value / all_) for key in most]


def _cards(sheet: Sheet, kind: CardKind, order: dict[str, float]) -> list[Card]:
    """One card of a kind of each step, in an order of the steps; what somebody supports goes before assumptions."""
    first: dict[str, Card] = {}
    for card in sorted((one for one in sheet.map.cards if one.kind == kind), key=sheet.assumed):
        first.setdefault(card.step, card)
    return sorted(first.values(), key=lambda one: (sheet.assumed(one), order.get(one.step, 0.0)))[:_MOST]


def _bar(sheet: Sheet, name: str, share: float, x: float, y: float, room: float) -> Column:
    theme, words = sheet.palette.theme, f"{100 * share:.0f}%"
    beside = width(words, _TEXT, bold=True)
    return [
        text(name, x, y, room - beside - 8, _TEXT, theme.ink, most=1),
        Label(x + room, y + _TEXT, (words,), _TEXT, theme.ink, bold=True, anchor="end"),
        Box(x, y + 20, room, 4, theme.track, radius=2),
        Box(x, y + 20, max(room * min(share, 1.0), 2), 4, bar_of(sheet), radius=2),
    ], y + 31  # fmt: skip


def _point(sheet: Sheet, card: Card, x: float, y: float, room: float) -> Column:
    theme, assumed = sheet.palette.theme, sheet.assumed(card)
    color = theme.worse if card.kind == "pain" else theme.better
    where = sheet.of(sheet.steps[card.step].name) if card.step in sheet.steps else ""
    small = " · ".join(filter(None, (where, sheet.say("assumption") if assumed else "")))
    line = text(sheet.of(card.text), x + 12, y, room - 12, _TEXT, theme.ink, most=2)
    below = text(small, x + 12, y + line.height, room - 12, _SMALL, theme.faint, most=1)
    mark = Dot(x + 3, y + 9, 3, theme.ground if assumed else color, color, 1.2)
    return [mark, line, below], y + line.height + below.height + 5
