"""Importance beside satisfaction the slow way."""

from __future__ import annotations

from collections.abc import Sequence

from naive.touchpoint_quality import Thing, mean_of


def opportunity(things: Sequence[Thing]) -> float | None:
    """Ulwick's: importance + max(importance − satisfaction, 0), both from 0 to 10."""
    matters, met = (mean_of(part, things) for part in ("importance", "satisfaction"))
    return None if matters is None or met is None else matters / 10 + max(matters / 10 - met / 10, 0)
