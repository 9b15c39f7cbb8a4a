"""What was done to a map, as people say it: “split the step “Pay” into “Scan”, “Confirm””."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lvtu.core.words import Lang, known, say
from lvtu.maps.authors import Signed
from lvtu.maps.changes import Change
from lvtu.maps.document.details import Money
from lvtu.maps.document.journey import JourneyMap
from lvtu.maps.history.names import NAMED_BY, Names, kind_of, words_of
from lvtu.store.maps import FORGOTTEN

_NAMES, _PHRASES = 3, 3
"""So many names, and so many different things, are told of one edit; the rest is counted."""

_BEGINNINGS = ("drawn", "loaded", "paired")
_AROUND = ("undone", "restored", "loaded")
"""Edits that are told with what they changed behind them."""


class Told(NamedTuple):
    """An edit in the history of a map.

    Attributes:
        step: its number.
        time: when, ISO-8601.
        by: what whoever made it was called.
        author: their id, if they have one.
        what: the name of the edit.
        text: what was done, without who did it.
        changes: what it changed.
    """

    step: int
    time: str
    by: str
    author: str | None
    what: str
    text: str
    changes: tuple[Change, ...]

    @property
    def signed(self) -> Signed:
        """Who made it."""
        return Signed(self.by, self.author)


def told(
    map_: JourneyMap, history: Sequence[Mapping[str, Any]], lang: Lang, part: str | None = None, key: str = ""
) -> list[Told]:
    """The history of a map in words, the newest first.

    Args:
        map_: the map as it is after the last of them.
        history: as `lvtu.maps.Map.history` tells it.
        lang: in which language.
        part: of which part alone: ``steps``, ``cards``, ``cells``, …; None: of all. What a step was split or merged
            from counts to it.
        key: its key; of a cell ``lane/step``.
    """
    found: list[Told] = []
    mine = None if part is None else _selves(map_, part, key)
    for one, made, before, after in _backwards(map_, history):
        wanted = [change for change in made if mine is None or _touches(change, before, mine)]
        if mine is None or wanted:
            text = _sentence(one["what"], wanted if mine is not None else made, before, _later(after, made), lang)
            found.append(Told(one["step"], one["time"], one["by"], one["author"], one["what"], text, made))
    return found


def deed(map_: JourneyMap, history: Sequence[Mapping[str, Any]], lang: Lang) -> str:
    """What the first of some edits did; of one that took another back, what that had done.

    Args:
        map_: the map as it is after the last of them.
        history: as `lvtu.maps.Map.history` tells it.
        lang: in which language.
    """
    *_, (one, made, before, after) = _backwards(map_, history)
    return _done(one["what"], made, before, _later(after, made), lang)


def _backwards(
    map_: JourneyMap, history: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], tuple[Change, ...], Names, Names]]:
    """The edits, the newest first, each with what it changed and the names before and after it."""
    after = Names.of(map_)
    for one in reversed(history):
        made = tuple(one["changes"])
        before = after.before(reversed(made))
        yield one, made, before, after
        after = before


def _later(after: Names, made: Iterable[Change]) -> Names:
    """The names after an edit, those of what it took away too."""
    gone = {(c.part, c.key or ""): c.was for c in made if c.field is None and c.now is None}
    return Names({**gone, **after.parts})


def _selves(map_: JourneyMap, part: str, key: str) -> set[tuple[str, str]]:
    """A part, and those it came from."""
    if part == "cells":
        lane, _, step = key.partition("/")
        return {("cells", f"{lane}/{one}") for _, one in _selves(map_, "steps", step)}
    found = {key}
    for row in reversed(map_.lineage):
        if row.part == part and found & set(row.into):
            found |= set(row.former)
    return {(part, one) for one in found}


def _touches(change: Change, names: Names, mine: set[tuple[str, str]]) -> bool:
    if (change.part, change.key or "") in mine:
        return True
    if change.part == "map" and change.field == "lineage":
        rows = (change.now or [])[len(change.was or []) :]
        return any((row["part"], key) in mine for row in rows for key in (*row["former"], *row["into"]))
    if change.part not in ("cards", "bindings", "curve", "verdicts"):
        return False
    there = [change.was, change.now] if change.field is None else [names.parts.get((change.part, change.key or ""))]
    if change.field in ("lane", "step") and there[0]:
        there.append({**there[0], change.field: change.now})
    return any(_stands(one, mine) for one in there if isinstance(one, Mapping))


def _stands(one: Mapping[str, Any], mine: set[tuple[str, str]]) -> bool:
    lane, step = one.get("lane"), one.get("step")
    return ("cells", f"{lane}/{step}") in mine or ("steps", step) in mine


def _sentence(what: str, made: Sequence[Change], before: Names, after: Names, lang: Lang) -> str:
    if what == FORGOTTEN or (what in _BEGINNINGS and not made):
        return say(f"maps.did.{what}", lang)
    text = _done(what, made, before, after, lang)
    return say(f"maps.did.around_{what}", lang, text=text) if what in _AROUND else text


def _done(what: str, made: Sequence[Change], before: Names, after: Names, lang: Lang) -> str:
    if what == "undone":  # what is told is the edit that was taken back
        parts = list(dict.fromkeys(one.part for one in made))
        whole = all(one.field is None for one in made)  # parts go from the back, and come from the front
        made = sorted((reversed(made) if whole else made), key=lambda one: parts.index(one.part))
        made = [one.undone() for one in made]
        before, after = after, before
    confirmed, made = [[one for one in made if (one.field == "guessed") is guess] for guess in (True, False)]
    if confirmed and not made:
        names = _quoted([after.called("stages", one.key or "", lang) for one in confirmed], lang)
        return say("maps.did.confirmed", lang, what=kind_of("stages", lang), names=names)
    return (
        _judged(what, made, after, lang)
        or _lineage(made, before, after, lang)
        or _moved(made, after, lang)
        or say("maps.did.also", lang).join(_phrases(made, before, after, lang))
    )


def _judged(what: str, made: Sequence[Change], after: Names, lang: Lang) -> str | None:
    """What was decided about a candidate for a moment of truth, and why."""
    if what not in ("accept_moment", "refuse_moment"):
        return None
    key = next((one.key for one in made if one.part == "verdicts" and one.kind != "removed"), None)
    verdict = after.parts.get(("verdicts", key or ""))
    if verdict is None:
        return None
    text = say(f"maps.did.{what}", lang, step=after.called("steps", verdict["step"], lang))
    reason = verdict.get("reason")
    return text if reason is None else say("maps.did.because", lang, text=text, reason=reason)


def _lineage(made: Sequence[Change], before: Names, after: Names, lang: Lang) -> str | None:
    """What was split or merged, which says all of the rest."""
    for change in made:
        if change.part == "map" and change.field == "lineage" and len(change.now or []) > len(change.was or []):
            row = change.now[-1]
            former = [before.called(row["part"], key, lang) for key in row["former"]]
            into = [after.called(row["part"], key, lang) for key in row["into"]]
            values = {"what": kind_of(row["part"], lang), "former": _quoted(former, lang), "into": _quoted(into, lang)}
            return say(f"maps.did.{row['change']}", lang, **values)
    return None


def _moved(made: Sequence[Change], after: Names, lang: Lang) -> str | None:
    """Which steps belong to another stage now, where nothing but that was done."""
    steps = [one for one in made if one.part == "steps" and one.field == "stage"]
    if not steps or any(one.field not in ("stage", "place") for one in made) or len({one.now for one in steps}) > 1:
        return None
    names = _quoted([after.called("steps", one.key or "", lang) for one in steps], lang)
    stage = after.called("stages", steps[0].now, lang)
    return say("maps.did.moved_to", lang, what=kind_of("steps", lang), names=names, stage=stage)


def _phrases(made: Sequence[Change], before: Names, after: Names, lang: Lang) -> list[str]:
    """One phrase for each kind of thing that was done to each kind of part."""
    groups: dict[tuple[str, str], list[Change]] = {}
    for change in made:
        if change.field != "lineage":
            groups.setdefault((change.kind, change.part), []).append(change)
    found = [_phrase(kind, part, some, before, after, lang) for (kind, part), some in groups.items()]
    return found if len(found) <= _PHRASES else [*found[:_PHRASES], say("maps.did.more", lang)]


def _phrase(kind: str, part: str, some: Sequence[Change], before: Names, after: Names, lang: Lang) -> str:
    keys = list(dict.fromkeys(change.key or "" for change in some))
    names = before if kind == "removed" else after
    if part == "map":
        fields = say("maps.and_so_on", lang).join(_field(change.field or "", lang) for change in some)
        return say("maps.did.described", lang, fields=fields)
    if len(keys) == 1 and kind == "changed":
        return _changed(part, keys[0], some, before, after, lang)
    values = {"what": kind_of(part, lang), "names": _quoted([names.called(part, key, lang) for key in keys], lang)}
    if part == "cards" and kind in ("added", "removed") and len(keys) == 1:
        return say(f"maps.did.{kind}_at", lang, **values, place=names.cell(keys[0], lang))
    return say(f"maps.did.{kind}", lang, **values)


def _changed(part: str, key: str, some: Sequence[Change], before: Names, after: Names, lang: Lang) -> str:
    """What was changed of one part: its words, where only these were."""
    was, now = (names.called(part, key, lang) for names in (before, after))
    if [change.field for change in some] == [NAMED_BY.get(part)] and some[0].was and some[0].now and was != now:
        return say("maps.did.renamed", lang, what=kind_of(part, lang), was=was, now=now)
    fields = say("maps.and_so_on", lang).join(_field(change.field or "", lang) for change in some)
    return say("maps.did.changed_of", lang, what=kind_of(part, lang), name=now, fields=fields)


def _quoted(names: Sequence[str], lang: Lang) -> str:
    shown = [say("maps.quoted", lang, text=name) for name in names[:_NAMES]]
    text = say("maps.did.and", lang).join(shown)
    left = len(names) - _NAMES
    return text if left <= 0 else say("maps.did.others", lang, names=text, n=left)


def _field(field: str, lang: Lang) -> str:
    return known(f"maps.fields.{field}", lang) or field


def shown(value: Any, lang: Lang) -> str:
    """A value of a field as people read it; empty where there is none.

    Example:
        >>> shown({"zh": "付款", "en": "Pay"}, "en"), shown(["web", "store"], "en"), shown(True, "zh")
        ('Pay', 'web, store', '是')
        >>> shown({"value": 2.0, "currency": "CNY"}, "en")
        '2 CNY'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return say(f"maps.did.{'yes' if value else 'no'}", lang)
    if isinstance(value, Mapping):
        if set(value) <= {"zh", "en"}:
            return words_of(value, lang)
        if set(value) == {"value", "currency"}:
            return str(Money.model_validate(value))
        inner = value.get("quote") or value.get("title") or value.get("source")
        return (
            str(inner)
            if inner
            else say("maps.and_so_on", lang).join(f"{k}: {shown(v, lang)}" for k, v in value.items())
        )
    if isinstance(value, list | tuple):
        return say("maps.and_so_on", lang).join(shown(one, lang) for one in value)
    return str(value)
