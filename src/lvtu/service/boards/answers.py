"""All tiles of a board answered on one snapshot, narrowed to its range and segment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from lvtu.analyses.base import FOREVER, Spec, make
from lvtu.core.segments import as_segment
from lvtu.core.sentences import Note
from lvtu.core.units import duration, instant, write_instant
from lvtu.core.words import Lang, known
from lvtu.errors import BadInput, LvtuError
from lvtu.service.access import Access, Role
from lvtu.service.analyses.schemas import Shown
from lvtu.service.analyses.service import answered, read_question, tells_who
from lvtu.service.annotations.charts import marked
from lvtu.service.annotations.service import during
from lvtu.service.boards.schemas import Asked, Board, Range, Tile
from lvtu.service.masking import scrubbed_in
from lvtu.service.problems import Forbidden, status_of
from lvtu.service.segments.named import named_only

_ROWS = 200


@dataclass(frozen=True)
class Over:
    """What a board lays over its tiles.

    Attributes:
        since, until: µs; None for no end.
        segment: a condition on customers.
    """

    since: int | None
    until: int | None
    segment: str | None


def answers(access: Access, board: Board, asked: Asked, lang: Lang, dark: bool) -> bytes:
    """The answers of a board as JSON (see `schemas.BoardAnswers`)."""
    at = access.served.answers.moment(asked.token)
    over = _over(access, board, asked, at.snapshot.times[1] if at.snapshot.events else None)
    chosen = [tile for tile in board.tiles if asked.tiles is None or tile.id in asked.tiles]
    body = {
        "tiles": [_tile(access, tile, over, at.token, lang, dark) for tile in chosen],
        "token": at.token,
        "since": None if over.since is None else write_instant(over.since),
        "until": None if over.until is None else write_instant(over.until),
        "segment": over.segment,
    }
    return msgspec.json.encode(body)


def _over(access: Access, board: Board, asked: Asked, last: int | None) -> Over:
    """What lies over the tiles.

    Raises:
        BadInput: whoever only looks brings a condition of their own, and no segment's name.
    """
    segment = board.segment if asked.segment is None else asked.segment
    named_only(access, asked.segment)
    condition = as_segment(segment) if segment else None
    span = asked.range or board.range or Range()
    if span.last is not None and last is not None:
        return Over(last + 1 - duration(span.last), last + 1, condition)
    return Over(
        None if span.since is None else instant(span.since), None if span.until is None else instant(span.until),
        condition,
    )  # fmt: skip


def _tile(access: Access, tile: Tile, over: Over, token: str, lang: Lang, dark: bool) -> dict[str, Any]:
    notes: list[Note] = []
    try:
        given = read_question(tile.question)
        if access.masked and tells_who(given):
            raise Forbidden("role_too_small", role=access.role.name, needed=Role.analyst.name)
        spec = narrowed(given, over, notes)
        try:
            said = _answer(access, spec, tile, token, lang, dark)
        except BadInput as error:
            if over.segment is None:
                raise
            notes.append(Note("tile_not_narrowed", reason=error.what(lang)))
            said = _answer(access, narrowed(given, Over(over.since, over.until, None), []), tile, token, lang, dark)
    except LvtuError as error:
        told = {**error.problem(), "what": error.what(lang), "try": error.try_(lang), "status": status_of(error),
                "asked": known(f"forms.{tile.question.get('analysis')}.title", lang) or ""}  # fmt: skip
        return {"id": tile.id, "answer": None, "problem": told, "notes": []}
    told_notes = [{"code": note.code, "level": "warning", "text": note.text(lang)} for note in notes]
    return {"id": tile.id, "answer": said, "problem": None, "notes": told_notes}


def _answer(access: Access, spec: Spec, tile: Tile, token: str, lang: Lang, dark: bool) -> Any:
    drawn = tile.view == "chart"
    said = answered(access.served.answers, spec, lang, Shown(dark=dark, rows=_ROWS, chart=drawn, token=token))
    marks = during(access, *spec.span()) if drawn else []
    if not marks and not access.masked:
        return msgspec.Raw(said)
    told = msgspec.json.decode(said)
    if access.masked:  # what a question is broken down by may hold an address, whatever it is called
        told = scrubbed_in(told)
    return {**told, "chart": marked(told["chart"], marks, dark)} if marks else told


def narrowed(spec: Spec, over: Over, notes: list[Note]) -> Spec:
    """A question within a range and a segment, as well as its own.

    Args:
        spec: the question.
        over: the range and the segment.
        notes: what could not be applied is added.
    """
    low, high = spec.span()
    since = max(low, -FOREVER if over.since is None else over.since)
    until = min(high, FOREVER if over.until is None else over.until)
    if since >= until:
        notes.append(Note("tile_own_period"))
        since, until = low, high
    changes: dict[str, Any] = {
        "since": None if since == -FOREVER else since, "until": None if until == FOREVER else until,
    }  # fmt: skip
    if over.segment is not None:
        changes["where"] = f"({spec.where}) and ({over.segment})" if spec.where else over.segment
    narrower: Spec = make(type(spec), spec.model_dump(exclude_defaults=True) | changes)
    return narrower
