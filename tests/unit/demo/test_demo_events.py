"""The shipped tables as events, recounted from the tables by other means."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

import pandas as pd
import pyarrow as pa
import pytest

from lvtu.core.record import RECORD
from lvtu.demo import airport
from lvtu.demo.build import EVENTS
from lvtu.demo.files import NAMES, read
from lvtu.errors import UnknownName


@cache
def raw(name: str) -> pd.DataFrame:
    return read(name).to_pandas()


@cache
def events(name: str) -> pa.Table:
    return EVENTS[name](read(name))


@cache
def rows(name: str) -> list[dict]:
    return events(name).to_pylist()


@pytest.mark.parametrize("name", NAMES)
def test_every_event_is_a_record(name: str) -> None:
    assert events(name).schema.equals(RECORD)
    for field in ("message_id", "time", "event", "source", "time_basis"):
        assert events(name)[field].null_count == 0, field
    ids = events(name)["message_id"].to_pylist()
    assert len(set(ids)) == len(ids)
    assert all(isinstance(json.loads(text), dict) for text in events(name)["properties"].to_pylist() if text)


def test_unknown_demonstration() -> None:
    with pytest.raises(UnknownName, match="airport"):
        read("airprt")


def test_every_answer_of_the_airport_is_one_event() -> None:
    table = raw("airport")
    found = defaultdict(Counter)
    for row in rows("airport"):
        if row["score"] is not None:
            name = json.loads(row["properties"]).get("item", "q15problem")
            found[name, row["event"], row["scale"]][int(row["score"])] += 1
    for item in (*airport.ITEMS, airport.PRECHECK):
        expected = Counter(table.loc[table[item.column].between(1, 5), item.column].astype(int))
        assert found[item.column, item.event, item.scale] == expected, item.column
    assert len(found) == len(airport.ITEMS) + 3
    given = Counter(int(row["score"]) for row in rows("airport") if row["scale"] == "nps")
    assert given == Counter(table.netpro[table.netpro.between(0, 10)].astype(int))
    assert max(given) == 10
    met = Counter(table.q15problem[table.q15problem.between(1, 2)])
    assert found["q15problem", "Problem Question Answered", "yesno"] == {1: met[1], 0: met[2]}


def test_what_was_skipped_is_no_answer_but_kept() -> None:
    table = raw("airport").set_index(["year", "respnum"])
    first = {row["user_id"]: json.loads(row["properties"]) for row in rows("airport") if row["sequence"] == 1}
    names = [item.column for item in airport.ITEMS]
    assert len(first) == len(table)
    for (year, number), row in table.iterrows():
        known = first[f"{year}-{number}"]
        assert known["not_used"] == [name for name in names if row[name] == 6]
        assert known["blank"] == [name for name in names if row[name] == 0 or pd.isna(row[name])]


def test_airport_scales_follow_the_question() -> None:
    scales = {"q7": "csat5", "q9": "clean5", "q10": "safe5", "q12": "better5", "q13": "ease5", "q14": "ease5"}
    for item in (*airport.ITEMS, airport.PRECHECK):
        digits = "".join(char for char in item.column[1:3] if char.isdigit())
        assert item.scale == scales[f"q{digits}"], item.column


def test_airport_events_say_what_is_the_models() -> None:
    for row in rows("airport"):
        known = json.loads(row["properties"])
        assert known["year"] in (2017, 2018)
        assert row["user_id"].startswith(f"{known['year']}-")
        assert row["time_basis"] == "order"
        assert row["time"].isoformat() == f"{known['year']}-01-01T00:00:00+00:00"
        assert 0 < row["weight"] < 5


def test_airport_journeys_follow_the_model() -> None:
    order = [step.event for step in airport.MODEL.steps]
    journeys = defaultdict(list)
    for row in sorted(rows("airport"), key=lambda row: (row["user_id"], row["sequence"], row["message_id"])):
        journeys[row["user_id"]].append(row["event"])
    assert len(journeys) == 5640
    for names in journeys.values():
        places = [order.index(name) for name in names if name in order]
        assert places == sorted(places)
        assert names[0] == "Airport Reached"


def test_every_step_of_the_airport_is_rated_somewhere() -> None:
    assert {step.event for step in airport.MODEL.steps} | {airport.WHOLE} == {item.event for item in airport.ITEMS}


def test_problems_carry_text_and_codes() -> None:
    table = raw("airport")
    found = [row for row in rows("airport") if row["event"] == "Problem Reported"]
    assert len(found) == (table.q15problem == 1).sum()
    verbatims = table[(table.q15problem == 1) & table.q15a.notna()]
    written = verbatims[~verbatims.q15a.isin(["TO TRANSLATE", "TRANSLATE"])]
    assert (len(verbatims), len(written)) == (354, 347)
    assert sorted(row["text"] for row in found if row["text"]) == sorted(written.q15a)
    assert Counter(row["language"] for row in found if row["text"]) == {"en": 344, "es": 3}
    assert {row["text"] for row in found if row["language"] == "es"} == set(written.q15a[written.lang == 2])


def test_one_order_per_invoice() -> None:
    lines = raw("retail")
    groups: dict[str, list] = {}
    columns = (lines.InvoiceNo, lines.InvoiceDate, lines.Quantity, lines.UnitPrice, lines.CustomerID)
    for number, time, quantity, price, customer in zip(*columns, strict=True):
        group = groups.setdefault(number, [time, 0.0, 0, 0, customer])
        group[0] = min(group[0], time)
        group[1] += quantity * price
        group[2] += quantity
        group[3] += 1
    found = {json.loads(row["properties"])["invoice"]: row for row in rows("retail")}
    assert found.keys() == groups.keys()
    for number, (time, value, items, count, customer) in groups.items():
        row, known = found[number], json.loads(found[number]["properties"])
        assert row["value"] == pytest.approx(value, abs=0.006)
        assert (known["items"], known["lines"]) == (items, count)
        assert row["time"].replace(tzinfo=None) == time
        assert row["user_id"] == (None if pd.isna(customer) else str(int(customer)))
        assert (row["event"] == "Order Cancelled") == number.startswith("C")


def test_only_stock_and_debt_are_no_orders() -> None:
    names = Counter((row["event"], row["user_id"] is None) for row in rows("retail"))
    assert names == {
        ("Order Placed", False): 18536,
        ("Order Cancelled", False): 3654,
        ("Order Placed", True): 1427,
        ("Order Cancelled", True): 182,
        ("Stock Adjusted", True): 2098,
        ("Bad Debt Adjusted", True): 3,
    }


def test_complaints_step_by_step() -> None:
    table = raw("complaints")
    names = Counter(row["event"] for row in rows("complaints"))
    relief = table.response.isin(["Closed with monetary relief", "Closed with non-monetary relief"]).sum()
    overdue = (table.response == "Untimely response").sum()
    assert names == {
        "Complaint Received": 2827,
        "Complaint Sent to Company": 2827,
        "Company Responded": 2827 - overdue,
        "Company Response Overdue": overdue,
        "Relief Given": relief,
    }


def test_only_dated_steps_of_complaints_have_a_day() -> None:
    bases = {(row["event"], row["time_basis"]) for row in rows("complaints")}
    assert {event for event, basis in bases if basis == "day"} == {"Complaint Received", "Complaint Sent to Company"}
    received = {row["anonymous_id"]: row["time"] for row in rows("complaints") if row["sequence"] == 1}
    for row in rows("complaints"):
        assert row["time"] >= received[row["anonymous_id"]]
    dates = dict(
        zip("complaint-" + raw("complaints").complaint_id.astype(str), raw("complaints").received, strict=True)
    )
    assert {who: time.date() for who, time in received.items()} == dates


def test_complaints_keep_the_story_and_the_answer() -> None:
    table = raw("complaints").set_index("complaint_id")
    for row in rows("complaints"):
        source = table.loc[row["anonymous_id"].removeprefix("complaint-")]
        if row["sequence"] == 1:
            assert row["text"] == source.narrative
        else:
            assert row["text"] is None
        if row["sequence"] >= 3:
            known = json.loads(row["properties"])
            assert (known["timely"], known["response"]) == (source.timely == "Yes", source.response)


def test_paths_become_touches_and_orders() -> None:
    table = raw("paths")
    paths = defaultdict(list)
    for row in rows("paths"):
        paths[row["anonymous_id"]].append((row["sequence"], row["event"], row["channel"], row["time_basis"]))
    assert len(paths) == len(table)
    for journey, path, converted in zip(table.journey, table.path, table.conversion, strict=True):
        channels = path.split(" > ")
        expected = [
            (number, "Channel Touched", channel, "exact" if number == 1 else "order")
            for number, channel in enumerate(channels, start=1)
        ]
        if converted:
            expected.append((len(channels) + 1, "Order Completed", None, "day"))
        assert paths[f"journey-{journey}"] == expected


def test_a_path_never_repeats_a_channel() -> None:
    """Why a touch is not a visit: the source folded visits in a row through one channel."""
    table = raw("paths")
    for path in table.path[table.path.str.contains(">")]:
        channels = path.split(" > ")
        assert all(a != b for a, b in pairwise(channels))
    assert (table.sessions >= table.path.str.count(">") + 1).all()
    assert (table.sessions > table.path.str.count(">") + 1).any()
