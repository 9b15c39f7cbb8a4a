"""Two step matrices: a heat map of the differences, coloured where they are more than chance."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.charts.step_matrix import heat_map, place_name, start_name, step_name
from lvtu.analyses.charts.theme import Sheet

_SURE = 0.05


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.step_matrix.StepMatrixComparison`: percentage points, a minus b."""
    theme, (a, b) = sheet.theme, map(sheet.segment, result.segments)

    def cell(row: dict[str, Any], at: list[int]) -> dict[str, Any]:
        sides = [
            f"{segment} {sheet.share(row[f'share_{side}'])} ({row[f'customers_{side}']:,})"
            for side, segment in zip("ab", (a, b), strict=True)
        ]
        head = f"{place_name(result, row['place'], sheet)} · {step_name(row['step'])}"
        if row["p_adjusted"] is None:
            return {"value": [*at, 0], "label": {"formatter": ""}, "tooltip": sheet.hover(head, *sides)}
        points, sure = 100 * row["difference"], row["p_adjusted"] < _SURE
        told = sheet.aside(f"{points:+.1f}", f"{100 * row['low']:+.1f} … {100 * row['high']:+.1f}")
        return {"value": [*at, points if sure else 0],
                "label": {"formatter": _signed(points), "color": theme.ink if sure else theme.faint},
                "tooltip": sheet.hover(head, told, f"p {row['p_adjusted']:.3f}", *sides)}  # fmt: skip

    rows = result.table.to_pylist()
    most = max([1.0, *(100 * abs(row["difference"]) for row in rows if row["difference"] is not None)])
    title = sheet.say("step_matrix.compare", a=a, b=b, start=start_name(result, sheet))
    remarks = [sheet.say("step_matrix.points", a=a, b=b)]
    ends = [sheet.theme.groups[2], theme.track, theme.accent]
    colors = {"min": -most, "max": most, "inRange": {"color": ends}}
    return heat_map(result, rows, title, remarks, cell, colors, sheet)


def _signed(points: float) -> str:
    return f"{points:+.0f}".replace("-", "−") if round(points) else "0"
