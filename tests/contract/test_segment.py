"""Segments against their twin: behaviour, sequences and paths over ugly time lines in every state, and named ones."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lvtu
from contract.cases import Case, buckets, ugly, workspace
from lvtu.errors import BadInput, Erased, UnknownName
from lvtu.store.journeys import customers
from lvtu.store.journeys.listed import members_of
from lvtu.view import View
from naive.journeys import Event
from naive.segment import Did, Join, Next, Not, Regular, Segment, Some, Then, segment
from parts import examples
from property.customer_conditions import allowed as allowed
from property.customer_conditions import behaviours, conditions, paths, sequences
from property.strategies import CONDITIONS, START

_MOMENTS = st.one_of(st.none(), st.none(), st.integers(START, START + 12))


def agree(case: Case, condition: Any, word: str = "and", event: Any = None, where: Any = None, **span: Any) -> None:
    text = condition.text if event is None else f"({condition.text}) {word} {event.text}"
    result = case.ws.segment(text, where=where and where.text, **span)
    inside, everyone = segment(case.events, condition, where, word=word, event=event, **span)
    assert result.customers() == sorted(inside), (case.name, text)
    [row] = result.table.to_pylist()
    assert (row["customers"], row["everyone"]) == (len(inside), len(everyone)) == (result.size, result.everyone)
    assert row["share"] == (pytest.approx(len(inside) / len(everyone)) if everyone else None)


def test_any_segment_is_the_twins(states: list[Case]) -> None:
    @settings(max_examples=examples(150))
    @given(conditions(), st.integers(0, len(states) - 1))
    def any_condition(condition: Any, state: int) -> None:
        agree(states[state], condition)

    @settings(max_examples=examples(80))
    @given(
        st.one_of(behaviours(), sequences(), paths().filter(allowed)),
        st.integers(0, len(states) - 1),
        st.sampled_from(("and", "or")),
        st.one_of(st.none(), st.sampled_from(CONDITIONS)),
        st.one_of(st.none(), st.sampled_from(CONDITIONS)),
        _MOMENTS,
        _MOMENTS,
    )
    def with_a_filter(condition: Any, state: int, word: str, event: Any, where: Any, since: Any, until: Any) -> None:
        agree(states[state], condition, word, event, where, since=since, until=until)

    any_condition()
    with_a_filter()


def test_only_time_lines_that_can_do_it_are_read(states: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a sequence or a path needs is taken for rare here, so that customers without it are passed over."""
    monkeypatch.setattr(customers, "_RARE", 0)

    @settings(max_examples=examples(150))
    @given(st.one_of(sequences(), paths().filter(allowed)), st.integers(0, len(states) - 1))
    def any_condition(condition: Any, state: int) -> None:
        agree(states[state], condition)

    any_condition()


A, B, C = (Some((name,)) for name in "ABC")


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        (Did(A, "at least", 2), "ann"),
        (Did(A, "at least", 2, window=9), ""),
        (Did(A, "at least", 2, window=10), "ann"),
        (Did(A, "exactly", 1, window=9), "ann bo"),  # the busiest 9 µs hold one
        (Did(A, "at most", 0), "cy"),
        (Did(A, recent=10), "ann bo"),  # ann's second A is 10 µs before the end
        (Did(A, recent=9), "bo"),
        (Then(A, (Next(B, within=5),)), "ann"),
        (Then(A, (Next(B, within=4),)), ""),
        (Then(A, (Next(A), Next(B))), "ann"),
        (Then(A, (Next(B, without=C),)), "ann"),  # the second A has no C between it and B
        (Then(B, (Next(A),)), "bo"),  # at the same time, in journey order
        (Then(A, (Next(B),), window=0), ""),
        (Regular((A, C), "<0> -> <1>"), "ann"),
        (Regular((A, B), "<0> -> <1>"), "ann"),
        (Regular((A, C), "<0> -> <1>", begins=True), "ann"),
        (Regular((B,), "<0>", begins=True, ends=True), "cy"),
        (Regular((A, Some()), "<0> -> <1>*", begins=True, ends=True), "ann"),
    ],
)
def test_the_rules_by_hand(tmp_path: Path, condition: Any, names: str) -> None:
    line = [("ann", "A", 0), ("ann", "C", 1), ("ann", "A", 10), ("ann", "B", 15), ("bo", "B", 20), ("bo", "A", 20),
            ("cy", "B", 3)]  # fmt: skip
    events = [Event(f"m{i}", START + t, who, name, sequence=i) for i, (who, name, t) in enumerate(line)]
    case = Case("by hand", workspace(tmp_path / "w", events), events)
    assert case.ws.segment(condition.text).customers() == names.split()
    agree(case, condition)


def test_a_window_counts_what_lies_in_it(states: list[Case]) -> None:
    """Many conditions on one count: `exactly n` is `at least n` without `at least n + 1`."""
    for case in states:
        for window in (None, 0, 3):
            sizes = {
                (op, times): case.ws.segment(Did(A, op, times, window).text).size
                for op in ("at least", "at most", "exactly")
                for times in (2, 3)
            }
            seldom = case.ws.segment(f"not ({Did(A, 'at least', 3, window).text})").size
            assert sizes["exactly", 2] == sizes["at least", 2] - sizes["at least", 3]
            assert sizes["at most", 2] == seldom


def test_an_earlier_commit_has_shorter_time_lines(tmp_path: Path) -> None:
    parts = [ugly(31), ugly(32, customers=60, most=3) + ugly(33, customers=20, prefix="new")]
    with buckets(3), lvtu.open(tmp_path / "w.lvtu") as ws:
        for part in parts:
            ws.ingest([e.record() for e in part])
        past = Case("at 0", ws.at(0), parts[0])

        @settings(max_examples=examples(80))
        @given(conditions())
        def any_condition(condition: Any) -> None:
            agree(past, condition)

        any_condition()
        agree(past, Not(Did(Some())))
        assert past.ws.segment("not did .").everyone == len({e.customer for e in parts[0]})


def test_a_view_narrows_who_is_counted_but_not_what_they_did(states: list[Case]) -> None:
    for case in states[:3]:
        view = case.ws.journeys(where="channel = 'web'", since=START + 3)
        condition = Then(A, (Next(B),))
        inside, everyone = segment(case.events, condition, where=CONDITIONS[0], since=START + 3)
        result = view.segment(condition.text)
        assert (result.customers(), result.everyone) == (sorted(inside), len(everyone))
        assert 0 < result.size < case.ws.segment(condition.text).size


def named(ws: View, **segments: Any) -> View:
    catalogue = copy.copy(ws._catalogue)
    catalogue.segments = segments
    return View(ws._snapshots, ws._engines, catalogue)


def test_segments_by_name(states: list[Case]) -> None:
    often, static = Segment("often", Did(A, "at least", 2)), Segment("static", frozenset({"c3", "c5", "nobody"}))
    web = Segment("web", Join("and", (often, Not(static))))
    meanings = {"often": often.meaning.text, "web": web.meaning.text}
    for case in states:
        listed = members_of(case.ws._snapshots(), sorted(static.meaning))
        assert listed.unknown == sorted(static.meaning - {e.customer for e in case.events}) and not listed.shared
        view = Case(case.name, named(case.ws, static=listed.events, **meanings), case.events)
        for condition in (often, static, web, Not(web), Join("or", (static, Did(B)))):
            agree(view, condition)
        # a segment of events: who has one
        shop = named(case.ws, shop="channel = 'web' and value >= 2")
        expected = {e.customer for e in case.events if e.channel == "web" and e.value is not None and e.value >= 2}
        assert set(shop.segment("in segment shop").customers()) == expected
        assert set(shop.journeys(where="in segment 'shop'").graph().starts["customers"].to_pylist())
        assert shop.segment("in segment shop", where="channel = 'store'").size < len(expected)


def test_a_name_means_what_the_view_says(states: list[Case]) -> None:
    """Views of one workspace share its time lines, and not what was found out about them."""
    ws = states[0].ws
    sizes = [named(ws, x=text).segment("in segment x").size for text in ("did A", "A then B", "not did A")]
    assert sizes == [ws.segment(text).size for text in ("did A", "A then B", "not did A")] and len(set(sizes)) == 3


def test_segments_that_cannot_be(states: list[Case], tmp_path: Path) -> None:
    ws = states[0].ws
    with pytest.raises(UnknownName, match="unknown segment 'VIP'"):
        ws.segment("in segment VIP")
    with pytest.raises(UnknownName, match="unknown segment 'VIPs'; did you mean 'VIP'"):
        named(ws, VIP="did A").funnel(["A"], where="did A and not in segment VIPs")
    circular = named(ws, a="in segment b", b="not in segment a or did A", c="did A and in segment d", d="did B")
    with pytest.raises(BadInput, match="the segment 'a' is defined by itself"):
        circular.segment("in segment a")
    assert circular.segment("in segment c and in segment d").size == ws.segment("did A and did B").size
    with pytest.raises(UnknownName, match="unknown event 'AA'"):
        named(ws, typo="did AA").segment("in segment typo")
    with pytest.raises(BadInput, match="cannot ask for a segment"):
        touchpoint = {"id": "t", "name": "T", "events": {"where": "in segment VIP"}}
        lvtu.open(tmp_path / "w").save_model({"key": "m", "title": "M", "touchpoints": [touchpoint]})


def test_a_segment_reads_what_its_definition_reads(states: list[Case]) -> None:
    meaning = Did(Some(("A", "B"), where=CONDITIONS[2]), "at least", 2)
    for case in states:
        agree(Case(case.name, named(case.ws, p=meaning.text), case.events), Segment("p", meaning))


def test_unknown_events_are_named_with_the_nearest(states: list[Case]) -> None:
    wide = next(case.ws for case in states if case.name == "eight buckets")
    for text in ("did N1x", "A then N1x", "A then B without N1x", "A -> [^N1x]* -> B", "did [^N1x]", "not did N1x"):
        with pytest.raises(UnknownName, match="unknown event 'N1x'; did you mean 'N1"):
            wide.segment(text)
        with pytest.raises(UnknownName, match="unknown event 'N1x'"):
            wide.trend(where=text)


def test_why_somebody_is_inside(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w") as ws:
        names = [("ann", "A", "web"), ("ann", "A", "app"), ("ann", "B", "web"), ("bo", "A", "app")]
        ws.ingest([{"user_id": who, "event": name, "channel": channel, "time": f"2026-03-0{day}"}
                   for day, (who, name, channel) in enumerate(names, 1)])  # fmt: skip
        result = ws.segment("did A at least 2 times and channel = 'web' and not (A -> A or did B)")
        found = result.explain("ann")
        assert (found.customer, found.inside) == ("ann", False)
        told = [(part.condition, part.holds, part.events) for part in found.parts]
        assert told == [
            ("did A at least 2 times", True, 2), ("channel = 'web'", True, 2), ("A -> A", True, None),
            ("did B", True, 1),
        ]  # fmt: skip
        assert found.text("en").splitlines()[:2] == [
            "ann is not in the segment", "  true: did “A” at least 2 times; 2 events",
        ]  # fmt: skip
        assert result.explain("bo").text("zh").splitlines() == [
            "bo 不属于该客户分群", "  不成立：做过“A”至少 2 次；1 个事件", "  不成立：渠道是“网站”；0 个事件",
            "  不成立：走过路径“A -> A”", "  不成立：做过“B”；0 个事件",
        ]  # fmt: skip
        assert ws.segment("did A", until="2026-03-04").explain("bo").inside is False
        assert ws.segment("channel = 'app'", since="2026-03-03").explain("ann").parts[0].events == 0
        assert found.to_json()["parts"][3] == {"condition": "did B", "holds": True, "events": 1}
        with pytest.raises(UnknownName, match="unknown customer 'nobody'"):
            result.explain("nobody")


def test_nobody_is_listed_who_was_forgotten_since(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        ws.ingest([e.record() for e in ugly(5, customers=20)])
        answer = ws.segment("did .")
        assert "c10" in answer.customers() and len(answer.customers(limit=3, offset=2)) == 3
        ws.forget("c10")
        with pytest.raises(Erased):
            answer.customers()
        assert "c10" not in ws.segment("did .").customers()


def test_nobody_at_all(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "w.lvtu") as ws:
        result = ws.segment("not did .")
        assert result.table.to_pylist() == [
            {"condition": "not did .", "customers": 0, "everyone": 0, "share": None}
        ]  # fmt: skip
        assert result.customers() == []
