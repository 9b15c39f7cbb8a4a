"""The columns of a journey model in every analysis that takes a column, and in filters, against the twins."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, micros
from contract.models import models
from contract.test_graph import agree as graphs_agree
from lvtu.errors import BadInput, UnknownName
from naive import funnel as naive
from naive.model import Model
from naive.trend import trend
from parts import examples
from property.strategies import NAMES

COLUMNS = ("touchpoint", "stage", "behaviour", "online")


def saved(case: Case, model: Model) -> Case:
    """The workspace with the model, and the events as seen through it."""
    case.ws.save_model(model.document(), default=True)  # type: ignore[attr-defined]
    seen = Case(case.name, case.ws, model.seen(case.events))
    seen._ids = case.message_ids()
    return seen


@settings(max_examples=examples(80))
@given(model=models(), by=st.sampled_from(COLUMNS), data=st.data())
def test_any_model_breaks_a_trend_down(states: list[Case], model: Model, by: str, data: Any) -> None:
    case = saved(states[data.draw(st.integers(0, len(states) - 1), label="state")], model)
    rows = case.ws.trend(period="month", by=by).table.to_pylist()
    got = {(micros(row["period"]), row[by]): (row["events"], row["customers"]) for row in rows}
    assert got == {cell: numbers[:2] for cell, numbers in trend(case.events, "month", by=by).items()}


@settings(max_examples=examples(60))
@given(model=models(), by=st.sampled_from(COLUMNS), fold=st.booleans(), data=st.data())
def test_any_model_is_a_graph(states: list[Case], model: Model, by: str, fold: bool, data: Any) -> None:
    case = saved(states[data.draw(st.integers(0, len(states) - 1), label="state")], model)
    graphs_agree(case, {"by": by, "fold": fold})


@settings(max_examples=examples(60))
@given(
    model=models(), by=st.sampled_from(COLUMNS), names=st.lists(st.sampled_from(NAMES), min_size=2, max_size=3),
    data=st.data(),
)  # fmt: skip
def test_any_model_breaks_a_funnel_down(states: list[Case], model: Model, by: str, names: list[str], data: Any) -> None:
    case = saved(states[data.draw(st.integers(0, len(states) - 1), label="state")], model)
    rows = case.ws.funnel(names, by=by).table.to_pylist()
    twin = naive.funnel(case.events, names, by=lambda e: e.properties[by])
    assert {(row["step"], row[by]): row["customers"] for row in rows} == {
        (r.step, r.group): r.customers for r in twin.rows
    }


@settings(max_examples=examples(80))
@given(model=models(), column=st.sampled_from(COLUMNS), data=st.data())
def test_any_model_filters(states: list[Case], model: Model, column: str, data: Any) -> None:
    case = saved(states[data.draw(st.integers(0, len(states) - 1), label="state")], model)
    values = sorted({str(e.properties[column]) for e in case.events if e.properties[column]} | {"nothing"})
    value = data.draw(st.sampled_from(values), label="value")

    def events(where: str) -> int:
        return sum(case.ws.journeys(where=where).trend(period="month").table["events"].to_pylist())

    once = {e.message_id: e.properties[column] for e in case.events}.values()
    assert events(f"{column} = '{value}'") == sum(one == value for one in once)
    assert events(f"{column} != '{value}'") == sum(one is not None and one != value for one in once)
    assert events(f"{column} is null") == sum(one is None for one in once)


def test_a_property_of_that_name_is_still_there(made: Any) -> None:
    case = made([])
    case.ws.append([{"event": "A", "user_id": "ann", "time": "2026-01-01", "properties": {"stage": "lead"}}])
    assert case.ws.trend(by="properties.stage").table["properties.stage"].to_pylist() == ["lead"]
    assert case.ws.trend("A", where="properties.stage = 'lead'").table["events"].to_pylist() == [1]
    with pytest.raises(BadInput, match=r"no journey model; .*properties\.stage"):
        case.ws.trend(by="stage")
    case.ws.save_model({"key": "m", "title": "M", "stages": [{"key": "one", "name": "One", "entry": "A"}]})
    assert case.ws.trend(by="stage").table["stage"].to_pylist() == ["one"]
    assert case.ws.trend(by="properties.stage").table["properties.stage"].to_pylist() == ["lead"]


def test_a_question_names_its_model(made: Any) -> None:
    case = made([])
    case.ws.append([{"event": "A", "user_id": "ann", "time": "2026-01-01"}])
    for key, event in (("m", "A"), ("m", "B"), ("other", "A")):
        touchpoint = {"id": f"{key}_point", "name": "Point", "events": event}
        case.ws.save_model({"key": key, "title": key, "touchpoints": [touchpoint]})
    for model, found in ((None, None), ("m", None), ("m@1", "m_point"), ("m@2", None), ("other", "other_point")):
        result = case.ws.trend(by="touchpoint", model=model)
        assert result.table["touchpoint"].to_pylist() == [found]
        assert (result.model.key, result.model.version) == (
            ("other", 1) if model == "other" else ("m", 1 if model == "m@1" else 2)
        )
    assert case.ws.at(0).trend(by="touchpoint", model="m@1").table["touchpoint"].to_pylist() == ["m_point"]
    assert case.ws.trend().model is None
    with pytest.raises(UnknownName, match="unknown model 'mm'; did you mean"):
        case.ws.trend(by="touchpoint", model="mm")
    with pytest.raises(BadInput, match=r"has no version 3\. Known: 1, 2"):
        case.ws.trend(by="touchpoint", model="m@3")
    with pytest.raises(BadInput, match="'m@new' names no version"):
        case.ws.trend(by="touchpoint", model="m@new")


def test_a_change_of_the_model_builds_nothing(made: Any, states: list[Case]) -> None:
    case = made(states[0].events)
    generation = case.ws.snapshot().manifest.generation
    for events in ("A", "B"):
        case.ws.save_model({"key": "m", "title": "M", "touchpoints": [{"id": "x", "name": "X", "events": events}]})
        where = case.ws.trend(period="month", where="touchpoint = 'x'").table["events"].to_pylist()
        assert where == case.ws.trend(events, period="month").table["events"].to_pylist()
    assert case.ws.snapshot().manifest.generation == generation
