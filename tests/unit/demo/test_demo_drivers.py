"""The airport's survey, asked for the drivers of recommending it: real answers, weighted, with what was skipped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import lvtu
from lvtu.demo import build
from lvtu.demo.files import read
from naive import drivers as naive

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
    rows = result.table.to_pylist()
    assert len(rows) == 25 and "drivers_drawn" in [note.code for note in result.notes]
    assert rows[0]["driver"] == "Airport Rated" and rows[0]["scale"] == "csat5", "the airport as a whole comes first"
    assert {row["driver"] for row in rows[1:3] if row["scale"] == "ease5"} == {"Security Rated", "Signs Rated"}
    assert 0.4 < result.r2_low < result.r2 < result.r2_high < 0.55
    for name in ("r2_part", "johnson"):
        assert sum(row[name] for row in rows) == pytest.approx(result.r2, abs=1e-6)
    wifi = next(row for row in rows if row["driver"] == "Wi-Fi Rated")
    assert wifi["high"] < rows[1]["low"] and wifi["direction"] is None
