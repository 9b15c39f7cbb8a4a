"""Columns as the record's types: texts, numbers, maps of identifiers; null where they cannot be."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect.sql import columns
from lvtu.core.record import RECORD

_MAP = RECORD.field("identifiers").type


def texts(data: pa.Array) -> pa.Array:
    """The values as people write them; an empty text is a missing one.

    Whole floats lose their point: ids that a table holds as floats because some are missing
    (``12346.0``) are the ids (``12346``) they were.

    Example:
        >>> texts(pa.array([12346.0, None])).to_pylist(), texts(pa.array(["a", ""])).to_pylist()
        (['12346', None], ['a', None])
    """
    kind = data.type
    if pa.types.is_string(kind):
        return emptied(data)
    if pa.types.is_null(kind):
        return pa.nulls(len(data), pa.string())
    if pa.types.is_floating(kind):
        finite = pc.if_else(pc.is_finite(data), data, pa.scalar(None, kind))
        whole = pc.all(pc.equal(pc.round(finite), finite)).as_py() is not False
        small = (pc.max(pc.abs(finite)).as_py() or 0) < 2**53
        return (finite.cast(pa.int64()) if whole and small else finite).cast(pa.string())
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_decimal(kind):
        return data.cast(pa.string())
    return columns(["c0::varchar"], pa.table({"c0": data}))[0]


def emptied(data: pa.Array) -> pa.Array:
    """Texts with the empty ones missing; the same array if there are none."""
    if len(data) == data.null_count or pc.min(pc.binary_length(data)).as_py() > 0:
        return data
    return pc.if_else(pc.equal(data, ""), pa.scalar(None, pa.string()), data)


_COMMA = r"^\s*[-+]?([0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+)(,[0-9]+)?\s*$"


def numbers(data: pa.Array, decimal: str = ".") -> pa.Array:
    """The values as float64, null where they are no numbers; NaN and infinities stay, to be refused.

    With a decimal comma, points may only stand between thousands.

    Example:
        >>> numbers(pa.array(["1.5", "x", None])).to_pylist(), numbers(pa.array(["1.234,5"]), ",").to_pylist()
        ([1.5, None, None], [1234.5])
    """
    kind = data.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return data.cast(pa.float64(), safe=False)
    if not pa.types.is_string(kind):
        return pa.nulls(len(data), pa.float64())
    data = emptied(data)
    if decimal == ",":
        # a point that does not part thousands is left to fail: 12.50 is not 1250
        data = pc.if_else(pc.match_substring_regex(data, _COMMA), data, pa.scalar(None, pa.string()))
        data = pc.replace_substring(pc.replace_substring(data, ".", ""), ",", ".")
    try:
        return data.cast(pa.float64())
    except pa.ArrowInvalid:
        return columns(["case when not contains(c0, '_') then try_cast(c0 as double) end"], pa.table({"c0": data}))[0]


_SIGNS = r"[¥￥$€£]"
_BEFORE, _AFTER = rf"^\s*([-+]?)\s*{_SIGNS}\s*([-+]?)", rf"\s*({_SIGNS}|元)\s*$"
_GROUPED = r"^\s*[-+]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?\s*$"


def money(data: pa.Array, decimal: str = ".") -> pa.Array:
    """Amounts as float64: numbers that may carry a currency's sign and commas between thousands.

    Only amounts are read so: the weight ``1,234`` is more likely a European 1.234 than a thousand.

    Example:
        >>> money(pa.array(["￥1,234.50", "-$5", "30元", "1,23", "free", None])).to_pylist()
        [1234.5, -5.0, 30.0, None, None, None]
    """
    found = numbers(data, decimal)
    if not pa.types.is_string(data.type) or found.null_count == emptied(data).null_count:
        return found
    signless = pc.replace_substring_regex(data, _BEFORE, r"\1\2")
    signless = pc.replace_substring_regex(signless, _AFTER, "")
    if decimal == ".":
        grouped = pc.match_substring_regex(signless, _GROUPED)
        signless = pc.if_else(grouped, pc.replace_substring(signless, ",", ""), signless)
    return pc.coalesce(found, numbers(signless, decimal))


def integers(data: pa.Array) -> pa.Array:
    """The values as int64, null where they are no whole numbers."""
    if pa.types.is_string(data.type):
        data = emptied(data)
    if not pa.types.is_floating(data.type) and not pa.types.is_nested(data.type):
        try:
            return data.cast(pa.int64())
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            pass
    exact = numbers(data)
    fits = pc.and_(pc.equal(pc.round(exact), exact), pc.less(pc.abs(exact), 2.0**63))
    return pc.if_else(fits, exact, pa.scalar(None, pa.float64())).cast(pa.int64())


def identifiers(named: dict[str, pa.Array], rows: int) -> pa.Array:
    """The map of each row's identifiers from one column per name; null where a row has none.

    Example:
        >>> identifiers({"email": pa.array(["a@x", None]), "phone": pa.array(["1", None])}, 2).to_pylist()
        [[('email', 'a@x'), ('phone', '1')], None]
    """
    if not named or all(data.null_count == rows for data in named.values()):
        return pa.nulls(rows, _MAP)
    width = len(named)
    valid = np.stack([np.asarray(data.is_valid()) for data in named.values()], axis=1)
    cells = np.flatnonzero(valid.ravel())
    stacked = pa.concat_arrays(list(named.values()))
    items = stacked.take(pa.array((cells % width) * rows + cells // width))
    keys = pa.array(list(named), pa.string()).take(pa.array(cells % width))
    sizes = valid.sum(axis=1)
    ends = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    offsets = pa.array(ends, mask=np.concatenate([sizes == 0, [False]]))
    return pa.MapArray.from_arrays(offsets, keys, items)


def identifier_map(data: pa.Array) -> tuple[pa.Array, pa.Array]:
    """A whole column of identifiers as the map, and which values were none: maps, structs or JSON objects."""
    if pa.types.is_struct(data.type):
        named = {field.name: texts(pc.struct_field(data, field.name)) for field in data.type}
        return identifiers(named, len(data)), pa.array(np.zeros(len(data), bool))
    rows = [_pairs(value) for value in data.to_pylist()]
    bad = pa.array([row is None for row in rows])
    return pa.array([row or None for row in rows], _MAP), bad


def _pairs(value: object) -> list[tuple[str, str]] | None:
    """The pairs of one map or JSON object, empty ones left out; None if it is neither."""
    if value is None or value == "":
        return []
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    if isinstance(value, list):
        try:
            value = dict(value)
        except (TypeError, ValueError):
            return None
    if not isinstance(value, dict):
        return None
    spelled = {str(k): v if isinstance(v, str) else json.dumps(v) for k, v in value.items() if v is not None}
    return [(key, item) for key, item in spelled.items() if item != ""]
