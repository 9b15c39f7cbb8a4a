"""Files of every kind, whole and broken, against the standard library's parsers."""

import csv
import gzip
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lvtu.collect import read
from lvtu.errors import BadInput
from parts import examples
from unit.collect.collecting import all_of, rows, table, utc

HEAD = ["user_id", "event", "time", "city"]
ROW = ["u1", "Visit", "2026-01-01 10:00", "München 客户"]
EXPECTED = {
    "user_id": "u1",
    "event": "Visit",
    "time": utc("2026-01-01T10:00:00"),
    "properties": {"city": "München 客户"},
}


def write_csv(path, lines, delimiter=",", encoding="utf-8", opener=None):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(lines)
    data = text.getvalue().encode(encoding)
    path.write_bytes(opener(data) if opener else data)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_delimiters_and_encodings_are_sniffed(tmp_path, delimiter, encoding):
    row = [*ROW[:3], "北京 客户，您好"] if encoding == "gb18030" else ROW
    records, rejected = all_of(write_csv(tmp_path / "a.csv", [HEAD, row] * 1, delimiter, encoding))
    assert rejected == []
    assert records == [{**EXPECTED, "properties": {"city": row[3]}}]


def test_latin_1_is_sniffed_and_any_encoding_can_be_named(tmp_path):
    path = write_csv(tmp_path / "a.csv", [HEAD, [*ROW[:3], "Genève est à côté"]], encoding="latin-1")
    assert all_of(path)[0][0]["properties"] == {"city": "Genève est à côté"}
    path = write_csv(tmp_path / "b.csv", [HEAD, [*ROW[:3], "東京"]], encoding="shift_jis")
    assert all_of(path, {"encoding": "shift_jis"})[0][0]["properties"] == {"city": "東京"}


CELL = st.sampled_from(
    ["1e-05", "-0", "007", "1.50", "1e5", "True", "0.0021060533511106927", "1,000", 'a"b', "x\ny"]
) | st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)


def typed(text):
    """The oracle of CSV typing: canonical numbers and booleans, one value at a time."""
    import re

    if text.lower() in ("true", "false") and text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,25})?|-?[0-9](\.[0-9]{1,17})?e[+-][0-9]{2,3}", text):
        return json.loads(text)
    return text


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8), st.sampled_from([",", ";", "\t", "|"]))
def test_any_cell_survives_csv(tmp_path, cells, delimiter):
    lines = [["user_id", "event", "time", "a", "b"], *(["u", "E", "2026-01-01", a, b] for a, b in cells)]
    path = write_csv(tmp_path / "x.csv", lines, delimiter)
    records, rejected = all_of(path, {"delimiter": delimiter})
    with path.open(encoding="utf-8", newline="") as file:
        parsed = list(csv.DictReader(file, delimiter=delimiter))
    assert rejected == []
    want = [{key: typed(row[key]) for key in ("a", "b") if row[key] != ""} for row in parsed]
    assert [record.get("properties", {}) for record in records] == want


def test_csv_rows_with_the_wrong_number_of_cells_are_set_aside(tmp_path):
    lines = [HEAD, ROW, ["short"], ROW, [*ROW, "extra"], ROW]
    records, rejected = all_of(write_csv(tmp_path / "orders.csv", lines))
    assert records == [EXPECTED] * 3
    assert [(row["place"], row["field"]) for row in rejected] == [("orders.csv:3", "row"), ("orders.csv:5", "row")]
    assert json.loads(rejected[0]["raw"]) == {"user_id": "short"}
    assert json.loads(rejected[1]["raw"])["_extra"] == ["extra"]
    assert "1 cells where the header has 4" in rejected[0]["reason"]


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("good", [0, 2])
def test_broken_rows_at_the_end_are_set_aside_too(tmp_path, good, end):
    lines = ["user_id,event,time", *["u,Visit,2026-01-01"] * good, "u,Visit", "u,Visit,2026-01-01,much,more"]
    (tmp_path / "a.csv").write_text("\n".join(lines) + end)
    records, rejected = all_of(tmp_path / "a.csv")
    assert len(records) == good
    assert [row["place"] for row in rejected] == [f"a.csv:{good + 2}", f"a.csv:{good + 3}"]


def test_a_quote_that_is_never_closed_swallows_nothing(tmp_path):
    path = tmp_path / "a.csv"
    good = ",".join(ROW)
    path.write_text(
        f'{",".join(HEAD)}\n{good}\nu,E,2026-01-01,"oops\n{good}\n{good}\nu,,2026-01-01,x\n', encoding="utf-8"
    )
    records, rejected = all_of(path)
    assert records == [EXPECTED] * 3
    assert sorted((row["place"], row["field"]) for row in rejected) == [("a.csv:3", "row"), ("a.csv:6", "event")]


def test_blank_lines_are_counted_and_are_no_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"{','.join(HEAD)}\n\n{','.join(ROW)}\n\n\nu,,2026-01-01,x\n\n", encoding="utf-8")
    records, rejected = all_of(path)
    assert records == [EXPECTED] and [row["place"] for row in rejected] == ["a.csv:6"]


def test_places_count_rows_around_those_set_aside(tmp_path):
    lines = [HEAD, ROW, ["short"], ["u", "", "2026-01-01", "x"]]
    _, rejected = all_of(write_csv(tmp_path / "a.csv", lines))
    assert sorted((row["place"], row["field"]) for row in rejected) == [("a.csv:3", "row"), ("a.csv:4", "event")]


def test_bytes_that_are_no_text_cost_their_row_only(tmp_path):
    path = tmp_path / "a.csv"
    body = b"".join(b"u%d,Visit,2026-01-01,M\xc3\xbcnchen\n" % i for i in range(50))
    path.write_bytes(
        b"user_id,event,time,city\n" + body + b"bad,Visit,2026-01-01,M\xfcnchen\nlast,Visit,2026-01-01,x\n"
    )
    records, rejected = all_of(path)
    assert len(records) == 51 and records[-1]["user_id"] == "last"
    assert [row["place"] for row in rejected] == ["a.csv:52"]


def test_headerless_files_and_rows_to_skip(tmp_path):
    path = write_csv(tmp_path / "a.txt", [["u1", "2026-01-01"], ["u2", "2026-01-02"]], "\t")
    mapping = {"header": ["user_id", "time"], "fields": {"event": {"constant": "Buy"}}}
    assert [row["user_id"] for row in all_of(path, mapping)[0]] == ["u1", "u2"]
    path = write_csv(tmp_path / "q.csv", [HEAD, ["label"] * 4, ["{id}"] * 4, ROW])
    assert all_of(path, {"skip": 2}) == ([EXPECTED], [])


def compressed(kind, data):
    if kind == "gz":
        return gzip.compress(data)
    return pa.compress(data, codec="zstd", asbytes=True)


@pytest.mark.parametrize("kind", ["gz", "zst"])
@pytest.mark.parametrize("name", ["a.csv", "a.ndjson"])
def test_compressed_texts(tmp_path, kind, name):
    want, _ = all_of(rows(5, city="x"))
    if name == "a.csv":
        lines = [list(rows(1, city="x")[0]), *(row.values() for row in rows(5, city="x"))]
        path = write_csv(tmp_path / f"{name}.{kind}", lines, opener=lambda data: compressed(kind, data))
    else:
        text = "".join(json.dumps(row) + "\n" for row in rows(5, city="x"))
        path = tmp_path / f"{name}.{kind}"
        path.write_bytes(compressed(kind, text.encode()))
    assert all_of(path) == (want, [])


def test_gzip_of_several_members(tmp_path):
    path = tmp_path / "a.ndjson.gz"
    path.write_bytes(b"".join(gzip.compress((json.dumps(row) + "\n").encode()) for row in rows(3)))
    assert len(all_of(path)[0]) == 3


@pytest.mark.parametrize("suffix", ["csv", "ndjson"])
def test_a_truncated_gzip_lands_its_whole_lines(tmp_path, suffix):
    import random

    noise = random.Random(1)
    many = [row | {"n": noise.random()} for row in rows(5000)]
    if suffix == "csv":
        text = "\n".join([",".join(many[0]), *(",".join(map(str, row.values())) for row in many)]) + "\n"
    else:
        text = "".join(json.dumps(row) + "\n" for row in many)
    whole = gzip.compress(text.encode())
    path = tmp_path / f"a.{suffix}.gz"
    path.write_bytes(whole[: len(whole) // 2])
    records, rejected = all_of(path)
    assert 1000 < len(records) < 5000
    assert [row["user_id"] for row in records] == [row["user_id"] for row in many[: len(records)]]
    assert [row["properties"]["n"] for row in records] == [row["n"] for row in many[: len(records)]]
    assert [row["field"] for row in rejected] == ["file"] and "truncated" in rejected[0]["reason"]


def test_broken_json_lines_cost_themselves_only(tmp_path):
    good = json.dumps(rows(1)[0])
    path = tmp_path / "a.ndjson"
    path.write_text(f'{good}\n{{"user_id": "u\n\n[1, 2]\n{good}\n"text"\n', encoding="utf-8")
    records, rejected = all_of(path)
    assert len(records) == 2
    assert [row["place"] for row in rejected] == ["a.ndjson:2", "a.ndjson:4", "a.ndjson:6"]
    assert json.loads(rejected[0]["raw"]) == {"_text": '{"user_id": "u'}


@pytest.mark.parametrize("first", ['{"user_id": "u', "[1, 2]", "oops"])
def test_a_broken_first_line_costs_itself_only(tmp_path, first):
    good = json.dumps(rows(1)[0])
    path = tmp_path / "a.json"
    path.write_text(f"{first}\n{good}\n{good}\n", encoding="utf-8")
    records, rejected = all_of(path)
    assert len(records) == 2 and [row["place"] for row in rejected] == ["a.json:1"]


def test_json_bytes_that_are_no_text_and_json_that_is_not_strict(tmp_path):
    good = json.dumps(rows(1)[0]).encode()
    path = tmp_path / "a.ndjson"
    odd = good[:-1] + b', "p": NaN, "q": 1}'
    path.write_bytes(good + b"\n" + good.replace(b"u0", b"\xff") + b"\n" + odd + b"\n")
    records, rejected = all_of(path)
    assert [row.get("properties") for row in records] == [None, {"q": 1}]
    assert [row["place"] for row in rejected] == ["a.ndjson:2"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text('abc.$/~é"', min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.dictionaries(st.text("pq.$/~ü", min_size=1, max_size=4), VALUES, max_size=4), min_size=1, max_size=6)
)
def test_any_json_value_keeps_its_type(tmp_path, extras):
    path = tmp_path / "a.ndjson"
    lines = [json.dumps({**row, **extra}) for row, extra in zip(rows(len(extras)), extras, strict=True)]
    path.write_text("\n".join(lines), encoding="utf-8")
    records, rejected = all_of(path)
    assert rejected == []
    assert [record.get("properties", {}) for record in records] == extras


def test_a_json_array_and_its_good_half(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rows(4), indent=1), encoding="utf-8")
    assert len(all_of(path)[0]) == 4
    text = json.dumps(rows(4))
    path.write_text(text[: len(text) - 30], encoding="utf-8")
    records, rejected = all_of(path)
    assert len(records) == 3 and [row["place"] for row in rejected] == ["a.json:4"]


def test_folders_and_patterns_mix_formats_in_order(tmp_path):
    (tmp_path / "b").mkdir()
    pq.write_table(table(2), tmp_path / "b" / "two.parquet")
    (tmp_path / "a.ndjson").write_text(json.dumps(rows(1)[0]), encoding="utf-8")
    write_csv(tmp_path / "c.csv", [list(rows(1)[0]), list(rows(1)[0].values())])
    (tmp_path / ".hidden.csv").write_text("x", encoding="utf-8")
    (tmp_path / "notes.md").write_text("x", encoding="utf-8")
    assert [row["user_id"] for row in all_of(tmp_path)[0]] == ["u0", "u0", "u1", "u0"]
    assert len(all_of(str(tmp_path / "**" / "*.parquet"))[0]) == 2


def test_one_broken_file_among_several_does_not_stop_the_others(tmp_path):
    pq.write_table(table(2), tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 but no more")
    pq.write_table(table(3), tmp_path / "c.parquet")
    records, rejected = all_of(tmp_path)
    assert len(records) == 5
    assert [(row["place"], row["field"]) for row in rejected] == [("b.parquet", "file")]
    with pytest.raises(BadInput, match="Parquet"):
        all_of(tmp_path / "b.parquet")


@pytest.mark.parametrize("source", ["nope.csv", "*.nope", "book.docx", "empty.csv", 42])
def test_sources_that_are_none_say_what_exists(tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book.docx").write_bytes(b"PK\x03\x04 and so on")
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(BadInput) as error:
        list(read(source))
    assert source == "empty.csv" or error.value.known


@pytest.mark.parametrize("kind", ["parquet", "csv", "ndjson"])
def test_progress_moves_to_the_end_of_any_kind_of_file(tmp_path, monkeypatch, kind):
    monkeypatch.setattr("lvtu.collect.tables.ROWS", 400)
    lines = [dict(zip(HEAD, ROW, strict=True)) for _ in range(1000)]
    path = tmp_path / f"many.{kind}"
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist(lines), path)
    elif kind == "csv":
        write_csv(path, [HEAD, *(list(line.values()) for line in lines)])
    else:
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    told = []
    for _ in read(path, progress=lambda read_rows, share: told.append((read_rows, share))):
        pass
    assert told == sorted(told)
    assert told[-1] == (1000, 1.0)
    if kind == "parquet":  # of texts, a block is larger than this file
        assert [round(share, 2) for _, share in told] == [0.4, 0.8, 1.0]
