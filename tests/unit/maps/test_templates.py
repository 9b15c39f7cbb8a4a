"""Templates: whole in both languages, every lane filled, nothing invented, and drawn in every way there is."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pptx
import pytest
import yaml

import lvtu
from lvtu.core.words import LANGS, Lang
from lvtu.errors import UnknownName
from lvtu.maps import JourneyMap
from lvtu.maps.drawing import Style, Type
from lvtu.maps.drawing.frames import frames_of
from lvtu.maps.drawing.preview import preview
from lvtu.maps.drawing.svg import svg
from lvtu.maps.templates import KEYS, packaged, template

FOLDER = Path(lvtu.__file__).parent / "maps" / "templates"
HAN = re.compile(r"[\u4e00-\u9fff]")
ALIKE = {"App", "CRM", "NPS"}
"""What both languages call the same."""

SEGMENT = {
    "Products Searched", "Product List Viewed", "Product List Filtered", "Promotion Viewed", "Promotion Clicked",
    "Product Clicked", "Product Viewed", "Product Added", "Product Removed", "Cart Viewed", "Checkout Started",
    "Checkout Step Viewed", "Checkout Step Completed", "Payment Info Entered", "Order Completed", "Order Updated",
    "Order Refunded", "Order Cancelled", "Coupon Entered", "Coupon Applied", "Product Added to Wishlist",
    "Product Shared", "Cart Shared", "Product Reviewed",
}  # fmt: skip
"""The e-commerce specification's names, as Segment publishes them."""


def texts(value: Any) -> Any:
    """Every text that is said in both languages."""
    if isinstance(value, dict) and set(value) == {"zh", "en"}:
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


@pytest.mark.parametrize("key", KEYS)
def test_every_text_is_in_both_languages_and_neither_is_the_other(key: str) -> None:
    for text in texts(template(key).map(lang="en").document()):
        assert text["zh"].strip() and text["en"].strip(), text
        assert not HAN.search(text["en"]), text
        assert HAN.search(text["zh"]) or text["zh"] in ALIKE, text
        assert '"' not in text["zh"] and '"' not in text["en"] and not text["zh"].endswith("。"), text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", KEYS)
def test_what_is_said_once_is_said_in_the_language_asked_for(key: str, lang: Lang) -> None:
    made = template(key).map(lang=lang)
    names = {one for card in made.cards for one in (card.owner, card.system) if one}
    names |= {step.owner or "" for step in made.steps} | {point.reason for point in made.curve}
    for name in names - ALIKE:
        assert bool(HAN.search(name)) == (lang == "zh"), name


@pytest.mark.parametrize("key", KEYS)
def test_lanes_are_filled_and_nothing_is_said_to_be_known(key: str) -> None:
    made = template(key).map()
    assert 4 <= len(made.stages) <= 6 and 9 <= len(made.steps) <= 14
    assert made.scenarios and made.goal and made.begins and made.ends and made.frames and made.links
    every = {lane.key for lane in made.lanes} - {"feelings", "channels", "owners", "moments", "opportunities"}
    for step in made.steps:
        there = {card.lane for card in made.cards if step.key in made.spanned(card)}
        assert every <= there, (step.key, every - there)
        assert step.channels and step.owner and step.entry and step.expectation and step.standard and step.actors
        assert bool(made.cell("moments", step.key)) == (step.moment != "none"), step.key
    assert {point.step for point in made.curve} == {step.key for step in made.steps}
    assert {"commercial", "service"} <= {step.moment for step in made.steps}
    assert {"fail", "wait", "decision"} <= {mark for card in made.cards for mark in card.marks}
    assert not any(card.evidence or card.kind == "quote" for card in made.cards)
    assert all(link.sla is not None for link in made.links if link.kind == "hands_over")
    if key == "saas":
        assert len(made.actors) == 3 and {one for step in made.steps for one in step.actors} == {
            "user", "decider", "buyer",
        }  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_counts_are_those_of_the_map_and_the_map_comes_back(key: str) -> None:
    one = template(key)
    made = one.map("Ours", "zh")
    assert (one.stages, one.steps, one.cards) == (len(made.stages), len(made.steps), len(made.cards))
    assert made.title.zh == "Ours" and JourneyMap.load(made.to_json()) == made
    assert one.map().id != one.map().id


def test_online_shops_find_their_events() -> None:
    rules = {name for step in template("ecommerce").map().steps for rule in step.entry for name in rule.events}
    assert len(rules & SEGMENT) >= 15
    written = yaml.safe_load((FOLDER / "ecommerce.yaml").read_text(encoding="utf-8"))
    assert [step["key"] for stage in written["stages"] for step in stage["steps"]] == [
        step.key for step in template("ecommerce").map().steps
    ]


@pytest.mark.parametrize("key", KEYS)
def test_every_picture_of_it_can_be_drawn(key: str, tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        made = ws.maps.from_template(key, language="zh")
        for type in get_args(Type):
            for style in get_args(Style):
                drawn = ElementTree.fromstring(made.svg(type, style, "zh"))
                said = "".join(drawn.itertext())
                assert all(stage.name.zh in said for stage in made.document.stages), (type, style)


def test_slides_of_a_blueprint_show_a_frame_each_with_all_its_lanes(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        made = ws.maps.from_template("saas", language="zh")
        shown = pptx.Presentation(io.BytesIO(made.written("pptx", language="zh", blueprint=True).content))
        document = made.document
    behind = {
        f"lane {lane.key}" for lane in document.lanes if lane.role.startswith(("onstage", "backstage", "support"))
    }
    names: dict[str, set[str]] = {}
    for one in shown.slides:
        title = one.shapes.title.text_frame.text.partition(" · ")[0]
        names.setdefault(title, set()).update(shape.name for shape in one.shapes)
    assert list(names) == [frame.title.zh for frame in frames_of(document)]
    for some in names.values():
        assert {"line interaction", "line visibility", "line internal", *behind} <= some


@pytest.mark.parametrize("lang", LANGS)
def test_the_preview_has_every_step_where_people_put_it(lang: Lang) -> None:
    for one in packaged():
        made = one.map(lang=lang)
        drawn = ElementTree.fromstring(svg(preview(made, lang), lang))
        space = "{http://www.w3.org/2000/svg}"
        dots = {
            part.get("data-key"): float(part.findall(f"{space}circle")[0].get("cy", "0"))
            for part in drawn.iter(f"{space}g") if part.get("data-kind") == "step"
        }  # fmt: skip
        assert list(dots) == [step.key for step in made.steps]
        by_feeling = sorted(made.curve, key=lambda point: -point.value)
        assert [dots[point.step] for point in by_feeling] == sorted(dots.values())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", KEYS)
def test_the_checks_of_blueprints_find_nothing(key: str, lang: Lang, tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        assert list(ws.maps.from_template(key, language=lang).findings()) == []


def test_a_map_of_the_workspace_can_serve_as_one(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ours = ws.maps.load({
            "title": "House", "tags": ["template", "house"], "status": "live", "where": "channel = 'store'",
            "stages": [{"key": "a", "name": "A"}], "steps": [{"key": "s", "stage": "a", "name": "S", "child": "gone"}],
            "lanes": [{"key": "l", "role": "custom", "label": "Rules", "locked": True}],
            "cards": [{"key": "c", "lane": "l", "step": "s", "text": "Ask first",
                       "evidence": [{"kind": "interview", "quote": "no"}]}],
        })  # fmt: skip
        assert [one.key for one in ws.maps.templates()] == [ours.id, *KEYS]
        made = ws.maps.from_template(ours.id, {"zh": "新", "en": "New"})
        document = made.document
        assert document.id != ours.id
        assert (document.status, document.where, document.tags) == ("draft", None, ("house",))
        assert document.cards[0].evidence == () and document.step("s").child is None and document.lane("l").locked
        with pytest.raises(lvtu.errors.BadInput, match="lane"):
            made.edit("paste", lane="l", step="s", table=[["Ask nobody"]])
        with pytest.raises(UnknownName, match="ecommerce"):
            ws.maps.from_template("shop")
