"""The airport's numbers: weighted ratings of two years, tested with false-discovery control."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from lvtu.analyses.intervals import discoveries
from lvtu.demo.airport import ITEMS, MODEL, PRECHECK, WHOLE, YEARS, Item
from lvtu.demo.facts.airport_said import Said, said
from lvtu.demo.facts.airport_themes import Themes, themes
from lvtu.demo.facts.measure import funnel
from lvtu.demo.facts.questions import Question
from lvtu.demo.figures import Change, Shown, share

Tone = Literal["", "worse", "better"]

NPS = Question("scores", {"metric": "nps", "period": "year"})
RATED = {
    scale: Question("scores", {"metric": "emotion", "scale": scale, "by": "item", "period": "year"})
    for scale in dict.fromkeys(item.scale for item in ITEMS)
}
"""Scale → how its items were rated each year, as feelings from −2 to +2; each scale is a question of its own."""
PROBLEMS = Question("scores", {"metric": "share", "scale": "yesno", "period": "year"})
DRIVERS = Question(
    "drivers",
    {
        "outcome": "nps",
        "by": "item",
        "where": f"year = {YEARS[1]} and event != '{WHOLE}' and event != '{PRECHECK.event}'",
    },
)
"""What goes with recommending, of all items that are about a step; those who skipped one count, too."""


@dataclass(frozen=True)
class Compared:
    """A figure in both years.

    Attributes:
        before: 2017.
        after: 2018.
        change: after minus before.
        q: p-value adjusted for all items tested (Benjamini–Hochberg), None where tested alone.
    """

    before: Shown
    after: Shown
    change: Change
    q: float | None = None

    @property
    def tone(self) -> Tone:
        """``worse`` or ``better`` when the change is significant (false-discovery rate 5 %)."""
        if (self.change.p if self.q is None else self.q) > 0.05:
            return ""
        return "worse" if self.change.delta < 0 else "better"


@dataclass(frozen=True)
class Driver:
    """An item that goes with recommending.

    Attributes:
        item: it.
        share: of what all explain.
        up: whether a better rating goes with more of it; None where that is not sure.
        used: share of passengers who rated it.
    """

    item: Item
    share: Shown
    up: bool | None
    used: float


@dataclass(frozen=True)
class Drivers:
    """What goes with recommending.

    Attributes:
        found: the most important first.
        explained: what all explain together, R².
        n: passengers.
    """

    found: list[Driver]
    explained: Shown
    n: int


@dataclass(frozen=True)
class AirportFacts:
    """All numbers of the airport's page.

    Attributes:
        passengers: respondents per year.
        ratings: item column → mean rating, 5-point scales moved to −2…+2; tested all together.
        alone: items that would count as changed if each scale were tested by itself.
        low: item column → share of answers 1 and 2 (2017, 2018).
        nps: net promoter score.
        problem: share who met a problem, of those who said yes or no.
        drivers: what goes with recommending.
        themes: what the coded comments are about.
        said: what passengers wrote about problems.
        customers: event → passengers of 2018 with such an event, from the workspace.
    """

    passengers: dict[int, int]
    ratings: dict[str, Compared]
    alone: list[Item]
    low: dict[str, tuple[Shown, Shown]]
    nps: Compared
    problem: Compared
    drivers: Drivers
    themes: Themes
    said: Said
    customers: dict[str, int]

    @property
    def worse(self) -> list[Item]:
        """Items significantly worse than in 2017, the largest drop first."""
        return self._moved("worse")

    @property
    def better(self) -> list[Item]:
        """Items significantly better than in 2017, the largest rise first."""
        return self._moved("better")

    def _moved(self, tone: Tone) -> list[Item]:
        found = [item for item in ITEMS if self.ratings[item.column].tone == tone]
        return sorted(found, key=lambda item: -abs(self.ratings[item.column].change.delta))


def facts(table: pa.Table, ws: Any) -> AirportFacts:
    """The airport's numbers from the shipped table and its workspace."""
    years = {year: _columns(table, year) for year in YEARS}
    answers = {scale: _by_item(question.rows(ws)) for scale, question in RATED.items()}
    ratings = {item.column: answers[item.scale][item.column] for item in ITEMS}
    adjusted = discoveries([value.change.p for value in ratings.values()])
    latest = ws.journeys(where=f"year = {YEARS[1]}")
    return AirportFacts(
        passengers={year: len(columns["year"]) for year, columns in years.items()},
        ratings={
            name: Compared(value.before, value.after, value.change, q)
            for (name, value), q in zip(ratings.items(), adjusted, strict=True)
        },
        alone=[item for item in ITEMS if ratings[item.column].tone],
        low={item.column: (_low(years[YEARS[0]], item), _low(years[YEARS[1]], item)) for item in ITEMS},
        nps=_compared(NPS.rows(ws), alone=True),
        problem=_compared(PROBLEMS.rows(ws), alone=True),
        drivers=_drivers(ws),
        themes=themes(years),
        said=said(table),
        customers={
            event: funnel(latest, [event])[0].customers for event in dict.fromkeys(s.event for s in MODEL.steps)
        },
    )


def _by_item(rows: list[dict[str, Any]]) -> dict[str, Compared]:
    """Item → both years; ``q`` is that of its scale alone."""
    items = dict.fromkeys(row["item"] for row in rows if row["item"])
    return {name: _compared([row for row in rows if row["item"] == name]) for name in items}


def _compared(rows: list[dict[str, Any]], *, alone: bool = False) -> Compared:
    before, after = (next(row for row in rows if row["period"].year == year) for year in YEARS)
    change = Change(after["difference"], after["difference_low"], after["difference_high"], after["p_value"])
    return Compared(_shown(before), _shown(after), change, None if alone else after["p_adjusted"])


def _shown(row: dict[str, Any]) -> Shown:
    return Shown(row["value"], row["low"], row["high"], row["n"])


def _drivers(ws: Any) -> Drivers:
    answer, items = DRIVERS.ask(ws), {item.column: item for item in ITEMS}
    found = [
        Driver(
            items[row["driver"]],
            Shown(row["importance"], row["low"], row["high"], row["n"]),
            None if row["direction"] is None else row["direction"] == "up",
            row["used"],
        )
        for row in answer.table.to_pylist()
    ]
    return Drivers(found, Shown(answer.r2, answer.r2_low, answer.r2_high, answer.n), answer.n)


Columns = dict[str, NDArray[np.float64]]


def _columns(table: pa.Table, year: int) -> Columns:
    """A year's rows as float arrays, missing as NaN."""
    rows = table.filter(pa.compute.equal(table["year"], year))
    numbers = [field.name for field in rows.schema if not pa.types.is_string(field.type)]
    return {name: rows[name].cast(pa.float64()).to_numpy() for name in numbers}


def _low(columns: Columns, item: Item) -> Shown:
    """The share of answers 1 and 2; 0 is blank, 6 is never used."""
    score = columns[item.column]
    rows = (score >= 1) & (score <= 5)
    return share(score[rows] <= 2, columns["weight"][rows])
