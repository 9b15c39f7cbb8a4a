"""The card of whom the data alone tell: what it says is counted, quoted or written on a card, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from lvtu.core.model.text import Text
from lvtu.maps.drawing import drawn
from lvtu.maps.drawing.scene import Label
from lvtu.maps.live.filled import Filled, Value
from unit.maps.pictures import document, filled, overlap, parts, room, sheet, taken_apart

HOUR = 3_600_000_000


def card(answers: Filled, **more: object) -> str:
    scene = drawn(sheet(document(**more), answers, "en"), "linear", "persona")
    (found,) = parts(scene, "persona")
    return " | ".join(line for shape in found.shapes if isinstance(shape, Label) for line in shape.lines)


def test_it_says_what_is_counted() -> None:
    answers = replace(filled(), since={"renew": Value(30.0 * HOUR, "duration", 41), "pay": Value(9e9, "duration", 99)})
    told = card(answers)
    visits = {"Website": 0, "Store": 0, "Hotline": 0}
    for (_, channel), value in answers.channels.items():
        visits[{"web": "Website", "store": "Store", "hotline": "Hotline"}[channel]] += int(value.value)
    assert f"Channels, of {sum(visits.values()):,} visits to steps" in told
    for name, n in visits.items():
        assert f"{name} | {100 * n / sum(visits.values()):.0f}%" in told
    for key, n in (("ad", 900), ("search", 810), ("compare", 720)):
        assert f"Step {key} of the way | {100 * n / 950:.0f}%" in told
    assert "“找了半天入口”" in told and "Word for word · Step ad of the way · ab12 · 2026-01-02" in told
    assert "Median time from the first step to" in told and "1.2d, n 41" in told
    assert "950 customers" in told and "No persona is chosen" in told and "Put a persona" not in told
    assert "Strengths" not in told, "there is none"


def test_pains_say_at_which_step_and_what_nothing_supports() -> None:
    told = card(filled())
    assert "Nobody answers" in told and "又要排队？" not in told, "of each step one, that with evidence"
    more = [{"key": "c3", "lane": "pains", "step": "pay", "kind": "gain", "text": "Quick"}]
    assert "Quick | Step pay of the way · assumption" in card(filled(), cards=more)


@pytest.mark.parametrize("answers", [Filled(), Filled(customers=0)])
def test_without_data_it_says_nothing_of_them(answers: Filled) -> None:
    told = card(answers, cards=[], curve=[])
    assert "No persona is chosen" in told and "%" not in told and "Channels" not in told


def test_a_segment_has_its_name_and_one_channel_is_no_news() -> None:
    one = replace(filled(), whose=Text("常客", "Regulars"), channels={("ad", "web"): Value(9, "count", 9)})
    told = card(one)
    assert told.startswith("R | Regulars") and "Everybody" not in told and "Channels" not in told


def test_its_texts_do_not_cover_each_other() -> None:
    for lang in ("zh", "en"):
        scene = drawn(sheet(document(), filled(), lang), "linear", "persona")
        assert scene.heads is None, "what stays in sight while it scrolls would cut the card"
        found = [room(one.shape) for one in taken_apart(scene) if isinstance(one.shape, Label) and one.of("persona")]
        assert not any(overlap(one, other) for one, other in combinations(found, 2))
