"""The shop's steering figures, recomputed from the invoices with Polars."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import polars as pl
import pytest

import lvtu
from lvtu.demo.facts.retail import RetailFacts
from lvtu.demo.facts.trade import define
from lvtu.demo.files import read
from lvtu.demo.retail import METRICS

DAYS = 90


@pytest.fixture
def shop(measured: dict[str, Any]) -> RetailFacts:
    return measured["retail"]


@pytest.fixture(scope="module")
def invoices() -> pl.DataFrame:
    lines = pl.from_arrow(read("retail")).filter(pl.col("CustomerID").is_not_null())
    return (
        lines.group_by("InvoiceNo")
        .agg(
            who=pl.col("CustomerID").first(),
            time=pl.col("InvoiceDate").min(),
            value=(pl.col("Quantity") * pl.col("UnitPrice")).sum().round(2),
        )
        .with_columns(cancelled=pl.col("InvoiceNo").str.starts_with("C"), month=pl.col("time").dt.truncate("1mo"))
        .sort("time", "InvoiceNo")
    )


@pytest.fixture(scope="module")
def end() -> datetime:
    return read("retail")["InvoiceDate"].to_pandas().max().to_pydatetime()


@pytest.fixture(scope="module")
def orders(invoices: pl.DataFrame) -> pl.DataFrame:
    return invoices.filter(~pl.col("cancelled"))


def again(orders: pl.DataFrame, starts: pl.DataFrame, end: datetime) -> tuple[int, int, int]:
    """(came back in time, of whose time is over, others), from a ``start`` for each customer of ``starts``."""
    window = timedelta(days=DAYS)
    later = orders.join(starts, on="who").filter(
        pl.col("InvoiceNo") != pl.col("first"), pl.col("time") >= pl.col("start")
    )
    gaps = later.group_by("who").agg(gap=(pl.col("time") - pl.col("start")).min())
    lines = starts.join(gaps, on="who", how="left").with_columns(over=pl.col("start") < end - window)
    ripe = lines.filter("over")
    return ripe.filter(pl.col("gap") <= window).height, ripe.height, lines.height - ripe.height


def firsts(orders: pl.DataFrame) -> pl.DataFrame:
    return orders.group_by("who", maintain_order=True).agg(
        start=pl.col("time").first(), first=pl.col("InvoiceNo").first()
    )


def test_repurchase(shop: RetailFacts, orders: pl.DataFrame, end: datetime) -> None:
    back, ripe, waiting = again(orders, firsts(orders), end)
    found = shop.trade.again
    assert (found.share.n, found.share.value, found.waiting) == (ripe, pytest.approx(back / ripe), waiting)


def test_repurchase_by_month(shop: RetailFacts, orders: pl.DataFrame, end: datetime) -> None:
    assert [month.start.replace(tzinfo=None) for month in shop.trade.months] == sorted(orders["month"].unique())
    new = firsts(orders)
    for month in shop.trade.months:
        start = month.start.replace(tzinfo=None)
        of_month = firsts(orders.filter(pl.col("month") == start))
        fresh = new.filter(pl.col("start").dt.truncate("1mo") == start)
        for found, starts in ((month.again, of_month), (month.fresh, fresh)):
            back, ripe, waiting = again(orders, starts, end)
            assert found.waiting == waiting
            assert (found.share and (found.share.n, found.share.value)) == (
                (ripe, pytest.approx(back / ripe)) if ripe else None
            )
    assert sum(month.fresh.waiting for month in shop.trade.months) == shop.trade.again.waiting


def test_cohorts(shop: RetailFacts, orders: pl.DataFrame, end: datetime) -> None:
    months = pl.col("time").dt.year() * 12 + pl.col("time").dt.month()
    lines = orders.join(firsts(orders), on="who").with_columns(
        cohort=pl.col("start").dt.year() * 12 + pl.col("start").dt.month(), now=months
    )
    last = end.year * 12 + end.month
    assert len(shop.cohorts) == 13 * 7
    for cell in shop.cohorts:
        cohort = cell.cohort.year * 12 + cell.cohort.month
        of = lines.filter(pl.col("cohort") == cohort)
        back = of.filter(pl.col("InvoiceNo") != pl.col("first"), pl.col("now") == cohort + cell.period)
        size = of["who"].n_unique()
        assert cell.customers == size
        assert cell.mature == (size if cohort + cell.period < last else 0)
        if cell.mature:
            assert (cell.returned, cell.rate) == (back["who"].n_unique(), pytest.approx(back["who"].n_unique() / size))
        else:
            assert cell.rate is None


def test_sales_by_month(shop: RetailFacts, invoices: pl.DataFrame) -> None:
    earlier = None
    for month in shop.trade.months:
        rows = invoices.filter(pl.col("month") == month.start.replace(tzinfo=None))
        placed, cancelled = (rows.filter(pl.col("cancelled") == wanted) for wanted in (False, True))
        assert (month.orders, month.cancellations.value) == (
            placed.height,
            pytest.approx(cancelled.height / placed.height),
        )
        assert (month.ordered, month.cancelled, month.net) == pytest.approx(
            (placed["value"].sum(), cancelled["value"].sum(), rows["value"].sum()), abs=0.01
        )
        if earlier and month.over:
            assert month.growth.value == pytest.approx(rows["value"].sum() / earlier - 1)
            assert month.growth.low < month.growth.value < month.growth.high
        else:
            assert month.growth is None
        earlier = rows["value"].sum()
    assert [month.over for month in shop.trade.months] == [True] * 12 + [False]


def test_cancellations(shop: RetailFacts, invoices: pl.DataFrame, orders: pl.DataFrame) -> None:
    cancelled = invoices.filter("cancelled")
    trade = shop.trade
    assert trade.cancellations.value == pytest.approx(cancelled.height / orders.height)
    assert trade.money.value == pytest.approx(-cancelled["value"].sum() / orders["value"].sum())
    for ratio in (trade.cancellations, trade.money):
        assert 0 < ratio.low < ratio.value < ratio.high


def test_segments_divide_the_buyers(
    shop: RetailFacts, invoices: pl.DataFrame, orders: pl.DataFrame, end: datetime
) -> None:
    buyers = orders.group_by("who").agg(orders=pl.len(), last=pl.col("time").max())
    net = invoices.group_by("who").agg(net=pl.col("value").sum())
    lines = buyers.join(net, on="who").with_columns(lapsed=pl.col("last") < end - timedelta(days=DAYS))
    limits = {"once": (1, 1), "some": (2, 4), "often": (5, 10**6)}
    assert [one.key for one in shop.trade.segments] == list(limits)
    for one in shop.trade.segments:
        rows = lines.filter(pl.col("orders").is_between(*limits[one.key]))
        assert (one.customers.n, one.customers.value) == (lines.height, pytest.approx(rows.height / lines.height))
        assert (one.lapsed.n, one.lapsed.value) == (rows.height, pytest.approx(rows["lapsed"].mean()))
        assert one.net == pytest.approx(rows["net"].sum(), abs=0.01)
        assert one.share == pytest.approx(rows["net"].sum() / lines["net"].sum())
    assert shop.trade.lapsed.value == pytest.approx(lines["lapsed"].mean())
    assert sum(one.share for one in shop.trade.segments) == pytest.approx(1)


def test_definitions_are_saved_once(tmp_path: Any) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        for _ in range(2):
            define(ws)
        versions = {metric.key: metric.version for metric in ws.metrics()}
    assert {key: version for key, version in versions.items() if version} == {str(one["key"]): 1 for one in METRICS}
