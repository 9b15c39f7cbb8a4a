"""Agreement of people who correct: the published example, a plain twin, and what is asked of a workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lvtu
from lvtu.listening.agreement import fleiss

# Ten subjects, fourteen raters, five categories: the worked example that encyclopaedias give of Fleiss (1971).
PUBLISHED = [
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1), (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
]  # fmt: skip


def counted(rows: Sequence[tuple[int, ...]]) -> list[Counter[str]]:
    return [Counter({str(place): many for place, many in enumerate(row) if many}) for row in rows]


def test_the_published_example() -> None:
    found = fleiss(counted(PUBLISHED))
    assert found is not None and found.kappa == pytest.approx(0.210, abs=5e-4) and found.n == 10
    assert found.low is not None and found.high is not None and found.low < found.kappa < found.high


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), max_size=8))
def test_it_is_the_share_of_agreeing_pairs_beyond_chance(texts: list[list[str]]) -> None:
    """The twin lists the pairs."""
    several = [said for said in texts if len(said) > 1]
    every = [one for said in several for one in said]
    found = fleiss([Counter(said) for said in texts])
    chance = sum((every.count(one) / len(every)) ** 2 for one in set(every)) if every else 1.0
    if chance == 1.0:
        assert found is None
        return
    pairs = [[a == b for a, b in combinations(said, 2)] for said in several]
    observed = sum(sum(one) / len(one) for one in pairs) / len(pairs)
    assert found is not None and found.kappa == pytest.approx((observed - chance) / (1 - chance))


def test_two_people_who_correct_the_same_texts(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([{"message_id": f"m{n}", "user_id": "c", "event": "Review Posted", "time": f"2026-01-0{n}",
                    "text": "It arrived on Monday"} for n in range(1, 6)])  # fmt: skip
        for n, (ann, bob) in enumerate((("negative", "negative"), ("positive", "neutral"), ("neutral", "neutral")), 1):
            ws.voice.correct(f"m{n}", label=ann, by="ann")
            ws.voice.correct(f"m{n}", label=bob, by="bob")
        ws.voice.correct("m2", label="positive", by="bob")  # on second thoughts
        ws.voice.correct("m4", label="negative", by="ann")  # nobody else looked at it
        rows = [one for one in ws.voice.quality().table.to_pylist() if one["what"] == "agreement"]
    assert [(one["of"], one["value"], one["n"]) for one in rows] == [("label", 1.0, 3)]
