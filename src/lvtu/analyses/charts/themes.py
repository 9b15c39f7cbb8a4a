"""Themes: a bar for each, coloured by how it feels; a field of shares by group; lines where a period is asked."""

from __future__ import annotations

import math
from typing import Any

from lvtu.analyses.calendars import starts_between
from lvtu.analyses.cells import Cell, item
from lvtu.analyses.charts.rows import Row, draw_rows
from lvtu.analyses.charts.theme import MOST_GROUPS, Sheet, Theme, iso, mixed, percent
from lvtu.analyses.text import cell
from lvtu.core.units import instant, moment

Drawn = dict[str, Any]

_MOST, _MOST_CELLS = 12, 16
_NAME = 200
_LINES = 6
_FEW = 5
_ARROWS = {"new": "▲", "rising": "▲", "falling": "▼"}


def draw(result: Any, sheet: Sheet) -> Drawn:
    """The option of a `lvtu.voice.themes.result.ThemesResult`."""
    if not result.themes.num_rows:
        word = "no_theme" if result.comments else "none"
        return sheet.option(sheet.say(f"themes.{word}", comments=result.comments), result.notes, series=[])
    if result.spec.by:
        return _by_group(result, sheet)
    return _over_time(result, sheet) if result.spec.period else _side_by_side(result, sheet)


def _title(result: Any, sheet: Sheet) -> str:
    first = result.themes.slice(0, 1).to_pylist()[0]
    word = "title" if result.themes.num_rows > 1 else "one"
    return sheet.say(
        f"themes.{word}",
        comments=result.comments,
        theme=result.called(first["theme"], sheet.lang),
        share=sheet.share(first["share"]),
    )


def felt(value: float | None, theme: Theme) -> str:
    """The colour of a feeling: from bad over neither to good, grey where nothing tells."""
    if value is None:
        return theme.faint
    share = min(max((value + 1) / 2, 0.0), 1.0)  # few themes are at the very ends of −2 … +2
    bad, neither, good = theme.worse, theme.groups[2], theme.better
    return mixed(bad, neither, 2 * share) if share < 0.5 else mixed(neither, good, 2 * share - 1)


def _feeling(value: float | None, sheet: Sheet) -> str:
    return sheet.word("none") if value is None else cell("emotion", value).replace("-", "−")


# Themes below one another.


def _side_by_side(result: Any, sheet: Sheet) -> Drawn:
    rows = result.themes.slice(0, _MOST).to_pylist()
    remarks = [sheet.say("themes.bars")]
    if any(row["trend"] in _ARROWS for row in rows):
        remarks.append(sheet.say("themes.moved"))
    if len(rows) < result.themes.num_rows:
        remarks.append(sheet.say("themes.shown", shown=len(rows), all=result.themes.num_rows))
    bars = [_bar(result, row, sheet) for row in rows]
    furthest = max(row["high"] for row in rows) * result.comments
    heads = [sheet.heading("comments"), sheet.heading("share"), sheet.heading("sentiment"), ""]
    drawn = draw_rows(
        result, sheet, _title(result, sheet), bars, heads, (72, 72, 72, 28), math.ceil(furthest), remarks, many=True
    )
    for bar, row in zip(drawn["series"][0]["data"], rows, strict=True):
        bar["itemStyle"] = {"color": felt(row["sentiment"], sheet.theme)}
    return drawn


def _bar(result: Any, row: Drawn, sheet: Sheet) -> Row:
    ends = (row["low"] * result.comments, row["high"] * result.comments)
    said = _told(row, result.spec.zone, sheet)
    return Row(
        result.called(row["theme"], sheet.lang), row["comments"], _beside(row, sheet), said, item(result, row), ends
    )


def _beside(row: Drawn, sheet: Sheet) -> list[str]:
    share, feeling = sheet.share(row["share"]), _feeling(row["sentiment"], sheet)
    return [sheet.number(row["comments"]), share, feeling, _ARROWS.get(row["trend"], "")]


def _told(row: Drawn, zone: str, sheet: Sheet) -> list[str]:
    """What a bar says when it is pointed at: its figures, what moved, and one comment."""
    said = [
        f"{sheet.heading('comments')} {row['comments']:,} · {sheet.heading('customers')} {row['customers']:,}",
        f"{sheet.heading('share')} {sheet.interval(row['share'], row['low'], row['high'])}",
    ]
    if row["sentiment"] is not None:
        ends = "" if row["sentiment_low"] is None else " – ".join(
            _feeling(row[f"sentiment_{end}"], sheet) for end in ("low", "high"))  # fmt: skip
        feeling = _feeling(row["sentiment"], sheet)
        negative = sheet.interval(row["negative"], row["negative_low"], row["negative_high"])
        said += [
            f"{sheet.heading('sentiment')} {sheet.aside(feeling, ends) if ends else feeling}",
            f"{sheet.heading('negative')} {negative}",
        ]
    if row["since"] is not None:
        said.append(sheet.say(
            "themes.moves", trend=sheet.word(f"trend_{row['trend']}"), since=iso(row["since"], zone)[:10],
            before=sheet.share(row["share_before"]), after=sheet.share(row["share_after"]),
        ))  # fmt: skip
    if row["mood_since"] is not None:
        said.append(sheet.say(
            "themes.feels", mood=sheet.word(f"mood_{row['mood']}"), since=iso(row["mood_since"], zone)[:10],
            before=_feeling(row["sentiment_before"], sheet), after=_feeling(row["sentiment_after"], sheet),
        ))  # fmt: skip
    said += [sheet.say("themes.said", text=quote["text"]) for quote in row["quotes"][:1]]
    return said


# Themes by group.


def _by_group(result: Any, sheet: Sheet) -> Drawn:
    rows = result.groups.to_pylist()
    column = result.groups.column_names[1]
    groups = list(dict.fromkeys(row[column] for row in rows))[:MOST_GROUPS]
    themes = result.themes["theme"].to_pylist()[:_MOST_CELLS]
    remarks = [sheet.say("themes.cells")]
    if len(themes) < result.themes.num_rows:
        remarks.append(sheet.say("themes.shown", shown=len(themes), all=result.themes.num_rows))
    every = len(set(result.groups[column].to_pylist()))
    if len(groups) < every:
        remarks.append(sheet.say("groups", shown=len(groups), all=every))
    called = {theme: result.called(theme, sheet.lang) for theme in themes}
    shown = [row for row in rows if row[column] in groups and row["theme"] in themes]
    most = max((row["share"] for row in shown), default=1.0) or 1.0
    data = []
    for row in shown:
        mark = "" if not row["differs"] else " ▲" if row["difference"] > 0 else " ▼"
        low, high = sheet.theme.tints
        data.append({
            "value": [groups.index(row[column]), themes.index(row["theme"]), percent(row["share"])],
            "itemStyle": {"color": mixed(low, high, row["share"] / most)},
            "label": {"show": True, "formatter": f"{100 * row['share']:.0f}%{mark}"},
            "tooltip": sheet.hover(f"{called[row['theme']]} · {sheet.group(row[column])}", *_of_cell(row, sheet)),
            **item(result, row),
        })  # fmt: skip
    label = {"width": _NAME, "overflow": "truncate", "interval": 0}
    above = sheet.top(len(remarks) + len(result.notes))
    return sheet.option(
        _title(result, sheet), result.notes, remarks,
        series=[{"type": "heatmap", "data": data, "label": {"color": sheet.theme.ink, "fontSize": 11},
                 "itemStyle": {"borderColor": sheet.theme.ground, "borderWidth": 2}}],
        grid=sheet.grid(above + 8, right=16),
        xAxis=sheet.categories([sheet.group(group) for group in groups], position="top",
                               axisLabel={"interval": 0, "width": 92, "overflow": "truncate"}),
        yAxis=sheet.categories(list(called.values()), inverse=True, axisLabel=label),
        narrow={"yAxis": {"axisLabel": {"width": 96, "fontSize": 11}},
                "xAxis": {"axisLabel": {"width": 44, "fontSize": 10}}},
    )  # fmt: skip


def _of_cell(row: Drawn, sheet: Sheet) -> list[str]:
    said = [
        f"{sheet.heading('comments')} {row['comments']:,}",
        f"{sheet.heading('share')} {sheet.interval(row['share'], row['low'], row['high'])}",
    ]
    if row["sentiment"] is not None:
        said.append(f"{sheet.heading('sentiment')} {_feeling(row['sentiment'], sheet)}")
    if row["difference"] is not None:
        apart = f"{100 * row['difference']:+.1f}".replace("-", "−")
        said.append(f"{sheet.heading('difference')} {apart}%")
    return said


# Themes over time.


def _over_time(result: Any, sheet: Sheet) -> Drawn:
    changed = [row["theme"] for row in result.changes.to_pylist() if row["measure"] == "share"]
    frequent = result.themes["theme"].to_pylist()
    themes = [*dict.fromkeys([*(one for one in frequent if one in changed), *frequent])][:_LINES]
    rows = {(row["theme"], row["period"]): row for row in result.trend.to_pylist()}
    zone = result.spec.zone
    starts = [
        moment(one) for one in starts_between([when for theme, when in rows if theme is None], result.period, zone)
    ]
    series = [
        _line(result, theme, color, [rows.get((theme, start)) for start in starts], starts, sheet)
        for theme, color in zip(themes, sheet.theme.groups, strict=False)
    ]
    remarks = [sheet.say("themes.steps", least=_FEW)]
    if len(themes) < len(frequent):
        remarks.append(sheet.say("themes.shown", shown=len(themes), all=len(frequent)))
    above = len(remarks) + len(result.notes)
    period = sheet.say(f"themes.periods.{result.period}")
    return sheet.option(
        sheet.say("themes.over_time", comments=result.comments, period=period), result.notes, remarks,
        series=series, legend=sheet.legend([result.called(theme, sheet.lang) for theme in themes], above),
        grid=sheet.grid(sheet.top(above, legend=True) + 8), xAxis=sheet.times(), yAxis=sheet.shares([]),
    )  # fmt: skip


def _line(
    result: Any, theme: str, color: str, own: list[Drawn | None], starts: list[Any], sheet: Sheet
) -> Drawn:  # fmt: skip
    """A theme's share; a gap where nobody said anything, a dashed line where it changed."""
    zone, name = result.spec.zone, result.called(theme, sheet.lang)
    data: list[Drawn] = []
    for start, row in zip(starts, own, strict=True):
        when = iso(start, zone)
        if row is None:
            data.append({"value": [when, None]})
            continue
        opens = Cell({"theme": theme, "period": row["period"].isoformat()}, row["customers"]).item()
        hollow = row["comments"] < _FEW
        style = {"color": sheet.theme.ground if hollow else color, "borderColor": color, "borderWidth": 2}
        point: Drawn = {
            "value": [when, percent(row["share"])], "itemStyle": style,
            "tooltip": sheet.hover(f"{when[:10]} {name}", *_of_cell(row | {"difference": None}, sheet)),
            **(opens if row["comments"] else {}),
        }  # fmt: skip
        data.append(point)
    changes = [row for row in result.changes.to_pylist() if row["theme"] == theme and row["measure"] == "share"]
    marks: Drawn = {"markLine": {
        "silent": True, "symbol": "none", "animation": False, "label": {"show": False},
        "lineStyle": {"color": color, "type": "dashed", "width": 1.5},
        "data": [{"xAxis": iso(moment(instant(row["period"])), zone)} for row in changes],
    }} if changes else {}  # fmt: skip
    return sheet.line(name, color, data, **marks)
