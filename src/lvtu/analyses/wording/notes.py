"""Notes with the names that people have for what they speak of, where they come with keys."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.whom import group_called
from lvtu.core.sentences import Note, Value
from lvtu.core.words import Lang

_KEYS = {"stages": "stage", "behaviours": "behaviour"}
"""Of which column of a model the values of notes are keys."""

_GROUPS = ("segment", "segments")
"""Values of notes that are groups of customers, by key or condition."""


def worded(note: Note, result: Any, lang: Lang) -> Note:
    """A note of an answer with the names of its model's stages and behaviours, and of its metric."""
    names = {many: result.naming.names(one, lang) for many, one in _KEYS.items()}
    given = {
        name: tuple(names[name].get(str(key), key) for key in value)
        if name in _KEYS and isinstance(value, tuple)
        else _groups(value, result, lang)
        if name in _GROUPS
        else value
        for name, value in note.values.items()
    }
    if (metric := getattr(result, "metric", None)) is not None and "metric" in given:
        given["metric"] = metric.title.get(lang)
    return Note(note.code, **given)


def _groups(value: Value, result: Any, lang: Lang) -> Value:
    if isinstance(value, tuple):
        return tuple(group_called(str(one), lang, result.naming) for one in value)
    return group_called(str(value), lang, result.naming)
