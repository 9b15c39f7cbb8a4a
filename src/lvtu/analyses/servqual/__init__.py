"""Quality of service: SERVQUAL, and SERVPERF where nobody was asked what they expected."""

from __future__ import annotations

from lvtu.analyses.servqual.answers import PROPERTIES, Asked, Gathering, in_order, reads_of
from lvtu.analyses.servqual.result import ServqualResult
from lvtu.analyses.servqual.spec import ServqualSpec
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.store.journeys.snapshot import Snapshot

SPEC = ServqualSpec

_SCALE = "servqual"


def run(spec: ServqualSpec, snapshot: Snapshot, engine: Engine) -> ServqualResult:
    """Answer the question.

    Raises:
        UnknownName: no answer is on the scale that is asked for.
        BadInput: answers are on several scales.
    """
    snapshot.prepare({"scale"} | ({spec.by} if spec.by else set()))
    scale = _scale(spec, snapshot)
    if scale is None or not all(snapshot.carry(name) for name in sorted(PROPERTIES)):
        return ServqualResult(spec, None, snapshot, None, engine)
    snapshot.prepare(reads_of(spec))
    statements = in_order(engine.fold(Asked(spec, scale, snapshot), snapshot))
    question = Gathering(spec, scale, snapshot, statements)
    return ServqualResult(spec, question, snapshot, engine.fold(question, snapshot), engine)


def _scale(spec: ServqualSpec, snapshot: Snapshot) -> str | None:
    """The scale of the answers; None where there are none at all."""
    there = sorted(str(name) for name in snapshot.names("scale")[1:] if str(name).startswith(_SCALE))
    if spec.scale is not None:
        if spec.scale not in there:
            raise UnknownName("scale", spec.scale, there)
        return spec.scale
    if len(there) > 1:
        raise BadInput("several_scales", metric=spec.analysis, known=there)
    return there[0] if there else None
