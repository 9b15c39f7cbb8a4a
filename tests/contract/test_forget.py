"""Forgetting: no byte of a customer is left, nobody else is touched, and nothing comes back."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import lvtu
from contract.decoding import leaks
from lvtu.errors import BadInput, Erased, UnknownName
from lvtu.privacy import forget_many
from lvtu.store.proposals import Proposed
from lvtu.workspace import Workspace
from naive.journeys import Event, journeys

DAY = 86_400_000_000
START = 1_767_225_600_000_000  # 2026-01-01

SECRETS = [
    "zelda-4711", "zelda@example.org", "phone-of-zelda", "zelda-before", "tablet-of-zelda",
    "Meine Adresse ist Lindenweg 5", "泽尔达的评论", "coupon-ZELDA-77", "Zelda Only Event", "zelda's \"quoted\" wish",
    "zelda-m",
]  # fmt: skip


def person(name: str, events: int, seed: int = 0) -> list[dict[str, Any]]:
    """An ordinary customer, with a device of their own."""
    chance = random.Random(f"{name}{seed}")
    return [
        {
            "message_id": f"{name}-m{number}",
            "user_id": name,
            "anonymous_id": f"device-of-{name}" if chance.random() < 0.5 else None,
            "time": _iso(START + chance.randrange(30) * DAY + chance.randrange(5) * 1_000_000),
            "event": chance.choice(["Seen", "Added", "Paid"]),
            "channel": chance.choice(["web", "store", None]),
            "value": chance.choice([None, 12.5, 3.0]),
            "text": f"words of {name}",
            "properties": {"coupon": f"coupon-{name}", "page": chance.randrange(4)},
        }
        for number in range(events)
    ]


def zelda(events: int = 40) -> list[dict[str, Any]]:
    """Somebody who has left traces of every kind."""
    rows = person("zelda-4711", events)
    for number, row in enumerate(rows):
        row["message_id"] = f"zelda-m{number}"
        row["anonymous_id"] = random.Random(number).choice(["phone-of-zelda", "tablet-of-zelda"])
        row["identifiers"] = {"email": "zelda@example.org"}
        row["text"] = "Meine Adresse ist Lindenweg 5" if number % 2 else "泽尔达的评论"
        row["properties"] = {"coupon": "coupon-ZELDA-77", "wish": 'zelda\'s "quoted" wish'}
        row["source"] = None
    rows[0]["event"] = "Zelda Only Event"
    rows.append(
        {"message_id": "zelda-m-alias", "user_id": "zelda-4711", "time": _iso(START), "event": "alias",
         "identifiers": {"previous_id": "zelda-before"}}
    )  # fmt: skip
    return rows


def _iso(time: int) -> str:
    return lvtu.core.units.write_instant(time)


def others() -> list[dict[str, Any]]:
    return [row for name in ("ann", "bo", "cai", "dee") for row in person(name, 30)]


def twin(rows: list[dict[str, Any]], owner: dict[str, str] | None = None) -> dict[str, list[tuple[str, str]]]:
    """Each customer's line in plain Python."""
    from lvtu.core.units import instant

    names = owner or {}
    events = [
        Event(row["message_id"], instant(row["time"]), names.get(row["message_id"]) or row["user_id"], row["event"])
        for row in rows
    ]
    return {name: [(e.message_id, e.event) for e in line] for name, line in journeys(events).items()}


def lines(ws: Workspace) -> dict[str, list[tuple[str, str]]]:
    query = "select customer, message_id, event from events order by customer, time, coalesce(sequence, 0), message_id"
    found: dict[str, list[tuple[str, str]]] = {}
    for row in ws.sql(query).to_pylist():
        found.setdefault(row["customer"], []).append((row["message_id"], row["event"]))
    return found


def ask(ws: Workspace) -> list[Any]:
    return [
        ws.funnel(["Seen", "Paid"], within="7d").table.to_pylist(),
        ws.graph().table.sort_by([("source", "ascending"), ("target", "ascending")]).to_pylist(),
        ws.trend(period="day").table.to_pylist(),
        ws.trend(period="month", by="coupon").table.sort_by("coupon").to_pylist(),
        ws.trend(where="page = '1' and text != 'x'").table.to_pylist(),
    ]


def lived_in(folder: Path, rows: list[dict[str, Any]]) -> None:
    """A workspace that has seen ingests, appends, rejections, edges, questions, compaction and a crash's leftovers."""
    with lvtu.open(folder) as ws:
        ws.ingest(others()[:60])
        ws.ingest([*rows[:25], {"user_id": "zelda-4711", "time": "never", "event": "Seen", "text": "泽尔达的评论"}])
        ask(ws)  # columns of properties are made, with her texts in them
        ws.compact()
        ws.append(others()[60:])
        for row in rows[25:]:
            ws.append([row])
        ws.append([{"user_id": "ann", "time": "never", "event": "Seen"}, {"user_id": "ann", **others()[0]}])
        ask(ws)
        ws.join("zelda-4711", ("email", "zelda@example.org"))
        ws.join("ann", ("email", "ann@example.org"))
        propose(ws)
        ask(ws)
        part = folder / "lake" / "part-0000000099-0000000099-00000-abcdef.parquet"  # never committed
        pq.write_table(pa.table({"user_id": ["zelda-4711"]}), part)
        (folder / "quarantine" / ".x.ndjson.abc.tmp").write_text('{"raw": "zelda@example.org"}')
        ws.append([{**rows[0], "message_id": "zelda-m-last"}])
        keep_documents(ws)


def propose(ws: Workspace) -> None:
    """Proposals that name her, waiting, accepted and rejected; others', one from a file called after her."""
    pairs = [
        ("zelda-4711", "crm-1"),
        ("crm-2", "zelda-4711"),
        ("crm-3", "zelda-4711"),
        ("bo", "crm-4"),
        ("ann", "crm-5"),
    ]
    for number, (left, right) in enumerate(pairs):
        records = "Lindenweg.csv" if number < 4 else "records of zelda-4711.csv"
        pair = Proposed("user_id", left, right, 0.97, {"name": ["close", 2.5]})
        ws._ledger.proposals.add([pair], START, "proposed:splink", records)
    numbers = ws.proposals().table.sort_by("proposal")["proposal"].to_pylist()
    ws.accept(numbers[1])
    ws.reject(numbers[2])


def keep_documents(ws: Workspace) -> None:
    """Segments and a metric that say something of her, in old versions too."""
    ws.save_segment("lost", customers=["zelda@example.org", "ann", "phone-of-zelda", "bo", "nobody"])
    ws.save_segment("lost", customers=["ann", "zelda-4711"], title="Not zelda-4711 alone", description={
        "zh": "与 zelda@example.org 有关", "en": "about zelda@example.org"})  # fmt: skip
    ws.save_segment("tests", "user_id in ('zelda-4711', 'ann') or coupon = 'zelda-4711' or value > 7")
    ws.save_segment("zelda-4711", "did Seen")
    where = "identifiers.email = 'zelda@example.org' and value > 1"
    ws.save_metric(
        {"key": "odd", "title": "Orders of zelda-4711", "of": {"events": {"events": "Seen", "where": where}}}
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lived_in(tmp_path / "shop", zelda())
    return tmp_path / "shop"


def test_no_byte_is_left_and_nobody_else_is_touched(folder: Path, tmp_path: Path) -> None:
    assert {leak.split(" in ")[0] for leak in leaks(folder, SECRETS)} == {repr(secret) for secret in SECRETS}
    ws = lvtu.open(folder)
    ws.append([{**zelda()[0], "message_id": "zelda-m-waits"}])  # is in the inbox when she is forgotten
    receipt = ws.forget("zelda@example.org")

    assert leaks(folder, SECRETS) == []
    assert receipt.events == 43
    assert lines(ws) == twin(others())
    with lvtu.open(tmp_path / "without") as without:
        without.ingest(others())
        assert ask(ws) == ask(without)
    assert [row["raw"] for row in ws.quarantine().to_pylist()] == [
        '{"user_id": "ann", "time": "never", "event": "Seen"}'
    ]
    assert [edge["left_id"] for edge in ws.edges()] == ["ann", "bo", "ann"]
    assert ws.proposals(all=True).table.select(["right", "records"]).to_pylist() == [
        {"right": "crm-4", "records": "Lindenweg.csv"}, {"right": "crm-5", "records": "(erased)"}
    ]  # fmt: skip
    assert [(one.key, one.version) for one in ws.segments()][4:] == [("lost", 2), ("tests", 1)]
    assert [ws.segment(name).customers() for name in ("lost@1", "lost")] == [["ann", "bo"], ["ann"]]
    lost, tests = ws.segment_definition("lost"), ws.segment_definition("tests")
    assert (lost.title.en, lost.description and lost.description.zh) == ("Not (erased) alone", "与 (erased) 有关")
    assert tests.condition == "user_id in ('(erased)', 'ann') or coupon = '(erased)' or value > 7"
    assert ws.segment("tests").size == 4
    assert ws.metric_definition("odd").title.en == "Orders of (erased)"
    assert leaks(folder, SECRETS) == []
    ws.close()


def test_the_old_file_brings_nothing_back(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "old.ndjson"
    bad = {"user_id": "zelda-4711", "time": "never", "event": "Seen"}
    file.write_text("\n".join(json.dumps(row) for row in [*zelda(), bad, *others()[:5]]))
    with lvtu.open(folder) as ws:
        ws.forget("zelda-4711")
        before = lines(ws)
        report = ws.ingest(file)
        assert (report.accepted, report.duplicates, report.suppressed, report.rejected) == (0, 5, len(zelda()) + 1, 0)
        late = ws.append([{"user_id": "zelda-before", "event": "Seen", "time": _iso(START)}, *zelda()])
        assert (late.accepted, late.suppressed) == (0, 1 + len(zelda()))
        assert lines(ws) == before
    assert leaks(folder, SECRETS) == []


def test_states_before_are_refused_and_later_ones_shown(folder: Path) -> None:
    with lvtu.open(folder) as ws:
        receipt = ws.forget("zelda-4711")
        with pytest.raises(Erased):
            ws.at(receipt.commit - 1)
        assert ws.at(receipt.commit).trend(period="month").table["events"].to_pylist() == [120]
        ws.append(person("eva", 3))
        assert ws.at(receipt.commit).trend(period="month").table["events"].to_pylist() == [120]
        assert ws.trend(period="month").table["events"].to_pylist() == [123]
        ids = ws.sql("select event_id from events")["event_id"].to_pylist()
        assert len(set(ids)) == 123


def test_who_is_unknown_or_one_of_several(folder: Path) -> None:
    with lvtu.open(folder) as ws:
        before = lines(ws)
        with pytest.raises(UnknownName, match="nobody-here"):
            ws.forget("nobody-here")
        ws.append(
            [{"user_id": name, "anonymous_id": "kiosk", "event": "Seen", "time": _iso(START)} for name in ("ann", "bo")]
        )
        with pytest.raises(BadInput, match="ann, bo"):
            ws.forget("kiosk")
        with pytest.raises(BadInput):
            ws.forget("")
        assert set(lines(ws)) == set(before)


def shared_device() -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Zelda and Otto use one tablet in turn; some events say only the tablet."""
    said = [  # hour, user, whose
        (0, None, "zelda-4711"), (1, "zelda-4711", "zelda-4711"), (2, None, "zelda-4711"), (3, "otto", "otto"),
        (4, None, "otto"), (5, "zelda-4711", "zelda-4711"), (6, None, "zelda-4711"), (7, "otto", "otto"),
    ]  # fmt: skip
    rows = [
        {"message_id": f"t{hour}", "user_id": user, "anonymous_id": "tablet", "event": "Seen",
         "time": _iso(START + hour * 3_600_000_000), "text": f"words of {whose}"}
        for hour, user, whose in said
    ]  # fmt: skip
    return rows, {f"t{hour}": whose for hour, _, whose in said}


def test_a_person_who_shares_a_device(tmp_path: Path) -> None:
    rows, owner = shared_device()
    ottos = [row for row in rows if owner[row["message_id"]] == "otto"]
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(rows)
        assert lines(ws) == twin(rows, owner)
        assert ws.forget("zelda-4711").events == 5
        assert lines(ws) == twin(ottos, owner)
        report = ws.ingest(rows)
        assert (report.accepted, report.duplicates, report.suppressed) == (0, 3, 5)
        ws.append(rows)
        assert lines(ws) == twin(ottos, owner)
        ws.append([{"message_id": "new", "anonymous_id": "tablet", "event": "Seen", "time": _iso(START + DAY)}])
        assert len(lines(ws)["otto"]) == 4  # the tablet itself is not on the list
    assert leaks(tmp_path / "shop", ["zelda-4711", "words of zelda"]) == []


def test_an_identifier_is_listed_with_its_kind(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(
            [
                {"user_id": "7", "event": "Seen", "time": _iso(START)},
                {"user_id": "8", "event": "Seen", "time": _iso(START)},
            ]
        )
        ws.forget("7")
        ws.ingest([{"user_id": "8", "identifiers": {"shirt": "7"}, "event": "Seen", "time": _iso(START + 1)}])
        assert ws.trend(period="month").table["events"].to_pylist() == [2]


def two_of_one_text(folder: Path) -> lvtu.Workspace:
    """A user and a device that are both called 7, and Ann who has that number as a member."""
    ws = lvtu.open(folder)
    ws.ingest([
        {"user_id": "7", "event": "Seen", "time": _iso(START)},
        {"user_id": "7", "event": "Seen", "time": _iso(START + 1)},
        {"anonymous_id": "7", "event": "Seen", "time": _iso(START)},
        {"user_id": "ann", "identifiers": {"member": "7"}, "event": "Seen", "time": _iso(START)},
    ])  # fmt: skip
    return ws


KINDS = [("user_id", 2), ("anonymous_id", 1), ("member", 1)]


@pytest.mark.parametrize(("kind", "events"), KINDS)
def test_a_text_of_two_kinds_needs_its_kind(tmp_path: Path, kind: str, events: int) -> None:
    left = dict(KINDS)
    with two_of_one_text(tmp_path / "shop") as ws:
        with pytest.raises(
            BadInput, match=r"ws\.forget\(\('user_id', '7'\)\) or ws\.forget\(\('anonymous_id', '7'\)\)"
        ):
            ws.forget("7")
        assert ws.forget((kind, "7")).events == events
        del left[kind]
        for column, known in (
            ("user_id", "user_id"),
            ("anonymous_id", "anonymous_id"),
            ("identifiers['member']", "member"),
        ):
            rows = ws.sql(f"select count(*) as n from events where {column} = '7'")["n"].to_pylist()
            assert rows == [left.get(known, 0)]
        with pytest.raises(UnknownName):
            ws.forget((kind, "7"))
        again = two_of_one_text(tmp_path / "shop")
        assert again.sql("select count(*) as n from events")["n"].to_pylist() == [4 - events], "none of it comes back"
        again.close()


def test_a_short_number_is_taken_for_an_identifier_where_one_is_asked_for(tmp_path: Path) -> None:
    with two_of_one_text(tmp_path / "shop") as ws:
        ws.save_segment("sevens", "user_id = '7' or user_id = '77'", title="Within 7 days")
        ws.save_segment("weeks", "plan = '7' and value > 7")
        ws.forget(("user_id", "7"))
        assert ws.segment_definition("sevens").condition == "user_id = '(erased)' or user_id = '77'"
        assert ws.segment_definition("sevens").title.en == "Within 7 days"
        assert ws.segment_definition("weeks").condition == "plan = '7' and value > 7"


def test_everybody_can_be_forgotten(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(zelda())
        ws.forget("zelda-4711")
        assert lines(ws) == {}
        assert sum(ws.trend().table["events"].to_pylist()) == 0
        ws.append(person("ann", 3))
        assert set(lines(ws)) == {"ann"}
    assert leaks(tmp_path / "shop", SECRETS) == []


def test_somebody_of_whom_only_rejected_rows_are_known(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([*person("ann", 2), {"user_id": "zelda-4711", "event": "Seen", "time": "never"}])
        assert ws.forget("zelda-4711").events == 0
        assert ws.ingest([{"user_id": "zelda-4711", "event": "Seen", "time": "never"}]).rejected == 0
        assert ws.quarantine().num_rows == 0
        assert set(lines(ws)) == {"ann"}
    assert leaks(tmp_path / "shop", SECRETS) == []


def test_several_in_one_go(folder: Path) -> None:
    with lvtu.open(folder) as ws:
        receipts = forget_many(ws, ["zelda-4711", "bo"])
        assert [receipt.events for receipt in receipts] == [42, 30]
        assert lines(ws) == twin([row for row in others() if row["user_id"] != "bo"])
    assert leaks(folder, [*SECRETS, "device-of-bo", "words of bo", "coupon-bo", "bo-m1"]) == []


def test_another_process_that_reads_goes_on(folder: Path) -> None:
    """A workspace opened before keeps answering, without the forgotten one."""
    reader = lvtu.open(folder)
    reader.trend(period="month", by="coupon")
    with lvtu.open(folder) as ws:
        ws.forget("zelda-4711")
    assert reader.trend(period="month", where="page = '1' or page != '1' or page is null").table[
        "events"
    ].to_pylist() == [120]
    assert lines(reader) == twin(others())
    reader.close()
    assert leaks(folder, SECRETS) == []


FORGET = """
import sys, lvtu
ws = lvtu.open(sys.argv[1])
print("ready", flush=True)
ws.forget("zelda-4711")
print("done", flush=True)
"""


def kills(rounds: int) -> Iterator[tuple[int, float]]:
    chance = random.Random(4711)
    for number in range(rounds):
        yield number, chance.random() * 0.8


@pytest.mark.faults
def test_a_killed_erasure_is_finished_by_the_next_to_open(folder: Path, tmp_path: Path) -> None:
    import shutil

    for number, delay in kills(int(os.environ.get("LVTU_FAULT_ROUNDS", "3"))):
        copy = tmp_path / f"round-{number}"
        shutil.copytree(folder, copy)
        child = subprocess.Popen([sys.executable, "-c", FORGET, str(copy)], stdout=subprocess.PIPE, text=True)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        done = "done" in child.stdout.read()
        child.wait()
        child.stdout.close()
        with lvtu.open(copy) as ws:
            begun = done or bool(ws._ledger.receipts())
            if not begun:
                ws.forget("zelda-4711")
            assert lines(ws) == twin(others()), f"killed after {delay} s"
            assert len(ws._ledger.receipts()) == 1
        assert leaks(copy, SECRETS) == [], f"killed after {delay} s"
        shutil.rmtree(copy)
