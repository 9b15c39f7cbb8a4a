"""One customer's time line: a lane per channel, a mark per event."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.charts.theme import Sheet, iso

_LABELLED = 60
_TEXT = 120


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a timeline: marks are round for what was done, diamonds for what was said (a score or a text)."""
    rows, theme = result.table.to_pylist(), sheet.theme
    lanes = list(dict.fromkeys(row["channel"] for row in rows))
    data = [
        {
            "value": [iso(row["time"]), sheet.channel(row["channel"])], "name": sheet.event(row["event"]),
            "symbol": "diamond" if _said(row) else "circle", "symbolSize": 13 if _said(row) else 10,
            "tooltip": sheet.hover(sheet.event(row["event"]), *_about(row, sheet)),
        }
        for row in rows
    ]  # fmt: skip
    marks = {
        "type": "scatter", "data": data,
        "itemStyle": {"color": theme.accent, "borderColor": theme.ground, "borderWidth": 1},
        "label": {"show": len(rows) <= _LABELLED, "formatter": "{b}", "position": "top", "color": theme.ink,
                  "fontSize": 11, "distance": 6},
        "labelLayout": {"hideOverlap": True},
    }  # fmt: skip
    remarks = [sheet.say("timeline.marks")] if any(map(_said, rows)) else []
    customers = list(dict.fromkeys(row["customer"] for row in rows)) or [result.spec.customer]
    axis = {"splitLine": {"show": True, "lineStyle": {"color": theme.line}}, "inverse": True, "boundaryGap": True}
    return sheet.option(
        sheet.say("timeline.title", customer=", ".join(customers), events=len(rows), channels=len(lanes)),
        result.notes, remarks, series=[marks], xAxis=sheet.times(boundaryGap=["4%", "6%"]),
        yAxis=sheet.categories([sheet.channel(lane) for lane in lanes], **axis),
        grid=sheet.grid(sheet.top(len(remarks) + len(result.notes)) + 16),
        dataZoom=[{"type": "inside", "filterMode": "none"}],
    )  # fmt: skip


def _said(row: dict[str, Any]) -> bool:
    return row["score"] is not None or row["text"] is not None


def _about(row: dict[str, Any], sheet: Sheet) -> list[str]:
    about = [f"{row['time']:%Y-%m-%d %H:%M:%S} UTC"]
    if row["value"] is not None:
        about.append(" ".join([sheet.heading("value"), f"{row['value']:,.2f}", row["currency"] or ""]).strip())
    if row["score"] is not None:
        about.append(" ".join([sheet.heading("score"), f"{row['score']:g}", row["scale"] or ""]).strip())
    if row["text"] is not None:
        about.append(row["text"] if len(row["text"]) <= _TEXT else row["text"][: _TEXT - 1] + "…")
    return about
