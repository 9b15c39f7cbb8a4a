"""Which comments of one customer speak of which themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from lvtu.analyses.explained import Explained, Said, Titled, found, said_time, times
from lvtu.analyses.explained.rows import Events, nothing_counted, rows_of_line
from lvtu.core.sentences import Value
from lvtu.core.words import LANGS
from lvtu.voice.themes.reading import UNFELT, UNIT

if TYPE_CHECKING:
    from lvtu.voice.themes.result import ThemesResult

_SHOWN = 60
"""Characters of a comment in a sentence."""


def explain(result: ThemesResult, customer: str) -> Explained:
    """Say what a customer's comments speak of.

    Args:
        result: the answer.
        customer: any identifier of theirs.

    Raises:
        UnknownName: nobody has the identifier.
    """
    question = result.question
    spec, snapshot = question.spec, question.snapshot
    place, name = found(snapshot, customer)
    block, line = place
    rows = rows_of_line(block, line, question.comments(block))
    (texts, text_of), key_of = block.codes("text"), block.codes(question.key)[0]
    told = [
        (row, one) for row in rows.tolist() for one in _places(result, int(key_of[row]), int(texts[row]))
    ]  # fmt: skip
    events = Events(snapshot, block, [row for row, _ in told])
    said = [Said("themes", customer=name, comments=len(rows))]
    for at, (row, one) in enumerate(told):
        text = text_of[texts[row]] if texts[row] else ""
        part = text[one["start"] : one["end"]] if one["start"] is not None else text
        shown = part if len(part) <= _SHOWN else part[:_SHOWN] + "…"
        code = "theme_none" if one["theme"] is None else "theme"
        told_of = {"event": events.names[at], "time": said_time(events.micros[at]), "text": shown}
        said.append(Said(code, theme=_called(result, one["theme"]), **told_of))
    if not len(rows):
        fits = (key_of != 0) & (np.isin(block.column("event"), question.codes) if question.codes else True)
        said.append(
            nothing_counted(snapshot, place, fits.view(np.uint8), spec.where, spec.event_where, span=spec.span())
        )
    columns = {
        "theme": pa.array([one["theme"] for _, one in told], pa.string()),
        "event": pa.array(events.names, pa.string()), "time": times(events.micros),
        "message_id": pa.array(events.message_ids, pa.string()),
        "text": pa.array([text_of[texts[row]] if texts[row] else None for row, _ in told], pa.string()),
        "start": pa.array([one["start"] for _, one in told], pa.int64()),
        "end": pa.array([one["end"] for _, one in told], pa.int64()),
        "sentiment": pa.array([one["sentiment"] for _, one in told], pa.float64()),
    }  # fmt: skip
    return Explained(name, pa.table(columns), said)


def _places(result: ThemesResult, key: int, text: int) -> list[dict[str, Any]]:
    """Where a comment speaks of which theme; once without any where it speaks of none."""
    reading = result.question.reading
    places = reading.places
    own = np.flatnonzero(places.key == key)
    own = own[np.lexsort((places.theme[own], places.start[own]))]
    if not len(own):
        return [{"theme": None, "start": None, "end": None, "sentiment": _felt(reading.feelings[text])}]
    return [
        {
            "theme": reading.names[places.theme[at]],
            "start": int(places.start[at]) if reading.of_places else None,
            "end": int(places.end[at]) if reading.of_places else None,
            "sentiment": _felt(places.feeling[at] if reading.of_places else reading.feelings[text]),
        }
        for at in own.tolist()
    ]


def _felt(steps: Any) -> float | None:
    return None if steps == UNFELT else int(steps) / UNIT


def _called(result: ThemesResult, theme: str | None) -> Value:
    """What people call a theme, in the language of who reads."""
    return "" if theme is None else Titled(*(result.called(theme, lang) for lang in LANGS))
