"""What the airport's coded comments are about: weighted shares of passengers, compared where a meaning is the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lvtu.analyses.intervals import difference, discoveries
from lvtu.demo.coding import PLACES, Code, codes
from lvtu.demo.figures import Change, Shown, effective_n, share

LEAST = 10
"""A matter that fewer passengers of both years together spoke of is told, but not tested."""

Columns = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Theme:
    """A matter of the code lists.

    Attributes:
        code: it.
        shares: year → the share of passengers who spoke of it, of those who were asked; no entry where the list of
            the year does not have it.
        people: year → how many spoke of it, unweighted.
        change: 2018 minus 2017; None where only one list has it.
        q: p-value adjusted for all that were tested (Benjamini–Hochberg); None where it was not.
    """

    code: Code
    shares: dict[int, Shown]
    people: dict[int, int]
    change: Change | None = None
    q: float | None = None

    @property
    def tone(self) -> Literal["", "worse", "better"]:
        """``worse`` where significantly more complain or fewer praise, ``better`` the other way round."""
        if self.change is None or self.q is None or self.q > 0.05:
            return ""
        return "worse" if (self.change.delta > 0) == (self.code.kind == "complaint") else "better"


@dataclass(frozen=True)
class Themes:
    """All matters of the code lists.

    Attributes:
        found: all that anybody spoke of.
        asked: question → year → passengers who were asked.
        said: question → year → passengers with a code.
        told: step → passengers of 2018 with a problem there.
        otherwise: questions whose list was used otherwise in one year: a code that ten or more have in one is nobody's
            in the other. Nothing of theirs is compared.
    """

    found: list[Theme]
    asked: dict[str, dict[int, int]]
    said: dict[str, dict[int, int]]
    told: dict[str, int]
    otherwise: list[str]

    @property
    def tested(self) -> list[Theme]:
        """Those compared between the years."""
        return [theme for theme in self.found if theme.q is not None]

    @property
    def changed(self) -> list[Theme]:
        """Those significantly different, the largest change first."""
        found = [theme for theme in self.tested if theme.tone]
        return sorted(found, key=lambda theme: -abs(theme.change.delta if theme.change else 0))

    def largest(self, question: str, year: int) -> list[Theme]:
        """What most passengers of a year spoke of at a question; without what is neither praise nor complaint."""
        found = [one for one in self.found if one.code.question == question and year in one.shares]
        return sorted((one for one in found if one.code.kind != "other"), key=lambda one: -one.shares[year].value)

    def renumbered(self) -> list[tuple[int, Theme, Theme]]:
        """Codes whose number means something else in 2018: the number and both matters, the most spoken of first."""
        at = {(one.code.question, year, number): one for one in self.found for year, number in one.code.numbers.items()}
        found = [
            (number, one, at[question, 2018, number])
            for (question, year, number), one in at.items()
            if year == 2017 and (question, 2018, number) in at and at[question, 2018, number] is not one
        ]
        return sorted(found, key=lambda three: -(three[1].people[2017] + three[2].people[2018]))


def themes(years: dict[int, Columns]) -> Themes:
    """The matters of the code lists from the survey's columns of each year."""
    found = [theme for code in codes() if (theme := _theme(code, years)).people]
    otherwise = sorted({one.code.question for one in found if one.code.comparable and _switched(one)})
    tested = [
        at
        for at, one in enumerate(found)
        if one.change and one.code.question not in otherwise and sum(one.people.values()) >= LEAST
    ]
    adjusted = discoveries([change.p for at in tested if (change := found[at].change)])
    for at, q in zip(tested, adjusted, strict=True):
        one = found[at]
        found[at] = Theme(one.code, one.shares, one.people, one.change, q)
    return Themes(
        found,
        {question: {year: int(asked(rows, question).sum()) for year, rows in years.items()} for question in PLACES},
        {question: {year: int(_any(rows, question).sum()) for year, rows in years.items()} for question in PLACES},
        _told(years[2018]),
        otherwise,
    )


def asked(columns: Columns, question: str) -> NDArray[np.bool_]:
    """Who could have spoken of something: of problems who said yes or no, of the Pre-Check line who took it."""
    if question == "q15":
        return np.isin(columns["q15problem"], (1, 2))
    if question == "q12":
        took: NDArray[np.bool_] = columns["q11tsapre"] == 1
        return took
    return np.ones(len(columns["year"]), bool)


def named(columns: Columns, question: str, number: int) -> NDArray[np.bool_]:
    """Who has a code."""
    places = [columns[f"{question}com{place}"] == number for place in range(1, PLACES[question] + 1)]
    hit: NDArray[np.bool_] = np.any(places, axis=0) & asked(columns, question)
    return hit & (columns["q15problem"] == 1) if question == "q15" else hit


def _switched(theme: Theme) -> bool:
    return min(theme.people.values()) == 0 and max(theme.people.values()) >= LEAST


def _told(columns: Columns) -> dict[str, int]:
    """Step → who met a problem there in 2018, each once."""
    met: dict[str, NDArray[np.bool_]] = {}
    for code in codes():
        if code.question == "q15" and code.step and 2018 in code.numbers:
            hit = named(columns, "q15", code.number(2018))
            met[code.step] = met[code.step] | hit if code.step in met else hit
    return {step: int(hit.sum()) for step, hit in met.items()}


def _any(columns: Columns, question: str) -> NDArray[np.bool_]:
    places = [columns[f"{question}com{place}"] > 0 for place in range(1, PLACES[question] + 1)]
    hit: NDArray[np.bool_] = np.any(places, axis=0) & asked(columns, question)
    return hit


def _theme(code: Code, years: dict[int, Columns]) -> Theme:
    shares: dict[int, Shown] = {}
    people: dict[int, int] = {}
    parts: dict[int, tuple[float, float]] = {}
    for year, number in code.numbers.items():
        columns = years[year]
        rows = asked(columns, code.question)
        hit, weight = named(columns, code.question, number)[rows], columns["weight"][rows]
        figure, n = share(hit, weight), effective_n(weight)
        shares[year], people[year], parts[year] = figure, int(hit.sum()), (figure.value * n, n)
    if not any(people.values()):
        return Theme(code, shares, {})
    if not code.comparable:
        return Theme(code, shares, people)
    apart = difference(*parts[2018], *parts[2017])
    return Theme(code, shares, people, Change(*apart) if apart else None)
