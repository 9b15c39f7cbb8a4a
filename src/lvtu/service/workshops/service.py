"""A timer and votings while people work on a map together; what comes of a voting is an edit of the map."""

from __future__ import annotations

import datetime as dt

from lvtu.catalog.workshops import Open, Timer
from lvtu.core.words import Lang
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.document import JourneyMap
from lvtu.maps.votings import counted
from lvtu.service.access import Access
from lvtu.service.map_editor.schemas import MapEdit, MapEdited
from lvtu.service.map_editor.service import edit
from lvtu.service.maps.found import by, found, map_of, names_of
from lvtu.service.problems import Conflict
from lvtu.service.workshops.schemas import DotsGiven, TimerOf, TimerSet, VotingNew, VotingOf

_TOLD = 30
"""Seconds for which a timer is told after it is over."""


def timer(access: Access, id: str, lang: Lang) -> TimerOf | None:
    """The timer of a map; None where there is none, or where it has been over for a while."""
    found = access.catalog.workshops(access.workspace_id).timer(id)
    return None if found is None or found.seconds < -_TOLD else _timer(access, found, lang)


def set_timer(access: Access, id: str, wanted: TimerSet, lang: Lang) -> TimerOf:
    """Set the timer of a map.

    Raises:
        NotFound: there is no such map.
    """
    _document(access, id)
    workshops = access.catalog.workshops(access.workspace_id)
    workshops.set_timer(id, access.person.id, wanted.seconds, running=wanted.running)
    return _timer(access, Timer(wanted.seconds, wanted.running, access.person.id), lang)


def take_timer(access: Access, id: str) -> None:
    """Take the timer of a map away."""
    access.catalog.workshops(access.workspace_id).take_timer(id)


def voting(access: Access, id: str, lang: Lang) -> VotingOf | None:
    """The voting of a map that is not over, with one's own dots; None where there is none."""
    found = access.catalog.workshops(access.workspace_id).voting(id)
    return None if found is None else _voting(access, found, lang)


def begin(access: Access, id: str, new: VotingNew, lang: Lang) -> VotingOf:
    """Begin a voting on the cards of a map.

    Raises:
        NotFound: there is no such map.
        UnknownName: it has no such lane.
        BadInput: no card stands in these lanes.
        Conflict: there is a voting already.
    """
    map_ = _document(access, id)
    lanes = new.lanes or [lane.key for lane in map_.lanes]
    for lane in lanes:
        map_.lane(lane)
    if not any(card.lane in lanes for card in map_.cards):
        raise BadInput("nothing_to_vote_on")
    workshops = access.catalog.workshops(access.workspace_id)
    try:
        made = workshops.begin(id, new.title.strip(), new.dots, lanes, access.person.id)
    except BadInput as error:
        raise Conflict(error.code) from None
    return _voting(access, made, lang)


def put(access: Access, id: str, given: DotsGiven, lang: Lang) -> VotingOf:
    """Put dots on a card, or take them back.

    Raises:
        NotFound: there is no such map.
        UnknownName: there is no such card in the voting.
        BadInput: one has not so many dots.
        Conflict: no voting is on.
    """
    map_, open_ = _document(access, id), _open(access, id)
    cards = [card.key for card in map_.cards if card.lane in open_.lanes]
    if given.dots and given.card not in cards:
        raise UnknownName("card", given.card, cards)
    access.catalog.workshops(access.workspace_id).put(id, access.person.id, given.card, given.dots)
    return _voting(access, _open(access, id), lang)


def end(access: Access, id: str) -> MapEdited:
    """End a voting: what comes of it is kept with the map, as an edit.

    Raises:
        NotFound: there is no such map.
        Conflict: no voting is on.
    """
    _document(access, id)
    open_, workshops = _open(access, id), access.catalog.workshops(access.workspace_id)
    given = workshops.given(open_.id)
    made = {
        "key": open_.id, "dots": open_.dots, "voters": len(given), "by": by(access).name,
        "on": dt.datetime.now(dt.UTC).date().isoformat(),
        "tally": [one.model_dump() for one in counted(given)],
        **({"title": open_.title} if open_.title else {}),
    }  # fmt: skip
    ended = edit(access, id, MapEdit.model_validate({"edit": "put", "part": "votings", "made": [made]}))
    workshops.end(id)
    return ended


def drop(access: Access, id: str) -> None:
    """End a voting, and keep nothing of it."""
    access.catalog.workshops(access.workspace_id).end(id)


def _document(access: Access, id: str) -> JourneyMap:
    with found(id):
        return map_of(access, id).document


def _open(access: Access, id: str) -> Open:
    open_ = access.catalog.workshops(access.workspace_id).voting(id)
    if open_ is None:
        raise Conflict("no_voting")
    return open_


def _timer(access: Access, timer: Timer, lang: Lang) -> TimerOf:
    names = names_of(access, {timer.person_id}, lang)
    return TimerOf(seconds=timer.seconds, running=timer.running, by=names.get(timer.person_id, ""))


def _voting(access: Access, one: Open, lang: Lang) -> VotingOf:
    mine = access.catalog.workshops(access.workspace_id).mine(one.id, access.person.id)
    names = names_of(access, {one.by_id}, lang)
    return VotingOf(
        id=one.id, title=one.title, dots=one.dots, lanes=list(one.lanes), by=names.get(one.by_id, ""),
        voters=one.voters, mine=mine, left=one.dots - sum(mine.values()),
    )  # fmt: skip
