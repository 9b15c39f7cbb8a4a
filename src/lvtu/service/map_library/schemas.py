"""What is asked and told about the library of journey maps."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from lvtu.service.languages import Both


class MapTemplateRow(BaseModel):
    """A template of the gallery.

    Attributes:
        key: it; of a map of the workspace that serves as one, the map's id.
        title, about: what people call it, and what is in it.
        stages, steps, cards: how many it has.
        own: whether it is a map of the workspace.
    """

    key: str
    title: str
    about: str
    stages: int
    steps: int
    cards: int
    own: bool


class MapTemplates(BaseModel):
    """The gallery.

    Attributes:
        templates: those of the workspace first.
    """

    templates: list[MapTemplateRow]


class MapFromTemplate(BaseModel):
    """What is begun from a template.

    Attributes:
        title: what the map is to be called; as the template if not given.
    """

    model_config = ConfigDict(extra="forbid")

    title: Both | str | None = None


class UnsureNumber(BaseModel):
    """A number of a map that is not to be relied on, or misses its target.

    Attributes:
        title: what it is.
        kind: ``old``, ``moved``, ``gone``, or ``missed``.
        why: that in words.
        owner: who answers for it; null where nobody does.
    """

    title: str
    kind: Literal["old", "moved", "gone", "missed"]
    why: str
    owner: str | None


class MapStands(BaseModel):
    """How far the numbers of a map could be relied on when they were last looked at.

    Attributes:
        looked: when that was, ISO-8601.
        live: how many numbers the data gave.
        stale: how many of them were not to be relied on, or were gone.
        missed: how many missed their target.
        numbers: these.
    """

    looked: str
    live: int
    stale: int
    missed: int
    numbers: list[UnsureNumber]


class LibraryMap(BaseModel):
    """A map in the library.

    Attributes:
        id: by which addresses name it.
        title: what people call it.
        state: how the journey is, or how it is meant to be.
        status: how far the map is.
        owner: who answers for it: a person, else a department; null where nobody does.
        tags: by which it is found.
        stages, steps, cards: how many it has.
        edited: when it was edited last, ISO-8601.
        by: who edited it last.
        level: how many maps stand above it.
        above: the id of the map whose step it tells in detail; null at the top.
        step: what that step is called; null at the top.
        others: how many more steps it tells.
        stands: how far its numbers could be relied on when they were last looked at; null where they never were.
    """

    id: str
    title: str
    state: Literal["as_is", "to_be"]
    status: Literal["draft", "in_research", "live", "archived"]
    owner: str | None
    tags: list[str]
    stages: int
    steps: int
    cards: int
    edited: str
    by: str
    level: int
    above: str | None
    step: str | None
    others: int
    stands: MapStands | None


class MapLibrary(BaseModel):
    """Every map, each followed by those within it; at each level the one that was edited last first."""

    maps: list[LibraryMap]


class Crumb(BaseModel):
    """A map above another.

    Attributes:
        id, title: the map.
        step: what the step is called that the next one tells in detail.
        level: how many maps stand above it.
    """

    id: str
    title: str
    step: str
    level: int


class RolledNumber(BaseModel):
    """A number of a map below, told as one of its step.

    Attributes:
        title: what it is.
        shown: it.
        n: what it rests on.
        steps: at how many steps it is known.
    """

    title: str
    shown: str
    n: int
    steps: int


class ChildMap(BaseModel):
    """A map that tells a step in detail.

    Attributes:
        step: the key of the step.
        id, title: the map; the title is empty where it is gone.
        numbers: its numbers as those of the step.
    """

    step: str
    id: str
    title: str
    numbers: list[RolledNumber]


class MapNesting(BaseModel):
    """Where a map stands.

    Attributes:
        level: how many maps stand above it.
        crumbs: they, from the top.
        children: the maps that tell its steps in detail.
        offers: the maps that could: those that do not lead back to it.
    """

    level: int
    crumbs: list[Crumb]
    children: list[ChildMap]
    offers: list[MapOffer]


class MapOffer(BaseModel):
    """A map that could tell a step in detail."""

    id: str
    title: str


class StepChild(BaseModel):
    """Which map tells a step in detail.

    Attributes:
        map: its id; null: none.
    """

    model_config = ConfigDict(extra="forbid")

    map: str | None


class TouchpointUse(BaseModel):
    """A step of a map that names a touchpoint.

    Attributes:
        map, title: the map.
        step: what the step is called.
    """

    map: str
    title: str
    step: str


class LibraryTouchpoint(BaseModel):
    """A touchpoint of the library.

    Attributes:
        id: its stable name.
        name: what people call it.
        channels: the channels it is met on.
        online: null: as the channel of each event says.
        location: the place, of one that is offline.
        owner: the department that answers for it, as it is written; `department` is what the reader calls it.
        systems: the systems it runs on.
        events: the names of events that show it, where names alone decide.
        ruled: whether more than names decides; that is changed in the journey model.
        models: the keys of the journey models that have it.
        stages: in how many of their stages it is used.
        uses: the steps of maps that name it.
    """

    id: str
    name: Both
    channels: list[str]
    online: bool | None
    location: Both | None
    owner: str | None
    department: str | None
    systems: list[str]
    events: list[str]
    ruled: bool
    models: list[str]
    stages: int
    uses: list[TouchpointUse]


class TouchpointChannel(BaseModel):
    """A channel that touchpoints can be met on."""

    key: str
    name: str
    online: bool


class TouchpointLibrary(BaseModel):
    """The touchpoint library.

    Attributes:
        touchpoints: in the order of the journey models.
        channels: those that they can be met on.
    """

    touchpoints: list[LibraryTouchpoint]
    channels: list[TouchpointChannel]


class NewTouchpoint(BaseModel):
    """Another touchpoint."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1, max_length=100)
    name: Both | str


class TouchpointChanges(BaseModel):
    """What is otherwise with a touchpoint: what is sent is set, and null takes back what was said."""

    model_config = ConfigDict(extra="forbid")

    name: Both | str | None = None
    channels: list[str] | None = None
    online: bool | None = None
    location: Both | str | None = None
    owner: str | None = None
    systems: list[str] | None = None
    events: list[str] | None = None

    def given(self) -> dict[str, Any]:
        """What was sent."""
        return self.model_dump(exclude_unset=True)
