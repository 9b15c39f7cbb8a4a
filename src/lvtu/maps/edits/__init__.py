"""Edits of maps: a map in, a new map out that has been checked like any other.

An edit is a value too, as the editor in the app sends it: ``{"edit": "split_step", "step": "pay", "parts": […]}``.

Example:
    >>> shop = JourneyMap.load({
    ...     "title": "Shop", "stages": [{"key": "buy", "name": "Buy"}],
    ...     "steps": [{"key": "pay", "stage": "buy", "name": "Pay"}],
    ... })
    >>> split = made(shop, {"edit": "split_step", "step": "pay", "parts": [
    ...     {"key": "scan", "name": "Scan"}, {"key": "confirm", "name": "Confirm"},
    ... ]})
    >>> [step.key for step in split.steps], split.now("pay")
    (['scan', 'confirm'], ('scan', 'confirm'))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

from pydantic import ConfigDict, ValidationError, validate_call

from lvtu.core.documents import explained
from lvtu.errors import UnknownName
from lvtu.maps.document.journey import JourneyMap
from lvtu.maps.edits import bindings, columns, moments, parts
from lvtu.maps.edits.several import several_with

_CHECKED = ConfigDict(arbitrary_types_allowed=True)

EDITS: dict[str, Callable[..., JourneyMap]] = {
    edit.__name__: edit
    for edit in (
        columns.add_step, columns.move_steps, columns.split_step, columns.merge_steps, columns.move_stage,
        columns.merge_stages, columns.split_stage, parts.put, parts.change, parts.move, parts.remove, parts.describe,
        parts.paste, bindings.bind, moments.accept_moment, moments.refuse_moment,
    )
}  # fmt: skip
"""Every edit by its name."""


def made(map_: JourneyMap, edit: Mapping[str, Any]) -> JourneyMap:
    """A map with an edit made.

    Args:
        map_: the map.
        edit: ``edit`` is its name, the rest its arguments.

    Raises:
        UnknownName: there is no such edit, or it has no such argument, or what it names is not there.
        BadInput: an argument does not fit, or the map would not be whole.
    """
    named = dict(edit)
    name = str(named.pop("edit", ""))
    if name not in EDITS:
        raise UnknownName("edit", name, list(EDITS))
    known = [one for one in signature(EDITS[name]).parameters if one != "map_"]
    for one in named:
        if one not in known:
            raise UnknownName("edit key", one, known)
    try:
        return validate_call(config=_CHECKED)(EDITS[name])(map_, **named)
    except ValidationError as error:
        raise explained(error, "edit") from None


EDITS["several"] = several_with(made)

__all__ = ["EDITS", "made"]
