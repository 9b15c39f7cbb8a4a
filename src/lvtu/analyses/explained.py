"""Why one customer is counted as they are: the rows of their own that an answer is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.calendars import zone_of
from lvtu.analyses.members import ALWAYS, rows_of
from lvtu.analyses.text import as_html
from lvtu.core.model.text import Text
from lvtu.core.sentences import Sentence
from lvtu.core.units import moment, spell
from lvtu.core.words import Lang, language, spoken
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
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


class Title(Sentence):
    """What people call something, within a sentence.

    Args:
        title: the name in both languages.
    """

    group = "values"

    def __init__(self, title: Text) -> None:
        super().__init__("title", zh=title.zh, en=title.en)

    def text(self, lang: Lang | None = None) -> str:
        """It in a language (that of the environment unless given)."""
        return str(self.values[lang or language()])


@dataclass(frozen=True, eq=False)
class Explained:
    """One customer's part in an answer.

    Attributes:
        customer: what they are called.
        table: a row for each thing of theirs that is counted; see the answer's ``explain``.
        said: the same in sentences, the first one about all of it.
        beside: more tables by name, where the answer's ``explain`` says so.
    """

    customer: str
    table: pa.Table
    said: Sequence[Sentence]
    beside: Mapping[str, pa.Table] = field(default_factory=dict)

    def text(self, lang: Lang | None = None) -> str:
        """The sentences in a language (that of the environment unless given); times are UTC, periods of the zone."""
        head, *lines = (one.text(lang) for one in self.said)
        return "\n".join([head, *(f"  {line}" for line in lines)])

    def __str__(self) -> str:
        return self.text("en")

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return as_html(self.table)

    def to_json(self) -> dict[str, Any]:
        """``{"customer", "table"}`` of plain values, and each table of `beside` by its name; times as ISO-8601."""
        tables = {name: _plain(table) for name, table in {"table": self.table, **self.beside}.items()}
        return {"customer": self.customer, **tables}


def _plain(table: pa.Table) -> list[dict[str, Any]]:
    return [{n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in r.items()} for r in table.to_pylist()]


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


def own(block: Block, line: int, rows: Array) -> Array:
    """Those of some rows (ascending) that are a customer's."""
    offsets = block.column("offsets")
    low, high = np.searchsorted(rows, offsets[line : line + 2])
    return rows[low:high]


def of_code(block: Block, codes: Sequence[int] | None) -> Array:
    """Which rows have one of some event codes (None: any), one byte each."""
    if codes is None:
        return np.ones(block.rows, np.uint8)
    return np.isin(block.column("event"), codes).view(np.uint8)


def left_out(
    snapshot: Snapshot, place: Place, fits: Array, *conditions: str | None, span: tuple[int, int] = ALWAYS
) -> Said:
    """Why nothing of a customer's is counted: what of it is missing.

    Args:
        snapshot, place: whose.
        fits: which rows of the block are of the kind that is asked for, one byte each.
        conditions: what must be true of them besides.
        span: from when on they count, and before when, µs.
    """
    block, line = place
    every, true = (own(block, line, rows_of(block, snapshot, *some)) for some in ((), conditions))
    every, true = every[fits[every] != 0], true[fits[true] != 0]
    if not len(every):
        return Said("none_there")
    if not len(true):
        return Said("none_true", events=len(every))
    assert span != ALWAYS, "then they would count"
    return Said("none_in_time", events=len(true))
