"""What must be known to read an index of touchpoint quality rightly: its weights first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lvtu.analyses.explained import Called
from lvtu.analyses.touchpoint_quality.blends import PARTS, WEIGHED, Blend
from lvtu.analyses.touchpoint_quality.spec import TouchpointQualitySpec
from lvtu.core.sentences import Note

FEW = 30
"""Of fewer customers an index is only a hint, and drawn hollow."""


def notes_of(spec: TouchpointQualitySpec, blend: Blend, rows: Sequence[Mapping[str, Any]]) -> list[Note]:
    """The notes of an answer.

    Args:
        spec: the question.
        blend: the weights.
        rows: of the answer.
    """
    if not rows:
        return [Note("quality_none")]
    points = {name: f"{one:g}" for name, one in zip(WEIGHED, blend.points, strict=True)}
    notes = [Note("quality_blend", blend=blend.name, **points)]
    if spec.failure is None and not spec.standards and blend.points[-1]:
        notes.append(Note("quality_without_operations"))
    asked = {"reliability": spec.failure is not None, "punctuality": bool(spec.standards)}
    told = [row for row in rows if row["quality"] is not None]
    for part in PARTS:
        lacking = sum(not row[f"{part}_weight"] for row in told)
        if lacking and asked.get(part, True) and dict(zip(WEIGHED, blend.points, strict=True)).get(part, 1):
            figures = {"figures": lacking, "all": len(told), "least": spec.least}
            notes.append(Note("quality_lacks", part=Called(f"quality_{part}"), **figures))
    if any(row["covered"] < 1 for row in told):
        notes.append(Note("quality_renormalised"))
    if silent := len(rows) - len(told):
        notes.append(Note("quality_silent", figures=silent))
    if few := sum(row["customers"] < FEW for row in told):
        notes.append(Note("quality_few", figures=few, least=FEW))
    return notes
