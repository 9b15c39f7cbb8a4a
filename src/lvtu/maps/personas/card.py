"""Which persona a picture in the style of personas is about."""

from __future__ import annotations

from dataclasses import replace

from lvtu.maps.document import JourneyMap
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.personas.persona import Persona
from lvtu.maps.personas.shelf import Personas

STYLE = "persona"
"""What the style is called (`lvtu.maps.drawing.Style`)."""


def persona_of(map_: JourneyMap, personas: Personas, who: str | None) -> Persona | None:
    """The persona whose card is drawn: the one that is asked for, else the map's first that there is.

    Raises:
        UnknownName: there is no such persona.
    """
    if who is not None:
        kind, _, key = who.partition(":")
        return personas[key] if kind == "persona" else None
    return next((personas[key] for key in map_.personas if key in personas), None)


def seen_from(map_: JourneyMap, personas: Personas, style: str, who: str | None) -> str | None:
    """From whose perspective a picture is drawn: as asked; in the style of personas that of the map's first one.

    A persona of whom nobody has said which customers it stands for is shown with everybody's answers.
    """
    persona = persona_of(map_, personas, who) if style == STYLE else None
    if persona is None:
        return who
    return f"persona:{persona.key}" if persona.condition else None


def with_card(sheet: Sheet, personas: Personas, who: str | None) -> Sheet:
    """What is drawn, with the persona whose card stands above it, and for how many it stands."""
    persona = persona_of(sheet.map, personas, who)
    return sheet if persona is None else replace(sheet, persona=persona, stands=personas.size(persona.key))
