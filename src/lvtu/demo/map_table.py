"""The journey map as an accessible table, and as a stack of stage cards for a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lvtu.demo.document import Cell, CellLane, CurveLane, Lane, Page, Point, Rank
from lvtu.demo.map_svg import HEIGHT, curve, height_of
from lvtu.demo.model import Lang, Step, Text
from lvtu.demo.words import NONE, WORDS, count, markup


def table(page: Page, lang: Lang) -> str:
    """The map: a column per step, a row per lane; rows and columns have header cells."""
    model = page.model
    rows = [_stages(page, lang), _steps(page, lang), *(_lane(lane, len(model.steps), lang) for lane in page.lanes)]
    caption = markup(Text(f"旅程地图：{model.title.zh}", f"Journey map: {model.title.en}").get(lang))
    width = 124 + 66 * len(model.steps)
    columns = '<col class="lane">' + "<col>" * len(model.steps)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}">'
        f'<table class="map" style="min-width:{width}px"><caption>{caption}</caption><colgroup>{columns}</colgroup>'
        + "".join(rows)
        + "</table></div>"
    )


def _stages(page: Page, lang: Lang) -> str:
    cells = "".join(
        f'<th scope="colgroup" colspan="{len(stage.steps)}" class="stage">{markup(stage.name.get(lang))}</th>'
        for stage in page.model.stages
    )
    return f'<tr><th scope="row" class="lane">{WORDS["stage"].get(lang)}</th>{cells}</tr>'


def _steps(page: Page, lang: Lang) -> str:
    cells = "".join(
        f'<th scope="col" class="step{_last(page, number)}">{markup(step.name.get(lang))}'
        f'<span class="touch">{markup(step.touchpoint.get(lang))}</span></th>'
        for number, step in enumerate(page.model.steps)
    )
    name = f'{WORDS["step"].get(lang)}<span class="n">{WORDS["touchpoint"].get(lang)}</span>'
    return f'<tr><th scope="row" class="lane">{name}</th>{cells}</tr>'


def _last(page: Page, number: int) -> str:
    """A mark on a stage's last step, where a stronger line runs."""
    ends, total = set(), 0
    for stage in page.model.stages:
        total += len(stage.steps)
        ends.add(total - 1)
    return " last" if number in ends else ""


def _lane(lane: Lane, steps: int, lang: Lang) -> str:
    if isinstance(lane, CurveLane):
        return _curve_row(lane, lang)
    head = _head(lane.label, lane.hint, lang)
    if len(lane.cells) == 1 < steps:
        whole = lane.cells[0]
        text = markup(whole.main.get(lang)) if whole else NONE
        return f'<tr>{head}<td colspan="{steps}" class="whole">{text}</td></tr>'
    return f"<tr>{head}{''.join(_cell(cell, lane, lang) for cell in lane.cells)}</tr>"


def _head(label: Text, hint: Text, lang: Lang) -> str:
    small = f'<span class="n">{markup(hint.get(lang))}</span>' if hint.get(lang) else ""
    return f'<th scope="row" class="lane">{markup(label.get(lang))}{small}</th>'


def _cell(cell: Cell | None, lane: CellLane, lang: Lang) -> str:
    if cell is None:
        if lane.quiet:
            return "<td></td>"
        return f'<td><span class="none">{NONE}<span class="sr"> {WORDS["none"].get(lang)}</span></span></td>'
    return f"<td>{_inside(cell, lang)}</td>"


def _inside(cell: Cell, lang: Lang) -> str:
    note = f'<span class="n">{markup(cell.note.get(lang))}</span>' if cell.note else ""
    main = markup(cell.main.get(lang))
    if cell.tone:
        return f'<span class="mark {cell.tone}">{main}{note}</span>'
    bar = ""
    if cell.bar is not None:
        bar = f'<span class="bar" aria-hidden="true"><i style="width:{100 * cell.bar:.1f}%"></i></span>'
    kind = "num" if re.match(r"[£−+—\d]", main) else "words"
    return f'<span class="{kind}">{main}</span>{note}{bar}'


def _curve_row(lane: CurveLane, lang: Lang) -> str:
    cells = []
    for number, point in enumerate(lane.points):
        drawing = curve(lane) if number == 0 else ""
        cells.append(f'<td class="point">{drawing}{_point(lane, point, lang)}</td>')
    ticks = "".join(
        f'<span class="tick" aria-hidden="true" style="top:{height_of(lane, value) - 8:.0f}px">{markup(label)}</span>'
        for value, label in lane.ticks
    )
    small = f'<span class="n">{markup(lane.ends.get(lang))}</span>'
    head = f'<th scope="row" class="lane">{markup(lane.label.get(lang))}{small}{ticks}</th>'
    return f'<tr class="curve">{head}{"".join(cells)}</tr>'


def _point(lane: CurveLane, point: Point | None, lang: Lang) -> str:
    if point is None:
        return f'<span class="sr">{WORDS["gap"].get(lang)}</span>'
    below = max(height_of(lane, point.low), height_of(lane, point.before) if point.before is not None else 0)
    top = min(below + 5, HEIGHT - 34)
    tone = f" {point.tone}" if point.tone else ""
    return (
        f'<span class="at{tone}" style="top:{top:.0f}px" title="{markup(point.detail.get(lang))}">'
        f'<b>{markup(point.shown)}</b><span class="n" aria-hidden="true">n {count(point.n)}</span>'
        f'<span class="sr">{markup(point.detail.get(lang))}</span></span>'
    )


def cards(page: Page, lang: Lang) -> str:
    """The same map as a card per stage, for narrow screens."""
    parts, number = [], 0
    for stage in page.model.stages:
        steps = []
        for step in stage.steps:
            steps.append(_step_card(page, step, number, lang))
            number += 1
        name = markup(stage.name.get(lang))
        parts.append(f'<section class="stagecard"><h3>{name}</h3>{"".join(steps)}</section>')
    return f'<div class="stack">{"".join(parts)}</div>'


def _step_card(page: Page, step: Step, number: int, lang: Lang) -> str:
    rows = "".join(row for lane in page.lanes for row in _card_row(lane, number, lang))
    return (
        f'<div class="stepcard"><h4>{markup(step.name.get(lang))}'
        f'<span class="touch">{markup(step.touchpoint.get(lang))}</span></h4><dl>{rows}</dl></div>'
    )


def _card_row(lane: Lane, number: int, lang: Lang) -> Iterator[str]:
    label = markup(lane.label.get(lang))
    if isinstance(lane, CurveLane):
        point = lane.points[number]
        if point is not None:
            tone = f" {point.tone}" if point.tone else ""
            yield f'<div><dt>{label}<span class="n">{markup(lane.ends.get(lang))}</span></dt>'
            yield f'<dd class="at{tone}"><b>{markup(point.shown)}</b>{gauge(lane.low, lane.high, point)}'
            yield f'<span class="n">{markup(_brief(point, lang))}</span></dd></div>'
    elif len(lane.cells) > 1:
        cell = lane.cells[number]
        if cell is not None:
            yield f"<div><dt>{label}</dt><dd>{_inside(cell, lang)}</dd></div>"


def _brief(point: Point, lang: Lang) -> str:
    """The numbers of a point's sentence, without its name."""
    text = point.detail.get(lang)
    return text.split("：" if lang == "zh" else ": ", 1)[-1]


def gauge(lowest: float, highest: float, point: Point | Rank) -> str:
    """A value with its interval and the last period's, on a line from the lowest to the highest."""

    def part(value: float) -> float:
        return 100 * min(max((value - lowest) / (highest - lowest), 0), 1)

    before = f'<s style="left:{part(point.before):.1f}%"></s>' if point.before is not None else ""
    low, high = part(point.low), part(point.high)
    return (
        f'<span class="gauge" aria-hidden="true"><u style="left:{low:.1f}%;width:{high - low:.1f}%"></u>{before}'
        f'<i style="left:{part(point.value):.1f}%"></i></span>'
    )
