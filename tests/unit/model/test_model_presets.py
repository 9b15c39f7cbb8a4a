"""The presets: exactly the stages they promise, in both languages, and rules that name real events."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.core.model import JourneyModel
from lvtu.core.model.lifecycle import LIFECYCLE
from lvtu.core.model.presets import PRESETS, preset
from lvtu.core.words import say
from lvtu.errors import BadInput, UnknownName

CHINESE = re.compile("[\u4e00-\u9fff]")


def texts(model: JourneyModel) -> list[Any]:
    stages = [text for one in model.stages for text in (one.name, one.goal, *one.needs, *one.kpis)]
    return [model.title, *stages]


@pytest.mark.parametrize("key", PRESETS)
def test_a_preset_says_everything_in_both_languages(key: str) -> None:
    model = preset(key)
    assert model.key == key and model.version is None and not model.touchpoints
    for text in texts(model):
        assert text is not None and CHINESE.search(text.zh) and not CHINESE.search(text.en), text
    for stage in model.stages:
        assert stage.goal and stage.needs and stage.kpis and stage.lifecycle in LIFECYCLE
        assert all(rule.plain for rule in stage.entry), "an event's name is enough"
    places = [LIFECYCLE.index(str(stage.lifecycle)) for stage in model.stages]
    assert places == sorted(places)


def test_a_name_means_the_same_stage_of_life_in_every_preset() -> None:
    """An event that enters a stage stands for one place of the lifecycle, wherever a preset tells that place apart."""
    named: dict[str, set[str]] = {}
    for key in ("six-stage", "after-sale", "aida"):
        for stage in preset(key).stages:
            for rule in stage.entry:
                for name in rule.events:
                    named.setdefault(name, set()).add(str(stage.lifecycle))
    assert {name: places for name, places in named.items() if len(places) > 1} == {}


def test_places_of_the_lifecycle_have_words() -> None:
    assert [say(f"lifecycle.{place}", "zh") for place in LIFECYCLE] == [
        "意识", "考虑", "决策", "购买", "使用", "售后", "反馈与忠诚",
    ]  # fmt: skip
    stage = {"key": "a", "name": "A", "entry": "A", "lifecycle": "purchse"}
    with pytest.raises(UnknownName, match="unknown place of the lifecycle 'purchse'; did you mean 'purchase'"):
        JourneyModel.load({"key": "m", "title": "M", "stages": [stage]})


def test_a_workspace_answers_to_presets_until_it_has_its_own(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        assert ws.models() == [] and ws.model("five-stage") == preset("five-stage")
        with pytest.raises(BadInput, match="no journey model; name a preset"):
            ws.model()
        with pytest.raises(BadInput, match="'aida' has no version 1"):
            ws.model("aida@1")
        with pytest.raises(UnknownName, match="unknown model 'five-stages'; did you mean 'five-stage'"):
            ws.model("five-stages")
        own = ws.save_model(ws.model("five-stage").rename("use", {"zh": "使用产品", "en": "Using"}))
        assert own.version == 1 and ws.model("five-stage").stage("use").name.en == "Using"
        assert ws.model() == own, "the first one saved is the default"
        assert preset("five-stage").stage("use").name.en == "Use"


def test_what_is_printed_can_be_edited_and_read_again() -> None:
    for key in PRESETS:
        assert JourneyModel.load(preset(key).to_yaml()) == preset(key)
