"""The parts of the second engine that need no cluster."""

from __future__ import annotations

import pickle
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

import lvtu
from lvtu.core.model import JourneyModel
from lvtu.core.model.columns import ModelColumns
from lvtu.engines import spark, tasks
from lvtu.engines.choice import Engines
from lvtu.engines.tasks import Answer, Job, answers
from lvtu.errors import BadInput, Erased, UnknownName
from lvtu.kernels.firsts import first_rows
from parts import require


@pytest.fixture
def ws(tmp_path: Path) -> Any:
    with lvtu.open(tmp_path / "w") as workspace:
        workspace.append([{"user_id": "ann", "event": "Seen", "time": "2026-03-01T23:00:00Z", "properties": {"p": 1}}])
        yield workspace


def test_an_engine_that_is_none(ws: Any) -> None:
    with pytest.raises(UnknownName, match="unknown engine 'spork'; did you mean 'spark'"):
        ws.funnel(["Seen"], engine="spork")


def test_no_cluster(ws: Any) -> None:
    with pytest.raises(BadInput, match="needs a cluster, and none is named; set LVTU_SPARK=sc://"):
        ws.funnel(["Seen"], engine="spark")


@pytest.mark.parametrize("url", ["spark://host:7077", "host:15002", "local[2]", "sc://"])
def test_an_address_of_another_kind(ws: Any, url: str) -> None:
    ws._engines = Engines("spark", 0, url)
    with pytest.raises(BadInput, match="is not the address of a Spark Connect server"):
        ws.funnel(["Seen"])


def test_nobody_answers(ws: Any) -> None:
    url = "sc://127.0.0.1:9"
    ws._engines = Engines("local", 0, url)
    assert ws.funnel(["Seen"]).steps == [1]
    with pytest.raises(BadInput, match=f"no Spark Connect server answers at {url}"):
        ws.journeys(engine="spark").funnel(["Seen"])


def test_no_pyspark(ws: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("pyspark")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyspark", None)  # as if it were not installed
    with socket.create_server(("127.0.0.1", 0)) as server:
        ws._engines = Engines("spark", 0, f"sc://127.0.0.1:{server.getsockname()[1]}")
        with pytest.raises(BadInput, match="PySpark, which is not installed; run pip install 'lvtu\\[spark\\]'"):
            ws.funnel(["Seen"])


def test_the_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LVTU_ENGINE", "spark")
    with lvtu.open(tmp_path / "w") as ws:
        ws.append([{"user_id": "ann", "event": "Seen", "time": "2026-03-01"}])
        assert ws.funnel(["Seen"], engine="local").steps == [1]
        for view in (ws, ws.at(0), ws.as_of("2026-04-01"), ws.journeys(where="event = 'Seen'")):
            with pytest.raises(BadInput, match="none is named"):
                view.funnel(["Seen"])


def test_the_engine_is_no_part_of_the_question(ws: Any) -> None:
    assert ws.funnel(["Seen"], engine="local").spec == ws.funnel(["Seen"]).spec


def test_an_answer_of_many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_PIECE", 7)
    states = {task: [task, "é" * 50] for task in (3, 11)}
    batches = [batch for task, state in states.items() for batch in Answer(1, state).rows(task)]
    assert len(batches) > 4
    backwards = pa.Table.from_batches(batches[::-1])
    assert sorted(answer.state for answer in answers(backwards)) == sorted(states.values())
    assert [answer.state for answer in answers(backwards.slice(1))] == [states[3]], "half an answer is none"


def test_an_error_is_an_answer() -> None:
    """The same error, words and all, at the other end."""
    error = UnknownName("event", "Sen", {"Seen": 3})
    with pytest.raises(UnknownName) as caught:
        list(answers(pa.Table.from_batches(Answer(1, error=error).rows(0))))
    assert str(caught.value) == str(error) == "unknown event 'Sen'; did you mean 'Seen' (3 events)? Known: Seen"
    assert caught.value.problem() == error.problem()


def test_what_travels_of_a_snapshot(ws: Any) -> None:
    ws.compact()
    ws.append([{"user_id": "bo", "event": "Bought", "time": "2026-03-02", "properties": {"p": "new"}}])
    ws.save_model({"key": "m", "title": "M", "touchpoints": [{"id": "all", "name": "All", "events": "*"}]})
    columns = ModelColumns(lambda: JourneyModel.load(ws.model()))
    snapshot = ws.snapshot().through(columns)
    snapshot.prepare(["p", "touchpoint"])
    sent: Any = pickle.loads(pickle.dumps(snapshot))
    assert (sent.token, sent.times, sent.upto) == (snapshot.token, snapshot.times, None)
    assert (sent.events, sent.channels) == (snapshot.events, snapshot.channels) == (("", "Seen", "Bought"), ("",))
    assert list(sent.names("p")) == list(snapshot.names("p")) == ["", "1", "new"]
    assert sent.names("touchpoint") == ("", "all")
    assert sent.numbers("p").tolist()[1] == 1.0
    assert sent.code("Bought") == 2
    (block,) = sent.base
    assert block.names().to_pylist() == ["ann"]
    assert block.codes("p")[0].tolist() == block.codes("touchpoint")[0].tolist() == [1]
    earlier: Any = pickle.loads(pickle.dumps(ws.at(0)._snapshots()))
    assert (earlier.commit, earlier.upto, earlier.times) == (0, 0, ws.at(0)._snapshots().times)


def test_a_kernel_travels_by_name() -> None:
    assert pickle.loads(pickle.dumps(first_rows)) is first_rows


def test_a_folder_that_the_worker_does_not_see(tmp_path: Path) -> None:
    nowhere: Any = SimpleNamespace(folder=tmp_path / "gone")
    with pytest.raises(BadInput, match="does not see the folder"):
        Job(nowhere, nowhere, [[0]]).fold(0)


def test_the_worker_has_another_version() -> None:
    (batch,) = tasks.fold_tasks("another", b"", [pa.record_batch({"id": [0]})])
    with pytest.raises(BadInput, match="has another version of Lvtu"):
        list(answers(pa.Table.from_batches([batch])))


def bucket(number: int, rows: int) -> Any:
    return SimpleNamespace(number=number, rows=rows)


def test_every_bucket_is_in_one_task() -> None:
    few = [bucket(n, 10 + n) for n in range(5)]
    assert sorted(map(tuple, spark.shared_out(few))) == [(0,), (1,), (2,), (3,), (4,)]
    many = [bucket(n, 1_500_000 + n) for n in range(1024)]
    shares = spark.shared_out(many)
    assert sorted(number for share in shares for number in share) == list(range(1024))
    assert len(shares) == 128 and {len(share) for share in shares} == {8}
    assert len(spark.shared_out([bucket(n, 150_000_000) for n in range(20_000)])) == spark.MOST_TASKS


class Broken:
    """An analysis whose state never comes back, as a cluster that loses rows would have it."""

    def reads(self) -> set[str]:
        return set()

    def empty(self, snapshot: Any) -> int:
        return 0

    def partial(self, block: Any, state: int) -> int:
        return state + block.customers

    def merge(self, left: int, right: int) -> int:
        return left + right


def test_lost_rows_are_noticed(ws: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    require("PySpark", find_spec("pyspark"))
    monkeypatch.setattr(spark, "connected", lambda url: None)
    engine: Any = Engines("spark", 0, "sc://nobody").spark
    monkeypatch.setattr(spark, "_collected", lambda *_: tasks.ROWS.empty_table())
    with pytest.raises(RuntimeError, match="0 of 1 tasks answered"):
        engine.fold(Broken(), ws.snapshot())


@pytest.mark.parametrize("there", [True, False])
def test_what_fails_when_somebody_is_forgotten(ws: Any, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    require("PySpark", find_spec("pyspark"))
    monkeypatch.setattr(spark, "connected", lambda url: None)
    snapshot = ws.snapshot()

    def fail(*_: Any) -> pa.Table:
        if not there:
            ws.forget("ann")
        raise OSError("some file")

    monkeypatch.setattr(spark, "_collected", fail)
    engine: Any = Engines("spark", 0, "sc://nobody").spark
    with pytest.raises(OSError if there else Erased):
        engine.fold(Broken(), snapshot)


def test_workers_without_lvtu(ws: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    require("PySpark", find_spec("pyspark"))
    monkeypatch.setattr(spark, "connected", lambda url: None)

    def fail(*_: Any) -> pa.Table:
        raise RuntimeError("… ModuleNotFoundError: No module named 'lvtu' …")

    monkeypatch.setattr(spark, "_collected", fail)
    engine: Any = Engines("spark", 0, "sc://nobody").spark
    with pytest.raises(BadInput, match="the workers of sc://nobody cannot import Lvtu; install it"):
        engine.fold(Broken(), ws.snapshot())
