"""Annotations in pictures: a line at the time of each, on axes of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lvtu.analyses.charts.theme import DARK, LIGHT
from lvtu.service.annotations.schemas import AnnotationOf

_SHOWN = 24
"""Characters of an annotation that are written in a picture; the rest shows under the pointer."""


def marked(option: Any, annotations: Sequence[AnnotationOf], dark: bool) -> Any:
    """An ECharts option with annotations on its axes of time; as it is where it has none."""
    if not isinstance(option, dict):
        return option
    axes = option.get("xAxis") or []
    axes = axes if isinstance(axes, list) else [axes]
    timed = [place for place, axis in enumerate(axes) if axis.get("type") == "time"]
    marks = [_mark(place, annotations, dark) for place in timed[:1]]
    return {**option, "series": [*option.get("series", []), *marks]}


def _mark(axis: int, annotations: Sequence[AnnotationOf], dark: bool) -> dict[str, Any]:
    theme = DARK if dark else LIGHT
    lines = [{"xAxis": one.time, "name": one.text, "label": {"formatter": _cut(one.text)}} for one in annotations]
    return {
        "type": "line", "id": "annotations", "data": [], "xAxisIndex": axis, "yAxisIndex": axis,
        "markLine": {
            "symbol": "none", "data": lines, "lineStyle": {"color": theme.faint, "type": "dashed", "width": 1},
            "label": {"color": theme.faint, "position": "insideEndTop", "fontSize": 11},
            "tooltip": {"formatter": "{b}"},
        },
    }  # fmt: skip


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
