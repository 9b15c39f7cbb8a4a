"""C2, I1, I3: emotions, sentiment and topics of what customers say, clause by clause, in both languages."""

from __future__ import annotations

from lvtu.voice import EMOTIONS, Taxonomy, analyse, clauses, coverage, explain, mentions

MIXED = ["环境很好，服务也热情，但是等了两个小时，气死我了！", "Love the rooms, but the bill makes no sense."]


def test_C2_six_emotions_with_confidence_per_clause_in_both_languages() -> None:  # noqa: N802
    assert set(EMOTIONS.values()) == {"愉悦", "满意", "信任", "失望", "愤怒", "困惑"}
    found = [
        (one["row"], one["text"], one["emotion"], one["label"])
        for one in clauses(MIXED).to_pylist()
        if one["emotion"] is not None and 0 < one["emotion_confidence"] <= 1
    ]
    assert found == [
        (0, "环境很好", "satisfaction", "positive"),
        (0, "服务也热情", "satisfaction", "positive"),
        (0, "但是等了两个小时", "disappointment", "negative"),
        (0, "气死我了", "anger", "negative"),
        (1, "Love the rooms", "delight", "positive"),
        (1, "but the bill makes no sense", "confusion", "negative"),
    ]


def test_I1_sentiment_of_each_clause_and_the_words_that_made_it() -> None:  # noqa: N802
    for one in clauses(MIXED).to_pylist():
        assert -2 <= one["sentiment"] <= 2
        assert MIXED[one["row"]][one["start"] : one["end"]] == one["text"]
        words = explain(one["text"])
        assert words and all(one["text"][word["start"] : word["end"]] == word["text"] for word in words)


def test_I3_topics_of_three_levels_with_offsets_and_their_coverage() -> None:  # noqa: N802
    tree = Taxonomy.load("hotels")
    assert max(code.count(".") for code in tree.codes) == 2
    said = [*MIXED, "嗯嗯", None]
    places = mentions(said, taxonomy=tree).to_pylist()
    assert [(one["row"], one["topic"], one["text"], one["label"]) for one in places] == [
        (0, "place", "环境", "positive"),
        (0, "service", "服务", "positive"),
        (0, "service.staff.attitude", "热情", "positive"),
        (0, "service.waiting", "等了", "negative"),
        (1, "room", "rooms", "positive"),
    ]
    assert all(said[one["row"]][one["start"] : one["end"]] == one["text"] for one in places)
    assert coverage(analyse(said, taxonomy=tree))[:2] == (3, 1)
