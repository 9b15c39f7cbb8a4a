"""``lvtu funnel --times``: how long each step takes."""

from __future__ import annotations

from typing import ClassVar

from lvtu.cli.analyses.base import AnalysisCommand


class _TimeToConvert(AnalysisCommand):
    bars = ("kaplan_meier", "customers")
    heads: ClassVar[dict[str, str]] = {"median_time": "median_time_since_first", "p90_time": "p90_time_since_first"}


COMMAND = _TimeToConvert()
