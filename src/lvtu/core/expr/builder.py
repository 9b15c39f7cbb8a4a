"""From what the grammar found to the parts of a condition: one function per rule or alias of the grammar."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from lvtu.core.expr.nodes import Among, And, Between, Compare, Expr, Literal, Match, Missing, Not, Or
from lvtu.errors import BadExpression


class Token(NamedTuple):
    """A piece of the text: its terminal and its characters."""

    kind: str
    text: str


_SPELLINGS = str.maketrans("＝！＜＞", "=!<>")
_SAME = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}
_PART = re.compile(r'"((?:[^"]|"")*)"|([^".]+)')


def name_of(token: Token) -> str:
    """The name a token spells: quotes resolved, parts joined by dots.

    Example:
        >>> name_of(Token("NAME", 'properties."Plan ""A"" of 2026"'))
        'properties.Plan "A" of 2026'
    """
    parts = _PART.finditer(token.text)
    return ".".join(bare or quoted.replace('""', '"') for quoted, bare in (part.groups("") for part in parts))


def text_of(token: Token) -> str:
    """The text a quoted token spells; only straight quotes are doubled inside.

    Example:
        >>> text_of(Token("STRING", "'it''s'")), text_of(Token("STRING", "“门店”"))
        ("it's", '门店')
    """
    inner = token.text[1:-1]
    return inner.replace("''", "'") if token.text[0] == "'" else inner


def _operator(token: Token) -> str:
    text = token.text.translate(_SPELLINGS)
    return _SAME.get(text, text)


def _number(token: Token) -> float:
    number = float(token.text)
    if math.isinf(number):
        raise BadExpression("number_too_large")
    return number


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
    "number": _number,
    "true": lambda: "true",
    "false": lambda: "false",
}
"""What each rule of the grammar makes of its children."""
