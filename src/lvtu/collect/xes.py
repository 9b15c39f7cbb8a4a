"""XES event logs (IEEE 1849): one row for each event, streamed; a trace is the most that is held at once.

A row's columns are called as event logs are called in tables: an attribute of the event by its key (``concept:name``,
``time:timestamp``, ``org:resource``), an attribute of its trace with ``case:`` before it (``case:concept:name``).

Lists and containers become lists and objects; attributes of an attribute stand beside it as ``KEY:attributes``.
A document type is refused: the standard has none, and entities could make a small file endless.

Source: IEEE 1849-2016, https://xes-standard.org
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

import pyarrow as pa

from lvtu.collect.batch import rejection
from lvtu.collect.frames import Frame
from lvtu.collect.jsons import Rewrite, row_frames
from lvtu.collect.mapping import Mapping
from lvtu.collect.streams import LONGEST, Lines
from lvtu.core.sentences import Note, Reason

_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']""")
_SIMPLE = frozenset(("string", "date", "int", "float", "boolean", "id"))
_NESTED = frozenset(("list", "container"))
_PIECE = 1 << 18
_DEEPEST = 100
_MOST_EVENTS = 1_000_000
"""Events of one trace at most, which are held until it ends."""


def xes_frames(
    place: str, mapping: Mapping, lines: Lines, rewrite: Rewrite | None
) -> Iterator[Frame | pa.Table | Note]:
    """The frames of an event log; what is broken ends it there, after all whole traces.

    A row's number is the event's place in the log, from 1.
    """
    log = _Log()
    lines.encoding = lines.encoding or _declared(lines)
    yield from row_frames(log.rows(lines), place, mapping, rewrite)
    if log.trouble is not None:
        yield rejection(f"{place}:{log.count + 1}", "row", Reason("rest", error=log.trouble), {"_text": ""})
    if lines.trouble is not None:
        yield rejection(place, "file", lines.trouble, {"_text": ""})


def _declared(lines: Lines) -> str | None:
    """The encoding that the document says it has, if that is not UTF-16, which tells itself."""
    head = next(Lines(lines.path).pieces(), b"")
    found = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf")[:200])
    try:
        return codecs.lookup(found[1].decode()).name if found else None
    except LookupError:
        return None


class _Log:
    """One pass over a log.

    Attributes:
        count: events read so far.
        trouble: why the rest cannot be read, once that is so.
    """

    def __init__(self) -> None:
        self.count = 0
        self.trouble: str | None = None
        self._case: dict[str, Any] | None = None
        self._events: list[dict[str, Any]] = []
        self._open: list[_Element] = []
        self._done: list[dict[str, Any]] = []

    def rows(self, lines: Lines) -> Iterator[dict[str, Any]]:
        """The log's events, trace by trace."""
        parser, fed = expat.ParserCreate("UTF-8"), 0
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            for piece in lines.pieces():
                for start in range(0, len(piece), _PIECE):
                    part = piece[start : start + _PIECE]
                    parser.Parse(part)
                    fed += len(part)
                    if fed - parser.CurrentByteIndex > LONGEST:
                        raise _Refused(Reason("long_line", most=LONGEST >> 20).text("en"))
                    yield from self._taken()
            if lines.trouble is None:
                parser.Parse(b"", True)
        except (expat.ExpatError, _Refused) as error:
            self.trouble = str(error)
        yield from self._taken()

    def _taken(self) -> Iterator[dict[str, Any]]:
        done, self._done = self._done, []
        self.count += len(done)
        yield from done

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "trace":
            self._case, self._events = {}, []
        self._open.append(_Element(name, given))
        if len(self._open) > _DEEPEST:
            raise _Refused(f"elements lie more than {_DEEPEST} deep")
        if len(self._events) > _MOST_EVENTS:
            raise _Refused(f"a trace has more than {_MOST_EVENTS:,} events")

    def _end(self, _tag: str) -> None:
        element = self._open.pop()
        if element.name == "trace":
            case = {f"case:{key}": value for key, value in element.named()}
            self._done += [case | event for event in self._events]
            self._case = None
        elif element.name == "event":
            (self._done if self._case is None else self._events).append(dict(element.named()))
        elif element.name == "values" and self._open:
            self._open[-1].parts += element.parts
        elif self._open and (element.name in _SIMPLE or element.name in _NESTED):
            self._open[-1].parts.append(element)


class _Element:
    """An element whose end has not come, with the attributes in it."""

    __slots__ = ("given", "name", "parts")

    def __init__(self, name: str, given: dict[str, str]) -> None:
        self.name, self.given = name, given
        self.parts: list[_Element] = []

    def named(self) -> Iterator[tuple[str, Any]]:
        """The attributes in it by key, and what each has itself."""
        for part in self.parts:
            key = part.given.get("key", "")
            yield key, part.value()
            if part.parts and part.name in _SIMPLE:
                yield f"{key}:attributes", dict(part.named())

    def value(self) -> Any:
        """What an attribute says."""
        if self.name == "list":
            return [part.value() if not part.given.get("key") else dict([_pair(part)]) for part in self.parts]
        if self.name == "container":
            return dict(self.named())
        text = self.given.get("value", "")
        read = _READ.get(self.name)
        return text if read is None else read(text)


def _pair(part: _Element) -> tuple[str, Any]:
    return part.given["key"], part.value()


def _whole(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        return text


def _real(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _truth(text: str) -> Any:
    return {"true": True, "1": True, "false": False, "0": False}.get(text.strip().lower(), text)


_READ: dict[str, Callable[[str], Any]] = {"int": _whole, "float": _real, "boolean": _truth}


class _Refused(Exception):
    """A log with a document type, or with more in one piece than is held."""


def _refuse_doctype(*_: Any) -> None:
    raise _Refused("a document type (DOCTYPE) is not read: XES has none")
