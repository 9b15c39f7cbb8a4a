"""How a map is looked at over HTTP: asked for in one way, whether it becomes a picture on a page or a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query

from lvtu.maps import Map
from lvtu.maps.live import Filled
from lvtu.maps.look import Look
from lvtu.maps.personas.card import seen_from
from lvtu.service.access import Access
from lvtu.service.languages import Language
from lvtu.service.maps.answering import answered
from lvtu.service.maps.found import map_of
from lvtu.service.maps.whom import asked

Who = Annotated[
    str | None,
    Query(
        description="From whose perspective: persona:KEY, customer:IDENTIFIER, a segment's name, or (analysts) a "
        "condition; everybody's if not given.",
        max_length=4000,
    ),
]
Compare = Annotated[
    str | None, Query(description="Whose answers are set beside them, likewise, or everybody.", max_length=4000)
]
Weighted = Annotated[bool, Query(description="Whether survey weights count; else every answer counts as one.")]
Name = Annotated[str, Query(max_length=32)]


def _look(
    lang: Language,
    type: Annotated[Name, Query(description="How they are arranged: linear, cyclic, stage, channel, role.")] = "linear",
    style: Annotated[Name, Query(description="How they are told: timeline, chart, flowchart, persona.")] = "timeline",
    overlay: Annotated[
        Name | None, Query(description="What tints them: volume, drop_off, feeling, effort, time, cost, plan, gap.")
    ] = None,
    dark: bool = False,
    headed: Annotated[bool, Query(description="Whether title, scenario and numbers stand above it.")] = True,
    lane: Annotated[list[str] | None, Query(description="Lanes it shows; the experience if not given.")] = None,
    folded: Annotated[list[str] | None, Query(description="Lanes that it shows folded.")] = None,
    frame: Annotated[str | None, Query(max_length=200, description="A frame: a part of it. None: all.")] = None,
    who: Who = None,
    compare: Compare = None,
    weighted: Weighted = True,
    to_be: Annotated[
        bool, Query(description="Whether the curve of its to-be map, where it has one, is drawn over it.")
    ] = True,
    times: Annotated[
        Name, Query(description="Times at the steps: elapsed (to the next), relative (T+), absolute (of one customer).")
    ] = "elapsed",
) -> Look:  # fmt: skip
    return Look(
        type, style, lang, dark, headed, lane, folded or (), overlay, frame, who, compare, weighted, to_be, times
    )


Looking = Annotated[Look, Depends(_look)]
"""How whoever asks wishes to look at a map."""


def looked(access: Access, id: str, look: Look) -> tuple[Map, Look, Filled]:
    """A map, how whoever asks may look at it, and what the data say to it so.

    Raises:
        UnknownName: there is no such map or persona.
        BadInput: who asks may only name segments, and this is a condition.
        NotFound: nobody has the identifier.
    """
    look = replace(look, who=asked(access, look.who), compare=asked(access, look.compare))
    map_ = map_of(access, id)
    whose = seen_from(map_.document, access.served.workspace.personas, look.style, look.who)
    return map_, look, answered(access, map_, whose, look.compare, look.weighted)
