"""Why one customer is counted as they are: the rows of their own that an answer is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import pyarrow as pa

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.in_words import InWords
from lvtu.analyses.naming import Naming
from lvtu.core.sentences import Sentence, Value
from lvtu.core.units import moment, spell
from lvtu.core.words import Lang, language, spoken
from lvtu.store.journeys.find import Place, customer_named, place_of
from lvtu.store.journeys.snapshot import Snapshot


class Said(Sentence):
    """A sentence about one customer."""

    group = "explain"


class Called(Sentence):
    """A value that is always one of a few, within a sentence."""

    group = "values"


class Took(Sentence):
    """A duration within a sentence.

    Args:
        micros: how long, µs.
    """

    group = "units"

    def __init__(self, micros: int) -> None:
        super().__init__("gap", micros=micros)

    def text(self, lang: Lang | None = None) -> str:
        """It in a language (that of the environment unless given), two units at most."""
        return spoken(spell(int(str(self.values["micros"]))), lang)


class Titled(Sentence):
    """What people call something, within a sentence.

    Args:
        zh, en: in both languages.
    """

    group = "values"

    def __init__(self, zh: str, en: str) -> None:
        super().__init__("title", zh=zh, en=en)

    def text(self, lang: Lang | None = None) -> str:
        """It in a language (that of the environment unless given)."""
        return str(self.values[lang or language()])


_EVENTS = frozenset({"event", "then", "start", "end", "entry", "exit"})
"""Values of sentences that are events, where they are no sentences themselves."""


def named(sentence: Sentence, naming: Naming, lang: Lang) -> Sentence:
    """A sentence with what people call its events, also within the sentences that it holds."""
    if type(sentence).__init__ is not Sentence.__init__:
        return sentence.called_by(naming) if isinstance(sentence, OfNames) else sentence
    given: dict[str, Value] = {}
    for name, value in sentence.values.items():
        if isinstance(value, Sentence):
            given[name] = named(value, naming, lang)
        else:
            given[name] = naming.event(value, lang) if name in _EVENTS and isinstance(value, str) and value else value
    return type(sentence)(sentence.code, **given)


@runtime_checkable
class OfNames(Protocol):
    """A sentence that says names in its own way."""

    def called_by(self, naming: Naming) -> Sentence:
        """The same with such names."""
        ...


@dataclass(frozen=True, eq=False, repr=False)
class Explained(InWords):
    """One customer's part in an answer.

    Attributes:
        customer: what they are called.
        table: a row for each thing of theirs that is counted; see the answer's ``explain``.
        said: the same in sentences, the first one about all of it.
    """

    customer: str
    table: pa.Table
    said: Sequence[Sentence]

    def text(self, lang: Lang | None = None) -> str:
        """The sentences in a language (that of the environment unless given); times are UTC, periods of the zone."""
        head, *lines = (named(one, self.naming, lang or language()).text(lang) for one in self.said)
        return "\n".join([head, *(f"  {line}" for line in lines)])

    def to_json(self) -> dict[str, Any]:
        """``{"customer", "table"}`` of plain values; times as ISO-8601."""
        return {"customer": self.customer, "table": plain_rows(self.table)}


def plain_rows(table: pa.Table) -> list[dict[str, Any]]:
    """A table's rows as plain values; times as ISO-8601."""
    return [{n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in r.items()} for r in table.to_pylist()]


def found(snapshot: Snapshot, customer: str) -> tuple[Place, str]:
    """Where a customer's time line is, and what they are called.

    Raises:
        UnknownName: nobody has the identifier.
        Erased: somebody was forgotten since the answer was counted.
    """
    place = place_of(snapshot, customer)
    return place, customer_named(*place)


def said_time(micros: int) -> str:
    """A time for sentences, UTC."""
    return f"{moment(micros):%Y-%m-%d %H:%M:%S}"


def times(values: Sequence[int | None]) -> pa.Array:
    """Times as a column."""
    return pa.array(values, pa.int64()).cast(pa.timestamp("us", "UTC"))


def said_period(start: int, zone: str) -> str:
    """The start of a period for sentences, as the zone's clock shows it."""
    return f"{moment(start).astimezone(zone_of(zone)):%Y-%m-%d %H:%M}".removesuffix(" 00:00")


def said_money(amount: float, currency: str | None) -> str:
    """An amount for sentences."""
    return f"{amount:,.2f} {currency or ''}".rstrip()


def worth_of(amounts: Iterable[tuple[float | None, str | None]]) -> str:
    """The sums of amounts by currency, for sentences; empty where there are none."""
    sums: dict[str, float] = defaultdict(float)
    for amount, currency in amounts:
        if amount is not None:
            sums[currency or ""] += amount
    return " + ".join(said_money(total, currency) for currency, total in sorted(sums.items()))
