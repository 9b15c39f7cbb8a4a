"""The numbers of registers as people read them."""

from __future__ import annotations

from decimal import Decimal

from lvtu.core.words import Lang, known, say
from lvtu.maps.document import Money
from lvtu.maps.drawing.numbers import number
from lvtu.maps.registers.entry import Entry, Known

_SHARES = frozenset({"share", "confidence"})
_COUNTS = frozenset({"reach", "severity", "strength"})


def label(name: str, lang: Lang) -> str:
    """What a number is called.

    Example:
        >>> label("opportunity", "en"), label("severity", "zh")
        ('Opportunity (ODI)', '严重程度')
    """
    return known(f"maps.registers.numbers.{name}", lang) or say(f"maps.details.{name}", lang)


def shown(name: str, value: float, lang: Lang) -> str:
    """A number; "12.3", "1,240", "38.2%".

    Example:
        >>> shown("opportunity", 12.3, "en"), shown("reach", 1240, "zh"), shown("share", 0.382, "en")
        ('12.3', '1,240', '38.2%')
    """
    if name in _SHARES:
        return number(value, "share", lang)
    if name in _COUNTS:
        return number(value, "count", lang)
    if name == "frequency":
        return f"{value:.2f}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}".removesuffix(".0")


def amount(money: Money) -> str:
    """An amount of money: ``120,000 USD``.

    Example:
        >>> amount(Money(value=120000, currency="USD")), amount(Money(value=0.5, currency="CNY"))
        ('120,000 USD', '0.5 CNY')
    """
    return f"{Decimal(repr(money.value)):,f}".removesuffix(".0") + f" {money.currency}"


def between(name: str, one: Known, lang: Lang) -> str:
    """The interval of a number: ``2.8–3.4``; empty where it has none.

    Example:
        >>> between("share", Known(0.3, "events", 90, 0.212, 0.401), "en")
        '21.2–40.1%'
    """
    if one.low is None or one.high is None:
        return ""
    low, high = (shown(name, end, lang) for end in (one.low, one.high))
    return f"{low.removesuffix('%') if name in _SHARES else low}–{high}"


def formula(entry: Entry, name: str, lang: Lang) -> str:
    """How a number that follows from others was worked out, with these; empty for the others.

    Example:
        >>> from lvtu.core.model.text import Text
        >>> nothing = Text("", "")
        >>> need = Entry("m/c", "need", "m", "c", *[nothing] * 4, "pay", "needs", nothing, numbers={
        ...     "importance": Known(8.2, "person"), "satisfaction": Known(4.1, "person")})
        >>> formula(need, "opportunity", "en")
        '8.2 + max(8.2 − 4.1, 0)'
    """
    told = {key: shown(key, one.value, lang) for key, one in entry.numbers.items()}
    if name == "opportunity" and entry.kind == "need":
        return "{importance} + max({importance} − {satisfaction}, 0)".format(**told)
    if name == "opportunity":
        return say("maps.registers.of_needs", lang)
    if name == "rice":
        return "{reach} × {impact} × {confidence} ÷ {effort}".format(**told)
    return "{value} ÷ {effort}".format(**told) if name == "value_per_effort" else ""
