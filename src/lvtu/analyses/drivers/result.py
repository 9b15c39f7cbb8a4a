"""The answer of drivers: a row for each, the most important first."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.base import Result
from lvtu.analyses.drivers.answers import Answers, Driver, Gathering
from lvtu.analyses.drivers.linkage import edges_of, linkage
from lvtu.analyses.drivers.linked import Linked
from lvtu.analyses.drivers.model import Model, Part, usable, worked_out
from lvtu.analyses.drivers.notes import notes_of
from lvtu.analyses.members import Members, names_of
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.explained import Explained

_REAL = (
    "importance", "low", "high", "r2_part", "johnson", "coefficient", "coefficient_low", "coefficient_high",
)  # fmt: skip
_ODDS = ("odds_ratio", "odds_low", "odds_high")


class DriversResult(Result):
    """The answer.

    Attributes:
        table: one row per driver, the most important first: ``driver``, ``scale``; ``importance`` (its share of what
            all explain, by Shapley's value) with the 95 % interval of 300 resamples ``low`` … ``high``; ``r2_part``
            (the same as a part of R²), ``johnson`` (its relative weight, of R² too); ``direction`` (``up``: a better
            score goes with more of the outcome, ``down``, null where the interval has both), ``coefficient`` (of the
            outcome, per point of score, all other scores as they are) with its interval; of a yes or no ``odds_ratio``
            per point, ``odds_low``, ``odds_high``; ``correlation`` (of score and outcome); ``n`` customers who scored
            it, ``used`` (their share), ``mean`` score (weighted); ``vif`` (null where it is made of others);
            ``stability`` (the share of resamples in which it stays ahead of the next one). What cannot be told is null.
        linkage: of a yes or no, its rate by band of each driver's scores: ``driver``, ``scale``, ``band`` (low, middle,
            high), ``customers``, ``yes``, ``rate``, ``low``, ``high`` (Wilson), ``lift``.
        r2, r2_low, r2_high: the share of the outcome's variance that all drivers explain; None where nothing is told.
        n: customers who count.
        binary: whether the outcome is a yes or no.
        rate: how many of them, as a share, have the outcome, of a yes or no.
        late: scores that do not count, as they came after the outcome, or too short a time before the end for it.
        drivers: what the rows are about, in their order.
    """

    def __init__(self, question: Gathering, state: Answers, engine: Engine) -> None:
        self.question, self.engine = question, engine
        spec, self.binary = question.spec, question.outcome.condition is not None
        self.late = state.late
        scores, outcome, weights = state.all(len(question.drivers))
        self.used = usable(scores, outcome, spec.skipped)
        scores, outcome, weights = (one[self.used.rows] for one in (scores, outcome, weights))
        self.n = len(outcome)
        model = worked_out(scores, outcome, weights, spec.skipped, self.used.drivers, self.binary)
        self._worked_out = model
        self.r2 = model.r2 if model else None
        self.r2_low = model.r2_low if model else None
        self.r2_high = model.r2_high if model else None
        order = self._order(model)
        self.drivers = [question.drivers[one] for one in order]
        parts = model.parts if model else {}
        rows = [self._row(question.drivers[one], scores[:, one], weights, parts.get(one)) for one in order]
        self.linkage = linkage(self.drivers if self.binary else [], scores[:, order], outcome, weights)
        self.rate = float(np.average(outcome, weights=weights)) if self.binary and self.n else None
        self._edges = [edges_of(scores[:, one], question.drivers[one].scale) for one in range(len(question.drivers))]
        text, real = pa.string(), pa.float64()
        kinds = {"driver": text, "scale": text} | dict.fromkeys(_REAL[:5], real) | {"direction": text}
        kinds |= dict.fromkeys((*_REAL[5:], *(_ODDS if self.binary else ()), "correlation"), real) | {"n": pa.int64()}
        kinds |= dict.fromkeys(("used", "mean", "vif", "stability"), real)
        table = pa.Table.from_pylist(rows, pa.schema(kinds))
        self.skips = any(row["n"] < self.n for row in rows if row.get("importance") is not None)
        super().__init__(spec, table, question.snapshot.token, notes_of(self, model, weights))

    @property
    def thin(self) -> bool:
        """Whether there are too few customers for so many drivers, so that figures are only hints."""
        return self._worked_out is not None and self._worked_out.thin

    def _order(self, model: Model | None) -> list[int]:
        """Drivers by their part; behind them those that nothing can be told about, as they were scored most."""
        parts = model.parts if model else {}
        every = range(len(self.question.drivers))
        return sorted(every, key=lambda one: (-parts[one].part if one in parts else 1.0, one))

    def _row(self, driver: Driver, score: Array, weights: Array, part: Part | None) -> dict[str, Any]:
        given = ~np.isnan(score)
        n = int(given.sum())
        row: dict[str, Any] = {
            "driver": driver.name, "scale": driver.scale, "n": n, "used": n / self.n if self.n else None,
            "mean": float(np.average(score[given], weights=weights[given])) if n else None,
        }  # fmt: skip
        if part is None:
            return row
        told = {
            "importance": part.share, "low": part.low, "high": part.high, "r2_part": part.part,
            "johnson": part.johnson, "coefficient": part.slope, "coefficient_low": part.slope_low,
            "coefficient_high": part.slope_high, "odds_ratio": part.odds, "odds_low": part.odds_low,
            "odds_high": part.odds_high, "correlation": part.correlation, "vif": part.inflation,
            "stability": part.stays,
        }  # fmt: skip
        direction = "up" if part.slope_low > 0 else "down" if part.slope_high < 0 else None
        return row | {name: value for name, value in told.items() if math.isfinite(value)} | {"direction": direction}

    def customers(
        self, driver: str, scale: str | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[str]:  # fmt: skip
        """Who scored a driver and counts.

        Args:
            driver: as in the table.
            scale: its scale; None for none.
            limit, offset: a page of them; all if not given.

        Returns:
            Names, sorted.

        Raises:
            UnknownName: the answer has no such driver.
            Erased: somebody was forgotten since the scores were counted.
        """
        return self.listed(driver, scale, lambda score, _: ~np.isnan(score), limit, offset)

    def linked(self) -> Linked:
        """The outcome by band of score, as an answer of its own.

        Raises:
            BadInput: the outcome is a score, and no yes or no.
        """
        if not self.binary:
            raise BadInput("linkage_of_score", outcome=str(self.question.spec.outcome))
        return Linked(self)

    def edges(self, driver: str, scale: str | None) -> tuple[float, float]:
        """From which score of a driver on the middle band goes, and up to which.

        Raises:
            UnknownName: the answer has no such driver.
        """
        return self._edges[self._number(driver, scale)]

    def listed(
        self, driver: str, scale: str | None, chosen: Callable[[Array, Array], Array], limit: int | None, offset: int
    ) -> list[str]:  # fmt: skip
        """Who counts, scored a driver, and is chosen by that score and the outcome; see `customers`."""
        question, skipped, number = self.question, self.question.spec.skipped, self._number(driver, scale)
        rest = [one for one in range(len(question.drivers)) if one not in self.used.few]

        def lines(block: Block) -> Array:
            who, scores, outcome, _ = question.answers(block)
            given = ~np.isnan(scores)
            counts = given[:, rest].all(axis=1) if skipped == "complete" else given[:, rest].any(axis=1)
            found: Array = who[counts & given[:, number] & chosen(scores[:, number], outcome)]
            return found

        return names_of(self.engine, question.snapshot, Members(question.reads(), lines), limit, offset)

    def _number(self, driver: str, scale: str | None) -> int:
        drivers = self.question.drivers
        if Driver(driver, scale) not in drivers:
            raise UnknownName("value", driver, [str(one.name) for one in drivers], column=self.question.spec.by)
        return drivers.index(Driver(driver, scale))

    def explain(self, customer: str) -> Explained:
        """What one customer scored, and their outcome: a row for each driver that they scored, if they count.

        Its columns: ``driver``, ``scale``, ``score``, ``mean`` (of all), ``outcome`` (1 and 0 for yes and no),
        ``weight``.

        Raises:
            UnknownName: nobody has the identifier.
            Erased: somebody was forgotten since the scores were counted.
        """
        from lvtu.analyses.drivers.explain import explain

        return explain(self, customer)
