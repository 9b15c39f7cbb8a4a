"""Rejected rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from lvtu.core.sentences import Reason
from lvtu.errors import Corrupt
from lvtu.store.quarantine import Quarantine, Rejected


def row(n: int, reason: str = "no time", ingest: str = "i1", raw: str | None = None) -> Rejected:
    return Rejected(f"orders.csv:{n}", "time", reason, raw if raw is not None else f"raw {n}", ingest, time=n)


@pytest.fixture
def quarantine(tmp_path: Path) -> Quarantine:
    return Quarantine(tmp_path / "quarantine")


def test_rows_come_back_as_they_were(quarantine: Quarantine, tmp_path: Path) -> None:
    odd = 'a,"b\nc"\r\u2028\udc80 旅图\x00'
    quarantine.append([row(1), row(2, raw=odd)])
    quarantine.append([row(3, "bad value", "i2")])
    found = Quarantine(tmp_path / "quarantine").list()
    assert [(each.place, each.reason, each.raw, each.ingest, each.time) for each in found] == [
        ("orders.csv:1", "no time", "raw 1", "i1", 1),
        ("orders.csv:2", "no time", odd, "i1", 2),
        ("orders.csv:3", "bad value", "raw 3", "i2", 3),
    ]
    assert len({each.id for each in found}) == 3 == len(quarantine)


def test_lists_can_be_narrowed(quarantine: Quarantine) -> None:
    quarantine.append([row(1), row(2, "bad value"), row(3, ingest="i2"), row(4)])
    assert quarantine.reasons() == {Reason.kept("no time"): 3, Reason.kept("bad value"): 1}
    assert [each.time for each in quarantine.list(reason="no time", limit=2)] == [1, 4]
    assert [each.time for each in quarantine.list(ingest="i2")] == [3]
    assert quarantine.list(limit=0) == []


def test_rows_kept_before_there_were_codes_are_read(quarantine: Quarantine) -> None:
    old = '{"place": "a.csv:7", "field": "time", "reason": "no time", "raw": "", "ingest": "i", "time": 1, "id": "a:0"}'
    (quarantine.folder / "00000000000000000001-a.ndjson").write_text(old + "\n", encoding="utf-8")
    quarantine.append([Rejected(**{**vars(row(2)), "reason_code": "missing", "reason_values": {"field": "time"}})])
    assert [(each.reason, each.reason_code, dict(each.reason_values)) for each in quarantine] == [
        ("no time", "", {}), ("no time", "missing", {"field": "time"}),
    ]  # fmt: skip
    assert [reason.text("zh") for reason in quarantine.reasons()] == ["no time", "缺少 time"]


def test_mended_rows_are_taken_then_dropped(quarantine: Quarantine) -> None:
    quarantine.append([row(1), row(2), row(3)])
    quarantine.append([row(4, ingest="i2")])
    first, _, third, fourth = quarantine.list()
    assert quarantine.take([third.id, first.id, "nothing:0"]) == [first, third]
    assert quarantine.drop([first.id, fourth.id, "nothing:0"]) == 2
    assert [each.time for each in quarantine.list()] == [2, 3]
    assert quarantine.take([third.id]) == [third]  # ids stay when others go
    assert quarantine.drop([first.id]) == 0


def test_nothing_makes_no_file(quarantine: Quarantine) -> None:
    quarantine.append([])
    assert list(quarantine.folder.iterdir()) == []
    assert quarantine.reasons() == {}


def test_an_erasure_leaves_no_byte(quarantine: Quarantine) -> None:
    quarantine.append([row(1, raw="li@example.org,1"), row(2, raw="wu@example.org,2")])
    quarantine.append([row(3, raw="x,li@example.org")])
    (quarantine.folder / ".left.tmp").write_text("li@example.org")  # a writer was killed
    assert quarantine.erase(lambda raw: "li@example.org" in raw) == 2
    assert [each.raw for each in quarantine.list()] == ["wu@example.org,2"]
    assert not any(b"li@example" in path.read_bytes() for path in quarantine.folder.iterdir())


def test_damage_is_located(quarantine: Quarantine) -> None:
    quarantine.append([row(1)])
    (path,) = quarantine.folder.iterdir()
    with path.open("a") as file:
        file.write('{"place": ')
    with pytest.raises(Corrupt, match=r"ndjson:2"):
        quarantine.list()
