"""Random conditions on customers, in the language and in plain Python."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from naive.segment import Did, Join, Next, Not, Regular, Some, Then
from property.strategies import CONDITIONS, NAMES, START

_WHERE = st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS))
_SHORT = st.one_of(st.none(), st.integers(0, 8))
_MOMENT = st.one_of(st.none(), st.none(), st.integers(START, START + 12))


@st.composite
def some(draw: st.DrawFn) -> Some:
    names = tuple(draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True)))
    return Some(names, bool(names) and draw(st.integers(0, 3)) == 0, draw(_WHERE))


@st.composite
def behaviours(draw: st.DrawFn) -> Did:
    op = draw(st.sampled_from(("at least", "at most", "exactly")))
    times = draw(st.integers(1 if op == "at least" else 0, 3))
    window = None if (op, times) == ("at least", 1) else draw(_SHORT)
    return Did(draw(some()), op, times, window, draw(_SHORT), draw(_SHORT), draw(_MOMENT), draw(_MOMENT))


def sequences() -> st.SearchStrategy[Then]:
    steps = st.builds(Next, some(), _SHORT, st.one_of(st.none(), some()))
    return st.builds(Then, some(), st.lists(steps, min_size=1, max_size=3).map(tuple), _SHORT)


_SIGNS = ("*", "+", "?", "{2}", "{1,2}", "{0,1}", "{2,}")


@st.composite
def shapes(draw: st.DrawFn, pieces: int, depth: int = 2) -> str:
    """A pattern of pieces ``<0>`` … in which every group is written as both sides read it."""
    kind = draw(st.sampled_from(("piece", "piece", "repeat", "chain", "choice"))) if depth else "piece"
    if kind == "piece":
        return f"<{draw(st.integers(0, pieces - 1))}>"
    if kind == "repeat":
        inner = draw(shapes(pieces, depth - 1))
        return (inner if inner.endswith(">") and inner.count("<") == 1 else f"(?:{inner})") + draw(
            st.sampled_from(_SIGNS)
        )
    parts = draw(st.lists(shapes(pieces, depth - 1), min_size=2, max_size=3))
    if kind == "choice":
        return " | ".join(parts)
    return " -> ".join(f"(?:{part})" if " | " in part and not part.endswith(")") else part for part in parts)


@st.composite
def paths(draw: st.DrawFn) -> Regular:
    pieces = tuple(draw(st.lists(some(), min_size=1, max_size=4)))
    shape = draw(shapes(len(pieces)))
    return Regular(pieces, shape, draw(st.booleans()), draw(st.booleans()))


def conditions() -> st.SearchStrategy[Any]:
    leaf = st.one_of(behaviours(), sequences(), paths().filter(allowed))

    def grow(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(children, min_size=2, max_size=3).map(tuple)
        return st.one_of(st.builds(Not, children), st.builds(Join, st.sampled_from(("and", "or")), several))

    return st.recursive(leaf, grow, max_leaves=4)


def allowed(path: Regular) -> bool:
    """Not a single event, nor a path that may be empty."""
    if path.begins and path.ends:
        return True
    alone = re.fullmatch(r"<\d>", path.shape) and not (path.begins or path.ends)
    empty = re.fullmatch(re.sub(r"<\d+>", "x", path.shape.replace("->", "").replace(" ", "")), "")
    return not alone and not empty
