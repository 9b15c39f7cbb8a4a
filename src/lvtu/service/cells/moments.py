"""What is proposed as moments of truth on a map, and what was decided, as people read it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from lvtu.analyses.naming import scale_name
from lvtu.core.words import Lang, say
from lvtu.maps.moments import Candidate, Proposal
from lvtu.service.access import Access, Role
from lvtu.service.maps.found import found, map_of


class MomentDriver(BaseModel):
    """What speaks for a step as a moment of truth.

    Attributes:
        weight, low, high: its share of what all steps explain of the outcome (Shapley), with its 95 % interval: 0 to 1.
        spread: the standard deviation of its scores, as a share of their range.
        reach: the share of the map's customers that come by.
        worth, least, most: weight × spread² × reach in thousandths, and from the ends of the interval.
        n: customers who scored it and the outcome.
        text: what goes with what, in words.
    """

    weight: float
    low: float
    high: float
    spread: float
    reach: float
    worth: float
    least: float
    most: float
    n: int
    text: str


class MomentVerdict(BaseModel):
    """What was decided.

    Attributes:
        moment: what kind of moment it is; null: it is none.
        reason: why; null where nobody said.
        by: who decided; null where that is not known.
        on: when, ISO-8601; null likewise.
    """

    moment: Literal["commercial", "service"] | None
    reason: str | None
    by: str | None
    on: str | None


class MomentProposed(BaseModel):
    """A step that is proposed as a moment of truth.

    Attributes:
        step: its key.
        title: what people call it.
        state: whether it was decided on.
        moment: what kind of moment the step is marked as; null: none.
        driver: what speaks for it now; null where the data do not propose it.
        verdict: what was decided; null: nothing.
    """

    step: str
    title: str
    state: Literal["open", "accepted", "refused"]
    moment: Literal["commercial", "service"] | None
    driver: MomentDriver | None
    verdict: MomentVerdict | None


class MapMoments(BaseModel):
    """What is proposed as moments of truth.

    Attributes:
        moments: those that are worth most first.
        edits: whether whoever asks may decide.
    """

    moments: list[MomentProposed]
    edits: bool


def moments_of(access: Access, id: str, lang: Lang) -> MapMoments:
    """What is proposed on a map.

    Raises:
        NotFound: there is no map of that id.
    """
    with found(id):
        map_ = map_of(access, id)
        document = map_.document
        proposed = access.served.maps.moments(map_)
    told = []
    for one in proposed:
        step = document.step(one.step)
        told.append(
            MomentProposed(
                step=one.step, title=step.name.get(lang), state=one.state,
                moment=None if step.moment == "none" else step.moment,
                driver=None if one.candidate is None else _driver(one.candidate, lang), verdict=_verdict(one),
            )
        )  # fmt: skip
    return MapMoments(moments=told, edits=access.role >= Role.editor)


def _driver(one: Candidate, lang: Lang) -> MomentDriver:
    on = say("maps.moment_scale", lang, scale=scale_name(one.scale, lang), outcome=scale_name(one.outcome, lang))
    worth = one.spread**2 * one.reach * 1000
    return MomentDriver(
        weight=one.weight, low=one.low, high=one.high, spread=one.spread, reach=one.reach, worth=one.worth,
        least=one.least, most=one.high * worth, n=one.n, text=on,
    )  # fmt: skip


def _verdict(one: Proposal) -> MomentVerdict | None:
    if one.verdict is None:
        return None
    found = one.verdict
    on = None if found.on is None else found.on.isoformat()
    return MomentVerdict(moment=found.moment, reason=found.reason, by=found.by, on=on)
