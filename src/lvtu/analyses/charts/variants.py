"""Variants: a row for each path, its places as cells of colour from left to right, its customers beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.rows import column_styles, in_columns
from lvtu.analyses.charts.theme import Sheet

MOST_PLACES = 24
"""Places of a path that are drawn."""

MOST_ROWS = 20
"""Variants that are drawn."""

_WIDE, _NARROW = (72, 92), (62, 78)
_LABELLED = 8
"""Paths of so many places at most have their names in their cells, too."""


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.variants.VariantsResult`."""
    rows = [row for row in result.table.to_pylist() if row["variant"] is not None][:MOST_ROWS]
    cut = any(row["places"] > MOST_PLACES for row in rows)
    remarks = [sheet.say("variants.cut", most=MOST_PLACES)] if cut else []
    legend, theme, above = _legend(rows, sheet), sheet.theme, len(remarks) + len(result.notes)
    widest = max([1, *(min(row["places"], MOST_PLACES) for row in rows)])
    label = {"show": widest <= _LABELLED, "color": theme.ground, "fontSize": 11, "overflow": "truncate",
             "width": 360 // widest - 8}  # fmt: skip
    heat = {"type": "heatmap", "data": _cells(result, rows, legend, sheet), "label": label,
            "itemStyle": {"borderColor": theme.ground, "borderWidth": 2, "borderRadius": 4}}  # fmt: skip
    names = [_named(name, sheet) for name in legend]
    return sheet.option(
        _title(result, rows[-1]["cumulative"] if rows else 0.0, sheet), result.notes, remarks,
        series=[heat, *({"type": "bar", "name": name, "data": [], "itemStyle": {"color": color}, "yAxisIndex": 0}
                        for name, (_, color) in zip(names, legend.values(), strict=True))],
        grid=sheet.grid(sheet.top(above, legend=True) + 8, right=16, outerBoundsClampWidth=60),
        legend={**sheet.legend(names, above), "selectedMode": False},
        xAxis=sheet.categories([str(place + 1) for place in range(widest)], show=False),
        yAxis=_axes(rows, result.spec.unit, sheet),
        visualMap={"type": "piecewise", "show": False, "dimension": 2, "seriesIndex": 0,
                   "pieces": [{"value": value, "color": color} for value, color in legend.values()]},
        narrow={"series": [{"label": {"show": False}}],
                "yAxis": [{}, {"axisLabel": _numbers(_NARROW), "nameTextStyle": _numbers(_NARROW)}]},
    )  # fmt: skip


def _axes(rows: list[dict[str, Any]], unit: str, sheet: Sheet) -> list[dict[str, Any]]:
    """The number and the share of each variant before its path, its customers and its time behind."""
    before = [f"{row['variant']}   {sheet.share(row['share'])}" for row in rows]
    behind = [in_columns([sheet.number(row["customers"]), sheet.gap(row["median_time"])]) for row in rows]
    heads = in_columns([sheet.heading(unit), sheet.heading("median_time")])
    faint = {"color": sheet.theme.faint, "align": "left", "fontSize": 12}
    return [
        sheet.categories(before, inverse=True, axisLabel={"interval": 0}),
        sheet.categories(behind, inverse=True, position="right", name=heads, nameLocation="start", nameGap=14,
                         nameTextStyle={**faint, **_numbers(_WIDE)},
                         axisLabel={"interval": 0, "margin": 0, **_numbers(_WIDE)}),
    ]  # fmt: skip


def _numbers(widths: Sequence[int]) -> dict[str, Any]:
    return {"rich": column_styles(widths)}


def _named(name: str | None, sheet: Sheet) -> str:
    return sheet.group(name) if name else sheet.say("variants.other_places")


def _title(result: Any, share: float, sheet: Sheet) -> str:
    if not result.everyone:
        return sheet.say("variants.none")
    shown = min(MOST_ROWS, result.spec.top, result.variants)
    key = f"variants.title_{result.spec.unit}"
    return sheet.say(key, number=result.everyone, shown=shown, share=sheet.share(share))


def _legend(rows: list[dict[str, Any]], sheet: Sheet) -> dict[str | None, tuple[int, str]]:
    """A number and a colour for each of the places that most customers share, and one for all others (None)."""
    seen: Counter[str] = Counter()
    for row in rows:
        for name in row["path"][:MOST_PLACES]:
            seen[name] += row["customers"]
    colors = sheet.theme.groups
    chosen = sorted(seen, key=lambda name: (-seen[name], name))[: len(colors)]
    legend: dict[str | None, tuple[int, str]] = {name: (i, colors[i]) for i, name in enumerate(chosen)}
    return legend | ({None: (len(chosen), sheet.theme.line)} if len(chosen) < len(seen) else {})


def _cells(
    result: Any, rows: list[dict[str, Any]], legend: dict[str | None, tuple[int, str]], sheet: Sheet
) -> list[dict[str, Any]]:
    cells = []
    for line, row in enumerate(rows):
        numbers = f"{sheet.share(row['share'])} · {sheet.number(row['customers'])}"
        for place, name in enumerate(row["path"][:MOST_PLACES]):
            value, _ = legend.get(name) or legend[None]
            told = [sheet.group(name), sheet.say("variants.place", place=place + 1, places=row["places"]), numbers]
            label = {"formatter": sheet.group(name)} | ({} if name in legend else {"color": sheet.theme.soft})
            cells.append({"value": [place, line, value], "tooltip": sheet.hover(*told), "label": label,
                          **item(result, row)})  # fmt: skip
    return cells
