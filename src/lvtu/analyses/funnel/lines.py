"""Which attempt of each unit counts: a funnel's rules applied to one block.

Two ways to one answer: plain funnels merge the postings of their steps and read nothing else; all other rules
go through one pass over the matching rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lvtu.analyses.base import FOREVER, both, mask_of, view_of
from lvtu.analyses.funnel.spec import FunnelSpec, Matcher
from lvtu.analyses.scratch import scratch
from lvtu.kernels import attempts
from lvtu.kernels.funnel import merge_steps
from lvtu.kernels.postings import select
from lvtu.store.journeys.block import Block, Postings
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.snapshot import Snapshot

_ENTRIES = {
    "any": attempts.ANY_ENTRY,
    "first": attempts.FIRST_ENTRY,
    "latest": attempts.LATEST_ENTRY,
    "each": attempts.EACH_ENTRY,
}
_ORDERS = {"ordered": attempts.ORDERED, "strict": attempts.STRICT, "any": attempts.ANY_ORDER}


_TOGETHER = 32_768
"""Events of all steps that go through a funnel together: some 1.3 MB with their chains, which a core's cache holds."""


@dataclass
class Lines:
    """The counted attempts of a block, one line each.

    Attributes:
        who: the customer's line in the block.
        reached: how many required steps were filled.
        rows: the row that filled each step, (lines, steps); only those of filled steps mean anything.
        times: its time, µs.
        filled: which steps were filled, (lines, steps); empty without optional steps: the first ``reached``.
    """

    who: Array
    reached: Array
    rows: Array
    times: Array
    filled: Array = field(default_factory=lambda: NOTHING)

    def cut(self, n: int) -> Lines:
        """The first n lines."""
        return Lines(self.who[:n], self.reached[:n], self.rows[:n], self.times[:n])

    def at(self, step: int) -> Array:
        """Which lines filled a step (0-based)."""
        here: Array = self.filled[:, step] != 0 if len(self.filled) else self.reached > step
        return here

    def ended_at(self, step: int) -> Array:
        """Which lines filled a step (0-based) and none after it."""
        here = self.at(step)
        for later in range(step + 1, self.rows.shape[1]):
            here = here & ~self.at(later)
        return here


def lines_of(spec: FunnelSpec, block: Block, snapshot: Snapshot) -> Lines:
    """The counted attempts of a block."""
    if spec.plain:
        return _merged(spec, block, snapshot)
    return _passed(spec, block, snapshot)


def _merged(spec: FunnelSpec, block: Block, snapshot: Snapshot) -> Lines:
    """Plain funnels: step by step, the postings of each step extend the chains of the step before."""
    post, begins, ends = _postings(spec, block, snapshot)
    steps = len(begins)
    sizes = ends - begins
    bounded = spec.ties == "strict" or any(step.within is not None for step in spec.steps)
    kinds = {"key": np.uint64, "time": np.int64, "start": np.int64, "link": np.uint64}
    room = int(sizes[1:].sum())
    chain = [scratch(f"chain_{name}", room if bounded or name != "time" else 0, kind) for name, kind in kinds.items()]
    lines = _room(min(block.customers, int(sizes[0])), steps)
    gaps = np.array([FOREVER if step.within is None else step.within for step in spec.steps], np.int64)
    within = FOREVER if spec.within is None else spec.within
    width = max(1, block.customers * _TOGETHER // max(int(sizes.sum()), 1))
    found = merge_steps(
        *post, begins, ends, within, gaps, int(spec.ties == "strict"), int(bounded), width, *chain,
        *np.empty((3, steps), np.int64), scratch("reach", block.customers, np.uint8),
        scratch("firsts", block.customers + 1, np.uint32), lines.who, lines.reached, lines.rows, lines.times,
    )  # fmt: skip
    return lines.cut(found)


def _room(lines: int, steps: int) -> Lines:
    return Lines(
        scratch("who", lines, np.uint32),
        scratch("reached", lines, np.uint8),
        scratch("rows", lines * steps, np.uint32).reshape(lines, steps),
        scratch("times", lines * steps, np.int64).reshape(lines, steps),
    )


def _postings(spec: FunnelSpec, block: Block, snapshot: Snapshot) -> tuple[Postings, Array, Array]:
    """The events of every step: postings, and where each step's begin and end in them."""
    view = view_of(block, snapshot, spec.where)
    codes = [snapshot.code(step.names[0]) for step in spec.steps]
    masks = [both(view, mask_of(block, step.where)) for step in spec.steps]
    starts = block.column("post_start")
    size = len(starts) - 1
    begins, ends = (np.array([starts[min(code + n, size)] for code in codes], np.int64) for n in (0, 1))
    post = (block.column("post_key"), block.column("post_time"))
    anytime = (-FOREVER, FOREVER)
    if not len(block.keep) and spec.span() == anytime and not any(len(mask) for mask in masks):
        return post, begins, ends
    room = int((ends - begins).sum())
    out = scratch("post_key", room, np.uint64), scratch("post_time", room, np.int64)
    kept = [0]
    for step, mask in enumerate(masks):
        part = [column[begins[step] : ends[step]] for column in post]
        span = anytime if step else spec.span()
        kept.append(kept[-1] + select(*part, mask, block.keep, *span, *(array[kept[-1] :] for array in out)))
    return out, np.array(kept[:-1], np.int64), np.array(kept[1:], np.int64)


def _passed(spec: FunnelSpec, block: Block, snapshot: Snapshot) -> Lines:
    """All rules: mark the rows that matter, list them by unit, pass over them once."""
    view = view_of(block, snapshot, spec.where)
    found = _matching(spec, block, step_bits(spec, block, snapshot), view)
    units = found.units
    if spec.hold and spec.entry == "any" and spec.order != "any":
        # one pass keeps one chain per step, so every held value becomes a little journey of its own
        found = _split(found)
        units = found.units_before[found.units]
    chains = _pass(spec, found)
    if len(found.units_before) or (spec.entry == "each" and spec.unit != "totals"):
        chains = _best(chains, units, found.rows)
    return _lines(spec, found, chains)


@dataclass
class Chains:
    """Counted attempts as places in a `Matching`.

    Attributes:
        reached: how many required steps were filled.
        places: what filled them, (attempts, required steps).
        closed: the place at which the attempt was over.
    """

    reached: Array
    places: Array
    closed: Array

    def take(self, which: Array | slice) -> Chains:
        """Some attempts, in the order given."""
        return Chains(self.reached[which], self.places[which], self.closed[which])


def _lines(spec: FunnelSpec, found: Matching, chains: Chains) -> Lines:
    """The rows behind the places, with optional steps filled."""
    places, filled = chains.places, NOTHING
    if len(spec.required) < len(spec.steps):
        shape = (len(chains.reached), len(spec.steps))
        filled, places = np.zeros(shape, np.uint8), np.zeros(shape, np.uint32)
        gaps = np.array([FOREVER if step.within is None else step.within for step in spec.steps], np.int64)
        attempts.fill_options(
            found.time, found.bits, found.held, FOREVER if spec.within is None else spec.within,
            int(spec.ties == "strict"), gaps, np.array(option_bits(spec), np.int64), _breaks(spec), chains.reached,
            chains.places, chains.closed, filled, places,
        )  # fmt: skip
    if not len(chains.reached):
        none = np.empty((0, len(spec.steps)), np.int64)
        return Lines(found.customers[:0], chains.reached, none.astype(np.uint32), none, filled)
    who = found.customers[chains.places[:, 0]]
    return Lines(who, chains.reached, found.rows[places], found.time[places], filled)


def option_bits(spec: FunnelSpec) -> list[int]:
    """The bit of each optional step, -1 for required ones."""
    bits, taken = [], 32
    for step in spec.steps:
        bits.append(taken if step.optional else -1)
        taken += step.optional
    return bits


def _breaks(spec: FunnelSpec) -> Array:
    return np.array(spec.breaks, np.int64).reshape(-1, 2)


def step_bits(spec: FunnelSpec, block: Block, snapshot: Snapshot) -> Array:
    """What every row matches: required steps (bit s), exclusions (bit 16 + e), optional steps (from bit 32)."""
    event = block.column("event")
    marks: list[tuple[int, Matcher]] = [(s, step) for s, step in enumerate(spec.required)]
    marks += [(16 + e, exclusion) for e, exclusion in enumerate(spec.exclude)]
    marks += [(bit, step) for bit, step in zip(option_bits(spec), spec.steps, strict=True) if bit >= 0]
    kind: Any = np.int64 if len(spec.required) < len(spec.steps) else np.uint32
    bits, table = np.zeros(block.rows, kind), np.zeros(len(snapshot.events), kind)
    for place, matcher in marks:
        bit = 1 << place
        codes = [snapshot.code(name) for name in matcher.names] if matcher.names else slice(1, None)
        if matcher.where is None:
            table[codes] |= bit
        else:
            own = np.zeros(len(snapshot.events), kind)
            own[codes] = bit
            bits |= np.where(mask_of(block, matcher.where), own[event], 0).astype(kind)
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
    bits = np.concatenate([found.bits[order], found.bits[copies] & found.bits.dtype.type(0xFFFF0000)])
    final = np.lexsort((found.rows[source], parts))
    source = source[final]
    return Matching(
        found.rows[source], found.places[source], parts[final].astype(np.uint32), found.customers[source],
        found.time[source], bits[final], np.empty(0, np.int64), part_unit,
    )  # fmt: skip


def _pass(spec: FunnelSpec, found: Matching) -> Chains:
    steps, breaks = len(spec.required), _breaks(spec)
    room = len(found.rows) if spec.entry == "each" else min(len(found.rows), int(found.units.max(initial=0)) + 1)
    out = Chains(np.empty(room, np.uint8), np.zeros((room, steps), np.uint32), np.empty(room, np.uint32))
    outputs = (out.reached, out.places, out.closed)
    within = FOREVER if spec.within is None else spec.within
    strict, entry = int(spec.ties == "strict"), _ENTRIES[spec.entry]
    gaps = np.array([FOREVER if step.within is None else step.within for step in spec.required], np.int64)
    if spec.order == "any":
        filled, chain = np.zeros(steps, np.int64), np.zeros((2, steps), np.int64)
        n = attempts.unordered(
            found.units, found.time, found.bits, found.held, steps, within, gaps, strict, entry, *spec.span(), breaks,
            filled, chain, *outputs,
        )  # fmt: skip
    else:
        chain, alive = np.zeros((2 * steps + 1, steps), np.int64), np.zeros(2 * steps, np.int64)
        n = attempts.ordered(
            found.places, found.units, found.time, found.bits, found.held, steps, within, gaps, strict,
            _ORDERS[spec.order], entry, *spec.span(), breaks, chain, alive, *outputs,
        )  # fmt: skip
    return out.take(slice(0, n))


def _best(chains: Chains, units: Array, rows: Array) -> Chains:
    """Of several attempts of one unit the furthest, then the one completed first, then the one that started latest."""
    if not len(chains.reached):
        return chains
    start = chains.places[:, 0].astype(np.int64)
    last = rows[chains.places[np.arange(len(start)), chains.reached - 1]]
    of = units[start]
    order = np.lexsort((-start, last, -chains.reached.astype(np.int64), of))
    first = np.ones(len(order), bool)
    first[1:] = of[order][1:] != of[order][:-1]
    return chains.take(order[first])
