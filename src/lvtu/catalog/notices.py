"""What people are to know of journey maps: found under a bell, once for each time that it happens."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from lvtu.catalog.columns import Plain, now
from lvtu.catalog.database import Database
from lvtu.catalog.map_tables import (
    MapCommentRow,
    MapMentionRow,
    MapNoticeRow,
    MapReviewRow,
    MapStandingRow,
    MapVerdictRow,
)

KEPT = timedelta(days=180)
"""For so long what was read stays under the bell."""

WORDS = "words"
"""The kind of what is under the bell because a card may hold what a customer said who was forgotten."""

MENTIONED = "mentioned"
"""The kind of what is under the bell because a comment names somebody."""


@dataclass(frozen=True)
class Unsure:
    """A number of a map that was not to be relied on, or missed its target.

    Attributes:
        lane, step: where; empty in the head.
        key: of its binding.
        kind: ``old``, ``moved``, ``gone`` or ``missed``.
        why: that in words, by language.
        owner: who answers for it, as the map says; None where nobody does.
    """

    lane: str
    step: str
    key: str
    kind: str
    why: dict[str, str]
    owner: str | None = None

    @property
    def place(self) -> tuple[str, str]:
        """The part of the map and its key, as comments name them; in the head ``bindings`` and that of its question."""
        return ("cells", f"{self.lane}/{self.step}") if self.lane else ("bindings", self.key)

    @property
    def occasion(self) -> tuple[str, str, str, str]:
        """By what it is told from others: as long as this is so, nobody is told again."""
        return self.lane, self.step, self.key, self.kind


@dataclass(frozen=True)
class Standing:
    """How a map stood when it was last looked at: how many numbers it had, and which were not to be relied on."""

    map: str
    looked: datetime
    live: int
    cells: tuple[Unsure, ...]


class Noticed(NamedTuple):
    """Something under somebody's bell.

    Attributes:
        id: of a mention, that of the comment.
        map: the id of the map.
        kind: `MENTIONED`, ``concerns``, ``replied``; ``asked``, ``approved``, ``changes``; `WORDS`; or that of an
            `Unsure`.
        part, key: what of the map was spoken of.
        by: the id of who did it; None: nobody did, or they are gone.
        body: what they said.
        cells: the numbers that were found at one look.
        at: when.
        read: whether they have read it.
    """

    id: str
    map: str
    kind: str
    part: str
    key: str
    by: str | None
    body: str
    cells: tuple[Unsure, ...]
    at: datetime
    read: bool


class Notices:
    """What people are to know of the maps of a workspace.

    Args:
        database: the catalog's.
        workspace_id: whose maps.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.catalog.people import People
        >>> database = Database.of(pathlib.Path(tempfile.mkdtemp()))
        >>> ann = People(database).new("ann@example.com").id
        >>> shop = Notices(database, "shop-id")
        >>> cell = Unsure("csat5", "pay", "csat5", "old", {"zh": "旧了", "en": "It is old"})
        >>> [len(shop.stand("m1", 3, [cell], lambda one: [ann])) for _ in range(2)], shop.new(ann)
        ([1, 0], 1)
        >>> [(one.kind, one.cells[0].why["en"]) for one in shop.of_person(ann)]
        [('old', 'It is old')]
    """

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database, self._workspace_id = database, workspace_id

    def add(
        self, map_id: str, people: Iterable[str], kind: str, *, part: str = "map", key: str = "",
        by: str | None = None, comment: str | None = None, review: str | None = None,
    ) -> None:  # fmt: skip
        """Let people know something that somebody said of a map."""
        more: dict[str, Any] = {"by_id": by, "comment_id": comment, "review_id": review}
        with self._database.writing() as session:
            session.add_all(self._row(map_id, one, kind, part, key, **more) for one in dict.fromkeys(people))

    def words(self, map_id: str, card: str, people: Iterable[str]) -> None:
        """Let people know of a card that may hold what a customer said who was forgotten, unless they were told.

        Args:
            map_id: the map.
            card: the card's key.
            people: the ids of those who answer for it.
        """
        same = (
            (MapNoticeRow.workspace_id == self._workspace_id) & (MapNoticeRow.map_id == map_id)
            & (MapNoticeRow.kind == WORDS) & (MapNoticeRow.key == card)
        )  # fmt: skip
        with self._database.writing() as session:
            told = set(session.scalars(select(MapNoticeRow.person_id).where(same)))
            new = [one for one in dict.fromkeys(people) if one not in told]
            session.add_all(self._row(map_id, one, WORDS, "cards", card) for one in new)

    def of_person(self, person_id: str, most: int = 50) -> list[Noticed]:
        """What is under somebody's bell, the newest first."""
        mine = (MapNoticeRow.workspace_id == self._workspace_id) & (MapNoticeRow.person_id == person_id)
        words = func.coalesce(MapCommentRow.body, MapVerdictRow.words, MapReviewRow.words, "")
        said = (MapNoticeRow.kind.in_(("approved", "changes"))) & (MapVerdictRow.person_id == MapNoticeRow.by_id)
        notices = (
            select(MapNoticeRow, words)
            .outerjoin(MapCommentRow, MapCommentRow.id == MapNoticeRow.comment_id)
            .outerjoin(MapReviewRow, MapReviewRow.id == MapNoticeRow.review_id)
            .outerjoin(MapVerdictRow, and_(MapVerdictRow.review_id == MapNoticeRow.review_id, said))
            .where(mine, _unless_taken_back())
            .order_by(MapNoticeRow.at.desc(), MapNoticeRow.id.desc())
            .limit(most)
        )
        named = (
            self._mentions(select(MapCommentRow, MapMentionRow.read), person_id)
            .order_by(MapCommentRow.id.desc())
            .limit(most)
        )
        with self._database.reading() as session:
            found = [
                Noticed(row.id, row.map_id, row.kind, row.part, row.key, row.by_id, body,
                        tuple(map(_unsure, row.cells)), row.at, row.read is not None)
                for row, body in session.execute(notices)
            ]  # fmt: skip
            found += [
                Noticed(row.id, row.map_id, MENTIONED, row.part, row.key, row.author, row.body, (), row.created,
                        read is not None)
                for row, read in session.execute(named)
            ]  # fmt: skip
        return sorted(found, key=lambda one: one.at, reverse=True)[:most]

    def new(self, person_id: str, maps: Collection[str] | None = None) -> int:
        """How much somebody has not read yet.

        Args:
            person_id: who.
            maps: the ids of the maps that are there; all that are known of if not given.
        """
        fresh = (
            select(func.count())
            .select_from(MapNoticeRow)
            .outerjoin(MapCommentRow, MapCommentRow.id == MapNoticeRow.comment_id)
            .where(
                MapNoticeRow.workspace_id == self._workspace_id, MapNoticeRow.person_id == person_id,
                MapNoticeRow.read.is_(None), _unless_taken_back(),
            )
        )  # fmt: skip
        named = self._mentions(select(func.count()), person_id).where(MapMentionRow.read.is_(None))
        if maps is not None:
            fresh, named = fresh.where(MapNoticeRow.map_id.in_(maps)), named.where(MapCommentRow.map_id.in_(maps))
        with self._database.reading() as session:
            return sum(session.scalar(query) or 0 for query in (fresh, named))

    def read(self, person_id: str, ids: Collection[str] | None = None, *, map_id: str | None = None) -> None:
        """Note that somebody has read what is under their bell.

        Args:
            person_id: who.
            ids: which of it; all of it if not given.
            map_id: of which map alone what was said on it was read; of all if not given.
        """
        notice: list[ColumnElement[bool]] = [
            MapNoticeRow.workspace_id == self._workspace_id, MapNoticeRow.person_id == person_id,
            MapNoticeRow.read.is_(None),
        ]  # fmt: skip
        comments = select(MapCommentRow.id).where(MapCommentRow.workspace_id == self._workspace_id)
        mention: list[ColumnElement[bool]] = [MapMentionRow.person_id == person_id, MapMentionRow.read.is_(None)]
        if map_id is not None:
            notice += [MapNoticeRow.map_id == map_id, MapNoticeRow.comment_id.is_not(None)]
            comments = comments.where(MapCommentRow.map_id == map_id)
        mention.append(MapMentionRow.comment_id.in_(comments))
        if ids is not None:
            notice.append(MapNoticeRow.id.in_(ids))
            mention.append(MapMentionRow.comment_id.in_(ids))
        with self._database.writing() as session:
            session.execute(update(MapNoticeRow).where(*notice).values(read=now()))
            session.execute(update(MapMentionRow).where(*mention).values(read=now()))

    def stand(
        self, map_id: str, live: int, cells: Sequence[Unsure], whom: Callable[[Unsure], Iterable[str]],
        at: datetime | None = None,
    ) -> list[tuple[str, Unsure]]:  # fmt: skip
        """Keep how a map stands, and let those know who answer for what is so now and was not before.

        Whoever answers for several is told of them at once. It is one transaction: of several processes that look at
        the same time, one tells.

        Args:
            map_id: the map.
            live: how many numbers it has.
            cells: those that are not to be relied on, or miss their target.
            whom: the ids of who answers for one.
            at: when; now if not given.

        Returns:
            Who was told of what.
        """
        at = at or now()
        told: list[tuple[str, Unsure]] = []
        with self._database.writing() as session:
            row = self._standing(session, map_id, at)
            known = {_unsure(one).occasion for one in row.cells}
            for one in cells:
                if one.occasion not in known:
                    told += [(person, one) for person in dict.fromkeys(whom(one))]
            found: dict[tuple[str, str], list[Plain]] = {}
            for person, one in told:
                found.setdefault((person, one.kind), []).append(asdict(one))
            session.add_all(
                self._row(map_id, person, kind, "map", "", at=at, cells=some) for (person, kind), some in found.items()
            )
            row.looked, row.live, row.cells = at, live, [asdict(one) for one in cells]
            old = (MapNoticeRow.read < at - KEPT) & (MapNoticeRow.workspace_id == self._workspace_id)
            session.execute(delete(MapNoticeRow).where(old))
        return told

    def standings(self) -> dict[str, Standing]:
        """How the maps stood when they were last looked at, by id; those that never were are left out."""
        query = select(MapStandingRow).where(MapStandingRow.workspace_id == self._workspace_id)
        with self._database.reading() as session:
            return {
                row.map_id: Standing(row.map_id, row.looked, row.live, tuple(map(_unsure, row.cells)))
                for row in session.scalars(query)
            }

    def forget(self, map_id: str) -> None:
        """Take away what is known of a map that is gone."""
        with self._database.writing() as session:
            for table in (MapNoticeRow, MapStandingRow):
                mine = (table.workspace_id == self._workspace_id) & (table.map_id == map_id)
                session.execute(delete(table).where(mine))

    def _mentions(self, query: Any, person_id: str) -> Any:
        return (
            query.select_from(MapMentionRow)
            .join(MapCommentRow, MapMentionRow.comment_id == MapCommentRow.id)
            .where(MapCommentRow.workspace_id == self._workspace_id, MapMentionRow.person_id == person_id)
        )

    def _row(
        self, map_id: str, person: str, kind: str, part: str, key: str, *, at: datetime | None = None,
        cells: Sequence[Plain] = (), **more: str | None,
    ) -> MapNoticeRow:  # fmt: skip
        return MapNoticeRow(
            workspace_id=self._workspace_id, map_id=map_id, person_id=person, kind=kind, part=part, key=key,
            cells=list(cells), at=at or now(), **more,
        )  # fmt: skip

    def _standing(self, session: Session, map_id: str, at: datetime) -> MapStandingRow:
        """The row of a map, which nobody else changes until this transaction ends."""
        insert = sqlite.insert if self._database.path is not None else postgresql.insert
        key = {"workspace_id": self._workspace_id, "map_id": map_id}
        session.execute(
            insert(MapStandingRow).values({**key, "looked": at, "live": 0, "cells": []}).on_conflict_do_nothing()
        )
        return session.get_one(MapStandingRow, (self._workspace_id, map_id), with_for_update=True)


def _unless_taken_back() -> ColumnElement[bool]:
    return MapNoticeRow.comment_id.is_(None) | (MapCommentRow.body != "")


def _unsure(kept: dict[str, Any]) -> Unsure:
    return Unsure(**kept)
