"""``lvtu timeline``: everything one customer did and said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lvtu.cli.analyses.base import AnalysisCommand

if TYPE_CHECKING:
    pass


class _Timeline(AnalysisCommand):
    example = "lvtu timeline shop.lvtu ann"


COMMAND = _Timeline()
