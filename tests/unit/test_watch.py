"""Folders watched: what is read, once, whatever happens to the files and to the watch."""

import os
import signal
import subprocess
import sys
import time
from threading import Event, Thread

import pytest

import lvtu
from lvtu.errors import BadInput

ROWS = "user_id,event,time\nann,Visit,2026-01-01\nbo,Visit,2026-01-02\n"


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def ws(tmp_path):
    with lvtu.open(tmp_path / "shop") as ws:
        yield ws


def put(path, text=ROWS, age=60.0):
    """A file that was written a while ago."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def once(ws, folder, **options):
    return [(seen.path.name, seen.outcome) for seen in ws.watch(folder, once=True, **options)]


def events(ws):
    return ws.sql("select count(*) as n from events").to_pylist()[0]["n"]


def test_each_file_is_read_once_by_its_bytes(ws, inbox, tmp_path):
    put(inbox / "a.csv")
    put(inbox / "below" / "b.csv", ROWS.replace("ann", "cy"))
    put(inbox / "copy.csv")
    put(inbox / ".hidden.csv")
    put(inbox / "~$a.csv")
    put(inbox / "empty.csv", "")
    put(inbox / "notes.docx", "no table")
    assert once(ws, inbox) == [("a.csv", "read"), ("b.csv", "read"), ("copy.csv", "known")]
    assert events(ws) == 3  # bo's visit stands in both files
    with lvtu.open(tmp_path / "shop") as another:
        assert once(another, inbox) == []
        assert not any("a.csv" in str(file) for file in another._ledger.files())
    put(inbox / "a.csv", ROWS + "di,Visit,2026-01-03\n")
    assert once(ws, inbox) == [("a.csv", "read")]
    assert events(ws) == 4 and sorted(path.name for path in inbox.iterdir())[0] == ".hidden.csv"


def test_a_file_is_left_while_it_grows(ws, inbox):
    path = put(inbox / "a.csv", ROWS[:30], age=-60)
    stop, found = Event(), []
    watch = ws.watch(inbox, every="0.05s", stop=stop)

    def grow():
        for end in range(31, len(ROWS) + 1):
            put(path, ROWS[:end], age=-60 - end)
            time.sleep(0.002)

    growing = Thread(target=grow)
    growing.start()
    for seen in watch:
        found.append((seen.outcome, seen.report.accepted + seen.report.duplicates))
        if path.stat().st_size == len(ROWS) and seen.outcome == "read" and found[-1][1] == 2:
            stop.set()
    growing.join()
    assert found[-1] == ("read", 2) and events(ws) >= 2


def test_one_look_waits_once_for_a_young_file_and_says_what_still_grows(ws, inbox):
    put(inbox / "young.csv", age=-60)
    put(inbox / "old.csv", ROWS.replace("ann", "cy"))
    watch = ws.watch(inbox, every="0.05s", once=True)
    assert next(watch).path.name == "old.csv"
    assert [(seen.path.name, seen.outcome) for seen in watch] == [("young.csv", "read")]
    path = put(inbox / "more.csv", ROWS.replace("ann", "di"), age=-60)
    put(inbox / "older.csv", ROWS.replace("ann", "ed"))
    watch = ws.watch(inbox, every="0.05s", once=True)
    next(watch)
    put(path, ROWS.replace("ann", "di"), age=-90)
    assert [(seen.path.name, seen.outcome) for seen in watch] == [("more.csv", "growing")]


def test_a_file_that_cannot_be_read_waits_and_is_tried_again_when_it_changes(ws, inbox):
    path = put(inbox / "a.csv", "who,what\nann,Visit\n")
    put(inbox / "b.csv")
    stop, found = Event(), []
    for seen in ws.watch(inbox, every="0.02s", stop=stop):
        found.append((seen.path.name, seen.outcome))
        assert (seen.error is not None and "user_id" in seen.error.text()) == (seen.outcome == "failed")
        if found == [("a.csv", "failed"), ("b.csv", "read")]:
            assert [(row["place"], row["field"]) for row in ws.quarantine().to_pylist()] == [("a.csv", "file")]
            put(path, ROWS.replace("ann", "cy"), age=30)
        if len(found) == 3:
            stop.set()
    assert found == [("a.csv", "failed"), ("b.csv", "read"), ("a.csv", "read")]
    assert ws.quarantine().num_rows == 0 and events(ws) == 3


def test_the_workspace_may_lie_in_the_folder(ws, tmp_path):
    put(tmp_path / "a.csv")
    ws.ingest([{"user_id": "u", "event": "Visit", "time": "2026-01-01"}])
    assert once(ws, tmp_path) == [("a.csv", "read")]


def test_a_watch_ends_in_the_middle_of_a_file(ws, inbox, monkeypatch):
    reading = sys.modules["lvtu.collect.read"]  # the function of that name hides the module
    monkeypatch.setattr(reading, "ROWS", 1)
    put(inbox / "a.csv")
    stop = Event()
    monkeypatch.setattr(reading, "_from", lambda records, _: (stop.set(), records)[1])
    assert list(ws.watch(inbox, stop=stop)) == []
    monkeypatch.undo()
    assert once(ws, inbox) == [("a.csv", "read")] and events(ws) == 2


def test_what_comes_in_while_a_file_is_read_is_not_taken_for_read(ws, inbox, monkeypatch):
    path, more = put(inbox / "a.csv"), ROWS + "cy,Visit,2026-01-03\n"
    real = type(ws).ingest

    def ingest(self, source, *given, **options):
        report = real(self, source, *given, **options)
        if len(path.read_text()) == len(ROWS):
            put(path, more)
        return report

    monkeypatch.setattr(type(ws), "ingest", ingest)
    assert once(ws, inbox) == [("a.csv", "growing")]
    assert once(ws, inbox) == [("a.csv", "read")] and events(ws) == 3


def test_wrong_folders_and_mappings_say_so_at_once(ws, inbox):
    with pytest.raises(BadInput, match="no folder"):
        ws.watch(inbox / "none")
    with pytest.raises(BadInput, match="unknown mapping key"):
        ws.watch(inbox, {"feilds": {}})


def command(*arguments):
    return [sys.executable, "-c", "from lvtu.cli import main; main()", "watch", *map(str, arguments)]


def test_the_command_ends_on_a_signal(tmp_path, inbox):
    put(inbox / "a.csv")
    child = subprocess.Popen(command(tmp_path / "shop", inbox, "--json"), stdout=subprocess.PIPE, text=True)
    line = child.stdout.readline()
    child.send_signal(signal.SIGTERM)
    rest, _ = child.communicate(timeout=60)
    assert child.returncode == 0 and '"outcome": "read", "source": "a.csv", "accepted": 2' in line and rest == ""


def test_killed_between_reading_and_the_books_nothing_is_twice(tmp_path, inbox):
    put(inbox / "a.csv")
    put(inbox / "b.csv", ROWS.replace("ann", "cy"))
    script = """
import os, signal, sys, lvtu
from lvtu.store.ledger import Ledger
Ledger.add_file = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
list(lvtu.open(sys.argv[1]).watch(sys.argv[2], once=True))
"""
    child = subprocess.run([sys.executable, "-c", script, str(tmp_path / "shop"), str(inbox)], check=False)
    assert child.returncode == -signal.SIGKILL
    with lvtu.open(tmp_path / "shop") as ws:
        assert once(ws, inbox) == [("a.csv", "read"), ("b.csv", "read")]
        assert events(ws) == 3 and once(ws, inbox) == []


def test_no_workspace_is_made_for_a_folder_that_is_not_there(tmp_path):
    child = subprocess.run(command(tmp_path / "shop", tmp_path / "none"), capture_output=True, text=True, check=False)
    assert child.returncode == 1 and "no folder" in child.stderr and not (tmp_path / "shop").exists()
