"""The answer of Kano: a row for each feature, those that must be there first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.groups import under_its_name
from lvtu.analyses.kano.answers import Judged, Pairs
from lvtu.analyses.kano.formulas import CATEGORIES, Category, wanted
from lvtu.analyses.kano.spec import KanoSpec
from lvtu.analyses.members import Group, Members, code_of, names_of
from lvtu.core.sentences import Note
from lvtu.engines.base import Engine
from lvtu.errors import UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

WORDS: Mapping[Category, str] = MappingProxyType(
    {"M": "must_be", "O": "one_dimensional", "A": "attractive", "I": "indifferent", "R": "reverse",
     "Q": "questionable"}
)  # fmt: skip
"""What the categories are called."""

FEW = 20
"""With fewer pairs the category of a feature is only a hint."""

_REAL, _WHOLE = pa.float64(), pa.int64()


class KanoResult(Result):
    """The answer.

    Attributes:
        table: a row for each group and feature, by category (must-be, one-dimensional, attractive, indifferent,
            reverse, questionable), then by how much its absence dissatisfies: ``feature``; ``category``, the most
            frequent one, and ``sure``, whether chance hardly explains its lead (Fong's test, 90 %); ``better`` = (A +
            O) / (A + O + M + I), ``better_low``, ``better_high``; ``worse`` = −(O + M) / (A + O + M + I),
            ``worse_low``, ``worse_high`` (Wilson, 95 %); ``n`` pairs; ``must_be``, ``one_dimensional``,
            ``attractive``, ``indifferent``, ``reverse``, ``questionable`` of them.
        asked: the question.
    """

    marks: Mapping[str, str] = MappingProxyType({name: f"kano_{name}" for name in WORDS.values()})

    def __init__(
        self, spec: KanoSpec, question: Pairs | None, snapshot: Snapshot, state: Mapping[Judged, int], engine: Engine
    ) -> None:  # fmt: skip
        self.question, self._snapshot, self.engine, self.asked = question, snapshot, engine, spec
        judged: defaultdict[tuple[str | None, str | None], Counter[Category]] = defaultdict(Counter)
        for one, number in state.items():
            judged[one.group, one.feature][one.category] += number
        rows = [_row(group, feature, counts) for (group, feature), counts in judged.items()]
        sizes: Counter[str | None] = Counter()
        for row in rows:
            sizes[row["group"]] += row["n"]
        rows.sort(key=lambda row: (-sizes[row["group"]], str(row["group"]), _place(row), row["worse"] or 0.0,
                                   str(row["feature"])))  # fmt: skip
        super().__init__(spec, _table(spec, rows), snapshot.token, _notes(rows))

    def customers(
        self, feature: str | None, group: Group = ..., category: str | None = None, *, limit: int | None = None,
        offset: int = 0,
    ) -> list[str]:  # fmt: skip
        """Who judged a feature.

        Args:
            feature: as in the table.
            group: the value of the breakdown, None for missing; all if not given.
            category: who put it there: must_be, attractive, …; all if not given.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: there is no such feature, group or category.
            Erased: somebody was forgotten since the answers were counted.
        """
        question = self.question
        if category is not None and category not in WORDS.values():
            raise UnknownName("value", category, list(WORDS.values()), column="category")
        if question is None or feature not in question.features:
            known = [str(row["feature"]) for row in self.table.to_pylist()]
            raise UnknownName("value", str(feature), known, column=self.asked.feature)
        number = question.features.index(feature)
        code = None if group is ... else code_of(question.snapshot, question.spec.by, group)
        letters = [letter for letter, word in WORDS.items() if category in (None, word)]

        def lines(block: Block) -> Array:
            who, groups, features, categories = question.pairs(block)
            chosen = (features == number) & np.isin(categories, letters)
            found: Array = who[chosen if code is None else chosen & (groups == code)]
            return found

        return names_of(self.engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def explain(self, customer: str) -> Explained:
        """Where one customer puts each feature: a row for each.

        Its columns: the breakdown's, ``feature``, ``functional``, ``dysfunctional``, ``category``.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since the answers were counted.
        """
        from lvtu.analyses.kano.explain import explain

        return explain(self, self._snapshot, customer)


def _row(group: str | None, feature: str | None, counts: Counter[Category]) -> dict[str, Any]:
    row: dict[str, Any] = {"group": group, "feature": feature, "n": counts.total()}
    row |= {word: counts[letter] for letter, word in WORDS.items()}
    told = wanted(counts)
    if told is None:
        most = max(CATEGORIES, key=lambda letter: counts[letter])
        return row | {"category": WORDS[most], "sure": False, "better": None, "worse": None}
    return row | {
        "category": WORDS[told.category], "sure": told.sure,
        "better": told.better, "better_low": told.better_ends[0], "better_high": told.better_ends[1],
        "worse": told.worse, "worse_low": told.worse_ends[0], "worse_high": told.worse_ends[1],
    }  # fmt: skip


def _place(row: dict[str, Any]) -> int:
    return list(WORDS.values()).index(row["category"])


def _notes(rows: list[dict[str, Any]]) -> list[Note]:
    if not rows:
        return [Note("kano_none")]
    notes = []
    if few := sum(row["n"] < FEW for row in rows):
        notes.append(Note("kano_few", figures=few, least=FEW))
    if unsure := sum(not row["sure"] for row in rows):
        notes.append(Note("kano_unsure", features=unsure))
    if odd := sum(row["questionable"] for row in rows):
        notes.append(Note("kano_questionable", pairs=odd))
    return notes


def _table(spec: KanoSpec, rows: list[dict[str, Any]]) -> pa.Table:
    kinds = {"group": pa.string()} if spec.by else {}
    kinds |= {"feature": pa.string(), "category": pa.string(), "sure": pa.bool_()}
    kinds |= dict.fromkeys(
        ("better", "better_low", "better_high", "worse", "worse_low", "worse_high"), _REAL
    )  # fmt: skip
    kinds |= {"n": _WHOLE, **dict.fromkeys(WORDS.values(), _WHOLE)}
    return under_its_name(pa.Table.from_pylist(rows, pa.schema(kinds)), spec.by)
