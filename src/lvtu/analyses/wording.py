"""An answer's table in the reader's words: what columns, values and parts of a journey model are called.

The language is that of the environment (`lvtu.core.words.language`). The command line and notebooks both read it here.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.analyses.columns import spoken_names
from lvtu.analyses.text import DURATIONS, cell, in_zone, path_text, records_for_people
from lvtu.core.expr import describe, parse
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.core.model.journey import JourneyModel
from lvtu.core.sentences import Note
from lvtu.core.words import known, language, say, spoken


def heading(name: str) -> str:
    """What a column is called; a property keeps its name."""
    return known(f"columns.{name}") or name


def headings(result: Any) -> dict[str, str]:
    """Headings that depend on the question."""
    spec = result.spec
    unit = getattr(spec, "unit", "customers")
    heads = {"customers": heading(unit)} if unit != "customers" else {}
    if spec.analysis == "timeline":
        heads |= record_heads()
    if spec.analysis in ("graph", "flow", "channels", "handoffs"):
        heads |= {"source": heading("from")}
    if result.kind == "rollup":
        heads |= {"conversion": heading("first_to_last")}
    if spec.analysis == "handoffs":
        heads |= {"mature": heading("mature_handoffs")}
    if result.kind == "metric":
        heads |= {"rate": result.metric.title.get(language())}
    if result.kind == "time_to_convert":
        heads |= {name: heading(f"{name}_since_first") for name in ("median_time", "p90_time")}
    if result.kind in ("compare", "step_matrix_compare"):
        heads |= {
            f"{name}_{side}": say("charts.aside", text=heads.get(name, heading(name)), more=segment)
            for side, segment in zip("ab", result.segments, strict=True)
            for name in ("customers", "from_start", "share")
        }
    by = getattr(spec, "by", None)
    heads |= {model: say(f"charts.attribution.{model}") for model in getattr(spec, "models", ())}
    return heads | ({by: heading(by)} if by and by in ("channel", "currency", *MODEL_FIELDS) else {})


def shown(name: str, value: Any, style: str = "%Y-%m-%d %H:%M:%S") -> str:
    """One value for people; times in the style given."""
    if value is None:
        return say("values.others" if name == "variant" else "values.none")
    if name == "path" and not isinstance(value, str):
        return path_text(value)
    if isinstance(value, bool):
        return say("values.yes" if value else "values.no")
    if isinstance(value, datetime):
        return value.strftime(style)
    if name == "status":
        return known(f"values.{value}") or str(value)
    if isinstance(value, list | dict) and name != "segments":
        return _pairs(dict(value) if isinstance(value, list) and value and isinstance(value[0], tuple) else value)
    if name == "properties" and isinstance(value, str):
        return _pairs(json.loads(value))
    text = cell(name, value)
    return spoken(text) if name.endswith(DURATIONS) else " ".join(text.split())


def _pairs(value: Any) -> str:
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return " ".join(f"{k}={v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)}" for k, v in value.items())


def cells_of(data: pa.Table, name: str) -> tuple[list[str], bool, bool]:
    """A column as people read it: its cells, whether they are numbers, whether they are times."""
    values, kind = data[name].to_pylist(), data.schema.field(name).type
    number = bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
    if name in _NUMBERED and number:
        values = [None if value is None else str(value) for value in values]
    style = time_style(values) if pa.types.is_timestamp(kind) else ""
    return [shown(name, value, style) for value in values], number, bool(style)


_NUMBERED = ("step", "period", "variant", "cluster", "pair")
"""Numbers that are names: they get no separators."""


def time_style(times: list[Any]) -> str:
    """As much of the times as they differ in: days, minutes or seconds."""
    given = [time for time in times if time is not None]
    if all((t.hour, t.minute, t.second, t.microsecond) == (0, 0, 0, 0) for t in given):
        return "%Y-%m-%d"
    return "%Y-%m-%d %H:%M" if all((t.second, t.microsecond) == (0, 0) for t in given) else "%Y-%m-%d %H:%M:%S"


def shaped(result: Any) -> pa.Table:
    """The table with what a person needs of it."""
    name = result.kind
    if name == "timeline":
        return records_for_people(result.table)
    table = in_zone(in_words(result, result.table), result.spec)
    if name == "rfm":
        table = rfm_shaped(table)
    if name == "attribution":
        names = pc.fill_null(table[0], say("charts.attribution.no_touch"))
        table = table.set_column(0, table.column_names[0], names)
    for zero, others in _ONLY_IF_ANY.get(name, {}).items():
        table = table if pc.any(pc.not_equal(table[zero], 0)).as_py() else table.drop_columns([zero, *others])
    nothing, columns = _IDLE.get(name, ("", ()))
    idle = nothing in table.column_names and not pc.any(pc.not_equal(table[nothing], 0)).as_py()
    return table.drop_columns(columns) if idle else table


CUTS = {"recency_time": "R", "frequency": "F", "money": "M"}
"""What the columns of cut points are called."""


def rfm_shaped(table: pa.Table) -> pa.Table:
    """Segments by what people call them; no column of currencies where there is one."""
    if "segment" in table.column_names:
        names = pa.array([say(f"charts.rfm.{key}") for key in table["segment"].to_pylist()], pa.string())
        table = table.set_column(table.column_names.index("segment"), "segment", names)
    return table if len(table["currency"].unique()) > 1 else table.drop_columns(["currency"])


_IDLE = {
    "trend": ("value", ["value"]),
    "attribution": ("value", ["currency", "value", "value_share", "value_low", "value_high"]),
    "first_touch": ("responses", ["scale", "responses", "mean", "mean_low", "mean_high", "effective"]),
}
"""Columns that say nothing where one of them is nothing throughout: money without money, scores without answers."""

_ONLY_IF_ANY: dict[str, dict[str, tuple[str, ...]]] = {
    "conformance": dict.fromkeys(("late", "skipped", "pending", "repeated"), ()),
    "handoffs": {"pending": ("kaplan_meier",), "untimed": ()},
}
"""Columns that are shown only where one of their numbers is not zero, and what says nothing without them."""


def in_words(result: Any, data: pa.Table) -> pa.Table:
    """A table of an answer with the names that its journey model has for its parts, and words for marks."""
    by = getattr(result.spec, "by", None)
    marks = {mark: say(f"values.{word}") for mark, word in result.marks.items()}
    if result.kind == "rollup":
        paths = [f"{'· ' * node.level}{node.titles[-1].get(language())}" for node in result.nodes]
        data = data.set_column(data.column_names.index("path"), "journey", pa.array(paths, pa.string()))
        data = data.drop_columns(["level"])
    for place, name in enumerate(data.column_names):
        places = name in _PLACES or (name == "name" and result.kind == "conformance")
        column = by if places or name == f"by_{by}" else name
        if (result.model is not None and column in MODEL_FIELDS) or (places and marks):
            names = spoken_names(result.model, column, language()) | (marks if places else {})
            values = [names.get(key, key) for key in data[name].to_pylist()]
            if result.kind == "stages_now":
                values[-1] = say("values.no_stage")
            data = data.set_column(place, name, pa.array(values, pa.string()))
        elif by in MODEL_FIELDS and name in _OF_PLACES.get(result.kind, ()):
            names = spoken_names(result.model, by, language())
            lists = [one and [_called(each, names) for each in one] for one in data[name].to_pylist()]
            data = data.set_column(place, name, pa.array(lists, data.schema.field(name).type))
    return data


_OF_PLACES = {"variants": ("path",), "clusters": ("name", "apart")}
"""Columns of lists of places."""


def _called(place: Any, names: dict[str, str]) -> Any:
    """A place, or what is known of one, by its name instead of its key; of a transition both."""
    if isinstance(place, dict):
        return place | {"place": _called(place["place"], names)}
    return " → ".join(names.get(key, key) for key in place.split(" → "))


def _worded(note: Note, model: JourneyModel | None) -> Note:
    """A note with the names that a journey model has for its stages and behaviours."""
    names = {many: spoken_names(model, one, language()) for many, one in _KEYS.items()}
    given = {
        name: tuple(names[name].get(str(key), key) for key in value)
        if name in _KEYS and isinstance(value, tuple)
        else value
        for name, value in note.values.items()
    }
    return Note(note.code, **given)


_PLACES = ("source", "target", "place")
"""Columns that hold values of `by`, and marks."""

_KEYS = {"stages": "stage", "behaviours": "behaviour"}
"""Of which column of a model the values of notes are keys."""


def record_heads() -> dict[str, str]:
    """Headings of records that differ from those of answers: their times are UTC, whatever the calendar's zone."""
    return {"time": heading("time_utc")}


def remarks(result: Any) -> list[str]:
    """What is to be known about an answer, in sentences: its notes first."""
    said = [_worded(note, result.model).text() for note in result.notes]
    said += [_in_the_end(result)] if _has_open_end(result) else []
    return said + ([describe(parse(result.spec.condition), language())] if result.kind == "segment" else [])


def _has_open_end(result: Any) -> bool:
    """Whether a funnel's ratio will still rise: some units have not finished and still have time to."""
    spec = result.spec
    return result.kind == "funnel" and result.immature > 0 and len(spec.steps) > 1 and not (spec.by or spec.trend)


def _in_the_end(result: Any) -> str:
    """The share expected to finish once all have had their time, beside the ratio (`FunnelResult.time_to_convert`)."""
    row = result.time_to_convert().table.to_pylist()[-1]
    names = ("kaplan_meier", "low", "high", "from_start")
    return say("funnel.in_the_end", name=row["name"], **{name: shown(name, row[name]) for name in names})
