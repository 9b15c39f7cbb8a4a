"""Stage models that everybody has: documents to begin with, and to copy and change."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lvtu.core.model.journey import JourneyModel

PRESETS = ("five-stage", "six-stage", "after-sale", "aida", "linear-4", "ecommerce-order")
"""Their keys. Their rules name events as the Segment spec spells them, and a few that it lacks."""


@cache
def preset(key: str) -> JourneyModel:
    """A preset; it has no version.

    Args:
        key: one of `PRESETS`.

    Example:
        >>> [stage.name.zh for stage in preset("aida").stages]
        ['认知', '兴趣', '决策', '行动']
    """
    return JourneyModel.load(Path(__file__).with_name(f"{key}.yaml"))
