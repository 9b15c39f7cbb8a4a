"""Touchpoint quality against its twin; and that the index is lowest where a pain was planted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import Case, ugly, workspace
from contract.experiences import cases_in, feel, hashed, near
from contract.instruments import opens
from lvtu.analyses.touchpoint_quality.question import QualityQuestion, State
from lvtu.analyses.touchpoint_quality.spec import TouchpointQualitySpec
from lvtu.errors import BadInput, UnknownName
from naive import touchpoint_quality as naive
from naive.journeys import last_time
from property.strategies import START
from property.test_laws import holds

POINTS = (35, 25, 20, 20)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return cases_in(tmp_path_factory.mktemp("quality"))


def things(
    case: Case, by: str | None, failed: str | None, waits: tuple[str, str, int] | None, gap: int, weighted: bool,
    span: dict[str, int],
) -> list[naive.Thing]:  # fmt: skip
    found = naive.told(case.events, by, feel, weighted=weighted, **span)
    if failed:
        found += naive.passes(case.events, by, lambda event: event.event == failed, gap, **span)
    if waits:
        horizon = min(last_time(case.events), span.get("until", 1 << 62))
        found += naive.in_time(case.events, by, *waits, horizon, **span)
    return found


def compare(row: dict[str, Any], own: list[naive.Thing], shares: dict[str, float], parts: Mapping[str, int]) -> None:
    """Every figure of a row and its interval."""
    figures: dict[str, naive.Figure] = {"quality": lambda some: naive.index(some, shares)}
    figures |= {part: partial(naive.mean_of, part) for part in naive.PARTS}
    for name, figure in figures.items():
        counted = [one for one in own if one.part in (shares if name == "quality" else (name,))]
        assert near(row[name], figure(counted)), name
        ends = naive.interval(counted, figure, parts) if row[name] is not None else None
        assert all(map(near, (row[f"{name}_low"], row[f"{name}_high"]), ends or (None, None))), name
    assert {name: row[f"{name}_weight"] for name in naive.PARTS} == pytest.approx(
        {name: shares.get(name, 0.0) for name in naive.PARTS}
    )


def agree(
    case: Case, by: str | None = None, failed: str | None = None, waits: tuple[str, str, int] | None = None,
    gap: int = 2, weighted: bool = True, least: int = 5, points: tuple[float, ...] = POINTS, **span: int,
) -> None:  # fmt: skip
    options: dict[str, Any] = {"failure": f"event = '{failed}'"} if failed else {}
    options |= {"standards": {"start": waits[0], "end": waits[1], "within": waits[2]}} if waits else {}
    options |= {"points": points, "blend": "ours@1"} if points != POINTS else {}
    result = case.ws.touchpoint_quality(by, session_gap=gap, weighted=weighted, least=least, **options, **span)
    twin = things(case, by, failed, waits, gap, weighted, span)
    rows = {row.get(by) if by else None: row for row in result.table.to_pylist()}
    assert rows.keys() == {one.group for one in twin}
    for group, row in rows.items():
        own = [one for one in twin if one.group == group]
        counts = {part: sum(one.part == part for one in own) for part in naive.PARTS}
        assert {part: row[f"{part}_n"] for part in naive.PARTS} == counts
        assert row["customers"] == len({one.customer for one in own if one.part in naive.PARTS[:3]})
        shares = naive.weights(points, {part: n >= least for part, n in counts.items()})
        compare(row, own, shares, hashed(case))
        assert row["covered"] == pytest.approx(
            sum(p for p, part in zip(points, (*naive.PARTS[:3], ""), strict=True) if shares.get(part))
            / 100 + points[3] / 100 * any(shares.get(part) for part in naive.PARTS[3:])
        )  # fmt: skip


def test_it_is_the_twin(cases: list[Case]) -> None:
    agree(cases[0])
    agree(cases[1], "channel", weighted=False)
    agree(cases[1], "plan", failed="C", waits=("A", "B", 3), least=40)
    agree(cases[1], "event", failed="B", gap=1, since=START + 2, until=START + 9)
    agree(cases[0], "channel", waits=("A", "A", 2), points=(0, 50, 0, 50))


def test_periods_are_the_same_question_of_their_time(cases: list[Case]) -> None:
    """Each hour's figures are those of a question about that hour alone."""
    ws = cases[1].ws
    table = ws.touchpoint_quality("channel", period="day").table
    whole = ws.touchpoint_quality("channel").table
    assert table.num_rows == whole.num_rows, "all of it is on one day"
    assert sorted(table["quality"].to_pylist()) == sorted(whole["quality"].to_pylist())


def test_weights_are_told_and_kept_with_the_question(cases: list[Case]) -> None:
    result = cases[0].ws.touchpoint_quality(None)
    assert result.notes[0].values == {"blend": "lvtu@1", "perception": "35", "emotion": "25", "effort": "20",
                                      "operations": "20"}  # fmt: skip
    assert result.spec.to_json()["blend"] == "lvtu@1", "a saved question goes on meaning the same"
    assert [note.code for note in result.notes[1:3]] == ["quality_without_operations", "quality_renormalised"]
    row = result.table.to_pylist()[0]
    assert (row["reliability"], row["reliability_n"], row["reliability_weight"]) == (None, 0, 0.0), "never zero points"
    with pytest.raises(UnknownName, match="lvtu@9"):
        cases[0].ws.touchpoint_quality(blend="lvtu@9")
    with pytest.raises(BadInput, match="lvtu@1"):
        cases[0].ws.touchpoint_quality(points=(50, 20, 20, 10))
    for points in ((50, 20, 20, 20), (110, -10, 0, 0)):
        with pytest.raises(BadInput, match="add up to 100"):
            cases[0].ws.touchpoint_quality(points=points, blend="ours@1")


def test_numbers_open_their_customers(cases: list[Case]) -> None:
    ws = cases[1].ws
    more = {"failure": "event = 'C'", "standards": [{"start": "A", "end": "B", "within": 3}], "session_gap": 2}
    opens(
        [
            ws.touchpoint_quality("channel", **more),
            ws.touchpoint_quality(None),
            ws.touchpoint_quality("plan", period="day"),
        ]
    )
    failed = {one.customer for one in naive.passes(cases[1].events, "channel", lambda event: event.event == "C", 2)
              if one.group == "web" and not one.points}  # fmt: skip
    assert ws.touchpoint_quality("channel", **more).customers("web", part="reliability") == sorted(failed)
    with pytest.raises(UnknownName):
        ws.touchpoint_quality("channel").customers(part="price")


@pytest.mark.parametrize("by", [None, "channel"])
def test_laws_touchpoint_quality(cases: list[Case], by: str | None) -> None:
    snapshot = cases[1].ws.snapshot()
    spec = TouchpointQualitySpec(by=by, failure="event = 'C'", session_gap=2,
                                 standards=({"start": "A", "end": "B", "within": 3},))  # fmt: skip
    snapshot.prepare(spec.reads())

    def told(state: State) -> Any:
        return state.customers.tolist(), state.sums.tolist()

    holds(QualityQuestion(spec, snapshot), snapshot, told)


def test_nobody_told_anything(tmp_path: Path) -> None:
    ws = workspace(tmp_path / "bare", ugly(74, customers=20))
    result = ws.touchpoint_quality("channel")
    assert result.table.num_rows == 0 and [note.code for note in result.notes] == ["quality_none"]
    assert result.chart("zh") and repr(result)
    silent = ws.touchpoint_quality("channel", failure="event = 'A'", session_gap=2)
    assert set(silent.table["quality"].to_pylist()) == {None}, "operations alone are no quality"
    assert silent.table["reliability_n"][0].as_py() > 0 and "quality_silent" in [note.code for note in silent.notes]


FAILED = "event in ('Error Shown', 'Payment Failed', 'Complaint Made')"


@pytest.mark.parametrize("pain", ["checkout:annoy:0.7", "delivery:wait:1"])
def test_it_is_lowest_where_the_pain_was_planted(tmp_path: Path, pain: str) -> None:
    """C4: among the places that customers tell of, the one that hurts has the lowest index."""
    events, truth = lvtu.simulate(customers=1200, seed=11, pains=[lvtu.Pain.read(pain)])
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest(events)
        ws.save_model(truth.model, default=True)
        waits = [{"start": "Order Shipped", "end": "Order Delivered", "within": "3d"},
                 {"start": "Chat Started", "end": "Chat Answered", "within": "2m"}]  # fmt: skip
        result = ws.touchpoint_quality(failure=FAILED, standards=waits)
        rows = [row for row in result.table.to_pylist() if row["customers"] >= 50 and row["quality"] is not None]
        step = pain.partition(":")[0]
        assert rows[0]["touchpoint"] == step and len(rows) > 4
        assert rows[0]["quality_high"] < rows[1]["quality_low"], "and not by chance"
        stages = ws.touchpoint_quality("stage", failure=FAILED, standards=waits).table["stage"].to_pylist()
        assert stages == [*(one for one in truth.stages if one in stages), None], "stages stand in their order"
