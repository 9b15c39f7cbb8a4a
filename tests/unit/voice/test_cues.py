"""Phrases found in texts: as in plain Python, at the places they say, whatever people type."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvtu.voice import TextModel, mentions
from lvtu.voice.text.automaton import Automaton, Head, compiled
from lvtu.voice.text.heads import HEADS, automaton, columns
from lvtu.voice.text.phrases import chosen, listed, phrase
from lvtu.voice.text.strings import Strings
from lvtu.voice.text.taxonomy import PRESETS, preset
from naive import cues as naive
from parts import examples

TABLE = TextModel.shipped().table.tolist()
NEGATIONS = [phrase("不", "yes", 2), phrase("not", "yes", 6), phrase("不错", "-"), phrase("a not", "yes", 3)]
FEELINGS = [
    phrase("好", "good"), phrase("好吃", "good", 1), phrase("不好", "bad"), phrase("好不", "bad", 1),
    phrase("ab*", "good"), phrase("ab", "bad"), phrase("abc", "bad"), phrase("b a", "good"), phrase("!", "odd"),
    phrase("😀", "good"), phrase("吃吃", "-"), phrase("a0", "odd"), phrase("é好", "odd"),
]  # fmt: skip
TOPICS = [phrase("吃", "eating", 1), phrase("吃好", "eating"), phrase("b", "letters"), phrase("好b", "letters", 1)]
TURNED = {"good": "bad", "odd": None}
MACHINE = compiled(
    [
        Head("negation", (), NEGATIONS, {}, {}),
        Head("feeling", ("good", "bad", "odd"), FEELINGS, TURNED, {}),
        Head("topics", ("eating", "letters"), TOPICS, {}, {"eating": 2, "letters": 3}),
    ]
)
SPELLED = {naive.plain(one.text, TABLE) for one in preset("general").head().phrases}
TEXTS = st.lists(
    st.sampled_from("好吃不错abcＡ１é😀！, '\u0301\ufe0f\U0001f468\u200d")
    | st.sampled_from([" not ", "好好好", "a not ab", "不好吃"]),
    max_size=16,
).map("".join)


def found(machine: Automaton, text: str) -> list[tuple[str, str, int, int, int]]:
    _, rows = machine.mentions(Strings.of([text]))
    return [(*machine.labels[label], weight, start, end) for label, weight, start, end, *_ in rows.tolist()]


def wanted(machine: Automaton, text: str) -> list[tuple[str, str, int, int, int]]:
    negations, *heads = [[naive.Spelled(*one) for one in head.phrases] for head in machine.heads]
    return [
        (head.name, *one)
        for head, phrases in zip(machine.heads[1:], heads, strict=True)
        for one in naive.mentions(text, negations, phrases, head.turned, TABLE)
    ]


def check(machine: Automaton, text: str) -> None:
    ours = found(machine, text)
    assert sorted(ours) == sorted(wanted(machine, text))
    sums, _, topics = machine.tally(Strings.of([text]))
    weights: Counter[int] = Counter()
    for name, label, weight, *_ in ours:
        weights[machine.labels.index((name, label))] += weight
    assert sums[0].tolist() == [weights[number] for number in range(machine.columns)]
    holding = [
        number for number in range(machine.columns, len(machine.labels)) if weights[number] >= machine.least[number]
    ]
    assert sorted(topics + machine.columns) == holding


@settings(max_examples=examples(200), deadline=None)
@given(TEXTS)
def test_phrases_are_found_as_in_plain_python(text: str) -> None:
    check(MACHINE, text)


@pytest.mark.parametrize(
    "text",
    [
        "味道不错，但是送得太慢了！！等了两个小时", "I was NOT happy, waited 2 hours… can't find my bag",
        "Never again!!! 😡😡", "ＡＰＰ闪退，客服打不通", "𠮷野家好吃", "", "没有不满意", "no problem, not bad at all",
        "e\u0301tat\u200d好\ufe0f", "🤬再也不来了👨‍👩‍👧", "don't worry, doesn't work", "refunded refunds re-fund",
        "服务器和服务员",
    ],
)  # fmt: skip
def test_the_shipped_phrases_are_found_as_in_plain_python(text: str) -> None:
    check(automaton(preset("general")), text)


def test_many_texts_are_read_as_each_alone() -> None:
    texts = ["好吃", "", "不好吃吃吃", "b b b", None, "ab abc"]
    together = MACHINE.tally(Strings.of(texts))
    for row, text in enumerate(texts):
        alone = MACHINE.tally(Strings.of([text]))
        assert together.sums[row].tolist() == alone.sums[0].tolist()
        assert together.topics[slice(*together.offsets[row : row + 2])].tolist() == alone.topics.tolist()


@settings(max_examples=examples(100), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "服务",
                "ＳＥＲＶＩＣＥ",
                "app",
                "Ａpp",
                "排隊",
                "排队",
                "等位",
                "waited",
                "😀",
                "𠮷",
                "é",
                "\u0301",
                "，",
                " ",
            ]
        ),
        max_size=12,
    ).map("".join)
)
def test_mentions_stand_where_they_say(text: str) -> None:
    last = 0
    for one in mentions([text]).to_pylist():
        assert text[one["start"] : one["end"]] == one["text"]
        assert last <= one["start"] < one["end"]
        assert any(naive.plain(one["text"], TABLE).startswith(known) for known in SPELLED)
        last = one["end"]


@pytest.mark.parametrize("head", ["negation", *HEADS[:-1]])
def test_no_phrase_stands_twice_in_a_head(head: str) -> None:
    labels: dict[str, str] = {}
    for one in listed(head):
        spelled = naive.plain(one.text, TABLE)
        assert spelled, one
        assert labels.setdefault(spelled, one.label) == one.label, f"{one.text}: {one.label}, {labels[spelled]}"


@pytest.mark.parametrize("head", HEADS[:-1])
def test_every_label_has_phrases_in_both_languages(head: str) -> None:
    machine = automaton(preset("general"))
    labels = {label for name, label in machine.labels[columns(head)] if name == head}
    spelled = {(one.label, any("\u3400" <= character <= "\u9fff" for character in one.text)) for one in listed(head)}
    assert labels and spelled >= {(label, chinese) for label in labels for chinese in (True, False)}


@pytest.mark.parametrize("name", PRESETS)
def test_presets_speak_both_languages_in_three_levels(name: str) -> None:
    tree = preset(name)
    assert max(code.count(".") for code in tree.codes) <= 2
    for code, topic in tree.each():
        assert topic.name.zh != topic.name.en, code
        if not topic.topics:
            assert topic.keywords["zh"] and topic.keywords["en"], code


def test_choices_are_written_out() -> None:
    assert list(chosen("a(b|)c(d|e)")) == ["abcd", "abce", "acd", "ace"]
    assert [one.weight for one in listed("emotion") if one.text == "凑合"] == [1]
