"""Words of a metric: its rate is called what it is called."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.wording.base import Wording
from lvtu.core.words import language


class _Metric(Wording):
    def titles(self, result: Any) -> dict[str, str]:
        """The metric's own title."""
        return {"rate": result.metric.title.get(language())}


WORDING = _Metric()
