"""Words of a funnel: what it will come to once all have had their time."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.wording.cells import shown
from lvtu.analyses.wording.steps import Steps
from lvtu.core.words import language, say


class _Funnel(Steps):
    intervals: ClassVar[dict[str, tuple[str, str]]] = {"from_start": ("low", "high")}

    def shaped(self, result: Any) -> pa.Table:
        """The table without its second interval, which a terminal has no room for; pictures tell it on pointing."""
        return super().shaped(result).drop_columns(["previous_low", "previous_high"])

    def remarks(self, result: Any) -> list[str]:
        """The share expected to finish, where some have not and still have time to."""
        spec = result.spec
        if not result.immature or len(spec.steps) < 2 or spec.by or spec.trend:
            return []
        row = result.time_to_convert().table.to_pylist()[-1]
        if row["kaplan_meier"] is None:
            return []
        names = ("kaplan_meier", "low", "high", "from_start")
        name = result.naming.step(spec.steps[-1], language())
        return [say("funnel.in_the_end", name=name, **{name: shown(name, row[name]) for name in names})]


WORDING = _Funnel()
