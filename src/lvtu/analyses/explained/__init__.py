"""Why one customer is counted as they are: the rows of their own that an answer is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.in_words import InWords
from lvtu.core.sentences import Sentence
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
        head, *lines = (one.text(lang) for one in self.said)
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
