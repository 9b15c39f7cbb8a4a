"""What is asked and told about personas."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from lvtu.core.model.text import Words


class PersonaRow(BaseModel):
    """A persona in the list.

    Attributes:
        key: by which addresses and maps name it.
        version: the newest one.
        name: what people call it.
        role: who it is, in a few words; null where nobody said.
        initials: what stands in the place of a picture.
        color: the number of its colour.
        segment: its customers, in words; null where nobody has said which.
        customers: how many they are; null likewise, and where they cannot be counted any more.
        of: of how many.
        maps: how many maps are about it.
    """

    key: str
    version: int
    name: str
    role: str | None
    initials: str
    color: int
    segment: str | None
    customers: int | None
    of: int | None
    maps: int


class PersonaList(BaseModel):
    """The personas of a workspace.

    Attributes:
        personas: by key.
        edits: whether whoever asks may edit them.
    """

    personas: list[PersonaRow]
    edits: bool


class PersonaTrait(BaseModel):
    """What its customers do more often, or less often, than all others.

    Attributes:
        kind: ``channel``, ``touchpoint`` or ``event``.
        name: what people call it.
        share: of its customers.
        others: of all others.
        lift: how many times as often, in words with its interval; null where no other did it.
        significant: whether it is more than chance.
    """

    kind: str
    name: str
    share: float
    others: float
    lift: str | None
    significant: bool


class PersonaNumber(BaseModel):
    """How its customers feel, or what they spend, beside all others.

    Attributes:
        name: of the scale, or the currency.
        shown: of its customers.
        interval: its 95 % interval; empty where there is none.
        n: what it rests on.
        few: whether that is too few to be told like the others.
        others: of all others; null where nothing is known of them.
        significant: whether the two differ by more than chance.
    """

    name: str
    shown: str
    interval: str
    n: int
    few: bool
    others: str | None
    significant: bool


class PersonaProfile(BaseModel):
    """What sets its customers apart from all others.

    Attributes:
        customers: how many they are.
        of: of how many.
        traits: the most telling first.
        feelings: by scale.
        money: what a customer spends on average, by currency.
        compared: how many differences were tested together, with false-discovery control.
    """

    customers: int
    of: int
    traits: list[PersonaTrait]
    feelings: list[PersonaNumber]
    money: list[PersonaNumber]
    compared: int


class PersonaOf(BaseModel):
    """A persona.

    Attributes:
        key: by which addresses and maps name it.
        version: the newest one; null of a draft.
        document: it.
        segment: its customers, in words; null where nobody has said which.
        profile: what sets them apart; null likewise.
        trouble: why they cannot be counted; null where they can.
        edits: whether whoever asks may edit it.
    """

    key: str
    version: int | None
    document: dict[str, Any]
    segment: str | None
    profile: PersonaProfile | None
    trouble: str | None
    edits: bool


class PersonaDrafting(BaseModel):
    """Of whom a draft is made.

    Attributes:
        segment: the name of a segment, or a condition.
        name: what people call it; as the segment if not given.
    """

    model_config = ConfigDict(extra="forbid")

    segment: str = Field(min_length=1, max_length=20_000)
    name: Words | None = None


class PersonaSaving(BaseModel):
    """A persona to be saved.

    Attributes:
        version: the one that was changed; null where there was none, or whatever there is.
        persona: it, but for its key.
    """

    model_config = ConfigDict(extra="forbid")

    version: int | None = None
    persona: dict[str, Any]
