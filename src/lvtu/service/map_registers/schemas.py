"""What registers tell."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from lvtu.maps.document.details import Status
from lvtu.maps.live.filled import Unit
from lvtu.maps.registers.entry import EntryKind
from lvtu.maps.registers.moments import MomentKind, MomentState
from lvtu.maps.registers.swot import SwotName


class RegisterNumber(BaseModel):
    """A number of an entry.

    Attributes:
        name: which.
        value: it, to sort by.
        shown: it, as people read it.
        source: where it is known from.
        estimated: whether somebody estimated it.
        n: what it rests on; null where nobody was counted.
        interval: its 95 % interval; empty where it has none.
        estimate: what somebody estimated, where the data say it; empty otherwise.
        formula: how it was worked out; empty where it was not.
    """

    name: str
    value: float
    shown: str
    source: str
    estimated: bool
    n: int | None
    interval: str
    estimate: str
    formula: str


class RegisterPlace(BaseModel):
    """A card of a map.

    Attributes:
        id: ``MAP/CARD``.
        kind: what it is.
        text: what it says.
        map, title: its map.
        lane, step, step_title: where on it.
    """

    id: str
    kind: EntryKind
    text: str
    map: str
    title: str
    lane: str
    step: str
    step_title: str


class RegisterEntry(BaseModel):
    """Something that stands on a card.

    Attributes:
        at: the card.
        stage: what its stage is called.
        owner: who answers for it.
        persona: what people call the persona it is about; null: everybody.
        rung: of a need, how deep it lies.
        status, status_key: of a pain, how far one is with it.
        latent: whether nobody said it.
        assumed: whether nothing supports it.
        hypothesis: whether both hold.
        evidence: the kinds of what it rests on, as people call them.
        numbers: what is known of it in numbers.
        money: what may be lost, what it brings, what it costs.
        expected, due: of an action, what it is to change, and until when.
        metrics: of an action, what its effect is seen by.
        stems_from, leads_to: the chain it stands in, the nearest first.
        places: where else it stands.
        failed: why the data say nothing to it, where they were asked.
    """

    at: RegisterPlace
    stage: str
    owner: str | None
    persona: str | None
    rung: str | None
    status: str | None
    status_key: Status | None
    latent: bool
    assumed: bool
    hypothesis: bool
    evidence: list[str]
    numbers: list[RegisterNumber]
    money: str | None
    expected: str | None
    due: str | None
    metrics: list[str]
    stems_from: list[RegisterPlace]
    leads_to: list[RegisterPlace]
    places: list[RegisterPlace]
    failed: str | None


class RegisterAlike(BaseModel):
    """Two entries that seem to say the same.

    Attributes:
        one, other: they.
        shown: how much of their wording they share.
    """

    one: RegisterPlace
    other: RegisterPlace
    shown: str


class RegisterChoice(BaseModel):
    """Something a register can be filtered by."""

    key: str
    name: str


class RegisterColumn(BaseModel):
    """A number that entries of a register can have.

    Attributes:
        name: which.
        title: what it is called.
    """

    name: str
    title: str


class MapRegister(BaseModel):
    """A register.

    Attributes:
        kind: of what.
        entries: those that matter most first.
        columns: the numbers they can have, that by which they are ranked first.
        alike: those that seem to say the same.
        maps, personas, rungs, statuses, efforts: by what it can be filtered.
        simulated: whether any of its numbers is of simulated data.
        edits: whether whoever asks may change maps.
    """

    kind: EntryKind
    entries: list[RegisterEntry]
    columns: list[RegisterColumn]
    alike: list[RegisterAlike]
    maps: list[RegisterChoice]
    personas: list[RegisterChoice]
    rungs: list[RegisterChoice]
    statuses: list[RegisterChoice]
    efforts: list[RegisterChoice]
    simulated: bool
    edits: bool


class RegisterMoment(BaseModel):
    """A number at a moment of truth, or a moment without any.

    Attributes:
        map, title: its map.
        stage, step, step_title: where on it.
        kind, kind_said: what kind of moment it is.
        owner: who answers for it.
        lane, lane_title: the lane whose number it is; null without one.
        shown, interval, n: the number; "—" where nothing was measured.
        before: what it was in the period before; empty where that is not known.
        unit: what it is measured in; empty where nothing was.
        worse: whether it got worse, and not by chance.
        target: what it should be, as people read it; empty where nobody said.
        aimed: the target as a number; null without one.
        state, state_said: how it does beside its target.
        binding: the question that fills it, as a target is set on it; null where no question does.
    """

    map: str
    title: str
    stage: str
    step: str
    step_title: str
    kind: MomentKind
    kind_said: str
    owner: str | None
    lane: str | None
    lane_title: str | None
    shown: str
    interval: str
    n: int | None
    before: str
    unit: Unit | Literal[""]
    worse: bool
    target: str
    aimed: float | None
    state: MomentState
    state_said: str
    binding: dict[str, Any] | None


class KeyMoments(BaseModel):
    """The key moments.

    Attributes:
        moments: those that miss their targets first.
        simulated: whether any of the numbers is of simulated data.
        edits: whether whoever asks may set targets.
    """

    moments: list[RegisterMoment]
    simulated: bool
    edits: bool


class SwotField(BaseModel):
    """One of the four fields.

    Attributes:
        name: which.
        title: what it is called.
        entries: what stands in it.
    """

    name: SwotName
    title: str
    entries: list[str]


class MapSwot(BaseModel):
    """Strengths, weaknesses, opportunities and threats.

    Attributes:
        fields: they, in that order.
    """

    fields: list[SwotField]
