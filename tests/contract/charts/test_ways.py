"""Charts of graphs, flows and step matrices against their tables."""

from __future__ import annotations

import re
from typing import Any

import pytest

from contract.cases import Case
from contract.charts.drawing import CHANNELS, drawn
from lvtu.analyses.charts.graph import MOST
from naive.journeys import Event
from property.strategies import START


def test_a_graph_shows_the_main_transitions(states: list[Case]) -> None:
    wide = next(case.ws for case in states if case.name == "eight buckets")
    result = wide.graph()
    option, rows = drawn(result), result.table.to_pylist()
    assert len(rows) > MOST
    shown, (lines, heads, boxes, _) = rows[:MOST], (one["data"] for one in option["series"])
    links = [r for r in shown if r["source"] != r["target"]]
    assert [line["value"] for line in lines] == [r["transitions"] for r in links]
    places = {box["cell"]["place"]: box["value"] for box in boxes}
    for row, line, head in zip(links, lines, heads, strict=True):
        ends = [places[row["source"]], places[row["target"]]]
        assert [line["coords"][0], line["coords"][-1]] == [pytest.approx(end, abs=0.1) for end in ends]
        assert head["value"] == line["coords"][-1] and (head["symbolOffset"][1] < 0) == (ends[0][1] < ends[1][1])
    loops = {r["source"]: r["transitions"] for r in shown if r["source"] == r["target"]}
    told = {box["cell"]["place"]: box["label"]["formatter"].partition("↻ ")[2] for box in boxes}
    assert loops and told == {name: f"{loops[name]:,}" if name in loops else "" for name in places}
    first = {
        name: next((n for n, r in enumerate(links, 1) if name in (r["source"], r["target"])), 0) for name in places
    }
    assert {box["cell"]["place"]: box["link"] for box in boxes} == first
    share = sum(r["transitions"] for r in shown) / sum(r["transitions"] for r in rows)
    assert f"{MOST} main ones of {len(rows)} pairs, {100 * share:.1f}% of all" in option["title"]["subtext"]
    assert len(set(map(tuple, places.values()))) == len(places), "no two names at one place"


def test_a_graph_runs_from_top_to_bottom(shop: Any) -> None:
    boxes = {box["name"]: box["value"][1] for box in drawn(shop.graph())["series"][2]["data"]}
    assert (boxes["Visit"], boxes["Cart"], boxes["Pay"]) == (0, 1, 2)


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("entry", ["first", "each"])
def test_a_flow_is_a_river(states: list[Case], entry: Any, direction: Any) -> None:
    result = states[0].ws.flow(start="A", steps=4, top=2, entry=entry, direction=direction)
    measure, forward = "times" if entry == "each" else "customers", direction == "forward"
    option, rows = drawn(result), result.table.to_pylist()
    series, words = option["series"][0], {"*other": "(others)", "*left": "(left)", "*began": "(began here)"}
    called = {"A": "Product page"} if states[0].ws.models() else {}  # the touchpoint that this event alone shows
    nodes = {node["name"]: node for node in series["data"]}
    assert len(nodes) == len(series["data"]) <= 1 + 4 * 4
    into: dict[tuple[int, str], int] = {}
    for link, row in zip(series["links"], rows, strict=True):
        ends = [(nodes[link[end]]["depth"], nodes[link[end]]["label"]["formatter"]) for end in ("source", "target")]
        assert [re.split(r"\s", name, maxsplit=1)[1] for _, name in ends] == [
            called.get(row[e]) or words.get(row[e], row[e]) for e in ("source", "target")
        ]
        assert ends[1][0] - ends[0][0] == 1 and ends[0][0] == (row["step"] - 1 if forward else 4 - row["step"])
        assert link["value"] == row[measure] and f"{row['customers']:,}" in link["tooltip"]["formatter"]
        far = ends[1] if forward else ends[0]
        into[far] = into.get(far, 0) + row[measure]
    told = {
        (node["depth"], node["label"]["formatter"]) for node in series["data"] if node["depth"] != 4 * (not forward)
    }
    assert told == {(depth, re.sub(r"^\S+", f"{into[depth, name]:,}", name)) for depth, name in told}
    lines = {name.count("\n") for _, name in told}
    assert lines == {0, 1}, "there is room for two lines beside what is tall"
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
    option, words = drawn(result), {"*other": "(others)", "*left": "(left)", "*not_begun": "(not begun)", **CHANNELS}
    words[None] = "Product page | B" if states[0].ws.models() else "A | B"
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
    assert scale["min"] == -scale["max"] and "blue: more of channel is “Website”" in option["title"]["subtext"]
