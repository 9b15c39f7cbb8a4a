"""The question of the perception scorecard: which attributes, and what tells of them."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from lvtu.analyses.base import Spec, names_in
from lvtu.errors import BadInput

ITEMS = ("attribute", "row", "item")
"""Properties that say what was rated, where the question names none: the first that an answer has counts."""


class Attribute(BaseModel):
    """Something that customers perceive.

    Attributes:
        name: its key.
        items: values of the property that says what was rated: the rows of a matrix, say; its name if not given.
        topics: topics read in texts that tell of it, with all below them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    items: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def rated(self) -> tuple[str, ...]:
        """What ratings of it are called."""
        return self.items or (self.name,)

    def told_by(self, topic: str) -> bool:
        """Whether a topic tells of it.

        Example:
            >>> Attribute(name="attitude", topics=("service.staff",)).told_by("service.staff.attitude")
            True
        """
        return any(topic == one or topic.startswith(f"{one}.") for one in self.topics)


USUAL = (
    Attribute(name="quality", items=("quality", "product_quality"), topics=("product", "food", "drinks", "room")),
    Attribute(name="attitude", items=("attitude", "service_attitude"), topics=("service.staff", "staff")),
    Attribute(name="brand_image", items=("brand", "brand_image"), topics=("brand",)),
)
"""Quality, attitude and brand image: what is told of them where nothing else is asked."""


class ScorecardSpec(Spec):
    """How attributes are found, by ratings and by what is read in texts.

    Attributes:
        by: what tells places apart: touchpoint, stage, channel, a property; all as one if none.
        attributes: what is perceived: JSON with name, items, topics. Quality, attitude and brand image if not given.
        item: the property that says what was rated; attribute, row or item if not given.
        take: both, or answers or texts alone.
        weighted: whether survey weights count.
        since, until: select answers and texts.
    """

    analysis: ClassVar[str] = "scorecard"

    by: str | None = None
    attributes: tuple[Attribute, ...] = Field(USUAL, min_length=1, max_length=24)
    item: str | None = None
    take: Literal["both", "answers", "texts"] = "both"
    weighted: bool = True

    @field_validator("attributes", mode="before")
    @classmethod
    def _several(cls, attributes: Any) -> Any:
        return (attributes,) if isinstance(attributes, dict) else attributes

    @model_validator(mode="after")
    def _distinct(self) -> ScorecardSpec:
        names = [one.name for one in self.attributes]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise BadInput("attribute_twice", name=twice)
        return self

    def reads(self) -> set[str]:
        """The fields and properties that are there for certain."""
        return names_in(self.where) | {name for name in (self.by, self.item) if name}
