"""Journey diagrams of Mermaid read as a map: sections are stages, tasks steps, scores feelings, people actors."""

from __future__ import annotations

import re

from lvtu.core.sentences import Note, Term
from lvtu.core.words import LANGS, say
from lvtu.errors import BadInput
from lvtu.maps.exchange.incoming.sketch import Sketch
from lvtu.maps.exchange.texts import UNKNOWN

_FENCE = re.compile(r"```\s*mermaid\s*\n(.*?)```", re.DOTALL)
_FRONT = re.compile(r"\A\s*---\n.*?\n---\n", re.DOTALL)
_TASK = re.compile(r"^(.+?)\s*:\s*([^:]*?)\s*(?::\s*(.*))?$")
_MIDDLE = 3


def is_diagram(text: str) -> bool:
    """Whether a text holds a diagram of Mermaid.

    Example:
        >>> is_diagram("%% ours\\njourney\\n title Shop"), is_diagram("journey,stage\\na,b")
        (True, False)
    """
    return bool(_FENCE.search(text)) or _kind(text) in ("journey", "flowchart", "graph", "sequenceDiagram", "gantt")


def _kind(text: str) -> str:
    for line in _FRONT.sub("", text).splitlines():
        if line.strip() and not line.lstrip().startswith("%%"):
            words = line.split()
            return words[0] if len(words) < 3 else ""
    return ""


def read_diagram(text: str, sketch: Sketch) -> None:
    """Take a journey diagram into a sketch.

    Raises:
        BadInput: it is a diagram of another kind.
    """
    fenced = _FENCE.search(text)
    above = text[: fenced.start(1)].count("\n") if fenced else 0
    text = fenced[1] if fenced else text
    front = _FRONT.match(text)
    above += front[0].count("\n") if front else 0
    text = text[front.end() :] if front else text
    if _kind(text) != "journey":
        raise BadInput("no_journey_diagram", diagram=_kind(text) or "Mermaid")
    stage = ""
    scores: dict[str, tuple[float, str]] = {}
    lines = text.splitlines()
    begun = False
    for number, line in enumerate(lines, above + 1):
        line = line.split("%%")[0].strip()
        word, _, rest = line.partition(" ")
        if not line:
            continue
        if not begun:
            begun = True
        elif word == "title":
            sketch.title = rest.strip()
        elif word == "section":
            stage = sketch.stage(rest.strip())
        elif not word.startswith("acc") and (task := _TASK.match(line)):
            stage = stage or sketch.stage(say("maps.imported_stage", sketch.lang))
            _task(task, number, stage, sketch, scores)
        else:
            sketch.report.left.append(Note("import_line", place=number, text=line[:80]))
    if scores:
        label = say("maps.imported_feelings", sketch.lang)
        lane = sketch.lane(label, "feelings", Term("at_diagram"))
        values = {step: value for step, (value, _) in scores.items()}
        sketch.feelings(lane, values, {step: told for step, (_, told) in scores.items()}, Term("at_diagram"))
    _without_customers(sketch)
    sketch.report.taken.insert(0, Note("import_diagram", stages=len(sketch.stages), steps=len(sketch.steps)))


def _task(task: re.Match[str], number: int, stage: str, sketch: Sketch, scores: dict[str, tuple[float, str]]) -> None:
    name, score, people = task[1], task[2], task[3] or ""
    step = sketch.step(stage, name.removesuffix(UNKNOWN))
    names = [one.strip() for one in people.split(",") if one.strip()]
    if names:
        sketch.steps[-1]["actors"] = list(dict.fromkeys(sketch.actor(one) for one in names))
    if name.endswith(UNKNOWN):
        return
    try:
        value = float(score)
    except ValueError:
        value = 0.0
    if 1 <= value <= 5:
        scores[step] = value - _MIDDLE, f"Mermaid: {score} (1 … 5)"
    else:
        sketch.report.left.append(Note("import_score", place=number, score=score, name=name))


def _without_customers(sketch: Sketch) -> None:
    """Where the customer takes every step it is not the journey of several, and a map needs no actors."""
    alone = {say("maps.customer", lang) for lang in LANGS}
    if {actor["name"] for actor in sketch.actors} <= alone:
        sketch.actors.clear()
        for step in sketch.steps:
            step.pop("actors", None)
