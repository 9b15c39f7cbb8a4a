"""The same answers from Spark: the contract's bodies, and every analysis beside the local engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from contract.cases import Case
from contract.test_first_touch import BY
from contract.test_first_touch import agree as first_touches_agree
from contract.test_funnel import agree as funnels_agree
from contract.test_graph import agree as graphs_agree
from contract.test_stages import agree as stages_agree
from contract.test_states import FUNNELS, GRAPHS
from lvtu.analyses.registry import REGISTRY
from lvtu.engines import spark
from lvtu.view import View
from naive.model import Model, Rule
from naive.retention import retention
from naive.trend import trend
from property.strategies import CONDITIONS
from spark.questions import QUESTIONS, Question

OnSpark = Callable[[Case], Case]


def told(result: Any) -> dict[str, Any]:
    """All that an answer says, tables besides its first one included."""
    own = {name: value for name, value in vars(result).items() if not name.startswith("_")}
    return {name: plain(value) for name, value in own.items() if name not in ("engine", "question")}


def plain(value: Any) -> Any:
    if isinstance(value, pa.Table):
        return value.to_pylist()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.tolist() if hasattr(value, "tolist") else value


def same(analysis: str, question: Question, local: View, other: View) -> None:
    here, there = (view.run({"analysis": analysis, **question.options}) for view in (local, other))
    assert here.table.num_rows > 0, "a question that nothing answers shows nothing"
    assert told(there) == told(here)
    for cell in question.cells:
        names = there.customers(*cell)  # type: ignore[attr-defined]
        assert names == here.customers(*cell) and names  # type: ignore[attr-defined]
        if hasattr(here, "explain"):
            assert there.explain(names[0]).text() == here.explain(names[0]).text()  # type: ignore[attr-defined]


def test_every_analysis_is_asked() -> None:
    assert QUESTIONS.keys() == set(REGISTRY), "every analysis of the registry needs a line in tests/spark/questions.py"
    assert all(QUESTIONS.values())


@pytest.mark.parametrize("analysis", REGISTRY)
def test_the_same_answer(everything: Case, on_spark: OnSpark, analysis: str) -> None:
    """The first question of each, for a job costs half a second; `test_travel` asks the others too."""
    first, there = QUESTIONS[analysis][0], on_spark(everything).ws
    same(analysis, Question(first.options, first.cells[:1]), everything.ws, there)


def test_another_view(everything: Case, on_spark: OnSpark) -> None:
    there = on_spark(everything).ws
    for here, other in views(everything.ws, there):
        same("graph", QUESTIONS["graph"][0], here, other)


def views(here: Any, there: Any) -> list[tuple[View, View]]:
    """As of the commit before the tail, and with some of the events."""
    narrow = {"where": "channel = 'web'", "since": "2025-12-15"}
    return [(here.at(0), there.at(0)), (here.journeys(**narrow), there.journeys(**narrow))]


def test_who_was_who(everything: Case, on_spark: OnSpark) -> None:
    view = everything.ws.as_of("2030-01-01")  # type: ignore[attr-defined]
    there = on_spark(everything).ws
    there._snapshots = view._snapshots  # one side view: each has a token of its own
    same("funnel", QUESTIONS["funnel"][0], view, there)


def test_the_twins_of_funnels_and_graphs(unruly: Case, on_spark: OnSpark) -> None:
    case = on_spark(unruly)
    for arguments in FUNNELS[2:4]:
        funnels_agree(case, dict(arguments))
    graphs_agree(case, GRAPHS[1])


def test_the_twins_of_what_a_model_says(unruly: Case, on_spark: OnSpark) -> None:
    touchpoints = (
        ("t0", True, (Rule(("A",), "web", None, ()),)),
        ("t1", None, (Rule(("B*",), None, CONDITIONS[1], ()),)),
    )
    entries = (Rule((), None, None, ("t0", "t1")),), (Rule(("C",), None, None, ()),)
    model = Model(touchpoints, tuple((f"s{k}", entry, ()) for k, entry in enumerate(entries)), ())
    for order in ("ordered", "any"):
        stages_agree(on_spark(unruly), model, {"order": order})


def test_the_twins_of_the_rest(everything: Case, on_spark: OnSpark) -> None:
    case = on_spark(everything)
    first_touches_agree(case, "channel", BY["channel"], CONDITIONS[1], {})
    rows = case.ws.trend(period="week", by="plan").table.to_pylist()
    expected = trend(case.events, period="week", by="plan")
    assert sum(row["events"] for row in rows) == sum(events for events, *_ in expected.values())
    cells = retention(case.events, "A", "B", period="month", periods=2)[None]
    table = case.ws.retention("A", "B", period="month", periods=2).table
    assert table["returned"].to_pylist() == [cell.returned for cell in cells]
    assert table["customers"].to_pylist() == [cell.customers for cell in cells]


def test_what_a_funnel_opens(everything: Case, on_spark: OnSpark) -> None:
    here, there = (case.ws.funnel(["A", "B", "C"], within="20d") for case in (everything, on_spark(everything)))
    segments = ("channel = 'web'", "plan = 'p'")
    assert told(there.compare(*segments)) == told(here.compare(*segments))
    assert told(there.time_to_convert()) == told(here.time_to_convert())


def test_states_merged_where_they_are(unruly: Case, on_spark: OnSpark, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "FEW_STATES", 2)
    case = on_spark(unruly)
    graphs_agree(case, GRAPHS[1])
    assert case.ws.funnel(["A", "B"]).customers(2) == unruly.ws.funnel(["A", "B"]).customers(2)


def test_several_buckets_to_a_task(unruly: Case, on_spark: OnSpark, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "FEW_TASKS", 3)
    graphs_agree(on_spark(unruly), GRAPHS[1])
