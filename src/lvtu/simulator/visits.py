"""Visits on a device: from where a customer comes, what they look at, and whether they buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.core.units import SECOND
from lvtu.simulator.asking import ask
from lvtu.simulator.catalogue import catalogue
from lvtu.simulator.log import Said
from lvtu.simulator.pains import ONE_PAGE
from lvtu.simulator.passing import NOISE, Passage, Scene
from lvtu.simulator.people import DEVICES
from lvtu.simulator.plan import CALM

Array = NDArray[Any]

_AD, _POST, _EMAIL = 0.14, 0.24, 0.42
"""Up to which of the uniform numbers a visit begins with an advertisement, a post, or an e-mail (of the known)."""


@dataclass(frozen=True)
class Orders:
    """Orders of some customers, each an item of every array.

    Attributes:
        who: the customer's place.
        time: when, µs.
        channel, device: where.
        product: the product's place in the catalogue.
        value: what it cost.
        troubled: who met an error on the way.
    """

    who: Array
    time: Array
    channel: Array
    device: Array
    product: Array
    value: Array
    troubled: Array


@dataclass
class Memory:
    """What customers carry from one visit to the next.

    Attributes:
        feeling: how they feel about the shop by now.
        known: whether they have signed up.
        signed_in: on which devices they are signed in, ``[customers, devices]``.
        orders: how many they have made.
        busy_until: nothing of theirs begins before, µs.
    """

    feeling: Array
    known: Array
    signed_in: Array
    orders: Array
    busy_until: Array

    @classmethod
    def of(cls, customers: int) -> Memory:
        """That of customers who have never come."""
        return cls(
            np.full(customers, 0.5), np.zeros(customers, bool), np.zeros((customers, len(DEVICES)), bool),
            np.zeros(customers, np.int64), np.zeros(customers, np.int64),
        )  # fmt: skip

    def feel(self, who: Array, feeling: Array) -> None:
        """Let an experience colour what they feel."""
        self.feeling[who] = 0.65 * self.feeling[who] + 0.35 * feeling


@dataclass
class _Visit:
    """The visits of one round while they last.

    Attributes:
        scene, memory: as of `visit`.
        who: who is there.
        device: on which device.
        now: when it is for each, µs.
        known: who is signed in.
    """

    scene: Scene
    memory: Memory
    who: Array
    device: Array
    now: Array
    known: Array

    @classmethod
    def begun(cls, scene: Scene, memory: Memory, who: Array, time: Array) -> _Visit:
        """Visits at their first moment: signed in is who was so when they were last on the device."""
        device = device_of(scene, who)
        shared = (device == 0) & scene.people.shares[who]
        memory.signed_in[who[shared], 0] = False  # whoever had the browser meanwhile signed in there
        return cls(scene, memory, who, device, time, memory.signed_in[who, device])

    @property
    def channel(self) -> Array:
        return np.array(DEVICES, object)[self.device]

    def only(self, here: Array, now: Array | None = None) -> _Visit:
        """Some of them, at another time."""
        moments = self.now if now is None else now
        return _Visit(self.scene, self.memory, self.who[here], self.device[here], moments[here], self.known[here])

    def tell(self, event: str, **properties: Any) -> None:
        self.scene.log.add(
            event, self.who, self.now, device=self.device, known=self.known,
            **{"channel": self.channel, "source": "shop", **properties},
        )  # fmt: skip

    def step(self, key: str, **how: Any) -> Passage:
        return self.scene.pass_step(key, self.who, self.now, self.channel, self.device, self.known, **how)

    def sign_in(self, which: Array) -> None:
        """Let some sign in, or sign up where they never have."""
        part = self.only(which & ~self.known)
        new = ~self.memory.known[part.who]
        for event, some in (("Signed Up", new), ("Signed In", ~new)):
            signing = part.only(some)
            signing.known = np.ones(len(signing.who), bool)
            people = self.scene.people
            signing.now = signing.now + 2 * SECOND
            signing.tell(event, city=people.city[signing.who], city_tier=_tier(people.tier[signing.who]))
        self.memory.known[part.who] = True
        self.memory.signed_in[part.who, part.device] = True
        self.known = self.known | which


def _tier(tier: Array) -> Array:
    return np.where(tier > 0, tier, np.nan)


def device_of(scene: Scene, who: Array) -> Array:
    """On which device some customers come this round: its place in `DEVICES`."""
    chosen = (scene.draws.uniform("device", who)[:, None] >= scene.people.likes[who]).sum(axis=1)
    return np.asarray(np.minimum(chosen, len(DEVICES) - 1))


def visit(scene: Scene, memory: Memory, who: Array, time: Array) -> Orders:
    """Let some customers come to the shop on one of their devices.

    Args:
        scene: the round.
        memory: what they carry along, changed here.
        who: their places.
        time: when they come, µs.

    Returns:
        Their orders.
    """
    seen = _Visit.begun(scene, memory, who, time)
    _arrive(seen)
    looking = _browse(seen)
    _wonder(looking)
    wanting, product = _choose(looking)
    return _buy(wanting, product)


def _arrive(seen: _Visit) -> None:
    """The way in, the home page, and perhaps a sign-in."""
    draws, scene = seen.scene.draws, seen.scene
    roll = draws.uniform("entry", seen.who)
    for event, low, high in (("Ad Clicked", 0.0, _AD), ("Social Post Viewed", _AD, _POST)):
        way = seen.only((roll >= low) & (roll < high))
        way.tell(event, channel="social", source="campaigns")
        scene.log.feel("ad", way.who, way.now, _feeling(scene, way.who, "ad"))
    way = seen.only((roll >= _POST) & (roll < _EMAIL) & seen.memory.known[seen.who])
    for event, after in (("Email Opened", 0), ("Email Link Clicked", 8 * SECOND)):
        scene.log.add(event, way.who, way.now + after, channel="email", source="campaigns")
    seen.now = seen.now + 20 * SECOND
    seen.tell("Page Viewed", page="home")
    felt = _feeling(scene, seen.who, "home")
    scene.log.feel("home", seen.who, seen.now, felt)
    seen.memory.feel(seen.who, felt)
    ask(
        scene, "Impression Rated", "csat5", seen.who, seen.now + 3 * SECOND, felt, share=0.015, asked="impression",
        noise="impression_noise", step="home", about="brand", channel=seen.channel, device=seen.device,
        known=seen.known, comments=0.35,
    )  # fmt: skip
    seen.now = seen.now + 5 * SECOND
    seen.sign_in(draws.under("sign_in", seen.who, np.where(seen.memory.known[seen.who], 0.6, 0.09)))


def _feeling(scene: Scene, who: Array, what: str) -> Array:
    noise = scene.draws.normal(f"{what}_feel", who, NOISE)
    return np.clip(CALM[what] + scene.people.mood[who] + noise, -2, 2)


def _browse(seen: _Visit) -> _Visit:
    """Searching, or going through a list; returns those who look at products then."""
    draws, goods, people = seen.scene.draws, catalogue(), seen.scene.people
    category = goods.said(goods.categories, goods.pick(draws.uniform("which", seen.who)), people.chinese[seen.who])
    searches = draws.under("searches", seen.who, 0.42)
    end = seen.now + 12 * SECOND
    looks = ~searches & draws.under("lists", seen.who, 0.66)
    searching = seen.only(searches, end)
    searching.tell("Products Searched", query=category[searches])
    passed = searching.step("search")
    end[searches] = passed.end
    listing = seen.only(looks, end)
    listing.tell("Product List Viewed", category=category[looks])
    looks[searches] = passed.go
    end[looks] += 15 * SECOND
    return seen.only(looks, end)


def _wonder(looking: _Visit) -> None:
    """Questions before buying, asked by chat and answered there."""
    draws, goods, people = looking.scene.draws, catalogue(), looking.scene.people
    asking = looking.only(draws.under("presale", looking.who, 0.02), looking.now + 25 * SECOND)
    rows = len(asking.who)
    product = goods.said(goods.names, goods.pick(draws.uniform("which", asking.who)), people.chinese[asking.who])
    said = Said("chat", np.zeros(rows), np.full(rows, "quality", object), "ask")
    asking.tell("Question Asked", source="care", said=said, product=product)
    wait = draws.lasting("presale_answer", asking.who, 75.0)
    asking.now = asking.now + (wait * SECOND).astype(np.int64)
    asking.tell("Question Answered", source="care", wait_s=wait, product=product)


def _choose(looking: _Visit) -> tuple[_Visit, Array]:
    """Looking at products and putting one into the cart; returns those who do, and which one."""
    draws, goods, people = looking.scene.draws, catalogue(), looking.scene.people
    which = goods.pick(draws.uniform("which", looking.who))
    more = draws.several("more_products", looking.who, 0.55, 7)
    lift = people.keen[looking.who]
    passed = looking.step("product", lift=lift)
    for turn in range(8):
        here = more >= turn
        part = looking.only(here, looking.now + turn * np.maximum(passed.stay // (more + 1), 4 * SECOND))
        product = (which[here] + 5 * turn) % len(goods)
        part.tell("Product Viewed", **_of(part, product))
    ask(
        looking.scene, "Browsing Rated", "csat5", looking.who, passed.end + 10 * SECOND, passed.feeling, share=0.025,
        asked="browsing", noise="browsing_noise", step="product", about="quality", channel=looking.channel,
        device=looking.device, known=looking.known, comments=0.3,
    )  # fmt: skip
    looking.memory.feel(looking.who, passed.feeling)
    wanting = looking.only(passed.go, passed.end + 12 * SECOND)
    product = ((which + 5 * more) % len(goods))[passed.go]
    wanting.tell("Product Added", quantity=1, **_of(wanting, product))
    return wanting, product


def _of(part: _Visit, product: Array) -> dict[str, Array]:
    """What events say of a product."""
    goods, people = catalogue(), part.scene.people
    chinese, currency = people.chinese[part.who], people.currency[part.who]
    return {
        "product": goods.said(goods.names, product, chinese),
        "category": goods.said(goods.categories, product, chinese),
        "price": goods.prices[currency, product],
    }


def _buy(wanting: _Visit, product: Array) -> Orders:
    """Cart, checkout, payment and order."""
    scene = wanting.scene
    cart = wanting.step("cart")
    going = wanting.only(cart.go, cart.end)
    going.tell("Cart Viewed")
    product = product[cart.go]
    going.sign_in(np.ones(len(going.who), bool))
    going.now = going.now + 20 * SECOND
    value = worth(scene, going.who, product)
    going.tell("Checkout Started", total=value)
    one_page = (going.device == 1) & (going.now >= ONE_PAGE.begin)
    checkout = going.step("checkout", lift=np.where(one_page, ONE_PAGE.ratio, 1.0))
    _how_was_checkout(going, checkout)
    paying = going.only(checkout.go, checkout.end)
    paying.tell("Payment Info Entered")
    paid = paying.step("payment")
    going.memory.feel(paying.who, paid.feeling)
    failed = paying.only(~paid.go, paid.end)
    failed.tell("Payment Failed")
    done = paying.only(paid.go, paid.end)
    troubled = (checkout.troubled[checkout.go] | paid.troubled)[paid.go]
    return Orders(
        done.who, done.now, done.channel, done.device, product[checkout.go][paid.go], value[checkout.go][paid.go],
        troubled,
    )  # fmt: skip


def worth(scene: Scene, who: Array, product: Array) -> Array:
    """What an order of a product costs: of one to four pieces, sometimes with a discount."""
    price = catalogue().prices[scene.people.currency[who], product]
    pieces = 1 + scene.draws.several("value", who, 0.3, 3)
    less = np.where(scene.draws.under("more_products", who, 0.3), 0.9, 1.0)
    return np.asarray(np.round(price * pieces * less, 2))


def _how_was_checkout(going: _Visit, checkout: Passage) -> None:
    """What those say who have been through the checkout, whether they gave up or not."""
    going.memory.feel(going.who, checkout.feeling)
    for event, scale, share, name, about in (
        ("Checkout Rated", "csat5", 0.18, "checkout", 0.5), ("Ease Rated", "ces7", 0.08, "ease", 0.0)
    ):  # fmt: skip
        ask(
            going.scene, event, scale, going.who, checkout.end + 15 * SECOND, checkout.feeling, share=share,
            asked=f"{name}_asked", noise=f"{name}_noise", step="checkout", about="checkout", channel=going.channel,
            device=going.device, known=going.known, comments=about,
        )  # fmt: skip
