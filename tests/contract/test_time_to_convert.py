"""Time to convert against its twin: the same attempts, and Kaplan–Meier by counting heads."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, close, funnel_options
from naive import funnel as naive
from naive.journeys import last_time
from naive.survival import coarse, kaplan_meier
from parts import examples
from property.strategies import funnels


@settings(max_examples=examples(120))
@given(arguments=funnels(), data=st.data())
def test_any_funnels_times_are_the_twins(states: list[Case], arguments: dict[str, Any], data: Any) -> None:
    agree(states[data.draw(st.integers(0, len(states) - 1), label="state")], arguments)


def agree(case: Case, arguments: dict[str, Any]) -> None:
    result = case.ws.funnel(**funnel_options(arguments))
    found, twin = result.time_to_convert(), naive.funnel(case.events, **arguments)
    horizon, within = last_time(case.events), arguments.get("within")
    assert found.token == result.token
    without = set()
    for row in found.table.to_pylist():
        step, lives, took = row["step"], [], []
        reached = [unit for unit in twin.units.values() if step in unit.events]
        for key, unit in twin.units.items():
            start, came = unit.events[1].time, step in unit.events
            if not unit.events[1].exact or (came and not unit.events[step].exact):
                without.add(key)
                continue
            watched = horizon - start if within is None else min(within, horizon - start)
            lives.append((coarse(unit.events[step].time - start if came else watched), came))
            took += [unit.events[step].time - start] if came else []
        curve = kaplan_meier(lives)
        assert row["customers"] == len(reached)
        assert row["from_start"] == (pytest.approx(len(reached) / len(twin.units)) if twin.units else None)
        share = 1 - curve[-1].survival if curve else 0.0
        known = curve or len(lives) == len(twin.units) > 0
        assert row["kaplan_meier"] == (pytest.approx(share) if known else None)
        ends = [curve[-1].high, curve[-1].low] if curve else [None, None]
        assert [row["low"], row["high"]] == [end if end is None else pytest.approx(1 - end) for end in ends]
        ranked = sorted(took)
        assert close(row["p90_time"], [ranked[-(-9 * len(ranked) // 10) - 1]] if ranked else [])
        points = [point for point in found.curve.to_pylist() if point["step"] == step]
        assert [point["at_risk"] for point in points] == [moment.at_risk for moment in curve]
        assert [point["share"] for point in points] == pytest.approx([1 - moment.survival for moment in curve])
    if len(arguments["steps"]) > 1:
        counted = {arguments.get("unit", "customers"): len(without)}
        assert [note.values for note in found.notes] == [counted] * bool(without)


def test_who_is_still_on_the_way_is_not_counted_as_lost(made: Any) -> None:
    """Ten viewed a day ago and four paid within the hour; of ten who viewed just now nobody can have paid yet."""
    hour, day = 3_600_000_000, 86_400_000_000
    events = [naive.Event(f"v{n}", n // 10 * day, f"c{n}", "Viewed") for n in range(20)]
    events += [naive.Event(f"p{n}", hour, f"c{n}", "Paid") for n in range(4)]
    result = made(events).ws.funnel(["Viewed", "Paid"], within="1d")
    (row,) = result.time_to_convert().table.to_pylist()
    assert (row["customers"], row["from_start"], row["kaplan_meier"]) == (4, 0.2, pytest.approx(0.4))
    assert result.immature == 10 and 0.1 < row["low"] < 0.4 < row["high"] < 0.8
