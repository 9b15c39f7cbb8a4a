"""Visits to a store: of those who have a membership card, which is read when they come and when they pay."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.core.units import SECOND
from lvtu.simulator.asking import ask
from lvtu.simulator.calendar import in_daytime
from lvtu.simulator.catalogue import catalogue
from lvtu.simulator.passing import Scene
from lvtu.simulator.visits import Memory, Orders, worth

Array = NDArray[Any]


def can_visit(scene: Scene, memory: Memory, who: Array) -> Array:
    """Who could go to a store: known members in a city that has one."""
    people = scene.people
    member = np.array([one is not None for one in people.member])
    return np.asarray(member[who] & memory.known[who] & (people.tier[who] > 0) & (people.tier[who] < 3))


def visit_store(scene: Scene, memory: Memory, who: Array, time: Array) -> Orders:
    """Let some customers come to a store, queue at the till, and buy or leave."""
    draws, people, goods = scene.draws, scene.people, catalogue()
    time = np.maximum(in_daytime(time, draws.uniform("hour", who), people.clock[who]), memory.busy_until[who])
    passed = scene.pass_step("store", who, time + 600 * SECOND, "store", -1, True, "till", lift=people.keen[who] ** 0.5)
    scene.log.add(
        "Store Visited", who, time, channel="store", source="till", city=people.city[who], wait_s=passed.stay / SECOND,
    )  # fmt: skip
    memory.feel(who, passed.feeling)
    ask(
        scene, "Store Rated", "csat5", who, passed.end + 3600 * SECOND, passed.feeling, share=0.1,
        asked="checkout_asked", noise="checkout_noise", step="store", about="store", channel="mini_program",
    )  # fmt: skip
    buying = who[passed.go]
    product = goods.pick(draws.uniform("which", buying))
    return Orders(
        buying, passed.end[passed.go], np.full(len(buying), "store", object), np.full(len(buying), -1), product,
        worth(scene, buying, product), passed.troubled[passed.go],
    )  # fmt: skip
