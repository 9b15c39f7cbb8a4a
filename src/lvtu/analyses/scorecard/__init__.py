"""The perception scorecard: how attributes are found, by ratings and by what is read in texts, place by place."""

from __future__ import annotations

from lvtu.analyses.scorecard.question import ScorecardQuestion
from lvtu.analyses.scorecard.result import ScorecardResult
from lvtu.analyses.scorecard.spec import ScorecardSpec
from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot

SPEC = ScorecardSpec


def run(spec: ScorecardSpec, snapshot: Snapshot, engine: Engine) -> ScorecardResult:
    """Answer the question.

    Raises:
        UnknownName: there is no such field or property.
        BadInput: there are too many groups.
    """
    snapshot.prepare(spec.reads())
    question = ScorecardQuestion(spec, snapshot)
    return ScorecardResult(question, engine.fold(question, snapshot), engine)
