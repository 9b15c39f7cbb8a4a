"""What is said of one customer in overlap, drift and RFM: over all customers it adds up to the answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import Case, micros
from contract.test_explain_counts import everybody, few, spanned
from contract.test_rfm import DAY, SPAN, WEB, cuts_of, orders, record
from lvtu.errors import UnknownName
from naive.journeys import Event
from naive.rfm import bought, scores, segment
from parts import examples
from property.customer_conditions import conditions
from property.strategies import CONDITIONS, START, ZONES

__all__ = ["few"]

WHERE = st.one_of(st.none(), st.sampled_from(CONDITIONS))
MOMENT = st.one_of(st.none(), st.integers(-30, 60))


@settings(max_examples=examples(30), deadline=None)
@given(
    groups=st.lists(conditions().map(lambda one: one.text), min_size=2, max_size=3, unique=True),
    where=WHERE, since=MOMENT, until=MOMENT,
)  # fmt: skip
def test_an_overlap(few: Case, groups: list[str], where: Any, since: Any, until: Any) -> None:
    try:
        result = few.ws.overlap(*groups, where=where and where.text, **spanned(since, until))
    except lvtu.errors.BadInput as error:
        assert error.code == "segment_twice"  # two spellings of one condition
        return
    inside: dict[str, set[str]] = defaultdict(set)
    for who, row in everybody(few, result):
        inside[who] |= {row["segment"]} if row["inside"] else set()
        assert row["events"] is None or row["events"] >= row["holds"] or "at most" in row["condition"] or "exactly" in (
            row["condition"])  # fmt: skip
    assert len(inside) == result.everyone
    told = Counter(frozenset(some) for some in inside.values() if some)
    assert told == {frozenset(row["segments"]): row["customers"] for row in result.table.to_pylist()}


@settings(max_examples=examples(15), deadline=None)
@given(
    condition=conditions(), period=st.sampled_from(("week", "month")), zone=st.sampled_from(ZONES), where=WHERE,
    since=MOMENT, until=MOMENT,
)  # fmt: skip
def test_a_drift(few: Case, condition: Any, where: Any, since: Any, until: Any, **options: Any) -> None:
    result = few.ws.drift(condition.text, where=where and where.text, **spanned(since, until), **options)
    told: dict[Any, Counter[str]] = defaultdict(Counter)
    for _, row in everybody(few, result):
        changes = {"entered": row["change"] == "entered", "exited": row["change"] == "exited"}
        told[row["period"]] += Counter(everyone=row["there"], inside=row["inside"], **changes)
        assert row["change"] or not row["because"]
    answer = {row["period"]: row for row in result.table.to_pylist()}
    names = ("everyone", "inside", "entered", "exited")
    assert {p: [row[n] for n in names] for p, row in answer.items()} == {
        p: [sums[n] for n in names] for p, sums in told.items() if answer
    }  # fmt: skip


def test_what_moved_somebody(tmp_path: Path) -> None:
    events = [
        Event(f"m{n}", START + day * DAY, "ann", name) for n, (day, name) in enumerate([(5, "A"), (9, "A"), (70, "B")])
    ]
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([event.record() for event in events])
        ws.save_segment("VIP", "did A at least 2 times in the last 60 days and not did B")
        told = ws.drift("VIP", until="2026-05-01").explain("ann")
        moves = [(row["change"], row["because"]) for row in told.table.to_pylist()]
        assert moves == [
            ("entered", ["did A at least 2 times in the last 60 days"]), (None, []),
            ("exited", ["did A at least 2 times in the last 60 days", "did B"]),
        ]  # fmt: skip
        assert told.text("en").splitlines() == [
            "ann: inside at the end of 2 of 3 periods", "  2026-01-01: entered",
            "  — true: did “A” at least 2 times in the last 60 days; 2 events", "  2026-02-01: inside",
            "  2026-03-01: left", "  — not true: did “A” at least 2 times in the last 60 days; 0 events",
            "  — true: did “B”; 1 event",
        ]  # fmt: skip
        both = ws.overlap("VIP", "did A").explain("ann")
        assert both.text("zh").splitlines()[0] == "ann：2 个客户分群中属于 1 个"
        assert [(row["segment"], row["inside"], row["condition"], row["events"]) for row in both.table.to_pylist()] == [
            ("VIP", False, "did A at least 2 times in the last 60 days", 0), ("VIP", False, "did B", 1),
            ("did A", True, "did A", 2),
        ]  # fmt: skip
        inside = ws.segment("in segment VIP or did B").explain("ann").parts
        assert [part.condition for part in inside] == [
            "in segment 'VIP'", "did A at least 2 times in the last 60 days", "did B", "did B",
        ]  # fmt: skip
        alone = ws.segment("VIP").explain("ann").parts
        assert [part.holds for part in alone] == [False, True]
        with pytest.raises(UnknownName, match="unknown customer 'nobody'"):
            ws.drift("VIP").explain("nobody")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Case:
    base, late = orders(11, 30, 8), orders(12, 12, 3) + orders(13, 6, 2, "new")
    ws = lvtu.open(tmp_path_factory.mktemp("rfm") / "w")
    ws.ingest([record(event) for event in base])
    ws.ingest([record(event) for event in late])
    return Case("rfm", ws, base + late)


CUTS = {"recency": ("10d", "30d", "60d", "90d"), "frequency": (1, 2, 4, 8), "money": (0, 50.5, 200, 900)}


@pytest.mark.parametrize("options", [{}, {"where": WEB}, SPAN, CUTS])
def test_an_rfm(shop: Case, options: dict[str, Any]) -> None:
    result = shop.ws.rfm("Paid", **options)
    last = max(event.time for event in shop.events)
    twins = {**options, "where": lambda event: event.channel == "web"} if "where" in options else options
    expected = {(one.customer, one.currency): one for one in bought(
        shop.events, "Paid", last, **{name: twins[name] for name in twins if name not in CUTS})}  # fmt: skip
    by_cell: dict[Any, list[float]] = defaultdict(list)
    by_segment: dict[Any, list[float]] = defaultdict(list)
    known = {row["currency"]: cuts_of(result, row["currency"]) for row in result.cuts.to_pylist()}
    for who in sorted({event.customer for event in shop.events}):
        told = result.explain(who)
        bills = told.orders.to_pylist()
        assert told.text("zh") != told.text("en") and len(told.said) == max(4 * told.table.num_rows, 1) + 1
        assert told.to_json()["orders"] == [{**bill, "time": bill["time"].isoformat()} for bill in bills]
        assert len(bills) == sum(row["frequency"] for row in told.table.to_pylist())
        for row in told.table.to_pylist():
            twin, mine = expected.pop((who, row["currency"])), (row["r"], row["f"], row["m"])
            assert (row["recency_time"], row["frequency"]) == (twin.recency, twin.frequency)
            own = [bill for bill in bills if bill["currency"] == row["currency"]]
            assert row["money"] == pytest.approx(sum(bill["value"] or 0 for bill in own)) == pytest.approx(twin.money)
            assert row["last_order"] == max(bill["time"] for bill in own)
            assert micros(row["last_order"]) + twin.recency == options.get("until", last)
            assert (mine, row["segment"]) == (scores(twin, known[row["currency"]]), segment(*mine))
            for name in ("recency_time", "frequency", "money"):
                low, high = row[f"{name}_above"], row[f"{name}_up_to"]
                assert (low is None or row[name] > low) and (high is None or row[name] <= high)
                assert low is not None or high is not None
            by_cell[(row["currency"], *mine)].append(row["money"])
            by_segment[row["currency"], row["segment"]].append(row["money"])
    assert not expected, "every one who ordered is told so"
    for table, told, keys in ((result.cells, by_cell, "rfm"), (result.table, by_segment, ("segment",))):
        answer = {(row["currency"], *(row[key] for key in keys)): row for row in table.to_pylist() if row["customers"]}
        assert {cell: len(some) for cell, some in told.items()} == {c: row["customers"] for c, row in answer.items()}
        assert {cell: pytest.approx(sum(some)) for cell, some in told.items()} == {
            cell: row["value"] for cell, row in answer.items()
        }  # fmt: skip


def test_an_rfm_in_words(shop: Case) -> None:
    result = shop.ws.rfm("Paid", **CUTS)
    one = next(who for who in result.customers() if result.explain(who).table.num_rows == 1)
    row = result.explain(one).table.to_pylist()[0]
    lines = result.explain(one).text("en").splitlines()
    assert lines[0].startswith(f"{one}: {row['frequency']} order")
    assert f"R {row['r']} · F {row['f']} · M {row['m']}" in lines[1] and lines[2].endswith(f": R {row['r']}")
    with pytest.raises(UnknownName, match="unknown customer 'nobody'"):
        result.explain("nobody")
