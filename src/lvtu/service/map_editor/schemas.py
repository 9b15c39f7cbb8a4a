"""What the editor of maps sends and is told."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lvtu.service.languages import Both


class MapEdit(BaseModel):
    """An edit: its name in `edit`, its arguments beside it (`lvtu.maps.edits`).

    Attributes:
        edit: its name.
        seen: the step at which whoever edits has seen the map: what others have changed since is not overwritten.
    """

    model_config = ConfigDict(extra="allow")

    edit: str
    seen: int | None = None


class MapEdited(BaseModel):
    """What an edit did.

    Attributes:
        step: how often the map has been edited now.
        changes: what is otherwise.
        document: the map as it is.
    """

    step: int
    changes: list[dict[str, Any]]
    document: dict[str, Any]


class MapUndoable(BaseModel):
    """What somebody can take back, and do again.

    Attributes:
        undo: what their last edit that stands did, in words; null where there is none.
        redo: what the edit did that they took back last; null where there is none.
    """

    undo: str | None
    redo: str | None


class MapNew(BaseModel):
    """A map that is begun with nothing in it.

    Attributes:
        title: what it is to be called.
    """

    model_config = ConfigDict(extra="forbid")

    title: Both | Annotated[str, Field(min_length=1)]


class MapLane(BaseModel):
    """A lane that a map can have.

    Attributes:
        role: what it is about.
        group: whether it tells of the experience, or is part of a service blueprint.
        kind: how its cells are drawn.
        label: what it is called.
        about: what stands in it.
    """

    role: str
    group: Literal["experience", "blueprint"]
    kind: str
    label: Both
    about: str


class MapLanes(BaseModel):
    """The lanes that a map can have, from top to bottom."""

    lanes: list[MapLane]


class MapImage(BaseModel):
    """A picture that was kept.

    Attributes:
        image: what a card names it by.
    """

    image: str
