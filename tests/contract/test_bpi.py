"""A bank's loan applications (BPI Challenge 2017): the graph against directly-follows counts of another program."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest

import lvtu
from contract.cases import close
from lvtu.workspace import Workspace
from parts import shared


@pytest.fixture(scope="module")
def log() -> pl.DataFrame:
    path = shared("eventlogs/bpic2017_application_full.parquet")
    columns = {"case:concept:name": "user_id", "concept:name": "event", "time:timestamp": "time"}
    frame = pl.read_parquet(path, columns=list(columns)).rename(columns).with_row_index("sequence")
    return frame.with_columns(pl.col("sequence").cast(pl.Int64), message_id=pl.col("sequence").cast(pl.String))


@pytest.fixture(scope="module")
def bank(log: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = lvtu.open(tmp_path_factory.mktemp("bpi") / "bank.lvtu")
    report = ws.ingest(log.to_arrow())
    assert (report.accepted, report.rejected) == (1_202_267, 0)
    return ws


def test_directly_follows(log: pl.DataFrame, bank: Workspace) -> None:
    lines = log.sort("user_id", "time", "sequence")
    expected = (
        lines.with_columns(
            target=pl.col("event").shift(-1).over("user_id"),
            gap=(pl.col("time").shift(-1).over("user_id") - pl.col("time")).dt.total_microseconds(),
        )
        .drop_nulls("target")
        .group_by(source="event", target="target")
        .agg(
            pl.len().alias("transitions"), pl.col("user_id").n_unique().alias("customers"), pl.col("gap").alias("gaps")
        )
    )
    pairs = {(r["source"], r["target"]): r for r in expected.to_dicts()}
    rows = bank.graph().table.to_pylist()
    assert len(rows) == len(pairs) > 100
    for row in rows:
        pair = pairs[row["source"], row["target"]]
        assert (row["transitions"], row["customers"]) == (pair["transitions"], pair["customers"])
        assert close(row["median_time"], pair["gaps"])
    assert sum(row["transitions"] for row in rows) == 1_202_267 - 31_509


def test_a_funnel_of_applications(log: pl.DataFrame, bank: Workspace) -> None:
    """From submission to an accepted offer, by the first and last times of each: these steps keep their order."""
    steps = ["A_Create Application", "A_Complete", "A_Pending"]
    first = {
        s: dict(log.filter(pl.col("event") == s).group_by("user_id").agg(pl.col("time").min()).iter_rows())
        for s in steps
    }
    last = {
        s: dict(log.filter(pl.col("event") == s).group_by("user_id").agg(pl.col("time").max()).iter_rows())
        for s in steps
    }
    reach = [set(first[steps[0]])]
    for before, step in pairwise(steps):
        reach.append({who for who in reach[-1] & set(last[step]) if last[step][who] >= first[before][who]})
    assert bank.funnel(steps).steps == [len(who) for who in reach]


def test_events_per_month(log: pl.DataFrame, bank: Workspace) -> None:
    local = log.with_columns(month=pl.col("time").dt.convert_time_zone("Europe/Amsterdam").dt.truncate("1mo"))
    expected = local.group_by("month").agg(pl.len(), pl.col("user_id").n_unique().alias("customers")).sort("month")
    table = bank.trend(period="month", zone="Europe/Amsterdam").table
    assert table["events"].to_pylist() == expected["len"].to_list()
    assert table["customers"].to_pylist() == expected["customers"].to_list()


def test_sessions_are_the_same(log: pl.DataFrame, bank: Workspace) -> None:
    """Cut where more than a day passes: as many, as long, with the same entries and exits."""
    lines = log.sort("user_id", "time", "sequence").with_columns(
        part=(pl.col("time").diff() > pl.duration(days=1)).fill_null(True).cum_sum().over("user_id")
    )
    parts = lines.group_by("user_id", "part", maintain_order=True).agg(
        n=pl.len(), entry=pl.col("event").first(), leave=pl.col("event").last(),
        us=(pl.col("time").last() - pl.col("time").first()).dt.total_microseconds(),
    )  # fmt: skip
    total = bank.sessions(session_gap="1d").table.to_pylist()[0]
    assert (total["sessions"], total["bounced"]) == (len(parts), parts.filter(pl.col("n") == 1).height)
    assert total["median_duration"] == pytest.approx(parts["us"].median(), rel=0.01)
    entries, exits = (dict(parts.group_by(name).len().iter_rows()) for name in ("entry", "leave"))
    found = {row["event"]: row for row in bank.sessions("event", session_gap="1d").table.to_pylist()}
    assert {name: (row["sessions"], row["exits"]) for name, row in found.items()} == {
        name: (entries.get(name, 0), exits.get(name, 0)) for name in entries.keys() | exits.keys()
    }
