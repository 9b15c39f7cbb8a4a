"""What must be known to read word of mouth rightly: how the index is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lvtu.analyses.explained import Took
from lvtu.analyses.word_of_mouth.spec import WordOfMouthSpec
from lvtu.core.sentences import Note

FEW = 30
"""Fewer answers and texts make an index a hint, drawn hollow."""


def notes_of(spec: WordOfMouthSpec, rows: Sequence[Mapping[str, Any]]) -> list[Note]:
    """The notes of an answer.

    Args:
        spec: the question.
        rows: of the answer.
    """
    if not rows:
        return [Note("mouth_none")]
    notes = [Note("mouth_index"), Note("mouth_conversion", within=Took(spec.within))]
    if waiting := sum(row["open"] for row in rows):
        notes.append(Note("mouth_open", customers=waiting))
    if not any(row["referrals"] for row in rows):
        notes.append(Note("mouth_no_referrals"))
    if few := sum(row["word_of_mouth"] is not None and row["answers"] + row["mentions"] < FEW for row in rows):
        notes.append(Note("mouth_few", figures=few, least=FEW))
    return notes
