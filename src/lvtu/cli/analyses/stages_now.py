"""``lvtu stages --now``: who is in which stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lvtu.cli.analyses.base import AnalysisCommand

if TYPE_CHECKING:
    pass


class _StagesNow(AnalysisCommand):
    bars = ("share", "customers")

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(customers or None)
        return names


COMMAND = _StagesNow()
