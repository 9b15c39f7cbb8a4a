"""What is told about a map as a service blueprint."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from lvtu.maps.blueprint.findings import Severity


class BlueprintPart(BaseModel):
    """What a finding is about.

    Attributes:
        kind: ``step``, ``card`` or ``link``.
        key: which.
    """

    kind: str
    key: str


class BlueprintWaiver(BaseModel):
    """Who accepted a finding, or switched a rule off.

    Attributes:
        reason: why.
        by: who.
        on: when, ISO-8601; null where nobody said.
    """

    reason: str
    by: str
    on: str | None


class BlueprintFinding(BaseModel):
    """A place where a blueprint breaks a rule.

    Attributes:
        id: under which it is waived; it holds while the map is edited.
        rule: the rule.
        severity: how much it matters.
        parts: what to look at.
        said: what is wrong.
        advice: what to try.
        waiver: who accepted it; null where nobody did.
    """

    id: str
    rule: str
    severity: Severity
    parts: list[BlueprintPart]
    said: str
    advice: str
    waiver: BlueprintWaiver | None


class BlueprintRule(BaseModel):
    """A rule.

    Attributes:
        rule: its name, under which a waiver switches it off.
        title: what people call it.
        about: what it looks for.
        severity: how much it matters.
        waiver: who switched it off; null where it is on.
    """

    rule: str
    title: str
    about: str
    severity: Severity
    waiver: BlueprintWaiver | None


class BlueprintFindings(BaseModel):
    """What is wrong with a blueprint.

    Attributes:
        findings: the gravest first, waived ones too.
        rules: every rule.
        edits: whether whoever asks may waive.
    """

    findings: list[BlueprintFinding]
    rules: list[BlueprintRule]
    edits: bool


class BlueprintHandoff(BaseModel):
    """What one department hands over to another.

    Attributes:
        source, target: they.
        links: how many links lead from the one to the other.
        hand_offs: those that hand over.
        without_sla: those of them that do not say within what time.
        sla: the times that they allow, as people read them; empty where none does.
        share: how many were in time, as people read it; null where events do not tell.
        interval: its 95 % interval.
        n: hand-offs that it rests on.
        late, broken: taken over late, or never.
    """

    source: str
    target: str
    links: int
    hand_offs: int
    without_sla: int
    sla: str
    share: str | None
    interval: str
    n: int | None
    late: int | None
    broken: int | None


class BlueprintDependency(BaseModel):
    """Something that depends on something else.

    Attributes:
        step, what, touchpoints, owner: at which step, what is done, where, and by which department.
        link: how the other depends on it.
        next_step, next, next_touchpoints, next_owner: the same of what depends on it.
        sla: within what time; empty where nobody says.
        share: how often it was taken over in time, as people read it; null where events do not tell.
        interval: its 95 % interval.
        n: how many that rests on.
        late, broken: taken over late, or never.
    """

    step: str
    what: str
    touchpoints: str | None
    owner: str | None
    link: str
    next_step: str
    next: str
    next_touchpoints: str | None
    next_owner: str | None
    sla: str
    share: str | None
    interval: str
    n: int | None
    late: int | None
    broken: int | None


class BlueprintInteraction(BaseModel):
    """A crossing of the line of interaction.

    Attributes:
        stage, step: where.
        action: what the customer does.
        answer: what the company does.
        lane: in which lane that stands.
        owner, system, channels: who and what does it, and where; null where nobody says.
        direction: who turns to whom; null where no link says.
        sla: within what time.
        evidence: what the customer sees, holds or reads.
        marks: where it may fail, where somebody waits or decides.
        standard: how long the step may take.
    """

    stage: str
    step: str
    action: str
    answer: str
    lane: str
    owner: str | None
    system: str | None
    channels: str | None
    direction: Literal["to_company", "to_customer", "both"] | None
    sla: str | None
    evidence: str | None
    marks: str | None
    standard: str | None


class BlueprintUnowned(BaseModel):
    """Something that nobody answers for.

    Attributes:
        kind: what it is.
        key: which.
        name: what people call it.
        stage, step, lane: where it stands; null where it stands in none.
    """

    kind: Literal["stage", "step", "card", "touchpoint"]
    key: str
    name: str
    stage: str | None
    step: str | None
    lane: str | None


class BlueprintLists(BaseModel):
    """What a blueprint lists.

    Attributes:
        departments: those that hand over or take over, in order.
        handoffs: what they hand over, for each pair that does.
        dependencies: what depends on what, those that break most often first.
        interactions: where customer and company meet.
        unowned: what nobody answers for.
    """

    departments: list[str]
    handoffs: list[BlueprintHandoff]
    dependencies: list[BlueprintDependency]
    interactions: list[BlueprintInteraction]
    unowned: list[BlueprintUnowned]
