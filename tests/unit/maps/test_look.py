"""How a map is looked at: said in keywords or as one value, it is the same."""

from __future__ import annotations

import inspect
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import lvtu
from lvtu.errors import UnknownName
from lvtu.maps import Map
from lvtu.maps.look import Look, Options

OTHER: dict[str, Any] = {
    "dark": True, "headed": False, "lanes": ["said"], "folded": ["said"], "overlay": "feeling", "frame": "one",
    "who": "everybody", "compare": "everybody", "weighted": False, "to_be": False,
    "times": "relative",
}  # fmt: skip


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Map:
    return lvtu.open(tmp_path_factory.mktemp("look") / "w").maps.load(
        {
            "id": "m", "title": "Shopping", "stages": [{"key": "one", "name": "One"}, {"key": "two", "name": "Two"}],
            "steps": [{"key": "a", "stage": "one", "name": "Look"}, {"key": "b", "stage": "two", "name": "Pay"}],
            "lanes": [{"key": "said", "role": "thoughts", "label": "Said"}, {"key": "own", "role": "custom",
                       "label": "Own"}],
            "cards": [{"key": "c", "lane": "own", "step": "a", "text": "A card"}],
        }
    )  # fmt: skip


def test_keywords_are_the_fields() -> None:
    kept, given = get_type_hints(Look), get_type_hints(Options)
    assert given == {name: kept[name] for name in given}
    assert [field.name for field in fields(Look)] == ["type", "style", "language", *given]
    assert given.keys() == OTHER.keys()


@pytest.mark.parametrize("name", OTHER)
def test_each_keyword_is_told(map_: Map, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Look] = []
    monkeypatch.setattr(Map, "picture", lambda self, look, answers=None: seen.append(look) or "")
    monkeypatch.setattr(Map, "file", lambda self, format, look, *_, **__: seen.append(look))
    one = {name: OTHER[name]}
    map_.svg("stage", "chart", "en", **one)
    map_.svg(type="stage", style="chart", language="en", **one)
    map_.written("pdf", "stage", "chart", "en", **one)
    assert seen == [replace(Look("stage", "chart", "en"), **one)] * 3


def test_a_keyword_changes_the_picture(map_: Map) -> None:
    plain = map_.svg(language="en")
    for name in ("dark", "headed", "lanes", "folded", "frame"):
        assert map_.svg(language="en", **{name: OTHER[name]}) != plain, name


def test_a_file_is_what_the_keywords_say(map_: Map, tmp_path: Path) -> None:
    look = Look("stage", "chart", "zh", dark=True, headed=False)
    assert map_.file("svg", look).content.decode() == map_.picture(look)
    map_.png(tmp_path / "m.png", "stage", "chart", "zh", scale=1.0, dark=True, headed=False)
    assert (tmp_path / "m.png").read_bytes() == map_.file("png", look, scale=1.0).content
    map_.png(tmp_path / "m.png", "stage", "chart", "zh", scale=1.0)
    assert (tmp_path / "m.png").read_bytes() != map_.file("png", look, scale=1.0).content


def test_what_is_not_there_is_refused(map_: Map) -> None:
    with pytest.raises(TypeError, match="colour"):
        map_.svg(colour="red")
    for wrong in ({"overlay": "x"}, {"lanes": ["x"]}, {"frame": "x"}):
        with pytest.raises(UnknownName):
            map_.svg(**wrong)


def test_facade_is_short() -> None:
    for made in (Map.svg, Map.written, Map.png, Map.pdf, Map.pptx):
        assert len(inspect.signature(made).parameters) <= 10
