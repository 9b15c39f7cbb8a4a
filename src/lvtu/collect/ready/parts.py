"""Small parts that the ready readers share."""

from __future__ import annotations

import math
from typing import Any


def as_dict(value: Any) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def first(*values: Any) -> Any:
    """The first value that is neither missing nor an empty text."""
    for value in values:
        if value is not None and value != "":
            return value
    return None


def number(*values: Any) -> float | None:
    """The first value that is a number, or a text that spells one."""
    for value in values:
        if isinstance(value, bool) or value is None:
            continue
        try:
            found = float(value)
        except (TypeError, ValueError, OverflowError):
            continue
        if math.isfinite(found):
            return found
    return None


def filled(row: dict[str, Any]) -> dict[str, Any]:
    """The row without missing, empty and hollow values."""
    return {
        key: value for key, value in row.items() if value is not None and value != "" and value != {} and value != []
    }


def pruned(value: Any) -> Any:
    """The value with missing parts of its objects left out, at every depth."""
    if isinstance(value, dict):
        return filled({key: pruned(item) for key, item in value.items()})
    return [pruned(item) for item in value] if isinstance(value, list) else value
