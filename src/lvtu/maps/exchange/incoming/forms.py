"""Which form a table has: lanes as rows, steps as rows, or a row for each card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lvtu.maps.exchange.incoming.names import field_of, role_of
from lvtu.maps.exchange.incoming.tables import Table

Form = Literal["grid", "steps", "cards"]
"""Stages and steps across and lanes down; a row for each step, its lanes across; a row for each card."""

_MOST_ACROSS, _MOST_DOWN = 200, 120


@dataclass(frozen=True)
class Shape:
    """Where a table holds what.

    Attributes:
        form: how it is arranged.
        head: its first row; what is above is a title or remarks.
        first: its first column: the names of lanes in a grid.
    """

    form: Form
    head: int
    first: int


def shape_of(table: Table) -> Shape | None:
    """The form of a table; None where it is none that a map can be read from.

    A column of names that are known for lanes tells a grid, a row of them a list; with neither a table is a grid where
    it is no larger than maps are.

    Example:
        >>> shape_of(Table("", [["阶段", "考虑", "购买"], ["痛点", "", "排队"]]))
        Shape(form='grid', head=0, first=0)
        >>> shape_of(Table("", [["阶段", "步骤", "痛点"], ["购买", "付款", "排队"]]))
        Shape(form='steps', head=0, first=0)
    """
    head = next((row for row, cells in enumerate(table.rows) if sum(map(bool, cells)) > 1), None)
    if head is None:
        return None
    first = next(column for column in range(len(table.rows[0])) if any(row[column] for row in table.rows[head:]))
    across = [cell for cell in table.rows[head] if cell]
    down = [row[first] for row in table.rows[head:] if row[first]]
    fields = {field_of(cell) for cell in across}
    if {"lane", "text"} <= fields and fields & {"step", "stage"}:
        return Shape("cards", head, first)
    known_across, known_down = (sum(_known(name) for name in some) for some in (across, down))
    if fields & {"step", "stage"} and known_across >= 2 and known_across >= known_down:
        return Shape("steps", head, first)
    if known_down or (len(table.rows[0]) <= _MOST_ACROSS and len(down) <= _MOST_DOWN and not table.rows[head][first]):
        return Shape("grid", head, first)
    return None


def _known(name: str) -> bool:
    return bool(field_of(name) in ("stage", "step") or role_of(name))
