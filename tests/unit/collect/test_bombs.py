"""Small files that become large: endless lines, packed emptiness, workbooks and Parquet that claim more than is."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from lvtu.collect.preview import look
from lvtu.collect.read import read
from lvtu.collect.streams import LONGEST, Lines
from lvtu.errors import BadInput
from parts import require

MB = 1 << 20
HEAD = b"user_id,event,time\n"
GOOD = b"ann,Seen,2026-01-01\n"


def packed(path: Path, *parts: bytes, level: int = 1) -> Path:
    with gzip.open(path, "wb", compresslevel=level) as file:
        for part in parts:
            file.write(part)
    return path


def said(path: Path) -> tuple[int, list[str], list[str]]:
    """How many events, and why the rest was set aside: places and reasons."""
    batches = list(read(path))
    rejected = [row for batch in batches for row in batch.rejected.to_pylist(maps_as_pydicts="strict")]
    events = sum(batch.records.num_rows for batch in batches)
    return events, [row["place"] for row in rejected], [row["reason_code"] for row in rejected]


def test_a_line_without_an_end_takes_little_memory(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.csv.gz", *[b"a" * MB] * 200)
    tracemalloc.start()
    try:
        lines = Lines(path)
        assert b"".join(lines) == b""
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert lines.trouble is not None and lines.trouble.code == "long_line"
    assert "16 MB" in str(lines.trouble)  # the limit is named
    assert peak < 4 * LONGEST


@pytest.mark.parametrize("pack", [True, False])
def test_rows_before_an_endless_one_are_read(tmp_path: Path, pack: bool) -> None:
    endless = b"b" * (LONGEST + MB)
    name, text = tmp_path / "a.csv", HEAD + GOOD + endless
    path = packed(tmp_path / "a.csv.gz", text) if pack else name
    name.write_bytes(text)
    assert said(path)[::2] == (1, ["long_line"])
    lines = tmp_path / "a.ndjson"
    row = b'{"user_id": "ann", "event": "Seen", "time": "2026-01-01"}\n'
    lines.write_bytes(row + row.replace(b"Seen", b"Paid") + b'{"a": "' + endless)
    assert said(lines)[::2] == (2, ["long_line"])


def test_what_cannot_be_read_at_all_says_why(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.csv.gz", HEAD, b"a" * (LONGEST + MB))
    with pytest.raises(BadInput, match="no end within 16 MB") as caught:
        look(path)
    assert caught.value.code == "no_rows_since"


@pytest.mark.parametrize(
    "text", [b"x" * 200_000 + b"\n1\n", b"user_id,event,time," + b"x" * 200_000 + b"\nann,A,1,2\n"]
)
def test_a_header_that_is_none(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text)
    for ask in (look, lambda source: list(read(source))):
        with pytest.raises(BadInput, match="128 KB"):
            ask(path)


def test_a_cell_larger_than_pythons_reader_takes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(HEAD + GOOD + b"bo,Seen,2026-01-01," + b"x" * 200_000 + b"\n")
    assert said(path)[::2] == (1, ["cells"])


def test_packed_emptiness_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvtu.collect.streams._DENSE_FROM", 8 * MB)
    path = packed(tmp_path / "a.csv.gz", HEAD, *[GOOD * 50_000] * 20, level=9)
    assert path.stat().st_size < 20 * MB / 200  # it does become more than that
    _, _, codes = said(path)
    assert codes[-1] == "too_dense"
    monkeypatch.setattr("lvtu.collect.streams._DENSE_FROM", 256 * MB)
    assert said(path)[::2] == (1_000_000, [])


def test_an_array_is_read_element_by_element(tmp_path: Path) -> None:
    """However it is cut into pieces, and however long it is as a whole."""
    path = tmp_path / "a.json"
    row = '{"user_id": "客%d", "event": "Seen", "time": "2026-01-01", "n": 12345, "text": "%s"}'
    path.write_text("[" + ",\n".join(row % (n, "字" * 4000) for n in range(2000)) + "]", encoding="utf-8")
    assert path.stat().st_size > LONGEST
    batches = list(read(path))
    assert sum(batch.records.num_rows for batch in batches) == 2000
    users = [user for batch in batches for user in batch.records["user_id"].to_pylist()]
    assert users == [f"客{n}" for n in range(2000)]
    path.write_text(path.read_text(encoding="utf-8")[:-1] + ', {"a": "' + "x" * (LONGEST + MB), encoding="utf-8")
    assert said(path) == (2000, ["a.json:2001"], ["long_line"])


@pytest.mark.parametrize(
    "text", ["<list key='a'>" * 200_000, f"<string key='a' value='{'x' * (LONGEST + MB)}'/>"], ids=["deep", "long"]
)
def test_event_logs_that_hold_too_much_at_once(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.xes"
    path.write_text(f"<log><trace><event>{text}")
    with pytest.raises(BadInput, match=r"100 deep|16 MB"):
        look(path)


def workbook(path: Path, sheet: Any) -> Path:
    """A workbook of three rows whose sheet's XML, and what else is in it, was rewritten."""
    require("openpyxl", True)
    from openpyxl import Workbook

    book, plain = Workbook(), io.BytesIO()
    for row in (("user_id", "event", "time"), ("ann", "Seen", "2026-01-01"), ("bo", "Seen", "2026-01-02")):
        book.active.append(row)
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet(name, old.read(name)))
    return path


def test_a_workbook_with_an_endless_row(tmp_path: Path) -> None:
    def swollen(name: str, xml: bytes) -> bytes:
        cell = (
            b'<row r="9"><c r="A9" t="inlineStr"><is><t>'
            + b"a" * (LONGEST + 4 * MB)
            + b"</t></is></c></row></sheetData>"
        )
        return xml.replace(b"</sheetData>", cell) if name.endswith("sheet1.xml") else xml

    with pytest.raises(BadInput, match="16 MB") as caught:
        look(workbook(tmp_path / "a.xlsx", swollen))
    assert caught.value.code == "long_row"


def test_a_workbook_that_becomes_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvtu.collect.sheets._WHOLE", 8 * MB)
    path = workbook(tmp_path / "a.xlsx", lambda name, xml: xml + b" " * 9 * MB if "styles" in name else xml)
    assert path.stat().st_size < MB
    with pytest.raises(BadInput, match="larger than a workbook can be"):
        look(path)


def test_a_row_beyond_the_last_one_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvtu.collect.sheets._LAST_ROW", 5_000)
    far = workbook(tmp_path / "a.xlsx", lambda name, xml: xml.replace(b'<row r="3"', b'<row r="99999999999"'))
    assert said(far)[0] == 1


def test_a_text_that_recurs_is_not_spelled_out_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvtu.collect.tables._HELD", MB)
    rows = 4_000
    said_often = pa.DictionaryArray.from_arrays(pa.array([0] * (rows - 1) + [None], pa.int32()), ["x" * 10_000])
    plain = {"user_id": [f"c{n}" for n in range(rows)], "event": ["Seen"] * rows, "time": ["2026-01-01"] * rows}
    parquet.write_table(pa.table({**plain, "note": said_often}), tmp_path / "a.parquet")
    batches = list(read(tmp_path / "a.parquet"))
    assert len(batches) > 30  # 40 MB, a megabyte at a time
    assert [user for one in batches for user in one.records["user_id"].to_pylist()] == plain["user_id"]
    noted = [
        text is not None and len(text) > 10_000 for one in batches for text in one.records["properties"].to_pylist()
    ]
    assert noted == [True] * (rows - 1) + [False]


def test_rows_that_nothing_holds(tmp_path: Path) -> None:
    schema, rows = pa.schema({"user_id": pa.string()}), 3_000_000
    with parquet.ParquetWriter(tmp_path / "a.parquet", schema) as file:
        file.write_table(pa.table({"user_id": pa.nulls(rows, pa.string())}, schema=schema))
    with pytest.raises(BadInput, match="3,000,000"):
        look(tmp_path / "a.parquet")
