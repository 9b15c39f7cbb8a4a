"""What follows an order: the delivery, what the product is like, returns, reviews, and what becomes of the customer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.core.units import DAY, HOUR, MINUTE, SECOND
from lvtu.simulator.asking import ask
from lvtu.simulator.calendar import in_daytime
from lvtu.simulator.care import turn_to_care
from lvtu.simulator.catalogue import catalogue
from lvtu.simulator.log import Said
from lvtu.simulator.pains import EXPRESS
from lvtu.simulator.passing import NOISE, Scene
from lvtu.simulator.plan import CALM, END
from lvtu.simulator.visits import Memory, Orders

Array = NDArray[Any]

_ABROAD = 2.6
"""How many times longer parcels to other countries take."""

_PROMISED = (7, 3)
"""Days until the delivery that are promised abroad and at home."""


def fulfil(scene: Scene, memory: Memory, orders: Orders, number: str) -> None:
    """Let some orders run their course.

    Args:
        scene: the round.
        memory: what their customers carry along, changed here.
        orders: they.
        number: what the orders' numbers end with.
    """
    people, goods, who = scene.people, catalogue(), orders.who
    memory.orders[who] += 1
    memory.busy_until[who] = np.maximum(memory.busy_until[who], orders.time)
    ids = np.array([f"S{one}-{number}" for one in people.number[who]], object)
    chinese, tier = people.chinese[who], np.where(people.tier[who] > 0, people.tier[who], np.nan)
    what: dict[str, Any] = {"order_id": ids, "product": goods.said(goods.names, orders.product, chinese)}
    scene.log.add(
        "Order Completed", who, orders.time, channel=orders.channel, device=orders.device,
        source=np.where(orders.device < 0, "till", "shop"), value=orders.value, currency=people.currency[who],
        category=goods.said(goods.categories, orders.product, chinese), city_tier=tier,
        order_number=memory.orders[who], **what,
    )  # fmt: skip
    here = orders.device >= 0
    arrived, felt, broken = orders.time.copy(), np.full(len(who), np.nan), np.zeros(len(who), bool)
    arrived[here], felt[here], broken[here] = _deliver(scene, memory, orders, here, ids, tier)
    quality = _quality(scene, memory, orders, arrived, broken)
    _review(scene, memory, orders, arrived, quality, felt, ids)
    refunded = _returns(scene, memory, orders, arrived, quality, broken, ids)
    _complain(scene, memory, orders, arrived, felt, quality, broken, refunded)
    _relation(scene, memory, orders, arrived)


def _deliver(
    scene: Scene, memory: Memory, orders: Orders, here: Array, ids: Array, tier: Array
) -> tuple[Array, Array, Array]:
    """The way of the parcels: when they arrive, how that feels, and which are damaged."""
    draws, people, who = scene.draws, scene.people, orders.who[here]
    home, ids, tier = people.tier[who] > 0, ids[here], tier[here]
    shipped = orders.time[here] + (draws.lasting("shipped", who, 14.0, 0.5) * HOUR).astype(np.int64)
    express = (people.tier[who] == 1) & (shipped >= EXPRESS.begin)
    pace = np.where(home, 1.0, _ABROAD) * np.where(express, EXPRESS.ratio, 1.0)
    promised = np.array(_PROMISED)[home.astype(int)]
    damaged = draws.under("damaged", who, 0.03)
    passed = scene.pass_step("delivery", who, shipped, "courier", -1, True, "logistics", pace=pace)
    late = passed.stay > promised * DAY
    felt = np.clip(passed.feeling - 0.9 * late - 1.4 * damaged, -2, 2)
    scene.log.felt["delivery"][-1] = (who, shipped, felt)  # known only now
    common: dict[str, Any] = {"channel": "courier", "source": "logistics", "order_id": ids, "city_tier": tier}
    scene.log.add("Order Shipped", who, shipped, promised_days=promised, **common)
    scene.log.add("Order Delivered", who, passed.end, late=late, damaged=damaged, **common)
    memory.feel(who, felt)
    confirmed = passed.end + ((6 + 24 * draws.uniform("receipt", who)) * HOUR).astype(np.int64)
    scene.log.add(
        "Receipt Confirmed", who, confirmed, channel=orders.channel[here], device=orders.device[here], source="shop",
        order_id=ids,
    )  # fmt: skip
    ask(
        scene, "Delivery Rated", "csat5", who, passed.end + 90 * MINUTE, felt, share=0.22, asked="delivery_asked",
        noise="delivery_noise", step="delivery", about=np.where(damaged, "packaging", "delivery").astype(object),
        channel=orders.channel[here], device=orders.device[here],
    )  # fmt: skip
    return passed.end, felt, damaged


def _quality(scene: Scene, memory: Memory, orders: Orders, arrived: Array, broken: Array) -> Array:
    """How they find what they bought."""
    who, noise = orders.who, scene.draws.normal("quality", orders.who, 1.6 * NOISE)
    felt = np.clip(CALM["review"] + scene.people.mood[who] - 1.5 * broken + noise, -2, 2)
    memory.feel(who, felt)
    scene.log.feel("review", who, arrived, felt)
    return np.asarray(felt)


def _some_days_later(scene: Scene, who: Array, time: Array, name: str, least: float, more: float) -> Array:
    """Times in the day, so many days after others."""
    days = least + more * scene.draws.uniform(f"{name}_day", who)
    return in_daytime(
        time + ((days + 0.5) * DAY).astype(np.int64), scene.draws.uniform(f"{name}_hour", who), scene.people.clock[who]
    )


def _review(
    scene: Scene, memory: Memory, orders: Orders, arrived: Array, quality: Array, felt: Array, ids: Array
) -> None:
    who = orders.who
    later = _some_days_later(scene, who, arrived, "review", 1.0, 8.0)
    mixed = np.where(np.isnan(felt), quality, 0.75 * quality + 0.25 * felt)
    ask(
        scene, "Review Posted", "stars5", who, later, mixed, share=0.28, asked="reviews", noise="stars_noise",
        step="review", about="product", channel=_online(orders), device=orders.device, comments=0.9, kind="review",
        source="shop", order_id=ids, product=_named(scene, orders),
    )  # fmt: skip


def _online(orders: Orders) -> Array:
    """The channel of what they say later: that of the order, and of those from a store the mini program."""
    return np.where(orders.device < 0, "mini_program", orders.channel)


def _named(scene: Scene, orders: Orders) -> Array:
    goods = catalogue()
    return goods.said(goods.names, orders.product, scene.people.chinese[orders.who])


def _returns(
    scene: Scene, memory: Memory, orders: Orders, arrived: Array, quality: Array, broken: Array, ids: Array
) -> Array:
    """Who sends it back, and gets the money; returns who does."""
    draws, people = scene.draws, scene.people
    back = draws.under("returns", orders.who, 0.03 + 0.3 * broken + 0.2 * (quality < -0.6))
    who, value = orders.who[back], orders.value[back]
    asked = _some_days_later(scene, orders.who, arrived, "return", 0.5, 5.0)[back]
    device = orders.device[back]
    channel = _online(orders)[back]
    scene.log.add(
        "Return Requested", who, asked, channel=channel, device=device, source="shop", order_id=ids[back],
        reason=np.where(broken[back], "damaged", "not_as_expected"),
    )  # fmt: skip
    passed = scene.pass_step("refund", who, asked, channel, device, True, "care")
    scene.log.add(
        "Order Refunded", who, passed.end, channel=channel, device=device, source="care", value=value,
        currency=people.currency[who], order_id=ids[back], wait_s=passed.stay / SECOND,
    )  # fmt: skip
    memory.feel(who, passed.feeling)
    return back


def _complain(
    scene: Scene, memory: Memory, orders: Orders, arrived: Array, felt: Array, quality: Array, broken: Array,
    refunded: Array,
) -> None:  # fmt: skip
    """Who turns to customer care afterwards, and with what."""
    draws, bad = scene.draws, np.nan_to_num(felt, nan=1.0)
    share = 0.05 + 0.3 * (bad < -0.3) + 0.45 * broken + 0.25 * refunded + 0.15 * orders.troubled + 0.12 * (quality < -1)
    some = draws.under("complains", orders.who, share)
    topics = (broken, refunded, bad < -0.3, orders.troubled, quality < -0.3)
    names = ("packaging", "refund", "delivery", "checkout", "quality")
    usual = np.where(draws.under("asks", orders.who, 0.5), "delivery", "product")
    about = np.select(topics, names, usual).astype(object)
    later = _some_days_later(scene, orders.who, arrived, "ask", 0.2, 3.5) if len(arrived) else arrived
    device = np.maximum(orders.device, 0)
    turn_to_care(scene, memory, orders.who[some], later[some], about[some], device[some])


def _relation(scene: Scene, memory: Memory, orders: Orders, arrived: Array) -> None:
    """What becomes of the customer: whether they recommend, join, share, invite, and post."""
    draws, people, who = scene.draws, scene.people, orders.who
    later = _some_days_later(scene, who, arrived, "nps", 12.0, 14.0)
    noise = draws.normal("nps_feel", who, NOISE)
    felt = np.clip(CALM["survey"] + people.mood[who] + 0.9 * (memory.feeling[who] - 0.6) + noise, -2, 2)
    scene.log.feel("survey", who, later, felt)
    channel, device = _online(orders), orders.device
    asked = later < END  # of whom some answer
    scene.log.add(
        "Survey Sent", who[asked], later[asked] - 30 * MINUTE, channel="email", source="surveys", step="survey",
        survey="relationship",
    )  # fmt: skip
    ask(
        scene, "Recommendation Given", "nps", who, later, felt, share=0.3, asked="nps_asked", noise="nps_noise",
        step="survey", about="brand", channel="email", comments=0.6, survey="relationship",
    )  # fmt: skip
    ask(
        scene, "Relationship Rated", "csat5", who, later + 2 * MINUTE, felt, share=0.2, asked="relation_asked",
        noise="relation_noise", step="survey", about="brand", channel="email", comments=0.25, survey="relationship",
    )  # fmt: skip
    joins = (memory.orders[who] == 2) & draws.under("joins", who, 0.45)
    for event, which in (
        ("Membership Joined", joins),
        ("Product Shared", draws.under("shares", who, 0.05 + 0.1 * (felt > 1))),
        ("Invite Sent", draws.under("invites", who, 0.01 + 0.07 * (felt > 1))),
    ):
        scene.log.add(
            event, who[which], later[which] + 5 * MINUTE, channel=channel[which], device=device[which], source="shop"
        )
    posts = draws.under("posts", who, 0.01 + 0.03 * (np.abs(felt) > 1.2))
    scene.log.add(
        "Social Post Published", who[posts], later[posts] + 40 * MINUTE, channel="social", source="social",
        said=Said("review", felt[posts], np.full(int(posts.sum()), "product", object)),
        product=_named(scene, orders)[posts],
    )  # fmt: skip
