"""The customers behind a transition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lvtu.analyses.members import Members, code_of, lines_at, rows_of
from lvtu.store.journeys.block import Block
from lvtu.store.journeys.columns import Array

if TYPE_CHECKING:
    from lvtu.analyses.graph import Graph


def members(question: Graph, source: str | None, target: str | None) -> Members:
    """Those with at least one transition from a source to a target."""
    spec, snapshot = question.spec, question.snapshot
    ends = [code_of(snapshot, spec.by, name) for name in (source, target)]

    def lines(block: Block) -> Array:
        who, rows = places(question, block)
        codes = block.codes(spec.by)[0][rows]
        found = (who[1:] == who[:-1]) & (codes[:-1] == ends[0]) & (codes[1:] == ends[1])
        if spec.within is not None:
            found &= np.diff(block.column("time")[rows]) <= spec.within
        chosen: Array = who[1:][found]
        return chosen

    return Members(question.reads(), lines)


def visitors(question: Graph, place: str | None) -> Members:
    """Those who were at a place at least once."""
    spec = question.spec
    code = code_of(question.snapshot, spec.by, place)

    def lines(block: Block) -> Array:
        who, rows = places(question, block)
        chosen: Array = who[block.codes(spec.by)[0][rows] == code]
        return chosen

    return Members(question.reads(), lines)


def places(question: Graph, block: Block) -> tuple[Array, Array]:
    """The rows that are places of the graph, in order: the customer's line of each, and the row."""
    spec = question.spec
    rows = rows_of(block, question.snapshot, spec.where, span=spec.span())
    who, codes = lines_at(block, rows), block.codes(spec.by)[0][rows]
    if not spec.fold:
        return who, rows
    first = np.ones(len(rows), bool)  # of a run of one name the first event stands for all
    first[1:] = (who[1:] != who[:-1]) | (codes[1:] != codes[:-1])
    return who[first], rows[first]
