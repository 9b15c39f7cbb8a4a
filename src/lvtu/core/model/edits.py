"""Changes to the stages of a model: a model in, a new model out that has been checked like any other.

Keys stay, so that whatever refers to a stage still finds it; a stage that others were merged into, or that is part of
a split one, says what it was (`Stage.formerly`, `JourneyModel.lineage`). A changed model has no version until it is
saved.

Example:
    >>> from lvtu.core.model.presets import preset
    >>> shop = preset("six-stage").merge("consideration", "decision").move("loyalty", after="purchase")
    >>> [stage.key for stage in shop.stages], shop.lineage("decision")
    (['awareness', 'consideration', 'purchase', 'loyalty', 'use'], ('consideration',))
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from lvtu.errors import BadInput, UnknownName

if TYPE_CHECKING:
    from lvtu.core.model.journey import JourneyModel, Stage
    from lvtu.core.model.text import Text

_LISTS = ("needs", "kpis", "entry", "exit")


def add(model: JourneyModel, stage: Stage | dict[str, Any], after: str | None = None) -> JourneyModel:
    """One stage more.

    Args:
        model: the model.
        stage: a stage, or the document of one.
        after: the key of the stage that it follows; None: the last one.

    Raises:
        UnknownName: there is no stage `after`, or the new one's rules name what the model lacks.
        BadInput: its key is taken.
    """
    place = len(model.stages) if after is None else _place(model, after) + 1
    return _with(model, [*model.stages[:place], stage, *model.stages[place:]])


def rename(model: JourneyModel, stage: str, name: Text | dict[str, str] | str) -> JourneyModel:
    """Another name for a stage; a plain text is the name in both languages.

    Raises:
        UnknownName: there is no such stage.
    """
    place = _place(model, stage)
    renamed = model.stages[place].model_copy(update={"name": name})
    return _with(model, [*model.stages[:place], renamed, *model.stages[place + 1 :]])


def move(model: JourneyModel, stage: str, after: str | None = None) -> JourneyModel:
    """A stage at another place: behind `after`, or first.

    Raises:
        UnknownName: one of the two does not exist.
        BadInput: it cannot follow itself.
    """
    place = _place(model, stage)
    if after == stage:
        raise BadInput("follows_itself", stage=stage)
    moved, rest = model.stages[place], [one for one in model.stages if one.key != stage]
    keys = [one.key for one in rest]
    if after is not None:
        _place(model, after)
    to = 0 if after is None else keys.index(after) + 1
    return _with(model, [*rest[:to], moved, *rest[to:]])


def merge(
    model: JourneyModel, stages: Sequence[str], key: str | None = None, name: Text | dict[str, str] | str = ""
) -> JourneyModel:
    """Several stages as one, at the place of the first named.

    It is entered by what entered any of them and left by what left any; needs and KPIs come together; the rest (goal,
    owner, lifecycle, child) is the first one's that says it.

    Args:
        model: the model.
        stages: their keys, at least two; the first leads.
        key: the key of the merged stage; the first one's if not given.
        name: its name; the first one's if not given.

    Raises:
        UnknownName: there is no such stage.
        BadInput: fewer than two different stages.
    """
    keys = tuple(dict.fromkeys(stages))
    if len(keys) < 2:
        raise BadInput("merge_several", stages=keys)
    parts = [model.stages[_place(model, one)] for one in keys]
    update: dict[str, Any] = {
        field: tuple(dict.fromkeys(one for part in parts for one in getattr(part, field))) for field in _LISTS
    }
    for field in ("goal", "owner", "lifecycle", "child"):
        update[field] = next((value for part in parts if (value := getattr(part, field)) is not None), None)
    update |= {"key": key or keys[0], "name": name or parts[0].name}
    update["formerly"] = _former(update["key"], (one for part in parts for one in (part.key, *part.formerly)))
    merged = parts[0].model_copy(update=update)
    place = _place(model, keys[0])
    before, after = (
        [one for one in some if one.key not in keys] for some in (model.stages[:place], model.stages[place:])
    )
    return _with(model, [*before, merged, *after])


def split(model: JourneyModel, stage: str, parts: Sequence[Stage | dict[str, Any]]) -> JourneyModel:
    """Several stages at the place of one. A part may keep its key.

    Args:
        model: the model.
        stage: its key.
        parts: the stages, at least two, or their documents.

    Raises:
        UnknownName: there is no such stage.
        BadInput: fewer than two parts, or a key is taken.
    """
    place = _place(model, stage)
    if len(parts) < 2:
        raise BadInput("split_several", stage=stage)
    whole = model.stages[place]
    into = []
    for part in parts:
        made = part if isinstance(part, dict) else part.model_dump()
        former = _former(made.get("key"), (*made.get("formerly", ()), whole.key, *whole.formerly))
        into.append({**made, "formerly": former})
    return _with(model, [*model.stages[:place], *into, *model.stages[place + 1 :]])


def _former(key: str | None, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(keys) if one != key)


def _place(model: JourneyModel, stage: str) -> int:
    keys = [one.key for one in model.stages]
    if stage not in keys:
        raise UnknownName("stage", stage, keys)
    return keys.index(stage)


def _with(model: JourneyModel, stages: Sequence[Stage | dict[str, Any]]) -> JourneyModel:
    """The model with other stages, checked."""
    return model.load(model.model_copy(update={"stages": tuple(stages), "version": None}))
