"""``lvtu metric``: a figure of the catalogue: conversion, repurchase, refund, complaint, churn, …."""

from __future__ import annotations

from typing import Any

from lvtu.cli.analyses.base import AnalysisCommand
from lvtu.core.words import language


class _Metric(AnalysisCommand):
    example = "lvtu metric shop.lvtu repurchase --period month"

    def titles(self, result: Any) -> dict[str, str]:
        """Its rate is called what the metric is called."""
        return {"rate": result.metric.title.get(language())}


COMMAND = _Metric()
