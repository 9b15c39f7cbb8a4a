"""What is told of how a team rates its own service."""

from __future__ import annotations

from pydantic import BaseModel


class AssessedStep(BaseModel):
    """A step as the team and as customers rate it, both from 1 to 5.

    Attributes:
        step: its key.
        stage, title: what people call its stage, and it.
        own: the team's score; null where it gave none.
        customers: the customers'; "—" where it is not known.
        interval, n: of the customers' score.
        gap: the customers' minus the team's; "—" where one of them is not known.
        below: whether customers certainly rate it lower.
        by, on, note: who gave the team's score, when, and why.
    """

    step: str
    stage: str
    title: str
    own: float | None
    customers: str
    interval: str
    n: int | None
    gap: str
    below: bool
    by: str | None
    on: str | None
    note: str | None


class MapAssessment(BaseModel):
    """How a team rates its own service.

    Attributes:
        steps: in the order of the map.
        read: what became of the workbook that was read just now, and what could not be read.
        simulated: whether the customers are.
        edits: whether whoever asks may read one in.
    """

    steps: list[AssessedStep]
    read: list[str]
    simulated: bool
    edits: bool
