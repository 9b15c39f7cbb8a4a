"""Answers as pictures: ECharts options, plain values that the web app and notebooks draw. One module per kind."""

from __future__ import annotations

import importlib
from typing import Any

from lvtu.analyses.charts.theme import DARK, LIGHT, Sheet
from lvtu.analyses.registry import Registry
from lvtu.analyses.wording.notes import worded
from lvtu.core.words import Lang, language, say
from lvtu.errors import BadInput

KINDS = (*Registry.names, "compare", "time_to_convert", "stages_now", "step_matrix_compare", "linked")
"""What can be drawn; each is a module of this package with a function ``draw``."""


def chart(result: Any, lang: Lang | None = None, dark: bool = False) -> dict[str, Any]:
    """The ECharts option of an answer; see `lvtu.analyses.base.Result.chart`.

    Raises:
        BadInput: there is no picture of this kind of answer.
    """
    if result.kind not in KINDS:
        raise BadInput("no_chart", analysis=result.kind, known=KINDS)
    lang = lang or language()
    column = {"stages": "stage", "stages_now": "stage", "model_change": "stage", "behaviours": "behaviour"}.get(
        result.kind, getattr(result.spec, "by", None)
    )
    marks = {mark: say(f"values.{word}", lang) for mark, word in result.marks.items()}
    names = {**result.naming.names(column, lang), **marks}
    sheet = Sheet(lang, DARK if dark else LIGHT, names, lambda note: worded(note, result, lang), result.naming)
    option: dict[str, Any] = importlib.import_module(f"lvtu.analyses.charts.{result.kind}").draw(result, sheet)
    return option
