"""Blueprints as pictures: lanes and lines in their order arrows around cards, time against standard."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvtu.core.words import LANGS, Lang, say
from lvtu.maps import JourneyMap
from lvtu.maps.blueprint import LINES, ZONES, Reading
from lvtu.maps.blueprint.rules import FEWEST
from lvtu.maps.document.lanes import BlueprintRole
from lvtu.maps.drawing.blueprint import blueprint
from lvtu.maps.drawing.frames import framed, frames_of
from lvtu.maps.drawing.scene import Box, Label, Line, Part, Picture, Scene
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.svg import svg
from lvtu.maps.images import Shown
from lvtu.maps.live.filled import Filled, Kept, Times
from lvtu.maps.templates import KEYS, template
from unit.maps.pictures import overlap, room, taken_apart
from unit.maps.restaurant import restaurant

MINUTE = 60_000_000
FILLED = Filled(
    times={"queue": Times(9 * MINUTE, 22 * MINUTE, 640), "wait": Times(9 * MINUTE, 19 * MINUTE, 640)},
    kept={"ticket-cook": Kept(640, 600, 30, 10, 600 / 640, 0.91, 0.96)},
)


def scene(document: Any, lang: Any = "en", filled: Filled = FILLED) -> Scene:
    map_ = JourneyMap.load(document)
    return blueprint(Sheet(map_, filled, lang), Reading(map_, filled))


def parts(drawn: Scene, kind: str) -> dict[str, Part]:
    return {one.key: one for one in drawn.shapes if isinstance(one, Part) and one.kind == kind}


def box(part: Part) -> Box:
    return next(one for one in part.shapes if isinstance(one, Box))


def height(part: Part) -> float:
    return next(one.points[0][1] for one in part.shapes if isinstance(one, Line))


@given(
    roles=st.lists(st.sampled_from(get_args(BlueprintRole)), max_size=9),
    spans=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3), st.integers(0, 3)), max_size=8),
)
def test_lines_lie_between_the_right_roles_whatever_is_missing(
    roles: list[str], spans: list[tuple[int, int, int]]
) -> None:
    cards = []
    for number, (lane, *ends) in enumerate(spans):
        if roles:
            first, last = sorted(ends)
            card = {"key": f"c{number}", "lane": f"l{lane % len(roles)}", "step": f"s{first}", "text": "卡" * number}
            cards.append(card | ({"until": f"s{last}"} if last > first else {}))
    document = {
        "title": "T", "stages": [{"key": "a", "name": "A"}], "cards": cards,
        "steps": [{"key": f"s{n}", "stage": "a", "name": "Pay"} for n in range(4)],
        "lanes": [{"key": f"l{n}", "role": role, "label": role} for n, role in enumerate(roles)],
    }  # fmt: skip
    drawn = scene(document)
    lines = {key: height(part) for key, part in parts(drawn, "line").items()}
    assert list(lines) == ["interaction", "visibility", "internal"] == list(LINES.values())
    assert sorted(lines.values()) == list(lines.values())
    above: dict[str, float] = {"evidence": 0, "customer": 0} | {zone: lines[name] for zone, name in LINES.items()}
    ends = [*above.values(), drawn.height]
    below = dict(zip(ZONES, (ends[2], ends[2], *ends[3:]), strict=True))
    for key, part in parts(drawn, "card").items():
        role = document["lanes"][int(next(c for c in cards if c["key"] == key)["lane"][1:])]["role"]
        zone = next(zone for zone, some in ZONES.items() if role in some)
        assert above[zone] < box(part).y and box(part).y + box(part).height < below[zone]
    boxes = [box(part) for part in parts(drawn, "card").values()]
    for one, other in itertools.combinations(boxes, 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y, "cards never overlap"


def walled() -> Any:
    """A card between two others that stands over everything: there is but one way around it."""
    document = restaurant()
    lane = {"key": "wall", "role": "backstage_technology", "label": "All"}
    wall = {"key": "all", "lane": "wall", "step": "queue", "until": "pay", "text": "Wide"}
    under = {"key": "under", "lane": "help", "step": "wait", "text": "Under", "owner": "IT"}
    link = {"key": "far", "source": "ticket", "target": "under", "kind": "hands_over", "sla": "1m"}
    return document | {
        "lanes": [*document["lanes"], lane], "cards": [*document["cards"], wall, under],
        "links": [*document["links"], link],
    }  # fmt: skip


DRAWN = {key: (lambda key=key: template(key).map().document()) for key in KEYS} | {
    "good": restaurant, "walled": walled,
}  # fmt: skip


@pytest.mark.parametrize("name", DRAWN)
def test_arrows_go_from_card_to_card_around_all_others(name: str) -> None:
    document = DRAWN[name]()
    drawn = scene(document)
    cards = {key: box(part) for key, part in parts(drawn, "card").items()}
    links = [one for one in drawn.shapes if isinstance(one, Part) and one.kind == "link"]
    assert {one.key for one in links} == {one["key"] for one in document["links"]}
    for link in JourneyMap.load(document).links:
        way = next(
            line
            for one in links
            if one.key == link.key
            for line in one.shapes
            if isinstance(line, Line) and line.stroke
        )
        assert touches(way.points[0], cards[link.source], 0.1) and touches(way.points[-1], cards[link.target], 8)
        for start, end in itertools.pairwise(way.points):
            assert start[0] == end[0] or start[1] == end[1], "ways run across or down"
            for key, card in cards.items():
                if key not in (link.source, link.target):
                    assert not inside(start, end, card), f"{link.key} runs through {key}"


def touches(point: tuple[float, float], card: Box, room: float) -> bool:
    x, y = point
    within = card.x - room <= x <= card.x + card.width + room and card.y - room <= y <= card.y + card.height + room
    return within and not inside(point, point, card)


def inside(one: tuple[float, float], other: tuple[float, float], card: Box) -> bool:
    xs, ys = sorted((one[0], other[0])), sorted((one[1], other[1]))
    across = xs[0] < card.x + card.width - 1 and xs[1] > card.x + 1
    return across and ys[0] < card.y + card.height - 1 and ys[1] > card.y + 1


def test_only_what_is_over_its_standard_is_red() -> None:
    drawn = scene(restaurant())
    cells = parts(drawn, "cell")
    theme = Sheet(JourneyMap.load(restaurant()), FILLED, "en").palette.theme
    worse, faint = theme.worse, theme.faint
    red = [key for key, part in cells.items() if any(getattr(one, "color", "") == worse for one in part.shapes)]
    assert red == ["time/queue"]
    assert cells["time/queue"].title == "Wait for a table: p90 22m · standard 15m · median 9m · n 640"
    assert cells["time/pay"].title == "Pay: — · standard 3m", "nothing for what is not known"
    assert parts(drawn, "card")["retry"].title.endswith(" · standard · Front of house"), "it is told of what is done"
    few = Filled(times={"queue": Times(MINUTE, 22 * MINUTE, FEWEST - 1)})
    shown = parts(scene(restaurant(), "en", few), "cell")["time/queue"]
    assert getattr(shown.shapes[0], "color", "") == faint and "p90 22m" in shown.title, (
        "few times are told, and not judged"
    )
    assert "p90" not in "".join(part.title for part in parts(scene(restaurant(), "en", Filled()), "cell").values())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_says_everything_in_the_readers_language(lang: Any, dark: bool) -> None:
    map_ = JourneyMap.load(restaurant(lang))
    drawn = svg(blueprint(Sheet(map_, FILLED, lang, dark), Reading(map_, FILLED)), lang)
    read = "".join(ET.fromstring(drawn).itertext())
    for key in ("marks.fail", "marks.wait", "marks.decision", "links.triggers", "links.informs", "links.hands_over",
                "lines.interaction", "lines.visibility", "lines.internal", "blueprint"):  # fmt: skip
        assert say(f"maps.{key}", lang) in read
    for card in map_.cards:
        assert card.text is not None and card.text.get(lang) in read
    assert {"zh": "≤1分 · 93.8%", "en": "≤ 1m · 93.8%"}[lang] in read
    assert not re.search(r"[\u4e00-\u9fff]", read) or lang == "zh"


LATE = replace(FILLED, kept=FILLED.kept | {"cook-run": Kept(640, 500, 100, 40, 500 / 640, 0.75, 0.81)})


@pytest.mark.parametrize("dark", [False, True])
def test_d2_a_handoff_that_breaks_says_so_on_its_arrow(dark: bool) -> None:
    document = restaurant()
    next(one for one in document["links"] if one["key"] == "run-serve").pop("sla")
    map_ = JourneyMap.load(document)
    one = Sheet(map_, LATE, "en", dark)
    drawn = blueprint(one, Reading(map_, LATE))
    worse = one.palette.theme.worse
    links = [part for part in drawn.shapes if isinstance(part, Part) and part.kind == "link"]
    red = {part.key for part in links for shape in part.shapes if isinstance(shape, Line) and shape.stroke == worse}
    assert red == {"cook-run"}, "and none that is kept"
    told = {part.key: shape.lines for part in links for shape in part.shapes if isinstance(shape, Label)}
    assert told["cook-run"] == ("≤ 3m · 78.1%", "✗ 100 late · 40 never"), "told by words, not by colour alone"
    assert told["ticket-cook"] == ("≤ 1m · 93.8%",) and told["run-serve"] == ("≤ ?",)
    assert "100 late" in next(part.title for part in links if part.key == "cook-run")
    words = [line for label in labels(drawn) for line in label.lines]
    for key in ("late_legend", "no_limit_legend"):
        assert say(f"maps.{key}", "en") in words
        assert say(f"maps.{key}", "en") not in [line for label in labels(scene(restaurant())) for line in label.lines]
    accepted = document | {"waivers": [{"key": "no_sla:run-serve", "reason": "At once", "by": "Ann"}]}
    assert ("≤ ?",) not in [label.lines for label in labels(scene(accepted))]


def test_f10_a_standard_is_told_on_the_card_of_what_is_done_by_it() -> None:
    document = restaurant()
    document["lanes"].append({"key": "rules", "role": "custom", "label": "Standards"})
    plain = {"lane": "rules", "step": "eat", "kind": "standard"}
    document["cards"] += [
        plain | {"key": "linked", "text": "Serving", "details": {
            "do": "Name the dish", "dont": "Reach over a guest", "version": "3", "since": "2026-03-01"}},
        plain | {"key": "owned", "text": "Walk, do not run", "owner": "Front of house"},
        plain | {"key": "alone", "step": "pay", "text": "The bill is explained"},
        plain | {"key": "nowhere", "step": "seat", "text": "Warm greeting", "owner": "Kitchen"},
    ]  # fmt: skip
    document["links"].append({"key": "teaches", "source": "linked", "target": "run"})
    map_ = JourneyMap.load(document)
    assert {act: [one.key for one in some] for act, some in Reading(map_).standards.items()} == {
        "run": ["linked"], "serve": ["owned"], "checkout": ["alone"], "lead": ["nowhere"],
    }  # fmt: skip
    drawn = scene(document)
    inside = {
        key: [" ".join(found.shape.lines) for found in taken_apart(drawn)
              if isinstance(found.shape, Label) and any(part.key == key for part in found.within)]
        for key in ("run", "serve", "cook")
    }  # fmt: skip
    assert inside["run"][-5:] == ["✓", "Name the dish", "✗", "Reach over a guest", "v3 · 2026-03-01"]
    assert "Walk, do not run" in inside["serve"] and not {"✓", "✗"} & set(inside["cook"])


def test_a_long_blueprint_is_narrow_and_its_words_are_whole() -> None:
    """Twenty steps on less than 130 px each, where none has much to say; a column with more to say is wider."""
    document: dict[str, Any] = {
        "title": "T", "stages": [{"key": "a", "name": "A"}],
        "steps": [{"key": f"s{n}", "stage": "a", "name": f"Pay bill {n}"} for n in range(20)],
        "lanes": [{"key": "l", "role": "onstage_people", "label": "People"}],
        "cards": [{"key": f"c{n}", "lane": "l", "step": f"s{n}", "text": "Takes it"} for n in range(20)],
    }  # fmt: skip
    assert scene(document).width < 20 * 130 + 160
    long = "Explains the reasons for a refusal to everybody who asks, and says what can be done about it"
    document["cards"][7]["text"] = long
    cards = parts(scene(document), "card")
    assert box(cards["c7"]).width > box(cards["c6"]).width == box(cards["c8"]).width
    (label,) = (one for one in cards["c7"].shapes if isinstance(one, Label))
    assert len(label.lines) <= 4 and " ".join(label.lines) == long


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("lang", LANGS)
def test_no_text_of_a_blueprint_covers_another_or_leaves_its_card(name: str, lang: Lang) -> None:
    map_ = JourneyMap.load(DRAWN[name]())
    lanes = tuple(lane.key for lane in map_.lanes)
    map_ = map_.model_copy(update={
        "frames": tuple(one.model_copy(update={"lanes": lanes}) for one in frames_of(map_))
    })  # fmt: skip
    whole = Sheet(map_, LATE, lang)
    for one in (whole, *(framed(whole, frame.key) for frame in map_.frames)):
        fits(blueprint(one, Reading(one.map, LATE)))


def fits(drawn: Scene) -> None:
    """No text covers another, leaves the picture, or leaves its card; no card lies on another."""
    placed = sorted((room(label), label.lines) for label in labels(drawn))
    for number, (place, lines) in enumerate(placed):
        assert place[0] >= 0 and place[2] <= drawn.width and place[3] <= drawn.height, lines
        for there, others in placed[number + 1 :]:
            if there[0] >= place[2]:
                break
            assert not overlap(place, there), (lines, others)
    cards = parts(drawn, "card").values()
    for card in cards:
        edge = room(box(card))
        for label in (one for one in card.shapes if isinstance(one, Label) and any(one.lines)):
            left, top, right, bottom = room(label)
            assert edge[0] <= left and edge[1] <= top and right <= edge[2] and bottom <= edge[3], (card.key, label)
    for card, other in itertools.combinations(cards, 2):
        assert not overlap(room(box(card)), room(box(other))), (card.key, other.key)


def test_in_a_frame_with_room_two_cards_of_a_cell_stand_beside_each_other() -> None:
    map_ = template("retail").map()
    (frame, *_) = [one for one in frames_of(map_) if one.steps and len(one.steps) == 2]
    lanes = tuple(lane.key for lane in map_.lanes)
    map_ = map_.model_copy(update={"frames": (frame.model_copy(update={"lanes": lanes}),)})
    one = framed(Sheet(map_, Filled(), "en"), frame.key)
    cards = parts(blueprint(one, Reading(one.map)), "card")
    beside = [box(cards[card.key]) for card in one.map.cards if card.lane == "evidence" and card.step == frame.steps[0]]
    assert len(beside) > 1 and beside[0].y == beside[1].y and beside[0].x + beside[0].width < beside[1].x
    assert beside[0].width == beside[1].width
    assert len({box(cards[card.key]).y for card in map_.cards
                if card.lane == "evidence" and card.step == frame.steps[0]}) < len(beside)  # fmt: skip


def labels(drawn: Scene) -> list[Label]:
    """All texts of a picture."""
    return [one.shape for one in taken_apart(drawn) if isinstance(one.shape, Label) and any(one.shape.lines)]


def test_a_map_of_nothing_and_one_of_data_alone_are_drawn() -> None:
    assert parts(scene({"title": "T"}), "line") == {}
    plain = {"title": "T", "stages": [{"key": "a", "name": "A"}], "steps": [{"key": "s", "stage": "a", "name": "Pay"}]}
    drawn = scene(plain)
    assert set(parts(drawn, "step")) == {"s"}, "without a lane of theirs the steps are what customers do"
    words = "".join(line for one in drawn.shapes for line in getattr(one, "lines", ()))
    assert all(say(f"maps.empty_zones.{zone}", "en") in words for zone in ZONES if zone != "customer")


def test_the_picture_of_a_card_stands_in_it_and_marks_of_its_text_do_not() -> None:
    document = restaurant()
    first = document["cards"][0]
    first |= {"image": "i-1", "alt": "The menu", "text": "the **large** menu"}
    map_ = JourneyMap.load(document)
    plain = parts(scene(document), "card")[first["key"]]
    shown = Sheet(map_, FILLED, "en", pictures={"i-1": Shown(640, 400, "image/png", b"")})
    ground, picture, label = parts(blueprint(shown, Reading(map_, FILLED)), "card")[first["key"]].shapes[:3]
    assert isinstance(ground, Box) and isinstance(picture, Picture) and isinstance(label, Label)
    assert ground.x < picture.x and picture.x + picture.width < ground.x + ground.width
    assert ground.y < picture.y and picture.y + picture.height < label.y - label.size < ground.y + ground.height
    assert picture.width / picture.height == pytest.approx(1.6) and picture.title == "The menu"
    assert label.lines[0].startswith("the large") and box(plain).height < ground.height
