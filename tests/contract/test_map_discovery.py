"""Maps drawn without a model: steps and stages as counting by hand finds them; moments of truth; the score."""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import lvtu
from lvtu.errors import BadExpression, BadInput, UnknownName
from lvtu.maps.live.score import journey_score, score_of
from unit.maps.shop import MODEL, events

START = datetime(2026, 1, 1, tzinfo=UTC)
TRUE = ("Ad Seen", "Home Viewed", "Product Viewed", "Cart Filled", "Order Placed", "Parcel Opened")


def walks() -> dict[str, list[str]]:
    """Ways of customers: most in one order, some back and forth, some that stop; one event is rare."""
    dice = random.Random(8)
    found = {}
    for who in range(200):
        way = list(TRUE[: dice.choice((3, 4, 6, 6, 6))])
        if dice.random() < 0.5:
            way[2:3] = ["Product Viewed", "Cart Filled", "Product Viewed"]
        if dice.random() < 0.3:
            way.insert(3, "Product Rated")
        if who < 4:
            way.append("Shop Robbed")
        found[f"c{who}"] = way
    return found


def rows() -> list[dict[str, Any]]:
    found = []
    for who, way in walks().items():
        for place, name in enumerate(way):
            time = START + timedelta(days=int(who[1:]) % 80, minutes=place)
            score = {"score": 4, "scale": "csat5"} if name == "Product Rated" else {}
            found.append(
                {"message_id": f"{who}/{place}", "user_id": who, "event": name, "time": time.isoformat(), **score}
            )
    return found


def folded(way: list[str]) -> list[str]:
    return [one for place, one in enumerate(way) if place == 0 or way[place - 1] != one]


def test_steps_and_stages_are_those_that_counting_by_hand_finds(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(rows())
        map_ = ws.maps.autodraw(since="2026-01-01", until="2026-04-01").document
    reached = Counter(one for way in walks().values() for one in set(way))
    steps = [one for one in reached if one != "Product Rated" and reached[one] >= 0.05 * len(walks())]
    ways = Counter(tuple(way) for way in walks().values())

    def place(event: str) -> float:
        places = [
            way.index(event) / (len(way) - 1) for way, n in ways.most_common() if event in way for _ in range(n)
        ]  # fmt: skip
        return sorted(places)[(len(places) - 1) // 2]

    order = sorted(steps, key=lambda one: (place(one), -reached[one], one))
    assert [step.name.en for step in map_.steps] == order == list(TRUE)
    went: dict[tuple[str, str], int] = Counter(
        pair for way in walks().values() for pair in itertools.pairwise(folded(way))
    )
    crossing: dict[int, float] = {}
    for cut in range(1, len(order)):
        left = set(order[:cut])
        inside = {pair: n for pair, n in went.items() if set(pair) <= set(order)}
        over = sum(n for (one, other), n in inside.items() if (one in left) != (other in left))
        sides = [sum(n for pair, n in inside.items() if any((one in left) == side for one in pair))
                 for side in (True, False)]  # fmt: skip
        crossing[cut] = over / min(sides)
    [cut] = sorted(crossing, key=lambda one: (crossing[one], one))[: round(len(order) / 3) - 1]
    by_stage = defaultdict(list)
    for step in map_.steps:
        by_stage[step.stage].append(step.name.en)
    assert list(by_stage.values()) == [order[:cut], order[cut:]]
    product = next(step for step in map_.steps if step.name.en == "Product Viewed")
    assert [rule.events for rule in product.entry][1:] in ([], [("Product Rated",)])
    happy = next(path for path in map_.paths if path.kind == "happy")
    [(main, _)] = ways.most_common(1)
    names = {step.key: step.name.en for step in map_.steps}
    assert [names[key] for key in happy.steps] == [one for one in folded(list(main)) if one in steps]
    assert any(path.kind == "exception" and {names[key] for key in path.steps} == {"Product Viewed", "Cart Filled"}
               for path in map_.paths)  # fmt: skip


def test_where_nothing_is_frequent_or_there_are_answers_alone_a_map_is_drawn_all_the_same(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        for who in range(30):
            time = (START + timedelta(hours=who)).isoformat()
            ws.ingest([
                {"message_id": f"{who}", "user_id": f"c{who}", "event": f"Page {who}", "time": time},
                {"message_id": f"a{who}", "user_id": f"c{who}", "event": "Rated", "time": time, "score": 1 + who % 5,
                 "scale": "csat5"},
            ])  # fmt: skip
        steps = ws.maps.autodraw(model="behaviour").document.steps
        assert len(steps) == 12 and all(step.name.en.startswith("Page ") for step in steps)
        [only] = ws.maps.autodraw(model="behaviour", where="score <= 2").document.steps
        assert only.name.en == "Rated" and [rule.events for rule in only.entry] == [("Rated",)]
        with pytest.raises(BadExpression):
            ws.maps.autodraw(where="score <=")


def test_answers_to_more_questions_than_a_map_has_steps_are_not_added_to_those_of_others(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest([
            {"message_id": f"{who}-{item}", "user_id": f"c{who}", "event": f"Item {item:02} Rated", "scale": "csat5",
             "time": (START + timedelta(hours=who, minutes=item)).isoformat(), "score": 1 + item % 5}
            for who in range(20) for item in range(14)
        ])  # fmt: skip
        map_ = ws.maps.autodraw(model="behaviour")
        values = map_.answers().values["csat5"]
        names = {step.key: step.name.en for step in map_.document.steps}
        assert {(names[key], value.value, value.n) for key, value in values.items()} == {
            (f"Item {item:02} Rated", 1 + item % 5 - 3, 20) for item in range(12)
        }


def test_a_workspace_with_a_model_can_be_drawn_without_it(tmp_path: Path) -> None:
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(events())
        ws.save_model(MODEL)
        drawn = ws.maps.autodraw(model="behaviour")
        assert drawn.document.model is None and len(drawn.document.steps) > 2
        volume = drawn.answers().volume
        home = {one["user_id"] for one in events() if one["event"] == "Home Viewed"}
        assert volume["home-viewed"].n == len(home)
        again = ws.maps.autodraw(model="behaviour").document
        assert [step.key for step in again.steps] == [step.key for step in drawn.document.steps]


def test_what_goes_with_recommendation_varies_and_is_met_by_many_is_a_candidate(tmp_path: Path) -> None:
    """Recommendation is made of the checkout's score alone: it is proposed, the product's score is not."""
    dice = random.Random(4)
    found: list[dict[str, Any]] = []
    for who in range(400):
        checkout, product = dice.randint(1, 5), dice.randint(1, 5)
        nps = min(max(2 * checkout + dice.choice((-1, 0, 1)), 0), 10)
        for place, (name, score, scale) in enumerate((
            ("Product Rated", product, "csat5"), ("Checkout Rated", checkout, "csat5"), ("Recommended", nps, "nps"),
        )):  # fmt: skip
            time = START + timedelta(days=who % 80, minutes=place)
            found.append({"message_id": f"{who}/{place}", "user_id": f"c{who}", "event": name, "score": score,
                          "time": time.isoformat(), "scale": scale})  # fmt: skip
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(found)
        ws.save_model(MODEL)
        map_ = ws.maps.autodraw()
        cards = [card for card in map_.document.cards if card.lane == "moments"]
        assert [card.step for card in cards] == ["checkout"] and cards[0].evidence[0].kind == "analytics"
        (one,) = map_.moments()
        assert (one.step, one.state, one.cards) == ("checkout", "accepted", ("moment-checkout",)), "the model says so"
        assert one.verdict is None
        driver = one.candidate
        assert driver is not None and 0 < driver.low < driver.weight <= driver.high <= 1 and driver.n == 400
        assert driver.worth == pytest.approx(1000 * driver.weight * driver.spread**2 * driver.reach)
        why = {"reason": "Everybody passes", "by": "Ann", "on": "2026-03-01"}
        map_.edit("accept_moment", card="moment-checkout", moment="service", verdict=why, by="ann")
        assert map_.document.step("checkout").moment == "service" and map_.moments()[0].state == "accepted"
        map_.edit("refuse_moment", card="moment-checkout", verdict={"reason": "Queues only", "by": "Bo"}, by="bo")
        assert map_.document.step("checkout").moment == "none"
        (one,) = map_.moments()
        assert (one.state, one.cards, one.verdict and one.verdict.reason) == ("refused", (), "Queues only")
        assert [row.text.partition(" “")[0] for row in map_.told("en")[:2]] == ["decided that", "accepted"]
        assert map_.told("zh")[1].text.endswith("为关键时刻：Everybody passes")
        assert [(one["what"], one["by"]) for one in map_.history()[1:]] == [
            ("accept_moment", "ann"), ("refuse_moment", "bo"),
        ]  # fmt: skip
        assert not [card for card in map_.document.cards if card.lane == "moments"]
        pain = next((card.key for card in map_.document.cards), None)
        if pain is not None:
            with pytest.raises(BadInput, match="proposes no moment"):
                map_.edit("accept_moment", card=pain)


def test_the_journey_score_is_that_of_its_formulas(tmp_path: Path) -> None:
    felt = [0.5, 1.2, -1.8, 0.2, 1.0]
    told = {how: score_of(felt, how) for how in ("mean", "peak_end", "weakest")}
    assert told == {"mean": pytest.approx(0.22), "peak_end": pytest.approx(-0.40), "weakest": -1.8}
    assert score_of([]) is None
    with pytest.raises(UnknownName, match="peak_end"):
        score_of(felt, "median")
    with lvtu.open(tmp_path / "shop") as ws:
        ws.ingest(events())
        ws.save_model(MODEL)
        map_ = ws.maps.autodraw()
        found = map_.answers()
        values = [found.values["csat5"][key].value for key in ("product", "checkout", "delivery")]
        scores = journey_score(map_.document, found)
        assert scores["mean"].value == pytest.approx(sum(values) / 3) and scores["mean"].n == 3
        assert scores["weakest"].value == min(values), "home has no answers, and is no zero"
