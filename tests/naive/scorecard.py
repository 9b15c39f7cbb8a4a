"""The scorecard the slow way: each answer and each text of every customer, attribute by attribute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from naive.journeys import Event, What, in_range, journeys
from naive.touchpoint_quality import ENDS, Feel, Thing


class Told(NamedTuple):
    group: Any
    attribute: str
    thing: Thing


def told(
    events: Iterable[Event], by: str | None, attributes: Mapping[str, tuple[Sequence[str], Sequence[str]]],
    items: Sequence[str], feel: Feel, topics: Callable[[str], Sequence[str]], where: What = None, take: str = "both",
    since: int | None = None, until: int | None = None, weighted: bool = True,
) -> list[Told]:  # fmt: skip
    """Everything that tells of an attribute: by name, what it is rated as and its topics."""
    found = []
    for customer, line in journeys(events, where).items():
        for event in line:
            weight = 1.0 if event.weight is None or not weighted else event.weight
            if not in_range(event, since, until) or weight <= 0:
                continue
            group = event.get(by) if by else None
            rated = next((event.get(name) for name in items if event.get(name)), None)
            if event.score is not None and event.scale in ENDS and take != "texts":
                worst, best = ENDS[event.scale]
                points = 100 * (event.score - worst) / (best - worst)
                name = next((one for one, (called, _) in attributes.items() if rated in called), None)
                side = event.properties.get("side")
                if 0 <= points <= 100 and name and side not in ("expectation", "importance"):
                    found.append(Told(group, name, Thing(customer, group, "answers", points, weight)))
            felt = None if event.text is None or take == "answers" else feel(event.text)
            for name, (_, own) in attributes.items() if felt is not None else ():
                if any(
                    topic == one or topic.startswith(one + ".") for topic in topics(event.text or "") for one in own
                ):
                    points = 25 * ((felt or 0.0) + 2)
                    found.append(Told(group, name, Thing(customer, group, "texts", points, weight)))
    return found
