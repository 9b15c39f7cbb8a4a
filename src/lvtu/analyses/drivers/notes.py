"""What must be known to read drivers rightly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from lvtu.analyses.drivers.decompose import ORDERS
from lvtu.analyses.drivers.model import FEWEST, LEAST, PER_COLUMN, Model, Skipped
from lvtu.analyses.explained import Took
from lvtu.analyses.means import effective_of
from lvtu.core.sentences import Note, Value
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.drivers.result import DriversResult

_INFLATED = 5.0
"""A variance inflation factor from which on the coefficient says little (the importance is shared out, and stands)."""


def notes_of(result: DriversResult, model: Model | None, weights: Array) -> list[Note]:
    """The notes of an answer."""
    effective, skipped = effective_of(weights), result.question.spec.skipped
    notes = []
    if model is None:
        notes.append(_nothing(result, effective))
    else:
        notes += _fit(result, model)
        if model.thin:
            notes.append(Note("drivers_thin", customers=round(effective), columns=model.columns, each=PER_COLUMN))
    if result.skips or skipped == "complete":
        notes.append(_skips(skipped, result.n))
    if len(weights) and np.ptp(weights) > 0:
        notes.append(Note("drivers_weighted", customers=result.n, effective=f"{effective:,.0f}"))
    notes += _timed(result)
    notes += _set_aside(result)
    if model is not None:
        notes += _doubts(result, model)
        notes.append(Note("drivers_association"))
    return notes


def _nothing(result: DriversResult, effective: float) -> Note:
    """Why nothing is told."""
    if not result.question.drivers:
        return Note("drivers_none")
    if effective < FEWEST:
        return Note("drivers_few", customers=round(effective), least=FEWEST)
    return Note("drivers_alike" if result.used.drivers else "drivers_none")


def _fit(result: DriversResult, model: Model) -> list[Note]:
    values: dict[str, Value] = {
        "customers": result.n, "r2": f"{100 * model.r2:.1f}%",
        "low": f"{100 * model.r2_low:.1f}", "high": f"{100 * model.r2_high:.1f}%",
    }  # fmt: skip
    notes = [Note("drivers_fit", **values)]
    if result.binary:
        notes.append(Note("drivers_binary"))
        if model.fitted is None and result.question.spec.skipped != "pairwise":
            notes.append(Note("drivers_separated"))
    return notes


def _skips(skipped: Skipped, customers: int) -> Note:
    """What became of customers who skipped a driver."""
    if skipped == "indicator":
        return Note("drivers_indicator", customers=customers)
    return Note("drivers_complete" if skipped == "complete" else "drivers_pairwise", customers=customers)


def _timed(result: DriversResult) -> list[Note]:
    """What came before what: scores that were left out, and how long an outcome had time."""
    yes, spec, late = result.question.yes, result.question.spec, result.late
    if yes is None:
        return [Note("drivers_later", scores=late)] if late else []
    own, listed = result.question.outcome.own, yes.listed
    if spec.within is None:
        notes = [Note("drivers_open")]
    else:
        within = Took(spec.within)
        notes = [Note("drivers_within", within=within)]
        notes += [Note("drivers_young", scores=late, within=within)] if late else []
    notes += [Note("drivers_own", events=own)] if own else []
    return notes + ([Note("drivers_listed", segments=listed)] if listed else [])


def _set_aside(result: DriversResult) -> list[Note]:
    """The drivers that nothing is told about."""
    used = result.used
    few, constant, implied = (_called(result, numbers) for numbers in (used.few, used.constant, used.implied))
    notes = [Note("drivers_scored_by_few", drivers=few, least=str(LEAST))] if few else []
    notes += [Note("drivers_constant", drivers=constant)] if constant else []
    return notes + ([Note("drivers_implied", drivers=implied)] if implied else [])


def _called(result: DriversResult, numbers: Iterable[int]) -> tuple[str, ...]:
    """Drivers by their names."""
    return tuple(dict.fromkeys(str(result.question.drivers[one].name) for one in numbers))


def _doubts(result: DriversResult, model: Model) -> list[Note]:
    notes = []
    if model.error:
        notes.append(Note("drivers_drawn", orders=ORDERS, error=f"{100 * model.error / max(model.r2, 1e-12):.2f}"))
    if model.mended:
        notes.append(Note("drivers_mended"))
    factors = {one: part.inflation for one, part in model.parts.items()}
    same = _called(result, [one for one, factor in factors.items() if np.isinf(factor)])
    alike = _called(result, [one for one, factor in factors.items() if _INFLATED < factor < np.inf])
    notes += [Note("drivers_same", drivers=same)] if same else []
    return notes + ([Note("drivers_collinear", drivers=alike)] if alike else [])
