"""Notes with the names that people have for what they speak of, where they come with keys."""

from __future__ import annotations

from typing import Any

from lvtu.core.sentences import Note
from lvtu.core.words import Lang

_KEYS = {"stages": "stage", "behaviours": "behaviour"}
"""Of which column of a model the values of notes are keys."""


def worded(note: Note, result: Any, lang: Lang) -> Note:
    """A note of an answer with the names of its model's stages and behaviours, and of its metric."""
    names = {many: result.naming.names(one, lang) for many, one in _KEYS.items()}
    given = {
        name: tuple(names[name].get(str(key), key) for key in value)
        if name in _KEYS and isinstance(value, tuple)
        else value
        for name, value in note.values.items()
    }
    if (metric := getattr(result, "metric", None)) is not None and "metric" in given:
        given["metric"] = metric.title.get(lang)
    return Note(note.code, **given)
