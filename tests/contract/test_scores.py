"""Scores against their twin, over the turns of calendars, with weights, gaps, and customers who answer again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import lvtu
from contract.cases import Case, buckets, micros, workspace
from contract.test_trend import scattered
from lvtu.errors import BadInput, UnknownName
from naive import scores as naive
from naive.journeys import Event
from parts import examples
from property.strategies import CONDITIONS, START, ZONES, some_names

DAY = 86_400_000_000
SCALES = {"nps": (0, 10), "csat5": (1, 5), "ces7": (1, 7), "stars5": (1, 5), "yesno": (0, 1)}
MEASURES = {
    "nps": "nps",
    "csat": "csat5",
    "ces": "ces7",
    "stars": "stars5",
    "mean": "csat5",
    "emotion": "ces7",
    "share": "yesno",
}


def answered(events: list[Event], seed: int) -> list[Event]:
    """The events with answers: halves of stars, a few beyond their scale, weights of which some are nothing or huge."""
    dice = random.Random(seed)
    given: dict[str, dict[str, Any]] = {}
    for event in events:
        if event.message_id not in given and dice.random() < 0.8:
            scale = dice.choice(tuple(SCALES))
            low, high = SCALES[scale]
            score = float(dice.randint(low, high)) + (dice.choice((0.0, -0.5, -0.25)) if scale == "stars5" else 0.0)
            weight = dice.choice((None, None, 0.25, 1.5, 0.0, 70_000.0, 3.000001))
            given[event.message_id] = {"score": score, "scale": scale, "weight": weight}
        if seed == 3 and "survey" not in event.properties:
            survey = dice.choice((None, "after", "yearly", "yearly"))
            more = event.properties | ({"survey": survey} if survey else {})
            given.setdefault(event.message_id, {}).setdefault("properties", more)
    return [replace(event, **given.get(event.message_id, {})) for event in events]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("answers")
    base, late = answered(scattered(1, 40, 900), 1), answered(scattered(2, 50, 300), 2)
    surveyed = answered(scattered(3, 40, 600), 3)
    with buckets(4):
        first = workspace(folder / "tail", base, late)
        first.trend()
        return [
            Case("tail", first, base + late),
            Case("compacted", workspace(folder / "compacted", base, late, compact=True), base + late),
            Case("surveys", workspace(folder / "surveys", surveyed, late), surveyed + late),
        ]


def asked(case: Case, metric: str, question: dict[str, Any]) -> Any:
    given = {name: value for name, value in question.items() if value is not None}
    for name in ("where", "event_where"):
        if name in given:
            given[name] = given[name].text
    return case.ws.scores(metric, scale=MEASURES[metric], **given)


def agree(case: Case, metric: str, question: dict[str, Any], data: Any) -> None:
    result, ends = asked(case, metric, question), SCALES[MEASURES[metric]]
    twin = naive.scores(case.events, MEASURES[metric], ends, **question)
    by, period = question["by"], question["period"]
    column = f"by_{by}" if by and f"by_{by}" in result.table.column_names else by
    rows = result.table.to_pylist()
    got = {(period and micros(row["period"]), by and row[column]): row for row in rows}
    there = {cell: one for cell, one in twin.items() if one.answers}
    assert len(got) == len(rows) and got.keys() == there.keys(), "a gap has no row"
    told = naive.changes(metric, twin, ends, period, question["zone"])
    adjusted = naive.adjusted(told)
    for cell, one in there.items():
        row = got[cell]
        figure = naive.figure(metric, one.answers, ends)
        close((row["value"], row["low"], row["high"]), figure)
        k, n = naive.best(one.answers, ends, 3)
        assert (row["n"], row["effective_n"]) == (len(one.answers), pytest.approx(n))
        assert (row["customers"], row["present"]) == (len(one.customers), len(one.present))
        assert row["coverage"] == pytest.approx(len(one.customers) / len(one.present))
        if metric == "nps":
            assert (row["promoters"], row["passives"], row["detractors"]) == naive.counts(one.answers)
        if metric == "ces":
            assert (row["top"], row["top_low"], row["top_high"]) == pytest.approx((k / n, *naive.wilson(k, n)))
        if question["sent"]:
            assert (row["asked"], row["responded"]) == (len(one.asked), len(one.responded))
        if by or period:
            differs(row, told[cell], adjusted.get(cell))
    if there:
        cell = data.draw(st.sampled_from(sorted(there, key=repr)))
        where = {"group": cell[1]} if by else {}
        names = result.customers(period=cell[0], **where)
        assert names == sorted(there[cell].customers) and len(names) == got[cell]["customers"]


def close(found: Sequence[float | None], expected: Sequence[float | None]) -> None:
    """The same numbers, and nothing where nothing is known; weights are kept to a millionth."""
    assert [one is None for one in found] == [one is None for one in expected]
    numbers = [one for one in expected if one is not None]
    assert [one for one in found if one is not None] == pytest.approx(numbers, abs=1e-7, rel=1e-5)


def differs(row: dict[str, Any], told: Any, adjusted: float | None) -> None:
    columns = ("difference", "difference_low", "difference_high", "p_value")
    if told is None:
        assert [row[name] for name in columns] == [None] * 4
    else:
        close([row[name] for name in columns], told)
    assert row["p_adjusted"] == (None if adjusted is None else pytest.approx(adjusted, rel=1e-5))
    assert row["changed"] == (None if adjusted is None else adjusted <= 0.05)


WHERE = st.one_of(st.none(), st.none(), st.sampled_from(CONDITIONS))
QUESTION = st.fixed_dictionaries(
    {
        "by": st.sampled_from((None, "plan", "channel", "event")),
        "period": st.sampled_from((None, None, "day", "week", "month", "quarter", "year")),
        "zone": st.sampled_from(ZONES),
        "carry": st.booleans(),
        "weighted": st.booleans(),
        "event": some_names(),
        "event_where": WHERE,
        "where": WHERE,
        "sent": st.sampled_from((None, "A")),
        "since": st.one_of(st.none(), st.integers(-30, 90)),
        "until": st.one_of(st.none(), st.integers(-30, 330)),
    }
)


@settings(max_examples=examples(150), deadline=None)
@given(which=st.integers(0, 2), metric=st.sampled_from(tuple(MEASURES)), question=QUESTION, data=st.data())
def test_any_scores_are_the_twins(
    cases: list[Case], which: int, metric: str, question: dict[str, Any], data: Any
) -> None:
    span = {n: None if question[n] is None else START + question[n] * DAY for n in ("since", "until")}
    agree(cases[which], metric, question | span, data)


@settings(max_examples=examples(40), deadline=None)
@given(metric=st.sampled_from(tuple(MEASURES)), question=QUESTION)
def test_everybodys_answers_explained_are_the_answer(cases: list[Case], metric: str, question: dict[str, Any]) -> None:
    span = {n: None if question[n] is None else START + question[n] * DAY for n in ("since", "until")}
    case, question = cases[0], question | span
    result = asked(case, metric, question)
    by = question["by"]
    found: dict[Any, list[float]] = {}
    for who in sorted({event.customer for event in case.events}):
        told = result.explain(who)
        assert told.text("zh") != told.text("en") and len(told.said) > 1, "who is not counted is told why"
        for row in told.table.to_pylist():
            group = by and row[f"by_{by}" if by == "event" else by]
            found.setdefault((row.get("period"), group), []).append(row["score"])
            assert question["weighted"] or row["weight"] is None
    rows = result.table.to_pylist()
    assert {(row.get("period"), by and row[by]): row["n"] for row in rows} == {k: len(v) for k, v in found.items()}
    if metric == "nps":
        up = {cell: sum(score >= 9 for score in scores) for cell, scores in found.items()}
        assert {(row.get("period"), by and row[by]): row["promoters"] for row in rows} == up


def given_by(scale: str, *scores: tuple[float, int], **more: Any) -> list[Event]:
    """So many answers of each score, each of a customer of their own."""
    every = [score for score, times in scores for _ in range(times)]
    return [
        Event(f"{scale}{n}{more}", START + n, f"{scale}{n}{more}", "Rated", score=score, scale=scale, **more)
        for n, score in enumerate(every)
    ]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [((20, 12, 8), (30.0, 4.598, 51.216)), ((500, 300, 200), (30.0, 25.077, 34.744)), ((5, 0, 0), (100.0, 17.49, 100))],
)
def test_the_net_promoter_score_is_the_known_one(made: Any, counts: Any, expected: Any) -> None:
    row = made(given_by("nps", *zip((9.0, 7.0, 6.0), counts, strict=True))).ws.scores("nps").table.to_pylist()[0]
    assert (row["value"], row["low"], row["high"]) == pytest.approx(expected, abs=5e-3)
    assert (row["promoters"], row["passives"], row["detractors"], row["n"]) == (*counts, sum(counts))
    assert row["effective_n"] == pytest.approx(sum(counts)) and "changed" not in row


def test_two_net_promoter_scores_differ_by_the_known_interval(made: Any) -> None:
    before, after = ((10.0, 500), (8.0, 300), (0.0, 200)), ((10.0, 560), (8.0, 260), (0.0, 180))
    ws = made([*given_by("nps", *before, channel="web"), *given_by("nps", *after, channel="app")]).ws
    rows = {row["channel"]: row for row in ws.scores(by="channel").table.to_pylist()}
    assert rows["app"]["difference"] == pytest.approx(8.0) and rows["web"]["difference"] == pytest.approx(-8.0)
    half = (rows["app"]["difference_high"] - rows["app"]["difference_low"]) / 2
    assert half == pytest.approx(6.81, abs=5e-3)
    assert rows["app"]["changed"] and rows["app"]["p_adjusted"] == pytest.approx(rows["web"]["p_adjusted"])


@pytest.mark.parametrize(("good", "bad", "low", "high"), [(42, 8, 71.49, 91.66), (10, 0, 72.25, 100.0)])
def test_satisfaction_is_the_known_share(made: Any, good: int, bad: int, low: float, high: float) -> None:
    ws = made(given_by("csat5", (4.0, good - 5), (5.0, 5), (3.0, bad))).ws
    row = ws.scores("csat").table.to_pylist()[0]
    assert 100 * row["value"] == pytest.approx(100 * good / (good + bad))
    assert (100 * row["low"], 100 * row["high"]) == pytest.approx((low, high), abs=5e-3)
    there = stats.binomtest(good, good + bad).proportion_ci(method="wilson")
    assert (row["low"], row["high"]) == pytest.approx((there.low, there.high))


def test_effort_is_a_mean_and_its_old_wording_runs_the_other_way(made: Any) -> None:
    scores = [7.0, 6.0, 5.0, 5.0, 2.0, 1.0]
    ways = {
        scale: made(given_by(scale, *((one, 1) for one in scores))).ws.scores("ces") for scale in ("ces7", "effort7")
    }
    low, high = stats.t.interval(0.95, 5, loc=26 / 6, scale=stats.sem(scores))
    for scale, top in (("ces7", 4 / 6), ("effort7", 2 / 6)):
        row = ways[scale].table.to_pylist()[0]
        assert (row["value"], row["low"], row["high"]) == pytest.approx((26 / 6, low, high))
        assert row["top"] == pytest.approx(top)
    assert [note.code for note in ways["effort7"].notes] == ["lower_is_better"] and not ways["ces7"].notes


def test_two_means_differ_as_welch_says(made: Any) -> None:
    one, other = [5.0, 4.0, 4.0, 3.0, 5.0, 2.0, 4.0], [1.0, 2.0, 2.0, 3.0, 1.0, 4.0]
    events = given_by("stars5", *((score, 1) for score in one), channel="web")
    events += given_by("stars5", *((score, 1) for score in other), channel="app")
    row = next(
        row for row in made(events).ws.scores("stars", by="channel").table.to_pylist() if row["channel"] == "web"
    )
    test = stats.ttest_ind(one, other, equal_var=False)
    ends = test.confidence_interval(0.95)
    found = (row["p_value"], row["difference_low"], row["difference_high"])
    assert found == pytest.approx((test.pvalue, ends.low, ends.high))


@pytest.mark.parametrize(("felt", "times", "shrunk"), [(-2.0, 1, -1 / 3), (-1.5, 40, -4 / 3)])
def test_a_feeling_of_few_is_drawn_towards_that_of_all(made: Any, felt: float, times: int, shrunk: float) -> None:
    """As the known figures have it, where all together feel nothing."""
    rest = -felt * times
    events = given_by("emotion", (felt, times), channel="web") + given_by("emotion", (rest / 80, 80), channel="app")
    rows = {row["channel"]: row for row in made(events).ws.scores("emotion", by="channel", shrink=5).table.to_pylist()}
    assert rows["web"]["value"] == pytest.approx(shrunk)
    assert rows["app"]["value"] == pytest.approx(rest / 80 * 80 / 85)


def test_a_feeling_is_what_an_answer_means(made: Any) -> None:
    ws = made([*given_by("csat5", (1.0, 1), (4.0, 3)), *given_by("nps", (0.0, 1), (10.0, 1), (7.5, 2))]).ws
    assert ws.scores("emotion", scale="csat5").table["value"].to_pylist() == [pytest.approx((-2 + 3) / 4)]
    assert ws.scores("emotion", scale="nps").table["value"].to_pylist() == [pytest.approx((-2 + 2 + 2) / 4)]


def test_a_measure_needs_its_scale(made: Any) -> None:
    ws = made([*given_by("csat5", (4.0, 3)), *given_by("csat7", (4.0, 2)), *given_by("mood", (4.0, 1))]).ws
    with pytest.raises(BadInput, match=r"needs a scale from 0 to 10.*Known: csat5, csat7, mood"):
        ws.scores()
    with pytest.raises(BadInput, match="nps cannot be worked out on 'csat5': it needs a scale from 0 to 10"):
        ws.scores("nps", scale="csat5")
    with pytest.raises(BadInput, match="ces cannot be worked out on 'mood'"):
        ws.scores("ces", scale="mood")
    with pytest.raises(BadInput, match=r"several scales fit csat.*Known: csat5, csat7"):
        ws.scores("csat")
    with pytest.raises(UnknownName, match="no answer is on a scale 'csat9'; did you mean 'csat"):
        ws.scores("csat", scale="csat9")
    with pytest.raises(BadInput, match="csat is a share"):
        ws.scores("csat", scale="csat5", shrink=5)
    with pytest.raises(BadInput, match="value holds a number"):
        ws.scores("csat", scale="csat5", by="value")
    assert ws.scores("csat", where="scale = 'csat7'").table["n"].to_pylist() == [2], "the only one there is"
    assert ws.scores("mean", scale="mood").table["value"].to_pylist() == [4.0]


def test_nothing_was_ever_asked(made: Any) -> None:
    for events in ([], [Event("m", START, "ann", "A", channel="web")]):
        ws = made(events).ws
        for question in ({}, {"by": "channel"}, {"by": "channel", "period": "month"}, {"metric": "csat"}):
            result = ws.scores(**question)
            assert result.table.num_rows == 0 and [note.code for note in result.notes] == ["no_answers"]
            assert result.customers() == [] and "— " not in repr(result) and result.chart("en")
    assert "not counted" in str(ws.scores().explain("ann"))


def test_answers_without_a_scale_have_a_mean(made: Any) -> None:
    events = [Event(f"m{n}", START + n, f"c{n}", "Rated", score=float(n)) for n in range(5)]
    assert made(events).ws.scores("mean").table["value"].to_pylist() == [2.0]
    with pytest.raises(BadInput, match="needs a scale from 0 to 10"):
        made(events).ws.scores()


def test_an_answer_beyond_its_scale_is_left_out(made: Any) -> None:
    ws = made([*given_by("csat5", (0.0, 2), (4.0, 3)), *given_by("emotion", (-2.5, 1), (3.0, 1), (1.0, 2))]).ws
    for metric, scale, value, n in (("mean", "csat5", 4.0, 3), ("emotion", "emotion", 1.0, 2)):
        result = ws.scores(metric, scale=scale)
        row = result.table.to_pylist()[0]
        assert (row["value"], row["n"], row["present"]) == (value, n, 9)
        assert len(result.customers()) == row["customers"] == n
        assert ("scores_outside", 2) in [(note.code, note.values.get("answers")) for note in result.notes]


def test_half_a_star_below_the_two_best_is_not_among_them(made: Any) -> None:
    ws = made(given_by("stars5", (3.5, 2), (4.0, 1), (4.5, 1), (5.0, 1))).ws
    assert ws.scores("csat", scale="stars5").table["value"].to_pylist() == [pytest.approx(3 / 5)]
    assert ws.scores("stars").table["value"].to_pylist() == [pytest.approx(4.1)]


def test_of_an_answer_that_weighs_nearly_everything_there_is_no_interval(tmp_path: Path) -> None:
    rows = [
        {"user_id": name, "event": event, "time": "2026-03-01", "score": score, "scale": "csat5", "weight": weight}
        for name, event, score, weight in (
            ("ann", "Rated", 5, 1000), ("bo", "Rated", 1, 1), ("cy", "Asked", 4, 1), ("dee", "Asked", 2, 1),
        )
    ]  # fmt: skip
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest(rows)
        result = ws.scores("mean", scale="csat5", by="event")
        told = {row["event"]: (row["low"], row["high"]) for row in result.table.to_pylist()}
        assert told == {"Rated": (None, None), "Asked": (1.0, 5.0)}
        assert ("scores_dominated", 1) in [(note.code, note.values.get("figures")) for note in result.notes]
        assert "scores_dominated" not in [note.code for note in ws.scores("csat", scale="csat5", by="event").notes]
