"""A condition on one event, in plain Python: for single events and for saying why.

Deliberately written apart from :mod:`lvtu.core.expr.columns`, so that each checks the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from lvtu.core.expr.customers import OfCustomers
from lvtu.core.expr.nodes import Among, And, Between, Compare, Expr, Literal, Match, Missing, Not, Or
from lvtu.core.expr.values import FIELDS, TIME_FIELDS, as_number, as_text, stored
from lvtu.core.units import instant
from lvtu.errors import BadExpression


def evaluate_row(expr: Expr, row: Mapping[str, Any]) -> bool | None:
    """Whether the condition holds for one event; None when that is unknown.

    Args:
        expr: the condition.
        row: a record: fields by name, properties in ``properties`` (a dict or the text of one) or beside
            the fields; a dotted name also finds its way through nested dicts.

    Raises:
        BadExpression: the condition asks about the customer, whom one event does not tell.

    Example:
        >>> from lvtu.core.expr import parse
        >>> event = {"channel": "web", "properties": {"cart": {"total": "12.5"}, "year": 2018}}
        >>> evaluate_row(parse("cart.total > 12 and year = '2018'"), event)
        True
        >>> evaluate_row(parse("value > 12"), event) is None
        True
    """
    match expr:
        case Not(part):
            return _invert(evaluate_row(part, row))
        case And(parts):
            return _all(evaluate_row(part, row) for part in parts)
        case Or(parts):
            return _invert(_all(_invert(evaluate_row(part, row)) for part in parts))
        case Missing(name, negated):
            return (as_text(find(row, name)) is None) != negated
        case Compare(name, op, value):
            return _compare(_operand(row, name, value), op, value, name)
        case Among(name, values, negated):
            equal = [_compare(_operand(row, name, value), "=", value, name) for value in values]
            return _flip(None if None in equal else any(equal), negated)
        case Between(name, low, high, negated):
            operand = _operand(row, name, low)
            ends = _compare(operand, ">=", low, name), _compare(operand, "<=", high, name)
            return _flip(_all(ends), negated)
        case Match(name, manner, text, negated):
            found = as_text(find(row, name))
            return None if found is None else _flip(_matches(found, manner, text), negated)
        case OfCustomers():
            raise BadExpression("asks_about_customer", asked=str(expr))
    raise TypeError(f"no way to evaluate {expr!r}")


def find(row: Mapping[str, Any], name: str) -> Any:
    """The value of a column in a record; None when missing.

    Example:
        >>> find({"event": "Pay", "properties": '{"cart": {"total": 3}}'}, "cart.total")
        3
    """
    if name in FIELDS:
        return row.get(name)
    properties = row.get("properties") or {}
    if isinstance(properties, str):
        properties = json.loads(properties)
    name = name.removeprefix("properties.")
    found = _walk(properties, name)
    return _walk(row, name) if found is None and name not in FIELDS else found


def _walk(value: Any, name: str) -> Any:
    """The entry under a name: itself, or by the shortest of its dotted beginnings that leads somewhere."""
    if not isinstance(value, Mapping):
        return None
    if value.get(name) is not None:
        return value[name]
    steps = name.split(".")
    for cut in range(1, len(steps)):
        found = _walk(value.get(".".join(steps[:cut])), ".".join(steps[cut:]))
        if found is not None:
            return found
    return None


def _operand(row: Mapping[str, Any], name: str, literal: Literal) -> Any:
    """The twin of the value that a literal asks for."""
    value = find(row, name)
    if name in TIME_FIELDS:
        return None if value is None else instant(value)
    if isinstance(literal, str):
        return as_text(value)
    number = as_number(value)
    return None if number is None else stored(name, number)


def _compare(value: Any, op: str, literal: Literal, name: str) -> bool | None:
    if value is None:
        return None
    other: Any = instant(str(literal)) if name in TIME_FIELDS else literal
    if isinstance(other, float):
        other = stored(name, other)
    if op in ("=", "!="):
        return bool(value == other) == (op == "=")
    if value == other:
        return op in ("<=", ">=")
    return bool(value < other) == (op in ("<", "<="))


def _matches(value: str, manner: str, text: str) -> bool:
    if manner == "contains":
        return text in value
    if manner == "starts with":
        return value[: len(text)] == text
    if manner == "ends with":
        return value[len(value) - len(text) :] == text if len(text) <= len(value) else False
    return _like(value, text)


def _like(value: str, pattern: str) -> bool:
    """Whether the whole value fits; after a failure only the last % takes one character more."""
    at = place = 0
    star, mark = -1, 0
    while at < len(value):
        if place < len(pattern) and pattern[place] == "%":
            star, mark = place, at
            place += 1
        elif place < len(pattern) and pattern[place] in ("_", value[at]):
            at, place = at + 1, place + 1
        elif star >= 0:
            mark += 1
            at, place = mark, star + 1
        else:
            return False
    return set(pattern[place:]) <= {"%"}


def _all(answers: Iterable[bool | None]) -> bool | None:
    """SQL's ``and``: false wins over unknown, unknown over true."""
    found = set(answers)
    return False if False in found else None if None in found else True


def _invert(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _flip(answer: bool | None, negated: bool) -> bool | None:
    return _invert(answer) if negated else answer
