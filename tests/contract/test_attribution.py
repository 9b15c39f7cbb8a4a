"""Attribution against its twin: all models, with and without money, over random journeys."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from contract.cases import Case, buckets, ugly, workspace
from contract.models import models as journey_models
from lvtu.analyses.attribution import markov_long
from lvtu.analyses.attribution.spec import MODELS
from lvtu.errors import BadInput, UnknownName
from lvtu.kernels.attribution import share_out
from lvtu.store.journeys.columns import NOTHING
from naive.attribution import Journey, chained, divided, jackknife, shares, touch_weights, walk
from naive.journeys import Event
from naive.model import Model
from parts import examples
from property.strategies import CONDITIONS, START

BY: dict[str, Callable[[Event], Any]] = {
    "channel": lambda e: e.channel, "event": lambda e: e.event, "plan": lambda e: e.properties.get("plan"),
}  # fmt: skip

OPTIONS = st.fixed_dictionaries(
    {
        "goal": st.sampled_from((("A",), ("B",), ("A", "C"))),
        "lookback": st.one_of(st.none(), st.integers(0, 8)),
        "own": st.booleans(),
        "fold": st.booleans(),
        "where": st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS)),
        "since": st.one_of(st.none(), st.integers(START, START + 12)),
        "until": st.one_of(st.none(), st.integers(START, START + 12)),
    }
)


def t975(freedom: int) -> float:
    return float(stats.t.ppf(0.975, freedom))


def groups(case: Case) -> dict[str, int]:
    """The jackknife's group of each customer: the first six bits of the hash."""
    found: dict[str, int] = {}
    for block in case.ws._snapshots().blocks:
        for name, key in zip(block.names().to_pylist(), block.column("hi").tolist(), strict=True):
            found[name] = key >> 58
    return found


def options_of(options: dict[str, Any]) -> dict[str, Any]:
    """The rules of a journey, as the twin takes them."""
    return {name: value for name, value in options.items() if name != "goal"}


def twin(model: str, by: Any, position: Any, half_life: int, order: int, walks: list[Journey]) -> Any:
    return chained(walks, by, order) if model == "markov" else divided(model, walks, by, position, half_life)


def agree(case: Case, model: str, name: str, by: Any, options: dict[str, Any], rules: dict[str, Any]) -> None:
    where = options["where"] and options["where"].text
    asked = {**options, "goal": list(options["goal"]), "where": where, **rules}
    position = rules.get("position", (40, 20, 40))
    result = case.ws.attribution(model=model, by=name, **asked)
    walks = walk(case.events, options["goal"], by, **options_of(options))
    estimate = partial(twin, model, by, position, rules.get("half_life", 7 * 86_400_000_000), rules.get("order", 1))
    goals = [j for j in walks if j.goal is not None]
    touched, bare = [j for j in goals if j.touches], [j for j in goals if not j.touches]
    rows = {row[name]: row for row in result.table.to_pylist()}
    assert len(rows) == result.table.num_rows
    lines = walk(case.events, options["goal"], by, **{**options_of(options), "lookback": None})
    assert rows.keys() == {by(t) for j in lines for t in j.touches} | ({None} if bare else set())
    assert result.goals == len(goals) and result.journeys == sum(bool(j.touches) for j in walks)
    if bare:
        assert rows.pop(None) == {name: None, "conversions": len(bare), "share": None, "low": None, "high": None}
        assert set(result.customers(None)) == {j.customer for j in bare}
    told = shares(estimate(walks))
    assert sum(row["conversions"] for row in rows.values()) == len(touched)
    if told is None:
        assert all(row["share"] is row["low"] is row["high"] is None for row in rows.values())
        return
    assert sum(row["share"] for row in rows.values()) == 1
    known = groups(case)
    ends = jackknife(walks, known.__getitem__, lambda some: shares(estimate(some)), t975)
    for channel, row in rows.items():
        share = told.get(channel, 0.0)
        assert row["conversions"] == pytest.approx(share * len(touched), abs=1e-6)
        assert row["share"] == pytest.approx(share, abs=1e-8)
        low, high = ends.get(channel) or (None, None)
        assert (row["low"], row["high"]) == (pytest.approx(low, abs=1e-7), pytest.approx(high, abs=1e-7))
        if channel is not None:
            expected = {j.customer for j in touched if any(by(t) == channel for t in j.touches)}
            assert set(result.customers(channel)) == expected


RULES = {
    "position": st.fixed_dictionaries({"position": st.sampled_from(((40, 20, 40), (0, 1, 0), (1, 2, 3), (0, 0, 5)))}),
    "decay": st.fixed_dictionaries({"half_life": st.sampled_from((1, 3, 500))}),
    "markov": st.fixed_dictionaries({"order": st.integers(1, 3)}),
}


@settings(max_examples=examples(120), deadline=None)
@given(model=st.sampled_from(MODELS), options=OPTIONS, data=st.data())
def test_any_attribution_is_the_twins(states: list[Case], model: str, options: dict[str, Any], data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1), label="state")]
    rules = data.draw(RULES[model], label="rules") if model in RULES else {}
    plain = model != "markov" or case.name in ("plain", "tail")  # the twin's chain of 300 names takes minutes
    name = data.draw(st.sampled_from(("channel", "event", "plan") if plain else ("channel", "plan")), label="by")
    agree(case, model, name, BY[name], options, rules)


@settings(max_examples=examples(30), deadline=None)
@given(model=st.sampled_from(MODELS), shape=journey_models(), options=OPTIONS)
def test_any_touchpoints_are_the_twins(states: list[Case], model: str, shape: Model, options: dict[str, Any]) -> None:
    """``model`` is of attribution; the journey model is named by ``journey``."""
    case, other = states[0], {"key": "other", "title": "Other"}
    case.ws.save_model(other, default=True)  # type: ignore[attr-defined]
    key = case.ws.save_model({**shape.document(), "key": "asked"}).key  # type: ignore[attr-defined]
    agree(case, model, "touchpoint", shape.touchpoint, options, {"journey": key})


def paid(events: list[Event], seed: int) -> list[Event]:
    """The events with money in two currencies or none, some of it paid back, and some times that are only an order."""
    dice, known = random.Random(seed), {}
    for event in events:
        basis = dice.choice((None, None, None, "order", "day"))
        known.setdefault(event.message_id, (dice.choice((None, 5.25, 100.0, 0.01)), basis))
    return [replace(e, value=known[e.message_id][0], time_basis=known[e.message_id][1]) for e in events]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Case:
    base, late = paid(ugly(61), 1), paid(ugly(62, customers=40, prefix="new"), 2)
    with buckets(4):
        ws = workspace(tmp_path_factory.mktemp("paid") / "w.lvtu")
        for part in (base, late):
            ws.ingest([e.record() | ({"currency": _currency(e)} if e.value is not None else {}) for e in part])
    return Case("paid", ws, base + late)


def _currency(event: Event) -> str:
    return "CNY" if event.value == 5.25 else "EUR"


@settings(max_examples=examples(50), deadline=None)
@given(model=st.sampled_from(MODELS), options=OPTIONS)
def test_money_is_divided_currency_by_currency(shop: Case, model: str, options: dict[str, Any]) -> None:
    where, by = options["where"] and options["where"].text, BY["channel"]
    asked = {**options, "goal": list(options["goal"]), "where": where}
    result = shop.ws.attribution(model=model, money=True, half_life=2, **asked)
    walks = walk(shop.events, options["goal"], by, **options_of(options))
    rows = {(row["channel"], row["currency"]): row for row in result.table.to_pylist()}
    assert len(rows) == result.table.num_rows
    for currency in ("CNY", "EUR"):
        worth = {True: 0.0, False: 0.0}
        for j in walks:
            if j.goal is not None and j.goal.value is not None and _currency(j.goal) == currency:
                worth[bool(j.touches)] += j.goal.value
        mine = {channel: row for (channel, unit), row in rows.items() if unit == currency}
        bare = mine.pop(None, None)
        assert (bare["value"] if bare else 0) == pytest.approx(worth[False])
        assert sum(row["value"] for row in mine.values()) == pytest.approx(worth[True])
        if not worth[True]:
            continue

        def estimate(some: list[Journey], currency: str = currency) -> Any:
            if model == "markov":
                return shares(chained(some, by, 1))
            return shares(divided(model, some, by, (40, 20, 40), 2, lambda goal: _worth(goal, currency)))

        told = estimate(walks) or {}
        ends = jackknife(walks, groups(shop).__getitem__, estimate, t975)
        for channel, row in mine.items():
            assert row["value"] == pytest.approx(told.get(channel, 0.0) * worth[True], abs=1e-5)
            assert row["value_share"] == pytest.approx(told.get(channel, 0.0), abs=1e-6)
            low, high = ends.get(channel) or (None, None)
            assert row["value_low"] == pytest.approx(low, abs=1e-6)
            assert row["value_high"] == pytest.approx(high, abs=1e-6)
    if model == "decay":
        loose = sum(any(t.time_basis == "order" for t in j.touches) for j in walks if j.goal is not None)
        assert [n.values["goals"] for n in result.notes if n.code == "decay_without_times"] == (
            [loose] if loose else []
        )


def _worth(goal: Event, currency: str) -> float | None:
    return goal.value if goal.value is not None and _currency(goal) == currency else None


def test_a_chain_of_too_many_states_is_capped(states: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only the last touch is told apart, a long memory is a short one; and the answer says so."""
    ws = states[0].ws
    short = ws.attribution("D", "markov", by="event")
    assert not short.notes or "markov_capped" not in [note.code for note in short.notes]
    monkeypatch.setattr(markov_long, "MOST_STATES", 0)
    long = ws.attribution("D", "markov", by="event", order=3)
    assert [note.code for note in long.notes if note.code.startswith("markov")] == ["markov_capped"]
    one, other = ({row["event"]: row for row in result.table.to_pylist()} for result in (short, long))
    assert one.keys() == other.keys()
    for name, row in one.items():
        for column in ("conversions", "share", "low", "high"):
            assert row[column] == pytest.approx(other[name][column], abs=1e-9), (name, column)


def test_the_charts_bars_are_the_tables_shares(shop: Case) -> None:
    one = shop.ws.attribution("A", "markov", by="plan")
    rows = one.table.to_pylist()
    option = one.chart("en")
    told = [row for row in rows if row["share"] is not None]
    assert [bar["value"] for bar in option["series"][0]["data"]] == pytest.approx([100 * row["share"] for row in told])
    whiskers = [[end[0] for end in line["coords"]] for line in option["series"][1]["data"]]
    assert whiskers == [pytest.approx([100 * row["low"], 100 * row["high"]]) for row in told]
    every = shop.ws.attribution("A", ["first", "shapley"], by="plan")
    option = every.chart("zh")
    assert [axis["name"] for axis in option["xAxis"]] == ["首次接触", "Shapley"]
    assert len({axis["max"] for axis in option["xAxis"]}) == 1, "one scale for all"
    for panel, (series, model) in enumerate(zip(option["series"], ("first", "shapley"), strict=True)):
        assert (series.get("xAxisIndex", 0), series.get("yAxisIndex", 0)) == (panel, panel)
        given = {row["plan"]: row for row in every.models.to_pylist() if row["model"] == model}
        drawn = [given[name] for name in option["yAxis"][panel]["data"]]
        assert [bar["value"] for bar in series["data"]] == pytest.approx([100 * row["share"] for row in drawn])
        ends = [[end["coord"][0] for end in line] for line in series["markLine"]["data"]]
        told = [row for row in drawn if row["low"] is not None]
        assert ends == [pytest.approx([100 * row["low"], 100 * row["high"]]) for row in told]


@settings(max_examples=examples(25), deadline=None)
@given(options=OPTIONS, data=st.data())
def test_a_chain_alone_is_counted_as_one_beside_others(states: list[Case], options: dict[str, Any], data: Any) -> None:
    """By the plain rules its steps are counted without listing journeys."""
    ws = states[data.draw(st.integers(0, len(states) - 1))].ws
    rules = {name: options[name] for name in ("since", "until")} | {"goal": list(options["goal"])}
    rules |= {
        "where": options["where"] and options["where"].text,
        "by": data.draw(st.sampled_from(("channel", "plan"))),
    }
    alone, beside = ws.attribution(model="markov", **rules), ws.attribution(model=["markov", "last"], **rules)
    assert (alone.goals, alone.journeys) == (beside.goals, beside.journeys)
    rows = [row for row in beside.models.to_pylist() if row["model"] == "markov"]
    assert sorted(alone.models.to_pylist(), key=str) == sorted(rows, key=str)


def test_the_last_millionth_is_given_too() -> None:
    """A goal worth more than a float holds exactly, and one paid back, are divided without a rest."""
    for whole in ((1 << 61) + 1, -((1 << 55) + 3), 7, -1):
        out = np.zeros((1, 4), np.int64)
        one, weights = np.zeros(1, np.int64), np.array([0.1, 0.2, 0.7])
        places, values = np.array([1, 2, 3], np.int64), np.array([whole], np.int64)
        share_out(one, one, one + 3, one, places, weights, np.zeros(1, np.uint8), values, NOTHING, 1, out)
        assert sum(out[0].tolist()) == whole
        for given_, weight in zip(out[0, 1:].tolist(), weights.tolist(), strict=True):
            assert abs(given_ - weight * whole) <= max(1, abs(whole) * 1e-15)


def test_models_side_by_side(states: list[Case]) -> None:
    ws = states[0].ws
    every = ws.attribution("A", "all", own=True)
    assert every.table.column_names == ["channel", *MODELS]
    for model in MODELS:
        alone = {row["channel"]: row for row in ws.attribution("A", model, own=True).models.to_pylist()}
        beside = [row for row in every.models.to_pylist() if row["model"] == model]
        assert {row["channel"]: row for row in beside} == alone
        assert {row["channel"]: row[model] for row in every.table.to_pylist()} == {
            channel: row["conversions"] for channel, row in alone.items()
        }
    assert ws.attribution("A", ["first", "last", "first"]).table.column_names == ["channel", "first", "last"]
    assert ws.attribution("A", ["first"]).table.equals(ws.attribution("A", "first").table)


def test_one_customer_explained(shop: Case) -> None:
    ws, by = shop.ws, BY["channel"]
    result = ws.attribution("A", "all", lookback=6, fold=True, half_life=3)
    walks = walk(shop.events, ("A",), by, lookback=6, fold=True)
    customers = {j.customer for j in walks}
    for customer in sorted(customers)[:25]:
        told, mine = result.explain(customer), [j for j in walks if j.customer == customer]
        assert told.customer == customer and len(told.journeys) == len(mine)
        for one, journey in zip(told.journeys, mine, strict=True):
            assert (one.goal, one.time) == ((journey.goal.event, journey.goal.time) if journey.goal else (None, None))
            assert [(t.touch, t.event, t.time, t.message_id) for t in one.touches] == [
                (by(t), t.event, t.time, t.message_id) for t in journey.touches
            ]
            for model in MODELS:
                given = [touch.credit.get(model) for touch in one.touches]
                if journey.goal is None or model == "markov":
                    assert given == [None] * len(given)
                elif journey.touches:
                    weights = touch_weights(model, journey.touches, by, (40, 20, 40), 3)
                    assert given == pytest.approx([float(w / sum(weights)) for w in weights], abs=1e-8)
                    assert sum(given) == 1
    reached = next(j for j in walks if j.goal and j.touches)
    english, chinese = (result.explain(reached.customer).text(lang) for lang in ("en", "zh"))
    assert "A at 2026-01-01 00:00:00" in english and "首次" in chinese


def test_what_cannot_be_asked(states: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    ws = states[0].ws
    with pytest.raises(UnknownName, match="unknown event 'Z'"):
        ws.attribution("Z")
    with pytest.raises(UnknownName, match="unknown channel 'wbe'; did you mean 'web'"):
        ws.attribution("A").customers("wbe")
    with pytest.raises(UnknownName, match="unknown customer 'nobody'"):
        ws.attribution("A").explain("nobody")
    with pytest.raises(BadInput, match="value holds a number"):
        ws.attribution("A", by="value")
    for bad in ({"model": "best"}, {"order": 5}, {"half_life": 0}, {"model": []}, {"goal": []}):
        with pytest.raises(BadInput):
            ws.attribution(**{"goal": "A", **bad})
    for weights in ("40/60", "0/0/0", (1, 2), "a/b/c"):
        with pytest.raises(BadInput, match="no weights of"):
            ws.attribution("A", "position", position=weights)
    monkeypatch.setattr("lvtu.analyses.attribution._MOST_MARKOV", 2)
    with pytest.raises(BadInput, match="channel has 2 values"):
        ws.attribution("A", "markov")
    monkeypatch.setattr("lvtu.analyses.attribution._KEYS", 1000)
    with pytest.raises(BadInput, match="a chain that remembers 3 touches of 2 values"):
        ws.attribution("A", "markov", order=3)
