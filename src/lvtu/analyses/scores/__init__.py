"""Scores: NPS, CSAT, CES, stars, means, feelings, sentiment of texts, by group and period; what tells them apart."""

from __future__ import annotations

from lvtu.analyses.scores.asked import Asked, surveys_on
from lvtu.analyses.scores.measures import OF_TEXT, SHARES, Measure, chosen, fits, usual
from lvtu.analyses.scores.question import ScalesSeen, ScoresQuestion, code_of_scale, reads_of
from lvtu.analyses.scores.result import ScoresResult
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.core.sentences import Term
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.store.journeys.snapshot import Snapshot

SPEC = ScoresSpec


def run(spec: ScoresSpec, snapshot: Snapshot, engine: Engine) -> ScoresResult:
    """Answer the question.

    Raises:
        UnknownName: no answer is on the scale that is asked for.
        BadInput: the measure cannot be worked out on the scale, no scale fits it, or several do.
    """
    if spec.shrink and spec.metric in ("nps", *SHARES):
        raise BadInput("shrunk_share", metric=spec.metric)
    snapshot.prepare(reads_of(spec))
    measure, asked = _measure(spec, snapshot, engine), Asked(spec, snapshot)
    surveys = surveys_on(asked, snapshot, engine)[code_of_scale(measure, snapshot)]
    question = ScoresQuestion(spec, measure, snapshot, asked, surveys)
    return ScoresResult(question, engine.fold(question, snapshot), engine)


def measure_of(spec: ScoresSpec, snapshot: Snapshot) -> Measure | None:
    """What is worked out on which scale; None where that takes a look at the answers.

    Raises:
        UnknownName: no answer is on the scale that is asked for.
        BadInput: the measure cannot be worked out on the scale.
    """
    if spec.metric in OF_TEXT:
        if spec.scale is not None:
            raise BadInput("scale_of_text", metric=spec.metric, scale=spec.scale)
        return Measure(spec.metric, None)
    named = scales_in(snapshot)
    if spec.scale is not None:
        return chosen(spec.metric, spec.scale, named)
    candidates = usual(spec.metric, named)
    return Measure(spec.metric, candidates[0]) if len(candidates) == 1 else None


def scales_in(snapshot: Snapshot) -> list[str]:
    """The names of the scales that answers are on."""
    return [name for name in snapshot.names("scale")[1:] if name]


def _measure(spec: ScoresSpec, snapshot: Snapshot, engine: Engine) -> Measure:
    """On which scale; where there are no answers at all, on none."""
    known = measure_of(spec, snapshot)
    if known is not None:
        return known
    seen = engine.fold(ScalesSeen(spec, snapshot), snapshot)
    ranked = sorted((scale for scale in seen if scale is not None), key=lambda scale: (-seen[scale], scale))
    candidates = usual(spec.metric, scales_in(snapshot))
    there = [scale for scale in ranked if scale in candidates]
    if len(there) == 1:
        return Measure(spec.metric, there[0])
    if there:
        raise BadInput("several_scales", metric=spec.metric, known=there)
    if not ranked and (not seen or fits(spec.metric, None)):
        return Measure(spec.metric, None)
    raise BadInput("no_scale_fits", metric=spec.metric, needs=Term(f"scale_of_{spec.metric}"), known=ranked)
