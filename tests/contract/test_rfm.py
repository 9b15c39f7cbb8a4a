"""RFM against the twin: the cut points are fifths, and scores, segments, medians and names follow from them."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import Case, buckets, workspace
from lvtu.errors import BadInput, UnknownName
from naive.journeys import Event
from naive.rfm import Bought, bought, scores, segment, table
from property.strategies import START

DAY = 86_400_000_000
WEB = "channel = 'web'"
SPAN = {"since": START + 20 * DAY, "until": START + 120 * DAY}


def on_the_web(event: Event) -> bool:
    return event.channel == "web"


def orders(seed: int, customers: int, most: int, prefix: str = "c") -> list[Event]:
    """Orders in two currencies and in none, with money, without, and paid back; and other events between."""
    dice = random.Random(seed)
    return [
        Event(
            f"{prefix}{seed}-{who}-{n}", START + dice.randrange(200) * DAY + dice.randrange(DAY), f"{prefix}{who}",
            dice.choice(("Paid", "Paid", "Seen")), None, dice.choice(("web", "app")),
            dice.choice((None, -20.0, dice.randrange(1, 90_000) / 100)),
            {"currency": c} if (c := dice.choice(("EUR", "EUR", "CNY", None))) else {},
        )
        for who in range(customers) for n in range(dice.randint(1, most))
    ]  # fmt: skip


def record(event: Event) -> dict[str, Any]:
    plain = event.record()
    currency = (plain.pop("properties", None) or {}).get("currency")
    return plain | ({"currency": currency} if currency else {})


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Case:
    base, late = orders(1, 150, 8), orders(2, 60, 3) + orders(3, 30, 2, "new")
    with buckets(4):
        ws = lvtu.open(tmp_path_factory.mktemp("rfm") / "w")
        ws.ingest([record(event) for event in base])
        ws.ingest([record(event) for event in late])
    return Case("rfm", ws, base + late)


def cuts_of(result: Any, currency: str | None) -> list[list[float]]:
    """By measure the four cut points, ascending, as the answer tells them."""
    rows = {row["score"]: row for row in result.cuts.to_pylist() if row["currency"] == currency}
    recency = [rows[score]["recency_time"] for score in (5, 4, 3, 2)]
    return [recency, *([rows[score][name] for score in (2, 3, 4, 5)] for name in ("frequency", "money"))]


@pytest.mark.parametrize(
    ("options", "twins"),
    [
        ({}, {}),
        ({"where": WEB}, {"where": on_the_web}),
        (SPAN, SPAN),
        ({"recency": ("10d", "30d", "60d", "90d"), "frequency": (1, 2, 4, 8), "money": (0, 50.5, 200, 900)}, {}),
    ],
)  # fmt: skip
def test_any_rfm(shop: Case, options: dict[str, Any], twins: dict[str, Any]) -> None:
    result = shop.ws.rfm("Paid", **options)
    found = bought(shop.events, "Paid", max(event.time for event in shop.events), **twins)
    by_segment: dict[Any, list[Bought]] = defaultdict(list)
    by_cell: dict[Any, list[Bought]] = defaultdict(list)
    for currency in {one.currency for one in found}:
        cuts, some = cuts_of(result, currency), [one for one in found if one.currency == currency]
        if not options.get("recency"):
            for measure, points in zip(("recency", "frequency", "money"), cuts, strict=True):
                are_fifths([getattr(one, measure) for one in some], points)
        for one in some:
            three = scores(one, cuts)
            by_segment[currency, segment(*three)].append(one)
            by_cell[(currency, *three)].append(one)
    rows = {(row["currency"], row["segment"]): row for row in result.table.to_pylist()}
    same({key: row for key, row in rows.items() if row["customers"]}, table(by_segment))
    assert len(rows) == 10 * len({one.currency for one in found})
    same({tuple(row[n] for n in ("currency", "r", "f", "m")): row for row in result.cells.to_pylist()}, table(by_cell))
    for (currency, name), some in by_segment.items():
        assert result.customers(name, currency=currency) == sorted(one.customer for one in some)
    for key in {key[1:] for key in by_cell}:
        expected = {one.customer for cell, some in by_cell.items() if cell[1:] == key for one in some}
        assert result.customers(scores=key) == sorted(expected)
    assert result.customers() == sorted({one.customer for one in found})
    for currency in {one.currency for one in found}:
        shares = [row for row in result.table.to_pylist() if row["currency"] == currency]
        assert sum(row["share"] for row in shares) == pytest.approx(1)
        assert sum(row["value_share"] for row in shares) == pytest.approx(1)


def are_fifths(values: list[float], points: list[float]) -> None:
    """A fifth, two, … are at most the cut point, and fewer are well below it (histograms are true to 1.6 %)."""
    for fifth, point in enumerate(points, 1):
        assert sum(value <= point + 1e-9 for value in values) * 5 >= len(values) * fifth
        below = point * (1 - 1 / 64) - 1e-9 if point > 0 else point - 1e-9 if point < 0 else -1e-9
        fewer = sum(max(value, 0) < below for value in values)
        assert fewer * 5 < len(values) * fifth


def same(rows: dict[Any, dict[str, Any]], expected: dict[Any, dict[str, Any]]) -> None:
    assert rows.keys() == expected.keys()
    for key, row in rows.items():
        told = expected[key]
        assert row["customers"] == told["customers"], key
        assert row["value"] == pytest.approx(told["value"], abs=1e-6), key
        for name in ("recency_time", "frequency", "money"):
            assert row[name] == pytest.approx(
                max(told[name], 0), rel=0.01, abs=0.51 if name == "frequency" else 0.02
            ), key


def test_segments_can_be_kept(shop: Case) -> None:
    best = shop.ws.rfm("Paid").customers("champions")
    shop.ws.save_segment("best", customers=best)
    assert shop.ws.segment("best").customers() == best


def test_ties_and_what_cannot_be_asked(tmp_path: Path) -> None:
    events = [Event(f"m{n}", START + n * DAY, f"c{n}", "Paid", value=10.0) for n in range(20)]
    ws = workspace(tmp_path / "w", events)
    result = ws.rfm("Paid")
    assert {(row["f"], row["m"]) for row in result.cells.to_pylist()} == {(1, 1)}
    assert [row["r"] for row in result.cells.to_pylist()] == [5, 4, 3, 2, 1]
    assert result.cells["customers"].to_pylist() == [4] * 5
    assert [note.code for note in result.notes] == ["rfm_tied", "rfm_about"]
    with pytest.raises(UnknownName, match="unknown segment 'champion'; did you mean 'champions'"):
        result.customers("champion")
    with pytest.raises(UnknownName):
        result.customers(currency="EUR")
    with pytest.raises(UnknownName, match="unknown event 'Pay'"):
        ws.rfm("Pay")
    for points in ((1, 2, 3), (1, 2, 4, 3)):
        with pytest.raises(BadInput, match="four cut points"):
            ws.rfm("Paid", frequency=points)
    nobody = ws.rfm("Paid", since=START + 99 * DAY)
    assert nobody.table.num_rows == nobody.cells.num_rows == 0
    ws.close()
