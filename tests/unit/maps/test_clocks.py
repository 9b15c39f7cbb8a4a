"""Times at the steps: since customers' first step, or of one customer the days themselves; unknown ones are gaps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

import lvtu
from lvtu.errors import BadInput, UnknownName
from lvtu.maps import JourneyMap
from lvtu.maps.drawing import Type, drawn
from lvtu.maps.drawing.frames import answers_at
from lvtu.maps.drawing.scene import Label, Line, Scene
from lvtu.maps.live.filled import Filled, Met, Value
from unit.maps.pictures import STEPS, document, filled, parts, sheet, taken_apart

HOUR = 3_600_000_000
SINCE = {key: Value(n * 30 * HOUR, "duration", 80 - n) for n, key in enumerate(STEPS) if n not in (3, 7)}
MET = {key: Met(1_767_225_600_000_000 + n * 24 * HOUR, n % 2 == 0) for n, key in enumerate(STEPS) if n != 3}


def answered(**more: object) -> Filled:
    return replace(filled(), since=SINCE, met=MET, **more)


def said(scene: Scene) -> set[str]:
    return {line for found in taken_apart(scene) if isinstance(found.shape, Label) for line in found.shape.lines}


@pytest.mark.parametrize("style", ["timeline", "chart", "flowchart", "persona"])
@pytest.mark.parametrize("type", get_args(Type))
def test_e7_times_since_the_first_step_stand_at_every_step_that_has_one(type: str, style: str) -> None:
    scene = drawn(replace(sheet(document(), answered(), "en"), times="relative"), type, style)
    told = " ".join(said(scene))
    for key, words in (("ad", "T+0"), ("search", "T+1.2d"), ("compare", "T+2.5d"), ("renew", "T+10d")):
        assert words in told, key
        assert f"n {SINCE[key].n}" in told
    assert told.count("T+") >= len(SINCE), "each step has its own"
    assert not parts(scene, "between"), "not both at once"
    one = drawn(replace(sheet(document(), answered(), "zh"), times="absolute", zone="Asia/Shanghai"), type, style)
    told = " ".join(said(one))
    assert "2026-01-01" in told and "08:00" in told and "2026-01-04" not in told, "the third is a gap"
    assert "T+" not in told


def test_the_axis_is_broken_where_nothing_is_known() -> None:
    scene = drawn(replace(sheet(document(), answered(), "en"), times="relative"), "linear", "timeline")
    stamps = parts(scene, "since")
    assert [part.key for part in stamps] == list(SINCE)
    place = {part.key: next(shape.x for shape in part.shapes if isinstance(shape, Label)) for part in stamps}
    level = next(shape.y + 8 for shape in stamps[0].shapes if not isinstance(shape, Label) and hasattr(shape, "height"))
    joined = {
        tuple(x for x, _ in found.shape.points)
        for found in taken_apart(scene)
        if isinstance(found.shape, Line) and {y for _, y in found.shape.points} == {level}
    }
    assert joined == {(place[one], place[other]) for one, other in (
        ("ad", "search"), ("search", "compare"), ("deliver", "install"), ("install", "call"))}  # fmt: skip


def test_a_part_keeps_the_times_of_its_steps_and_few_are_dashed() -> None:
    part = answers_at(answered(), {"ad", "pay"})
    assert dict(part.since) == {"ad": SINCE["ad"]} and dict(part.met or {}) == {"ad": MET["ad"]}
    assert answers_at(filled(), {"ad"}).met is None, "of many there are no dates"
    few = replace(filled(), since={"ad": Value(0.0, "duration", 2), "pay": Value(9.0 * HOUR, "duration", 40)})
    scene = drawn(replace(sheet(document(), few, "en"), times="relative"), "linear", "timeline")
    assert [part.shapes[0].dashed for part in parts(scene, "since")] == [True, False]


def test_dates_are_those_of_one_customer(tmp_path: Path) -> None:
    """Read from events: two customers, one of whom never came to the second step; a time nobody knows is none."""
    rows = ["user_id,time,event", "ann,2026-03-01T09:00:00Z,Look", "ann,2026-03-03T21:30:00Z,Pay",
            "ann,2026-03-04T10:00:00Z,Look", "bo,2026-03-02T09:00:00Z,Look"]  # fmt: skip
    (tmp_path / "shop.csv").write_text("\n".join(rows))
    ws = lvtu.open(tmp_path / "w")
    ws.ingest(tmp_path / "shop.csv")
    map_ = ws.maps.load(JourneyMap.load({
        "id": "m", "title": "Shop", "stages": [{"key": "s", "name": "S"}],
        "steps": [{"key": key, "stage": "s", "name": key, "entry": key.title()} for key in ("look", "pay")],
    }).document())  # fmt: skip
    answers = map_.answers()
    assert {key: (round(one.value / HOUR, 1), one.n) for key, one in answers.since.items()} == {
        "look": (0.0, 2), "pay": (pytest.approx(60.5, rel=0.01), 1),
    }  # fmt: skip
    assert answers.met is None
    svg = map_.svg(language="en", who="customer:ann", times="absolute")
    assert ">2026-03-01 <" in svg and ">2026-03-03 <" in svg and ">21:30 <" in svg and "2026-03-04" not in svg
    with pytest.raises(BadInput, match="one customer"):
        map_.svg(times="absolute")
    with pytest.raises(UnknownName, match="elapsed"):
        map_.svg(times="sometimes")
