"""Answers as people read them in a terminal: the table, a bar where it helps, and what to know about it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.analyses.columns import spoken_names
from lvtu.analyses.text import DURATIONS, cell, in_zone, path_text, records_for_people
from lvtu.cli.channels import channels_texts
from lvtu.cli.tables import GAP, LEAST, Column, bar, filled, table, terminal
from lvtu.core.expr import describe, parse
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.core.model.journey import JourneyModel
from lvtu.core.sentences import Note
from lvtu.core.words import known, language, say, spoken

_LONGEST_BAR, _SHORTEST_BAR = 24, 6
_COHORTS = 12
_LEFT = 8
_NUMBERED = ("step", "period", "variant", "cluster", "pair")


def text_of(result: Any, rows: int = 40) -> str:
    """An analysis' answer as text, as wide as the terminal.

    Args:
        result: the answer.
        rows: how many rows to show; 0 for all.
    """
    name = result.kind
    data, bars = _shaped(result, name), _BARS.get(name, ("", ""))
    bars = bars if bars[0] in data.column_names else ("", "")
    parts = [_matrix(result) if name == "step_matrix" else table_text(data, rows, _heads(result), *bars)]
    if name == "variants" and "…" in parts[0]:  # paths that are cut look all the same
        parts = [table_text(data.drop_columns(["path"]), rows, _heads(result), *_BARS[name]), _paths(data, rows)]
    if name == "clusters" and data.num_rows:
        parts = [table_text(data.drop_columns(["name", "apart"]), rows, _heads(result), *_BARS[name]), _groups(data)]
    if name == "retention" and result.cohorts.num_rows > result.table.num_rows:
        parts.append(_cohorts(result))
    if name == "conformance":
        parts += _left(result)
    if name == "channels":
        parts += channels_texts(result)
    if name == "rollup" and result.scores.num_rows:
        parts.append(_scores(result, rows))
    if name == "model_change":
        parts.append(_moves(result, rows))
    said = [_worded(note, result.model).text() for note in result.notes]
    said += [_in_the_end(result)] if _has_open_end(result) else []
    said += [describe(parse(result.spec.condition), language())] if name == "segment" else []
    if said:
        parts.append("\n".join(f"· {one}" for one in said))
    return "\n\n".join(parts)


def _paths(data: pa.Table, rows: int) -> str:
    """Each variant's path in full, over as many lines as it needs."""
    lines = []
    for row in (data.slice(0, rows) if rows else data).to_pylist():
        if row["path"]:
            lines += filled(path_text(row["path"]), f"{row['variant']:>4}  ", terminal())
    return "\n".join(lines)


def _groups(data: pa.Table) -> str:
    """What each cluster is called, and what sets it apart, below one another."""
    comma, lines = say("values.and"), []
    for row in data.to_pylist():
        head = f"{row['cluster']:>4}  "
        called = say("clusters.more", places=comma.join(row["name"])) if row["name"] else say("clusters.alike")
        apart = [
            say("clusters.apart", place=one["place"], **{n: shown("share", one[n]) for n in ("share", "elsewhere")})
            for one in row["apart"]
        ]
        lines += filled(called, head, terminal())
        lines += filled(comma.join(apart), " " * (len(head) + 2), terminal())
    return "\n".join(lines)


_BARS = {
    "funnel": ("from_start", "customers"),
    "time_to_convert": ("kaplan_meier", "customers"),
    "retention": ("rate", "returned"),
    "stages": ("from_start", "customers"),
    "stages_now": ("share", "customers"),
    "behaviours": ("share", "customers"),
    "conformance": ("share", "name"),
    "handoffs": ("share", "customers"),
    "sessions": ("bounce_rate", "bounced"),
    "stickiness": ("share", "customers"),
    "timing": ("kaplan_meier", "p90_time"),
    "attribution": ("share", "conversions"),
    "segment": ("share", "customers"),
    "variants": ("share", "customers"),
    "clusters": ("share", "customers"),
}
"""Which share is drawn as a bar, and after which column."""


def _has_open_end(result: Any) -> bool:
    """Whether a funnel's ratio will still rise: some units have not finished and still have time to."""
    spec = result.spec
    return result.kind == "funnel" and result.immature > 0 and len(spec.steps) > 1 and not (spec.by or spec.trend)


def _in_the_end(result: Any) -> str:
    """The share expected to finish once all have had their time, beside the ratio (`FunnelResult.time_to_convert`)."""
    row = result.time_to_convert().table.to_pylist()[-1]
    names = ("kaplan_meier", "low", "high", "from_start")
    return say("funnel.in_the_end", name=row["name"], **{name: shown(name, row[name]) for name in names})


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


def _heads(result: Any) -> dict[str, str]:
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
    by = getattr(spec, "by", None)
    heads |= {model: say(f"charts.attribution.{model}") for model in getattr(spec, "models", ())}
    return heads | ({by: heading(by)} if by and by in ("channel", "currency", *MODEL_FIELDS) else {})


def _column(data: pa.Table, name: str, head: str | None) -> Column:
    values, kind = data[name].to_pylist(), data.schema.field(name).type
    right = bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
    if name in _NUMBERED and right:
        values = [None if value is None else str(value) for value in values]
    style = _style(values) if pa.types.is_timestamp(kind) else ""
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
    if isinstance(value, list | dict):
        return _pairs(dict(value) if isinstance(value, list) and value and isinstance(value[0], tuple) else value)
    if name == "properties" and isinstance(value, str):
        return _pairs(json.loads(value))
    text = cell(name, value)
    return spoken(text) if name.endswith(DURATIONS) else " ".join(text.split())


def _pairs(value: Any) -> str:
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return " ".join(f"{k}={v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)}" for k, v in value.items())


def _style(times: list[Any]) -> str:
    """As much of the times as they differ in: days, minutes or seconds."""
    given = [time for time in times if time is not None]
    if all((t.hour, t.minute, t.second, t.microsecond) == (0, 0, 0, 0) for t in given):
        return "%Y-%m-%d"
    return "%Y-%m-%d %H:%M" if all((t.second, t.microsecond) == (0, 0) for t in given) else "%Y-%m-%d %H:%M:%S"


def _shaped(result: Any, name: str) -> pa.Table:
    """The table with what a person needs of it."""
    if name == "timeline":
        return records_for_people(result.table)
    table = in_zone(_in_words(result, result.table), result.spec)
    if name == "attribution":
        names = pc.fill_null(table[0], say("charts.attribution.no_touch"))
        table = table.set_column(0, table.column_names[0], names)
    for zero, others in _ONLY_IF_ANY.get(name, {}).items():
        table = table if pc.any(pc.not_equal(table[zero], 0)).as_py() else table.drop_columns([zero, *others])
    nothing, columns = _IDLE.get(name, ("", ()))
    idle = nothing in table.column_names and not pc.any(pc.not_equal(table[nothing], 0)).as_py()
    return table.drop_columns(columns) if idle else table


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


def _in_words(result: Any, data: pa.Table) -> pa.Table:
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


def _left(result: Any) -> list[str]:
    """Where customers left a design: what they did besides, and on the way between which steps."""
    parts = []
    for name, data in (("ad_hoc", result.ad_hoc), ("detours", result.detours)):
        if data.num_rows:
            shown = _in_words(result, data.slice(0, _LEFT))
            lines = [say(f"conformance.{name}"), table_text(shown, heads={"source": heading("from")})]
            if data.num_rows > _LEFT:
                lines.append(say("conformance.more", shown=_LEFT, all=data.num_rows))
            parts.append("\n".join(lines))
    return parts


def record_heads() -> dict[str, str]:
    """Headings of records that differ from those of answers: their times are UTC, whatever the calendar's zone."""
    return {"time": heading("time_utc")}


def _cohorts(result: Any) -> str:
    """The triangle: a row per cohort, a column per period."""
    rows = in_zone(result.cohorts, result.spec).to_pylist()
    cohorts = sorted({row["cohort"] for row in rows})
    shown_cohorts = cohorts[-_COHORTS:]
    labels = list(dict.fromkeys(_label(row) for row in rows))
    cells = {(row["cohort"], _label(row)): row for row in rows}
    style = _style(cohorts)
    sizes = [f"{cells[cohort, labels[0]]['customers']:,}" for cohort in shown_cohorts]
    columns = [
        Column(heading("cohort"), [shown("", cohort, style) for cohort in shown_cohorts]),
        Column(heading("customers"), sizes, right=True),
        *(Column(label, [_rate(cells[cohort, label]) for cohort in shown_cohorts], right=True) for label in labels),
    ]
    lines = [say("cohorts.title", open="·"), table(_that_fit(columns), 0)]
    if len(shown_cohorts) < len(cohorts):
        lines.append(say("cohorts.more", shown=len(shown_cohorts), all=len(cohorts)))
    return "\n".join(lines)


def _matrix(result: Any) -> str:
    """A step matrix: a row per place, a column per step."""
    if not result.places:
        return say("table.empty")
    shares = {(row["place"], row["step"]): shown("share", row["share"]) for row in result.table.to_pylist()}
    names = spoken_names(result.model, result.spec.by, language())
    names |= {mark: say(f"values.{word}") for mark, word in result.marks.items()}
    by = heading(result.spec.by) if known(f"columns.{result.spec.by}") else heading("place")
    columns = [Column(by, [shown("place", names.get(place, place)) for place in result.places])]
    columns += [
        Column(f"{step:+d}" if step else "0", [shares.get((place, step), "·") for place in result.places], right=True)
        for step in result.spec.steps
    ]
    counted = f"{heading(result.spec.unit)}: {result.started:,}"
    return "\n".join([counted, "", table(_that_fit(columns), 0)])


def _that_fit(columns: list[Column]) -> list[Column]:
    """The first columns that fit the terminal, then ``…``: later periods are not named one by one."""
    limit, used = terminal(), 0
    for place, one in enumerate(columns):
        used += one.width + GAP
        if limit and used - GAP > limit - (GAP + 1 if place < len(columns) - 1 else 0):
            return [*columns[:place], Column("…", [""] * len(one.cells))]
    return columns


def _scores(result: Any, rows: int) -> str:
    """The means of the scores, by the place in the journey that they were given at."""
    names = {"/".join(node.keys): node.breadcrumbs() for node in result.nodes}
    said = pa.array([names[path] for path in result.scores["path"].to_pylist()], pa.string())
    return table_text(result.scores.set_column(0, "journey", said), rows)


def _moves(result: Any, rows: int) -> str:
    """Who would be in another stage than before, largest first."""
    names: dict[Any, str] = {None: say("values.no_stage"), **spoken_names(result.model, "stage", language())}
    moves = [row for row in result.moves.to_pylist() if row["before"] != row["after"]]
    moves.sort(key=lambda row: -row["customers"])
    head = say("model_change.moved", moved=f"{result.moved:,}", everyone=f"{result.everyone:,}")
    told = [{"from": names[row["before"]], "to": names[row["after"]], "customers": row["customers"]} for row in moves]
    return f"{head}\n{table_text(pa.Table.from_pylist(told), rows)}" if told else head


def _label(row: dict[str, Any]) -> str:
    return f"{row['period']}" if row.get("to") in (None, row["period"]) else f"{row['period']}-{row['to']}"


def _rate(row: dict[str, Any]) -> str:
    return "·" if row["rate"] is None else f"{100 * row['rate']:.1f}%"
