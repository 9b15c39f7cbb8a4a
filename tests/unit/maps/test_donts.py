"""The four don'ts of a step: waiting against its standard, going back; nothing is said of what no event tells."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

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
    assert wait == ("wait", "Wait: 9 in 10 within 12m, standard 10m, n 24", True)
    low, high = wilson(10, 40) or (0, 0)
    assert think.text == f"Think: 25.0% went back next ({100 * low:.1f}–{100 * high:.1f}%), n 40" and not think.bad
    assert "0.0% went back" in found["a"][0].text, "known to be none is not unknown"
    assert "等：九成客户在12分内，标准10分，n 24" in donts(sheet("zh"), "b")[0].text


def test_only_what_is_certainly_over_the_standard_is_bad() -> None:
    assert not donts(sheet(n=9), "b")[0].bad, "too few"
    assert not donts(sheet(p90=10 * MINUTE), "b")[0].bad


def test_the_lane_shows_them_and_tables_take_them_out_again(tmp_path: Path) -> None:
    picture = svg(drawn(sheet(), "linear", "timeline"), "en")
    assert picture.count('data-key="dont/b"') == 2 and "annoy, repeat" in picture
    assert "9 in 10" in svg(drawn(sheet(), "stage", "timeline"), "en")
    file = tmp_path / "map.csv"
    file.write_bytes(written(sheet("zh"), "csv", drawn).content)
    assert "接着往回走" in file.read_text(encoding="utf-8-sig")
    found = incoming(file, language="zh")
    assert found.map.cards == () and any("四不要" in one.text("zh") for one in found.report.left)
