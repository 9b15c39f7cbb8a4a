"""Journey models in words, and what changing one would move."""

from __future__ import annotations

from typing import Any

import msgspec

from lvtu.analyses import naming
from lvtu.analyses.model_change import ModelChangeSpec
from lvtu.core.documents import loaded
from lvtu.core.expr import describe, parse
from lvtu.core.model import JourneyModel
from lvtu.core.model.channels import SEEDED, Channel
from lvtu.core.model.presets import PRESETS, preset
from lvtu.core.model.rules import Rule
from lvtu.core.words import LANGS, Lang, say
from lvtu.errors import BadInput, UnknownName
from lvtu.service.analyses.schemas import Shown
from lvtu.service.analyses.service import answered
from lvtu.service.documents import inline
from lvtu.service.home import Served
from lvtu.service.languages import Both
from lvtu.service.models.schemas import Changing, ChannelOf, ModelOf, Naming, Preset, StageOf
from lvtu.service.names.service import counted
from lvtu.service.problems import Conflict, NotFound
from lvtu.workspace import Workspace


def get(workspace: Workspace, name: str) -> ModelOf:
    """A model by its key, with ``@3`` for a version.

    Raises:
        NotFound: there is none of that key.
        BadInput: it has no such version.
    """
    try:
        model = workspace.model(name)
    except UnknownName:
        raise NotFound("model", name, []) from None
    listed = next((one for one in workspace.models() if one["key"] == model.key), None)
    return ModelOf(
        key=model.key,
        version=model.version,
        versions=list(range(1, listed["version"] + 1)) if listed else [],
        default=bool(listed and listed["default"]),
        preset=model.key in PRESETS,
        title=Both.of(model.title),
        stages=[_stage(model, one) for one in model.stages],
        document=model.document(),
        yaml=model.to_yaml(),
    )


def presets() -> list[Preset]:
    """The models that every workspace can use."""
    return [
        Preset(key=one.key, title=Both.of(one.title), stages=[Both.of(stage.name) for stage in one.stages])
        for one in map(preset, PRESETS)
    ]


def channels(served: Served) -> list[ChannelOf]:
    """The channels that the default model knows, and behind them those that only events name, the busiest first."""
    workspace = served.workspace
    seen = {key: events for key, events in counted(served.answers.moment(), "channel") if key is not None}
    told = [
        ChannelOf(key=one.key, name=Both.of(one.name), online=one.online, known=True, events=seen.pop(one.key, 0))
        for one in (workspace.model().channels if workspace.models() else SEEDED)
    ]
    told += [
        ChannelOf(key=key, name=Both(zh=key, en=key), online=None, known=False, events=events)
        for key, events in seen.items()
    ]
    return sorted(told, key=lambda one: -one.events)


def name_channel(workspace: Workspace, key: str, naming: Naming) -> None:
    """Give a channel a name, in a new version of the default model.

    Raises:
        Conflict: the workspace has no model of its own.
        BadInput: a channel cannot have such a key.
    """
    if not workspace.models():
        raise Conflict("channels_need_model")
    model = workspace.model()
    given = naming.model_dump(include={"name", "online"})
    named = loaded(Channel, {"key": key, **given})
    others = [one for one in model.channels if one.key != key]
    workspace.save_model(model.model_copy(update={"channels": (*others, named)}))


def changed(key: str, given: Changing) -> JourneyModel:
    """The model of a request. Never a path: a server must not read what a client names.

    Raises:
        BadInput: it is no model, or one of another key.
    """
    if (given.document is None) == (given.yaml is None):
        raise BadInput("model_body")
    model = JourneyModel.load(inline(given.document if given.yaml is None else given.yaml, "model"))
    if model.key != key:
        raise BadInput("model_key_differs", key=model.key, name=key)
    return model


def preview(served: Served, model: JourneyModel, against: str | None, lang: Lang, dark: bool) -> bytes:
    """What a changed model would move, as JSON (see `schemas.ChangePreview`).

    Raises:
        BadInput: there is no model to compare it with.
    """
    known = {one["key"]: one for one in served.workspace.models()}
    if against is None:
        default = next((one["key"] for one in known.values() if one["default"]), model.key)
        against = model.key if model.key in known or model.key in PRESETS else default
    spec = ModelChangeSpec(change=model, model=against)
    moment, asked = served.answers.ask(spec)
    said = answered(served.answers, spec, lang, Shown(dark=dark, token=moment.token))
    body = {"answer": msgspec.Raw(said), "moves": asked.result.moves.to_pylist(), "against": against}
    return msgspec.json.encode(body)


def _stage(model: JourneyModel, stage: Any) -> StageOf:
    return StageOf(
        key=stage.key, name=Both.of(stage.name), goal=None if stage.goal is None else Both.of(stage.goal),
        owner=stage.owner, lifecycle=stage.lifecycle, touchpoints=list(stage.touchpoints),
        entry=[rule_in_words(rule, model) for rule in stage.entry],
        exit=[rule_in_words(rule, model) for rule in stage.exit],
    )  # fmt: skip


def rule_in_words(rule: Rule, model: JourneyModel) -> Both:
    """A rule as a sentence in both languages.

    Example:
        >>> model = JourneyModel.load({"key": "m", "title": "m"})
        >>> rule_in_words(Rule(events=("Paid", "Order *"), where="value > 100"), model).en
        'event Paid or Order *, and amount is greater than 100'
    """
    return Both(**{lang: _said(rule, model, lang) for lang in LANGS})


def _said(rule: Rule, model: JourneyModel, lang: Lang) -> str:
    names = {
        "events": list(rule.events),
        "touchpoints": [_called(model.touchpoints, "id", id, lang) for id in rule.touchpoints],
        "channels": [_called(model.channels, "key", key, lang) for key in rule.channel],
    }
    parts = [
        say(f"models.{kind}", lang, names=say("models.or", lang).join(each)) for kind, each in names.items() if each
    ]
    if rule.where:
        parts.append(say("models.where", lang, condition=describe(parse(rule.where), lang, naming.Naming(model))))
    return say("models.all", lang).join(parts)


def _called(among: Any, by: str, key: str, lang: Lang) -> str:
    found = next((one for one in among if getattr(one, by) == key), None)
    return key if found is None else str(found.name.get(lang))
