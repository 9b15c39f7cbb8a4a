"""What the store's orders are owed to, worked out again from the shipped paths without the workspace."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
import pytest

from lvtu.demo.facts.credit import Credit
from lvtu.demo.files import read

MODELS = ["first", "last", "linear", "position", "decay", "markov", "shapley"]


@pytest.fixture
def credit(measured: dict[str, Any]) -> Credit:
    return measured["paths"].credit


@pytest.fixture(scope="module")
def walked() -> list[tuple[tuple[str, ...], bool]]:
    rows = pl.from_arrow(read("paths")).select("path", "conversion").rows()
    return [(tuple(path.split(" > ")), bool(ordered)) for path, ordered in rows]


def divided(path: tuple[str, ...], model: str) -> list[float]:
    """Parts of one order, place by place."""
    n = len(path)
    if model == "first":
        return [1.0, *[0.0] * (n - 1)]
    if model == "last":
        return [*[0.0] * (n - 1), 1.0]
    if model == "shapley":
        return [1 / len(set(path)) / path.count(channel) for channel in path]
    if model == "position" and n > 2:
        return [0.4, *[0.2 / (n - 2)] * (n - 2), 0.4]
    return [1 / n] * n


def removed(walked: list[tuple[tuple[str, ...], bool]]) -> dict[str, float]:
    """Orders by removal effects on the chain of first order, by solving for the chance of an order."""
    names = sorted({channel for path, _ in walked for channel in path})
    moves: dict[str, Counter] = defaultdict(Counter)
    for path, ordered in walked:
        line = ["start", *path, "order" if ordered else "nothing"]
        for a, b in pairwise(line):
            moves[a][b] += 1

    def chance(without: str | None) -> float:
        states = ["start", *(name for name in names if name != without)]
        left, right = np.eye(len(states)), np.zeros(len(states))
        for row, state in enumerate(states):
            total = moves[state].total()
            right[row] = moves[state]["order"] / total
            for column, other in enumerate(states):
                left[row, column] -= moves[state][other] / total
        return float(np.linalg.solve(left, right)[0])

    whole = chance(None)
    lost = {name: 1 - chance(name) / whole for name in names}
    orders = sum(ordered for _, ordered in walked)
    return {name: orders * effect / sum(lost.values()) for name, effect in lost.items()}


@pytest.mark.parametrize("model", MODELS)
def test_every_model(credit: Credit, walked: list[tuple[tuple[str, ...], bool]], model: str) -> None:
    """Decay is linear here: the times between are unknown."""
    expected: dict[str, float] = defaultdict(float)
    for path, ordered in walked:
        for channel, part in zip(path, divided(path, model), strict=True):
            expected[channel] += part * ordered
    if model == "markov":
        expected = removed(walked)
    assert {name: owed[model].orders for name, owed in credit.channels.items()} == pytest.approx(expected)


def test_shares_add_up(credit: Credit, walked: list[tuple[tuple[str, ...], bool]]) -> None:
    assert credit.models == MODELS
    assert credit.all == sum(ordered for _, ordered in walked)
    assert credit.untimed == sum(len(path) > 1 for path, ordered in walked if ordered)
    for model in MODELS:
        owed = [channel[model] for channel in credit.channels.values()]
        assert sum(one.share for one in owed) == pytest.approx(1, abs=1e-12)
        for one in owed:
            assert one.share == pytest.approx(one.orders / credit.all)
            assert one.low <= one.share <= one.high


def test_the_range_is_of_shares(credit: Credit) -> None:
    assert credit.range("Referral") == pytest.approx(
        max(owed.share for owed in credit.channels["Referral"].values())
        - min(owed.share for owed in credit.channels["Referral"].values())
    )
    assert max(credit.channels, key=credit.range) == "Referral"
