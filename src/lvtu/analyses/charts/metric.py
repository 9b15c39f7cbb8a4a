"""A metric: a line per group over periods with its interval, or a dot per group with whiskers."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.bands import band
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import Sheet, iso, largest, percent

_NAMED = 4


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.metric.result.MetricResult`."""
    rows = result.table.to_pylist()
    return (
        _over_time(result, rows, sheet) if "period" in result.table.column_names else _side_by_side(result, rows, sheet)
    )


def _figure(result: Any) -> str:
    """The column that is drawn."""
    names = result.table.column_names
    return next(name for name in ("rate", "growth", "value", "customers", "events") if name in names)


def _group(row: dict[str, Any], result: Any, sheet: Sheet) -> str:
    by = result.spec.by
    parts = [sheet.group(row[by])] if by else []
    parts += [row["currency"] or sheet.group(None)] if "currency" in row else []
    return " · ".join(parts) or result.metric.title.get(sheet.lang)


def _said(row: dict[str, Any], figure: str, sheet: Sheet) -> list[str]:
    told = [sheet.interval(row[figure], row["low"], row["high"])] if "low" in row else []
    names = [name for name in ("value", "customers", "events", "earlier", "count", "n", "immature") if name in row]
    return [*told, *(f"{sheet.heading(name)} {_number(row[name])}" for name in names)]


def _number(value: float | int | None) -> str:
    return "—" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def _side_by_side(result: Any, rows: list[dict[str, Any]], sheet: Sheet) -> dict[str, Any]:
    figure = _figure(result)
    shares = figure == "rate"
    rows = sorted(rows, key=lambda row: -(row[figure] or 0))
    heads = [sheet.heading(name) for name in (("rate", "n") if shares else (figure,))]
    drawn = []
    for row in rows:
        value = row[figure]
        cells = [sheet.interval(value, row["low"], row["high"]), _number(row["n"])] if shares else [_number(value)]
        size = round(1000 * (value or 0)) if shares else round(value or 0)
        drawn.append(Row(_group(row, result, sheet), size, cells, _said(row, figure, sheet), item(result, row, figure)))
    heads[0] = result.metric.title.get(sheet.lang)
    whole = 1000 if shares and all((row[figure] or 0) <= 1 for row in rows) else None
    return draw_rows(result, sheet, _title(result, rows, sheet), drawn, heads, (150, 76) if shares else (120,), whole)


def _title(result: Any, rows: list[dict[str, Any]], sheet: Sheet) -> str:
    title, said = result.metric.title.get(sheet.lang), result.metric.description
    return sheet.aside(title, said.get(sheet.lang)) if said else title


def _over_time(result: Any, rows: list[dict[str, Any]], sheet: Sheet) -> dict[str, Any]:
    figure, zone = _figure(result), result.spec.zone
    shares = figure in ("rate", "growth")
    sizes: dict[str | None, int] = {}
    for row in rows:
        name = _group(row, result, sheet)
        sizes[name] = sizes.get(name, 0) + int(row.get("n", row[figure]) or 0)
    groups = [name for name in largest(sizes) if name is not None]
    remarks = [sheet.say("groups", shown=len(groups), all=len(sizes))] if len(groups) < len(sizes) else []
    named = 1 < len(groups) <= _NAMED
    series: list[dict[str, Any]] = []
    for name, color in zip(groups, sheet.theme.groups, strict=False):
        own = [row for row in rows if _group(row, result, sheet) == name]
        data = []
        for row in own:
            value = percent(row[figure]) if shares else row[figure]
            when = iso(row["period"], zone)
            hover = sheet.hover(when[:10], name, *_said(row, figure, sheet))
            data.append({"value": [when, value], "tooltip": hover, **item(result, row, figure)})
        if len(groups) == 1 and "low" in own[0]:
            lows, highs = ([percent(row[end]) for row in own] for end in ("low", "high"))
            series += band([iso(row["period"], zone) for row in own], lows, highs, sheet)
        series.append(sheet.line(name, color, data, **({"endLabel": sheet.named_at_end(color)} if named else {})))
    legend: dict[str, Any] = (
        {"legend": sheet.legend(groups, len(remarks) + len(result.notes))} if len(groups) > _NAMED else {}
    )
    numbers = sheet.numbers(axisLabel={"formatter": "{value}%"}) if shares else sheet.numbers()
    if figure == "growth":
        numbers.pop("min")
    top = sheet.top(len(remarks) + len(result.notes), legend=bool(legend))
    return sheet.option(
        _title(result, rows, sheet), result.notes, remarks, series=series, **legend,
        grid=sheet.grid(top + 8, right=140 if named else 24), xAxis=sheet.times(), yAxis=numbers,
        narrow=sheet.narrow_ends(series) if named else None,
    )  # fmt: skip
