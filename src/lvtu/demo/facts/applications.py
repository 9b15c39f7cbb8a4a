"""The bank's numbers: which ways applications go, how near to the design, and what is handed over in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.demo.applications import CANCELLED, CHECKED, COMPLETE, DENIED, DESIGN, HANDOFFS, TAKEN
from lvtu.demo.figures import Figure, rate

SHOWN = 5
"""How many ways the page shows."""


@dataclass(frozen=True)
class Way:
    """One distinct path: its events, who took it, and the median µs from its first event to its last."""

    path: list[str]
    share: Figure
    customers: int
    median_time: int | None


@dataclass(frozen=True)
class Planned:
    """A step of the design.

    Attributes:
        completed: applications that did it in its place.
        missing: those that did not do it.
        elsewhere: those that did it at another place only.
        skipped: those that left an optional step out.
        repeated: those that did it more than once.
        share: of completed, of those for which it was due.
        median_time: median µs since the step before.
    """

    completed: int
    missing: int
    elsewhere: int
    skipped: int
    repeated: int
    share: Figure
    median_time: int | None


@dataclass(frozen=True)
class Handed:
    """A hand-off.

    Attributes:
        handoffs: how many.
        late: taken over after its time.
        broken: not taken over.
        pending: still has time.
        share: kept, of those whose time is over.
        low, high: its 95 % interval, which knows that an application may have several.
        median_time, p90_time: µs until it was taken over.
    """

    handoffs: int
    late: int
    broken: int
    pending: int
    share: float
    low: float
    high: float
    median_time: int
    p90_time: int


@dataclass(frozen=True)
class ApplicationFacts:
    """All numbers of the bank's page.

    Attributes:
        events: how many are kept.
        applications: how many.
        ways: the most frequent ways.
        different: distinct ways in all.
        once: of them, those that a single application took.
        steps: of the design.
        fitting: applications that keep to the design, of its events alone.
        fitness: mean fitness of all.
        ends: outcome (event) → its share of all applications.
        silent: of the applications whose papers were never checked after the offers, the share that was cancelled.
        handed: hand-offs.
        end: time of the last event.
    """

    events: int
    applications: int
    ways: list[Way]
    different: int
    once: int
    steps: list[Planned]
    fitting: Figure
    fitness: float
    ends: dict[str, Figure]
    silent: Figure
    handed: list[Handed]
    end: datetime


def facts(events: pa.Table, ws: Any) -> ApplicationFacts:
    """The bank's numbers from its events and its workspace."""
    variants = ws.variants(fold=True, top=SHOWN)
    note = next(note for note in variants.notes if note.code == "variants_customers").values
    places = [[step["place"]] if isinstance(step["place"], str) else step["place"] for step in DESIGN]
    listed = ", ".join(f"'{name}'" for names in places for name in names)
    design = ws.conformance(DESIGN, where=f"event in ({listed})")
    silent = f'did "{COMPLETE}" and not did "{CHECKED}"'
    everybody = pc.count_distinct(events["user_id"]).as_py()
    return ApplicationFacts(
        events=events.num_rows,
        applications=everybody,
        ways=[
            Way(row["path"], rate(row["customers"], everybody), row["customers"], row["median_time"])
            for row in variants.table.to_pylist()[:SHOWN]
        ],
        different=note["variants"],
        once=note["once"],
        steps=[_planned(row) for row in design.table.to_pylist()],
        fitting=rate(design.fitting, everybody),
        fitness=design.fitness,
        ends={name: rate(_size(ws, f'did "{name}"'), everybody) for name in (TAKEN, CANCELLED, DENIED)},
        silent=rate(_size(ws, f'{silent} and did "{CANCELLED}"'), _size(ws, silent)),
        handed=[_handed(row) for row in ws.handoffs([pair for _, pair in HANDOFFS]).table.to_pylist()],
        end=pc.max(events["time"]).as_py(),
    )


def _size(ws: Any, condition: str) -> int:
    size: int = ws.segment(condition).table.to_pylist()[0]["customers"]
    return size


def _planned(row: dict[str, Any]) -> Planned:
    due = row["completed"] + row["late"] + row["out_of_order"] + row["missing"]
    return Planned(
        completed=row["completed"],
        missing=row["missing"],
        elsewhere=row["out_of_order"],
        skipped=row["skipped"],
        repeated=row["repeated"],
        share=rate(row["completed"], due),
        median_time=row["median_time"],
    )


def _handed(row: dict[str, Any]) -> Handed:
    names = ("handoffs", "late", "broken", "pending", "share", "low", "high", "median_time", "p90_time")
    return Handed(**{name: row[name] for name in names})
