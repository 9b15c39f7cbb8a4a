"""The same question of two segments, or of two periods, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from pydantic import BaseModel, Field

from lvtu.analyses.base import Spec, make
from lvtu.analyses.compare import beside
from lvtu.analyses.wording import headings
from lvtu.analyses.wording.cells import heading
from lvtu.core.segments import as_segment
from lvtu.core.words import Lang, speaking
from lvtu.errors import BadInput
from lvtu.service.analyses.schemas import Aligned, AlignedColumn

Row = dict[str, Any]


class Period(BaseModel):
    """A stretch of time.

    Attributes:
        since: from this time on.
        until: before this time.
    """

    since: str | None = None
    until: str | None = None

    def label(self) -> str:
        """What it is called beside another."""
        return f"{self.since or '…'} – {self.until or '…'}"


class Compared(BaseModel):
    """Which question to ask of what.

    Attributes:
        spec: the question.
        by: what is compared: two segments (their names, or conditions), or two periods.
        a, b: both.
        token: of the snapshot to count on.
    """

    spec: dict[str, Any]
    by: Literal["segments", "periods"]
    a: str | Period
    b: str | Period
    token: str | None = Field(default=None, max_length=64)


def sides(spec: Spec, asked: Compared) -> tuple[Spec, Spec]:
    """The question of each side.

    Raises:
        BadInput: a side is a period where segments are compared, or the other way round; or it cannot be read.
    """
    return _side(spec, asked.by, asked.a), _side(spec, asked.by, asked.b)


def _side(spec: Spec, by: Literal["segments", "periods"], side: str | Period) -> Spec:
    given = spec.model_dump(exclude_defaults=True)
    if isinstance(side, str) != (by == "segments"):
        raise BadInput(f"sides_{by}")
    if isinstance(side, str):
        condition = as_segment(side)
        given["where"] = f"({spec.where}) and ({condition})" if spec.where else condition
    else:
        given |= {"since": side.since, "until": side.until}
    made: Spec = make(type(spec), given)
    return made


def tested(result: Any, asked: Compared, a: Any, b: Any) -> Any | None:
    """The answer that says whether two sides differ by more than chance, where there is one.

    Args:
        result: the answer of the question as it stands.
        asked: what is compared.
        a, b: the answers of both sides.
    """
    spec = result.spec
    if isinstance(asked.a, str) and isinstance(asked.b, str):
        plain = spec.analysis == "step_matrix" or (spec.analysis == "funnel" and not spec.by and not spec.trend)
        return result.compare(as_segment(asked.a), as_segment(asked.b)) if plain else None
    if spec.analysis == "funnel" and not spec.by and not spec.trend:
        labels = tuple(one.label() for one in (asked.a, asked.b) if isinstance(one, Period))
        return beside(spec, np.array([a.steps, b.steps], np.int64), (labels[0], labels[1]), a.token)
    return None


def aligned(a: Any, b: Any, lang: Lang, by: str, unit_of: Any) -> Aligned | None:
    """The rows of two answers to one question side by side; nothing where rows cannot be told by what they say.

    Args:
        a, b: the answers.
        lang: the language of the titles.
        by: what is compared: of two periods, the first calendar period of one stands beside the first of the other.
        unit_of: says what the values of a column are.
    """
    if a.kind in ("clusters", "timeline"):  # groups have no names of their own; nor has a time line numbers
        return None
    schema = a.table.schema
    keys = [field.name for field in schema if _is_key(field, a.kind)]
    numbers = [field.name for field in schema if _is_number(field.type) and field.name not in (*keys, "variant")]
    rows = [{_key(row, keys): row for row in _rows(one, by)} for one in (a, b)]
    with speaking(lang):
        heads = headings(a)
        titles = {name: heads.get(name) or heading(name) for name in (*keys, *numbers)}
    columns = [AlignedColumn(name=name, title=titles[name], unit=unit_of(name, schema.field(name).type), side=None)
               for name in keys]  # fmt: skip
    for name in numbers:
        unit = unit_of(name, schema.field(name).type)
        columns += [
            AlignedColumn(name=f"{name}_{side}", title=titles[name], unit=unit, side=side) for side in ("a", "b")
        ]
        columns.append(
            AlignedColumn(name=f"{name}_difference", title=titles[name], side="difference",
                          unit="points" if unit == "share" else unit)
        )  # fmt: skip
    table = [_beside(rows[0].get(key), rows[1].get(key), keys, numbers) for key in dict.fromkeys([*rows[0], *rows[1]])]
    return Aligned(columns=columns, table=table)


def _is_key(field: Any, kind: str) -> bool:
    index = field.name in ("step", "period", "to", "pair", "level", *_COUNTED) and kind != "variants"
    return index or not (_is_number(field.type) or pa.types.is_boolean(field.type))


_COUNTED = ("hours", "days", "weeks", "months")


def _is_number(kind: Any) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _rows(result: Any, by: str) -> list[Row]:
    rows: list[Row] = result.table.to_pylist()
    if by == "periods":
        for name in ("period", "cohort"):
            if name in result.table.column_names and pa.types.is_timestamp(result.table.schema.field(name).type):
                starts = sorted({row[name] for row in rows})
                number = {start: place for place, start in enumerate(starts, 1)}
                rows = [row | {name: number[row[name]]} for row in rows]
    return rows


def _key(row: Row, keys: Iterable[str]) -> tuple[Any, ...]:
    return tuple(tuple(row[name]) if isinstance(row[name], list) else row[name] for name in keys)


def _beside(a: Row | None, b: Row | None, keys: list[str], numbers: list[str]) -> Row:
    common: Row = a or b or {}
    found = {name: common[name] for name in keys}
    for name in numbers:
        left, right = (None if row is None else row[name] for row in (a, b))
        apart = None if left is None or right is None else left - right
        found |= {f"{name}_a": left, f"{name}_b": right, f"{name}_difference": apart}
    return found
