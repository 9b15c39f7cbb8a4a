"""Edits of stages and steps: added, moved, split, merged. Their keys stay, so nothing bound to them is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lvtu.errors import BadInput
from lvtu.maps.document.journey import JourneyMap
from lvtu.maps.edits.draft import Draft, Part

_LISTS = {"steps": ("entry", "exit", "touchpoints", "channels", "actors"), "stages": ("needs",)}
"""What comes together where several are merged."""


def add_step(map_: JourneyMap, step: Part, behind: str | None = None) -> JourneyMap:
    """One step more.

    Args:
        map_: the map.
        step: the document of a step.
        behind: the key of the step that it follows; None: the last of its stage.

    Raises:
        UnknownName: there is no such stage or step.
        BadInput: its key is taken, or `behind` is of another stage.
    """
    draft = Draft(map_)
    draft.place("stages", step.get("stage", ""))
    if behind is None:
        behind = _last_before(draft, step["stage"])
    draft.put("steps", [step], behind)
    return draft.done()


def move_steps(
    map_: JourneyMap, steps: Sequence[str], stage: str | None = None, behind: str | None = None
) -> JourneyMap:
    """Steps at another place, in the order they have.

    Args:
        map_: the map.
        steps: their keys.
        stage: the stage that they belong to then; that of `behind` if not given.
        behind: the key of the step that they follow; None: first in the stage.

    Raises:
        UnknownName: there is no such stage or step.
        BadInput: neither a stage nor a step is named, or they would follow one of themselves.
    """
    draft = Draft(map_)
    wanted = set(steps)
    for key in (*steps, *([behind] if behind is not None else ())):
        draft.place("steps", key)
    if behind in wanted or (behind is None and stage is None):
        raise BadInput("moves_nowhere", steps=tuple(steps))
    stage = stage or draft.one("steps", str(behind))["stage"]
    draft.place("stages", stage)
    former = {step["stage"] for step in draft.parts["steps"] if step["key"] in wanted}
    if former != {stage}:
        draft.confirm({stage, *former})
    taken = [{**step, "stage": stage} for step in draft.parts["steps"] if step["key"] in wanted]
    draft.parts["steps"] = [step for step in draft.parts["steps"] if step["key"] not in wanted]
    draft.put("steps", taken, _last_before(draft, stage, within=False) if behind is None else behind)
    draft.moved(wanted)
    return draft.done()


def split_step(map_: JourneyMap, step: str, parts: Sequence[Part]) -> JourneyMap:
    """Several steps at the place of one. A part may keep its key; what is not said of a part is as it was of the whole.

    What stood at the step stands at the first part, what stood over it and others over all parts; a row of lineage
    keeps what the parts were.

    Args:
        map_: the map.
        step: its key.
        parts: two or more, each with a key and a name.

    Raises:
        UnknownName: there is no such step.
        BadInput: fewer than two parts, or a key is taken.
    """
    if len(parts) < 2:
        raise BadInput("split_several", stage=step)
    draft = Draft(map_)
    whole = draft.one("steps", step)
    draft.replace("steps", step, [{**whole, **part} for part in parts])
    into = [part.get("key", step) for part in parts]
    draft.became([step], into)
    draft.remember("split", "steps", [step], into)
    return draft.done()


def merge_steps(map_: JourneyMap, steps: Sequence[str], name: Any = None) -> JourneyMap:
    """Several steps as one, at the place of the first named, whose key it has.

    Rules, touchpoints, channels and roles come together; of the rest the first that says it counts. What stood at any
    of them stands at the merged one.

    Args:
        map_: the map.
        steps: their keys, two or more; the first leads.
        name: what the merged step is called; as the first one if not given.

    Raises:
        UnknownName: there is no such step.
        BadInput: fewer than two different steps.
    """
    draft, keys = Draft(map_), _several(steps)
    merged = _merged(draft, "steps", keys, name)
    draft.parts["steps"] = [merged if one["key"] == keys[0] else one for one in draft.parts["steps"]]
    draft.became(keys, keys[:1])
    draft.parts["steps"] = [one for one in draft.parts["steps"] if one["key"] not in keys[1:]]
    said: set[tuple[str, str | None]] = set()
    points = []
    for point in draft.parts["curve"]:  # several people's estimates of one step: the first counts
        if (point["step"], point.get("persona")) not in said:
            points.append(point)
        said.add((point["step"], point.get("persona")))
    draft.parts["curve"] = points
    draft.remember("merged", "steps", keys, keys[:1])
    return draft.done()


def move_stage(map_: JourneyMap, stage: str, behind: str | None = None) -> JourneyMap:
    """A stage with its steps at another place: behind another, or first.

    Raises:
        UnknownName: one of the two does not exist.
        BadInput: it cannot follow itself.
    """
    if behind == stage:
        raise BadInput("follows_itself", stage=stage)
    draft = Draft(map_)
    moved = draft.one("stages", stage)
    draft.parts["stages"].remove(moved)
    draft.put("stages", [moved], behind)
    draft.confirm({stage})
    _by_stage(draft)
    draft.moved({step["key"] for step in draft.parts["steps"] if step["stage"] == stage})
    return draft.done()


def merge_stages(map_: JourneyMap, stages: Sequence[str], name: Any = None) -> JourneyMap:
    """Several stages as one, at the place of the first named, whose key it has; their steps follow each other.

    Raises:
        UnknownName: there is no such stage.
        BadInput: fewer than two different stages.
    """
    draft, keys = Draft(map_), _several(stages)
    merged = _merged(draft, "stages", keys, name)
    draft.parts["stages"] = [
        merged if one["key"] == keys[0] else one for one in draft.parts["stages"] if one["key"] not in keys[1:]
    ]
    draft.confirm({keys[0]})
    moved = {step["key"] for step in draft.parts["steps"] if step["stage"] in keys[1:]}
    draft.parts["steps"] = [
        {**step, "stage": keys[0]} if step["key"] in moved else step for step in draft.parts["steps"]
    ]
    before = draft.keys("steps")
    _by_stage(draft)
    if draft.keys("steps") != before:
        draft.moved(moved)
    draft.remember("merged", "stages", keys, keys[:1])
    return draft.done()


def split_stage(map_: JourneyMap, stage: str, at: str, part: Part) -> JourneyMap:
    """A stage as two: its steps from one on belong to a new one behind it.

    Args:
        map_: the map.
        stage: its key.
        at: the key of its first step that belongs to the new one.
        part: the document of the new stage.

    Raises:
        UnknownName: there is no such stage, or it has no such step.
        BadInput: it would have no step left, or the key is taken.
    """
    draft = Draft(map_)
    draft.put("stages", [part], stage)
    keys = [step["key"] for step in draft.parts["steps"] if step["stage"] == stage]
    if at not in keys[1:]:
        raise BadInput("splits_nothing", stage=stage, step=at, known=keys[1:])
    moved = set(keys[keys.index(at) :])
    draft.parts["steps"] = [
        {**step, "stage": part["key"]} if step["key"] in moved else step for step in draft.parts["steps"]
    ]
    draft.confirm({stage})
    draft.remember("split", "stages", [stage], [stage, part["key"]])
    return draft.done()


def _last_before(draft: Draft, stage: str, *, within: bool = True) -> str | None:
    """The last step of a stage, or where that is first to be (`within` False), of those before it."""
    order = draft.keys("stages")
    place = order.index(stage) + (1 if within else 0)
    earlier = [step["key"] for step in draft.parts["steps"] if order.index(step["stage"]) < place]
    return earlier[-1] if earlier else None


def _by_stage(draft: Draft) -> None:
    order = {key: place for place, key in enumerate(draft.keys("stages"))}
    draft.parts["steps"].sort(key=lambda step: order[step["stage"]])


def _several(keys: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(keys))
    if len(found) < 2:
        raise BadInput("merge_several", stages=tuple(found))
    return found


def _merged(draft: Draft, part: str, keys: Sequence[str], name: Any) -> Part:
    parts = [draft.one(part, key) for key in keys]
    merged: Part = {}
    for one in parts:
        for field, value in one.items():
            if field in _LISTS[part]:
                merged[field] = [*merged.get(field, ()), *(v for v in value if v not in merged.get(field, ()))]
            else:
                merged.setdefault(field, value)
    return {**merged, **({"name": name} if name else {})}
