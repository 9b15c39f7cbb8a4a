"""The merge laws of metrics."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from lvtu.analyses.metric import MetricQuestion, MetricSpec
from lvtu.analyses.metric.result import MetricResult
from lvtu.core.metrics import Metric
from lvtu.core.model import JourneyModel
from lvtu.core.model.columns import ModelColumns
from lvtu.engines.local import LocalEngine
from lvtu.store.journeys.snapshot import Snapshot
from property.test_laws import MODEL, holds, snapshot

__all__ = ["snapshot"]

A, B = {"events": "A"}, {"events": "B"}
METRICS: list[dict[str, Any]] = [
    {"of": B, "per": A, "within": "4us"},
    {"of": B | {"count": "events"}, "per": A | {"count": "events"}},
    {"of": B | {"count": "money"}},
    {"of": {"silent": "3us"}},
]


@pytest.mark.parametrize("definition", METRICS)
def test_laws_metric(snapshot: Snapshot, definition: dict[str, Any]) -> None:
    metric = Metric.load({"key": "m", "title": "M", **definition})
    seen = snapshot.through(ModelColumns(lambda: JourneyModel.load(MODEL), metric=lambda _: metric))
    seen.prepare(["plan", "currency"])
    analysis = MetricQuestion(MetricSpec(name="m", by="plan", where="value >= 0 or value is null"), seen)
    holds(analysis, seen)
    holds(analysis, seen, lambda state: MetricResult(analysis, copy.deepcopy(state), LocalEngine(1)).table.to_pylist())
