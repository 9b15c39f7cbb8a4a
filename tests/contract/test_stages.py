"""The stages of a model against their twin, and against the funnel of the same steps."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case
from contract.models import models
from lvtu.errors import BadInput, UnknownName
from naive.model import Model
from naive.stages import Row, stages, standing
from parts import examples
from property.strategies import CONDITIONS, START

OPTIONS = st.fixed_dictionaries(
    {
        "order": st.sampled_from(("ordered", "ordered", "any")),
        "where": st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS)),
        "since": st.one_of(st.none(), st.integers(START, START + 12)),
        "until": st.one_of(st.none(), st.integers(START, START + 12)),
        "moment": st.one_of(st.none(), st.none(), st.integers(START - 6, START + 12)),
    }
)


def near(answer: int | None, exact: float | None) -> bool:
    """Within 1 %, in whole microseconds."""
    if answer is None or exact is None:
        return answer is exact
    return abs(answer - exact) <= max(exact * 0.01, 0.5)


def agree(case: Case, model: Model, options: dict[str, Any]) -> None:
    case.ws.save_model(model.document(), default=True)  # type: ignore[attr-defined]
    result = case.ws.stages(**{**options, "where": options.get("where") and options["where"].text})
    expected = stages(case.events, model.twins(), **options)
    table = result.table.to_pylist()
    assert [row["stage"] for row in table] == [key for key, _, _ in model.stages]
    for k, (row, twin) in enumerate(zip(table, expected, strict=True)):
        before = expected[k - 1].customers if k else set()
        after = expected[k + 1].customers if k + 1 < len(expected) else None
        assert row["customers"] == len(twin.customers)
        assert row["from_previous"] == pytest.approx(_share(before & twin.customers, before))
        assert row["from_start"] == pytest.approx(_share(twin.customers & expected[0].customers, expected[0].customers))
        assert row["dropped"] == (None if after is None else len(twin.customers - after))
        assert near(row["median_dwell"], twin.median) and near(row["p90_dwell"], twin.p90), (row, twin.stays)
        assert set(result.customers(row["stage"])) == twin.customers
        if after is not None:
            assert set(result.customers(row["stage"], lost=True)) == twin.customers - after
    untimed = sum(row.untimed for row in expected)
    assert [note.values["times"] for note in result.notes if note.code == "untimed_stays"] == [untimed][: untimed > 0]
    now = standing(case.events, model.twins(), **options)
    places = [*range(len(model.stages)), None]
    here = [{customer for customer, place in now.items() if place == each} for each in places]
    table = result.now().table
    assert table["stage"].to_pylist() == [*(key for key, _, _ in model.stages), None]
    assert table["customers"].to_pylist() == [len(names) for names in here] and result.now().everyone == len(now)
    assert table["share"].to_pylist() == pytest.approx([_share(names, set(now)) for names in here])
    for key, names in zip(table["stage"].to_pylist(), here, strict=True):
        assert set(result.now().customers(key)) == names


def _share(part: set[str], whole: set[str]) -> float | None:
    return len(part) / len(whole) if whole else None


@settings(max_examples=examples(150))
@given(model=models(), options=OPTIONS, data=st.data())
def test_any_stages_are_the_twins(states: list[Case], model: Model, options: dict[str, Any], data: Any) -> None:
    agree(states[data.draw(st.integers(0, len(states) - 1), label="state")], model, options)


def test_times_that_are_not_exact(made: Any, states: list[Case]) -> None:
    dice = random.Random(3)
    bases = (None, "exact", "day", "order")
    known: dict[str, str | None] = {}
    events = [replace(e, time_basis=known.setdefault(e.message_id, dice.choice(bases))) for e in states[0].events]
    case = made(events)
    found = models().filter(lambda model: len(model.stages) > 2)

    @settings(max_examples=examples(25))
    @given(model=found, order=st.sampled_from(("ordered", "any")))
    def check(model: Model, order: str) -> None:
        agree(case, model, {"order": order})

    check()


@settings(max_examples=examples(40))
@given(model=models(), data=st.data())
def test_who_drops_out_stays_there(states: list[Case], model: Model, data: Any) -> None:
    """Where nothing ends a stage but the next one, those who do not enter it are the ones who are still there."""
    case = states[data.draw(st.integers(0, len(states) - 1), label="state")]
    stages_ = [{**stage, "exit": []} for stage in model.document()["stages"]]
    case.ws.save_model(model.document() | {"stages": stages_}, default=True)  # type: ignore[attr-defined]
    result = case.ws.stages()
    now, dropped = result.now().table["customers"].to_pylist(), result.table["dropped"].to_pylist()
    assert now[:-2] == dropped[:-1] and now[-2] == result.table["customers"].to_pylist()[-1]
    assert sum(now[:-1]) == result.table["customers"].to_pylist()[0]


@settings(max_examples=examples(100))
@given(names=st.lists(st.sampled_from("ABCD"), min_size=1, max_size=4), data=st.data())
def test_stages_are_the_funnel_of_the_same_steps(states: list[Case], names: list[str], data: Any) -> None:
    """The same rule twice gives the same customers at every stage, whatever the times between are measured from."""
    case = states[data.draw(st.integers(0, len(states) - 1), label="state")]
    where = data.draw(st.one_of(st.none(), st.sampled_from([c.text for c in CONDITIONS])), label="where")
    since = data.draw(st.one_of(st.none(), st.integers(START, START + 12)), label="since")
    stages_ = [{"key": f"s{k}", "name": name, "entry": name} for k, name in enumerate(names)]
    case.ws.save_model({"key": "steps", "title": "Steps", "stages": stages_})  # type: ignore[attr-defined]
    result = case.ws.stages("steps", where=where, since=since)
    funnel = case.ws.funnel(names, where=where, since=since)
    for column in ("customers", "from_previous", "from_start"):
        assert result.table[column].to_pylist() == funnel.table[column].to_pylist()
    for k in range(len(names)):
        assert result.customers(f"s{k}") == funnel.customers(k + 1)
        if k + 1 < len(names):
            assert result.customers(f"s{k}", lost=True) == funnel.customers(k + 1, lost=True)


def test_what_cannot_be_asked(made: Any) -> None:
    case = made([])
    with pytest.raises(BadInput, match="no journey model"):
        case.ws.stages()
    case.ws.save_model({"key": "bare", "title": "Bare"})
    with pytest.raises(BadInput, match="'bare' has no stages"):
        case.ws.stages()
    case.ws.save_model({"key": "one", "title": "One", "stages": [{"key": "only", "name": "Only", "entry": "A"}]})
    with pytest.raises(UnknownName, match="unknown model 'ones'; did you mean 'one'"):
        case.ws.stages("ones")
    result = case.ws.stages("one@1")
    assert result.table.to_pylist() == [
        {"stage": "only", "customers": 0, "from_previous": None, "from_start": None, "dropped": None,
         "median_dwell": None, "p90_dwell": None}
    ]  # fmt: skip
    assert [note.text("zh") for note in result.notes] == ["数据中没有任何事件能进入：only"]
    with pytest.raises(UnknownName, match="unknown stage 'onyl'; did you mean 'only'"):
        result.customers("onyl")
    with pytest.raises(BadInput, match="last stage"):
        result.customers("only", lost=True)


def test_a_row_knows_its_quantiles() -> None:
    assert [Row(stays=list(range(1, n + 1))).p90 for n in (1, 2, 10, 11, 20)] == [1, 2, 9, 10, 18]
