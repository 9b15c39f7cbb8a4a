"""What is wrong with a blueprint: a rule each, from the map read as one to the places where it is broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from lvtu.core.model.text import Text
from lvtu.core.units import duration
from lvtu.kernels.durations import bin_of
from lvtu.maps.blueprint.reading import SERVICE, Reading, Zone
from lvtu.maps.blueprint.wording import has_verb, inside_word, titles
from lvtu.maps.document import Card, JourneyMap
from lvtu.maps.live.filled import Kept

FEWEST = 10
"""Times below which nine in ten of them are not told apart from all of them: no verdict."""

IN_TIME = 0.9
"""Of hand-offs so many are to be taken over in time: nine in ten, as of customers within a step's standard."""

_RECOVERS = frozenset({"action", "standard"})
"""The kinds of cards that say what to do when something fails."""

_EXCEPTIONS = frozenset({"unhappy", "exception"})


@dataclass(frozen=True)
class Broken:
    """A place where a rule is broken.

    Attributes:
        where: the keys that name the place, whatever stands around it.
        parts: what to look at: kinds (``step``, ``card``, ``link``) and keys.
        values: what the sentence names: a text in both languages, or a duration in µs.
        missing: whether the whole lane is missing.
    """

    where: tuple[str, ...]
    parts: tuple[tuple[str, str], ...] = ()
    values: dict[str, Text | str | int] = field(default_factory=dict)
    missing: bool = False


def no_onstage(reading: Reading) -> Iterator[Broken]:
    """A customer's action that nobody and nothing on stage answers."""
    yield from _unanswered(reading, "onstage")


def no_evidence(reading: Reading) -> Iterator[Broken]:
    """A customer's action without physical evidence: nothing to see, hold or read."""
    yield from _unanswered(reading, "evidence")


def _unanswered(reading: Reading, zone: Zone) -> Iterator[Broken]:
    if reading.map.steps and not reading.lanes(zone):
        yield Broken(("*",), missing=True)
        return
    for step in reading.map.steps:
        if reading.acts(step.key) and not reading.at(zone, step.key):
            yield Broken((step.key,), (("step", step.key),), {"step": step.name})


def no_customer(reading: Reading) -> Iterator[Broken]:
    """Something on stage at a step where the customer does nothing."""
    for card in reading.cards("onstage"):
        if not any(reading.acts(step) for step in reading.steps[card.key]):
            yield _of(card, reading.map)


def no_trigger(reading: Reading) -> Iterator[Broken]:
    """Something backstage that no link leads to: what sets it off?"""
    yield from (_of(card, reading.map) for card in reading.cards("backstage") if card.key not in reading.into)


def orphan_support(reading: Reading) -> Iterator[Broken]:
    """A support process that no link joins to anything: nothing uses it."""
    linked = reading.into.keys() | reading.out.keys()
    yield from (_of(card, reading.map) for card in reading.cards("support") if card.key not in linked)


def no_owner(reading: Reading) -> Iterator[Broken]:
    """Something that the company does, and no department answers for."""
    yield from (_of(card, reading.map) for card in reading.cards(*SERVICE) if not reading.department(card))


def channel_break(reading: Reading) -> Iterator[Broken]:
    """Two steps after each other on channels that have none in common, and no link between their cards.

    Steps that events show follow each other where some customer went from the one to the other; a card over both joins
    them, too.
    """
    joined = {
        (source, target)
        for link in reading.map.links
        for source in reading.steps[link.source]
        for target in reading.steps[link.target]
    }
    over = {pair for steps in reading.steps.values() for pair in pairwise(steps)}
    for before, after in pairwise(reading.map.steps):
        ends, channels = (before.key, after.key), (reading.channels(before), reading.channels(after))
        apart = ends not in reading.filled.ways and all(key in reading.filled.volume for key in ends)
        if all(channels) and not channels[0] & channels[1] and ends not in joined | over and not apart:
            parts = tuple(("step", key) for key in ends)
            yield Broken(ends, parts, {"step": before.name, "next": after.name})


def no_sla(reading: Reading) -> Iterator[Broken]:
    """A hand-off that does not say within what time."""
    for link in reading.map.links:
        if link.kind == "hands_over" and link.sla is None:
            ends = reading.card[link.source], reading.card[link.target]
            parts = (("link", link.key), *(("card", card.key) for card in ends))
            yield Broken((link.key,), parts, {"card": named(ends[0], reading.map), "next": named(ends[1], reading.map)})


def handoff_missed(reading: Reading) -> Iterator[Broken]:
    """A hand-off that is taken over late, or never, more often than one time in ten, and not by chance."""
    for link in reading.map.links:
        if missed(reading.filled.kept.get(link.key)):
            kept = reading.filled.kept[link.key]
            ends = reading.card[link.source], reading.card[link.target]
            parts = (("link", link.key), *(("card", card.key) for card in ends))
            in_time = round(kept.share * kept.mature)
            counts = {"n": kept.mature, "kept": in_time, "late": kept.late, "broken": kept.broken}
            told = {name: f"{count:,}" for name, count in counts.items()}
            yield Broken(
                (link.key,), parts, {"card": named(ends[0], reading.map), "next": named(ends[1], reading.map), **told}
            )


def missed(kept: Kept | None) -> bool:
    """Whether hand-offs are in time less often than nine times in ten, with all of the interval.

    Of fewer than `FEWEST` whose time is over nothing is said.

    Example:
        >>> missed(Kept(200, 150, 30, 20, 0.75, 0.69, 0.80)), missed(Kept(200, 176, 20, 4, 0.88, 0.83, 0.92))
        (True, False)
    """
    return kept is not None and kept.mature >= FEWEST and kept.high is not None and kept.high < IN_TIME


def no_recovery(reading: Reading) -> Iterator[Broken]:
    """A fail point, and nobody said what to do when it fails.

    That is said by a card of the kind ``action`` or ``standard`` at one of its steps, or that a link from it leads to;
    or by an unhappy or exceptional path through one of its steps.
    """
    recovered = {step for path in reading.map.paths if path.kind in _EXCEPTIONS for step in path.steps}
    answers = {card.key for card in reading.map.cards if card.kind in _RECOVERS}
    recovered |= {step for key in answers for step in reading.steps[key]}
    for card in reading.map.cards:
        led = any(link.target in answers for link in reading.out.get(card.key, ()))
        if "fail" in card.marks and not led and not recovered.intersection(reading.steps[card.key]):
            yield _of(card, reading.map)


def no_standard(reading: Reading) -> Iterator[Broken]:
    """A wait point at a step that does not say how long it may take."""
    for card in reading.map.cards:
        if "wait" in card.marks and not any(reading.map.step(key).standard for key in reading.steps[card.key]):
            yield _of(card, reading.map)


def over_standard(reading: Reading) -> Iterator[Broken]:
    """A step that takes one customer in ten longer than its standard, by the events."""
    for step in reading.map.steps:
        if step.standard is not None and over(reading, step.key):
            times = reading.filled.times[step.key]
            values: dict[str, Text | str | int] = {
                "step": step.name,
                "p90": times.p90,
                "standard": _span(step.standard),
            }
            yield Broken((step.key,), (("step", step.key),), {**values, "n": str(times.n)})


def over(reading: Reading, step: str) -> bool:
    """Whether nine in ten customers do not get through a step within its standard.

    Times are known to 1 %: one that falls into the same bin as the standard keeps it. Of fewer than `FEWEST` times
    nothing is said.
    """
    standard, times = reading.map.step(step).standard, reading.filled.times.get(step)
    if standard is None or times is None or times.n < FEWEST:
        return False
    return too_long(times.p90, standard)


def too_long(time: int, standard: str) -> bool:
    """Whether a time, which is known to 1 %, is longer than a standard."""
    return int(bin_of(time)) > int(bin_of(_span(standard)))


def inside_out(reading: Reading) -> Iterator[Broken]:
    """A step called by a department, a system or the company's own work (`lvtu.maps.blueprint.wording`)."""
    map_ = reading.map
    owners = [*(card.owner for card in map_.cards), *(one.owner for one in map_.stages)]
    owners += [step.owner for step in map_.steps]
    named_ = [*map(map_.department, owners), *(map_.system(card.system) for card in map_.cards)]
    own = {name.strip() for one in named_ if one is not None for name in (one.zh, one.en) if name.strip()}
    for step in reading.map.steps:
        for title in titles(step.name):
            if (word := inside_word(title, own)) is not None:
                yield Broken((step.key,), (("step", step.key),), {"title": title, "word": word})
                break


def no_verb(reading: Reading) -> Iterator[Broken]:
    """A step that does not say what the customer does there (`lvtu.maps.blueprint.wording`)."""
    for step in reading.map.steps:
        lacking = [title for title in titles(step.name) if not has_verb(title)]
        if lacking:
            yield Broken((step.key,), (("step", step.key),), {"title": lacking[0]})


def named(card: Card, map_: JourneyMap) -> Text | str:
    """What a card of a map is called in a sentence: what it says, else who or what does it."""
    return card.text or card.alt or map_.system(card.system) or map_.department(card.owner) or card.key


def _of(card: Card, map_: JourneyMap) -> Broken:
    return Broken((card.key,), (("card", card.key),), {"card": named(card, map_)})


def _span(standard: str) -> int:
    return int(duration(standard))
