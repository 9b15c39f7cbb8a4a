"""What paths take and cost: sums that a plain loop gives too, and a difference only where every step is known."""

from __future__ import annotations

import random
from typing import Any

import pytest

import lvtu
from lvtu.errors import BadInput
from lvtu.maps import JourneyMap
from lvtu.maps.live.filled import Filled, Times
from lvtu.maps.process import FEWEST, compared, courses
from unit.maps.shop import MODEL, events

MINUTE = 60_000_000


def shop(**more: Any) -> JourneyMap:
    steps = [
        {"key": "pick", "stage": "buy", "name": "Pick", "standard": "10m", "cost": "0.50 EUR"},
        {"key": "pay", "stage": "buy", "name": "Pay", "standard": "2m", "cost": "1.25 EUR"},
        {"key": "call", "stage": "buy", "name": "Call", "cost": "4 EUR"},
    ]
    paths = [
        {"key": "happy", "kind": "happy", "name": "Smoothly", "steps": ["pick", "pay"]},
        {"key": "stuck", "kind": "unhappy", "name": "Stuck", "steps": ["pick", "pay", "call", "pay"]},
    ]
    given = {"title": "Shop", "stages": [{"key": "buy", "name": "Buy"}], "steps": steps, "paths": paths}
    return JourneyMap.load({**given, **more})


def test_f9_a_path_is_summed_as_a_plain_loop_sums_it() -> None:
    dice = random.Random(3)
    for _ in range(40):
        times = {
            key: Times(dice.randint(1, 90) * MINUTE, dice.randint(90, 200) * MINUTE, dice.choice([3, FEWEST, 400]))
            for key in ("pick", "pay", "call")
            if dice.random() < 0.7
        }
        for state in ("as_is", "to_be"):
            map_ = shop(state=state)
            for course, path in zip(courses(map_, Filled(times=times)), map_.paths, strict=True):
                slow = time = known = measured = 0
                euros = 0.0
                for key in path.steps:
                    step = map_.step(key)
                    euros += step.cost.value if step.cost else 0
                    standard = {"pick": 10, "pay": 2}.get(key)
                    seen = key in times and times[key].n >= FEWEST
                    if seen and (state == "as_is" or standard is None):
                        time, slow = time + times[key].median, slow + times[key].p90
                        known, measured = known + 1, measured + 1
                    elif standard is not None:
                        time, slow, known = time + standard * MINUTE, slow + standard * MINUTE, known + 1
                if course.time is None or course.slow is None:
                    assert known == 0
                else:
                    assert (course.time.value, course.slow.value, course.time.known) == (time, slow, known)
                assert (course.measured, course.costs["EUR"].value) == (measured, euros)


def test_f9_a_difference_is_told_where_every_step_is_known() -> None:
    before, steps = shop(), shop().document()["steps"]
    steps[1] |= {"standard": "30s", "cost": {"value": 0.25, "currency": "EUR"}}
    after = shop(state="to_be", steps=steps)
    happy, stuck = compared(before, Filled(), after, Filled())
    assert (happy.time, happy.costs) == (-1.5 * MINUTE, {"EUR": -1.0})
    assert stuck.time is None, "nobody knows how long a call takes"
    assert stuck.costs == {"EUR": -2.0}, "paid twice"
    times = {"call": Times(20 * MINUTE, 60 * MINUTE, 50)}
    _, stuck = compared(before, Filled(times=times), after, Filled(times=times))
    assert stuck.time == -3 * MINUTE
    (whole,) = courses(shop(paths=[]), Filled())
    assert whole.key == "" and whole.time is not None and (whole.time.known, whole.time.of) == (2, 3)
    bare = shop(steps=[{"key": key, "stage": "buy", "name": key} for key in ("pick", "pay", "call")])
    assert [(one.time, one.costs) for one in compared(bare, Filled(), bare, Filled())] == [(None, {}), (None, {})]


def test_f9_a_map_and_its_to_be(tmp_path: Any) -> None:
    with lvtu.open(tmp_path) as ws:
        ws.ingest(events())
        ws.save_model(MODEL)
        drawn = ws.maps.autodraw()
        for step in drawn.document.steps:
            drawn.edit("change", part="steps", key=step.key, fields={"cost": "2 CNY", "standard": "5m"})
        drawn.edit("put", part="scenarios", made=[{"key": "home", "who": "Parents", "goal": "Dinner"}])
        drawn.publish("Before")
        better = drawn.to_be()
        better.edit("change", part="steps", key="checkout", fields={"cost": "0.5 CNY", "standard": "1m"})
        (found,) = better.otherwise(drawn)
        assert found.costs == {"CNY": -1.5}
        assert found.before is not None and found.before.measured > 0, "as it is it was measured"
        assert found.after is not None and found.after.measured == 0
        (course,) = better.courses()
        steps = len(better.document.steps)
        assert course.time is not None and course.time.value == (5 * (steps - 1) + 1) * MINUTE
        rows = [row for group in better.difference(drawn, "en").groups for row in group.rows]
        assert ("cost", "2 CNY", "0.5 CNY") in {(row.field, row.was, row.now) for row in rows}
        drawn.edit("change", part="steps", key="checkout", fields={"cost": None})
        (told,) = drawn.otherwise(1)
        assert told.costs == {}, "the cost of a step is not known any more"
        with pytest.raises(BadInput, match="much"):
            drawn.edit("change", part="steps", key="checkout", fields={"cost": "much"})
