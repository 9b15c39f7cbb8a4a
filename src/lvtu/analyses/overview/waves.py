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
    days = _busy(zone, snapshot, engine)
    recent = any(usual.now.since <= day < usual.now.until for day in days)
    return None if recent else waves(days, zone)


def last_waves(longest: int, zone: str, snapshot: Snapshot, engine: Engine) -> Periods | None:
    """The last two waves, however recent, of data that come in waves of so many days at most."""
    return waves(_busy(zone, snapshot, engine), zone, longest)


def _busy(zone: str, snapshot: Snapshot, engine: Engine) -> list[int]:
    """When the days begin on which anything happened, µs."""
    told = run_trend(TrendSpec(period="day", zone=zone), snapshot, engine).table
    return [instant(row["period"]) for row in told.to_pylist() if row["events"]]
