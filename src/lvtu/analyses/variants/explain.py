"""Which variant a customer's path is, and how many took the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lvtu.analyses.durations import exact_rows
from lvtu.analyses.in_words import InWords
from lvtu.analyses.text import path_text
from lvtu.analyses.variants.shown import Shown, lines_of
from lvtu.core.units import moment, spell
from lvtu.core.words import Lang, language, say, spoken
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.find import customer_named, place_of

if TYPE_CHECKING:
    from lvtu.analyses.variants import VariantsResult


@dataclass(frozen=True)
class PathExplained:
    """One path of a customer.

    Attributes:
        path: its places; of one that is not counted, all of them.
        counted: whether it is; else it lacks the start or the end that the question asks for.
        variant: its number in the answer's table; None if it is among the others.
        customers: how many took this path (or sessions, as the question says).
        share: of all that are counted.
        began: the time of the first place, µs; None if it is not exact.
        took: the time from the first place to the last, µs; None if one of both is not exact.
    """

    path: list[str]
    counted: bool
    began: int | None = None
    took: int | None = None
    variant: int | None = None
    customers: int | None = None
    share: float | None = None

    def text(self, unit: str, spoken_as: Mapping[str, str], lang: Lang | None = None) -> str:
        """The path and what became of it, in a language (that of the environment unless given); the time is UTC."""
        told = say("explain_variants.uncounted", lang)
        if self.counted:
            key = "others" if self.variant is None else "variant"
            share = f"{100 * (self.share or 0.0):.1f}%"
            told = say(f"explain_variants.{key}_{unit}", lang, number=str(self.variant), customers=self.customers,
                       share=share)  # fmt: skip
        path = path_text(spoken_as.get(name, name) for name in self.path)
        if self.began is not None:
            when, took = f"{moment(self.began):%Y-%m-%d %H:%M:%S}", spoken(spell(self.took), lang)
            path = say("explain_variants.path", lang, path=path, began=when, took=took)
        return f"{told}\n    {path}"


@dataclass(frozen=True, repr=False)
class VariantsExplained(InWords):
    """The paths of one customer: one, or one for each session.

    Attributes:
        customer: what the customer is called.
        unit: what has a path: ``customers`` or ``sessions``.
        paths: in the order of their times.
        by: what a place is.
    """

    customer: str
    unit: str
    paths: list[PathExplained]
    by: str = "event"

    def text(self, lang: Lang | None = None) -> str:
        """All of it, in a language (that of the environment unless given)."""
        head = say("explain_variants.head" if self.paths else "explain_variants.nothing", lang,
                   customer=self.customer, paths=len(self.paths))  # fmt: skip
        names = self.naming.names(self.by, lang or language())
        return "\n".join([head, *(f"  {one.text(self.unit, names, lang)}" for one in self.paths)])

    def to_json(self) -> dict[str, Any]:
        """The same as plain values; times in µs."""
        return {"customer": self.customer, "unit": self.unit, "paths": [asdict(one) for one in self.paths]}


def explain(result: VariantsResult, customer: str) -> VariantsExplained:
    """Say which variants a customer's paths are.

    Args:
        result: the answer.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    question, shown = result.question, result.keys
    question.snapshot.prepare({"time_basis"})
    block, line = place_of(question.snapshot, customer)
    here = question.find(block)
    mine = np.flatnonzero(here.paths.who == line)
    keys, starts = here.keys[mine].copy(), here.paths.starts.astype(np.int64)
    there = keys[:, 1] != 0
    low = np.where(there, here.first[mine], starts[mine])
    high = np.where(there, here.last[mine], starts[mine + 1] - 1)
    places = [here.paths.places[a : b + 1].tolist() for a, b in zip(low.tolist(), high.tolist(), strict=True)]
    times = _times(block, here.paths.row_of(low), here.paths.row_of(high))
    own = np.unique(keys[there], axis=0)
    same = result.engine.fold(Shown(question, own), question.snapshot).units.tolist()
    numbers, lines = lines_of(keys, shown).tolist(), lines_of(keys, own).tolist()
    paths = []
    for number, codes in enumerate(places):
        told: dict[str, Any] = {}
        if there[number]:
            customers = same[lines[number]]
            variant = numbers[number] + 1 if numbers[number] < len(shown) else None
            told = {"variant": variant, "customers": customers, "share": customers / result.everyone}
        names = [str(question.names[code]) for code in codes]
        began, took = times[number]
        paths.append(PathExplained(names, bool(there[number]), began, took, **told))
    customer = customer_named(block, line)
    return VariantsExplained(customer, question.spec.unit, paths, question.spec.by)


def _times(block: Block, first: Array, last: Array) -> list[tuple[int | None, int | None]]:
    """When each path began and how long it took, where that is exact."""
    time, exact = block.column("time"), exact_rows(block)
    known = np.ones((2, len(first)), bool) if not len(exact) else np.stack([exact[first], exact[last]]) != 0
    return [
        (begin if a else None, end - begin if a and b else None)
        for begin, end, a, b in zip(time[first].tolist(), time[last].tolist(), *known.tolist(), strict=True)
    ]
