"""A map as texts: CSV, Markdown, Mermaid."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lvtu.core.sheets import no_formula
from lvtu.maps.document import Step
from lvtu.maps.drawing.numbers import number, told
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.formats import Written
from lvtu.maps.exchange.table import Cell, about, asked, cards, dots, grid, in_cell, rows_of
from lvtu.maps.votings import ranked

UNKNOWN = " (?)"
"""What follows the name of a step in a journey diagram whose feeling nobody knows: the diagram needs a score."""

_MIDDLE = 3
_SHOWN_WAYS = 0.05


def csv_grid(sheet: Sheet) -> Written:
    """The grid: stages, steps, then a row for each lane."""
    return Written(_csv(rows_of(grid(sheet), sheet.say("stage"), sheet.say("step"))))


def csv_cards(sheet: Sheet) -> Written:
    """A row for each card, with the dots that it got in each voting."""
    heads, rows = cards(sheet)
    lines: list[Sequence[Cell]] = [heads, *rows]
    for column in dots(sheet):
        lines = [[*line, cell] for line, cell in zip(lines, column, strict=True)]
    return Written(_csv(lines))


def _csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Rows as spreadsheets read them: with a mark that says UTF-8, and no text that they would take for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([no_formula(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig")


def markdown(sheet: Sheet) -> Written:
    """A report: what the map is about, then by stage a table for each step."""
    lines = [f"# {_plain(sheet.title)}", ""]
    lines += [_item(sheet, name, text) for name, text in about(sheet)[1:]]
    for binding in sheet.map.bindings:
        if binding.lane is None and (value := sheet.filled.head.get(binding.key)) is not None:
            lines.append(_item(sheet, sheet.of(binding.title) or binding.key, told(value, sheet.lang)))
    for stage in sheet.map.stages:
        lines += ["", f"## {_plain(sheet.of(stage.name))}", ""]
        lines += [f"{_plain(sheet.of(stage.goal))}", ""] if stage.goal else []
        for step in sheet.map.steps_of(stage.key):
            lines += [*_of_step(sheet, step), ""]
    lines += _votings(sheet)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
    return Written(text.encode())


def _votings(sheet: Sheet) -> Iterator[str]:
    """What people chose among the cards at workshops, ranked."""
    rows = ranked(sheet.map, sheet.lang).to_pylist()
    if rows:
        yield from ("", f"## {sheet.say('table.sheets.votings')}", "")
    heads = [sheet.say(f"table.{name}") for name in ("rank", "text", "step", "dots", "voters")]
    for voting in sheet.map.votings:
        yield from (f"### {_plain(sheet.say('table.voted', title=asked(sheet, voting), n=voting.voters))}", "")
        yield from (f"| {' | '.join(heads)} |", "| --- | --- | --- | --- | --- |")
        for row in (row for row in rows if row["voting"] == voting.key):
            text = sheet.say("table.gone") if row["step"] is None else row["text"] or row["card"]
            cells = (str(row["rank"]), text, row["step"] or "—", str(row["dots"]), str(row["voters"]))
            yield f"| {' | '.join(map(_plain, cells))} |"
        yield ""


def _item(sheet: Sheet, name: str, text: str) -> str:
    return f"- {sheet.say('named', name=_plain(name), text=_plain(text))}"


def _of_step(sheet: Sheet, step: Step) -> Iterator[str]:
    star = " ★" if step.moment != "none" else ""
    yield f"### {_plain(sheet.of(step.name))}{star}"
    yield ""
    if (volume := sheet.filled.volume.get(step.key)) is not None:
        yield sheet.say("customers", n=volume.n)
        yield ""
    rows = [(sheet.of(lane.label), in_cell(sheet, lane, step)) for lane in sheet.map.lanes]
    if not any(texts for _, texts in rows):
        yield sheet.say("nothing_here")
        return
    yield f"| {sheet.say('table.lane')} | {sheet.say('table.what')} |"
    yield "| --- | --- |"
    for name, texts in rows:
        if texts:
            yield f"| {_plain(name)} | {'<br>'.join(_plain(text) for text in texts)} |"


def _plain(text: str) -> str:
    """A text in one line of a table: nothing in it ends a cell or is taken for HTML."""
    safe = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").strip()
    return re.sub(r"\s*\n\s*", "<br>", safe)


def journey(sheet: Sheet) -> Written:
    """A journey diagram of Mermaid: a section for each stage, a task for each step, its feeling as a score from 1 to 5.

    The score is the feeling, rounded: −2 is 1, +2 is 5. Where nobody knows it the name of the step says so, and the
    score is the middle one, since the diagram has none for nothing.
    """
    feelings = feelings_of(sheet)
    unknown = any(step.key not in feelings for step in sheet.map.steps)
    lines = ["journey", f"    title {_word(sheet.title)}"]
    lines += [f"    %% {sheet.say('score_unknown', mark=UNKNOWN.strip(), score=_MIDDLE)}"] if unknown else []
    actors = {actor.key: _word(sheet.of(actor.name), ",") for actor in sheet.map.actors}
    for stage in sheet.map.stages:
        lines.append(f"    section {_word(sheet.of(stage.name))}")
        for step in sheet.map.steps_of(stage.key):
            known = feelings.get(step.key)
            score = _MIDDLE if known is None else min(max(round(known) + _MIDDLE, 1), 5)
            name = _word(sheet.of(step.name)) + (UNKNOWN if known is None else "")
            who = ", ".join(actors[key] for key in step.actors) or sheet.say("customer")
            lines.append(f"      {name}: {score}: {who}")
    return Written(("\n".join(lines) + "\n").encode())


def feelings_of(sheet: Sheet) -> dict[str, float]:
    """What is known of how each step feels: as one lane tells it, that of feelings first, else as estimated."""
    found = {point.step: point.value for point in reversed(sheet.map.curve)}
    curves = [lane for lane in sheet.map.lanes if lane.kind == "curve" or lane.role == "feelings"]
    for lane in sorted(curves, key=lambda one: one.role != "feelings"):
        values = sheet.filled.values.get(lane.key, {})
        told = {step: one.value for step, one in values.items() if one.unit == "feeling"}
        if told:
            return found | told
    return found


def flowchart(sheet: Sheet) -> Written:
    """A flowchart of Mermaid: a box for each stage with its steps, and the ways that customers took, with their shares.

    Ways that less than a twentieth of those took who were at a step are left out; without data the steps follow each
    other.
    """
    names = {step.key: f"s{place}" for place, step in enumerate(sheet.map.steps)}
    lines = [f"%% {_word(sheet.title)}", "flowchart LR"]
    for place, stage in enumerate(sheet.map.stages):
        lines.append(f'  subgraph g{place}["{_quoted(sheet.of(stage.name))}"]')
        for step in sheet.map.steps_of(stage.key):
            volume = sheet.filled.volume.get(step.key)
            more = "" if volume is None else f"<br/>{sheet.say('customers', n=volume.n)}"
            lines.append(f'    {names[step.key]}["{_quoted(sheet.of(step.name))}{more}"]')
        lines.append("  end")
    ways = {ends: way for ends, way in sheet.filled.ways.items() if set(ends) <= set(names)}
    taken = {ends: way for ends, way in ways.items() if way.value >= _SHOWN_WAYS and ends[0] != ends[1]}
    for (source, target), way in taken.items():
        lines.append(f"  {names[source]} -->|{number(way.value, 'share', sheet.lang)}| {names[target]}")
    if not ways:
        keys = list(names.values())
        lines += [f"  {one} --> {other}" for one, other in pairwise(keys)]
    return Written(("\n".join(lines) + "\n").encode())


def _word(text: str, more: str = "") -> str:
    """A text in a line of a journey diagram: signs that end it there become their full-width forms."""
    wide = {ord(one): chr(ord(one) + 0xFEE0) for one in f":#;%{more}"}
    return " ".join(text.split()).translate(wide)


def _quoted(text: str) -> str:
    return " ".join(text.split()).replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
