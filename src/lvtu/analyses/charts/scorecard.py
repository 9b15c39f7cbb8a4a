"""The scorecard: attributes by place, each cell with its score; or a row for each attribute, with its two sources."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.parts import Line, Mark, draw_parts
from lvtu.analyses.charts.theme import Sheet, mixed
from lvtu.analyses.points.shown import between
from lvtu.analyses.scorecard.result import FEW

_MOST = 12
"""Places that have a column."""

Drawn = dict[str, Any]


def draw(result: Any, sheet: Sheet) -> Drawn:
    """The option of a `lvtu.analyses.scorecard.result.ScorecardResult`."""
    rows = result.table.to_pylist()
    return _by_place(result, rows, sheet) if result.spec.by else _alone(result, rows, sheet)


def _title(rows: list[Drawn], sheet: Sheet, by: str | None = None) -> str:
    told = [row for row in rows if row["n"] >= FEW]
    if not told:
        return sheet.say("card.none")
    lowest = min(told, key=lambda row: row["score"])
    name = sheet.group(lowest["attribute"])
    name = name if by is None else f"{name} · {sheet.group(lowest[by])}"
    value = between(lowest["score"], lowest["low"], lowest["high"], sheet.lang)
    return sheet.say("card.lowest", attribute=name, value=value)


def _said(row: Drawn, sheet: Sheet) -> list[str]:
    said = [between(row["score"], row["low"], row["high"], sheet.lang), f"n {row['n']:,}"]
    said += [sheet.say(f"card.of_{source}", points=f"{row[mean]:.1f}", number=row[source])
             for source, mean in (("answers", "rated"), ("texts", "said")) if row[source]]  # fmt: skip
    if row.get("score_difference") is not None:
        told = f"{sheet.heading('score_difference')} {row['score_difference']:+.1f}".replace("-", "−")
        if row["score_difference_low"] is not None:
            ends = f"{row['score_difference_low']:+.1f} … {row['score_difference_high']:+.1f}".replace("-", "−")
            told = sheet.aside(told, ends)
        said.append(told + _mark(row))
    return said


def _mark(row: Drawn) -> str:
    """Whether a score lies significantly above or below the same attribute elsewhere."""
    return "" if not row.get("changed") else " ▲" if row["score_difference"] > 0 else " ▼"


def _alone(result: Any, rows: list[Drawn], sheet: Sheet) -> Drawn:
    heads = {source: sheet.heading(f"card_{source}") for source in ("answers", "texts")}
    lines = []
    for row in rows:
        means = {"answers": row["rated"], "texts": row["said"]}
        marks = {
            heads[source]: Mark(mean, sheet.say(f"card.of_{source}", points=f"{mean:.1f}", number=row[source]),
                                item(result, row, source))
            for source, mean in means.items() if mean is not None
        }  # fmt: skip
        name, value = sheet.group(row["attribute"]), between(row["score"], row["low"], row["high"], sheet.lang)
        ends = row["score"], row["low"], row["high"]
        beside = f"{value}  {sheet.say('scores.answers', answers=row['n'])}"
        lines.append(Line(name, ends, row["n"] < FEW, beside, _said(row, sheet), item(result, row), marks))
    remarks = [sheet.say("card.dots", least=FEW)] if rows else []
    return draw_parts(result, sheet, _title(rows, sheet), [sheet.heading("score"), *heads.values()], lines, remarks)


def _by_place(result: Any, rows: list[Drawn], sheet: Sheet) -> Drawn:
    by, theme = result.table.column_names[0], sheet.theme
    every = list(dict.fromkeys(row[by] for row in rows))
    places, attributes = every[:_MOST], result.attributes
    remarks = [sheet.say("card.cells", least=FEW)] if rows else []
    if len(places) < len(every):
        remarks.append(sheet.say("groups", shown=len(places), all=len(every)))
    data = [
        {
            "value": [attributes.index(row["attribute"]), places.index(row[by]), row["score"]],
            "itemStyle": {"color": theme.track if row["n"] < FEW else mixed(*theme.tints, row["score"] / 100)},
            "label": {"show": True, "formatter": f"{row['score']:.1f}{_mark(row)}  {{n|n {row['n']:,}}}"},
            "tooltip": sheet.hover(f"{sheet.group(row['attribute'])} · {sheet.group(row[by])}", *_said(row, sheet)),
            **item(result, row),
        }
        for row in rows if row[by] in places
    ]  # fmt: skip
    label = {"color": theme.ink, "fontSize": 12, "lineHeight": 16, "rich": {"n": {"color": theme.soft, "fontSize": 10}}}
    return sheet.option(
        _title(rows, sheet, by), result.notes, remarks,
        series=[{"type": "heatmap", "data": data, "label": label,
                 "itemStyle": {"borderColor": theme.ground, "borderWidth": 2}}],
        grid=sheet.grid(sheet.top(len(remarks) + len(result.notes)) + 8),
        xAxis=sheet.categories([sheet.group(one) for one in attributes], position="top",
                               axisLabel={"interval": 0, "width": 120, "overflow": "truncate"}),
        yAxis=sheet.categories([sheet.group(place) for place in places], inverse=True,
                               axisLabel={"width": 180, "overflow": "truncate", "interval": 0}),
        narrow={"yAxis": {"axisLabel": {"width": 88, "fontSize": 11}}},
    )  # fmt: skip
