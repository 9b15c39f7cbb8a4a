"""Words of response times: shares with their intervals, and no columns in which nothing is."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.wording.base import Wording


class _ResponseTimes(Wording):
    intervals: ClassVar[dict[str, tuple[str, str]]] = {
        "answered_share": ("answered_low", "answered_high"), "in_time": ("in_time_low", "in_time_high"),
    }  # fmt: skip
    only_if_any: ClassVar[dict[str, tuple[str, ...]]] = {"open": (), "untimed": ()}
    heads: ClassVar[dict[str, str]] = {"starts": "waits", "met": "met_in_time"}

    def shaped(self, result: Any) -> pa.Table:
        """The share answered stands for the number, and the ends of the median are left to machines."""
        return super().shaped(result).drop_columns(["answered", "median_low", "median_high"])


WORDING = _ResponseTimes()
