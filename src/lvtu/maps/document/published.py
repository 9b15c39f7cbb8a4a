"""The published JSON Schema of maps: what stands in `map.schema.json`."""

from __future__ import annotations

from typing import Any

from lvtu.core.published import schema_of
from lvtu.maps.document.journey import JourneyMap


def schema() -> dict[str, Any]:
    """The JSON Schema of maps, for editors and other programs.

    It tells the form. That nothing is there twice and whatever is named is there, loading a map tells.

    Example:
        >>> schema()["required"], schema()["properties"]["goal"]["description"]
        (['title'], 'what the customer wants to have in the end.')
    """
    return schema_of(JourneyMap, "Lvtu map")
