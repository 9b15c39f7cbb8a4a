"""Conditions on numbers and times: a pass or two over the array itself. NaN is never kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.core.expr.nodes import OPERATORS, Between, Compare, Leaf

Mask = NDArray[np.bool_]
"""One boolean per row."""

FEW = 4
"""Up to so many values are compared one by one."""

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
"""The comparisons, for arrays and for single values."""


def on_array(leaf: Leaf, array: NDArray[Any], literals: Sequence[float], wish: bool) -> Mask:
    """The rows where the leaf is known to be what is wished.

    Args:
        leaf: a comparison with numbers; its own ``not`` is the caller's matter.
        array: float64 with NaN for missing, or int64 without missing values.
        literals: the leaf's numbers, as the array keeps them.
        wish: whether it shall hold or shall not hold.
    """
    match leaf:
        case Compare(_, op, _):
            return _compared(array, op if wish else OPERATORS[op], literals[0])
        case Between() if wish:
            return both(array >= literals[0], array <= literals[1])
        case Between():
            return either(array < literals[0], array > literals[1])
    equal = _equal_any(array, literals)
    return equal if wish else both(~equal, _is_known(array))


def _compared(array: NDArray[Any], op: str, value: float) -> Mask:
    different = COMPARE[op](array, value)
    return both(different, _is_known(array)) if op == "!=" else different


def _equal_any(array: NDArray[Any], values: Sequence[float]) -> Mask:
    if len(values) <= FEW:
        return reduce(either, (array == value for value in values), np.zeros(len(array), bool))
    return np.isin(array, np.asarray(values, array.dtype))


def _is_known(array: NDArray[Any]) -> Mask:
    known: Mask = array == array  # only NaN differs from itself; times are checked by the caller
    return known


def both(left: Mask, right: Mask) -> Mask:
    """Rows in both, written over the left."""
    return np.logical_and(left, right, out=left)


def either(left: Mask, right: Mask) -> Mask:
    """Rows in one of them, written over the left."""
    return np.logical_or(left, right, out=left)
