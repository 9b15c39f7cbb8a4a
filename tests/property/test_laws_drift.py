"""The merge laws of drift."""

from __future__ import annotations

from lvtu.analyses.drift import Drift, DriftSpec
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds
from property.test_laws import snapshot as snapshot


def test_laws_drift(snapshot: Snapshot) -> None:
    spec = DriftSpec(segment="did A in the last 1 day or A then B", period="hour", where="value > 1")
    holds(Drift(spec, snapshot), snapshot)
