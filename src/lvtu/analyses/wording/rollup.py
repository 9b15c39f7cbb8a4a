"""Words of nested journeys: each set in as deep as it is nested."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.wording.base import Wording
from lvtu.core.words import language


class _Rollup(Wording):
    heads: ClassVar[dict[str, str]] = {"conversion": "first_to_last"}

    def shaped(self, result: Any) -> pa.Table:
        """Each journey and stage by its name."""
        table = super().shaped(result)
        names = [f"{'· ' * node.level}{node.titles[-1].get(language())}" for node in result.nodes]
        place = table.column_names.index("path")
        return table.set_column(place, "journey", pa.array(names, pa.string())).drop_columns(["level"])


WORDING = _Rollup()
