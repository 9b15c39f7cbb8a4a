"""The history of a map in words, its versions, and its pair."""

from __future__ import annotations

from collections import Counter

from lvtu.core.units import spell
from lvtu.core.words import Lang, say, spoken
from lvtu.errors import BadInput
from lvtu.maps import JourneyMap, Map
from lvtu.maps.history import difference
from lvtu.maps.process import Otherwise, Total, compared
from lvtu.service.access import Access
from lvtu.service.bell.looking import note
from lvtu.service.maps.answering import answered
from lvtu.service.maps.found import by, found, map_of, signers
from lvtu.service.maps.schemas import MapOf
from lvtu.service.maps.service import told
from lvtu.service.masking import scrubbed
from lvtu.service.problems import Conflict
from lvtu.service.versions.schemas import (
    DiffFigure,
    DiffGroup,
    DiffPath,
    DiffRow,
    MapDiff,
    MapHistory,
    MapPair,
    MapStep,
    NewToBe,
)

_NOW = "now"
_NOTHING = "—"


def history(access: Access, id: str, lang: Lang, part: str | None, key: str, most: int) -> MapHistory:
    """What was done to a map, or to a part of it, the newest first.

    Raises:
        NotFound: there is no such map.
    """
    with found(id):
        done = map_of(access, id).told(lang, part, key)
    names = signers(access, (one.signed for one in done[:most]))
    return MapHistory(
        steps=[
            MapStep(step=one.step, time=one.time, by=names[one.signed], author=one.author, what=one.what,
                    text=_shown(access, one.text), parts=dict(Counter(change.part for change in one.changes)))
            for one in done[:most]
        ],
        more=len(done) > most,
    )  # fmt: skip


def publish(access: Access, id: str, name: str, lang: Lang) -> MapOf:
    """Keep a map as it is, under a name.

    Raises:
        NotFound: there is no such map.
        Conflict: it has no scenario: nobody could tell for whom and when it holds.
    """
    with found(id):
        map_ = map_of(access, id)
        answers = answered(access, map_)
        try:
            map_.publish(name, by=by(access), answers=answers)
        except BadInput as error:
            if error.code != "map_without_scenario":
                raise
            raise Conflict(error.code, map=map_.document.title.get(lang)) from None
        note(access.catalog, access.served, map_, answers)
        return told(access, map_, lang)


def restore(access: Access, id: str, number: int, lang: Lang) -> MapOf:
    """Make a map what it was.

    Raises:
        NotFound: there is no such map.
        UnknownName: it has no such version.
        Conflict: somebody types in a card that this would change.
    """
    with found(id):
        map_ = map_of(access, id)
        map_.restore(number, by=by(access))
        return told(access, map_, lang)


def diff(access: Access, id: str, other: str, of: str, lang: Lang) -> MapDiff:
    """What is otherwise in a map than in a version, or in another map.

    Raises:
        NotFound: there is no such map.
        UnknownName: it has no such version.
    """
    map_ = map_of(access, id)
    (before, was), (after, now) = _named(access, map_, other, lang), _named(access, map_, of, lang)
    made = difference(before, after, lang, access.served.workspace.maps.titles())
    said = [answered(access, map_of(access, id if one == _NOW or one.isdigit() else one)) for one in (other, of)]
    return MapDiff(
        before=was, after=now, counts=made.counts,
        groups=[
            DiffGroup(step=one.step, name=one.name, rows=[
                DiffRow(**row._asdict() | {text: _shown(access, getattr(row, text)) for text in ("name", "was", "now")})
                for row in one.rows
            ])
            for one in made.groups
        ],
        paths=_paths(compared(before, said[0], after, said[1]), lang),
    )  # fmt: skip


def _paths(found: list[Otherwise], lang: Lang) -> list[DiffPath]:
    told = [_path(one, lang) for one in found]
    return (
        told
        if any(figure.before != _NOTHING or figure.after != _NOTHING for one in told for figure in one.figures)
        else []
    )


def _path(one: Otherwise, lang: Lang) -> DiffPath:
    currencies = [of for side in (one.before, one.after) if side is not None for of in side.costs]
    times = [None if side is None else side.time for side in (one.before, one.after)]
    figures = [DiffFigure(
        kind="time", unit="", before=_took(times[0], lang), after=_took(times[1], lang),
        change=None if one.time is None else _signed(one.time, spoken(spell(round(abs(one.time))), lang)),
    )]  # fmt: skip
    for currency in dict.fromkeys(currencies):
        sums = [None if side is None else side.costs.get(currency) for side in (one.before, one.after)]
        change = one.costs.get(currency)
        figures.append(DiffFigure(
            kind="cost", unit=currency, before=_summed(sums[0], lang), after=_summed(sums[1], lang),
            change=None if change is None else _signed(change, f"{abs(change):,.2f}"),
        ))  # fmt: skip
    return DiffPath(
        key=one.key, name="" if one.name is None else one.name.get(lang),
        measured=0 if one.after is None else one.after.measured, figures=figures,
    )  # fmt: skip


def _took(total: Total | None, lang: Lang) -> str:
    return _NOTHING if total is None else _of(total, spoken(spell(round(total.value)), lang), lang)


def _summed(total: Total | None, lang: Lang) -> str:
    return _NOTHING if total is None else _of(total, f"{total.value:,.2f}", lang)


def _of(total: Total, shown: str, lang: Lang) -> str:
    """A sum, with how many steps it is known of where that is not all."""
    return shown if total.whole else say("maps.of_steps", lang, sum=shown, known=total.known, of=total.of)


def _signed(change: float, shown: str) -> str:
    return f"{'+' if change > 0 else '−' if change < 0 else '±'}{shown}"


def _named(access: Access, map_: Map, which: str, lang: Lang) -> tuple[JourneyMap, str]:
    """A map by what it is called in an address, and what people call it."""
    if which == _NOW:
        with found(map_.id):
            return map_.document, say("maps.now", lang)
    if which.isdigit():
        with found(map_.id):
            document = map_.version(int(which))
        name = next(one["name"] for one in map_.versions() if one["number"] == int(which))
        return document, say("maps.version", lang, number=int(which), name=name)
    with found(which):
        document = map_of(access, which).document
    return document, document.title.get(lang)


def pairs(access: Access, id: str, lang: Lang) -> list[MapPair]:
    """The other map of a pair.

    Raises:
        NotFound: there is no such map.
    """
    with found(id):
        others = [one.document for one in map_of(access, id).pairs()]
    return [MapPair(id=one.id, title=one.title.get(lang), state=one.state) for one in others]


def to_be(access: Access, id: str, wanted: NewToBe, lang: Lang) -> MapOf:
    """A copy that tells how the journey is meant to be.

    Raises:
        NotFound: there is no such map.
    """
    title = wanted.title if isinstance(wanted.title, str | None) else wanted.title.model_dump()
    with found(id):
        return told(access, map_of(access, id).to_be(title, by=by(access)), lang)


def _shown(access: Access, text: str) -> str:
    return scrubbed(text) if access.masked else text
