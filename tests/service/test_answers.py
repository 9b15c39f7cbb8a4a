"""Questions over HTTP against the same questions in Python."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import rated, ugly, workspace
from contract.instruments import asked
from contract.questions import MODEL
from contract.test_cells import drawn
from lvtu.analyses.registry import REGISTRY
from service.asking import Asker, asking
from service.running import running

CHINESE = re.compile("[一-鿿]")
CHANGED = {**MODEL, "stages": MODEL["stages"][:1]}
QUESTIONS: dict[str, dict[str, Any]] = {
    "response_times": {"start": "A", "end": "B", "target": "1m"},
    "touchpoint_quality": {"by": "channel", "failure": "event = 'C'", "session_gap": "1m"},
    "scorecard": {"by": "channel", "item": "plan", "attributes": [{"name": "p"}, {"name": "q"}]},
    "word_of_mouth": {"by": "channel", "referral": "event = 'C'", "within": "1m"},
    "servqual": {"by": "plan"},
    "kano": {},
    "maxdiff": {},
    "drivers": {"outcome": "did A", "by": "channel"},
    "themes": {"codes": "plan", "by": "channel"},
    "funnel": {"steps": ["A", "B", "C"], "within": "1m", "by": "plan"},
    "graph": {},
    "retention": {"start": "A", "back": "B", "periods": 1},
    "trend": {"by": "channel", "period": "hour"},
    "timeline": {"customer": "c1"},
    "stages": {},
    "model_change": {"change": CHANGED},
    "rollup": {},
    "behaviours": {},
    "first_touch": {},
    "conformance": {"order": ["A", "B"]},
    "handoffs": {"pairs": [{"source": "A", "target": "B", "within": "1m"}]},
    "sessions": {"by": "plan"},
    "timing": {"start": "A", "end": "B"},
    "lifecycle": {"period": "hour"},
    "stickiness": {"period": "week"},
    "attribution": {"goal": "A", "model": ["first", "linear"]},
    "channels": {"goal": "B"},
    "metric": {"name": "m", "by": "plan"},
    "scores": {"by": "plan"},
    "segment": {"condition": "did A at least 2 times"},
    "overlap": {"segments": ["did A", "did B", "did C"]},
    "rfm": {"event": "A"},
    "drift": {"segment": "did A", "period": "hour"},
    "flow": {"start": "A", "steps": 3, "top": 2},
    "step_matrix": {"start": "A"},
    "variants": {"top": 5},
    "clusters": {"clusters": 3},
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    with workspace(
        folder / "shop", rated(ugly(1, 60)), rated(ugly(2, 30, prefix="d")) + asked(ugly(3, 20, prefix="e"))
    ) as ws:
        ws.save_model(MODEL)
        ws.save_metric({"key": "m", "title": {"zh": "数", "en": "M"}, "of": {"events": "B"}, "per": {"events": "A"}})
    return folder


@pytest.fixture(scope="module")
def shop(home: Path) -> Iterator[Asker]:
    with asking(home, "shop") as asker:
        yield asker


def plain(value: Any) -> Any:
    """Times as both sides can be compared by."""
    text = json.dumps(value, default=lambda one: one.isoformat() if hasattr(one, "isoformat") else str(one))
    return json.loads(text.replace("+00:00", "Z"))


@pytest.mark.parametrize("name", REGISTRY)
def test_every_question_is_answered_as_in_python(shop: Asker, home: Path, name: str) -> None:
    answer = shop.ask(name, QUESTIONS[name], lang="zh")
    with lvtu.Workspace(home / "shop") as ws:
        result = ws.run({"analysis": name, **QUESTIONS[name]})
        table = result.table.to_pylist(maps_as_pydicts="lossy")
        assert plain(answer["table"]) == plain(table)
        assert answer["total"] == len(table) and answer["token"] == result.token and not answer["newer"]
        assert answer["spec"] == json.loads(json.dumps(result.spec.to_json()))
        assert [note["code"] for note in answer["notes"] if note["code"]] == [note.code for note in result.notes]
        assert all(CHINESE.search(note["text"]) for note in answer["notes"])
    assert answer["sentence"].endswith("？")
    assert (answer["chart"]["title"]["text"] != "") and len(answer["cells"]) == len(answer["shown"]) == len(table)
    heads = {one["name"] for one in answer["columns"]}
    assert all(set(row) == heads for row in answer["shown"]) and all(
        isinstance(v, str) for r in answer["shown"] for v in r.values()
    )
    again = shop.ask(name, answer["spec"], lang="zh", token=answer["token"])
    assert again == answer, "what an answer says of itself asks for it again, and nothing is counted twice"


@pytest.mark.parametrize("name", sorted(set(REGISTRY) - {"timeline"}))
def test_a_number_is_as_many_customers_as_it_opens(shop: Asker, name: str) -> None:
    dice = random.Random(name)
    answer = shop.ask(name, QUESTIONS[name])
    items = drawn(answer["chart"])
    cells = [(cell, row[column]) for row, found in zip(answer["table"], answer["cells"], strict=True)
             for column, cell in found.items() if column == "customers"]  # fmt: skip
    cells += [(one["cell"], one.get("customers")) for one in items]
    assert cells, name
    for cell, number in dice.sample(cells, min(5, len(cells))):
        page = shop.customers(name, answer["spec"], cell, token=answer["token"], limit=1000)
        assert len(page["customers"]) == page["total"] and page["next"] is None and not page["newer"]
        assert number in (None, page["total"]), (name, cell)


def test_customers_come_in_pages(shop: Asker) -> None:
    spec = {"steps": ["A"]}
    whole = shop.customers("funnel", spec, {"step": 1}, limit=1000)
    names, after = [], 0
    while after is not None:
        page = shop.customers("funnel", spec, {"step": 1}, limit=7, after=after)
        names += page["customers"]
        after = page["next"]
    assert names == whole["customers"] and len(names) == whole["total"] > 14
    assert "no cell" in shop.refused("/analyses/funnel/customers", {"spec": spec, "cell": {"step": 2}})["what"]


def test_why_a_customer_is_not_there(shop: Asker, home: Path) -> None:
    spec = {"steps": ["A", "B", "C"]}
    lost = shop.customers("funnel", spec, {"step": 1, "lost": True})["customers"][0]["id"]
    told = shop.post("/analyses/funnel/explain", {"spec": spec, "customer": lost}, lang="zh")
    with lvtu.Workspace(home / "shop") as ws:
        found = ws.funnel(["A", "B", "C"]).explain(lost)
    assert told == {"customer": lost, "text": found.text("zh"), "rows": found.to_json()["steps"]}
    for name in REGISTRY:
        assert shop.post(f"/analyses/{name}/explain", {"spec": QUESTIONS[name], "customer": "c1"})["customer"] == "c1"
    assert shop.refused("/analyses/graph/explain", {"spec": {}, "customer": "nobody"})["code"] == "unknown_customer"


@pytest.mark.parametrize("name", REGISTRY)
def test_an_answer_is_a_file(shop: Asker, home: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = QUESTIONS[name]
    path = f"{shop.base}/analyses/{name}/export"
    whole = json.loads(shop.http.post(path, json=spec, params={"format": "json"}).content)
    table = shop.http.post(path, json=spec, params={"format": "csv"})
    assert table.headers["content-disposition"] == f'attachment; filename="{name}.csv"'
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8"))))
    assert len(rows) == len(whole["table"]) and (not rows or list(rows[0]) == list(whole["table"][0]))
    titles = shop.http.post(path, json=spec, params={"format": "csv", "heads": "titles", "lang": "zh"}).text
    assert len(titles.splitlines()[0].split(",")) == len(rows[0])
    code = shop.http.post(path, json=spec, params={"format": "python"}).text
    asked: dict[str, Any] = {}
    with monkeypatch.context() as patch:
        patch.chdir(home)
        exec(compile(code, "snippet", "exec"), asked)
    assert plain(asked["answer"].table.to_pylist(maps_as_pydicts="lossy")) == plain(whole["table"])


def test_two_segments_side_by_side(shop: Asker, home: Path) -> None:
    found = shop.post("/analyses/funnel/compare", {"spec": {"steps": ["A", "B"]}, "by": "segments",
                                                   "a": "channel = 'web'", "b": "did D"})  # fmt: skip
    with lvtu.Workspace(home / "shop") as ws:
        tested = ws.funnel(["A", "B"]).compare("did .[channel = 'web']", "did D").table.to_pylist()
        b = ws.funnel(["A", "B"], where="did D").steps
    assert found["tested"]["table"] == tested and found["tested"]["kind"] == "compare"
    assert [row["customers_b"] for row in found["aligned"]["table"]] == b
    for row in found["aligned"]["table"]:
        assert row["customers_difference"] == row["customers_a"] - row["customers_b"]
    assert shop.refused("/analyses/funnel/compare", {"spec": {"steps": ["A"]}, "by": "segments", "a": "did A", "b": {}})
    for name in set(REGISTRY) - {"timeline"}:
        both = shop.post(
            f"/analyses/{name}/compare", {"spec": QUESTIONS[name], "by": "segments", "a": "did A", "b": "did B"}
        )
        assert both["a"]["kind"] == both["b"]["kind"] == name


def test_two_periods_side_by_side(shop: Asker) -> None:
    whole = shop.ask("trend", {"period": "hour"})["table"][0]
    a, b = {"until": "2026-01-01T00:00:00.000006Z"}, {"since": "2026-01-01T00:00:00.000006Z"}
    found = shop.post("/analyses/trend/compare", {"spec": {"period": "hour"}, "by": "periods", "a": a, "b": b})
    [row] = found["aligned"]["table"]
    assert row["period"] == 1 and row["events_a"] + row["events_b"] == whole["events"]
    steps = shop.post("/analyses/funnel/compare", {"spec": {"steps": ["A", "B"]}, "by": "periods", "a": a, "b": b})
    assert [one["customers_a"] for one in steps["tested"]["table"]] == [r["customers"] for r in steps["a"]["table"]]
    assert steps["tested"]["table"][1]["low"] < steps["tested"]["table"][1]["difference"]


def test_parts_of_answers(shop: Asker, home: Path) -> None:
    times = shop.ask("funnel", {"steps": ["A", "B"]}, part="times")
    now = shop.ask("stages", {}, part="now")
    with lvtu.Workspace(home / "shop") as ws:
        assert times["table"] == ws.funnel(["A", "B"]).time_to_convert().table.to_pylist()
        assert now["table"] == ws.stages().now().table.to_pylist()
    for row, cells in zip(now["table"], now["cells"], strict=True):
        assert shop.customers("stages", {}, cells["customers"], part="now")["total"] == row["customers"]
    assert shop.refused("/analyses/graph", {}, part="now")["code"] == "no_such_part"


def test_refusals_teach(shop: Asker) -> None:
    wrong = shop.refused("/analyses/funnel", {"steps": ["A"], "withn": "7d"}, lang="zh")
    assert wrong["code"] == "unknown_option" and "within" in wrong["try"] and "没有" in wrong["what"]
    assert shop.refused("/analyses/funnel", {"steps": ["Z"]})["known"]
    assert shop.refused("/analyses/funnel", [1])["code"] == "spec_no_object"
    assert shop.refused("/analyses/funnel", {"steps": ["A"]}, 422, rows=-1)["code"] == "bad_form"
    assert shop.refused("/analyses/funel/customers", {"spec": {}, "cell": {}})["try"] == "did you mean 'funnel'?"


def test_a_token_holds_what_was_counted(home: Path, tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([event.record() for event in ugly(5, 20)])
    with asking(tmp_path, "shop") as shop:
        before = shop.ask("funnel", {"steps": ["A"]})
        with lvtu.Workspace(tmp_path / "shop") as ws:
            ws.append([{"user_id": f"new{n}", "event": "A", "time": "2026-01-01T00:00:00Z"} for n in range(3)])
        held = shop.ask("funnel", {"steps": ["A"]}, token=before["token"])
        newest = shop.ask("funnel", {"steps": ["A"]})
        other = shop.ask("funnel", {"steps": ["A"]}, token="99.99")
        assert held["table"] == before["table"] and not held["newer"]
        assert newest["table"][0]["customers"] == before["table"][0]["customers"] + 3
        assert other["newer"] and other["table"] == newest["table"]
        page = shop.customers("funnel", {"steps": ["A"]}, {"step": 1}, token=before["token"])
        assert page["total"] == before["table"][0]["customers"] and not page["newer"]
        with lvtu.Workspace(tmp_path / "shop") as ws:
            ws.forget("new1")
        after = shop.ask("funnel", {"steps": ["A"]}, token=newest["token"])
        assert after["newer"] and after["table"][0]["customers"] == newest["table"][0]["customers"] - 1


def test_another_process_counts_on_the_snapshot_of_a_token(tmp_path: Path) -> None:
    """So that the customers of a bar are as many as it says, whoever is asked; who is who is as it was, too."""
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([event.record() for event in ugly(5, 20)])
    spec = {"steps": ["A"]}
    time = "2026-01-01T00:00:00Z"
    with asking(tmp_path, "shop") as one, asking(tmp_path, "shop") as other:
        with lvtu.Workspace(tmp_path / "shop") as ws:
            ws.append([{"anonymous_id": f"tab{n}", "event": "A", "time": time} for n in range(3)])
        before = one.ask("funnel", spec)
        with lvtu.Workspace(tmp_path / "shop") as ws:
            ws.append([{"anonymous_id": f"tab{n}", "user_id": "ann", "event": "B", "time": time} for n in range(3)])
        newest = one.ask("funnel", spec)
        assert newest["table"][0]["customers"] == before["table"][0]["customers"] - 2, "three visitors were one"
        held = other.ask("funnel", spec, token=before["token"])
        assert held["table"] == before["table"]
        assert held["token"] == before["token"] and not held["newer"]
        pages = [asked.customers("funnel", spec, {"step": 1}, token=before["token"]) for asked in (one, other)]
        assert pages[0] == pages[1] and pages[1]["total"] == before["table"][0]["customers"]
        for wrong in ("99.99", "1.x", "x", f"{before['token']}9", f"{before['token'].partition('.')[0]}.-1"):
            assert other.ask("funnel", spec, token=wrong)["table"] == newest["table"]


def test_many_ask_at_once(home: Path) -> None:
    with lvtu.Workspace(home / "shop") as ws:
        wanted = {name: plain(ws.run({"analysis": name, **spec}).table.to_pylist(maps_as_pydicts="lossy"))
                  for name, spec in QUESTIONS.items()}  # fmt: skip
    wrong: list[str] = []

    def ask(seed: int) -> None:
        dice = random.Random(seed)
        for name in dice.sample(sorted(QUESTIONS), len(QUESTIONS)):
            lang = dice.choice(("zh", "en"))
            found = asker.ask(name, {**QUESTIONS[name], "until": f"2027-01-{1 + seed:02d}"}, lang=lang)
            if plain(found["table"]) != wanted[name] and name not in ("drift", "lifecycle", "timing", "rfm", "metric"):
                wrong.append(name)
            if found["sentence"][-1] != {"zh": "？", "en": "?"}[lang]:
                wrong.append(lang)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(6)]
    with running(home) as server, server.signed_in() as http:
        asker = Asker(http, "shop")
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not wrong
