"""The journey model that a question is read through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.core.model.columns import ModelColumns
from lvtu.core.words import Lang, say
from lvtu.errors import BadInput
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.core.model import JourneyModel


def model_columns(snapshot: Snapshot) -> ModelColumns:
    """The model's columns of a snapshot.

    Raises:
        BadInput: the snapshot is read through no model.
    """
    if not isinstance(snapshot.derived, ModelColumns):
        raise BadInput("needs_model")
    return snapshot.derived


def spoken_names(model: JourneyModel | None, column: str | None, lang: Lang) -> dict[str, str]:
    """What people call the values of a model's column in a language, by key; nothing for any other column."""
    if model is None or column not in MODEL_FIELDS:
        return {}
    if column == "online":
        return {key: say(f"values.{key}", lang) for key in ("online", "offline")}
    return {key: text.get(lang) for key, text in model.names(column).items()}
