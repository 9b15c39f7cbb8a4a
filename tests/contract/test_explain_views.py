"""What is said of one customer of an earlier commit, through a filter, and by any identifier of theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import workspace
from contract.test_trend import scattered
from naive.journeys import Event
from property.strategies import START

MONTH = 30 * 86_400_000_000
WEB = "channel = 'web'"
STAGES = [{"key": key, "name": key, "entry": entry} for key, entry in (("look", "A"), ("buy", ["B", "C"]))]
MODEL = {"key": "shop", "title": "Shop", "stages": STAGES}
QUESTIONS: list[dict[str, Any]] = [
    {"analysis": "trend", "event": "A", "period": "month", "by": "plan"},
    {"analysis": "retention", "start": "A", "period": "week", "entry": "any"},
    {"analysis": "metric", "name": "churn", "period": "month"},
    {"analysis": "model_change", "change": MODEL | {"stages": STAGES[::-1]}},
    {"analysis": "rollup", "model": "shop"},
    {"analysis": "overlap", "segments": ["did A", "did B in the last 60 days"]},
    {"analysis": "drift", "segment": "did A in the last 30 days"},
    {"analysis": "rfm", "event": "A"},
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any, set[str]]:
    """A workspace with a tail, one of what was there before it, and who was there."""
    folder = tmp_path_factory.mktemp("views")
    base, late = scattered(31, 8, 60), scattered(32, 10, 40)
    spaces = workspace(folder / "all", base, late), workspace(folder / "base", base)
    for ws in spaces:
        ws.save_model(MODEL)
    return (*spaces, {event.customer for event in base})


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["analysis"]))
def test_an_earlier_commit_and_a_filter(both: tuple[Any, Any, set[str]], question: dict[str, Any]) -> None:
    ws, before, customers = both
    pairs = [(ws.at(0), question, before, question), (ws.journeys(where=WEB), question, ws, question | {"where": WEB})]
    moved = False
    for one, asked, other, same in pairs:
        here, there = one.run(asked), other.run(same)
        for who in sorted(customers):
            told = here.explain(who).to_json()
            assert told == there.explain(who).to_json()
            moved |= told != ws.run(question).explain(who).to_json()
    assert moved, "what came later, or the filter, makes a difference"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["analysis"]))
def test_any_identifier(tmp_path: Path, question: dict[str, Any]) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        events = [Event(f"m{n}", START + n * MONTH, "ann", x, properties={"plan": "p"}) for n, x in enumerate("ABAC")]
        ws.ingest([event.record() | {"anonymous_id": "phone"} for event in events])
        ws.save_model(MODEL)
        result: Any = ws.run(question)
        assert result.explain("phone").to_json() == result.explain("ann").to_json()
        assert result.explain("phone").customer == "ann" and result.explain("ann").table.num_rows
