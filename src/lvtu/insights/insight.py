"""Insights as people see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from lvtu.insights.reliability import Reliability

State = Literal["draft", "confirmed", "retired"]

STATES: tuple[State, ...] = get_args(State)

Source = Literal["comment", "highlight"]
"""Where a quote stands: in what a customer said, or in an interview or a document."""


@dataclass(frozen=True)
class Place:
    """Where in the journey an insight belongs; what is empty is not said.

    Attributes:
        stage, touchpoint: keys of the journey model.
        step: what happens there, in one's own words.
        topic: a topic's code.
    """

    stage: str = ""
    step: str = ""
    touchpoint: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Quote:
    """A passage that an insight stands on.

    Attributes:
        id: its own; the same passage of another insight has the same.
        kind: what kind of evidence it is, one of `lvtu.insights.KINDS`.
        source: where it stands.
        event: the number of the comment's event; of an interview, one of the customer who speaks, where it names one.
        document, highlight: the ids of the interview and of the highlight in it.
        speaker: a pseudonym for who says it: the same customer has the same one, and nobody can tell whose it is. None
            in a document.
        customer: what the customer is called; for those who may know. None where that is not known.
        time: when it was said; as exact as `basis` says (``exact``, ``day``). None where that is not known.
        start, stop: characters of the text as it was then (Unicode code points), the end not included.
        words: the passage, word for word as it was then; None where it is `gone`.
        gone: why: ``forgotten``, the customer was; ``removed``, the interview was.
        by: who put it there.
        added: when.
    """

    id: str
    kind: str
    source: Source
    event: int | None
    document: str | None
    highlight: str | None
    speaker: str | None
    customer: str | None
    time: datetime | None
    basis: str
    start: int
    stop: int
    words: str | None
    gone: str | None
    by: str
    added: datetime


@dataclass(frozen=True)
class Change:
    """Something that was done to an insight.

    Attributes:
        time: when.
        by: who; empty where nobody did, as when words go with a customer who is forgotten.
        what: ``made``, ``quoted``, ``unquoted``, ``forgotten``, ``removed``, or what was changed: ``title``, ``text``,
            ``state``, ``owner``, ``stage``, ``step``, ``touchpoint``, ``topic``.
        was, became: before and after; the quote's id of quotes.
    """

    time: datetime
    by: str
    what: str
    was: str | None
    became: str | None


@dataclass(frozen=True)
class Insight:
    """Something that was learnt about customers, and what it stands on.

    Attributes:
        id: a UUID.
        version: 1, and one more with each change of what it says.
        title: in one sentence.
        text: more of it.
        state: ``draft``, ``confirmed`` or ``retired``.
        owner: who sees to it.
        place: where in the journey it belongs.
        quotes: what it stands on, in the order in which it was put there.
        reliability: how far they carry it.
        by, made: who made it, and when.
        changed: when what it says was changed last.
    """

    id: str
    version: int
    title: str
    text: str
    state: State
    owner: str
    place: Place
    quotes: tuple[Quote, ...]
    reliability: Reliability
    by: str
    made: datetime
    changed: datetime
