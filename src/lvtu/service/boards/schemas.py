"""Boards as documents, and what is said about them over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from lvtu.core.model.text import Words
from lvtu.core.units import duration, instant, moment
from lvtu.errors import BadInput
from lvtu.service.analyses.schemas import Answer, NoteOf


def _time(value: Any) -> Any:
    return None if value is None else moment(instant(value)).isoformat()


Time = Annotated[str, BeforeValidator(_time)]
"""A time, ISO-8601."""


class Range(BaseModel):
    """A range of time.

    Attributes:
        since: from this time on.
        until: before this time.
        last: instead, so far back from the last event: ``30d``.
    """

    model_config = ConfigDict(extra="forbid")

    since: Time | None = None
    until: Time | None = None
    last: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Range:
        if self.last is not None:
            duration(self.last)
        if self.since is not None and self.until is not None and instant(self.since) >= instant(self.until):
            raise BadInput("range_empty")
        return self


class Tile(BaseModel):
    """A saved question on a board.

    Attributes:
        id: its name on the board.
        title: what people call it; null: as the question is called.
        question: the question: a spec with its ``analysis``.
        view: how its answer is shown.
        x, y, w, h: its place and size in a grid of twelve columns.
    """

    model_config = ConfigDict(extra="forbid")

    id: str = Field(min_length=1, max_length=64)
    title: Words | None = None
    question: dict[str, Any]
    view: Literal["chart", "table"] = "chart"
    x: int = Field(default=0, ge=0, le=11)
    y: int = Field(default=0, ge=0, le=10_000)
    w: int = Field(default=6, ge=1, le=12)
    h: int = Field(default=4, ge=1, le=100)


class Board(BaseModel):
    """A board.

    Attributes:
        title: what people call it.
        description: what it is for.
        tiles: its questions.
        range: over all of them; null: all there is.
        segment: over all of them: a segment's name, or a condition on customers; null for everybody.
    """

    model_config = ConfigDict(extra="forbid")

    title: Words
    description: Words | None = None
    tiles: list[Tile] = Field(default_factory=list, max_length=100)
    range: Range | None = None
    segment: str | None = None


class Changed(BaseModel):
    """A board as it is now.

    Attributes:
        board: all of it.
        version: the one that was changed.
    """

    board: Board
    version: int


class BoardOf(BaseModel):
    """A board with what is known about it.

    Attributes:
        id: its name in addresses.
        version: one more with each change.
        board: it.
        name: its title in the language that was asked for.
        author: who made it.
        editor: who changed it last.
        created, updated: when.
    """

    id: str
    version: int
    board: Board
    name: str
    author: str | None
    editor: str | None
    created: str
    updated: str


class Order(BaseModel):
    """The order of boards.

    Attributes:
        ids: every board, first to last.
    """

    ids: list[str]


class Asked(BaseModel):
    """How to answer a board.

    Attributes:
        range: instead of the board's; an empty one for all there is.
        segment: instead of the board's; an empty text for everybody.
        tiles: only these; all if not given.
        token: of the snapshot to count on.
    """

    range: Range | None = None
    segment: str | None = None
    tiles: list[str] | None = None
    token: str | None = Field(default=None, max_length=64)


class TileAnswer(BaseModel):
    """The answer of a tile, or why there is none.

    Attributes:
        id: the tile's.
        answer: as ``analyses`` answers.
        problem: the body of a problem, and in ``asked`` what kind of question it is.
        notes: where the board's range or segment could not be applied.
    """

    id: str
    answer: Answer | None = None
    problem: dict[str, Any] | None = None
    notes: list[NoteOf] = []


class BoardAnswers(BaseModel):
    """The answers of a board, all counted on one snapshot.

    Attributes:
        tiles: in the order of the board.
        token: the snapshot.
        since, until: the range that was applied; null where it has no end.
        segment: the condition that was applied.
    """

    tiles: list[TileAnswer]
    token: str
    since: str | None
    until: str | None
    segment: str | None
