"""The airport's numbers: weighted ratings of two years, tested with false-discovery control."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from lvtu.analyses.intervals import discoveries
from lvtu.demo.airport import ITEMS, MODEL, YEARS, Item
from lvtu.demo.facts.measure import funnel
from lvtu.demo.figures import Change, Figure, change, mean, nps, share

Tone = Literal["", "worse", "better"]
SECURITY_CODE = 32
"""Q15: security took too long, was too confusing, or staff were rude; the same words in both code lists."""


@dataclass(frozen=True)
class Compared:
    """A figure in both years.

    Attributes:
        before: 2017.
        after: 2018.
        change: after minus before.
        q: p-value adjusted for all items tested (Benjamini–Hochberg), None where tested alone.
    """

    before: Figure
    after: Figure
    change: Change
    q: float | None = None

    @property
    def tone(self) -> Tone:
        """``worse`` or ``better`` when the change is significant (false-discovery rate 5 %)."""
        if (self.change.p if self.q is None else self.q) > 0.05:
            return ""
        return "worse" if self.change.delta < 0 else "better"


@dataclass(frozen=True)
class AirportFacts:
    """All numbers of the airport's page.

    Attributes:
        passengers: respondents per year.
        ratings: item column → mean rating, 5-point scales moved to −2…+2.
        low: item column → share of answers 1 and 2.
        nps: net promoter score.
        problem: share who met a problem, of those who said yes or no.
        security_problem: share whose problem was coded as slow, confusing or rude security.
        described: Q15 code → respondents of 2018 with that code.
        customers: event → passengers of 2018 with such an event, from the workspace.
    """

    passengers: dict[int, int]
    ratings: dict[str, Compared]
    low: dict[str, Compared]
    nps: Compared
    problem: Compared
    security_problem: Compared
    described: dict[int, set[int]]
    customers: dict[str, int]

    @property
    def worse(self) -> list[Item]:
        """Items significantly worse than in 2017, the largest drop first."""
        found = [item for item in ITEMS if self.ratings[item.column].tone == "worse"]
        return sorted(found, key=lambda item: self.ratings[item.column].change.delta)

    @property
    def better(self) -> list[Item]:
        """Items significantly better than in 2017."""
        return [item for item in ITEMS if self.ratings[item.column].tone == "better"]

    def mentioned(self, codes: Iterable[int]) -> int:
        """Respondents of 2018 whose described problem has any of the codes."""
        return len(set().union(*(self.described.get(code, set()) for code in codes)))


def facts(table: pa.Table, ws: Any) -> AirportFacts:
    """The airport's numbers from the shipped table and its workspace."""
    years = {year: _columns(table, year) for year in YEARS}
    ratings = {item.column: _compare(years, lambda c, name=item.column: _rating(c, name)) for item in ITEMS}
    adjusted = discoveries([value.change.p for value in ratings.values()])
    ratings = {
        name: Compared(value.before, value.after, value.change, q)
        for (name, value), q in zip(ratings.items(), adjusted, strict=True)
    }
    latest = ws.journeys(where=f"year = {YEARS[1]}")
    events = [step.event for step in MODEL.steps]
    return AirportFacts(
        passengers={year: len(columns["year"]) for year, columns in years.items()},
        ratings=ratings,
        low={item.column: _compare(years, lambda c, name=item.column: _low(c, name)) for item in ITEMS},
        nps=_compare(years, _nps),
        problem=_compare(years, lambda c: _problem(c, c["q15problem"] == 1)),
        security_problem=_compare(years, lambda c: _problem(c, _coded(c, SECURITY_CODE))),
        described=_described(years[YEARS[1]]),
        customers={event: funnel(latest, [event])[0].customers for event in events},
    )


Columns = dict[str, NDArray[np.float64]]


def _columns(table: pa.Table, year: int) -> Columns:
    """A year's rows as float arrays, missing as NaN."""
    rows = table.filter(pa.compute.equal(table["year"], year))
    numbers = [field.name for field in rows.schema if not pa.types.is_string(field.type)]
    return {name: rows[name].cast(pa.float64()).to_numpy() for name in numbers}


def _compare(years: dict[int, Columns], figure: Any) -> Compared:
    before, after = figure(years[YEARS[0]]), figure(years[YEARS[1]])
    return Compared(before, after, change(before, after))


def _answers(columns: Columns, name: str, top: int = 5) -> NDArray[np.bool_]:
    """Which rows answered: 0 is blank, 6 is never used; NPS has its own 0…10."""
    scores = columns[name]
    answered: NDArray[np.bool_] = (scores >= (0 if top == 10 else 1)) & (scores <= top)
    return answered


def _rating(columns: Columns, name: str) -> Figure:
    rows = _answers(columns, name)
    return mean(columns[name][rows] - 3.0, columns["weight"][rows], bounds=(-2.0, 2.0))


def _low(columns: Columns, name: str) -> Figure:
    rows = _answers(columns, name)
    return share(columns[name][rows] <= 2, columns["weight"][rows])


def _nps(columns: Columns) -> Figure:
    rows = _answers(columns, "netpro", 10)
    return nps(columns["netpro"][rows], columns["weight"][rows])


def _problem(columns: Columns, hit: NDArray[np.bool_]) -> Figure:
    rows = np.isin(columns["q15problem"], (1, 2))
    return share(hit[rows], columns["weight"][rows])


def _coded(columns: Columns, code: int) -> NDArray[np.bool_]:
    named = np.stack([columns[f"q15com{i}"] == code for i in (1, 2, 3)])
    hit: NDArray[np.bool_] = named.any(axis=0) & (columns["q15problem"] == 1)
    return hit


def _described(columns: Columns) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for name in ("q15com1", "q15com2", "q15com3"):
        for row, code in enumerate(columns[name]):
            if not np.isnan(code):
                found.setdefault(int(code), set()).add(row)
    return found
