"""Words of attribution: goals without a touch, and models by name."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.analyses.wording.base import Wording
from lvtu.core.words import say


class _Attribution(Wording):
    idle = ("value", ("currency", "value", "value_share", "value_low", "value_high"))

    def titles(self, result: Any) -> dict[str, str]:
        """Models side by side have a column each."""
        return {model: say(f"charts.attribution.{model}") for model in result.spec.models}

    def shaped(self, result: Any) -> pa.Table:
        """Goals without a touch by name."""
        table = super().shaped(result)
        names = pc.fill_null(table[0], say("charts.attribution.no_touch"))
        return table.set_column(0, table.column_names[0], names)


WORDING = _Attribution()
