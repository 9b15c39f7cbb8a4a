"""What a condition means: columns, single rows and DuckDB give the same three-valued answers."""

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.core.expr import Compare, Match, Missing, Not, as_number, as_text, evaluate, evaluate_row, parse, values
from lvtu.core.expr.texts import look_up
from lvtu.core.record import RECORD
from lvtu.errors import BadExpression
from parts import examples
from unit.expr.expressions import TEXT_NAMES, Table, conditions, record, rows, sql


def known(expr, table):
    """The three-valued answer of the columns: true where it holds, false where its opposite holds."""
    holds, fails = evaluate(expr, table), evaluate(Not(expr), table)
    assert holds.dtype == fails.dtype == bool and not (holds & fails).any()
    return [True if h else False if f else None for h, f in zip(holds, fails, strict=True)]


@given(conditions(), rows(), st.sampled_from([np.uint8, np.uint16, np.uint32]))
@settings(max_examples=examples(500))
def test_columns_agree_with_rows(expr, events, dtype):
    assert known(expr, Table(events, dtype)) == [evaluate_row(expr, record(event)) for event in events]


@pytest.fixture(scope="module")
def database():
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        texts = "".join(f', "{name}" varchar, "{name}#" double' for name in TEXT_NAMES)
        fields = "place int, value double, weight double, time timestamp, received_at timestamp"
        connection.execute(f"create table events ({fields}{texts})")
        yield connection


def answers(database, expr, events):
    """DuckDB's answer per row; the twins come from values spelled out here, not from the code under test."""
    database.execute("delete from events")
    for place, event in enumerate(events):
        row = [place, event["value"], event["weight"]]
        row += [None if event[name] is None else _timestamp(event[name]) for name in ("time", "received_at")]
        for name in TEXT_NAMES:
            row += [_TEXT.get(repr(event[name]), event[name]), _NUMBER.get(repr(event[name]))]
        database.execute(f"insert into events values ({', '.join('?' * len(row))})", row)
    return [answer for (answer,) in database.execute(f"select {sql(expr)} from events order by place").fetchall()]


def _timestamp(micros):
    return np.datetime64(micros, "us").item()


_TEXT = {"True": "true", "False": "false", "['a', 1]": '["a",1]', "-1.5": "-1.5", "0.0": "0", "1.0": "1"} | {
    "7.5": "7.5", "9.0": "9", "10.0": "10", "2018.0": "2018", "1e+300": "1e+300"
}  # fmt: skip
_NUMBER = {"-1.5": -1.5, "0.0": 0.0, "1.0": 1.0, "7.5": 7.5, "9.0": 9.0, "10.0": 10.0, "2018.0": 2018.0} | {
    "1e+300": 1e300, "'10'": 10, "'9'": 9, "'2018'": 2018, "'7.5'": 7.5, "' 7.50'": 7.5, "'1e3'": 1000
}  # fmt: skip


@given(expr=conditions(), events=rows())
@settings(max_examples=examples(200))
def test_columns_agree_with_duckdb(database, expr, events):
    assert known(expr, Table(events)) == answers(database, expr, events)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("year = 2018", [1, 1, 1, 0, 0, 0]),
        ("year = '2018'", [1, 1, 0, 0, 0, 0]),
        ("year != 2018", [0, 0, 0, 0, 0, 0]),
        ("year != '2018'", [0, 0, 1, 1, 1, 0]),
        ("not year = 2018", [0, 0, 0, 0, 0, 0]),
        ("year is null", [0, 0, 0, 0, 0, 1]),
        ("year = true", [0, 0, 0, 0, 1, 0]),
        ("year like '2018%'", [1, 1, 1, 0, 0, 0]),
        ("year < 3000 or year is null", [1, 1, 1, 0, 0, 1]),
        ("not (year < 3000 and year is null)", [1, 1, 1, 1, 1, 0]),
    ],
)
def test_mixed_types(text, kept):
    events = [{"mixed": value} for value in (2018, "2018", "2018.0", "abc", True, None)]
    expr = parse(text.replace("year", "mixed"))
    assert evaluate(expr, Table(events)).tolist() == [bool(k) for k in kept]
    assert [evaluate_row(expr, event) is True for event in events] == [bool(k) for k in kept]


class Numbers:
    """A property that holds only numbers here: no text twin."""

    rows = 5
    data = (2018.0, 2018.5, np.nan, 9.0, 1e17)

    def kind(self, name):
        return "number"

    def numbers(self, name):
        return np.array(self.data)


@given(st.sampled_from(["=", "!=", "<", ">="]), st.sampled_from(["2018", "2018.0", "9", "100000000000000000", "true"]))
def test_text_conditions_on_a_column_of_numbers(op, text):
    expr = Compare("year", op, text)
    assert known(expr, Numbers()) == [evaluate_row(expr, {"year": n}) for n in Numbers.data]


def test_score_is_compared_as_float32():
    class Scores(Numbers):
        data = tuple(np.array([0.1, 4.3, 5], np.float32).astype(np.float64))

    expr = parse("score in (0.1, 4.3)")
    assert evaluate(expr, Scores()).tolist() == [True, True, False]
    assert evaluate_row(expr, {"score": 4.3}) and evaluate_row(expr, {"score": float(np.float32(4.3))})


def test_times_are_compared_as_instants():
    expr = parse("time >= '2026-01-01T08:00:00+08:00' and time <= '2026-01-01'")
    assert evaluate_row(expr, {"time": "2026-01-01T00:00:00Z"})
    assert evaluate(expr, Table([{"time": 1767225600_000000}, {"time": 1767225600_000001}])).tolist() == [True, False]


def test_a_property_that_is_a_time_is_compared_as_one():
    class Times(Numbers):
        def kind(self, name):
            return "time"

        def times(self, name):
            return np.array([0, 86_400_000_000])

    assert evaluate(parse("birthday > '1970-01-01'"), Times()).tolist() == [False, True]
    for text in ("birthday > 5", "birthday like '19%'"):
        with pytest.raises(BadExpression, match="birthday is a time"):
            evaluate(parse(text), Times())


@given(st.data(), st.sampled_from([(np.uint8, 256), (np.uint16, 300), (np.uint32, 300)]))
def test_look_up_is_indexing(data, width):
    dtype, most = width
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=1, max_size=most)))
    codes = np.array(data.draw(st.lists(st.integers(0, len(kept) - 1), max_size=30)), dtype)
    found = look_up(codes, kept)
    assert found.tolist() == kept[codes].tolist()
    found[:] = True  # the caller may write into it


def test_each_distinct_text_is_asked_once():
    asked = []

    class Counted(str):
        def startswith(self, *prefix):
            asked.append(str(self))
            return super().startswith(*prefix)

    class Columns:
        rows = 100_000

        def kind(self, name):
            return "text"

        def codes(self, name):
            return np.arange(self.rows, dtype=np.uint32) % 4, ["", Counted("a"), Counted("b"), Counted("ab")]

    assert evaluate(parse("x starts with 'a'"), Columns()).sum() == 50_000
    assert asked == ["a", "b", "ab"]


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("a.b", ["a.b"]),
        ("a_b", ["a.b", "a\nb", "aab", "a😀b"]),
        ("a%b", ["a.b", "a\nb", "aab", "ab", "a😀b", "abab"]),
        ("%ab", ["aab", "ab", "abab"]),
        ("ab%", ["ab", "abab"]),
        ("%b%a%", ["abab"]),
        ("[ab]%", []),
        ("", [""]),
        ("__", ["ab"]),
        ("A%", []),
    ],
)
def test_patterns(pattern, fits):
    texts = ["", "a.b", "a\nb", "aab", "ab", "a😀b", "abab"]
    expr = Match("channel", "like", pattern)
    mask = evaluate(expr, Table([{"channel": text} for text in texts]))
    assert [text for text, fit in zip(texts, mask, strict=True) if fit] == fits
    assert [text for text in texts if evaluate_row(expr, {"channel": text})] == fits


def test_a_pattern_with_many_percents_stays_quick():
    assert not evaluate_row(parse("text like '" + "%a" * 30 + "b'"), {"text": "a" * 3000})
    table = Table([{"channel": "a" * 3000}])
    assert not evaluate(parse("channel like '" + "%a" * 30 + "b'"), table).any()


def test_unknown_names_are_the_columns_matter():
    class Nothing:
        def kind(self, name):
            raise KeyError(name)

    for expr in (parse("nope = 1"), Missing("nope")):
        with pytest.raises(KeyError, match="nope"):
            evaluate(expr, Nothing())


@pytest.mark.parametrize(
    "event",
    [
        {"plan": "pro", "cart": {"total": 3}},
        {"properties": {"plan": "pro", "cart": {"total": 3}}},
        {"properties": '{"plan": "pro", "cart": {"total": 3}}'},
        {"properties": {"plan": "pro", "cart.total": 3}},
    ],
)
def test_where_a_row_keeps_its_properties(event):
    assert evaluate_row(parse("plan = 'pro' and properties.cart.total = 3"), event)


def test_a_property_named_like_a_field():
    event = {"channel": "web", "properties": {"channel": "banner"}}
    assert evaluate_row(parse("channel = 'web' and properties.channel = 'banner'"), event)
    assert evaluate_row(parse("properties.channel is null"), {"channel": "web"})


def test_the_fields_are_the_records():
    kinds = {"string": values.TEXT_FIELDS, "map<string, string>": values.TEXT_FIELDS} | dict.fromkeys(
        ("double", "float", "int64"), values.NUMBER_FIELDS
    )
    assert set(RECORD.names) == values.FIELDS
    for field in RECORD:
        assert field.name in kinds.get(str(field.type), values.TIME_FIELDS)


@pytest.mark.parametrize(
    ("value", "text", "number"),
    [
        (2018, "2018", 2018),
        (2018.0, "2018", 2018),
        (-0.0, "0", 0),
        (0.1, "0.1", 0.1),
        (1e300, "1e+300", 1e300),
        (2**60 + 1, "1152921504606846977", 2.0**60),
        (True, "true", None),
        (["店", {"a": 1}], '["店",{"a":1}]', None),
        (" 7.50\n", " 7.50\n", 7.5),
        ("-.5E1", "-.5E1", -5),
        ("1_000", "1_000", None),
        ("１", "１", None),
        ("1e999", "1e999", None),
        ("inf", "inf", None),
        ("", "", None),
        (float("nan"), None, None),
        (None, None, None),
    ],
)
def test_text_and_number_of_a_value(value, text, number):
    assert (as_text(value), as_number(value)) == (text, number)


@given(st.floats(allow_nan=False) | st.integers(-(2**70), 2**70))
def test_a_number_survives_its_text(number):
    if number in (float("inf"), float("-inf")):
        assert as_number(number) is None
    else:
        assert as_number(as_text(number)) == float(number) == as_number(number)
