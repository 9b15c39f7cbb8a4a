"""Behaviours against their twin."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case
from contract.models import models
from lvtu.errors import UnknownName
from naive.behaviours import behaviours
from naive.model import Model
from parts import examples
from property.strategies import CONDITIONS, START


@settings(max_examples=examples(120))
@given(
    model=models(),
    where=st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS)),
    since=st.one_of(st.none(), st.integers(START, START + 12)),
    until=st.one_of(st.none(), st.integers(START, START + 12)),
    data=st.data(),
)
def test_any_behaviours_are_the_twins(states: list[Case], model: Model, where: Any, data: Any, **span: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1), label="state")]
    case.ws.save_model(model.document(), default=True)  # type: ignore[attr-defined]
    result = case.ws.behaviours(where=where and where.text, **span)
    shown_by = {key: model._test(rules) for key, rules in model.behaviours}
    repeats = {"repurchased": (("ordered", "paid"), 2)}
    twin = behaviours(case.events, shown_by, repeats, {"churned": 4}, where=where, **span)
    everyone = behaviours(case.events, {"any": None}, {}, {}, where=where, **span)["any"][0]
    table = result.table.to_pylist()
    order = ["viewed", "ordered", "paid", "repurchased", "referred", "complained", "refunded", "churned"]
    assert [row["behaviour"] for row in table] == order
    for row in table:
        customers, events = twin[row["behaviour"]]
        assert (row["customers"], row["events"]) == (len(customers), events)
        assert row["share"] == (pytest.approx(len(customers) / len(everyone)) if everyone else None)
        assert set(result.customers(row["behaviour"])) == customers


def test_a_behaviour_that_is_none(made: Any) -> None:
    case = made([])
    case.ws.save_model({"key": "m", "title": "M"})
    with pytest.raises(UnknownName, match="unknown behaviour 'payed'; did you mean 'paid'"):
        case.ws.behaviours().customers("payed")
