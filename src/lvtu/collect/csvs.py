"""CSV: any delimiter and encoding, read in blocks; rows with too few or many cells are set aside."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect.batch import rejection
from lvtu.collect.frames import ColumnFrame, Frame, distinct
from lvtu.collect.jsons import Rewrite, row_frames
from lvtu.collect.mapping import Mapping
from lvtu.collect.sql import one
from lvtu.collect.streams import BLOCK, Lines, Stream, text_head
from lvtu.core.sentences import Note, Reason
from lvtu.errors import BadInput

DELIMITERS = (",", ";", "\t", "|")


def csv_frames(
    path: Path, place: str, mapping: Mapping, lines: Lines, rewrite: Rewrite | None = None
) -> Iterator[Frame | pa.Table | Note]:
    """The frames of a CSV file, what is to be known about it, and the rows it had to set aside.

    Raises:
        BadInput: the file is empty or is no CSV.
    """
    head = text_head(path, mapping.encoding)
    delimiter = mapping.delimiter or sniff_delimiter(head)
    names = list(mapping.header) if mapping.header else header(head, delimiter, place)
    parsed = _Parsed(names, delimiter, place, 0 if mapping.header else 1, mapping.skip)
    for part in parsed.frames(lines, mapping.null):
        if rewrite is None or not isinstance(part, ColumnFrame):
            yield part
        else:
            yield from row_frames(part.table.to_pylist(), place, mapping, rewrite, part.numbers.tolist())
    if lines.trouble:
        tail = {"_text": lines.tail.decode("utf-8", "replace")}
        yield rejection(f"{place}:{parsed.row}", "file", lines.trouble, tail)


class _Parsed:
    """One pass of the parser over one file; ``row`` is the number of the next row."""

    def __init__(self, names: list[str], delimiter: str, place: str, header_rows: int, skip: int) -> None:
        self.names, self.delimiter, self.place = names, delimiter, place
        self.before = header_rows + skip
        self.row = self.before + 1
        self.invalid: dict[int, Any] = {}
        self.quotes = 0

    def frames(self, lines: Iterable[bytes], nulls: tuple[str, ...]) -> Iterator[Frame | pa.Table]:
        """Frames of whole rows and tables of rejected ones."""
        held: Frame | pa.Table | None = None
        try:
            for batch in self._reader(lines):
                numbers = self._numbers(batch.num_rows)
                yield from self._set_aside()
                for part in self._text(*_without_blank(batch, numbers), nulls):
                    if held is not None:
                        yield held
                    held = part
        except pa.ArrowInvalid as error:
            yield from self._set_aside(all_of_them=True)
            reason = Reason("rest", error=" ".join(str(error).split()))
            yield rejection(f"{self.place}:{self.row}", "row", reason, {"_text": ""})
        yield from self._set_aside(all_of_them=True)
        if isinstance(held, ColumnFrame) and self.quotes % 2 and held.table.num_rows:
            yield from self._reopened(held, nulls)
        elif held is not None:
            yield held

    def _reopened(self, frame: ColumnFrame, nulls: tuple[str, ...]) -> Iterator[Frame | pa.Table]:
        """A file whose last quote never closes: its last row swallowed what follows, which is read again."""
        last = frame.table.num_rows - 1
        cells: dict[str, str] = frame.table.slice(last).to_pylist()[0]
        swallowed = next((cell for cell in cells.values() if "\n" in cell), None)
        if swallowed is None:
            yield frame
            return
        if last:
            yield frame.piece(0, last)
        first, _, rest = swallowed.partition("\n")
        raw = {name: first if cell == swallowed else cell for name, cell in cells.items()}
        number = int(frame.numbers[last])
        yield rejection(f"{self.place}:{number}", "row", Reason("open_quote"), raw)
        again = _Parsed(self.names, self.delimiter, self.place, number, 0)
        again.before = 0
        yield from again.frames(iter([rest.encode()]), nulls)

    def _counted(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for block in lines:
            self.quotes += block.count(b'"')
            yield block

    def _reader(self, lines: Iterable[bytes]) -> Iterator[pa.RecordBatch]:
        from pyarrow import csv as arrow

        stream = io.BufferedReader(Stream(self._counted(lines)), 1 << 20)
        return iter(
            arrow.open_csv(
                stream,
                read_options=arrow.ReadOptions(
                    column_names=self.names, skip_rows_after_names=self.before, block_size=BLOCK, use_threads=False
                ),
                parse_options=arrow.ParseOptions(
                    delimiter=self.delimiter,
                    newlines_in_values=True,
                    ignore_empty_lines=False,
                    invalid_row_handler=self._invalid,
                ),
                convert_options=arrow.ConvertOptions(
                    column_types={name: pa.binary() for name in self.names}, strings_can_be_null=False
                ),
            )
        )

    def _invalid(self, row: Any) -> str:
        self.invalid[row.number if row.number is not None else -len(self.invalid) - 1] = row
        return "skip"

    def _numbers(self, rows: int) -> np.ndarray[Any, Any]:
        """The numbers of the batch's rows: those set aside in between have numbers, too."""
        numbers = np.arange(self.row, self.row + rows + len(self.invalid), dtype=np.int64)
        if self.invalid:
            numbers = numbers[~np.isin(numbers, list(self.invalid))]
        numbers = numbers[:rows]
        self.row = int(numbers[-1]) + 1 if rows else self.row
        return numbers

    def _set_aside(self, all_of_them: bool = False) -> Iterator[pa.Table]:
        """The rows with too few or many cells before the next row; at the end also those after the last good one."""
        for number in [number for number in self.invalid if all_of_them or number < self.row]:
            row = self.invalid.pop(number)
            self.row = max(self.row, number + 1)
            cells = next(iter(_read([row.text], self.delimiter)), [])
            raw: dict[str, Any] = dict(zip(self.names, cells, strict=False))
            if len(cells) > len(self.names):
                raw["_extra"] = cells[len(self.names) :]
            reason = Reason("cells", cells=row.actual_columns, expected=row.expected_columns)
            yield rejection(f"{self.place}:{number}", "row", reason, raw)

    def _text(
        self, table: pa.Table, numbers: np.ndarray[Any, Any], nulls: tuple[str, ...]
    ) -> Iterator[Frame | pa.Table]:
        """The table with its cells as text; rows with bytes that are none are set aside."""
        try:
            text = pa.table([one(column).cast(pa.string()) for column in table.columns], names=self.names)
        except pa.ArrowInvalid:
            good = np.ones(table.num_rows, bool)
            for column in table.columns:
                good &= np.array([_is_text(cell) for cell in column.to_pylist()])
            for row in np.flatnonzero(~good).tolist():
                raw = {name: table[name][row].as_py().decode("utf-8", "replace") for name in self.names}
                yield rejection(f"{self.place}:{numbers[row]}", "row", Reason("no_text"), raw)
            kept = table.filter(pa.array(good))
            text = pa.table([one(column).cast(pa.string()) for column in kept.columns], names=self.names)
            numbers = numbers[good]
        yield ColumnFrame(text, self.place, numbers, untyped=True, nulls=nulls)


def _without_blank(batch: pa.RecordBatch, numbers: np.ndarray[Any, Any]) -> tuple[pa.Table, np.ndarray[Any, Any]]:
    """The batch without blank lines, which the parser gives as rows of empty cells."""
    table = pa.Table.from_batches([batch])
    blank = np.asarray(pc.equal(pc.binary_length(batch.column(0)), 0))
    for column in batch.columns[1:]:
        if not blank.any():
            return table, numbers
        blank &= np.asarray(pc.equal(pc.binary_length(column), 0))
    return table.filter(pa.array(~blank)), numbers[~blank]


def _is_text(cell: bytes) -> bool:
    try:
        cell.decode()
    except UnicodeDecodeError:
        return False
    return True


def _read(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Rows as Python's reader takes them apart, up to one with a cell that is larger than it reads."""
    with suppress(csv.Error):
        yield from csv.reader(lines, delimiter=delimiter)


def sniff_delimiter(head: bytes) -> str:
    """The delimiter that splits the first rows into the most cells of one even number.

    Example:
        >>> sniff_delimiter(b"a;b;c\\n1,5;2;3\\n"), sniff_delimiter(b"one\\n1,2\\n3,4,5\\n")
        (';', ',')
    """
    text = head[: 1 << 16].decode("utf-8", "replace")
    lines = text.splitlines(keepends=True)
    sample = lines[:50] if len(lines) > 50 or len(head) < 1 << 16 else lines[:-1]
    best, best_score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        sizes = [len(row) for row in _read(sample, delimiter) if row]
        if not sizes:
            continue
        size, often = Counter(sizes).most_common(1)[0]
        score = (often / len(sizes) if size > 1 and sizes[0] == size else 0.0, size)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def header(head: bytes, delimiter: str, place: str) -> list[str]:
    """The names in the first row; a repeated name gets a number, an empty one its position.

    Raises:
        BadInput: there is no first row.
    """
    text = head.decode("utf-8", "replace")
    row = next((cells for cells in _read(io.StringIO(text, newline=""), delimiter) if cells), None)
    if row is None and text.strip():
        raise BadInput("long_header", file=place, most=csv.field_size_limit() >> 10)
    if row is None:
        raise BadInput("empty_file", file=place)
    return distinct(cell.strip() for cell in row)
