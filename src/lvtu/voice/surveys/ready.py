"""Surveys that are ready to be asked, in Chinese and English, each a definition to begin from."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from lvtu.core.documents import read_yaml

PRESETS = ("nps", "csat", "ces", "servqual", "perception", "kano", "pulse", "feedback")
"""Their names, in the order in which they are offered."""


def preset(name: str) -> dict[str, Any]:
    """The definition of one; the caller's own, to change as they like.

    Example:
        >>> [question["kind"] for question in preset("nps")["pages"][0]["questions"]]
        ['nps', 'text']
    """
    return deepcopy(_read(name))


@cache
def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(Path(__file__).parent / "presets" / f"{name}.yaml", "survey")
    return found
