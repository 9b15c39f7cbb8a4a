"""The laws of SERVQUAL, Kano and MaxDiff: any split of the customers, in any order, gives the same."""

from __future__ import annotations

from typing import Any

import pytest

from contract.instruments import cases_in
from lvtu.analyses.kano.answers import Pairs
from lvtu.analyses.kano.spec import KanoSpec
from lvtu.analyses.maxdiff.answers import Choices
from lvtu.analyses.maxdiff.spec import MaxdiffSpec
from lvtu.analyses.servqual.answers import Asked, Gathering, Respondents, in_order
from lvtu.analyses.servqual.spec import ServqualSpec
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    found = cases_in(tmp_path_factory.mktemp("laws"))[1].ws.snapshot()
    found.prepare({"plan", "question", "functional", "dysfunctional", "shown", "best", "worst",
                   "dimension", "item", "side", "scale", "score",
                   "weight"})  # fmt: skip
    return found


@pytest.mark.parametrize("options", [{}, {"by": "plan", "weighted": False}])
def test_laws_servqual(snapshot: Snapshot, options: dict[str, Any]) -> None:
    spec = ServqualSpec(**options)
    asked = Asked(spec, "servqual7", snapshot)
    holds(asked, snapshot, dict)
    statements = in_order(LocalEngine(1).fold(asked, snapshot))

    def told(state: Respondents) -> Any:
        return [repr(part.tolist()) for part in state.all(len(statements))]

    holds(Gathering(spec, "servqual7", snapshot, statements), snapshot, told)


@pytest.mark.parametrize("options", [{}, {"by": "plan", "where": "channel = 'web'"}])
def test_laws_kano(snapshot: Snapshot, options: dict[str, Any]) -> None:
    holds(Pairs(KanoSpec(**options), snapshot), snapshot, dict)


@pytest.mark.parametrize("options", [{}, {"by": "plan", "where": "channel = 'web'"}])
def test_laws_maxdiff(snapshot: Snapshot, options: dict[str, Any]) -> None:
    holds(Choices(MaxdiffSpec(**options), snapshot), snapshot, dict)
