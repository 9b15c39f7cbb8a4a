"""A workspace's title and time zone: changed over HTTP while it is served, counted at the next question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import lvtu
from lvtu.catalog.roles import Role
from lvtu.core.model.text import Text
from lvtu.errors import BadInput
from lvtu.store.config import create
from service.inprocess import serving

LATE = {"event": "Seen", "user_id": "li", "time": "2026-03-01T23:30:00Z"}
"""The next morning in Shanghai, the same evening in London."""

TREND = {"analysis": "trend", "period": "day"}


def test_another_zone_moves_days_at_once(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append([LATE])
    with serving(tmp_path) as app:
        local = app.local()

        def first_day(lang: str = "en") -> str:
            answer = local.post(f"/api/w/shop/analyses/trend?lang={lang}", json=TREND).json()
            return str(answer["shown"][0]["period"])

        assert first_day() == "2026-03-01"
        token = local.get("/api/w/shop").json()["token"]
        changed = local.put("/api/w/shop/settings", json={"zone": "Asia/Shanghai"})
        assert (changed.status_code, changed.json()["zone"]) == (200, "Asia/Shanghai")
        assert first_day() == "2026-03-02"
        line = local.get("/api/w/shop/customers/li/timeline").json()
        assert "2026-03-02" in json.dumps(line)
        assert local.get("/api/w/shop").json()["token"] == token, "nothing was built again"
        refused = local.put("/api/w/shop/settings", json={"zone": "Asia/Nowhere"})
        assert (refused.status_code, refused.json()["code"]) == (400, "no_zone")
        assert first_day() == "2026-03-02"


def test_titles_are_told_in_the_language_asked_for(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    with serving(tmp_path) as app:
        local, admin = app.local(), app.person("ann@example.com", shop=Role.admin)
        assert local.get("/api/w/shop").json()["title"] == "shop", "its folder's name"
        new = {"title": {"zh": " 礼品店 ", "en": "Gift shop"}}
        assert admin.put("/api/w/shop/settings?lang=zh", json=new).json()["title"] == "礼品店"
        for lang, title in (("zh", "礼品店"), ("en", "Gift shop")):
            assert local.get(f"/api/w/shop?lang={lang}").json()["title"] == title
            spoken = {"Accept-Language": lang}
            assert [one["title"] for one in local.get("/api/session", headers=spoken).json()["workspaces"]] == [title]
        one = {"title": {"zh": "", "en": "Gifts"}}
        assert local.put("/api/w/shop/settings", json=one).json()["titles"] == {"zh": "Gifts", "en": "Gifts"}
        editor = app.person("bo@example.com", shop=Role.editor)
        assert editor.put("/api/w/shop/settings", json=new).status_code == 403


def test_what_the_environment_says_cannot_be_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lvtu.open(tmp_path / "shop").close()
    monkeypatch.setenv("LVTU_ZONE", "Europe/London")
    with serving(tmp_path) as app:
        local = app.local()
        about = local.get("/api/w/shop").json()
        assert (about["zone"], about["fixed"]) == ("Europe/London", ["zone"])
        refused = local.put("/api/w/shop/settings", json={"zone": "UTC"})
        assert (refused.status_code, refused.json()["code"]) == (409, "setting_fixed")
        assert "LVTU_ZONE" in refused.json()["what"]


def test_times_of_single_events_are_told_by_ones_own_clock(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append([LATE])
    with serving(tmp_path) as app:
        ann = app.person("ann@example.com", shop=Role.analyst)
        me = {"name": "Ann", "language": "en", "zone": "Asia/Shanghai"}
        assert ann.put("/api/me", json=me).status_code == 200
        assert ann.get("/api/session").json()["person"]["zone"] == "Asia/Shanghai"
        assert "2026-03-02" in json.dumps(ann.get("/api/w/shop/customers/li/timeline").json())
        trend = ann.post("/api/w/shop/analyses/trend", json=TREND).json()
        assert trend["shown"][0]["period"] == "2026-03-01", "days in charts are the workspace's"


def test_a_workspace_that_is_open_sees_what_others_change(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as here, lvtu.open(tmp_path / "shop") as there:
        there.append([LATE])
        before = here.documents_version
        there.configure(title="Gifts", zone="Asia/Shanghai")
        assert (here.config.title, here.config.zone) == (Text("Gifts", "Gifts"), "Asia/Shanghai")
        assert here.documents_version != before
        assert here.trend(period="day").table["period"].to_pylist()[0].isoformat() == "2026-03-01T16:00:00+00:00"
        there.configure(zone="UTC")
        assert here.config.title.en == "Gifts"
        with pytest.raises(BadInput, match="unknown time zone"):
            here.configure(zone="Shanghai")


def test_a_title_of_one_text_is_both(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    file = tmp_path / "shop" / "lvtu.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"title": "Shop", "of_a_newer_version": 1}))
    with lvtu.open(tmp_path / "shop") as ws:
        assert ws.config.title == Text("Shop", "Shop")
        ws.configure(zone="UTC")
    assert json.loads(file.read_text())["of_a_newer_version"] == 1, "what this version does not know stays"


def test_a_workspace_is_named_after_its_title(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    with serving(tmp_path) as app:
        local = app.local()
        told = [
            local.post("/api/workspaces", json={"title": " 门诊 满意度/调查 ", "zone": "Asia/Shanghai"}).json()
            for _ in range(2)
        ]
        assert [one["name"] for one in told] == ["门诊-满意度-调查", "门诊-满意度-调查-2"]
        assert {one["title"] for one in told} == {"门诊 满意度/调查"} and {one["zone"] for one in told} == {
            "Asia/Shanghai"
        }
        assert local.post("/api/workspaces", json={}).json()["name"] == "workspace"
        refused = local.post("/api/workspaces", json={"title": "Other", "zone": "Asia/Nowhere"})
        assert (refused.status_code, refused.json()["code"]) == (400, "no_zone")
        assert not (tmp_path / "Other").exists()


def test_a_workspace_says_that_it_holds_example_data(tmp_path: Path) -> None:
    lvtu.open(tmp_path / "shop").close()
    create(tmp_path / "demo", "Demo", example=True)
    with serving(tmp_path) as app:
        assert [app.local().get(f"/api/w/{one}").json()["example"] for one in ("shop", "demo")] == [False, True]
