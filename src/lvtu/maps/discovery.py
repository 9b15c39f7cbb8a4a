"""Stages and steps found in what customers did, where no journey model says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lvtu.analyses.base import make
from lvtu.analyses.graph import GraphSpec
from lvtu.analyses.heard.sums import heard
from lvtu.analyses.naming import Naming
from lvtu.analyses.overview.periods import Periods, Window
from lvtu.analyses.registry import REGISTRY
from lvtu.analyses.variants import VariantsSpec
from lvtu.core.units import instant
from lvtu.core.words import LANGS, Lang, say
from lvtu.engines.base import Engine
from lvtu.errors import BadInput
from lvtu.maps.live.asking import Asking
from lvtu.maps.live.volume import volume
from lvtu.store.journeys.snapshot import Snapshot

LEAST_SHARE = 0.05
"""Of the customers, so many at least do what is a step."""

MOST_STEPS = 12
"""Steps that are found, those that most customers take."""

MAIN = 50
"""Ways that tell the order of steps, those that most customers took."""

BACK = 0.2
"""Two steps are a loop where so many go back, of those who go on."""

_WAYS = 3

Part = dict[str, Any]
Way = tuple[tuple[str, ...], int]
"""The events of a way, and how many customers took it."""


@dataclass(frozen=True)
class Found:
    """What customers did, as maps tell it.

    Attributes:
        order: the steps, by the names of their events, in order.
        answers: by event of an answer the step that it belongs to.
        cuts: before which places of the order a stage begins, the first (0) included.
        ways: those that most customers took, of steps alone.
        loops: pairs of steps between which customers go back and forth.
    """

    order: tuple[str, ...]
    answers: Mapping[str, str]
    cuts: tuple[int, ...]
    ways: tuple[tuple[str, ...], ...]
    loops: tuple[tuple[str, str], ...]


def discovered(ws: Asking, where: str | None, since: str | None, until: str | None) -> Part:
    """Stages, steps and paths of a map, found in the data; see `found`.

    Raises:
        BadInput: nobody did anything.
    """

    def count(snapshot: Snapshot, engine: Engine) -> Part:
        if not any(block.customers for block in snapshot.blocks):
            raise BadInput("nothing_done")
        first, last = snapshot.times
        start, end = (first if since is None else instant(since)), (last + 1 if until is None else instant(until))
        reached, customers = volume(where, start, end, snapshot, engine, by="event")
        asked = {"where": where, "since": start, "until": end}
        ways = REGISTRY["variants"].run(make(VariantsSpec, {**asked, "by": "event", "top": MAIN}), snapshot, engine)
        graph = REGISTRY["graph"].run(make(GraphSpec, {**asked, "by": "event", "fold": True}), snapshot, engine)
        told = [(tuple(row["path"]), row["customers"]) for row in ways.table.to_pylist() if row["path"]]
        went = {(row["source"], row["target"]): row["transitions"] for row in graph.table.to_pylist()}
        span = Periods(Window(start, end), None, "asked")
        _, state = heard(span, None, where, "UTC", snapshot, engine)
        scored = {event for event, _ in state.events}
        seen = found({event: value.n for event, value in reached.items()}, customers, told, went, scored)
        if not seen.order:
            raise BadInput("nothing_done")
        return _document(seen, Naming.of(snapshot))

    return ws.asked(count)


def found(
    reached: Mapping[str, int], customers: int, ways: Sequence[Way], went: Mapping[tuple[str, str], int],
    scored: set[str],
) -> Found:  # fmt: skip
    """Steps and stages from counts; the same counts give the same map.

    * A step is an event that at least `LEAST_SHARE` of the customers have, of these the `MOST_STEPS` that most have;
      where none is so frequent, of all.
      Events that are answers to questions are no steps: each belongs to the step that comes right before it in at
      least half of the cases, and to none where there is no such step. Where there are answers alone, they are steps,
      and those of other questions belong to none.
    * Steps stand by the median place of their first occurrence in the main ways, weighted by customers: 0 where a way
      begins, 1 where it ends; what is in none of them stands last.
    * Stages are cut where fewest transitions cross, for the size of the smaller side: of n steps about n / 3 stages,
      five at most.

    Args:
        reached: customers by event.
        customers: how many there are.
        ways: the main ways.
        went: transitions by event from and to.
        scored: events with which answers came.
    """
    done = [one for one in reached if one not in scored]
    alone, done = not done, done or list(reached)
    frequent = [one for one in done if reached[one] >= LEAST_SHARE * customers] or done
    frequent = sorted(frequent, key=lambda one: (-reached[one], one))[:MOST_STEPS]
    order = sorted(frequent, key=lambda one: (_place(one, ways), -reached[one], one))
    into: dict[str, int] = {}
    for (_, target), number in went.items():
        into[target] = into.get(target, 0) + number
    answers = {
        target: source
        for (source, target), number in sorted(went.items(), key=lambda one: (one[1], one[0]))
        if not alone and target in scored and target not in order and source in order and 2 * number >= into[target]
    }
    steps = {one: place for place, one in enumerate(order)}
    told = list(dict.fromkeys(way for path, _ in ways if len(way := _folded(path, steps)) > 1))
    loops = [
        (one, other) for (one, other), number in went.items()
        if one in steps and other in steps and steps[one] < steps[other]
        and went.get((other, one), 0) >= BACK * number
    ]  # fmt: skip
    loops.sort(key=lambda pair: (-went[pair[1], pair[0]], pair))
    return Found(tuple(order), answers, _cuts(order, went), tuple(told[:_WAYS]), tuple(loops[:_WAYS]))


def _place(event: str, ways: Sequence[Way]) -> float:
    """The median place of an event in the ways, weighted by customers; 2 where it is in none."""
    places = sorted(
        (path.index(event) / max(len(path) - 1, 1), number) for path, number in ways if event in path
    )  # fmt: skip
    half, passed = sum(number for _, number in places) / 2, 0
    for place, number in places:
        passed += number
        if passed >= half:
            return place
    return 2.0


def _folded(path: Sequence[str], steps: Mapping[str, int]) -> tuple[str, ...]:
    """The steps of a way, one that follows itself once."""
    kept = [one for one in path if one in steps]
    return tuple(one for place, one in enumerate(kept) if place == 0 or kept[place - 1] != one)


def _cuts(order: Sequence[str], went: Mapping[tuple[str, str], int]) -> tuple[int, ...]:
    """Before which places stages begin."""
    stages = min(max(round(len(order) / 3), 1), 5)
    place = {one: number for number, one in enumerate(order)}
    inside = {pair: number for pair, number in went.items() if pair[0] in place and pair[1] in place}

    def thin(cut: int) -> float:
        crossing = sum(n for (one, other), n in inside.items() if (place[one] < cut) != (place[other] < cut))
        left = sum(n for (one, other), n in inside.items() if place[one] < cut or place[other] < cut)
        right = sum(n for (one, other), n in inside.items() if place[one] >= cut or place[other] >= cut)
        return crossing / max(min(left, right), 1)

    thinnest = sorted(range(1, len(order)), key=lambda cut: (thin(cut), cut))[: stages - 1]
    return (0, *sorted(thinnest))


def _document(seen: Found, naming: Naming) -> Part:
    titles = {lang: naming.names("event", lang) for lang in LANGS}
    named = {event: {lang: titles[lang].get(event, event) for lang in LANGS} for event in seen.order}
    keys = dict(zip(seen.order, keys_of(seen.order), strict=True))
    stage_of = {event: sum(cut <= place for cut in seen.cuts) for place, event in enumerate(seen.order)}
    stages = [
        {"key": f"stage-{number}", "name": {
            lang: say("maps.discovered.stage", lang, n=number, first=named[seen.order[cut]][lang]) for lang in LANGS
        }}
        for number, cut in enumerate(seen.cuts, 1)
    ]  # fmt: skip
    steps = [
        {"key": keys[event], "stage": f"stage-{stage_of[event]}", "name": named[event],
         "entry": [event, *sorted(one for one, of in seen.answers.items() if of == event)]}
        for event in seen.order
    ]  # fmt: skip
    return {"stages": stages, "steps": steps, "paths": list(_paths(seen, keys, named))}


def _paths(seen: Found, keys: Mapping[str, str], named: Mapping[str, Mapping[Lang, str]]) -> Iterator[Part]:
    for number, way in enumerate(seen.ways):
        kind = "happy" if number == 0 else "alternative"
        name = {lang: say(f"maps.discovered.{kind}", lang, n=number) for lang in LANGS}
        yield {"key": f"way-{number + 1}", "kind": kind, "name": name, "steps": [keys[one] for one in way]}
    for number, (one, other) in enumerate(seen.loops, 1):
        name = {
            lang: say("maps.discovered.loop", lang, one=named[one][lang], other=named[other][lang]) for lang in LANGS
        }  # fmt: skip
        steps = [keys[one], keys[other], keys[one]]
        yield {"key": f"loop-{number}", "kind": "exception", "name": name, "steps": steps}


def keys_of(events: Sequence[str]) -> list[str]:
    """A stable key for each event: its letters, and a number where two have the same ones."""
    found: list[str] = []
    for event in events:
        key = "".join(letter if letter.isalnum() else "-" for letter in event.lower()).strip("-") or "step"
        again = sum(one == key or one.startswith(f"{key}.") for one in found)
        found.append(f"{key}.{again + 1}" if again else key)
    return found
