"""Drivers: which experiences go with an outcome, a score or a yes or no."""

from __future__ import annotations

from lvtu.analyses.drivers.answers import Gathering, Survey, outcome_of, settled
from lvtu.analyses.drivers.result import DriversResult
from lvtu.analyses.drivers.spec import DriversSpec
from lvtu.analyses.groups import values_of
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.store.journeys.snapshot import Snapshot

SPEC = DriversSpec

MOST = 40
"""Drivers at most."""


def run(spec: DriversSpec, snapshot: Snapshot, engine: Engine) -> DriversResult:
    """Answer the question."""
    survey = Survey(spec, snapshot, outcome_of(spec, snapshot))
    snapshot.prepare(survey.reads())
    values_of(snapshot, spec.by)
    outcome, drivers = settled(spec, survey.outcome, engine.fold(survey, snapshot))
    if len(drivers) > MOST:
        raise BadInput("drivers_many", given=len(drivers), most=MOST)
    question = Gathering(spec, snapshot, outcome, drivers)
    snapshot.prepare(question.reads())
    return DriversResult(question, engine.fold(question, snapshot), engine)
