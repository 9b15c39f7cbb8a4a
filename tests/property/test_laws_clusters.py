"""The laws of clusters: in each of the three rounds any split of the customers, in any order, gives the same."""

from __future__ import annotations

from typing import Any

import pytest

from contract.cases import buckets, ugly, wide, workspace
from lvtu.analyses.clusters import ClustersResult, ClustersSpec
from lvtu.analyses.clusters.centres import centres_of
from lvtu.analyses.clusters.rounds import Assignment, Drawn, Sample, Survey, features_of
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many buckets, some with a tail."""
    with buckets(8):
        base, late = ugly(91) + wide(40), ugly(92, customers=30, prefix="new") + ugly(93, customers=20, most=2)
        return workspace(tmp_path_factory.mktemp("laws") / "w.lvtu", base, late).snapshot()


def drawn(state: Drawn) -> Any:
    return sorted(zip(state.keys.tolist(), state.counts.tolist(), state.sizes.tolist(), strict=True))


@pytest.mark.parametrize(
    "options", [{}, {"sample": 20, "top": 3}, {"by": "plan", "transitions": True, "where": "value > 1", "sample": 30}]
)
def test_laws_clusters(snapshot: Snapshot, options: dict[str, Any]) -> None:
    snapshot.prepare({"plan", "value"})
    spec, engine = ClustersSpec(**options), LocalEngine(1)
    survey = Survey(spec, snapshot)
    holds(survey, snapshot)
    totals = engine.fold(survey, snapshot)
    drawing = Sample(spec, snapshot, features_of(survey, totals), int(totals.customers[0]))
    holds(drawing, snapshot, drawn)
    features, sample = drawing.settled(engine.fold(drawing, snapshot))
    assert len(sample.keys) == min(spec.sample, int(totals.customers[0]))
    centres, _ = centres_of(features.vectors(sample.counts, sample.sizes), None)
    holds(Assignment(spec, snapshot, features, centres), snapshot)
    tables = [ClustersResult(spec, snapshot, LocalEngine(threads)).table for threads in (1, 2, 3)]
    assert tables[0].equals(tables[1]) and tables[0].equals(tables[2]) and tables[0].num_rows > 1
