"""Why one customer is counted as they are: the rows of their own that an answer is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.in_words import InWords
from lvtu.core.sentences import Sentence
from lvtu.core.units import moment, spell
from lvtu.core.words import Lang, spoken
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
    said: Sequence[Said]

    def text(self, lang: Lang | None = None) -> str:
        """The sentences in a language (that of the environment unless given); times are UTC, periods of the zone."""
        head, *lines = (one.text(lang) for one in self.said)
        return "\n".join([head, *(f"  {line}" for line in lines)])

    def to_json(self) -> dict[str, Any]:
        """``{"customer", "table"}`` of plain values; times as ISO-8601."""
        rows = [
            {n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in r.items()} for r in self.table.to_pylist()
        ]
        return {"customer": self.customer, "table": rows}


def found(snapshot: Snapshot, customer: str) -> tuple[Place, str]:
    """Where a customer's time line is, and what they are called.

    Raises:
        UnknownName: nobody has the identifier.
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
