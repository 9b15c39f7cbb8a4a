"""What is told of maps as files, and of their frames."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


class MapImport(BaseModel):
    """A map that was read from a file; nothing of it is kept yet.

    Attributes:
        title: what people call it.
        map: its document.
        stages, steps, lanes, cards: how many it has.
        taken: what became of rows, columns and lines.
        left: what is not in the map, and why.
        again: whether a map of its id is there already: kept, it is the next state of that one.
    """

    title: str
    map: dict[str, Any]
    stages: int
    steps: int
    lanes: int
    cards: int
    taken: list[str]
    left: list[str]
    again: bool


class MapFrame(BaseModel):
    """A part of a map that is shown by itself.

    Attributes:
        key: its stable name.
        title: its heading.
        text: what is said with it; empty where nobody wrote it.
        steps, lanes: keys of the columns and rows that it shows; none: all.
    """

    key: str
    title: str
    text: str
    steps: list[str]
    lanes: list[str]


class MapFrames(BaseModel):
    """What is shown one by one when a map is presented.

    Attributes:
        title: the map's.
        frames: they, in order.
        own: whether people made them; else they are derived from the stages, and nothing is kept.
        footer: what stands below each: the period, how many, and that the data are simulated.
    """

    title: str
    frames: list[MapFrame]
    own: bool
    footer: str
