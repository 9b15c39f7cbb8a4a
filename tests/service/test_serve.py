"""The server as a process: how it starts and ends, what a full disk does to it, what it costs who does not need it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

import lvtu
from contract.decoding import files
from service.running import COMMAND, Client, Server, counted, ids, limited, new_key, ran, running, stored, track


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    lvtu.open(tmp_path / "shop").close()
    return tmp_path / "shop"


@pytest.mark.parametrize(
    ("how", "said", "workers"),
    [(signal.SIGTERM, "", "1"), (signal.SIGINT, "lvtu: stopped", "1"), (signal.SIGINT, "lvtu: stopped", "2")],
)
def test_it_ends_with_everything_in_the_lake(shop: Path, how: signal.Signals, said: str, workers: str) -> None:
    key = new_key(shop)
    # the workspace itself, and not a folder of several; with all that the command does before it serves
    server = Server(shop, "--workers", workers, alone=True)
    with Client(server.address, key) as client:
        assert client.send("track", track(1)).status_code == 200
    assert server.end(how).strip() == said
    with lvtu.Workspace(shop) as ws:
        assert not ws._intake.waiting()
    assert ids(stored(shop)) == ["m1"]


def test_a_full_disk_gives_503_and_recovers(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's limit on the size of files stands for the disk's."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    server = Server(shop)
    with Client(server.address, new_key(shop)) as client:
        assert client.send("track", track(1)).status_code == 200
        limited(server.process.pid, (shop / "inbox" / "main.sqlite-wal").stat().st_size)
        for _ in range(2):
            answer = client.send("batch", {"batch": [track(n, text="x" * 5000) for n in range(10, 60)]})
            assert answer.status_code == 503, answer.text
            assert (answer.json()["code"], answer.headers["retry-after"]) == ("disk", "2")
        assert client.http.get("/healthz").status_code == 200
        limited(server.process.pid, None)
        assert client.send("batch", {"batch": [track(2), track(10)]}).status_code == 200
        assert counted(shop) == 3
    assert "the disk" in server.end()
    assert ids(stored(shop)) == ["m1", "m10", "m2"]


def test_questions_are_answered_while_events_come(shop: Path) -> None:
    acknowledged: list[str] = []
    enough = threading.Event()
    with running(shop) as server, Client(server.address, new_key(shop)) as client:

        def send() -> None:
            for n in range(100_000):
                if enough.is_set():
                    return
                assert client.send("track", track(n)).status_code == 200
                acknowledged.append(f"m{n}")

        sender = threading.Thread(target=send)
        sender.start()
        try:
            with lvtu.Workspace(shop) as ws:
                for _ in range(5):
                    before = set(acknowledged)
                    there = ws.sql("select message_id from events")["message_id"].to_pylist()
                    assert before <= set(there)
                    assert len(there) == len(set(there))
        finally:
            enough.set()
            sender.join()
    assert ids(stored(shop)) == sorted(acknowledged)


def test_a_customer_is_forgotten_while_it_serves(shop: Path) -> None:
    gone = "li-lei-7f3a"
    with running(shop) as server, Client(server.address, new_key(shop)) as client:
        batch = [track(1, userId=gone), track(2), track(3, userId=gone, timestamp="never"), track(4, timestamp="never")]
        assert client.send("batch", {"batch": batch}).json()["accepted"] == 2
        with lvtu.Workspace(shop) as ws:
            ws.forget(gone)
            assert [row["field"] for row in ws.quarantine().to_pylist()] == ["timestamp"]
        assert client.send("track", track(5, userId=gone)).json()["accepted"] == 1  # the sender is not told
        assert client.send("track", track(6)).status_code == 200
        for path in (path for path in files(shop) if path.suffix in (".sqlite", ".sqlite-wal", ".ndjson")):
            assert gone.encode() not in path.read_bytes(), path
    assert ids(stored(shop)) == ["m2", "m6"]


def test_what_cannot_be_served_is_told(tmp_path: Path, shop: Path) -> None:
    (tmp_path / "empty").mkdir()
    for home in ("empty", "absent"):
        said = ran("serve", tmp_path / home, "--port", "0", "--no-browser")
        assert said.returncode == 1
        assert said.stderr.startswith("lvtu: there is no workspace in ")
    newer = lvtu.open(tmp_path / "home" / "newer").layout.config
    newer.write_text(newer.read_text().replace('"format": 1', '"format": 999'))
    said = ran("serve", tmp_path / "home", "--port", "0", "--no-browser")
    assert (said.returncode, said.stdout) == (1, "")
    assert "999" in said.stderr and "Traceback" not in said.stderr
    lvtu.open(tmp_path / "home" / "fine").close()
    beside = Server(tmp_path / "home")  # one that is not served does not keep others from it
    with beside.signed_in() as browser:
        assert [one["name"] for one in browser.get("/api/session").json()["workspaces"]] == ["fine"]
    told = beside.end()
    assert "newer is not served" in told and "999" in told and "Traceback" not in told
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        for port in (other.getsockname()[1], 99_999):
            said = ran("serve", shop, "--port", port, "--no-browser")
            assert (said.returncode, said.stdout) == (1, "")
            assert "cannot be used" in said.stderr


def test_the_link_it_prints_opens_it_once(shop: Path) -> None:
    with running(shop) as server:
        link = server.link()
        assert link.startswith(f"{server.address}/open?key=")
        with httpx.Client(timeout=60, trust_env=False) as browser, httpx.Client(timeout=60, trust_env=False) as other:
            assert browser.get(link).headers["location"] == "/"
            seen = browser.get(f"{server.address}/api/session").json()
            assert [(one["name"], one["role"]) for one in seen["workspaces"]] == [("shop", "owner")]
            assert other.get(link).status_code == 401
        with server.signed_in() as browser:
            assert browser.put("/api/me", json={"name": "Li Lei"}).status_code == 200


def test_another_link_leads_to_the_server_that_runs(shop: Path) -> None:
    server, other = Server(shop), Server(shop)
    try:
        link = ran("signin", shop).stdout.strip()
        assert link.startswith(f"{other.address}/open?key="), "the one that began last"
        other.end(signal.SIGKILL)
        link = ran("signin", shop).stdout.strip()
        assert link.startswith(f"{server.address}/open?key=")
        assert httpx.get(link, timeout=60, trust_env=False).status_code == 303
    finally:
        other.end()
        server.end()
    refused = ran("signin", shop)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"lvtu serve {shop}" in refused.stderr
    alone = subprocess.run(
        [*COMMAND, "signin", str(shop), "--port", "9000"], capture_output=True, text=True, check=True
    )
    assert alone.stdout.startswith("http://127.0.0.1:9000/open?key=")


def test_other_machines_need_passwords(tmp_path: Path, shop: Path) -> None:
    refused = ran("serve", tmp_path, "--port", "0", "--host", "0.0.0.0", "--no-browser")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "nobody has a password yet" in refused.stderr and "lvtu person new" in refused.stderr
    made = subprocess.run(
        [*COMMAND, "person", "new", str(tmp_path), "Ann@example.com", "--role", "owner", "--password-stdin"],
        capture_output=True, text=True, check=False, input="correct horse battery\n",
    )  # fmt: skip
    assert (made.returncode, made.stdout) == (0, "ann@example.com may sign in now, as owner\n"), made.stderr
    listed = json.loads(ran("person", "list", tmp_path, "--json").stdout)
    assert listed == {"people": [{"email": "ann@example.com", "name": "", "roles": {"shop": "owner"}}]}
    server = Server(tmp_path, "--host", "0.0.0.0")
    try:
        assert server.address.startswith("http://0.0.0.0:")
        there = server.address.replace("0.0.0.0", "127.0.0.1")
        body = {"email": "ann@example.com", "password": "correct horse battery"}
        with httpx.Client(base_url=there, timeout=60, trust_env=False) as browser:
            assert browser.post("/api/session", json=body).json()["workspaces"][0]["role"] == "owner"
            assert ran("person", "revoke", tmp_path, "ann@example.com").returncode == 0
            assert browser.get("/api/me").status_code == 401
    finally:
        assert not server.end()


def test_who_is_let_in_by_the_command_line_sets_a_password_of_their_own(tmp_path: Path, shop: Path) -> None:
    made = ran("person", "new", tmp_path, "ann@example.com", "--role", "owner", "--address", "http://x:9")
    assert made.returncode == 0, made.stderr
    assert "ann@example.com is let in, as owner" in made.stdout
    link = made.stdout.split()[-1]
    assert link.startswith("http://x:9/set-password#key=")
    server = Server(tmp_path, "--host", "0.0.0.0")  # somebody may set a password, so others may come
    try:
        there = server.address.replace("0.0.0.0", "127.0.0.1")
        host = {"Host": "lvtu.example.com"}
        with httpx.Client(base_url=there, timeout=60, trust_env=False, headers=host) as browser:
            body = {"key": link.partition("#key=")[2], "password": "correct horse battery"}
            assert browser.post("/api/session/password", json=body).json()["workspaces"][0]["role"] == "owner"
            assert browser.get("/api/me").status_code == 200
            reset = ran("person", "reset", tmp_path, "ann@example.com")
            assert reset.returncode == 0 and "opens nothing any more" in reset.stdout
            assert f"{there.rstrip('/')}/set-password#key=" in reset.stdout  # it runs here, so it is found
            assert browser.get("/api/me").status_code == 401
            enter = {"email": "ann@example.com", "password": "correct horse battery"}
            assert browser.post("/api/session", json=enter).status_code == 401
            again = {"key": reset.stdout.split()[-1].partition("#key=")[2], "password": "another one of hers"}
            assert browser.post("/api/session/password", json=again).status_code == 200
            actions = [one["action"] for one in browser.get("/api/w/shop/audit").json()["entries"]]
            assert actions == ["POST /api/w/{workspace}/people/{id}/reset", "POST /api/w/{workspace}/people"]
    finally:
        assert not server.end()


def test_keys_are_listed_and_revoked_and_shown_once(tmp_path: Path, shop: Path) -> None:
    assert "no write keys yet" in ran("key", "list", shop).stdout
    first, second = new_key(shop), new_key(shop)
    assert first != second
    assert ran("key", "revoke", shop, "1").returncode == 0
    listed = ran("key", "list", shop, "--json").stdout
    keys = json.loads(listed)["keys"]
    assert [(one["number"], one["ends"], one["revoked"] is None) for one in keys] == [
        (1, first[-4:], False), (2, second[-4:], True)]  # fmt: skip
    assert first not in listed and second not in listed + ran("key", "list", shop).stdout
    wrong = ran("key", "revoke", shop, "7")
    assert (wrong.returncode, "there is no write key 7" in wrong.stderr) == (1, True)
    unknown = ran("key", "mew", shop)
    assert (unknown.returncode, "did you mean 'new'?" in unknown.stderr) == (2, True)
    absent = ran("key", "new", tmp_path / "nowhere")
    assert (absent.returncode, absent.stdout) == (1, "")
    assert not (tmp_path / "nowhere").exists()


def test_who_asks_questions_loads_no_server(shop: Path) -> None:
    with lvtu.Workspace(shop) as ws:
        ws.append([{"event": "Visit", "user_id": "ann", "time": "2026-03-01"}])
    code = (
        "import sys, lvtu\nfrom lvtu.cli import main\n"
        f"try: main(['funnel', {str(shop)!r}, 'Visit', '--json'])\nexcept SystemExit: pass\n"
        "print([name for name in ('fastapi', 'starlette', 'uvicorn', 'msgspec') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[-1] == "[]"
