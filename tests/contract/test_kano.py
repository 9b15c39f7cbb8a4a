"""Kano against its twin: who puts which feature into which category, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract.cases import Case, ugly, workspace
from contract.instruments import cases_in, opens
from lvtu.analyses.kano.formulas import CATEGORIES, kano, wanted
from lvtu.errors import UnknownName
from naive import kano as naive
from naive.intervals import wilson


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases_in(tmp_path_factory.mktemp("kano"))


def test_pairs_are_the_twin(cases: list[Case]) -> None:
    words = dict(zip("MOAIRQ", ("must_be", "one_dimensional", "attractive", "indifferent", "reverse", "questionable"),
                     strict=True))  # fmt: skip
    for case in cases:
        for by in (None, "channel"):
            twin = naive.kano(case.events, by)
            rows = {(row.get(by) if by else None, row["feature"]): row for row in case.ws.kano(by).table.to_pylist()}
            assert rows.keys() == twin.keys()
            for key, counts in twin.items():
                row = rows[key]
                assert {letter: row[word] for letter, word in words.items()} == {one: counts[one] for one in words}
                there = sum(counts[one] for one in "AOMI")
                if not there:
                    assert row["better"] is None
                    continue
                better, worse = counts["A"] + counts["O"], counts["O"] + counts["M"]
                assert (row["better"], row["worse"]) == (better / there, -worse / there)
                assert (row["better_low"], row["better_high"]) == pytest.approx(wilson(better, there))
                assert (-row["worse_high"], -row["worse_low"]) == pytest.approx(wilson(worse, there))


def test_numbers_open_their_customers(cases: list[Case]) -> None:
    opens([one for case in cases for one in (case.ws.kano(), case.ws.kano("plan"))])
    with pytest.raises(UnknownName):
        cases[0].ws.kano().customers("nothing")
    with pytest.raises(UnknownName):
        cases[0].ws.kano().customers("app", category="great")


def test_nobody_answered(tmp_path: Path) -> None:
    result = workspace(tmp_path / "bare", ugly(95, customers=5)).kano()
    assert result.table.num_rows == 0 and [note.code for note in result.notes] == ["kano_none"]
    assert result.chart("zh") and repr(result)


def test_kano_is_the_table() -> None:
    answers = ("like", "must_be", "neutral", "live_with", "dislike")
    table = ["".join(kano(there, missing) for missing in answers) for there in answers]
    assert table == ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]
    assert set(CATEGORIES) == set("".join(table))


def test_how_a_feature_is_wanted() -> None:
    found = wanted({"A": 40, "O": 25, "M": 15, "I": 18, "R": 3, "Q": 1})
    assert found is not None and found.n == 98
    assert (round(found.better, 3), round(found.worse, 3)) == (0.663, -0.408)
    tied = wanted({"A": 5, "M": 5})
    assert tied is not None and (tied.category, tied.sure) == ("M", False) and wanted({"R": 4}) is None
    # Fong: |a − b| ≥ 1.65 √((a + b)(2n − a − b) / 2n), here 1.65 √(65 · 139 / 204) = 10.98
    assert wanted({"A": 38, "O": 27, "M": 15, "I": 22}).sure and not wanted({"A": 37, "O": 28, "I": 37}).sure  # type: ignore[union-attr]
