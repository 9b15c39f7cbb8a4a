"""Planned against actual: how each step of a map went beside its happy path, counted from events."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.base import make
from lvtu.analyses.conformance import ConformanceResult, run
from lvtu.analyses.conformance.spec import MOST_STEPS, ConformanceSpec
from lvtu.analyses.groups import values_of
from lvtu.engines.base import Engine
from lvtu.maps.document import JourneyMap, Path
from lvtu.maps.live.filled import AsPlanned
from lvtu.maps.live.observed import observed, of_survey
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.snapshot import Snapshot


def planned(map_: JourneyMap, since: int, until: int, snapshot: Snapshot, engine: Engine) -> dict[str, AsPlanned]:
    """How each step went beside the plan: the map's first happy path, else its steps in their order.

    Steps that no event shows are not part of what can be checked. A step's own standard is its time limit, counted
    from the step done before. A customer who stays at a step does it once. Who leaves out a step that may be left out
    does not miss it.

    Args:
        map_: it.
        since, until: when, µs.
        snapshot: of what, read through the map's own model (`lvtu.maps.compiled`).
        engine: who counts.

    Returns:
        Nothing where nobody's way was observed, or fewer than two steps, or more than `MOST_STEPS`, can be checked.
    """
    snapshot.prepare({PLACE})
    shown = {key for key in values_of(snapshot, PLACE) if key is not None}
    plan = [key for key in plan_of(map_) if key in shown]
    if not 2 <= len(plan) <= MOST_STEPS:
        return {}
    happy = happy_path(map_)
    optional = happy.optional if happy is not None else ()
    order = [_step(map_, key, first=not place, optional=key in optional) for place, key in enumerate(plan)]
    seen = observed(map_.where, not of_survey(map_))
    asked = {"order": order, "by": PLACE, "fold": True, "where": seen, "since": since, "until": until}
    found = run(make(ConformanceSpec, asked), snapshot, engine)
    return _told(plan, optional, found) if found.customers_all else {}


def plan_of(map_: JourneyMap) -> tuple[str, ...]:
    """The keys of the steps as they are meant to be passed; each once."""
    happy = happy_path(map_)
    return tuple(dict.fromkeys(happy.steps if happy is not None else (step.key for step in map_.steps)))


def happy_path(map_: JourneyMap) -> Path | None:
    """The path that counts as planned: the first happy one; None where all steps in their order do."""
    return next((path for path in map_.paths if path.kind == "happy" and path.steps), None)


def _step(map_: JourneyMap, key: str, *, first: bool, optional: bool) -> dict[str, Any]:
    standard = map_.step(key).standard
    return {"place": key, "optional": optional} | ({} if standard is None or first else {"within": standard})


def _told(plan: list[str], optional: tuple[str, ...], found: ConformanceResult) -> dict[str, AsPlanned]:
    kept = {
        key: AsPlanned(
            row["completed"], row["missing"], row["late"] + row["out_of_order"], row["repeated"],
            optional=key in optional, skipped=row["skipped"],
        )
        for key, row in zip(plan, found.table.to_pylist(), strict=True)
    }  # fmt: skip
    extra = {row["name"]: AsPlanned(0, 0, 0, row["customers"], planned=False) for row in found.ad_hoc.to_pylist()}
    return kept | extra
