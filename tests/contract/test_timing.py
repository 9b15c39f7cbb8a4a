"""Timing against its twin, and against lifelines: curves, intervals, medians, the log-rank test."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times

from contract.cases import Case, buckets, close, ugly, workspace
from lvtu.analyses import durations
from lvtu.errors import BadInput, UnknownName
from naive.journeys import Event, last_time
from naive.sessions import rank
from naive.survival import coarse, kaplan_meier
from naive.timing import Life, exact, group, lives
from parts import examples
from property.strategies import CONDITIONS, START

DAY = 86_400_000_000


def waits(seed: int, customers: int) -> list[Event]:
    """Starts over sixty days with ends some days later, sooner by app; some never, some several times."""
    dice, found = random.Random(seed), []
    for i in range(customers):
        time, channel = START + dice.randrange(60 * DAY), dice.choice(("web", "app", "store", None))
        for n in range(dice.choice((1, 1, 2, 4))):
            found.append(Event(f"s{seed}-{i}-{n}", time, f"w{seed}-{i}", "A", channel=channel))
            if dice.random() < 0.6:
                time += round(dice.expovariate(1 / (4 if channel == "app" else 9)) * DAY)
                found.append(Event(f"e{seed}-{i}-{n}", time, f"w{seed}-{i}", "B", channel=channel))
            time += round(dice.expovariate(1 / 5) * DAY)
    return found


def some_days(seed: int, events: list[Event]) -> list[Event]:
    dice = random.Random(seed)
    return [replace(event, time_basis=dice.choice((None, "exact", None, "day"))) for event in events]


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("timing")
    base, late, days = waits(1, 150), waits(2, 60), some_days(3, waits(3, 120))
    ugly_days = some_days(4, list(dict.fromkeys(ugly(4))))
    with buckets(4):
        return [
            Case("waits", workspace(folder / "waits", base, late), base + late),
            Case("days", workspace(folder / "days", days), days),
            Case("ugly", workspace(folder / "ugly", ugly_days), ugly_days),
        ]


def asked(case: Case, options: dict[str, Any], by: str | None) -> tuple[Any, dict[Any, list[Life]], int]:
    """The answer, the counted lives of the twin by group, and how many it leaves out."""
    where = options.get("where")
    result = case.ws.timing(**{**options, "where": where and where.text}, by=by)
    found: dict[Any, list[Life]] = {}
    for life in lives(case.events, **options):
        found.setdefault(group(life, by), []).append(life)
    untimed = sum(not exact(life) for part in found.values() for life in part)
    return result, found, untimed


def agree(case: Case, options: dict[str, Any], by: str | None = None) -> None:
    result, expected, untimed = asked(case, options, by)
    rows = {row[by] if by and by != "event" else row.get("event"): row for row in result.table.to_pylist()}
    assert {key for key, row in rows.items() if row["starts"]} == expected.keys()
    assert [note.values["starts"] for note in result.notes if note.code == "untimed_starts"] == [untimed] * bool(
        untimed
    )
    opened = random.Random(0).sample(list(rows), min(len(rows), 3))
    for key, row in rows.items():
        every = expected.get(key, [])
        part = [life for life in every if exact(life)]
        came = sorted(life.watched for life in part if life.happened)
        assert (row["starts"], row["happened"], row["waiting"]) == (len(every), len(came), len(part) - len(came))
        assert row["customers"] == len({life.start.customer for life in every})
        for name, share in (("p25_time", 0.25), ("median_time", 0.5), ("p75_time", 0.75), ("p90_time", 0.9)):
            assert close(row[name], [rank(came, share)] if came else [])
        curve = kaplan_meier([(coarse(life.watched), life.happened) for life in part])
        points = [point for point in result.curve.to_pylist() if not by or point.get(by) == key]
        assert [point["share"] for point in points] == pytest.approx([1 - moment.survival for moment in curve])
        assert [point["at_risk"] for point in points] == [moment.at_risk for moment in curve]
        ends = [(m.high, m.low) if m.survival > 0 else (None, None) for m in curve]
        for name, side in (("low", 0), ("high", 1)):
            assert [p[name] for p in points] == [
                e[side] if e[side] is None else pytest.approx(1 - e[side]) for e in ends
            ]
        for name, test in _HALVES.items():
            times = [moment.time for moment in curve if test(moment)]
            assert close(row[name], times[:1]) or (times and abs(row[name] - times[0]) <= times[0] * 0.016 + 1)
        if key in opened:
            names = {"group": key} if by else {}
            for happened in (True, False, None):
                own = {life.start.customer for life in (every if happened is None else part)
                       if happened in (None, life.happened)}  # fmt: skip
                assert result.customers(happened, **names) == sorted(own)


HALF = 0.5 + 1e-12
_HALVES = {
    "half_time": lambda moment: moment.survival <= HALF,
    "half_low_time": lambda moment: moment.low is not None and moment.low <= HALF,
    "half_high_time": lambda moment: moment.high is not None and moment.high <= HALF,
}


@settings(max_examples=examples(60))
@given(
    start=st.sampled_from((None, "A", "B")), end=st.sampled_from((None, "A", "B")),
    entry=st.sampled_from(("first", "each")), by=st.sampled_from((None, "channel", "plan")),
    where=st.one_of(st.none(), st.sampled_from(CONDITIONS)), since=st.one_of(st.none(), st.integers(START, START + 12)),
    until=st.one_of(st.none(), st.integers(START, START + 12)), data=st.data(),
)  # fmt: skip
def test_any_timing_is_the_twins(states: list[Case], by: Any, data: Any, **options: Any) -> None:
    agree(states[data.draw(st.integers(0, len(states) - 1))], options, by)


@settings(max_examples=examples(50))
@given(
    which=st.integers(0, 1), start=st.sampled_from((None, "A", "B")), end=st.sampled_from((None, "A", "B")),
    entry=st.sampled_from(("first", "each")), by=st.sampled_from((None, "channel")),
    since=st.one_of(st.none(), st.integers(0, 60)), until=st.one_of(st.none(), st.integers(0, 120)),
)  # fmt: skip
def test_any_timing_of_days_is_the_twins(waiting: list[Case], which: int, by: Any, **options: Any) -> None:
    for name in ("since", "until"):
        options[name] = None if options[name] is None else START + options[name] * DAY
    agree(waiting[which], options, by)


@settings(max_examples=examples(40))
@given(
    which=st.integers(0, 2), start=st.sampled_from((None, "A", "B")), silent=st.integers(0, 30),
    by=st.sampled_from((None, "channel")), where=st.one_of(st.none(), st.sampled_from(CONDITIONS[:1])),
    until=st.one_of(st.none(), st.integers(0, 90)),
)  # fmt: skip
def test_any_silence_is_the_twins(
    waiting: list[Case], which: int, silent: int, until: Any, by: Any, **options: Any
) -> None:
    unit = 1 if which == 2 else DAY
    options |= {"silent": silent * unit, "until": None if until is None else START + until * unit}
    agree(waiting[which], options, by)


def test_many_groups_keep_marks_and_agree_too(waiting: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durations, "MOST_DENSE", 0)
    monkeypatch.setattr(durations, "_SETTLED", 9)
    for case in waiting:
        agree(case, {"start": "A", "end": "B", "entry": "each"}, "channel")


def fitted(part: list[Life]) -> KaplanMeierFitter:
    """Lifelines' curve of some lives, at the resolution that Lvtu keeps."""
    times = [float(coarse(life.watched)) for life in part]
    return KaplanMeierFitter().fit(times, [life.happened for life in part])


@pytest.mark.parametrize("options", [{"start": "A", "end": "B"}, {"start": "A", "silent": 20 * DAY}])
def test_curves_are_those_of_lifelines(waiting: list[Case], options: dict[str, Any]) -> None:
    result, expected, _ = asked(waiting[0], options, "channel")
    assert len(expected) == 4
    for key, part in expected.items():
        fit = fitted(part)
        curve = [point for point in result.curve.to_pylist() if point["channel"] == key]
        table = fit.event_table
        events = table[table["observed"] > 0].index
        survival, ends = fit.survival_function_.iloc[:, 0], fit.confidence_interval_
        assert len(curve) == len(events) > 8
        assert [point["share"] for point in curve] == pytest.approx([1 - survival[time] for time in events])
        assert [point["at_risk"] for point in curve] == table.loc[events, "at_risk"].tolist()
        known = [(point, time) for point, time in zip(curve, events, strict=True) if survival[time] > 0]
        assert len(known) >= len(curve) - 1, "where nobody is left, lifelines writes 0 for both ends, we nothing"
        assert [p["low"] for p, _ in known] == pytest.approx([1 - ends.iloc[:, 1][time] for _, time in known])
        assert [p["high"] for p, _ in known] == pytest.approx([1 - ends.iloc[:, 0][time] for _, time in known])
        row = next(row for row in result.table.to_pylist() if row["channel"] == key)
        low, high = median_survival_times(ends).iloc[0].tolist()
        halves = (row["half_time"], row["half_low_time"], row["half_high_time"])
        told = (fit.median_survival_time_, low, math.inf if survival.get(high) == 0 else high)
        assert halves == tuple(None if math.isinf(time) else pytest.approx(time, rel=0.016) for time in told)


@pytest.mark.parametrize("options", [{"start": "A", "end": "B"}, {"start": "A", "silent": 20 * DAY}])
def test_groups_are_compared_as_lifelines_does(waiting: list[Case], options: dict[str, Any]) -> None:
    result, expected, _ = asked(waiting[0], options, "channel")
    every = [(coarse(life.watched), str(key), life.happened) for key, part in expected.items() for life in part]
    times, keys, happened = (np.array(column) for column in zip(*every, strict=True))
    other = multivariate_logrank_test(times.astype(float), keys, happened)
    test = result.log_rank
    assert (test.statistic, test.freedom) == (pytest.approx(other.test_statistic), other.degrees_of_freedom)
    assert test.p_value == pytest.approx(other.p_value)
    assert result.notes[0].code == ("log_rank_differ" if other.p_value < 0.05 else "log_rank_same")


def test_two_groups_that_differ_do(made: Any) -> None:
    events = [Event(f"{i}a", START, f"c{i}", "A", channel="slow" if i % 2 else "fast") for i in range(60)]
    events += [Event(f"{i}b", START + (1 + i % 2 * 9) * DAY + i, f"c{i}", "B") for i in range(60)]
    result = made(events).ws.timing("A", "B", by="channel")
    assert result.log_rank.p_value < 0.001 and str(result.notes[0]) == "the 2 groups differ: log-rank test, p < 0.001"
    assert result.log_rank.freedom == 1


def test_nothing_after_the_horizon_is_used(waiting: list[Case], made: Any) -> None:
    """Asked with an end of what is known, or asked of a workspace that knows no more: the same answer."""
    until = START + 40 * DAY
    for options in ({"start": "A", "end": "B"}, {"start": "A", "silent": 10 * DAY}):
        case = waiting[0]
        known = [event for event in case.events if event.time < until]
        last = Event("last", until - 1, "nobody", "Z")
        seen = made([*known, last]).ws.timing(**options)
        then = case.ws.timing(**options, until=until - 1)
        assert then.table.drop_columns([]).to_pylist() == seen.table.to_pylist()
        assert then.curve.equals(seen.curve)


def test_the_silent_are_the_churned_ones(made: Any) -> None:
    case = made(waits(9, 80))
    gone = case.ws.timing(silent="20d").customers()
    case.ws.save_model({"key": "m", "title": "M", "behaviours": [{"key": "churned", "name": "Gone", "silent": "20d"}]})
    assert gone == case.ws.behaviours().customers("churned") and 10 < len(gone) < 80


def test_a_gap_that_ends_may_begin_the_next(made: Any) -> None:
    events = [Event(f"{day}", START + day * DAY, "ann", "A") for day in (0, 2, 7)] + [
        Event("z", START + 9 * DAY, "z", "Z")
    ]
    row = made(events).ws.timing("A", "A", entry="each").table.to_pylist()[0]
    assert (row["customers"], row["starts"], row["happened"], row["waiting"]) == (1, 3, 2, 1)
    assert row["p90_time"] == pytest.approx(5 * DAY, rel=0.01) and row["p25_time"] == pytest.approx(2 * DAY, rel=0.01)


def test_nobody_and_what_does_not_exist(made: Any, states: list[Case]) -> None:
    nothing = made([]).ws
    row = nothing.timing().table.to_pylist()[0]
    assert (row["starts"], row["kaplan_meier"], row["half_time"]) == (0, None, None)
    assert nothing.timing(by="channel").table.num_rows == nothing.timing().curve.num_rows == 0
    assert nothing.timing(by="channel").curve.num_rows == 0
    ws = states[0].ws
    with pytest.raises(UnknownName, match="unknown event 'Nothing'"):
        ws.timing("A", "Nothing")
    for more in ({"end": "B"}, {"end_where": "value > 1"}, {"entry": "each"}):
        with pytest.raises(BadInput, match="instead of an end"):
            ws.timing("A", silent="1d", **more)
    with pytest.raises(BadInput, match="nothing is broken down"):
        ws.timing("A", "B").customers(group="web")
    assert last_time(states[0].events) == START + 12


def test_who_never_could_be_watched_counts_nowhere_as_lost(waiting: list[Case]) -> None:
    result = waiting[0].ws.timing("A", "B")
    half, row = result.at_risk(None, [0, 30 * DAY]), result.table.to_pylist()[0]
    part = lives(waiting[0].events, "A", "B")
    assert half == [row["starts"], sum(coarse(life.watched) >= coarse(30 * DAY) for life in part)]
