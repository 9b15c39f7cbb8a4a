"""``lvtu scores``: how customers rate what they were asked about."""

from __future__ import annotations

from lvtu.cli.analyses.base import AnalysisCommand


class _Scores(AnalysisCommand):
    example = "lvtu scores shop.lvtu --metric nps --by stage"


COMMAND = _Scores()
