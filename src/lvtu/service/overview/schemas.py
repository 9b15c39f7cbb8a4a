"""What an overview says, in codes and in finished text."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel


class Target(BaseModel):
    """Where in the app a matter is dealt with.

    Attributes:
        page: ``start``, ``explore``, ``customers``, ``data``, ``settings``.
        params: what the page opens with.
    """

    page: str
    params: dict[str, Any] = {}


class Matter(BaseModel):
    """Something that needs a person's eye, or the next step to take.

    Attributes:
        code: what it is.
        level: ``worse``, ``warning`` or ``info``.
        text: a sentence.
        target: where it is dealt with.
    """

    code: str
    level: Literal["worse", "warning", "info"]
    text: str
    target: Target


class Change(BaseModel):
    """A number's difference from the period before.

    Attributes:
        before: the number then.
        difference: now minus then.
        low, high: its 95 % interval; null where nothing tells.
        p_value: of no difference; null where it was not tested: too few customers or answers.
        p_adjusted: the same after false-discovery control over all that was compared.
        changed: whether it is more than chance.
        direction: ``up``, ``down``, or ``same`` where it is not `changed`.
        worse: whether that is bad news.
        shown: the difference in its unit, with its sign.
        interval: that of the difference, as people read it; empty where there is none.
        text: all of it, as people read it.
    """

    before: float
    difference: float
    low: float | None
    high: float | None
    p_value: float | None
    p_adjusted: float | None
    changed: bool
    direction: Literal["up", "down", "same"]
    worse: bool
    shown: str
    interval: str
    text: str


class Figure(BaseModel):
    """A number.

    Attributes:
        code: ``customers``, ``events``, ``orders``, ``value``, ``nps``, ``csat``, ``reached``, ``conversion``,
            ``dwell``, ``feeling``.
        title: what people call it.
        unit: ``count``, ``money``, ``points`` (of −100…+100), ``share`` (of 1), ``duration`` (µs), ``feeling``
            (−2…+2).
        value: it; null where it is not known.
        shown: it as people read it, — for nothing.
        n: of how many customers, orders, stays or answers it is made.
        low, high: its 95 % interval; null for counts of everything, which have none.
        interval: that as people read it; empty where there is none.
        of: the currency, or the scale that was answered on.
        raw: of a feeling, the mean on the scale itself.
        change: since the period before; null without one.
    """

    code: str
    title: str
    unit: Literal["count", "money", "points", "share", "duration", "feeling"]
    value: float | None
    shown: str
    n: int
    low: float | None
    high: float | None
    interval: str
    of: str | None
    raw: float | None
    change: Change | None


class Dwell(Figure):
    """The median time in a stage.

    Attributes:
        p90: the shortest time that at least 90 % did not exceed, µs.
        shown_p90: that as people read it.
    """

    p90: int | None
    shown_p90: str


class Stage(BaseModel):
    """A stage of the strip.

    Attributes:
        key: the model's.
        name: in the reader's language.
        seen: whether any event here can enter it; if none can, nothing is known of it.
        reached: customers who entered it in the period.
        conversion: share of those in the stage before who went on to this one; null of the first stage.
        dwell: the time in it.
        feelings: one for each scale; none where nothing was said.
    """

    key: str
    name: str
    seen: bool
    reached: Figure
    conversion: Figure | None
    dwell: Dwell
    feelings: list[Figure]


class Period(BaseModel):
    """A stretch of time.

    Attributes:
        since: its first instant.
        until: the first instant after it.
    """

    since: str
    until: str


class Periods(BaseModel):
    """The time that an overview is about.

    Attributes:
        kind: ``usual`` (the last 28 full days of the data, or 91 of what is rarer), ``shorter``, ``all`` (too short to
            compare), ``waves`` (the last wave of data), ``asked``, ``widened`` (all: the usual one is empty).
        days: how long it is.
        now: it.
        before: what it is compared with; null where the data do not reach back so far.
        text: which days those are, in a sentence.
    """

    kind: Literal["usual", "shorter", "all", "waves", "asked", "widened"]
    days: int
    now: Period
    before: Period | None
    text: str


class Model(BaseModel):
    """The journey model that the stages are of.

    Attributes:
        key: its.
        version: its; null of a preset that was not saved.
        title: in the reader's language.
    """

    key: str
    version: int | None
    title: str


class Overview(BaseModel):
    """A workspace's journey at a glance.

    Attributes:
        state: ``ok``, ``empty`` (no events), ``no_model`` (no journey model with stages), ``unfit`` (no event can
            enter any of its stages).
        token: the snapshot that it was counted on.
        at: when that was taken. Of a large workspace that may be some seconds ago: it is not counted for each event.
        period: the time that it is about; null when empty.
        model: whose stages; null without.
        spec: the question of which the strip is the answer, for looking further into it; null without stages.
        headline: figures of all customers.
        stages: the strip.
        compared: how many differences were tested, and false discoveries controlled over.
        changed: how many of them are more than chance.
        attention: what needs a person's eye, the most pressing first.
        next: the next step to take; null when there is none.
        notes: what a reader must know to read it rightly.
    """

    state: Literal["ok", "empty", "no_model", "unfit"]
    token: str
    at: str
    period: Periods | None = None
    model: Model | None = None
    spec: dict[str, Any] | None = None
    headline: list[Figure] = []
    stages: list[Stage] = []
    compared: int = 0
    changed: int = 0
    attention: list[Matter] = []
    next: Matter | None = None
    notes: list[str] = []
