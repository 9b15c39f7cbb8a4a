"""Lists read as a map: a row for each step with its lanes across, or a row for each card."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from lvtu.core.sentences import Note, Term
from lvtu.core.words import say
from lvtu.errors import LvtuError
from lvtu.maps.document.details import DETAILS
from lvtu.maps.exchange.incoming.forms import Shape
from lvtu.maps.exchange.incoming.grids import feelings
from lvtu.maps.exchange.incoming.names import Field, field_of, kind_of, role_of, source_of, value_of
from lvtu.maps.exchange.incoming.report import sample
from lvtu.maps.exchange.incoming.sketch import Sketch
from lvtu.maps.exchange.incoming.tables import Table

_MARKS = {"F": "fail", "W": "wait", "D": "decision", "fail": "fail", "wait": "wait", "decision": "decision"}
_SAID = re.compile(r'(?:^| · )[“"](.+)[”"](?= · |$)')


def read_steps(table: Table, shape: Shape, sketch: Sketch) -> None:
    """Take a table with a row for each step; what is neither stage nor step is a lane."""
    heads = table.rows[shape.head]
    places = {field_of(cell): column for column, cell in reversed(list(enumerate(heads)))}
    stage_at, step_at = places.get("stage"), places.get("step")
    lanes = {
        column: sketch.lane(cell, role_of(cell), table.column(column))
        for column, cell in enumerate(heads)
        if cell and column not in (stage_at, step_at)
    }
    _unnamed(table, shape, sketch)
    scores: dict[str, list[tuple[str, str]]] = {lane: [] for lane in lanes.values() if sketch.role(lane) == "feelings"}
    for row, step in _steps(table, shape, sketch, stage_at, step_at):
        for column, lane in lanes.items():
            text = table.rows[row][column]
            if lane in scores:
                scores[lane] += [(step, told)] if (told := sketch.paragraphs(lane, text)) else []
            elif text:
                sketch.texts(lane, step, text)
    for column, lane in lanes.items():
        if lane in scores and not feelings(sketch, lane, scores[lane], table.column(column)):
            for step, text in scores[lane]:
                sketch.texts(lane, step, text)
    sketch.report.taken.insert(0, Note("import_steps", steps=len(sketch.steps), stages=len(sketch.stages)))


def _steps(
    table: Table, shape: Shape, sketch: Sketch, stage_at: int | None, step_at: int | None
) -> Iterator[tuple[int, str]]:
    """The rows with the key of their step; one that names none goes on with the step above."""
    stage, step = say("maps.imported_stage", sketch.lang), ""
    for row in range(shape.head + 1, len(table.rows)):
        cells = table.rows[row]
        if not any(cells):
            continue
        above = "" if stage_at is None else cells[stage_at]
        name = above if step_at is None else cells[step_at]
        if above:
            stage = above
        if not name and above and step_at is not None:
            name = above
        if name:
            step = sketch.step(sketch.stage(stage), name)
        elif not step:
            texts = [cell for cell in cells if cell]
            sketch.report.left.append(
                Note("import_row_unnamed", place=table.row(row), cells=len(texts), sample=sample(texts))
            )
            continue
        yield row, step


def _unnamed(table: Table, shape: Shape, sketch: Sketch) -> None:
    for column, head in enumerate(table.rows[shape.head]):
        texts = [row[column] for row in table.rows[shape.head + 1 :] if row[column]]
        if not head and texts:
            where = table.column(column)
            sketch.report.left.append(
                Note("import_column_unnamed", place=where, cells=len(texts), sample=sample(texts))
            )


def read_cards(table: Table, shape: Shape, sketch: Sketch) -> None:
    """Take a table with a row for each card. Stages, steps and lanes that are there already are not made anew."""
    heads = table.rows[shape.head]
    places: dict[Field, int] = {}
    for column, head in enumerate(heads):
        found = field_of(head)
        texts = [row[column] for row in table.rows[shape.head + 1 :] if row[column]]
        if found is not None and found not in places:
            places[found] = column
        elif head and texts:
            where = table.column(column)
            sketch.report.left.append(Note("import_column_unknown", place=where, name=head, cells=len(texts)))
    _unnamed(table, shape, sketch)
    made = 0
    for row in range(shape.head + 1, len(table.rows)):
        cells: dict[Field, str] = {name: table.rows[row][column] for name, column in places.items()}
        made += _card(cells, table.row(row), sketch)
    _ending(sketch)
    if "assumption" in places:
        sketch.report.left.append(Note("import_assumption", name=heads[places["assumption"]]))
    sketch.report.taken.append(Note("import_cards", cards=made, place=table.row(shape.head)))


def _card(cells: dict[Field, str], place: Term, sketch: Sketch) -> int:
    """The card of a row; returns how many were made."""
    texts = [text for text in cells.values() if text]
    lane, text = cells.get("lane", ""), cells.get("text", "")
    name = cells.get("step", "") or cells.get("stage", "")
    if not texts:
        return 0
    if not name or not lane:
        sketch.report.left.append(Note("import_card_nowhere", place=place, sample=sample(texts)))
        return 0
    step = _step(cells, name, sketch)
    if not text and not cells.get("evidence"):
        return 0
    found = next((one["key"] for one in sketch.lanes if one["label"] == lane), None)
    kind = kind_of(cells.get("kind", "")) or "text"
    sketch.card({
        "key": cells.get("key"), "lane": found or sketch.lane(lane, role_of(lane), place), "step": step,
        "until": cells.get("until"), "text": text, "kind": kind,
        "details": _details(kind, cells, place, sketch), "owner": cells.get("owner"), "person": cells.get("person"),
        "system": cells.get("system"), "latent": bool(cells.get("latent")) or None,
        "marks": [_MARKS[one] for one in cells.get("marks", "").split() if one in _MARKS],
        "evidence": [_evidence(line) for line in cells.get("evidence", "").splitlines() if line.strip()],
    })  # fmt: skip
    return 1


def _ending(sketch: Sketch) -> None:
    """Cards name the steps up to which they stand: all of these are known only when every row has been read."""
    steps = {one["name"]: one["key"] for one in reversed(sketch.steps)}
    for card in sketch.cards:
        until = steps.get(card.pop("until", None))
        if until not in (None, card["step"]):
            card["until"] = until


def _details(kind: str, cells: dict[Field, str], place: Term, sketch: Sketch) -> dict[str, Any]:
    """What else a row says of its card; what no such card has, or cannot be read, is told."""
    found: dict[str, Any] = {}
    every: frozenset[str] = frozenset(name for one in DETAILS.values() for name in one.model_fields)
    for field, text in cells.items():
        if field not in every or not text:
            continue
        given = value_of(field, text)
        value: Any = given.split() if field == "stems_from" else given
        try:
            DETAILS[kind].model_validate({field: value})
        except (KeyError, ValueError, LvtuError):
            sketch.report.left.append(Note("import_detail", place=place, name=say(f"maps.details.{field}", sketch.lang),
                                           text=sample([text])))  # fmt: skip
        else:
            found[field] = value
    return found


def _step(cells: dict[Field, str], name: str, sketch: Sketch) -> str:
    stage = cells.get("stage", "")
    of = next((one["key"] for one in sketch.stages if one["name"] == stage), None)
    for one in sketch.steps:
        if one["name"] == name and (not stage or one["stage"] == of):
            return str(one["key"])
    return sketch.step(sketch.stage(stage or say("maps.imported_stage", sketch.lang)), name)


def _evidence(line: str) -> dict[str, Any]:
    """What a card rests on, as an export tells it, or anybody."""
    first, _, rest = line.strip().partition(" · ")
    kind = source_of(first)
    if kind is None:
        return {"kind": "document", "title": line.strip()}
    said = _SAID.search(rest)
    before, after = (rest, "") if said is None else (rest[: said.start()], rest[said.end() :])
    found = {"kind": kind, "title": _named(before), "quote": said and said[1], "speaker": _named(after)}
    days, addresses = ([part for part in rest.split(" · ") if known(part)] for known in (_day, _address))
    return found | {"date": next(iter(days), None), "url": next(iter(addresses), None)}


def _named(text: str) -> str | None:
    """What a part of a line names, apart from days and addresses."""
    return " · ".join(part for part in text.split(" · ") if part and not _day(part) and not _address(part)) or None


def _day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _address(text: str) -> bool:
    return text.startswith(("http://", "https://"))
