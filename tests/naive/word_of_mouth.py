"""Word of mouth the slow way: every customer's answers, texts and referrals, one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from naive.journeys import Event, What, in_range, journeys
from naive.touchpoint_quality import Thing

POINTS = {"promoter": 100.0, "passive": 50.0, "detractor": 0.0, "positive": 100.0, "neutral": 50.0, "negative": 0.0}


@dataclass
class Mouth:
    counts: Counter[str] = field(default_factory=Counter)
    who: dict[str, set[str]] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)

    def add(self, what: str, customer: str, part: str | None = None, points: float = 0.0, weight: float = 1.0) -> None:
        self.counts[what] += 1
        self.who.setdefault(what, set()).add(customer)
        if part is not None:
            self.things.append(Thing(customer, None, part, points, weight))


def kind(score: float) -> str:
    return "promoter" if score >= 9 else "detractor" if score <= 6 else "passive"


def mouths(
    events: Iterable[Event], by: str | None, referral: Callable[[Event], bool], within: int, horizon: int,
    label: Callable[[str], str | None], where: What = None, mentions: What = None, since: int | None = None,
    until: int | None = None, weighted: bool = True,
) -> dict[Any, Mouth]:  # fmt: skip
    """By group what was meant, said and done."""
    found: dict[Any, Mouth] = {}
    for customer, whole in journeys(events, where).items():
        line = [event for event in whole if in_range(event, since, until)]
        promoted = set()
        for place, event in enumerate(line):
            group = event.get(by) if by else None
            weight = 1.0 if event.weight is None or not weighted else event.weight
            mouth = found.get(group, Mouth())
            if referral(event):
                mouth.add("referral", customer)
            if event.scale == "nps" and event.score is not None and 0 <= event.score <= 10 and weight > 0:
                mouth.add(kind(event.score), customer, "willing", POINTS[kind(event.score)], weight)
                if kind(event.score) == "promoter" and group not in promoted:
                    promoted.add(group)
                    later = next((one for one in line[place + 1 :] if referral(one)), None)
                    if later is not None and later.time - event.time <= within:
                        mouth.add("converted", customer)
                    elif horizon - event.time <= within:
                        mouth.add("open", customer)
                    else:
                        mouth.add("lost", customer)
            said = None if event.text is None else label(event.text)
            if said is not None and (mentions is None or (callable(mentions) and mentions(event))):
                mouth.add(said, customer, "said", POINTS[said])
            if mouth.counts:
                found[group] = mouth
    return found
