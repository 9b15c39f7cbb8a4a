"""Reading texts: equal to plain Python, and sound on whatever people type."""

from __future__ import annotations

from functools import cache
from math import sqrt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.errors import BadInput
from lvtu.kernels.text import KIND, word_key
from lvtu.voice import TextModel, analyse, clauses, explain
from lvtu.voice.text.explain import parts
from lvtu.voice.text.model import grams_of
from lvtu.voice.text.strings import LONGEST, Strings
from naive import text as naive
from parts import examples

NEGATIONS = {
    "not",
    "no",
    "never",
    "cannot",
    "without",
    "nothing",
    "hardly",
    "none",
    "nor",
    "neither",
    "nobody",
    "barely",
}
ODD = [
    "",
    " ",
    "好",
    "味道不错，但是送得太慢了！！！",
    "I don't like it AT ALL... @united https://t.co/x1 :(",
    "never not good, no",
    "这个app很nice，can't complain",
    "ＡＢＣ１２３ｅ́é",
    "sooooo goooood 好好好好好",
    "😀👍🏽👨‍👩‍👧 ❤️",
    "これはペンです 한국어 Привет สวัสดี",
    "a'b 'a' n't don't't",
    "𠀀𠮷 ok",
    "\x00\x01\u200b\ufeff",
    "没有想象中那么好吃，不错的店，不仅快而且好 无异味 未收到not不good好",
    "沒有說的那麼讚",
]
TEXTS = st.lists(
    st.sampled_from("好不吃没错太差味道，。！ abnot'@:/.5é１😀あП\u0301\ufe0f\n")
    | st.sampled_from([" not ", "don't", "http://"]),
    max_size=25,
).map("".join)


@cache
def tables() -> tuple[TextModel, list[int], list[int]]:
    model = TextModel.shipped()
    return model, model.table.tolist(), model.weights[:, model.heads.index("polarity")].tolist()


def check(text: str) -> None:
    model, table, weights = tables()
    strings = Strings.of([text])
    bits = len(weights).bit_length() - 1
    wanted = [(naive.bucket(one, bits), *one[2:]) for one in naive.grams(text, table, NEGATIONS)]
    _, buckets, places = grams_of(strings, model, spans=True)
    assert list(zip(buckets.tolist(), *places.tolist(), strict=True)) == wanted
    head = model.heads.index("polarity")
    sums, distinct = model.read(strings).sums[0, head], model.read(strings).distinct[0]
    found = sums * model.scales[head] / sqrt(max(1, distinct))
    zero = model.intercepts[0, head] + model.openings[0, head] / sqrt(max(64, distinct))
    assert model.logits(model.read(strings), np.zeros(1, int))[0, head] == pytest.approx(found + zero)
    assert found == pytest.approx(naive.logit(text, table, NEGATIONS, weights, float(model.scales[head])))


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read_as_in_plain_python(text: str) -> None:
    check(text)


@settings(max_examples=examples(150), deadline=None)
@given(TEXTS)
def test_texts_are_read_as_in_plain_python(text: str) -> None:
    check(text)


def test_the_list_of_negations_is_that_of_the_model() -> None:
    assert {word_key(word) for word in NEGATIONS} == set(TextModel.shipped().negations.tolist())


@pytest.mark.parametrize(
    ("written", "folded"), [("Ａ", "a"), ("É", "e"), ("７", "0"), ("，", ","), ("　", " "), ("！", "!"), ("“", '"')]
)
def test_spellings_of_one_thing_are_one(written: str, folded: str) -> None:
    entry = int(TextModel.shipped().table[ord(written)])
    assert chr(entry & (1 << KIND) - 1) == folded


def test_a_row_for_each_text_and_nothing_for_what_says_nothing() -> None:
    table = analyse(["很好", None, "", " \n", "Great!", "😀"])
    assert table.column_names[:3] == ["language", "sentiment", "label"]
    assert table["language"].to_pylist() == ["zh", None, None, None, "en", None]
    assert [one is None for one in table["sentiment"].to_pylist()] == [False, True, True, True, False, False]
    assert [one is None for one in table["label"].to_pylist()] == [False, True, True, True, False, False]
    assert (table.schema.field("sentiment").type, table.num_rows) == (pa.float64(), 6)


def test_texts_may_come_in_any_shape() -> None:
    texts = ["很好", None, "terrible service"]
    wanted = analyse(texts)
    for same in (
        pa.array(texts),
        pa.array(texts, pa.large_string()),
        pa.chunked_array([texts[:1], texts[1:]]),
        pa.array(texts).dictionary_encode(),
        pa.array(["x", *texts, "y"]).slice(1, 3),
        tuple(texts),
        iter(texts),
    ):
        assert analyse(same).equals(wanted)
    assert analyse([]).num_rows == 0 == clauses([]).num_rows
    assert analyse([None]).equals(analyse(pa.array([None])))


@pytest.mark.parametrize("wrong", ["one text", [1, 2], pa.array([1.5])])
def test_what_is_no_text_is_refused(wrong: object) -> None:
    with pytest.raises(BadInput, match="these are not texts"):
        analyse(wrong)


def test_halves_of_pairs_are_read_as_one_unknown_character() -> None:
    assert analyse(["a\ud800b 很好"]).equals(analyse(["a\ufffdb 很好"]))
    assert clauses(["x\ud800，很好"])["start"].to_pylist() == [0, 3]


def test_of_a_very_long_text_the_beginning_is_read() -> None:
    text = "服务很好。" * 100_000
    assert analyse([text])["sentiment"].to_pylist() == analyse([text[:LONGEST]])["sentiment"].to_pylist()
    long_words = analyse(["a" * 200_000, "很差"])
    assert long_words["label"][1].as_py() == "negative"


def test_who_else_is_read_changes_nothing() -> None:
    texts = ["很好", "terrible", "一般", "The seats were fine but the food was cold"] * 3
    whole = analyse(texts)["sentiment"].to_pylist()
    assert whole == [analyse([text])["sentiment"][0].as_py() for text in texts]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("这个app真的很nice", "zh"),
        ("The 火锅 place downtown is lovely", "en"),
        ("これはとても良い商品です", "other"),
        ("정말 좋아요", "other"),
        ("Очень плохо", "other"),
        ("12345 !!!", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert analyse([text])["language"].to_pylist() == [language]


def test_the_label_has_a_band_and_the_sentiment_has_a_sign() -> None:
    texts = ["请问几点营业", "很好", "太差了", "一般", "What time do you open?", "awful", "lovely", "还行吧"]
    band = TextModel.shipped().about["band"]
    for sentiment, label in zip(*(analyse(texts)[name].to_pylist() for name in ("sentiment", "label")), strict=True):
        assert -2 <= sentiment <= 2
        assert label == ("neutral" if abs(sentiment) < band else "positive" if sentiment > 0 else "negative")


def test_clauses_stand_where_they_say() -> None:
    texts = [
        "味道不错，但是送得太慢了！\n下次不会再点",
        None,
        "",
        "Great seats, but the food was cold. Paid $3.50 at www.x.com",
        "。。",
    ]
    table = clauses(texts)
    rows = table.to_pylist()
    assert [(one["row"], one["text"]) for one in rows] == [
        (0, "味道不错"),
        (0, "但是送得太慢了"),
        (0, "下次不会再点"),
        (3, "Great seats"),
        (3, "but the food was cold"),
        (3, "Paid $3.50 at www.x.com"),
    ]
    assert all(texts[one["row"]][one["start"] : one["end"]] == one["text"] for one in rows)
    assert table["label"].to_pylist()[:2] == ["positive", "negative"]


def test_the_words_that_made_a_label_add_up_to_it() -> None:
    model = TextModel.shipped()
    head = model.heads.index("polarity")
    for text in ("The crew was friendly but the food was awful", "房间很干净，可惜太吵 👍"):
        strings = Strings.of([text])
        read, chinese = model.read(strings), np.zeros(1, int)
        whole = (model.logits(read, chinese) - model.zeros(read, chinese))[0, head]
        assert sum(parts(text, model).values()) == pytest.approx(whole)
    found = explain("The crew was friendly but the food was awful", limit=2)
    assert [(one["text"], one["weight"] > 0) for one in found] == [("awful", False), ("friendly", True)]
    text = "房间很干净，可惜太吵"
    assert all(text[one["start"] : one["end"]] == one["text"] for one in explain(text))
    assert explain("") == []
