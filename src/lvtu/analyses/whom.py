"""Whom a question about segments counts: the customers with an event that exists for it."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import BeforeValidator

from lvtu.analyses.base import Spec, view_of
from lvtu.analyses.members import ALWAYS
from lvtu.analyses.naming import Naming
from lvtu.core.expr import describe, parse
from lvtu.core.expr.customers import InSegment
from lvtu.core.segments import as_condition, called
from lvtu.core.words import Lang
from lvtu.errors import BadInput
from lvtu.kernels.customers import of_rows
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.snapshot import Snapshot

Group = Annotated[str, BeforeValidator(as_condition)]
"""A condition on customers, or the name of a segment; kept as a condition."""


def rows_shown(spec: Spec, snapshot: Snapshot, block: Block) -> Array:
    """Which rows exist for a question, one byte each; empty for all."""
    rows = view_of(block, snapshot, spec.where)
    low, high = spec.span()
    if (low, high) != ALWAYS:
        time = block.column("time")
        span = ((time >= low) & (time < high)).view(np.uint8)
        rows = rows & span if len(rows) else span
    return rows


def with_any(block: Block, rows: Array) -> Array:
    """The customers with any of some rows, one byte each."""
    flags = np.zeros(block.customers, np.uint8)
    if len(rows):
        of_rows(block.column("offsets"), rows, flags)
    else:
        flags[:] = np.diff(block.column("offsets")) > 0
    return flags & block.keep if len(block.keep) else flags


def label_of(condition: str, lang: Lang | None = None, naming: Naming | None = None) -> str:
    """What a group is called: a segment by its name, a condition as it is written, or said in a language."""
    expr = parse(condition)
    if isinstance(expr, InSegment):
        return expr.name if lang is None else called(expr.name, lang)
    return condition if lang is None else describe(expr, lang, naming)


def group_called(text: str, lang: Lang, naming: Naming) -> str:
    """What people call a group that an answer names by its segment's key, by a condition, or in words of its own.

    Example:
        >>> [group_called(text, "zh", Naming()) for text in ("lifecycle:new", "channel = 'store'", "2026-01 – 2026-02")]
        ['新客户', '渠道是“门店”', '2026-01 – 2026-02']
    """
    try:
        return label_of(text, lang, naming)
    except BadInput:  # it is no condition
        return called(text, lang)
