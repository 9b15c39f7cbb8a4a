"""Words of a service's quality: what the figure is, and the dimensions by their names."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.wording.base import Wording
from lvtu.core.words import say


class _Servqual(Wording):
    places = ("dimension",)
    heads: ClassVar[dict[str, str]] = {"n": "respondents"}

    def titles(self, result: Any) -> dict[str, str]:
        """What the figure is: a gap, or what is perceived."""
        return {"value": say("columns.gap_of_quality" if result.gaps else "columns.perceived")}

    def shaped(self, result: Any) -> pa.Table:
        """The ends of the interval under names that say they are no shares."""
        data = super().shaped(result)
        return data.rename_columns([_ENDS.get(name, name) for name in data.column_names])


_ENDS = {"low": "mean_low", "high": "mean_high"}

WORDING = _Servqual()
