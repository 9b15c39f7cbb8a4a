"""Emotion, intent, urgency and the cues of service: plain examples, and the words that made them."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from lvtu.errors import UnknownName
from lvtu.voice import EMOTIONS, FOUR_DONTS, INTENTS, SERVQUAL, URGENCIES, analyse, clauses, explain
from parts import ROOT

PLAIN = [
    ("收到礼物太惊喜了，超级开心！", "delight", "praise", 0),
    ("We had a wonderful time, absolutely love this place 😍", "delight", "praise", 0),
    ("房间干净，服务不错，很满意", "satisfaction", "praise", 0),
    ("Quick and convenient, as described. Satisfied.", "satisfaction", "praise", 0),
    ("在这家买了很多年，质量有保障，放心", "trust", "praise", 0),
    ("You can count on them, reliable and honest for years", "trust", "praise", 0),
    ("太失望了，和以前没法比，不值这个价", "disappointment", "complain", 1),
    ("Very disappointed, expected more", "disappointment", "complain", 1),
    ("什么垃圾态度，气死我了，骗子", "anger", "complain", 1),
    ("This is outrageous, what a scam, I am furious", "anger", "complain", 3),
    ("完全看不懂怎么操作，一头雾水，请问在哪里设置？", "confusion", "ask", 1),
    ("I am confused and don't understand why. How do I change it?", "confusion", "ask", 1),
    ("建议增加一些座位，希望能改进", None, "suggest", 0),
    ("It would be nice if you could add more charging outlets", None, "suggest", 0),
    ("再也不来了，卸载！", None, "leave", 1),
    ("I will never use them again, please close my account", None, "leave", 1),
    ("等了一个小时还没上菜，问了三次服务员都不理，再也不来了！", "disappointment", "leave", 1),
    ("急！航班快赶不上了，客服一直没人接", None, "complain", 2),
    ("吃完拉肚子进了医院", None, "complain", 3),
]


@pytest.mark.parametrize(("text", "emotion", "intent", "urgency"), PLAIN)
def test_plain_words_are_read_plainly(text: str, emotion: str | None, intent: str, urgency: int) -> None:
    (one,) = analyse([text]).to_pylist()
    assert (one["intent"], one["urgency"]) == (intent, urgency)
    if emotion is not None:
        assert one["emotion"] == emotion and emotion in one["emotions"]
        assert 0 < one["emotion_confidence"] < 1
        assert any(found["label"] == emotion for found in explain(text, of="emotion"))
    assert any(found["label"] == intent for found in explain(text, of="intent"))


@pytest.mark.parametrize(
    ("text", "head", "wanted"),
    [
        ("排队等了两个小时", "four_donts", ["wait"]),
        ("一直弹广告，烦死了", "four_donts", ["annoy"]),
        ("页面看不懂，找不到入口", "four_donts", ["think"]),
        ("打了好几次电话，每次都要重新说一遍", "four_donts", ["repeat"]),
        ("不用排队，很快就好", "four_donts", []),
        ("On hold for hours, transferred again and again", "four_donts", ["wait", "repeat"]),
        ("The signs are confusing and the app keeps crashing", "four_donts", ["annoy", "think"]),
        ("装修漂亮，员工专业，很贴心", "servqual", ["tangibles", "assurance", "empathy"]),
        ("说到做到，回复及时", "servqual", ["reliability", "responsiveness"]),
        ("Clean rooms, prompt and caring staff who keep their promise", "servqual",
         ["tangibles", "reliability", "responsiveness", "empathy"]),
    ],
)  # fmt: skip
def test_cues_of_service(text: str, head: str, wanted: list[str]) -> None:
    (found,) = analyse([text])[head].to_pylist()
    assert found == wanted
    assert {one["label"] for one in explain(text, of=head)} == set(wanted)


def test_a_word_turned_is_another_word() -> None:
    for text, wanted in (
        ("很满意", "satisfaction"),
        ("并不满意", "disappointment"),
        ("not happy at all", "disappointment"),
    ):
        assert analyse([text])["emotion"].to_pylist() == [wanted]
    assert "wait" not in analyse(["we didn't wait at all"])["four_donts"][0].as_py()


def test_the_six_words_stand_as_they_are_called() -> None:
    assert list(EMOTIONS.values()) == ["愉悦", "满意", "信任", "失望", "愤怒", "困惑"]
    words = {
        lang: json.loads((ROOT / f"src/lvtu/core/words/{lang}.json").read_text(encoding="utf-8"))["voice"]
        for lang in ("zh", "en")
    }
    assert words["zh"]["emotions"] == EMOTIONS
    for lang in words:
        assert set(words[lang]["emotions"]) == set(EMOTIONS)
        assert set(words[lang]["intents"]) == {*INTENTS, "other"}
        assert set(words[lang]["urgencies"]) == {str(one) for one in URGENCIES.values()}
        assert set(words[lang]["four_donts"]) == set(FOUR_DONTS) and set(words[lang]["servqual"]) == set(SERVQUAL)


def test_columns_have_their_types_and_nothing_says_nothing() -> None:
    table = analyse(["很好", None, " "])
    strings = pa.list_(pa.string())
    types = {name: table.schema.field(name).type for name in table.column_names[3:]}
    assert types == {
        "emotion": pa.string(), "emotion_confidence": pa.float64(), "emotions": strings, "intent": pa.string(),
        "topics": strings, "urgency": pa.int8(), "four_donts": strings, "servqual": strings,
    }  # fmt: skip
    for name in types:
        assert [one is None for one in table[name].to_pylist()][1:] == [True, True], name
    assert analyse([]).schema == table.schema


def test_clauses_say_what_a_comment_of_their_words_says() -> None:
    table = clauses(["环境很好，但是等了一个小时，再也不来了"])
    alone = analyse(table["text"].to_pylist())
    for name in alone.column_names[1:]:
        assert table[name].to_pylist() == alone[name].to_pylist()
    assert table["intent"].to_pylist() == ["praise", "complain", "leave"]


def test_what_is_explained_must_be_known() -> None:
    with pytest.raises(UnknownName, match="no labels called 'mood'"):
        explain("x", of="mood")
    assert explain("", of="emotion") == []
    text = "味道不错，等了很久"
    for head in ("sentiment", "emotion", "intent", "topics", "urgency", "four_donts", "servqual"):
        assert all(text[one["start"] : one["end"]] == one["text"] for one in explain(text, of=head))
    assert [one["label"] for one in explain("太差劲了！", of="urgency")] == ["complain"]
    assert {one["label"] for one in explain("口感像橡皮", of="emotion", limit=1)} <= {"satisfaction", "disappointment"}


@pytest.mark.parametrize(
    "text", [text for text, *_ in PLAIN] + ["口感像橡皮", "The app keeps crashing.", "Lovely", "房间小", "hmm"]
)
def test_every_label_has_words_that_made_it(text: str) -> None:
    (one,) = analyse([text]).to_pylist()
    for head, labels in (
        ("emotion", [one["emotion"]] if one["emotion"] else []),
        ("intent", [one["intent"]] if one["intent"] != "other" else []),
        ("topics", one["topics"]), ("four_donts", one["four_donts"]), ("servqual", one["servqual"]),
    ):  # fmt: skip
        told = {word["label"] for word in explain(text, of=head, limit=50)}
        assert told >= set(labels), (head, labels, told)
    assert bool(explain(text, of="urgency")) >= (one["urgency"] > 0)
