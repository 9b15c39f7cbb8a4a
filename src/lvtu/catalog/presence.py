"""Who has a journey map open, and which of its cards somebody types in: the same for all processes of a server.

Both end by themselves. Whoever is not heard of for `GONE` is not there; a lock that is not renewed for `LOCKED` holds
nobody up. So nothing is left of somebody whose browser died.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.map_tables import MapLockRow, MapPresenceRow

GONE = timedelta(seconds=12)
"""After so long without a word somebody is no longer there."""

LOCKED = timedelta(seconds=15)
"""A lock holds for so long after it was last renewed."""

_RENEWED = timedelta(seconds=4)
"""Whoever was noted within this time is not noted again: a map that is open in many tabs is asked for all the time."""


class Here(NamedTuple):
    """Somebody on a map.

    Attributes:
        tab: in which tab of their browser.
        person_id: who.
        place: at which part of it; empty: none in particular.
        sight: what is in the middle of what they see, as ``lane/step``; empty where that is not known.
    """

    tab: str
    person_id: str
    place: str
    sight: str = ""


class Lock(NamedTuple):
    """A card that somebody types in, until some time."""

    card: str
    person_id: str
    until: datetime


class Presence:
    """Who is on the maps of a workspace; threads and processes share what it keeps.

    Args:
        database: the catalog's.
        workspace_id: whose maps.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.catalog.people import People
        >>> database = Database.of(pathlib.Path(tempfile.mkdtemp()))
        >>> ann, bob = (People(database).new(f"{name}@example.com").id for name in ("ann", "bob"))
        >>> shop = Presence(database, "shop-id")
        >>> shop.enter("m1", "tab-1", ann, "cards/c1")
        >>> [one.place for one in shop.people("m1")]
        ['cards/c1']
        >>> shop.lock("m1", "c1", ann).person_id == ann, shop.lock("m1", "c1", bob).person_id == ann
        (True, True)
    """

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database, self._workspace_id = database, workspace_id

    def enter(
        self, map_id: str, tab: str, person_id: str, place: str = "", at: datetime | None = None, *, sight: str = ""
    ) -> None:  # fmt: skip
        """Note that somebody has a map open, and where in it they are.

        Args:
            map_id: the map.
            tab: by which their browser tells this tab from others.
            person_id: who.
            place: the part of the map; empty: none in particular.
            at: when; now if not given.
            sight: what is in the middle of what they see.
        """
        at, told = at or now(), (map_id, person_id, place, sight)
        with self._database.reading() as session:
            row = session.get(MapPresenceRow, tab)
            known = row is not None and (row.map_id, row.person_id, row.place, row.sight) == told
            if known and row is not None and at - row.seen < _RENEWED:
                return
        given = {"tab": tab, "workspace_id": self._workspace_id, "map_id": map_id, "person_id": person_id,
                 "place": place, "sight": sight, "seen": at}  # fmt: skip
        with self._database.writing() as session:
            session.execute(self._put(MapPresenceRow, given, ["tab"]))
            session.execute(delete(MapPresenceRow).where(MapPresenceRow.seen < at - GONE))
            session.execute(delete(MapLockRow).where(MapLockRow.until < at - LOCKED))

    def leave(self, map_id: str, tab: str, person_id: str) -> None:
        """Note that somebody has closed a map; if it was their last tab with it, they hold no lock there either."""
        mine = MapPresenceRow.person_id == person_id
        with self._database.writing() as session:
            session.execute(delete(MapPresenceRow).where(MapPresenceRow.tab == tab, mine))
            left = select(MapPresenceRow.tab).where(
                mine, MapPresenceRow.map_id == map_id, MapPresenceRow.workspace_id == self._workspace_id
            )  # fmt: skip
            if session.scalar(left.limit(1)) is None:
                session.execute(self._locks(delete(MapLockRow), map_id).where(MapLockRow.person_id == person_id))

    def people(self, map_id: str, at: datetime | None = None) -> list[Here]:
        """Who has a map open, in the order in which their tabs are called."""
        query = select(MapPresenceRow).where(
            MapPresenceRow.workspace_id == self._workspace_id, MapPresenceRow.map_id == map_id,
            MapPresenceRow.seen > (at or now()) - GONE,
        )  # fmt: skip
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(MapPresenceRow.tab))
            return [Here(row.tab, row.person_id, row.place, row.sight) for row in rows]

    def lock(self, map_id: str, card: str, person_id: str, at: datetime | None = None) -> Lock:
        """Lock a card for somebody, or renew their lock of it.

        Args:
            map_id: the map.
            card: the card.
            person_id: who types.
            at: when; now if not given.

        Returns:
            The lock that holds now; somebody else's, where they were first.
        """
        at = at or now()
        given = {"workspace_id": self._workspace_id, "map_id": map_id, "card": card, "person_id": person_id,
                 "until": at + LOCKED}  # fmt: skip
        free = (MapLockRow.until <= at) | (MapLockRow.person_id == person_id)
        with self._database.writing() as session:
            session.execute(self._put(MapLockRow, given, ["workspace_id", "map_id", "card"], free))
            row = session.get_one(MapLockRow, (self._workspace_id, map_id, card))
            return Lock(card, row.person_id, row.until)

    def release(self, map_id: str, card: str, person_id: str) -> None:
        """Let go of a card; nothing happens where somebody else has it."""
        query = self._locks(delete(MapLockRow), map_id).where(
            MapLockRow.card == card, MapLockRow.person_id == person_id
        )  # fmt: skip
        with self._database.writing() as session:
            session.execute(query)

    def locks(self, map_id: str, at: datetime | None = None) -> list[Lock]:
        """The locks of a map that hold, by card."""
        query = self._locks(select(MapLockRow), map_id).where(MapLockRow.until > (at or now()))
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(MapLockRow.card))
            return [Lock(row.card, row.person_id, row.until) for row in rows]

    def _locks(self, query: Any, map_id: str) -> Any:
        return query.where(MapLockRow.workspace_id == self._workspace_id, MapLockRow.map_id == map_id)

    def _put(self, table: Any, given: dict[str, Any], keys: list[str], where: Any = None) -> Any:
        """A row in the place of the one with its keys, in one statement: no other can come between."""
        insert = sqlite.insert if self._database.path is not None else postgresql.insert
        others = {name: value for name, value in given.items() if name not in keys}
        return insert(table).values(given).on_conflict_do_update(index_elements=keys, set_=others, where=where)
