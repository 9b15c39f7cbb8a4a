"""What is said of one customer in nested journeys and in a change of a model: over all customers it is the answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import Case, ugly, workspace
from contract.models import models
from contract.test_explain_counts import everybody
from contract.test_first_touch import scored
from contract.test_model_change import document, keys_of
from contract.test_rollup import based, saved
from contract.test_stages import OPTIONS
from lvtu.errors import UnknownName
from naive.journeys import Event
from naive.model import Model
from parts import examples
from property.strategies import START

MINUTE = 60_000_000


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Few customers, with scores, weights and times that are not exact, some of them in the tail."""
    base, late = (
        based(scored(ugly(seed, customers=size), seed, True)) for seed, size in ((91, 14), (92, 8))
    )  # fmt: skip
    return Case("rated", workspace(tmp_path_factory.mktemp("rated") / "w", base, late), base + late)


@settings(max_examples=examples(40), deadline=None)
@given(old=models(), new=models(), options=OPTIONS, data=st.data())
def test_a_change(rated: Case, old: Model, new: Model, options: dict[str, Any], data: Any) -> None:
    names = keys_of(data, old, "old"), keys_of(data, new, "new")
    rated.ws.save_model(document(old, names[0]))  # type: ignore[attr-defined]
    where = options["where"] and options["where"].text
    result = rated.ws.model_change(document(new, names[1]), **{**options, "where": where})
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    now: dict[str, dict[str, str | None]] = defaultdict(lambda: {"before": None, "after": None})
    for who, row in everybody(rated, result):
        before, after, key = bool(row["before"]), bool(row["after"]), row["stage"]
        assert [row["before"] is None, row["after"] is None] == [key not in names[0], key not in names[1]]
        gained = {"gained": after and not before, "lost": before and not after}
        inside = {side: bool(row[side]) for side in ("now_before", "now_after")}
        sums[key] += Counter(before=before, after=after, **gained, **inside)
        for side in ("before", "after"):
            now[who][side] = key if row[f"now_{side}"] else now[who][side]
            assert row[side] is None or row[side] == (row[f"status_{side}"] == "entered")
            assert not row[side] or row[f"event_{side}"] is not None
    for row in result.table.to_pylist():
        key = row.pop("stage")
        assert {name: number or 0 for name, number in row.items()} == {name: sums[key][name] for name in row}
    moves = Counter((ends["before"], ends["after"]) for ends in now.values())
    assert moves == {(row["before"], row["after"]): row["customers"] for row in result.moves.to_pylist()}


@settings(max_examples=examples(20), deadline=None)
@given(
    top=models(), middle=models(), bottom=models(), options=OPTIONS,
    places=st.tuples(st.sets(st.integers(0, 3), max_size=2), st.sets(st.integers(0, 3), max_size=1)),
)  # fmt: skip
def test_a_rollup(rated: Case, top: Model, middle: Model, bottom: Model, options: dict[str, Any], places: Any) -> None:
    for key in ("bottom", "middle"):
        saved(rated, key, bottom, {})
    within = {k: saved(rated, "bottom", bottom, {}) for k in places[1] if k < len(middle.stages)}
    inner = saved(rated, "middle", middle, within)
    saved(rated, "top", top, {k: inner for k in places[0] if k < len(top.stages)})
    result = rated.ws.rollup("top", **{**options, "where": options["where"] and options["where"].text})
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    came: dict[str, set[str]] = defaultdict(set)
    scores: dict[Any, list[float]] = defaultdict(list)
    for who, row in everybody(rated, result):
        figures = {"entered": bool(row["entered"]), "customers": row["counted"], "stays": row["stays"]}
        sums[row["path"]] += Counter(**figures, dwell=row["total_dwell"] or 0, responses=row["responses"])
        came[row["path"]] |= {who} if row["counted"] else set()
        if row["total_dwell"] is not None and row["entered"] and row["stays"] == 1 and row["ended"] is not None:
            whole = (row["ended"] - row["time"]).total_seconds() * 1_000_000
            assert row["total_dwell"] == round(whole) or row["path"].count("/") < 3, "a stage with a journey within it"
        assert (row["entered"] is None) == (row["status"] is None)
    for who in sorted({event.customer for event in rated.events}):
        for row in result.explain(who).scores.to_pylist():
            scores[row["path"], row["scale"]].append(row["score"])
    answer = result.table.to_pylist()
    assert [row["path"] for row in answer] == list(sums)
    for row in answer:
        found = sums[row["path"]]
        assert [row["entered"] or 0, row["customers"], row["stays"]] == [
            found[name] for name in ("entered", "customers", "stays")
        ]
        assert row["mean_dwell"] == (round(found["dwell"] / found["stays"]) if found["stays"] else None)
        below = [path for path in came if path.rpartition("/")[0] == row["path"]]
        if row["level"] % 2 == 0:
            first, last = came[below[0]], came[below[-1]]
            assert row["conversion"] == (pytest.approx(len(first & last) / len(first)) if first else None)
    assert {(row["path"], row["scale"]): row["responses"] for row in result.scores.to_pylist()} == {
        cell: len(some) for cell, some in scores.items()
    }  # fmt: skip
    assert {path: counts["responses"] for path, counts in sums.items() if counts["responses"]} == Counter(
        path for (path, _), some in scores.items() for _ in some
    )  # fmt: skip


STAGES = [{"key": key, "name": {"zh": zh, "en": en}, "entry": entry}
          for key, zh, en, entry in (("look", "看", "Look", "A"), ("buy", "买", "Buy", "B"))]  # fmt: skip
EVENTS = [Event("1", START, "ann", "A"), Event("2", START + MINUTE, "ann", "B"), Event("3", START, "bo", "C"),
          Event("4", START + 3 * MINUTE, "ann", "C")]  # fmt: skip


def test_in_words(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([event.record() for event in EVENTS])
        shop = {"key": "shop", "title": {"zh": "店", "en": "Shop"}, "stages": STAGES}
        ws.save_model(shop)
        change = ws.model_change(shop | {"stages": [STAGES[0], STAGES[1] | {"entry": "C"}]})
        assert str(change.explain("ann")).splitlines() == [
            "ann before the change: Buy; after it: Buy",
            "  Look: entered by A at 2026-01-01 00:00:00, before and after",
            "  Buy, before: entered by B at 2026-01-01 00:01:00; after: entered by C at 2026-01-01 00:03:00",
        ]  # fmt: skip
        assert change.explain("bo").text("zh").splitlines() == [
            "bo 改动前：不在任何阶段；改动后：不在任何阶段", "  看：未进入：没有符合的事件，改动前后相同",
            "  买：未到达，改动前后相同",
        ]  # fmt: skip
        nobody = ws.model_change(shop, where="event != 'C'").explain("bo")
        assert nobody.table.num_rows == 0
        assert str(nobody).splitlines() == [
            "bo: not counted", "  not counted: 1 such event, but it does not meet the conditions",
        ]  # fmt: skip
        life = {
            "key": "life",
            "title": {"zh": "一生", "en": "Life"},
            "stages": [{"key": "all", "name": {"zh": "购物", "en": "Shopping"}, "entry": "C", "child": "shop"}],
        }
        ws.save_model(life)
        told = ws.rollup("life").explain("ann")
        assert str(told).splitlines() == [
            "ann: counted in 5 places", "  Life: counted, stayed 1m",
            "  Life › Shopping: entered by C at 2026-01-01 00:03:00; counted: entered the journey within it, stayed 1m",
            "  Life › Shopping › Shop: counted, stayed 1m",
            "  Life › Shopping › Shop › Look: entered by A at 2026-01-01 00:00:00, stayed 1m",
            "  Life › Shopping › Shop › Buy: entered by B at 2026-01-01 00:01:00",
        ]  # fmt: skip
        ends = [row["ended"] and row["ended"].minute for row in told.table.to_pylist()]
        assert ends == [None, None, None, 1, None], "buying ends the looking"
        assert ws.rollup("life").explain("bo").text("zh").splitlines()[:3] == [
            "bo：计入 0 处", "  一生：未计入：没有进入其中任何阶段",
            "  一生 › 购物：因 C 进入，时间 2026-01-01 00:00:00；未计入：没有进入其中的旅程",
        ]  # fmt: skip
        for result in (change, ws.rollup("life")):
            with pytest.raises(UnknownName, match="unknown customer 'nobody'"):
                result.explain("nobody")
