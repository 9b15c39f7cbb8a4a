"""The role layout: who takes which step, how each of them feels, and how each is to be treated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from lvtu.maps.document import Actor
from lvtu.maps.drawing.columns import LANE
from lvtu.maps.drawing.curve import Series
from lvtu.maps.drawing.grid import Grid
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.scene import Box, Label, Line, Part, Point, Shape, text
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.ways import arrow
from lvtu.maps.live.filled import Value

_SWIM, _BAR, _PAD = 52.0, 36.0, 8.0
_ASIDE, _TRACK, _TRACKS, _PORT = 8.0, 4.0, 7.0, 9.0
"""How far bars are from the edges of their columns, hand-overs from each other, all of them, and where they touch."""

_AWAY, _SMALL = 15.0, 11.5
"""How much higher a row is in which it is told who is beyond the page, and how large."""

_STRATEGY = 760.0
"""How wide a strategy is set: longer lines are hard to read."""


Taken = tuple[str, str]
"""A step that somebody takes: the key of the actor, and its own."""


@dataclass(frozen=True)
class Role:
    """Who takes steps.

    Attributes:
        key: the actor's; empty for whoever is not named.
        name: what they are called.
        strategy: how they are to be treated; empty where nobody says.
        steps: the keys of those they take, in order.
        series: how they feel; None where they are nobody in particular, or nobody was asked.
    """

    key: str
    name: str
    strategy: str
    steps: tuple[str, ...]
    series: Series | None


def roles_of(sheet: Sheet) -> list[Role]:
    """The map's actors, of some of its steps those who take any; those who take the steps that name nobody come last.

    Without actors there is the customer.
    """
    if not sheet.map.actors:
        label, values = sheet.felt("feeling")
        series = Series(
            sheet.feelings.key if sheet.feelings else "", label or sheet.say("feelings"), values, sheet.map.curve
        )
        known = bool(values or sheet.map.curve or sheet.feelings)
        return [Role("", sheet.say("customer"), "", tuple(sheet.steps), series if known else None)]
    roles = [_role(sheet, actor) for actor in sheet.map.actors]
    rest = tuple(step.key for step in sheet.map.steps if not step.actors)
    roles = [*roles, Role("", sheet.say("nobody_named"), "", rest, None)] if rest else roles
    return [role for role in roles if role.steps] if sheet.beyond else roles


def _role(sheet: Sheet, actor: Actor) -> Role:
    steps = tuple(step.key for step in sheet.map.steps if actor.key in step.actors)
    felt: Mapping[str, Value] = sheet.filled.roles.get(actor.key, {})
    values = {key: felt[key] for key in steps if key in felt}
    there = [one for one in sheet.map.curve if one.step in steps]
    own = [one for one in there if actor.persona and one.persona == actor.persona]
    own = own or [one for one in there if one.persona is None]
    series = Series(actor.key, sheet.felt("feeling")[0] or sheet.say("feelings"), values, own)
    return Role(actor.key, sheet.of(actor.name), sheet.of(actor.strategy), steps, series)


def role_rows(grid: Grid) -> None:
    """A block for each role: its name and strategy, the steps it takes, how it feels; and where steps change hands."""
    sheet = grid.sheet
    bars: dict[tuple[str, str], tuple[Point, Point]] = {}
    roles = [role for role in roles_of(sheet) if sheet.shows(_row(role))]
    away = _away(sheet, roles)
    rows: list[Shape] = []
    for role in roles:
        grid.begin(_row(role))
        rows += _head(grid, role)
        told = [_told_away(grid, ends, ways) for ends, ways in away.items() if ends[0] == role.key]
        high = _SWIM + (_AWAY if told else 0)
        grid.row(high)
        rows += [label for some in told for label in some]
        grid.name(sheet.say("takes"))
        for run in _runs(grid.slots(), role.steps):
            rows.append(_bar(grid, role, run))
            for key in run:
                x, wide = grid.slots()[key]
                middle = grid.y + _SWIM / 2
                bars[role.key, key] = ((x + _ASIDE, middle), (x + wide - _ASIDE, middle))
        grid.y += high
        if role.series is not None:
            grid.series(role.series, kind="feeling")
    grid.scene.add(*_hand_overs(sheet, roles, bars), *rows)


def _row(role: Role) -> str:
    return f"actor/{role.key}"


def _handed(sheet: Sheet) -> Iterator[tuple[Taken, Taken]]:
    """Where the next step of the map is another's: who gives it, and who takes it over."""
    for one, other in pairwise((sheet.whole or sheet.map).steps):
        for giver in (actor for actor in one.actors if actor not in other.actors):
            for taker in (actor for actor in other.actors if actor not in one.actors):
                yield (giver, one.key), (taker, other.key)


def _away(sheet: Sheet, roles: Sequence[Role]) -> dict[Taken, tuple[list[str], list[str]]]:
    """Of steps on this page whom they are taken over from, and whom they go to, where that is not on it."""
    names = {actor.key: sheet.of(actor.name) for actor in sheet.map.actors}
    there = {(role.key, step) for role in roles for step in role.steps}
    found: dict[Taken, tuple[list[str], list[str]]] = {}
    for ends in _handed(sheet):
        for end, (here, far) in enumerate((ends[::-1], ends)):
            if here in there and far not in there:
                step = "" if far[1] in sheet.steps else f" · {sheet.step_named(far[1])}"
                found.setdefault(here, ([], []))[end].append(f"{names[far[0]]}{step}")
    return found


def _told_away(grid: Grid, taken: Taken, ways: tuple[list[str], list[str]]) -> list[Label]:
    """Below a bar that is about to be drawn: whom its step comes from on the left, whom it goes to on the right."""
    sheet, (x, wide) = grid.sheet, grid.slots()[taken[1]]
    color, room = sheet.palette.theme.soft, (wide - 2 * _ASIDE - 6) / (2 if all(ways) else 1)
    comes, goes = (sheet.say("and_so_on").join(some) for some in ways)
    top = grid.y + (_SWIM + _BAR) / 2 + 2
    left = text(f"← {comes}", x + _ASIDE, top, room, _SMALL, color, most=1)
    right = text(f"{goes} →", x + wide - _ASIDE, top, room, _SMALL, color, most=1, anchor="end")
    return [label for label, words in ((left, comes), (right, goes)) if words]


def _head(grid: Grid, role: Role) -> list[Shape]:
    """The name of a role; returns its strategy, which stands beside it."""
    sheet, theme = grid.sheet, grid.sheet.palette.theme
    x, room = grid.left + LANE + _PAD, min(max(grid.right - grid.left - LANE - 2 * _PAD, 240.0), _STRATEGY)
    hint = "add_roles" if not sheet.map.actors else "no_strategy" if role.key else "nobody_named_why"
    words = sheet.say("strategy", text=role.strategy) if role.strategy else sheet.say(hint)
    said = text(words, x + 10, grid.y + 9, room - 20, 12, theme.ink if role.strategy else theme.faint, most=4)
    name = text(role.name, grid.left + _PAD, grid.y + 9, LANE - 2 * _PAD, 13.5, theme.ink, most=2, bold=True)
    height = max(said.height, name.height) + 20
    grid.row(height, head=True)
    grid.scene.add(Part("actor", role.key, role.name, (name,)))
    if role.strategy:
        ground = Box(x, grid.y + 6, min(width(words, 12) + 28, room), said.height + 8, theme.tints[0], radius=6)
        edge = Box(x, grid.y + 6, 3, said.height + 8, theme.accent, radius=1.5)
        beside: Shape = Part("strategy", role.key, words, (ground, edge, said))
    else:
        beside = said
    grid.plain.append((grid.y, grid.y + height))
    grid.y += height
    return [beside]


def _runs(columns: Sequence[str] | Mapping[str, object], steps: Sequence[str]) -> Iterator[list[str]]:
    """The steps of a role that stand beside each other."""
    run: list[str] = []
    for key in columns:
        if key in steps:
            run.append(key)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _bar(grid: Grid, role: Role, run: Sequence[str]) -> Part:
    """Steps beside each other that one role takes: a bar with their names."""
    sheet, theme, slots = grid.sheet, grid.sheet.palette.theme, grid.slots()
    first, last = slots[run[0]], slots[run[-1]]
    top = grid.y + (_SWIM - _BAR) / 2
    ground = Box(
        first[0] + _ASIDE, top, last[0] + last[1] - first[0] - 2 * _ASIDE, _BAR, theme.tints[0] if role.key else None,
        theme.accent if role.key or not sheet.map.actors else theme.faint, _BAR / 2,
        dashed=bool(sheet.map.actors) and not role.key,
    )  # fmt: skip
    parts: list[Shape] = [ground]
    for key in run:
        x, wide = slots[key]
        name = sheet.of(sheet.steps[key].name)
        label = text(name, x + wide / 2, top, wide - 22, 11, theme.ink, most=2, anchor="middle")
        label = replace(label, y=label.y + (_BAR - label.height) / 2)
        parts.append(Part("step", key, f"{role.name} · {name}", (label,)))
        if key != run[-1]:
            parts.append(Line(((x + wide, top + 5), (x + wide, top + _BAR - 5)), theme.accent, thick=0.7))
    return Part("takes", role.key, role.name, tuple(parts))


def _hand_overs(
    sheet: Sheet, roles: Sequence[Role], bars: Mapping[tuple[str, str], tuple[Point, Point]]
) -> Iterator[Shape]:
    """Where the next step is another's: from the end of the one's bar to the beginning of the other's.

    Of several between the same two steps each leaves, turns and arrives at a place of its own.
    """
    theme = sheet.palette.theme
    named = {role.key: role for role in roles if role.key}
    for (one, other), some in groupby(_handed(sheet), key=lambda ends: (ends[0][1], ends[1][1])):
        pairs = [(giver, taker) for (giver, _), (taker, _) in some if {(giver, one), (taker, other)} <= bars.keys()]
        givers, takers = ([*dict.fromkeys(side)] for side in zip(*pairs, strict=True)) if pairs else ([], [])
        apart = min(_TRACK, _TRACKS / max(len(pairs) - 1, 1))
        for track, (giver, taker) in enumerate(pairs):
            (x, y), (end, down) = bars[giver, one][1], bars[taker, other][0]
            y, down = y + _aside(takers, taker), down + _aside(givers, giver)
            turn = x + _TRACK / 2 + apart * track
            points = ((x, y), (turn, y), (turn, down), (end, down))
            shapes = (Line(points, theme.soft, thick=1.4), arrow(points, theme.soft, 6))
            words = sheet.say("hands_over", giver=named[giver].name, taker=named[taker].name)
            yield Part("hand_over", f"{one} {other}", words, shapes)


def _aside(some: Sequence[str], one: str) -> float:
    """How far from the middle of a bar that of several lines stands which leads to, or comes from, one of some."""
    return (some.index(one) - (len(some) - 1) / 2) * min(_PORT, _BAR / (len(some) + 1))
