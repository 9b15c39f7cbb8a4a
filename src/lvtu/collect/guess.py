"""Guessing: a first mapping from the columns' names and from what they hold. Nothing is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lvtu.collect.frames import Frame
from lvtu.collect.mapping import XES, Mapping
from lvtu.collect.read import first_frame, first_parts
from lvtu.collect.ready.signs import recognised
from lvtu.collect.shape import shape
from lvtu.collect.times import OFFSET, times
from lvtu.collect.values import money, numbers, texts
from lvtu.collect.words import IDENTIFIERS, bare, ranked
from lvtu.core.record import RECORD
from lvtu.core.sentences import Note, Reason, Term
from lvtu.errors import BadInput

_ROWS = 5_000
_FORMATS = (
    "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S",
    "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d.%m.%Y", "%Y%m%d", "%Y%m%d%H%M%S",
    "%d/%m/%Y %I:%M %p", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M:%S %p",
    "%Y.%m.%d %H:%M:%S", "%Y.%m.%d %H:%M", "%Y.%m.%d", "%d-%m-%Y %H:%M", "%d-%m-%Y",
    "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H:%M", "%Y年%m月%d日",
    "%m/%d/%y", "%m/%d/%y %H:%M", "%b %d, %Y", "%d %b %Y",
)  # fmt: skip
_LOOKS = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "phone": re.compile(r"(\+?86)?1[3-9]\d{9}|\+\d{8,15}"),
}
_CURRENCIES = {"¥": "CNY", "￥": "CNY", "元": "CNY", "$": "USD", "€": "EUR", "£": "GBP"}
_ROUNDED = r"^[0-9](\.[0-9]+)?[eE]\+[0-9]+$"
_LIFECYCLE = "lifecycle:transition"


@dataclass(frozen=True)
class Guess:
    """A proposed mapping.

    Attributes:
        mapping: the proposal; save it with ``to_yaml()`` and change what is wrong.
        sample: the first ten rows as records, read through it.
        notes: what was assumed, what is missing, what was refused.
    """

    mapping: Mapping
    sample: pa.Table
    notes: list[Note]


def guess(source: Any, *, one_customer_per_row: bool = False) -> Guess:
    """Propose a mapping for a source, and show what it makes of the first ten rows.

    Args:
        source: see `lvtu.collect.read`.
        one_customer_per_row: look for no customer. It is proposed, too, where no column looks like one and the rows
            look like answers.

    Raises:
        BadInput: the source cannot be read at all, or is empty.

    Example:
        >>> found = guess([{"用户": "u1", "时间": "2026-01-01 09:00", "事件": "下单", "金额": 12.5}])
        >>> {name: feed.column for name, feed in found.mapping.fields.items()}
        {'time': '时间', 'user_id': '用户', 'event': '事件', 'value': '金额'}
    """
    frame, notes = first_frame(source, Mapping())
    ready = recognised(frame)
    if ready:
        return _shown(source, Mapping.load(ready), [*notes, Note("export", system=Term(f"export_{ready}"))])
    look = _Look(frame.piece(0, _ROWS), one_customer_per_row)
    return _shown(source, look.mapping(), [*notes, *look.notes])


def _is_log(frame: Frame) -> bool:
    return set(frame.names()).issuperset(XES.values())


def _shown(source: Any, mapping: Mapping, notes: list[Note]) -> Guess:
    try:
        frame, more = first_frame(source, mapping)
    except BadInput:
        if mapping.shape is None:
            raise
        return Guess(mapping, RECORD.empty_table(), [*notes, *_unread(source, mapping)])
    notes = [*notes, *(note for note in more if note not in notes)]
    try:
        sample, refused = shape(frame.piece(0, 10), mapping)
    except BadInput:  # a field that must be fed has no column: the notes say so
        sample, refused = RECORD.empty_table(), []
    refusals = [
        Note("row_refused", row=int(frame.numbers[row]), field=field, reason=reason)
        for row, field, reason in sorted(refused, key=lambda one: one[0])[:3]
    ]
    return Guess(mapping, sample, [*notes, *refusals])


def _unread(source: Any, mapping: Mapping) -> list[Note]:
    """Why a ready reader can read none of the first rows."""
    rows = first_parts(source, mapping, 10).rejected.to_pylist(maps_as_pydicts="strict")[:3]
    return [
        Note(
            "row_refused",
            row=int(row["place"].rpartition(":")[2]),
            field=row["field"],
            reason=Reason.kept(row["reason"], row["reason_code"], row["reason_values"]),
        )
        for row in rows
    ]


class _Look:
    """One look at a frame: which column is which."""

    def __init__(self, frame: Frame, one_customer_per_row: bool) -> None:
        self.frame = frame
        self.each_row = one_customer_per_row
        self.columns = {name: frame.column(name) for name in frame.names()}
        self.texts = {name: texts(data) for name, data in self.columns.items() if not pa.types.is_nested(data.type)}
        self.notes: list[Note] = []
        self.fields: dict[str, Any] = {}
        self.identifiers: dict[str, str] = {}

    def mapping(self) -> Mapping:
        """The mapping, from the surest field to the least."""
        if _is_log(self.frame):
            self._of_log()
        else:
            self._time()
            whose = () if self.each_row else ("user_id", "anonymous_id")
            for name in (*whose, "event", "message_id"):
                self._by_name(name)
        for name in ("channel", "value", "currency"):
            self._by_name(name)
        for name in ("score", "scale", "text", "language", "sequence", "weight"):
            self._by_name(name)
        if not self.each_row:
            self._other_ids()
            self._customer()
        self._event()
        self._currency()
        self._rounded()
        found = {"fields": self.fields, "identifiers": self.identifiers, "one_customer_per_row": self.each_row}
        return Mapping.load({name: value for name, value in found.items() if value})

    def _of_log(self) -> None:
        """The standard's columns of an event log, which may have several events of one activity."""
        self.fields |= XES
        self.notes.append(Note("event_log"))
        if _LIFECYCLE in self.texts:
            steps = pc.unique(self.texts[_LIFECYCLE].drop_null()).to_pylist()
            if others := sorted(step for step in steps if step.lower() != "complete"):
                self.notes.append(Note("lifecycle", steps=tuple(others)))

    def _free(self) -> list[str]:
        taken = {f.get("column") if isinstance(f, dict) else f for f in self.fields.values()}
        return [name for name in self.texts if name not in taken and name not in self.identifiers.values()]

    def _candidates(self, field: str) -> list[str]:
        """The free columns called like the field, the most telling name first."""
        ranks = ranked(field)
        named = [name for name in self._free() if bare(name) in ranks]
        return sorted(named, key=lambda name: ranks[bare(name)])

    def _by_name(self, field: str) -> None:
        for name in self._candidates(field):
            if field == "value":
                self._mixed(name)
            if self._fits(field, name):
                self.fields[field] = name
                return
            if field == "value" and self._numeric(name, money(self.texts[name], ",")):
                self.fields[field] = {"column": name, "decimal": ","}
                return
            if name == field:
                self.fields[field] = None

    def _fits(self, field: str, name: str) -> bool:
        data = self.texts[name]
        if data.null_count == len(data):
            return False
        if field in ("value", "score", "weight", "sequence"):
            return self._numeric(name, money(data) if field == "value" else numbers(data))
        if field == "message_id":
            return bool(data.null_count == 0 and pc.count_distinct(data).as_py() == len(data))
        if field == "event":
            return self._varied(name) <= 0.5 or len(data) < 20
        return True

    def _mixed(self, name: str) -> None:
        """Amounts of which some only have a meaning with a decimal point, others only with a comma."""
        data = self.texts[name]
        point, comma = money(data), money(data, ",")
        only_point = data.filter(pc.and_(pc.fill_null(pc.is_finite(point), False), pc.is_null(comma)))
        only_comma = data.filter(pc.and_(pc.is_valid(comma), pc.is_null(point)))
        if len(only_point) and len(only_comma) and self._numeric(name, pc.coalesce(point, comma)):
            self.notes.append(
                Note("mixed_decimals", column=name, point=only_point[0].as_py(), comma=only_comma[0].as_py())
            )

    def _numeric(self, name: str, read: pa.Array) -> bool:
        """Whether nearly all that a column holds could be read."""
        given = len(read) - self.texts[name].null_count
        return bool(len(read) - read.null_count >= 0.95 * given)

    def _varied(self, name: str) -> float:
        data = self.texts[name]
        distinct: int = pc.count_distinct(data).as_py()
        return float(distinct / max(1, len(data) - data.null_count))

    def _time(self) -> None:
        named = self._candidates("time")
        typed = [n for n, data in self.columns.items() if pa.types.is_temporal(data.type) and n not in named]
        dated = [n for n in self._free() if n not in named + typed and self._dateish(n)]
        for name in [*named, *typed, *dated]:
            # a column called "time" may hold bad values (they will be set aside); another must prove itself
            feed = self._as_time(name, 0.6 if name in named else 0.9)
            if feed is not None:
                self.fields["time"] = feed
                if self._zoneless(name, feed):
                    self.notes.append(Note("no_zone", column=name))
                return
        self.notes.append(Note("no_time"))

    def _dateish(self, name: str) -> bool:
        head = self.texts[name].drop_null().slice(0, 50)
        looks = pc.match_substring_regex(head, r"^\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}")
        return len(head) > 0 and bool(pc.all(looks).as_py())

    def _as_time(self, name: str, least: float) -> Any:
        """The feed of a time column; None if fewer than a share of its values are times."""
        data = self.columns[name]
        given = len(data) - self.texts[name].null_count
        if given == 0 or pa.types.is_nested(data.type):
            return None
        parsed = times(data, formats=None, zone=None, unit=None)
        if len(parsed) - parsed.null_count >= least * given:
            return name
        spelled = self.texts[name]
        good = {f: times(spelled, formats=(f,), zone=None, unit=None) for f in _FORMATS}
        read = {f: len(spelled) - good[f].null_count for f in _FORMATS}
        fits = [f for f in _FORMATS if read[f] >= max(least * given, 0.98 * max(read.values()))]
        if not fits:
            return None
        best = min(
            fits, key=lambda f: pc.subtract(*[pc.min_max(good[f].cast(pa.int64()))[k] for k in ("max", "min")]).as_py()
        )
        if len(fits) > 1:
            self.notes.append(Note("several_formats", column=name, formats=tuple(fits), chosen=best))
        return {"column": name, "format": best}

    def _zoneless(self, name: str, feed: Any) -> bool:
        """Whether a column's times are those of a clock on some wall: without an offset, and no numbers."""
        data = self.columns[name]
        if pa.types.is_timestamp(data.type):
            return bool(data.type.tz is None)
        head = self.texts[name].drop_null().slice(0, 50)
        if isinstance(feed, dict):
            return "%z" not in feed["format"]
        offset = pc.match_substring_regex(head, rf"({OFFSET})|^\s*-?[0-9]+(\.[0-9]*)?\s*$")
        return pa.types.is_date(data.type) or not pc.any(offset).as_py()

    def _other_ids(self) -> None:
        for identifier in IDENTIFIERS:
            found = self._candidates(identifier) or [n for n in self._free() if self._looks(n, identifier)]
            if found:
                self.identifiers[identifier] = found[0]

    def _looks(self, name: str, identifier: str) -> bool:
        pattern = _LOOKS.get(identifier)
        head = self.texts[name].drop_null().slice(0, 200).to_pylist()
        return pattern is not None and len(head) > 0 and sum(bool(pattern.fullmatch(v)) for v in head) > 0.9 * len(head)

    def _customer(self) -> None:
        if self.fields.get("user_id") or self.fields.get("anonymous_id"):
            return
        if self.identifiers:
            kind, column = next(iter(self.identifiers.items()))
            self.fields["user_id"] = column
            self.notes.append(Note("customer_by_identifier", column=column, kind=kind))
            return
        ids = [n for n in self._free() if bare(n).endswith(("id", "no", "number", "key", "编号", "号"))]
        if ids:
            self.fields["user_id"] = ids[0]
            self.notes.append(Note("customer_by_name", column=ids[0]))
        elif self.fields.get("score") or self.fields.get("text"):
            self.each_row = True
            self.notes.append(Note("row_customers_guessed"))
        else:
            self.notes.append(Note("no_customer"))

    def _rounded(self) -> None:
        """Ids that a spreadsheet has rounded: 13812345678 and 13812399999 are one 1.38E+10."""
        for name in dict.fromkeys([self.fields.get("user_id"), *self.identifiers.values()]):
            if name and pc.any(pc.match_substring_regex(self.texts[name], _ROUNDED)).as_py():
                self.notes.append(Note("rounded_ids", column=name))

    def _currency(self) -> None:
        """The currency whose sign stands beside the amounts, if it is one and no column names it."""
        feed = self.fields.get("value")
        if not feed or self.fields.get("currency"):
            return
        name = feed["column"] if isinstance(feed, dict) else feed
        beside = pc.extract_regex(self.texts[name].drop_null(), rf"(?P<sign>[{''.join(_CURRENCIES)}])")
        signs = {sign["sign"] for sign in beside.drop_null().to_pylist()}
        codes = {_CURRENCIES[sign] for sign in signs}
        if len(codes) == 1:
            code = codes.pop()
            self.fields["currency"] = {"constant": code}
            self.notes.append(Note("currency_by_sign", column=name, sign=min(signs), code=code))

    def _event(self) -> None:
        if self.fields.get("event"):
            return
        self.fields["event"] = {"constant": "Record"}
        few = [n for n in self._free() if 1 < pc.count_distinct(self.texts[n]).as_py() <= 50 and self._varied(n) < 0.2]
        self.notes.append(Note("no_event_but", columns=tuple(few[:5])) if few else Note("no_event"))
