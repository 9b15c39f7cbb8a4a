"""What is damaged, or gone, or newer than this version: told plainly, and the other workspaces go on."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.errors import Corrupt, LvtuError
from lvtu.service.home import Home
from lvtu.service.webhooks import postman
from parts import require
from service.inprocess import InProcess, serving
from service.running import COMMAND, basic, new_key, track


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


@pytest.mark.parametrize("how", ["moved", "emptied", "replaced"])
def test_a_folder_that_goes_while_it_is_served(home: Path, how: str, caplog: pytest.LogCaptureFixture) -> None:
    """SQLite goes on writing into a file that somebody removed: nothing that would go with it is acknowledged."""
    key = new_key(home / "hotel")
    with caplog.at_level(logging.ERROR), serving(home) as app:
        local = app.local()

        def send() -> httpx.Response:
            return app.client().post("/v1/track", json=track(1), headers=basic(key))

        assert local.get("/api/w/hotel").status_code == send().status_code == 200
        if how == "emptied":  # file by file, while the server writes there
            while (home / "hotel").exists():
                shutil.rmtree(home / "hotel", ignore_errors=True)
        else:
            (home / "hotel").rename(home.parent / f"{home.name}-gone")
        if how == "replaced":
            lvtu.open(home / "hotel").close()
        for address in ("", "/customers", "/overview", "/sources", "/maps"):
            answer = local.get(f"/api/w/hotel{address}")
            assert (answer.status_code, answer.json()["code"]) == (503, "books_gone"), address
        assert [(sent.status_code, sent.json()["code"]) for sent in (send(), send())] == [(503, "books_gone")] * 2
        assert local.get("/readyz").json()["code"] == "books_gone"
        assert local.get("/api/session").status_code == 200
        assert local.post("/api/w/shop/count", json={}).json()["events"] == 1
        hotel = app.home.named("hotel")
        assert hotel is not None and not any(hotel.arrivals._move() for _ in range(3))
        assert (home / "hotel").exists() == (how == "replaced"), "nothing of it is made anew"
    told = [one for one in caplog.records if one.exc_info]
    assert len(told) <= 1, "why it is not moved to the lake is told once"


def test_a_workspace_that_comes_while_somebody_goes_through_them(home: Path) -> None:
    served = Home(home)
    served.open()
    looked = iter(served.served.values())
    next(looked)
    lvtu.open(home / "cafe").close()
    assert served.named("cafe") is not None
    assert len(list(looked)) == 1
    served.close()


def overwritten(file: Path) -> None:
    """Its bytes but for the first ones are others, in the file that everybody has open."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as bytes_:
        bytes_.seek(100)
        bytes_.write(b"Z" * (file.stat().st_size - 100))


def removed(file: Path) -> None:
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()


def replaced(file: Path) -> None:
    shutil.copy(file, file.with_name("copy"))
    removed(file)
    file.with_name("copy").rename(file)


DATABASE = "GET /readyz", "GET /api/session", "GET /api/w/shop", "POST /api/w/shop/boards", "POST /api/session"
BOOKS = "GET /readyz", "GET /api/w/shop", "POST /api/w/shop/count", "PUT /api/w/shop/segments/all"
BODIES: dict[str, Any] = {
    "POST /api/w/shop/boards": {"title": "Sales", "tiles": []},
    "POST /api/w/shop/count": {},
    "POST /api/session": {"email": "ann@example.com", "password": "correct horse"},
    "PUT /api/w/shop/segments/all": {"title": "All", "condition": "did Seen"},
}


@pytest.mark.parametrize(
    ("breaks", "what", "code", "refused"),
    [
        (overwritten, "server.sqlite", "database_damaged_since", DATABASE),
        (removed, "server.sqlite", "database_gone", DATABASE),
        (replaced, "server.sqlite", "database_gone", DATABASE),
        (overwritten, "shop/catalog.sqlite", "books_damaged", BOOKS),
    ],
)
def test_what_breaks_while_it_is_served_is_told_plainly(
    home: Path, breaks: Callable[[Path], None], what: str, code: str, refused: tuple[str, ...],
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(postman, "LOOK_EVERY", 0.01)
    key = new_key(home / "hotel")
    with caplog.at_level(logging.ERROR), serving(home) as app:
        local = app.local()
        assert local.get("/readyz").status_code == local.get("/api/w/shop").status_code == 200
        breaks(home / what)
        for asked in refused:
            method, _, address = asked.partition(" ")
            answer = local.request(method, address, json=BODIES.get(asked))
            assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json"), asked
            said = answer.json()
            assert (said["code"], said["title"]) == (code, "Service Unavailable"), asked
            assert "backup" in said["try"]
            assert str(home) not in answer.text, "where things lie is nobody's business"
        assert local.get("/healthz").status_code == 200, "it lives, whatever is broken"
        taken = app.client().post("/v1/track", json=track(1), headers=basic(key))
        assert taken.status_code == 200, "events go on being taken"
        if what == "server.sqlite":
            for served in app.home.served.values():
                assert served.arrivals.ready()
    assert not [one for one in caplog.records if one.exc_info], "a line each, no traceback"
    told = [one.getMessage() for one in caplog.records if one.getMessage().startswith("messages are not delivered")]
    assert len(told) <= 1, "not each second anew"


def refusing(app: InProcess) -> None:
    """The database takes no writes any more, as on a disk that became read-only."""

    @event.listens_for(app.catalog.database._engine, "begin")
    def _begun(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")


def test_a_disk_that_became_read_only(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), serving(home) as app:
        local = app.local()
        refusing(app)
        assert local.get("/api/w/shop/boards").json() == [], "what is there can be read"
        answer = local.post("/api/w/shop/boards", json={"title": "Sales", "tiles": []})
        assert (answer.status_code, answer.json()["code"]) == (503, "disk")
        assert "readonly" in answer.json()["what"]
        # What the audit log cannot tell is not told as done either.
        answer = local.put("/api/w/shop/segments/all", json=BODIES["PUT /api/w/shop/segments/all"])
        assert (answer.status_code, answer.json()["code"]) == (503, "disk")
    assert not [one for one in caplog.records if one.exc_info]


def test_a_database_that_somebody_holds(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvtu.catalog.database._WAIT", 0)
    monkeypatch.setattr(postman.Postman, "start", lambda _: None)  # it would hold it too, for its first look
    with serving(home) as app:
        local = app.local()
        with closing(sqlite3.connect(home / "server.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = local.post("/api/w/shop/boards", json={"title": "Sales", "tiles": []})
            assert (answer.status_code, answer.json()["code"]) == (503, "no_database")
            assert answer.json()["try"] == "try again later"
            assert local.get("/api/w/shop/boards").json() == []
        assert local.post("/api/w/shop/boards", json={"title": "Sales", "tiles": []}).status_code == 201


def as_somebody_who_may_not_write() -> list[str]:
    """Begins a command whose process keeps to what files allow, which the system's administrator need not."""
    if os.geteuid():
        return []
    if not (found := shutil.which("setpriv")):
        require("setpriv, where tests run as root")
    return [str(found), "--bounding-set=-dac_override,-dac_read_search"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serve", ".", "--port", "0", "--no-browser", "--workers", "1"], "Permission denied"),
        (["trend", "shop", "Seen"], "attempt to write a readonly database"),
        (["forget", "shop", "ann"], "attempt to write a readonly database"),
    ],
)
def test_a_home_that_may_not_be_written_is_told(home: Path, arguments: list[str], told: str) -> None:
    Catalog.of(home).close()
    paths = [home, *home.rglob("*")]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        command = [*as_somebody_who_may_not_write(), *COMMAND, *arguments]
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    finally:
        for path in paths:
            path.chmod(0o700 if path.is_dir() else 0o600)
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert "Lvtu writes beside what it reads" in done.stderr
    assert "Traceback" not in done.stderr
