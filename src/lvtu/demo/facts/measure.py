"""Counts from a workspace, through its public analyses only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StepCount:
    """One step of a funnel.

    Attributes:
        customers: who reached it.
        from_previous: share of the step before, None where that was empty.
        median_time: median µs since the step before, None for the first.
    """

    customers: int
    from_previous: float | None
    median_time: int | None


def funnel(view: Any, steps: Sequence[str | list[str]], **options: Any) -> list[StepCount]:
    """The steps of ``view.funnel(steps, **options)``; ``view`` is a workspace or a view of one."""
    rows = view.funnel(list(steps), **options).table.to_pylist()
    return [StepCount(row["customers"], row.get("from_previous"), row.get("median_time")) for row in rows]


@dataclass(frozen=True)
class Pair:
    """Two things that follow each other: how often, and by how many customers."""

    source: str | None
    target: str | None
    transitions: int
    customers: int


def graph(view: Any, **options: Any) -> list[Pair]:
    """The pairs of ``view.graph(**options)``, most frequent first."""
    rows = view.graph(**options).table.to_pylist()
    pairs = [Pair(row["source"], row["target"], row["transitions"], row["customers"]) for row in rows]
    return sorted(pairs, key=lambda pair: (-pair.transitions, str(pair.source), str(pair.target)))


@dataclass(frozen=True)
class Returned:
    """A cohort's return in one period.

    Attributes:
        cohort: first instant of the cohort's period.
        period: periods after the entry, 0 is the same period.
        customers: the cohort's size.
        mature: of them, those whose period had wholly passed.
        returned: customers who came back in it.
        rate: share of the mature who came back, None where nobody is mature.
    """

    cohort: Any
    period: int
    customers: int
    mature: int
    returned: int
    rate: float | None


def retention(view: Any, **options: Any) -> list[Returned]:
    """The cells of ``view.retention(**options)``, cohort by cohort."""
    rows = view.retention(**options).cohorts.to_pylist()
    names = ("cohort", "period", "customers", "mature", "returned", "rate")
    return [Returned(*(row[name] for name in names)) for row in rows]
