"""What is damaged, or gone, or newer than this version: told plainly, and the other workspaces go on."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path

import pytest

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.errors import Corrupt, LvtuError
from lvtu.service.home import Home
from service.inprocess import serving


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("shop", "hotel"):
        with lvtu.open(tmp_path / name) as ws:
            ws.append([{"event": "Seen", "user_id": "ann", "time": "2026-03-01"}])
    return tmp_path


def newer(folder: Path) -> None:
    """As a version of tomorrow leaves it."""
    file = folder / "lvtu.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": 99}))


@pytest.mark.parametrize("bytes_", [b"no database at all, not at all", b"SQLite format 3\0" + b"x" * 9000])
def test_a_damaged_database_is_told(home: Path, bytes_: bytes) -> None:
    (home / "server.sqlite").write_bytes(bytes_)
    with pytest.raises(Corrupt, match="is no database, or is damaged"):
        Catalog.of(home)


@pytest.mark.parametrize("how", ["newer", "damaged"])
def test_a_workspace_that_cannot_be_served_leaves_the_others(
    home: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    if how == "newer":
        newer(home / "hotel")
    else:
        (home / "hotel" / "lvtu.json").write_text("{")
    with caplog.at_level(logging.ERROR), serving(home) as app:
        local = app.local()
        assert [one["name"] for one in local.get("/api/session").json()["workspaces"]] == ["shop"]
        assert local.post("/api/w/shop/count", json={}).json()["events"] == 1
        assert local.get("/api/w/hotel").status_code == 404
    told = [record.getMessage() for record in caplog.records if "is not served" in record.getMessage()]
    assert len(told) == 1 and told[0].startswith("hotel is not served:")  # once, however often it is looked for


def test_one_that_comes_while_the_others_are_served(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    apart = tmp_path_factory.mktemp("apart") / "hotel"
    shutil.move(home / "hotel", apart)
    whole = (apart / "lvtu.json").read_text()
    newer(apart)
    with serving(home) as app:
        local = app.local()
        shutil.move(apart, home / "hotel")
        assert local.get("/api/w/hotel").status_code == 404
        assert local.get("/api/session").status_code == local.get("/api/w/shop").status_code == 200
        (home / "hotel" / "lvtu.json").write_text(whole)  # put right, it is served
        assert local.get("/api/w/hotel").json()["events"] == 1


def test_where_none_can_be_served_it_says_why(home: Path) -> None:
    for name in ("shop", "hotel"):
        newer(home / name)
    with pytest.raises(LvtuError, match="format 99"):
        Home(home).open()


def test_a_folder_that_goes_while_it_is_served(home: Path) -> None:
    with serving(home) as app:
        local = app.local()
        assert local.get("/api/w/hotel").status_code == 200
        shutil.rmtree(home / "hotel")
        for address in ("/api/w/hotel/customers", "/api/w/hotel/overview", "/api/w/hotel/sources"):
            answer = local.get(address)
            assert answer.headers["content-type"].startswith("application/"), address
        assert local.get("/api/session").status_code == 200
        assert local.post("/api/w/shop/count", json={}).json()["events"] == 1
