"""How a map is looked at: arranged and told in some way, in a language, from somebody's perspective.

None of it belongs to the map: two people look at one map differently at the same time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

from lvtu.core.languages import chosen
from lvtu.core.words import Lang

Times = Literal["elapsed", "relative", "absolute"]
"""What stands at the steps: the median from one to the next; since customers' first step; of one customer the days."""


class Options(TypedDict, total=False):
    """What else can be said of how a map is looked at, besides its type, its style and the language; see `Look`."""

    dark: bool
    headed: bool
    lanes: Sequence[str] | None
    folded: Sequence[str]
    overlay: str | None
    frame: str | None
    who: str | None
    compare: str | None
    weighted: bool
    to_be: bool
    times: str


@dataclass(frozen=True)
class Look:
    """How a map is looked at.

    Attributes:
        type: how the steps are arranged: ``linear``, ``cyclic``, ``stage``, ``channel`` or ``role``.
        style: how they are told: ``timeline``, ``chart``, ``flowchart`` or ``persona``.
        language: ``zh`` or ``en``; that of the environment if not given.
        dark: whether it is for a dark page.
        headed: whether title, scenario and the journey's numbers stand above it.
        lanes: keys of the lanes that it shows; all but those of the blueprint if not given.
        folded: keys of the lanes that it shows folded.
        overlay: by what the steps are tinted: ``volume``, ``drop_off``, ``feeling``, ``effort``, ``time``, ``cost``,
            ``plan`` or ``gap``; by nothing if not given.
        frame: the key of a frame: the part of the map that it shows (`lvtu.maps.drawing.frames`); all if not given.
        who, compare: from whose perspective, and whose is set beside it; see `lvtu.maps.Map.answers`.
        weighted: whether survey weights count.
        to_be: whether the curve of the map that tells how the journey is to be (`lvtu.maps.Map.to_be`) is drawn over
            this one, where there is such a map and nothing is compared.
        times: which times stand at the steps: the median from one to the next (``elapsed``), since customers' first
            step (``relative``), or of one customer the days themselves (``absolute``).

    Example:
        >>> Look("stage", "chart", "en", overlay="volume").lang
        'en'
    """

    type: str = "linear"
    style: str = "timeline"
    language: Lang | None = None
    dark: bool = False
    headed: bool = True
    lanes: Sequence[str] | None = None
    folded: Sequence[str] = ()
    overlay: str | None = None
    frame: str | None = None
    who: str | None = None
    compare: str | None = None
    weighted: bool = True
    to_be: bool = True
    times: str = "elapsed"

    @property
    def lang(self) -> Lang:
        """The language in which it is told; raises UnknownName where Lvtu does not speak it."""
        return chosen(self.language)
