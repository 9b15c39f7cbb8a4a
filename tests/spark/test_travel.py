"""What a cluster is sent is enough to answer from: tried in this process, without a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pyarrow as pa
import pytest

from contract.cases import Case
from lvtu.analyses.registry import REGISTRY
from lvtu.core.words import LANGS
from lvtu.engines import spark, tasks
from lvtu.engines.choice import Engines
from lvtu.errors import UnknownName
from lvtu.store.journeys.listed import members_of
from lvtu.view import View
from parts import require
from spark.questions import QUESTIONS, Question
from spark.test_contract import same, views


@pytest.fixture
def sent(everything: Case, monkeypatch: pytest.MonkeyPatch) -> Iterator[View]:
    """The workspace, asked through pickles of tasks and answers, which come back in another order."""
    require("PySpark", find_spec("pyspark"))

    def collected(_: Any, payload: bytes, number: int) -> pa.Table:
        batches = [
            batch
            for task in range(number)
            for batch in tasks.fold_tasks(tasks.fingerprint(), payload, [pa.record_batch({"id": [task]})])
        ]
        return pa.Table.from_batches(batches[::-1])

    monkeypatch.setattr(spark, "connected", lambda url: None)
    monkeypatch.setattr(spark, "_collected", collected)
    ws: Any = everything.ws
    engines, ws._engines = ws._engines, Engines("local", 0, "sc://nobody")
    yield ws.journeys(engine="spark")
    ws._engines = engines


@pytest.mark.parametrize("analysis", REGISTRY)
def test_every_explanation(everything: Case, sent: View, analysis: str) -> None:
    """Of an answer from there, the same is said of a customer as of an answer from here."""
    asked = {"analysis": analysis, **QUESTIONS[analysis][0].options}
    here, there = (view.run(asked) for view in (everything.ws, sent))
    if hasattr(here, "explain"):
        for lang in LANGS:
            assert there.explain("c7").text(lang) == here.explain("c7").text(lang)  # type: ignore[attr-defined]


@pytest.mark.parametrize("analysis", REGISTRY)
def test_every_analysis(everything: Case, sent: View, analysis: str) -> None:
    for question in QUESTIONS[analysis]:
        same(analysis, question, everything.ws, sent)
    first = Question(QUESTIONS[analysis][0].options)
    for here, there in views(everything.ws, everything.ws):
        there._engine = "spark"
        same(analysis, first, here, there)


def test_named_segments(everything: Case, sent: View, monkeypatch: pytest.MonkeyPatch) -> None:
    ws: Any = everything.ws
    names = {"buyers": "did C at least 1 times", "some": members_of(ws._snapshots(), ["c1", "c7", "c9"]).events}
    monkeypatch.setattr(ws._catalogue, "segments", names)
    for condition in ("in segment 'buyers'", "in segment 'some'"):
        same("funnel", Question({"steps": ["A", "B"], "where": condition}, ((1,),)), ws, sent)


def test_a_mistake_that_a_worker_finds(everything: Case, sent: View) -> None:
    """The same words from there as from here."""
    for view in (everything.ws, sent):
        with pytest.raises(UnknownName, match="unknown event 'Aa'"):
            view.retention(start="Aa")
