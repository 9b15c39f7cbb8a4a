"""Links between cards as arrows: what triggers, what informs, what hands over and within what time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lvtu.core.units import duration, spell
from lvtu.core.words import spoken
from lvtu.maps.blueprint.reading import Reading
from lvtu.maps.blueprint.rules import missed, named
from lvtu.maps.blueprint.tables import told
from lvtu.maps.document import Card, Link
from lvtu.maps.drawing.blueprint.limits import limit, limitless
from lvtu.maps.drawing.blueprint.routes import Place, Router, Segment, Way
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import interval, number
from lvtu.maps.drawing.scene import Box, Label, Line, Part, Point, Shape
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Value

_SIZE = 10.0
_HEAD = 7.0
_LEADING = 1.3
_AWAY = (10.0, 22.0, 34.0, 46.0, 58.0)
"""How far words stand from a way that has no room for them."""

_EDGE = 4.0
"""How far words may reach into a card: its own begin further in."""


def arrows(sheet: Sheet, router: Router, lines: Sequence[Segment], edges: tuple[float, float]) -> list[Part]:
    """Every link whose two cards are drawn, short ones first: they take the straightest ways.

    One that breaks says so: whoever takes over is late or never comes more often than one time in ten (`missed`), or
    nobody said within what time.

    Args:
        sheet: what is drawn.
        router: finds the ways.
        lines: those of the blueprint, which words are kept off.
        edges: between which words stand.
    """
    there = [link for link in sheet.map.links if link.source != link.target and
             {link.source, link.target} <= router.places.keys()]  # fmt: skip
    there.sort(key=lambda link: (_apart(router.places[link.source], router.places[link.target]), link.key))
    cards = {card.key: card for card in sheet.map.cards}
    ways = {link.key: router.way(link.source, link.target) for link in there}
    taken = [place.shrunk(_EDGE) for place in router.places.values()]
    parts, labels = [], []
    for link in there:
        said, breaks = _said(sheet, link, cards), missed(sheet.filled.kept.get(link.key))
        parts.append(Part("link", link.key, said, tuple(arrow(sheet, link.kind, ways[link.key], breaks=breaks))))
        if words := limit(sheet, link):
            others = [segment for key, way in ways.items() if key != link.key for segment in pairwise(way)]
            others += lines
            place = _placed(words, ways[link.key], taken, others, edges)
            taken.append(place)
            labels.append(Part("link", link.key, said, _label(sheet, words, place, breaks=breaks)))
    return parts + labels


def meetings(sheet: Sheet, reading: Reading, router: Router) -> list[Line]:
    """Where customer and company meet at a step: a thin line, where no link and nothing else lies between them."""
    joined = {frozenset((link.source, link.target)) for link in sheet.map.links}
    lines = []
    for step in sheet.map.steps:
        actions = [card.key for card in reading.at("customer", step.key)] or [f"step/{step.key}"]
        answers = [card.key for card in reading.at("onstage", step.key)]
        there = [[key for key in some if key in router.places] for some in (actions, answers)]
        if not all(there) or frozenset(ends := (there[0][-1], there[1][0])) in joined:
            continue
        if (way := router.meeting(*ends)) is not None:
            lines.append(Line(way, sheet.palette.theme.faint, thick=0.8))
    return lines


def arrow(sheet: Sheet, kind: str, way: Way, *, breaks: bool = False) -> list[Shape]:
    """A way with a head; the kind of a link is told by its line, and that it breaks by its colour and its words."""
    theme = sheet.palette.theme
    color, thick = (theme.accent, 2.0) if kind == "hands_over" else (theme.soft, 1.2)
    color = theme.worse if breaks else color
    (x, y), (before_x, before_y) = way[-1], way[-2]
    length = math.hypot(x - before_x, y - before_y) or 1.0
    along = (x - before_x) / length, (y - before_y) / length
    end = x - along[0] * (_HEAD - 1), y - along[1] * (_HEAD - 1)
    aside = -along[1] * _HEAD * 0.5, along[0] * _HEAD * 0.5
    base = x - along[0] * _HEAD, y - along[1] * _HEAD
    head = (way[-1], (base[0] + aside[0], base[1] + aside[1]), (base[0] - aside[0], base[1] - aside[1]))
    return [Line((*way[:-1], end), color, thick=thick, dashed=kind == "informs"), Line(head, fill=color)]


def _said(sheet: Sheet, link: Link, cards: dict[str, Card]) -> str:
    ends = [told(named(cards[key], sheet.map), sheet.lang) for key in (link.source, link.target)]
    words = sheet.say("link_told", source=ends[0], kind=sheet.say(f"links.{link.kind}"), target=ends[1])
    more = [] if link.sla is None else [sheet.say("within", time=spoken(spell(duration(link.sla)), sheet.lang))]
    if limitless(sheet, link):
        more.append(sheet.say("no_limit_told"))
    if (kept := sheet.filled.kept.get(link.key)) is not None:
        value = Value(kept.share, "share", kept.mature, kept.low, kept.high)
        share = " ".join(
            part for part in (number(value.value, "share", sheet.lang), interval(value, sheet.lang)) if part
        )
        more.append(sheet.say("kept", share=share, n=kept.mature))
        if missed(kept):
            more.append(sheet.say("late_never", late=f"{kept.late:,}", broken=f"{kept.broken:,}"))
    return " · ".join((words, *more))


def _label(sheet: Sheet, words: Sequence[str], place: Place, *, breaks: bool) -> tuple[Shape, ...]:
    theme = sheet.palette.theme
    color = theme.worse if breaks else theme.soft
    ground = Box(place.x, place.y, place.width, place.height, theme.ground, theme.worse if breaks else None, radius=4)
    return ground, Label(place.x + place.width / 2, place.y + _SIZE + 1.5, tuple(words), _SIZE, color, bold=breaks,
                         anchor="middle", leading=_LEADING)  # fmt: skip


def _placed(
    words: Sequence[str], way: Way, taken: list[Place], others: list[Segment], edges: tuple[float, float]
) -> Place:  # fmt: skip
    """Where words stand on a way: where they cover no card, no other words and no other line, if there is a place."""
    wide = max(width(line, _SIZE, bold=len(words) > 1) for line in words) + 8
    high = _SIZE * (1 + _LEADING * (len(words) - 1)) + 6
    places = list(_along(way, wide, high))
    free = [one for one in places if not any(_over(one, other) for other in taken)]
    inside = [one for one in free if edges[0] <= one.x and one.right <= edges[1]] or free
    clear = (one for one in inside if not any(one.crossed(*segment, room=1) for segment in others))
    return next(clear, next(iter(inside), places[0]))


def _along(way: Way, wide: float, high: float) -> Iterator[Place]:
    """On its longest stretches first, beside one that they would cover; then ever farther above and below it."""
    stretches = sorted(pairwise(way), key=lambda ends: -math.dist(*ends))
    for start, end in stretches:
        lying = start[1] == end[1]
        short = math.dist(start, end) < (wide if lying else high) + 2 * _HEAD
        up = -(high / 2 + 2) if lying and short else 0.0
        for aside in (0.0,) if lying else (0.0, -wide / 2 - 3, wide / 2 + 3):
            for share in (0.5, 0.35, 0.65, 0.2, 0.8):
                x, y = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
                yield Place(x + aside - wide / 2, y + up - high / 2, wide, high)
    for away in _AWAY:
        for start, end in stretches:
            x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
            yield Place(x - wide / 2, y - away - high, wide, high)
            yield Place(x - wide / 2, y + away, wide, high)


def _over(one: Place, other: Place) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _apart(one: Place, other: Place) -> float:
    def middle(place: Place) -> Point:
        return place.x + place.width / 2, place.y + place.height / 2

    return math.dist(middle(one), middle(other))
