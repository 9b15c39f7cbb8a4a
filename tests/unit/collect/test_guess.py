"""Guesses from names and contents, on made-up and on real files."""

import pyarrow as pa
import pytest

from lvtu.collect import guess
from unit.collect.collecting import all_of


def feeds(found):
    return {name: feed and (feed.column or {"constant": feed.constant}) for name, feed in found.mapping.fields.items()}


def test_chinese_names():
    rows = [
        {
            "用户": f"u{i}",
            "手机号": f"1380000000{i}",
            "时间": f"2026/01/0{i + 1} 09:00",
            "事件": "下单",
            "渠道": "小程序",
            "金额": "12.5",
        }
        for i in range(5)
    ]
    found = guess(rows)
    assert feeds(found) == {"time": "时间", "user_id": "用户", "event": "事件", "channel": "渠道", "value": "金额"}
    assert found.mapping.identifiers["phone"].column == "手机号"
    assert found.sample.num_rows == 5 and found.sample["value"][0].as_py() == 12.5


def test_content_decides_where_names_do_not_help():
    rows = [{"x": f"a{i}@shop.example", "y": f"{i + 13}/01/2026 10:00", "z": "1"} for i in range(9)]
    found = guess(rows)
    assert feeds(found)["time"] == "y" and found.mapping.fields["time"].format == ("%d/%m/%Y %H:%M",)
    assert feeds(found)["user_id"] == "x" and feeds(found)["event"] == {"constant": "Record"}
    assert any("customer" in note.code for note in found.notes)


def test_a_value_that_is_no_number_is_not_the_value():
    found = guess(pa.table({"user": ["a"], "time": ["2026-01-01"], "event": ["E"], "value": ["high"]}))
    assert found.mapping.fields["value"] is None and found.sample.num_rows == 1


def orders(amounts, **more):
    times = [f"3/{day}/2026 {hour}:05 {half}" for day, hour, half in ((1, 9, "AM"), (14, 8, "PM"), (15, 12, "AM"))]
    each = zip(times, amounts, strict=True)
    return [{"Customer ID": "c", "Order Date": at, "Action": "Order", "Amount": paid, **more} for at, paid in each]


def test_money_and_clocks_as_shops_write_them():
    found = guess(orders(["$1,234.50", "", "$20.00"]))
    assert feeds(found)["value"] == "Amount" and feeds(found)["currency"] == {"constant": "USD"}
    assert [t.isoformat() for t in found.sample["time"].to_pylist()] == [
        "2026-03-01T09:05:00+00:00",
        "2026-03-14T20:05:00+00:00",
        "2026-03-15T00:05:00+00:00",
    ]
    assert found.sample["value"].to_pylist() == [1234.5, None, 20.0]
    assert [note.code for note in found.notes] == ["no_zone", "currency_by_sign"]


def test_a_decimal_comma_is_proposed_where_it_fits():
    found = guess(orders(["1.234,50", "49,90", "5,00"]))
    assert found.mapping.fields["value"].decimal == "," and found.sample["value"].to_pylist() == [1234.5, 49.9, 5.0]
    assert "currency" not in found.mapping.fields


@pytest.mark.parametrize(("points", "decimal"), [(0, ","), (1, ","), (20, None), (39, "."), (40, ".")])
def test_decimals_written_both_ways_are_told(points, decimal):
    paid = ["12.50"] * points + ["12,50"] * (40 - points)
    found = guess([{"user": "u", "time": "2026-03-01", "event": "E", "amount": one} for one in paid])
    feed = found.mapping.fields.get("value")
    assert (feed and feed.decimal) == decimal
    told = [note.values for note in found.notes if note.code == "mixed_decimals"]
    assert told == ([{"column": "amount", "point": "12.50", "comma": "12,50"}] if 0 < points < 40 else [])


def test_a_currency_is_proposed_only_where_the_signs_agree_and_no_column_names_it():
    assert "currency" not in guess(orders(["$1", "€2", "$3"])).mapping.fields
    assert feeds(guess(orders(["$1", "$2", "$3"], Currency="AUD")))["currency"] == "Currency"


@pytest.mark.parametrize(
    ("time", "asked"),
    [
        ("2026-03-01 09:05", True),
        ("2026-03-01", True),
        ("2026-03-01T09:05:00+08:00", False),
        ("2026-03-01T09:05:00Z", False),
        ("1772355900", False),
        ("2026/3/1 9:05", True),
    ],
)
def test_only_times_without_a_zone_are_asked_for_one(time, asked):
    found = guess([{"user": "a", "time": time, "event": "E"}])
    assert ("no_zone" in [note.code for note in found.notes]) is asked


@pytest.mark.parametrize(("id_", "told"), [("1.38E+10", True), ("13812345678", False), ("E+10", False)])
def test_ids_that_a_spreadsheet_has_rounded_are_told(id_, told):
    found = guess([{"user_id": "13912345678", "time": "2026-03-01", "event": "E"}, {"user_id": id_}])
    assert ("rounded_ids" in [note.code for note in found.notes]) is told


def test_a_source_without_time_says_so():
    found = guess(pa.table({"customer": ["a", "b"], "colour": ["red", "red"]}))
    assert "time" not in found.mapping.fields and "no_time" in [note.code for note in found.notes]


@pytest.mark.parametrize(
    ("file", "want"),
    [
        (
            "retail/uci_online_retail_2010_2011.parquet",
            {"time": "InvoiceDate", "user_id": "CustomerID", "value": "UnitPrice"},
        ),
        (
            "eventlogs/bpic2017_application_full.parquet",
            {"time": "time:timestamp", "user_id": "case:concept:name", "event": "concept:name"},
        ),
        (
            "eventlogs/receipt_wabo_coselog.parquet",
            {"time": "time:timestamp", "user_id": "case:concept:name", "channel": "case:channel"},
        ),
    ],
)
def test_real_files(real_data, file, want):
    found = feeds(guess(real_data / file))
    assert {name: found.get(name) for name in want} == want


def test_a_real_survey_by_hand(real_data):
    """Every answered rating of the airport's survey, counted by the csv module alone."""
    import csv

    path = real_data / "airport" / "2018_SFO_Customer_Survey.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    asked = [name for name in rows[0] if name.startswith("Q7") and name != "Q7ALL"][:5]
    mapping = {
        "fields": {"user_id": "RESPNUM", "time": {"constant": "2018-05-01"}, "weight": "WEIGHT"},
        "time_basis": "order",
        "properties": "none",
        "events": [
            {"event": f"{name} Rated", "score": name, "when": {"column": name, "is": [1, 2, 3, 4, 5]}} for name in asked
        ],
    }
    records, rejected = all_of(path, mapping)
    want = sorted(
        (row["RESPNUM"], f"{n} Rated", float(row[n]), float(row["WEIGHT"]))
        for row in rows
        for n in asked
        if row[n] in set("12345")
    )
    assert rejected == []
    assert sorted((r["user_id"], r["event"], r["score"], r["weight"]) for r in records) == want
