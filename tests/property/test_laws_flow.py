"""The merge laws of flows, both rounds of them, and of step matrices."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pytest

from lvtu.analyses.flow import Flow, FlowSpec
from lvtu.analyses.step_matrix import StepMatrix, StepMatrixSpec
from lvtu.analyses.walks import Nodes, Reached
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import holds, seen, snapshot

__all__ = ["seen", "snapshot"]

FLOWS: list[dict[str, Any]] = [
    {"start": "A"},
    {"start": ("A", "B"), "entry": "each", "top": 2, "fold": True},
    {"by": "touchpoint", "direction": "backward", "top": 1},
    {"start": "B", "by": "plan", "unit": "sessions", "session_gap": 2, "within": 4, "entry": "latest"},
]


@pytest.mark.parametrize("options", FLOWS)
def test_laws_flow(seen: Snapshot, options: dict[str, Any]) -> None:
    spec = FlowSpec(**options)
    seen.prepare(spec.reads())
    first = Flow(spec, seen)
    holds(Reached(first), seen, np.ndarray.tolist)
    question = Flow(spec, seen, Nodes.of(LocalEngine(2).fold(Reached(first), seen), first.walker.names, spec.top))
    holds(question, seen)
    state = LocalEngine(2).fold(question, seen)
    again = pickle.loads(pickle.dumps(state))
    assert [part.tolist() for part in vars(again).values()] == [part.tolist() for part in vars(state).values()]
    assert state.walks.any()


@pytest.mark.parametrize("segments", [(), ("channel = 'web'", "plan = 'p'")])
@pytest.mark.parametrize("options", [{"start": "A", "entry": "latest"}, {"by": "stage", "unit": "sessions"}])
def test_laws_step_matrix(seen: Snapshot, options: dict[str, Any], segments: tuple[str, ...]) -> None:
    spec = StepMatrixSpec(**options)
    seen.prepare({*spec.reads(), "channel", "plan"})
    question = StepMatrix(spec, seen, segments)
    holds(question, seen)
    state = LocalEngine(2).fold(question, seen)
    again = pickle.loads(pickle.dumps(state))
    assert [part.tolist() for part in vars(again).values()] == [part.tolist() for part in vars(state).values()]
    assert state.started.all() and len(state.started) == max(1, len(segments))
