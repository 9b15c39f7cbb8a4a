"""Conditions on text: decided once per distinct value, looked up by code for each row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.core.expr.arrays import COMPARE, FEW, Mask, both, either
from lvtu.core.expr.nodes import Among, Between, Compare, Leaf, Match
from lvtu.core.expr.values import LISTS_READ, as_number, as_text

Test = Callable[[Any], bool | None]
"""A condition on one value: None when it is unknown."""


def on_codes(leaf: Leaf, codes: NDArray[Any], values: Sequence[str], wish: bool) -> Mask:
    """The rows whose text the leaf is known to accept, or known to refuse.

    Args:
        leaf: a condition with texts or with numbers; its own ``not`` is the caller's matter.
        codes: one unsigned integer per row, 0 = missing.
        values: the text of each code; entry 0 is unused.
        wish: whether it shall hold or shall not hold.
    """
    match leaf:
        case Compare(_, "=" | "!=" as op, str(value)):
            return look_up(codes, _equal(values, [value], wish == (op == "=")))
        case Among(_, wanted) if len(wanted) <= FEW and isinstance(wanted[0], str):
            return look_up(codes, _equal(values, wanted, wish))
    test = predicate(leaf)
    kept = np.zeros(len(values), bool)
    kept[1:] = [test(value) is wish for value in values[1:]]
    return look_up(codes, kept)


def _equal(values: Sequence[str], wanted: Sequence[Any], wish: bool) -> Mask:
    """Equality, which ``index`` finds in a long list of texts ten times as fast as asking each."""
    kept = np.full(len(values), not wish)
    for text in wanted:
        for code in _places(values, text):
            kept[code] = wish
    kept[0] = False
    return kept


def _places(values: Sequence[str], text: str) -> Iterator[int]:
    place = 0
    with suppress(ValueError):
        while True:
            place = values.index(text, place + 1)
            yield place


def look_up(codes: NDArray[Any], kept: Mask) -> Mask:
    """``kept[codes]``, by comparisons where few or neighbouring codes are kept (ten times as fast).

    Args:
        codes: unsigned integers below ``len(kept)``.
        kept: one entry per code.
    """
    places = np.flatnonzero(kept)
    if len(places) == 0:
        return np.zeros(len(codes), bool)
    low, high = int(places[0]), int(places[-1])
    if high - low + 1 == len(places):
        return _in_range(codes, low, high, len(kept) - 1)
    if len(places) <= FEW:
        return _is_any(codes, places)
    if len(kept) - len(places) <= FEW:
        dropped = _is_any(codes, np.flatnonzero(~kept))
        return np.logical_not(dropped, out=dropped)
    if codes.dtype == np.uint8:
        table = kept.tobytes().ljust(256, b"\0")[:256]
        return np.frombuffer(bytearray(codes.tobytes().translate(table)), bool)
    return np.take(kept, codes)


def _is_any(codes: NDArray[Any], wanted: NDArray[np.intp]) -> Mask:
    return reduce(either, (codes == code for code in wanted.tolist()))


def _in_range(codes: NDArray[Any], low: int, high: int, last: int) -> Mask:
    if low == high:
        above: Mask = codes == low
        return above
    above = codes >= low
    return above if high == last else both(above, codes <= high)


def on_printed(leaf: Leaf, numbers: NDArray[np.float64], wish: bool) -> Mask:
    """Text conditions on a column that holds only numbers: on the text of each distinct number."""
    distinct, places = np.unique(numbers, return_inverse=True)
    test = predicate(leaf)
    kept = [text is not None and test(text) is wish for text in map(as_text, distinct.tolist())]
    return np.asarray(kept, bool)[places]


def predicate(leaf: Leaf) -> Test:
    """The leaf as a test of one text; with numbers as literals, of the number that the text says."""
    test = _test(leaf)
    return test if isinstance(leaf.literals[0], str) else _of_number(test)


def _test(leaf: Leaf) -> Callable[[Any], bool]:
    match leaf:
        case Compare(_, op, value):
            compare = COMPARE[op]
            return lambda v: bool(compare(v, value))
        case Among(_, values):
            wanted = frozenset(values)
            return lambda v: v in wanted
        case Between(_, low, high):
            return lambda v: low <= v <= high
        case Match(name, "contains", text) if name in LISTS_READ and '"' not in text:
            return lambda v: f'"{text}"' in v or f'"{text}.' in v
        case Match(_, "contains", text):
            return lambda v: text in v
        case Match(_, "starts with", text):
            return lambda v: v.startswith(text)
        case Match(_, "ends with", text):
            return lambda v: v.endswith(text)
        case Match(_, _, pattern):
            like = _like(pattern)
            return lambda v: like.fullmatch(v) is not None
    raise TypeError(f"{leaf!r} tests no value")


def _like(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression; a piece between % keeps its first place."""
    pieces = ["".join("." if c == "_" else re.escape(c) for c in piece) for piece in pattern.split("%")]
    if len(pieces) == 1:
        return re.compile(pieces[0], re.DOTALL)
    first, *middle, last = pieces
    return re.compile(first + "".join(f"(?>.*?{piece})" for piece in middle) + f".*{last}", re.DOTALL)


def _of_number(test: Callable[[Any], bool]) -> Test:
    def of_number(value: str) -> bool | None:
        number = as_number(value)
        return None if number is None else test(number)

    return of_number
