"""What is said about whoever is signed in."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from lvtu.catalog.people import Person
from lvtu.service.workspaces.schemas import Listed


def _zone(name: str) -> str:
    if name and name not in available_timezones():
        raise ValueError("no such time zone")
    return name


class Strict(BaseModel):
    """A request's body: a key that is unknown is a mistake."""

    model_config = ConfigDict(extra="forbid")


class PersonSeen(BaseModel):
    """A person, as others see them.

    Attributes:
        id: a UUID.
        name: may be empty.
        email: null for whoever sits at the machine itself.
        language: ``zh``, ``en`` or empty.
    """

    id: str
    name: str
    email: str | None
    language: str
    zone: str

    @classmethod
    def of(cls, person: Person) -> PersonSeen:
        """What is said of a person."""
        return cls(id=person.id, name=person.name, email=person.email, language=person.language, zone=person.zone)


class SessionSeen(BaseModel):
    """Who is signed in.

    Attributes:
        person: who; null for nobody.
        local: whether this server has no passwords: one opens it with the link that it printed.
        csrf: what every change sends along in ``X-CSRF-Token``.
        workspaces: theirs.
    """

    person: PersonSeen | None
    local: bool
    csrf: str
    workspaces: list[Listed]


class SignIn(Strict):
    """An address and a password."""

    email: str = Field(max_length=320)
    password: str = Field(max_length=1024)


class Link(Strict):
    """A link with which somebody sets their password.

    Attributes:
        key: what stands behind ``#key=`` in it.
    """

    key: str = Field(max_length=200)


class LinkSeen(BaseModel):
    """Whose a link is.

    Attributes:
        email: by which they sign in.
        name: may be empty.
    """

    email: str
    name: str


class FirstPassword(Link):
    """A password, by a link.

    Attributes:
        password: the one that is set.
    """

    password: str = Field(max_length=1024)


class Me(Strict):
    """What a person says of themselves.

    Attributes:
        name: as others see it.
        language: ``zh``, ``en``, or empty for the browser's.
        zone: a time zone (``Asia/Shanghai``), or empty for the workspace's.
    """

    name: str = Field(max_length=200)
    language: Literal["", "zh", "en"] = ""
    zone: Annotated[str, AfterValidator(_zone)] = ""


class MeSeen(Me):
    """The same, with what they cannot change here.

    Attributes:
        id: a UUID.
        email: by which they sign in.
        has_password: whether they have one.
    """

    id: str
    email: str | None
    has_password: bool


class NewPassword(Strict):
    """A change of password.

    Attributes:
        current: the one there is.
        password: the new one.
    """

    current: str = Field(max_length=1024)
    password: str = Field(max_length=1024)
