"""What customers talk about, in a language."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from lvtu.analyses.base import make
from lvtu.analyses.calendars import zone_of
from lvtu.analyses.cells import cells_of
from lvtu.analyses.wording import remarks
from lvtu.core.words import Lang, say, speaking
from lvtu.errors import UnknownName
from lvtu.service.access import Access
from lvtu.service.home import Served
from lvtu.service.masking import scrubbed
from lvtu.service.overview.wording import between, shown
from lvtu.service.voice.behind import share_of, span_of
from lvtu.service.voice.schemas import Moved, Note, Offered, Quoted, Score, Share, Theme, Themes
from lvtu.service.voice.service import Asked, Counted
from lvtu.voice.text.taxonomy import PRESETS
from lvtu.voice.themes.spec import ThemesSpec

OWN, CODES, FOUND = "own", "codes", "found"
"""Themes of a taxonomy of the workspace's own, those that people gave codes for, and those that are found in the words
of the texts."""

_MOST = 12
_MOVED = ("new", "rising", "falling")


def themes(access: Access, asked: Asked, kind: str | None, lang: Lang) -> Themes:
    """What customers talk about.

    Raises:
        UnknownName: there are no such themes.
    """
    served, known = access.served, kinds(access.served)
    if kind is not None and kind not in known:
        raise UnknownName("taxonomy", kind, known)
    counted = served.voices.count(asked)
    if counted.facts is None or not (counted.facts.texts or CODES in known):
        return Themes(state="mute", token=counted.token)
    spec = question(served, counted, asked, lang, kind)
    moment, answer = served.answers.ask(spec)
    result = answer.result
    with speaking(lang):
        said = remarks(result)
    codes = [note.code for note in result.notes]
    codes += [""] * (len(said) - len(codes))
    return Themes(
        state="ok", token=moment.token, kind=kind or known[0], comments=result.comments,
        kinds=[Offered(value=one, title=say(f"voices.kinds.{one}", lang)) for one in known],
        untold=None if result.coverage is None else _plain(1 - result.coverage, lang), spec=spec.to_json(),
        rows=_rows(result, access, lang), notes=[Note(code=c, text=t) for c, t in zip(codes, said, strict=True)],
    )  # fmt: skip


def kinds(served: Served) -> tuple[str, ...]:
    """What themes can be: first the topics that the workspace goes by."""
    voice = served.workspace.voice
    used, coded = voice.taxonomy(), [CODES] if voice.codes("en") else []
    first = used if used in PRESETS else OWN
    return (first, *coded, *(one for one in PRESETS if one != first), FOUND)


def question(
    served: Served, counted: Counted, asked: Asked, lang: Lang, kind: str | None = None
) -> ThemesSpec:  # fmt: skip
    """The question whose answer the themes are."""
    zone = served.workspace.config.zone
    shared = {"where": asked.where, "model": asked.model, "zone": zone, **span_of(counted, asked)}
    spec: ThemesSpec = make(ThemesSpec, themes_of(served, lang, kind) | shared)
    return spec


def themes_of(served: Served, lang: Lang, kind: str | None = None) -> dict[str, Any]:
    """What themes of a kind are, as the question takes it; without one the topics that the workspace goes by."""
    voice = served.workspace.voice
    if kind == FOUND:
        return {}
    if kind == CODES and (coded := voice.codes(lang)):
        return {"codes": coded[0], "code_list": coded[1]}
    return {"taxonomy": voice.taxonomy() if kind in (None, OWN) else kind}


def _rows(result: Any, access: Access, lang: Lang) -> list[Theme]:
    rows = shown_themes(result)
    over: dict[str | None, dict[datetime, float | None]] = defaultdict(dict)
    for row in result.trend.to_pylist():
        over[row["theme"]][row["period"]] = row["share"]
    periods = sorted({period for of in over.values() for period in of})
    return [
        _theme(result, row, [over[row["theme"]].get(period) for period in periods], access, lang)
        for row in rows[:_MOST]
    ]  # fmt: skip


def shown_themes(result: Any) -> list[dict[str, Any]]:
    """The themes; of a taxonomy its second level, or its first where that has none: deeper ones have few texts."""
    rows: list[dict[str, Any]] = result.themes.to_pylist()
    if result.taxonomy is None:
        return rows
    above = {row["theme"].partition(".")[0] for row in rows if "." in row["theme"]}
    return [row for row in rows if row["theme"].count(".") == (row["theme"].partition(".")[0] in above)]


def _theme(result: Any, row: dict[str, Any], trend: list[float | None], access: Access, lang: Lang) -> Theme:
    felt = None
    if row["sentiment"] is not None:
        low, high = row["sentiment_low"], row["sentiment_high"]
        felt = Score(
            value=row["sentiment"], shown=shown("feeling", row["sentiment"], lang), low=low, high=high,
            interval="" if low is None else between("feeling", low, high, lang), n=row["rated"],
            effective_n=row["rated"], change=None,
        )  # fmt: skip
    return Theme(
        key=row["theme"], title=result.called(row["theme"], lang), comments=row["comments"],
        customers=row["customers"], share=share_of(row["share"], row["low"], row["high"], lang), feeling=felt,
        negative=share_of(row["negative"], row["negative_low"], row["negative_high"], lang)
        if row["negative"] is not None else None,
        trend=trend, moved=_moved(row, access, lang), quotes=[quoted(one, access) for one in row["quotes"] or []],
        cell=cells_of(result, row)["customers"].of,
    )  # fmt: skip


def _moved(row: dict[str, Any], access: Access, lang: Lang) -> list[Moved]:
    found = []
    if row["trend"] in _MOVED:
        told = {"before": shown("share", row["share_before"], lang), "after": shown("share", row["share_after"], lang)}
        since = _day(row["since"], access)
        found.append(Moved(direction=row["trend"], text=say(f"voices.moved.{row['trend']}", lang, since=since, **told)))
    if row["mood"] in ("better", "worse"):
        told = {name: shown("feeling", row[f"sentiment_{name}"], lang) for name in ("before", "after")}
        since = _day(row["mood_since"], access)
        found.append(Moved(direction=row["mood"], text=say(f"voices.moved.{row['mood']}", lang, since=since, **told)))
    return found


def quoted(quote: dict[str, Any], access: Access) -> Quoted:
    """A quote of an answer, as somebody may see it."""
    text = scrubbed(quote["text"]) if access.masked else quote["text"]
    whole = text != quote["text"] or (quote["start"], quote["end"]) == (0, len(text))
    return Quoted(
        text=text, start=None if whole else quote["start"], end=None if whole else quote["end"],
        message_id=None if access.masked else quote["message_id"], shown=_day(quote["time"], access),
    )  # fmt: skip


def _day(time: datetime | None, access: Access) -> str:
    return "" if time is None else f"{time.astimezone(zone_of(access.zone)):%Y-%m-%d}"


def _plain(value: float, lang: Lang) -> Share:
    return Share(value=value, low=None, high=None, shown=shown("share", value, lang), interval="")
