"""What is asked and told about reviews of maps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from lvtu.catalog.comments import WORDS
from lvtu.service.comments.schemas import PersonNamed
from lvtu.service.session.schemas import Strict

Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=WORDS)]

Verdict = Literal["waiting", "approved", "changes"]

ReviewState = Literal["none", "waiting", "approved", "changes"]


class NewReview(Strict):
    """Whom one asks.

    Attributes:
        people: their ids.
        words: what one asks them.
    """

    people: Annotated[list[str], Field(min_length=1, max_length=50)]
    words: Said = ""


class NewVerdict(Strict):
    """What one says to a map.

    Attributes:
        verdict: it is good as it is, or something is to be otherwise.
        words: why.
    """

    verdict: Literal["approved", "changes"]
    words: Said = ""


class VerdictOf(BaseModel):
    """What somebody says to a map.

    Attributes:
        person: who.
        verdict: ``waiting`` until they have said something.
        words: in which words.
        at: when, ISO-8601.
        yours: whether it is whoever asks.
    """

    person: PersonNamed
    verdict: Verdict
    words: str
    at: str | None
    yours: bool


class ReviewOf(BaseModel):
    """A question to some people about a map.

    Attributes:
        id: its name in addresses.
        step: how often the map had been edited then.
        words: what was asked.
        author: who asked; null where they are gone.
        created: when, ISO-8601.
        state: ``changes`` as soon as one wants some, ``approved`` once all approve, else ``waiting``.
        verdicts: what each says.
        version: the number of the named version that is just as what was asked about; null: there is none.
        version_name: its name.
    """

    id: str
    step: int
    words: str
    author: PersonNamed | None
    created: str
    state: Verdict
    verdicts: list[VerdictOf]
    version: int | None
    version_name: str | None


class MapReviews(BaseModel):
    """What people say to a map.

    Attributes:
        state: that of the newest review; ``none``: nobody was asked yet.
        changed: edits since it was asked about.
        reviews: the newest first.
        asks: whether whoever asks may ask for a review.
        yours: the id of the newest review if whoever asks is to answer it; null otherwise.
    """

    state: ReviewState
    changed: int
    reviews: list[ReviewOf]
    asks: bool
    yours: str | None
