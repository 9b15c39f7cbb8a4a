"""MaxDiff against its twin: what was chosen, what comes of it, and who."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract.cases import Case, ugly, workspace
from contract.instruments import cases_in, opens
from lvtu.errors import UnknownName
from naive import maxdiff_scores as naive


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases_in(tmp_path_factory.mktemp("maxdiff"))


def test_choices_are_the_twin(cases: list[Case]) -> None:
    for case in cases:
        for by in (None, "channel"):
            twin = naive.maxdiff(case.events, by)
            rows = case.ws.maxdiff(by).table.to_pylist()
            found = {(row.get(by) if by else None, row["question"], row["option"]): row for row in rows}
            assert found.keys() == twin.keys() and len(rows) == len(found)
            for key, seen in twin.items():
                row, (score, low, high) = found[key], naive.score(seen)
                assert (row["n"], row["shown"]) == (len(seen), sum(one for one, _, _ in seen))
                assert (row["best"], row["worst"]) == (sum(b for _, b, _ in seen), sum(w for _, _, w in seen))
                assert row["score"] == pytest.approx(score)
                assert (row["score_low"], row["score_high"]) == (
                    pytest.approx(low, abs=1e-9), pytest.approx(high, abs=1e-9)
                )  # fmt: skip


def test_numbers_open_their_customers(cases: list[Case]) -> None:
    opens([one for case in cases for one in (case.ws.maxdiff(), case.ws.maxdiff("plan"))])
    result = cases[0].ws.maxdiff()
    row = result.table.to_pylist()[0]
    best = result.customers(row["option"], row["question"], chose="best")
    seen = result.customers(row["option"], row["question"])
    assert 0 < len(best) < len(seen) == row["n"] and set(best) < set(seen)
    for wrong in ({"option": "zz"}, {"option": row["option"], "question": "zz"}):
        with pytest.raises(UnknownName):
            result.customers(**wrong)


def test_nobody_answered(tmp_path: Path) -> None:
    result = workspace(tmp_path / "bare", ugly(95, customers=5)).maxdiff()
    assert result.table.num_rows == 0 and [note.code for note in result.notes] == ["maxdiff_none"]
    assert result.chart("zh") and repr(result)
