"""A piece of a source in memory: named columns, whatever the file's format.

Two kinds exist. A `ColumnFrame` holds Arrow columns (Parquet, CSV, tables in memory). A `LineFrame`
holds one JSON object per row as text, whose values are read in place: rows of one file may have
different keys, and one key different types.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect.properties import expression, object_of
from lvtu.collect.sql import columns, one, query, quoted

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]
"""Numbers of rows."""


class Frame(Protocol):
    """Some rows of one source."""

    @property
    def place(self) -> str:
        """The source's short name."""
        ...

    @property
    def numbers(self) -> Rows:
        """Each row's number in the source, as a person would count it."""
        ...

    @property
    def strict(self) -> bool:
        """Whether a name that `names` lacks exists nowhere in the source."""
        ...

    def names(self) -> list[str]:
        """The columns' names."""
        ...

    def has(self, name: str) -> bool:
        """Whether the column, or the path into nested data, exists."""
        ...

    def column(self, name: str) -> pa.Array:
        """One column, or the values at a path; texts of CSV and JSON sources come as text."""
        ...

    def rest(self, used: Iterable[str]) -> pa.Array | None:
        """The JSON object of all columns but those used; null where nothing is left."""
        ...

    def objects(self, wanted: dict[str, str], types: dict[str, str]) -> pa.Array | None:
        """The JSON object of the wanted columns (new name → column)."""
        ...

    def raw(self, rows: Rows) -> pa.Array:
        """The rows (numbered from 0 in this frame) as JSON text, good for `raw_rows`."""
        ...

    def piece(self, start: int, rows: int) -> Frame:
        """Some of the rows."""
        ...


@dataclass(frozen=True)
class ColumnFrame:
    """Rows as Arrow columns.

    Attributes:
        table: the columns.
        place: the source's short name.
        numbers: each row's number in the source.
        untyped: texts whose numbers and booleans are still text (CSV).
        nulls: texts that mean: missing.
    """

    table: pa.Table
    place: str
    numbers: Rows
    untyped: bool = False
    nulls: tuple[str, ...] = ()
    strict: bool = True

    def names(self) -> list[str]:
        """The columns' names."""
        return list(self.table.column_names)

    def has(self, name: str) -> bool:
        """Whether the column, or the path into nested data, exists."""
        try:
            self._find(name)
        except KeyError:
            return False
        return True

    def _find(self, name: str) -> pa.Array:
        """The column of that name, else the part of a nested one; a longer prefix wins."""
        parts = name.split(".")
        for cut in range(len(parts), 0, -1):
            head = ".".join(parts[:cut])
            if head in self.table.column_names:
                found = one(self.table[head])
                for part in parts[cut:]:
                    if not pa.types.is_struct(found.type) or found.type.get_field_index(part) < 0:
                        raise KeyError(name)
                    found = pc.struct_field(found, part)
                return found
        raise KeyError(name)

    def column(self, name: str) -> pa.Array:
        """One column, or the values at a path."""
        return self._present(plain(self._find(name)))

    def _present(self, data: pa.Array) -> pa.Array:
        if self.nulls and pa.types.is_string(data.type):
            lost = pc.is_in(data, pa.array(self.nulls, pa.string()), skip_nulls=True)
            return pc.if_else(lost, pa.scalar(None, pa.string()), data)
        return data

    def rest(self, used: Iterable[str]) -> pa.Array | None:
        """The JSON object of all columns but those used."""
        used = set(used)
        return self.objects({name: name for name in self.names() if name not in used}, {})

    def objects(self, wanted: dict[str, str], types: dict[str, str]) -> pa.Array | None:
        """The JSON object of the wanted columns."""
        if not wanted:
            return None
        data = pa.table([self.column(name) for name in wanted.values()], names=[f"c{i}" for i in range(len(wanted))])
        parts = {
            key: expression(f"c{i}", data.column(i).type, types.get(name, "auto" if self.untyped else ""))
            for i, (key, name) in enumerate(wanted.items())
        }
        return columns([object_of(parts)], data)[0]

    def raw(self, rows: Rows) -> pa.Array:
        """The rows as JSON text."""
        chosen = self.table.take(pa.array(rows))
        data = pa.table(
            [plain(one(column)) for column in chosen.columns], names=[f"c{i}" for i in range(chosen.num_columns)]
        )
        parts = {
            name: f"coalesce({expression(f'c{i}', data.column(i).type, 'auto' if self.untyped else '')}, {missing})"
            for i, name in enumerate(chosen.column_names)
            for missing in [f"case when c{i} = '' then '\"\"' else 'null' end" if self.untyped else "'null'"]
        }
        return columns([object_of(parts)], data)[0]

    def piece(self, start: int, rows: int) -> ColumnFrame:
        """Some of the rows."""
        return replace(self, table=self.table.slice(start, rows), numbers=self.numbers[start : start + rows])


def distinct(names: Iterable[str]) -> list[str]:
    """The names with each repeated one numbered by its position, and each empty one called by it.

    Example:
        >>> distinct(["a", "", "a"])
        ['a', 'column_2', 'a_3']
    """
    found: list[str] = []
    for position, name in enumerate(names, 1):
        name = name or f"column_{position}"
        while name in found:
            name = f"{name}_{position}"
        found.append(name)
    return found


def plain(data: pa.Array) -> pa.Array:
    """The data without encodings: dictionaries decoded, views and large texts as text."""
    kind = data.type
    if isinstance(kind, pa.BaseExtensionType):
        return plain(data.storage)
    if pa.types.is_dictionary(kind):
        return plain(data.dictionary_decode())
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return data.cast(pa.string())
    if pa.types.is_timestamp(kind):
        return pc.cast(data, pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_float16(kind) or pa.types.is_decimal256(kind):
        return data.cast(pa.float64())
    if pa.types.is_fixed_size_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind):
        return data.cast(pa.binary())
    return data


@dataclass(frozen=True)
class LineFrame:
    """Rows as JSON objects in text, all of them valid.

    Attributes:
        lines: one object per row.
        place: the source's short name.
        numbers: each row's number in the source.
        nulls: texts that mean: missing.
        strict: whether these are all rows of the source.
        header: the columns' names, where the source has a header; a column may be empty in all these rows.
    """

    lines: pa.Array
    place: str
    numbers: Rows
    nulls: tuple[str, ...] = ()
    strict: bool = False
    header: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """The columns' names."""
        return list(self.header) or self._keys

    @cached_property
    def _keys(self) -> list[str]:
        found = query("select distinct unnest(json_keys(c0)) as k from t", t=self._table())
        return sorted(found["k"].to_pylist())

    def _table(self) -> pa.Table:
        return pa.table({"c0": self.lines})

    def has(self, name: str) -> bool:
        """Whether the column, or the path into nested data, exists."""
        if name in self.header:
            return True
        if name in self._keys or "." not in name or not any(name.startswith(f"{key}.") for key in self._keys):
            return name in self._keys
        found = columns([f"bool_or({at('json_exists', name)})"], self._table())[0]
        return bool(found[0].as_py())

    def column(self, name: str) -> pa.Array:
        """One column, or the values at a path."""
        return self.many([name])[0]

    def many(self, names: Sequence[str]) -> list[pa.Array]:
        """Several columns in one pass over the text."""
        if not names:
            return []
        paths = list(dict.fromkeys(path for name in names for path in pointers(name)))
        listed = f"json_extract_string(c0, [{', '.join(map(quoted, paths))}])"  # parses each line once, not once a name
        found = columns([listed], self._table())[0]
        flat = {path: pc.list_element(found, place) for place, path in enumerate(paths)}
        data = [pc.coalesce(*(flat[path] for path in pointers(name))) for name in names]
        if not self.nulls:
            return data
        return [pc.if_else(pc.is_in(x, pa.array(self.nulls)), pa.scalar(None, pa.string()), x) for x in data]

    def rest(self, used: Iterable[str]) -> pa.Array | None:
        """The JSON object of all columns but those used."""
        used = set(used)
        if used.issuperset(self._keys):
            return None
        gone = quoted(json.dumps(dict.fromkeys(used), ensure_ascii=False))
        return columns([f"nullif(json_merge_patch(c0, {gone})::varchar, '{{}}')"], self._table())[0]

    def objects(self, wanted: dict[str, str], types: dict[str, str]) -> pa.Array | None:
        """The JSON object of the wanted columns."""
        parts = {}
        for key, name in wanted.items():
            value = f"nullif({at('json_extract', name)}::varchar, 'null')"
            if types.get(name) not in (None, "json"):
                value = expression(at("json_extract_string", name), pa.string(), types[name])
            parts[key] = value
        return columns([object_of(parts)], self._table())[0] if parts else None

    def raw(self, rows: Rows) -> pa.Array:
        """The rows as JSON text, strictly spelled."""
        return columns(["json(c0)::varchar"], pa.table({"c0": self.lines.take(pa.array(rows))}))[0]

    def piece(self, start: int, rows: int) -> LineFrame:
        """Some of the rows."""
        return replace(self, lines=self.lines.slice(start, rows), numbers=self.numbers[start : start + rows])


def pointers(name: str) -> list[str]:
    """Where a key may be: as it is called, and at the path a dotted name stands for.

    Example:
        >>> pointers("a.b")
        ['/a.b', '/a/b']
    """
    keys = [name] if "." not in name else [name, name.replace(".", "/")]
    return ["/" + key.replace("~", "~0") for key in keys]


def at(function: str, name: str) -> str:
    """A JSON function applied to a key, or to the path a dotted name stands for."""
    found = [f"{function}(c0, {quoted(path)})" for path in pointers(name)]
    return (
        found[0]
        if len(found) == 1
        else f"coalesce({', '.join(found)})"
        if function != "json_exists"
        else ("(" + " or ".join(found) + ")")
    )
