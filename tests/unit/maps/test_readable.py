"""Slides of long maps: nothing on them is smaller than 8 pt, nothing of the map is lost, the first is an overview."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import combinations
from typing import Any

import pptx
import pytest

from lvtu.maps import JourneyMap
from lvtu.maps.blueprint import Reading
from lvtu.maps.drawing import drawn
from lvtu.maps.drawing.blueprint import blueprint
from lvtu.maps.drawing.frames import framed
from lvtu.maps.drawing.overview import overview, worst_of
from lvtu.maps.drawing.scene import Label, Scene
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.writing import slides
from lvtu.maps.live.filled import Filled, Value
from unit.maps.pictures import overlap, parts, room, taken_apart

STEPS = [f"s{place}" for place in range(22)]


def long(**more: Any) -> Sheet:
    """Twenty-two steps in six stages, ten lanes with long cards in each cell, a curve and one that fell."""
    lanes = [{"key": "felt", "role": "feelings", "kind": "curve", "label": "Satisfaction"},
             {"key": "ease", "role": "effort", "kind": "curve", "label": "Ease"}]  # fmt: skip
    lanes += [{"key": f"l{place}", "role": "custom", "label": f"Lane {place}"} for place in range(8)]
    cards = [
        {"key": f"c{lane}-{step}", "lane": f"l{lane}", "step": step, "kind": "pain" if lane == 0 else "text",
         "text": f"What happens at {step} in lane {lane} is told in a sentence of some length"}
        for step in STEPS for lane in range(8)
    ]  # fmt: skip
    map_ = JourneyMap.load({
        "title": "A long journey", "stages": [{"key": f"g{place}", "name": f"Stage {place}"} for place in range(6)],
        "steps": [{"key": key, "stage": f"g{place * 6 // 22}", "name": f"The name of {key}"}
                  for place, key in enumerate(STEPS)],
        "lanes": lanes, "cards": cards, **more,
    })  # fmt: skip
    felt = {key: Value(0.1 * (place - 5), "feeling", 40, 0.1 * place - 0.7, 0.1 * place - 0.3)
            for place, key in enumerate(STEPS) if place not in (4, 9)}  # fmt: skip
    ease = {"s20": Value(1.4, "feeling", 60, 1.3, 1.5, 1.8, worse=True), "s2": Value(1.0, "feeling", 2)}
    return Sheet(map_, Filled(values={"felt": felt, "ease": ease}, customers=90), "en")


def shown(sheet: Sheet, **more: Any) -> Any:
    content = slides(sheet, lambda one: drawn(one, "linear", "timeline"), **more).content
    return pptx.Presentation(io.BytesIO(content)).slides


def words(slide: Any) -> list[tuple[str, int]]:
    """Each text of a slide's drawing with its size in hundredths of a point."""
    runs = slide.shapes._spTree.xpath(".//a:r[a:rPr/@sz]")
    return [(run.findtext("{*}t"), int(run.xpath("string(a:rPr/@sz)"))) for run in runs]


def test_all_of_a_long_map_is_read_on_its_slides() -> None:
    sheet = long()
    made = list(shown(sheet))
    assert all(size >= 800 for slide in made for _, size in words(slide))
    titles = [slide.shapes.title.text_frame.text for slide in made]
    assert titles[0] == "A long journey" and titles[1].startswith("Stage 0 · 1/")
    told = " ".join(text for slide in made for text, _ in words(slide))
    for step in STEPS:
        assert f"The name of {step}" in told or f"name of {step}" in told.replace("\xa0", " "), step
    names = {shape.name for slide in made for shape in slide.shapes if shape.shape_type == 6}
    assert {f"card {card.key}" for card in sheet.map.cards} <= names, "cards are whole and can be edited"
    per_stage = [sum(title.startswith(f"Stage {place}") for title in titles) for place in range(6)]
    assert all(2 <= number <= 5 for number in per_stage), per_stage


def test_one_slide_of_all_is_the_overview_and_hanging_lanes_are_not_torn() -> None:
    (one,) = shown(long(), parts=False)
    assert all(size >= 800 for _, size in words(one)) and not any("told in a sentence" in text and size < 850
                                                                  for text, size in words(one))  # fmt: skip
    assert len(shown(long(), apart=None)) == 7, "a slide for the whole and for each stage"


def test_the_overview_has_what_got_worse_then_what_is_felt_worst() -> None:
    sheet = long()
    assert [(one.step, one.lane) for one in worst_of(sheet)] == [
        ("s20", "ease"), ("s0", "felt"), ("s1", "felt"), ("s2", "felt"),
    ]  # fmt: skip
    scene = overview(sheet)
    cards = parts(scene, "cell")
    assert [part.key for part in cards] == ["ease/s20", "felt/s0", "felt/s1", "felt/s2"]
    assert {part.key for part in parts(scene, "step")} == set(STEPS)
    red = sheet.palette.worse
    assert [getattr(part.shapes[0], "fill", None) == red for part in cards] == [True, False, False, False]
    assert "1.30–1.50 · n 60" in " ".join(cards[0].shapes[3].lines)
    lines = [line for shape in cards[1].shapes if isinstance(shape, Label) for line in shape.lines]
    assert "assumption" in " ".join(lines)


@pytest.mark.parametrize("steps", [1, 3, 22])
def test_the_overview_fits(steps: int) -> None:
    sheet = long()
    keys = set(STEPS[:steps])
    given = sheet.map.document()
    given["steps"] = [one for one in given["steps"] if one["key"] in keys]
    given["cards"] = [one for one in given["cards"] if one["step"] in keys]
    for one in (replace(sheet, map=JourneyMap.load(given)), Sheet(JourneyMap.load(given), Filled(), "zh")):
        scene = overview(one)
        texts = [
            found.shape for found in taken_apart(scene) if isinstance(found.shape, Label) and any(found.shape.lines)
        ]
        assert all(text.size >= 12 for text in texts)
        for text in texts:
            left, top, right, bottom = room(text)
            assert left >= 0 and top >= 0 and right <= scene.width and bottom <= scene.height, text
        assert not any(overlap(room(a), room(b)) for a, b in combinations(texts, 2))


def service(**more: Any) -> Sheet:
    """Four steps in two stages that two actors take in turns, at two channels; one card hands over to another."""
    steps = [{"key": key, "stage": stage, "name": key.title(), "actors": [actor]}
             for key, stage, actor in (("order", "g0", "cook"), ("taste", "g0", "guest"), ("pay", "g1", "cook"),
                                       ("leave", "g1", "guest"))]  # fmt: skip
    map_ = JourneyMap.load({
        "title": "Dinner", "stages": [{"key": "g0", "name": "Eat"}, {"key": "g1", "name": "Go"}], "steps": steps,
        "actors": [{"key": "cook", "name": "The cook"}, {"key": "guest", "name": "The guest"}],
        "lanes": [{"key": "bar", "role": "onstage_people", "label": "Bar"},
                  {"key": "back", "role": "support", "label": "Back"}],
        "cards": [{"key": "c0", "lane": "bar", "step": "order", "text": "Takes it down"},
                  {"key": "c1", "lane": "back", "step": "pay", "text": "Books it"}],
        "links": [{"key": "k", "source": "c0", "target": "c1", "kind": "hands_over", "sla": "2h"}], **more,
    })  # fmt: skip
    places = {("taste", "app"): 30, ("pay", "desk"): 40}
    channels = {place: Value(float(n), "count", n) for place, n in places.items()}
    ways = {(("taste", "app"), ("pay", "desk")): Value(20.0, "count", 20)}
    return Sheet(map_, Filled(channels=channels, switches=ways, customers=90), "en")


def told(scene: Scene) -> list[str]:
    """Each text of a drawing in one line."""
    return [" ".join(found.shape.lines).replace("\xa0", " ") for found in taken_apart(scene)
            if isinstance(found.shape, Label)]  # fmt: skip


def test_what_leads_beyond_a_page_is_told_there() -> None:
    sheet = service()
    eat, go = framed(sheet, "g0"), framed(sheet, "g1")
    by_role = told(drawn(eat, "role", "timeline"))
    assert "The cook · Pay →" in by_role and "← The guest · Taste" in told(drawn(go, "role", "timeline"))
    assert "Beyond this page, most often: Taste · app → Pay · desk 20" in told(drawn(eat, "channel", "timeline"))
    served = [told(blueprint(one, Reading(one.map, one.filled))) for one in (eat, go)]
    assert "→ Pay · Books it (hands over) · ≤ 2h" in served[0] and "≤ time allowed" in served[0]
    assert "← Order · Takes it down (hands over) · ≤ 2h" in served[1]
    whole = told(blueprint(sheet, Reading(sheet.map, sheet.filled)))
    assert not any("→" in words or "←" in words for words in whole)


def test_rows_of_a_page_stand_below_their_steps() -> None:
    sheet = framed(service(), "g0")
    whole = drawn(sheet, "role", "timeline")
    assert [row for row, _ in whole.rows][:2] == ["actor/cook", "actor/guest"]
    page = replace(sheet, rows=frozenset({"actor/guest"}))
    scene = drawn(page, "role", "timeline")
    assert {"Order", "Taste"} <= {*told(scene)} and [part.key for part in parts(scene, "actor")] == ["guest"]
    assert "← The cook" in told(scene) and not parts(scene, "hand_over")
    below = blueprint(replace(sheet, rows=frozenset({"lane/bar"})), Reading(sheet.map, sheet.filled))
    assert {"Order", "Taste", "Line of interaction"} <= {*told(below)} and "Line of visibility" not in told(below)
