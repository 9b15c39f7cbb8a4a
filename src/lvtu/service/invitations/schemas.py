"""What is said over HTTP about invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, model_validator

from lvtu.service.session.schemas import Strict
from lvtu.service.surveys.schemas import Short
from lvtu.service.surveys.settings import Way


class To(Strict):
    """Somebody to ask.

    Attributes:
        customer: by their ``user_id``.
        recipient: the address or number; looked up in the customer's events if not given.
        touchpoint, step: where it is asked.
        language: theirs, if it is known.
    """

    customer: Short | None = None
    recipient: Annotated[str, StringConstraints(min_length=3, max_length=320, pattern=r"^[^\r\n]+$")] | None = None
    touchpoint: Short | None = None
    step: Short | None = None
    language: Annotated[str, StringConstraints(max_length=40)] | None = None

    @model_validator(mode="after")
    def _somebody(self) -> To:
        if self.customer is None and self.recipient is None:
            raise ValueError("a customer or a recipient is needed")
        return self


class NewInvitations(Strict):
    """Whom to ask.

    Attributes:
        way: how.
        to: them.
        batch: what this list is called: sent again under the same name, nobody is asked twice.
        due: when; now if not given.
    """

    way: Way
    to: list[To] = Field(min_length=1, max_length=10_000)
    batch: Short
    due: datetime | None = None


class InvitedTo(BaseModel):
    """How many are going to be asked, unless a limit forbids it, and how many of the list were there already."""

    waiting: int
    repeated: int


class InvitationOf(BaseModel):
    """An invitation.

    Attributes:
        id: its own.
        customer: who is asked.
        recipient: where it goes.
        way: how.
        state: ``waiting``, ``sending``, ``sent``, ``failed``, ``skipped``, ``unknown``, ``bounced``.
        why: why they were not asked, or it failed, in words; null where there is no reason.
        code: the same as a code.
        error: what the other side said.
        attempts: how often it was tried.
        created, due, decided: when it was made; is next seen to; went out.
        opened, answered: when its link was first opened; when all was answered. Of an anonymous survey nobody knows.
    """

    id: str
    customer: str | None
    recipient: str | None
    way: str
    state: str
    why: str | None
    code: str | None
    error: str
    attempts: int
    created: datetime
    due: datetime | None
    decided: datetime | None
    opened: datetime | None
    answered: datetime | None


class CameBack(Strict):
    """That a message reached nobody, as a mail server or whoever sends text messages says later.

    Attributes:
        error: what they say.
    """

    error: str = Field("", max_length=500)


class Count(BaseModel):
    """How many invitations are in a state, and why."""

    state: str
    code: str | None
    why: str | None
    invitations: int


class Invitations(BaseModel):
    """Invitations, newest first.

    Attributes:
        counts: all of the survey's, by state and reason.
        invitations: some of them.
        next: the id before which there are more; null where there are none.
    """

    counts: list[Count]
    invitations: list[InvitationOf]
    next: str | None


class LinkTo(BaseModel):
    """An address at which the survey is answered."""

    url: str


class NewPersonalLink(Strict):
    """Somebody whom a program of yours asks itself.

    Attributes:
        customer: who is asked, by their ``user_id``.
        touchpoint, step, channel: where it is asked.
    """

    customer: Short
    touchpoint: Short | None = None
    step: Short | None = None
    channel: Short | None = None


class PersonalLink(LinkTo):
    """A link for one response.

    Attributes:
        invitation: the token in it.
        expires: until when it is good.
    """

    invitation: str
    expires: datetime
