"""Everything fits: in all twenty pictures no text covers another, leaves its card or the picture, or lacks its step."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest

from lvtu.core.model.text import Text
from lvtu.core.words import Lang
from lvtu.maps import JourneyMap
from lvtu.maps.drawing import Style, Type, drawn
from lvtu.maps.drawing.measure import wrapped
from lvtu.maps.drawing.scene import Box, Label, Scene
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.showing import showing
from lvtu.maps.live.filled import Filled, Gap, Value
from lvtu.maps.live.meant import Meant
from lvtu.maps.templates import template
from unit.maps.pictures import STEPS, document, filled, overlap, parts, room, sheet, taken_apart

PICTURES = list(itertools.product(get_args(Type), get_args(Style)))
LONG = "**Nobody** answers, *ever*, and then one waits (12%–19%), again\n- first at the counter\n- then on the phone"


def compared() -> Filled:
    """Answers beside others', nearer and farther, with a significant difference."""
    mine = filled()
    theirs = {step: Value(-value.value, "feeling", 70) for step, value in mine.values["felt"].items()}
    others = replace(mine, values={**mine.values, "felt": theirs}, whose=Text("其他人", "The others"))
    gaps = {"felt": {"install": Gap(0.4, 0.1, 0.7, significant=True)}}
    return replace(mine, beside=others, whose=Text("新客户", "New customers"), gaps=gaps)


def told() -> JourneyMap:
    """A map with long words on its cards, and estimates right where the data are."""
    plain = document().document()
    plain["cards"] += [
        {"key": f"long{place}", "lane": "pains", "step": step, "kind": "idea", "text": LONG, "owner": "Service",
         "system": "Telephone exchange", "marks": ["fail", "wait"]}
        for place, step in enumerate(STEPS[:3])
    ]  # fmt: skip
    plain["curve"] = [
        {"key": f"e-{step}", "step": step, "value": 0.2, "by": "Li", "reason": "seen"} for step in STEPS[:5]
    ]
    return JourneyMap.load(plain)


def seen(lang: Lang) -> Iterator[Sheet]:
    """A template that is shipped, a map with everything, one that is compared, and one with a to-be map."""
    yield Sheet(showing(template("retail").map()), Filled(), lang)
    yield sheet(told(), filled(), lang)
    yield sheet(document(), compared(), lang)
    meant = {"felt": {step: Meant(1.5 - 0.4 * place, "Ann", "Redesign") for place, step in enumerate(STEPS)}}
    yield replace(sheet(told(), filled(), lang), to_be=meant)


def labels(scene: Scene) -> list[Label]:
    """All texts that are not turned, from the left."""
    found = [one.shape for one in taken_apart(scene) if isinstance(one.shape, Label)]
    return sorted((one for one in found if any(one.lines) and not one.turn), key=lambda one: room(one)[0])


@pytest.mark.parametrize(("type", "style"), PICTURES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_text_covers_another(type: Type, style: Style, lang: Lang) -> None:
    for one in seen(lang):
        placed = [(label, room(label)) for label in labels(drawn(one, type, style))]
        for number, (label, place) in enumerate(placed):
            for other, there in placed[number + 1 :]:
                if there[0] >= place[2]:  # from the left: nothing that follows begins before it ends
                    break
                assert not overlap(place, there), (label.lines, other.lines)


@pytest.mark.parametrize(("type", "style"), PICTURES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_text_leaves_its_card_or_the_picture(type: Type, style: Style, lang: Lang) -> None:
    for one in seen(lang):
        scene = drawn(one, type, style)
        for label in labels(scene):
            left, top, right, bottom = room(label)
            inside = min(left, top) >= 0 and right <= scene.width + 0.5 and bottom <= scene.height + 0.5
            assert inside, label
        for card in parts(scene, "card"):
            edge = room(max((shape for shape in card.shapes if isinstance(shape, Box)), key=lambda box: box.width))
            for shape in card.shapes:
                if isinstance(shape, Label) and any(shape.lines):
                    left, top, right, bottom = room(shape)
                    assert edge[0] <= left and edge[1] <= top, (card.key, shape)
                    assert right <= edge[2] + 0.5 and bottom <= edge[3] + 0.5, (card.key, shape)


@pytest.mark.parametrize("style", ["timeline", "chart"])
def test_where_a_column_is_a_stage_every_number_and_card_says_of_which_step(style: str) -> None:
    scene = drawn(sheet(document(), filled(), "en"), "stage", style)
    words = [(label, room(label)) for label in labels(scene)]
    for key in (*(part.key for part in parts(scene, "point")), *(part.key for part in parts(scene, "cell"))):
        name = f"Step {key.split('/')[1]}"
        mine = next(part for kind in ("point", "cell") for part in parts(scene, kind) if part.key == key)
        number = next(room(shape) for shape in mine.shapes if isinstance(shape, Label))
        below = kind_of(scene, key) == "point"
        near = [
            label for label, place in words
            if " ".join(label.lines).startswith(name) and (place[1] > number[1]) == below
            and place[0] < number[2] + 8 and number[0] - 8 < place[2]
        ]  # fmt: skip
        assert near, key
    for card in parts(scene, "card"):
        (first, *_) = [one for one in document().cards if one.key == card.key]
        assert first.until != "compare", "one over all of its stage says of none"
        top = min(room(shape)[1] for shape in card.shapes)
        assert any(f"Step {first.step}" in label.lines[0] and 0 < top - place[3] < 8 for label, place in words), (
            card.key
        )


def kind_of(scene: Scene, key: str) -> str:
    """Whether a number is on a curve or in a cell."""
    return "point" if any(part.key == key for part in parts(scene, "point")) else "cell"


@pytest.mark.parametrize("type", ["linear", "stage", "cyclic"])
def test_of_two_numbers_at_a_step_the_larger_stands_farther_out(type: Type) -> None:
    """Else the number of one curve would stand at the mark of the other."""
    meant, beside = {"felt": {"ad": Meant(1.5), "install": Meant(-1.5)}}, compared().beside
    assert beside is not None
    for one, kind in ((sheet(document(), compared(), "en"), "other"),
                      (replace(sheet(document(), filled(), "en"), to_be=meant), "meant")):  # fmt: skip
        scene = drawn(one, type, "timeline")
        theirs = [
            label for label in labels(scene) if label.bold and label.color != one.palette.theme.ink and label.halo
        ]
        mine = {part.key: next(shape for shape in part.shapes if isinstance(shape, Label))
                for part in parts(scene, "point")}  # fmt: skip
        for key in ("felt/ad", "felt/install"):
            step = key.split("/")[1]
            value = one.filled.values["felt"][step].value
            other = meant["felt"][step].value if kind == "meant" else beside.values["felt"][step].value
            shown = f"{other:+.2f}".replace("-", "−") if other else "0.00"
            near = min((label for label in theirs if label.lines[0].split()[0] == shown),
                       key=lambda label: abs(label.x - mine[key].x) + abs(label.y - mine[key].y))  # fmt: skip
            ring = next((part for part in parts(scene, "lane") if part.key == "felt"), None)
            assert ring is not None
            middle = next(shape for shape in ring.shapes if isinstance(shape, Label))
            if type == "cyclic":
                out = [(label.x - middle.x) ** 2 + (label.y - middle.y) ** 2 for label in (near, mine[key])]
            else:
                out = [-near.y, -mine[key].y]
            assert (out[0] > out[1]) == (other > value), (type, kind, key)


def test_the_legend_has_what_the_picture_shows_and_nothing_else() -> None:
    def words(map_: JourneyMap, answers: Filled, style: str) -> str:
        scene = drawn(sheet(map_, answers, "en"), "linear", style)
        (legend,) = (part for part in parts(scene, "legend") if part.key == "marks")
        return " ".join(line for shape in legend.shapes if isinstance(shape, Label) for line in shape.lines)

    assert "assumption" in words(document(), filled(), "timeline")
    assert "assumption" not in words(document(), filled(), "chart"), "charts have no cards"
    assert "worse" in words(document(), filled(), "chart")
    assert "worse" not in words(document(2), filled(2), "chart"), "nothing of what is shown got worse"
    assert "estimate" not in words(document(curve=[]), filled(), "timeline")


def test_lines_begin_and_end_as_people_break_them() -> None:
    lines = wrapped("占各步骤解释力的 15%（12%–19%），86% 的客户经过", 82, 12, 9)
    assert "".join(lines).replace(" ", "") == "占各步骤解释力的15%（12%–19%），86%的客户经过"
    assert not any(line[0] in "），%。" or line[-1] in "（" for line in lines), lines
    assert wrapped("so n\u00a043 stays", 30, 10, 5)[1] == "n\u00a043"
    assert wrapped("one two · three", 46, 10, 5) == ("one", "two ·", "three")
    assert wrapped("不满意，我拿去退 ★", 100, 12, 5) == ("不满意，我拿去", "退 ★"), "no star stands alone"


def test_estimates_alone_are_a_curve_in_every_arrangement_of_charts() -> None:
    """A template has no data yet, and is not empty for that."""
    for type in get_args(Type):
        scene = drawn(Sheet(showing(template("saas").map()), Filled(), "en"), type, "chart")
        assert len(parts(scene, "estimate")) >= len(template("saas").map().steps) - 1, type
    bare = document(curve=[], lanes=[], cards=[])
    told = [line for label in labels(drawn(sheet(bare, Filled(), "en"), "linear", "chart")) for line in label.lines]
    assert "Nothing is known here yet." in told
