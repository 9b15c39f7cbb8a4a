"""The numbers on the pages, recomputed with pandas and compared with the airport's known figures."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from lvtu.demo import airport
from lvtu.demo.facts.airport import AirportFacts
from lvtu.demo.facts.complaints import ComplaintFacts
from lvtu.demo.facts.paths import PathFacts
from lvtu.demo.facts.retail import RetailFacts
from lvtu.demo.files import read


@pytest.fixture
def air(measured: dict[str, Any]) -> AirportFacts:
    return measured["airport"]


@pytest.fixture
def shop(measured: dict[str, Any]) -> RetailFacts:
    return measured["retail"]


@pytest.fixture
def bureau(measured: dict[str, Any]) -> ComplaintFacts:
    return measured["complaints"]


@pytest.fixture
def store(measured: dict[str, Any]) -> PathFacts:
    return measured["paths"]


KNOWN = {  # column: 2018, 2017, half interval, n; computed outside this project
    "q7roads": (0.95, 0.99, 0.05, 1772),
    "q7park": (0.86, 0.86, 0.06, 1065),
    "q7sign": (1.08, 1.10, 0.04, 2648),
    "q7screens": (1.12, 1.13, 0.03, 2611),
    "q7food": (0.62, 0.65, 0.04, 2342),
    "q7store": (0.62, 0.65, 0.04, 2277),
    "q7wifi": (1.02, 1.06, 0.05, 2074),
    "q13getrate": (1.14, 1.22, 0.04, 2276),
    "q14find": (1.43, 1.45, 0.04, 2603),
    "q14passthru": (1.15, 1.33, 0.05, 2364),
    "q9food": (1.18, 1.22, 0.04, 2099),
    "q9restroom": (1.04, 1.15, 0.04, 2589),
}


@pytest.mark.parametrize("column", KNOWN)
def test_airport_ratings_are_the_known_ones(air: AirportFacts, column: str) -> None:
    after, before, half, n = KNOWN[column]
    found = air.ratings[column]
    assert (found.after.value, found.before.value) == pytest.approx((after, before), abs=0.0051)
    assert found.after.high - found.after.value == pytest.approx(half, abs=0.0051)
    assert found.after.n == n


def test_airport_headline_figures(air: AirportFacts) -> None:
    assert (air.nps.after.value, air.nps.after.n) == (pytest.approx(35.1, abs=0.05), 2650)
    assert (air.nps.after.low, air.nps.after.high) == pytest.approx((32.0, 38.2), abs=0.06)
    assert air.nps.change.delta == pytest.approx(-5.3, abs=0.05)
    assert (air.problem.after.value, air.problem.after.n) == (pytest.approx(0.129, abs=5e-4), 2616)
    before, after = air.low["q14passthru"]
    assert (before.value, after.value) == pytest.approx((0.035, 0.079), abs=6e-4)


def test_airport_significance_is_benjamini_hochbergs(air: AirportFacts) -> None:
    """All items together: item by item by Welch's test, on the effective number of answers."""
    table, found = read("airport").to_pandas(), {}
    for item in airport.ITEMS:
        both = []
        for year in (2017, 2018):
            rows = table[(table.year == year) & table[item.column].between(1, 5)]
            score, weight = rows[item.column].astype(float), rows.weight
            n = weight.sum() ** 2 / (weight**2).sum()
            average = np.average(score, weights=weight)
            both.append((average, np.average((score - average) ** 2, weights=weight) / (n - 1), n))
        (a, u, n), (b, v, m) = both
        freedom = (u + v) ** 2 / (u**2 / (n - 1) + v**2 / (m - 1))
        found[item.column] = (2 * stats.t.sf(abs(b - a) / np.sqrt(u + v), freedom), b - a)
    adjusted = stats.false_discovery_control([p for p, _ in found.values()])
    assert [air.ratings[name].q for name in found] == pytest.approx(list(adjusted), rel=1e-4)
    worse = {name for (name, (_, delta)), q in zip(found.items(), adjusted, strict=True) if q <= 0.05 and delta < 0}
    assert {item.column for item in air.worse} == worse == {"q14passthru", "q9restroom", "q9all", "q9boarding"}
    assert len(airport.ITEMS) == 25
    assert air.better == []


def test_airport_counts_agree_with_the_events(air: AirportFacts) -> None:
    table = read("airport").to_pandas()
    table = table[table.year == 2018]
    for step in airport.MODEL.steps:
        columns = [item.column for item in airport.ITEMS if item.event == step.event]
        assert air.customers[step.event] == table[columns].isin([1, 2, 3, 4, 5]).any(axis=1).sum()
    assert air.passengers == {2017: 2831, 2018: 2809}


def test_retail_totals(shop: RetailFacts) -> None:
    lines = read("retail").to_pandas()
    invoices = (
        lines.assign(value=lines.Quantity * lines.UnitPrice)
        .groupby("InvoiceNo")
        .agg(customer=("CustomerID", "first"), value=("value", "sum"), time=("InvoiceDate", "min"))
    )
    known = invoices[invoices.customer.notna()]
    cancelled = known.index.str.startswith("C")
    assert shop.invoices == (len(known), len(invoices) - len(known))
    assert shop.refused == len(invoices) - len(known) == sum(shop.unknown.values())
    assert shop.lines == (len(lines), lines.CustomerID.isna().sum())
    assert shop.orders[:2] == ((~cancelled).sum(), known.customer[~cancelled].nunique())
    assert shop.orders[2] == pytest.approx(known.value[~cancelled].sum())
    assert shop.cancelled[:2] == (cancelled.sum(), known.customer[cancelled].nunique())
    assert shop.cancelled[2:] == pytest.approx((known.value[cancelled].sum(), known.value[cancelled].min()))
    per = known[~cancelled].groupby("customer").size()
    assert [step.customers for step in shop.steps] == [(per >= k).sum() for k in range(1, 10)]
    assert [figure.value for figure in shop.next] == pytest.approx(
        [(per > k).sum() / (per >= k).sum() for k in range(1, 9)]
    )


def test_retail_again_within_90_days(shop: RetailFacts) -> None:
    lines = read("retail").to_pandas()
    orders = lines[lines.CustomerID.notna() & ~lines.InvoiceNo.str.startswith("C")]
    times = orders.groupby(["CustomerID", "InvoiceNo"]).InvoiceDate.min().sort_values().groupby("CustomerID")
    first, second = times.nth(0).droplevel(1), times.nth(1).droplevel(1)
    ripe = first[first < lines.InvoiceDate.max() - pd.Timedelta(days=90)]
    again = (second.reindex(ripe.index) - ripe) <= pd.Timedelta(days=90)
    assert (shop.again.n, shop.again.value) == (len(ripe), pytest.approx(again.mean()))


def test_retail_order_values(shop: RetailFacts) -> None:
    lines = read("retail").to_pandas()
    orders = lines[lines.CustomerID.notna() & ~lines.InvoiceNo.str.startswith("C")]
    orders = orders.assign(value=orders.Quantity * orders.UnitPrice).groupby(["CustomerID", "InvoiceNo"])
    orders = orders.agg(time=("InvoiceDate", "min"), value=("value", "sum")).reset_index()
    orders = orders.sort_values(["CustomerID", "time", "InvoiceNo"])
    number = orders.groupby("CustomerID").cumcount()
    assert shop.values == pytest.approx([orders.value[number == k].median() for k in range(8)], abs=0.01)


def test_complaint_shares(bureau: ComplaintFacts) -> None:
    table = read("complaints").to_pandas()
    gap = (pd.to_datetime(table.sent) - pd.to_datetime(table.received)).dt.days
    assert bureau.same_day.value == pytest.approx((gap == 0).mean())
    assert bureau.slow.value == pytest.approx((gap > 7).mean())
    assert bureau.slow_days == gap[gap > 7].median()
    assert bureau.late.value == pytest.approx((table.timely == "No").mean())
    assert bureau.relief.value == pytest.approx(table.response.str.endswith("relief").mean())
    assert bureau.money.value == pytest.approx((table.response == "Closed with monetary relief").mean())
    assert [step.customers for step in bureau.steps] == [2827, 2827, 2827]
    assert (bureau.answered, bureau.relieved) == (2809, 255)


def test_complaint_groups(bureau: ComplaintFacts) -> None:
    table = read("complaints").to_pandas()
    sizes = table.issue.value_counts()
    assert {group.name for group in bureau.issues if group.name} == set(sizes[sizes >= 100].index)
    assert sum(group.complaints for group in bureau.issues) == len(table)
    for group in bureau.issues[:-1]:
        rows = table[table.issue == group.name]
        assert group.relief.value == pytest.approx(rows.response.str.endswith("relief").mean())
        assert group.late.value == pytest.approx((rows.timely == "No").mean())
    late = table[table.timely == "No"].company.value_counts()
    assert bureau.latest.name == late.index[0]


def test_path_shares(store: PathFacts) -> None:
    table = read("paths").to_pandas()
    length = table.path.str.count(">") + 1
    assert [step.customers for step in store.steps] == [(length >= k).sum() for k in range(1, 6)]
    assert store.ordered == table.conversion.sum()
    for k, figure in enumerate(store.by_channels, start=1):
        rows = length >= 5 if k == 5 else length == k
        assert (figure.n, figure.value) == (rows.sum(), pytest.approx(table.conversion[rows].mean()))
    assert store.once.value == pytest.approx((table.sessions == 1).mean())
    assert store.once_ordered.value == pytest.approx(table.conversion[table.sessions == 1].mean())
    assert store.again_ordered.value == pytest.approx(table.conversion[table.sessions > 1].mean())
    waits = table.seconds[(table.conversion == 1) & (table.sessions > 1)] / 86400
    assert store.wait_days == pytest.approx(waits.median())


def test_path_channels(store: PathFacts) -> None:
    table = read("paths").to_pandas()
    first = table.path.str.split(" > ").str[0]
    for channel in store.first:
        assert channel.journeys == (first == channel.name).sum()
        assert channel.ordered.value == pytest.approx(table.conversion[first == channel.name].mean())
    second = table.path.str.split(" > ").str[1].dropna()
    assert store.mix[1] == pytest.approx(second.value_counts(normalize=True).to_dict())
    pairs = table.path[table.path.str.contains(">")].str.split(" > ").map(lambda p: list(pairwise(p)))
    expected = pairs.explode().value_counts()
    assert {(pair.source, pair.target): pair.transitions for pair in store.pairs} == expected.to_dict()
    assert store.pairs[0].transitions == expected.iloc[0]
