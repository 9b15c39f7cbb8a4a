"""The phrases of questions: events and conditions, durations and times, breakdowns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lvtu.analyses.base import Spec
from lvtu.analyses.calendars import zone_of
from lvtu.analyses.naming import Naming
from lvtu.core.expr import describe, parse
from lvtu.core.expr.customers import InSegment, spell_duration
from lvtu.core.segments import called
from lvtu.core.units import moment, spell
from lvtu.core.words import Lang, known, say, spoken


@dataclass(frozen=True)
class Names:
    """What the things are called that a question names by their keys.

    Attributes:
        model: the journey model.
        metric: the metric.
        naming: events, channels and the parts of the model.
    """

    model: str | None = None
    metric: str | None = None
    naming: Naming = field(default_factory=Naming)


@dataclass(frozen=True)
class Speaker:
    """Says the parts of a question in a language."""

    lang: Lang
    names: Names

    def say(self, key: str, **values: object) -> str:
        """A text of the questions."""
        return say(f"asked.{key}", self.lang, **values)

    def ended(self, parts: Iterable[str]) -> str:
        """The parts as one sentence with its mark."""
        asked = self.say("comma").join(part for part in parts if part)
        return self.say("end", asked=asked[:1].upper() + asked[1:])

    # Names.

    def quoted(self, name: str) -> str:
        """A name in quotes."""
        return f"“{name}”"

    def one_of(self, names: Iterable[str], key: str = "or") -> str:
        """Several things, of which one is meant (or all: ``and``)."""
        *some, last = names
        return self.say(key, some=self.say("list").join(some), last=self._spaced(last)) if some else last

    def event(self, event: str | tuple[str, ...] | None, where: str | None = None) -> str:
        """Which events are meant: a name, any of several, or any at all; with a condition behind it."""
        names = () if event is None else (event,) if isinstance(event, str) else event
        told = (
            self.one_of([self.quoted(self.names.naming.event(name, self.lang)) for name in names])
            if names
            else self.say("any")
        )
        return told if where is None else self.say("aside", text=told, more=self.condition(where))

    def place(self, place: str | tuple[str, ...], by: str) -> str:
        """A place of a path, or any of several; what is no place is an event."""
        places, called = (place,) if isinstance(place, str) else place, self.names.naming.names(by, self.lang)
        return self.one_of([self.quoted(called.get(one) or self.names.naming.event(one, self.lang)) for one in places])

    def step(self, step: Any) -> str:
        """A step of a funnel."""
        return self.quoted(step.name) if step.name else self.event(step.names or None, step.where)

    def field(self, name: str) -> str:
        """What a field is called; a property keeps its name."""
        return known(f"columns.{name}", self.lang) or self.quoted(name)

    def places(self, by: str) -> str:
        """What the places of a path are, in the plural."""
        return known(f"asked.places.{by}", self.lang) or self.say("places.other", by=self.quoted(by))

    def condition(self, condition: str) -> str:
        """A condition."""
        return describe(parse(condition), self.lang, self.names.naming)

    def _spaced(self, text: str) -> str:
        """A text behind Chinese: what begins with a Latin letter or a figure stands a space away."""
        return f" {text}" if self.lang == "zh" and text[:1].isascii() and text[:1].isalnum() else text

    def segment(self, condition: str) -> str:
        """A segment by its name, or a condition."""
        expr = parse(condition)
        return self.quoted(called(expr.name, self.lang)) if isinstance(expr, InSegment) else self.condition(condition)

    def model(self) -> str:
        """The journey model by its name, where it is known."""
        return "" if self.names.model is None else self.say("model", model=self.names.model)

    # Times.

    def gap(self, micros: int) -> str:
        """A duration."""
        return spell_duration(micros) if self.lang == "en" else spoken(spell(micros), self.lang)

    def time(self, micros: int, zone: str = "UTC") -> str:
        """A time as the clock of a zone shows it; of midnight the day alone."""
        return f"{moment(micros).astimezone(zone_of(zone)):%Y-%m-%d %H:%M}".removesuffix(" 00:00")

    def every(self, period: str) -> str:
        """Period by period."""
        return self.say(f"every.{period}")

    # What all questions share.

    def tails(self, spec: Spec) -> list[str]:
        """The breakdown, whom it is about, and of which time."""
        zone = getattr(spec, "zone", "UTC")
        found = []
        if spec.analysis in _SPLIT and (by := getattr(spec, "by", None)):
            found.append(self.say("by", by=self.field(by)))
        if trend := getattr(spec, "trend", None):
            found.append(self.say(f"trend.{trend}"))
        if spec.analysis in _OVER_TIME and (period := getattr(spec, "period", None)):
            found.append(self.every(period))
        if spec.analysis in _SEEN_AS and (places := getattr(spec, "by", "event")) != "event":
            found.append(self.say("seen_as", places=self.places(places)))
        if spec.where is not None:
            found.append(self.say("where", condition=self._spaced(self.condition(spec.where))))
        times = {
            name: self.time(micros, zone) for name, micros in (("since", spec.since), ("until", spec.until))
            if micros is not None
        }  # fmt: skip
        if times:
            found.append(self.say("_".join(times), **times))
        if (at := getattr(spec, "moment", None)) is not None:
            found.append(self.say("moment", time=self.time(at)))
        return found


_OVER_TIME = ("metric", "scores", "touchpoint_quality", "sessions", "themes", "response_times")
"""Questions whose answers can be told period by period."""

_SPLIT = ("funnel", "trend", "sessions", "timing", "metric", "scores", "themes", "servqual", "kano", "maxdiff",
          "response_times", "touchpoint_quality", "word_of_mouth", "scorecard")  # fmt: skip
"""Questions whose answers can be broken down."""

_SEEN_AS = ("variants", "clusters")
"""Questions about paths that do not name their places."""
