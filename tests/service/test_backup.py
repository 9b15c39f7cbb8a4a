"""A backup made while a server takes events, and what comes back of it."""

from __future__ import annotations

import io
import json
import stat
import subprocess
import tarfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.catalog.catalog import Catalog
from lvtu.catalog.database import VARIABLE, Database
from lvtu.catalog.roles import Role
from lvtu.errors import BadInput, Corrupt
from lvtu.service.backup import members
from lvtu.service.backup.read import restore
from lvtu.service.backup.write import backup
from lvtu.service.home import Home
from service.inprocess import PASSWORD
from service.postgres import Postgres
from service.running import COMMAND, Client, ids, new_key, running, stored, track, waiting


def lvtu_says(*arguments: str) -> str:
    said = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return said.stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    with lvtu.open(home / "shop") as ws:
        ws.append([{"event": "Visit", "user_id": f"c{n}", "time": f"2026-03-{n:02d}"} for n in range(1, 21)])
        ws.join("c1", "c2")
        ws.flush()
        ws.append([{"event": "Order", "user_id": "c3", "time": "2026-04-01"}])
    with lvtu.open(home / "hotel") as ws:
        ws.append([{"event": "Stay", "user_id": "g1", "time": "2026-03-01"}])
    return home


def saved(home: Path, file: Path, database: str | None = None) -> Catalog:
    catalog = Catalog(Database(database)) if database else Catalog.of(home)
    backup(Home(home), catalog, file)
    return catalog


def test_what_was_acknowledged_before_it_is_in_it_whole(home: Path, tmp_path: Path) -> None:
    """Batches keep coming: each is in the backup with all its events, or not at all, and none before it is missing."""
    file, key = tmp_path / "home.tar.gz", new_key(home / "shop")
    done: list[int] = []
    enough = threading.Event()
    with running(home) as server, Client(server.address, key) as client:
        bad = {"batch": [track(9_999, timestamp="never")]}
        assert client.send("batch", bad).status_code == 200

        def send() -> None:
            for n in range(100_000):
                if enough.is_set():
                    return
                assert client.send("batch", {"batch": [track(10 * n + i) for i in range(10)]}).status_code == 200
                done.append(n)

        sender = threading.Thread(target=send)
        sender.start()
        try:
            while len(done) < 5:
                enough.wait(0.01)
            before = len(done)
            lvtu_says("backup", str(home), str(file))
        finally:
            enough.set()
            sender.join()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "shop" in lvtu_says("restore", str(file), str(tmp_path / "again"))
    back = [id for id in ids(stored(tmp_path / "again" / "shop")) if id.startswith("m")]
    batches = {int(id[1:]) // 10 for id in back}
    assert len(back) == 10 * len(batches)
    assert set(range(before)) <= batches <= set(range(len(done)))
    assert [row["field"] for row in waiting(tmp_path / "again" / "shop")] == ["timestamp"]


def answers(home: Path) -> list[Any]:
    found: list[Any] = []
    for name in ("hotel", "shop"):
        with lvtu.Workspace(home / name) as ws:
            found += [ws.config.id, ws.trend(period="month").table.to_pylist(), ws.edges(), ws.commits()]
            found.append(ws.sql("select customer, event, time from events order by all").to_pylist())
    return found


def test_p6_answers_are_the_same(home: Path, tmp_path: Path) -> None:
    saved(home, tmp_path / "a.tar").close()
    assert sorted(restore(tmp_path / "a.tar", tmp_path / "again")) == ["hotel", "shop"]
    assert answers(tmp_path / "again") == answers(home)
    with lvtu.Workspace(tmp_path / "again" / "shop") as ws:  # and what is known already is known again
        again = [{"event": "Visit", "user_id": "c1", "time": "2026-03-01"}]
        ws.append(again)
        ws.append([{"event": "New", "user_id": "c1", "time": "2026-05-01"}])
        assert ws.sql("select count(*) as n from events where event = 'New'")["n"].to_pylist() == [1]


@pytest.mark.parametrize("kinds", [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("postgresql", "postgresql")])
def test_people_move_between_databases(
    home: Path, tmp_path: Path, postgresql: Postgres, kinds: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = (postgresql.new() if kind == "postgresql" else None for kind in kinds)
    catalog = Catalog(Database(old)) if old else Catalog.of(home)
    ann = catalog.people.new("ann@example.com", name="安", password=PASSWORD)
    catalog.people.join(ann.id, "shop-id", Role.editor)
    key, _ = catalog.sessions.new_token(ann.id, "nightly", Role.viewer, ["shop-id"])
    shared, _ = catalog.shares.new("shop-id", "T", {"questions": [{"analysis": "trend"}]})
    board = catalog.documents("shop-id", "board").add({"title": "销售", "n": [1, None]}, author=ann.id)
    catalog.audit.note("POST /api/session", status=200, address="127.0.0.1", person_id=ann.id)
    session, link = catalog.sessions.begin(ann.id), catalog.sessions.link(ann)
    backup(Home(home), catalog, tmp_path / "a.tar")
    if new:
        monkeypatch.setenv(VARIABLE, new)
    restore(tmp_path / "a.tar", tmp_path / "again")
    back = Catalog.of(tmp_path / "again")
    assert (back.database.path is None) == (new is not None)
    assert back.people.check("ann@example.com", PASSWORD) == ann
    assert back.people.roles(ann) == {"shop-id": Role.editor}
    assert back.sessions.of_token(key) == catalog.sessions.of_token(key) is not None
    assert back.shares.of_key(shared) == catalog.shares.of_key(shared) is not None
    assert back.documents("shop-id", "board").get(board.id) == board
    assert back.audit.entries(None) == catalog.audit.entries(None)
    assert (back.sessions.of_session(session), back.sessions.open(link)) == (None, None)  # who left stays out
    for one in (catalog, back):
        one.close()


def test_one_workspace_is_a_home_too(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.append([{"event": "Visit", "user_id": "c1", "time": "2026-03-01"}])
    saved(tmp_path / "shop", tmp_path / "a.tar").close()
    restore(tmp_path / "a.tar", tmp_path / "again")
    assert len(stored(tmp_path / "again")) == 1
    assert (tmp_path / "again" / "server.sqlite").is_file()


def test_files_that_go_meanwhile_are_in_it(home: Path, tmp_path: Path) -> None:
    """The lake may be compacted, and its old files swept, while they are copied."""
    (tmp_path / "scratch").mkdir()
    with members.members_of(home / "hotel", tmp_path / "scratch") as found:
        with lvtu.Workspace(home / "hotel") as ws:  # the lease is free already
            ws.append([{"event": "Later", "user_id": "g2", "time": "2026-03-01"}])
            ws.flush()
        kept = {name: file.read() for name, file in found}
    assert {"lvtu.json", "catalog.sqlite", "inbox/main.sqlite"} <= set(kept)
    logs = [json.loads(line) for name, data in kept.items() if name.startswith("lake/_delta_log/0")
            and name.endswith(".json") for line in data.splitlines()]  # fmt: skip
    added = [line["add"]["path"] for line in logs if "add" in line]
    assert added and all(f"lake/{path}" in kept for path in added)


def changed(file: Path, change: Callable[[tarfile.TarInfo, bytes], tuple[str, bytes] | None]) -> Path:
    """A copy of an archive whose members were changed."""
    target = file.with_name("changed.tar")
    with tarfile.open(file) as old, tarfile.open(target, "w") as new:
        for member in old:
            source = old.extractfile(member)
            assert source is not None
            kept = change(member, source.read())
            if kept is not None:
                info = tarfile.TarInfo(kept[0])
                info.size = len(kept[1])
                new.addfile(info, io.BytesIO(kept[1]))
    return target


def nothing_is_there(home: Path) -> bool:
    return not home.exists() or not list(home.iterdir())


@pytest.mark.parametrize("what", ["bytes", "missing", "extra", "outside", "newer", "shortened", "no archive"])
def test_what_is_not_whole_is_not_brought_back(home: Path, tmp_path: Path, what: str) -> None:
    file, again = tmp_path / "a.tar", tmp_path / "again"
    saved(home, file).close()

    def change(member: tarfile.TarInfo, data: bytes) -> tuple[str, bytes] | None:
        if what == "bytes" and member.name.endswith(".parquet"):
            return member.name, data[:-1] + bytes([data[-1] ^ 1])
        if what == "missing" and member.name.endswith("catalog.sqlite"):
            return None
        if what == "extra" and member.name == "backup.json":
            return "workspaces/0/more", data
        if what == "outside" and member.name == "server.ndjson":
            return "../outside", data
        if what == "newer" and member.name == "backup.json":
            return member.name, data.replace(b'"format": 1', b'"format": 9')
        if what == "newer" and member.name == "sums.json":
            import hashlib

            with tarfile.open(file) as archive:
                about = archive.extractfile("backup.json")
                assert about is not None
                old = about.read()
            new = hashlib.sha256(old.replace(b'"format": 1', b'"format": 9')).hexdigest()
            return member.name, data.replace(hashlib.sha256(old).hexdigest().encode(), new.encode())
        return member.name, data

    wrong = changed(file, change)
    if what in ("shortened", "no archive"):
        wrong.write_bytes(file.read_bytes()[: file.stat().st_size // 2] if what == "shortened" else b"hello")
    with pytest.raises((BadInput, Corrupt)):
        restore(wrong, again)
    assert nothing_is_there(again)
    assert not (tmp_path / "outside").exists()


def test_nothing_is_written_over(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.tar"
    saved(home, file).close()
    with pytest.raises(BadInput, match="there already"):
        saved(home, file)
    before = answers(home)
    with pytest.raises(BadInput, match="not empty"):
        restore(file, home)
    assert answers(home) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
