"""Reading fields and properties from the lake, for all events of a generation or of a tail."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.core.expr.values import as_text
from lvtu.kernels.properties import ODD, copy_spans, find_property, hash_spans, tally_keys
from lvtu.store import parts
from lvtu.store.journeys.columns import Array, smallest, string_parts
from lvtu.store.journeys.derived import Readings, name_and_version
from lvtu.store.journeys.fields import NO_TIME, kind_of
from lvtu.store.journeys.keys import keys_of
from lvtu.store.journeys.texts import SEED, Numbering, as_sequence
from lvtu.store.lake import Lake


@dataclass(frozen=True)
class Field:
    """One column over all events of a generation, by event id.

    Attributes:
        numbers: codes, float64 or int64 by event id (events without a row read as missing).
        values: text by code, for text and mixed columns; entry 0 is unused.
    """

    numbers: Array
    values: Sequence[str] = ()


class Column:
    """A field that grows as it is read: by event id its code, its number or its time.

    Args:
        name: of the field.
        first: the event id of the first entry.
        known: its texts by code, where they are known beforehand.

    Attributes:
        numbers: the entries so far.
        coded: whether they are codes of texts.
        numbering: of the texts.
    """

    def __init__(self, name: str, first: int = 0, known: Sequence[str] = ()) -> None:
        self.kind = kind_of(name)
        self.numbering = Numbering()
        self._first, self._known = first, known
        self.coded = self.kind in ("text", "mixed") and not known
        self._missing: float = np.nan if self.kind == "number" else NO_TIME if self.kind == "time" else 0
        kinds = {"number": np.dtype(np.float64), "time": np.dtype(np.int64)}
        self.numbers = np.empty(0, kinds.get(self.kind, smallest(len(known))))

    def grown(self, size: int) -> Column:
        """Itself, with room for so many entries; those not read yet are missing."""
        if size > len(self.numbers):
            grown = np.full(size, self._missing, self.numbers.dtype)
            grown[: len(self.numbers)] = self.numbers
            self.numbers = grown
        return self

    def put(self, ids: Array, values: Array) -> None:
        """Take codes or numbers of some events."""
        if self.coded and (kind := smallest(len(self.numbering))).itemsize > self.numbers.itemsize:
            self.numbers = self.numbers.astype(kind)
        self.numbers[ids - self._first] = values

    def put_column(self, ids: Array, column: pa.Array) -> None:
        """Take the values of some events of a field of the record."""
        if self.coded:
            encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
            table = np.append(self.numbering.codes(encoded.dictionary), 0)
            places = pc.fill_null(encoded.indices, len(table) - 1).to_numpy(zero_copy_only=False)
            self.put(ids, table[places])
        else:
            known = column.is_valid().to_numpy(zero_copy_only=False)
            target = pa.float64() if self.kind == "number" else pa.int64()
            values = pc.fill_null(column.cast(target), 0).to_numpy(zero_copy_only=False)
            self.put(ids[known], values[known])

    @property
    def texts(self) -> Sequence[str]:
        """The texts by code that are known by now; none of a field that has numbers or times."""
        return as_sequence(self.numbering.texts) if self.coded else self._known


def read_fields(
    lake: Lake, names: Sequence[str], size: int, upto: int | None = None, readings: Readings | None = None
) -> dict[str, Field]:
    """Read fields and properties of the lake's rows; all properties in one pass, and all that texts say in another.

    Args:
        lake: the event log.
        names: of the fields and properties.
        size: one more than the largest event id.
        upto: only events of this commit and earlier ones.
        readings: how texts are read; only what is derived of them needs it.
    """
    columns = {name: column_for(name, 0, readings).grown(size) for name in names}
    read_into(columns, lake, None, upto, readings)
    return {name: Field(column.numbers, column.texts) for name, column in columns.items()}


def column_for(name: str, first: int, readings: Readings | None) -> Column:
    """An empty column."""
    known, version = name_and_version(name)
    return Column(name, first, readings.values[known] if readings and version else ())


def read_into(
    columns: Mapping[str, Column], lake: Lake, after: int | None, upto: int | None, readings: Readings | None = None
) -> None:
    """Read fields and properties of the lake's rows into columns that have room for them.

    Args:
        columns: by name.
        lake: the event log.
        after: only events of later commits.
        upto: only events of this commit and earlier ones.
        readings: how texts are read.
    """
    derived = {name: column for name, column in columns.items() if name_and_version(name)[1]}
    if derived:
        assert readings is not None
        _read_texts(lake.read(["event_id", "text"], after_commit=after, upto_commit=upto), derived, readings)
    columns = {name: column for name, column in columns.items() if name not in derived}
    mixed = {name: column for name, column in columns.items() if column.kind == "mixed"}
    if mixed:
        _properties(lake.read(["event_id", "properties"], after_commit=after, upto_commit=upto), mixed)
    plain = [name for name in columns if name not in mixed]
    if plain:
        texts = [name for name in plain if columns[name].kind == "text"]
        for batch in lake.read(["event_id", *plain], after_commit=after, upto_commit=upto, dictionary=texts):
            for place, name in enumerate(plain, 1):
                columns[name].put_column(batch.column(0).to_numpy(), batch.column(place))


def _read_texts(batches: Iterable[pa.RecordBatch], columns: Mapping[str, Column], readings: Readings) -> None:
    """What texts say. They are read on all cores."""
    names = {name_and_version(name)[0]: column for name, column in columns.items()}

    def read(batch: pa.RecordBatch) -> tuple[Array, Mapping[str, Array]]:
        said = batch.filter(pc.is_valid(batch.column(1)))
        return said.column(0).to_numpy(), readings.read(said.column(1), list(names))

    for ids, found in parts.in_order(read, batches):
        for name, column in names.items():
            column.put(ids, found[name])


# Properties.


@dataclass
class _Found:
    """What one property is in the rows of a batch: the bounds of its text in `data`, and the text's hash.

    Attributes:
        odd: texts that had to be made, by row.
    """

    data: Array
    start: Array
    end: Array
    hi: Array
    lo: Array
    odd: dict[int, str] = field(default_factory=dict)

    def texts(self, rows: Array) -> pa.Array:
        """The texts of some rows."""
        lengths = self.end[rows] - self.start[rows]
        offsets = np.zeros(len(rows) + 1, np.int32)
        np.cumsum(lengths, out=offsets[1:])
        out = np.empty(int(offsets[-1]), np.uint8)
        copy_spans(self.start, self.end, self.data, rows, offsets, out)
        plain = pa.StringArray.from_buffers(len(rows), pa.py_buffer(offsets), pa.py_buffer(out))
        made = (
            [(place, self.odd[row]) for place, row in enumerate(rows.tolist()) if row in self.odd] if self.odd else []
        )
        if not made:
            return plain
        mask = np.zeros(len(rows), bool)
        mask[[place for place, _ in made]] = True
        return pc.replace_with_mask(plain, pa.array(mask), pa.array([text for _, text in made], pa.string()))


def _properties(batches: Iterable[pa.RecordBatch], columns: Mapping[str, Column]) -> None:
    """Some properties of the JSON objects. They are found on all cores, and numbered one batch after another."""

    def find(batch: pa.RecordBatch) -> tuple[Array, list[_Found]]:
        return batch.column(0).to_numpy(), [_find(batch.column(1), name) for name in columns]

    for ids, every in parts.in_order(find, batches):
        for column, found in zip(columns.values(), every, strict=True):
            numbers, new = column.numbering.add(found.hi, found.lo)
            if len(new):
                column.numbering.keep(found.texts(new))
            column.put(ids, numbers)


def _find(column: pa.Array, name: str) -> _Found:
    name = name.removeprefix("properties.")  # said where a property is called like a field of the record
    offsets, data, valid = string_parts(column)
    n = len(column)
    start, end, kind = np.empty(n, np.int64), np.empty(n, np.int64), np.empty(n, np.uint8)
    spelling = json.dumps(name, ensure_ascii=False)[1:-1]
    needle = np.frombuffer(spelling.encode(errors="surrogatepass"), np.uint8)
    if find_property(offsets, data, valid, needle, start, end, kind) or "\\" in spelling or _is_path(name):
        return _asked(column, name)
    hi, lo = np.empty(n, np.uint64), np.empty(n, np.uint64)
    hash_spans(start, end, kind, data, np.uint64(SEED), hi, lo)
    found = _Found(data, start, end, hi, lo)
    odd = np.flatnonzero(kind == ODD)
    if len(odd):
        _make(found, odd, found.texts(odd))
    return found


def _make(found: _Found, rows: Array, values: pa.Array) -> None:
    """Give rows the text twin of their JSON values: strings unescaped, numbers at their shortest.

    A value that is not JSON (``inf``, which was let in once) is missing.
    """
    encoded = values.dictionary_encode()
    made = [as_text(_read(text)) or "" for text in encoded.dictionary.to_pylist()]
    hi, lo = keys_of(pa.array(made, pa.string()), SEED)
    empty = np.array([not text for text in made], bool)
    hi[empty] = lo[empty] = 0
    places = encoded.indices.to_numpy()
    found.hi[rows], found.lo[rows] = hi[places], lo[places]
    found.odd |= {row: made[place] for row, place in zip(rows.tolist(), places.tolist(), strict=True)}


def _read(text: str, **how: Any) -> Any:
    """The JSON value; None where there is none."""
    try:
        return json.loads(text, **how)
    except (ValueError, RecursionError):
        return None


def _is_path(name: str) -> bool:
    """Whether a name may also mean a path into objects: ``a.b``, but not ``No.`` nor ``a.*``."""
    pieces = name.split(".")
    return len(pieces) > 1 and all(pieces) and "*" not in pieces


def _asked(column: pa.Array, name: str) -> _Found:
    """One property with keys however they are spelled, and paths into objects."""
    rows, values = _by_python(column, name) if name in ("", "*") else _by_duckdb(column, name)
    n = len(column)
    spans, keys = np.zeros((2, n), np.int64), np.zeros((2, n), np.uint64)
    found = _Found(np.empty(0, np.uint8), spans[0], spans[1], keys[0], keys[1])
    if len(rows):
        _make(found, rows, values)
    return found


def _by_python(column: pa.Array, name: str) -> tuple[Array, pa.Array]:
    """The rows that have a property, and its values as JSON: for the names that no path of DuckDB can say.

    An empty name is an error there, and a star stands for all names even between quotes.
    """
    rows, values = [], []
    for row, text in enumerate(column.to_pylist()):
        found = _read(text, object_pairs_hook=_firsts) if text else None
        if isinstance(found, dict) and name in found:
            rows.append(row)
            values.append(json.dumps(found[name], ensure_ascii=False))
    return np.array(rows, np.int64), pa.array(values, pa.string())


def _firsts(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of equal keys the first counts, as the kernel and DuckDB have it."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found


def _by_duckdb(column: pa.Array, name: str) -> tuple[Array, pa.Array]:
    """The rows that have a property, and its values as JSON."""
    import duckdb

    query = f"json_extract(properties, '{_json_path([name])}')"
    if _is_path(name):
        query = f"coalesce({query}, json_extract(properties, '{_json_path(name.split('.'))}'))"
    connection = duckdb.connect()
    connection.register("rows", pa.table({"row": np.arange(len(column)), "properties": column}))
    answer = connection.sql(f"select row, {query}::varchar as found from rows where properties is not null")
    table = answer.to_arrow_table().combine_chunks().filter(pc.is_valid(pc.field("found")))
    return table["row"].to_numpy(), table["found"].combine_chunks()


def _json_path(names: list[str]) -> str:
    quoted = (name.replace("\\", "\\\\").replace('"', '\\"').replace("'", "''") for name in names)
    return "$" + "".join(f'."{name}"' for name in quoted)


def known_properties(lake: Lake) -> dict[str, int]:
    """Every property of the lake with its number of events, most used first. Reads all properties."""
    counts: Counter[str] = Counter()
    for found in parts.in_order(names_of_properties, lake.read(["properties"])):
        counts.update(found)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


_NAMES = 2048
"""Names of a batch that are told apart by the kernel."""


def names_of_properties(batch: pa.RecordBatch) -> dict[str, int]:
    """The properties of some events (a column ``properties``), each with its number of events."""
    offsets, data, valid = string_parts(batch.column(0))
    first, length, last, counts = (np.zeros(_NAMES, np.int64) for _ in range(4))
    slots = np.full(4 * _NAMES, -1, np.int32)
    found = tally_keys(offsets, data, valid, slots, first, length, last, counts)
    if found < 0:
        return _names_by_duckdb(batch)
    spans = zip(first[:found].tolist(), length[:found].tolist(), counts[:found].tolist(), strict=True)
    return {data[at : at + size].tobytes().decode(): number for at, size, number in spans}


def _names_by_duckdb(batch: pa.RecordBatch) -> dict[str, int]:
    import duckdb

    connection = duckdb.connect()
    connection.register("rows", pa.Table.from_batches([batch]))
    query = "select unnest(json_keys(properties)) as name, count(*) from rows group by 1"
    return dict(connection.sql(query).fetchall())
