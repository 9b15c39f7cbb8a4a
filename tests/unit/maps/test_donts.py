"""The four don'ts of a step: waiting against its standard, going back; nothing is said of what no event tells."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import lvtu
from lvtu.analyses.intervals import wilson
from lvtu.maps import JourneyMap
from lvtu.maps.drawing import drawn
from lvtu.maps.drawing.donts import donts
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.drawing.svg import svg
from lvtu.maps.exchange.incoming import incoming
from lvtu.maps.exchange.writing import written
from lvtu.maps.live.filled import Filled, Times, Value

MINUTE = 60_000_000
WENT = ["ab"] * 60 + ["bc"] * 30 + ["ba"] * 10 + ["cb"] * 4
"""From which step to which customers went."""


def sheet(lang: Any = "en", n: int = 24, p90: int = 12 * MINUTE) -> Sheet:
    left = Counter(way[0] for way in WENT)
    ways = {(a, b): Value(n / left[a], "share", left[a]) for (a, b), n in Counter(WENT).items()}
    map_ = JourneyMap.load({
        "title": "M", "stages": [{"key": "g", "name": "G"}],
        "steps": [
            {"key": key, "stage": "g", "name": key} | ({"standard": "10m"} if key == "b" else {}) for key in "abcd"
        ],
        "lanes": [{"key": "dont", "role": "four_donts", "label": "四不要"}],
    })  # fmt: skip
    return Sheet(map_, Filled(ways=ways, times={key: Times(MINUTE, p90, n) for key in "ab"}), lang)


def test_they_say_what_events_tell_and_no_more() -> None:
    found = {step: donts(sheet(), step) for step in "abcd"}
    assert [one.name for one in found["a"]] == ["think"], "how long is too long, nobody has said"
    assert found["d"] == []
    wait, think = found["b"]
    assert wait == ("wait", "Wait: 9 in 10 within 12m, standard 10m, n 24", True, "")
    low, high = wilson(10, 40) or (0, 0)
    assert think.text == f"Think: 25.0% went back next ({100 * low:.1f}–{100 * high:.1f}%), n 40" and not think.bad
    assert "0.0% went back" in found["a"][0].text, "known to be none is not unknown"
    assert "等：九成客户在12分内，标准10分，n 24" in donts(sheet("zh"), "b")[0].text


def test_only_what_is_certainly_over_the_standard_is_bad() -> None:
    assert not donts(sheet(n=9), "b")[0].bad, "too few"
    assert not donts(sheet(p90=10 * MINUTE), "b")[0].bad


def test_the_lane_shows_them_and_tables_take_them_out_again(tmp_path: Path) -> None:
    picture = svg(drawn(sheet(), "linear", "timeline"), "en")
    assert picture.count('data-key="dont/b"') == 2
    assert "not measured here: annoy, repeat" in " ".join(re.sub("<[^>]*>", "", picture).split())
    assert "9 in 10" in svg(drawn(sheet(), "stage", "timeline"), "en")
    given = sheet()
    share = {"annoy": {"b": Value(0.25, "share", 40, 0.14, 0.4)}}
    told = svg(drawn(replace(given, filled=replace(given.filled, bothered=share)), "linear", "timeline"), "en")
    read = " ".join(re.sub("<[^>]*>", " ", told).split())
    assert "Annoy: 25.0% (14.0–40.0%), n 40" in read and "n 40; customers here who met an error" in read
    file = tmp_path / "map.csv"
    file.write_bytes(written(sheet("zh"), "csv", drawn).content)
    assert "接着往回走" in file.read_text(encoding="utf-8-sig")
    found = incoming(file, language="zh")
    assert found.map.cards == () and any("四不要" in one.text("zh") for one in found.report.left)


def test_who_was_annoyed_or_had_to_repeat_is_counted_from_events(tmp_path: Path) -> None:
    """Beside plain loops over each customer's events; at a step belongs what happens within half an hour of it."""
    dice, rows = random.Random(4), []
    for who in range(120):
        time = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=who)
        for _ in range(dice.randint(1, 9)):
            name = dice.choice([*["Pay Pressed"] * 2, "Cart Viewed", "Payment Failed", "Step Repeated", "Help Asked"])
            text = dice.choice(["The parcel has not come", "So slow, the queue"]) if name == "Help Asked" else None
            rows.append({"message_id": f"m{len(rows)}", "user_id": f"c{who}", "event": name, "text": text,
                         "time": time.isoformat()})  # fmt: skip
            time += timedelta(seconds=dice.choice([1, 2, 3, 20, 600, 4000, 86400 * 5, 86400 * 8]))
    steps = {"cart": "Cart Viewed", "pay": "Pay Pressed", "help": "Help Asked"}
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest(rows)
        topics = dict(zip(*ws.sql("select text, topic_read from events where text is not null").to_pydict().values(),
                          strict=True))  # fmt: skip
        map_ = ws.maps.load({
            "title": "M", "stages": [{"key": "g", "name": "G"}], "since": "2026-01-01", "until": "2027-01-01",
            "steps": [{"key": key, "stage": "g", "name": key, "entry": event} for key, event in steps.items()],
            "lanes": [{"key": "dont", "role": "four_donts", "label": "四不要"}],
        })  # fmt: skip
        found = map_.answers().bothered
        map_.edit("remove", part="lanes", keys=["dont"])
        assert not map_.answers().bothered, "nobody asks for it"
    there, annoyed, repeated = (defaultdict[str, set[str]](set) for _ in range(3))
    for who in {row["user_id"] for row in rows}:
        mine = [
            (datetime.fromisoformat(row["time"]), row["event"], row["text"]) for row in rows if row["user_id"] == who
        ]
        at, since = "", datetime.min.replace(tzinfo=UTC)
        for number, (time, event, text) in enumerate(mine):
            own = next((key for key, name in steps.items() if name == event), "")
            if own:
                at, since = own, time
                there[own].add(who)
            place = at if time - since <= timedelta(minutes=30) else ""
            before = [one for one in mine[:number] if one[1] == event]
            raging = own and len(before) > 1 and time - before[-2][0] <= timedelta(seconds=5)
            said = [one[0] for one in before if one[2] and topics[one[2]] == topics.get(text)]
            if raging or event == "Payment Failed":
                annoyed[place].add(who)
            if event == "Step Repeated" or (said and timedelta(hours=1) < time - said[-1] <= timedelta(days=7)):
                repeated[place].add(who)
    for name, told in (("annoy", annoyed), ("repeat", repeated)):
        assert {key: (round(value.value * value.n), value.n) for key, value in found[name].items()} == {
            key: (len(told[key]), len(there[key])) for key in steps
        }
        assert min(len(told[key]) for key in steps) > 2
