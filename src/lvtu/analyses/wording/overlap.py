"""Words of overlaps: segments by their names, or by their conditions in words."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from lvtu.analyses.whom import group_called
from lvtu.analyses.wording.base import Wording
from lvtu.core.words import language


class _Overlap(Wording):
    def in_words(self, result: Any, data: pa.Table) -> pa.Table:
        """The segments by name."""
        sets = [[group_called(one, language(), result.naming) for one in some] for some in data["segments"].to_pylist()]
        return data.set_column(data.column_names.index("segments"), "segments", pa.array(sets, pa.list_(pa.string())))


WORDING = _Overlap()
