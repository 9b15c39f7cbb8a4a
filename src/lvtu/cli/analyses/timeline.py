"""``lvtu timeline``: everything one customer did and said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from lvtu.cli.analyses.base import AnalysisCommand

if TYPE_CHECKING:
    import pyarrow as pa


class _Timeline(AnalysisCommand):
    example = "lvtu timeline shop.lvtu ann"
    heads: ClassVar[dict[str, str]] = {"time": "time_utc"}  # whatever the zone of the calendar

    def shaped(self, result: Any) -> pa.Table:
        """Each event on a line, its properties as words."""
        from lvtu.analyses.text import records_for_people

        return records_for_people(result.table)


COMMAND = _Timeline()
