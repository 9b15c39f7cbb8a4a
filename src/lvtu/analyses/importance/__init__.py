"""Importance beside satisfaction: which needs matter and are not met, by Ulwick's opportunity."""

from __future__ import annotations

from lvtu.analyses.importance.result import ImportanceResult
from lvtu.analyses.importance.spec import ImportanceSpec
from lvtu.analyses.points.sides import SidesQuestion
from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot

SPEC = ImportanceSpec

SIDES = (("importance",), ("satisfaction", "perception"))


def run(spec: ImportanceSpec, snapshot: Snapshot, engine: Engine) -> ImportanceResult:
    """Answer the question.

    Raises:
        UnknownName: there is no such field.
        BadInput: there are too many needs and groups.
    """
    snapshot.prepare(spec.reads())
    question = SidesQuestion(
        spec, snapshot, SIDES, spec.by, spec.item, told_apart=True, paired=False, weighted=spec.weighted
    )
    return ImportanceResult(spec, question, engine.fold(question, snapshot), engine)
