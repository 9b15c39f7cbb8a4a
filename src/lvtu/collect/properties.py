"""Values as JSON text, and texts that may be JSON, a column at a time."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa

from lvtu.collect.sql import columns, quoted
from lvtu.kernels.json import PLAIN, recognise
from lvtu.store.journeys.columns import string_parts

_NUMBER = r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,25})?|-?[0-9](\.[0-9]{1,17})?e[+-][0-9]{2,3}"
_TRUE = "('true', 'True', 'TRUE')"
_FALSE = "('false', 'False', 'FALSE')"

_VALID = "coalesce(json_valid(c0) and json_type(case when json_valid(c0) then c0 end) = 'OBJECT', false)"
_STRING = r'"(?:[^"\\]|\\.)*"'
_LOOSE = r"(?i)nan|inf|,\s*[\]}]"
"""What DuckDB's parser takes beyond JSON, once the strings are gone: words for no number, commas before an end."""
_UP_TO_WILD = rf"((?:{_STRING}|[^\"NI-]|-[0-9])*)(?:-?(?:NaN|Infinity)|$)"
"""From one number that JSON has no word for to the next, strings passed over whole; or to the end."""


def kinds(data: pa.Array) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """What each text is, as `lvtu.kernels.json` has it: an object, an empty one, or doubtful.

    Example:
        >>> kinds(pa.array(['{"a": 1}', "{}", '{"a": NaN}', None])).tolist()
        [1, 2, 0, 0]
    """
    found = np.empty(len(data), np.uint8)
    recognise(*string_parts(data), PLAIN, found)
    return found


def are_objects(data: pa.Array) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether each text is a JSON object for both parsers, DuckDB's and Python's; for the few that `kinds` leaves.

    Example:
        >>> are_objects(pa.array(['{"a": 1e9}', '{"a": inf}', '{"a": NaN}', "[]", None])).tolist()
        [True, False, False, False, False]
    """
    good = np.array(columns([_VALID], pa.table({"c0": data}))[0], bool)
    for place in np.flatnonzero(good).tolist():
        good[place] = _reads(data[place].as_py())
    return good


def _reads(text: str) -> bool:
    """Whether Python reads the text, strictly: it will have to when the property is asked for."""
    try:
        json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(word: str) -> Any:
    raise ValueError(word)


def object_of(parts: dict[str, str]) -> str:
    """The SQL of one JSON object from SQL texts of JSON values; a null value's key is left out.

    Example:
        >>> from lvtu.collect.sql import columns
        >>> table = pa.table({"c0": [1, None], "c1": ["x", None]})
        >>> columns([object_of({"a": "c0::varchar", "b": "to_json(c1)::varchar"})], table)[0].to_pylist()
        ['{"a":1,"b":"x"}', None]
    """
    pairs = [f"{quoted(',' + json.dumps(key, ensure_ascii=False) + ':')} || {value}" for key, value in parts.items()]
    joined = f"concat({', '.join(pairs)})"
    return f"'{{' || nullif(substr({joined}, 2), '') || '}}'"


def expression(name: str, kind: pa.DataType, wish: str = "") -> str:
    """The SQL of one column's values as JSON text, null where missing.

    Args:
        name: the column in the query.
        kind: its Arrow type.
        wish: ``text``, ``number``, ``bool``, ``time``, ``json``, ``auto`` (untyped text: typed value by
            value) or "" (as the type says). A text that cannot be what is wished stays text.
    """
    if pa.types.is_null(kind):
        return "null::varchar"
    if pa.types.is_string(kind):
        return _from_text(name, wish)
    if wish == "text":
        return f"to_json({name}::varchar)::varchar"
    if pa.types.is_floating(kind):
        return f"case when isfinite({name}) then to_json({name})::varchar end"
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_decimal(kind):
        return f"{name}::varchar"
    if pa.types.is_timestamp(kind):
        if kind.tz:
            return f"'\"' || replace(({name} at time zone 'UTC')::varchar, ' ', 'T') || 'Z\"'"
        return f"'\"' || replace({name}::varchar, ' ', 'T') || '\"'"
    if pa.types.is_nested(kind):
        value = f"to_json({name})::varchar"
        finite = f"left(regexp_replace({value}, '{_UP_TO_WILD}', '\\1null', 'g'), -4)"  # the end gets one too
        return f"case when regexp_matches({value}, 'NaN|Infinity') then {finite} else {value} end"
    return f"to_json({name}::varchar)::varchar"


def _from_text(name: str, wish: str) -> str:
    text = f"to_json({name})::varchar"
    number = f"when ascii({name}) between 45 and 57 and regexp_full_match({name}, '{_NUMBER}') then {name}"
    true_false = f"when {name} in {_TRUE} then 'true' when {name} in {_FALSE} then 'false'"
    empty = f"when {name} = '' then null"
    if wish == "auto":
        return f"case {number} {empty} {true_false} else {text} end"
    if wish == "number":
        value = f"try_cast({name} as double)"
        return f"case {number} {empty} when isfinite({value}) then to_json({value})::varchar else {text} end"
    if wish == "bool":
        yes, no = "('1', 'yes', 'y', 't')", "('0', 'no', 'n', 'f')"
        words = f"when lower({name}) in {yes} then 'true' when lower({name}) in {no} then 'false'"
        return f"case {empty} {true_false} {words} else {text} end"
    if wish == "time":
        value = f"try_cast({name} as timestamptz) at time zone 'UTC'"
        return f"case {empty} else coalesce('\"' || replace(({value})::varchar, ' ', 'T') || 'Z\"', {text}) end"
    if wish == "json":
        loose = f"regexp_matches(regexp_replace({name}, '{_STRING}', '', 'g'), '{_LOOSE}')"
        return f"case {empty} when json_valid({name}) and not {loose} then {name} else {text} end"
    return f"case {empty} else {text} end" if wish == "text" else text
