"""SERVQUAL against its twin: who counts with which answers, and what comes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contract.cases import Case, ugly, workspace
from contract.instruments import cases_in, opens
from lvtu.analyses.servqual.formulas import DIMENSIONS, ITEMS, intervals, reliability, servqual
from lvtu.errors import BadInput, UnknownName
from naive import servqual as naive
from property.strategies import START


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases_in(tmp_path_factory.mktemp("quality"))


def agree(case: Case, by: str | None = None, **options: Any) -> None:
    spelled = {name: getattr(value, "text", value) for name, value in options.items()}
    result = case.ws.servqual(by, **spelled)
    twin = naive.statements(case.events, by, **options)
    assert result.gaps == (case.name != "perceived")
    rows = {(row.get(by) if by else None, row["dimension"]): row for row in result.table.to_pylist()}
    groups = {group for group, _ in twin}
    assert rows.keys() == {(group, name) for group in groups for name in (*DIMENSIONS, "all")}
    items = {name: sorted({item for own, _ in twin.values() for of, item in own if of == name}) for name in DIMENSIONS}
    for group in groups:
        own = [answers for (of, _), answers in twin.items() if of == group]
        values = []
        for name in DIMENSIONS:
            row = rows[group, name]
            value, n = naive.dimension(own, name, result.gaps)
            assert (row["n"], row["items"]) == (n, len(items[name]))
            assert row["value"] == (None if value is None else pytest.approx(value))
            values += [] if value is None else [value]
            if n > 20:
                assert row["low"] < row["value"] < row["high"]
            alpha = naive.alpha([answers for answers, _ in own], name, items[name])
            assert row["alpha"] == (None if alpha is None else pytest.approx(alpha))
        assert rows[group, "all"]["value"] == (pytest.approx(sum(values) / len(values)) if values else None)


def test_it_is_the_twin(cases: list[Case]) -> None:
    for case in cases:
        agree(case)
        agree(case, "channel", weighted=False)
        agree(case, "plan", since=START + 3, until=START + 9)


def test_points_weigh_the_dimensions(cases: list[Case]) -> None:
    result = cases[2].ws.servqual(points=(10, 20, 30, 40, 0))
    rows = {row["dimension"]: row for row in result.table.to_pylist()}
    assert rows["empathy"]["value"] is None and rows["all_weighted"]["value"] is None, "nobody was asked about it"
    with pytest.raises(BadInput, match="add up to 100, and these to 90"):
        cases[0].ws.servqual(points=(10, 20, 20, 20, 20))


def test_numbers_open_their_customers(cases: list[Case]) -> None:
    opens([one for case in cases for one in (case.ws.servqual(), case.ws.servqual("channel"))])
    with pytest.raises(UnknownName):
        cases[0].ws.servqual().customers(dimension="price")


def test_nobody_answered(tmp_path: Path) -> None:
    result = workspace(tmp_path / "bare", ugly(95, customers=5)).servqual()
    assert result.table.num_rows == 0 and [note.code for note in result.notes] == ["servqual_none"]
    assert result.chart("zh") and repr(result)


# Formulas.


def test_servqual_is_the_known_one() -> None:
    perceived, expected = (np.repeat([one], ITEMS, axis=1) for one in
                           ([6.0, 5.9, 5.5, 6.1, 5.8], [6.2, 6.8, 6.6, 6.5, 6.1]))  # fmt: skip
    found = servqual(perceived - expected, points=(11, 32, 22, 19, 16))
    assert list(found.dimensions) == pytest.approx([-0.2, -0.9, -1.1, -0.4, -0.3])
    assert (found.unweighted, found.weighted) == (pytest.approx(-0.58), pytest.approx(-0.676))
    assert servqual(perceived).dimensions[1] == pytest.approx(5.9), "SERVPERF: perceptions only"


def test_intervals_are_those_of_resamples() -> None:
    answers = np.random.default_rng(5).normal(4, 1, (400, 22))
    found = intervals(answers)
    each = answers[:, :4].mean(axis=1)
    error = 1.96 * each.std(ddof=1) / 400**0.5
    assert found.dimensions[0] == pytest.approx((each.mean() - error, each.mean() + error), abs=0.15 * error)
    many = np.random.default_rng(6).normal(4, 1, (30_000, 22))
    low, high = intervals(many).unweighted
    means = [part.mean(axis=1) for part in np.split(many, [4, 9, 13, 17], axis=1)]
    error = 1.96 * np.mean(means, axis=0).std() / 30_000**0.5
    assert (high - low) / 2 == pytest.approx(error, rel=0.15), "groups of neighbours instead of respondents"
    assert reliability(answers[:1]) == [None] * 5
