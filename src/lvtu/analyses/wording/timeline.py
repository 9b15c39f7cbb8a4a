"""Words of a time line: its times are UTC, whatever the calendar's zone."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.text import records_for_people
from lvtu.analyses.wording.base import Wording


class _Timeline(Wording):
    heads: ClassVar[dict[str, str]] = {"time": "time_utc"}

    def shaped(self, result: Any) -> pa.Table:
        """Each event on a line, its properties as words."""
        return records_for_people(self.in_words(result, result.table))


WORDING = _Timeline()
