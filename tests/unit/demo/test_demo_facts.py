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
from parts import shared


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


def published_complaints() -> pd.DataFrame:
    return pd.read_parquet(shared("complaints/cfpb_complaints_2827_full_columns.parquet"))


def test_complaint_shares(bureau: ComplaintFacts) -> None:
    """From the file as it was published."""
    table = published_complaints()
    received = pd.to_datetime(table["Date received"])
    gap = (pd.to_datetime(table["Date sent to company"], format="%m/%d/%y") - received).dt.days
    response = table["Company response to consumer"]
    assert bureau.same_day.value == pytest.approx((gap == 0).mean())
    assert bureau.slow.value == pytest.approx((gap > 7).mean())
    assert bureau.slow_days == gap[gap > 7].median()
    waits = [(gap.between(low, np.inf if high is None else high)).mean() for low, high in bureau.waits]
    assert [one.value for one in bureau.waits.values()] == pytest.approx(waits) and sum(waits) == pytest.approx(1)
    assert bureau.timely.value == pytest.approx((table["Timely response?"] == "Yes").mean())
    assert bureau.relief.value == pytest.approx(response.str.endswith("relief").mean())
    assert bureau.money.value == pytest.approx((response == "Closed with monetary relief").mean())
    assert [step.customers for step in bureau.steps] == [2827, 2827, 2827]
    assert [step.median_time for step in bureau.steps] == [None] * 3, "days are no durations"
    assert (bureau.answered, bureau.relieved, bureau.overdue) == (2809, 255, 18)
    assert (bureau.first, bureau.last) == (received.min().date(), received.max().date())
    for name, column in (("issue", "Issue"), ("product", "Sub-product")):
        assert bureau.about[name] == table[column].value_counts().to_dict()
    for month in bureau.months:
        rows = received.dt.strftime("%Y-%m") == f"{month.start:%Y-%m}"
        assert (month.complaints, month.same_day.value) == (rows.sum(), pytest.approx((gap[rows] == 0).mean()))
        assert month.slow.value == pytest.approx((gap[rows] > 7).mean())
        assert month.days == received[rows].dt.day.max(), "somebody complains every day"
    assert sum(month.complaints for month in bureau.months) == len(table)


@pytest.mark.parametrize("what", ["timely", "relief"])
def test_complaints_of_each_group_against_all_others(bureau: ComplaintFacts, what: str) -> None:
    table = published_complaints()
    yes = table["Timely response?"] == "Yes"
    if what == "relief":
        yes = table["Company response to consumer"].str.endswith("relief")
    columns = {"company": "Company", "issue": "Issue", "product": "Sub-product", "channel": "Submitted via"}
    for by, found in (bureau.timely_by if what == "timely" else bureau.relief_by).items():
        groups = table[columns[by]].str.lower() if by == "channel" else table[columns[by]]
        assert {one.name for one in found} == set(groups)
        p = {}
        for one in found:
            rows = groups == one.name
            k, n, m = yes[rows].sum(), rows.sum(), (~rows).sum()
            ends = stats.binomtest(int(k), int(n)).proportion_ci(method="wilson")
            assert (one.share.n, one.no) == (n, n - k)
            told = (one.share.value, one.share.low, one.share.high)
            assert told == pytest.approx((k / n, ends.low, ends.high), abs=1e-6)
            if min(n, m) >= 20:
                error = np.sqrt(yes.mean() * (1 - yes.mean()) * (1 / n + 1 / m))
                p[one.name] = 2 * stats.norm.sf(abs(k / n - yes[~rows].mean()) / error)
            else:
                assert one.q is None
        adjusted = dict(zip(p, stats.false_discovery_control(list(p.values())), strict=True)) if p else {}
        assert {one.name: one.q for one in found if one.q is not None} == pytest.approx(adjusted, rel=1e-6)


def test_who_is_late_is_one_company(bureau: ComplaintFacts) -> None:
    """Title loans are answered late as that company is, and not otherwise."""
    table = published_complaints()
    late = table[table["Timely response?"] == "No"].Company.value_counts()
    assert bureau.latest is not None
    assert (bureau.latest.name, bureau.latest.no) == (late.index[0], late.iloc[0]) == ("TMX Finance LLC", 41)
    rest = table[table.Company != "TMX Finance LLC"]
    for one in bureau.without:
        rows = rest[rest["Sub-product"] == one.name]
        assert (one.share.n, one.share.value) == (len(rows), pytest.approx((rows["Timely response?"] == "Yes").mean()))


def test_quotes_of_complaints_stand_where_they_say(bureau: ComplaintFacts) -> None:
    table = published_complaints().set_index("Complaint ID")
    assert list(bureau.stories.quotes) == list(table.Issue.value_counts().index[:3])
    for issue, quote in bureau.stories.quotes.items():
        row = table.loc[type(table.index[0])(quote.customer.removeprefix("complaint-"))]
        assert row["Consumer complaint narrative"][quote.start : quote.end] == quote.text and row.Issue == issue
    assert sum(one.value for one in bureau.stories.read.labels.values()) == pytest.approx(1)


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
