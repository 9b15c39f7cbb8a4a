"""Clauses: where regular expressions find them, whatever people type."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.voice.text.clauses import clauses_of
from lvtu.voice.text.strings import Strings
from naive.clauses import spans
from parts import examples

TEXTS = st.lists(
    st.sampled_from("好吃，、,.。;!…～\n\r \u3000\t:-a1_'𠮷😀é")
    | st.sampled_from(
        [
            "但是",
            "不过",
            "就是",
            "就是太",
            "就是价格",
            "有点",
            " but ",
            ", BUT",
            "however",
            " yet",
            "Except",
            "但",
            "...",
            ".5",
        ]
    ),
    max_size=20,
).map("".join)


def check(*texts: str | None) -> None:
    found = clauses_of(Strings.of(texts))
    for row, text in enumerate(texts):
        ours = slice(*found.offsets[row : row + 2])
        wanted = list(spans(text or ""))
        assert list(zip(found.starts[ours].tolist(), found.ends[ours].tolist(), strict=True)) == wanted
        parts = found.strings.column().to_pylist()[ours]
        assert parts == [(text or "")[start:end] for start, end in wanted]


@settings(max_examples=examples(250), deadline=None)
@given(TEXTS)
def test_clauses_end_where_regular_expressions_say(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "Great seats, but the food was cold. Paid $3.50 at www.x.com", "环境好，但是上菜太慢。。。不过还行", "ok.\n",
        "就是太贵就是好", "butter, button but", "no.但是.no", "ok. ", "a,，好,b", "but", " but", "x，  好", "x,\n好",
        "...", "", "yet好 yet 好 yet!", "1 yet𠮷 but😀",
    ],
)  # fmt: skip
def test_odd_ones(text: str) -> None:
    check(text)


def test_many_together() -> None:
    check("味道不错，但是慢", None, "", "。。", "a. b. c", "😀，好" * 50)
