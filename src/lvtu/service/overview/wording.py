"""Figures as people read them: numbers with separators, shares in per cent, durations in two units, — for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from lvtu.analyses.naming import scale_name
from lvtu.analyses.overview import changes, facts
from lvtu.core.units import spell
from lvtu.core.words import Lang, say, spoken
from lvtu.service.overview.schemas import Change, Dwell, Figure

Unit = Literal["count", "money", "points", "share", "duration", "feeling", "mean"]

UNITS: Mapping[str, Unit] = MappingProxyType({
    "value": "money", "nps": "points", "csat": "share", "conversion": "share", "dwell": "duration",
    "feeling": "feeling",
})  # fmt: skip

_NOTHING = "—"

_COINS = 10_000
"""Of money from here on nobody counts the cents."""


def figure(of: facts.Figure, lang: Lang) -> Figure:
    """A figure in a language."""
    return Figure.model_validate(_fields(of, lang))


def dwell(of: facts.Figure, p90: int | None, lang: Lang) -> Dwell:
    """The time in a stage in a language."""
    more = {"p90": p90, "shown_p90": shown("duration", p90, lang)}
    return Dwell.model_validate(_fields(of, lang) | more)


def _fields(of: facts.Figure, lang: Lang) -> dict[str, object]:
    unit = UNITS.get(of.code, "count")
    interval = "" if of.low is None or of.high is None else between(unit, of.low, of.high, lang)
    return {
        "code": of.code, "title": title(of, lang), "unit": unit, "value": of.value,
        "shown": shown(unit, of.value, lang, of.of), "n": of.n, "low": of.low, "high": of.high,
        "interval": interval, "of": of.of, "raw": of.raw,
        "change": None if of.change is None else change(of.change, unit, lang, worse=of.worse, of=of.of),
    }  # fmt: skip


def title(of: facts.Figure, lang: Lang) -> str:
    """What a figure is called; of a feeling, what was asked."""
    if of.code == "feeling":
        return scale_name(of.of, lang)
    return say(f"overview.figures.{of.code}", lang)


def change(since: changes.Change, unit: Unit, lang: Lang, *, worse: bool, of: str | None = None) -> Change:
    """A change in a language.

    Args:
        since: it.
        unit: of the figure.
        lang: the language.
        worse: whether it is bad news.
        of: the currency, of money.
    """
    direction: Literal["up", "down", "same"] = "same"
    if since.changed:
        direction = "up" if since.difference > 0 else "down"
    told = {"difference": apart(unit, since.difference, lang, of), "before": shown(unit, since.before, lang, of)}
    interval = ""
    if since.low is None or since.high is None:
        text = say("overview.change_untested", lang, **told)
    else:
        code = "overview.change" if since.changed else "overview.no_change"
        ends = {"low": apart(unit, since.low, lang, of), "high": apart(unit, since.high, lang, of)}
        text, interval = say(code, lang, **told, **ends), f"{_bare(unit, since.low, lang)} … {ends['high']}"
    return Change(
        before=since.before, difference=since.difference, low=since.low, high=since.high, p_value=since.p_value,
        p_adjusted=since.p_adjusted, changed=since.changed, direction=direction, worse=worse, text=text,
        shown=told["difference"], interval=interval,
    )  # fmt: skip


def shown(unit: Unit, value: float | None, lang: Lang, of: str | None = None) -> str:
    """A number in its unit."""
    if value is None:
        return _NOTHING
    match unit:
        case "count":
            return f"{value:,.0f}"
        case "money":
            return f"{value:,.{0 if abs(value) >= _COINS else 2}f} {of or ''}".rstrip()
        case "points":
            return _signed(value, 1)
        case "share":
            return f"{100 * value:.1f}%"
        case "duration":
            return spoken(spell(round(value)), lang)
        case "feeling":
            return _signed(value, 2)
        case "mean":
            return f"{value:.2f}"


def apart(unit: Unit, value: float, lang: Lang, of: str | None = None) -> str:
    """A difference in its unit, with its sign; of shares in percentage points."""
    if unit == "share":
        return say("overview.points", lang, points=_signed(100 * value, 1))
    if unit in ("points", "feeling", "mean"):
        return _signed(value, 1 if unit == "points" else 2)
    sign = "−" if value < 0 else "+" if value > 0 else "±"
    return sign + shown(unit, abs(value), lang, of)


def _bare(unit: Unit, value: float, lang: Lang) -> str:
    """A difference whose unit stands behind the number that follows it."""
    return _signed(100 * value, 1) if unit == "share" else apart(unit, value, lang)


def between(unit: Unit, low: float, high: float, lang: Lang) -> str:
    """An interval; of numbers without signs with a dash."""
    if unit == "mean":
        return f"{low:.2f}–{high:.2f}"
    if unit == "share":
        return f"{100 * low:.1f}–{100 * high:.1f}%"
    return f"{shown(unit, low, lang)} … {shown(unit, high, lang)}"


def _signed(value: float, digits: int) -> str:
    text = f"{value:+.{digits}f}"
    return text[1:] if float(text) == 0 else text.replace("-", "−")
