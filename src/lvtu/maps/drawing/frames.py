"""Frames: parts of a map that are shown one by one. A map without any of its own has one of each stage, and of all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from lvtu.core.model.text import Text
from lvtu.errors import UnknownName
from lvtu.maps.document import Card, Frame, JourneyMap, Lane, Step
from lvtu.maps.drawing.donts import donts
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.live.filled import Filled

T = TypeVar("T")

WHOLE = "whole"
"""The key of the frame that shows everything, where a map has no frames of its own."""


def frames_of(map_: JourneyMap) -> tuple[Frame, ...]:
    """The frames of a map, or where it has none the whole and a frame for each stage that has steps: nothing is kept.

    Example:
        >>> shop = JourneyMap.load({
        ...     "title": "Shop",
        ...     "stages": [{"key": "buy", "name": "Buy"}, {"key": "get", "name": "Get"}],
        ...     "steps": [
        ...         {"key": "pay", "stage": "buy", "name": "Pay"}, {"key": "open", "stage": "get", "name": "Open"},
        ...     ],
        ... })
        >>> [(frame.key, frame.title.en, frame.steps) for frame in frames_of(shop)]
        [('whole', 'Shop', ()), ('buy', 'Buy', ('pay',)), ('get', 'Get', ('open',))]
    """
    if map_.frames:
        return map_.frames
    stages = [(stage, tuple(step.key for step in map_.steps_of(stage.key))) for stage in map_.stages]
    told = [Frame(key=stage.key, title=stage.name, text=stage.goal, steps=steps) for stage, steps in stages if steps]
    whole = Frame(key=_free(map_), title=map_.title, text=map_.goal)
    return (whole, *told) if len(told) > 1 else (whole,)


def _free(map_: JourneyMap) -> str:
    key, taken = WHOLE, {stage.key for stage in map_.stages}
    while key in taken:
        key += "_"
    return key


def framed(sheet: Sheet, key: str) -> Sheet:
    """A sheet with what a frame shows, without a heading: whatever shows a frame tells its title.

    Where the frame names no lanes, those with nothing at its steps are left out.

    Raises:
        UnknownName: the map has no such frame.
    """
    frames = frames_of(sheet.map)
    for frame in frames:
        if frame.key == key:
            part = shown(sheet.map, frame)
            found = answers_at(sheet.filled, {step.key for step in part.steps}) if frame.steps else sheet.filled
            made = replace(
                sheet, map=part, filled=found, headed=False, bare=True, beyond=_beyond(sheet, part),
                whole=sheet.whole or sheet.map,
            )  # fmt: skip
            return made if frame.lanes or not frame.steps else _without_empty_lanes(made)
    raise UnknownName("frame", key, [frame.key for frame in frames])


def _beyond(sheet: Sheet, part: JourneyMap) -> dict[str, tuple[Text, bool]]:
    """The steps that a part of a map leaves out: what they are called, and whether they come before the part."""
    there = {step.key for step in part.steps}
    first = min((sheet.place[key] for key in there), default=0)
    return {key: (step.name, sheet.place[key] < first) for key, step in sheet.steps.items() if key not in there}


def answers_at(filled: Filled, steps: Collection[str]) -> Filled:
    """What the data say to some steps alone, and of whom, with where they went from there; not who comes back."""

    def some(of: Mapping[str, T]) -> dict[str, T]:
        return {step: one for step, one in of.items() if step in steps}

    def leaving(of: Mapping[tuple[str, str], T]) -> dict[tuple[str, str], T]:
        return {ends: one for ends, one in of.items() if ends[0] in steps}

    def within(of: Mapping[tuple[str, str], T]) -> dict[tuple[str, str], T]:
        return {ends: one for ends, one in of.items() if set(ends) <= set(steps)}

    return replace(
        filled, volume=some(filled.volume), quotes=some(filled.quotes), starts=some(filled.starts),
        ends=some(filled.ends), times=some(filled.times), drop_off=some(filled.drop_off), plan=some(filled.plan),
        ways=leaving(filled.ways), between=leaving(filled.between), again=None,
        since=some(filled.since), met=None if filled.met is None else some(filled.met),
        values={lane: some(by_step) for lane, by_step in filled.values.items()},
        bothered={name: some(by_step) for name, by_step in filled.bothered.items()},
        gaps={lane: some(by_step) for lane, by_step in filled.gaps.items()},
        roles={actor: some(by_step) for actor, by_step in filled.roles.items()},
        channels={place: one for place, one in filled.channels.items() if place[0] in steps},
        switches={ends: one for ends, one in filled.switches.items() if ends[0][0] in steps},
        feeling=replace(filled.feeling, values=some(filled.feeling.values)),
        effort=replace(filled.effort, values=some(filled.effort.values)),
        beside=None if filled.beside is None else answers_at(filled.beside, steps),
    )  # fmt: skip


def _without_empty_lanes(sheet: Sheet) -> Sheet:
    told = tuple(lane for lane in sheet.map.lanes if any(_tells(sheet, lane, step) for step in sheet.map.steps))
    return replace(sheet, map=sheet.map.model_copy(update={"lanes": told})) if told else sheet


def _tells(sheet: Sheet, lane: Lane, step: Step) -> bool:
    """Whether a lane has anything at a step."""
    said = lane.role == "thoughts" and sheet.filled.quotes.get(step.key)
    spanned = any(card.lane == lane.key and step.key in sheet.map.spanned(card) for card in sheet.map.cards)
    guessed = lane.role == "feelings" and any(point.step == step.key for point in sheet.map.curve)
    told = lane.role == "four_donts" and donts(sheet, step.key)
    return bool(told or said or spanned or guessed or sheet.chips(lane, step) or sheet.value(lane.key, step.key))


def shown(map_: JourneyMap, frame: Frame) -> JourneyMap:
    """The part of a map that a frame shows, as a map: to be drawn, never kept."""
    steps = tuple(step for step in map_.steps if not frame.steps or step.key in frame.steps)
    lanes = tuple(lane for lane in map_.lanes if not frame.lanes or lane.key in frame.lanes)
    columns, rows = [step.key for step in steps], {lane.key for lane in lanes}
    stages = {step.stage for step in steps}
    cards = tuple(cut for card in map_.cards if card.lane in rows and (cut := _cut(map_, card, columns)) is not None)
    there = {card.key for card in cards}
    return map_.model_copy(update={
        "title": Text(frame.title.zh, frame.title.en), "steps": steps, "lanes": lanes, "cards": cards,
        "stages": tuple(stage for stage in map_.stages if stage.key in stages or not frame.steps),
        "links": tuple(link for link in map_.links if link.source in there and link.target in there),
        "curve": tuple(point for point in map_.curve if point.step in columns),
        "bindings": tuple(one for one in map_.bindings
                          if one.lane in (None, *rows) and one.step in (None, *columns)),
        "paths": tuple(path.only(columns) for path in map_.paths),
    })  # fmt: skip


def _cut(map_: JourneyMap, card: Card, columns: list[str]) -> Card | None:
    """A card over those of its steps that are shown; None where none is."""
    over = [key for key in map_.spanned(card) if key in columns]
    if not over:
        return None
    return card.model_copy(update={"step": over[0], "until": over[-1] if len(over) > 1 else None})
