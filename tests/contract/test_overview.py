"""The overview against its twin: the strip, the totals, and what changed."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import buckets
from lvtu.analyses.overview import changes
from lvtu.analyses.overview.facts import Facts, Figure, facts
from lvtu.analyses.overview.periods import DAYS, Periods, Window, periods, waves
from lvtu.core.units import DAY, HOUR, instant
from lvtu.workspace import Workspace
from naive import overview as naive
from naive.intervals import wilson
from naive.journeys import Event
from naive.stages import Stage
from parts import examples

START = instant("2026-01-05")
MODEL = [
    ("see", Stage("See")),
    ("try", Stage("Try")),
    ("buy", Stage("Order Completed", "Leave")),
    ("nobody", Stage("Never")),
]
DOCUMENT = {
    "key": "shop", "title": "Shop",
    "stages": [
        {"key": "see", "name": {"zh": "看", "en": "See"}, "entry": "See"},
        {"key": "try", "name": "Try", "entry": "Try"},
        {"key": "buy", "name": "Buy", "entry": "Order Completed", "exit": "Leave"},
        {"key": "nobody", "name": "Nobody", "entry": "Never"},
    ],
}  # fmt: skip
NAMES = ("See", "See", "Try", "Order Completed", "Leave", "Rated")
SCALES = {"nps": 11, "csat5": 6, "mood": 9, None: 5}


def random_events(seed: int, customers: int, days: int) -> list[Event]:
    """Customers who buy more and are less content as time goes on, with answers, weights and days without hours."""
    dice = random.Random(seed)
    found = []
    for customer in range(customers):
        begun = dice.randrange(days)
        for _ in range(dice.randint(1, 12)):
            time = START + begun * DAY + int(dice.expovariate(1 / (4 * DAY)))
            name = dice.choice(NAMES)
            scale = dice.choice(list(SCALES))
            score = dice.randrange(1 if scale != "nps" else 0, SCALES[scale]) if name in ("Rated", "Try") else None
            found.append(Event(
                f"m{dice.getrandbits(60):x}", min(time, START + days * DAY), f"c{customer}", name,
                value=dice.choice((None, 5.0, 12.5)) if name == "Order Completed" else None,
                properties={"currency": dice.choice(("CNY", "EUR"))} if dice.random() < 0.8 else {},
                score=score, scale=scale if score is not None else None,
                weight=dice.choice((None, None, 0.5, 2.0, 0.0)) if score is not None else None,
                channel=dice.choice(("web", "store")), time_basis=dice.choice((None, None, None, "day")),
            ))  # fmt: skip
    dice.shuffle(found)
    return found


def record(event: Event) -> dict[str, Any]:
    told = event.record()
    properties = told.pop("properties", {})
    return told | ({"currency": properties["currency"]} if properties else {})


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Workspace, list[Event]]]:
    """In one bucket, and in several with a tail."""
    folder: Path = tmp_path_factory.mktemp("overview")
    out = []
    with buckets(5):
        for seed, parts in ((1, 1), (2, 2)):
            events = random_events(seed, 500, 70)
            ws = lvtu.open(folder / f"{seed}.lvtu")
            for part in range(parts):
                ws.ingest([record(event) for event in events[part::parts]])
            ws.save_model(DOCUMENT, default=True)
            out.append((ws, events))
    return out


def asked(ws: Workspace, spans: Periods, where: str | None = None) -> Facts:
    return ws.asked(lambda snapshot, engine: facts(spans, where, snapshot, engine))


def groups_of(ws: Workspace) -> dict[str, int]:
    """The group of each customer, as the first bits of its key say."""
    found = {}
    for block in ws.snapshot().blocks:
        found |= dict(zip(block.names().to_pylist(), (block.column("hi") >> 58).tolist(), strict=True))
    return found


@settings(max_examples=examples(25))
@given(data=st.data())
def test_any_period_is_the_twins(cases: list[tuple[Workspace, list[Event]]], data: Any) -> None:
    ws, events = cases[data.draw(st.integers(0, 1), label="case")]
    length = data.draw(st.sampled_from((5, 14, 28)), label="days") * DAY
    since = START + data.draw(st.integers(length // HOUR, 60 * 24), label="since") * HOUR
    now, before = Window(since, since + length), Window(since - length, since)
    where = data.draw(st.sampled_from((None, "web")), label="where")
    condition = f"channel = '{where}'" if where else None
    seen = (lambda event: event.channel == where) if where else None
    told = asked(ws, Periods(now, before, "asked"), condition)
    twins = [naive.strip(events, MODEL, one.since, one.until, seen) for one in (now, before)]
    groups = groups_of(ws)
    assert told.unseen == ("nobody",)
    for place, stage in enumerate(told.stages[:3]):
        agrees(stage, twins[0][place], twins[1][place], twins[0][place - 1], twins[1][place - 1], place, groups)
    nobody = told.stages[3]
    assert [figure.value for figure in nobody.figures] == [None] * 3, "nothing is known of it, which is not zero"
    headline(
        told, *(naive.totals(events, "Order Completed", one.since, one.until, seen) for one in (now, before)), groups
    )
    tested = [figure.change for figure in told.figures if figure.change and figure.change.p_value is not None]
    assert told.compared == len(tested)
    adjusted = naive.discoveries([change.p_value for change in tested])  # type: ignore[misc]
    assert [change.p_adjusted for change in tested] == pytest.approx(adjusted)
    assert [change.changed for change in tested] == [p <= 0.05 for p in adjusted]


def agrees(
    stage: Any, now: Any, before: Any, above_now: Any, above_before: Any, place: int, groups: dict[str, int]
) -> None:
    assert (stage.reached.value, stage.reached.change.before) == (len(now.customers), len(before.customers))
    counted(stage.reached, dict.fromkeys(now.customers, 1), dict.fromkeys(before.customers, 1), groups)
    if place:
        pair, earlier = (
            (len(one.went_on), len(above.customers)) for one, above in ((now, above_now), (before, above_before))
        )
        if pair[1]:
            assert stage.conversion.value == pytest.approx(pair[0] / pair[1])
            assert (stage.conversion.low, stage.conversion.high) == pytest.approx(wilson(*pair))
        if pair[1] and earlier[1]:
            apart, low, high, p = naive.newcombe(pair, earlier)
            change = stage.conversion.change
            assert (change.difference, change.low, change.high) == pytest.approx((apart, low, high))
            assert change.p_value == (pytest.approx(p) if min(pair[1], earlier[1]) >= 20 else None)
    assert stage.dwell.n == sum(map(len, now.stays.values()))
    middle, earlier_middle = now.median(), before.median()
    assert stage.dwell.value == (None if middle is None else pytest.approx(middle, rel=0.2, abs=HOUR))
    if middle is not None and earlier_middle is not None:
        used = {groups[customer] for customer in (*now.stays, *before.stays)}
        assert (stage.dwell.change.low is None) or len(used) >= 5
    assert {figure.of for figure in stage.feelings} == set(now.scores)
    for figure in stage.feelings:
        felt(figure, now.scores[figure.of], before.scores.get(figure.of))


def felt(figure: Figure, now: list[tuple[float, float]], before: list[tuple[float, float]] | None) -> None:
    value, low, high = naive.mean(now)
    onto = {"nps": lambda x: (x - 5) / 2.5, "csat5": lambda x: x - 3}.get(str(figure.of))
    assert (figure.n, figure.raw) == (len(now), pytest.approx(value))
    if onto is None:
        assert (figure.value, figure.change) == (None, None)
        return
    ends = [None if end is None else min(max(onto(end), -2), 2) for end in (low, high)]
    assert (figure.value, figure.low, figure.high) == pytest.approx((onto(value), *ends))
    found = naive.welch(now, before) if before else None
    if found is not None:
        factor = onto(1) - onto(0)
        assert figure.change is not None
        told = figure.change.difference, figure.change.low, figure.change.high
        assert told == pytest.approx([one * factor for one in found[:3]])
        tested = min(len(now), len(before or ())) >= 5
        assert figure.change.p_value == (pytest.approx(found[3]) if tested else None)


def counted(figure: Figure, now: dict[str, float], before: dict[str, float], groups: dict[str, int]) -> None:
    """A sum over customers, and the jackknife of its change."""
    total, earlier = sum(now.values()), sum(before.values())
    assert figure.value == pytest.approx(total)
    assert figure.change is not None
    assert figure.change.difference == pytest.approx(total - earlier)
    used = {groups[customer] for customer in (*now, *before)}
    rest = [
        sum(n for c, n in now.items() if groups[c] != group) - sum(n for c, n in before.items() if groups[c] != group)
        for group in used
    ]
    found = naive.jackknife(total - earlier, rest) if len(used) >= 5 else None
    if found is None:
        assert figure.change.low is None
    else:
        assert (figure.change.low, figure.change.high, figure.change.p_value) == pytest.approx(found)


def headline(told: Facts, now: naive.Totals, before: naive.Totals, groups: dict[str, int]) -> None:
    figures = {(figure.code, figure.of): figure for figure in told.headline}
    counted(figures["customers", None], dict.fromkeys(now.customers, 1), dict.fromkeys(before.customers, 1), groups)
    counted(figures["events", None], now.customers, before.customers, groups)  # type: ignore[arg-type]
    if now.orders:
        counted(figures["orders", None], now.orders, before.orders, groups)  # type: ignore[arg-type]
        for currency in {currency for _, currency in (*now.money, *before.money)}:
            sums = ({c: v for (c, unit), v in one.money.items() if unit == currency} for one in (now, before))
            counted(figures["value", currency or ""], *sums, groups)
    assert (("nps", "nps") in figures) == ("nps" in now.scores)
    if "nps" in now.scores:
        value, low, high, variance = naive.nps(now.scores["nps"])
        figure = figures["nps", "nps"]
        assert (figure.value, figure.low, figure.high) == pytest.approx((value, low, high))
        if "nps" in before.scores:
            earlier, _, _, other = naive.nps(before.scores["nps"])
            half = naive.Z * math.sqrt(variance + other)
            assert figure.change is not None
            ends = figure.change.difference, figure.change.low, figure.change.high
            assert ends == pytest.approx((value - earlier, value - earlier - half, value - earlier + half))


def test_stays_are_timed_and_compared_by_the_hour(made: Any) -> None:
    """Medians are kept to a percent; of stays that are told apart by more, the median is the middle one's."""
    events = []
    stays = [
        {f"c{k}": round((1.5 if late else 1) * HOUR * 1.1 ** (k // 2)) for k in range(late, 90, 2)} for late in (1, 0)
    ]
    for late, one in zip((1, 0), stays, strict=True):
        begun = START + late * 28 * DAY + DAY
        for customer, stay in one.items():
            events.append(Event(f"a{customer}", begun, customer, "See"))
            events.append(Event(f"b{customer}", begun + stay, customer, "Try"))
    ws = made(events).ws
    ws.save_model(DOCUMENT, default=True)
    told = asked(ws, Periods(Window(START + 28 * DAY, START + 56 * DAY), Window(START, START + 28 * DAY), "asked"))
    groups = groups_of(ws)
    dwell = told.stages[0].dwell
    middles = [sorted(one.values())[len(one) // 2] for one in stays]
    assert (dwell.value, dwell.n) == (pytest.approx(middles[0], rel=0.01), 45)
    assert dwell.change is not None
    assert dwell.change.before == pytest.approx(middles[1], rel=0.01)
    rest = []
    for group in {groups[f"c{k}"] for k in range(90)}:
        sides = [sorted(v for c, v in one.items() if groups[c] != group) for one in stays]
        rest.append(sum(sign * side[(len(side) - 1) // 2] for sign, side in zip((1, -1), sides, strict=True)))
    found = naive.jackknife(middles[0] - middles[1], rest)
    assert found is not None
    assert dwell.change.low is not None and dwell.change.high is not None
    assert dwell.change.high - dwell.change.low == pytest.approx(found[1] - found[0], rel=0.2)
    assert dwell.change.difference == pytest.approx(middles[0] - middles[1], rel=0.05)


def test_a_case_worked_out_by_hand(made: Any) -> None:
    """40 of 80 go on, then 68 of 80: +35 points. Ten are asked each time: 4 each, then 2s and 3s.

    Wilson: 0.5 ± 0.1070 before, 0.7559 … 0.9121 now; Newcombe: 0.35 − √(0.0941² + 0.1070²) and
    0.35 + √(0.0621² + 0.1070²).
    """
    events = [
        Event("other", START, "somebody else", "Order Completed"),
        Event("late", START + 56 * DAY, "c159", "Try"),  # when the period is over
    ]
    for k in range(160):
        late = k >= 80
        time = START + (28 * DAY if late else 0) + DAY
        events.append(Event(f"see{k}", time, f"c{k}", "See"))
        if k < 40 or 80 <= k < 148:
            events.append(Event(f"try{k}", time + (2 if late else 1) * DAY, f"c{k}", "Try"))
        if k < 10 or 80 <= k < 90:
            score = (2.0 if k % 2 else 3.0) if late else 4.0
            events.append(Event(f"rate{k}", time + 3 * DAY, f"c{k}", "Rated", score=score, scale="csat5"))
    ws = made(events).ws
    ws.save_model(DOCUMENT, default=True)
    told = asked(ws, Periods(Window(START + 28 * DAY, START + 56 * DAY), Window(START, START + 28 * DAY), "asked"))
    see, tries, buy, _ = told.stages
    assert [see.reached.value, tries.reached.value, buy.reached.value] == [80, 68, 0]
    conversion = tries.conversion
    assert conversion is not None and conversion.change is not None
    assert (conversion.value, conversion.n) == (0.85, 80)
    assert [round(end, 4) for end in (conversion.low, conversion.high)] == [0.7559, 0.9121]  # type: ignore[arg-type]
    change = conversion.change
    assert [round(x, 4) for x in (change.difference, change.low, change.high)] == [0.35, 0.2075, 0.4737]  # type: ignore[arg-type]
    assert change.changed
    assert not conversion.worse
    assert see.dwell.value == pytest.approx(2 * DAY, rel=0.01)
    (feeling,) = tries.feelings
    assert (feeling.value, feeling.raw, feeling.n, feeling.of) == (-0.5, 2.5, 10, "csat5")
    assert feeling.change is not None
    assert (feeling.change.before, feeling.change.difference) == (1.0, -1.5)
    assert feeling.worse
    csat = told.headline[-1]
    assert (csat.code, csat.value, csat.change and csat.change.difference) == ("csat", 0.0, -1.0)
    assert csat.change is not None
    assert csat.change.p_value is None, "of ten answers a share is not tested"
    assert buy.feelings == (), "a gap where nothing was said"


def test_a_workspace_of_one_customer_claims_nothing(made: Any) -> None:
    ws = made([Event(f"m{k}", START + k * DAY, "ann", "See") for k in range(60)]).ws
    told = asked(ws, periods(ws._snapshots().times, "UTC"))
    assert told.model is None
    assert told.stages == ()
    assert [figure.change.changed for figure in told.headline if figure.change] == [False, False]
    assert told.compared == 0


@pytest.mark.parametrize(
    ("first", "last", "zone", "expected"),
    [
        # the last day is not over: 28 full days before it, and 28 before these
        ("2026-01-01", "2026-03-10T15:00:00", "UTC", ("2026-02-10", "2026-03-10", "2026-01-13", "usual")),
        # midnight in Shanghai is 16:00 of the day before
        ("2026-01-01", "2026-03-10T17:00:00", "Asia/Shanghai",
         ("2026-02-10T16:00", "2026-03-10T16:00", "2026-01-13T16:00", "usual")),
        # a clock that was put forward meanwhile: days, not hours
        ("2026-01-01", "2026-04-10T12:00:00", "Europe/Berlin",
         ("2026-03-12T23:00", "2026-04-09T22:00", "2026-02-12T23:00", "usual")),
        ("2026-03-01T09:00:00", "2026-03-10T15:00:00", "UTC", ("2026-03-06", "2026-03-10", "2026-03-02", "shorter")),
        ("2026-03-10T09:00:00", "2026-03-11T01:00:00", "UTC", ("2026-03-10T09:00", "2026-03-11T01:00", None, "all")),
    ],
)  # fmt: skip
def test_the_period_is_relative_to_the_data(first: str, last: str, zone: str, expected: tuple[str | None, ...]) -> None:
    found = periods((instant(first), instant(last)), zone)
    since, until, before, kind = expected
    assert found.kind == kind
    assert found.now.since == instant(str(since))
    assert abs(found.now.until - instant(str(until))) <= 1
    if before is None:
        assert found.before is None
    else:
        assert found.before == Window(instant(before), instant(str(since)))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        # two surveys a year apart, the second on two days
        (("2025-05-05", "2026-05-04", "2026-05-06"), [("2025-05-05", "2025-05-06"), ("2026-05-04", "2026-05-07")]),
        # of three the last two; 28 days part them, 27 do not
        (("2026-01-01", "2026-02-01", "2026-03-01"), [("2026-02-01", "2026-02-02"), ("2026-03-01", "2026-03-02")]),
        (("2026-01-01", "2026-02-01", "2026-02-28"), [("2026-01-01", "2026-01-02"), ("2026-02-01", "2026-03-01")]),
        # one wave, none, and what goes on for longer than a wave does
        (("2026-01-01", "2026-01-20"), None),
        ((), None),
        (("2026-01-01", "2026-01-20", "2026-02-05", "2026-06-01"), None),
        (("2025-01-01", "2025-01-20", "2025-02-05", "2026-01-01", "2026-06-01"), None),
    ],
)
def test_data_that_come_in_waves(days: tuple[str, ...], expected: list[tuple[str, str]] | None) -> None:
    found = waves([instant(day) for day in days], "UTC")
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert (found.kind, found.windows) == ("waves", [Window(instant(a), instant(b)) for a, b in expected])


def test_a_period_that_is_asked_for() -> None:
    times = instant("2026-01-01"), instant("2026-03-01T12:00:00")
    found = periods(times, "UTC", instant("2026-02-01"), instant("2026-02-11"))
    assert (found.kind, found.days) == ("asked", 10)
    assert found.before == Window(instant("2026-01-22"), instant("2026-02-01"))
    assert periods(times, "UTC", instant("2026-01-05"), instant("2026-01-20")).before is None, "the data begin later"
    assert periods(times, "UTC", until=instant("2026-02-11")).days == DAYS
    with pytest.raises(lvtu.errors.BadInput):
        periods(times, "UTC", instant("2026-02-11"), instant("2026-02-11"))


def test_two_thirds_of_a_percent_are_no_news() -> None:
    told = changes.controlled([changes.of_shares((60, 100), (50, 100)), *[changes.of_shares((50, 100), (50, 100))] * 9])
    assert told[0] is not None and told[0].p_value is not None and told[0].p_adjusted is not None
    assert told[0].p_adjusted == pytest.approx(min(10 * told[0].p_value, 1.0))
    assert not told[0].changed
    assert changes.of_shares((1, 1), (0, 0)) is None
    few = changes.of_shares((19, 19), (0, 19))
    assert few is not None
    assert few.p_value is None
