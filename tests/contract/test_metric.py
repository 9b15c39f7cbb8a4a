"""Metrics against their twins, over the turns of calendars."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import Case, micros, workspace
from contract.test_trend import scattered
from lvtu.errors import BadInput, UnknownName
from naive.calendars import shifted
from naive.journeys import last_time
from naive.metric import Figure, amounts, converted, lapsed
from parts import examples
from property.strategies import CONDITIONS, NAMES, START, ZONES

DAY = 86_400_000_000
HOUR = DAY // 24


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Events around the turns of the calendar, some of them in the tail."""
    base, late = scattered(1, 40, 700), scattered(2, 50, 250)
    return Case("years", workspace(tmp_path_factory.mktemp("years") / "w", base, late), base + late)


SOME = st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True).map(tuple)
QUESTION = st.fixed_dictionaries(
    {
        "by": st.sampled_from((None, None, "plan", "channel")),
        "period": st.sampled_from((None, "day", "week", "month")),
        "zone": st.sampled_from(ZONES),
        "where": st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS)),
        "since": st.one_of(st.none(), st.integers(-30, 90)),
        "until": st.one_of(st.none(), st.integers(-30, 330)),
    }
)


def asked(case: Case, metric: dict[str, Any], question: dict[str, Any]) -> Any:
    case.ws.save_metric({"key": "m", "title": "M", **metric})  # type: ignore[attr-defined]
    where = question["where"] and question["where"].text
    return case.ws.metric("m", **{**question, "where": where})


def horizon(case: Case, question: dict[str, Any]) -> int:
    """The first instant after everything that the question sees."""
    end = last_time(case.events) + 1
    return end if question["until"] is None else min(end, question["until"])


def spoken(question: dict[str, Any]) -> dict[str, Any]:
    """The question with its span in microseconds."""
    span = {n: None if question[n] is None else START + question[n] * DAY for n in ("since", "until")}
    return {**question, **span}


def cells(result: Any, question: dict[str, Any]) -> dict[Any, dict[str, Any]]:
    by, period = question["by"], question["period"]
    rows = result.table.to_pylist()
    found = {(period and micros(row["period"]), by and row[by]): row for row in rows}
    assert len(found) == len(rows)
    return found


def behind(result: Any, cell: Any, question: dict[str, Any], counted: bool) -> set[str]:
    where = {"group": cell[1]} if question["by"] else {}
    return set(result.customers(period=cell[0], counted=counted, **where))


def agree(result: Any, expected: dict[Any, Figure], question: dict[str, Any], data: Any) -> None:
    expected = {cell: figure for cell, figure in expected.items() if figure.n or figure.immature}
    got = cells(result, question)
    assert got.keys() == expected.keys()
    for cell, figure in expected.items():
        row = got[cell]
        assert (row["count"], row["n"]) == (pytest.approx(figure.count), pytest.approx(figure.n))
        assert row.get("immature", 0) == figure.immature
        assert row["rate"] == (pytest.approx(figure.count / figure.n) if figure.n else None)
    if expected:
        cell = data.draw(st.sampled_from(sorted(expected, key=repr)))
        assert behind(result, cell, question, True) == expected[cell].counted
        assert behind(result, cell, question, False) == expected[cell].there


@settings(max_examples=examples(80), deadline=None)
@given(
    of=SOME,
    per=SOME,
    times=st.integers(1, 3),
    within=st.one_of(st.none(), st.integers(0, 60)),
    question=QUESTION,
    data=st.data(),
)
def test_any_metric_of_customers_is_the_twins(
    years: Case, of: Any, per: Any, times: int, within: int | None, question: dict[str, Any], data: Any
) -> None:
    question = spoken(question)
    within = None if within is None else within * 6 * HOUR
    metric = {"of": {"events": {"events": of}, "times": times}, "per": {"events": {"events": per}}}
    result = asked(years, metric | ({} if within is None else {"within": f"{within}us"}), question)
    agree(result, converted(years.events, of, per, times, within, **question), question, data)


@settings(max_examples=examples(60), deadline=None)
@given(of=SOME, per=SOME, count=st.sampled_from(("events", "money")), question=QUESTION, data=st.data())
def test_any_ratio_is_the_twins(
    years: Case, of: Any, per: Any, count: str, question: dict[str, Any], data: Any
) -> None:
    question = spoken(question)
    metric = {"of": {"count": count, "events": {"events": of}}, "per": {"count": count, "events": {"events": per}}}
    result = asked(years, metric, question)
    twin = {c: f for c, f in amounts(years.events, of, per, count, **question).items() if f.n}
    agree(result, twin, question, data)
    for row in result.table.to_pylist():
        assert row["low"] is None or row["low"] <= row["rate"] <= row["high"]


@settings(max_examples=examples(60), deadline=None)
@given(silent=st.integers(1, 90), question=QUESTION, data=st.data())
def test_any_silence_is_the_twins(years: Case, silent: int, question: dict[str, Any], data: Any) -> None:
    question = spoken(question)
    result = asked(years, {"of": {"silent": f"{silent}d"}}, question)
    agree(result, lapsed(years.events, silent * DAY, **question), question, data)


@settings(max_examples=examples(40), deadline=None)
@given(of=SOME, count=st.sampled_from(("events", "money", "customers")), question=QUESTION)
def test_any_amount_and_its_growth_are_the_twins(years: Case, of: Any, count: str, question: dict[str, Any]) -> None:
    question = spoken(question)
    unit = "value" if count == "money" else count
    twin = amounts(years.events, of, of, count, **question)
    got = cells(asked(years, {"of": {"count": count, "events": {"events": of}}}, question), question)
    assert {c: r[unit] for c, r in got.items()} == {c: pytest.approx(f.n) for c, f in twin.items() if f.n}
    question["period"] = question["period"] or "month"
    twin = {c: f.n for c, f in amounts(years.events, of, of, count, **question).items() if f.n}
    metric = {"of": {"count": count, "events": {"events": of}}, "growth": True}
    got = cells(asked(years, metric, question), question)
    after = {(shifted(start, question["period"], question["zone"], 1), group) for start, group in twin}
    end = horizon(years, question)
    assert set(got) == {(s, g) for s, g in after if shifted(s, question["period"], question["zone"], 1) <= end}
    for (start, group), row in got.items():
        earlier = [s for s, g in twin if g == group and s < start]
        assert earlier and row["earlier"] == pytest.approx(twin[max(earlier), group])
        assert row["growth"] == pytest.approx(twin.get((start, group), 0) / row["earlier"] - 1)


@pytest.fixture
def shop(tmp_path: Any) -> Any:
    with lvtu.open(tmp_path / "shop.lvtu") as ws:
        ws.save_model({"key": "shop", "title": "Shop"})
        yield ws


def test_a_ratios_interval_leaves_out_one_group_of_customers_at_a_time(shop: Any) -> None:
    """By hand: groups that no customer is in change nothing when they are left out."""
    orders = {f"c{number}": 10 + number for number in range(40)}
    refunds = {f"c{number}": 1 + number % 3 for number in range(40)}
    ordered, refunded = sum(orders.values()), sum(refunds.values())
    events = [
        {"user_id": who, "event": name, "time": "2026-01-05", "message_id": f"{who}{name}{number}"}
        for name, counts in (("Order Completed", orders), ("Order Refunded", refunds))
        for who, times in counts.items()
        for number in range(times)
    ]
    shop.ingest(events)
    block = shop.snapshot().blocks[0]
    groups = dict(zip(block.names().to_pylist(), (block.column("hi") >> np.uint64(58)).tolist(), strict=True))
    row = shop.metric("refund").table.to_pylist()[0]
    assert (row["count"], row["n"], row["rate"]) == (refunded, ordered, refunded / ordered)
    moved = []
    for group in set(groups.values()):
        kept = [who for who in orders if groups[who] != group]
        moved.append(sum(refunds[who] for who in kept) / sum(orders[who] for who in kept))
    rate = refunded / ordered
    half = 1.9983405417 * math.sqrt(63 / 64 * sum((one - rate) ** 2 for one in moved))  # t of 63 degrees
    assert (row["low"], row["high"]) == (pytest.approx(rate - half), pytest.approx(rate + half, rel=1e-6))
    few = shop.metric("refund", where="user_id in ('c1', 'c2', 'c3', 'c4')").table.to_pylist()[0]
    assert few["rate"] == (2 + 3 + 1 + 2) / (11 + 12 + 13 + 14) and few["low"] is few["high"] is None


def test_money_is_never_summed_across_currencies(shop: Any) -> None:
    shop.ingest(
        [
            {"user_id": "ann", "event": name, "time": f"2026-0{month}-05", "value": value, "currency": currency}
            for name, month, value, currency in (
                ("Order Completed", 1, 100, "EUR"), ("Order Completed", 2, 150, "EUR"),
                ("Order Completed", 1, 700, "CNY"), ("Order Refunded", 2, 50, "EUR"), ("Seen", 3, None, None),
            )
        ]
    )  # fmt: skip
    assert [tuple(row.values()) for row in shop.metric("sales").table.to_pylist()] == [("EUR", 250.0), ("CNY", 700.0)]
    row = shop.metric("refund_value").table.to_pylist()[0]
    assert (row["currency"], row["count"], row["n"], row["rate"]) == ("EUR", 50.0, 250.0, 0.2)
    growth = shop.metric("growth").table.to_pylist()
    assert [(r["currency"], r["value"], r["earlier"], r["growth"]) for r in growth] == [
        ("EUR", 150.0, 100.0, 0.5), ("CNY", 0.0, 700.0, -1.0),
    ]  # fmt: skip


def test_a_metric_that_is_none(shop: Any) -> None:
    shop.ingest([{"user_id": "ann", "event": "Order Completed", "time": "2026-01-05"}])
    with pytest.raises(UnknownName, match="unknown metric 'convesion'; did you mean 'conversion'"):
        shop.metric("convesion")
    shop.save_metric({"key": "back", "title": "Back", "of": {"behaviour": "repurchased"}})
    with pytest.raises(BadInput, match="'repurchased' is derived"):
        shop.metric("back")
    with pytest.raises(BadInput, match="version 2"):
        shop.metric("back@2")


def test_a_saved_definition_takes_the_place_of_the_given_one(shop: Any) -> None:
    shop.ingest(
        [{"user_id": who, "event": name, "time": when} for who, name, when in (
            ("ann", "Seen", "2026-01-01"), ("ann", "Bought", "2026-01-02"), ("bo", "Seen", "2026-01-01"))]
    )  # fmt: skip
    assert shop.metric("conversion").notes[0].code == "unseen_measures"
    first = shop.save_metric("{key: conversion, title: C, of: {events: Bought}, per: {events: Seen}}")
    second = shop.save_metric("{key: conversion, title: C, of: {events: Seen}, per: {events: Seen}}")
    assert (first.version, second.version) == (1, 2)
    assert [shop.metric(name).table["rate"].to_pylist() for name in ("conversion@1", "conversion")] == [[0.5], [0.0]]
