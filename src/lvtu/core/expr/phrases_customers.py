"""Conditions on customers as phrases: 最近 30 天做过“下单”至少 3 次."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lvtu.core.expr.customers import Did, Events, InOrder, InSegment, OfCustomers, Path, Step, spell_duration

if TYPE_CHECKING:
    from lvtu.core.expr.phrases import Speaker


def say_customer(speaker: Speaker, condition: OfCustomers, negated: bool = False) -> str:
    """A condition on a customer in a speaker's language, or that it is not so.

    Example:
        >>> from lvtu.core.expr import describe, parse
        >>> describe(parse("not did (下单 or 支付) in the last 30 days"), "zh")
        '最近 30 天没有做过“下单”或“支付”'
        >>> describe(parse("A then B within 7 days without C"), "en")
        'did “A”, then “B” (within 7 days, without “C” between)'
    """
    match condition:
        case Did() if negated and (condition.op, condition.times) == ("at least", 1):
            return speaker.fill("not did", what=_events(speaker, condition.what), span=_span(speaker, condition))
        case Path():
            return speaker.fill("not path" if negated else "path", path=str(condition))
        case InSegment(name):
            from lvtu.core.segments import called  # it reads conditions itself

            named = speaker.fill("text", text=called(name, speaker.language))
            return speaker.fill("not segment" if negated else "segment", name=named)
    if negated:
        return speaker.fill("not", part=say_customer(speaker, condition))
    match condition:
        case Did(what):
            slots = {"what": _events(speaker, what), "span": _span(speaker, condition)}
            return speaker.fill("did", count=_count(speaker, condition), **slots)
        case InOrder(first, steps, window):
            said = "".join(_step(speaker, step) for step in steps)
            whole = "" if window is None else speaker.fill("window", window=_duration(speaker, window))
            return speaker.fill("in order", first=_events(speaker, first), steps=said, window=whole)
    raise TypeError(f"no words for {condition!r}")


def _count(speaker: Speaker, did: Did) -> str:
    if (did.op, did.times) == ("at least", 1):
        return ""
    key = f"1 {did.op}" if did.times == 1 else did.op
    if did.window is None:
        return speaker.fill(key, times=str(did.times))
    return speaker.fill(f"{key} in", times=str(did.times), window=_duration(speaker, did.window))


def _span(speaker: Speaker, did: Did) -> str:
    parts = [] if did.recent is None else [speaker.fill("recent", recent=_duration(speaker, did.recent))]
    parts += [] if did.older is None else [speaker.fill("older", older=_duration(speaker, did.older))]
    for name, text in (("since", did.since), ("until", did.until)):
        parts += [] if text is None else [speaker.fill(name, **{name: speaker.fill("text", text=text)})]
    return speaker.join("span", parts)


def _step(speaker: Speaker, step: Step) -> str:
    slots = {"what": _events(speaker, step.what)}
    slots |= {} if step.within is None else {"within": _duration(speaker, step.within)}
    slots |= {} if step.without is None else {"without": _events(speaker, step.without)}
    return speaker.fill(" ".join(["step", *(name for name in ("within", "without") if name in slots)]), **slots)


def _events(speaker: Speaker, events: Events) -> str:
    names = speaker.join("events.or", [speaker.quoted(name, "event") for name in events.names])
    if events.negated:
        what = speaker.fill("other events", names=names) if events.names else speaker.fill("any event")
    else:
        what = speaker.fill("events", names=names)
    if events.where is None:
        return what
    return speaker.fill("events where", what=what, where=speaker.say(events.where))


def _duration(speaker: Speaker, micros: int) -> str:
    number, unit = spell_duration(micros).split()
    unit = unit if unit == "us" or unit.endswith("s") else f"1 {unit}s"
    return speaker.fill(unit, number=number)
