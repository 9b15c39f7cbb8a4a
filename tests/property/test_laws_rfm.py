"""The merge laws of RFM, in both rounds."""

from __future__ import annotations

from lvtu.analyses.rfm import Orders, Rfm, RfmSpec
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds
from property.test_laws import snapshot as snapshot


def test_laws_rfm(snapshot: Snapshot) -> None:
    spec = RfmSpec(event="A", where="plan = 'p' or value > 1")
    snapshot.prepare({"currency", "plan"})
    orders = Orders(spec, snapshot)
    holds(orders, snapshot)
    holds(Rfm(orders, orders.cuts(LocalEngine(1).fold(orders, snapshot))), snapshot)
