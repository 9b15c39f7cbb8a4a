"""``lvtu behaviours``: who viewed, ordered, repurchased, complained, churned, …."""

from __future__ import annotations

from lvtu.cli.analyses.base import AnalysisCommand


class _Behaviours(AnalysisCommand):
    example = "lvtu behaviours shop.lvtu --where \"channel = 'web'\""
    bars = ("share", "customers")


COMMAND = _Behaviours()
