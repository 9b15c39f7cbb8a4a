"""A snapshot: the time lines as they stood after one commit, for as many questions as one likes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from lvtu.core.expr import Expr, parse
from lvtu.core.expr.customers import SegmentName
from lvtu.core.expr.values import MODEL_FIELDS, READ_FIELDS
from lvtu.core.expr.values import column as column_of
from lvtu.core.record import RECORD
from lvtu.errors import BadInput, UnknownName
from lvtu.store.journeys import fields
from lvtu.store.journeys.block import CODED, BaseBlock, Block, Derived, Segments, text_numbers
from lvtu.store.journeys.columns import Array
from lvtu.store.journeys.derived import Readings, name_and_version
from lvtu.store.journeys.manifest import Manifest
from lvtu.store.journeys.reading import known_properties, read_fields
from lvtu.store.journeys.tail import Tail, TailBlock, looked_up
from lvtu.store.lake import Lake


class Snapshot:
    """Time lines up to one commit of the lake: a generation on disk and the tail of the lake behind it.

    Args:
        lake: the event log.
        journeys: the folder of the journeys.
        manifest: the generation.
        tail: what came after it; None when nothing did.
        upto: show only events of this commit and earlier ones.

    Attributes:
        until: show only events before this time (µs); None for all. See `before`.
    """

    def __init__(
        self, lake: Lake, journeys: Path, manifest: Manifest, tail: Tail | None = None, upto: int | None = None
    ) -> None:
        self.lake, self.manifest, self.tail, self.upto = lake, manifest, tail, upto
        self.folder = manifest.folder(journeys)
        self.until: int | None = None
        self.hold: object = None  # keeps the generation from being removed for as long as somebody has the snapshot
        self.derived: Derived | None = None
        self.edition = ""  # of `readings`
        self.read_by: Callable[[str], Readings] | None = None  # gives the readings of an edition
        self.segments: Segments = {}
        self.meanings: dict[str, Expr | Array] = {}  # of segments, once they have been asked for
        self._plain: Snapshot | None = None
        self._values: dict[str, Sequence[str]] = {}
        self._numbers: dict[str, Array] = {}

    def through(self, derived: Derived | None, segments: Segments | None = None) -> Snapshot:
        """The same time lines, with columns that are worked out as they are read, and segments that have names."""
        seen = object.__new__(Snapshot)
        seen.__dict__ |= {name: value for name, value in self.__dict__.items() if name != "blocks"}
        seen.derived, seen.segments, seen.meanings, seen._plain = derived, segments or {}, {}, self
        return seen

    def before(self, instant: int) -> Snapshot:
        """The time lines as they were at an instant (µs): what happened from then on is not there.

        Durations up to now (``in the last 30 days``) count back from the instant, or from the last event if that was
        before.
        """
        first, last = self.times
        seen = self.through(self.derived, self.segments)
        seen.meanings, seen.until, seen.times = self.meanings, instant, (min(first, instant), min(last, instant))
        return seen

    def read_anew(self, edition: str) -> Snapshot:
        """The same time lines, with texts read as they are now."""
        seen = self.through(self.derived, self.segments)
        seen.edition, seen._plain = edition, self._plain or self
        seen.__dict__.pop("readings", None)
        return seen

    @cached_property
    def readings(self) -> Readings:
        """How texts are read."""
        assert self.read_by is not None, "whoever takes a snapshot says who reads"
        return self.read_by(self.edition)

    def stored(self, name: str) -> str:
        """What a column is called on disk: those that are derived of texts, with their version."""
        return self.readings.stored(name) if name in READ_FIELDS else name

    def __reduce__(self) -> tuple[Any, ...]:
        """A snapshot is sent as its names; its columns are read where it lands (see `lvtu.store.journeys.shipped`)."""
        from lvtu.store.journeys.shipped import landed, shipment

        return landed, (shipment(self),)

    @property
    def commit(self) -> int:
        """The last commit that counts."""
        newest = self.tail.commit if self.tail else self.manifest.commit
        return newest if self.upto is None else min(self.upto, newest)

    @property
    def token(self) -> str:
        """Names the snapshot; results carry it, so that what is drilled into is what was counted."""
        return f"{self.manifest.generation}.{self.commit}" + (f".{self.edition}" if self.edition else "")

    @property
    def events(self) -> Sequence[str]:
        """Event names by code."""
        return self.tail.events if self.tail else self.manifest.events

    @property
    def channels(self) -> Sequence[str]:
        """Channels by code."""
        return self.tail.channels if self.tail else self.manifest.channels

    @cached_property
    def times(self) -> tuple[int, int]:
        """The first and last event's time, µs; (0, 0) without events."""
        if self.upto is not None:
            return self._times_upto(self.upto)
        first, last = self.manifest.first_time, self.manifest.last_time
        if self.tail and self.tail.rows:
            low, high = self.tail.times
            first, last = (min(first, low), max(last, high)) if self.manifest.rows else (low, high)
        return first, last

    @cached_property
    def base(self) -> list[BaseBlock]:
        """The buckets on disk."""
        return [
            BaseBlock(self.folder / f"{number:04d}", bucket.customers, bucket.events, self)
            for number, bucket in enumerate(self.manifest.buckets)
        ]

    @cached_property
    def blocks(self) -> list[Block]:
        """Everything, every customer in exactly one block."""
        if self._plain is not None:
            return [block.seen_by(self) for block in self._plain.blocks]
        if self.tail is None or not self.tail.rows:
            return [block for block in self.base if block.customers]
        out: list[Block] = []
        merged: list[TailBlock] = []
        for number, base in enumerate(self.base):
            part = self.tail.part(number)
            if part is None:
                out.append(base)
                continue
            base.keep = part.untouched
            merged.append(TailBlock(base, part, self.tail, self))
            out += [base, merged[-1]]
        message_ids = looked_up(merged, self.tail.message_ids)
        for each in merged:
            each.settle(message_ids)
        return [block for block in out if block.customers]

    def code(self, event: str) -> int:
        """The code of an event name.

        Raises:
            UnknownName: no event has it; says which come near.
        """
        code = self._event_codes.get(event, 0)
        if not code:
            raise UnknownName("event", event, self.event_counts())
        return code

    @cached_property
    def _event_codes(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self.events) if code}

    def event_counts(self) -> dict[str, int]:
        """Every event name with its number of events, most frequent first."""
        totals = np.zeros(len(self.events), np.int64)
        for block in self.blocks:
            counts = np.diff(block.column("post_start"))
            if len(block.keep):
                counts = np.bincount(block.column("event")[_rows_kept(block)], minlength=len(counts))
            totals[: len(counts)] += counts[: len(totals)]
        ranked = np.argsort(-totals, kind="stable")
        return {self.events[code]: int(totals[code]) for code in ranked if code and totals[code]}

    # Fields and their dictionaries.

    def prepare(self, names: Iterable[str]) -> None:
        """Make the columns that a question will read.

        Raises:
            UnknownName: no event has such a property, or there is no such segment.
            BadInput: it is a column of a journey model, and there is no model; or a segment that is defined by itself.
        """
        wanted = [name for name in self._read_for(names) if name not in (*CODED, "time", "value")]
        stored = dict.fromkeys(map(self.stored, wanted))
        self._prepare([name for name in stored if name not in self._values])

    def _read_for(self, names: Iterable[str], within: tuple[str, ...] = ()) -> Iterator[str]:
        """The columns that some names are read from: a model's and a segment's are worked out from others.

        Args:
            names: of columns and of segments.
            within: the segments in whose definitions they stand.
        """
        for name in names:
            if isinstance(name, SegmentName):
                if name.segment in within:
                    raise BadInput("segment_of_itself", name=name.segment)
                meaning = self.segment(name.segment)
                if isinstance(meaning, Expr):
                    yield from self._read_for(meaning.names, (*within, name.segment))
            elif name == "identifiers":
                raise BadInput("several_identifiers")
            elif (column := column_of(name)) in MODEL_FIELDS:
                yield from self._read_for(self._derived(column).reads(column), within)
            else:
                yield column

    def segment(self, name: str) -> Expr | Array:
        """What the name of a segment stands for: a condition; of a list, by event id whether it names the event.

        Of a list that is one byte for each event up to the last one named, and a zero.

        Raises:
            UnknownName: there is no such segment.
            BadInput: it has no such version.
        """
        if name not in self.meanings:
            if name not in self.segments:
                raise UnknownName("segment", name, list(self.segments))
            meaning = self.segments[name]
            self.meanings[name] = parse(meaning) if isinstance(meaning, str) else _listed(meaning)
        return self.meanings[name]

    def _derived(self, name: str) -> Derived:
        if self.derived is None:
            raise BadInput("no_model_here", name=name)
        return self.derived

    def carry(self, name: str) -> bool:
        """Read what the tail says in a field that has been made; False if no event has it at all.

        So it is of a derived column of another version.
        """
        known, version = name_and_version(name)
        if version and (known not in READ_FIELDS or self.stored(known) != name):
            return False
        try:
            self.prepare([known if version else name])
        except UnknownName:
            return False
        return True

    def _prepare(self, names: Sequence[str]) -> None:
        missing = [name for name in names if not fields.has_field(name, self.folder)]
        if missing:
            self._make(missing)
        texts = {name: fields.open_values(name, self.folder) for name in names} if self.tail is None else {}
        if self.tail:
            texts = self.tail.read(names, self._readings_for(names))
        for name in names:
            if fields.kind_of(name) == "mixed" and len(texts[name]) <= 1:
                raise UnknownName("property", name, [*known_properties(self.lake), *RECORD.names])
            self._values[name] = texts[name]

    def _make(self, names: Sequence[str]) -> None:
        """Make columns of the generation."""
        buckets = [(base.folder, base.column("event_id")) for base in self.base]
        upto, readings = self.manifest.commit, self._readings_for(names)
        for name, field in read_fields(self.lake, names, self._next_event_id, upto, readings).items():
            fields.save_field(field.numbers, field.values, name, self.folder, buckets)

    def _readings_for(self, names: Iterable[str]) -> Readings | None:
        return self.readings if any(name_and_version(name)[1] for name in names) else None

    @cached_property
    def _next_event_id(self) -> int:
        ids = [int(base.column("event_id").max()) for base in self.base if base.rows]
        if self.tail and self.tail.rows:
            ids.append(int(self.tail.event_ids.max()))
        return max(ids, default=-1) + 1

    def names(self, name: str) -> Sequence[str]:
        """Text by code."""
        if name in MODEL_FIELDS:
            return self._derived(name).values(name)
        if name == "event":
            return self.events
        return self.channels if name == "channel" else self._values[self.stored(name)]

    def values(self) -> Mapping[str, Sequence[str]]:
        """The texts by code of every field that has been prepared."""
        return self._values

    def numbers(self, name: str) -> Array:
        """Number by code."""
        if name not in self._numbers:
            self._numbers[name] = text_numbers(self.names(name))
        return self._numbers[name]

    def _times_upto(self, commit: int) -> tuple[int, int]:
        first, last = [], []
        for block in self.blocks:
            shown = block.column("time")[block.column("commit") <= commit]
            if len(shown):
                first.append(int(shown.min()))
                last.append(int(shown.max()))
        return (min(first), max(last)) if first else (0, 0)


def _listed(events: Sequence[int]) -> Array:
    flags = np.zeros(max(events, default=-1) + 2, np.uint8)
    flags[np.array(events, np.int64)] = 1
    return flags


def _rows_kept(block: Block) -> Array:
    kept: Array = np.repeat(block.keep, np.diff(block.column("offsets"))).astype(bool)
    return kept
