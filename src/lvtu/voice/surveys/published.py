"""The published JSON Schema of survey definitions: what stands in `survey.schema.json`."""

from __future__ import annotations

import re
from typing import Any

from lvtu.voice.surveys.definition import Survey
from lvtu.voice.surveys.parts import Part

_ATTRIBUTE = re.compile(r"^ {8}(\w+): (.*(?:\n {12}.*)*)", re.MULTILINE)


def schema() -> dict[str, Any]:
    """The JSON Schema of definitions, for editors and other programs. It tells the form; `check` tells the rest.

    Example:
        >>> schema()["required"], schema()["properties"]["anonymous"]["description"]
        (['key', 'title', 'pages'], 'whether nothing that identifies who answered is kept.')
    """
    found = Survey.model_json_schema()
    parts = {one.__name__: one for one in _below(Part)}
    for name, part in (("Survey", found), *found["$defs"].items()):
        if name in parts:
            _describe(part, parts[name])
    found["$defs"]["Text"] |= {"additionalProperties": False, "description": "what people read, by language."}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": "Lvtu survey"}


def _below(kind: type[Part]) -> set[type[Part]]:
    return {one for child in kind.__subclasses__() for one in (child, *_below(child))}


def _describe(part: dict[str, Any], kind: type[Part]) -> None:
    """Say of a part, and of each of its attributes, what the docstrings say."""
    part["description"] = _plain((kind.__doc__ or "").partition("\n\n    Attributes:\n")[0])
    for owner in reversed(kind.__mro__):
        for name, said in _ATTRIBUTE.findall((owner.__doc__ or "").partition("Attributes:\n")[2]):
            if name in part["properties"]:
                part["properties"][name]["description"] = _plain(said)
    for one in part["properties"].values():
        one.pop("title", None)


def _plain(said: str) -> str:
    return " ".join(said.replace("``", "`").split())
