"""What stands in the foot of a flowchart's steps: ways that are told in words, and how others felt."""

from __future__ import annotations

from collections.abc import Sequence

from lvtu.maps.drawing.clocks import kind_of, stamp
from lvtu.maps.drawing.flow.symbols import (
    SMALL,
    Told,
    feelings,
    felt_lane,
    ink,
    name_of,
    room_beside,
    told_of,
    words_of,
)  # fmt: skip
from lvtu.maps.drawing.flow.ways import END, START, Way, Ways
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.numbers import number, told
from lvtu.maps.drawing.second import color_of, others
from lvtu.maps.drawing.sheet import Sheet


def feet(sheet: Sheet, ways: Ways, named: Sequence[Way]) -> dict[str, list[Told]]:
    """The lines below each step.

    Args:
        sheet: what is drawn.
        ways: all that the flowchart shows.
        named: those of them that no line is drawn for.
    """
    found: dict[str, list[Told]] = {
        key: [*_timed(sheet, key), *_otherwise(sheet, key), *_others(sheet, key)] for key in ways.steps
    }
    for way in sorted(named, key=lambda one: -one.weight):
        found[way.target if way.source == START else way.source].append(_way(sheet, ways, way))
    return found


def _way(sheet: Sheet, ways: Ways, way: Way) -> Told:
    color, key = ink(sheet, ways, way).color, f"{way.source.strip(chr(0))}/{way.target.strip(chr(0))}"
    if way.target == END:
        sign, words = "end", sheet.say("flow.ends_here")
    elif way.source == START:
        sign, words = "start", sheet.say("flow.begins_here")
    else:
        sign, words = "back" if ways.back(way) else "on", name_of(sheet, way.target)
    color = sheet.palette.theme.soft if sign != "back" else color
    share = words_of(sheet, way, alone=False)
    if width(words, SMALL) > room_beside(share):
        share = words_of(sheet, way, alone=False, timed=False)
    return Told(sign, words, share, color, "way", key, told_of(sheet, way))


def _timed(sheet: Sheet, key: str) -> list[Told]:
    """The time at a step (`lvtu.maps.drawing.clocks`)."""
    found = stamp(sheet, key)
    if found is None:
        return []
    return [Told("clock", found.below, found.words, sheet.palette.theme.ink, kind_of(sheet), key, found.title)]


def _otherwise(sheet: Sheet, key: str) -> list[Told]:
    """What customers say of a step on other scales: where it got worse, or where they say nothing on the usual one."""
    usual, alone = felt_lane(sheet), key not in feelings(sheet)
    lines: list[Told] = []
    for lane in sheet.map.lanes:
        value = sheet.value(lane.key, key)
        if value is None or lane.key == usual or value.unit != "feeling" or not (value.worse or (alone and not lines)):
            continue
        words, color = number(value.value, value.unit, sheet.lang), sheet.palette.theme.ink
        title = f"{sheet.of(lane.label)}: {told(value, sheet.lang)}"
        lines.append(Told("felt", sheet.of(lane.label), words, sheet.palette.theme.worse if value.worse else color,
                          "felt", f"{lane.key}/{key}", title, sheet.palette.feeling(value.value)))  # fmt: skip
    return lines


def _others(sheet: Sheet, key: str) -> list[Told]:
    """How whom a perspective is compared with felt at a step, and whether that differs by more than chance."""
    lane = felt_lane(sheet)
    value = None if lane is None else others(sheet, lane, [key]).get(key)
    if value is None or lane is None or sheet.filled.beside is None or sheet.overlay is not None:
        return []
    gap = sheet.filled.gaps.get(lane, {}).get(key)
    felt = number(value.value, value.unit, sheet.lang) + (" ≠" if gap is not None and gap.significant else "")
    whose = sheet.of(sheet.filled.beside.whose) or sheet.say("everybody")
    title = sheet.say("with_n", text=f"{whose} · {felt}", n=value.n)
    return [Told("other", sheet.say("n", n=value.n), felt, color_of(sheet), "other", f"{lane}/{key}", title)]
