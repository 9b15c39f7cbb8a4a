"""Charts against their tables: the same numbers in, the same numbers drawn; nothing drawn that is not known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import lvtu
from contract.cases import Case, micros
from contract.test_trend import scattered
from lvtu.analyses.charts import KINDS
from lvtu.analyses.charts.graph import MOST
from lvtu.analyses.charts.narrow import NARROW, wrapped
from lvtu.analyses.charts.theme import DARK, LIGHT, MOST_GROUPS
from lvtu.analyses.wording.notes import worded
from lvtu.errors import BadInput
from naive.journeys import Event
from property.strategies import START

DAY = 86_400_000_000
LOOKS = [("en", False), ("zh", True)]


def drawn(result: Any, lang: Any = "en", dark: bool = False) -> dict[str, Any]:
    """The option, after a trip through JSON that refuses what JSON does not know."""
    option = result.chart(lang, dark=dark)
    assert option["title"]["text"] and option["aria"]["label"]["description"].startswith(option["title"]["text"])
    return json.loads(json.dumps(option, allow_nan=False))


def values(series: dict[str, Any]) -> list[Any]:
    return [one["value"] if isinstance(one, dict) else one for one in series["data"]]


MODEL = {
    "key": "shop", "title": {"zh": "网购", "en": "Shopping"},
    "touchpoints": [{"id": "page", "name": {"zh": "商品页", "en": "Product page"}, "events": "A"}],
    "stages": [
        {"key": "look", "name": {"zh": "浏览", "en": "Look"}, "entry": {"touchpoints": "page"}},
        {"key": "buy", "name": {"zh": "购买", "en": "Buy"}, "entry": "B"},
    ],
}  # fmt: skip


def _metric(ws: Any, **parts: Any) -> Any:
    ws.save_metric({"key": "m", "title": {"zh": "数", "en": "M"}, "of": {"events": "B"}, **parts})
    return ws


def questions(ws: Any) -> dict[str, Any]:
    ws.save_model(MODEL, default=True)
    funnel = ws.funnel(["A", "B", "C"], within=8)
    return {
        "funnel": funnel,
        "funnel by": ws.funnel(["A", "B"], by="plan"),
        "funnel trend": ws.funnel(["A", "B"], trend="day"),
        "funnel of one": ws.funnel(["A"], unit="totals"),
        "compare": funnel.compare("channel = 'web'", "channel = 'store'"),
        "time": funnel.time_to_convert(),
        "graph": ws.graph(),
        "retention": ws.retention("A", "B", periods=3),
        "brackets": ws.retention("A", "B", mode="bracket", brackets=[(0, 0), (1, 2)]),
        "trend": ws.trend(by="channel", period="hour"),
        "timeline": ws.timeline("c1"),
        "stages": ws.stages(),
        "stages now": ws.stages().now(),
        "stages at a time": ws.stages(moment=START + 6).now(),
        "model change": ws.model_change(ws.model().add({"key": "c", "name": "C", "entry": "C"}, after="look")),
        "rollup": ws.rollup(),
        "behaviours": ws.behaviours(),
        "first touch": ws.first_touch(),
        "first touch by channel": ws.first_touch(by="channel"),
        "conformance": ws.conformance(["A", {"place": "B", "within": 3, "optional": True}, "C"]),
        "conformance of stages": ws.conformance(),
        "handoffs": ws.handoffs([{"source": "A", "target": "B", "within": 3}]),
        "sessions": ws.sessions(),
        "sessions by plan": ws.sessions("plan", session_gap=3),
        "timing": ws.timing("A", "B"),
        "timing by plan": ws.timing("A", "B", by="plan", entry="each"),
        "silence": ws.timing("A", silent=3),
        "lifecycle": ws.lifecycle(period="hour"),
        "stickiness": ws.stickiness(["A", "B"], period="week"),
        "sessions by hour": ws.sessions("channel", period="hour"),
        "channels": ws.channels("B"),
        "attribution": ws.attribution("A", "markov"),
        "attributions": ws.attribution("A", "all", by="touchpoint", own=True),
        "metric": _metric(ws, per={"events": "A"}).metric("m", by="plan"),
        "metric over time": _metric(ws, per={"events": "A"}).metric("m", period="day"),
        "amount": _metric(ws).metric("m", by="channel", period="day"),
        "segment": ws.segment("did A at least 2 times"),
        "rfm": ws.rfm("A"),
        "drift": ws.drift("did A at least 2 times", period="hour"),
        "overlap": ws.overlap("did A at least 2 times", "did B", "did C"),
        "flow": ws.flow(start="A", top=2),
        "matrix": ws.step_matrix("A", top=2),
        "matrix of sessions": ws.step_matrix(by="stage", unit="sessions"),
        "matrix compared": ws.step_matrix("A", after=2).compare("channel = 'web'", "channel = 'store'"),
        "flow each": ws.flow(start="A", entry="each", direction="backward", unit="sessions", by="stage"),
        "variants": ws.variants(top=5),
        "clusters": ws.clusters(clusters=3),
        "clusters of touchpoints": ws.clusters(by="touchpoint", transitions=True),
        "variants of sessions": ws.variants(by="touchpoint", unit="sessions", session_gap=2),
    }


def test_every_answer_can_be_drawn(states: list[Case]) -> None:
    found = questions(states[0].ws)
    assert {one.kind for one in found.values()} == set(KINDS)
    for lang, dark in LOOKS:
        for name, result in found.items():
            option = drawn(result, lang, dark)
            assert option["backgroundColor"] == (DARK if dark else LIGHT).ground, name
            for note in result.notes:
                assert worded(note, result, lang).text(lang) in option["title"]["subtext"], name
    assert drawn(found["funnel"], "zh")["title"] != drawn(found["funnel"], "en")["title"]


def test_nothing_can_be_drawn_too(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        walks = (ws.flow(), ws.step_matrix())
        segments = (ws.segment("not did ."), ws.drift("did ."), ws.overlap("did .", "not did ."))
        mine = (ws.sessions(), ws.sessions(period="day"), ws.timing(), ws.lifecycle())
        for result in (ws.graph(), ws.retention(periods=2), ws.trend(), *segments, *walks, *mine):
            drawn(result)
        ws.append([{"event": "A", "user_id": "ann", "time": "2026-01-01"}])
        for result in (
            ws.graph(),
            ws.retention("A", "A", periods=2),
            ws.trend(),
            ws.timeline("ann"),
            ws.flow(),
            ws.step_matrix("A"),
        ):
            drawn(result)
        drawn(ws.funnel(["A", "A"], since="2027-01-01"))
        ws.save_model(MODEL)
        drawn(ws.attribution("A", "all"))
        drawn(ws.channels("A"), "zh")
        drawn(ws.rfm("A", since="2027-01-01"), "zh")
        for question in (ws.stages, ws.behaviours, ws.first_touch, ws.variants, ws.clusters, ws.conformance):
            drawn(question(since="2027-01-01"), "zh")
            drawn(question())
        drawn(ws.stages(since="2027-01-01").now())
        drawn(ws.rollup(since="2027-01-01"))
        drawn(ws.model_change(MODEL, since="2027-01-01"))
        drawn(ws.handoffs([{"source": "A", "target": "A", "within": "1d"}], since="2027-01-01"))
        drawn(ws.funnel(["A", "A"], since="2027-01-01", trend="week", by="channel"))


def test_what_has_no_picture_says_so(states: list[Case]) -> None:
    result = states[0].ws.graph()

    class Other(type(result)):  # type: ignore[misc]
        kind = "other"

    result.__class__ = Other
    with pytest.raises(BadInput, match="no chart of other"):
        result.chart()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """300 customers over six weeks with a week without entries, three channels, money in one currency."""
    found: list[Event] = []
    for i in range(300):
        week = (0, 1, 2, 4, 5)[i % 5]  # nobody comes in week 3
        t, channel = START + week * 7 * DAY + i * 60_000_000, ("web", "app", "store")[i % 3]
        found.append(Event(f"{i}a", t, f"c{i}", "Visit", channel=channel))
        if i % 2 or channel == "app":
            found.append(Event(f"{i}b", t + 3_600_000_000, f"c{i}", "Cart", channel=channel))
            if i % 4 == 1:
                found.append(Event(f"{i}c", t + DAY + i, f"c{i}", "Pay", channel=channel, value=10.0 + i))
    with lvtu.open(tmp_path_factory.mktemp("charts") / "shop.lvtu") as ws:
        ws.ingest([event.record() for event in found])
        yield ws


def test_a_funnel_is_a_bar_per_step(shop: Any) -> None:
    result = shop.funnel(["Visit", "Cart", "Pay"], within="2d")
    option, rows = drawn(result), result.table.to_pylist()
    assert values(option["series"][0]) == [row["customers"] for row in rows]
    assert option["yAxis"][0]["data"] == ["Visit", "Cart", "Pay"]
    assert option["xAxis"]["min"] == 0
    for label, row in zip(option["yAxis"][1]["data"], rows, strict=True):
        assert f"|{row['customers']}}}" in label and f"{100 * row['from_start']:.1f}%" in label
    assert "—" in option["yAxis"][1]["data"][0], "nothing precedes the first step"


def test_groups_stand_side_by_side(shop: Any) -> None:
    result = shop.funnel(["Visit", "Cart", "Pay"], by="channel")
    option, rows = drawn(result), result.table.to_pylist()
    shown = {one["name"]: values(one) for one in option["series"]}
    expected: dict[str, list[int]] = {}
    for row in rows:
        expected.setdefault(row["channel"], []).append(row["customers"])
    assert shown == expected and set(option["legend"]["data"]) == set(expected)
    labels = {one["name"]: [cell["label"]["formatter"] for cell in one["data"]] for one in option["series"]}
    for row in rows:
        told = f"{row['customers']}" if row["step"] == 1 else f"{100 * row['from_start']:.1f}%"
        assert labels[row["channel"]][row["step"] - 1] == told


def test_a_funnels_trend_has_gaps_where_nobody_entered(shop: Any) -> None:
    result = shop.funnel(["Visit", "Cart", "Pay"], trend="week", zone="Asia/Shanghai")
    option, rows = drawn(result), result.table.to_pylist()
    assert [one["name"] for one in option["series"]] == ["Cart", "Pay"]
    rates = {(row["name"], micros(row["period"])): row["from_start"] for row in rows}
    periods = sorted({start for _, start in rates})
    for one in option["series"]:
        known = [value for _, value in values(one) if value is not None]
        assert known == pytest.approx([100 * rates[one["name"], start] for start in periods])
        gap = [time for time, value in values(one) if value is None]
        assert gap == ["2026-01-19T00:00:00"], "a week of the zone's calendar, as its clock says it"
        assert one["connectNulls"] is False


def test_the_time_it_takes_is_a_stair_with_its_interval(shop: Any) -> None:
    result = shop.funnel(["Visit", "Cart", "Pay"], within="2d").time_to_convert()
    option, curve = drawn(result), result.curve.to_pylist()
    assert option["xAxis"]["name"] == "hours later"
    for row, three in zip(result.table.to_pylist(), (option["series"][:3], option["series"][3:]), strict=True):
        points = [point for point in curve if point["step"] == row["step"]]
        hours = [point["time"] / 3.6e9 for point in points]
        share, low, high = (values(one) for one in three)
        assert share[0] == [0, 0] and [x for x, _ in share[1:]] == pytest.approx(hours)
        for drawn_line, name in ((share[1:], "share"), (low, "low"), (high, "high")):
            assert [y for _, y in drawn_line] == pytest.approx([point[name] and 100 * point[name] for point in points])
        assert f"{row['name']}: {100 * row['kaplan_meier']:.1f}%" in option["title"]["subtext"]


def test_a_graph_shows_the_main_transitions(states: list[Case]) -> None:
    wide = next(case.ws for case in states if case.name == "eight buckets")
    result = wide.graph()
    option, rows = drawn(result), result.table.to_pylist()
    assert len(rows) > MOST
    shown, series = rows[:MOST], option["series"][0]
    names = {node["id"]: node["name"] for node in series["data"]}
    links = [(names[one["source"]], names[one["target"]], one["value"]) for one in series["links"]]
    assert links == [(r["source"], r["target"], r["transitions"]) for r in shown if r["source"] != r["target"]]
    loops = {r["source"]: r["transitions"] for r in shown if r["source"] == r["target"]}
    told = {node["name"]: node["label"]["formatter"] for node in series["data"] if "label" in node}
    assert loops and told == {name: f"{{b}}\n↻ {n:,}" for name, n in loops.items()}
    share = sum(r["transitions"] for r in shown) / sum(r["transitions"] for r in rows)
    assert f"{MOST} main ones of {len(rows)} pairs, {100 * share:.1f}% of all" in option["title"]["subtext"]
    assert len({tuple(node["value"]) for node in series["data"]}) == len(names), "no two names at one place"


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("entry", ["first", "each"])
def test_a_flow_is_a_river(states: list[Case], entry: Any, direction: Any) -> None:
    result = states[0].ws.flow(start="A", steps=4, top=2, entry=entry, direction=direction)
    measure, forward = "times" if entry == "each" else "customers", direction == "forward"
    option, rows = drawn(result), result.table.to_pylist()
    series, words = option["series"][0], {"*other": "(others)", "*left": "(left)", "*began": "(began here)"}
    nodes = {node["name"]: node for node in series["data"]}
    assert len(nodes) == len(series["data"]) <= 1 + 4 * 4
    into: dict[tuple[int, str], int] = {}
    for link, row in zip(series["links"], rows, strict=True):
        ends = [(nodes[link[end]]["depth"], nodes[link[end]]["label"]["formatter"]) for end in ("source", "target")]
        assert [name.split(" ", 1)[1] for _, name in ends] == [words.get(row[e], row[e]) for e in ("source", "target")]
        assert ends[1][0] - ends[0][0] == 1 and ends[0][0] == (row["step"] - 1 if forward else 4 - row["step"])
        assert link["value"] == row[measure] and f"{row['customers']:,}" in link["tooltip"]["formatter"]
        far = ends[1] if forward else ends[0]
        into[far] = into.get(far, 0) + row[measure]
    told = {
        (node["depth"], node["label"]["formatter"]) for node in series["data"] if node["depth"] != 4 * (not forward)
    }
    assert {(depth, f"{into[depth, name]:,} {name.split(' ', 1)[1]}") for depth, name in told} == told
    narrow = option["media"][0]["option"]["series"][0]
    assert len(narrow["links"]) == sum(row["step"] <= 2 for row in rows) < len(rows)
    assert {link[end] for link in narrow["links"] for end in ("source", "target")} == {
        n["name"] for n in narrow["data"]
    }
    assert option["media"][1]["option"]["series"][0]["data"] == series["data"], "it comes back when the page widens"
    told = " ".join(option["media"][0]["option"]["title"]["subtext"].split())
    assert narrow["top"] > series["top"] and "the 2 steps next to the start" in told


def test_a_step_matrix_is_a_heat_map(states: list[Case]) -> None:
    result = states[0].ws.step_matrix(["A", "B"], by="channel", after=2, top=1)
    option, words = drawn(result), {"*other": "(others)", "*left": "(left)", "*not_begun": "(not begun)", None: "A | B"}
    assert option["xAxis"]["data"] == ["−3", "−2", "−1", "0", "+1", "+2"]
    names = option["yAxis"]["data"]
    assert names[-2:] == ["(not begun)", "(left)"] and len(names) == 5
    for cell, row in zip(option["series"][0]["data"], result.table.to_pylist(), strict=True):
        column, line, share = cell["value"]
        assert (column - 3, names[line]) == (row["step"], words.get(row["place"], row["place"]))
        assert share == pytest.approx(100 * row["share"]) and cell["label"]["formatter"] == f"{share:.0f}%"
        assert f"{row['customers']:,} ({share:.1f}%)" in cell["tooltip"]["formatter"]


def test_only_a_significant_cell_has_a_colour(made: Any) -> None:
    """Of 200 visitors on the web 80% add to their cart, in the app 20%; as many of both look again."""
    found = []
    for who in range(400):
        channel, rest = ("web", "app")[who % 2], who // 2
        second = "Cart" if (rest < 160) == (channel == "web") else ("Look", "Search")[rest % 2]
        found += [Event(f"{who}{i}", START + i, f"c{who}", e, channel=channel) for i, e in enumerate(("Visit", second))]
    result = made(found).ws.step_matrix("Visit", before=0, after=2).compare("channel = 'web'", "channel = 'app'")
    option, rows = drawn(result), result.table.to_pylist()
    told = {}
    for cell, row in zip(option["series"][0]["data"], rows, strict=True):
        told[row["step"], row["place"]] = cell["value"][2], cell["label"]["formatter"]
        sure = row["p_adjusted"] is not None and row["p_adjusted"] < 0.05
        assert cell["value"][2] == pytest.approx(100 * row["difference"] if sure else 0)
    cart = next(row for row in rows if row["place"] == "Cart")
    assert (cart["customers_a"], cart["customers_b"]) == (160, 40) and told[1, "Cart"] == (pytest.approx(60), "+60")
    assert told[0, "Visit"] == told[2, "*left"] == (0, ""), "everybody is there: nothing to test"
    scale = option["visualMap"]
    assert scale["min"] == -scale["max"] and "blue where channel = 'web' is there more" in option["title"]["subtext"]


def test_a_graph_runs_from_left_to_right(shop: Any) -> None:
    nodes = {node["name"]: node["value"][0] for node in drawn(shop.graph())["series"][0]["data"]}
    assert nodes["Visit"] < nodes["Cart"] < nodes["Pay"]


def test_retention_has_its_interval_and_cohorts(shop: Any) -> None:
    result = shop.retention("Visit", "Pay", period="day", periods=40, clock="rolling")
    option, rows = drawn(result), result.table.to_pylist()
    low, height, rate = option["series"][:3]
    assert None in values(rate) and None not in values(rate)[:30], "the last periods are over for nobody"
    for row, down, up, middle in zip(rows, values(low), values(height), values(rate), strict=True):
        if row["rate"] is None:
            assert down is up is middle is None
        else:
            assert (down, down + up, middle) == pytest.approx(
                (100 * row["low"], 100 * row["high"], 100 * row["rate"])
            )  # fmt: skip
    assert option["series"][3]["type"] == "heatmap"


def test_cohorts_that_are_not_over_are_left_out(shop: Any) -> None:
    result = shop.retention("Visit", "Pay", period="week", periods=3)
    option = drawn(result)
    heat = option["series"][3]
    cohorts = sorted({row["cohort"] for row in result.cohorts.to_pylist()})
    expected = {
        (row["period"], cohorts.index(row["cohort"])): 100 * row["rate"]
        for row in result.cohorts.to_pylist() if row["rate"] is not None
    }  # fmt: skip
    assert {(x, y): rate for x, y, rate in values(heat)} == pytest.approx(expected)
    assert len(expected) < 4 * len(cohorts) and heat["yAxisIndex"] == 1
    sizes = {row["cohort"]: row["customers"] for row in result.cohorts.to_pylist()}
    assert [name.split()[-1] for name in option["yAxis"][1]["data"]] == [f"{sizes[cohort]}" for cohort in cohorts]
    assert option["xAxis"][0]["data"][0] == f"0\nn {result.table['mature'][0].as_py()}"


def test_brackets_have_whiskers(shop: Any) -> None:
    result = shop.retention("Visit", "Pay", mode="bracket", brackets=[(0, 0), (1, 7), (90, 99)])
    rows = result.table.to_pylist()
    whiskers, points = drawn(result)["series"][:2]
    assert values(points) == pytest.approx([100 * rows[0]["rate"], 100 * rows[1]["rate"], None])
    low, high = rows[1]["low"], rows[1]["high"]
    assert [values(whiskers)[1][0], values(whiskers)[1][-1]] == pytest.approx([100 * low, 100 * high])
    assert values(whiskers)[2] == [None] * 5


def test_a_trend_has_a_lane_per_measure(shop: Any) -> None:
    result = shop.trend(period="week")
    option, rows = drawn(result), result.table.to_pylist()
    lanes = {one["yAxisIndex"]: [value for _, value in values(one)] for one in option["series"]}
    assert lanes == {i: [row[name] for row in rows] for i, name in enumerate(("events", "customers", "value"))}
    assert 0 in lanes[0], "a week without events was counted: zero, not a gap"
    groups = shop.trend(period="week", by="channel", event="Pay")
    told = {(row["channel"], row["period"].isoformat()[:19]): row["events"] for row in groups.table.to_pylist()}
    for one in drawn(groups)["series"]:
        if one["yAxisIndex"] == 0:
            assert all(told.get((one["name"], time), 0) == value for time, value in values(one))
            assert sum(value for _, value in values(one)) == sum(
                n for (name, _), n in told.items() if name == one["name"]
            )


def test_money_without_a_sum_is_not_drawn(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        for currency in ("CNY", "EUR"):
            ws.append([{"event": "Pay", "user_id": "ann", "time": "2026-01-01", "value": 5, "currency": currency}])
        option = drawn(ws.trend(), "zh")
    assert len(option["series"]) == 2 and "币种" in option["title"]["subtext"]


def test_only_the_largest_groups_are_drawn(made: Any) -> None:
    events = [
        Event(f"{i}-{n}", START + i * DAY, f"c{i}-{n}", "A", channel=f"shop {i}")
        for i in range(12)
        for n in range(i + 1)
    ]
    option = drawn(made(events).ws.trend(by="channel"))
    names = {one["name"] for one in option["series"]}
    assert names == {f"shop {i}" for i in range(12 - MOST_GROUPS, 12)}
    assert f"the {MOST_GROUPS} largest of 12 groups" in option["title"]["subtext"]


def test_a_time_line_has_a_lane_per_channel(tmp_path: Path) -> None:
    rows = [
        {"event": "Visit", "time": "2026-01-01T10:00:00Z", "channel": "web"},
        {"event": "<b>Call</b>", "time": "2026-01-02T10:00:00Z", "channel": "hotline", "text": "slow & <i>rude</i>"},
        {"event": "Answered", "time": "2026-01-03T10:00:00Z", "score": 2, "scale": "csat5"},
    ]
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.append([{"user_id": "ann", **row} for row in rows])
        option = drawn(ws.timeline("ann"))
    assert option["yAxis"]["data"] == ["web", "hotline", "(none)"]
    data = option["series"][0]["data"]
    assert [(one["name"], *one["value"], one["symbol"]) for one in data] == [
        ("Visit", "2026-01-01T10:00:00", "web", "circle"), ("<b>Call</b>", "2026-01-02T10:00:00", "hotline", "diamond"),
        ("Answered", "2026-01-03T10:00:00", "(none)", "diamond"),
    ]  # fmt: skip
    hover = data[1]["tooltip"]["formatter"]
    assert "&lt;b&gt;Call&lt;/b&gt;" in hover and "slow &amp; &lt;i&gt;rude&lt;/i&gt;" in hover, "a hover is HTML"


def test_only_a_significant_difference_has_a_colour(shop: Any) -> None:
    funnel = shop.funnel(["Visit", "Cart", "Pay"])
    worse, same = (
        funnel.compare("channel = 'web'", "channel = 'app'"),
        funnel.compare("channel = 'web'", "channel = 'store'"),
    )
    option, rows = drawn(worse), worse.table.to_pylist()
    assert [values(one) for one in option["series"][:2]] == [
        pytest.approx([100 * row[f"from_start_{side}"] for row in rows]) for side in ("a", "b")
    ]
    lines, points = option["series"][2:]
    assert [one["value"] for one in points["data"]] == [[100 * r["difference"], i] for i, r in enumerate(rows) if i]
    ends = [[end[0] for end in one["coords"]] for one in lines["data"]]
    assert ends == [[100 * row["low"], 100 * row["high"]] for row in rows[1:]]
    assert points["data"][0]["itemStyle"]["color"] == LIGHT.worse
    assert all(one["itemStyle"]["color"] == LIGHT.soft for one in drawn(same)["series"][3]["data"])


def test_a_year_of_ugly_times_can_be_drawn(made: Any) -> None:
    ws = made(scattered(7, 60, 700)).ws
    for period in ("day", "week", "month"):
        for zone in ("UTC", "America/New_York"):
            drawn(ws.trend(period=period, zone=zone, by="plan"))
            drawn(ws.retention("A", "B", period=period, zone=zone, periods=5), "zh")
            drawn(ws.funnel(["A", "B"], trend=period, zone=zone, by="channel"))


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Six customers: two come by web with a csat5 score and two with an nps score, one by app with neither."""
    rows = [
        ("ann", "1T09:00", "Viewed", "web", 5, "csat5", "exact"),
        ("ann", "2T09:00", "Paid", "web", None, None, "exact"),
        ("bo", "1T10:00", "Viewed", "web", 3, "csat5", "exact"),
        ("bo", "1T12:00", "Paid", "app", None, None, "exact"),
        ("cy", "1T11:00", "Viewed", "web", 9, "nps", "exact"),
        ("cy", "4T00:00", "Paid", "web", None, None, "day"),
        ("dee", "1T11:30", "Viewed", "web", 7, "nps", "exact"),
        ("eve", "1T12:00", "Viewed", "app", None, None, "exact"),
        ("fu", "1T12:00", "Returned", "store", 1, "csat5", "exact"),
    ]  # fmt: skip
    names = ("user_id", "time", "event", "channel", "score", "scale", "time_basis")
    stages = [
        ("look", "浏览", "Look", "Viewed"),
        ("buy", "购买", "Buy", "Paid"),
        ("return", "退货", "Return", "Returned"),
    ]
    document = {
        "key": "shop", "title": {"zh": "网购", "en": "Shopping"},
        "stages": [{"key": key, "name": {"zh": zh, "en": en}, "entry": event} for key, zh, en, event in stages],
        "behaviours": [{"key": "paid", "name": {"zh": "付款", "en": "Has paid"}, "events": "Paid"}],
    }  # fmt: skip
    with lvtu.open(tmp_path_factory.mktemp("charts") / "rated.lvtu") as ws:
        ws.append([{**dict(zip(names, row, strict=True)), "time": f"2026-01-0{row[1]}:00Z"} for row in rows])
        ws.save_model(document)
        yield ws


def cells(label: str) -> list[str]:
    """The numbers beside a bar."""
    return [cell.split("|")[1] for cell in label.removesuffix("}").split("}")]


def test_where_customers_are_now_adds_up(rated: Any) -> None:
    result = rated.stages().now()
    option, rows = drawn(result, "zh"), result.table.to_pylist()
    assert values(option["series"][0]) == [row["customers"] for row in rows]
    assert sum(values(option["series"][0])) == option["xAxis"]["max"] == result.everyone
    assert option["yAxis"][0]["data"][-1] == "不在任何阶段"


def test_a_change_is_drawn_with_what_was_and_what_will_be(shop: Any) -> None:
    stages = [{"key": key, "name": key, "entry": key} for key in ("Visit", "Cart", "Pay")]
    shop.save_model({"key": "steps", "title": "Steps", "stages": stages})
    result = shop.model_change(shop.model("steps").merge("Cart", "Pay"))
    option, rows = drawn(result), result.table.to_pylist()
    assert values(option["series"][0]) == [row["after"] or 0 for row in rows]
    for label, row in zip(option["yAxis"][1]["data"], rows, strict=True):
        cells = ["—" if row[name] is None else f"{row[name]:,}" for name in ("before", "after", "gained", "lost")]
        assert [part.partition("|")[2] for part in label.split("}")[:-1]] == cells
    assert f"{result.moved} of {result.everyone} customers" in option["title"]["text"] and result.moved > 0


def test_nested_journeys_are_set_in_by_their_level(shop: Any) -> None:
    stages = [{"key": key, "name": key, "entry": key} for key in ("Visit", "Pay")]
    shop.save_model({"key": "inner", "title": "Inner", "stages": stages})
    outer = [stages[0], {**stages[1], "child": "inner"}]
    shop.save_model({"key": "outer", "title": "Outer", "stages": outer})
    option, result = drawn(shop.rollup("outer")), shop.rollup("outer")
    names = [name.count("· ") for name in option["yAxis"][0]["data"]]
    assert names == result.table["level"].to_pylist() == [0, 1, 1, 2, 3, 3]
    assert values(option["series"][0]) == result.table["customers"].to_pylist()


def test_stages_are_a_strip_in_their_order(rated: Any) -> None:
    option = drawn(rated.stages())
    assert option["yAxis"][0]["data"] == ["Look", "Buy", "Return"]
    assert values(option["series"][0]) == [5, 3, 0]
    assert [cells(label) for label in option["yAxis"][1]["data"]] == [
        ["5", "60.0%", "2", "13h", "1d"],
        ["3", "0.0%", "3", "—", "—"],
        ["0", "—", "—", "—", "—"],
    ], "two stays are timed, of 2 h and of 24 h; one ends on a day, not at a time"
    assert option["title"]["text"] == "Shopping: 0.0% of 5 customers get from “Look” to “Return”"
    chinese = drawn(rated.stages(), "zh")
    assert chinese["yAxis"][0]["data"] == ["浏览", "购买", "退货"]
    assert chinese["title"]["text"] == "网购：5 位客户中，0.0%从“浏览”走到“退货”"


def parts_of(option: dict[str, Any]) -> dict[str, list[int]]:
    """The parts of stacked bars by what they are called."""
    assert [one["name"] for one in option["series"]] == option["legend"]["data"]
    assert {one["stack"] for one in option["series"]} == {"all"}
    return {one["name"]: values(one) for one in option["series"]}


def test_a_design_is_a_stack_per_step(shop: Any, rated: Any) -> None:
    result = shop.conformance(["Visit", {"place": "Cart", "within": "30m"}, {"place": "Pay", "within": "7d"}])
    option, rows = drawn(result), result.table.to_pylist()
    assert option["yAxis"][0]["data"] == ["Visit", "Cart", "Pay"]
    assert parts_of(option) == {
        name: [row[column] for row in rows]
        for name, column in (("completed", "completed"), ("late", "late"), ("missing", "missing"),
                             ("has time", "pending"))
    }, "no part that nobody is in"  # fmt: skip
    bars = [sum(bar) for bar in zip(*parts_of(option).values(), strict=True)]
    assert bars == [300, 300, 300] and option["xAxis"]["max"] == 300
    assert cells(option["yAxis"][1]["data"][1]) == ["0.0% (0.0–1.3%)", "0", "1h"], "0 of 300: z² / (n + z²)"
    told = "Weakest step “Cart”: 0.0% of 300 customers do it in its place and time"
    assert option["title"]["text"] == told, "all carts come an hour after the visit"
    assert drawn(rated.conformance(), "zh")["yAxis"][0]["data"] == ["浏览", "购买", "退货"]


def test_handoffs_are_a_stack_per_pair(shop: Any) -> None:
    pairs = [
        {"source": "Visit", "target": "Cart", "within": "1h"},
        {"source": "Cart", "target": "Pay", "within": "2h", "name": "Checkout"},
    ]
    result = shop.handoffs(pairs)
    option, rows = drawn(result), result.table.to_pylist()
    assert option["yAxis"][0]["data"] == ["Visit → Cart", "Checkout"]
    names = {"in time": "kept", "late": "late", "broken": "broken"}
    assert parts_of(option) == {name: [row[column] for row in rows] for name, column in names.items()}
    share = sum(row["kept"] for row in rows) / sum(row["mature"] for row in rows)
    assert option["title"]["text"].startswith(f"{100 * share:.1f}% of {sum(row['mature'] for row in rows)} hand-offs")
    one = drawn(shop.handoffs(pairs[:1]), "zh")["title"]["text"]
    assert one == f"从“Visit”到“Cart”的 300 次交接中，{100 * rows[0]['share']:.1f}%在 1小时内接手"


def test_behaviours_are_shares_of_all_customers(rated: Any) -> None:
    result = rated.behaviours()
    option, rows = drawn(result, "zh"), result.table.to_pylist()
    place = [row["behaviour"] for row in rows].index("paid")
    assert option["yAxis"][0]["data"][place] == "付款"
    assert cells(option["yAxis"][1]["data"][place]) == ["50.0%", "3", "3"]
    assert (option["xAxis"]["max"], values(option["series"][0])[place]) == (6, 3), "a full bar is everybody"
    derived = cells(option["yAxis"][1]["data"][[row["behaviour"] for row in rows].index("churned")])
    assert derived[-1] == "—", "what is defined by silence has no events"


def test_no_axis_is_of_two_scales(rated: Any) -> None:
    result = rated.first_touch(by="channel")
    option = drawn(result)
    assert option["title"]["text"] == "66.7% of 6 customers begin with “web”"
    assert option["yAxis"][0]["data"] == ["web", "app", "store"] and values(option["series"][0]) == [4, 1, 1]
    panels = {axis["name"]: place for place, axis in enumerate(option["xAxis"])}
    assert list(panels) == ["customers", "csat5", "nps"]
    means: dict[str, dict[str, float]] = {"csat5": {}, "nps": {}}
    for row in result.table.to_pylist():
        if row["scale"]:
            means[row["scale"]][row["channel"]] = row["mean"]
    assert means == {"csat5": {"web": 4.0, "store": 1.0}, "nps": {"web": 8.0}}
    for scale, expected in means.items():
        points = next(o for o in option["series"] if o["type"] == "scatter" and o["xAxisIndex"] == panels[scale])
        assert points["yAxisIndex"] == panels[scale]
        assert {option["yAxis"][0]["data"][y]: mean for mean, y in values(points)} == expected, "gaps are gaps"
        told = next(o for o in option["yAxis"] if o.get("position") == "right" and o["gridIndex"] == panels[scale])
        assert [bool(text) for text in told["data"]] == [name in expected for name in ("web", "app", "store")]
    web, _, store = next(o for o in option["yAxis"] if o.get("position") == "right")["data"]
    assert web == "4.00 (-8.71–16.71) n 2" and store == "1.00 n 1", "t interval on one degree of freedom: ±12.71"
    whisker = next(o for o in option["series"] if o["type"] == "lines" and o["xAxisIndex"] == panels["csat5"])
    axis = option["xAxis"][panels["csat5"]]
    assert [end[0] for end in whisker["data"][0]["coords"]] == [axis["min"], axis["max"]], "cut where the panel ends"


def test_sessions_are_a_bar_per_entry_or_a_lane_per_measure(shop: Any) -> None:
    result = shop.sessions("channel")
    option, rows = drawn(result), result.table.to_pylist()
    assert option["yAxis"][0]["data"] == [row["channel"] for row in rows]
    assert values(option["series"][0]) == [row["sessions"] for row in rows]
    for label, row in zip(option["yAxis"][1]["data"], rows, strict=True):
        told = cells(label)
        assert told[:2] == [f"{row['sessions']}", f"{row['exits']}"] and told[2] == f"{row['events_per_session']:.2f}"
        assert told[-1].startswith(f"{100 * row['bounce_rate']:.1f}% (")
    result = shop.sessions(period="week")
    lanes = {one["yAxisIndex"]: [value for _, value in values(one)] for one in drawn(result)["series"]}
    rows = result.table.to_pylist()
    assert lanes[0] == [row["sessions"] for row in rows] and 0 in lanes[0]
    assert lanes[1] == [row["events_per_session"] for row in rows] and None in lanes[1], "of no sessions, no mean"
    assert lanes[2] == pytest.approx([row["bounce_rate"] and 100 * row["bounce_rate"] for row in rows])


@pytest.mark.parametrize("silent", [None, "2d"])
def test_how_long_it_takes_is_a_stair_on_a_band(shop: Any, silent: str | None) -> None:
    result = shop.timing("Visit", None if silent else "Pay", silent=silent, by="channel")
    option, rows, curve = drawn(result), result.table.to_pylist(), result.curve.to_pylist()
    assert option["legend"]["data"] == [row["channel"] for row in rows] == ["web", "app", "store"]
    bands, below = option["series"][:9], option["series"][9:]
    begin, sign = (100.0, -100) if silent else (0.0, 100)
    for row, three, watched in zip(rows, zip(*[iter(bands)] * 3, strict=True), below, strict=True):
        points = [point for point in curve if point["channel"] == row["channel"]]
        low, height, share = (values(one) for one in three)
        unit = points[-1]["time"] / share[-1][0]
        assert unit in (pytest.approx(3_600_000_000), pytest.approx(DAY))
        assert [y for _, y in share] == pytest.approx([begin, *(begin + sign * point["share"] for point in points)])
        ends = ("high", "low") if silent else ("low", "high")
        for place, point in enumerate(points, 1):
            if point["low"] is not None:
                bottom, top = (begin + sign * point[name] for name in ends)
                assert (low[place][1], low[place][1] + height[place][1]) == pytest.approx((bottom, top))
        counts = [int(one["label"]["formatter"].replace(",", "")) for one in watched["data"]]
        assert counts[0] == row["starts"] and counts == sorted(counts, reverse=True)
        ticks = [tick for tick, _ in values(watched)]
        assert counts[1] == result.at_risk(row["channel"], [round(ticks[1] * unit)])[0]
    word = "gone" if silent else "there"
    assert (
        f"web: of 100 {'customers' if silent else 'starts'}" in option["title"]["subtext"]
        and word in option["title"]["subtext"]
    )


def test_a_life_cycle_is_stacked_with_the_dormant_below(shop: Any) -> None:
    result = shop.lifecycle(period="week", zone="Asia/Shanghai")
    option, rows = drawn(result), result.table.to_pylist()
    assert [one["name"] for one in option["series"]] == ["returning", "resurrected", "new", "dormant"]
    for one in option["series"]:
        sign = -1 if one["name"] == "dormant" else 1
        assert values(one) == [sign * row["customers"] for row in rows if row["status"] == one["name"]]
    assert option["xAxis"]["data"][0] == "2025-12-29", "a week of the zone's calendar"
    last = {row["status"]: row["customers"] for row in rows[-8:-4]}
    assert f"{last['new']} new); {last['dormant']} dormant" in option["title"]["subtext"], (
        "of the last week that is over"
    )


def test_stickiness_is_a_bar_per_number_of_days(shop: Any) -> None:
    result = shop.stickiness()
    option, rows = drawn(result), result.table.to_pylist()
    bars, line = option["series"]
    assert values(bars) == pytest.approx([100 * row["share"] for row in rows]) and len(rows) == 2
    assert values(line) == pytest.approx([100 * row["share_at_least"] for row in rows])
    days = result.periods
    assert option["title"]["text"] == f"25.0% of 300 customers were active on more than one of {days} days"


def test_a_narrow_page_gets_its_own_layout(shop: Any, rated: Any) -> None:
    funnel = shop.funnel(["Visit", "Cart", "Pay"], within="2d")
    answers = [
        funnel, funnel.time_to_convert(), funnel.compare("channel = 'web'", "channel = 'app'"),
        shop.trend(by="channel"), shop.sessions("channel"), shop.sessions("channel", period="week"),
        shop.timing("Visit", "Pay", by="channel"), shop.lifecycle(), rated.stages(),
        rated.behaviours(), rated.first_touch(by="channel"), shop.conformance(["Visit", "Cart"]),
        shop.handoffs([{"source": "Visit", "target": "Cart", "within": "1h"}]),
    ]  # fmt: skip
    for result in answers:
        option = drawn(result)
        narrow, wide = option["media"]
        assert narrow["query"] == {"maxWidth": NARROW - 1} and "query" not in wide
        for part, change in narrow["option"].items():
            assert_undone(change, wide["option"][part], option[part])
    rows = drawn(funnel)["media"][0]["option"]["yAxis"][1]["axisLabel"]["rich"]
    assert sum(column["width"] for column in rows.values()) <= 358, "all columns of numbers have room on a phone"


def assert_undone(change: Any, undone: Any, whole: Any) -> None:
    """What changes on a narrow page is put back on a wide one."""
    if isinstance(change, dict):
        assert change.keys() == undone.keys()
        for key in change:
            assert_undone(change[key], undone[key], whole[key])
    elif isinstance(change, list) and change and isinstance(change[0], dict):
        for one, other, original in zip(change, undone, whole, strict=False):
            assert_undone(one, other, original)
    else:
        assert undone == whole


@pytest.mark.parametrize(
    "text",
    [
        "30.7% of 4,339 customers get from “Order Placed” to “Order Placed”, and this sentence goes on for long",
        "从首单到常客：4,339 位客户中，34.6%从“第一次买”走到“成为常客”；完成者中一半用时不超过 28天19小时",
        "走到哪一步：country = 'France'（p_adjusted，Holm 法）为准，（差异显著时着色）",
    ],
)  # fmt: skip
def test_lines_break_where_they_may(text: str) -> None:
    for room in (120, 200, 336):
        lines = wrapped(text, 14, room)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "") and len(lines) > 1
        assert not any(line[0] in "，。：；、！？）》」”" or line[-1] in "“（《「" for line in lines)
        assert all(len(line) > 1 for line in lines)
    assert wrapped("短", 14, 336) == ["短"]


def test_a_segment_is_a_share_of_all(shop: Any) -> None:
    result = shop.segment("did Cart and not did Pay")
    option = drawn(result)
    assert (values(option["series"][0]), option["xAxis"]["max"]) == ([result.size], 300)
    assert f"{100 * result.size / 300:.1f}% of 300 customers" in option["title"]["text"]
    assert "did “Cart” and did not do “Pay”" in json.dumps(option, ensure_ascii=False)
