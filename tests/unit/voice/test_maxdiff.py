"""The sets of MaxDiff: balanced, and what comes of the choices held against scipy and counting by hand."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from lvtu.analyses.maxdiff.formulas import Counts, preference
from lvtu.voice.surveys import Response, Survey, evaluate, events_of, sheet
from lvtu.voice.surveys.maxdiff import DESIGNS, design_of, plan, sets_of
from lvtu.voice.surveys.questions import MaxDiff
from naive.maxdiff import designed, planned

NAMED = {"en": "Ask"}


def survey(keys: str = "abcdefgh", **more: object) -> Survey:
    asked = {"key": "q1", "kind": "maxdiff", "title": NAMED, "options": [{"key": k, "text": {"en": k}} for k in keys]}
    page = {"questions": [asked | more]}
    return Survey.load({"key": "s", "title": NAMED, "languages": ["en"], "pages": [page]})


def question(one: Survey) -> MaxDiff:
    [found] = one.questions()
    assert isinstance(found, MaxDiff)
    return found


@pytest.mark.parametrize(("options", "size", "sets"), [(7, 3, 7), (13, 4, 13), (12, 4, 9), (20, 5, 12)])
def test_where_there_is_a_plan_in_which_no_two_meet_twice_it_is_found(options: int, size: int, sets: int) -> None:
    met = Counter(pair for one in plan(options, size, sets) for pair in combinations(sorted(one), 2))
    assert set(met.values()) == {1} and len(met) == sets * size * (size - 1) // 2


PLANS = [(3, 3, 3), (3, 8, 1), (5, 3, 5), (8, 4, 6), (10, 4, 7), (30, 4, 23)]


@pytest.mark.parametrize(("options", "size", "sets"), PLANS)
def test_every_option_is_shown_as_often_as_any_other_or_once_more(options: int, size: int, sets: int) -> None:
    found = plan(options, size, sets)
    times = Counter(one for several in found for one in several)
    assert max(times.values()) - min(times[one] for one in range(options)) <= 1
    assert len(found) == sets and all(len(set(one)) == min(size, options) for one in found)
    assert [[*one] for one in found] == planned(options, min(size, options), sets)


def test_over_all_designs_every_two_meet_and_stand_anywhere() -> None:
    asked = question(survey())
    met, places = Counter[tuple[str, ...]](), Counter[tuple[str, int]]()
    for design in range(DESIGNS):
        shown = [[one.key for one in several] for several in sets_of(asked, design)]
        assert shown == designed("q1", [*"abcdefgh"], 4, None, design)
        met.update(tuple(sorted(pair)) for one in shown for pair in combinations(one, 2))
        places.update((key, place) for one in shown for place, key in enumerate(one))
    assert len(met) == 28 and max(met.values()) < 1.4 * min(met.values())
    assert len(places) == 32 and max(places.values()) < 2 * min(places.values())
    drawn = Counter(design_of(survey(), asked, f"response-{number}") for number in range(3000))
    assert len(drawn) == DESIGNS and stats.chisquare([*drawn.values()]).pvalue > 0.001


def test_a_set_becomes_an_event_that_says_what_was_shown() -> None:
    asked = survey(size=3, sets=2)
    [page] = sheet(evaluate(asked, {}), "r-1")
    [told] = page["questions"]
    first, second = ([one["key"] for one in several] for several in told["sets"])
    answer = {"design": told["design"], "sets": {"2": {"worst": second[0], "best": second[2]}}}
    judged = evaluate(asked, {"q1": answer})
    assert judged.accepted and judged.answers["q1"]["sets"] == {"2": {"best": second[2], "worst": second[0]}}
    event, _ = events_of(judged, Response("r-1", "2026-05-01"))
    assert event["event"] == "Options Compared"
    expected = {"set": 2, "shown": second, "best": second[2], "worst": second[0], "question": "q1"}
    assert event["properties"].items() >= expected.items()
    other = {"design": told["design"], "sets": {"1": {"best": first[0], "worst": (set("abcdefgh") - {*first}).pop()}}}
    [problem] = evaluate(asked, {"q1": other}).problems
    assert (problem.field, problem.reason.code) == ("q1.sets.1.worst", "unknown_option"), "it was not shown"


def test_an_answer_that_must_be_there_has_every_set() -> None:
    asked = survey(size=3, sets=2, required=True)
    first = sets_of(question(asked), 5)[0]
    pair = {"best": first[0].key, "worst": first[1].key}
    [problem] = evaluate(asked, {"q1": {"design": 5, "sets": {"1": pair}}}).problems
    assert (problem.field, problem.reason.code) == ("q1.sets.2", "required")


def test_scores_are_a_ratio_over_respondents() -> None:
    dice = np.random.default_rng(7)
    shown = dice.integers(1, 5, 40)
    best = dice.binomial(shown, 0.4)
    worst = dice.binomial(shown - best, 0.3)
    counts = Counts()
    for row in zip(shown.tolist(), best.tolist(), worst.tolist(), strict=True):
        counts = counts.with_respondent(*row)
    found = preference(counts)
    assert found is not None and found.low is not None and found.high is not None
    score = (best - worst).sum() / shown.sum()
    left = best - worst - score * shown
    error = np.sqrt(40 * left.var(ddof=1)) / shown.sum()  # the residuals sum to 0
    expected = stats.t.interval(0.95, 39, score, error)
    assert found == pytest.approx((score, *expected))
    assert preference(Counts()) is None
    one = preference(Counts().with_respondent(3, 3, 0))
    assert one is not None and (one.score, one.low) == (1.0, None), "of one respondent nobody can tell"
