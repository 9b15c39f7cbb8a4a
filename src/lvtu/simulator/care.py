"""Customers who turn to customer care: by chat, by phone or with a ticket, and again where that did not help."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvtu.core.units import DAY, MINUTE, SECOND
from lvtu.simulator.asking import ask
from lvtu.simulator.calendar import in_daytime
from lvtu.simulator.log import Said
from lvtu.simulator.pains import strengths
from lvtu.simulator.passing import Scene
from lvtu.simulator.people import DEVICES
from lvtu.simulator.visits import Memory

Array = NDArray[Any]

_WAYS = {"chat": 0.5, "hotline": 0.75, "ticket": 1.0}
"""Up to which of the uniform numbers they take which way."""

_EVENTS = {
    "chat": ("Chat Started", "Chat Answered", "Chat Ended"),
    "hotline": ("Call Started", "Call Answered", "Call Ended"),
    "ticket": ("Ticket Created", "First Response", "Ticket Solved"),
}
_LASTING = {"chat": 6 * 60.0, "hotline": 5 * 60.0, "ticket": 22 * 3600.0}
"""The median time from the answer to the end, seconds."""


def turn_to_care(
    scene: Scene, memory: Memory, who: Array, time: Array, about: Array, device: Array, *,
    again: bool = False,
) -> None:  # fmt: skip
    """Let some customers turn to customer care.

    Args:
        scene: the round.
        memory: what they carry along, changed here.
        who: their places.
        time: when, µs.
        about: the topic, a key of the phrases.
        device: on which device they would chat.
        again: whether this is the second time with the same topic.
    """
    named = "care_again" if again else "care"
    roll = scene.draws.uniform(f"{named}.channel", who)
    low = 0.0
    for way, high in _WAYS.items():
        here = (roll >= low) & (roll < high)
        low = high
        _contact(scene, memory, named, way, who[here], time[here], about[here], device[here], again)


def _contact(
    scene: Scene, memory: Memory, named: str, way: str, who: Array, time: Array, about: Array, device: Array,
    again: bool,
) -> None:  # fmt: skip
    """One way of turning to care, from the first word to the end, and the next time with the same topic."""
    draws, began = scene.draws, time
    channel: Any = {"hotline": "hotline", "ticket": "email"}.get(way, np.array(DEVICES, object)[device])
    place = device if way == "chat" else -1
    known = memory.known[who] & (memory.signed_in[who, device] | (way != "chat"))
    resolved = draws.under(f"{named}.resolved", who, 0.83)
    mood = -1.0 * ~resolved - 0.4 * again
    passed = scene.pass_step(
        way, who, began, channel, place, known, "care", named="" if named == "care" else f"{named}.", mood=mood
    )
    end = passed.end + (draws.lasting(f"{named}.end", who, _LASTING[way]) * SECOND).astype(np.int64)
    felt = np.minimum(memory.feeling[who] - 0.9, passed.feeling)
    said = None if way == "hotline" else Said("chat" if way == "chat" else "ticket", felt, about)
    started, answered, ended = _EVENTS[way]
    common: dict[str, Any] = {"channel": channel, "device": place, "known": known, "source": "care", "topic": about}
    scene.log.add(started, who, began, said=said, again=again, **common)
    scene.log.add(answered, who, passed.end, wait_s=passed.stay / SECOND, **common)
    scene.log.add(ended, who, end, resolved=resolved, **common)
    memory.feel(who, passed.feeling)
    memory.busy_until[who] = np.maximum(memory.busy_until[who], passed.end)
    ask(
        scene, "Service Rated", "csat5", who, end + 10 * MINUTE, passed.feeling, share=0.4, asked=f"{named}.rated",
        noise=f"{named}.noise", step=way, about="service", channel=channel, device=place, known=known,
    )  # fmt: skip
    if not again:
        repeat = strengths(scene.pains, way, began).get("repeat", 0.0)
        share = np.where(resolved, 0.05, 0.45) + 0.5 * np.asarray(repeat)
        back = draws.under(f"{named}.return", who, share)
        days = 0.4 + 5.5 * draws.uniform(f"{named}.return_day", who)
        later = in_daytime(end + (days * DAY).astype(np.int64), draws.uniform(f"{named}.hour", who),
                           scene.people.clock[who])  # fmt: skip
        later = np.maximum(later, end + 30 * MINUTE)
        turn_to_care(scene, memory, who[back], later[back], about[back], device[back], again=True)
