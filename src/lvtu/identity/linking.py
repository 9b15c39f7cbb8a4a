"""Which records are probably of one person: a Fellegi–Sunter model, learned from the records by Splink on DuckDB.

The model knows nothing beforehand. How often strangers agree is counted on pairs drawn by a fixed rule, how often a
person's records agree is learned by expectation maximisation on pairs that agree in one thing, and how many pairs there
are is what the probabilities add up to. One thread learns, so the same records have the same answer.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from lvtu.errors import BadInput
from lvtu.identity.comparing import BLOCKS, derived, levels
from lvtu.identity.persons import COMPARED, KINDS

PAIRS_PER_RECORD = 200
"""How many pairs a record is compared in, on average, at most: rules that would make more are left out."""

_SAMPLED = 1_000_000
_ROUGHLY = 0.001
_SEED = 20_260_101
_CLOSER = 1e-6
_LEARNED = 0.005
_ODDEST = 0.001
"""However clean the records: so often at least is a person's field unlike itself, in each of the ways there are."""
_TELLING = ("name", "birth_date", "email", "phone", "address")


class Evidence(NamedTuple):
    """What one field says of a pair.

    Attributes:
        agreement: ``same``, ``close``, ``different``, or ``missing`` where one record says nothing.
        bits: how much that speaks for one person, log2 of how much likelier it is than between strangers.
    """

    agreement: str
    bits: float


@dataclass(frozen=True)
class Pair:
    """Two records that may be of one person.

    Attributes:
        left, right: their rows, from 0, the smaller first.
        probability: that they are, 0…1.
        evidence: by field, in the order of `persons.COMPARED`.
    """

    left: int
    right: int
    probability: float
    evidence: dict[str, Evidence]


@dataclass(frozen=True)
class Linked:
    """The answer of `link`.

    Attributes:
        pairs: most probable first, then by rows.
        expected: how many pairs are of one person by the model's own estimate, `pairs` and others.
        left_out: rules that would have made too many pairs: what they would have compared by.
    """

    pairs: tuple[Pair, ...]
    expected: float
    left_out: tuple[str, ...]


def link(records: pa.Table, threshold: float) -> Linked:
    """Find the pairs of records that are probably of one person.

    Args:
        records: what `persons.cleaned` makes; at least two of `persons.COMPARED` among its columns.
        threshold: the least probability.

    Raises:
        BadInput: Splink is not installed, or there are fewer than two fields to compare.
    """
    fields = [kind for kind in COMPARED if kind in records.column_names and records[kind].null_count < len(records)]
    if len(fields) < 2:
        raise BadInput("too_few_fields", known=KINDS)
    with _quiet(), _connection() as connection:
        connection.register("given", records.append_column("unique_id", pa.array(range(len(records)), pa.int64())))
        connection.execute(f"create table records as {derived(records.column_names)}")
        return _Model(connection, records, fields).link(threshold)


class _Model:
    """One run over one table ``records``."""

    def __init__(self, connection: Any, records: pa.Table, fields: list[str]) -> None:
        self._connection, self._fields, self._rows = connection, fields, len(records)
        self._all = self._rows * (self._rows - 1) / 2
        self._comparisons = {field: levels(field, records) for field in fields}

    def link(self, threshold: float) -> Linked:
        blocks, left_out = self._blocks()
        if not blocks:
            return Linked((), 0.0, left_out)
        settings = self._learned(blocks)
        found = self._scored(settings)
        bits = found["match_weight"].to_numpy() - _odds(settings["probability_two_random_records_match"])
        probability, expected = _settled(bits, self._all)
        rows = np.flatnonzero(probability >= threshold)
        left, right = (found[name].to_numpy() for name in ("unique_id_l", "unique_id_r"))
        left, right = np.minimum(left, right), np.maximum(left, right)
        rows = rows[np.lexsort((right[rows], left[rows], -probability[rows].round(6)))]
        evidence = self._evidence(settings, found.take(pa.array(rows)))
        pairs = zip(
            left[rows].tolist(), right[rows].tolist(), probability[rows].round(6).tolist(), evidence, strict=True
        )
        return Linked(tuple(Pair(*each) for each in pairs), expected, left_out)

    def _blocks(self) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
        """What pairs must agree in to be looked at, the rarest agreement first, as long as there is room."""
        columns = {row[0] for row in self._connection.execute("describe records").fetchall()}
        known = [block for block in BLOCKS if columns.issuperset(block)]
        sizes = {block: self._agreeing(block) for block in known}
        room, blocks, left_out = PAIRS_PER_RECORD * self._rows, [], []
        for block in sorted(known, key=lambda block: (sizes[block], known.index(block))):
            room -= sizes[block]
            if room < 0:
                left_out.append(" + ".join(block))
            elif sizes[block]:
                blocks.append(block)
        return blocks, tuple(left_out)

    def _agreeing(self, columns: tuple[str, ...]) -> int:
        """How many pairs of records agree in all of some columns."""
        query = (
            f"select n from (select count(*) as n from records where {_said(columns)} group by {', '.join(columns)})"
        )
        found = self._connection.execute(f"select coalesce(sum(n * (n - 1) // 2), 0)::bigint from ({query})").fetchall()
        return int(found[0][0])

    def _linker(self, settings: Any) -> Any:
        from splink import DuckDBAPI, Linker

        return Linker(DuckDBAPI(connection=self._connection).register("records"), settings, log_level=None)

    def _learned(self, blocks: list[tuple[str, ...]]) -> dict[str, Any]:
        """The settings with all that was learned."""
        from splink import SettingsCreator, block_on
        from splink.internals.exceptions import EMTrainingException

        linker = self._linker(
            SettingsCreator(
                link_type="dedupe_only",
                comparisons=list(self._comparisons.values()),
                blocking_rules_to_generate_predictions=[block_on(*block) for block in blocks],
                em_convergence=_LEARNED,
                probability_two_random_records_match=1 / max(self._rows, 2),
                retain_matching_columns=True,
                retain_intermediate_calculation_columns=True,
            )
        )
        linker.training.estimate_u_using_random_sampling(
            max_pairs=_SAMPLED, seed=_SEED, min_count_per_level=None, num_chunks=1
        )
        settings: dict[str, Any] = linker.misc.save_model_to_json()
        for field in self._lessons():
            try:
                linker.training.estimate_parameters_using_expectation_maximisation(
                    block_on(field), estimate_without_term_frequencies=True
                )
            except (EMTrainingException, ValueError):  # its pairs say nothing of the rest, or leave no doubt at all
                linker = self._linker(settings)  # the other has lost a comparison
            settings = linker.misc.save_model_to_json()
        rarest = 1 / max(min(_SAMPLED, self._all), 1)
        for comparison in settings["comparisons"]:
            for level in comparison["comparison_levels"]:
                if level.get("is_null_level"):
                    continue
                if not isinstance(level.get("u_probability"), float):
                    level["u_probability"] = rarest  # not seen once among strangers
                if isinstance(level.get("m_probability"), float):
                    level["m_probability"] = max(level["m_probability"], _ODDEST)
        return settings

    def _lessons(self) -> list[str]:
        """The fields by whose agreement the others are learned: those that tell people apart, if there are two."""
        room = PAIRS_PER_RECORD * self._rows
        taught = [field for field in self._fields if 0 < self._agreeing((field,)) <= room]
        telling = [field for field in taught if field in _TELLING]
        return telling if len(telling) > 1 else taught

    def _scored(self, settings: dict[str, Any]) -> pa.Table:
        linker = self._linker(settings)
        self._connection.execute("reset threads")
        found = linker.inference.predict(threshold_match_probability=_ROUGHLY / max(self._rows, 2))
        return found.as_duckdbpyrelation().to_arrow_table()

    def _evidence(self, settings: dict[str, Any], found: pa.Table) -> Iterator[dict[str, Evidence]]:
        said = []
        for field in self._fields:
            agreement = found[f"gamma_{field}"].to_pylist()
            weights = [found[name].to_pylist() for name in found.column_names if name in _weights(field)]
            same = len(self._comparisons[field]["comparison_levels"]) - 2
            said.append([
                Evidence(_word(level, same), round(sum(parts), 2))
                for level, *parts in zip(agreement, *weights, strict=True)
            ])  # fmt: skip
        return (dict(zip(self._fields, row, strict=True)) for row in zip(*said, strict=True))


def _weights(field: str) -> tuple[str, ...]:
    return f"mw_{field}", f"mw_tf_adj_{field}"


def _word(level: int, same: int) -> str:
    if level < 0:
        return "missing"
    return "different" if level == 0 else "same" if level == same else "close"


def _said(columns: tuple[str, ...]) -> str:
    return " and ".join(f"{column} is not null" for column in columns)


def _odds(probability: float) -> float:
    return float(np.log2(probability / (1 - probability)))


def _settled(bits: np.ndarray[Any, Any], every: float) -> tuple[np.ndarray[Any, Any], float]:
    """The probabilities of pairs whose share among all pairs is what the probabilities add up to; and that sum.

    Args:
        bits: what each pair's fields say, log2 of the Bayes factor.
        every: how many pairs there are, looked at or not.
    """
    share = 1 / max(every, 2)
    for _ in range(500):
        probability = 1 / (1 + np.exp2(-(bits + _odds(share))))
        found = float(np.sort(probability).sum()) / every
        found = min(max(found, 0.5 / every), 0.5)
        if abs(found - share) <= _CLOSER * share:
            break
        share = found
    return probability, share * every


@contextmanager
def _connection() -> Iterator[Any]:
    import duckdb

    connection = duckdb.connect(":memory:", config={"threads": 1})
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Without Splink's talk of its progress; names the extra where it is missing."""
    try:
        import splink  # noqa: F401
    except ImportError:
        raise BadInput("no_splink") from None
    logger = logging.getLogger("splink")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
