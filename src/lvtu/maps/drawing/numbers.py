"""Numbers of maps as people read them; "—" for nothing, one decimal unless more is known."""

from __future__ import annotations

from lvtu.core.units import DAY, HOUR, MINUTE, SECOND, spell
from lvtu.core.words import Lang, say, spoken
from lvtu.maps.live.filled import Unit, Value

_MINUS = "−"


def number(value: float, unit: Unit, lang: Lang) -> str:
    """A value in its unit.

    Example:
        >>> number(-0.42, "feeling", "en"), number(0.843, "share", "zh"), number(1234, "count", "en")
        ('−0.42', '84.3%', '1,234')
        >>> number(0.001, "feeling", "en"), number(3000, "duration", "en")
        ('0.00', '< 1s')
    """
    if unit == "share":
        return f"{100 * value:.1f}%"
    if unit == "count":
        return f"{value:,.0f}"
    if unit == "duration" and round(value) < SECOND:
        return say("maps.under_second", lang)
    if unit == "duration":
        return spoken(spell(round(value)), lang)
    told = f"{value:+.2f}" if unit == "feeling" else f"{value:.1f}" if unit == "points" else f"{value:.2f}"
    return told.lstrip("+-") if not told.strip("+-0.") else told.replace("-", _MINUS)


def roughly(micros: float, lang: Lang) -> str:
    """A duration in the largest unit that it fills, for where there is little room: with a decimal below three of it.

    Example:
        >>> roughly(106e6, "en"), roughly(219_600e6, "zh"), roughly(669_000e6, "en"), roughly(20e6, "en")
        ('1.8m', '2.5天', '8d', '20s')
    """
    if round(micros) < SECOND:
        return say("maps.under_second", lang)
    unit, size = next(one for one in (("d", DAY), ("h", HOUR), ("m", MINUTE), ("s", SECOND)) if round(micros) >= one[1])
    count = micros / size
    return spoken(f"{count:,.0f}{unit}" if count >= 2.95 or unit == "s" else f"{round(count, 1):g}{unit}", lang)


def level(value: float, unit: Unit, lang: Lang) -> str:
    """A value beside an axis: as short as it can be.

    Example:
        >>> level(-1.0, "feeling", "en"), level(0.5, "feeling", "en"), level(0.0, "share", "zh")
        ('−1', '+0.5', '0')
    """
    if not value:
        return "0"
    if unit in ("duration", "count"):
        return number(value, unit, lang)
    shown = f"{100 * value:g}%" if unit == "share" else f"{value:+g}" if unit == "feeling" else f"{value:g}"
    return shown.replace("-", _MINUS)


def interval(value: Value, lang: Lang) -> str:
    """The interval of a value: ``28.3–33.6``; empty where it has none."""
    if value.low is None or value.high is None:
        return ""
    low, high = (number(end, value.unit, lang).removeprefix("+") for end in (value.low, value.high))
    dash = " … " if _MINUS in (low[:1], high[:1]) else "–"
    return f"{low.removesuffix('%') if value.unit == 'share' else low}{dash}{high}"


def told(value: Value, lang: Lang) -> str:
    """A value with its interval and n, in a line that is read aloud or shown where the pointer rests."""
    text = number(value.value, value.unit, lang)
    if between := interval(value, lang):
        text = say("charts.aside", lang, text=text, more=between)
    text = say("maps.with_n", lang, text=text, n=value.n)
    if value.before is not None:
        text = say("maps.with_before", lang, text=text, before=number(value.before, value.unit, lang))
    if aimed := aim(value, lang):
        text = say("maps.with_more", lang, text=text, more=aimed)
    if value.stale is not None:
        text = say("maps.with_more", lang, text=text, more=value.stale.text(lang))
    return text


def aim(value: Value, lang: Lang) -> str:
    """The target of a value and how far it is: ``target 40.0, 8.0 to go``; empty where it has none.

    Example:
        >>> aim(Value(32.0, "points", 90, target=40.0), "en"), aim(Value(0.3, "share", 90, target=0.5), "zh")
        ('target 40.0, 8.0 to go', '目标 50.0%，差 20.0%')
    """
    if value.target is None or value.short is None:
        return ""
    target = number(value.target, value.unit, lang)
    if value.short <= 0:
        return say("maps.target_met", lang, target=target)
    return say("maps.target_short", lang, target=target, short=number(value.short, value.unit, lang).removeprefix("+"))
