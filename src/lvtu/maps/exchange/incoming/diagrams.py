"""Journey diagrams of Mermaid read as a map: sections are stages, tasks steps, scores feelings, people actors."""

from __future__ import annotations

import re
from textwrap import dedent

import yaml

from lvtu.core.sentences import Note, Term
from lvtu.core.words import LANGS, say
from lvtu.errors import BadInput
from lvtu.maps.exchange.incoming.sketch import Sketch
from lvtu.maps.exchange.texts import UNKNOWN

_FENCE = re.compile(r"```\s*mermaid\s*\n(.*?)```", re.DOTALL)
_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?\n)??[ \t]*---[ \t]*\n", re.DOTALL)
_LOOKS = re.compile(r"%%\{.*?\}%%", re.DOTALL)
_DESCRIBED = re.compile(r"^[ \t]*accDescr\s*\{.*?\}", re.DOTALL | re.MULTILINE)
_ALOUD = re.compile(r"^[ \t]*accTitle\s*:[ \t]*(.+)$", re.MULTILINE)
_TASK = re.compile(r"^(.+?)\s*:\s*([^:]*?)\s*(?::\s*(.*))?$")
_MIDDLE = 3


def is_diagram(text: str) -> bool:
    """Whether a text holds a diagram of Mermaid.

    Example:
        >>> is_diagram("%% ours\\njourney\\n title Shop"), is_diagram("journey,stage\\na,b")
        (True, False)
    """
    kinds = ("journey", "flowchart", "graph", "sequenceDiagram", "gantt")
    return bool(_FENCE.search(text)) or _kind(_FRONT.sub("", _lines(text))) in kinds


def _lines(text: str) -> str:
    """A text whose lines end alike, without directives: they say how a diagram looks, on as many lines as they need."""
    return _LOOKS.sub(lambda found: "\n" * found[0].count("\n"), text.replace("\r\n", "\n"))


def _kind(text: str) -> str:
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("%%"):
            words = line.split()
            return words[0] if len(words) < 3 else ""
    return ""


def read_diagram(text: str, sketch: Sketch) -> None:
    """Take a journey diagram into a sketch.

    Its title is what the diagram says, else its front matter, else what is read aloud of it (``accTitle``).

    Raises:
        BadInput: it is a diagram of another kind.
    """
    text = _lines(text)
    fenced = _FENCE.search(text)
    above = text[: fenced.start(1)].count("\n") if fenced else 0
    text = fenced[1] if fenced else text
    front = _FRONT.match(text)
    above += front[0].count("\n") if front else 0
    text = text[front.end() :] if front else text
    for described in _DESCRIBED.finditer(text):
        place = above + text[: described.start()].count("\n") + 1
        sketch.report.left.append(Note("import_line", place=place, text=" ".join(described[0].split())[:80]))
    text = _DESCRIBED.sub(lambda found: "\n" * found[0].count("\n"), text)
    if _kind(text) != "journey":
        raise BadInput("no_journey_diagram", diagram=_kind(text) or "Mermaid")
    stage = ""
    scores: dict[str, tuple[float, str]] = {}
    begun = False
    for number, line in enumerate(text.splitlines(), above + 1):
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
    sketch.title = sketch.title or (_titled(front[1]) if front else "") or _aloud(text, above, sketch)
    if scores:
        label = say("maps.imported_feelings", sketch.lang)
        lane = sketch.lane(label, "feelings", Term("at_diagram"))
        values = {step: value for step, (value, _) in scores.items()}
        sketch.feelings(lane, values, {step: told for step, (_, told) in scores.items()}, Term("at_diagram"))
    _without_customers(sketch)
    sketch.report.taken.insert(0, Note("import_diagram", stages=len(sketch.stages), steps=len(sketch.steps)))


def _titled(front: str | None) -> str:
    """What front matter says that a diagram is called; empty where it says nothing, or is no YAML."""
    try:
        found = yaml.safe_load(dedent(front or ""))
    except (yaml.YAMLError, RecursionError):
        return ""
    title = found.get("title") if isinstance(found, dict) else None
    return "" if title is None else " ".join(str(title).split())


def _aloud(text: str, above: int, sketch: Sketch) -> str:
    """What is read aloud as the title of a diagram that has no other; so it is not left out."""
    if (found := _ALOUD.search(text)) is None:
        return ""
    place = above + text[: found.start()].count("\n") + 1
    sketch.report.left[:] = [note for note in sketch.report.left if note.values.get("place") != place]
    return found[1].strip()


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
