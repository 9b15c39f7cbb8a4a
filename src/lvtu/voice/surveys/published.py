"""The published JSON Schema of survey definitions: what stands in `survey.schema.json`."""

from __future__ import annotations

from typing import Any

from lvtu.core.published import schema_of
from lvtu.voice.surveys.definition import Survey


def schema() -> dict[str, Any]:
    """The JSON Schema of definitions, for editors and other programs. It tells the form; `check` tells the rest.

    Example:
        >>> schema()["required"], schema()["properties"]["anonymous"]["description"]
        (['key', 'title', 'pages'], 'whether nothing that identifies who answered is kept.')
    """
    return schema_of(Survey, "Lvtu survey")
