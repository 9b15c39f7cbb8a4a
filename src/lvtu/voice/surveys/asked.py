"""What questions of every kind have, and what their parts are made of."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from lvtu.voice.surveys.parts import Condition, Key, Name, Option, Part, Text

Scale = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,20}_?[0-9]{1,2}$")]
Options = Annotated[tuple[Option, ...], Field(min_length=1, max_length=500)]
Bound = Annotated[float, Field(ge=-1e15, le=1e15)]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class Asked(Part):
    """What questions of every kind have.

    Attributes:
        key: what it is known by.
        title: what is asked.
        help: what helps to answer it.
        required: whether it must be answered where it is shown.
        show_if: when it is shown; always if not given.
        touchpoint: where the answer belongs; the survey's if not given.
        event: what the answer becomes; by kind (`event_name`) if not given.
    """

    becomes: ClassVar[str]

    key: Key
    title: Text
    help: Text | None = None
    required: bool = False
    show_if: Condition | None = None
    touchpoint: Name | None = None
    event: Name | None = None

    @property
    def event_name(self) -> str:
        """The event that the answer becomes."""
        return self.event or self.becomes
