"""Answers as people read them in a terminal: the table, a bar where it helps, and what to know about it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.analyses.columns import spoken_names
from lvtu.analyses.text import DURATIONS, cell, in_zone, path_text
from lvtu.cli.analyses import command_for
from lvtu.cli.analyses.base import AnalysisCommand
from lvtu.cli.tables import GAP, LEAST, Column, bar, table, terminal
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.core.model.journey import JourneyModel
from lvtu.core.sentences import Note
from lvtu.core.words import known, language, say, spoken

_LONGEST_BAR, _SHORTEST_BAR = 24, 6
_NUMBERED = ("step", "period", "variant", "cluster", "pair")


def text_of(result: Any, rows: int = 40) -> str:
    """An analysis' answer as text, as wide as the terminal.

    Args:
        result: the answer.
        rows: how many rows to show; 0 for all.
    """
    command = command_for(result.kind)
    parts = command.parts(result, rows)
    said = [*(_worded(note, result.model).text() for note in result.notes), *command.said(result)]
    if said:
        parts.append("\n".join(f"· {one}" for one in said))
    return "\n\n".join(parts)


def result_table(result: Any, data: pa.Table, rows: int, command: AnalysisCommand) -> str:
    """The table of an answer, shaped, as text."""
    bars = command.bars if command.bars and command.bars[0] in data.column_names else ("", "")
    return table_text(data, rows, _heads(result, command), *bars)


def table_text(
    data: pa.Table, rows: int = 40, heads: dict[str, str] | None = None, share: str = "", after: str = ""
) -> str:
    """A table as text.

    Args:
        data: the table.
        rows: how many rows to show; 0 for all.
        heads: headings by column, where they are not the words for their names.
        share: a column of shares to draw as bars.
        after: the column behind which the bars stand.
    """
    if not data.num_rows:
        return say("table.empty")
    shown = data.slice(0, rows) if rows else data
    columns = [_column(shown, name, (heads or {}).get(name)) for name in shown.column_names]
    limit = terminal()
    if share:
        _with_bars(columns, shown, share, after, limit)
    text = table(columns, limit)
    if shown.num_rows < data.num_rows:
        text += "\n" + say("table.more", rows=data.num_rows - shown.num_rows)
    return text


def _with_bars(columns: list[Column], shown: pa.Table, share: str, after: str, limit: int) -> None:
    used = sum(one.width + GAP for one in columns)
    texts = sum(max(0, one.width - LEAST) for one in columns if not one.right)
    room = _LONGEST_BAR if not limit else min(_LONGEST_BAR, limit - used)
    if limit and room < _SHORTEST_BAR and room + min(texts, _SHORTEST_BAR) >= _SHORTEST_BAR:
        room = _SHORTEST_BAR
    if room >= _SHORTEST_BAR:
        bars = [bar(value, room) for value in shown[share].to_pylist()]
        place = shown.column_names.index(after) + 1
        columns.insert(place, Column("", [one.ljust(room) for one in bars]))


def heading(name: str) -> str:
    """What a column is called; a property keeps its name."""
    return known(f"columns.{name}") or name


def _heads(result: Any, command: AnalysisCommand) -> dict[str, str]:
    """Headings that are not the columns' own words."""
    spec = result.spec
    unit = getattr(spec, "unit", "customers")
    heads = {"customers": heading(unit)} if unit != "customers" else {}
    heads |= {name: heading(word) for name, word in command.heads.items()} | command.titles(result)
    by = getattr(spec, "by", None)
    return heads | ({by: heading(by)} if by and by in ("channel", "currency", *MODEL_FIELDS) else {})


def _column(data: pa.Table, name: str, head: str | None) -> Column:
    values, kind = data[name].to_pylist(), data.schema.field(name).type
    right = bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
    if name in _NUMBERED and right:
        values = [None if value is None else str(value) for value in values]
    style = style_of(values) if pa.types.is_timestamp(kind) else ""
    return Column(head or heading(name), [shown(name, value, style) for value in values], right, bool(style))


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


def style_of(times: list[Any]) -> str:
    """As much of the times as they differ in: days, minutes or seconds."""
    given = [time for time in times if time is not None]
    if all((t.hour, t.minute, t.second, t.microsecond) == (0, 0, 0, 0) for t in given):
        return "%Y-%m-%d"
    return "%Y-%m-%d %H:%M" if all((t.second, t.microsecond) == (0, 0) for t in given) else "%Y-%m-%d %H:%M:%S"


def for_people(result: Any, data: pa.Table, command: AnalysisCommand) -> pa.Table:
    """A table of an answer with the names that people have for things, without columns that say nothing."""
    data = in_zone(in_words(result, data, command), result.spec)
    for zero, others in command.only_if_any.items():
        data = data if pc.any(pc.not_equal(data[zero], 0)).as_py() else data.drop_columns([zero, *others])
    nothing, columns = command.idle
    idle = nothing in data.column_names and not pc.any(pc.not_equal(data[nothing], 0)).as_py()
    return data.drop_columns(list(columns)) if idle else data


def in_words(result: Any, data: pa.Table, command: AnalysisCommand) -> pa.Table:
    """A table of an answer with the names that its journey model has for its parts, and words for marks."""
    by = getattr(result.spec, "by", None)
    marks = {mark: say(f"values.{word}") for mark, word in result.marks.items()}
    for at, name in enumerate(data.column_names):
        place = name in command.places
        column = by if place or name == f"by_{by}" else name
        if (result.model is not None and column in MODEL_FIELDS) or (place and marks):
            names = spoken_names(result.model, column, language()) | (marks if place else {})
            values = [names.get(key, key) for key in data[name].to_pylist()]
            data = data.set_column(at, name, pa.array(values, pa.string()))
        elif by in MODEL_FIELDS and name in command.lists:
            names = spoken_names(result.model, by, language())
            lists = [one and [_called(each, names) for each in one] for one in data[name].to_pylist()]
            data = data.set_column(at, name, pa.array(lists, data.schema.field(name).type))
    return data


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


_KEYS = {"stages": "stage", "behaviours": "behaviour"}
"""Of which column of a model the values of notes are keys."""


def record_heads() -> dict[str, str]:
    """Headings of records that differ from those of answers: their times are UTC, whatever the calendar's zone."""
    return {"time": heading("time_utc")}


def that_fit(columns: list[Column]) -> list[Column]:
    """The first columns that fit the terminal, then ``…``: later periods are not named one by one."""
    limit, used = terminal(), 0
    for place, one in enumerate(columns):
        used += one.width + GAP
        if limit and used - GAP > limit - (GAP + 1 if place < len(columns) - 1 else 0):
            return [*columns[:place], Column("…", [""] * len(one.cells))]
    return columns
