"""How maps are drawn: one document, several types and styles, one renderer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal, get_args

from lvtu.errors import UnknownName
from lvtu.maps.drawing.flow.picture import flowed
from lvtu.maps.drawing.grids import charted, told
from lvtu.maps.drawing.overlay import OVERLAYS
from lvtu.maps.drawing.persona import lived
from lvtu.maps.drawing.scene import Scene
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.look import Times

Type = Literal["linear", "cyclic", "stage", "channel", "role"]
"""How the steps are arranged: in a row, on a ring, below each other by stage, by the channel or by who takes them."""

Style = Literal["timeline", "chart", "flowchart", "persona"]
"""How they are told: all that is known of each, their numbers alone, what follows what, or as a persona lives them."""

_DRAWN: Mapping[str, Callable[[Sheet, str], Scene]] = {
    "timeline": told,
    "chart": charted,
    "flowchart": flowed,
    "persona": lived,
}


def drawn(sheet: Sheet, type: str = "linear", style: str = "timeline", overlay: str | None = None) -> Scene:
    """A map as a picture.

    Args:
        sheet: the map, its answers, the language.
        type: how the steps are arranged (`Type`).
        style: how they are told (`Style`).
        overlay: by what they are tinted (`Overlay`); None: by nothing. It moves nothing.

    Raises:
        UnknownName: there is no such type, style or overlay, and no such way to tell times.
    """
    known_styles = ("map_type", type, get_args(Type)), ("map_style", style, get_args(Style))
    known_times = ("map_times", sheet.times, get_args(Times))
    for kind, name, known in (*known_styles, ("map_overlay", overlay, OVERLAYS), known_times):
        if name is not None and name not in known:
            raise UnknownName(kind, name, list(known))
    return _DRAWN[style](replace(sheet, overlay=overlay), type)
