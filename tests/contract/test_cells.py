"""Every cell of every answer opens as many customers as its number says."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from contract.cases import Case
from contract.questions import questions
from lvtu.analyses.cells import behind, cells_of, every
from lvtu.errors import BadInput

NOBODY = {"timeline", "compare", "time_to_convert", "step_matrix_compare"}
"""Kinds of answers that count no customers one could name."""


def drawn(part: Any) -> list[dict[str, Any]]:
    """Everything in a chart that carries a cell."""
    if isinstance(part, list):
        return [one for each in part for one in drawn(each)]
    if not isinstance(part, dict):
        return []
    own = [part] if "cell" in part else []
    return own + [one for name, each in part.items() if name != "cell" for one in drawn(each)]


MOST = 6
"""Cells of an answer that are opened, drawn at random: an answer has hundreds."""


def test_cells_reconcile(states: list[Case]) -> None:
    dice = random.Random(4)
    for case in states:
        for name, result in questions(case.ws).items():
            known = list(every(result))
            assert (not known) == (result.kind in NOBODY), name
            counted = [cell for cell in known if cell.customers is not None]
            sessions = getattr(result.spec, "unit", "customers") != "customers"
            assert counted or sessions or result.kind in {*NOBODY, "attribution"}, name
            for cell in dice.sample(known, min(MOST, len(known))) + dice.sample(counted, min(MOST, len(counted))):
                names = behind(result, json.loads(json.dumps(cell.of)))
                assert names == sorted(set(names)), (name, cell)
                assert cell.customers in (None, len(names)), (case, name, cell, len(names))


def test_what_is_drawn_opens(states: list[Case]) -> None:
    dice = random.Random(5)
    for name, result in questions(states[1].ws).items():
        found = drawn(json.loads(json.dumps(result.chart("en"))))
        known = {json.dumps(cell.of, sort_keys=True) for cell in every(result)}
        assert all(json.dumps(one["cell"], sort_keys=True) in known for one in found), name
        assert bool(found) == (result.kind not in {*NOBODY, "timing"} and name not in EMPTY), name
        for one in dice.sample(found, min(6, len(found))):
            number = len(behind(result, one["cell"]))
            assert one.get("customers", number) == number, (name, one["cell"])
            if name in BARS and "value" in one:
                assert abs(one["value"]) == number, (name, one["cell"])


EMPTY = {"retention", "brackets", "clusters of touchpoints"}
"""Questions whose charts have nothing to draw here: no period is over, nothing sets the groups apart."""

BARS = {
    "funnel", "funnel by", "stages", "stages now", "behaviours", "first touch", "first touch by channel", "segment",
    "rfm", "drift", "overlap", "lifecycle", "flow", "conformance", "rollup",
}  # fmt: skip
"""Questions whose charts draw numbers of customers."""


def test_what_is_not_in_the_answer_does_not_open(states: list[Case]) -> None:
    result = states[0].ws.funnel(["A", "B"])
    for cell in ({"step": 3}, {"step": 1, "group": "p"}, {"step": "1"}, {"steps": 1}, {"step": 2, "lost": True}, {}):
        with pytest.raises(BadInput, match="no cell"):
            behind(result, cell)
    assert behind(result, {"lost": True, "step": 1}) == result.customers(1, lost=True)
    assert cells_of(states[0].ws.timeline("c1"), {}) == {}
