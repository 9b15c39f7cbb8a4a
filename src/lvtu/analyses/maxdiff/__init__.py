"""MaxDiff: which options matter most, by the best and the worst of sets."""

from __future__ import annotations

from lvtu.analyses.maxdiff.answers import Choices, reads_of
from lvtu.analyses.maxdiff.result import MaxdiffResult
from lvtu.analyses.maxdiff.spec import MaxdiffSpec
from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot

SPEC = MaxdiffSpec


def run(spec: MaxdiffSpec, snapshot: Snapshot, engine: Engine) -> MaxdiffResult:
    """Answer the question."""
    if not (snapshot.carry("shown") and snapshot.carry("best") and snapshot.carry("worst")):
        return MaxdiffResult(spec, None, snapshot, {}, engine)
    snapshot.prepare(reads_of(spec))
    question = Choices(spec, snapshot)
    return MaxdiffResult(spec, question, snapshot, engine.fold(question, snapshot), engine)
