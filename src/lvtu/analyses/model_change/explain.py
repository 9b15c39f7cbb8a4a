"""What changing a journey model would move of one customer, and which events decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lvtu.analyses.base import FOREVER
from lvtu.analyses.explained import Called, Explained, Said, Titled, found
from lvtu.analyses.explained.rows import nothing_counted, of_code
from lvtu.analyses.stages.explain import StageExplained, stages_of
from lvtu.core.model.text import Text
from lvtu.core.units import moment

if TYPE_CHECKING:
    from lvtu.analyses.model_change import ModelChange

_SIDES = ("before", "after")
_ABOUT = {"status": pa.string(), "event": pa.string(), "time": pa.timestamp("us", "UTC")}
_SCHEMA = pa.schema(
    {"stage": pa.string()} | dict.fromkeys((*_SIDES, "now_before", "now_after"), pa.bool_())
    | {f"{name}_{side}": kind for side in _SIDES for name, kind in _ABOUT.items()}
)  # fmt: skip


def explain(question: ModelChange, customer: str) -> Explained:
    """Say what changing the model would move of a customer.

    Args:
        question: the two models.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    spec, place = question.spec, found(question.snapshot, customer)
    (block, line), name = place
    if not question.came(block)[0][line]:
        end = FOREVER if spec.moment is None else spec.moment + 1
        why = nothing_counted(question.snapshot, place[0], of_code(block, None), spec.where, span=(-FOREVER, end))
        return Explained(name, _SCHEMA.empty_table(), [Said("change_nowhere", customer=name), why])
    seen = block.seen_by(question.after.snapshot)
    sides = stages_of(question.before, block, line), stages_of(question.after, seen, line)
    names = {stage.key: stage.name for stage in question.after.stages}
    names |= {stage.key: stage.name for stage in question.before.stages if stage.key not in names}
    stages = [{stage.stage: stage for stage in told} for told, _ in sides]
    now = [None if place < 0 else told[place].stage for told, place in sides]
    rows = [_row(key, [told.get(key) for told in stages], now) for key in names]
    ends = [Called("no_stage") if key is None else Titled(names[key].zh, names[key].en) for key in now]
    said = [Said("change", customer=name, **dict(zip(_SIDES, ends, strict=True)))]
    said += [_said(names[key], [told.get(key) for told in stages]) for key in names]
    return Explained(name, pa.Table.from_pylist(rows, _SCHEMA), said)


def _row(key: str, sides: list[StageExplained | None], now: list[str | None]) -> dict[str, Any]:
    row: dict[str, Any] = {"stage": key}
    for side, stage, there in zip(_SIDES, sides, now, strict=True):
        if stage is not None:
            row |= {side: stage.status == "entered", f"now_{side}": there == key, f"status_{side}": stage.status}
            row |= {f"event_{side}": stage.event, f"time_{side}": None if stage.time is None else moment(stage.time)}
    return row


def _said(name: Text, sides: list[StageExplained | None]) -> Said:
    before, after = (Said("change_lacks") if one is None else one.told for one in sides)
    if before == after:
        return Said("change_same", name=Titled(name.zh, name.en), told=after)
    return Said("change_stage", name=Titled(name.zh, name.en), before=before, after=after)
