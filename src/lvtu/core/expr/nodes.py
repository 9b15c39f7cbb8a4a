"""The parts of a condition: frozen values that check themselves and print as the text they came from.

``str(expr)`` is the canonical text and ``parse(str(expr)) == expr``. A literal is a ``str`` or a
``float``; ``true`` and ``false`` are the texts ``'true'`` and ``'false'``, as everywhere in the language.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lvtu.core.expr.values import NUMBER_FIELDS, TIME_FIELDS, as_text, column
from lvtu.core.sentences import Term
from lvtu.core.units import instant
from lvtu.errors import BadExpression

Literal = str | float
"""A literal in a condition: text or a number."""

OPERATORS = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
"""Every comparison, with the one that holds exactly when it does not."""

MANNERS = ("like", "contains", "starts with", "ends with")
"""The ways to match a text."""

RESERVED = frozenset(
    word
    for line in (
        "and or not in between like contains starts ends with is null true false",
        "did at least most exactly times then within without since until before the last",
    )
    for word in line.split()
)
"""Words that are printed in double quotes when a property or an event has such a name."""

_BARE = re.compile(r"[$@]?[^\W\d]\w*(?:\.[$@]?\w+)*")


class Expr:
    """A condition on one event; see :mod:`lvtu.core.expr` for what it means."""

    __slots__ = ()

    @property
    def names(self) -> frozenset[str]:
        """The columns that the condition reads.

        Example:
            >>> from lvtu.core.expr import parse
            >>> sorted(parse("channel = 'web' or properties.plan is null").names)
            ['channel', 'plan']
        """
        raise NotImplementedError


class _Leaf(Expr):
    __slots__ = ()
    name: str

    @property
    def names(self) -> frozenset[str]:
        return frozenset({self.name})

    @property
    def literals(self) -> tuple[Literal, ...]:
        """What the column is compared with: all texts or all numbers."""
        return ()

    def _settle(self, **fields: object) -> None:
        """Store checked fields while the instance is still being made."""
        for field, value in {"name": column(self.name), **fields}.items():
            object.__setattr__(self, field, value)


@dataclass(frozen=True)
class Compare(_Leaf):
    """``name op value``, ``op`` one of ``= != < <= > >=``."""

    name: str
    op: str
    value: Literal

    def __post_init__(self) -> None:
        if self.op not in OPERATORS:
            raise BadExpression("no_comparison", op=self.op, known=OPERATORS)
        self._settle(value=_literals(self.name, [self.value])[0])

    @property
    def literals(self) -> tuple[Literal, ...]:
        """The value."""
        return (self.value,)

    def __str__(self) -> str:
        return f"{spell_name(self.name)} {self.op} {spell_literal(self.value)}"


@dataclass(frozen=True)
class Among(_Leaf):
    """``name in (…)``: the value equals one of those listed."""

    name: str
    values: tuple[Literal, ...]
    negated: bool = False

    def __post_init__(self) -> None:
        if not self.values:
            raise BadExpression("empty_list", name=self.name)
        self._settle(values=_literals(self.name, self.values))

    @property
    def literals(self) -> tuple[Literal, ...]:
        """The values."""
        return self.values

    def __str__(self) -> str:
        return f"{spell_name(self.name)} {_not(self)}in ({', '.join(map(spell_literal, self.values))})"


@dataclass(frozen=True)
class Between(_Leaf):
    """``name between low and high``, both ends included."""

    name: str
    low: Literal
    high: Literal
    negated: bool = False

    def __post_init__(self) -> None:
        low, high = _literals(self.name, [self.low, self.high])
        self._settle(low=low, high=high)

    @property
    def literals(self) -> tuple[Literal, ...]:
        """Both ends."""
        return self.low, self.high

    def __str__(self) -> str:
        ends = f"{spell_literal(self.low)} and {spell_literal(self.high)}"
        return f"{spell_name(self.name)} {_not(self)}between {ends}"


@dataclass(frozen=True)
class Match(_Leaf):
    """``name like 'a%'``, ``contains``, ``starts with`` or ``ends with`` a text; case counts."""

    name: str
    manner: str
    text: str
    negated: bool = False

    def __post_init__(self) -> None:
        if self.manner not in MANNERS:
            raise BadExpression("no_manner", manner=self.manner, known=MANNERS)
        self._settle()
        if self.name in TIME_FIELDS | NUMBER_FIELDS:
            of = Term("time" if self.name in TIME_FIELDS else "number")
            raise BadExpression("manner_is_for_text", name=self.name, of=of, manner=self.manner)

    @property
    def literals(self) -> tuple[Literal, ...]:
        """The text."""
        return (self.text,)

    def __str__(self) -> str:
        return f"{spell_name(self.name)} {_not(self)}{self.manner} {spell_literal(self.text)}"


@dataclass(frozen=True)
class Missing(_Leaf):
    """``name is null``: the event has no such value."""

    name: str
    negated: bool = False

    def __post_init__(self) -> None:
        self._settle()

    def __str__(self) -> str:
        return f"{spell_name(self.name)} is {_not(self)}null"


@dataclass(frozen=True)
class Not(Expr):
    """``not part``; unknown stays unknown."""

    part: Expr

    @property
    def names(self) -> frozenset[str]:
        """The columns that the condition reads."""
        return self.part.names

    def __str__(self) -> str:
        return f"not {_wrap(self.part, And | Or)}"


@dataclass(frozen=True)
class Junction(Expr):
    """Several conditions joined by one word."""

    parts: tuple[Expr, ...]

    def __post_init__(self) -> None:
        flat = tuple(_flatten(type(self), self.parts))
        if len(flat) < 2:
            raise BadExpression("one_part")
        object.__setattr__(self, "parts", flat)

    @property
    def names(self) -> frozenset[str]:
        """The columns that the condition reads."""
        return frozenset().union(*(part.names for part in self.parts))


@dataclass(frozen=True)
class And(Junction):
    """All parts hold. Nested ``and`` is flattened."""

    def __str__(self) -> str:
        return " and ".join(_wrap(part, Or) for part in self.parts)


@dataclass(frozen=True)
class Or(Junction):
    """At least one part holds. Nested ``or`` is flattened."""

    def __str__(self) -> str:
        return " or ".join(str(part) for part in self.parts)


Leaf = Compare | Among | Between | Match | Missing
"""The conditions that read a column."""


def spell_name(name: str) -> str:
    """A name as the language writes it, in double quotes where it needs them.

    Example:
        >>> print(spell_name("cart.total"), spell_name("套餐"), spell_name("Plan Name"), spell_name("not"))
        cart.total 套餐 "Plan Name" "not"
    """
    if _BARE.fullmatch(name) and name.lower() not in RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def spell_literal(value: Literal) -> str:
    """A literal as the language writes it.

    Example:
        >>> print(spell_literal("it's"), spell_literal(100.0), spell_literal(2.5))
        'it''s' 100 2.5
    """
    return f"{as_text(value)}" if isinstance(value, float) else "'" + value.replace("'", "''") + "'"


def _literals(name: str, values: Iterable[Literal]) -> tuple[Literal, ...]:
    plain = tuple(_plain(value) for value in values)
    numbers = [value for value in plain if isinstance(value, float)]
    texts = [value for value in plain if isinstance(value, str)]
    if numbers and texts:
        raise BadExpression("number_and_text", number=spell_literal(numbers[0]), other=spell_literal(texts[0]))
    if name in TIME_FIELDS:
        if numbers:
            raise BadExpression("time_not_number", name=name)
        for text in texts:
            instant(text)
    elif name in NUMBER_FIELDS and texts:
        raise BadExpression("field_is_number", name=name, other=spell_literal(texts[0]))
    return plain


def _plain(value: object) -> Literal:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if not isinstance(value, int | float):
        raise BadExpression(
            "not_comparable", value=repr(value), known=[Term("text"), Term("a_number"), "true", "false"]
        )
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise BadExpression("not_finite", number=str(number))
    return number


def _not(leaf: Among | Between | Match | Missing) -> str:
    return "not " if leaf.negated else ""


def _wrap(part: Expr, kinds: object) -> str:
    return f"({part})" if isinstance(part, kinds) else str(part)  # type: ignore[arg-type]


def _flatten(kind: type, parts: Iterable[Expr]) -> Iterable[Expr]:
    for part in parts:
        if isinstance(part, Junction) and type(part) is kind:
            yield from part.parts
        else:
            yield part
