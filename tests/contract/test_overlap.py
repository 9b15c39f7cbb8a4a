"""Overlaps of segments against the twin's sets: the parts add up to the union, and every pair is its formula's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import Case, ugly, workspace
from lvtu.errors import BadInput, UnknownName
from naive.overlap import lift_interval, overlap
from naive.segment import Did, Next, Some, Then
from parts import examples
from property.customer_conditions import conditions
from property.strategies import CONDITIONS, START

A, B, C = (Some((name,)) for name in "ABC")
GROUPS = [Did(A, "at least", 2), Then(A, (Next(B),)), Did(C)]


def agree(case: Case, groups: list[Any], **shown: Any) -> None:
    found, everyone = overlap(case.events, groups, **shown)
    where = {} if shown.get("where") is None else {"where": shown["where"].text}
    result = case.ws.overlap(*(group.text for group in groups), **{**shown, **where})
    names = result.names
    inside = {part: who for part, who in found.items() if part}
    union = set().union(*inside.values())
    assert (result.everyone, result.union) == (len(everyone), len(union))
    rows = {frozenset(map(names.index, row["segments"])): row for row in result.table.to_pylist()}
    assert {part: row["customers"] for part, row in rows.items()} == {part: len(who) for part, who in inside.items()}
    assert sum(row["share"] for row in rows.values()) == pytest.approx(1 if union else 0)
    assert result.table["customers"].to_pylist() == sorted(result.table["customers"].to_pylist(), reverse=True)
    for part, who in [*inside.items(), (frozenset[int](), found.get(frozenset(), set()))]:
        assert result.customers(*(names[n] for n in sorted(part))) == sorted(who)
    pairs = iter(result.pairs.to_pylist())
    for b in range(len(groups)):
        for a in range(b):
            groups_of = {n: {w for part, who in found.items() if n in part for w in who} for n in (a, b)}
            _check(next(row for row in result.pairs.to_pylist() if (row["a"], row["b"]) == (names[a], names[b])),
                   groups_of[a], groups_of[b], len(everyone))  # fmt: skip
            both = sorted(groups_of[a] & groups_of[b])
            assert result.customers(names[a], names[b], others=True) == both
    assert len(list(pairs)) == len(groups) * (len(groups) - 1) // 2


def _check(row: dict[str, Any], one: set[str], other: set[str], everyone: int) -> None:
    both, either = len(one & other), len(one | other)
    assert (row["a_customers"], row["b_customers"], row["both"]) == (len(one), len(other), both)
    assert row["jaccard"] == (pytest.approx(both / either) if either else None)
    if not one or not other:
        assert row["lift"] is row["lift_low"] is row["lift_high"] is None
        return
    assert row["lift"] == pytest.approx(both / everyone / (len(one) / everyone * len(other) / everyone))
    if not both:
        assert row["lift_low"] is row["lift_high"] is None
        return
    assert (row["lift_low"], row["lift_high"]) == pytest.approx(
        lift_interval(both, len(one), len(other), everyone), rel=1e-4, abs=1e-4
    )  # fmt: skip


@settings(max_examples=examples(60))
@given(data=st.data())
def test_any_overlap(states: list[Case], data: Any) -> None:
    case = states[data.draw(st.integers(0, len(states) - 1))]
    groups = data.draw(st.lists(conditions(), min_size=2, max_size=4, unique_by=lambda one: one.text))
    where = data.draw(st.one_of(st.none(), st.sampled_from(CONDITIONS)))
    moment = st.one_of(st.none(), st.integers(START, START + 12))
    try:
        agree(case, groups, where=where, since=data.draw(moment), until=data.draw(moment))
    except BadInput as error:
        assert error.code == "segment_twice"  # two spellings of one condition


def test_the_overlap_of_every_state(states: list[Case]) -> None:
    for case in states:
        agree(case, GROUPS)
        result = case.ws.overlap(*(group.text for group in GROUPS))
        for name, group in zip(result.names, GROUPS, strict=True):
            alone = case.ws.segment(group.text)
            rows = result.table.to_pylist()
            assert sum(row["customers"] for row in rows if name in row["segments"]) == alone.size


def test_views_and_earlier_commits(tmp_path: Any) -> None:
    parts = [ugly(51, customers=50), ugly(52, customers=50, most=3)]
    ws = workspace(tmp_path / "w", *parts)
    agree(Case("at 0", ws.at(0), parts[0]), GROUPS)
    agree(Case("web", ws, parts[0] + parts[1]), GROUPS, where=CONDITIONS[0])
    view = ws.journeys(where=CONDITIONS[0].text)
    texts = [group.text for group in GROUPS]
    assert view.overlap(*texts).table == ws.overlap(*texts, where=CONDITIONS[0].text).table
    ws.close()


def test_named_segments_and_what_cannot_be_asked(tmp_path: Any) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest([event.record() for event in ugly(5)])
        ws.save_segment("VIP", "did A at least 2 times")
        ws.save_segment("some", customers=["c1", "c2", "c3"])
        result = ws.overlap("VIP", "some", "not did .")
        assert result.names == ["VIP", "some", "not did ."]
        assert [note.code for note in result.notes] == ["empty_segments", "many_pairs"]
        vip = set(ws.segment("VIP").customers())
        assert result.customers("some") == sorted({"c1", "c2", "c3"} - vip)
        assert result.customers("in segment 'some'", "VIP") == sorted({"c1", "c2", "c3"} & vip)
        with pytest.raises(UnknownName, match="unknown segment 'VIPs'; did you mean 'VIP'"):
            result.customers("VIPs")
        for given, match in ((["VIP"], "two to 8"), (["VIP", "in segment VIP"], "'VIP' is given twice"),
                             ([f"did A at least {n} times" for n in range(1, 10)], "two to 8")):  # fmt: skip
            with pytest.raises(BadInput, match=match):
                ws.overlap(*given)


def test_an_interval_by_hand() -> None:
    """60 and 100 of 400 with 30 in both: twice as many as the 15 that chance would have."""
    # by hand: d(log lift)/dp is 8/3, -20/3, -4 and 0 for the four cells, so that 400 times the variance is 17/3
    assert [round(end, 2) for end in lift_interval(30, 60, 100, 400)] == [1.58, 2.53]
