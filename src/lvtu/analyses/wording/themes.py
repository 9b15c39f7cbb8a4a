"""Words of themes: figures with their intervals, what moved since when, and what people wrote."""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from lvtu.analyses.text import in_zone
from lvtu.analyses.wording.base import Wording
from lvtu.core.words import known, say

_LEFT_OUT = (
    "rated", "sentiment_low", "sentiment_high", "negative_low", "negative_high", "positive", "positive_low",
    "positive_high", "share_before", "share_after",
    "sentiment_before", "sentiment_after", "mood_p_adjusted", "quotes", "difference_low", "difference_high", "p_value",
    "p_adjusted",
)  # fmt: skip


class _Themes(Wording):
    places = ()
    intervals: ClassVar[dict[str, tuple[str, str]]] = {"share": ("low", "high")}

    def shaped(self, result: Any) -> pa.Table:
        """The columns that people read; a machine has the rest."""
        data = _told(super().shaped(result), "trend", "mood")
        for name in ("since", "mood_since"):
            if name in data.column_names:
                there = data[name].cast(pa.timestamp("us", result.spec.zone))
                data = data.set_column(data.column_names.index(name), name, there)
        called = [result.called(theme) for theme in data["theme"].to_pylist()]
        data = data.set_column(0, "theme", pa.array(called, pa.string()))
        gone = [*_LEFT_OUT, *(name for name in ("since", "mood_since") if _nothing(data, name))]
        return data.drop_columns([name for name in gone if name in data.column_names])

    def changes(self, result: Any) -> pa.Table:
        """What changed, a row each."""
        data = _told(in_zone(result.changes, result.spec), "measure")
        themes = [
            say("values.all_comments") if one is None else result.called(one) for one in data["theme"].to_pylist()
        ]
        data = data.set_column(0, "theme", pa.array(themes, pa.string()))
        parts = [
            pa.array([_figure(row["measure"], row[name]) for row in result.changes.to_pylist()], pa.string())
            for name in ("before", "after")
        ]
        for name, part in zip(("before", "after"), parts, strict=True):
            data = data.set_column(data.column_names.index(name), name, part)
        return data.drop_columns(["difference", "low", "high", "p_value"])


def _told(data: pa.Table, *columns: str) -> pa.Table:
    """Words for what is always one of a few."""
    for name in columns:
        if name in data.column_names:
            words = [one if one is None else known(f"values.{name}_{one}") for one in data[name].to_pylist()]
            data = data.set_column(data.column_names.index(name), name, pa.array(words, pa.string()))
    return data


def _nothing(data: pa.Table, name: str) -> bool:
    return name in data.column_names and data[name].null_count == data.num_rows


def _figure(measure: str, value: float) -> str:
    return f"{100 * value:.1f}%" if measure == "share" else f"{value:+.2f}".replace("-", "−")


WORDING = _Themes()
