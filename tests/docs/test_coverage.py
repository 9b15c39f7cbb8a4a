"""``docs/coverage.md`` says what the tree says, no more and no less."""

from __future__ import annotations

import sys

import pytest

from parts import ROOT

sys.path.insert(0, str(ROOT))

from tools import coverage


def test_the_page_is_what_the_tree_says() -> None:
    assert coverage.PAGE.read_text(encoding="utf-8") == coverage.page(), "run `make coverage-doc`"


@pytest.mark.parametrize("name", coverage.PLANNED)
def test_every_analysis_has_a_row(name: str) -> None:
    assert f"| `{name}` |" in coverage.page()


def test_a_tick_needs_its_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert coverage.explain("no_such_analysis") == "–"  # what is no analysis explains nobody
    monkeypatch.setattr(coverage, "analyses", lambda: ["no_such_analysis"])
    assert [cell("no_such_analysis") for cell in coverage.CELLS.values()] == [""] * len(coverage.COLUMNS)


def test_a_cell_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    here = ROOT / "tests" / "docs" / "test_coverage.py"
    monkeypatch.setattr(coverage, "_tests", lambda: {"test_laws_flow_merge": here, "test_a10_counts": here})
    assert coverage.laws("flow") == "[✓](../tests/docs/test_coverage.py)"
    assert "[✓](../tests/docs/test_coverage.py)" in coverage.page().split("| A10 |")[1].splitlines()[0]
    assert coverage.laws("flo") == ""
