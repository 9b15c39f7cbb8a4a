"""Expectations: what is perceived minus what was expected, step by step, the furthest behind first."""

from __future__ import annotations

from lvtu.analyses.expectations.result import ExpectationsResult
from lvtu.analyses.expectations.spec import ExpectationsSpec
from lvtu.analyses.points.sides import SidesQuestion
from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot

SPEC = ExpectationsSpec

SIDES = (("perception",), ("expectation",))


def run(spec: ExpectationsSpec, snapshot: Snapshot, engine: Engine) -> ExpectationsResult:
    """Answer the question.

    Raises:
        UnknownName: there is no such field.
        BadInput: there are too many steps.
    """
    snapshot.prepare(spec.reads())
    question = SidesQuestion(
        spec, snapshot, SIDES, spec.by, spec.item, told_apart=False, paired=True, weighted=spec.weighted
    )
    return ExpectationsResult(spec, question, engine.fold(question, snapshot), engine)
