"""An answer as a file: its whole table as CSV or JSON, or the Python that asks for it again."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Literal

import msgspec

from lvtu.analyses.base import Spec
from lvtu.analyses.wording import headings
from lvtu.analyses.wording.cells import heading
from lvtu.core.sheets import no_formula
from lvtu.core.words import Lang, speaking

Format = Literal["csv", "json", "python"]
Heads = Literal["codes", "titles"]

KINDS: dict[Format, tuple[str, str]] = {
    "csv": ("text/csv; charset=utf-8", "csv"), "json": ("application/json", "json"),
    "python": ("text/x-python; charset=utf-8", "py"),
}  # fmt: skip
"""Media type and ending of each."""

_WIDE = 88


def as_csv(result: Any, lang: Lang, heads: Heads) -> bytes:
    """All rows of an answer's table, numbers as numbers: durations in µs, times as ISO-8601, lists joined by `` > ``,
    and an apostrophe before what a spreadsheet would take for a formula.

    Args:
        result: the answer.
        lang: the language of the heads.
        heads: the columns' names, or what people call them.
    """
    names = result.table.column_names
    with speaking(lang):
        said = headings(result)
        first = [said.get(name) or heading(name) for name in names] if heads == "titles" else names
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(no_formula, first))
    for row in result.table.to_pylist(maps_as_pydicts="lossy"):
        writer.writerow([_cell(row[name]) for name in names])
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = " > ".join(value)
    if isinstance(value, str):
        return no_formula(value)
    if isinstance(value, list | dict):
        return msgspec.json.encode(value).decode()
    return value.isoformat() if hasattr(value, "isoformat") else value


def as_json(result: Any) -> bytes:
    """``{"spec", "table", "notes"}``, as the command line prints it."""
    table = result.table.to_pylist(maps_as_pydicts="lossy")
    notes = [note.to_json() for note in result.notes]
    return msgspec.json.encode({"spec": result.spec.to_json(), "table": table, "notes": notes})


def as_python(spec: Spec, workspace: str) -> str:
    """The Python that asks a question of a workspace.

    Args:
        spec: the question.
        workspace: the name of its folder.

    Example:
        >>> from lvtu.analyses.registry import spec_of
        >>> print(as_python(spec_of({"analysis": "funnel", "steps": ["A", "B"], "within": "7d"}), "shop"), end="")
        import lvtu
        <BLANKLINE>
        with lvtu.open("shop") as ws:
            answer = ws.funnel(["A", "B"], within="7d")
            print(answer)
    """
    given = spec.to_json()
    name = given.pop("analysis")
    first = given.pop(_FIRST[name]) if name in _FIRST and _FIRST[name] in given else None
    arguments = [] if first is None else [literal(one) for one in first] if name == "overlap" else [literal(first)]
    arguments += [f"{key}={literal(value)}" for key, value in given.items()]
    call = f"ws.{name}({', '.join(arguments)})"
    if len(call) > _WIDE:
        call = f"ws.{name}(\n" + "".join(f"        {one},\n" for one in arguments) + "    )"
    return f"import lvtu\n\nwith lvtu.open({literal(workspace)}) as ws:\n    answer = {call}\n    print(answer)\n"


_FIRST = {
    "funnel": "steps", "overlap": "segments", "handoffs": "pairs", "conformance": "order", "metric": "name",
    "timeline": "customer", "segment": "condition", "rfm": "event", "drift": "segment", "attribution": "goal",
    "model_change": "change",
}  # fmt: skip
"""What is given without its name."""


def literal(value: Any) -> str:
    """A value as Python writes it; what is nothing but an event's or a place's name as that name.

    Example:
        >>> print(literal([{"event": "A"}, {"event": "B", "optional": True}, None, "说"]))
        ["A", {"event": "B", "optional": True}, None, "说"]
    """
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)) in ("event", "place"):
            return literal(next(iter(value.values())))
        return "{" + ", ".join(f"{literal(key)}: {literal(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
