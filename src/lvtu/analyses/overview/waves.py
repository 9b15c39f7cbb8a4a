"""Data that come in waves, as those of a yearly survey do."""

from __future__ import annotations

from lvtu.analyses.overview.periods import Periods, waves
from lvtu.analyses.trend import TrendSpec
from lvtu.analyses.trend import run as run_trend
from lvtu.core.units import instant
from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot


def in_waves(usual: Periods, zone: str, snapshot: Snapshot, engine: Engine) -> Periods | None:
    """The last two waves, where nothing happened in the usual period and the data come in waves."""
    told = run_trend(TrendSpec(period="day", zone=zone), snapshot, engine).table
    days = [instant(row["period"]) for row in told.to_pylist() if row["events"]]
    recent = any(usual.now.since <= day < usual.now.until for day in days)
    return None if recent else waves(days, zone)
