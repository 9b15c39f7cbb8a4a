"""The touchpoints of a workspace: those of all its journey models, as one library that every map uses.

A touchpoint is kept where its events are read, in journey models; there is no second list. Models that have one of the
same id mean the same touchpoint, so a change of it changes all of them (each gets a new version), and with them every
map. What no model has yet goes into the default model; a workspace without any gets one that holds touchpoints alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from lvtu.core.model import JourneyModel
from lvtu.core.model.text import Text
from lvtu.core.model.touchpoints import Touchpoint
from lvtu.core.sentences import Term
from lvtu.core.words import LANGS, say
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.document import JourneyMap

ALONE = "touchpoints"
"""The key of the model of a workspace that has no other."""


class Modelled(Protocol):
    """A workspace, as its touchpoints see it."""

    def models(self) -> list[dict[str, Any]]:
        """Its journey models."""
        ...

    def model(self, key: str | None = None) -> JourneyModel:
        """One of them."""
        ...

    def save_model(self, model: JourneyModel | dict[str, Any]) -> JourneyModel:
        """Keep one."""
        ...


@dataclass(frozen=True)
class Used:
    """A touchpoint and where it is used.

    Attributes:
        touchpoint: it.
        models: the keys of the journey models that have it.
        stages: the models' stages whose rules name it: keys of model and stage.
        steps: the steps of maps that name it: the map, and the key of the step.
    """

    touchpoint: Touchpoint
    models: tuple[str, ...]
    stages: tuple[tuple[str, str], ...]
    steps: tuple[tuple[JourneyMap, str], ...]

    @property
    def department(self) -> Text | None:
        """What the department that answers for it is called, in both languages where a map says so that uses it."""
        owner = self.touchpoint.owner
        told = (map_.department(owner) for map_, _ in self.steps)
        both = (one for one in told if one is not None and one.zh != one.en)
        return next(both, None if owner is None else Text(owner, owner))


def known(ws: Modelled) -> dict[str, Touchpoint]:
    """Every touchpoint by its id; where models differ, as the default model says it."""
    found: dict[str, Touchpoint] = {}
    for model in _models(ws):
        for touchpoint in model.touchpoints:
            found.setdefault(touchpoint.id, touchpoint)
    return found


def _models(ws: Modelled) -> Iterator[JourneyModel]:
    """The journey models in their newest versions, the default one first."""
    for one in sorted(ws.models(), key=lambda one: not one["default"]):
        yield ws.model(one["key"])


class Touchpoints:
    """The touchpoint library of a workspace.

    Args:
        ws: the workspace.
        maps: its maps.

    Example:
        >>> import lvtu, tempfile
        >>> shop = lvtu.open(tempfile.mkdtemp())
        >>> made = shop.maps.touchpoints.put({"id": "till", "name": "Till", "events": "Order Completed"})
        >>> shop.maps.touchpoints.change("till", {"name": {"zh": "收银台", "en": "Checkout"}}).name.zh
        '收银台'
        >>> [one.touchpoint.id for one in shop.maps.touchpoints], shop.default_model
        (['till'], 'touchpoints')
    """

    def __init__(self, ws: Modelled, maps: list[JourneyMap]) -> None:
        self._ws, self._maps = ws, maps

    def __iter__(self) -> Iterator[Used]:
        models = list(_models(self._ws))
        for id, touchpoint in known(self._ws).items():
            yield Used(
                touchpoint,
                tuple(model.key for model in models if any(one.id == id for one in model.touchpoints)),
                tuple((model.key, stage) for model in models for stage in model.usage(id)),
                tuple((map_, step.key) for map_ in self._maps for step in map_.steps if id in step.touchpoints),
            )

    def __getitem__(self, id: str) -> Used:
        """One of them.

        Raises:
            UnknownName: there is none of that id.
        """
        for one in self:
            if one.touchpoint.id == id:
                return one
        raise UnknownName("touchpoint", id, list(known(self._ws)))

    def put(self, touchpoint: Touchpoint | dict[str, Any]) -> Touchpoint:
        """Keep another touchpoint, in the default model.

        Args:
            touchpoint: it.

        Raises:
            BadInput: its id is taken, or its parts do not go together.
            UnknownName: its channel is not known.
        """
        made = Touchpoint.model_validate(touchpoint)
        if made.id in known(self._ws):
            raise BadInput("twice", of=Term("touchpoint"), name=made.id)
        model = next(_models(self._ws), None)
        if model is None:
            title = {lang: say("maps.touchpoints", lang) for lang in LANGS}
            model = JourneyModel.load({"key": ALONE, "title": title})
        self._save(model, (*model.touchpoints, made))
        return made

    def change(self, id: str, fields: dict[str, Any]) -> Touchpoint:
        """Say something else of a touchpoint, in every model that has it.

        Args:
            id: the touchpoint's.
            fields: what is otherwise (`lvtu.core.model.touchpoints.Touchpoint`); None takes back what was said.

        Raises:
            UnknownName: there is no such touchpoint, field or channel.
            BadInput: its parts do not go together.
        """
        given = self[id].touchpoint.model_dump(mode="json", exclude_defaults=True) | fields | {"id": id}
        made = Touchpoint.model_validate({name: value for name, value in given.items() if value is not None})
        for model in _models(self._ws):
            if any(one.id == id for one in model.touchpoints):
                self._save(model, tuple(made if one.id == id else one for one in model.touchpoints))
        return made

    def remove(self, id: str) -> None:
        """Take a touchpoint that nothing uses out of every model.

        Raises:
            UnknownName: there is no such touchpoint.
            BadInput: a step or a stage uses it.
        """
        used = self[id]
        if used.steps or used.stages:
            places = [*(f"{map_.title.en} · {map_.step(step).name.en}" for map_, step in used.steps),
                      *(f"{model} · {stage}" for model, stage in used.stages)]  # fmt: skip
            raise BadInput("touchpoint_in_use", touchpoint=used.touchpoint.name.en, known=places)
        for model in _models(self._ws):
            left = tuple(one for one in model.touchpoints if one.id != id)
            if len(left) < len(model.touchpoints):
                self._save(model, left)

    def _save(self, model: JourneyModel, touchpoints: tuple[Touchpoint, ...]) -> None:
        self._ws.save_model(JourneyModel.load(model.model_copy(update={"touchpoints": touchpoints})))
