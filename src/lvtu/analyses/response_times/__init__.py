"""Response times: how long until customers are answered, and how often in time."""

from __future__ import annotations

from lvtu.analyses.response_times.question import Waiting
from lvtu.analyses.response_times.result import ResponseTimesResult
from lvtu.analyses.response_times.spec import ResponseTimesSpec
from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot

SPEC = ResponseTimesSpec


def run(spec: ResponseTimesSpec, snapshot: Snapshot, engine: Engine) -> ResponseTimesResult:
    """Answer the question.

    Raises:
        UnknownName: no event has one of the names.
        BadInput: there are too many groups and periods.
    """
    snapshot.prepare(spec.reads())
    question = Waiting(spec, snapshot)
    return ResponseTimesResult(question, engine.fold(question, snapshot), engine)
