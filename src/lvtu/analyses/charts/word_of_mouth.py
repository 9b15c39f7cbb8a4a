"""Word of mouth: the index with its interval for each group, and what is meant and said around it."""

from __future__ import annotations

from typing import Any

from lvtu.analyses.cells import item
from lvtu.analyses.charts.parts import Line, Mark, draw_parts
from lvtu.analyses.charts.theme import Sheet
from lvtu.analyses.points.shown import interval
from lvtu.analyses.word_of_mouth.notes import FEW
from lvtu.analyses.word_of_mouth.result import LEAST

_MOST = 20
"""Rows that are drawn."""


def draw(result: Any, sheet: Sheet) -> dict[str, Any]:
    """The option of a `lvtu.analyses.word_of_mouth.result.WordOfMouthResult`."""
    by = result.table.column_names[0] if result.spec.by else None
    every = [row for row in result.table.to_pylist() if row["word_of_mouth"] is not None]
    rows = every[:_MOST]
    for row in rows:
        row["name"] = sheet.group(row[by]) if by else sheet.say("scores.all")
    remarks = [sheet.say("mouth.dots", least=FEW)] if rows else []
    if len(rows) < len(every):
        remarks.append(sheet.say("groups", shown=len(rows), all=len(every)))
    title = sheet.say("mouth.none")
    if len(rows) == 1:
        title = sheet.say("mouth.one", value=interval(rows[0], "word_of_mouth", sheet.lang))
    elif rows:
        best = max(rows, key=lambda row: row["word_of_mouth"])
        title = sheet.say("mouth.best", place=best["name"], value=interval(best, "word_of_mouth", sheet.lang))
    headings = [sheet.heading(name) for name in ("word_of_mouth", "mouth_willing", "mouth_said")]
    return draw_parts(result, sheet, title, headings, [_line(result, row, sheet) for row in rows], remarks)


def _line(result: Any, row: dict[str, Any], sheet: Sheet) -> Line:
    said = {
        "willing": f"NPS {interval(row, 'nps', sheet.lang)}, n {row['answers']:,}",
        "said": f"{sheet.interval(row['positive'], row['positive_low'], row['positive_high'])}, n {row['mentions']:,}",
        "done": f"{sheet.interval(row['conversion'], row['conversion_low'], row['conversion_high'])}, "
                f"n {row['converted'] + row['lost']:,}",
    }  # fmt: skip
    told = {part: f"{sheet.heading(f'mouth_{part}')} {text}" for part, text in said.items()}
    counts, behind = {"willing": row["answers"], "said": row["mentions"]}, {"willing": "promoters", "said": "positive"}
    marks = {
        sheet.heading(f"mouth_{part}"): Mark(row[part], told[part], item(result, row, behind[part]))
        for part, number in counts.items() if number >= LEAST
    }  # fmt: skip
    value, number = interval(row, "word_of_mouth", sheet.lang), row["answers"] + row["mentions"]
    ends = row["word_of_mouth"], row["word_of_mouth_low"], row["word_of_mouth_high"]
    beside = f"{value}  {sheet.say('scores.answers', answers=number)}"
    head = f"{sheet.heading('word_of_mouth')} {value}"
    return Line(row["name"], ends, number < FEW, beside, [head, *told.values()], item(result, row, "mentions"), marks)
