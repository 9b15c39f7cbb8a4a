"""SERVQUAL, Kano and opportunities against the known figures and plain arithmetic."""

from __future__ import annotations

import random
from statistics import mean, variance

import numpy as np
import pytest

from lvtu.analyses.scores.instruments import (
    ITEMS,
    kano,
    opportunity,
    reliability,
    resampled,
    servqual,
    wanted,
)
from lvtu.errors import BadInput


def respondents(seed: int, people: int = 30) -> np.ndarray:
    """Answers from 1 to 7, a few of them missing, each person having a level of their own."""
    dice = random.Random(seed)
    rows = []
    for _ in range(people):
        level = dice.randint(2, 6)
        rows.append([min(max(level + dice.randint(-1, 1), 1), 7) for _ in range(22)])
    found = np.array(rows, float)
    found[dice.randrange(people), dice.randrange(22)] = np.nan
    found[0, :4] = np.nan  # somebody says nothing about tangibles
    return found


def test_servqual_is_the_known_one() -> None:
    perceived, expected = (
        np.repeat([one], list(ITEMS.values()), axis=1) for one in ([6.0, 5.9, 5.5, 6.1, 5.8], [6.2, 6.8, 6.6, 6.5, 6.1])
    )
    found = servqual(perceived, expected, (11, 32, 22, 19, 16))
    assert list(found.dimensions.values()) == pytest.approx([-0.2, -0.9, -1.1, -0.4, -0.3])
    assert (found.unweighted, found.weighted) == (pytest.approx(-0.58), pytest.approx(-0.676))
    assert servqual(perceived).dimensions["reliability"] == pytest.approx(5.9), "SERVPERF: perceptions only"
    assert servqual(perceived).weighted is None


def test_servqual_is_of_each_respondent_first() -> None:
    perceived, expected = respondents(1), respondents(2)
    found, start = servqual(perceived, expected), 0
    for name, items in ITEMS.items():
        each = []
        for p, e in zip(perceived.tolist(), expected.tolist(), strict=True):
            gaps = [
                a - b
                for a, b in zip(p[start : start + items], e[start : start + items], strict=True)
                if a == a and b == b
            ]
            each += [mean(gaps)] if gaps else []
        start += items
        assert found.dimensions[name] == pytest.approx(mean(each)), name
    ends = resampled(perceived, expected)
    assert ends == resampled(perceived, expected)
    for name, value in {**found.dimensions, "unweighted": found.unweighted}.items():
        low, high = ends[name]
        assert low < value < high and high - low < 2


def test_alpha_is_what_it_is_by_hand() -> None:
    answers, start = respondents(3), 0
    found = reliability(answers)
    for name, items in ITEMS.items():
        rows = [row[start : start + items] for row in answers.tolist()]
        rows = [row for row in rows if all(x == x for x in row)]
        start += items
        spread = sum(variance([row[i] for row in rows]) for i in range(items))
        whole = variance([sum(row) for row in rows])
        assert found[name] == pytest.approx(items / (items - 1) * (1 - spread / whole))
    assert set(reliability(answers[:1]).values()) == {None}


def test_servqual_needs_its_items_and_points() -> None:
    with pytest.raises(BadInput, match="has 22 items, and here are 21"):
        servqual(np.ones((3, 21)))
    with pytest.raises(BadInput, match="add up to 100, and these to 90"):
        servqual(np.ones((3, 22)), points=(10, 20, 20, 20, 20))


def test_kano_is_the_table() -> None:
    answers = ("like", "must_be", "neutral", "live_with", "dislike")
    table = ["".join(kano(there, missing) for missing in answers) for there in answers]
    assert table == ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]


def test_how_a_feature_is_wanted() -> None:
    found = wanted({"A": 40, "O": 25, "M": 15, "I": 18, "R": 3, "Q": 1})
    assert found is not None and found.n == 98
    assert (round(found.better, 3), round(found.worse, 3)) == (0.663, -0.408)
    assert found.better_ends[0] < found.better < found.better_ends[1]
    assert found.worse_ends[0] < found.worse < found.worse_ends[1] <= 0
    tied = wanted({"A": 5, "M": 5})
    assert tied is not None and tied.category == "M" and wanted({"R": 4}) is None


def test_opportunities() -> None:
    assert (opportunity(8.2, 4.1), opportunity(5, 9)) == (pytest.approx(12.3), 5)
