"""Records are cleaned so that equal things are spelled alike; which column holds what is told by its heading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lvtu.core.sentences import Note
from lvtu.errors import BadInput, UnknownName
from lvtu.identity.persons import cleaned
from lvtu.who.records import read_records

SPELLED = [
    ("name", "  José   Núñez ", "jose nunez"),
    ("name", "O’Neil-Smith", "o neil smith"),
    ("name", "张 伟", "张伟"),
    ("name", "阿凡提·艾山", "阿凡提·艾山"),
    ("name", "ＺＨＡＮＧ　Ｗei", "zhang wei"),
    ("name", "-", None),
    ("birth_date", "1971-06-24", "1971-06-24"),
    ("birth_date", "1971/6/4", "1971-06-04"),
    ("birth_date", "19710604", "1971-06-04"),
    ("birth_date", "1971年6月4日", "1971-06-04"),
    ("birth_date", "4.6.1971", "1971-06-04"),
    ("birth_date", "1971-06-24 00:00:00", "1971-06-24"),
    ("birth_date", "unknown", "unknown"),
    ("email", " Ann@Example.ORG ", "ann@example.org"),
    ("phone", "+86 138-0013-8000", "13800138000"),
    ("phone", "008613800138000", "13800138000"),
    ("phone", "0044 20 7946 0000", "442079460000"),
    ("phone", "n/a", None),
    ("postcode", "SW1A 1AA", "sw1a1aa"),
    ("address", "Flat 2,  Main St.", "flat 2 main st"),
    ("city", "  São  Paulo", "sao paulo"),
]


@pytest.mark.parametrize(("kind", "given", "expected"), SPELLED)
def test_a_value_is_spelled_one_way(kind: str, given: str, expected: str | None) -> None:
    assert cleaned({kind: pa.array([given, None, ""])})[kind].to_pylist() == [expected, None, None]


def test_a_name_is_made_of_its_parts() -> None:
    table = cleaned({
        "given_name": pa.array(["伟", "Ann", None, "Bo", None]),
        "family_name": pa.array(["张", "Lee", "Li", None, None]),
    })  # fmt: skip
    assert table["name"].to_pylist() == ["张伟", "ann lee", "li", "bo", None]
    assert cleaned({"given_name": pa.array(["Ann"])}).to_pylist() == [{"name": "ann"}], "half a name is a name"


def read(rows: list[dict[str, Any]], **options: Any) -> Any:
    fields = options.pop("fields", {})
    return read_records(rows, options.get("column"), options.get("kind"), fields)


def test_headings_tell_what_columns_hold() -> None:
    chinese = read([{"会员号": "7", "姓名": "张伟", "出生日期": "1990-01-02", "手机号": "138", "所在城市": "上海"}])
    assert (chinese.kind, chinese.ids.to_pylist()) == ("user_id", ["7"])
    assert chinese.columns == {
        "name": ("姓名",), "birth_date": ("出生日期",), "phone": ("手机号",), "city": ("所在城市",),
    }  # fmt: skip
    row = {"Customer ID": 7, "First Name": "Ann", "Surname": "Lee", "D.O.B.": "1990", "E-Mail": "a@x", "ZIP": "1"}
    english = read([{**row, "House Number": "2", "Street": "Main St", "segment": "gold"}])
    assert english.columns == {
        "given_name": ("First Name",), "family_name": ("Surname",), "birth_date": ("D.O.B.",), "email": ("E-Mail",),
        "address": ("House Number", "Street"), "postcode": ("ZIP",),
    }  # fmt: skip
    assert english.fields["address"].to_pylist() == ["2 main st"]


def test_columns_can_be_named() -> None:
    rows = [{"key": "a@x", "town": "Hull", "alias": "Ann", "mail": "a@x"}]
    named = read(rows, column="mail", fields={"name": "alias", "city": ["town"]})
    assert (named.kind, named.columns) == ("email", {"name": ("alias",), "city": ("town",), "email": ("mail",)})
    assert read(rows, column="key", kind="email").kind == "email"
    assert read(rows, column="key").kind == "user_id"


def test_records_without_an_identifier_are_left_out() -> None:
    found = read([{"user_id": name, "city": city, "zip": "1"} for name, city in (("a", "x"), (" ", "y"), (None, "z"))])
    assert (found.ids.to_pylist(), found.fields["city"].to_pylist()) == (["a"], ["x"])
    assert found.notes == (Note("records_without", rows=2, column="user_id"),)


def test_files_of_every_sort(tmp_path: Path) -> None:
    from openpyxl import Workbook

    columns = {"user_id": [1.0, 2.0, None], "city": ["Hull", None, "York"], "born": ["1990-01-02"] * 3}
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    book = Workbook()
    for row in zip(*([name, *values] for name, values in columns.items()), strict=True):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_text("user_id,city,born\n1,Hull,1990-01-02\n2,,1990-01-02\n,York,1990-01-02\n")
    for name in ("a.parquet", "a.xlsx", "a.csv"):
        found = read_records(tmp_path / name, None, None, {})
        assert (found.ids.to_pylist(), found.place) == (["1", "2"], name)
        assert found.fields["city"].to_pylist() == ["hull", None]
        assert found.fields["birth_date"].to_pylist() == ["1990-01-02"] * 2


WRONG = [
    ({"fields": {}}, [{"key": "1", "city": "x"}], "no column of the records is headed"),
    ({"column": "id"}, [{"key": "1", "city": "x"}], "unknown column 'id'"),
    ({"fields": {"city": "towns"}}, [{"user_id": "1", "town": "x"}], "unknown column 'towns'; did you mean 'town'"),
    ({"fields": {"salary": "town"}}, [{"user_id": "1", "town": "x"}], "not compared by 'salary'"),
    ({}, [{"user_id": "1"}], "fewer than two fields to compare"),
    ({}, [{"user_id": "1", "given_name": "a", "family_name": "b"}], "fewer than two fields to compare"),
    ({}, [{"user_id": "", "city": "x"}], "no record has anything in 'user_id'"),
]


@pytest.mark.parametrize(("options", "rows", "says"), WRONG)
def test_what_is_wrong_is_said(options: dict[str, Any], rows: list[dict[str, Any]], says: str) -> None:
    with pytest.raises((BadInput, UnknownName), match=says):
        read(rows, **options)
