"""Taxonomies: what they refuse, how topics hold, and how many comments they take in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from lvtu.errors import BadInput, UnknownName
from lvtu.voice import PRESETS, Taxonomy, analyse, coverage, mentions

OURS = """
name: {zh: 影院, en: Cinema}
topics:
  - key: hall
    name: {zh: 影厅, en: Hall}
    topics:
      - key: picture
        name: {zh: 画面, en: Picture}
        keywords: {zh: [画面, 银幕], en: [picture, screen*]}
        exclude: {en: [screenplay*]}
      - key: seats
        name: {zh: 座位, en: Seats}
        keywords: [座位, seat, seats]
        hints: [sat, 坐]
  - key: snacks
    name: {zh: 小吃, en: Snacks}
    keywords: [爆米花, popcorn]
    threshold: 2
"""


def topics(text: str) -> list[str]:
    found: list[str] = analyse([text], taxonomy=OURS)["topics"][0].as_py()
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The SCREENS were huge", ["hall.picture"]),
        ("a dull screenplay", []),
        ("screening of a picture", ["hall.picture"]),
        ("we sat there", []),
        ("we sat and sat", ["hall.seats"]),
        ("座位很好，画面也好，座位很宽", ["hall.seats", "hall.picture"]),
        ("popcorn", []),
        ("popcorn, 爆米花", ["snacks"]),
        ("pictures", []),
    ],
)
def test_topics_hold_by_their_words(text: str, wanted: list[str]) -> None:
    assert topics(text) == wanted
    places = mentions([text], taxonomy=OURS).to_pylist()
    assert list(dict.fromkeys(one["topic"] for one in places)) == wanted
    assert all(text[one["start"] : one["end"]] == one["text"] for one in places)


def test_the_clause_says_how_a_topic_feels() -> None:
    texts = [None, "画面很清晰，座位太差了", "Great picture, but the seats were awful."]
    found = mentions(texts, taxonomy=OURS).to_pylist()
    assert [(one["row"], one["topic"], one["label"]) for one in found] == [
        (1, "hall.picture", "positive"), (1, "hall.seats", "negative"),
        (2, "hall.picture", "positive"), (2, "hall.seats", "negative"),
    ]  # fmt: skip


def test_nothing_mentions_nothing() -> None:
    table = mentions([None, "", "嗯"], taxonomy=OURS)
    assert (table.num_rows, table.schema.field("row").type) == (0, pa.int64())


def test_a_taxonomy_comes_from_anywhere_and_goes_back_to_yaml(tmp_path: Path) -> None:
    ours = Taxonomy.load(OURS)
    (tmp_path / "ours.yaml").write_text(ours.to_yaml(), encoding="utf-8")
    for same in (ours, ours.model_dump(), ours.to_yaml(), str(tmp_path / "ours.yaml"), tmp_path / "ours.yaml"):
        assert Taxonomy.load(same) == ours
    assert ours.codes == ("hall", "hall.picture", "hall.seats", "snacks")
    assert (ours.title("hall.seats", "zh"), ours.title("hall.seats", "en")) == ("座位", "Seats")
    assert {Taxonomy.load(name).name.en for name in PRESETS} >= {"Restaurants", "Hotels"}


def tree(*topics: dict[str, Any]) -> dict[str, Any]:
    return {"name": "x", "topics": [{"name": "x", **one} for one in topics]}


DEEP: dict[str, Any] = {"key": "d", "name": "d", "keywords": ["d"]}
for letter in "cba":
    DEEP = {"key": letter, "name": letter, "topics": [DEEP]}


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (tree({"key": "a", "keywords": ["Ｗ"]}, {"key": "b", "keywords": ["w*"]}), "'w' stands in topic 'a' and in"),
        (tree({"key": "a", "keywords": ["x"]}, {"key": "a", "keywords": ["y"]}), "are called 'a'"),
        (tree({"key": "a"}), "'a' has no keywords"),
        (tree({"key": "a", "keywords": ["\u200d"]}), "nothing that can be read"),
        (tree(DEEP), "'a.b.c.d' is too deep: 3 levels"),
        (tree({"key": "a", "keyword": ["x"]}), "unknown key 'keyword' of a topic"),
        (tree({"key": "A b", "keywords": ["x"]}), "taxonomy"),
        ({"name": "x", "topics": []}, "taxonomy"),
    ],
)  # fmt: skip
def test_what_is_no_taxonomy_is_refused(document: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as error:
        Taxonomy.load(document)
    assert said in str(error.value) and error.value.text("zh")


def test_unknown_names_are_told() -> None:
    with pytest.raises(UnknownName, match="unknown taxonomy 'hotel'; did you mean 'hotels'"):
        Taxonomy.load("hotel")
    with pytest.raises(BadInput, match="no taxonomy file"):
        Taxonomy.load("nowhere.yaml")
    with pytest.raises(UnknownName, match=r"unknown topic 'hall\.seat'"):
        Taxonomy.load(OURS).title("hall.seat", "en")


def test_the_uncategorised_are_counted() -> None:
    found = coverage(analyse(["座位", "嗯", "popcorn", None, " "], taxonomy=OURS))
    assert (found.comments, found.uncategorised) == (3, 2)
    assert found.low is not None and found.high is not None and found.low < 2 / 3 < found.high
    assert coverage(analyse([])) == (0, 0, None, None, None)


def test_what_one_topic_excludes_may_be_a_keyword_of_another() -> None:
    servers = {"key": "servers", "name": "Servers", "keywords": ["服务器"]}
    service = {"key": "service", "name": "Service", "keywords": ["服务"], "exclude": ["服务器", "服务区"]}
    ours = {"name": "x", "topics": [service, servers]}
    assert analyse(["服务器", "服务区", "服务"], taxonomy=ours)["topics"].to_pylist() == [["servers"], [], ["service"]]
