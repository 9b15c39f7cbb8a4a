"""Insights as tables and files: to be read, counted, or taken elsewhere. Who speaks is a pseudonym in all of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal, get_args

import pyarrow as pa

from lvtu.core.sheets import no_formula
from lvtu.core.words import say
from lvtu.errors import UnknownName
from lvtu.insights.insight import Insight, Quote

Format = Literal["md", "csv", "json"]

FORMATS: tuple[Format, ...] = get_args(Format)

_TIME = pa.timestamp("us", "UTC")
_SCHEMA = pa.schema([
    ("id", pa.string()), ("title", pa.string()), ("state", pa.string()), ("owner", pa.string()),
    ("stage", pa.string()), ("step", pa.string()), ("touchpoint", pa.string()), ("topic", pa.string()),
    ("reliability", pa.float64()), ("level", pa.string()), ("quotes", pa.int64()), ("speakers", pa.int64()),
    ("sources", pa.list_(pa.string())), ("made", _TIME), ("changed", _TIME),
])  # fmt: skip

_OF_QUOTES = ("quote", "words", "kind", "source", "source_id", "highlight", "speaker", "time", "start", "stop", "gone")


def table_of(insights: Sequence[Insight]) -> pa.Table:
    """A row for each insight: what it says, where it belongs, how far its quotes carry it."""
    rows = [
        {"id": one.id, "title": one.title, "state": one.state, "owner": one.owner or None,
         **{name: text or None for name, text in asdict(one.place).items()},
         "reliability": one.reliability.value if one.reliability.quotes else None, "level": one.reliability.level,
         "quotes": one.reliability.quotes, "speakers": one.reliability.speakers, "sources": one.reliability.sources,
         "made": one.made, "changed": one.changed}
        for one in insights
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def exported(insights: Sequence[Insight], format: Format) -> str:
    """Insights with their quotes as a text.

    Args:
        insights: they.
        format: ``md`` to be read; ``csv``, a row for each quote, and one for an insight without any; ``json``.

    Raises:
        UnknownName: there is no such format.
    """
    if format == "md":
        return "\n".join(_read(one) for one in insights)
    if format == "csv":
        return _sheet(insights)
    if format == "json":
        return json.dumps([_plain(one) for one in insights], ensure_ascii=False, indent=2) + "\n"
    raise UnknownName("format", format, FORMATS)


def based_on(insight: Insight, how: Literal["based_on", "counts"] = "based_on") -> str:
    """What the reliability was worked out from, as people say it: in a sentence, or in few words."""
    found = insight.reliability
    if not found.quotes:
        return say("insights.no_quotes")
    sources = say("insights.and").join(say(f"insights.kinds.{kind}") for kind in found.sources)
    return say(f"insights.{how}", quotes=say("insights.quotes", quotes=found.quotes),
               speakers=say("insights.speakers", speakers=found.speakers), sources=sources)  # fmt: skip


def day_of(quote: Quote) -> str:
    """The day on which something was said; ``—`` where that is not known."""
    return "—" if quote.time is None or quote.basis == "order" else f"{quote.time:%Y-%m-%d}"


def _read(one: Insight) -> str:
    value = f"{one.reliability.value:g}" if one.reliability.quotes else "—"
    level = say(f"insights.levels.{one.reliability.level}")
    facts = [say(f"insights.states.{one.state}"), say("insights.reliability", value=value, level=level), based_on(one)]
    facts += [f"{say(f'insights.{name}')} {text}" for name, text in asdict(one.place).items() if text]
    facts += [f"{say('insights.owner')} {one.owner}"] if one.owner else []
    lines = [f"## {one.title}", "", *(f"- {fact}" for fact in facts), ""]
    lines += [one.text, ""] if one.text else []
    for quote in one.quotes:
        said = say(f"insights.gone_{quote.gone}") if quote.words is None else quote.words
        lines += [f"> {line}" for line in said.splitlines()]
        lines += [">", f"> — {_source(quote)}", ""] if quote.words is not None else [""]
    return "\n".join(lines)


def _source(quote: Quote) -> str:
    who = [say("insights.speaker", code=quote.speaker)] if quote.speaker else []
    where = say("insights.characters", start=str(quote.start), stop=str(quote.stop))
    named = say(f"insights.source_{quote.source}", id=str(_source_id(quote)))
    return say("insights.between").join([*who, say(f"insights.kinds.{quote.kind}"), day_of(quote), named, where])


def _source_id(quote: Quote) -> str | int | None:
    return quote.event if quote.source == "comment" else quote.document


def _sheet(insights: Sequence[Insight]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    first = ("insight", "title", "state", "owner", "stage", "step", "touchpoint", "topic", "reliability", "level")
    writer.writerow([*first, *_OF_QUOTES])
    for one in insights:
        said = _plain(one)
        value = said["reliability"]["value"] if one.quotes else None
        start = [one.id, one.title, one.state, one.owner, *said["place"].values(), value, one.reliability.level]
        for quote in said["quotes"] or [{}]:
            writer.writerow([_cell(each) for each in (*start, *(quote.get(name) for name in _OF_QUOTES))])
    return out.getvalue()


def _cell(value: Any) -> Any:
    return no_formula(value) if isinstance(value, str) else value


def _plain(one: Insight) -> dict[str, Any]:
    return {
        "id": one.id, "version": one.version, "title": one.title, "text": one.text, "state": one.state,
        "owner": one.owner, "place": asdict(one.place), "reliability": asdict(one.reliability),
        "quotes": [_plain_quote(quote) for quote in one.quotes],
        "made": one.made.isoformat(), "changed": one.changed.isoformat(),
    }  # fmt: skip


def _plain_quote(quote: Quote) -> dict[str, Any]:
    time = None if quote.time is None else quote.time.isoformat() if quote.basis == "exact" else day_of(quote)
    return {
        "quote": quote.id, "kind": quote.kind, "source": quote.source, "source_id": _source_id(quote),
        "highlight": quote.highlight, "speaker": quote.speaker, "time": time, "start": quote.start,
        "stop": quote.stop, "words": quote.words, "gone": quote.gone,
    }  # fmt: skip
