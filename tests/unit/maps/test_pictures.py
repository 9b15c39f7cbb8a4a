"""Pictures of maps: every type and style shows every step, inside the picture, nothing over another."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import Any, get_args
from xml.etree import ElementTree

import pytest

from lvtu.core.model.text import Text
from lvtu.core.words import Lang
from lvtu.errors import UnknownName
from lvtu.maps import JourneyMap
from lvtu.maps.drawing import Type, drawn
from lvtu.maps.drawing.overlay import OVERLAYS, values_of
from lvtu.maps.drawing.scene import Label, Line, Scene
from lvtu.maps.drawing.svg import svg
from lvtu.maps.live.filled import AsPlanned, Filled, Gap, Value
from unit.maps.pictures import STEPS, Found, document, filled, overlap, parts, room, sheet, taken_apart, with_actors

TYPES, STYLES = get_args(Type), ("timeline", "chart")
"""Flowcharts and personas have tests of their own."""

MAPS: dict[str, tuple[JourneyMap, Filled]] = {
    "full": (document(), filled()),
    "no data": (document(), Filled()),
    "roles": (with_actors(), filled()),
    "two steps": (document(2), filled(2)),
    "planned": (document(paths=[{"key": "h", "kind": "happy", "name": "As agreed", "steps": ["ad", "pay"]}]), filled()),
}
ALL = list(itertools.product(TYPES, STYLES, MAPS))


def picture(name: str, type: str, style: str, lang: Any = "en", overlay: str | None = None) -> Scene:
    map_, answers = MAPS[name]
    return drawn(sheet(map_, answers, lang), type, style, overlay)


@pytest.mark.parametrize(("type", "style", "name"), ALL)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_step_and_stage_is_there_and_inside(type: str, style: str, name: str, lang: Lang) -> None:
    scene, map_ = picture(name, type, style, lang), MAPS[name][0]
    assert {part.key for part in parts(scene, "step")} == {step.key for step in map_.steps}
    assert {part.key for part in parts(scene, "stage")} >= {step.stage for step in map_.steps}
    for found in taken_apart(scene):
        left, top, right, bottom = room(found.shape)
        inside = left >= 0 and top >= 0 and right <= scene.width + 0.5 and bottom <= scene.height + 0.5
        assert inside, (found.shape, scene.width, scene.height)
    told = " ".join(
        line for found in taken_apart(scene) if isinstance(found.shape, Label) for line in found.shape.lines
    )
    assert map_.title.get(lang)[:8] in told
    assert ("simulated" in told or "模拟数据" in told) == MAPS[name][1].simulated
    assert ("刚搬家" in told) == (lang == "zh"), "the scenario is told"
    ElementTree.fromstring(svg(scene, lang))


@pytest.mark.parametrize(("type", "style", "name"), ALL)
def test_heads_and_numbers_do_not_cover_each_other(type: str, style: str, name: str) -> None:
    scene = picture(name, type, style)
    kinds = ("step", "stage", "place", "loop", "lane", "between", "channel", "actor")
    labels = [
        found for found in taken_apart(scene)
        if isinstance(found.shape, Label) and not found.shape.turn and any(found.of(kind) for kind in kinds)
    ]  # fmt: skip
    for one, other in itertools.combinations(labels, 2):
        assert not overlap(room(one.shape), room(other.shape)), (one.shape, other.shape)


@pytest.mark.parametrize(("type", "style", "name"), ALL)
def test_an_overlay_moves_nothing(type: str, style: str, name: str) -> None:
    plain = picture(name, type, style)
    fixed = [found.shape for found in taken_apart(plain) if not tinting(found)]
    heads = tops(plain)
    for overlay in OVERLAYS:
        tinted = picture(name, type, style, overlay=overlay)
        assert (tinted.width, tinted.height) == (plain.width, plain.height)
        assert [one.shape for one in taken_apart(tinted) if not tinting(one)] == fixed
        (legend,) = (part for part in parts(tinted, "legend") if part.key == overlay)
        known = values_of(replace(sheet(*MAPS[name]), overlay=overlay))
        words = " ".join(line for one in legend.shapes if isinstance(one, Label) for line in one.lines)
        assert bool(re.search(r"n \d+ to \d+", words)) == bool(known), "a legend says of how many"
        assert tops(tinted) == heads, "numbers stand where others did"


@pytest.mark.parametrize("type", TYPES)
@pytest.mark.parametrize("style", ["flowchart", "persona"])
def test_overlays_tint_every_style(type: str, style: str) -> None:
    plain, tinted = picture("full", type, style), picture("full", type, style, overlay="drop_off")
    assert (plain.width, plain.height) == (tinted.width, tinted.height)
    assert [part.key for part in parts(tinted, "legend")][-1] == "drop_off"
    shown = " ".join(part.title for part in parts(tinted, "step") if part.key == "search")
    assert "Drop-off: 5.0%" in shown and "n 810" in shown


@pytest.mark.parametrize("filled_", [filled(), Filled()], ids=["counted", "no data"])
def test_e20_costs_are_compared_in_one_currency(filled_: Filled) -> None:
    costs = {"ad": "0.20 EUR", "search": "1.50 EUR", "pay": "9 USD"}
    given = document().document()
    steps = [step | ({"cost": costs[step["key"]]} if step["key"] in costs else {}) for step in given["steps"]]
    seen = drawn(sheet(JourneyMap.load(given | {"steps": steps}), filled_, "en"), "linear", "timeline", "cost")
    told = {part.key: part.title for part in parts(seen, "step") if "Cost:" in part.title}
    assert told.keys() == {"ad", "search"} and "Cost: 1.50 EUR" in told["search"]
    assert ("n 810" in told["search"]) == bool(filled_.volume), "nobody counted is not told as 0"
    assert "1.50 EUR" in said(seen), "a number is printed, not told by its tint alone"
    (legend,) = (part for part in parts(seen, "legend") if part.key == "cost")
    assert "Cost (EUR)" in " ".join(line for one in legend.shapes if isinstance(one, Label) for line in one.lines)


def test_e2_a_map_says_where_it_begins_and_ends() -> None:
    seen = drawn(sheet(document(begins="An ad", ends="A second order"), Filled(), "en"), "linear", "timeline")
    assert "Scope: from “An ad” to “A second order”" in said(seen)
    assert "to “…”" in said(drawn(sheet(document(begins="An ad"), Filled(), "en"), "cyclic", "timeline"))
    assert "范围" not in said(picture("full", "linear", "timeline"))


def said(scene: Scene) -> str:
    return " ".join(line for one in taken_apart(scene) if isinstance(one.shape, Label) for line in one.shape.lines)


def tinting(found: Found) -> bool:
    """Whether a shape is part of a step, or of the legend of an overlay."""
    return found.of("step") or any(part.kind == "legend" and part.key != "marks" for part in found.within)


def tops(scene: Scene) -> list[tuple[str, list[float]]]:
    """How high the labels of each step stand."""
    return [
        (part.key, [room(shape)[1] for shape in part.shapes if isinstance(shape, Label)])
        for part in parts(scene, "step")
    ]


def test_what_is_not_known_is_a_dash_and_never_zero() -> None:
    scene = picture("full", "linear", "timeline", overlay="drop_off")
    (last,) = (part for part in parts(scene, "step") if part.key == "renew")
    assert "—" in [line for shape in last.shapes if isinstance(shape, Label) for line in shape.lines]
    unknown = parts(picture("no data", "cyclic", "timeline"), "loop")[0]
    assert "—" in [line for shape in unknown.shapes if isinstance(shape, Label) for line in shape.lines]
    known = parts(picture("full", "cyclic", "timeline"), "loop")[0]
    assert any("42.0%" in line for shape in known.shapes if isinstance(shape, Label) for line in shape.lines)
    assert "29.0–56.0%" in known.title and "n 50" in known.title


def test_a_ring_does_not_bridge_what_nobody_was_asked() -> None:
    """Values are missing at the fourth and the eighth step: the line has three pieces, the last of one point."""
    (curve,) = (part for part in parts(picture("full", "cyclic", "timeline"), "curve") if part.key == "felt")
    lines = [shape for shape in curve.shapes if isinstance(shape, Line) and shape.thick == 2]
    assert len(lines) == 2


def test_channels_show_who_was_there_and_ways_between_them() -> None:
    answers = filled()
    scene = picture("full", "channel", "timeline")
    shown = {tuple(part.key.split("/")) for part in parts(scene, "place")}
    assert shown == {(channel, step) for step, channel in answers.channels} | {("app", "renew")}
    ways = parts(scene, "way")
    assert ways and {part.key for part in ways} <= {
        f"{'/'.join(one)} {'/'.join(other)}" for one, other in answers.switches
    }
    numbers = [found for found in taken_apart(scene) if found.of("way") and isinstance(found.shape, Label)]
    cells = [found for found in taken_apart(scene) if found.of("place") and isinstance(found.shape, Label)]
    for one in numbers:
        assert not any(overlap(room(one.shape), room(other.shape)) for other in cells)
    roles = {part.key for part in parts(scene, "lane")}
    assert "touch" not in roles and "felt" in roles, "touchpoints stand in the rows of channels"


def test_roles_have_steps_curves_and_strategies_of_their_own() -> None:
    scene = picture("roles", "role", "timeline")
    assert [part.key for part in parts(scene, "actor")] == ["user", "boss", "buyer", ""]
    takes: dict[str, set[str]] = {}
    for part in parts(scene, "takes"):
        takes.setdefault(part.key, set()).update(one.key for one in part.shapes if hasattr(one, "key"))
    assert takes == {"user": {"ad", "search", "compare", "install", "call"}, "boss": {"compare", "repair"},
                     "buyer": {"pay", "deliver"}, "": {"renew"}}  # fmt: skip
    assert [part.key for part in parts(scene, "strategy")] == ["user"]
    assert "e2" in {part.key for part in parts(scene, "estimate")}
    assert {part.key for part in parts(scene, "hand_over")} == {
        "compare pay", "deliver install", "call repair",
    }  # fmt: skip


def test_hand_overs_between_the_same_steps_run_apart() -> None:
    """Two who hand over to two others: four arrows, no two of which lie on each other for longer than they cross."""
    plain = with_actors().document()
    takes = {"search": ["user", "boss"], "compare": ["buyer", "clerk"]}
    steps = [step | {"actors": takes.get(step["key"], ["user"])} for step in plain["steps"]]
    actors = [*plain["actors"], {"key": "clerk", "name": {"zh": "店员", "en": "Clerk"}}]
    scene = drawn(sheet(JourneyMap.load(plain | {"steps": steps, "actors": actors}), filled()), "role", "timeline")
    ways = [part.shapes[0].points for part in parts(scene, "hand_over") if part.key == "search compare"]
    assert len(ways) == 4
    for place, one in enumerate(ways):
        for other in ways[:place]:
            for (a, b), (c, d) in itertools.product(itertools.pairwise(one), itertools.pairwise(other)):
                for across, along in ((0, 1), (1, 0)):
                    if a[across] == b[across] == c[across] == d[across]:
                        begins = max(min(a[along], b[along]), min(c[along], d[along]))
                        assert begins >= min(max(a[along], b[along]), max(c[along], d[along])), (one, other)


def test_the_head_says_what_changed_by_more_than_chance() -> None:
    binding = {"key": "all", "analysis": "scores", "spec": {"metric": "nps"}, "title": "NPS"}
    map_ = JourneyMap.load(document().document() | {"bindings": [binding]})
    for worse, told in ((True, "▼ 5.3"), (False, "")):
        head = {"all": Value(35.1, "points", 2650, 31.9, 38.2, 40.4, worse=worse)}
        scene = drawn(sheet(map_, replace(filled(), head=head), "en"), "linear", "timeline")
        [part] = parts(scene, "head")
        lines = [line for shape in part.shapes if isinstance(shape, Label) for line in shape.lines]
        assert "31.9–38.2 · n 2,650 · before 40.4" in lines and (told in lines or not worse)
        assert any(line.startswith(("▼", "▲")) for line in lines) == worse


def test_touchpoints_called_as_their_steps_are_no_row() -> None:
    map_ = document()
    same = replace(sheet(map_, filled()), touchpoints={key: map_.step(key).name for key in STEPS})
    told = {part.key for part in parts(drawn(same, "linear", "timeline"), "lane")}
    assert (
        "touch" in {part.key for part in parts(picture("full", "linear", "timeline"), "lane")} and "touch" not in told
    )


@pytest.mark.parametrize("type", ["linear", "stage"])
def test_what_counts_as_planned_is_named(type: str) -> None:
    assert "As agreed" in said(picture("planned", type, "timeline"))


def test_who_leaves_out_what_may_be_left_out_does_not_miss_it() -> None:
    path = {"key": "h", "kind": "happy", "name": "As agreed", "steps": ["ad", "search", "pay"], "optional": ["search"]}
    counted = {
        "ad": AsPlanned(90, 10, 0, 0), "search": AsPlanned(60, 0, 5, 2, optional=True, skipped=35),
        "compare": AsPlanned(0, 0, 0, 4, planned=False),
    }  # fmt: skip
    scene = drawn(sheet(document(paths=[path]), replace(filled(), plan=counted)), "linear", "timeline")
    told = {part.key: [line for shape in part.shapes if isinstance(shape, Label) for line in shape.lines]
            for part in parts(scene, "plan")}  # fmt: skip
    assert told["ad"] == ["✓ 90", "✗ 10", "! 0", "+ 0"] and told["search"] == ["✓ 60", "○ 35", "! 5", "+ 2"]
    assert told["compare"] == ["+ 4"] and told["pay"] == ["—"], "on the path, and no event shows it"
    assert "○" in said(scene) and "○" not in said(picture("planned", "linear", "timeline"))


def test_time_stands_between_neighbours_where_it_is_known() -> None:
    scene = picture("full", "linear", "timeline")
    assert len(parts(scene, "between")) == len(filled().between)
    assert not parts(picture("no data", "linear", "timeline"), "between")
    assert not parts(picture("full", "linear", "chart"), "between")


def test_what_there_is_not_is_refused_with_what_there_is() -> None:
    for wrong, known in (({"type": "round"}, "cyclic"), ({"style": "x"}, "chart"), ({"overlay": "heat"}, "drop_off")):
        with pytest.raises(UnknownName, match=known):
            drawn(sheet(document(), filled()), **wrong)


def compared() -> Filled:
    """Answers with those of others beside them, of an actor, too, who takes only some of the steps."""
    mine = filled()
    felt = mine.values["felt"]
    others = {key: replace(value, value=value.value + 0.5) for key, value in felt.items()}
    beside = replace(mine, values={"felt": others}, roles={"user": others}, whose=Text("全部客户", "Everybody"))
    gaps = {"felt": {"search": Gap(-0.5, -0.7, -0.3, True)}}
    return replace(mine, roles={"user": dict(felt)}, beside=beside, gaps=gaps, whose=Text("新客户", "New customers"))


@pytest.mark.parametrize("type", TYPES)
def test_others_stand_beside_a_persona_and_in_flowcharts(type: str) -> None:
    answers = compared()
    for style in ("persona", "flowchart"):
        scene = drawn(sheet(with_actors(), answers, "en"), type, style)
        told = [part for part in parts(scene, "other") if part.key.startswith("felt/")]
        assert {part.key.split("/")[1] for part in told} == set(answers.values["felt"]), style
        words = [line for found in taken_apart(scene) if isinstance(found.shape, Label) for line in found.shape.lines]
        assert sum(line.startswith("Everybody, n ") for line in words) == 1, "the legend stands there once"


def test_others_of_an_actor_stand_at_the_steps_that_the_actor_takes() -> None:
    for style in ("timeline", "chart"):
        scene = drawn(sheet(with_actors(), compared(), "en"), "role", style)
        told = {part.key for part in parts(scene, "other") if part.key.startswith("user/")}
        assert told == {f"user/{key}" for key in ("ad", "search", "compare", "install", "call")}
