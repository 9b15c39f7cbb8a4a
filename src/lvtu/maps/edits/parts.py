"""Edits of any part of a map: put in, changed, moved, removed; of the map itself; and a table that is pasted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lvtu.catalog.ids import uuid7
from lvtu.errors import BadInput
from lvtu.maps.document.journey import PARTS, JourneyMap
from lvtu.maps.edits.draft import Draft, Part

_FIXED = frozenset({"format", "id", "lineage", *PARTS})
"""Fields of a map that are not set."""


def put(map_: JourneyMap, part: str, made: Sequence[Part], behind: str | None = None) -> JourneyMap:
    """More parts in a list: stages, lanes, cards, links, …

    Args:
        map_: the map.
        part: the list.
        made: their documents; one without a key gets one.
        behind: the key of what they stand behind; None: they come last.

    Raises:
        UnknownName: they name something that is not there.
        BadInput: a key is taken, or their lane is locked.
    """
    _list(part)
    draft = Draft(map_)
    if part == "cards":
        _open(draft, (one.get("lane") for one in made))
    draft.put(part, [{"key": uuid7(), **one} for one in made], behind, last=behind is None)
    return draft.done()


def change(map_: JourneyMap, part: str, key: str, fields: Mapping[str, Any]) -> JourneyMap:
    """Other values for some fields of a part; None takes back what was said.

    A card of another kind loses its details; of a path that passes other steps only those may still be left out; a
    stage is no guess any more.

    Raises:
        UnknownName: there is no such part or field.
        BadInput: a value does not fit, or the card's lane is locked.
    """
    _list(part)
    if "key" in fields:
        raise BadInput("key_stays", part=part, key=key)
    draft = Draft(map_)
    merged = {**draft.one(part, key), **fields}
    if part == "cards":
        if "kind" in fields and "details" not in fields and fields["kind"] != draft.one(part, key).get("kind"):
            merged["details"] = None
        _open(draft, (draft.one(part, key)["lane"], merged.get("lane")))
    if part == "stages":
        merged["guessed"] = fields.get("guessed")
    if part == "paths" and "steps" in fields and "optional" not in fields:
        merged["optional"] = [step for step in merged.get("optional", ()) if step in (fields["steps"] or ())]
    draft.replace(part, key, [{name: value for name, value in merged.items() if value is not None}])
    return draft.done()


def move(map_: JourneyMap, part: str, key: str, behind: str | None = None) -> JourneyMap:
    """A part behind another of its list, or first: a lane, a card, a frame. Stages and steps have edits of their own.

    Raises:
        UnknownName: there is no such part.
        BadInput: it cannot follow itself, or the card's lane is locked.
    """
    _list(part)
    if key == behind:
        raise BadInput("follows_itself", stage=key)
    draft = Draft(map_)
    moved = draft.one(part, key)
    if part == "cards":
        _open(draft, (moved["lane"],))
    draft.parts[part].remove(moved)
    draft.put(part, [moved], behind)
    return draft.done()


def remove(map_: JourneyMap, part: str, keys: Sequence[str]) -> JourneyMap:
    """Parts out of the map, with what cannot be without them: a step's cards, a card's links.

    Raises:
        UnknownName: there is no such part.
        BadInput: a card's lane is locked.
    """
    _list(part)
    draft = Draft(map_)
    if part == "cards":
        _open(draft, (draft.one(part, key)["lane"] for key in keys))
    draft.remove(part, keys)
    return draft.done()


def describe(map_: JourneyMap, fields: Mapping[str, Any]) -> JourneyMap:
    """Other values for the map's own fields: title, goal, owner, whom it is about; None takes back what was said.

    Raises:
        UnknownName: it has no such field.
        BadInput: a value does not fit, or the map is to be live and tells of no scenario.
    """
    if fixed := sorted(set(fields) & _FIXED):
        raise BadInput("key_stays", part="map", key=fixed[0])
    draft = Draft(map_)
    if fields.get("status") == "live" and not draft.parts["scenarios"]:
        raise BadInput("live_without_scenario", map=map_.title.en)
    draft.own = {name: value for name, value in {**draft.own, **fields}.items() if value is not None}
    return draft.done()


def paste(map_: JourneyMap, lane: str, step: str, table: Sequence[Sequence[str]]) -> JourneyMap:
    """A table of texts into cells: its rows go to lanes, its columns to steps, from a cell on.

    A cell that has one text card takes the text; one that has none gets a card; empty texts change nothing.

    Args:
        map_: the map.
        lane: the first row's lane.
        step: the first column's step.
        table: the texts, row by row.

    Raises:
        UnknownName: there is no such lane or step.
        BadInput: the table is larger than what is left of the map, or a lane is locked.
    """
    draft = Draft(map_)
    lanes = draft.parts["lanes"][draft.place("lanes", lane) :]
    steps = draft.keys("steps")[draft.place("steps", step) :]
    wide = max((len(row) for row in table), default=0)
    if len(table) > len(lanes) or wide > len(steps):
        raise BadInput("table_too_large", rows=len(table), columns=wide, lanes=len(lanes), steps=len(steps))
    there: dict[tuple[str, str], list[int]] = {}
    for number, card in enumerate(draft.parts["cards"]):
        if card.get("kind", "text") == "text" and "until" not in card:
            there.setdefault((card["lane"], card["step"]), []).append(number)
    _open(draft, (into["key"] for into, row in zip(lanes, table, strict=False) if any(text.strip() for text in row)))
    for into, row in zip(lanes, table, strict=False):
        for at, text in zip(steps, row, strict=False):
            if not text.strip():
                continue
            numbers = there.get((into["key"], at), [])
            if len(numbers) == 1:
                draft.parts["cards"][numbers[0]] = {**draft.parts["cards"][numbers[0]], "text": text.strip()}
            else:
                made = {"key": uuid7(), "lane": into["key"], "step": at, "text": text.strip()}
                draft.parts["cards"].append(made)
    return draft.done()


def _open(draft: Draft, lanes: Iterable[str | None]) -> None:
    """Refuse what touches the cards of a locked lane."""
    touched = set(lanes)
    for lane in draft.parts["lanes"]:
        if lane.get("locked") and lane["key"] in touched:
            raise BadInput("lane_locked", lane=lane["key"])


def _list(part: str) -> None:
    if part not in PARTS:
        raise BadInput("no_part_of_map", part=part, known=list(PARTS))
