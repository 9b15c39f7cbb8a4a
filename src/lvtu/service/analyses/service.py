"""Answers as clients get them: numbers, finished text, and the picture, in the reader's language."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pyarrow as pa

from lvtu.analyses.asked import names_in, sentence
from lvtu.analyses.base import Spec, make
from lvtu.analyses.cells import behind, cells_of
from lvtu.analyses.charts import KINDS
from lvtu.analyses.registry import REGISTRY
from lvtu.analyses.text import DURATIONS, is_share
from lvtu.analyses.wording import headings, remarks, shaped
from lvtu.analyses.wording.cells import INTERVAL, heading
from lvtu.analyses.wording.cells import cells_of as texts_of
from lvtu.core.words import Lang, speaking
from lvtu.errors import BadInput
from lvtu.service.analyses import compare
from lvtu.service.analyses.answers import Answers, Asked
from lvtu.service.analyses.compare import Compared
from lvtu.service.analyses.export import as_csv, as_json, as_python
from lvtu.service.analyses.schemas import (
    Because,
    CustomerOf,
    CustomersOf,
    Exported,
    Part,
    Shown,
    Unit,
    Who,
    Why,
)
from lvtu.service.documents import inline
from lvtu.service.masking import identifying


def read_spec(name: str, given: Any) -> Spec:
    """A question from the body of a request; ``analysis`` may stand in it, as in an answer's ``spec``.

    A changed model may be YAML, but never the path of a file: a server must not read what a client names.

    Raises:
        BadInput: it is no object, or an option does not fit.
    """
    if not isinstance(given, dict):
        raise BadInput("spec_no_object", analysis=name)
    values = {key: value for key, value in given.items() if (key, value) != ("analysis", name)}
    if "change" in values:
        values["change"] = inline(values["change"], "model")
    spec: Spec = make(REGISTRY[name].spec, values)
    return spec


def read_question(given: dict[str, Any]) -> Spec:
    """A question that names its analysis.

    Raises:
        BadInput: it names none, or an option does not fit.
    """
    if not isinstance(name := given.get("analysis"), str):
        raise BadInput("no_analysis", known=REGISTRY)
    return read_spec(name, given)


def tells_who(spec: Spec) -> bool:
    """Whether an answer says who customers are: it is one's life, or broken down by what is different for each.

    Example:
        >>> [tells_who(read_spec("trend", {"by": by})) for by in ("email", "properties.phone", "channel", None)]
        [True, True, False, False]
        >>> tells_who(read_spec("themes", {"codes": "email"}))
        True
    """
    columns = [getattr(spec, name, None) for name in ("by", "codes")]
    return spec.analysis == "timeline" or any(isinstance(one, str) and identifying(one) for one in columns)


def answered(answers: Answers, spec: Spec, lang: Lang, shown: Shown) -> bytes:
    """The answer of a question as JSON (see `schemas.Answer`).

    Args:
        answers: of the workspace.
        spec: the question.
        lang: the language of its words.
        shown: how it is shown, and the snapshot to count it on, where that is still held.

    Raises:
        BadInput: the question names what does not exist, or its answer has no such part.
    """
    moment, asked = answers.ask(spec, shown.token)
    newer = shown.token is not None and shown.token != moment.token
    key = asked.key, lang, shown.dark, shown.rows, shown.chart, shown.part, newer

    def said() -> bytes:
        asked_for = part_of(asked, shown.part)
        return msgspec.json.encode(_answer(asked_for, lang, shown, moment.token, newer, asked.took_ms))

    return answers.bodies.get(key, said)


def part_of(asked: Asked, part: Part | None) -> Any:
    """An answer, or another one that it gives: how long the steps of a funnel take, where customers are now.

    Raises:
        BadInput: it has no such part.
    """
    if part is None:
        return asked.result
    make_part = getattr(asked.result, {"times": "time_to_convert", "now": "now", "linked": "linked"}[part], None)
    if make_part is None:
        raise BadInput("no_such_part", part=part, analysis=asked.result.spec.analysis)
    return asked.parts.get(part, make_part)


def customers(answers: Answers, spec: Spec, asked: Who) -> CustomersOf:
    """A page of the customers behind a cell of an answer.

    Raises:
        BadInput: the answer has no such cell.
    """
    moment, answer = answers.ask(spec, asked.token)
    result = part_of(answer, asked.part)
    key = answer.key, asked.part, json.dumps(asked.cell, sort_keys=True)
    names = answers.lists.get(key, lambda: pa.array(behind(result, asked.cell), pa.string()))
    page = names.slice(asked.after, asked.limit).to_pylist()
    after = asked.after + len(page)
    return CustomersOf(
        customers=[CustomerOf(id=name, name=name) for name in page], total=len(names),
        next=after if after < len(names) else None, token=moment.token, newer=asked.token not in (None, moment.token),
    )  # fmt: skip


def explained(answers: Answers, spec: Spec, asked: Why, lang: Lang) -> Because:
    """Why a customer is counted as they are.

    Raises:
        UnknownName: nobody has the identifier.
    """
    _, answer = answers.ask(spec, asked.token)
    told = answer.result.explain() if spec.analysis == "timeline" else answer.result.explain(asked.customer)
    with speaking(lang):
        text = told.text(lang)
    return Because(customer=told.customer, text=text, rows=rows_explained(told))


def rows_explained(told: Any) -> list[dict[str, Any]]:
    """The rows of an explanation, of whichever kind it is."""
    rows: list[dict[str, Any]] = next(value for value in told.to_json().values() if isinstance(value, list))
    return rows


def exported(answers: Answers, spec: Spec, asked: Exported, lang: Lang, workspace: str) -> bytes:
    """An answer as a file."""
    if asked.format == "python":
        return as_python(spec, workspace).encode()
    _, answer = answers.ask(spec, asked.token)
    return as_csv(answer.result, lang, asked.heads) if asked.format == "csv" else as_json(answer.result)


def compared(answers: Answers, spec: Spec, asked: Compared, lang: Lang, shown: Shown) -> bytes:
    """A question of two segments or periods (see `schemas.Comparison`)."""
    moment, whole = answers.ask(spec, asked.token)
    found = [answers.ask(side, moment.token) for side in compare.sides(spec, asked)]
    newer = asked.token is not None and asked.token != moment.token
    a, b = (answer.result for _, answer in found)
    both = compare.tested(whole.result, asked, a, b)
    bodies = [_answer(one.result, lang, shown, moment.token, newer, one.took_ms) for _, one in found]
    beside = compare.aligned(a, b, lang, asked.by, unit_of)
    return msgspec.json.encode(
        {
            "sentence": sentence(spec, lang, names_in(whole.result, lang)), "a": bodies[0], "b": bodies[1],
            "tested": None if both is None else _answer(both, lang, shown, moment.token, newer, whole.took_ms),
            "aligned": None if beside is None else beside.model_dump(), "token": moment.token, "newer": newer,
        }
    )  # fmt: skip


def _answer(
    result: Any, lang: Lang, asked: Shown, token: str, newer: bool, took_ms: float
) -> dict[str, Any]:  # fmt: skip
    with speaking(lang):
        columns, shown = _shown(result, asked.rows)
        notes = [{"code": note.code, "level": _level(note.code)} for note in result.notes]
        said = remarks(result)
    notes += [{"code": "", "level": "info"}] * (len(said) - len(notes))
    rows_of_table = result.table.slice(0, asked.rows).to_pylist(maps_as_pydicts="lossy")
    return {
        "spec": result.spec.to_json(),
        "sentence": sentence(result.spec, lang, names_in(result, lang)),
        "kind": result.kind,
        "columns": columns,
        "table": rows_of_table,
        "shown": shown,
        "cells": [{name: cell.of for name, cell in cells_of(result, row).items()} for row in rows_of_table],
        "notes": [note | {"text": text} for note, text in zip(notes, said, strict=True)],
        "chart": result.chart(lang, dark=asked.dark) if asked.chart and result.kind in KINDS else None,
        "token": token,
        "newer": newer,
        "took_ms": round(took_ms, 1),
        "total": result.table.num_rows,
    }


_WARNINGS = ("unseen_", "empty_", "overlap_", "currencies", "rfm_currencies")
"""How the codes of notes begin that say that numbers are not what one may take them for."""


def _level(code: str) -> str:
    return "warning" if code.startswith(_WARNINGS) else "info"


def _shown(result: Any, rows: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The table as people read it: its columns, and its rows as texts."""
    data, heads = shaped(result).slice(0, rows), headings(result)
    columns = [
        {"name": name, "title": heads.get(name) or heading(name), "unit": unit_of(name, data.schema.field(name).type)}
        for name in data.column_names
    ]
    texts = {name: texts_of(data, name)[0] for name in data.column_names}
    return columns, [dict(zip(texts, row, strict=True)) for row in zip(*texts.values(), strict=True)]


def unit_of(name: str, kind: pa.DataType) -> Unit:
    """What the values of a column are."""
    if pa.types.is_timestamp(kind):
        return "time"
    if kind == INTERVAL:
        return "share"
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return "text"
    if name.endswith(DURATIONS):
        return "duration"
    if name in ("difference", "growth"):
        return "points"
    if is_share(name):
        return "share"
    if name == "value":
        return "money"
    return "count" if pa.types.is_integer(kind) else "number"
