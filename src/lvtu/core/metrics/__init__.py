"""Metrics: the figures a company steers by, each with a definition that can be read, edited and kept by version."""

from __future__ import annotations

from lvtu.core.metrics.metric import Measure, Metric
from lvtu.core.metrics.standard import STANDARD

__all__ = ["STANDARD", "Measure", "Metric"]
