"""The laws of drivers: in both rounds any split of the customers, in any order, gives the same."""

from __future__ import annotations

from typing import Any

import pytest

from contract.cases import buckets, rated, ugly, wide, workspace
from lvtu.analyses.drivers import run
from lvtu.analyses.drivers.answers import Answers, Gathering, Survey, outcome_of, settled
from lvtu.analyses.drivers.spec import DriversSpec
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many buckets, some with a tail."""
    with buckets(8):
        base = rated(ugly(91)) + wide(40)
        late = rated(ugly(92, customers=30, prefix="new") + ugly(93, customers=20, most=2))
        return workspace(tmp_path_factory.mktemp("laws") / "w.lvtu", base, late).snapshot()


@pytest.mark.parametrize(
    "options",
    [
        {"outcome": "nps"},
        {"outcome": "A", "outcome_where": "scale = 'nps'", "by": "channel", "take": "mean", "skipped": "pairwise"},
        {"outcome": "did B", "by": "plan", "where": "value >= 0 or value is null", "weighted": False},
    ],
)
def test_laws_drivers(snapshot: Snapshot, options: dict[str, Any]) -> None:
    snapshot.prepare({"plan", "value", "score", "scale", "weight"})
    spec, engine = DriversSpec(**options), LocalEngine(1)
    survey = Survey(spec, snapshot, outcome_of(spec, snapshot))
    holds(survey, snapshot)
    outcome, drivers = settled(spec, survey.outcome, engine.fold(survey, snapshot))
    assert len(drivers) > 2

    def told(state: Answers) -> Any:
        return [repr(part.tolist()) for part in state.all(len(drivers))]

    holds(Gathering(spec, snapshot, outcome, drivers), snapshot, told)
    tables = [run(spec, snapshot, LocalEngine(threads)).table for threads in (1, 2, 3)]
    assert tables[0].equals(tables[1]) and tables[0].equals(tables[2]) and tables[0].num_rows == len(drivers)
