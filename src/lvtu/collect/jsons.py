"""JSON: lines of objects, arrays, and rows in memory; a broken line costs that line only."""

from __future__ import annotations

import codecs
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect.batch import rejection
from lvtu.collect.frames import Frame, LineFrame
from lvtu.collect.mapping import Mapping
from lvtu.collect.properties import are_objects, kinds
from lvtu.collect.streams import LONGEST, Lines, text_head
from lvtu.core.record import NAMES
from lvtu.core.sentences import Note, Reason
from lvtu.kernels.json import DOUBTFUL

Rewrite = Callable[[dict[str, Any]], Iterable["dict[str, Any] | Unread"]]
"""A ready reader's rule: one row of the source → the rows of record fields it holds, and what it cannot read."""

Learn = Callable[[list[dict[str, Any]]], Iterable[Note]]
"""The method ``learn`` of a ready reader that looks at rows, some at a time, before it reads them, to see what single
rows do not tell; it gives what is to be known about that."""


@dataclass(frozen=True)
class Unread:
    """A part of a row that a ready reader cannot read.

    Attributes:
        reason: why.
        raw: the part as it came, good to be read again through the same reader.
    """

    reason: Reason
    raw: dict[str, Any]


_ROWS = 50_000


def json_frames(
    path: Path, place: str, mapping: Mapping, lines: Lines, rewrite: Rewrite | None
) -> Iterator[Frame | pa.Table | Note]:
    """The frames of a JSON file: one object per line, one array of objects, or one object."""
    lines.fallback = "utf-8"  # JSON is never latin-1: odd bytes cost their line
    if _is_document(text_head(path, mapping.encoding, fallback="utf-8").lstrip()):
        yield from _document(lines, place, mapping, rewrite)
    else:
        yield from _lines(lines, place, mapping, rewrite)
    if lines.trouble:
        tail = {"_text": lines.tail.decode("utf-8", "replace")}
        yield rejection(place, "file", lines.trouble, tail)


def _is_document(head: bytes) -> bool:
    """Whether the text is one array or one object over several lines, and not lines of objects."""
    first, *others = head.split(b"\n")[:50]
    if first.startswith(b"["):
        return not (_is_json(first) and any(_is_object(line) for line in others))
    return first.startswith(b"{") and not any(line.startswith(b"{") and _is_object(line) for line in (first, *others))


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _lines(lines: Lines, place: str, mapping: Mapping, rewrite: Rewrite | None) -> Iterator[Frame | pa.Table | Note]:
    number = 1
    for turn, block in enumerate(lines):
        data, broken = _split(block)
        numbers = np.arange(number, number + len(data), dtype=np.int64)
        number += len(data) - (1 if block.endswith(b"\n") else 0)
        whole = turn == 0 and len(block) < lines.block
        good = kinds(data) != DOUBTFUL
        doubtful = np.flatnonzero(~good)
        if len(doubtful):
            good[doubtful] = are_objects(data.take(pa.array(doubtful)))
        odd = np.flatnonzero(~good)
        mended, aside = _mended(data.take(pa.array(odd)).to_pylist(), numbers[odd], place)
        yield from aside
        for index, text in broken.items():
            yield rejection(f"{place}:{numbers[index]}", "row", Reason("no_text"), {"_text": text})
        if len(odd):
            extra = spelled([row for row, _ in mended])
            data = pa.concat_arrays([data.filter(pa.array(good)), extra])
            numbers = np.concatenate([numbers[good], np.array([n for _, n in mended], np.int64)])
        if len(data):
            yield from _rewritten(LineFrame(data, place, numbers, mapping.null, whole), rewrite)


def _split(block: bytes) -> tuple[pa.Array, dict[int, str]]:
    """The lines of a block, and those (by index, from 0) that are no UTF-8."""
    try:
        text = pa.array([block], pa.large_binary()).cast(pa.large_string())
        return pc.split_pattern(text, "\n").values.cast(pa.string()), {}
    except pa.ArrowInvalid:
        broken, kept = {}, []
        for index, line in enumerate(block.split(b"\n")):
            try:
                kept.append(line.decode())
            except UnicodeDecodeError:
                kept.append("")
                broken[index] = line.decode("utf-8", "replace")
        return pa.array(kept, pa.string()), broken


def _mended(texts: list[str], numbers: Any, place: str) -> tuple[list[tuple[dict[str, Any], int]], list[pa.Table]]:
    """Lines that Python can read although they are not strict JSON (NaN), and the others set aside."""
    mended: list[tuple[dict[str, Any], int]] = []
    aside = []
    for text, number in zip(texts, numbers.tolist(), strict=True):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
            if isinstance(row, dict):
                mended.append((row, number))
                continue
            reason = Reason("not_object", type=type(row).__name__)
        except (ValueError, RecursionError) as error:
            reason = Reason("not_json", error=str(error))
        aside.append(rejection(f"{place}:{number}", "row", reason, {"_text": text}))
    return mended, aside


def _document(lines: Lines, place: str, mapping: Mapping, rewrite: Rewrite | None) -> Iterator[Frame | pa.Table | Note]:
    """One array of objects, or one object; a broken one gives what comes before the break."""
    document = _Document(lines)
    numbers = count(1)
    elements = ((number, row) for number, row in zip(numbers, document.elements(), strict=False))
    while part := list(islice(elements, _ROWS)):
        for number, row in part:
            if not isinstance(row, dict):
                reason = Reason("not_object", type=type(row).__name__)
                yield rejection(f"{place}:{number}", "row", reason, {"_text": json.dumps(row)})
        good = [(row, number) for number, row in part if isinstance(row, dict)]
        yield from row_frames([row for row, _ in good], place, mapping, rewrite, [number for _, number in good])
    if document.broken is not None:
        yield rejection(f"{place}:{document.read + 1}", "row", document.broken, {"_text": ""})


class _Document:
    """The elements of an array, or one object, read one by one from a text that comes in pieces.

    Args:
        lines: the text.

    Attributes:
        read: how many elements were read.
        broken: why the rest cannot be, once that is so.
    """

    def __init__(self, lines: Lines) -> None:
        self.read = 0
        self.broken: Reason | None = None
        self._pieces = lines.pieces()
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._text, self._place, self._ended = "", 0, False

    def elements(self) -> Iterator[Any]:
        """The elements of the array; the object itself, where it is one."""
        array = self._skip(" \t\r\n") == "["
        self._place += array
        while (sign := self._skip(" \t\r\n,")) and sign != "]":
            try:
                row = self._next()
            except (ValueError, RecursionError) as error:
                self.broken = Reason("not_json", error=str(error))
                return
            if self.broken is not None:
                return
            self.read += 1
            yield row
            if not array:
                break
        if array and not sign:
            self.broken = Reason("not_json", error="the array has no end")
        elif not array and self._skip(" \t\r\n"):
            self.broken = Reason("not_json", error="there is more behind the object")

    def _next(self) -> Any:
        """The element that begins here; `broken` is set where it is too large."""
        while True:
            try:
                row, end = _DECODER.raw_decode(self._text, self._place)
                # A number may go on in the next piece.
                if end < len(self._text) or not self._more():
                    self._place = end
                    return row
            except RecursionError:
                raise
            except ValueError:
                if len(self._text) - self._place > LONGEST:
                    self.broken = Reason("long_line", most=LONGEST >> 20)
                    return None
                if not self._more(len(self._text) - self._place):
                    raise

    def _skip(self, signs: str) -> str:
        """Go to the next character that is none of some; it, or nothing at the end."""
        while True:
            while self._place < len(self._text):
                if self._text[self._place] not in signs:
                    return self._text[self._place]
                self._place += 1
            if not self._more():
                return ""

    def _more(self, least: int = 0) -> bool:
        """Read on, by what is held already, so that a long element is not tried too often; False at the end."""
        text, size = [self._text[self._place :]], 0
        while not self._ended and size <= least:
            piece = next(self._pieces, None)
            self._ended = piece is None
            text.append(self._decode(piece or b"", self._ended))
            size += len(text[-1])
        self._text, self._place = "".join(text), 0
        return size > 0


_DECODER = json.JSONDecoder()


def row_frames(
    rows: Iterable[dict[str, Any]],
    place: str,
    mapping: Mapping,
    rewrite: Rewrite | None = None,
    numbers: list[int] | None = None,
    header: tuple[str, ...] = (),
) -> Iterator[Frame | pa.Table | Note]:
    """The frames of rows in memory, numbered from 1; ``header`` names the columns that the source says it has."""
    rows, start = iter(rows), 1
    whole = True
    while part := list(islice(rows, _ROWS)):
        whole = whole and len(part) < _ROWS
        here = numbers[start - 1 : start - 1 + len(part)] if numbers else range(start, start + len(part))
        start += len(part)
        lines = spelled(part)
        yield from _rewritten(LineFrame(lines, place, np.array(here, np.int64), mapping.null, whole, header), rewrite)


def _rewritten(frame: LineFrame, rewrite: Rewrite | None) -> Iterator[Frame | pa.Table | Note]:
    if rewrite is None:
        yield frame
        return
    given = [json.loads(text) for text in frame.lines.to_pylist()]
    learn: Learn | None = getattr(rewrite, "learn", None)
    if learn is not None:
        yield from learn(given)
    rows, numbers = [], []
    for source, number in zip(given, frame.numbers.tolist(), strict=True):
        for row in rewrite(source):
            if isinstance(row, Unread):
                yield rejection(f"{frame.place}:{number}", "row", row.reason, spell(row.raw))
                continue
            rows.append(row)
            numbers.append(number)
    if rows:
        yield LineFrame(spelled(rows), frame.place, np.array(numbers, np.int64), frame.nulls, False)


def spelled(rows: list[dict[str, Any]]) -> pa.Array:
    """The rows as lines; half characters (lone surrogates), which no UTF-8 can hold, become U+FFFD."""
    texts = [spell(row) for row in rows]
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:
        return pa.array(
            [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in texts], pa.string()
        )


def spell(row: dict[str, Any]) -> str:
    """A row as JSON text: dates as ISO-8601, NaN as missing (in a field of the record: as text, to be refused).

    Example:
        >>> spell({"value": float("nan"), "weight_kg": float("nan"), "n": 1})
        '{"value": "NaN", "n": 1}'
    """
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False, default=_other)
    except ValueError:
        named = {
            str(key): str(item).replace("nan", "NaN") if key in NAMES and _wild(item) else item
            for key, item in row.items()
        }
        clean = {key: _finite(item) for key, item in named.items() if not _wild(item)}
        return json.dumps(clean, ensure_ascii=False, default=_other)


def _wild(value: Any) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return None if _wild(value) else value


def _other(value: Any) -> Any:
    """Values that JSON has no word for."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "item"):
        return _finite(value.item())
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    number = getattr(value, "as_integer_ratio", None)
    return float(value) if number else str(value)
