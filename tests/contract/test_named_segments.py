"""Named segments: their versions, lists that stay the same people, and the life cycle against plain Python."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import lvtu
from contract.cases import Case, ugly, workspace
from lvtu.errors import BadExpression, BadInput, UnknownName
from lvtu.workspace import Workspace
from naive.journeys import Event, journeys

DAY = 86_400_000_000
START = 1_767_225_600_000_000  # 2026-01-01


def test_a_list_is_its_customers(tmp_path: Path) -> None:
    dice = random.Random(7)
    parts = [ugly(41, customers=60), ugly(42, customers=80, most=3)]
    ws = workspace(tmp_path / "w", *parts, by="append")
    names = sorted({event.customer for part in parts for event in part})
    for size in (0, 1, 17, len(names)):
        chosen = dice.sample(names, size)
        saved = ws.save_segment("chosen", customers=[*chosen, "nobody", *chosen[:2]])
        assert (saved.not_found, saved.of_several, len(saved.members or ())) == (("nobody",), (), size)
        assert ws.segment("chosen").customers() == sorted(chosen)
        assert ws.segment("not in segment chosen").size == len(names) - size
        assert (ws.trend(where="in segment chosen", period="day").table["events"].to_pylist() or [0])[0] == len(
            {e.message_id for part in parts for e in part if e.customer in chosen}
        )
    ws.compact()
    assert ws.segment("chosen@2").size == 1 and ws.segment("chosen").size == len(names)
    ws.close()


def seen(user: str | None, device: str | None, minute: int, **more: object) -> dict[str, object]:
    return {"user_id": user, "anonymous_id": device, "event": "Seen", "time": START // 1_000_000 + 60 * minute, **more}


def test_a_list_holds_people_not_names(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        ws.append([
            seen(None, "phone", 0), seen("bo", None, 1, identifiers={"email": "bo@example.org"}), seen("cy", None, 2),
            seen("dee", "kiosk", 3), seen("eve", "kiosk", 4), seen("flo", None, 5),
        ])  # fmt: skip
        saved = ws.save_segment("us", customers=["phone", "bo@example.org", "bo", "kiosk", "flo", "who?"])
        assert (saved.version, saved.not_found, saved.of_several) == (1, ("who?",), ("kiosk",))
        assert [note.text("en") for note in saved.notes] == [
            "1 identifier of the list is nobody’s and was left out: who?",
            "1 identifier of the list is several customers’ and was left out: kiosk",
        ]
        assert ws.segment("us").customers() == ["bo", "flo", "phone"]
        ws.append([seen("ann", "phone", 9)])  # the phone gets a name
        edge = ws.join("bo", "cy")
        assert ws.segment("us").customers() == ["ann", "bo", "flo"]
        assert ws.segment("us").everyone == 5
        ws.unjoin(edge)
        assert ws.segment("us").customers() == ["ann", "bo", "flo"] and ws.segment("us").everyone == 6
        kept = ws.segment_definition("us")
        assert kept.customers is None and (len(kept.members or ()), kept.unknown, kept.shared) == (3, 1, 1)


def test_a_list_of_an_answer(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        told = enumerate(("aA", "aB", "bA", "cA", "cB", "dA"))
        ws.append([{"user_id": who, "event": name, "time": START // 1_000_000 + minute}
                   for minute, (who, name) in told])  # fmt: skip
        lost = ws.funnel(["A", "B"]).customers(1, lost=True)
        ws.save_segment("lost", customers=lost, title={"zh": "流失", "en": "Lost"})
        ws.append([{"user_id": "b", "event": "B", "time": START // 1_000_000 + 99}])
        assert ws.segment("lost").customers() == lost == ["b", "d"]
        assert ws.funnel(["A", "B"], where="in segment lost").steps == [2, 1]
        assert ws.at(0).segment("lost").customers() == ["b", "d"]


def test_versions(tmp_path: Path) -> None:
    with case(tmp_path) as ws:
        first = ws.save_segment("VIP", "did A at least 2 times", title="Best")
        ws.save_segment({"key": "VIP", "title": {"zh": "贵宾", "en": "Best"}, "condition": "did A"})
        ws.save_segment("others", "not in segment 'VIP' and not in segment VIP")
        assert first.version == 1 and ws.segment_definition("VIP").version == 2
        assert ws.segment("VIP@1").size == ws.segment("did A at least 2 times").size < ws.segment("VIP").size
        assert ws.segment("VIP@2").size == ws.segment("did A").size
        assert ws.segment("others").size == ws.segment("not did A").size
        assert ws.segment("in segment 'VIP@1' and not in segment 'VIP@2'").size == 0
        assert [one.key for one in ws.segments()][4:] == ["VIP", "others"]
        with pytest.raises(BadInput, match="segment 'VIP' has no version 3"):
            ws.segment("VIP@3")
        with pytest.raises(BadInput, match="names no version"):
            ws.segment("VIP@x")
        with pytest.raises(UnknownName, match="unknown segment 'VIPs'; did you mean 'VIP'"):
            ws.segment("VIPs")
        ws.save_segment("a", "in segment b")
        ws.save_segment("b", "in segment 'a@1'")
        with pytest.raises(BadInput, match="is defined by itself"):
            ws.segment("b")


def case(folder: Path) -> Workspace:
    return workspace(folder / "w", ugly(5))


def test_what_cannot_be_a_segment(tmp_path: Path) -> None:
    with case(tmp_path) as ws:
        for given, match in (
            ({"key": "x"}, "exactly one of"),
            ({"key": "x", "condition": "did A", "customers": ["c1"]}, "exactly one of"),
            ({"key": "x@2", "condition": "did A"}, "cannot be the name"),
            ({"key": " x", "condition": "did A"}, "cannot be the name"),
            ({"condition": "did A"}, "key"),
            ({"key": "x", "cond": "did A"}, "did you mean 'condition'"),
            (["x"], "a segment"),
        ):
            with pytest.raises((BadInput, UnknownName), match=match):
                ws.save_segment(given)  # type: ignore[arg-type]
        with pytest.raises(BadInput, match="no segment 'VIP'"):
            ws.save_segment("VIP")
        with pytest.raises(BadExpression):
            ws.save_segment("VIP", "did")
        assert len(ws.segments()) == 4
        (tmp_path / "vip.yaml").write_text("key: 高价值\ncondition: did A\n", encoding="utf-8")
        assert ws.save_segment(tmp_path / "vip.yaml").title.zh == "高价值"
        assert ws.segment("高价值").size == ws.segment("in segment 高价值").size > 0


def test_the_life_cycle_is_the_twins(tmp_path: Path) -> None:
    dice = random.Random(11)
    events = [
        Event(f"m{n}", START + dice.choice((0, 30, 60, 89, 90, 91, 110, 120, 150, 180)) * DAY, f"c{dice.randrange(60)}",
              "Seen") for n in range(160)
    ]  # fmt: skip
    found = Case("life", workspace(tmp_path / "w", events), events)
    end = max(event.time for event in events)
    expected: dict[str, list[str]] = {"new": [], "active": [], "at_risk": [], "dormant": []}
    for name, journey in journeys(events).items():
        first, last = journey[0].time, journey[-1].time
        if end - last > 90 * DAY:
            expected["dormant"].append(name)
        elif end - last > 30 * DAY:
            expected["at_risk"].append(name)
        else:
            expected["active" if end - first > 30 * DAY else "new"].append(name)
    for key, names in expected.items():
        assert names and found.ws.segment(f"in segment 'lifecycle:{key}'").customers() == sorted(names), key
    ws = found.ws
    assert isinstance(ws, Workspace)
    ws.save_segment("lifecycle:new", "not did . before the last 100 days")
    assert ws.segment("lifecycle:new").size > len(expected["new"])
    assert len(ws.segments()) == 4
