"""Reading and printing: the canonical text, the spellings that are read, and Lark as the second opinion."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.core.expr import Among, And, Between, Compare, Match, Missing, Not, Or, describe, parse
from lvtu.core.expr.builder import BUILD
from lvtu.core.expr.nodes import RESERVED
from lvtu.core.expr.tables import _GRAMMAR, _TABLES, compile_grammar, tables
from lvtu.core.expr.tokens import Token
from lvtu.errors import BadExpression, BadInput
from parts import examples
from unit.expr.expressions import conditions, leaves

ANY_TEXT = st.text(max_size=8)
ANY = conditions(
    leaves()
    | st.builds(Compare, ANY_TEXT.map("p_".__add__), st.just("="), ANY_TEXT)
    | st.builds(
        Compare, st.sampled_from(sorted(RESERVED)), st.just("<"), st.floats(allow_nan=False, allow_infinity=False)
    )
    | st.builds(Missing, ANY_TEXT)
)


@given(ANY)
@settings(max_examples=examples(500))
def test_the_printed_text_is_read_back(expr):
    again = parse(str(expr))
    assert again == expr and hash(again) == hash(expr) and str(again) == str(expr)


@pytest.fixture(scope="module")
def lark():
    from lark import Lark, Transformer

    class Build(Transformer):
        def __default_token__(self, token):
            return Token(token.type, str(token))

        def __default__(self, data, children, meta):
            return BUILD[str(data)](*children)

    parser = Lark(_GRAMMAR.read_text("utf-8"), parser="lalr", maybe_placeholders=False)
    return lambda text: Build().transform(parser.parse(text))


@given(expr=ANY)
@settings(max_examples=examples(300))
def test_lark_reads_the_same(lark, expr):
    assert parse(str(expr)) == lark(str(expr)) == expr


TOKENS = [
    "a",
    "in",
    "not",
    "(",
    ")",
    "'x'",
    "3",
    "and",
    "or",
    "=",
    "<",
    "between",
    "like",
    "is",
    "null",
    "starts",
    "with",
    ",",
    "true",
    '"q"',
    "in",
    "~",
]


@given(words=st.lists(st.sampled_from(TOKENS), max_size=9))
@settings(max_examples=examples(500))
def test_lark_refuses_the_same(lark, words):
    from lark.exceptions import LarkError

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


def test_the_tables_are_those_of_the_grammar():
    import json

    assert json.loads(_TABLES.read_text("utf-8")) == compile_grammar(), "run lvtu.core.expr.tables.write()"


def test_an_edited_grammar_is_compiled_at_once(monkeypatch, tmp_path):
    edited = tmp_path / "grammar.lark"
    edited.write_text(_GRAMMAR.read_text("utf-8").replace('"contains"i', '"has"i'), "utf-8")
    monkeypatch.setattr("lvtu.core.expr.tables._GRAMMAR", edited)
    tables.cache_clear()
    try:
        assert parse("plan has 'x'") == Match("plan", "contains", "x")
    finally:
        tables.cache_clear()


def test_every_keyword_is_reserved():
    assert set(tables().keywords) - RESERVED == {"time"}, "a field, and a keyword only behind a number"


@pytest.mark.parametrize(
    ("text", "expr"),
    [
        ("a == 1", Compare("a", "=", 1)),
        ("a<>1", Compare("a", "!=", 1)),
        ("a ≠ 1 OR a≤2 Or a ≥ 3", Or((Compare("a", "!=", 1), Compare("a", "<=", 2), Compare("a", ">=", 3)))),
        ("城市＝‘杭州’", Compare("城市", "=", "杭州")),
        ("城市 ！＝ “杭州”", Compare("城市", "!=", "杭州")),
        ("金额＞＝１００", Compare("金额", ">=", 100)),
        ("channel in（‘a’，‘b’）", Among("channel", ("a", "b"))),
        ("a NOT\n IN ('x')", Among("a", ("x",), True)),
        ("a between -1 and +.5e1", Between("a", -1, 5)),
        ("a not between 1 and 2 and b is null", And((Between("a", 1, 2, True), Missing("b")))),
        (
            "a Starts With 'x' and b not ends with 'y'",
            And((Match("a", "starts with", "x"), Match("b", "ends with", "y", True))),
        ),
        ("a is not null", Missing("a", True)),
        ("not not a = 1", Not(Not(Compare("a", "=", 1)))),
        ("not a = 1 and b = 2", And((Not(Compare("a", "=", 1)), Compare("b", "=", 2)))),
        ("a = 1 or b = 2 and c = 3", Or((Compare("a", "=", 1), And((Compare("b", "=", 2), Compare("c", "=", 3)))))),
        ("(a = 1 or b = 2) and c = 3", And((Or((Compare("a", "=", 1), Compare("b", "=", 2))), Compare("c", "=", 3)))),
        ("((a = 1))", Compare("a", "=", 1)),
        ("a = 1 and (b = 2 and c = 3)", And(tuple(Compare(n, "=", v) for n, v in (("a", 1), ("b", 2), ("c", 3))))),
        ("a = true", Compare("a", "=", "true")),
        ("a = 'it''s'", Compare("a", "=", "it's")),
        ('"Plan ""X""" = 1', Compare('Plan "X"', "=", 1)),
        ('properties."Plan Name" = 1', Compare("Plan Name", "=", 1)),
        ("properties.plan = 1", Compare("plan", "=", 1)),
        ("properties.event = 'x'", Compare("properties.event", "=", "x")),
        (
            "$browser = 'x' and items.0.price > 1",
            And((Compare("$browser", "=", "x"), Compare("items.0.price", ">", 1))),
        ),
        ("in in ('a') and contains contains 'x'", And((Among("in", ("a",)), Match("contains", "contains", "x")))),
        ("notes = 'x' and order = 'y'", And((Compare("notes", "=", "x"), Compare("order", "=", "y")))),
    ],
)
def test_what_is_read(text, expr):
    assert parse(text) == expr


@pytest.mark.parametrize(
    "name", ['Plan "X"', "a.b c.d", "", "1a", "a-b", "a.", "$a.$b", "null", "Not", "properties.event", "'"]
)
def test_names_are_printed_so_that_they_are_read_back(name):
    assert parse(str(Missing(name))) == Missing(name) and Missing(name).name == name


def test_text_that_is_true_and_numbers_stay_apart():
    assert parse("a = true") != parse("a = 1") and parse("a = '1'") != parse("a = 1")


def test_a_list_of_a_hundred_thousand():
    assert len(parse(f"user_id in ({', '.join(f'{n}' for n in range(100_000))})").values) == 100_000


def test_names():
    assert parse("a = 1 and not (b.c is null or properties.a like 'x')").names == {"a", "b.c"}


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("channel = 'a' and value > 1", "渠道是“a”且金额大于 1", "channel is “a” and amount is greater than 1"),
        ("plan in ('a', 'b') or score = 5", "plan 是“a”、“b”之一或得分等于 5", "plan is one of “a”, “b” or score is 5"),
        ("(a = 1 or b = 2) and c is null", "（a 等于 1 或 b 等于 2）且没有 c", "(a is 1 or b is 2) and there is no c"),
        ("time < '2026-01-01'", "时间早于“2026-01-01”", "time is before “2026-01-01”"),
        ("not 城市 starts with '中国mobile'", "并非（城市以“中国mobile”开头）", "not (城市 starts with “中国mobile”)"),
        ("城市 not like '%x'", "城市不符合“%x”", "城市 does not fit “%x”"),
        ("value not between 1 and 5", "金额不在 1 到 5 之间", "amount is not between 1 and 5"),
    ],
)  # fmt: skip
def test_in_words(text, zh, en):
    assert (describe(parse(text), "zh"), describe(parse(text), "en")) == (zh, en)


@given(conditions())
def test_every_condition_has_words(expr):
    assert "{" not in describe(expr, "zh") + describe(expr, "en")


def test_the_languages_have_the_same_words():
    from lvtu.core.expr.phrases import _words

    assert _words()["zh"].keys() == _words()["en"].keys()
    with pytest.raises(BadInput, match="Known: zh, en"):
        describe(parse("a = 1"), "fr")
