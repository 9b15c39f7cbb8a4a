"""A bank's loan applications (BPI Challenge 2017): the graph against directly-follows counts of another program."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest

import lvtu
from contract.cases import close
from lvtu.workspace import Workspace
from naive.conformance import Planned, dijkstra
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


ORDER = [
    "A_Create Application", {"place": "A_Submitted", "optional": True}, "A_Concept", "A_Accepted",
    {"place": "O_Create Offer", "repeatable": True}, {"place": "O_Sent (mail and online)", "within": "30d"},
    {"place": "A_Validating", "repeatable": True}, "A_Pending",
]  # fmt: skip
NAMES = [step if isinstance(step, str) else str(step["place"]) for step in ORDER]


def test_applications_beside_the_designed_order(log: pl.DataFrame, bank: Workspace) -> None:
    """Who did a step at all, how often, and what else was done: counted by Polars, whatever the alignments are."""
    result = bank.conformance(ORDER)
    assert result.customers_all == 31_509
    people = dict(log.group_by("event").agg(pl.col("user_id").n_unique()).iter_rows())
    twice = dict(
        log.group_by("event", "user_id").len().filter(pl.col("len") > 1).group_by("event").len().iter_rows()
    )  # fmt: skip
    for row in result.table.to_pylist():
        done = row["completed"] + row["late"] + row["out_of_order"]
        assert done == people[row["name"]] and row["repeated"] == twice.get(row["name"], 0)
        assert done + row["missing"] + row["skipped"] + row["pending"] == 31_509
    ad_hoc = log.filter(~pl.col("event").is_in(NAMES)).group_by("event").agg(pl.col("user_id").n_unique(), pl.len())
    assert {row["name"]: (row["customers"], row["events"]) for row in result.ad_hoc.to_pylist()} == {
        name: (customers, events) for name, customers, events in ad_hoc.iter_rows()
    }


def test_applications_that_keep_to_the_order(log: pl.DataFrame, bank: Workspace) -> None:
    """Of the designed events alone, those whose names in a row are a word of the design, as a regular expression."""
    letters = dict(zip(NAMES, "acnofsvp", strict=True))
    words = (
        log.sort("user_id", "time", "sequence")
        .filter(pl.col("event").is_in(NAMES))
        .group_by("user_id", maintain_order=True)
        .agg(word=pl.col("event").replace_strict(letters).str.join())
    )
    fitting = words.filter(pl.col("word").str.contains("^ac?nof+sv+p$"))
    quoted = ", ".join(f"'{name}'" for name in NAMES)
    result = bank.conformance(ORDER, where=f"event in ({quoted})")
    assert result.fitting == len(fitting) > 4_000
    # the least that a path costs is what its letters and the word's have not in common: checked on some of each sort
    sample = words.group_by("word").agg(pl.col("user_id").first(), pl.len()).sort("len", "word", descending=True)
    design = [
        Planned((name,), optional=name == "A_Submitted", repeatable=name in ("O_Create Offer", "A_Validating"))
        for name in NAMES
    ]
    names = {letter: name for name, letter in letters.items()}
    for word, who, _ in sample.gather_every(len(sample) // 8).iter_rows():
        assert result.explain(who).cost == dijkstra([names[letter] for letter in word], design), word


def test_offers_are_sent_in_time(log: pl.DataFrame, bank: Workspace) -> None:
    """Each offer is handed to the post: the n-th sending after it, one each, by places in the row of both."""
    row = bank.handoffs([{"source": "A_Accepted", "target": "O_Sent (mail and online)", "within": "1d"}]).table
    found = row.to_pylist()[0]
    accepted = log.filter(pl.col("event") == "A_Accepted").select("user_id", given="time", at="sequence")
    sent = log.filter(pl.col("event") == "O_Sent (mail and online)").select("user_id", "time", "sequence")
    first = (
        accepted.join(sent, on="user_id", how="left")
        .filter(pl.col("time").is_null() | (pl.col("time") > pl.col("given"))
                | ((pl.col("time") == pl.col("given")) & (pl.col("sequence") > pl.col("at"))))
        .group_by("user_id").agg(took=(pl.col("time") - pl.col("given")).min().dt.total_microseconds())
    )  # fmt: skip
    day = 86_400_000_000
    took = first.drop_nulls("took")["took"]
    assert found["handoffs"] == found["customers"] == 31_509, "one acceptance each"
    assert (found["kept"], found["late"]) == (int((took <= day).sum()), int((took > day).sum()))
    end = log["time"].max()
    never = accepted.join(first.drop_nulls("took"), on="user_id", how="anti")
    young = never.filter(pl.col("given") + pl.duration(days=1) > end)
    assert (found["pending"], found["broken"]) == (len(young), len(never) - len(young))
    assert close(found["median_time"], took.to_list())
