"""What people are told about a slip: slips.txt holds the condition and the whole message."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.core.expr import Among, And, Compare, Match, Unreadable, parse
from lvtu.errors import BadExpression
from parts import examples

SLIPS = re.findall(
    r"^=== (.+)\n((?s:.+?))\n(?=\n===|\Z)", Path(__file__).with_name("slips.txt").read_text("utf-8"), re.M
)


def test_the_slips_are_all_read():
    assert len(SLIPS) >= 38


@pytest.mark.parametrize(("source", "message"), SLIPS)
def test_messages(source, message):
    with pytest.raises(Unreadable) as caught:
        parse(ast.literal_eval(source))
    assert str(caught.value) == message


def test_a_problem_carries_its_place():
    with pytest.raises(BadExpression) as caught:
        parse("channel = store")
    assert caught.value.problem() == {
        "code": "expected",
        "kind": "bad_expression",
        "what": "expected a value ('text', a number, true or false); found store",
        "known": ["a value ('text', a number, true or false)"],
        "try": "text goes in single quotes: 'store'",
        "expected": {"code": "a_value", "text": "a value ('text', a number, true or false)"},
        "found": "store",
        "hint": "single_quotes",
        "content": "store",
        "condition": "channel = store",
        "start": 10,
        "end": 15,
    }


def test_a_long_condition_is_cut_around_the_place():
    text = "a = 1 and " * 100 + "b = x" + " and a = 1" * 100
    with pytest.raises(Unreadable) as caught:
        parse(text)
    _, line, caret, _ = str(caught.value).split("\n")
    assert len(line) < 150 and line[caret.index("^")] == "x"


@pytest.mark.parametrize("text", ["(" * 1000, "not " * 1000 + "a = 1", "(" * 400 + "a = 1" + ")" * 400])
def test_deep_nesting_is_refused(text):
    with pytest.raises(Unreadable, match="nested too deeply"):
        parse(text)


@given(
    st.text(max_size=30)
    | st.lists(st.sampled_from(["a", "'", '"', "(", ")", "=", "not", "in", "’", "&", "\n", " "])).map("".join)
)
@settings(max_examples=examples(500))
def test_any_text_is_read_or_explained(text):
    try:
        assert parse(str(parse(text))) == parse(text)
    except Unreadable as problem:
        assert 0 <= problem.start < problem.end and "^" in str(problem)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Compare("a", "~", 1), "'~' is no comparison"),
        (lambda: Compare("a", "=", None), "None cannot be compared with"),
        (lambda: Compare("a", "=", float("nan")), "nan is not a number"),
        (lambda: Compare("a", "=", 10**400), "is not a number that can be compared with"),
        (lambda: Compare("value", "=", True), "value is a number and 'true' is text"),
        (lambda: Among("a", ()), "the list after a is empty"),
        (lambda: Match("a", "has", "x"), "'has' is no way to match a text"),
        (lambda: Match("received_at", "like", "x"), "received_at is a time"),
        (lambda: And((Compare("a", "=", 1),)), "join two conditions or more"),
    ],
)
def test_parts_check_themselves(make, message):
    with pytest.raises(BadExpression, match=re.escape(message)):
        make()
