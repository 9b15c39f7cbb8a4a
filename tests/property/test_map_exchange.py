"""What goes out comes in: JSON as it was, tables and diagrams as far as they hold it."""

from __future__ import annotations

import re
import string
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lvtu.maps import JourneyMap
from lvtu.maps.drawing import drawn
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.formats import Format
from lvtu.maps.exchange.incoming import incoming
from lvtu.maps.exchange.writing import written
from lvtu.maps.live.filled import Filled
from property.test_maps import maps

# CSV keeps a formula from being one by an apostrophe, which is taken off again: a text with one of its own loses it.
names = st.text(st.sampled_from(string.ascii_letters + "付款排队等候,;|'\"=+@-–#:%<& "), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
).filter(lambda text: any(one.isalpha() for one in text) and text[0] != "'")  # fmt: skip


@st.composite
def grids(draw: st.DrawFn) -> JourneyMap:
    stages = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    more = draw(st.lists(st.tuples(st.integers(0, len(stages) - 1), names), max_size=4))
    steps = sorted([*more, *((at, "x") for at in range(len(stages)))], key=lambda one: one[0])
    made = [{"key": f"s{n}", "stage": f"g{at}", "name": name} for n, (at, name) in enumerate(steps)]
    texts = draw(st.dictionaries(st.integers(0, len(made) - 1), names, max_size=4))
    cards = [{"key": f"c{n}", "lane": "pain", "step": f"s{n}", "text": text} for n, text in texts.items()]
    return JourneyMap.load({
        "title": draw(names), "stages": [{"key": f"g{n}", "name": name} for n, name in enumerate(stages)],
        "steps": made, "cards": cards,
        "lanes": [{"key": "pain", "role": "pains", "label": "痛点"}, {"key": "own", "role": "custom", "label": "Own"}],
        "curve": [{"key": "p", "step": "s0", "value": draw(st.integers(-2, 2)), "by": "A", "reason": "r"}],
    })  # fmt: skip


def back(map_: JourneyMap, format: Format, ending: str) -> JourneyMap:
    content = written(Sheet(map_, Filled(), "zh"), format, drawn).content
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"map.{ending}"
        file.write_bytes(content)
        return incoming(file, language="zh").map


@given(maps())
def test_json_comes_in_as_it_went_out(map_: JourneyMap) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.json"
        file.write_text(map_.to_json(), encoding="utf-8")
        found = incoming(file)
    assert found.map == map_ and found.report.left == []


@given(grids())
def test_a_grid_comes_in_with_its_stages_steps_lanes_and_texts(map_: JourneyMap) -> None:
    formats: tuple[Format, ...] = ("csv", "xlsx")
    for format in formats:
        after = back(map_, format, format)
        assert [stage.name for stage in after.stages] == [stage.name for stage in map_.stages]
        assert [step.name for step in after.steps] == [step.name for step in map_.steps]
        assert [len(after.steps_of(s.key)) for s in after.stages] == [len(map_.steps_of(s.key)) for s in map_.stages]
        assert [(lane.label, lane.role) for lane in after.lanes] == [(lane.label, lane.role) for lane in map_.lanes]
        places = {step.key: place for place, step in enumerate(map_.steps)}
        told = sorted((places[card.step], unlisted(card.text.zh)) for card in map_.cards if card.text)
        found = {step.key: place for place, step in enumerate(after.steps)}
        assert sorted((found[card.step], unlisted(card.text.zh)) for card in after.cards if card.text) == told


def unlisted(text: str) -> str:
    """A text without the dots of a list: in a cell of a table they tell its cards apart."""
    return re.sub(r"(?m)^\s*(?:[-*•]|\d{1,3}[.)])\s+", "", text)


@given(grids())
def test_a_diagram_comes_in_with_its_stages_steps_and_feelings(map_: JourneyMap) -> None:
    after = back(map_, "mermaid", "mmd")
    wide = str.maketrans({one: chr(ord(one) + 0xFEE0) for one in ":#;%"})
    assert [stage.name.zh for stage in after.stages] == [stage.name.zh.translate(wide) for stage in map_.stages]
    assert [step.name.zh for step in after.steps] == [step.name.zh.translate(wide) for step in map_.steps]
    assert [(point.step, point.value) for point in after.curve] == [(after.steps[0].key, map_.curve[0].value)]
    assert after.actors == ()
