"""``lvtu funnel --times``: how long each step takes."""

from __future__ import annotations

from lvtu.cli.analyses.base import AnalysisCommand


class _TimeToConvert(AnalysisCommand):
    bars = ("kaplan_meier", "customers")


COMMAND = _TimeToConvert()
