"""The journey model that a question is read through."""

from __future__ import annotations

from lvtu.core.model.columns import ModelColumns
from lvtu.errors import BadInput
from lvtu.store.journeys.snapshot import Snapshot


def model_columns(snapshot: Snapshot) -> ModelColumns:
    """The model's columns of a snapshot.

    Raises:
        BadInput: the snapshot is read through no model.
    """
    if not isinstance(snapshot.derived, ModelColumns):
        raise BadInput("needs_model")
    return snapshot.derived
