"""How a survey is asked: what may change while it is open, without another version of what is asked."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from lvtu.core.expr import parse
from lvtu.core.units import duration
from lvtu.errors import LvtuError
from lvtu.service.session.schemas import Strict

Way = Literal["email", "sms", "wecom"]
"""How an invitation reaches somebody."""

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+")


def _origin(given: str) -> str:
    if _ORIGIN.fullmatch(given) is None:
        raise ValueError("an origin is scheme and host, as https://shop.example")
    return given.lower()


def _condition(given: str) -> str:
    try:
        parse(given)
    except LvtuError as error:
        raise ValueError(str(error)) from None
    return given


def _duration(given: str) -> str:
    try:
        duration(given)
    except LvtuError as error:
        raise ValueError(str(error)) from None
    return given


Origin = Annotated[str, StringConstraints(max_length=200), AfterValidator(_origin)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Picture = Annotated[
    str, StringConstraints(max_length=60_000, pattern=r"^data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/=]+$")
]
Duration = Annotated[str, StringConstraints(max_length=20), AfterValidator(_duration)]
Condition = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_condition)]
Share = Annotated[float, Field(gt=0, le=1)]
EventName = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class SurveyTheme(Strict):
    """How the page looks.

    Attributes:
        accent: the colour of buttons; Lvtu's own if not given.
        logo: a picture, in the text itself.
        look: light, dark, or as the reader's device is set.
    """

    accent: Colour | None = None
    logo: Picture | None = None
    look: Literal["auto", "light", "dark"] = "auto"


class Cap(Strict):
    """How often the same customer is asked at most.

    Attributes:
        most: so many invitations,
        days: within so many days.
    """

    most: int = Field(1, ge=1, le=100)
    days: int = Field(30, ge=1, le=3650)


class Trigger(Strict):
    """Upon which event customers are asked.

    Attributes:
        event: it.
        where: a condition on it.
        delay: how long after.
        share: of those who had it, how many are asked: drawn by customer, the same whoever draws.
        way: how.
    """

    event: EventName
    where: Condition | None = None
    delay: Duration = "0s"
    share: Share = 1.0
    way: Way


class Intercept(Strict):
    """When a page's script asks its visitor.

    Attributes:
        event: once this event was sent from the page; by itself if not given.
        pages: on addresses whose path begins so; on all if there are none.
        seconds: so long after.
        share: of the visitors, how many are asked.
        days: whoever saw it does not see it again for so many days.
    """

    event: EventName | None = None
    pages: list[Annotated[str, StringConstraints(max_length=200)]] = Field(default_factory=list, max_length=50)
    seconds: int = Field(5, ge=0, le=3600)
    share: Share = 1.0
    days: int = Field(90, ge=0, le=3650)


class Message(Strict):
    """What an invitation says, in one language. ``{link}`` stands for the link; without it, it goes at the end.

    Attributes:
        subject: of an e-mail; Lvtu's own if empty.
        text: the message; Lvtu's own if empty.
    """

    subject: str = Field("", max_length=200)
    text: str = Field(max_length=2000)


class SurveySettings(Strict):
    """How a survey is asked.

    Attributes:
        theme: how the page looks.
        embed: the sites that may show it within their pages.
        closes: when it takes no more answers.
        most: after how many complete responses it does not.
        daily: how many complete responses within a day are enough: no more begin until it is fewer again.
        cap: how often the same customer is asked for this survey.
        consent: the category of consent that whoever is asked must not have refused; not looked at if not given.
        trigger: upon which event customers are asked.
        intercept: when a page's script asks.
        messages: what invitations say, by language; Lvtu's own words if not given.
    """

    theme: SurveyTheme = Field(default_factory=SurveyTheme)
    embed: list[Origin] = Field(default_factory=list, max_length=50)
    closes: datetime | None = None
    most: int | None = Field(default=None, ge=1, le=100_000_000)
    daily: int | None = Field(default=None, ge=1, le=100_000_000)
    cap: Cap = Field(default_factory=lambda: Cap(most=1, days=90))
    consent: str | None = Field(default=None, min_length=1, max_length=200)
    trigger: Trigger | None = None
    intercept: Intercept | None = None
    messages: dict[Annotated[str, StringConstraints(max_length=40)], Message] = Field(default_factory=dict)
