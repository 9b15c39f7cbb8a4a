"""Which customers of a block a condition on customers is true of: see `lvtu.core.expr` for what it means.

The whole time line counts, up to the snapshot's commit, whatever a question leaves out with its own ``where``,
``since`` and ``until``: only a condition's own parts narrow what it sees, and `Block.seen_only`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from lvtu.core.expr import evaluate
from lvtu.core.expr.alphabet import Alphabet, alphabet_of
from lvtu.core.expr.automata import automaton_of
from lvtu.core.expr.customers import Did, Events, InOrder, InSegment, OfCustomers, Path, is_of_customers
from lvtu.core.expr.nodes import And, Expr, Not, Or
from lvtu.core.expr.texts import look_up
from lvtu.core.units import instant
from lvtu.kernels import customers as kernels
from lvtu.kernels.postings import all_keys, select
from lvtu.store.journeys.columns import NOTHING, Array

if TYPE_CHECKING:
    from lvtu.store.journeys.block import Block, Postings

_EVER = 1 << 62
_RARE = 8
"""Where one in so many events is of a name that is required, only the time lines that have one are read."""


def flags_of(condition: OfCustomers, block: Block) -> Array:
    """One byte for each customer of a block: whether a condition is true of them.

    Raises:
        UnknownName: it names an event or a segment that does not exist; says which come near.
    """
    match condition:
        case Did():
            return _did(condition, block)
        case InOrder():
            return _in_order(condition, block)
        case Path():
            return _path(condition, block)
        case InSegment(name):
            return _in_segment(name, block)
    raise TypeError(f"no way to evaluate {condition!r}")


def having(expr: Expr, block: Block, rows: Array = NOTHING) -> Array:
    """One byte for each customer: whether a condition of any kind is true of them, or of any event of theirs.

    Args:
        expr: the condition.
        block: whose customers.
        rows: events that may fulfil it, one byte each; empty for all.
    """
    if is_of_customers(expr):
        return _combined(expr, block)
    fulfilled = evaluate(expr, block).view(np.uint8)
    flags = np.zeros(block.customers, np.uint8)
    kernels.of_rows(block.column("offsets"), fulfilled & rows if len(rows) else fulfilled, flags)
    return flags


def shown_rows(block: Block) -> Array:
    """Which rows the snapshot and the block show, one byte each; empty for all."""
    upto, until = block.dictionary.upto, block.dictionary.until
    rows = block.visible
    if upto is not None:
        rows = _both(rows, (block.column("commit") <= upto).view(np.uint8))
    return rows if until is None else _both(rows, (block.column("time") < until).view(np.uint8))


def _combined(expr: Expr, block: Block) -> Array:
    match expr:
        case Not(part):
            return _combined(part, block) ^ np.uint8(1)
        case And(parts):
            return reduce(np.bitwise_and, (_combined(part, block) for part in parts))
        case Or(parts):
            return reduce(np.bitwise_or, (_combined(part, block) for part in parts))
    assert isinstance(expr, OfCustomers)
    return block.flags(expr)


def _did(did: Did, block: Block) -> Array:
    compare = {"at least": np.greater_equal, "at most": np.less_equal, "exactly": np.equal}[did.op]
    flags: Array = compare(counts_of(did, block), did.times).view(np.uint8)
    return flags


def counts_of(did: Did, block: Block) -> Array:
    """What is compared, for each customer: how many events, or the most that a stretch of the window's length holds."""
    counts = np.zeros(block.customers, np.int64)
    found = _postings(did, block)
    if did.window is None:
        for keys, _ in found:
            kernels.count(keys, counts)
    else:
        kernels.busiest(*_in_one(found), did.window, counts)
    return counts


def _postings(did: Did, block: Block) -> list[Postings]:
    """The events that are counted, as postings: one pair for each name."""
    rows = _rows(did.what, block)
    if did.what.negated:
        keys = np.empty(block.rows, np.uint64)
        all_keys(block.column("offsets"), keys)
        every = [(keys, block.column("time"))]
    else:
        every = [block.postings(block.dictionary.code(name)) for name in did.what.names]
    span = _span(did, block)
    if not len(rows) and span == (-_EVER, _EVER):
        return every
    chosen = []
    for keys, times in every:
        some = np.empty(len(keys), np.uint64), np.empty(len(keys), np.int64)
        n = select(keys, times, rows, NOTHING, *span, *some)
        chosen.append((some[0][:n], some[1][:n]))
    return chosen


def _rows(events: Events, block: Block) -> Array:
    """The rows to which a count is kept beside the names that have postings, one byte each; empty for all."""
    rows = shown_rows(block)
    if events.where is not None:
        rows = _both(rows, evaluate(events.where, block).view(np.uint8))
    if events.negated:
        other = np.ones(len(block.dictionary.names("event")), bool)
        other[[block.dictionary.code(name) for name in events.names]] = False
        rows = _both(rows, look_up(block.column("event"), other).view(np.uint8))
    return rows


def _both(left: Array, right: Array) -> Array:
    """Rows in both; an empty left one holds all."""
    return left & right if len(left) else right


def _span(did: Did, block: Block) -> tuple[int, int]:
    low = [-_EVER] if did.since is None else [instant(did.since)]
    low += [] if did.recent is None else [block.dictionary.times[1] - did.recent]
    high = [_EVER if did.until is None else instant(did.until)]
    high += [] if did.older is None else [block.dictionary.times[1] - did.older]
    return max(low), min(high)


def _in_one(found: Sequence[Postings]) -> Postings:
    """Several postings as one, in the order of the rows."""
    if len(found) == 1:
        return found[0]
    keys, times = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(keys, kind="stable")
    return keys[order], times[order]


def _in_order(sequence: InOrder, block: Block) -> Array:
    steps = [sequence.first, *(step.what for step in sequence.steps)]
    between = [step.without for step in sequence.steps]
    alphabet = alphabet_of(tuple(dict.fromkeys(sequence.events)))
    fills, breaks = (_bits(alphabet, parts) for parts in (steps, between))
    within = [_EVER if step.within is None else step.within for step in sequence.steps]
    required = [events.names for events in steps if not events.negated]
    window = _EVER if sequence.window is None else sequence.window
    flags = np.zeros(block.customers, np.uint8)
    kernels.in_order(
        _lines(block, required), block.column("offsets"), block.column("time"), *_spelled(alphabet, block),
        fills, breaks, np.array(within, np.int64), window, *np.empty((3, len(steps)), np.int64), flags,
    )  # fmt: skip
    return flags


def _bits(alphabet: Alphabet, parts: Sequence[Events | None]) -> Array:
    """By letter which parts it fits; the letter for rows that are not there fits none."""
    places = [None if part is None else alphabet.parts.index(part) for part in parts]
    found = [
        sum(1 << bit for bit, place in enumerate(places) if place is not None and meaning >> place & 1)
        for meaning in alphabet.meaning
    ]
    return np.array([*found, 0], np.int64)


def _path(path: Path, block: Block) -> Array:
    automaton = automaton_of(path)
    states = np.array(automaton.table, np.uint32)
    width = states.shape[1] + 1
    stay = np.arange(len(states), dtype=np.uint32)[:, None]  # where a row is not there, nothing happens
    table = np.hstack([states, stay]).reshape(-1) * np.uint32(width)
    flags = np.zeros(block.customers, np.uint8)
    kernels.follow(
        _lines(block, [(name,) for name in automaton.required]), block.column("offsets"),
        *_spelled(automaton.alphabet, block), table, np.uint64(automaton.start * width),
        np.uint64(automaton.settled * width), np.repeat(np.array(automaton.final, np.uint8), width), flags,
    )  # fmt: skip
    return flags


def _spelled(alphabet: Alphabet, block: Block) -> tuple[Array, Array]:
    """What a kernel looks letters up by, row by row, and the letter of each: the last one is for rows not there."""
    dictionary = block.dictionary
    table = np.empty((len(dictionary.names("event")), 1 << len(alphabet.conditions)), np.uint8)
    table[:] = alphabet.table[0]
    for place, name in enumerate(alphabet.names, 1):
        table[dictionary.code(name)] = alphabet.table[place]
    shown, event = shown_rows(block), block.column("event")
    if not alphabet.conditions and not len(shown):
        return event, table[:, 0].copy()
    held = np.zeros(block.rows, np.uint8)
    for bit, condition in enumerate(alphabet.conditions):
        held |= evaluate(condition, block).view(np.uint8) << np.uint8(bit)
    letters = np.empty(block.rows, np.uint8)
    kernels.spell(event, held, table, letters)
    kernels.hide(shown, len(alphabet.meaning), letters)
    return letters, np.arange(256, dtype=np.uint8)


def _lines(block: Block, required: Sequence[Sequence[str]]) -> Array:
    """The customers whose time lines must be read: those who have the rarest of what is required, if it is rare.

    Args:
        block: whose customers.
        required: names, of each tuple one must be there.
    """
    codes = [[block.dictionary.code(name) for name in names] for names in required]
    found = min(([block.postings(code)[0] for code in some] for some in codes), key=_size, default=None)
    if found is None or _size(found) * _RARE > block.rows:
        return np.arange(block.customers, dtype=np.uint32)
    lines: Array = np.unique(np.concatenate(found) >> np.uint64(32)).astype(np.uint32)
    return lines


def _size(postings: Sequence[Array]) -> int:
    return sum(map(len, postings))


def _in_segment(name: str, block: Block) -> Array:
    meaning = block.dictionary.segment(name)
    if isinstance(meaning, Expr):
        return having(meaning, block, shown_rows(block))
    listed, flags = meaning[np.minimum(block.column("event_id"), len(meaning) - 1)], np.zeros(block.customers, np.uint8)
    kernels.of_rows(block.column("offsets"), listed, flags)
    return flags
