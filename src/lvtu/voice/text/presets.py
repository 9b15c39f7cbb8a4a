"""How the shipped taxonomies are put together: groups of their own, and those that several share."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import yaml

from lvtu.voice.text.phrases import OPEN, chosen

_SPELLED = ("keywords", "hints", "exclude")


def composed(name: str) -> dict[str, Any]:
    """The document of a preset.

    An entry ``use: KEY`` stands for the group of ``common.yaml``, ``without`` names topics of it that are left out, and
    a phrase that the preset has itself is taken out of the group: the preset knows better what it means there.
    ``(a|b)`` in a phrase stands for each of them.
    """
    document, shared = _read(name), {one["key"]: one for one in _read("common")["topics"]}
    own = [one for one in document["topics"] if "use" not in one]
    known = {text.rstrip(OPEN) for one in own for text in _texts(one)}
    topics = [
        _fitted(shared[one["use"]], set(one.get("without", ())), known) if "use" in one else _fitted(one, set(), set())
        for one in document["topics"]
    ]
    return {**document, "topics": topics}


def _read(name: str) -> Any:
    return yaml.safe_load((files("lvtu.voice.text") / "taxonomies" / f"{name}.yaml").read_text(encoding="utf-8"))


def _fitted(topic: dict[str, Any], without: set[str], known: set[str]) -> dict[str, Any]:
    fitted = dict(topic)
    for sort in _SPELLED:
        if sort in topic:
            fitted[sort] = {
                language: [text for one in texts for text in chosen(str(one)) if text.rstrip(OPEN) not in known]
                for language, texts in topic[sort].items()
            }
    if "topics" in topic:
        fitted["topics"] = [
            _fitted(one, without, known) for one in topic["topics"] if one["key"] not in without
        ]  # fmt: skip
    return fitted


def _texts(topic: dict[str, Any]) -> Iterator[str]:
    for sort in _SPELLED:
        for texts in topic.get(sort, {}).values():
            for one in texts:
                yield from chosen(str(one))
    for one in topic.get("topics", ()):
        yield from _texts(one)
