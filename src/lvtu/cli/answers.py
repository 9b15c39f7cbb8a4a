"""Answers as people read them in a terminal: the table, a bar where it helps, and what to know about it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from lvtu.analyses.columns import spoken_names
from lvtu.analyses.text import in_zone, path_text
from lvtu.analyses.wording import (
    CUTS,
    cells_of,
    heading,
    headings,
    in_words,
    remarks,
    rfm_shaped,
    shaped,
    shown,
    time_style,
)
from lvtu.cli.channels import channels_texts
from lvtu.cli.tables import GAP, LEAST, Column, bar, filled, table, terminal
from lvtu.core.words import known, language, say

_LONGEST_BAR, _SHORTEST_BAR = 24, 6
_COHORTS = 12
_LEFT = 8


def text_of(result: Any, rows: int = 40) -> str:
    """An analysis' answer as text, as wide as the terminal.

    Args:
        result: the answer.
        rows: how many rows to show; 0 for all.
    """
    name = result.kind
    data, bars = shaped(result), _BARS.get(name, ("", ""))
    bars = bars if bars[0] in data.column_names else ("", "")
    parts = [_matrix(result) if name == "step_matrix" else table_text(data, rows, headings(result), *bars)]
    if name == "variants" and "…" in parts[0]:  # paths that are cut look all the same
        parts = [table_text(data.drop_columns(["path"]), rows, headings(result), *_BARS[name]), _paths(data, rows)]
    if name == "clusters" and data.num_rows:
        parts = [table_text(data.drop_columns(["name", "apart"]), rows, headings(result), *_BARS[name]), _groups(data)]
    if name == "retention" and result.cohorts.num_rows > result.table.num_rows:
        parts.append(_cohorts(result))
    if name == "conformance":
        parts += _left(result)
    if name == "channels":
        parts += channels_texts(result)
    if name == "rfm":
        parts.append(f"{say('rfm.cuts')}\n{table_text(rfm_shaped(result.cuts), rows, CUTS)}")
    if name == "overlap":
        parts[0] = say("charts.overlap.title", number=result.union, everyone=result.everyone) + "\n\n" + parts[0]
        parts.append(f"{say('overlap.pairs')}\n{table_text(result.pairs, rows)}")
    if name == "rollup" and result.scores.num_rows:
        parts.append(_scores(result, rows))
    if name == "model_change":
        parts.append(_moves(result, rows))
    said = remarks(result)
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
    "overlap": ("share", "customers"),
    "rfm": ("share", "customers"),
    "drift": ("share", "inside"),
    "variants": ("share", "customers"),
    "clusters": ("share", "customers"),
}
"""Which share is drawn as a bar, and after which column."""


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


def _column(data: pa.Table, name: str, head: str | None) -> Column:
    cells, right, whole = cells_of(data, name)
    return Column(head or heading(name), cells, right, whole)


def _left(result: Any) -> list[str]:
    """Where customers left a design: what they did besides, and on the way between which steps."""
    parts = []
    for name, data in (("ad_hoc", result.ad_hoc), ("detours", result.detours)):
        if data.num_rows:
            shown = in_words(result, data.slice(0, _LEFT))
            lines = [say(f"conformance.{name}"), table_text(shown, heads={"source": heading("from")})]
            if data.num_rows > _LEFT:
                lines.append(say("conformance.more", shown=_LEFT, all=data.num_rows))
            parts.append("\n".join(lines))
    return parts


def _cohorts(result: Any) -> str:
    """The triangle: a row per cohort, a column per period."""
    rows = in_zone(result.cohorts, result.spec).to_pylist()
    cohorts = sorted({row["cohort"] for row in rows})
    shown_cohorts = cohorts[-_COHORTS:]
    labels = list(dict.fromkeys(_label(row) for row in rows))
    cells = {(row["cohort"], _label(row)): row for row in rows}
    style = time_style(cohorts)
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
