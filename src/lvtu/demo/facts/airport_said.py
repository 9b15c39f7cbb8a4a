"""What the airport's passengers wrote about their problems, in their own words, and how it reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu import voice
from lvtu.demo.airport import verbatim
from lvtu.demo.coding import Code, coded
from lvtu.demo.figures import Shown, share

YEAR = 2018
"""The year whose file has the passengers' words."""

_SHORTEST, _LONGEST = 24, 120
"""Characters of a clause that may stand for others."""


@dataclass(frozen=True)
class Spoken:
    """A clause of a passenger's text.

    Attributes:
        customer: who wrote it.
        text: the clause.
        start, end: its place in the whole text, in characters.
        language: of the text.
        sentiment: of the clause, −2 to +2.
    """

    customer: str
    text: str
    start: int
    end: int
    language: str
    sentiment: float


@dataclass(frozen=True)
class About:
    """What was written about one matter.

    Attributes:
        code: the matter.
        texts: how many.
        quotes: clauses that say it most clearly, of different passengers.
    """

    code: Code
    texts: int
    quotes: list[Spoken]


@dataclass(frozen=True)
class Said:
    """What passengers wrote.

    Attributes:
        texts: how many.
        untranslated: texts in other languages that the file only says are to be translated.
        languages: language → texts.
        labels: negative, neutral, positive → the weighted share of texts.
        about: by matter, the most written of first.
    """

    texts: int
    untranslated: int
    languages: dict[str, int]
    labels: dict[str, Shown]
    about: list[About]


def said(table: pa.Table) -> Said:
    """What the passengers' words say, read by the text model that is shipped."""
    met = [row for row in table.to_pylist() if row["year"] == YEAR and row["q15problem"] == 1 and row["q15a"]]
    rows = [row for row in met if verbatim(row)]
    texts = [row["q15a"] for row in rows]
    read = voice.analyse(texts)
    weight = np.array([row["weight"] for row in rows])
    label = np.array(read["label"].to_pylist())
    return Said(
        len(rows),
        len(met) - len(rows),
        dict(Counter(language for row in rows if (one := verbatim(row)) for language in [one[1]])),
        {name: share(label == name, weight) for name in ("negative", "neutral", "positive")},
        _about(rows, voice.clauses(texts).to_pylist()),
    )


def _about(rows: list[dict[str, Any]], clauses: list[dict[str, Any]]) -> list[About]:
    matters: dict[Code, list[int]] = {}
    for at, row in enumerate(rows):
        for code in coded(row, "q15"):
            if code.kind != "other":
                matters.setdefault(code, []).append(at)
    found = [About(code, len(places), _quotes(rows, set(places), clauses)) for code, places in matters.items()]
    return sorted(found, key=lambda one: -one.texts)


def _quotes(rows: list[dict[str, Any]], places: set[int], clauses: list[dict[str, Any]], most: int = 2) -> list[Spoken]:
    """The clauses that read most clearly negative, of passengers whose comment is about nothing else."""
    alone = {at for at in places if len(list(coded(rows[at], "q15"))) == 1} or places
    fit = [one for one in clauses if one["row"] in alone and _SHORTEST <= one["end"] - one["start"] <= _LONGEST]
    found: dict[int, Spoken] = {}
    for one in sorted(fit, key=lambda one: (one["sentiment"], one["row"])):
        row, (_, language) = rows[one["row"]], verbatim(rows[one["row"]]) or ("", "")
        customer = f"{row['year']}-{row['respnum']}"
        spoken = Spoken(customer, one["text"], one["start"], one["end"], language, one["sentiment"])
        found.setdefault(one["row"], spoken)
    return list(found.values())[:most]
