"""What is told of workspaces."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from lvtu.service.access import RoleName
from lvtu.service.languages import Both


class Titles(Both):
    """A title in both languages; in one that is empty, the other's is shown."""

    model_config = ConfigDict(extra="forbid")

    zh: str = Field(max_length=200)
    en: str = Field(max_length=200)


class Listed(BaseModel):
    """A workspace in the switcher.

    Attributes:
        name: by which addresses name it.
        title: what people call it, in the language asked for.
        titles: the same in both languages.
        role: what whoever asks may do in it.
        example: whether it holds data to look around in.
        made: when it was made.
    """

    name: str
    title: str
    titles: Both
    role: RoleName
    example: bool
    made: str


class About(BaseModel):
    """A workspace.

    Attributes:
        name: by which addresses name it.
        title: what people call it, in the language asked for.
        titles: the same in both languages.
        role: what whoever asks may do in it.
        zone: the time zone of its calendar days.
        fixed: which of ``title`` and ``zone`` the server's environment says, so that they cannot be changed here.
        events, customers: how many.
        first, last: times of the first and the last event; null without events.
        received: when the last events were taken into the lake.
        default_model: the key of the journey model that questions use when they name none.
        languages: those in which it can be read.
        example: whether it holds data to look around in, so that people's own are better put elsewhere.
        simulated: whether its data carry simulated events, which is to be said wherever they are shown.
        token: the snapshot that this is true of; answers of the same token go together.
    """

    name: str
    title: str
    titles: Both
    role: RoleName
    zone: str
    fixed: list[str]
    events: int
    customers: int
    first: str | None
    last: str | None
    received: str | None
    default_model: str | None
    languages: list[str]
    example: bool
    simulated: bool
    token: str


class New(BaseModel):
    """A workspace to be made.

    Attributes:
        name: its folder's: letters, digits, ``.``, ``-`` and ``_``, not beginning with a dot; made of the title if not
            given, with a number where there is one of that name.
        title: what people call it; the name if not given.
        zone: the time zone of its calendar days.
    """

    name: str = Field(default="", max_length=80)
    title: str = Field(default="", max_length=200)
    zone: str = Field(default="UTC", min_length=1, max_length=100)


class Settings(BaseModel):
    """What people change of a workspace; what is not given stays as it is.

    Attributes:
        title: what people call it, in both languages; its folder's name where both are empty.
        zone: the time zone of its calendar days.
    """

    model_config = ConfigDict(extra="forbid")

    title: Titles | None = None
    zone: str | None = Field(default=None, min_length=1, max_length=100)
