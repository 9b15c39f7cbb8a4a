"""Variants against their twin: every path, everybody who took it, how long, and all that is not shown."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, close, ugly, workspace
from contract.test_bpi import bank, log  # noqa: F401
from lvtu.errors import BadInput, UnknownName
from lvtu.workspace import Workspace
from naive.journeys import Event
from naive.variants import variants
from parts import examples
from property.strategies import CONDITIONS, START

NAMES = {"event": ("A", "B", "C", "D"), "channel": ("web", "store"), "plan": ("p", "q")}


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    by = draw(st.sampled_from(tuple(NAMES)))
    name = st.one_of(st.none(), st.none(), st.sampled_from(NAMES[by]))
    times = st.one_of(st.none(), st.integers(START, START + 12))
    return {
        "by": by,
        "fold": draw(st.booleans()),
        "session_gap": draw(st.one_of(st.none(), st.integers(0, 6))),
        "start": draw(name),
        "end": draw(name),
        "most": draw(st.one_of(st.none(), st.integers(1, 4))),
        "where": draw(st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS))),
        "since": draw(times),
        "until": draw(times),
    }


def asked(ws: Any, top: int, session_gap: int | None = None, where: Any = None, **options: Any) -> Any:
    unit = {"unit": "customers"} if session_gap is None else {"unit": "sessions", "session_gap": session_gap}
    given = {name: value for name, value in options.items() if value is not None}
    return ws.variants(**given, **unit, where=where and where.text, top=top)


def agree(case: Case, options: dict[str, Any], top: int) -> None:
    result, twin = asked(case.ws, top, **options), variants(case.events, **options)
    counts = {path: len(variant.customers) for path, variant in twin.paths.items()}
    everyone = sum(counts.values())
    assert (result.variants, result.everyone) == (len(counts), everyone)
    assert result.once == sum(number == 1 for number in counts.values())
    rows = result.table.to_pylist()
    shown, rest = rows[:top], rows[top:]
    assert len(shown) == min(top, len(counts)) and len(rest) == (len(counts) > top)
    assert [row["variant"] for row in rows] == [*range(1, len(shown) + 1), *([None] * len(rest))]
    left = dict(twin.paths)
    for row in shown:
        path = tuple(row["path"])
        variant = left.pop(path)
        assert (row["customers"], row["places"]) == (counts[path], len(path))
        assert close(row["median_time"], variant.timed)
        assert result.customers(row["variant"]) == sorted(set(variant.customers))
    order = [(-row["customers"], row["places"], row["path"]) for row in shown]
    assert order == sorted(order)
    assert all(len(variant.customers) <= shown[-1]["customers"] for variant in left.values())
    for row in rest:
        others = [who for variant in left.values() for who in variant.customers]
        assert (row["path"], row["places"], row["customers"]) == (None, None, len(others))
        assert close(row["median_time"], [time for variant in left.values() for time in variant.timed])
        assert result.customers(None) == sorted(set(others))
    so_far = 0
    for row in rows:
        so_far += row["customers"]
        assert row["share"] == pytest.approx(row["customers"] / everyone)
        assert row["cumulative"] == pytest.approx(so_far / everyone)
    told(result, twin, left)


def told(result: Any, twin: Any, left: dict[Any, Any]) -> None:
    """The notes say what is not in the table."""
    notes = {note.code: note.values for note in result.notes}
    shown = [row["customers"] for row in result.table.to_pylist() if row["variant"]]
    tied = sum(len(variant.customers) == shown[-1] for variant in left.values()) if shown else 0
    assert notes.get("variants_tied", {}).get("variants", 0) == tied
    assert notes.get("paths_cut", {}).get("paths", 0) == twin.cut
    untimed = sum(time is None for variant in twin.paths.values() for time in variant.times)
    assert notes.get("untimed_paths", {}).get("paths", 0) == untimed
    outside = [values for code, values in notes.items() if code.startswith("paths_without_")]
    assert sum(values["paths"] for values in outside) == twin.outside
    for values in outside:
        assert (values.get("start"), values.get("end")) == (result.spec.start, result.spec.end)


@settings(max_examples=examples(80))
@given(options=questions(), top=st.sampled_from((1, 3, 20, 1000)), data=st.data())
def test_any_variants_are_the_twins(states: list[Case], options: dict[str, Any], top: int, data: Any) -> None:
    agree(states[data.draw(st.integers(0, len(states) - 1))], options, top)


@settings(max_examples=examples(30))
@given(options=questions(), data=st.data())
def test_any_customer_is_explained(states: list[Case], options: dict[str, Any], data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1))]
    result, twin = asked(case.ws, 4, **options), variants(case.events, **options)
    who = data.draw(st.sampled_from(sorted({event.customer for event in case.events})))
    numbers = {tuple(row["path"]): row["variant"] for row in result.table.to_pylist() if row["variant"]}
    found = result.explain(who)
    counted = [path for path in found.paths if path.counted]
    expected = [
        (path, time) for path, variant in twin.paths.items()
        for customer, time in zip(variant.customers, variant.times, strict=True) if customer == who
    ]  # fmt: skip
    assert found.customer == who
    assert Counter((tuple(one.path), one.took) for one in counted) == Counter(expected)
    for one in counted:
        path = tuple(one.path)
        assert (one.variant, one.customers) == (numbers.get(path), len(twin.paths[path].customers))
        assert one.share == pytest.approx(len(twin.paths[path].customers) / result.everyone)
    for lang in ("en", "zh"):
        text = found.text(lang)
        assert who in text and text.count("→") >= sum(len(set(one.path)) > 1 for one in counted)


def test_times_that_are_not_exact(tmp_path: Path) -> None:
    dice = random.Random(3)
    events = [
        replace(e, time_basis=dice.choice((None, None, "exact", "day", "order"))) for e in dict.fromkeys(ugly(31))
    ]
    case = Case("bases", workspace(tmp_path / "w", events), events)
    agree(case, {"by": "channel", "fold": True}, 6)
    twin = variants(events)
    for who in ("c1", "c2", "c3", "c4", "c5", "c6"):
        [path] = case.ws.variants().explain(who).paths
        variant = twin.paths[tuple(path.path)]
        assert path.took == variant.times[variant.customers.index(who)]
    nobody = [replace(e, time_basis="order") for e in events]
    result = workspace(tmp_path / "o", nobody).variants()
    assert result.table["median_time"].null_count == result.table.num_rows > 1
    assert "—" in str(result) and "0ms" not in result.explain("c1").text("en")


def test_the_same_paths_are_chosen_in_every_build(tmp_path: Path) -> None:
    """Among many paths of one customer each, which are shown does not depend on codes, buckets or the tail."""
    events = ugly(17, customers=60)
    first = workspace(tmp_path / "a", events)
    late = [event for event in events if event.event == "A"]
    other = workspace(tmp_path / "b", [event for event in events if event.event != "A"], late)
    tables = [ws.variants(top=5).table for ws in (first, other)]
    other.compact()
    tables.append(other.variants(top=5).table)
    assert first.snapshot().events != other.snapshot().events, "codes differ, or this tests nothing"
    assert tables[0].equals(tables[1]) and tables[0].equals(tables[2])


def test_earlier_commits_and_narrower_views(tmp_path: Path) -> None:
    parts = [ugly(21), ugly(22, customers=60)]
    ws = workspace(tmp_path / "w", *parts)
    agree(Case("at 0", ws.at(0), parts[0]), {"fold": True}, 5)
    both = [event for part in parts for event in part]
    agree(Case("web", ws.journeys(where="channel = 'web'"), [e for e in both if e.channel == "web"]), {}, 5)


def test_what_does_not_exist(made: Any) -> None:
    case = made(ugly(5, customers=20))
    with pytest.raises(UnknownName, match="unknown event 'Z'"):
        case.ws.variants(start="Z")
    with pytest.raises(BadInput, match="no variant 7"):
        case.ws.variants(top=3).customers(7)
    with pytest.raises(BadInput, match="no variant None"):
        case.ws.variants(top=1000).customers(None)
    with pytest.raises(UnknownName, match="unknown customer"):
        case.ws.variants().explain("nobody")
    with pytest.raises(BadInput, match="value holds a number"):
        case.ws.variants(by="value")
    empty = made([])
    assert empty.ws.variants().table.num_rows == 0 and empty.ws.variants().notes == []


@pytest.mark.parametrize("most", [None, 2])
def test_a_chart_is_a_row_of_cells_for_each_path(states: list[Case], most: int | None) -> None:
    result = states[0].ws.variants(top=9, most=most)
    option, rows = result.chart("en"), result.table.to_pylist()[:9]
    heat, called = option["series"][0], result.naming.names("event", "en")  # other tests may have saved a model here
    colors = {piece["value"]: piece["color"] for piece in option["visualMap"]["pieces"]}
    legend = {one["name"]: one["itemStyle"]["color"] for one in option["series"][1:]}
    drawn: dict[int, dict[int, str]] = {}
    for cell in heat["data"]:
        place, line, value = cell["value"]
        drawn.setdefault(line, {})[place] = next(name for name, color in legend.items() if color == colors[value])
    assert [[line[place] for place in sorted(line)] for line in drawn.values()] == [
        [called.get(name, name) for name in row["path"]] for row in rows
    ]
    for label, row in zip(option["yAxis"][1]["data"], rows, strict=True):
        assert f"|{row['customers']:,}}}" in label
    assert option["legend"]["data"] == list(legend) and set(legend) <= {called.get(name, name) for name in "ABCD"}
    assert f"{100 * rows[-1]['cumulative']:.1f}%" in option["title"]["text"]


def test_a_chart_of_many_long_paths_says_what_it_leaves_out(made: Any) -> None:
    events = [Event(f"{c}-{i}", START + i, f"c{c}", f"N{(i + c) % 30}") for c in range(3) for i in range(30)]
    option = made(events).ws.variants().chart("en")
    cells = option["series"][0]["data"]
    assert max(cell["value"][0] for cell in cells) == 23 and "up to place 24" in option["title"]["subtext"]
    assert option["legend"]["data"][-1] == "other places" and len(option["legend"]["data"]) == 9


@pytest.mark.parametrize("fold", [False, True])
def test_the_variants_of_a_bank(log: pl.DataFrame, bank: Workspace, fold: bool) -> None:  # noqa: F811
    """BPI Challenge 2017: as another program groups the lists of events."""
    lines = log.sort("user_id", "time", "sequence")
    if fold:
        lines = lines.filter(pl.col("event").ne_missing(pl.col("event").shift(1).over("user_id")))
    took = pl.col("time").last() - pl.col("time").first()
    paths = lines.group_by("user_id", maintain_order=True).agg(
        pl.col("event").str.join("\t").alias("path"), took.dt.total_microseconds().alias("took")
    )
    expected = paths.group_by("path").agg(pl.len().alias("customers"), pl.col("took"), pl.col("user_id"))
    known = {row["path"]: row for row in expected.to_dicts()}
    result = bank.variants(fold=fold, top=50)
    assert (result.variants, result.everyone) == (len(known), 31_509)
    counts = sorted(expected["customers"].to_list(), reverse=True)
    rows = result.table.to_pylist()
    assert [row["customers"] for row in rows[:-1]] == counts[:50]
    for row in rows[:-1]:
        other = known["\t".join(row["path"])]
        assert row["customers"] == other["customers"] and close(row["median_time"], other["took"])
    assert result.customers(2) == sorted(known["\t".join(rows[1]["path"])]["user_id"])
    assert rows[-1]["customers"] == 31_509 - sum(counts[:50])
