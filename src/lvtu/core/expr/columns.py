"""A condition over whole columns: which rows it keeps.

Three-valued logic needs no mask of unknown rows here. ``not`` is pushed down to the leaves, as De Morgan's
laws hold in it, and a leaf answers for one wish: the rows where it is known to hold, or known not to.
A text leaf is decided once per distinct value and looked up by code. A condition on customers is never unknown; whoever
has the columns has the time lines too, and decides it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from lvtu.core.expr.arrays import Mask, both, on_array
from lvtu.core.expr.customers import OfCustomers
from lvtu.core.expr.nodes import Among, And, Between, Compare, Expr, Leaf, Match, Missing, Not, Or
from lvtu.core.expr.texts import on_codes, on_printed
from lvtu.core.expr.values import stored
from lvtu.core.units import instant
from lvtu.errors import BadExpression

NO_TIME = np.iinfo(np.int64).min
"""A missing time."""


class Columns(Protocol):
    """What a condition reads: columns of equal length, by name."""

    rows: int

    def kind(self, name: str) -> Literal["text", "number", "time", "mixed"]:
        """What the column holds; raises UnknownName. ``mixed`` has a text twin and a numeric twin."""

    def codes(self, name: str) -> tuple[NDArray[Any], Sequence[str]]:
        """Codes (unsigned, any width; 0 = missing) and each code's text (entry 0 unused); text and mixed."""

    def numbers(self, name: str) -> NDArray[np.float64]:
        """Numbers, NaN = missing; number and mixed."""

    def times(self, name: str) -> NDArray[np.int64]:
        """Microseconds since 1970 UTC, :data:`NO_TIME` = missing; time."""

    def of_customers(self, condition: OfCustomers) -> Mask:
        """The rows of the customers for whom a condition is true, as a new array; raises UnknownName."""


def evaluate(expr: Expr, columns: Columns) -> Mask:
    """The rows for which the condition is true (not false, not unknown).

    Args:
        expr: the condition.
        columns: the columns it reads; each leaf asks for its own.

    Returns:
        A new boolean array, one entry per row.

    Raises:
        BadExpression: a time is compared as text or number.
        UnknownName: from ``columns.kind``.
    """
    return _holds(expr, columns, True)


def _holds(expr: Expr, columns: Columns, wish: bool) -> Mask:
    """The rows where the condition is known to be what is wished."""
    match expr:
        case Not(part):
            return _holds(part, columns, not wish)
        case And(parts) | Or(parts):
            join = np.logical_and if isinstance(expr, And) == wish else np.logical_or
            return reduce(lambda left, right: join(left, right, out=left), (_holds(p, columns, wish) for p in parts))
        case Missing(name, negated):
            return _missing(columns, name, wish != negated)
        case OfCustomers():
            of_them = columns.of_customers(expr)
            return of_them if wish else np.logical_not(of_them, out=of_them)
        case Compare():
            return _leaf(expr, columns, wish)
        case Among() | Between() | Match():
            return _leaf(expr, columns, wish != expr.negated)
    raise TypeError(f"no way to evaluate {expr!r}")


def _missing(columns: Columns, name: str, wish: bool) -> Mask:
    kind = columns.kind(name)
    missing: Mask
    if kind == "number":
        missing = np.isnan(columns.numbers(name))
    elif kind == "time":
        missing = columns.times(name) == NO_TIME
    else:
        missing = columns.codes(name)[0] == 0
    return missing if wish else ~missing


def _leaf(leaf: Leaf, columns: Columns, wish: bool) -> Mask:
    """A leaf without its own ``not``, on the twin of the column that its literals ask for."""
    name, kind = leaf.name, columns.kind(leaf.name)
    if kind == "time":
        return _on_times(leaf, columns.times(name), wish)
    numbers = [stored(name, value) for value in leaf.literals if isinstance(value, float)]
    if numbers and kind != "text":
        return on_array(leaf, columns.numbers(name), numbers, wish)
    if kind == "number":
        return on_printed(leaf, columns.numbers(name), wish)
    return on_codes(leaf, *columns.codes(name), wish)


def _on_times(leaf: Leaf, times: NDArray[np.int64], wish: bool) -> Mask:
    texts = [value for value in leaf.literals if isinstance(value, str)]
    if isinstance(leaf, Match) or not texts:
        raise BadExpression("is_a_time", name=leaf.name)
    micros = [instant(value) for value in texts]
    return both(on_array(leaf, times, micros, wish), times != NO_TIME)
