"""Clusters: a column for each group, a row for each place; the darker a cell, the more it sets the group apart."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.theme import Sheet

MOST_PLACES = 14
"""Places that are drawn, those that set some group apart most."""

_MOST_LIFT = 3.0


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.clusters.ClustersResult`."""
    rows, theme = result.table.to_pylist(), sheet.theme
    places = _places(result)
    remarks = [sheet.say("clusters.cells")] if rows else []
    if len(places) < sum(name is not None for name in result.labels):
        remarks.append(sheet.say("clusters.places", shown=len(places)))
    above = len(remarks) + len(result.notes)
    columns = [f"{row['cluster']}\n{sheet.share(row['share'])}\nn {row['customers']:,}" for row in rows]
    names = [_named(result.labels[place], sheet) for place in places]
    heat = {
        "type": "heatmap", "data": _cells(result, places, names, sheet),
        "label": {"show": True, "color": theme.ink, "fontSize": 11},
        "itemStyle": {"borderColor": theme.ground, "borderWidth": 2, "borderRadius": 3},
    }  # fmt: skip
    short = [f"{row['cluster']}\n{100 * row['share']:.0f}%" for row in rows]
    under = {"interval": 0, "lineHeight": 15, "color": theme.ink}
    label = {"interval": 0, "width": 190, "overflow": "truncate"}
    return sheet.option(
        _title(result, sheet), result.notes, remarks, series=[heat],
        grid=sheet.grid(sheet.top(above) + 8),
        xAxis=sheet.categories(columns, position="top", axisLabel=under),
        yAxis=sheet.categories(names, inverse=True, axisLabel=label),
        visualMap={"show": False, "type": "continuous", "dimension": 2, "min": 0, "max": _MOST_LIFT,
                   "inRange": {"color": list(theme.tints)}},
        narrow={"xAxis": {"data": short}, "yAxis": {"axisLabel": {"width": 110}}},
    )  # fmt: skip


def _places(result: Any) -> list[int]:
    """The features that set some group apart most, in the order in which they set the groups apart."""
    apart: dict[int, tuple[float, int]] = {}
    for group, standing in enumerate(result.standings):
        for place, one in enumerate(standing):
            if one.place is not None and abs(one.difference) > abs(apart.get(place, (0.0, 0))[0]):
                apart[place] = (one.difference, group)
    chosen = sorted(apart, key=lambda place: (-abs(apart[place][0]), place))[:MOST_PLACES]
    return sorted(chosen, key=lambda place: (apart[place][1], -apart[place][0]))


def _named(name: str, sheet: Sheet) -> str:
    return " → ".join(sheet.group(key) for key in name.split(" → "))


def _cells(result: Any, places: list[int], names: list[str], sheet: Sheet) -> list[dict[str, Any]]:
    cells = []
    opens = [item(result, row) for row in result.table.to_pylist()]
    for group, standing in enumerate(result.standings):
        for line, place in enumerate(places):
            one = standing[place]
            if one.share is None or one.lift is None:
                continue
            told = [
                f"{names[line]} · {group + 1}", f"{sheet.heading('share')} {sheet.share(one.share)}",
                f"{sheet.heading('elsewhere')} {sheet.share(one.elsewhere)}",
                f"{sheet.heading('lift')} {one.lift:.2f}", f"{sheet.heading('customers')} {one.customers:,}",
            ]  # fmt: skip
            cells.append({"value": [group, line, min(one.lift, _MOST_LIFT)], "tooltip": sheet.hover(*told),
                          "label": {"formatter": f"{100 * one.share:.0f}%"}, **opens[group]})  # fmt: skip
    return cells


def _title(result: Any, sheet: Sheet) -> str:
    if not result.everyone:
        return sheet.say("variants.none")
    return sheet.say("clusters.title", number=result.everyone, groups=result.table.num_rows)
