"""What can be looked into: scores, and what customers did or did not do, by the behaviours of the journey model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lvtu.analyses.heard.figures import Facts
from lvtu.analyses.naming import Naming, scale_name
from lvtu.core.expr.nodes import spell_name
from lvtu.core.model.behaviours import STANDARD
from lvtu.core.units import DAY
from lvtu.core.words import Lang, say
from lvtu.errors import UnknownName

_MOST = 8
"""Scores that are offered, the most answered ones."""

SILENT = "not did ."
"""Customers who have gone, for want of anything better: nothing was heard of them after they had answered."""

WITHIN = 90 * DAY
"""So long after their answer it counts what customers did, where the data go on for long enough."""

_DONE = ("ordered", "referred", "complained", "refunded")
"""Behaviours that matter to every business, and that events show."""


@dataclass(frozen=True)
class Outcome:
    """What is to be explained.

    Attributes:
        key: it is asked for with: ``event:NAME`` (``event:NAME@SCALE`` where it is answered on several), ``did:KEY``.
        outcome, outcome_where, within: as `lvtu.analyses.drivers.spec.DriversSpec` takes them.
        event, scale: of a score.
        alike: whether its touchpoint has another event on the same scale.
    """

    key: str
    outcome: str
    outcome_where: str | None = None
    within: int | None = None
    event: str | None = None
    scale: str | None = None
    alike: bool = False

    def title(self, naming: Naming, lang: Lang) -> str:
        """What people call it."""
        if self.event is None:
            return say(f"voices.outcomes.{self.key.removeprefix('did:')}", lang)
        return say("voices.outcome", lang, scale=scale_name(self.scale, lang), event=self.named(naming, lang))

    def named(self, naming: Naming, lang: Lang) -> str:
        """What the event is called; by its touchpoint alone, where that has no other event on the same scale."""
        assert self.event is not None
        name = naming.event(self.event, lang)
        plain = name.removesuffix(say("charts.aside", lang, text="", more=self.event).strip()).strip()
        return name if self.alike or not plain else plain


def outcomes(facts: Facts, naming: Naming) -> list[Outcome]:
    """What there is to explain: recommendations first, then other scores, then what customers did."""
    scored = sorted(facts.events, key=lambda one: one[1] != "nps")[:_MOST]
    many = [event for event, _ in facts.events]
    found = []
    for event, scale in scored:
        several = many.count(event) > 1
        where = f"scale = '{scale}'" if several and scale else None
        key = f"event:{event}@{scale}" if several else f"event:{event}"
        found.append(Outcome(key, event, where, None, event, scale))
    found = [replace(one, alike=_alike(one, found, naming)) for one in found]
    told = {"again" if key == "ordered" else key: asked for key, asked in afterwards(facts, naming).items()}
    within = within_of(facts)
    return [*found, *(Outcome(f"did:{key}", asked, within=within) for key, asked in told.items())]


def chosen(key: str | None, of: Sequence[Outcome]) -> Outcome:
    """The outcome of a key; the first one where none is asked for.

    Raises:
        UnknownName: there is none of that key.
    """
    found = next((one for one in of if key is None or one.key == key), None)
    if found is None:
        raise UnknownName("outcome", key or "", [one.key for one in of])
    return found


def _alike(one: Outcome, of: Sequence[Outcome], naming: Naming) -> bool:
    """Whether another outcome would have the same title without the event's own name."""
    names = [each.named(naming, "en") for each in of if each.scale == one.scale]
    return names.count(one.named(naming, "en")) > 1


def within_of(facts: Facts) -> int | None:
    """How long after an answer it counts what customers did, µs; None where the data are too short for that.

    Those of a wave are: nobody knows what came after it.
    """
    return WITHIN if facts.periods.kind != "waves" and facts.starts[-1] - facts.starts[0] > 2 * WITHIN else None


def afterwards(facts: Facts, naming: Naming) -> dict[str, str]:
    """What may follow an answer, each as a condition on customers: what came before the answer does not count.

    What is answered itself follows nothing.
    """
    answered = {event for event, _ in facts.events}
    done = {key: [event for event in events_of(key, naming) if event not in answered] for key in _DONE}
    told = {key: f"did {_any(events)}" for key, events in done.items() if events}
    return told if within_of(facts) is None else told | {"silent": SILENT}


def events_of(behaviour: str, naming: Naming) -> list[str]:
    """The events here that show a behaviour, by the journey model, else by their usual names."""
    known = STANDARD if naming.model is None else naming.model.behaviours
    return [
        name for one in known if one.key == behaviour
        for name in dict.fromkeys(name for rule in one.events if rule.plain for name in rule.names(naming.events))
    ]  # fmt: skip


def _any(events: Sequence[str]) -> str:
    names = [spell_name(event) for event in events]
    return names[0] if len(names) == 1 else f"({' or '.join(names)})"
