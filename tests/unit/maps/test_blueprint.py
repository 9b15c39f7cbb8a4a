"""The checks of blueprints: each finds what was spoilt and nothing else; a good one has nothing to be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lvtu.core.words import LANGS
from lvtu.kernels.durations import bin_of, middles
from lvtu.maps import JourneyMap
from lvtu.maps.blueprint import RULES, Reading, findings
from lvtu.maps.blueprint.rules import FEWEST
from lvtu.maps.blueprint.wording import has_verb, inside_word
from lvtu.maps.live.filled import Filled, Kept, Times, Value
from lvtu.maps.templates import KEYS, template
from unit.maps.restaurant import restaurant

MINUTE = 60_000_000
SLOW = Filled(times={"queue": Times(9 * MINUTE, 22 * MINUTE, 640), "book": Times(MINUTE, 4 * MINUTE, 812)})
LATE = Filled(kept={"ticket-cook": Kept(640, 540, 70, 30, 540 / 640, 0.81, 0.87)})
SAME = round(float(middles()[bin_of(np.int64(15 * MINUTE))]))
"""What is told of times that all are a quarter of an hour."""

Map = dict[str, Any]


def without(part: str, key: str) -> Callable[[Map], None]:
    def spoil(map_: Map) -> None:
        map_[part] = [one for one in map_[part] if one["key"] != key]
        if part == "cards":
            map_["links"] = [one for one in map_["links"] if key not in (one["source"], one["target"])]

    return spoil


def change(part: str, key: str, **fields: Any) -> Callable[[Map], None]:
    def spoil(map_: Map) -> None:
        next(one for one in map_[part] if one["key"] == key).update(fields)

    return spoil


def idle(map_: Map) -> None:
    """The customer has a lane of their own, and does nothing when thanks are sent."""
    map_["lanes"].append({"key": "acts", "role": "customer", "label": "Guest"})
    map_["cards"] += [
        {"key": f"does-{step['key']}", "lane": "acts", "step": step["key"], "text": step["name"]}
        for step in map_["steps"]
        if step["key"] != "review"
    ]


def unused(map_: Map) -> None:
    map_["cards"].append({"key": "clean", "lane": "help", "step": "eat", "text": "Cleaning", "owner": "Cleaners"})


SPOILT: dict[str, Callable[[Map], None]] = {
    "no_onstage:seat": without("cards", "lead"),
    "no_recovery:menu": without("cards", "retry"),
    "channel_break:eat+pay": change("steps", "pay", channels=["bank"]),
    "no_trigger:ticket": without("links", "menu-ticket"),
    "no_sla:cook-run": change("links", "cook-run", sla=None),
    "no_standard:soothe": change("steps", "wait", standard=None),
    "no_owner:run": change("cards", "run", owner=None),
    "no_evidence:order": without("cards", "code"),
    "no_customer:thanks": idle,
    "orphan_support:clean": unused,
    "inside_out:book": change("steps", "book", name={"zh": "用后台订一张桌", "en": "Book a table"}),
    "no_verb:eat": change("steps", "eat", name={"zh": "用餐加菜", "en": "Dinner table"}),
}


def ids(map_: Map, filled: Filled | None = None) -> set[str]:
    return {one.id for one in findings(Reading(JourneyMap.load(map_), filled or Filled()))}


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_wrong_with_a_good_one(lang: Any) -> None:
    kept = Filled(times={"queue": Times(9 * MINUTE, 15 * MINUTE, 640), "seat": Times(MINUTE, 99 * MINUTE, 640)})
    assert ids(restaurant(lang), kept) == set()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("key", KEYS)
def test_templates_are_good_ones(key: str, lang: Any) -> None:
    assert [one.text(lang) for one in findings(Reading(template(key).map(lang=lang)))] == []


@pytest.mark.parametrize("id", SPOILT)
def test_what_was_spoilt_is_found_and_nothing_else(id: str) -> None:
    map_ = restaurant()
    SPOILT[id](map_)
    assert ids(map_) == {id}


def test_all_that_was_spoilt_at_once_is_found() -> None:
    map_ = restaurant()
    for spoil in SPOILT.values():
        spoil(map_)
    counted = {"over_standard:queue", "handoff_missed:ticket-cook"}
    assert ids(map_, replace(SLOW, kept=LATE.kept)) == {*SPOILT, *counted}
    assert {id.split(":")[0] for id in {*SPOILT, *counted}} == set(RULES), "every rule is tried"


def test_missing_lanes_are_found_once() -> None:
    map_ = {"title": "T", "stages": [{"key": "a", "name": "A"}]}
    map_ |= {"steps": [{"key": f"s{n}", "stage": "a", "name": "Pay"} for n in range(3)]}
    assert ids(map_) == {"no_onstage:*", "no_evidence:*"}
    assert ids({"title": "T"}) == set(), "a map without steps has nothing that could be wrong"


@pytest.mark.parametrize("n", [FEWEST - 1, FEWEST])
@pytest.mark.parametrize(("p90", "over"), [(15 * MINUTE, False), (SAME, False), (16 * MINUTE, True)])
def test_a_standard_is_broken_by_what_is_surely_over_it(p90: int, over: bool, n: int) -> None:
    found = ids(restaurant(), Filled(times={"queue": Times(MINUTE, p90, n)}))
    assert found == ({"over_standard:queue"} if over and n >= FEWEST else set())


@pytest.mark.parametrize(
    ("share", "high", "n", "told"),
    [(0.84, 0.87, 640, True), (0.84, 0.91, 64, False), (0.0, 0.8, FEWEST - 1, False), (0.0, 0.3, FEWEST, True)],
)
def test_a_handoff_breaks_where_it_is_surely_late_for_more_than_one_in_ten(
    share: float, high: float, n: int, told: bool
) -> None:
    kept = round(share * n)
    found = Reading(JourneyMap.load(restaurant()), Filled(
        kept={"run-serve": Kept(n, kept, 1, n - kept - 1, share, max(share - 0.04, 0.0), high)}
    ))  # fmt: skip
    (one,) = findings(found) if told else (None,)
    if one is None:
        assert findings(found) == ()
    else:
        assert (one.id, one.severity) == ("handoff_missed:run-serve", "high")
        assert f"of {n} hand-offs {kept} were in time, 1 late, and {n - kept - 1} never" in one.text("en")


def test_the_department_of_a_lane_answers_for_its_cards() -> None:
    map_ = restaurant()
    SPOILT["no_owner:run"](map_)
    change("lanes", "cooks", owner="Kitchen")(map_)
    assert ids(map_) == set()


def test_a_fail_point_is_recovered_by_a_path_or_a_link_too() -> None:
    map_ = restaurant()
    without("cards", "retry")(map_)
    map_["paths"] = [{"key": "p", "kind": "exception", "name": "Code is broken", "steps": ["order"]}]
    assert ids(map_) == set()
    del map_["paths"]
    map_["links"].append({"key": "l", "source": "menu", "target": "redo"})
    assert ids(map_) == set()


def test_channels_break_only_where_somebody_goes_from_one_to_the_other() -> None:
    map_ = restaurant()
    SPOILT["channel_break:eat+pay"](map_)
    seen = {step: Value(9, "count", 9) for step in ("eat", "pay")}
    assert ids(map_, Filled(volume=seen)) == set(), "nobody ever went from the one to the other"
    went = {("eat", "pay"): Value(0.1, "share", 9)}
    assert ids(map_, Filled(volume=seen, ways=went)) == {"channel_break:eat+pay"}
    map_["links"].append({"key": "l", "source": "serve", "target": "checkout"})
    assert ids(map_, Filled(volume=seen, ways=went)) == set()


def test_a_waiver_hides_its_finding_and_a_rules_name_the_rule() -> None:
    map_ = restaurant()
    SPOILT["no_owner:run"](map_)
    change("cards", "cook", owner=None)(map_)
    map_["waivers"] = [{"key": "no_owner:run", "reason": "Runners change daily", "by": "Ann", "on": "2026-03-01"}]
    found = findings(Reading(JourneyMap.load(map_)))
    assert {one.id: one.waiver and one.waiver.reason for one in found} == {
        "no_owner:run": "Runners change daily", "no_owner:cook": None,
    }  # fmt: skip
    map_["waivers"] = [{"key": "no_owner", "reason": "Not yet", "by": "Ann"}]
    assert ids(map_) == set()


@pytest.mark.parametrize("lang", LANGS)
def test_every_finding_says_what_is_wrong_and_what_to_try(lang: Any) -> None:
    map_ = restaurant(lang)
    for spoil in SPOILT.values():
        spoil(map_)
    found = {one.id: one for one in findings(Reading(JourneyMap.load(map_), replace(SLOW, kept=LATE.kept)))}
    for one in found.values():
        assert one.text(lang) and one.advice(lang) and "{" not in one.text(lang) + one.advice(lang)
    expected = {
        "en": "“Wait for a table” takes one in ten customers longer than 22m; the standard is 15m (n 640).",
        "zh": "“到店等位”的 p90 是 22分，时间标准是 15分（n 640）。",
    }
    assert found["over_standard:queue"].text(lang) == expected[lang]
    parts = found["no_sla:cook-run"].parts
    assert parts == (("link", "cook-run"), ("card", "cook"), ("card", "run"))


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Pay", True), ("Paying online", True), ("Quickly compare offers", True), ("I wait for the bus", True),
        ("Something breaks and I call", True),
        ("I am not happy and take it back", True), ("My salary", False), ("The food comes cold", False),
        ("Finding the way", True), ("Trying it on", True), ("Replied to the survey", True), ("Product page", False),
        ("Checkout", False), ("Security", False), ("Wi-Fi", False), ("", False), ("付款", True), ("通过安检", True),
        ("排队", True), ("等菜上桌", True), ("扫码点餐", True), ("停车", True), ("到店取货", True), ("停车场", False),
        ("商品页", False), ("航班信息", False), ("购物车", False), ("首页", False), ("洗手间", False),
    ],
)  # fmt: skip
def test_titles_say_what_the_customer_does(title: str, told: bool) -> None:
    assert has_verb(title) is told


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Book through the CRM", "CRM"), ("Credit approval", "approval"), ("工单派单", "派单"), ("系统审核", "系统"),
        ("Kitchen cooks", "Kitchen"), ("交给信贷部", "信贷部"), ("Pay at the till", None), ("付款", None),
        ("Disapproval", None), ("扫码点餐", None), ("I ask in the kitchen", None), ("我去信贷部", None),
        ("Get it home", None), ("Call IT", "IT"), ("I wait for the back-office", "back-office"),
    ],
)  # fmt: skip
def test_titles_from_inside_are_told(title: str, word: str | None) -> None:
    assert inside_word(title, {"Kitchen", "信贷部", "点餐", "IT"}) == word
