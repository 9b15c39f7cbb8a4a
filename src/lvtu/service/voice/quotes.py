"""What those said who are behind a number: quotes that stand for many, each with the way to its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from lvtu.analyses.base import Spec, make
from lvtu.analyses.drivers.linkage import BANDS, edges_of
from lvtu.core.expr.nodes import spell_literal, spell_name
from lvtu.core.words import Lang
from lvtu.errors import BadInput
from lvtu.service.access import Access
from lvtu.service.analyses.service import read_spec
from lvtu.service.voice.schemas import BehindNumber, VoiceQuote, VoiceQuotes
from lvtu.service.voice.themes import FOUND, quoted, shown_themes, themes_of
from lvtu.voice.themes.spec import ThemesSpec

MOST = 8
"""VoiceQuotes of a number."""

_OF_SCORES = ("scores", "drivers")


def quotes(access: Access, behind: BehindNumber, lang: Lang) -> VoiceQuotes:
    """VoiceQuotes of what is behind a number, of as many themes as there are.

    Of a score those that came with the answers themselves; where no answer came with words, those that were said
    there and then, whoever said them.

    Raises:
        BadInput: the question has no such number, or one that nothing was said about.
    """
    spec = read_spec(str(behind.spec.get("analysis")), behind.spec)
    if spec.analysis == "themes":
        return _of_theme(access, spec, behind.cell, lang)
    if spec.analysis not in _OF_SCORES:
        raise BadInput("no_such_cell", cell=str(behind.cell), known=())
    there = _where(spec, _place(spec, behind.cell))
    with_them = _where(spec, [*_place(spec, behind.cell), *_answer(spec, behind.cell)])
    for where, own in ((with_them, True), (there, False)):
        for kind in (None, FOUND):
            asked = _asked(access, spec, where, themes_of(access.served, lang, kind))
            found = _told(access, asked, lang)
            if found:
                return VoiceQuotes(quotes=found, where=where or "", own=own)
    return VoiceQuotes(quotes=[], where="", own=False)


def _of_theme(access: Access, spec: Any, cell: dict[str, Any], lang: Lang) -> VoiceQuotes:
    group = [_equals(spec.by, cell["group"])] if "group" in cell and spec.by else []
    where = _where(spec, group)
    asked: ThemesSpec = make(ThemesSpec, spec.model_dump() | {"where": where, "by": None, "quotes": MOST})
    result = access.served.answers.ask(asked)[1].result
    rows = [row for row in result.themes.to_pylist() if row["theme"] == cell.get("theme")]
    return VoiceQuotes(quotes=[_quote(one, access) for row in rows for one in row["quotes"] or []], where="", own=True)


def _asked(access: Access, spec: Spec, where: str | None, of: dict[str, Any]) -> ThemesSpec:
    since, until = spec.since, spec.until
    zone = access.served.workspace.config.zone
    shared = {"where": where, "model": spec.model, "zone": zone, "since": since, "until": until, "quotes": MOST // 2}
    asked: ThemesSpec = make(ThemesSpec, of | shared)
    return asked


def _told(access: Access, asked: ThemesSpec, lang: Lang) -> list[VoiceQuote]:
    """VoiceQuotes of the themes in turn, those of the most comments first; each comment once."""
    result = access.served.answers.ask(asked)[1].result
    rows = shown_themes(result)
    found: dict[str, VoiceQuote] = {}
    for turn in range(MOST // 2):
        for row in rows:
            own = row["quotes"] or []
            if turn < len(own) and len(found) < MOST:
                title = result.called(row["theme"], lang) if asked.taxonomy else None
                found.setdefault(own[turn]["message_id"], _quote(own[turn], access, title))
    return list(found.values())


def _quote(one: dict[str, Any], access: Access, theme: str | None = None) -> VoiceQuote:
    told = quoted(one, access).model_dump()
    return VoiceQuote(**told, customer=one["customer"], feeling=one["sentiment"], theme=theme)


def _where(spec: Any, parts: list[str]) -> str | None:
    """A question's own conditions, and some more."""
    events = (spec.event,) if isinstance(getattr(spec, "event", None), str) else getattr(spec, "event", None) or ()
    named = [f"event in ({', '.join(map(spell_literal, events))})"] if events else []
    own = [one for one in (spec.where, getattr(spec, "event_where", None)) if one]
    every = [*own, *named, *parts]
    return None if not every else every[0] if len(every) == 1 else " and ".join(f"({one})" for one in every)


def _place(spec: Any, cell: dict[str, Any]) -> list[str]:
    """Where a number is."""
    if spec.analysis == "scores":
        return [_equals(spec.by, cell["group"])] if "group" in cell and spec.by else []
    return [] if spec.by == "scale" else [_equals(spec.by, cell.get("driver"))]


def _answer(spec: Any, cell: dict[str, Any]) -> Iterator[str]:
    """Which answers it is made of."""
    scale = spec.scale if spec.analysis == "scores" else cell.get("scale")
    if scale is None:
        return
    yield _equals("scale", scale)
    if "band" in cell:
        below, above = edges_of(np.empty(0), scale)
        parts = {"low": f"score < {below:g}", "middle": f"score between {below:g} and {above:g}",
                 "high": f"score > {above:g}"}  # fmt: skip
        yield parts[cell["band"]] if cell["band"] in BANDS else "score is not null"


def _equals(name: str, value: str | None) -> str:
    column = spell_name(name)
    return f"{column} is null" if value is None else f"{column} = {spell_literal(value)}"
