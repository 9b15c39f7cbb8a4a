"""Kano: how features are wanted, by pairs of answers."""

from __future__ import annotations

from lvtu.analyses.kano.answers import Pairs, reads_of
from lvtu.analyses.kano.result import KanoResult
from lvtu.analyses.kano.spec import KanoSpec
from lvtu.engines.base import Engine
from lvtu.store.journeys.snapshot import Snapshot

SPEC = KanoSpec


def run(spec: KanoSpec, snapshot: Snapshot, engine: Engine) -> KanoResult:
    """Answer the question."""
    if not (snapshot.carry("functional") and snapshot.carry("dysfunctional")):
        return KanoResult(spec, None, snapshot, {}, engine)
    snapshot.prepare(reads_of(spec))
    question = Pairs(spec, snapshot)
    return KanoResult(spec, question, snapshot, engine.fold(question, snapshot), engine)
