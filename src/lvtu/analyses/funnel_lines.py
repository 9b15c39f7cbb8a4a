"""Which attempt of each unit counts: a funnel's rules applied to one block.

Two ways to one answer: plain funnels merge the postings of their steps and read nothing else; all other rules
go through one pass over the matching rows.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np

from lvtu.analyses.base import FOREVER, both, mask_of, view_of
from lvtu.analyses.funnel_spec import FunnelSpec, Matcher
from lvtu.kernels import attempts
from lvtu.kernels.funnel import extend, settle
from lvtu.kernels.postings import select
from lvtu.store.journeys.block import Block, Postings
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

_ENTRIES = {"any": 0, "first": 1, "latest": 2, "each": 3}
_ORDERS = {"ordered": 0, "strict": 1, "any": 2}


@dataclass
class Lines:
    """The counted attempts of a block, one line each.

    Attributes:
        who: the customer's line in the block.
        reached: how many steps were filled.
        rows: the row that filled each step, (lines, steps); only the first ``reached`` of a line mean anything.
        times: its time, µs.
    """

    who: Array
    reached: Array
    rows: Array
    times: Array

    def cut(self, n: int) -> Lines:
        """The first n lines."""
        return Lines(self.who[:n], self.reached[:n], self.rows[:n], self.times[:n])

    def take(self, which: Array) -> Lines:
        """Some lines, in the order given."""
        return Lines(self.who[which], self.reached[which], self.rows[which], self.times[which])


class _Scratch(threading.local):
    """Arrays that a thread keeps between blocks: asking the system for memory costs more than the merge itself."""

    def __init__(self) -> None:
        self._arrays: dict[str, Array] = {}

    def __call__(self, name: str, size: int, kind: Any) -> Array:
        array = self._arrays.get(name)
        if array is None or len(array) < size:
            array = self._arrays[name] = np.empty(max(size, 1024) * 5 // 4, kind)
        return array[:size]


_scratch = _Scratch()


def lines_of(spec: FunnelSpec, block: Block, snapshot: Snapshot) -> Lines:
    """The counted attempts of a block."""
    if spec.plain:
        return _merged(spec, block, snapshot)
    return _passed(spec, block, snapshot)


def _merged(spec: FunnelSpec, block: Block, snapshot: Snapshot) -> Lines:
    """Plain funnels: step by step, the postings of each step extend the chains of the step before."""
    view = view_of(block, snapshot, spec.where)
    posts = [_postings(step, block, snapshot, view, spec.span() if k == 0 else None)
             for k, step in enumerate(spec.steps)]  # fmt: skip
    steps = len(posts)
    sizes = [len(post[0]) for post in posts]
    bounds = np.array([0, 0, *np.cumsum(sizes[1:])][:steps], np.int64)
    room = int(sum(sizes[1:]))
    kinds = {"row": np.uint32, "customer": np.uint32, "time": np.int64, "start": np.int64, "link": np.uint32}
    chain = {name: _scratch(name, room, kind) for name, kind in kinds.items()}
    within = FOREVER if spec.within is None else spec.within
    level, starts, known = posts[0], posts[0][2], [sizes[0]]
    for s in range(1, steps):
        gap = spec.steps[s].within
        here = slice(int(bounds[s]), int(bounds[s]) + sizes[s])
        out = [chain[name][here] for name in kinds]
        known.append(
            extend(
                *level,
                starts,
                known[-1],
                *posts[s],
                within,
                FOREVER if gap is None else gap,
                int(spec.ties == "strict"),
                *out,
            )  # fmt: skip
        )
        level, starts = (out[0], out[1], out[2]), out[3]
    reach = _scratch("reach", block.customers, np.uint8)
    reach[:] = 0
    lines = _room(min(block.customers, sizes[0]), steps)
    found = 0
    for s in range(steps - 1, -1, -1):
        found = settle(
            s, known[s], *posts[0], chain["row"], chain["customer"], chain["time"], chain["link"], bounds, reach,
            lines.who, lines.reached, lines.rows, lines.times, found,
        )  # fmt: skip
    return lines.cut(found)


def _room(lines: int, steps: int) -> Lines:
    return Lines(
        _scratch("who", lines, np.uint32),
        _scratch("reached", lines, np.uint8),
        _scratch("rows", lines * steps, np.uint32).reshape(lines, steps),
        _scratch("times", lines * steps, np.int64).reshape(lines, steps),
    )


def _postings(step: Matcher, block: Block, snapshot: Snapshot, view: Array, span: tuple[int, int] | None) -> Postings:
    """The events of a step's name that the view and the step's condition let through."""
    code = snapshot.code(step.names[0])
    post = block.postings(code)
    bounded = span is not None and span != (-FOREVER, FOREVER)
    mask = both(view, mask_of(block, step.where))
    if not len(mask) and not len(block.keep) and not bounded:
        return post
    size = len(post[0])
    out = (np.empty(size, np.uint32), np.empty(size, np.uint32), np.empty(size, np.int64))
    n = select(*post, mask, block.keep, *(span or (-FOREVER, FOREVER)), *out)
    return out[0][:n], out[1][:n], out[2][:n]


def _passed(spec: FunnelSpec, block: Block, snapshot: Snapshot) -> Lines:
    """All rules: mark the rows that matter, list them by unit, pass over them once."""
    view = view_of(block, snapshot, spec.where)
    found = _matching(spec, block, step_bits(spec, block, snapshot), view)
    if spec.hold and spec.entry == "any" and spec.order != "any":
        # one pass keeps one chain per step, so every held value becomes a little journey of its own
        split = _split(found)
        lines, of = _pass(spec, split), split.units_before
        return _best(lines, of[_part_of(lines, split)])
    lines = _pass(spec, found)
    if spec.entry == "each" and spec.unit == "customers":
        return _best(lines, lines.who)
    return lines


def step_bits(spec: FunnelSpec, block: Block, snapshot: Snapshot) -> Array:
    """For every row which steps (bit s) and exclusions (bit 16 + e) it matches."""
    event = block.column("event")
    bits = np.zeros(block.rows, np.uint32)
    marks: list[tuple[int, Matcher]] = [(1 << s, step) for s, step in enumerate(spec.required)]
    marks += [(1 << (16 + e), exclusion) for e, exclusion in enumerate(spec.exclude)]
    table = np.zeros(len(snapshot.events), np.uint32)
    for bit, matcher in marks:
        codes = [snapshot.code(name) for name in matcher.names] if matcher.names else slice(1, None)
        if matcher.where is None:
            table[codes] |= bit
        else:
            own = np.zeros(len(snapshot.events), np.uint32)
            own[codes] = bit
            bits |= np.where(mask_of(block, matcher.where), own[event], 0).astype(np.uint32)
    bits |= table[event]
    return bits


@dataclass
class Matching:
    """The rows of a block that match a step or an exclusion, unit by unit."""

    rows: Array
    places: Array
    units: Array
    customers: Array
    time: Array
    bits: Array
    held: Array
    units_before: Array


def _matching(spec: FunnelSpec, block: Block, bits: Array, view: Array) -> Matching:
    most = int(np.count_nonzero(bits))
    rows, units, customers = (np.empty(most, np.uint32) for _ in range(3))
    places = np.empty(most, np.int64)
    gap = spec.session_gap if spec.unit == "sessions" else -1
    time = block.column("time")
    n = attempts.matching(block.column("offsets"), time, bits, block.keep, view, gap, rows, places, units, customers)
    rows = rows[:n]
    held = _held(spec, block, rows)
    return Matching(rows, places[:n], units[:n], customers[:n], time[rows], bits[rows], held, NOTHING)


def _held(spec: FunnelSpec, block: Block, rows: Array) -> Array:
    """One code for the combination of all held values of each row, 0 where one is missing."""
    if not spec.hold:
        return np.empty(0, np.int64)
    value, known = np.zeros(len(rows), np.int64), np.ones(len(rows), bool)
    for name in spec.hold:
        codes, texts = block.codes(name)
        own = codes[rows].astype(np.int64)
        known &= own > 0
        value = value * len(texts) + own
    return np.where(known, value + 1, 0)


def _split(found: Matching) -> Matching:
    """Every (unit, held value) as a unit; an entry without value alone, an exclusion in all units it breaks."""
    alone = np.where(found.held == 0, -1 - np.arange(len(found.held)), found.held)
    order = np.lexsort((np.arange(len(alone)), alone, found.units))
    units, value = found.units[order], alone[order]
    fresh = np.ones(len(order), bool)
    fresh[1:] = (units[1:] != units[:-1]) | (value[1:] != value[:-1])
    part = np.cumsum(fresh) - 1
    part_unit, part_value = units[fresh], value[fresh]
    breaking = np.flatnonzero(found.bits >> 16)
    first = np.searchsorted(part_unit, found.units[breaking], side="left")
    sizes = np.searchsorted(part_unit, found.units[breaking], side="right") - first
    copies = np.repeat(breaking, sizes)
    into = np.repeat(first, sizes) + np.arange(len(copies)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    others = part_value[into] != alone[copies]
    copies, into = copies[others], into[others]
    source = np.concatenate([order, copies])
    parts = np.concatenate([part, into])
    bits = np.concatenate([found.bits[order], found.bits[copies] & np.uint32(0xFFFF0000)])
    final = np.lexsort((found.rows[source], parts))
    source = source[final]
    return Matching(
        found.rows[source], found.places[source], parts[final].astype(np.uint32), found.customers[source],
        found.time[source], bits[final], np.empty(0, np.int64), part_unit,
    )  # fmt: skip


def _part_of(lines: Lines, split: Matching) -> Array:
    """The part that each line came from: lines are in the order of the parts, one for each that has an entry."""
    entry = {}
    for place, (row, bit) in enumerate(zip(split.rows.tolist(), split.bits.tolist(), strict=True)):
        if bit & 1:
            entry[row] = int(split.units[place])
    return np.array([entry[row] for row in lines.rows[:, 0].tolist()], np.int64)


def _pass(spec: FunnelSpec, found: Matching) -> Lines:
    steps = len(spec.required)
    breaks = np.array(spec.breaks, np.int64).reshape(-1, 2)
    room = len(found.rows) if spec.entry == "each" else min(len(found.rows), int(found.units.max(initial=0)) + 1)
    lines = Lines(
        np.empty(room, np.uint32), np.empty(room, np.uint8), np.zeros((room, steps), np.uint32),
        np.zeros((room, steps), np.int64),
    )  # fmt: skip
    out = (lines.who, lines.reached, lines.rows, lines.times)
    within = FOREVER if spec.within is None else spec.within
    strict, entry = int(spec.ties == "strict"), _ENTRIES[spec.entry]
    gaps = np.array([FOREVER if step.within is None else step.within for step in spec.required], np.int64)
    if spec.order == "any":
        filled, chain = np.zeros(steps, np.int64), np.zeros((2, steps), np.int64)
        n = attempts.unordered(
            found.rows, found.units, found.customers, found.time, found.bits, found.held, steps, within, gaps, strict,
            entry, *spec.span(), breaks, filled, chain, *out,
        )  # fmt: skip
    else:
        chain, alive = np.zeros((2 * steps + 1, steps), np.int64), np.zeros(2 * steps, np.int64)
        n = attempts.ordered(
            found.rows, found.places, found.units, found.customers, found.time, found.bits, found.held, steps, within,
            gaps, strict, _ORDERS[spec.order], entry, *spec.span(), breaks, chain, alive, *out,
        )  # fmt: skip
    return lines.cut(n)


def _best(lines: Lines, units: Array) -> Lines:
    """Of several lines of one unit the furthest, then the one completed first, then the one latest at every step."""
    last = lines.rows[np.arange(len(lines.who)), lines.reached - 1].astype(np.int64)
    order = np.lexsort((-lines.rows[:, 0].astype(np.int64), last, -lines.reached.astype(np.int64), units))
    first = np.ones(len(order), bool)
    first[1:] = units[order][1:] != units[order][:-1]
    return lines.take(order[first])
