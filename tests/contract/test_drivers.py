"""Drivers against their twin: who counts with which scores, and what each driver is given."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from contract.cases import Case, buckets, ugly, workspace
from lvtu.errors import BadInput, UnknownName
from naive import drivers as naive
from naive.intervals import wilson
from naive.journeys import Event
from property.strategies import CONDITIONS, START

BY: dict[str, Callable[[Event], Any]] = {
    "event": lambda e: e.event, "channel": lambda e: e.channel, "plan": lambda e: e.properties.get("plan"),
}  # fmt: skip


STEP = 40 * 60_000_000
"""Between two times, µs: some of what follows is of the same occasion, and some is not."""


def scored(events: list[Event]) -> list[Event]:
    """The events, further apart, with answers on two scales that have to do with their customers, a few without, some
    with weights, some at a time of which only the day is known.
    """  # fmt: skip
    found = []
    for event in events:
        dice = random.Random(event.message_id)
        mood = random.Random(event.customer).random() * 2
        scale = dice.choice(("nps", "csat5", "csat5"))
        score = float(min(max(round(mood + dice.random() * 3), 1), 5)) + 5 * (scale == "nps")
        answer: dict[str, Any] = {"score": score, "scale": scale, "weight": dice.choice((None, None, 0.5, 2.0))}
        told = replace(event, **answer) if dice.random() < 0.8 else event
        basis = "day" if dice.random() < 0.1 else None
        found.append(replace(told, time=START + (event.time - START) * STEP, time_basis=basis))
    return found


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("scored")
    base, late = scored(ugly(81, customers=250)), scored(ugly(82, customers=80, prefix="new") + ugly(83, customers=60))
    with buckets(4):
        return [
            Case("plain", workspace(folder / "plain", base), base),
            Case("tail", workspace(folder / "tail", base, late), base + late),
        ]


def agree(case: Case, by: str, outcome: str, told: Any, skipped: str = "indicator", **options: Any) -> None:
    """The answer is the twin's."""
    spelled = {name: getattr(value, "text", value) for name, value in options.items()}
    within = told.within if isinstance(told, naive.Did) else None
    result = case.ws.drivers(outcome, by=by, skipped=skipped, within=within and f"{within}us", **spelled)
    twin = naive.answers(case.events, BY[by], told, **options)
    rows = result.table.to_pylist()
    keys = sorted((row["driver"], row["scale"] or "") for row in rows)
    assert keys == sorted({(key[0], key[1] or "") for one in twin.values() for key in one.scores})
    order = [(row["driver"], row["scale"]) for row in rows]
    answers = {who: [one.scores.get(key, math.nan) for key in order] for who, one in twin.items()}
    some = [at for at, row in enumerate(rows) if sum(not math.isnan(one[at]) for one in answers.values()) >= 10]
    counts = all if skipped == "complete" else any
    whole = {who: one for who, one in answers.items() if some and counts(not math.isnan(one[at]) for at in some)}
    assert result.n == len(whole)
    for at, row in enumerate(rows):
        mine = {who for who, one in whole.items() if not math.isnan(one[at])}
        assert row["n"] == len(mine)
        assert set(result.customers(row["driver"], row["scale"])) == mine
        if mine:
            weights = [twin[who].weight for who in mine]
            assert row["mean"] == pytest.approx(np.average([whole[who][at] for who in mine], weights=weights))
            assert row["used"] == pytest.approx(len(mine) / len(whole))
    there = [at for at, row in enumerate(rows) if row["importance"] is not None]
    if result.r2 is None:
        assert not there
        return
    scores = [[one[at] for at in there] for one in whole.values()]
    outcomes, weights = ([getattr(twin[who], name) for who in whole] for name in ("outcome", "weight"))
    groups = naive.design(scores, weights, skipped)
    if skipped == "pairwise":
        every = naive.matrix([*map(list, zip(*scores, strict=True)), outcomes], weights)

        def worth(subset: tuple[int, ...]) -> float:
            here = list(subset)
            return float(every[here, -1] @ np.linalg.solve(every[np.ix_(here, here)], every[here, -1])) if here else 0.0
    else:

        def worth(subset: tuple[int, ...]) -> float:
            return naive.r_squared([column for one in subset for column in groups[one]], outcomes, weights)

    parts = naive.lmg(len(there), worth)
    assert [rows[at]["r2_part"] for at in there] == pytest.approx(parts, abs=1e-8)
    assert [rows[at]["importance"] for at in there] == pytest.approx([part / sum(parts) for part in parts], abs=1e-6)
    assert sum(rows[at]["johnson"] for at in there) == pytest.approx(result.r2, abs=1e-6)
    assert parts == sorted(parts, reverse=True)
    assert all(rows[at]["low"] <= rows[at]["importance"] <= rows[at]["high"] for at in there)


def on(scale: str) -> Callable[[Event], bool]:
    return lambda event: event.scale == scale


@pytest.mark.parametrize("skipped", ["indicator", "pairwise"])
def test_the_drivers_of_every_state(states: list[Case], skipped: str) -> None:
    for case in states:
        agree(case, "event", "nps", on("nps"), skipped)


def test_complete_answers_only(states: list[Case]) -> None:
    agree(states[0], "channel", "nps", on("nps"), "complete", take="mean")
    agree(states[1], "event", "nps", on("nps"), "complete", drivers=["A", "B"])


def test_drivers_through_other_lenses(states: list[Case]) -> None:
    case = states[0]
    agree(case, "plan", "csat5", on("csat5"), take="mean", weighted=False)
    agree(case, "channel", "nps", on("nps"), since=START + 2 * STEP, until=START + 10 * STEP)
    for case in states:
        agree(case, "channel", "did D", naive.Did("D"))
        agree(case, "event", "did D", naive.Did("D"), take="mean", drivers=["A", "C"])
        agree(case, "event", "did B at least 2 times", naive.Did("B", 2), where=CONDITIONS[0])
        agree(case, "channel", "did D", naive.Did("D", within=3 * STEP))


def test_scores_after_the_outcome_explain_nothing(made: Any) -> None:
    """A leak: how the refund was handled is rated after the recommendation, and says just what that was."""
    hour, day, events = 3_600_000_000, 86_400_000_000, []
    for number in range(90):
        who, dice = f"c{number}", random.Random(number)
        likes, room = float(dice.randint(0, 10)), float(dice.randint(1, 5))
        at = START + dice.randint(0, 20) * day
        events += [
            Event(f"n{number}", at, who, "Asked", score=likes, scale="nps"),
            Event(f"r{number}", at - day, who, "Room Rated", score=room, scale="csat5"),
            Event(f"w{number}", at + hour, who, "Form Rated", score=float(dice.randint(1, 5)), scale="csat5"),
            Event(f"x{number}", at + hour + 1, who, "Refund Rated", score=1.0 + likes // 3, scale="csat5"),
        ]
    ws = made(events).ws
    result = ws.drivers("nps")
    assert {row["driver"]: row["n"] for row in result.table.to_pylist()} == {
        "Room Rated": 90, "Form Rated": 90, "Refund Rated": 0
    }  # fmt: skip
    assert result.r2 is not None and result.r2 < 0.2 and result.late == 90
    assert next(note for note in result.notes if note.code == "drivers_later").values["scores"] == 90
    day_known = [replace(event, time_basis="day") for event in events]
    assert made(day_known).ws.drivers("nps").r2 == pytest.approx(1, abs=0.1)  # nobody knows which came first


def test_a_yes_counts_after_the_scores_alone(made: Any) -> None:
    """A leak: who was refunded rates that low. The refund came first, and satisfaction says nothing of a next one."""
    day, events = 86_400_000_000, []
    for number in range(120):
        who, dice = f"c{number}", random.Random(number)
        refunded, again = dice.random() < 0.5, dice.random() < 0.3
        at = START + number * day
        events += [Event(f"f{number}", at, who, "Refunded")] if refunded else []
        score = dice.choice((1.0, 2.0)) if refunded else dice.choice((4.0, 5.0))
        events.append(Event(f"r{number}", at + 1, who, "Rated", score=score, scale="csat5"))
        events += [Event(f"g{number}", at + dice.randint(2, 60) * day, who, "Refunded")] if again else []
    events = [event for event in events if event.time < START + 130 * day]
    ws = made([*events, Event("end", START + 130 * day, "nobody", "Closed")]).ws
    leaky = {name: set(ws.segment("did Refunded").customers()) & set(ws.segment(f"did Rated[score {op} 3]").customers())
             for name, op in (("low", "<"), ("high", ">"))}  # fmt: skip
    assert len(leaky["low"]) > 2 * len(leaky["high"])  # what would have been counted

    after: dict[str, list[bool]] = {"low": [], "high": []}
    for event in events:
        if event.event == "Rated" and event.time <= START + 100 * day:
            band = "low" if (event.score or 0) < 3 else "high"
            after[band].append(any(
                other.event == "Refunded" and other.customer == event.customer
                and event.time < other.time <= event.time + 30 * day for other in events
            ))  # fmt: skip
    result = ws.drivers("Refunded", within="30d")
    linked = {row["band"]: row for row in result.linked().table.to_pylist()}
    assert {band: (row["customers"], row["yes"]) for band, row in linked.items()} == {
        band: (len(some), sum(some)) for band, some in after.items()
    }  # fmt: skip
    every = [*after["low"], *after["high"]]
    assert result.linked().rate == pytest.approx(sum(every) / len(every)) and result.late == 120 - len(every)
    assert [note.code for note in result.linked().notes][:2] == ["drivers_within", "drivers_young"]
    assert "drivers_open" in [note.code for note in ws.drivers("Refunded").notes]
    in_order = ws.drivers("Refunded then Closed or Refunded then Refunded", within="30d")
    assert in_order.rate == pytest.approx(0)  # both steps come after the score


def test_an_outcome_made_of_the_scores_is_refused(made: Any) -> None:
    events = []
    for number in range(40):
        events.append(Event(f"r{number}", START + number, f"c{number}", "Rated", score=1.0 + number % 5, scale="csat5"))
        events.append(Event(f"o{number}", START + number, f"c{number}", "Open", score=1.0 + number % 3, scale="csat5"))
        events.append(Event(f"b{number}", START + 100, f"c{number}", "Bought"))
    ws = made(events).ws
    with pytest.raises(BadInput, match="what was scored"):
        ws.drivers("(Rated or Open) then Bought")
    with pytest.raises(BadInput, match="scores themselves"):
        ws.drivers("did .[score > 3]")
    with pytest.raises(BadInput, match="scores themselves"):
        ws.drivers("scale = 'csat5' and score > 3")
    with pytest.raises(BadInput, match="about what customers did"):
        ws.drivers("Rated", within="7d")
    ws.save_segment("content", "did Rated[score > 3]")
    result = ws.drivers("content")
    assert [row["driver"] for row in result.table.to_pylist()] == ["Open"]
    assert [note.values["events"] for note in result.notes if note.code == "drivers_own"] == [("Rated",)]


def test_an_event_is_the_outcome(states: list[Case]) -> None:
    def told(event: Event) -> bool:
        return event.event == "A"

    case = states[1]
    with pytest.raises(BadInput, match="A is scored on several scales"):
        case.ws.drivers("A")
    only = case.ws.drivers("A", outcome_where="scale = 'nps'")
    rest = [event for event in case.events if not told(event) or event.scale == "nps"]  # no drivers either
    twin = naive.answers(rest, BY["event"], told)
    assert only.n == len(twin) > 80 and {row["driver"] for row in only.table.to_pylist()} == {"B", "C", "D"}
    assert only.r2 is not None and sum(only.table["r2_part"].to_pylist()) == pytest.approx(only.r2)


def test_an_event_without_scores_is_a_yes_or_no(made: Any) -> None:
    events = []
    for number in range(60):
        score = number % 5 + 1
        events.append(Event(f"r{number}", START + number, f"c{number}", "Rated", score=float(score), scale="csat5"))
        if number % 3 == 0 or score > 4:
            events.append(Event(f"b{number}", START + 100 + number, f"c{number}", "Bought"))
    ws = made(events).ws
    result = ws.drivers("Bought")
    assert result.binary and result.table["importance"].to_pylist() == pytest.approx([1.0])
    assert result.table["direction"].to_pylist() == ["up"]
    bands = {row["band"]: row for row in result.linkage.to_pylist()}
    assert {name: (row["customers"], row["yes"]) for name, row in bands.items()} == {
        "low": (24, 8), "middle": (12, 4), "high": (24, 16)
    }  # fmt: skip
    assert (bands["high"]["low"], bands["high"]["high"]) == pytest.approx(wilson(16, 24))
    assert bands["high"]["lift"] == pytest.approx((16 / 24) / (28 / 60))
    assert result.table.equals(ws.drivers("did Bought").table)
    linked = result.linked()
    assert linked.table.equals(result.linkage) and linked.rate == pytest.approx(28 / 60)
    in_band = {band: linked.customers("Rated", "csat5", band) for band in bands}
    assert {band: len(names) for band, names in in_band.items()} == {"low": 24, "middle": 12, "high": 24}
    bought = set(ws.segment("did Bought").customers())
    for band, names in in_band.items():
        assert linked.customers("Rated", "csat5", band, yes=True) == sorted(set(names) & bought)
        assert linked.customers("Rated", "csat5", band, yes=False) == sorted(set(names) - bought)
    with pytest.raises(UnknownName, match="middling"):
        linked.customers("Rated", "csat5", "middling")
    with pytest.raises(BadInput, match="no yes or no"):
        ws.drivers("Rated").linked()
    assert "yes" in str(result.explain("c0")) and "no" in str(result.explain("c1"))


def test_what_cannot_be_told_is_null_and_said(made: Any) -> None:
    def of(customers: int, **more: Any) -> Any:
        events = []
        for number in range(customers):
            events.append(Event(f"n{number}", START, f"c{number}", "Asked", score=float(number % 11), scale="nps"))
            events.append(Event(f"a{number}", START, f"c{number}", "A", score=float(number % 5 + 1), scale="csat5"))
            events.append(Event(f"b{number}", START, f"c{number}", "B", score=3.0, scale="csat5"))
            if number < 9:
                events.append(Event(f"d{number}", START, f"c{number}", "D", score=float(number % 5 + 1), scale="csat5"))
        return made(events).ws.drivers("Asked", **more)

    few = of(29)
    assert few.r2 is None and few.table["importance"].null_count == 3
    assert few.table["n"].to_pylist() == [29, 29, 9] and few.notes[0].code == "drivers_few"
    enough = of(40)
    assert [row["driver"] for row in enough.table.to_pylist()] == ["A", "B", "D"]
    assert [row["importance"] for row in enough.table.to_pylist()] == [pytest.approx(1.0), None, None]
    codes = [note.code for note in enough.notes]
    assert {"drivers_scored_by_few", "drivers_constant", "drivers_association"} <= set(codes)
    with pytest.raises(UnknownName, match="unknown value of event 'E'"):
        of(40, drivers=["E"])
    with pytest.raises(UnknownName):
        enough.customers("E")


def test_too_many_drivers_are_refused(made: Any) -> None:
    events = [Event(f"{n}", START + n, "c", f"E{n}", score=1.0, scale="csat5") for n in range(42)]
    with pytest.raises(BadInput, match="41 drivers are too many"):
        made(events).ws.drivers("did E1")


def test_what_somebody_scored(states: list[Case]) -> None:
    case = states[0]
    result = case.ws.drivers("nps")
    twin = naive.answers(case.events, BY["event"], on("nps"))
    for who in sorted({event.customer for event in case.events})[:25]:
        told = result.explain(who)
        if who not in twin:
            assert told.table.num_rows == 0 and "does not count" in str(told)
            continue
        rows = told.table.to_pylist()
        assert {(row["driver"], row["scale"]): row["score"] for row in rows} == twin[who].scores
        assert {(row["outcome"], row["weight"]) for row in rows} == {(twin[who].outcome, twin[who].weight)}
        assert len(told.text("zh").splitlines()) == len(rows) + 1
