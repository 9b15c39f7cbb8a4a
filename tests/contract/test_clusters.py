"""Clusters against their twin: who belongs where by the centres, what sets groups apart, and how centres are found."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.cases import Case, buckets, close, workspace
from lvtu.errors import BadInput, UnknownName
from lvtu.kernels.clusters import nearest
from lvtu.kernels.kmeans import LANES
from naive.clusters import Member, distances, members, most_frequent, shares, silhouette
from naive.journeys import Event
from parts import examples
from property.strategies import CONDITIONS, START

OPTIONS = st.fixed_dictionaries(
    {
        "by": st.sampled_from(("event", "event", "channel", "plan")),
        "fold": st.booleans(),
        "where": st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS)),
        "since": st.one_of(st.none(), st.integers(START, START + 12)),
        "until": st.one_of(st.none(), st.integers(START, START + 12)),
    }
)
CHOICES = st.fixed_dictionaries(
    {
        "clusters": st.sampled_from((None, 1, 2, 3, 5)),
        "transitions": st.booleans(),
        "top": st.sampled_from((1, 2, 3, 20)),
        "sample": st.sampled_from((10, 40, 5000)),
    }
)


def asked(ws: Any, where: Any = None, **options: Any) -> Any:
    return ws.clusters(**options, where=where and where.text)


def smallest(case: Case, found: dict[str, Member], sample: int) -> list[str]:
    """The customers with the smallest keys, as the blocks tell them."""
    keys = {}
    for block in case.ws._snapshots().blocks:
        shown = block.keep.tolist() or [1] * block.customers
        named = zip(block.names().to_pylist(), block.column("hi").tolist(), shown, strict=True)
        keys |= {name: key for name, key, kept in named if kept}
    return sorted(found, key=keys.__getitem__)[:sample]


def agree(case: Case, options: dict[str, Any], choices: dict[str, Any]) -> None:
    result = asked(case.ws, **options, **choices)
    centres = result.centres
    assert list(centres.places) == most_frequent(case.events, choices["top"], **options)
    found = members(case.events, centres.places, centres.transitions, **options)
    chosen = smallest(case, found, choices["sample"])
    assert (result.everyone, result.sample) == (len(found), len(chosen))
    if not found:
        assert result.table.num_rows == 0
        return
    steps = Counter(pair for who in chosen for pair in pairwise(found[who].places) if None not in pair)
    expected = [number for _, number in steps.most_common(20)] if choices["transitions"] else []
    assert [steps[pair] for pair in centres.transitions] == expected
    groups = [result.customers(number) for number in result.table["cluster"].to_pylist()]
    assert sorted(who for group in groups for who in group) == sorted(found)
    for number, group in enumerate(groups):
        for who in group:
            away = distances(found[who], centres.rows)
            assert away[number] <= min(away) + 1e-9
    counted(result, [[found[who] for who in group] for group in groups], len(found))
    fitted(result, [found[who] for who in chosen], choices["clusters"])


def counted(result: Any, groups: list[list[Member]], everyone: int) -> None:
    """The table and the profile say what the groups are."""
    centres, rows, profile = result.centres, result.table.to_pylist(), result.profile.to_pylist()
    names = [*centres.places, *(f"{a} → {b}" for a, b in centres.transitions)]
    cut = len(centres.places)
    whole = [member for group in groups for member in group]
    sizes = [len(group) for group in groups]
    assert sizes == sorted(sizes, reverse=True)
    for number, (row, group) in enumerate(zip(rows, groups, strict=True), 1):
        assert (row["cluster"], row["customers"]) == (number, len(group))
        assert row["share"] == pytest.approx(len(group) / everyone)
        assert close(row["median_events"], [len(member.places) for member in group])
        rest = [member for other in groups if other is not group for member in other]
        parts = (range(cut), range(cut, len(names)))
        here, elsewhere, every = ([s for part in parts for s in shares(g, part)] for g in (group, rest, whole))
        mine = [one for one in profile if one["cluster"] == number]
        assert [one["place"] for one in mine] == names
        for place, one in enumerate(mine):
            assert (one["share"], one["elsewhere"]) == (pytest.approx(here[place]), pytest.approx(elsewhere[place]))
            assert one["customers"] == sum(member.counts[place] > 0 for member in group)
            lift = here[place] / every[place] if here[place] is not None and every[place] else None
            assert one["lift"] == pytest.approx(lift)
        told = [one for one in mine if one["place"] is not None and one["lift"] is not None]
        named = sorted((-one["lift"], one["place"]) for one in told if one["share"] >= 0.05 and one["lift"] >= 1.1)
        assert row["name"] == [place for _, place in named[:3]]
        apart = {one["place"]: abs(one["share"] - every[names.index(one["place"])]) for one in told}
        assert [apart[one["place"]] for one in row["apart"]] == pytest.approx(sorted(apart.values(), reverse=True)[:5])


def fitted(result: Any, sample: list[Member], clusters: int | None) -> None:
    """Centres are the means of those of the sample that are nearest to them; silhouettes are what they should be."""
    rows = result.centres.rows
    nearest = [min(range(len(rows)), key=lambda c: distances(member, rows)[c]) for member in sample]
    for number, row in enumerate(rows):
        own = [member.vector for member, group in zip(sample, nearest, strict=True) if group == number]
        assert row == pytest.approx([sum(values) / len(own) for values in zip(*own, strict=True)], abs=1e-9)
    known = result.silhouettes
    distinct = len({tuple(member.vector) for member in sample})
    if clusters is not None:
        assert len(rows) == min(clusters, distinct) or len(rows) < distinct
    elif known:
        assert known[len(rows)] == max(known.values())
    if len(rows) > 1:
        assert known[len(rows)] == pytest.approx(silhouette([member.vector for member in sample], nearest), abs=1e-6)


@settings(max_examples=examples(40))
@given(options=OPTIONS, choices=CHOICES, data=st.data())
def test_any_clusters_are_the_twins(states: list[Case], options: dict[str, Any], choices: Any, data: Any) -> None:
    agree(states[data.draw(st.integers(0, len(states) - 1))], options, choices)


def planted(seed: int = 4, customers: int = 240) -> tuple[list[Event], dict[str, str]]:
    """Customers who mostly search, mostly buy, or mostly complain; all view now and then."""
    dice, events, kinds = random.Random(seed), [], {}
    for c in range(customers):
        who, kind = f"c{c}", ("Search", "Search", "Pay", "Complain")[c % 4]
        kinds[who] = kind
        for i in range(dice.randint(8, 16)):
            name = kind if dice.random() < 0.85 else "View"
            events.append(Event(f"{c}-{i}", START + i, who, name))
    return events, kinds


def test_planted_groups_are_found(tmp_path: Path) -> None:
    events, kinds = planted()
    with buckets(5):
        ws = workspace(tmp_path / "w", events[:2000], events[2000:])
    result = ws.clusters(sample=200)
    assert result.table.num_rows == 3 and max(result.silhouettes, key=result.silhouettes.__getitem__) == 3
    assert result.table["name"].to_pylist()[0] == ["Search"] and result.table["customers"].to_pylist() == [120, 60, 60]
    for row in result.table.to_pylist():
        assert {kinds[who] for who in result.customers(row["cluster"])} == set(row["name"])
    codes = [note.code for note in result.notes]
    assert codes == ["clusters_sample", "clusters_chosen", "clusters_describe"]
    ws.compact()
    again = ws.clusters(sample=200)
    assert again.table.equals(result.table) and again.centres == result.centres
    found = again.explain("c2")
    assert (found.cluster, again.table["name"].to_pylist()[found.cluster - 1]) == (found.cluster, ["Pay"])
    assert found.distances[0].cluster == found.cluster
    habits = {habit.place: habit for habit in found.habits}
    mine = [event.event for event in events if event.customer == "c2"]
    assert habits["Pay"].share == pytest.approx(mine.count("Pay") / len(mine))
    everything = Counter(event.event for event in events)
    assert habits["Pay"].all == pytest.approx(everything["Pay"] / len(events))
    assert "c2" in found.text("zh") and found.to_json()["cluster"] == found.cluster


def test_what_is_all_alike_is_one_group(made: Any) -> None:
    case = made([Event(f"{c}{i}", START + i, f"c{c}", "A") for c in range(12) for i in range(c % 3 + 1)])
    result = case.ws.clusters()
    assert result.table["customers"].to_pylist() == [12] and result.table["name"].to_pylist() == [[]]
    assert result.silhouettes == {} and result.explain("c1").distances[0].distance == 0
    with pytest.raises(BadInput, match="no cluster 2"):
        result.customers(2)
    with pytest.raises(UnknownName, match="unknown customer"):
        result.explain("nobody")


def test_nobody_is_in_no_group(made: Any) -> None:
    case = made([Event("1", START, "ann", "A"), Event("2", START + 9, "bo", "A", channel="web")])
    assert made([]).ws.clusters().table.num_rows == 0
    result = case.ws.clusters(by="channel")
    assert result.everyone == 1 and result.explain("ann").cluster is None
    assert "no cluster" in result.explain("ann").text("en")


def test_a_chart_is_a_cell_for_each_place_of_each_group(tmp_path: Path) -> None:
    result = workspace(tmp_path / "w", planted()[0]).clusters(clusters=3)
    option, profile = result.chart("en"), result.profile.to_pylist()
    labels = option["yAxis"]["data"]
    assert sorted(labels) == ["Complain", "Pay", "Search", "View"]
    cells = {tuple(cell["value"][:2]): cell for cell in option["series"][0]["data"]}
    assert len(cells) == len(profile) == 12
    for one in profile:
        cell = cells[one["cluster"] - 1, labels.index(one["place"])]
        assert cell["label"]["formatter"] == f"{100 * one['share']:.0f}%"
        assert cell["value"][2] == pytest.approx(min(one["lift"], 3.0))
    assert "240 customers in 3 groups" in option["title"]["text"]


def test_of_equally_near_centres_the_first_counts() -> None:
    counts, sizes, found = np.zeros((LANES, 2), np.uint32), np.full(LANES, 2), np.full(2, -1, np.int64)
    counts[:2] = [2, 0], [1, 1]
    centres = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 0.0]])
    lanes = np.empty(LANES), np.empty(LANES), np.empty(LANES, np.int64)
    nearest(counts, sizes, 2, 2, centres, np.empty(3), np.empty((2, LANES)), np.empty((3, LANES)), *lanes, found)
    assert found.tolist() == [1, 0]
