"""Word of mouth: who would recommend, what is said in public, and who did recommend, by stage or anything else."""

from __future__ import annotations

from lvtu.analyses.word_of_mouth.question import WordOfMouthQuestion
from lvtu.analyses.word_of_mouth.result import WordOfMouthResult
from lvtu.analyses.word_of_mouth.spec import WordOfMouthSpec
from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot

SPEC = WordOfMouthSpec


def run(spec: WordOfMouthSpec, snapshot: Snapshot, engine: Engine) -> WordOfMouthResult:
    """Answer the question.

    Raises:
        UnknownName: there is no such field.
        BadInput: there are too many groups; or what a referral is needs a journey model, and there is none.
    """
    snapshot.prepare(spec.reads())
    question = WordOfMouthQuestion(spec, snapshot)
    return WordOfMouthResult(question, engine.fold(question, snapshot), engine)
