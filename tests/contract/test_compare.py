"""Two segments against the twin's formulas, counted on the twin's attempts."""

from __future__ import annotations

from typing import Any

import pytest

from contract.cases import Case, funnel_options
from lvtu.analyses.compare import holm
from lvtu.core.sentences import Note
from lvtu.errors import BadInput, UnknownName
from naive import funnel as naive
from naive.compare import compare
from naive.funnel import Step
from property.strategies import CONDITIONS, Condition

WEB = CONDITIONS[0]
STORE = Condition("channel = 'store'", lambda e: e.channel == "store")
NOBODY = Condition("plan = 'p' and plan = 'q'", lambda e: False)


def segments(case: Case, arguments: dict[str, Any], *conditions: Condition) -> list[list[int]]:
    """Units per step of each segment, by the twin's counted attempts."""
    units = naive.funnel(case.events, **arguments).units.values()
    steps = range(1, len(arguments["steps"]) + 1)
    return [
        [sum(1 in u.events and test(u.events[1]) and k in u.events for u in units) for k in steps]
        for test in conditions
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        {"steps": ["A", "B", "C"], "within": 8},
        {"steps": ["A", Step("C", optional=True), "B", "D"], "hold": ("plan",)},
        {"steps": [None, "A", "B"], "unit": "totals"},
    ],
)
def test_segments_are_the_twins(states: list[Case], arguments: dict[str, Any]) -> None:
    for case in states:
        answer = case.ws.funnel(**funnel_options(arguments)).compare(WEB.text, STORE.text)
        one, two = segments(case, arguments, WEB, STORE)
        rows = answer.table.to_pylist()
        assert [(row["customers_a"], row["customers_b"]) for row in rows] == list(zip(one, two, strict=True))
        assert rows[0]["difference"] is rows[0]["p_value"] is rows[0]["p_adjusted"] is None
        tested = [compare(a, one[0], b, two[0]) for a, b in zip(one[1:], two[1:], strict=True)]
        for row, exact, a, b in zip(rows[1:], tested, one[1:], two[1:], strict=True):
            assert exact is not None
            assert (row["from_start_a"], row["from_start_b"]) == pytest.approx((a / one[0], b / two[0]))
            got = row["difference"], row["low"], row["high"], row["p_value"]
            assert got == pytest.approx((exact.difference, exact.low, exact.high, exact.p_value), abs=1e-12)
        assert [row["p_adjusted"] for row in rows[1:]] == pytest.approx(holm([t.p_value for t in tested if t]))
        assert not answer.overlap and "several_tests" in [note.code for note in answer.notes]


def test_overlapping_and_empty_segments_are_named(states: list[Case]) -> None:
    case, arguments = states[0], {"steps": ["A", "B"]}
    funnel = case.ws.funnel(**funnel_options(arguments))
    both = funnel.compare(WEB.text, CONDITIONS[1].text)
    expected = segments(case, arguments, Condition("", lambda e: WEB(e) and CONDITIONS[1](e)))[0][0]
    assert both.overlap == expected > 0 and both.notes[0] == Note("overlap_customers", customers=expected)
    empty = funnel.compare(WEB.text, NOBODY.text)
    assert empty.table["p_value"].to_pylist() == [None, None] and empty.notes[0].values["segment"] == NOBODY.text


def test_holm_by_hand() -> None:
    assert holm([]) == []
    assert holm([0.02]) == [0.02]
    assert holm([0.04, 0.01, 0.5, 0.03]) == pytest.approx([0.09, 0.04, 0.5, 0.09])
    assert holm([0.6, 0.7]) == [1.0, 1.0]


def test_conditions_that_cannot_be(states: list[Case]) -> None:
    funnel = states[0].ws.funnel(["A", "B"])
    with pytest.raises(BadInput):
        funnel.compare("channel =", WEB.text)
    with pytest.raises(UnknownName, match="colour"):
        funnel.compare("colour = 'red'", WEB.text)
