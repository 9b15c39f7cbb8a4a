"""The mapping: which column or constant of a source feeds each field of the record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError

from lvtu.core.documents import explained, read_yaml
from lvtu.core.record import FIELDS
from lvtu.core.sentences import Term
from lvtu.errors import BadInput, UnknownName

Shape = Literal[
    "segment", "ga4", "mixpanel", "reviews", "app_store", "google_play", "wjx", "surveymonkey", "typeform", "qualtrics",
    "zendesk", "chatwoot", "sheet",
]  # fmt: skip
"""Systems whose exports a ready reader takes apart."""

READY = (*get_args(Shape), "xes")
"""Sources that are read by name, without a mapping of one's own."""

XES = {"user_id": "case:concept:name", "event": "concept:name", "time": "time:timestamp"}
"""The fields that the standard attributes of an event log (IEEE 1849) feed, as logs are called in tables."""

MAPPABLE = tuple(field.name for field in FIELDS if field.name not in ("identifiers", "properties"))
"""The fields that ``fields`` may name; ``identifiers`` and ``properties`` have keys of their own."""

Scalar = str | int | float | bool
Unit = Literal["s", "ms", "us", "ns"]


def _plain(value: Any) -> Any:
    """YAML reads 1 and 2026-01-31 as numbers and dates; the document means their text."""
    if isinstance(value, dict):
        return {"null" if key is None else _plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Path) or hasattr(value, "isoformat"):
        return value.isoformat() if hasattr(value, "isoformat") else str(value)
    return value


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else value


Text = Annotated[str, BeforeValidator(_text)]
TextMap = Annotated[
    dict[str, Text],
    BeforeValidator(lambda v: {_text(k): x for k, x in v.items()} if isinstance(v, dict) else v),
]


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(_Document):
    """A row counts only if its column says so.

    A missing value fulfils ``missing: true`` only. Values are compared as text, so ``6`` is ``"6"``.

    Attributes:
        column: the column that is looked at.
        is_: (written ``is``) the values that count; a single value may stand alone.
        not_: (written ``not``) the values that do not.
        missing: true for rows without a value, false for rows with one.
    """

    column: str
    is_: tuple[Text, ...] | None = Field(default=None, alias="is")
    not_: tuple[Text, ...] | None = Field(default=None, alias="not")
    missing: bool | None = None

    @field_validator("is_", "not_", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        return value if value is None or isinstance(value, list | tuple) else [value]


class Feed(_Document):
    """Where one field comes from.

    Attributes:
        column: a column, a path into nested data (``context.channel``), or several columns whose
            texts are joined by ``join`` (a date and a time, say).
        constant: the same value for every row.
        format: for times, one or more ``strptime`` patterns, tried in turn.
        zone: for times without an offset, the zone they are in (default: the mapping's ``zone``).
        unit: for times that are numbers: s, ms, us or ns.
        map: old value → new value; values not listed stay, unless ``"*"`` says what they become.
        default: what a missing value becomes.
        decimal: for numbers in text, the decimal sign; with ``","`` the points are thousands. A ``value`` may
            carry a currency's sign and, with ``"."``, commas between thousands: ``￥1,234.50``.
        join: what goes between several columns.
        omit: of several columns, texts that are left out, as missing ones then are: ``complete``, where the
            lifecycle of an event log is to be told only if it is another.
    """

    column: str | tuple[str, ...] | None = None
    constant: Scalar | None = None
    format: tuple[str, ...] | None = None
    zone: str | None = None
    unit: Unit | None = None
    map: TextMap | None = None
    default: Text | None = None
    decimal: Literal[".", ","] = "."
    join: str = " "
    omit: tuple[Text, ...] = ()

    @field_validator("format", "omit", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    @field_validator("zone")
    @classmethod
    def _zone(cls, value: str | None) -> str | None:
        return known_zone(value)

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if (self.column is None) == (self.constant is None):
            raise PydanticCustomError("one_origin", "needs either a column or a constant")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns this feed reads."""
        return () if self.column is None else (self.column,) if isinstance(self.column, str) else self.column


def known_zone(value: str | None) -> str | None:
    """The zone's name as given, once it is known to exist.

    Raises:
        PydanticCustomError: there is no such zone.
    """
    if value is not None:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise PydanticCustomError("no_zone", "'{zone}' is no time zone", {"zone": value}) from None
    return value


def _feed(value: Any) -> Any:
    return {"column": value} if isinstance(value, str | list) else value


def _event(value: Any) -> Any:
    return {"constant": value} if isinstance(value, str) else value


FeedText = Annotated[Feed, BeforeValidator(_feed)]


class EventOf(_Document):
    """One of several events that a row becomes.

    Besides the keys below, any field of the record may be given; it overrides the mapping's
    ``fields`` for this event alone.

    Attributes:
        event: the event's name, as text; ``{column: …}`` reads it from a column.
        when: the condition(s) under which the row has this event.
        fields: the overriding feeds (filled from the other keys).
    """

    event: Annotated[Feed, BeforeValidator(_event)]
    when: tuple[Condition, ...] = ()
    fields: dict[str, FeedText | None] = {}

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        flat = {key: item for key, item in value.items() if key in MAPPABLE and key != "event"}
        kept = {key: item for key, item in value.items() if key not in flat}
        return kept | {"fields": flat | dict(value.get("fields") or {})}

    @field_validator("when", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        return [value] if isinstance(value, dict | Condition) else value


class Mapping(_Document):
    """Which column or constant feeds each field, as one YAML document.

    ::

        source: shop                       # the system; a column via fields: {source: …}
        fields:
          user_id: Email                   # a column; nested data by path: context.user.id
          time: {column: InvoiceDate, format: "%d/%m/%Y %H:%M", zone: Europe/London}
          event: {constant: Order Placed}  # the same for every row
          channel: {column: via, map: {1: web, 2: store, "*": other}, default: unknown}
          value: {column: UnitPrice, decimal: ","}
          score: null                      # the column "score" is not the field
        identifiers: {email: Email, phone: Mobile}
        properties: all                    # or none, [list, of, columns], {new name: column}
        types: {Zip: text}                 # text, number, bool, time or json
        where: {column: Status, not: [test, void]}
        events:                            # several events per row, each with its own fields
          - {event: Food Rated, score: Q7FOOD, scale: {constant: csat5}, when: {column: Q7FOOD, not: [0, 6]}}
          - {event: Shops Rated, score: Q7SHOP, scale: {constant: csat5}, when: {column: Q7SHOP, not: [0, 6]}}
        zone: Asia/Shanghai                # of times without an offset; UTC if not given
        time_basis: day                    # exact (default), day, order
        null: ["", "NULL", "-"]            # texts that mean: missing ("" always does)
        delimiter: ";"                     # for CSV; sniffed if not given
        encoding: gb18030                  # for text; sniffed if not given
        header: [id, date, quantity]       # for CSV or a sheet without a header row
        skip: 2                            # rows after the header that are no data
        sheet: May                         # of a workbook; the first one with a table if not given
        one_customer_per_row: true         # nothing tells whose a row is: each is a customer of its own
        shape: segment                     # a ready reader runs first: segment, zendesk, wjx, …
        scales: {您的满意度: csat5}         # for ready readers of surveys: the scale of a question
        details: [{id: …, pages: […]}]     # for ready readers: what ids mean (a survey's details, a form, users)

    Fields that the document does not mention are fed by the column of the same name, if there is one, else by the
    standard attribute of an event log: ``case:concept:name``, ``concept:name``, ``time:timestamp``.
    ``properties: all`` means every column that feeds no field and no identifier.

    Times: timestamps, dates and ISO-8601 texts need nothing. Numbers are seconds, milli-, micro- or
    nanoseconds since 1970, told apart by size for the years 1990–2100; otherwise ``unit`` is required. A local
    time that occurs twice (end of summer time) is the first; one that never occurs moves forward by the gap.
    A source of dates, or a format without hours, gets ``time_basis: day`` by itself.

    With ``one_customer_per_row`` nothing may feed ``user_id``, ``anonymous_id`` or ``identifiers``: each row gets an
    anonymous customer (`lvtu.core.record.ROW_CUSTOMER`), who is never joined with anybody.

    With several events per row, ``sequence`` numbers them in the order of ``events`` unless it is fed,
    and a fed ``message_id`` gets ``/1``, ``/2``, … appended.

    Property values of CSV files are typed one by one: ``12``, ``1.50`` and ``1e-05`` are numbers, ``true``
    and ``False`` booleans, anything else (``007``, ``1e5``, ``1,000``) is text; ``types`` says otherwise.
    """

    shape: Shape | None = None
    scales: TextMap = {}
    details: tuple[dict[str, Any], ...] = ()
    source: str | None = None
    fields: dict[str, FeedText | None] = {}
    identifiers: dict[str, FeedText] = {}
    properties: Literal["all", "none"] | tuple[str, ...] | dict[str, str] = "all"
    types: dict[str, Literal["text", "number", "bool", "time", "json"]] = {}
    where: tuple[Condition, ...] = ()
    events: tuple[EventOf, ...] = ()
    zone: str | None = None
    time_basis: Literal["exact", "day", "order"] | None = None
    null: tuple[Text, ...] = ()
    delimiter: str | None = Field(default=None, min_length=1)
    encoding: str | None = None
    header: tuple[Text, ...] | None = None
    skip: int = Field(default=0, ge=0)
    sheet: Text | None = None
    one_customer_per_row: bool = False

    @field_validator("where", "details", mode="before")
    @classmethod
    def _several(cls, value: Any) -> Any:
        return [value] if isinstance(value, dict | Condition) else value

    @field_validator("zone")
    @classmethod
    def _zone(cls, value: str | None) -> str | None:
        return known_zone(value)

    @field_validator("encoding")
    @classmethod
    def _encoding(cls, value: str | None) -> str | None:
        import codecs

        try:
            return value if value is None else codecs.lookup(value).name
        except LookupError:
            raise PydanticCustomError("no_encoding", "'{encoding}' is no encoding", {"encoding": value}) from None

    @model_validator(mode="after")
    def _nobody_named(self) -> Self:
        if self.one_customer_per_row:
            feeds = [self.fields, *(event.fields for event in self.events)]
            named = [name for name in ("user_id", "anonymous_id") if any(each.get(name) for each in feeds)]
            if named or self.identifiers or self.shape:
                at_fault = named[0] if named else "identifiers" if self.identifiers else "shape"
                raise PydanticCustomError("row_customers", "'{field}' says whose a row is", {"field": at_fault})
        return self

    @classmethod
    def load(cls, value: Mapping | dict[str, Any] | str | Path | None) -> Mapping:
        """A mapping from a mapping, a dict, YAML text, the path of a YAML file, or a ready name.

        Raises:
            BadInput: the file does not exist, the YAML is broken, a key or field is unknown.

        Example:
            >>> Mapping.load("fields: {user_id: Email}").fields["user_id"].column
            'Email'
            >>> Mapping.load("segment").shape
            'segment'
        """
        if value is None:
            return cls()
        if isinstance(value, Mapping):
            return value
        if value == "xes":
            return cls(fields={name: Feed(column=column) for name, column in XES.items()})
        if isinstance(value, str) and value in READY:
            return cls(shape=value)  # type: ignore[arg-type]
        document = _plain(read_yaml(value, "mapping", READY) if isinstance(value, str | Path) else value)
        if not isinstance(document, dict):
            raise BadInput("not_a_document", document=Term("a_mapping"), known=list(cls.model_fields))
        _check_names(document)
        try:
            return cls.model_validate(document)
        except ValidationError as error:
            raise explained(error, "mapping") from None

    def to_yaml(self) -> str:
        """The mapping as YAML, in the order of its documentation, without what was left at its default.

        Example:
            >>> print(Mapping.load({"fields": {"user_id": "Email"}, "zone": "UTC"}).to_yaml(), end="")
            fields:
              user_id: Email
            zone: UTC
        """
        data = self.model_dump(mode="json", exclude_defaults=True, by_alias=True)
        for group in ("fields", "identifiers"):
            if group in data:
                data[group] = {name: _short(feed) for name, feed in data[group].items()}
        for event in data.get("events", []):
            event["event"] = event["event"].get("constant", event["event"])
            event.update({name: _short(feed) for name, feed in event.pop("fields", {}).items()})
        return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)


def _short(feed: Any) -> Any:
    return feed["column"] if isinstance(feed, dict) and set(feed) == {"column"} else feed


def _check_names(document: dict[str, Any]) -> None:
    """Refuse names that do not exist, before types are looked at: the suggestion helps most there."""
    _names("mapping key", document, list(Mapping.model_fields))
    if isinstance(document.get("fields"), dict):
        _names("field", document["fields"], MAPPABLE)
        for feed in document["fields"].values():
            _names("mapping key", feed, list(Feed.model_fields))
    for feed in _values(document.get("identifiers")):
        _names("mapping key", feed, list(Feed.model_fields))
    for event in document.get("events") or []:
        _names("field", event, ["event", "when", "fields", *MAPPABLE])
        for key, feed in event.items() if isinstance(event, dict) else ():
            if key not in ("when", "fields"):
                _names("mapping key", feed, list(Feed.model_fields))


def _names(kind: str, given: Any, known: list[str] | tuple[str, ...]) -> None:
    for name in given if isinstance(given, dict) else ():
        if name not in known:
            raise UnknownName(kind, str(name), known)


def _values(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else []
