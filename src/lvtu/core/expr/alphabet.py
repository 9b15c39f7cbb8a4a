"""The letters that a time line is spelled in for a question: events that no part of it tells apart are one letter.

What an event is to a question depends on its name and on which of the question's conditions hold for it, so a letter is
looked up by both. There are as few letters as can be: two events that fit the same parts share one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lvtu.core.expr.customers import Events
from lvtu.core.expr.nodes import Expr
from lvtu.errors import BadExpression

MOST_CONDITIONS = 8
"""Conditions on events in one path or sequence at most: each doubles the table of letters."""

MOST_LETTERS = 255
"""Letters at most, so that one takes a byte, and one is left for rows that are not there."""


@dataclass(frozen=True)
class Alphabet:
    """The letters for some parts of a question.

    Attributes:
        parts: which events are told apart from which.
        names: the event names they mention; every other name is as good as any.
        conditions: their conditions on events.
        table: the letter by place of the name (0 for those not mentioned, then in the order of `names`) and by the
            conditions that hold (bit c for condition c).
        meaning: by letter which parts it fits, bit p for part p.
    """

    parts: tuple[Events, ...]
    names: tuple[str, ...]
    conditions: tuple[Expr, ...]
    table: tuple[tuple[int, ...], ...]
    meaning: tuple[int, ...]

    @cached_property
    def by_name(self) -> tuple[frozenset[int], ...]:
        """The letters that events of each name can be, as `table` is ordered."""
        return tuple(map(frozenset, self.table))


def alphabet_of(parts: Sequence[Events]) -> Alphabet:
    """The letters that tell some parts apart.

    Raises:
        BadExpression: there are too many conditions, or too many letters.

    Example:
        >>> alphabet = alphabet_of([Events(("A",)), Events(("A", "B")), Events(("C",), negated=True)])
        >>> alphabet.names, alphabet.meaning
        (('A', 'B', 'C'), (4, 7, 6, 0))
        >>> alphabet.table
        ((0,), (1,), (2,), (3,))
    """
    names = tuple(sorted({name for part in parts for name in part.names}))
    conditions = tuple(dict.fromkeys(part.where for part in parts if part.where is not None))
    if len(conditions) > MOST_CONDITIONS:
        raise BadExpression("too_many_conditions", conditions=len(conditions), most=MOST_CONDITIONS)
    letters: dict[int, int] = {}
    table = tuple(
        tuple(letters.setdefault(fitting, len(letters)) for fitting in _fitting(parts, name, conditions))
        for name in (None, *names)
    )
    if len(letters) > MOST_LETTERS:
        raise BadExpression("path_too_large")
    return Alphabet(tuple(parts), names, conditions, table, tuple(letters))


def _fitting(parts: Sequence[Events], name: str | None, conditions: Sequence[Expr]) -> list[int]:
    """The parts that an event of a name fits, as bits, by the conditions that hold for it."""
    always, given = 0, [0] * len(conditions)
    for place, part in enumerate(parts):
        if (name in part.names) != part.negated:
            if part.where is None:
                always |= 1 << place
            else:
                given[conditions.index(part.where)] |= 1 << place
    fitting = [always]
    for bits in given:
        fitting += [one | bits for one in fitting]
    return fitting
