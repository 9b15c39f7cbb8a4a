"""Words of behaviours: of those that no event shows nothing is known."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.analyses.wording.base import Wording

_NUMBERS = ("customers", "share", "events")


class _Behaviours(Wording):
    def shaped(self, result: Any) -> pa.Table:
        """No numbers of what is unknown."""
        data = super().shaped(result)
        known = pc.invert(pc.is_in(result.table["behaviour"], pa.array(sorted(result.unknown), pa.string())))
        for name in _NUMBERS:
            numbers = pc.if_else(known, data[name], pa.scalar(None, data[name].type))
            data = data.set_column(data.column_names.index(name), name, numbers)
        return data


WORDING = _Behaviours()
