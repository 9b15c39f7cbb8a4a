"""Fields: numbers, ids, scores, conditions, several events per row; and what is refused."""

import json
import math
from datetime import timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from lvtu.collect import Mapping, raw_rows, read, validate_events
from lvtu.errors import BadInput, UnknownName
from unit.collect.collecting import BASE, all_of, one, rows, table, utc


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"event": ""}, "event"),
        ({"event": None}, "event"),
        ({"user_id": ""}, "user_id"),
        ({"value": "12 apples"}, "value"),
        ({"value": "€ 1.234,50"}, "value"),
        ({"score": "1,234"}, "score"),
        ({"value": math.nan}, "value"),
        ({"value": "inf"}, "value"),
        ({"value": -math.inf}, "value"),
        ({"score": "good"}, "score"),
        ({"score": 11, "scale": "nps"}, "score"),
        ({"score": -1, "scale": "csat5"}, "score"),
        ({"sequence": 1.5}, "sequence"),
        ({"weight": "heavy"}, "weight"),
        ({"properties": "[1]"}, "properties"),
        ({"properties": [1]}, "properties"),
        ({"identifiers": "x"}, "identifiers"),
    ],
)
def test_rows_that_cannot_be_are_refused_with_their_raw(change, field):
    row = {**BASE, **change}
    records, rejected = all_of([BASE, row])
    assert len(records) == 1
    assert [bad["field"] for bad in rejected] == [field]
    assert rejected[0]["place"] == "rows:2"


@pytest.mark.parametrize(
    ("text", "decimal", "want"),
    [
        ("￥1,234.50", ".", 1234.5),
        ("¥ 88", ".", 88.0),
        ("-$1,234,567", ".", -1234567.0),
        ("$-5.5", ".", -5.5),
        ("30元", ".", 30.0),
        ("1,049.90 €", ".", 1049.9),
        ("€ 1.049,90", ",", 1049.9),
        ("£20", ".", 20.0),
    ],
)
def test_amounts_may_carry_a_currency_s_sign_and_thousands(text, decimal, want):
    assert one({**BASE, "value": text}, {"fields": {"value": {"column": "value", "decimal": decimal}}})["value"] == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("12,50", 12.5),
        ("1234", 1234.0),
        (" 1.234,5 ", 1234.5),
        ("€1.234", 1234.0),
        ("-1.234.567,25", -1234567.25),
        ("+5 €", 5.0),
        ("12.50", None),
        ("1,234.5", None),
        (".5", None),
        ("0.123", None),
        ("1234.567", None),
        ("1.23.456", None),
        ("1,234.50.1", None),
        ("1.234,", None),
        ("1,5,5", None),
        ("1.5e2元", None),
    ],
)
def test_with_a_decimal_comma_points_only_part_thousands(text, want):
    got = one({**BASE, "value": text}, {"fields": {"value": {"column": "value", "decimal": ","}}})
    assert got[0] == "value" if want is None else got["value"] == want


def test_nothing_is_lost_from_a_good_row():
    row = {
        **BASE,
        "message_id": "m",
        "received_at": "2026-01-01T01:00:00Z",
        "anonymous_id": 7,
        "channel": "web",
        "source": "s",
        "identifiers": {"email": "a@x", "phone": 123, "none": None},
        "value": "12.5",
        "currency": "EUR",
        "score": 9,
        "scale": "nps",
        "text": "好",
        "language": "zh",
        "sequence": 3,
        "weight": 0.5,
        "properties": {"a": {"b": None}, "p": 1},
        "p": 2,
        "q": [1, None],
    }
    assert one(row) == {
        "message_id": "m",
        "time": utc("2026-01-01T00:00:00"),
        "received_at": utc("2026-01-01T01:00:00"),
        "user_id": "u",
        "anonymous_id": "7",
        "identifiers": {"email": "a@x", "phone": "123"},
        "event": "E",
        "channel": "web",
        "source": "s",
        "value": 12.5,
        "currency": "EUR",
        "score": 9.0,
        "scale": "nps",
        "text": "好",
        "language": "zh",
        "sequence": 3,
        "time_basis": "day",
        "weight": 0.5,
        "properties": {"a": {"b": None}, "p": 1, "q": [1, None]},
    }


def test_big_sequences_stay_exact():
    assert one({**BASE, "sequence": 2**62 + 1})["sequence"] == 2**62 + 1
    assert all_of(pa.Table.from_pylist([{**BASE, "sequence": 2**62 + 1}]))[0][0]["sequence"] == 2**62 + 1


def test_ids_kept_as_floats_are_whole_again():
    data = pa.table(
        {"user_id": [12346.0, None], "event": ["E", "E"], "time": ["2026-01-01"] * 2, "anonymous_id": [None, "a"]}
    )
    assert [row.get("user_id") for row in all_of(data)[0]] == ["12346", None]


def test_typed_columns_become_typed_json():
    data = pa.Table.from_pylist(
        [
            {
                **BASE,
                "i": 1,
                "f": 1.5,
                "b": True,
                "s": 'q"\\\n\x01',
                "t": utc("2026-01-01T00:00:00"),
                "l": [1, None],
                "d": {"x": None, "y": "z"},
                "n": None,
            },
            {**BASE, "i": None, "f": math.nan, "b": None, "s": "", "t": None, "l": None, "d": None, "n": None},
        ]
    )
    records, rejected = all_of(data)
    assert rejected == []
    assert records[0]["properties"] == {
        "i": 1,
        "f": 1.5,
        "b": True,
        "s": 'q"\\\n\x01',
        "t": "2026-01-01T00:00:00Z",
        "l": [1, None],
        "d": {"x": None, "y": "z"},
    }
    assert records[1]["properties"] == {"s": ""}


def test_own_properties_may_be_a_struct_a_map_or_text():
    want = [{"a": 1}]
    for column in (
        pa.array([{"a": 1}]),
        pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
        pa.array(['{"a": 1}']),
    ):
        data = table(1).append_column("properties", column)
        assert [row["properties"] for row in all_of(data)[0]] == want


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.Table.from_pylist])
def test_frames_of_every_library(make):
    data = rows(4, price=2.5, city="x")
    records, rejected = all_of(make(data))
    assert rejected == [] and records == all_of(data)[0]


def test_a_duckdb_relation_and_a_categorical():
    import duckdb

    data = pa.table(
        {"user_id": ["a", "b"], "event": pa.array(["E", "F"]).dictionary_encode(), "time": ["2026-01-01"] * 2}
    )
    assert [row["event"] for row in all_of(data)[0]] == ["E", "F"]
    con = duckdb.connect()
    relation = con.sql("select 'a' as user_id, 'E' as event, timestamp '2026-01-01' as time, 3 as n")
    assert all_of(relation)[0] == [
        {"user_id": "a", "event": "E", "time": utc("2026-01-01T00:00:00"), "properties": {"n": 3}}
    ]


def test_conditions_and_maps():
    data = [
        {**BASE, "via": via, "status": s} for via, s in [(1, "ok"), ("2", "void"), (3, None), (None, "ok"), (9, "ok")]
    ]
    mapping = {
        "fields": {"channel": {"column": "via", "map": {1: "web", "*": "other"}, "default": "none"}},
        "where": {"column": "status", "not": "void"},
        "properties": "none",
    }
    records, rejected = all_of(data, mapping)
    assert rejected == [] and [row["channel"] for row in records] == ["web", "none", "other"]
    mapping["where"] = {"column": "status", "missing": True}
    assert [row["channel"] for row in all_of(data, mapping)[0]] == ["other"]


def test_a_survey_row_becomes_its_answers():
    data = pa.table({"id": [1, 2], "food": [5, 0], "shop": [6, 3], "day": ["2026-01-01"] * 2, "gate": ["A", "B"]})
    answer = {"scale": {"constant": "csat5"}}
    mapping = {
        "fields": {"user_id": "id", "time": "day", "message_id": {"column": "id"}},
        "events": [
            {"event": "Food Rated", "score": "food", "when": {"column": "food", "not": [0, 6]}, **answer},
            {"event": "Shop Rated", "score": "shop", "when": {"column": "shop", "is": [1, 2, 3, 4, 5]}, **answer},
            {"event": "Left"},
        ],
    }
    records, rejected = all_of(data, mapping)
    assert rejected == []
    got = {(row["user_id"], row["event"], row.get("score"), row["sequence"], row["message_id"]) for row in records}
    assert got == {
        ("1", "Food Rated", 5.0, 1, "1/1"),
        ("2", "Shop Rated", 3.0, 2, "2/2"),
        ("1", "Left", None, 3, "1/3"),
        ("2", "Left", None, 3, "2/3"),
    }
    assert all(row["properties"] == {"gate": {"1": "A", "2": "B"}[row["user_id"]]} for row in records)


def test_properties_can_be_chosen_renamed_and_typed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "user_id,event,time,zip,n,flag\nu,E,2026-01-01,007,12,yes\nu,E,2026-01-01,12,x,0\n", encoding="utf-8"
    )
    get = lambda mapping: [row.get("properties") for row in all_of(path, mapping)[0]]  # noqa: E731
    assert get(None) == [{"zip": "007", "n": 12, "flag": "yes"}, {"zip": 12, "n": "x", "flag": 0}]
    typed = [{"zip": "007", "n": 12, "flag": True}, {"zip": "12", "n": "x", "flag": False}]
    assert get({"types": {"zip": "text", "flag": "bool"}}) == typed
    assert get({"properties": ["n"]}) == [{"n": 12}, {"n": "x"}]
    assert get({"properties": {"number": "n"}}) == [{"number": 12}, {"number": "x"}]
    assert get({"properties": "none"}) == [None, None]


def test_nested_paths_null_tokens_and_decimal_signs():
    mapping = {
        "fields": {"channel": "ctx.via", "value": {"column": "v", "decimal": ","}},
        "null": ["-"],
        "properties": "none",
    }
    nested = {**BASE, "ctx": {"via": "web"}, "v": "1.234,5"}
    for source in ([nested], pa.Table.from_pylist([nested])):
        [record] = all_of(source, mapping)[0]
        assert (record["channel"], record["value"]) == ("web", 1234.5)
    assert "channel" not in one({**nested, "ctx": {"via": "-"}}, mapping)


@pytest.mark.parametrize("name", ["fields", "identifiers", "properties", "where"])
def test_a_column_that_does_not_exist_is_named(name):
    mapping = {
        "fields": {"fields": {"user_id": "usr"}},
        "identifiers": {"identifiers": {"email": "usr"}},
        "properties": {"properties": ["usr"]},
        "where": {"where": {"column": "usr", "missing": True}},
    }[name]
    for source in (table(), rows(3)):
        with pytest.raises(UnknownName, match="unknown column 'usr'"):
            list(read(source, mapping))


def test_a_table_that_feeds_no_time_says_so():
    with pytest.raises(BadInput, match="'time'"):
        list(read(pa.table({"user_id": ["a"], "event": ["E"]})))


def test_mended_rows_are_read_again(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text("Email,When,n\na@x,31/12/2025,12\nb@x,2026-01-01,x\n", encoding="utf-8")
    fields = {"user_id": "Email", "event": {"constant": "Order"}, "time": "When"}
    [batch] = read(path, {"fields": fields})
    assert batch.records.num_rows == 1 and batch.rejected["place"].to_pylist() == ["orders.csv:2"]
    mended = {"fields": fields | {"time": {"column": "When", "format": "%d/%m/%Y"}}}
    records, rejected = all_of([row for *_, row in raw_rows(batch.rejected)], mended)
    want, _ = all_of(path, mended)
    assert rejected == [] and records == want[:1]


def test_batches_are_bounded_and_sources_named():
    many = pa.table(
        {
            "user_id": pa.repeat("u", 1_200_000),
            "event": pa.repeat("E", 1_200_000),
            "time": pa.repeat(utc("2026-01-01T00:00:00"), 1_200_000),
        }
    )
    told = []
    sizes = []
    for batch in read(many, source_name="shop", progress=lambda n, part: told.append(n)):
        sizes.append(batch.records.num_rows)
        assert set(batch.records["source"].unique().to_pylist()) == {"shop"}
    assert sum(sizes) == 1_200_000 == told[-1] and max(sizes) <= 500_000
    events = [{"event": "A"}, {"event": "B"}, {"event": "C"}]
    assert max(b.records.num_rows for b in read(many, Mapping.load({"events": events}))) <= 500_000


def test_events_sent_by_a_program():
    extra = {"when": timedelta(hours=1), "tags": {"b", "a"}, "n": np.float64(1.5), "lost": math.nan, "half": "\ud800"}
    records, refused = validate_events([BASE, "x", {**BASE, **extra}, {**BASE, "time": "?"}, {}])
    assert records.num_rows == 2
    assert json.loads(records["properties"][1].as_py()) == {
        "when": "1:00:00",
        "tags": ["a", "b"],
        "n": 1.5,
        "half": "\ufffd",
    }
    assert [(index, field) for index, field, _ in refused] == [(1, "event"), (3, "time"), (4, "event")]
    assert validate_events([])[0].num_rows == 0


def test_identifiers_come_from_their_own_column_and_row():
    data = pa.Table.from_pylist(
        [{**BASE, "mail": f"m{i}" if i % 2 else None, "tel": i if i % 3 else None, "card": f"c{i}"} for i in range(7)]
    )
    mapping = {"identifiers": {"email": "mail", "phone": "tel", "member": "card"}}
    want = [
        {
            k: str(v)
            for k, v in (("email", row["mail"]), ("phone", row["tel"]), ("member", row["card"]))
            if v is not None
        }
        for row in data.to_pylist()
    ]
    records, _ = all_of(data, mapping)
    assert [row["identifiers"] for row in records] == want
    assert all("properties" not in row for row in records)
