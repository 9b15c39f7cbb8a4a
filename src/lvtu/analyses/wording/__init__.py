"""An answer in its reader's words: what its columns, values and remarks are called.

There is a module for each kind of answer that has words of its own. The language is that of the environment
(`lvtu.core.words.language`). The command line and notebooks both read it here.
"""

from __future__ import annotations

import importlib
from typing import Any

import pyarrow as pa

from lvtu.analyses.wording.base import Wording
from lvtu.analyses.wording.cells import heading
from lvtu.analyses.wording.notes import worded
from lvtu.core.expr.values import MODEL_FIELDS
from lvtu.core.words import language

_KINDS = frozenset(
    {
        "attribution",
        "behaviours",
        "channels",
        "clusters",
        "compare",
        "conformance",
        "drivers",
        "servqual",
        "response_times",
        "kano",
        "maxdiff",
        "first_touch",
        "flow",
        "funnel",
        "graph",
        "handoffs",
        "linked",
        "metric",
        "overlap",
        "rfm",
        "rollup",
        "scorecard",
        "scores",
        "segment",
        "stages_now",
        "step_matrix_compare",
        "themes",
        "time_to_convert",
        "touchpoint_quality",
        "timeline",
        "trend",
        "variants",
        "word_of_mouth",
    }
)
"""Kinds of answers whose words are particular."""


def wording_of(kind: str) -> Wording:
    """The words of a kind of answer."""
    if kind not in _KINDS:
        return Wording()
    found: Wording = importlib.import_module(f"lvtu.analyses.wording.{kind}").WORDING
    return found


def headings(result: Any) -> dict[str, str]:
    """Headings by column, where they are not the columns' own words."""
    spec, words = result.spec, wording_of(result.kind)
    unit = getattr(spec, "unit", "customers")
    heads = {"customers": heading(unit)} if unit != "customers" else {}
    heads |= {name: heading(word) for name, word in words.heads.items()} | words.titles(result)
    by = getattr(spec, "by", None)
    return heads | ({by: heading(by)} if by and by in ("channel", "currency", *MODEL_FIELDS) else {})


def shaped(result: Any) -> pa.Table:
    """The table with what a person needs of it."""
    return wording_of(result.kind).shaped(result)


def remarks(result: Any) -> list[str]:
    """What is to be known about an answer, in sentences: its notes first."""
    said = [worded(note, result, language()).text() for note in result.notes]
    return said + wording_of(result.kind).remarks(result)
