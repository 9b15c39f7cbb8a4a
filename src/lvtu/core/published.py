"""The published JSON Schema of documents: their form, described by what their docstrings say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

_ATTRIBUTE = re.compile(r"^ {8}([\w, ]+): (.*(?:\n {12}.*)*)", re.MULTILINE)


def schema_of(kind: type[BaseModel], title: str) -> dict[str, Any]:
    """The JSON Schema of a document, for editors and other programs.

    Args:
        kind: the document.
        title: what it is called.
    """
    found = kind.model_json_schema()
    parts = {one.__name__: one for one in _within(kind, set())}
    for name, part in ((kind.__name__, found), *found["$defs"].items()):
        if name in parts and "properties" in part:
            _describe(part, parts[name])
    found["$defs"]["Text"] |= {"additionalProperties": False, "description": "what people read, by language."}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": title}


def _within(kind: Any, seen: set[Any]) -> Iterator[type[BaseModel]]:
    """A document and all that it is made of."""
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen.add(kind)
        yield kind
        for field in kind.model_fields.values():
            yield from _within(field.annotation, seen)
    for part in get_args(kind):
        yield from _within(part, seen)


def _describe(part: dict[str, Any], kind: type[BaseModel]) -> None:
    """Say of a part, and of each of its attributes, what the docstrings say."""
    part["description"] = _plain((kind.__doc__ or "").partition("\n\n    Attributes:\n")[0])
    for owner in reversed(kind.__mro__):
        said = (owner.__doc__ or "").partition("Attributes:\n")[2].partition("\n\n")[0]
        for names, told in _ATTRIBUTE.findall(said):
            for name in names.split(", "):
                if name in part["properties"]:
                    part["properties"][name]["description"] = _plain(told)
    for one in part["properties"].values():
        one.pop("title", None)


def _plain(said: str) -> str:
    return " ".join(said.replace("``", "`").split())
