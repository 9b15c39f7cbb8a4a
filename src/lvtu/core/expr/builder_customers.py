"""From what the grammar found to conditions on customers: one function per rule or alias of the grammar."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lvtu.core.expr.automata import automaton_of
from lvtu.core.expr.customers import Did, Events, InOrder, InSegment, OfCustomers, Path, Step
from lvtu.core.expr.nodes import Expr, Not
from lvtu.core.expr.patterns import Chain, Choice, Pattern, Repeat
from lvtu.core.expr.tokens import Token, number_of, text_of
from lvtu.core.units import duration
from lvtu.errors import BadExpression

_SIGNS: dict[str, tuple[int, int | None]] = {"STAR": (0, None), "PLUS": (1, None), "MAYBE": (0, 1)}


class _Said(NamedTuple):
    """A part of a condition that may be left out: the attribute that it sets."""

    name: str
    value: object


class _Count(NamedTuple):
    op: str
    times: int


def _whole(token: Token) -> int:
    number = number_of(token)
    if not number.is_integer():
        raise BadExpression("count_not_whole", number=token.text)
    return int(number)


def _duration(number: Token, unit: Token) -> int:
    if unit.text.lower().rstrip("s") in ("month", "year"):
        raise BadExpression("no_fixed_length", unit=unit.text)
    return duration(f"{number.text} {unit.text}")


def _did(*parts: object) -> Expr:
    negated = isinstance(parts[0], Token)
    what, *more = parts[negated:]
    assert isinstance(what, Events)
    said: dict[str, object] = {}
    for part in more:
        said |= part._asdict() if isinstance(part, _Count) else {part.name: part.value}  # type: ignore[attr-defined]
    did = Did(what, **said)  # type: ignore[arg-type]
    return Not(did) if negated else did


def _did_in_order(*parts: OfCustomers | Token) -> Expr:
    *negated, sequence = parts
    assert isinstance(sequence, InOrder)
    return Not(sequence) if negated else sequence


def _in_order(first: Events, *parts: Step | _Said) -> InOrder:
    steps = tuple(part for part in parts if isinstance(part, Step))
    window = [part.value for part in parts if isinstance(part, _Said)]
    return InOrder(first, steps, *window)  # type: ignore[arg-type]


def _step(what: Events, *clauses: _Said) -> Step:
    names = [clause.name for clause in clauses]
    for name in set(names):
        if names.count(name) > 1:
            raise BadExpression("said_twice", word=name)
    return Step(what, **dict(clauses))  # type: ignore[arg-type]


def _where(events: Events, condition: Expr) -> Events:
    return Events(events.names, events.negated, condition)


_DIGITS = 9
"""Digits of a repetition at most: far more than any path may have pieces, and few enough to be read."""


def _repeated(part: Pattern, sign: Token) -> Repeat:
    if sign.kind in _SIGNS:
        return Repeat(part, *_SIGNS[sign.kind])
    least, comma, most = sign.text[1:-1].replace("，", ",").partition(",")
    if not least.strip() and not most.strip():
        raise BadExpression("bad_repetition", repetition=sign.text)
    if max(len(least.strip()), len(most.strip())) > _DIGITS:
        raise BadExpression("path_too_large")
    low = int(least) if least.strip() else 0
    return Repeat(part, low, (int(most) if most.strip() else None) if comma else low)


def _path(pattern: Pattern, begins: bool = False, ends: bool = False) -> Path:
    path = Path(pattern, begins, ends)
    automaton_of(path)  # what is too large is said now, with its place
    return path


BUILD: dict[str, Callable[..., object]] = {
    "did": _did,
    "did_in_order": _did_in_order,
    "at_least": lambda number: _Count("at least", _whole(number)),
    "at_most": lambda number: _Count("at most", _whole(number)),
    "exactly": lambda number: _Count("exactly", _whole(number)),
    "duration": _duration,
    "window": lambda micros: _Said("window", micros),
    "recent": lambda micros: _Said("recent", micros),
    "older": lambda micros: _Said("older", micros),
    "since": lambda token: _Said("since", text_of(token)),
    "until": lambda token: _Said("until", text_of(token)),
    "sequence": _in_order,
    "step": _step,
    "within": lambda micros: _Said("within", micros),
    "without": lambda events: _Said("without", events),
    "segment": InSegment,
    "events": lambda *names: Events(names),
    "other_events": lambda *names: Events(names, negated=True),
    "any_event": lambda _: Events(negated=True),
    "events_where": _where,
    "chain": lambda *parts: Chain(parts),
    "choice": lambda *parts: Choice(parts),
    "repeated": _repeated,
    "path": _path,
    "path_from_begin": lambda pattern: _path(pattern, begins=True),
    "path_to_end": lambda pattern: _path(pattern, ends=True),
    "path_of_all": lambda pattern: _path(pattern, begins=True, ends=True),
}
"""What each rule of the grammar makes of its children."""
