"""Channels against their twin: transitions, what is true of each channel, and whether they are alike."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from contract.cases import Case, buckets, ugly, workspace
from contract.test_attribution import BY, groups, t975
from contract.test_first_touch import scored
from lvtu.errors import BadInput, UnknownName
from naive.channels import Channels, channels
from naive.first_touch import mean
from naive.journeys import Event
from parts import examples
from property.strategies import CONDITIONS, START


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("channels")
    base, late = scored(ugly(51), 1, True), scored(ugly(52, customers=40, prefix="new"), 2, True)
    plain = scored(ugly(53, customers=60), 3, False)
    with buckets(4):
        return [
            Case("weighted", workspace(folder / "weighted", base, late), base + late),
            Case("plain", workspace(folder / "plain", plain), plain),
        ]


OPTIONS = {
    "goal": st.sampled_from(((), ("A",), ("B", "C"))),
    "within": st.one_of(st.none(), st.integers(0, 8)),
    "where": st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS)),
    "since": st.one_of(st.none(), st.integers(START, START + 12)),
    "until": st.one_of(st.none(), st.integers(START, START + 12)),
}


@settings(max_examples=examples(80), deadline=None)
@given(which=st.integers(0, 1), by=st.sampled_from(tuple(BY)), **OPTIONS)
def test_any_channels_are_the_twins(answered: list[Case], which: int, by: str, where: Any, **more: Any) -> None:
    case, goal = answered[which], more.pop("goal")
    result = case.ws.channels(list(goal) or None, by=by, where=where and where.text, **more)
    twin = channels(case.events, BY[by], goal, where=where, **more)
    _same_transitions(result, twin, groups(case))
    _same_measures(result, twin, bool(goal))


def _same_transitions(result: Any, twin: Channels, group: dict[str, int]) -> None:
    rows = {(row["source"], row["target"]): row for row in result.table.to_pylist()}
    pairs, used = twin.pairs(), sorted({group[customer] for customer in twin.lines})
    assert {pair: row["transitions"] for pair, row in rows.items()} == pairs
    rest = [twin.pairs(lambda customer, g=g: group[customer] == g) for g in used]  # type: ignore[misc]
    for (source, target), row in rows.items():
        share = _share(pairs, source, target)
        assert row["share"] == pytest.approx(share)
        assert row["customers"] == len(twin.walkers((source, target)))
        assert set(result.customers(source, target)) == twin.walkers((source, target))
        without = [_share(some, source, target) for some in rest]
        if len(used) < 2 or any(one is None for one in without):
            assert row["low"] is row["high"] is None
            continue
        n = len(used)
        half = t975(n - 1) * math.sqrt((n - 1) / n * sum((one - share) ** 2 for one in without))
        wanted = (max(share - half, 0), min(share + half, 1)) if half > 1e-9 else (None, None)
        assert (row["low"], row["high"]) == pytest.approx(wanted, abs=1e-9)


def _share(pairs: dict[Any, int], source: Any, target: Any) -> Any:
    out = sum(n for (one, _), n in pairs.items() if one == source)
    return pairs.get((source, target), 0) / out if out else None


def _same_measures(result: Any, twin: Channels, asked: bool) -> None:
    rows = {(row["measure"], row["scale"], row["channel"]): row for row in result.measures.to_pylist()}
    wanted = {("conversion", None, channel) for channel in twin.began} if asked else set()
    assert rows.keys() == wanted | {("score", scale, channel) for channel, scale in twin.scores}
    for (measure, scale, channel), row in rows.items():
        if measure == "conversion":
            n, k = len(twin.began[channel]), len(twin.reached.get(channel, ()))
            ends = stats.binomtest(k, n).proportion_ci(method="wilson")
            assert (row["n"], row["value"]) == (n, pytest.approx(k / n))
            assert (row["low"], row["high"]) == pytest.approx((ends.low, ends.high), abs=1e-9)
            others = [c for c in twin.began if c != channel]
            size = sum(len(twin.began[c]) for c in others)
            gone = sum(len(twin.reached.get(c, ())) for c in others)
            apart = k / n - gone / size if size else None
        else:
            mine = twin.scores[channel, scale]
            told = (row["value"], row["low"], row["high"])
            assert (row["n"], told) == (len(mine), pytest.approx(mean(mine, scale)[:3]))
            rest = [pair for (c, s), some in twin.scores.items() if s == scale and c != channel for pair in some]
            known = bool(rest) and mean(mine)[1] is not None and mean(rest)[1] is not None
            apart = mean(mine)[0] - mean(rest)[0] if known else None
        assert row["difference"] == (None if apart is None else pytest.approx(apart, abs=1e-9))
        assert (row["verdict"] is None) == (apart is None)
    for told in result.consistency.to_pylist():
        mine = [row for key, row in rows.items() if key[:2] == (told["measure"], told["scale"])]
        assert told["n"] == sum(row["n"] for row in mine) and told["channels"] == len(mine)
        verdicts = [row["verdict"] for row in mine]
        assert told["alike"] == verdicts.count("alike")
        if told["index"] is not None:
            alike = sum(row["n"] for row in mine if row["verdict"] == "alike")
            assert told["index"] == pytest.approx(alike / told["n"])
        expected = "different" if "different" in verdicts else "alike" if set(verdicts) == {"alike"} else "unclear"
        assert told["verdict"] == (None if set(verdicts) <= {None} else expected)


def test_transitions_are_the_graphs(answered: list[Case]) -> None:
    ws = answered[0].ws
    graph = {
        (r["source"], r["target"]): r for r in ws.graph(by="channel", where="channel is not null").table.to_pylist()
    }
    rows = ws.channels().table.to_pylist()
    assert len(rows) == len(graph) == 4
    for row in rows:
        other = graph[row["source"], row["target"]]
        assert (row["transitions"], row["customers"]) == (other["transitions"], other["customers"])


def shop(folder: Path, counts: dict[str, tuple[int, int]], scores: dict[str, list[float]] | None = None) -> Any:
    """Customers who begin with a channel, some of whom pay; and scores given in channels."""
    events = []
    for channel, (paid, everybody) in counts.items():
        for i in range(everybody):
            name = f"{channel}{i}"
            events.append(Event(name, START + i, name, "Visit", channel=channel))
            if i < paid:
                events.append(Event(f"{name}p", START + 1000 + i, name, "Pay"))
    for channel, given_ in (scores or {}).items():
        for i, score in enumerate(given_):
            events.append(Event(f"s{channel}{i}", START + i, f"s{channel}{i}", "Answer", channel=channel, score=score,
                                scale="csat5"))  # fmt: skip
    return workspace(folder / "shop.lvtu", events)


def test_what_is_alike_and_what_is_not(tmp_path: Path) -> None:
    """Two large channels are within five points of the others, a small one is far off, of another little is known."""
    ws = shop(tmp_path, {"web": (100, 1000), "app": (105, 1000), "store": (20, 40), "phone": (3, 25)})
    result = ws.channels("Pay", margin=0.05)
    rows = {row["channel"]: row for row in result.measures.to_pylist()}
    assert {channel: row["verdict"] for channel, row in rows.items()} == {
        "web": "alike", "app": "alike", "store": "different", "phone": "unclear"
    }  # fmt: skip
    assert result.consistency.to_pylist() == [
        {"measure": "conversion", "scale": None, "n": 2065, "channels": 4, "alike": 2,
         "index": pytest.approx(2000 / 2065), "verdict": "different"}
    ]  # fmt: skip
    low, high = _newcombe(100, 1000, 128, 1065)
    assert (rows["web"]["difference_low"], rows["web"]["difference_high"]) == pytest.approx((low, high))
    narrow = ws.channels("Pay", margin=0.001).consistency.to_pylist()[0]
    assert (narrow["alike"], narrow["verdict"]) == (0, "different")
    wide = ws.channels("Pay", margin=0.6).consistency.to_pylist()[0]
    assert (wide["alike"], wide["index"], wide["verdict"]) == (4, 1.0, "alike")


def _newcombe(k1: int, n1: int, k2: int, n2: int) -> tuple[float, float]:
    """From two Wilson intervals of 90 %."""
    ends = [stats.binomtest(k, n).proportion_ci(0.9, method="wilson") for k, n in ((k1, n1), (k2, n2))]
    p1, p2 = k1 / n1, k2 / n2
    low = p1 - p2 - math.sqrt((p1 - ends[0].low) ** 2 + (ends[1].high - p2) ** 2)
    return low, p1 - p2 + math.sqrt((ends[0].high - p1) ** 2 + (p2 - ends[1].low) ** 2)


def test_scores_are_compared_by_welchs_interval(tmp_path: Path) -> None:
    given_ = {"web": [4.0, 5.0, 4.0, 3.0, 5.0, 4.0], "app": [4.0, 4.0, 5.0, 4.0], "store": [1.0, 2.0, 1.0, 2.0, 1.0]}
    result = shop(tmp_path, {}, given_).channels(score_margin=0.5)
    rows = {row["channel"]: row for row in result.measures.to_pylist()}
    for channel, mine in given_.items():
        rest = [score for other, some in given_.items() if other != channel for score in some]
        ends = stats.ttest_ind(mine, rest, equal_var=False).confidence_interval(0.9)
        assert (rows[channel]["difference_low"], rows[channel]["difference_high"]) == pytest.approx(
            (ends.low, ends.high)
        )
    assert rows["store"]["verdict"] == "different" and rows["app"]["verdict"] == "different"
    option = result.chart("en")
    places = option["yAxis"][0]["data"]
    drawn = {places[point["value"][1]]: point["value"][0] for point in option["series"][2]["data"]}
    called = {"web": "Website", "app": "App", "store": "Store"}
    assert drawn == {called[channel]: pytest.approx(row["value"]) for channel, row in rows.items()}


def test_the_charts_squares_are_the_tables_shares(answered: list[Case]) -> None:
    result = answered[0].ws.channels("A", by="plan")
    option = result.chart("zh")
    names = option["yAxis"][0]["data"]
    cells = {(names[y], names[x]): share for x, y, share in (cell["value"] for cell in option["series"][0]["data"])}
    assert cells == {
        (row["source"], row["target"]): pytest.approx(100 * row["share"]) for row in result.table.to_pylist()
    }


def test_one_channel_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    ws = shop(tmp_path, {"web": (1, 3)})
    result = ws.channels("Pay")
    assert result.measures["verdict"].to_pylist() == [None]
    assert result.consistency["index"].to_pylist() == [None]
    assert "no channels to compare" in result.chart("en")["title"]["subtext"]


def test_what_cannot_be_asked(answered: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    ws = answered[0].ws
    with pytest.raises(UnknownName, match="unknown event 'Z'"):
        ws.channels("Z")
    with pytest.raises(UnknownName, match="unknown channel 'wbe'"):
        ws.channels().customers("wbe", "web")
    for bad in ({"margin": 0}, {"margin": 1.5}, {"score_margin": -1}):
        with pytest.raises(BadInput):
            ws.channels("A", **bad)
    monkeypatch.setattr("lvtu.analyses.channels._MOST", 2)
    with pytest.raises(BadInput, match="channel has 2 values"):
        ws.channels()
