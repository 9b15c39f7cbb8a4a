"""Variants: the distinct paths of customers, and how many took each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
import pyarrow as pa
from pydantic import Field

from lvtu.analyses.base import FOREVER, Duration, Result, Spec, names_in
from lvtu.analyses.groups import values_of
from lvtu.analyses.members import Members, code_of, names_of
from lvtu.analyses.paths import Paths, paths_of
from lvtu.analyses.scratch import scratch
from lvtu.analyses.variants.counts import PathCounts
from lvtu.core.sentences import Note
from lvtu.core.units import MINUTE
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.kernels.variants import path_keys
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import NOTHING, Array
from lvtu.store.journeys.keys import keys_of
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.variants.explain import VariantsExplained
    from lvtu.analyses.variants.shown import Looks


class VariantsSpec(Spec):
    """The distinct paths of customers.

    Attributes:
        by: what a place of a path is: event, touchpoint, stage, channel, or a property.
        fold: take a run of one place as one (its first event).
        unit: what has a path: customers, or sessions.
        session_gap: a longer pause starts a new session.
        start: paths begin at the first place of this name; those without it are left out.
        end: paths end at the first place of this name (after the start); those without it are left out.
        most: paths are the same if their first so many places are; not given, whole paths are compared.
        top: how many variants are told apart, the most frequent ones; the rest is counted as other.
        since, until: select events.
    """

    analysis: ClassVar[str] = "variants"

    by: str = "event"
    fold: bool = False
    unit: Literal["customers", "sessions"] = "customers"
    session_gap: Duration = 30 * MINUTE
    start: str | None = None
    end: str | None = None
    most: int | None = Field(default=None, ge=1)
    top: int = Field(default=20, ge=1, le=1000)


SPEC = VariantsSpec


@dataclass
class Found:
    """The paths of a block as a question sees them.

    Attributes:
        paths: the whole ones.
        first, last: the numbers of each path's first and last place that count.
        keys: what it is, (paths, 2); (0, 0) for one that has no start or no end.
        cut: how many were longer than is compared.
    """

    paths: Paths
    first: Array
    last: Array
    keys: Array
    cut: int


class Variants:
    """Variants as engines fold them."""

    def __init__(self, spec: VariantsSpec, snapshot: Snapshot) -> None:
        self.spec, self.snapshot = spec, snapshot
        self.names = values_of(snapshot, spec.by)
        # Keys are made of names, not of codes, so that an equal path has an equal key in every build.
        self.words = np.stack(keys_of(pa.array(self.names, pa.string()), 0), axis=1)
        self.start, self.end = (
            0 if name is None else code_of(snapshot, spec.by, name) for name in (spec.start, spec.end)
        )

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        return reads_of(self.spec)

    def empty(self, snapshot: Snapshot) -> PathCounts:
        """The state of no customers."""
        return PathCounts()

    def partial(self, block: Block, state: PathCounts) -> PathCounts:
        """Add a block's customers."""
        found = self.find(block)
        state.add(found.keys)
        state.outside += int((found.keys[:, 1] == 0).sum())
        state.cut += found.cut
        return state

    def find(self, block: Block, sizes: Array = NOTHING) -> Found:
        """A block's paths; arrays are this thread's until its next block.

        Args:
            block: where.
            sizes: by number of places, whether the keys of such paths are asked for; empty for all.
        """
        spec = self.spec
        gap = spec.session_gap if spec.unit == "sessions" else None
        paths = paths_of(block, self.snapshot, spec.by, spec, fold=spec.fold, session_gap=gap)
        size = len(paths)
        first, last = (scratch(name, size, np.int64) for name in ("variant_first", "variant_last"))
        keys = np.empty((size, 2), np.uint64)
        most = FOREVER if spec.most is None else spec.most
        ends = self.start, self.end
        cut = path_keys(paths.starts, paths.places, self.words, *ends, most, sizes, first, last, keys)
        return Found(paths, first, last, keys, cut or 0)

    def merge(self, left: PathCounts, right: PathCounts) -> PathCounts:
        """Add two states, path by path."""
        left.merge(right)
        return left


class VariantsResult(Result):
    """The answer.

    Attributes:
        table: one row per variant, most customers first: ``variant`` (its number), ``path`` (its places, a list of
            names), ``places`` (how many), ``customers`` (or sessions, as `unit` says), ``share`` of all that are
            counted, ``cumulative`` (the shares down to this row), ``median_time`` (µs, ±1 %) from the first place to
            the last, of those where both times are exact. The last row, without number and path, is all other
            variants together, if there are any. Counts are exact.
        variants: how many there are in all, exactly.
        once: how many of them occur once.
        everyone: the customers (or sessions) that are counted.
        keys: of the variants of the table, in their order.
    """

    def __init__(self, question: Variants, state: PathCounts, engine: Engine) -> None:
        from lvtu.analyses.variants.shown import Shown

        self.question, self.engine = question, engine
        self.variants, self.once, self.everyone = state.variants, state.once, state.units
        chosen, counts = state.most_frequent(question.spec.top)
        shown = engine.fold(Shown(question, chosen), question.snapshot)
        paths, times = [shown.path(line, question.names) for line in range(len(chosen))], shown.durations.medians()
        units = counts.tolist()
        order = sorted(range(len(chosen)), key=lambda line: (-units[line], len(paths[line]), paths[line]))
        self.keys = chosen[order]
        rows: list[dict[str, Any]] = [
            {"variant": number, "path": paths[line], "places": len(paths[line]), "customers": units[line],
             "median_time": times[line]}
            for number, line in enumerate(order, 1)
        ]  # fmt: skip
        if len(chosen) < self.variants:
            rest = self.everyone - sum(units)
            rows.append({"variant": None, "path": None, "customers": rest, "median_time": times[len(chosen)]})
        so_far = 0
        for row in rows:
            so_far += row["customers"]
            row |= {"share": row["customers"] / self.everyone, "cumulative": so_far / self.everyone}
        whole, real = pa.int64(), pa.float64()
        kinds = {"variant": whole, "path": pa.list_(pa.string()), "places": whole, "customers": whole, "share": real,
                 "cumulative": real, "median_time": whole}  # fmt: skip
        table = pa.Table.from_pylist(rows, schema=pa.schema(kinds))
        super().__init__(question.spec, table, question.snapshot.token, self._notes(state, shown, units))

    def _notes(self, state: PathCounts, shown: Looks, units: list[int]) -> list[Note]:
        spec, notes = self.question.spec, []
        if self.variants:
            which = Note("variants_sessions" if spec.unit == "sessions" else "variants_customers",
                         variants=self.variants, once=self.once)  # fmt: skip
            notes.append(which)
        if units and (tied := state.tied(min(units)) - units.count(min(units))):
            notes.append(Note("variants_tied", variants=tied))
        if state.outside:
            notes.append(_outside(spec, state.outside))
        if state.cut:
            notes.append(Note("paths_cut", paths=state.cut, most=spec.most or 0))
        if untimed := self.everyone - int(shown.timed[0]):
            notes.append(Note("untimed_paths", paths=untimed))
        return notes

    def customers(self, variant: int | None, *, limit: int | None = None, offset: int = 0) -> list[str]:
        """Who took a path; with sessions, who took it in any session.

        Args:
            variant: its number in the table; None for all others together.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            BadInput: the table has no such variant.
            Erased: somebody was forgotten since the paths were counted.
        """
        from lvtu.analyses.variants.shown import lines_of

        question, shown = self.question, self.table["variant"].to_pylist()
        if variant not in shown:
            raise BadInput("no_variant", variant=str(variant), known=[str(one) for one in shown if one is not None])
        wanted = len(self.keys) if variant is None else variant - 1

        def lines(block: Block) -> Array:
            found = question.find(block)
            who: Array = found.paths.who[lines_of(found.keys, self.keys) == wanted]
            return who

        return names_of(self.engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> VariantsExplained:
        """Which path a customer took, which variant that is, and how many took the same.

        Raises:
            UnknownName: nobody has the identifier.
        """
        from lvtu.analyses.variants.explain import explain

        return explain(self, customer)


def _outside(spec: VariantsSpec, paths: int) -> Note:
    if spec.start is None:
        return Note("paths_without_end", paths=paths, end=spec.end or "")
    if spec.end is None:
        return Note("paths_without_start", paths=paths, start=spec.start)
    return Note("paths_without_start_end", paths=paths, start=spec.start, end=spec.end)


def reads_of(spec: VariantsSpec) -> set[str]:
    """The fields and properties that the question reads."""
    return names_in(spec.where) | {spec.by}


def run(spec: VariantsSpec, snapshot: Snapshot, engine: Engine) -> VariantsResult:
    """Answer the question."""
    snapshot.prepare(reads_of(spec))
    question = Variants(spec, snapshot)
    return VariantsResult(question, engine.fold(question, snapshot), engine)
