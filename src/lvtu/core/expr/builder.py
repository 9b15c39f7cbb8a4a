"""From what the grammar found to the parts of a condition: one function per rule or alias of the grammar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lvtu.core.expr import builder_customers
from lvtu.core.expr.nodes import Among, And, Between, Compare, Expr, Literal, Match, Missing, Not, Or
from lvtu.core.expr.tokens import Token, name_of, number_of, text_of

_SPELLINGS = str.maketrans("＝！＜＞", "=!<>")
_SAME = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}


def _operator(token: Token) -> str:
    text = token.text.translate(_SPELLINGS)
    return _SAME.get(text, text)


def _negated(rest: list[Any]) -> tuple[bool, list[Any]]:
    """Whether a NOT stands at the front, and what follows it."""
    negated = bool(rest) and isinstance(rest[0], Token) and rest[0].kind == "NOT"
    return negated, rest[1:] if negated else rest


def _compare(name: Token, operator: Token, value: Literal) -> Expr:
    return Compare(name_of(name), _operator(operator), value)


def _among(name: Token, *rest: Any) -> Expr:
    negated, values = _negated(list(rest))
    return Among(name_of(name), tuple(values), negated)


def _between(name: Token, *rest: Any) -> Expr:
    negated, (low, high) = _negated(list(rest))
    return Between(name_of(name), low, high, negated)


def _match(name: Token, *rest: Any) -> Expr:
    negated, (manner, text) = _negated(list(rest))
    return Match(name_of(name), manner, text_of(text), negated)


def _null(name: Token, *rest: Any) -> Expr:
    return Missing(name_of(name), _negated(list(rest))[0])


BUILD: dict[str, Callable[..., object]] = {
    "any_of": lambda *parts: Or(parts),
    "all_of": lambda *parts: And(parts),
    "negate": Not,
    "compare": _compare,
    "among": _among,
    "between": _between,
    "match": _match,
    "null": _null,
    "like": lambda: "like",
    "contains": lambda: "contains",
    "starts_with": lambda: "starts with",
    "ends_with": lambda: "ends with",
    "text": text_of,
    "number": number_of,
    "true": lambda: "true",
    "false": lambda: "false",
    "name": name_of,
    **builder_customers.BUILD,
}
"""What each rule of the grammar makes of its children."""
