"""A condition as a phrase people read, for headings: 渠道是“store”且金额大于 100."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from lvtu.core.expr.customers import OfCustomers
from lvtu.core.expr.nodes import Among, And, Between, Compare, Expr, Literal, Match, Missing, Not, Or
from lvtu.core.expr.phrases_customers import say_customer
from lvtu.core.expr.values import TIME_FIELDS, as_text
from lvtu.errors import BadInput

_MEETS = re.compile("[\u3400-\u9fff][A-Za-z0-9$@+-]|[A-Za-z0-9][\u3400-\u9fff]")
_SLOT = re.compile(r"\{(\w+)\}")


class Called(Protocol):
    """Knows what people call the values of a column, by key."""

    def names(self, column: str, lang: Any, /) -> Mapping[str, str]:
        """The names in a language, of those that have one."""
        ...


def describe(expr: Expr, language: str, called: Called | None = None) -> str:
    """The condition in words.

    Args:
        expr: the condition.
        language: ``zh`` or ``en``. Fields are named in it, properties as they are.
        called: what people call the values that are written in it; they are said as they are written if not given.

    Raises:
        BadInput: another language.

    Example:
        >>> from lvtu.core.expr import parse
        >>> expr = parse("channel = 'store' and value > 100")
        >>> describe(expr, "zh"), describe(expr, "en")
        ('渠道是“store”且金额大于 100', 'channel is “store” and amount is greater than 100')
    """
    if language not in _words():
        raise BadInput("no_words", language=language, known=_words())
    return Speaker(language, _words()[language], called).say(expr)


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
    return found


class Speaker:
    """Says conditions in one language.

    Args:
        language: ``zh`` or ``en``.
        words: what it says, by ``expr.KEY``.
        called: what people call values.
    """

    def __init__(self, language: str, words: dict[str, str], called: Called | None = None) -> None:
        self.language, self.words, self._called = language, words, called

    def say(self, expr: Expr) -> str:
        """A condition."""
        match expr:
            case OfCustomers():
                return say_customer(self, expr)
            case Not(OfCustomers() as part):
                return say_customer(self, part, negated=True)
            case Not(part):
                return self.fill("not", part=self.say(part))
            case And(parts):
                return self.join("and", [self._grouped(part, Or) for part in parts])
            case Or(parts):
                return self.join("or", [self._grouped(part, And) for part in parts])
            case Compare(name, op, value):
                said = self._value(value, name)
                return self.fill(self._comparison(name, op, value), name=self._name(name), value=said)
            case Among(name, values):
                listed = self.join("list", [self._value(value, name) for value in values])
                return self._leaf(expr, "in", value=listed)
            case Between(_, low, high):
                return self._leaf(expr, "between", low=self._value(low), high=self._value(high))
            case Match(_, manner, text):
                return self._leaf(expr, manner, value=self._value(text))
            case Missing():
                return self._leaf(expr, "null")
        raise TypeError(f"no words for {expr!r}")

    def _leaf(self, leaf: Among | Between | Match | Missing, key: str, **slots: str) -> str:
        return self.fill(f"not {key}" if leaf.negated else key, name=self._name(leaf.name), **slots)

    def _comparison(self, name: str, op: str, value: Literal) -> str:
        special = f"time.{op}" if name in TIME_FIELDS else f"number.{op}" if isinstance(value, float) else ""
        return special if f"expr.{special}" in self.words else op

    def _grouped(self, part: Expr, kind: type[And | Or]) -> str:
        said = self.say(part)
        return self.fill("group", part=said) if isinstance(part, kind) else said

    def _name(self, name: str) -> str:
        return self.words.get(f"expr.field.{name}", name)

    def _value(self, value: Literal, column: str = "") -> str:
        return str(as_text(value)) if isinstance(value, float) else self.quoted(value, column)

    def quoted(self, value: str, column: str = "") -> str:
        """A value in quotes, by what people call it among those of its column."""
        names = self._called.names(column, self.language) if self._called is not None else {}
        return self.fill("text", text=names.get(value, value))

    def _word(self, key: str) -> str:
        return self.words[f"expr.{key}"]

    def join(self, key: str, said: list[str]) -> str:
        """Several phrases with a word between them."""
        return _spaced([piece for part in said for piece in (self._word(key), part)][1:])

    def fill(self, key: str, **slots: str) -> str:
        """The words of a key, with phrases in their slots."""
        pieces = _SLOT.split(self._word(key))
        return _spaced([slots[piece] if place % 2 else piece for place, piece in enumerate(pieces)])


def _spaced(pieces: list[str]) -> str:
    """The pieces as one text, with a space where Chinese meets Latin; quoted texts are not touched inside."""
    text = ""
    for piece in filter(None, pieces):
        text += f" {piece}" if _MEETS.fullmatch(text[-1:] + piece[0]) else piece
    return text
