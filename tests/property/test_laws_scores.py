"""The merge laws of scores."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from contract.cases import buckets, rated, ugly, wide, workspace
from lvtu.analyses.scores.asked import Asked, Surveys, surveys_on
from lvtu.analyses.scores.measures import Measure
from lvtu.analyses.scores.question import ScalesSeen, ScoresQuestion, code_of_scale
from lvtu.analyses.scores.result import ScoresResult
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds

QUESTIONS: list[dict[str, Any]] = [
    {"by": "plan", "sent": "A"},
    {"by": "channel", "period": "day", "carry": True, "where": "value >= 0 or value is null"},
    {"metric": "mean", "event": ["A", "B"], "weighted": False},
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Many buckets, some with a tail."""
    folder: Path = tmp_path_factory.mktemp("laws")
    with buckets(8):
        base = rated(ugly(91)) + wide(40)
        late = rated(ugly(92, customers=30, prefix="new") + ugly(93, customers=20, most=2))
        return workspace(folder / "w.lvtu", base, late).snapshot()


@pytest.mark.parametrize("options", QUESTIONS)
@pytest.mark.parametrize("scale", ["nps", "csat5", None])
def test_laws_scores(snapshot: Snapshot, options: dict[str, Any], scale: str | None) -> None:
    spec = ScoresSpec(**options)
    snapshot.prepare(["plan", "value", "score", "scale", "weight"])
    measure, asked = Measure(spec.metric, scale), Asked(spec, snapshot)
    surveys = surveys_on(asked, snapshot, LocalEngine(1))[code_of_scale(measure, snapshot)]
    question = ScoresQuestion(spec, measure, snapshot, asked, surveys)
    holds(question, snapshot)
    holds(
        question, snapshot,
        lambda state: ScoresResult(question, copy.deepcopy(state), LocalEngine(1)).table.to_pylist(),
    )  # fmt: skip
    holds(Surveys(asked), snapshot, sorted)
    holds(ScalesSeen(spec, snapshot), snapshot, dict)
