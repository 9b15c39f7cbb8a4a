"""The airport's survey, asked for the drivers of recommending it: real answers, weighted, with what was skipped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import lvtu
from lvtu.demo import build
from lvtu.demo.airport import ITEMS
from lvtu.demo.facts.airport import DRIVERS
from lvtu.demo.files import read
from naive import drivers as naive
from published import published

NAMES = {
    "Security Rated": [("q14passthru", "ease5")], "Signs Rated": [("q7sign", "csat5"), ("q14find", "ease5")],
    "Restrooms Rated": [("q9restroom", "clean5")], "Wi-Fi Rated": [("q7wifi", "csat5")],
    "Restaurants Rated": [("q7food", "csat5"), ("q9food", "clean5")],
}  # fmt: skip


@pytest.fixture(scope="module")
def airport(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("airport") / "airport.lvtu"
    build.measure("airport", lvtu.open(folder), read("airport"))
    return lvtu.open(folder).journeys(where="year = 2018")


def test_drivers_of_recommending_are_those_of_the_survey_itself(airport: Any) -> None:
    result = airport.drivers("nps", drivers=list(NAMES))
    columns = {(name, scale): column for name, some in NAMES.items() for column, scale in some}
    rows = [
        row for row in read("airport").to_pylist()
        if row["year"] == 2018 and row["netpro"] is not None and 0 <= row["netpro"] <= 10 and row["weight"] > 0
    ]  # fmt: skip
    order = [(row["driver"], row["scale"]) for row in result.table.to_pylist()]
    assert set(order) == set(columns)
    scores = [[row[columns[key]] if row[columns[key]] in (1, 2, 3, 4, 5) else np.nan for key in order] for row in rows]
    kept = [at for at, row in enumerate(scores) if not all(np.isnan(score) for score in row)]
    scores = [scores[at] for at in kept]
    outcome, weights = ([float(rows[at][name]) for at in kept] for name in ("netpro", "weight"))
    groups = naive.design(scores, weights, "indicator")

    def worth(subset: tuple[int, ...]) -> float:
        return naive.r_squared([column for one in subset for column in groups[one]], outcome, weights)

    assert result.n == len(kept)
    parts = naive.lmg(len(order), worth)
    assert result.table["r2_part"].to_pylist() == pytest.approx(parts, abs=1e-6)
    assert sum(parts) == pytest.approx(result.r2, abs=1e-6)
    assert sum(result.table["johnson"].to_pylist()) == pytest.approx(result.r2, abs=1e-6)


def test_all_that_was_rated_drives_with_drawn_orders(airport: Any) -> None:
    result = airport.drivers("nps")
    rows = result.table.to_pylist()  # 25 items, the comparison of Pre-Check, and whether there was a problem
    assert len(rows) == 27 and "drivers_drawn" in [note.code for note in result.notes]
    assert rows[0]["driver"] == "Airport Rated" and rows[0]["scale"] == "csat5", "the airport as a whole comes first"
    assert {row["driver"] for row in rows[1:3] if row["scale"] == "ease5"} == {"Security Rated", "Signs Rated"}
    assert 0.4 < result.r2_low < result.r2 < result.r2_high < 0.55
    for name in ("r2_part", "johnson"):
        assert sum(row[name] for row in rows) == pytest.approx(result.r2, abs=1e-6)
    wifi = next(row for row in rows if row["driver"] == "Wi-Fi Rated")
    assert wifi["high"] < rows[1]["low"] and wifi["direction"] is None


def test_drivers_of_the_page_explain_what_a_regression_on_the_published_file_does(airport: Any) -> None:
    """Its R² by least squares; each part by the mean of what it adds, over orders drawn here."""
    result = DRIVERS.ask(airport)
    table = published(2018)
    table = table[table.netpro.between(0, 10)]
    names = [item.column for item in ITEMS if item.event != "Airport Rated"]
    assert sorted(result.table["driver"].to_pylist()) == sorted(names) and len(names) == 22
    score = table[names].where(table[names].isin([1, 2, 3, 4, 5]))
    score, table = score[score.notna().any(axis=1)], table[score.notna().any(axis=1)]
    weight = table.weight.to_numpy()
    blocks = []
    for name in names:
        given = score[name].notna().to_numpy()
        mean = np.average(score[name][given], weights=weight[given])
        blocks.append(
            np.column_stack([score[name].fillna(mean), given]) if not given.all() else score[[name]].to_numpy()
        )
    columns = np.column_stack([*blocks, table.netpro])
    columns = columns - np.average(columns, axis=0, weights=weight)
    cross = columns.T @ (columns * weight[:, None])
    places = np.split(np.arange(len(cross) - 1), np.cumsum([block.shape[1] for block in blocks])[:-1])

    def explained(some: list[int]) -> float:
        at = np.concatenate([places[one] for one in some])
        return float(cross[at, -1] @ np.linalg.lstsq(cross[np.ix_(at, at)], cross[at, -1])[0] / cross[-1, -1])

    assert result.n == len(table)
    assert result.r2 == pytest.approx(explained(list(range(22))), abs=1e-6)
    dice, parts = np.random.default_rng(1), np.zeros(22)
    for _ in range(300):
        order = dice.permutation(22).tolist()
        sums = [0.0, *(explained(order[: count + 1]) for count in range(22))]
        parts[order] += np.diff(sums) / 300
    told = dict(zip(result.table["driver"].to_pylist(), result.table["r2_part"].to_pylist(), strict=True))
    assert [told[name] for name in names] == pytest.approx(parts.tolist(), abs=0.006)
    assert max(told, key=lambda name: told[name]) == names[int(parts.argmax())] == "q14passthru"
