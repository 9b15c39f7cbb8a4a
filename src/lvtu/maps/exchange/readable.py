"""Slides that can be read from where people sit: what is too long for one is told on several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lvtu.maps.document import Frame
from lvtu.maps.drawing.frames import framed
from lvtu.maps.drawing.scene import Label, Part, Scene
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.slides import LEAST, ROOM

Draw = Callable[[Sheet], Scene]
"""How a map is drawn."""


@dataclass(frozen=True)
class Apart:
    """How a map is told on several slides.

    Attributes:
        draw: how its pieces are drawn; None: as the whole is.
        first: what stands before all; None: nothing.
    """

    draw: Draw | None = None
    first: Draw | None = None


ALIKE = Apart()
"""In pieces that are drawn as the whole is."""

_WIDEST, _HIGHEST = (side / LEAST for side in ROOM)
"""Pixels of a drawing that a slide has room for, so that it is read."""

_BETTER = 1.25
"""How much larger pieces must be than the whole, where even they cannot be read, to be worth the slides."""

_FOOT = 48.0
"""What stands below the lanes."""


def readable(scene: Scene) -> bool:
    """Whether nothing of a drawing is smaller than 8 pt on a slide of 13.33 inches."""
    return size_of(scene) >= 1


def size_of(scene: Scene) -> float:
    """How large a drawing stands on a slide: from 1 on it is read."""
    return min(_WIDEST / scene.width, _HIGHEST / scene.height)


def pages(sheet: Sheet, frame: Frame, whole: Scene, draw: Draw) -> list[Scene]:
    """A frame as drawings that can be read: some of its steps after the other, or some of its lanes.

    Args:
        sheet: the map.
        frame: what of it is shown.
        whole: the frame as one drawing, which is all there is where pieces are not much larger.
        draw: how pieces are drawn.
    """
    made = list(_pieces(sheet, frame, draw))
    return made if min(map(size_of, made)) >= min(1.0, _BETTER * size_of(whole)) else [whole]


def _pieces(sheet: Sheet, frame: Frame, draw: Draw) -> Iterator[Scene]:
    part = framed(replace(sheet, map=sheet.map.model_copy(update={"frames": (frame,)})), frame.key)
    scene, steps = draw(part), [step.key for step in part.map.steps]
    if readable(scene):
        yield scene
        return
    if scene.width > _WIDEST and len(steps) > 1:
        for some in _even(steps, -(-scene.width // _WIDEST)):
            yield from _pieces(sheet, frame.model_copy(update={"steps": some}), draw)
        return
    groups = _groups(scene, [lane.key for lane in part.map.lanes])
    if len(groups) < 2:
        yield scene
        return
    for lanes in groups:
        one = frame.model_copy(update={"lanes": lanes})
        yield draw(framed(replace(sheet, map=sheet.map.model_copy(update={"frames": (one,)})), one.key))


def _even(steps: Sequence[str], number: float) -> list[tuple[str, ...]]:
    """Steps in so many pieces, as even as they can be."""
    count = min(int(number), len(steps))
    ends = [round(len(steps) * place / count) for place in range(count + 1)]
    return [tuple(steps[begin:end]) for begin, end in pairwise(ends)]


def _groups(scene: Scene, lanes: Sequence[str]) -> list[tuple[str, ...]]:
    """The lanes in groups that fit below the heads of the steps, in order."""
    tops = {
        part.key: next(one.y - one.size for one in part.shapes if isinstance(one, Label))
        for part in scene.shapes
        if isinstance(part, Part) and part.kind == "lane" and part.key in lanes
    }
    order = sorted(tops, key=lambda key: tops[key])
    if not order:
        return []
    ends = [*(tops[key] for key in order[1:]), scene.height - _FOOT]
    room = _HIGHEST - tops[order[0]] - _FOOT
    groups: list[list[str]] = []
    used = 0.0
    for key, end in zip(order, ends, strict=True):
        high = end - tops[key]
        if not groups or used + high > room:
            groups.append([])
            used = 0.0
        groups[-1].append(key)
        used += high
    return [tuple(some) for some in groups]
