"""A grid read as a map: stages and steps across, lanes down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lvtu.core.sentences import Note, Term
from lvtu.core.words import say
from lvtu.maps.exchange.incoming.forms import Shape
from lvtu.maps.exchange.incoming.names import feeling_of, field_of, role_of
from lvtu.maps.exchange.incoming.report import sample
from lvtu.maps.exchange.incoming.sketch import Sketch, scaled
from lvtu.maps.exchange.incoming.tables import Table

_MOST_STAGES = 8
"""A row of heads without a name tells stages up to so many, steps beyond."""


def read_grid(table: Table, shape: Shape, sketch: Sketch) -> None:
    """Take a grid into a sketch: the rows of stages and steps, then a lane for each row."""
    stages, steps = _heads(table, shape)
    columns = _columns(table, shape, sketch, stages, steps)
    sketch.report.taken.insert(0, Note("import_grid", steps=len(set(columns.values())), stages=len(sketch.stages)))
    lane, rows = "", table.rows
    for row in (one for one in range(shape.head, len(rows)) if one not in (stages, steps)):
        name = rows[row][shape.first]
        texts = [rows[row][column] for column in columns if rows[row][column]]
        if not name and not any(rows[row]):
            continue
        _left_out(table, row, shape, columns, sketch)
        if name:
            lane = sketch.lane(name, role_of(name), table.row(row))
        elif not lane and texts:
            sketch.report.left.append(
                Note("import_row_unnamed", place=table.row(row), cells=len(texts), sample=sample(texts))
            )
            continue
        elif texts:
            before = next(one["label"] for one in sketch.lanes if one["key"] == lane)
            sketch.report.taken.append(Note("import_row_more", place=table.row(row), name=before))
        if lane:
            _row(table, row, columns, lane, sketch)


def _heads(table: Table, shape: Shape) -> tuple[int | None, int | None]:
    """The row of the stages and that of the steps, where there are such: as they are named, else as they look."""
    named = {field_of(row[shape.first]): place for place, row in reversed(list(enumerate(table.rows)))
             if place >= shape.head}  # fmt: skip
    stages, steps = named.get("stage"), named.get("step")
    if stages is None and steps is None:
        full = [sum(bool(cell) for cell in row[shape.first + 1 :]) for row in table.rows[shape.head : shape.head + 2]]
        two = len(full) > 1 and full[0] < full[1] and not table.rows[shape.head + 1][shape.first]
        if two:
            return shape.head, shape.head + 1
        return (shape.head, None) if full[0] <= _MOST_STAGES else (None, shape.head)
    if stages is None and steps is not None and steps > shape.head:
        return steps - 1, steps
    return stages, steps


def _columns(table: Table, shape: Shape, sketch: Sketch, stages: int | None, steps: int | None) -> dict[int, str]:
    """The key of the step of each column; a stage without steps is its own step."""
    columns: dict[int, str] = {}
    stage, step, last = "", "", max(one for one in (stages, steps) if one is not None)
    for column in range(shape.first + 1, len(table.rows[0])):
        above = table.rows[stages][column] if stages is not None else ""
        name = table.rows[steps][column] if steps is not None else above
        stage = above or stage
        below = [row[column] for row in table.rows[last + 1 :] if row[column]]
        if not name and above:
            name = above
        if not name:
            merged = any(at[0] == to[0] == last and at[1] < column <= to[1] for at, to in table.merged.items())
            if step and (merged or (below and steps is None)):
                columns[column] = step
            elif below:
                sketch.report.left.append(
                    Note("import_column_unnamed", place=table.column(column), cells=len(below), sample=sample(below))
                )
            continue
        under = sketch.stage(stage or say("maps.imported_stage", sketch.lang))
        step = columns[column] = sketch.step(under, name)
    return columns


def _left_out(table: Table, row: int, shape: Shape, columns: dict[int, str], sketch: Sketch) -> None:
    """Cells before the names of the lanes hold nothing that a map has a place for."""
    texts = [cell for cell in table.rows[row][: shape.first] if cell]
    if texts:
        sketch.report.left.append(
            Note("import_row_unnamed", place=table.row(row), cells=len(texts), sample=sample(texts))
        )


def _row(table: Table, row: int, columns: dict[int, str], lane: str, sketch: Sketch) -> None:
    cells = {column: table.rows[row][column] for column in columns if table.rows[row][column]}
    if sketch.role(lane) == "feelings":
        told = {column: sketch.paragraphs(lane, text) for column, text in cells.items()}
        cells = {column: text for column, text in told.items() if text}
    if sketch.role(lane) == "feelings" and feelings(
        sketch, lane, [(columns[column], text) for column, text in cells.items()], table.row(row)
    ):
        return
    for column, text in cells.items():
        last = table.merged.get((row, column), (row, column))[1]
        over = [columns[one] for one in range(column, last + 1) if one in columns]
        until = over[-1] if over and over[-1] != columns[column] else None
        sketch.texts(lane, columns[column], text, until)


def feelings(sketch: Sketch, lane: str, cells: Sequence[tuple[str, str]], place: Term) -> bool:
    """Take the cells of a lane of feelings as scores, where they are numbers on a scale we know.

    Returns:
        Whether they were; else they are texts like any other.
    """
    written = {step: (text, value) for step, text in cells if (value := feeling_of(text)) is not None}
    numbers = {step: (text, value) for step, text in cells if (value := _number(text)) is not None}
    if cells and len(written) == len(cells):
        return _scored(sketch, lane, written, place)
    if not numbers or len(numbers) < len(cells):
        return False
    found = scaled([value for _, value in numbers.values()])
    if found is None:
        sketch.report.taken.append(Note("import_scores_odd", place=place))
        return False
    values, (low, high) = found
    told = {
        step: (f"{text} ({low} … {high})", value)
        for (step, (text, _)), value in zip(numbers.items(), values, strict=True)
    }
    if (low, high) != (-2, 2):
        sketch.report.taken.append(Note("import_scores_scaled", place=place, low=low, high=high))
    return _scored(sketch, lane, told, place)


def _scored(sketch: Sketch, lane: str, told: Mapping[str, tuple[str, float]], place: Term) -> bool:
    name = next(one["label"] for one in sketch.lanes if one["key"] == lane)
    reasons = {step: f"{name}: {text}" for step, (text, _) in told.items()}
    sketch.feelings(lane, {step: value for step, (_, value) in told.items()}, reasons, place)
    return True


def _number(text: str) -> float | None:
    try:
        value = float(text.replace("−", "-").replace("＋", "+"))
    except ValueError:
        return None
    return value if abs(value) < 1e6 else None
