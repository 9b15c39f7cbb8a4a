"""What is planted moves what it says it moves, as far as it says; the numbers are those of the documentation."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

import lvtu
from lvtu.core.units import instant
from lvtu.simulator import EFFECTS, STEPS
from unit.simulator.simulations import Simulated, following, of, simulated

GO = {"cart": 0.60, "checkout": 0.74, "payment": 0.93}
"""Of those who come to a step, the share who go on where nothing hurts."""
LOST = {"wait": 0.30, "annoy": 0.45, "think": 0.35, "repeat": 0.25}
SHOWN = {"annoy": ("Error Shown", 0.82), "think": ("Help Viewed", 0.62), "repeat": ("Step Repeated", 0.72)}
SLOWER = {"wait": 4.0, "annoy": 1.4, "think": 2.5, "repeat": 1.8}
"""What docs/explanation/simulator.md says of each kind at full strength."""

NEXT = {
    "cart": ("Product Added", "Cart Viewed"),
    "checkout": ("Checkout Started", "Payment Info Entered"),
    "payment": ("Payment Info Entered", "Order Completed"),
}


def passed(events: pa.Table, step: str, channels: tuple[str, ...] = ("web", "mini_program")) -> tuple[int, int]:
    """How many came to a step and how many went on, where no effect lies (that of the app)."""
    came, went = (
        of(events, name).filter(pc.is_in(of(events, name)["channel"], pa.array(channels))).num_rows
        for name in NEXT[step]
    )
    return came, went


def agrees(events: int, of_: int, share: float) -> bool:
    """Whether a share could be chance: three and a half standard errors."""
    return bool(abs(events / of_ - share) < 3.5 * np.sqrt(share * (1 - share) / of_))


@pytest.mark.parametrize("step", GO)
@pytest.mark.parametrize("kind", LOST)
def test_a_pain_at_a_step_drives_away_so_many(step: str, kind: str) -> None:
    calm, hurting = simulated()[0], simulated(*(lvtu.Pain(one, kind) for one in GO))[0]
    came, went = passed(calm, step)
    assert agrees(went, came, GO[step])
    came, went = passed(hurting, step)
    assert agrees(went, came, GO[step] * (1 - LOST[kind]))


@pytest.mark.parametrize("kind", SHOWN)
def test_a_pain_shows_so_often(kind: str) -> None:
    event, share = SHOWN[kind]
    for events, expected in ((simulated()[0], 0.02), (simulated(*(lvtu.Pain(one, kind) for one in GO))[0], share)):
        came = of(events, "Checkout Started").num_rows
        assert agrees(of(events, event, step="checkout").num_rows, came, expected)


@pytest.mark.parametrize("kind", SLOWER)
def test_a_pain_takes_so_much_longer(kind: str) -> None:
    calm, hurting = (
        following(one, *NEXT["checkout"], channel="web")
        for one in (simulated()[0], simulated(*(lvtu.Pain(one, kind) for one in GO))[0])
    )
    ratio = np.nanmedian(hurting) / np.nanmedian(calm)
    assert abs(np.log(ratio / SLOWER[kind])) < 0.2, "medians of some hundreds, with a spread of 0.6"


def test_half_the_strength_does_half() -> None:
    came, went = passed(simulated(lvtu.Pain("checkout", "annoy", 0.5))[0], "checkout")
    assert agrees(went, came, 0.74 * (1 - 0.225))


def test_a_strength_of_nothing_is_nothing() -> None:
    pains = [lvtu.Pain("checkout", "annoy", 0.0)], []
    with_it, without = (lvtu.simulate(customers=200, seed=1, pains=one) for one in pains)
    assert with_it[0] == without[0]
    assert len(with_it[1].pains[0].customers) == 0


def test_waiting_for_parcels() -> None:
    """Four times as long, felt by those who wait, and by them alone until it hurts everywhere."""
    calm, late = simulated(), simulated(lvtu.Pain("delivery", "wait", 1.0))
    days = [on_the_way(events) for events, _ in (calm, late)]
    assert 3.6 < np.median(days[1]) / np.median(days[0]) < 4.4
    rated = [of(events, "Delivery Rated")["score"].to_numpy().mean() for events, _ in (calm, late)]
    assert rated[1] < rated[0] - 1
    assert late[1].feelings["delivery"] < calm[1].feelings["delivery"] - 1
    assert abs(late[1].feelings["awareness"] - calm[1].feelings["awareness"]) < 0.1
    assert calls_per_order(late[0]) > 1.5 * calls_per_order(calm[0])


def on_the_way(events: pa.Table, **equal: Any) -> np.ndarray[Any, Any]:
    """Days from shipping to delivery, of the parcels that arrive."""
    sent, came = (parcels(events, name, **equal) for name in ("Order Shipped", "Order Delivered"))
    return np.array([(came[order] - time) / 86400e6 for order, time in sent.items() if order in came])


def parcels(events: pa.Table, name: str, **equal: Any) -> dict[str, int]:
    some = of(events, name, **equal)
    ids = [json.loads(text)["order_id"] for text in some["properties"].to_pylist()]
    return dict(zip(ids, some["time"].cast(pa.int64()).to_pylist(), strict=True))


def calls_per_order(events: pa.Table) -> float:
    return of(events, "Call Started", "Ticket Created").num_rows / of(events, "Order Completed").num_rows


def test_having_to_ask_again() -> None:
    pains = [lvtu.Pain(one, "repeat") for one in ("chat", "hotline", "ticket")]
    calm, again = simulated()[0], simulated(*pains)[0]

    def shares(events: pa.Table) -> tuple[float, float]:
        started = of(events, "Call Started", "Ticket Created")
        transferred = sum(
            of(events, "Contact Transferred", step=step).num_rows for step in ("chat", "hotline", "ticket")
        )
        came_back = of(started, "Call Started", "Ticket Created", again=True).num_rows
        return came_back / (started.num_rows - came_back), transferred / of(events, *CONTACTS).num_rows

    assert shares(again)[0] > shares(calm)[0] + 0.25
    assert shares(calm)[1] < 0.05
    assert 0.65 < shares(again)[1] < 0.8


CONTACTS = ("Chat Started", "Call Started", "Ticket Created")


def test_a_pain_has_its_time() -> None:
    since = "2025-07-01T00:00:00Z"
    events, truth = simulated(lvtu.Pain("checkout", "annoy", 1.0, since=since))
    before, after = split(events, since)
    assert agrees(of(before, "Error Shown", step="checkout").num_rows, of(before, "Checkout Started").num_rows, 0.02)
    assert agrees(of(after, "Error Shown", step="checkout").num_rows, of(after, "Checkout Started").num_rows, 0.82)
    assert set(truth.pains[0].customers.to_pylist()) == set(of(after, "Checkout Started")["user_id"].to_pylist())


def split(events: pa.Table, at: str) -> list[pa.Table]:
    late = pc.greater_equal(events["time"].cast(pa.int64()), instant(at))
    return [events.filter(pc.invert(late)), events.filter(late)]


@pytest.mark.parametrize("kind", LOST)
def test_every_step_can_hurt(kind: str) -> None:
    events, truth = lvtu.simulate(customers=300, seed=2, pains=[lvtu.Pain(step, kind) for step in STEPS])
    assert [one.pain.step for one in truth.pains] == list(STEPS)
    assert all(len(one.customers) for one in truth.pains if one.pain.step not in ("ticket", "hotline", "refund"))
    felt = lvtu.simulate(customers=300, seed=2, pains=[])[1].feelings
    assert all(truth.feelings[stage] < felt[stage] - 0.3 for stage in ("consideration", "purchase", "delivery"))
    assert events.num_rows


def test_who_was_met_is_who_came_to_the_step(usual: Simulated) -> None:
    events, truth = usual
    (planted,) = truth.pains
    assert (planted.pain, planted.stage) == (lvtu.Pain("checkout", "annoy", 0.7), "purchase")
    assert sorted(planted.customers.to_pylist()) == sorted(
        of(events, "Checkout Started")["user_id"].unique().to_pylist()
    )


def test_the_funnel_finds_where_the_checkout_hurts(ws: Any) -> None:
    """Of all steps of buying, the one with the pain loses most against a shop in which nothing hurts."""
    steps = ["Product Added", "Cart Viewed", "Checkout Started", "Payment Info Entered", "Order Completed"]
    asked = {"unit": "sessions", "where": "channel in ('web', 'mini_program')"}
    table = ws.funnel(steps, **asked).table.to_pylist()
    shares = {row["name"]: row["customers"] / before["customers"] for before, row in pairwise(table)}
    calm = {"Cart Viewed": 0.60, "Checkout Started": 1.0, "Payment Info Entered": 0.74, "Order Completed": 0.93}
    lost = {name: calm[name] - share for name, share in shares.items()}
    assert max(lost, key=lambda name: lost[name]) == "Payment Info Entered"
    assert abs(shares["Payment Info Entered"] - 0.74 * (1 - 0.7 * 0.45)) < 0.06


RATED = {
    "home": "Impression Rated", "product": "Browsing Rated", "checkout": "Checkout Rated", "store": "Store Rated",
    "delivery": "Delivery Rated", "survey": "Relationship Rated",
}  # fmt: skip


@pytest.mark.parametrize("touchpoint", RATED)
def test_answers_scatter_around_what_is_felt(usual: Simulated, touchpoint: str) -> None:
    events, truth = usual
    felt = of(events, RATED[touchpoint], scale="csat5")["score"].to_numpy().astype(float) - 3
    error = felt.std() / np.sqrt(len(felt))
    assert abs(felt.mean() - truth.touchpoints[touchpoint]) < 3.5 * error + 0.08, "answers end at 5, feelings do not"


def test_the_overview_shows_the_curve(ws: Any, usual: Simulated) -> None:
    """Satisfaction by stage dips where the checkout hurts, and is within a third of a point of what was planted."""
    from lvtu.analyses.overview.facts import facts
    from lvtu.analyses.overview.periods import periods

    year = instant("2025-01-01"), instant("2026-01-01")
    found = ws.asked(lambda snapshot, engine: facts(periods(snapshot.times, "UTC", *year), None, snapshot, engine))
    shown = {stage.key: felt.value for stage in found.stages for felt in stage.feelings if felt.of == "csat5"}
    planted = usual[1].feelings | {"purchase": usual[1].touchpoints["checkout"]}
    assert list(shown) == list(usual[1].stages)
    assert min(shown, key=lambda stage: shown[stage]) == "purchase"
    assert all(abs(shown[stage] - planted[stage]) < 0.34 for stage in planted), (shown, planted)


def test_n5_a_map_drawn_from_the_data_finds_four_of_five_planted_pains(tmp_path: Path) -> None:
    """Of several that hurt, none hides the others, and none is told where nothing hurts that was answered for."""
    kinds = {"checkout": "annoy", "delivery": "wait", "search": "think", "hotline": "repeat", "ticket": "wait"}
    events, truth = lvtu.simulate(customers=2000, seed=3, pains=[lvtu.Pain(*one, 0.8) for one in kinds.items()])
    with lvtu.open(tmp_path / "w") as ws:
        ws.ingest(events)
        ws.save_model(truth.model)
        found = {card.step for card in ws.maps.autodraw().document.cards if card.kind == "pain"}
    assert len(found & kinds.keys()) >= 0.8 * len(kinds)
    assert not found & {"home", "product", "store", "survey"}


def test_express_delivery_is_found_by_before_and_after() -> None:
    """The ratio of means of logarithms, largest cities before and after, against the others; and its interval."""
    (express, _), events = EFFECTS, simulated(customers=4000)[0]
    assert (express.segment, express.since, express.ratio) == ("city_tier = 1", "2025-07-01", 0.6)
    at = "2025-07-01T00:00:00+08:00"

    def change(tier: int) -> tuple[float, float]:
        before, after = (np.log(on_the_way(one, city_tier=tier)) for one in split(events, at))
        return after.mean() - before.mean(), before.var() / len(before) + after.var() / len(after)

    (treated, spread), (other, spread_other) = change(1), change(2)
    error = 1.96 * np.sqrt(spread + spread_other)
    assert treated - other - error < np.log(0.6) < treated - other + error
    assert treated - other + error < np.log(0.8), "and it is not nothing"


def test_the_checkout_of_one_page_is_found_by_before_and_after() -> None:
    (_, one_page), events = EFFECTS, simulated(customers=4000)[0]
    assert (one_page.segment, one_page.since, one_page.ratio) == ("channel = 'app'", "2025-09-01", 1.25)

    def ratio(*channels: str) -> tuple[float, float]:
        """The logarithm of the ratio, and half its 99 % interval."""
        (came, went), (came_after, went_after) = (
            passed(one, "checkout", channels) for one in split(events, "2025-09-01T00:00:00+08:00")
        )
        spread = 1 / went - 1 / came + 1 / went_after - 1 / came_after
        return float(np.log((went_after / came_after) / (went / came))), 2.576 * float(np.sqrt(spread))

    estimate, error = ratio("app")
    assert estimate - error < np.log(1.25) < estimate + error
    assert estimate - error > 0
    estimate, error = ratio("web", "mini_program")
    assert estimate - error < 0 < estimate + error, "nothing changed elsewhere"
