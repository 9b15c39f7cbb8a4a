"""A frame and a mapping become records; rows that cannot are set aside with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect.frames import Frame, LineFrame, Rows
from lvtu.collect.mapping import Condition, Feed, Mapping
from lvtu.collect.people import RowCustomers
from lvtu.collect.plan import EventPlan, Plan, plan
from lvtu.collect.properties import are_objects, expression, kinds
from lvtu.collect.sql import columns
from lvtu.collect.times import by_day, limits, times
from lvtu.collect.values import emptied, identifier_map, identifiers, integers, money, numbers, texts
from lvtu.core.record import RECORD, TIME_BASES
from lvtu.core.sentences import Reason, Value
from lvtu.kernels.json import DOUBTFUL, EMPTY

_TIMES = ("time", "received_at")
_NUMBERS = ("value", "score", "weight")
_SCALE = re.compile(r"^(nps|.*?(\d+))$")

Refused = list[tuple[int, str, Reason]]
"""Rows set aside: its number in the frame (from 0), the field, the reason."""


def shape(frame: Frame, mapping: Mapping, people: RowCustomers | None = None) -> tuple[pa.Table, Refused]:
    """The records of a frame and its refused rows.

    Args:
        frame: some rows of a source.
        mapping: says how to read them.
        people: names the customer of each row where the mapping says that each is one; it remembers the rows of
            earlier frames.

    Raises:
        UnknownName: the mapping names a column that does not exist.

    Example:
        >>> from lvtu.collect.frames import ColumnFrame
        >>> table = pa.table({"user_id": ["ann", ""], "event": ["Visit"] * 2, "time": ["2026-01-01"] * 2})
        >>> records, refused = shape(ColumnFrame(table, "visits", np.arange(2)), Mapping())
        >>> records.num_rows, refused
        (1, [(1, 'user_id', Reason('nobody'))])
    """
    to_do = plan(mapping, frame)
    source = _Columns(frame, to_do, mapping)
    rows = len(frame.numbers)
    keep = _fulfilled(source, mapping.where, rows)
    shared = _shared(source, to_do, mapping, rows)
    if mapping.one_customer_per_row:
        shared["anonymous_id"] = (people or RowCustomers()).name(frame)
    tables, refused = [], []
    for event in to_do.events:
        chosen = keep & _fulfilled(source, event.when, rows)
        table, bad = _Shaper(source, event, mapping, shared, chosen).records()
        tables.append(table)
        refused += bad
    return pa.concat_tables(tables), refused


class _Columns:
    """The frame's columns, each read once."""

    def __init__(self, frame: Frame, to_do: Plan, mapping: Mapping) -> None:
        self.frame = frame
        self.seen: dict[str, pa.Array] = {}
        if isinstance(frame, LineFrame):
            conditions = [*mapping.where, *(c for event in to_do.events for c in event.when)]
            names = list(dict.fromkeys([*to_do.used, *(c.column for c in conditions)]))
            names = [name for name in names if name != "properties"]
            self.seen = dict(zip(names, frame.many(names), strict=True))

    def __getitem__(self, name: str) -> pa.Array:
        if name not in self.seen:
            self.seen[name] = self.frame.column(name)
        return self.seen[name]


def _fulfilled(source: _Columns, conditions: tuple[Condition, ...], rows: int) -> np.ndarray[Any, Any]:
    keep = np.ones(rows, bool)
    for condition in conditions:
        data = texts(source[condition.column])
        here = np.asarray(data.is_valid())
        keep &= ~here if condition.missing else here
        if condition.is_ is not None:
            keep &= np.asarray(pc.is_in(data, pa.array(condition.is_, pa.string())))
        if condition.not_ is not None:
            keep &= ~np.asarray(pc.is_in(data, pa.array(condition.not_, pa.string())))
    return keep


def _shared(source: _Columns, to_do: Plan, mapping: Mapping, rows: int) -> dict[str, Any]:
    """What all events of a row have in common: identifiers, properties, and their troubles."""
    found: dict[str, Any] = {"bad": []}
    if to_do.whole_identifiers:
        found["identifiers"], bad = identifier_map(source["identifiers"])
        found["bad"].append(("identifiers", np.asarray(bad), Reason("identifiers")))
    else:
        named = {name: texts(_fed(source, feed, rows)) for name, feed in to_do.identifiers.items()}
        found["identifiers"] = identifiers(named, rows)
    if to_do.wanted is None:
        rest = source.frame.rest(to_do.used)
    else:
        rest = source.frame.objects(to_do.wanted, dict(mapping.types))
    own = None
    if to_do.own_properties and mapping.properties != "none":
        own, bad = _own_properties(source.frame)
        found["bad"].append(("properties", bad, Reason("properties")))
    found["properties"] = _merged(own, rest, rows)
    return found


def _own_properties(frame: Frame) -> tuple[pa.Array, np.ndarray[Any, Any]]:
    """The column ``properties`` as JSON objects, and which values are none."""
    if isinstance(frame, LineFrame):
        select = ["json_extract(c0, '/properties')::varchar"]
        data = columns(select, pa.table({"c0": frame.lines}))[0]
        data = pc.if_else(pc.equal(data, "null"), pa.scalar(None, pa.string()), data)
    else:
        data = frame.column("properties")
        if pa.types.is_nested(data.type):
            data = columns([expression("c0", data.type)], pa.table({"c0": data}))[0]
        data = emptied(texts(data))
    found = kinds(data)
    bad = (found == DOUBTFUL) & np.asarray(data.is_valid())
    doubtful = np.flatnonzero(bad)
    if len(doubtful):
        bad[doubtful] = ~are_objects(data.take(pa.array(doubtful)))
    lost = bad | (found == EMPTY)
    return (pc.if_else(pa.array(lost), pa.scalar(None, pa.string()), data) if lost.any() else data), bad


def _merged(own: pa.Array | None, rest: pa.Array | None, rows: int) -> pa.Array:
    """One JSON object of two; the column ``properties`` wins where both have a key."""
    given = [data for data in (own, rest) if data is not None]
    if not given:
        return pa.nulls(rows, pa.string())
    if len(given) == 1 or given[1].null_count == rows:
        return given[0]
    keys = "json_keys(c0)"
    lost = f"to_json(map({keys}, list_resize([]::varchar[], len({keys}))))"  # {"a": null, …}: what own has
    kept = f"case when list_has_any({keys}, json_keys(c1)) then json_merge_patch(c1, {lost})::varchar else c1 end"
    both = f"case when {kept} = '{{}}' then c0 else left({kept}, -1) || ',' || c0[2:] end"
    select = f"case when c0 is null then c1 when c1 is null then c0 else {both} end"
    return columns([select], pa.table({"c0": given[0], "c1": given[1]}))[0]


def _fed(source: _Columns, feed: Feed, rows: int) -> pa.Array:
    """The values of a feed before typing: constants repeated, columns joined, values mapped."""
    if feed.constant is not None:
        return pa.repeat(pa.scalar(feed.constant), rows)
    data = source[feed.columns[0]]
    if len(feed.columns) > 1:
        data = _joined([texts(source[name]) for name in feed.columns], feed)
    if feed.map is not None:
        data = _looked_up(texts(data), feed.map)
    if feed.default is not None:
        data = pc.coalesce(texts(data), pa.scalar(feed.default))
    return data


def _joined(parts: list[pa.Array], feed: Feed) -> pa.Array:
    """Several columns as one text; with ``omit`` what is to be left out or missing leaves no gap."""
    if not feed.omit:
        return pc.binary_join_element_wise(*parts, feed.join)
    omitted = pa.array(feed.omit, pa.string())
    kept = [pc.if_else(pc.is_in(part, omitted), pa.scalar(None, pa.string()), part) for part in parts]
    return emptied(pc.binary_join_element_wise(*kept, feed.join, null_handling="skip"))


def _looked_up(data: pa.Array, table: dict[str, str]) -> pa.Array:
    keys = [key for key in table if key != "*"]
    place = pc.index_in(data, pa.array(keys, pa.string()), skip_nulls=True)
    found = pa.array([table[key] for key in keys], pa.string()).take(place)
    other = pa.scalar(table["*"]) if "*" in table else data
    return pc.if_else(pc.is_valid(data), pc.coalesce(found, other), data)


class _Shaper:
    """One event of every row, field by field; the first trouble of a row is its reason."""

    def __init__(
        self,
        source: _Columns,
        event: EventPlan,
        mapping: Mapping,
        shared: dict[str, Any],
        chosen: np.ndarray[Any, Any],
    ) -> None:
        self.source, self.event, self.mapping, self.shared = source, event, mapping, shared
        self.rows = len(chosen)
        self.chosen = chosen
        self.good = chosen.copy()
        self.refused: Refused = []

    def records(self) -> tuple[pa.Table, Refused]:
        """The record of each chosen row, and the refused rows."""
        fields = {field.name: self._field(field.name, field.type) for field in RECORD}
        self._required(fields)
        self._sane(fields)
        for name, bad, reason in self.shared["bad"]:
            self._refuse(bad, name, _always(reason))
        table = pa.Table.from_arrays([fields[field.name] for field in RECORD], schema=RECORD)
        return (table if self.good.all() else table.filter(pa.array(self.good))), self.refused

    def _refuse(self, bad: np.ndarray[Any, Any], field: str, reason: Callable[[int], Reason]) -> None:
        bad = bad & self.good
        if bad.any():
            self.refused += [(int(row), field, reason(int(row))) for row in np.flatnonzero(bad)]
            self.good &= ~bad

    def _field(self, name: str, kind: pa.DataType) -> pa.Array:
        if name in ("identifiers", "properties"):
            return self.shared[name]
        feed = self.event.feeds.get(name)
        if feed is None:
            return self._unfed(name, kind)
        data = _fed(self.source, feed, self.rows)
        if name in _TIMES:
            return self._time(name, data, feed)
        if name in _NUMBERS or name == "sequence":
            return self._number(name, data, feed, kind)
        data = texts(data)
        if name == "message_id" and self.event.number:
            data = pc.binary_join_element_wise(data, f"/{self.event.number}", "")
        return data

    def _unfed(self, name: str, kind: pa.DataType) -> pa.Array:
        if name == "anonymous_id" and name in self.shared:
            return self.shared[name]
        if name == "sequence" and self.event.number:
            return pa.repeat(pa.scalar(self.event.number, pa.int64()), self.rows)
        if name == "time_basis":
            if self.mapping.time_basis:
                return pa.repeat(pa.scalar(self.mapping.time_basis), self.rows)
            feed = self.event.feeds.get("time")
            days = by_day(_fed(self.source, feed, self.rows), feed.format) if feed else None
            if days is not None:
                return pc.if_else(days, pa.scalar("day"), pa.scalar(None, pa.string()))
        return pa.nulls(self.rows, kind)

    def _time(self, name: str, data: pa.Array, feed: Feed) -> pa.Array:
        zone = feed.zone or self.mapping.zone
        data = emptied(data) if pa.types.is_string(data.type) else data
        found = times(data, formats=feed.format, zone=zone, unit=feed.unit)
        if found.null_count > data.null_count:
            self._refuse(_lost(data, found), name, partial(_no_time, data, feed))
        first, last = limits()
        moments = found.cast(pa.int64())
        if len(found) > found.null_count:
            span = pc.min_max(moments).as_py()
            if span["min"] < first or span["max"] > last:
                outside = pc.or_(pc.less(moments, first), pc.greater(moments, last))
                self._refuse(_true(outside), name, _about("range", data))
        return found

    def _number(self, name: str, data: pa.Array, feed: Feed, kind: pa.DataType) -> pa.Array:
        if name == "sequence":
            found = integers(data)
        else:
            found = money(data, feed.decimal) if name == "value" else numbers(data, feed.decimal)
        given = emptied(data) if pa.types.is_string(data.type) else data
        if found.null_count > given.null_count:
            what = "whole" if name == "sequence" else "number"
            self._refuse(_lost(given, found), name, _about(what, data))
        if name != "sequence":
            wild = _true(pc.invert(pc.is_finite(found)))
            self._refuse(wild, name, _about("finite", data))
        return found.cast(kind, safe=False)

    def _required(self, fields: dict[str, pa.Array]) -> None:
        for name in ("event", "time"):
            if fields[name].null_count:
                self._refuse(np.asarray(fields[name].is_null()), name, _always(Reason("missing", field=name)))
        user, anonymous = fields["user_id"], fields["anonymous_id"]
        if user.null_count and anonymous.null_count:
            nobody = np.asarray(user.is_null()) & np.asarray(anonymous.is_null())
            self._refuse(nobody, "user_id", _always(Reason("nobody")))

    def _sane(self, fields: dict[str, pa.Array]) -> None:
        basis = fields["time_basis"]
        if basis.null_count < self.rows:
            odd = _true(pc.invert(pc.is_in(basis, pa.array(TIME_BASES)))) & np.asarray(basis.is_valid())
            self._refuse(odd, "time_basis", _about("one_of", basis, known=", ".join(TIME_BASES)))
        score, scale = fields["score"], fields["scale"]
        if scale.null_count < self.rows and score.null_count < self.rows:
            for name in pc.unique(scale).to_pylist():
                top = _top(name)
                if top is not None:
                    off = pc.or_(pc.less(score, 0), pc.greater(score, top))
                    here = _true(pc.equal(scale, name)) & _true(off)
                    self._refuse(here, "score", _about("outside", score, most=top, scale=name))


def _always(reason: Reason) -> Callable[[int], Reason]:
    return lambda _row: reason


def _about(code: str, data: pa.Array, **more: Value) -> Callable[[int], Reason]:
    """A reason that names the row's value."""
    return lambda row: Reason(code, value=_shown(data[row]), **more)


def _no_time(data: pa.Array, feed: Feed, row: int) -> Reason:
    value = _shown(data[row])
    if feed.format:
        return Reason("time_format", value=value, formats=", ".join(feed.format))
    return Reason("time" if pa.types.is_string(data.type) else "time_unit", value=value)


def _top(scale: str | None) -> int | None:
    """The highest score of a scale that tells it: 10 of nps, n of a name that ends in n."""
    found = _SCALE.match(scale or "")
    return None if not found else int(found[2]) if found[2] else 10


def _lost(before: pa.Array, after: pa.Array) -> np.ndarray[Any, Any]:
    lost: np.ndarray[Any, Any] = np.asarray(before.is_valid()) & np.asarray(after.is_null())
    return lost


def _true(mask: pa.Array) -> np.ndarray[Any, Any]:
    """The mask with nulls as false."""
    return np.asarray(pc.fill_null(mask, False))


def _shown(value: pa.Scalar) -> str:
    """The value on one line, cut where it is long."""
    text = str(value.as_py()) if not pa.types.is_string(value.type) else repr(value.as_py())[1:-1]
    return text if len(text) <= 60 else text[:59] + "…"


__all__ = ["Refused", "Rows", "shape"]
