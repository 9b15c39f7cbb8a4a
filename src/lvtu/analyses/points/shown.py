"""Points as people read them: one decimal, with their interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lvtu.core.words import Lang, say


def interval(row: Mapping[str, Any], name: str, lang: Lang) -> str | None:
    """Points of a row with their interval; None where there are none.

    Example:
        >>> interval({"quality": 39.06, "quality_low": 37.26, "quality_high": 40.88}, "quality", "en")
        '39.1 (37.3–40.9)'
    """
    value, low, high = (row[column] for column in (name, f"{name}_low", f"{name}_high"))
    return None if value is None else between(value, low, high, lang)


def between(value: float, low: float | None, high: float | None, lang: Lang) -> str:
    """Points with their interval, where there is one."""
    if low is None or high is None:
        return f"{value:.1f}"
    return say("charts.aside", lang, text=f"{value:.1f}", more=f"{low:.1f}–{high:.1f}")
