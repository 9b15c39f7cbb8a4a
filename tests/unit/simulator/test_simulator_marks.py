"""Wherever simulated data are shown, it is said that they are; and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import lvtu
from lvtu.catalog.roles import Role
from lvtu.cli import main
from lvtu.simulator.install import install
from service.inprocess import serving

REAL = {"event": "Seen", "user_id": "li", "time": "2026-03-01T23:30:00Z", "source": "site"}


def run(*args: object, lang: str = "en") -> Any:
    return CliRunner().invoke(main, [str(one) for one in args], env={"LVTU_LANG": lang})


def test_a_workspace_knows(tmp_path: Path) -> None:
    events, _ = lvtu.simulate(customers=5, seed=1)
    with lvtu.open(tmp_path / "ws") as ws:
        ws.append([REAL])
        assert not ws.simulated
        assert ws.trend(period="month").notes == []
        assert "simulated" not in str(ws.info())
        ws.ingest(events)
        assert ws.simulated
        assert "simulated data" in str(ws.info())
        assert "simulated data" in ws._repr_html_()
        for view in (ws, ws.journeys(where="channel = 'web'"), ws.at(ws.commits()[-1]["number"])):
            assert "simulated" in [note.code for note in view.trend(period="month").notes]
    with lvtu.open(tmp_path / "ws") as ws:
        assert ws.simulated, "for good"


def test_appended_events_are_marked_too(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "ws") as ws:
        ws.append([REAL | {"source": "simulated:shop"}])
        ws.flush()
        assert ws.simulated


def test_it_is_installed_with_its_model(tmp_path: Path) -> None:
    ws, report, truth = install(tmp_path / "ws", 30, 1)
    with ws:
        assert report.rejected == 0
        assert ws.default_model == truth.model.key
        assert ws.config.zone == "Asia/Shanghai"
        assert "模拟" in ws.config.title.zh
        assert "Simulated" in ws.config.title.en
    with pytest.raises(lvtu.LvtuError) as caught:
        install(tmp_path / "ws", 30, 2)
    assert caught.value.code == "simulate_apart"


def test_the_command_says_what_was_planted(tmp_path: Path) -> None:
    said = run("simulate", tmp_path / "ws", "--customers", 40, "--pain", "delivery:wait:0.8")
    assert said.exit_code == 0, said.output
    assert "nobody did or said any of it" in said.output
    assert "Delivery: makes customers wait, strength 0.8" in said.output
    assert "0.6 times as long where city_tier = 1" in said.output
    told = json.loads(run("simulate", tmp_path / "two", "--customers", 40, "--no-pain", "--json").stdout)
    assert (told["customers"], told["pains"]) == (40, [])
    assert "没有埋设痛点" in run("simulate", tmp_path / "three", "--customers", 5, "--no-pain", lang="zh").output
    assert "模拟数据" in run("info", tmp_path / "ws", lang="zh").output
    wrong = run("simulate", tmp_path / "four", "--pain", "chekout:annoy")
    assert wrong.exit_code == 1
    assert "checkout" in wrong.output
    assert not (tmp_path / "four").exists()


def test_the_app_is_told(tmp_path: Path) -> None:
    install(tmp_path / "made", 60, 1)[0].close()
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append([REAL])
    with serving(tmp_path) as app:
        local = app.local()
        assert local.get("/api/w/made").json()["simulated"] is True
        assert local.get("/api/w/shop").json()["simulated"] is False
        for lang, words in (("en", "These data are simulated"), ("zh", "数据均为模拟")):
            assert local.get(f"/api/w/made/overview?lang={lang}").json()["notes"][0].startswith(words)
            assert words not in json.dumps(local.get(f"/api/w/shop/overview?lang={lang}").json(), ensure_ascii=False)
        question = {"analysis": "trend", "spec": {"analysis": "trend", "period": "month"}, "title": "Months"}
        for name, simulated in (("made", True), ("shop", False)):
            editor = app.person(f"{name}@example.com", **{name: Role.editor})
            answer = local.post(f"/api/w/{name}/analyses/trend", json=question["spec"]).json()
            assert ("simulated" in [note["code"] for note in answer["notes"]]) is simulated
            key = editor.post(f"/api/w/{name}/shares", json={"title": "One", "questions": [question]}).json()["key"]
            assert app.client().get(f"/api/shared/{key}").json()["simulated"] is simulated
