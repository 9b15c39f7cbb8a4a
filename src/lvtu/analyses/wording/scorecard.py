"""Words of the scorecard: scores with their intervals in one cell, what they are compared with beside."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from lvtu.analyses.points.shown import between
from lvtu.analyses.wording.base import Wording
from lvtu.core.words import language, say

_MACHINES = ("low", "high", "score_difference_low", "score_difference_high", "p_value")
_POINTS = ("score", "rated", "said")


class _Scorecard(Wording):
    places = ("attribute",)

    def titles(self, result: Any) -> dict[str, str]:
        """What the means of both sources are called."""
        return {"rated": say("columns.card_answers"), "said": say("columns.card_texts"),
                "n": say("columns.card_n"), "answers": say("columns.responses")}  # fmt: skip

    def shaped(self, result: Any) -> pa.Table:
        """The score with its interval; means with one decimal."""
        data, rows, lang = super().shaped(result), result.table.to_pylist(), language()
        for name in _POINTS:
            told = [
                None if row[name] is None
                else between(row[name], row["low"], row["high"], lang) if name == "score"
                else f"{row[name]:.1f}"
                for row in rows
            ]  # fmt: skip
            data = data.set_column(data.column_names.index(name), name, pa.array(told, pa.string()))
        return data.drop_columns([name for name in _MACHINES if name in data.column_names])


WORDING = _Scorecard()
