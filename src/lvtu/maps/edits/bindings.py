"""Showing something with a question: a cell, a lane, or a number of the whole journey."""

from __future__ import annotations

from lvtu.catalog.ids import uuid7
from lvtu.maps.document.journey import JourneyMap
from lvtu.maps.edits.draft import Draft, Part


def bind(map_: JourneyMap, binding: Part, lane: Part | None = None) -> JourneyMap:
    """Show a place with a question, in the place of the one that it was shown with.

    Args:
        map_: the map.
        binding: its document. Of the key of one that is there, it takes its place; a cell, and a lane, has one question
            of its own at most, which keeps its key.
        lane: the document of a lane that is to be there for it, behind the others; None: it is there, or none is named.

    Raises:
        UnknownName: it names a lane or step that is not there.
        BadInput: the key of the lane is taken.

    Example:
        >>> shop = JourneyMap.load({"title": "Shop", "stages": [{"key": "buy", "name": "Buy"}]})
        >>> asked = {"analysis": "scores", "spec": {"metric": "nps"}, "target": {"value": 40}}
        >>> bound = bind(shop, {"key": "nps", **asked})
        >>> [one.target.value for one in bind(bound, {"key": "nps", **asked, "target": {"value": 50}}).bindings]
        [50.0]
    """
    draft = Draft(map_)
    if lane is not None:
        made = {"key": uuid7(), **lane}
        draft.put("lanes", [made], None, last=True)
        binding = {"lane": made["key"], **binding}
    place = (binding.get("lane"), binding.get("step"))
    for one in draft.parts["bindings"]:
        same_place = binding.get("key") is None and place[0] is not None and (one.get("lane"), one.get("step")) == place
        if one["key"] == binding.get("key") or same_place:
            draft.replace("bindings", one["key"], [{**binding, "key": one["key"]}])
            return draft.done()
    draft.put("bindings", [{"key": uuid7(), **binding}], None, last=True)
    return draft.done()
