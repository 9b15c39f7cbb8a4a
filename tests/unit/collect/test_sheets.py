"""Workbooks, made by openpyxl or by hand, against what stands in them."""

import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import Workbook

import lvtu
from lvtu.collect import guess, read
from lvtu.errors import BadInput, UnknownName
from unit.collect.collecting import all_of, utc

HEAD = ["user_id", "event", "time", "city"]
ANN = ["ann", "Visit", datetime(2026, 1, 1, 10), "Köln"]
BO = ["bo", "Visit", datetime(2026, 1, 2, 11, 30), "北京"]


def book(path, change=None, **sheets):
    """A workbook of named sheets, each a list of rows; ``change`` may do more to it."""
    made = Workbook()
    made.remove(made.active)
    for title, lines in sheets.items():
        sheet = made.create_sheet(title)
        for line in lines:
            sheet.append(line)
    if change:
        change(made)
    made.save(path)
    return path


def edited(path, member, *changes):
    """The same file with texts of one of its parts replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for old, new in changes:
        assert old in parts[member]
        parts[member] = parts[member].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def notes_of(source, mapping=None):
    return [note.code for batch in read(source, mapping) for note in batch.notes]


def test_cells_keep_what_they_are(tmp_path):
    head = [*HEAD, "n", "share", "member", "day", "clock", "took", "code", "none", "wrong"]
    row = [12345.0, "Visit", datetime(2026, 1, 1, 10), "Köln", 7, 0.25, True, date(2026, 2, 1), time(9, 5)]
    row += [timedelta(hours=1), "007", "  ", "#N/A"]
    [record], rejected = all_of(book(tmp_path / "a.xlsx", may=[head, row]))
    assert not rejected
    assert (record["user_id"], record["time"]) == ("12345", utc("2026-01-01T10:00:00"))
    assert record["properties"] == {
        "city": "Köln", "n": 7, "share": 0.25, "member": True, "day": "2026-02-01", "clock": "09:05:00",
        "took": "1:00:00", "code": "007",
    }  # fmt: skip


def test_times_are_of_the_zone_and_days_are_days(tmp_path):
    path = book(tmp_path / "a.xlsx", may=[HEAD, ANN, ["bo", "Visit", date(2026, 1, 2), ""]])
    mapping = {"zone": "Asia/Shanghai"}
    records, _ = all_of(path, mapping)
    assert [(row["time"], row.get("time_basis", "exact")) for row in records] == [
        (utc("2026-01-01T02:00:00"), "exact"),
        (utc("2026-01-01T16:00:00"), "day"),
    ]


def test_a_clock_time_at_midnight_is_no_day_and_one_whose_hours_are_hidden_is_none_either(tmp_path):
    def hide_hours(made):
        made["may"]["C3"].number_format = "yyyy-mm-dd"

    lines = [HEAD, ["ann", "Visit", datetime(2026, 1, 1), ""], ANN]
    records, _ = all_of(book(tmp_path / "a.xlsx", hide_hours, may=lines))
    assert [record.get("time_basis", "exact") for record in records] == ["exact", "exact"]
    assert records[1]["time"] == utc("2026-01-01T10:00:00")


def test_the_header_is_found_below_titles_and_empty_rows_and_columns(tmp_path):
    lines = [
        ["订单导出 2026"],
        [None, "部门", "电商", "五月"],
        [],
        [None, *HEAD],
        [],
        [None, *ANN],
        [None, *BO],
        [],
        [None, " "],
    ]
    records, rejected = all_of(book(tmp_path / "a.xlsx", may=lines))
    assert [row["user_id"] for row in records] == ["ann", "bo"]
    assert [row["properties"] for row in records] == [{"city": "Köln"}, {"city": "北京"}]
    assert not rejected


def test_a_header_of_two_rows_is_the_lower_one_with_what_spans_both(tmp_path):
    def merge(made):
        sheet = made["may"]
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:D1")

    lines = [["user_id", "what happened", None, None], [None, "event", "time", "city"], ANN, BO]
    records, rejected = all_of(book(tmp_path / "a.xlsx", merge, may=lines))
    assert [row["user_id"] for row in records] == ["ann", "bo"] and not rejected


def test_merged_cells_count_for_each_of_their_rows(tmp_path):
    def merge(made):
        made["may"].merge_cells("A2:A3")
        made["may"].merge_cells("D2:E2")

    lines = [[*HEAD, "more"], ANN, [None, "Order", datetime(2026, 1, 1, 12), "Bonn", 1], BO]
    path = book(tmp_path / "a.xlsx", merge, may=lines)
    records, rejected = all_of(path)
    assert [(row["user_id"], row["event"]) for row in records] == [("ann", "Visit"), ("ann", "Order"), ("bo", "Visit")]
    assert "more" not in records[0]["properties"] and not rejected
    [batch] = read(path)
    assert [(note.code, note.values["columns"]) for note in batch.notes] == [("merged_cells", ("user_id",))]


def test_formulas_give_their_results_and_say_when_there_are_none(tmp_path):
    lines = [[*HEAD, "value", "text"], [*ANN, "=3*4.5", '=""'], [*BO, "=1+1", "=A1"]]
    path = book(tmp_path / "a.xlsx", may=lines)
    assert notes_of(path) == ["uncalculated"]
    [batch] = read(path)
    assert batch.notes[0].values["cells"] == 4
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(sheet)
    empty = b"<v/>" if b"<v/>" in xml else b"<v />" if b"<v />" in xml else b"<v></v>"
    first, second, third, fourth = (b"<f>" + f + b"</f>" for f in (b"3*4.5", b'""', b"1+1", b"A1"))
    cell = b'<c r="F2"'
    edited(
        path, sheet, (first + empty, first + b"<v>13.5</v>"), (third + empty, third + b"<v>2</v>"),
        (fourth + empty, fourth + b"<v>x</v>"), (cell, cell + b' t="str"'), (b'<c r="F3"', b'<c r="F3" t="str"'),
    )  # fmt: skip
    records, _ = all_of(path)
    assert [(row["value"], row.get("text")) for row in records] == [(13.5, None), (2.0, "x")]
    assert second + empty in zipfile.ZipFile(path).read(sheet) and notes_of(path) == []


def test_sheets_by_name_and_the_first_with_a_table(tmp_path):
    def hide(made):
        made["old"].sheet_state = "hidden"

    path = book(
        tmp_path / "a.xlsx", hide, cover=[["A report"], ["of May"]], old=[HEAD, BO], may=[HEAD, ANN], june=[HEAD, BO]
    )
    records, _ = all_of(path)
    assert [row["user_id"] for row in records] == ["ann"]
    [batch] = read(path)
    assert [note.text("en") for note in batch.notes] == [
        "only sheet 'may' of a.xlsx is read; tables are also on june: name one with a.xlsx#NAME",
        "hidden sheets of a.xlsx are not read: old",
    ]
    for source, mapping in ((f"{path}#june", None), (path, {"sheet": "june"}), (f"{path}#old", {"sheet": "june"})):
        records, _ = all_of(source, mapping)
        assert [row["user_id"] for row in records] == ["bo"] and notes_of(source, mapping) == []
    with pytest.raises(UnknownName, match="has no sheet 'jun'; did you mean 'june'"):
        list(read(f"{path}#jun"))
    assert [row["user_id"] for row in all_of(str(tmp_path / "*.xlsx#old"))[0]] == ["bo"]
    with pytest.raises(BadInput) as error:
        list(read(book(tmp_path / "b.xlsx", cover=[["A report"], ["of May"]])))
    assert (error.value.code, error.value.known) == ("no_table", ("cover",))


def test_rows_without_a_header_and_rows_that_are_no_data(tmp_path):
    path = book(tmp_path / "a.xlsx", may=[[], ["Units", "-", "UTC", "-"], ANN, BO])
    records, _ = all_of(path, {"header": HEAD, "skip": 1})
    assert [row["user_id"] for row in records] == ["ann", "bo"]


def test_rows_with_too_many_cells_are_set_aside_and_a_column_may_be_empty(tmp_path, monkeypatch):
    monkeypatch.setattr("lvtu.collect.sheets._HEAD", 2)
    monkeypatch.setattr("lvtu.collect.sheets._ROWS", 1)
    lines = [[None, *HEAD, "note"], [None, *ANN], [None, *BO, None, "aside"], [None, *BO], ["left", *BO]]
    records, [row, left] = all_of(book(tmp_path / "a.xlsx", may=lines), {"properties": ["note", "city"]})
    assert [record["user_id"] for record in records] == ["ann", "bo"]
    assert (row["place"], row["reason"]) == ("a.xlsx:3", "5 cells where the header has 5")
    assert left["place"] == "a.xlsx:5" and '"_extra": ["left"]' in left["raw"]


def test_a_column_may_be_empty_and_is_known_all_the_same(tmp_path):
    with pytest.raises(UnknownName) as error:
        all_of(book(tmp_path / "a.xlsx", may=[[*HEAD, "note"], ANN]), {"fields": {"user_id": "nope"}})
    assert error.value.known == (*HEAD, "note")


def test_whole_numbers_stay_whole_however_they_are_written(tmp_path):
    path = book(tmp_path / "a.xlsx", may=[HEAD, [12345, "Visit", datetime(2026, 1, 1), 7]])
    edited(path, "xl/worksheets/sheet1.xml", (b"<v>12345</v>", b"<v>12345.0</v>"), (b"<v>7</v>", b"<v>7.0E+00</v>"))
    [record], _ = all_of(path)
    assert record["user_id"] == "12345" and repr(record["properties"]["city"]) == "7"


def test_a_sheet_whose_size_is_written_wrong_is_read_to_its_end(tmp_path):
    path = book(tmp_path / "a.xlsx", may=[HEAD, ANN, BO])
    edited(path, "xl/worksheets/sheet1.xml", (b'<dimension ref="A1:D3"', b'<dimension ref="A1"'))
    assert len(all_of(path)[0]) == 2


def test_broken_and_foreign_workbooks_say_so(tmp_path):
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0 and so on")
    (tmp_path / "locked.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 and so on")
    (tmp_path / "none.xlsx").write_bytes(b"PK\x03\x04 and so on")
    for name, code in (("old.xls", "old_workbook"), ("locked.xlsx", "old_workbook"), ("none.xlsx", "no_workbook")):
        with pytest.raises(BadInput) as error:
            list(read(tmp_path / name))
        assert error.value.code == code
    path = book(tmp_path / "a.xlsx", may=[HEAD, ANN, BO, BO])
    edited(path, "xl/worksheets/sheet1.xml", (b'<row r="4"', b"<row r='4' <"))
    records, [row] = all_of(path)
    assert [record["user_id"] for record in records] == ["ann", "bo"]
    assert (row["place"], row["reason_code"]) == ("a.xlsx:4", "rest")


def test_a_chinese_sheet_is_guessed_and_a_second_time_changes_nothing(tmp_path):
    lines = [
        ["五月订单"],
        ["手机号", "下单时间", "行为", "渠道", "金额"],
        [13800000001, datetime(2026, 3, 1, 9, 5), "浏览商品", "小程序", None],
        [13800000001.0, datetime(2026, 3, 1, 9, 20), "支付订单", "小程序", 1234.5],
        [13800000002, datetime(2026, 3, 2, 20, 10), "浏览商品", "门店", None],
    ]
    path = book(tmp_path / "订单.xlsx", 五月=lines)
    found = guess(path)
    assert {name: feed.column for name, feed in found.mapping.fields.items()} == {
        "time": "下单时间", "user_id": "手机号", "event": "行为", "channel": "渠道", "value": "金额",
    }  # fmt: skip
    with lvtu.open(tmp_path / "店") as ws:
        first = ws.ingest(path, found.mapping)
        again = ws.ingest(f"{path}#五月", found.mapping)
        users = ws.sql("select user_id, value from events order by time").to_pylist()
    assert (first.accepted, again.accepted, again.duplicates) == (3, 0, 3)
    assert [(row["user_id"], row["value"]) for row in users] == [
        ("13800000001", None), ("13800000001", 1234.5), ("13800000002", None),
    ]  # fmt: skip
