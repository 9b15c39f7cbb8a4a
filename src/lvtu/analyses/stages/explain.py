"""Why a customer is in a stage or is not: which event entered it, or which one could not."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from lvtu.analyses.explained import named
from lvtu.analyses.explained.rows import message_ids
from lvtu.analyses.in_words import InWords
from lvtu.analyses.naming import Naming
from lvtu.core.model.text import Text
from lvtu.core.sentences import Sentence
from lvtu.core.units import moment
from lvtu.core.words import Lang, language, say
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.find import customer_named, place_of

if TYPE_CHECKING:
    from lvtu.analyses.stages import Stages

Status = Literal["entered", "early", "outside", "missing", "not_reached"]

Told = tuple[Status, int | None]
"""What is said of a stage, and the row of the event that it is about."""


class Verdict(Sentence):
    """What became of a stage, without its name."""

    group = "explain_stages"


@dataclass(frozen=True)
class StageExplained:
    """What became of one stage.

    Attributes:
        stage: its key.
        name: what people call it.
        status: ``entered``; ``early``: events fit its entry rule, but none after the one that entered the stage before;
            ``outside``: events fit, but lie outside since … until; ``missing``: no event fits; ``not_reached``: a stage
            before it was not entered.
        event: the name of the event that entered it, or of the last one that fits and could not.
        time: its time, µs.
        message_id, event_id: which one it is.
    """

    stage: str
    name: Text
    status: Status
    event: str | None = None
    time: int | None = None
    message_id: str | None = None
    event_id: int | None = None

    @property
    def told(self) -> Verdict:
        """What became of it, as a sentence without its name; times are UTC."""
        when = "" if self.time is None else f"{moment(self.time):%Y-%m-%d %H:%M:%S}"
        return Verdict(self.status, event=self.event or "", time=when)

    def text(self, lang: Lang | None = None, naming: Naming | None = None) -> str:
        """What became of it, in a language (that of the environment unless given); times are UTC.

        Args:
            lang: the language.
            naming: what people call its event.
        """
        lang = lang or language()
        told = named(self.told, naming or Naming(), lang)
        return say("explain_stages.stage", lang, name=self.name.get(lang), told=told.text(lang))


@dataclass(frozen=True, repr=False)
class StagesExplained(InWords):
    """One customer's way through the stages.

    Attributes:
        customer: the name.
        stages: what became of each.
        now: the stage that the customer is in (`lvtu.analyses.stages.now.StagesNow`), None for none.
        moment: the time that is looked at, µs; None for when the data end.
    """

    customer: str
    stages: list[StageExplained]
    now: StageExplained | None
    moment: int | None

    def text(self, lang: Lang | None = None) -> str:
        """The whole way, in a language (that of the environment unless given)."""
        entered = sum(one.status == "entered" for one in self.stages)
        head = say("explain_stages.head", lang, customer=self.customer, entered=entered, stages=len(self.stages))
        return "\n".join([head, *(f"  {one.text(lang, self.naming)}" for one in self.stages), self._standing(lang)])

    def _standing(self, lang: Lang | None) -> str:
        name = "" if self.now is None else self.now.name.get(lang or language())
        key = "nowhere" if self.now is None else "now"
        if self.moment is None:
            return say(f"explain_stages.{key}", lang, name=name)
        key = {"now": "then", "nowhere": "nowhere_then"}[key]
        return say(f"explain_stages.{key}", lang, name=name, time=f"{moment(self.moment):%Y-%m-%d %H:%M:%S}")

    def to_json(self) -> dict[str, Any]:
        """The same as plain values; times in µs."""
        return asdict(self) | {"now": self.now and self.now.stage}


def explain(question: Stages, customer: str) -> StagesExplained:
    """Say why a customer is in which stages.

    Args:
        question: the stages.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    block, line = place_of(question.snapshot, customer)
    stages, now = stages_of(question, block, line)
    ids = message_ids(question.snapshot, [stage.event_id for stage in stages if stage.event_id is not None])
    stages = [replace(stage, message_id=ids.get(stage.event_id)) for stage in stages]
    standing = None if now < 0 else stages[now]
    return StagesExplained(customer_named(block, line), stages, standing, question.spec.moment)


def stages_of(question: Stages, block: Block, line: int) -> tuple[list[StageExplained], int]:
    """What became of each stage of a customer (without message ids), and the place of the one they are in, -1 for none.

    Args:
        question: the stages.
        block, line: whose.
    """
    told, now = _told(question, block, line)
    event, time, event_id = (block.column(name) for name in ("event", "time", "event_id"))
    stages = []
    for stage, (status, row) in zip(question.stages, told, strict=True):
        about = StageExplained(stage.key, stage.name, status)
        if row is not None:
            name = question.snapshot.events[int(event[row])]
            about = replace(about, event=name, time=int(time[row]), event_id=int(event_id[row]))
        stages.append(about)
    return stages, now


def _told(question: Stages, block: Block, line: int) -> tuple[list[Told], int]:
    """What is said of each stage, and the place of the one that the customer is in, -1 for none."""
    entries = question.entries(block)
    mine = entries.who == line
    now = next(iter(entries.standing()[mine].tolist()), -1)
    entered = next(iter(entries.entered[mine].tolist()), [-1] * len(question.stages))
    fitting = _fitting(question, block, line)
    told: list[Told] = []
    for place, (row, rows) in enumerate(zip(entered, fitting, strict=True)):
        chained = place > 0 and question.spec.order == "ordered"
        if row >= 0:
            told.append(("entered", row))
        elif chained and entered[place - 1] < 0:
            told.append(("not_reached", None))
        elif not len(rows):
            told.append(("missing", None))
        else:
            told.append(("early" if chained else "outside", int(rows[-1])))
    return told, now


def _fitting(question: Stages, block: Block, line: int) -> list[Array]:
    """The customer's rows that fit the entry rule of each stage, whenever they were."""
    offsets = block.column("offsets")
    rows = np.arange(int(offsets[line]), int(offsets[line + 1]))
    view = question.view(block)
    rows = rows[view[rows] != 0] if len(view) else rows
    bits = question.columns.bits([stage.entry for stage in question.stages], block)[rows]
    return [rows[bits >> place & 1 != 0] for place in range(len(question.stages))]
