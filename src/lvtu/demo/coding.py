"""The airport's coded comments: what each code of each year's list means, in both languages.

Passengers wrote; the survey's coders gave each comment up to six codes of a list. A list belongs to its year: from 2017
to 2018 codes were moved, widened, split and given to other matters, so a code is never compared across the years,
only a meaning is: where both lists say the same but for spelling, examples and their order. The English names are the
lists' own, the Chinese ones translate them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lvtu.demo.model import Text

QUESTIONS = {
    "q8": "Suggestion Given",
    "q9": "Cleanliness Explained",
    "q10": "Safety Explained",
    "q12": "Pre-Check Explained",
    "q15": "Problem Coded",
}
"""Question → the event that each of its codes becomes."""

PLACES = {"q8": 6, "q9": 3, "q10": 3, "q12": 3, "q15": 3}
"""How many codes a comment has at most."""


@dataclass(frozen=True, eq=False)
class Code:
    """A matter of a code list; each there once.

    Attributes:
        question: the question's name.
        numbers: year → its code in the list of that year.
        step: the step of the journey model that it is about, empty for none.
        kind: ``praise``, ``complaint`` (wishes too) or ``other``.
        name: the list's.
    """

    question: str
    numbers: dict[int, int]
    step: str
    kind: str
    name: Text

    @property
    def comparable(self) -> bool:
        """Whether both years' lists have it."""
        return len(self.numbers) == 2

    def number(self, year: int) -> int:
        """Its code in a year's list."""
        return self.numbers[year]

    def said(self, year: int) -> dict[str, Any]:
        """Its properties in the event of a passenger of that year."""
        about = {"about": self.step} if self.step else {}
        return {
            "question": self.question, "code": self.number(year), "theme": self.name.en, "theme_zh": self.name.zh,
            "kind": self.kind, **about,
        }  # fmt: skip


@cache
def codes() -> tuple[Code, ...]:
    """All codes, by question.

    Example:
        >>> [code.numbers for code in codes() if code.name.en == "Security took too long/too confusing/staff rude"]
        [{2017: 32, 2018: 32}]
        >>> [code.numbers for code in codes() if code.name.zh == "商店服务差"]
        [{2017: 153, 2018: 154}]
    """
    text = (files("lvtu.demo") / "data" / "airport_codes.csv").read_text(encoding="utf-8")
    return tuple(_code(row) for row in csv.DictReader(text.splitlines()))


def _code(row: dict[str, str]) -> Code:
    numbers = {year: int(row[f"code_{year}"]) for year in (2017, 2018) if row[f"code_{year}"]}
    return Code(row["question"], numbers, row["step"], row["kind"], Text(row["zh"], row["en"]))


@cache
def _listed() -> dict[tuple[str, int, int], Code]:
    return {(code.question, year, number): code for code in codes() for year, number in code.numbers.items()}


def coded(row: dict[str, Any], question: str) -> Iterator[Code]:
    """The codes of one passenger's comment, each once; what the year's list does not name is left out.

    Args:
        row: of the shipped table.
        question: its name. A problem has codes only where there was one; 0 says there that it was not specified, and
            elsewhere that nothing was written.

    Example:
        >>> row = {"year": 2018, "q15problem": 1, "q15com1": 32, "q15com2": 5, "q15com3": 32}
        >>> [code.name.zh for code in coded(row, "q15")]
        ['安检太慢、太乱或态度差', '难找登机口、航站楼']
    """
    if question == "q15" and row["q15problem"] != 1:
        return
    numbers = (row[f"{question}com{place}"] for place in range(1, PLACES[question] + 1))
    for number in dict.fromkeys(number for number in numbers if number is not None):
        code = _listed().get((question, row["year"], number))
        if code is not None:
            yield code
