"""Touchpoint quality: perception, emotion, effort and operations in one documented index, by place and period."""

from __future__ import annotations

from lvtu.analyses.touchpoint_quality.question import QualityQuestion
from lvtu.analyses.touchpoint_quality.result import TouchpointQualityResult
from lvtu.analyses.touchpoint_quality.spec import TouchpointQualitySpec
from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot

SPEC = TouchpointQualitySpec


def run(spec: TouchpointQualitySpec, snapshot: Snapshot, engine: Engine) -> TouchpointQualityResult:
    """Answer the question.

    Raises:
        UnknownName: there is no such blend, or no event has a name that a standard needs.
        BadInput: there are too many groups and periods.
    """
    _ = spec.weights  # a blend that there is not is told before anything is counted
    snapshot.prepare(spec.reads())
    question = QualityQuestion(spec, snapshot)
    return TouchpointQualityResult(question, engine.fold(question, snapshot), engine)
