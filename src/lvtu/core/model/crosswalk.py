"""Cross-walks: the stages of several models beside each other, by the place in the lifecycle that each stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lvtu.core.model.journey import JourneyModel, Stage
from lvtu.core.model.lifecycle import LIFECYCLE
from lvtu.core.words import Lang, language, say
from lvtu.errors import BadInput, UnknownName


@dataclass(frozen=True)
class Crosswalk:
    """Models of one path, laid beside each other. Nothing moves: it says how one would cut what another has cut.

    Attributes:
        models: two or more, of different keys.

    Example:
        >>> from lvtu.core.model.presets import preset
        >>> walk = crosswalk(preset("five-stage"), preset("aida"))
        >>> walk.rows()[2]
        {'lifecycle': 'decision', 'five-stage': (), 'aida': ('decision',)}
        >>> walk.regroup({"consideration": 5, "use": 2, "feedback": 1, None: 4}, "five-stage", "aida")
        {'attention': 0, 'interest': 5, 'decision': 0, 'action': 3, None: 4}
    """

    models: tuple[JourneyModel, ...]

    def rows(self) -> list[dict[str, Any]]:
        """A row per place of the lifecycle that any model has, in order: ``lifecycle``, and by model the keys of its
        stages there.

        Every stage is in exactly one row; those that name no place are in a last one, where ``lifecycle`` is None.
        """
        places = [*LIFECYCLE, None]
        rows = [{"lifecycle": place} | {one.key: _at(one, place) for one in self.models} for place in places]
        return [row for row in rows if any(row[one.key] for one in self.models)]

    def named_rows(self, lang: Lang | None = None) -> list[dict[str, str | None]]:
        """The same in the words of a language (that of the environment unless given), None for no stage."""
        lang = lang or language()
        said: list[dict[str, str | None]] = []
        for row in self.rows():
            place = row["lifecycle"]
            told: dict[str, str | None] = {"lifecycle": place and say(f"lifecycle.{place}", lang)}
            for model in self.models:
                names = [model.stage(key).name.get(lang) for key in row[model.key]]
                told[model.key] = say("values.and", lang).join(names) or None
            said.append(told)
        return said

    def seen_as(self, stage: str | None, source: str, target: str) -> str | None:
        """The stage of one model that holds what is in a stage of another.

        It is the first that stands for the same place of the lifecycle; else the last that stands for an earlier place;
        else the first that names a place. None for no stage, and for a stage that names no place.

        Args:
            stage: the stage's key; None for no stage.
            source, target: the models' keys.

        Raises:
            UnknownName: there is no such model here, or no such stage in it.
        """
        place = None if stage is None else self._model(source).stage(stage).lifecycle
        placed = [one for one in self._model(target).stages if one.lifecycle is not None]
        if place is None or not placed:
            return None
        same = [one.key for one in placed if one.lifecycle == place]
        before = sorted((one for one in placed if _number(one) < LIFECYCLE.index(place)), key=_number)
        return same[0] if same else before[-1].key if before else placed[0].key

    def regroup(self, counts: Mapping[str | None, int], source: str, target: str | None = None) -> dict[Any, int]:
        """Counts by the stages of one model as counts by those of another; their sum is the same.

        Args:
            counts: by the stage's key; None for no stage. Of things that are in one stage at a time: customers by the
                stage they are in (`lvtu.analyses.stages.StagesResult.now`), events by the stage they show.
            source: the model whose stages they are.
            target: the other model; None: by the places of the lifecycle.
        """
        keys = LIFECYCLE if target is None else [stage.key for stage in self._model(target).stages]
        out: dict[Any, int] = {**dict.fromkeys(keys, 0), None: 0}
        for stage, count in counts.items():
            if target is None:
                out[None if stage is None else self._model(source).stage(stage).lifecycle] += count
            else:
                out[self.seen_as(stage, source, target)] += count
        return out

    def _model(self, key: str) -> JourneyModel:
        found = next((one for one in self.models if one.key == key), None)
        if found is None:
            raise UnknownName("model", key, [one.key for one in self.models])
        return found


def crosswalk(*models: JourneyModel) -> Crosswalk:
    """Models beside each other.

    Raises:
        BadInput: fewer than two, or one twice.
    """
    keys = tuple(one.key for one in models)
    if len(keys) < 2 or len(set(keys)) < len(keys):
        raise BadInput("crosswalk_of", models=keys)
    return Crosswalk(models)


def _at(model: JourneyModel, place: str | None) -> tuple[str, ...]:
    return tuple(stage.key for stage in model.stages if stage.lifecycle == place)


def _number(stage: Stage) -> int:
    return LIFECYCLE.index(stage.lifecycle or "")
