"""The tables of what people do together on journey maps; see `lvtu.catalog.tables`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lvtu.catalog.columns import Json, now
from lvtu.catalog.ids import uuid7
from lvtu.catalog.tables import _ID, Base, _of_person


class MapPresenceRow(Base):
    """A browser tab that has a map open; it goes where it has not been heard of for a while."""

    __tablename__ = "map_presence"
    __table_args__ = (Index(None, "workspace_id", "map_id"),)

    tab: Mapped[str] = mapped_column(String(64), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(_ID)
    map_id: Mapped[str] = mapped_column(_ID)
    person_id: Mapped[str] = mapped_column(_of_person())
    place: Mapped[str] = mapped_column(String(400), default="")
    sight: Mapped[str] = mapped_column(String(400), default="")
    seen: Mapped[datetime] = mapped_column(index=True)


class MapLockRow(Base):
    """A card that somebody types in, until some time."""

    __tablename__ = "map_locks"

    workspace_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    map_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    card: Mapped[str] = mapped_column(String(200), primary_key=True)
    person_id: Mapped[str] = mapped_column(_of_person())
    until: Mapped[datetime]


class MapCommentRow(Base):
    """Something that was said about a part of a map; the first of a thread has the thread's id."""

    __tablename__ = "map_comments"
    __table_args__ = (Index(None, "workspace_id", "map_id", "thread_id"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    thread_id: Mapped[str] = mapped_column(_ID)
    workspace_id: Mapped[str] = mapped_column(_ID)
    map_id: Mapped[str] = mapped_column(_ID)
    part: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(400))
    body: Mapped[str]
    author: Mapped[str | None] = mapped_column(_ID)
    created: Mapped[datetime] = mapped_column(default=now)
    edited: Mapped[datetime | None]
    resolved: Mapped[datetime | None]
    resolver_id: Mapped[str | None] = mapped_column(_ID)


class MapMentionRow(Base):
    """Somebody whom a comment names, and when they read it."""

    __tablename__ = "map_mentions"

    comment_id: Mapped[str] = mapped_column(
        _ID, ForeignKey("map_comments.id", ondelete="CASCADE"), primary_key=True
    )  # fmt: skip
    person_id: Mapped[str] = mapped_column(_of_person(), primary_key=True, index=True)
    read: Mapped[datetime | None]


class MapReviewRow(Base):
    """Somebody asked what others say to a map as it is after so many steps."""

    __tablename__ = "map_reviews"
    __table_args__ = (Index(None, "workspace_id", "map_id", "id"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    workspace_id: Mapped[str] = mapped_column(_ID)
    map_id: Mapped[str] = mapped_column(_ID)
    step: Mapped[int]
    words: Mapped[str] = mapped_column(default="")
    author: Mapped[str | None] = mapped_column(_ID)
    created: Mapped[datetime] = mapped_column(default=now)


class MapVerdictRow(Base):
    """Whom a review asks, and what they say."""

    __tablename__ = "map_verdicts"

    review_id: Mapped[str] = mapped_column(
        _ID, ForeignKey("map_reviews.id", ondelete="CASCADE"), primary_key=True
    )  # fmt: skip
    person_id: Mapped[str] = mapped_column(_of_person(), primary_key=True, index=True)
    workspace_id: Mapped[str] = mapped_column(_ID)
    verdict: Mapped[str] = mapped_column(String(16), default="waiting")
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime | None]


class MapNoticeRow(Base):
    """Something that somebody is to know of a map, and when they read it."""

    __tablename__ = "map_notices"
    __table_args__ = (Index(None, "workspace_id", "person_id", "id"), Index(None, "workspace_id", "map_id"))

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    workspace_id: Mapped[str] = mapped_column(_ID)
    map_id: Mapped[str] = mapped_column(_ID)
    person_id: Mapped[str] = mapped_column(_of_person())
    kind: Mapped[str] = mapped_column(String(16))
    part: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(400))
    cells: Mapped[list[Any]] = mapped_column(Json)
    by_id: Mapped[str | None] = mapped_column(_ID)
    comment_id: Mapped[str | None] = mapped_column(
        _ID, ForeignKey("map_comments.id", ondelete="CASCADE"), index=True
    )  # fmt: skip
    review_id: Mapped[str | None] = mapped_column(_ID, ForeignKey("map_reviews.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    read: Mapped[datetime | None]


class MapStandingRow(Base):
    """What of a map was not to be relied on when it was last looked at."""

    __tablename__ = "map_standings"

    workspace_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    map_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    looked: Mapped[datetime]
    live: Mapped[int]
    cells: Mapped[list[Any]] = mapped_column(Json)


class MapTimerRow(Base):
    """The timer of a map: when it ends, or where it stands still how many seconds it has left."""

    __tablename__ = "map_timers"

    workspace_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    map_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(_of_person())
    ends_at: Mapped[datetime | None]
    seconds: Mapped[int]


class MapVotingRow(Base):
    """A voting on the cards of a map that is not over: a map has one at a time."""

    __tablename__ = "map_votings"
    __table_args__ = (UniqueConstraint("workspace_id", "map_id"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=uuid7)
    workspace_id: Mapped[str] = mapped_column(_ID)
    map_id: Mapped[str] = mapped_column(_ID)
    title: Mapped[str]
    dots: Mapped[int]
    lanes: Mapped[list[Any]] = mapped_column(Json)
    by_id: Mapped[str | None] = mapped_column(_ID)
    begun: Mapped[datetime] = mapped_column(default=now)


class MapDotRow(Base):
    """How many dots somebody put on a card in a voting that is not over."""

    __tablename__ = "map_dots"

    voting_id: Mapped[str] = mapped_column(
        _ID, ForeignKey("map_votings.id", ondelete="CASCADE"), primary_key=True
    )  # fmt: skip
    person_id: Mapped[str] = mapped_column(_of_person(), primary_key=True, index=True)
    card: Mapped[str] = mapped_column(String(200), primary_key=True)
    dots: Mapped[int]
