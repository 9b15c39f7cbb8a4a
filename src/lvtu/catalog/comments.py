"""What people say about the parts of a journey map: threads, whom they name, and what is settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.map_tables import MapCommentRow, MapMentionRow, MapReviewRow, MapVerdictRow
from lvtu.errors import UnknownName

WORDS = 4000
"""Characters that a comment may have."""


@dataclass(frozen=True)
class Comment:
    """Something that was said; see `lvtu.catalog.map_tables.MapCommentRow`.

    Attributes:
        id: a UUID; those of later comments are larger.
        thread: the id of the first comment of its thread.
        map: the id of the map.
        part, key: what of the map it is about: ``cards`` and a card's key, ``cells`` and ``lane/step``, ``map``.
        body: what was said; empty where it was taken back and others had answered.
        author: the id of who said it.
        created, edited: when.
        resolved, resolver: since when the thread is settled, and by whom; of its first comment alone.
        mentions: the ids of those whom it names.
    """

    id: str
    thread: str
    map: str
    part: str
    key: str
    body: str
    author: str | None
    created: datetime
    edited: datetime | None
    resolved: datetime | None
    resolver: str | None
    mentions: tuple[str, ...]


class Comments:
    """The comments on the maps of a workspace.

    Args:
        database: the catalog's.
        workspace_id: whose maps.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.catalog.people import People
        >>> database = Database.of(pathlib.Path(tempfile.mkdtemp()))
        >>> ann, bob = (People(database).new(f"{name}@example.com").id for name in ("ann", "bob"))
        >>> shop = Comments(database, "shop-id")
        >>> first = shop.add("m1", "steps", "pay", "Is it so, @Bob?", ann, mentions=[bob])
        >>> _ = shop.reply(first, "It is", bob)
        >>> [one.body for one in shop.of_map("m1")], shop.of_map("m1")[0].mentions == (bob,)
        (['Is it so, @Bob?', 'It is'], True)
    """

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database, self._workspace_id = database, workspace_id

    def of_map(self, map_id: str) -> list[Comment]:
        """All of a map, in the order in which they were said."""
        with self._database.reading() as session:
            return _comments(session, self._of_map(map_id).order_by(MapCommentRow.id))

    def get(self, map_id: str, id: str) -> Comment:
        """One of a map.

        Raises:
            UnknownName: there is none of that id.
        """
        with self._database.reading() as session:
            found = _comments(session, self._of_map(map_id).where(MapCommentRow.id == id))
        if not found:
            raise UnknownName("comment", id, [])
        return found[0]

    def add(
        self, map_id: str, part: str, key: str, body: str, author: str, *, mentions: Iterable[str] = ()
    ) -> Comment:  # fmt: skip
        """Begin a thread about a part of a map."""
        row = MapCommentRow(
            workspace_id=self._workspace_id, map_id=map_id, thread_id="", part=part, key=key, body=body, author=author
        )
        return self._kept(row, mentions)

    def reply(self, to: Comment, body: str, author: str, *, mentions: Iterable[str] = ()) -> Comment:
        """Answer in a thread."""
        row = MapCommentRow(
            workspace_id=self._workspace_id, map_id=to.map, thread_id=to.thread, part=to.part, key=to.key, body=body,
            author=author,
        )  # fmt: skip
        return self._kept(row, mentions)

    def change(self, comment: Comment, body: str, *, mentions: Iterable[str] = ()) -> Comment:
        """Say it in other words. Who was named before and still is has read it, if they had."""
        wanted = set(mentions)
        with self._database.writing() as session:
            row = session.get_one(MapCommentRow, comment.id)
            row.body, row.edited = body, now()
            of_it = MapMentionRow.comment_id == comment.id
            session.execute(delete(MapMentionRow).where(of_it, MapMentionRow.person_id.not_in(wanted)))
            there = set(session.scalars(select(MapMentionRow.person_id).where(of_it)))
            _mention(session, comment.id, wanted - there)
        return self.get(comment.map, comment.id)

    def remove(self, comment: Comment) -> None:
        """Take a comment back. The first of a thread that others answered leaves its place, without words."""
        of_thread = select(func.count()).select_from(MapCommentRow).where(MapCommentRow.thread_id == comment.thread)
        with self._database.writing() as session:
            if comment.id == comment.thread and (session.scalar(of_thread) or 0) > 1:
                row = session.get_one(MapCommentRow, comment.id)
                row.body, row.edited = "", now()
                session.execute(delete(MapMentionRow).where(MapMentionRow.comment_id == comment.id))
            else:
                session.execute(delete(MapCommentRow).where(MapCommentRow.id == comment.id))

    def settle(self, thread: Comment, by: str | None) -> None:
        """Say that a thread is settled, and who says so; None: it is open again."""
        given = {"resolved": None if by is None else now(), "resolver_id": by}
        with self._database.writing() as session:
            session.execute(update(MapCommentRow).where(MapCommentRow.id == thread.thread).values(given))

    def stamp(self, map_id: str) -> str:
        """Something that is otherwise once anything was said, changed, taken back, settled or judged on a map."""
        said = select(
            func.count(), func.max(MapCommentRow.id), func.max(MapCommentRow.edited),
            func.count(MapCommentRow.resolved), func.max(MapCommentRow.resolved),
        ).where(MapCommentRow.workspace_id == self._workspace_id, MapCommentRow.map_id == map_id)  # fmt: skip
        asked = (
            select(func.max(MapReviewRow.id), func.max(MapVerdictRow.at))
            .join(MapVerdictRow, MapVerdictRow.review_id == MapReviewRow.id)
            .where(MapReviewRow.workspace_id == self._workspace_id, MapReviewRow.map_id == map_id)
        )
        with self._database.reading() as session:
            return " ".join(str(one) for query in (said, asked) for one in session.execute(query).one())

    def forget(self, map_id: str) -> None:
        """Take away what was said, asked and answered about a map that is gone."""
        with self._database.writing() as session:
            for table in (MapCommentRow, MapReviewRow):
                mine = (table.workspace_id == self._workspace_id) & (table.map_id == map_id)
                session.execute(delete(table).where(mine))

    def _of_map(self, map_id: str) -> Select[Any]:
        return select(MapCommentRow).where(
            MapCommentRow.workspace_id == self._workspace_id, MapCommentRow.map_id == map_id
        )  # fmt: skip

    def _kept(self, row: MapCommentRow, mentions: Iterable[str]) -> Comment:
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            row.thread_id = row.thread_id or row.id
            _mention(session, row.id, set(mentions))
            session.flush()
            return _comment(row, _named(session, [row.id]))


def _mention(session: Session, comment: str, people: Iterable[str]) -> None:
    session.add_all(MapMentionRow(comment_id=comment, person_id=one) for one in people)


def _comments(session: Session, query: Select[Any]) -> list[Comment]:
    rows = list(session.scalars(query))
    named = _named(session, [row.id for row in rows])
    return [_comment(row, named) for row in rows]


def _named(session: Session, comments: Collection[str]) -> dict[str, list[str]]:
    """Whom comments name."""
    query = select(MapMentionRow.comment_id, MapMentionRow.person_id).where(MapMentionRow.comment_id.in_(comments))
    found: dict[str, list[str]] = {}
    for comment, person in session.execute(query.order_by(MapMentionRow.person_id)):
        found.setdefault(comment, []).append(person)
    return found


def _comment(row: MapCommentRow, named: dict[str, list[str]]) -> Comment:
    return Comment(
        row.id, row.thread_id, row.map_id, row.part, row.key, row.body, row.author, row.created, row.edited,
        row.resolved, row.resolver_id, tuple(named.get(row.id, ())),
    )  # fmt: skip
