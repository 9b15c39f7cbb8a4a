"""What a metric is: something counted, usually per something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Literal

import yaml
from pydantic import Field, field_validator, model_validator

from lvtu.core.documents import Document, loaded
from lvtu.core.model.behaviours import Duration
from lvtu.core.model.rules import Key, Names, Rules
from lvtu.core.model.text import Words
from lvtu.core.sentences import Term
from lvtu.errors import BadInput

Kind = Literal["converted", "ratio", "lapsed", "amount", "growth"]
"""How a metric is worked out; see `Metric.kind`."""


class Measure(Document):
    """Something counted: exactly one of `behaviour`, `events` and `silent` says what.

    Attributes:
        count: ``customers`` (each once), ``events``, or ``money`` (the sum of ``value``, each currency by itself).
        behaviour: behaviours of the journey model, any of which will do (``ordered``).
        events: rules of its own instead, any of which an event may fit.
        silent: customers without any event for longer than this.
        times: count a customer from so many such events on.
    """

    called: ClassVar[str] = "measure"

    count: Literal["customers", "events", "money"] = "customers"
    behaviour: Names = ()
    events: Rules = ()
    silent: Duration | None = None
    times: int = Field(default=1, ge=1)

    @field_validator("events")
    @classmethod
    def _without_touchpoints(cls, value: Rules) -> Rules:
        if any(rule.touchpoints for rule in value):
            raise BadInput("rule_names_touchpoints", of=Term("metric"), key="events")
        return value

    @model_validator(mode="after")
    def _defined_once(self) -> Measure:
        if bool(self.behaviour) + bool(self.events) + (self.silent is not None) != 1:
            raise BadInput("one_measure", known=["behaviour", "events", "silent"])
        if self.count != "customers" and (self.silent is not None or self.times > 1):
            raise BadInput("customers_only", of="silent" if self.silent is not None else "times", count=self.count)
        return self


class Metric(Document):
    """A metric: `of` something, `per` something.

    Attributes:
        key: its stable name.
        version: given by the workspace at each save.
        title: what people call it.
        description: what it says, in a sentence.
        of: what is counted.
        per: of how many. Customers: those of them who do `of` at a later event. Events and money: the ratio of the
            two. None: `of` alone.
        within: customers must do `of` at most this long after `per`; those who still have time are left out.
        growth: the change of `of` from one period to the next.

    Example:
        >>> Metric.load({"key": "m", "title": "M", "of": {"behaviour": "ordered"}, "per": {"events": "Ad *"}}).kind
        'converted'
    """

    called: ClassVar[str] = "metric"

    key: Key
    version: int | None = None
    title: Words
    description: Words | None = None
    of: Measure
    per: Measure | None = None
    within: Duration | None = None
    growth: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Metric:
        per = self.per
        if per is not None and (per.silent is not None or per.times > 1):
            raise BadInput("per_is_plain", key=self.key)
        if per is not None and (self.of.silent is not None or self.growth):
            raise BadInput("per_of_nothing", key=self.key, of="silent" if self.of.silent is not None else "growth")
        if per is not None and per.count != self.of.count:
            raise BadInput("unlike_counts", key=self.key, of=self.of.count, per=per.count)
        if self.within is not None and self.kind != "converted":
            raise BadInput("within_of_customers", key=self.key)
        if self.growth and self.of.silent is not None:
            raise BadInput("growth_of_silence", key=self.key)
        if per is None and self.of.times > 1:
            raise BadInput("times_of_whom", key=self.key)
        return self

    @property
    def kind(self) -> Kind:
        """How it is worked out.

        ``converted``: customers of customers; ``ratio``: events of events, or money of money; ``lapsed``: customers
        who fell silent, of those active before; ``amount``: a count or sum; ``growth``: the change of one.
        """
        if self.of.silent is not None:
            return "lapsed"
        if self.per is None:
            return "growth" if self.growth else "amount"
        return "converted" if self.of.count == "customers" else "ratio"

    @classmethod
    def load(cls, value: Metric | dict[str, Any] | str | Path) -> Metric:
        """A metric from a metric, a dict, YAML text, or the path of a YAML file.

        Raises:
            BadInput: the file does not exist, a key is unknown, the parts do not go together.
        """
        return loaded(cls, value)

    def to_yaml(self) -> str:
        """The definition as YAML."""
        document = self.model_dump(mode="json", exclude_defaults=True)
        return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)
