"""Flow: a river through a column of places per step, in the order in which customers go."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item, node_item
from lvtu.analyses.charts.theme import Sheet

_LEFT, _PAGE, _NARROW_PAGE = 16, 820, 375
_BAR, _SPACE, _WIDEST = 8, 12, 200
_TALL = 0.07
"""The share of the largest place from which on there is room for two lines beside one."""

NARROW_STEPS = 2
"""Steps that are drawn on a narrow page, those next to the anchor: names need their room."""

Place = tuple[int, str | None]
"""A position, counted from the anchor, and what stands there in the table."""


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.flow.FlowResult`: a Sankey diagram."""
    rows, spec = result.table.to_pylist(), result.spec
    measure = "times" if spec.entry == "each" else "customers"
    remarks = []
    if spec.entry == "each" and rows:
        remarks.append(sheet.say("flow.each", start=_start(result, sheet)))
    if any(result.marks.get(row[end]) == "other" for row in rows for end in ("source", "target")):
        remarks.append(sheet.say("flow.top", top=spec.top))
    sizes = _sizes(result, rows, measure)
    last = max((position for position, _ in sizes), default=0)
    most = max(sizes.values(), default=1)
    nodes = [_node(result, place, last, size, most, sheet) for place, size in sizes.items()]
    links = [_link(result, row, measure, sheet) for row in rows]
    width = _width(_PAGE, last)
    series = {
        "type": "sankey", "data": nodes, "links": links,
        "left": _LEFT, "right": width, "top": sheet.top(len(remarks) + len(result.notes)) + 12, "bottom": 16,
        "nodeWidth": _BAR, "nodeGap": _SPACE, "draggable": False, "layoutIterations": 0, "nodeAlign": "left",
        "label": {"color": sheet.theme.ink, "fontSize": 11, "lineHeight": 12, "overflow": "truncate", "distance": 4,
                  "width": width - _BAR - 6, "textBorderColor": sheet.theme.ground, "textBorderWidth": 2},
        "emphasis": {"focus": "trajectory"},
    }  # fmt: skip
    fewer = min(last, NARROW_STEPS)
    room = _width(_NARROW_PAGE, fewer)
    near = [_node(result, place, fewer, size, most, sheet) for place, size in sizes.items() if place[0] <= fewer]
    narrow = {"data": near, "links": [link for link, row in zip(links, rows, strict=True) if row["step"] <= fewer],
              "right": room, "label": {"width": room - _BAR - 6}}  # fmt: skip
    remark = sheet.say("flow.narrow", steps=fewer) if fewer < last else ""
    return sheet.option(
        _title(result, sheet), result.notes, remarks, {"series": [narrow]}, remark, series=[series]
    )  # fmt: skip


def _width(page: int, columns: int) -> int:
    """Pixels of a column and its names."""
    return min((page - _LEFT) // (columns + 1), _WIDEST)


def _start(result: Any, sheet: Sheet) -> str:
    forward = result.spec.direction == "forward"
    if names := result.spec.names:
        return sheet.say("flow.named", name=" | ".join(sheet.place(name) for name in names))
    return sheet.say("flow.first" if forward else "flow.last")


def _title(result: Any, sheet: Sheet) -> str:
    spec = result.spec
    if not result.started:
        return sheet.say("flow.none")
    return sheet.say(f"flow.{spec.direction}_{spec.unit}", number=result.started, start=_start(result, sheet))


def _ends(result: Any, row: dict[str, Any]) -> tuple[Place, Place]:
    """Source and target of a row with their positions."""
    forward = result.spec.direction == "forward"
    return (row["step"] - forward, row["source"]), (row["step"] - (not forward), row["target"])


def _sizes(result: Any, rows: list[dict[str, Any]], measure: str) -> dict[Place, int]:
    """How many are at each place; columns from the anchor on, the largest first, then the others, then the end."""
    into: dict[Place, int] = {}
    out: dict[Place, int] = {}
    for row in rows:
        source, target = _ends(result, row)
        out[source] = out.get(source, 0) + row[measure]
        into[target] = into.get(target, 0) + row[measure]
    sizes = {place: max(into.get(place, 0), out.get(place, 0)) for place in into | out}
    after = {None: 0, "other": 1, "left": 2, "began": 2}

    def order(place: Place) -> tuple[int, int, int, str]:
        position, name = place
        return position, after[result.marks.get(name)], -sizes[place], name or ""

    return {place: sizes[place] for place in sorted(sizes, key=order)}


def _id(place: Place) -> str:
    position, name = place
    return f"{position}-" if name is None else f"{position}={name}"


def _called(result: Any, place: Place, sheet: Sheet) -> str:
    """A place's name; an anchor that has none is called by its event."""
    position, name = place
    if name is None and position == 0 and result.spec.names:
        return sheet.event(result.spec.names)
    return sheet.group(name)


def _color(result: Any, names: tuple[str | None, ...], sheet: Sheet) -> str:
    """Grey where paths end, and for all names that are not told apart."""
    words = {result.marks.get(name) for name in names}
    if words & {"left", "began"}:
        return sheet.theme.faint
    return sheet.theme.groups[5] if "other" in words else sheet.theme.accent


def _node(result: Any, place: Place, last: int, size: int, most: int, sheet: Sheet) -> dict[str, Any]:
    position, name = place
    forward = result.spec.direction == "forward"
    told = _called(result, place, sheet)
    between = "\n" if size >= _TALL * most else " "
    return {
        "name": _id(place), "depth": position if forward else last - position,
        "label": {"formatter": f"{size:,}{between}{told}"},
        "itemStyle": {"color": _color(result, (name,), sheet)},
        "tooltip": sheet.hover(told, f"{_measured(result, sheet)} {size:,}"), **node_item(result, position, name),
    }  # fmt: skip


def _measured(result: Any, sheet: Sheet) -> str:
    spec = result.spec
    return sheet.heading("times" if spec.entry == "each" else spec.unit)


def _link(result: Any, row: dict[str, Any], measure: str, sheet: Sheet) -> dict[str, Any]:
    source, target = _ends(result, row)
    told = sheet.aside(f"{sheet.heading(result.spec.unit)} {row['customers']:,}", sheet.share(row["share"]))
    again = f"{sheet.heading('times')} {row['times']:,}" if measure == "times" else ""
    color = _color(result, (row["source"], row["target"]), sheet)
    return {
        "source": _id(source), "target": _id(target), "value": row[measure], **item(result, row),
        "lineStyle": {"color": color, "opacity": 0.24, "curveness": 0.5},
        "tooltip": sheet.hover(" → ".join(_called(result, end, sheet) for end in (source, target)), told, again),
    }  # fmt: skip
