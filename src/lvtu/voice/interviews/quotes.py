"""Highlights as quotes that can be taken along: each with its id, where it stands, who says it and when."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypedDict

import pyarrow as pa

from lvtu.core.sheets import no_formula
from lvtu.core.words import Lang, say
from lvtu.voice.interviews.reading import Reading, clock
from lvtu.voice.text import analyse

Format = Literal["csv", "json", "markdown"]

MEDIA: dict[Format, tuple[str, str]] = {
    "csv": ("text/csv; charset=utf-8", "csv"), "json": ("application/json", "json"),
    "markdown": ("text/markdown; charset=utf-8", "md"),
}  # fmt: skip
"""Media type and ending of each."""


class Quote(TypedDict):
    """A quote.

    Attributes:
        id: of the highlight; it stays whatever becomes of the text around it.
        quote: word for word.
        interview, title, form, date: the text it stands in: its id, what it is called, what it is, when it was held.
        start, end: its characters there (Unicode code points); None where an edit has removed the passage.
        speaker: who says it, by their pseudonym; None in a document.
        time: when in the recording: ``12:05``.
        page: on which page.
        codes, note, colour: what somebody said of it.
        sentiment: how it feels, −2 to +2, as it is read.
        source: where it stands, as one writes it below a quote.
        marked_by: the name of who marked it.
        marked: when.
    """

    id: str
    quote: str
    interview: str
    title: str
    form: str
    date: str
    start: int | None
    end: int | None
    speaker: str | None
    time: str | None
    page: int | None
    codes: list[str]
    note: str
    colour: str
    sentiment: float | None
    source: str
    marked_by: str
    marked: str


FIELDS = tuple(Quote.__annotations__)


SCHEMA = pa.schema([
    *((name, pa.string()) for name in ("id", "quote", "interview", "title", "form", "date")),
    ("start", pa.int64()), ("end", pa.int64()), ("speaker", pa.string()), ("time", pa.string()), ("page", pa.int64()),
    ("codes", pa.list_(pa.string())), ("note", pa.string()), ("colour", pa.string()), ("sentiment", pa.float64()),
    ("source", pa.string()), ("marked_by", pa.string()), ("marked", pa.string()),
])  # fmt: skip
"""Of quotes as a table."""


def quoted(
    interview: str, reading: Reading, code: str | None, names: Mapping[str, str], lang: Lang
) -> list[Quote]:  # fmt: skip
    """The highlights of a text as quotes, in the order in which they stand there.

    Args:
        interview: the text's id.
        reading: the text.
        code: only what carries it.
        names: of those who marked something, by their ids.
        lang: of the words in ``source``.
    """
    body, marks = reading.body, [mark for mark in reading.marks if code in (None, *mark["codes"])]
    feelings = analyse([mark["quote"] for mark in marks])["sentiment"].to_pylist()
    return [
        Quote(
            id=mark["id"], quote=mark["quote"], interview=interview, title=body["title"], form=body["form"],
            date=body["date"], start=mark["start"], end=mark["end"], speaker=reading.speaker(mark["start"]),
            time=clock(reading.time(mark["start"])), page=(page := reading.page(mark["start"])), codes=mark["codes"],
            note=mark["note"], colour=mark["colour"], sentiment=sentiment, source=reading.cited(page, lang),
            marked_by=names.get(mark["author"], ""), marked=mark["created"],
        )
        for mark, sentiment in zip(marks, feelings, strict=True)
    ]  # fmt: skip


def written(quotes: Sequence[Quote], form: Format, lang: Lang) -> bytes:
    """Quotes as a file.

    Args:
        quotes: they, in the order they are to stand in.
        form: ``csv`` (codes joined by ``; ``), ``json`` (a list) or ``markdown`` (to be read, by title).
        lang: of the words around them in Markdown.
    """
    if form == "json":
        return json.dumps(quotes, ensure_ascii=False, indent=1).encode()
    return (_csv(quotes) if form == "csv" else _markdown(quotes, lang)).encode()


def _csv(quotes: Iterable[Quote]) -> str:
    out = io.StringIO()
    out.write("\ufeff")  # else spreadsheets take Chinese for something else
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    for one in quotes:
        row = {**one, "codes": "; ".join(one["codes"])}
        values = (row[name] for name in FIELDS)
        writer.writerow([no_formula(value) if isinstance(value, str) else value for value in values])
    return out.getvalue()


def _markdown(quotes: Iterable[Quote], lang: Lang) -> str:
    lines: list[str] = [f"# {say('interviews.quotes', lang)}"]
    title = None
    for one in quotes:
        if one["interview"] != title:
            title = one["interview"]
            lines += ["", f"## {one['title']}"]
        said = "\n".join(f"> {line}" for line in one["quote"].split("\n"))
        about = [one["speaker"], one["time"], one["source"], " ".join(f"#{code}" for code in one["codes"])]
        place = "" if one["start"] is None else f":{one['start']}-{one['end']}"
        lines += ["", said, ">", f"> — {' · '.join(filter(None, about))} `[{one['id']}{place}]`"]
        lines += ["", one["note"]] if one["note"] else []
    return "\n".join(lines) + "\n"
