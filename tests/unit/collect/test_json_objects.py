"""Which texts count as JSON objects: Python's own parser is the oracle."""

import json

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvtu.collect import Mapping, read
from lvtu.kernels.json import EMPTY, OBJECT, PLAIN, recognise
from lvtu.store.journeys.columns import string_parts

KEYS = st.text(max_size=6)
SIMPLE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.integers(-999, 999).map(lambda number: number / 8),
    st.text(max_size=12),
)
VALUES = st.recursive(
    SIMPLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
OBJECTS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)
BLANKS = st.sampled_from([None, 1, "\t"])
SIGNS = st.sampled_from(
    [*'{}[]",:\\0123456789.-+eEtrufalsn \t\n\x00\x1fbu/é旅\u2028', "\U0001f9ed", "\\u00e9", "\\ud800", "NaN"]
)


def found(texts):
    """What the kernel says of each text."""
    out = np.full(len(texts), 9, np.uint8)
    data = pa.array([text if text is None else text.encode() for text in texts], pa.binary()).view(pa.string())
    recognise(*string_parts(data), PLAIN, out)
    return out.tolist()


def is_object(text):
    """Whether Python reads the text as an object, strictly."""

    def refuse(word):
        raise ValueError(word)

    try:
        return text[:1] == "{" and isinstance(json.loads(text, parse_constant=refuse), dict)
    except ValueError:
        return False


def landed(text):
    """What becomes of a text among good ones: as it is kept, and the reasons of refused rows."""
    texts = ['{"b":2}', text, '{"c":3}']
    table = pa.table({"user_id": ["u"] * 3, "event": ["E"] * 3, "time": ["2026-01-01"] * 3, "properties": texts})
    [batch] = read(table)
    first, *middle, last = batch.records["properties"].to_pylist()
    assert (first, last) == (texts[0], texts[2])
    return (middle[0] if middle else None), batch.rejected["reason"].to_pylist()


@given(st.lists(OBJECTS, max_size=4), BLANKS, st.booleans())
def test_objects_are_recognised_however_they_are_spelled(values, indent, only_ascii):
    texts = [json.dumps(value, indent=indent, ensure_ascii=only_ascii) for value in values]
    pairs = only_ascii and any("\\ud" in text for text in texts)  # escaped pairs are left to a whole parser
    assert pairs or found(texts) == [OBJECT] * len(texts)


@given(OBJECTS, st.data())
def test_a_text_with_something_changed_is_recognised_only_if_it_is_an_object_still(value, data):
    text = json.dumps(value, ensure_ascii=data.draw(st.booleans()))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 2)))
    changed = text[:start] + data.draw(st.one_of(st.just(""), SIGNS)) + text[end:]
    [told] = found([changed])
    assert told == 0 or is_object(changed)


@given(st.lists(SIGNS, max_size=12).map("".join))
def test_loose_signs_are_recognised_only_if_they_are_an_object(text):
    [told] = found(["{" + text + "}"])
    assert told == 0 or is_object("{" + text + "}")


@pytest.mark.parametrize(
    "wrong",
    [
        b"\xff",
        b"\xc0\xaf",
        b"\xe0\x80\x80",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xf8\x88\x80\x80\x80",
        b"\xe6\x97",
        b"\x80",
    ],
)
def test_bytes_that_are_no_utf8_are_left_to_a_whole_parser(wrong):
    out = np.full(1, 9, np.uint8)
    text = pa.array([b'{"a":"' + wrong + b'"}'], pa.binary()).view(pa.string())
    recognise(*string_parts(text), PLAIN, out)
    assert out[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,}',
        '{"a":[1,]}',
        "{,}",
        '{"a"}',
        '{"a":}',
        '{"a":1 "b":2}',
        '{"a":[}]',
        '{"a":1}}',
        "{a:1}",
        '{"a":-}',
        '{"a":1.}',
        '{"a":.5}',
        '{"a":+1}',
        '{"a":tru}',
        '{"a":nul',
        '{"a":"\\x"}',
        '{"a":"\\u12g4"}',
        '{"a":"',
        "{'a':1}",
        "[]",
        ' {"a":1}',
    ],
)
def test_no_strict_object_is_recognised_among_these(text):
    assert found([text]) == [0]


def test_neighbours_in_memory_are_no_part_of_a_text():
    texts = ['{"a":1}', None, '{"a":', "1}", '{"b":tr', "ue}", "{}", "", '{"c":"', '"}', '{"d":12', "3}"]
    assert found(texts) == [OBJECT, 0, 0, 0, 0, 0, EMPTY, 0, 0, 0, 0, 0]
    assert found(texts[3:] + texts[:3])[6:10] == [0, 0, 0, OBJECT]


def test_deep_objects_are_left_to_a_whole_parser_and_accepted():
    shallow, deep = ('{"a":' + "[" * n + "]" * n + "}" for n in (50, 500))
    assert found([shallow, deep]) == [OBJECT, 0]
    assert landed(deep) == (deep, [])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"a":1e999}', True),
        ('{"a":123456789012345678901234567890}', True),
        ('{"a":"\\ud83e\\udded"}', True),
        ('{"a":"\\ud83e"}', False),
        ('{"a":01}', False),
        ('{"a":1}{', False),
        ('{"a":"\t"}', False),
        ("[1]", False),
        ('"{}"', False),
        ("{", False),
    ],
)
def test_what_the_kernel_leaves_is_decided_by_a_whole_parser(text, kept):
    assert landed(text) == ((text, []) if kept else (None, ["not a JSON object"]))


WILD = ["inf", "Inf", "INFINITY", "-inf", "Nan", "NaN", "Infinity", "-Infinity", "[1,inf]", "[1,]", '{"b":1,}', "1,"]


@pytest.mark.parametrize("value", WILD)
def test_what_only_duckdb_reads_is_no_object(value):
    assert landed(f'{{"a": {value}}}') == (None, ["not a JSON object"])


def test_numbers_longer_than_python_reads_are_no_object():
    assert landed('{"a":' + "1" * 5000 + "}") == (None, ["not a JSON object"])


@pytest.mark.parametrize("value", ["inf", "[1,]"])
def test_a_line_that_only_duckdb_reads_is_set_aside(tmp_path, value):
    good = '{"user_id":"u","event":"E","time":"2026-01-01","a":1}'
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join([good, good.replace("1}", value + "}"), good]) + "\n")
    batches = list(read(path))
    assert [text for batch in batches for text in batch.records["properties"].to_pylist()] == ['{"a":1}'] * 2
    [reason] = [text for batch in batches for text in batch.rejected["reason"].to_pylist()]
    assert "JSON" in reason


def test_nested_values_that_are_no_number_are_missing():
    wild, kind = float("-inf"), pa.struct({"a": pa.float64(), "b": pa.string(), "c": pa.list_(pa.float64())})
    rows = [
        {"a": float("nan"), "b": "x", "c": [wild, -1.5, -wild]},
        {"a": wild, "b": ':NaN,-Infinity"\\', "c": [-wild]},
        {"a": -0.5, "b": "[NaN]", "c": []},
        {"a": wild, "b": ",NaN", "c": [1.0]},
    ]
    base = {"user_id": ["u"] * 4, "event": ["E"] * 4, "time": ["2026-01-01"] * 4}
    wanted = [{**row, "a": None if abs(row["a"]) != 0.5 else -0.5} for row in rows]
    wanted[0]["c"], wanted[1]["c"] = [None, -1.5, None], [None]
    for name in ("properties", "p"):
        [batch] = read(pa.table({**base, name: pa.array(rows, kind)}))
        found = [json.loads(text) for text in batch.records["properties"].to_pylist()]
        assert [each.get("p", each) for each in found] == wanted


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        *((value, value) for value in WILD),
        ('[1,{"x":"inf, nan,]"}]', [1, {"x": "inf, nan,]"}]),
        ('"\\",inf"', '",inf'),
        ("null", None),
        ("[]", []),
    ],
)
def test_a_text_wished_to_be_json_is_json_or_text(text, kept):
    table = pa.table({"user_id": ["u"], "event": ["E"], "time": ["2026-01-01"], "a": [text]})
    [batch] = read(table, Mapping(types={"a": "json"}))
    [found] = batch.records["properties"].to_pylist()
    assert json.loads(found, parse_constant=pytest.fail) == {"a": kept}
