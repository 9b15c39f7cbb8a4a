"""Lanes: the rows of a map, by what they are about."""

from __future__ import annotations

from typing import ClassVar, Literal

from lvtu.core.documents import Document
from lvtu.core.model.rules import Key
from lvtu.core.model.text import Words

BlueprintRole = Literal[
    "evidence",
    "customer",
    "onstage_people",
    "onstage_technology",
    "backstage_people",
    "backstage_technology",
    "support",
]
"""What a lane is in a service blueprint, from top to bottom."""

ExperienceRole = Literal[
    "goals", "needs", "expectations", "touchpoints", "channels", "thoughts", "feelings", "perception", "effort",
    "four_donts", "time", "volume", "metrics", "pains", "gains", "moments", "insights", "opportunities", "owners",
    "custom",
]  # fmt: skip
"""What a lane tells of the experience."""

Role = Literal[BlueprintRole, ExperienceRole]

Kind = Literal["text", "chips", "curve", "number", "bars"]
"""How a lane's cells are drawn."""


class Lane(Document):
    """A row of the map.

    Attributes:
        key: its stable name.
        role: what it is about; free text is in `label` alone.
        kind: how its cells are drawn.
        label: what people call it.
        locked: whether its cells are kept from being edited, as a template does.
        collapsed: whether it is shown folded.
        owner: the department that answers for it, and does what those of its cards tell that name none.
        person: who answers for it; see `Step`.

    Example:
        >>> Lane(key="said", role="thoughts", label={"zh": "想法", "en": "Thoughts"}).kind
        'text'
    """

    called: ClassVar[str] = "lane"

    key: Key
    role: Role
    kind: Kind = "text"
    label: Words
    locked: bool = False
    collapsed: bool = False
    owner: str | None = None
    person: str | None = None
