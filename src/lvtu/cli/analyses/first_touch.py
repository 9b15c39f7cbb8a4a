"""``lvtu first-touch``: where customers begin, and the score they give there."""

from __future__ import annotations

from lvtu.cli.analyses.base import AnalysisCommand


class _FirstTouch(AnalysisCommand):
    example = "lvtu first-touch shop.lvtu --by channel"


COMMAND = _FirstTouch()
