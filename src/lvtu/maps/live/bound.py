"""The questions that are bound to a map, asked: each once, however many cells it fills."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa

from lvtu.analyses.base import make
from lvtu.analyses.intervals import wilson
from lvtu.analyses.means import Scores
from lvtu.analyses.registry import REGISTRY, spec_of
from lvtu.analyses.scores import measure_of
from lvtu.analyses.scores.question import reads_of
from lvtu.analyses.scores.rows import together
from lvtu.analyses.scores.several import Part, several
from lvtu.analyses.scores.spec import ScoresSpec
from lvtu.analyses.text import DURATIONS
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, LvtuError, UnknownName
from lvtu.maps.document import Binding, JourneyMap
from lvtu.maps.live.filled import Unit, Value
from lvtu.maps.live.spoken import UNITS, Spoken
from lvtu.maps.live.volume import PLACE
from lvtu.store.journeys.snapshot import Snapshot

SHARES = frozenset(
    {"rate", "share", "conversion", "coverage", "covered", "response_rate", "top", "negative", "positive", "cumulative"}
)
"""Columns of answers that are shares."""

COUNTS = frozenset({"n", "customers", "events", "sessions", "present", "asked", "responded", "entered", "transitions"})
"""Columns of answers that are numbers of things."""

_RESTED_ON = ("n", "customers", "entered", "present", "sessions", "events", "transitions")
"""Columns that say what a row rests on, the most telling first."""

_OF_ALL = ("first_touch", "variants", "clusters", "stickiness")
"""Analyses whose ``share`` is that of a row's ``customers`` among all customers."""

_PARTS = {"coverage": ("customers", "present"), "response_rate": ("responded", "asked")}
"""Shares of scores, as part and whole in the same row."""

_BESIDE = ("low", "high", "p_value", "p_adjusted", "_weight", "_n")
"""How the names of columns end that stand beside a number and are none by themselves."""


class Bound:
    """The answers of a map's bindings.

    Args:
        map_: the map.
        now: the period, µs.
        spoken: what customers answered in it.
        snapshot: of what.
        engine: who counts.
        weighted: whether survey weights count.

    Attributes:
        failed: by the key of a binding, why its question has no answer: an event or property is gone, say.
    """

    def __init__(
        self, map_: JourneyMap, now: tuple[int, int], spoken: Spoken, snapshot: Snapshot, engine: Engine,
        weighted: bool = True,
    ) -> None:  # fmt: skip
        self.map, self.now, self.spoken, self.weighted = map_, now, spoken, weighted
        self.snapshot, self.engine = snapshot, engine
        self.failed: dict[str, LvtuError] = {}
        self._tables: dict[str, pa.Table] = {}
        self._together = {} if len(map_.bindings) < 2 else self._asked_together()

    def cells(self) -> tuple[dict[str, dict[str, Value]], dict[str, Value]]:
        """The values by lane and step, and those of the whole journey by binding; a cell's own question goes before."""
        values: dict[str, dict[str, Value]] = {}
        head: dict[str, Value] = {}
        for binding in sorted(self.map.bindings, key=lambda one: one.step is not None):
            if binding.step is not None:
                values.get(str(binding.lane), {}).pop(binding.step, None)
            try:
                found = self.answer(binding)
            except LvtuError as error:
                self.failed[binding.key] = error
                continue
            told = {step: _aimed(value, binding) for step, value in found.items()}
            if binding.lane is None:
                head.update({binding.key: told[""]} if told else {})
            else:
                values.setdefault(binding.lane, {}).update(told)
        return values, head

    def answer(self, binding: Binding) -> dict[str, Value]:
        """What a binding's question says, by step; of the whole journey under the empty one.

        Raises:
            LvtuError: it cannot be asked of these data, or not of every step.
        """
        scale = self._heard(binding)
        if scale is not None:
            return scale
        if binding.key in self._together:
            return self._together[binding.key]
        return dict(self._rows(binding))

    def _asked_together(self) -> dict[str, dict[str, Value]]:
        """Scores that differ by the scale or by a condition of their own, in one pass; by the key of the binding.

        Whatever cannot be asked like that, or not at all, is left to be asked alone, which says why.
        """
        parts: dict[str, Part] = {}
        for binding in self.map.bindings:
            try:
                part = self._part(binding)
            except LvtuError:
                continue
            if part is not None and self._heard(binding) is None:
                parts[binding.key] = part
        if len(parts) < 2:
            return {}
        asked = {"where": self.map.where, "by": PLACE, "since": self.now[0], "until": self.now[1]}
        spec = make(ScoresSpec, {**asked, "weighted": self.weighted})
        distinct = list(dict.fromkeys(parts.values()))
        answers = dict(zip(distinct, several(spec, distinct, self.snapshot, self.engine), strict=True))
        return {key: self._told(self.map.binding(key), part, answers[part]) for key, part in parts.items()}

    def _part(self, binding: Binding) -> Part | None:
        """A binding's question as one of several; None where it asks for more than its figure.

        Raises:
            LvtuError: it cannot be asked.
        """
        if binding.analysis != "scores" or not set(binding.spec) <= {"metric", "scale", "where"}:
            return None
        if binding.value not in (None, "value"):
            return None
        spec = make(ScoresSpec, binding.spec)
        self.snapshot.prepare(reads_of(spec))
        measure = measure_of(spec, self.snapshot)
        return None if measure is None else Part(measure, spec.where)

    def _told(self, binding: Binding, part: Part, answers: Mapping[str | None, Scores]) -> dict[str, Value]:
        """The figures of a binding by step; of the whole journey under the empty one."""
        whole = {"": together(answers.values())} if answers else {}
        if binding.lane is not None:
            whole = {step: scores for step, scores in answers.items() if step is not None}
        found = {}
        for step, scores in whole.items():
            told = part.measure.told(scores)
            if told.value is not None and (binding.lane is None or binding.step in (None, step)):
                n = scores.responses.total()
                found[step] = Value(float(told.value), UNITS[part.measure.name], n, told.low, told.high)
        return found

    def _heard(self, binding: Binding) -> dict[str, Value] | None:
        """Where the question is one of the scales that were all counted together; None where it is another."""
        if binding.analysis != "scores" or not set(binding.spec) <= {"metric", "scale"} or binding.value is not None:
            return None
        if binding.lane is None:
            whole = self.spoken.whole(binding.spec.get("metric", "nps"), binding.spec.get("scale"))
            return None if whole is None else {"": whole}
        scale = self.spoken.scale(binding.spec.get("metric", "nps"), binding.spec.get("scale"))
        if scale is None or scale.measure.name != binding.spec.get("metric", "nps"):
            return None
        found = self.spoken.by_step(scale)
        return found if binding.step is None else {key: found[key] for key in found if key == binding.step}

    def _rows(self, binding: Binding) -> Iterator[tuple[str, Value]]:
        table, by = self.table(binding)
        shown = binding.value or first_number(table)
        if shown is None or shown not in table.column_names:
            raise UnknownName("column", str(shown), numbers(table))
        rows = table.to_pylist()
        if binding.lane is not None and by:
            keys = [row[PLACE] for row in rows if row[PLACE] is not None]
            if len(set(keys)) < len(keys):
                raise BadInput("binding_several", analysis=binding.analysis)
            for row in rows:
                value = value_in(row, shown, binding)
                if row[PLACE] is not None and value is not None and binding.step in (None, row[PLACE]):
                    yield row[PLACE], value
        elif len(rows) > 1:
            raise BadInput("binding_several", analysis=binding.analysis)
        elif rows and (value := value_in(rows[0], shown, binding)) is not None:
            yield binding.step or "", value

    def table(self, binding: Binding) -> tuple[pa.Table, bool]:
        """The answer of a binding's question, and whether it is by step; one question is asked once.

        Raises:
            BadInput: it is for every step of a lane, and cannot tell them apart.
        """
        asked, by = self.asked(binding)
        key = json.dumps(asked, sort_keys=True, default=str)
        if key not in self._tables:
            spec = spec_of(asked)
            self._tables[key] = REGISTRY[binding.analysis].run(spec, self.snapshot, self.engine).table
        return self._tables[key], by

    def asked(self, binding: Binding, **more: Any) -> tuple[dict[str, Any], bool]:
        """A binding's question with what the map adds: whom it is about, when, and the steps."""
        where = [self.map.where, binding.spec.get("where")]
        fields = REGISTRY[binding.analysis].spec.model_fields
        by = binding.lane is not None and "by" in fields and binding.spec.get("by") in (None, "", PLACE)
        if binding.lane is not None and not by:
            if binding.step is None:
                raise BadInput("binding_no_steps", analysis=binding.analysis)
            where.append(f"{PLACE} = '{binding.step}'")
        asked = {"since": self.now[0], "until": self.now[1], **more}
        asked |= {} if self.weighted or "weighted" not in fields else {"weighted": False}
        asked |= {"where": " and ".join(f"({one})" for one in where if one) or None}
        asked |= {"by": PLACE} if by else {}
        return {"analysis": binding.analysis, **binding.spec, **asked}, by


def numbers(table: pa.Table) -> list[str]:
    """The columns of an answer that a cell can show."""
    return [
        one.name
        for one in table.schema
        if (pa.types.is_integer(one.type) or pa.types.is_floating(one.type)) and not one.name.endswith(_BESIDE)
    ]


def first_number(table: pa.Table) -> str | None:
    """The column that a cell shows where nothing is said: the first number; None where there is none."""
    return next(iter(numbers(table)), None)


def value_in(row: Mapping[str, Any], column: str, binding: Binding) -> Value | None:
    """A number of a row of an answer, with its unit, interval and n; None where it is not known."""
    if row.get(column) is None:
        return None
    unit: Unit = "duration" if column.endswith(DURATIONS) else "share" if column in SHARES else "mean"
    unit = "count" if column in COUNTS else unit
    low, high = row.get(f"{column}_low"), row.get(f"{column}_high")
    if column in ("value", "rate", "share", "score") and low is None:
        low, high = row.get("low"), row.get("high")
    if binding.analysis == "scores" and column == "value":
        unit = UNITS[binding.spec.get("metric", "nps")]
    elif binding.analysis == "touchpoint_quality" and unit == "mean":
        unit = "points"
    names = (f"{column}_n", *_RESTED_ON)
    n = next((row[name] for name in names if isinstance(row.get(name), int)), 0)
    if low is None and (counted := _counted(row, column, binding.analysis)) is not None:
        part, n = counted
        low, high = wilson(part, n) or (None, None)
    return Value(float(row[column]), unit, int(n), low, high)


def _counted(row: Mapping[str, Any], column: str, analysis: str) -> tuple[int, int] | None:
    """How many of how many a share is of, where its row tells; None where it does not.

    Example:
        >>> _counted({"customers": 30, "share": 0.25}, "share", "variants")
        (30, 120)
    """
    if analysis == "scores" and column in _PARTS:
        part, whole = (row.get(name) for name in _PARTS[column])
        return None if part is None or whole is None else (int(part), int(whole))
    if analysis in _OF_ALL and column == "share" and row.get("customers") and row["share"] > 0:
        return int(row["customers"]), round(row["customers"] / row["share"])
    return None


def _aimed(value: Value, binding: Binding) -> Value:
    if binding.target is None:
        return value
    return replace(value, target=binding.target.value, aim=binding.target.better)
