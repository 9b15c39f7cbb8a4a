"""Answers draw themselves: an SVG made here, with the table's names in it, and nothing that is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest

import lvtu
from lvtu.errors import BadInput
from lvtu.workspace import Workspace
from parts import require


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with lvtu.open(tmp_path / "small.lvtu") as workspace:
        workspace.append([
            {"user_id": who, "event": event, "time": f"2026-03-0{day}T09:00:00Z"}
            for who in ("ann", "bo") for day, event in enumerate(["浏览", "Pay"] if who == "ann" else ["浏览"], 1)
        ])  # fmt: skip
        yield workspace


def texts(svg: str) -> str:
    return "".join(ElementTree.fromstring(svg).itertext())


def test_an_answer_is_an_svg_of_its_own_names(ws: Workspace) -> None:
    require("mini-racer", find_spec("py_mini_racer"))
    svg = ws.funnel(["浏览", "Pay"]).svg("zh", width=700, height=400)
    root = ElementTree.fromstring(svg)
    assert (root.get("width"), root.get("height")) == ("700", "400")
    assert "浏览" in texts(svg) and "Pay" in texts(svg)
    assert not re.search(r"<script|href=|url\(http|@import", svg)


def test_light_and_dark_differ(ws: Workspace) -> None:
    require("mini-racer", find_spec("py_mini_racer"))
    result = ws.funnel(["浏览", "Pay"])
    assert result.svg("en") != result.svg("en", dark=True)


def test_without_the_part_there_is_the_table(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvtu.analyses.charts.svg.find_spec", lambda _: None)
    result = ws.funnel(["浏览", "Pay"])
    with pytest.warns(UserWarning, match="notebook"):
        shown = result._repr_mimebundle_()
    assert "<svg" not in shown["text/html"] and ">Pay</td>" in shown["text/html"] and "image/svg+xml" not in shown
    with pytest.raises(BadInput) as caught:
        result.svg()
    assert caught.value.code == "no_drawing"
