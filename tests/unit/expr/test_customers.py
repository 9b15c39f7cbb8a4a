"""Reading and printing conditions on customers, what they read, what they are called."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.core.expr import And, Compare, Not, Or, describe, evaluate_row, parse
from lvtu.core.expr.customers import (
    Did,
    Events,
    InOrder,
    InSegment,
    Path,
    SegmentName,
    Step,
    customers_in,
    is_of_customers,
)
from lvtu.core.expr.patterns import Chain, Choice, Repeat
from lvtu.errors import BadExpression
from parts import examples
from property.customer_conditions import conditions as customer_conditions
from unit.expr.expressions import leaves
from unit.expr.test_text import lark  # noqa: F401

DAY = 86_400_000_000
A, B, C, ANY = Events(("A",)), Events(("B",)), Events(("C",)), Events(negated=True)
DEAR = Events(("A",), where=Compare("value", ">", 100))


@pytest.mark.parametrize(
    ("text", "expr"),
    [
        ("did A", Did(A)),
        ("DID 'Order Completed'", Did(Events(("Order Completed",)))),
        ('did "Order Completed"', Did(Events(("Order Completed",)))),
        ("did 下单 At Least 1 Time", Did(Events(("下单",)))),
        ("did (A or B) at most 2 times", Did(Events(("A", "B")), "at most", 2)),
        ("did（A or “B”）", Did(Events(("A", "B")))),
        ("did [A, B] exactly 1 time", Did(Events(("A", "B")), "exactly", 1)),
        ("did [^A B]", Did(Events(("A", "B"), negated=True))),
        ("did *", Did(ANY)),
        ("did . at least 10 times", Did(ANY, "at least", 10)),
        ("did A[value > 100] at least 2 times", Did(DEAR, "at least", 2)),
        ("did not A", Not(Did(A))),
        ("not did A", Not(Did(A))),
        ("did A at least 3 times in 30 days", Did(A, "at least", 3, window=30 * DAY)),
        ("did A at least 3 times in 30d", Did(A, "at least", 3, window=30 * DAY)),
        ("did A in the last 2 weeks", Did(A, recent=14 * DAY)),
        ("did A before the last 2 weeks", Did(A, older=14 * DAY)),
        (
            "did A exactly 0 times in 1 day in the last 90 days since '2026-01-01' until '2026-02-01'",
            Did(A, "exactly", 0, DAY, 90 * DAY, "2026-01-01", "2026-02-01"),
        ),
        ("A then B", InOrder(A, (Step(B),))),
        ("did A then B", InOrder(A, (Step(B),))),
        ("did not A then B", Not(InOrder(A, (Step(B),)))),
        ("A then B within 7 days without C", InOrder(A, (Step(B, 7 * DAY, C),))),
        ("A then B without C within 7 days", InOrder(A, (Step(B, 7 * DAY, C),))),
        ("A then B then (C or A) in 90 minutes", InOrder(A, (Step(B), Step(Events(("C", "A")))), 5_400_000_000)),
        ("'A' then A[value > 100]", InOrder(A, (Step(DEAR),))),
        (
            "cart -> [^cart]* -> pay",
            Path(Chain((Events(("cart",)), Repeat(Events(("cart",), negated=True)), Events(("pay",))))),
        ),
        ("A→B", Path(Chain((A, B)))),
        ("^ A -> . $", Path(Chain((A, ANY)), True, True)),
        ("A$", Path(A, ends=True)),
        ("(A -> B | C)+ -> A?", Path(Chain((Repeat(Choice((Chain((A, B)), C)), 1), Repeat(A, 0, 1))))),
        ("(A -> B) -> ((C | (A | B)))", Path(Chain((A, B, Choice((C, A, B)))))),
        ("A{2}", Path(Repeat(A, 2, 2))),
        ("A{ 2 ， } | B{,3} -> C", Path(Choice((Repeat(A, 2), Chain((Repeat(B, 0, 3), C)))))),
        ("(A+)* -> B", Path(Chain((Repeat(Repeat(A, 1)), B)))),
        ("(A -> B)", Path(Chain((A, B)))),
        ("in segment 'VIP'", InSegment("VIP")),
        ("not in  Segment 高价值", Not(InSegment("高价值"))),
        (
            "channel = 'web' and (A -> B or did C)",
            And((Compare("channel", "=", "web"), Or((Path(Chain((A, B))), Did(C))))),
        ),
        ("did A or B -> C and value > 1", Or((Did(A), And((Path(Chain((B, C))), Compare("value", ">", 1)))))),
        ("in = 'x' and then = 'y'", And((Compare("in", "=", "x"), Compare("then", "=", "y")))),
        ('"did" = 1', Compare("did", "=", 1)),
        ("did time", Did(Events(("time",)))),
        ('did "in" and did "A ""B"""', And((Did(Events(("in",))), Did(Events(('A "B"',)))))),
    ],
)  # fmt: skip
def test_what_is_read(text, expr):
    found = parse(text)
    assert found == expr and parse(str(found)) == found
    assert pickle.loads(pickle.dumps(found)) == found


@given(condition=customer_conditions(), event=leaves())
@settings(max_examples=examples(200))
def test_the_printed_text_is_read_back(lark, condition, event):  # noqa: F811
    expr = parse(f"({condition.text}) and not {event}")
    assert parse(str(expr)) == expr == lark(str(expr)) and str(parse(str(expr))) == str(expr)
    for language in ("zh", "en"):
        assert "{" not in describe(expr, language).replace(str(expr), "") or "{" in condition.text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("did A at least 1 times", "did A"),
        ("did A at least 3 times in 24 hours", "did A at least 3 times in 1 day"),
        ("did A exactly 1 times in 90 seconds", "did A exactly 1 time in 90 seconds"),
        ("did A in the last 5us", "did A in the last 5 us"),
        ("did ['then' B]", 'did ("then" or B)'),
        ("did not [^ A]", "not did [^A]"),
        ("A -> B | C", "A -> B | C"),
        ("(A|B)->C{1,1}", "(A | B) -> C{1}"),
        ("^A$", "^ A $"),
    ],
)
def test_how_it_is_printed(text, printed):
    assert str(parse(text)) == printed


TOKENS = [
    "did", "not", "A", "'B c'", "(", ")", "or", "and", "[", "]", "[^", "at least", "2", "times", "in", "days", "then",
    "within", "without", "->", "|", "*", "+", "?", "{2}", "^", "$", ".", "in segment", "in the last", "since", "=",
]  # fmt: skip


@given(words=st.lists(st.sampled_from(TOKENS), max_size=9))
@settings(max_examples=examples(1000))
def test_lark_refuses_the_same(lark, words):  # noqa: F811
    from lark.exceptions import LarkError

    from lvtu.errors import BadInput

    text = " ".join(words)
    try:
        expected = lark(text)
    except (LarkError, BadInput):
        expected = None
    try:
        found = parse(text)
    except BadExpression:
        found = None
    assert found == expected


def test_what_is_read_of_events():
    expr = parse(
        "did A[value > 1] and not (A[plan = 'p'] then B without C[channel = 'web'] or .[time > '2026-01-01'] -> B)"
    )
    assert expr.names == {"value", "plan", "channel", "time"}
    assert [str(one) for one in customers_in(expr)] == [str(expr.parts[0]), *map(str, expr.parts[1].part.parts)]
    assert is_of_customers(expr) and not is_of_customers(And((expr, Compare("a", "=", 1))))


def test_a_segment_is_told_apart_from_a_column():
    (name,) = parse("in segment 'VIP'").names
    assert isinstance(name, SegmentName) and name.segment == "VIP" and name != "VIP"
    again = pickle.loads(pickle.dumps(name))
    assert (again, again.segment, type(again)) == (name, "VIP", SegmentName)


def test_one_event_does_not_tell():
    for text in ("did A", "A then B", "A -> B", "in segment x", "value > 1 and not did A"):
        with pytest.raises(BadExpression, match="depends on the customer’s other events"):
            evaluate_row(parse(text), {"event": "A", "value": 2.0})


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Events(), "no event is named"),
        (lambda: Did(A, "more than"), "'more than' is no way to count"),
        (lambda: Did(A, since="soon"), "'soon' is not a time"),
        (lambda: InOrder(A, ()), "a sequence has two steps or more"),
        (lambda: InOrder(A, (Step(B),) * 16), "17 steps; 16 are possible"),
        (lambda: Path(A), "one event alone is no path"),
    ],
)
def test_parts_check_themselves(make, message):
    from lvtu.errors import BadInput

    with pytest.raises(BadInput, match=message):
        make()


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("did 下单 at least 3 times in 30 days",
         "做过“下单”，某段 30 天之内至少 3 次",
         "did “下单” at least 3 times in some 30 days"),
        ("not did (A or B) in the last 1 day", "最近 1 天没有做过“A”或“B”", "did not do “A” or “B” in the last 1 day"),
        ("did A[value > 100] exactly 1 time",
         "做过“A”（金额大于 100）恰好 1 次",
         "did “A” (amount is greater than 100) exactly 1 time"),
        ("did [^A] at most 2 times since '2026-01-01' until '2026-02-01'",
         "“2026-01-01”起、“2026-02-01”之前做过除“A”之外的任何事件至多 2 次",
         "did anything but “A” at most 2 times since “2026-01-01” before “2026-02-01”"),
        ("A then B within 7 days without C then . in 30 days",
         "先“A”，再“B”（7 天之内，其间没有“C”），再任何事件，全程不超过 30 天",
         "did “A”, then “B” (within 7 days, without “C” between), then anything, all in 30 days"),
        ("not A then B", "并非（先“A”，再“B”）", "not (did “A”, then “B”)"),
        ("A -> B+ $", "走过路径“A -> B+ $”", "took the path “A -> B+ $”"),
        ("not ^ A -> B", "没有走过路径“^ A -> B”", "did not take the path “^ A -> B”"),
        ("in segment VIP or not in segment x",
         "属于客户分群“VIP”或不属于客户分群“x”",
         "is in segment “VIP” or is not in segment “x”"),
    ],
)  # fmt: skip
def test_in_words(text, zh, en):
    assert (describe(parse(text), "zh"), describe(parse(text), "en")) == (zh, en)
