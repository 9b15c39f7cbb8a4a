"""What runs on a journey map while people work on it together: a timer that all see, and a voting with dots.

Nothing of a voting but one's own dots is told before it is over. What comes of it is kept with the map then
(`lvtu.maps.document.Voting`), and whose dots they were is forgotten.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.map_tables import MapDotRow, MapTimerRow, MapVotingRow
from lvtu.errors import BadInput


class Timer(NamedTuple):
    """A timer: how many `seconds` it has left, less than none once it is over; whether it is `running`; who set it."""

    seconds: float
    running: bool
    person_id: str


class Open(NamedTuple):
    """A voting that is not over.

    Attributes:
        id: it; later the key of the voting in the map.
        title: what is asked.
        dots: how many each has.
        lanes: the keys of the lanes whose cards are voted on.
        by_id: who began it.
        voters: how many people have put dots.
    """

    id: str
    title: str
    dots: int
    lanes: tuple[str, ...]
    by_id: str | None
    voters: int


class Workshops:
    """The timers and votings of the maps of a workspace; threads and processes share what it keeps.

    Args:
        database: the catalog's.
        workspace_id: whose maps.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.catalog.people import People
        >>> database = Database.of(pathlib.Path(tempfile.mkdtemp()))
        >>> ann, bob = (People(database).new(f"{name}@example.com").id for name in ("ann", "bob"))
        >>> shop = Workshops(database, "shop-id")
        >>> shop.set_timer("m1", ann, 300, running=False)
        >>> shop.timer("m1").seconds
        300
        >>> asked = shop.begin("m1", "Which first?", 3, ["ideas"], ann)
        >>> shop.put("m1", ann, "c1", 2), shop.put("m1", bob, "c2", 3), shop.put("m1", ann, "c3", 1)
        (None, None, None)
        >>> shop.voting("m1").voters, shop.mine(asked.id, ann)
        (2, {'c1': 2, 'c3': 1})
    """

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database, self._workspace_id = database, workspace_id

    def timer(self, map_id: str, at: datetime | None = None) -> Timer | None:
        """The timer of a map; None where there is none."""
        with self._database.reading() as session:
            row = session.get(MapTimerRow, (self._workspace_id, map_id))
            if row is None:
                return None
            left = row.seconds if row.ends_at is None else (row.ends_at - (at or now())).total_seconds()
            return Timer(left, row.ends_at is not None, row.person_id)

    def set_timer(
        self, map_id: str, person_id: str, seconds: int, *, running: bool = True, at: datetime | None = None
    ) -> None:
        """Let the timer of a map have so many seconds left from now on, running or standing still."""
        ends = (at or now()) + timedelta(seconds=seconds) if running else None
        key = {"workspace_id": self._workspace_id, "map_id": map_id}
        with self._database.writing() as session:
            session.merge(MapTimerRow(**key, person_id=person_id, ends_at=ends, seconds=seconds))

    def take_timer(self, map_id: str) -> None:
        """Take the timer of a map away."""
        mine = (MapTimerRow.workspace_id == self._workspace_id) & (MapTimerRow.map_id == map_id)
        with self._database.writing() as session:
            session.execute(delete(MapTimerRow).where(mine))

    def voting(self, map_id: str) -> Open | None:
        """The voting of a map that is not over; None where there is none."""
        with self._database.reading() as session:
            row = session.scalar(self._of(map_id))
            if row is None:
                return None
            query = select(func.count(func.distinct(MapDotRow.person_id))).where(MapDotRow.voting_id == row.id)
            voters = session.scalar(query.where(MapDotRow.dots > 0)) or 0
            return Open(row.id, row.title, row.dots, tuple(row.lanes), row.by_id, voters)

    def begin(self, map_id: str, title: str, dots: int, lanes: list[str], person_id: str) -> Open:
        """Begin a voting.

        Raises:
            BadInput: there is one already.
        """
        row = MapVotingRow(
            workspace_id=self._workspace_id, map_id=map_id, title=title, dots=dots, lanes=lanes, by_id=person_id
        )  # fmt: skip
        try:
            with self._database.writing() as session:
                session.add(row)
                session.flush()
                return Open(row.id, title, dots, tuple(lanes), person_id, 0)
        except IntegrityError:
            raise BadInput("voting_open") from None

    def mine(self, voting_id: str, person_id: str) -> dict[str, int]:
        """The dots of somebody, by card."""
        return self.given(voting_id).get(person_id, {})

    def given(self, voting_id: str) -> dict[str, dict[str, int]]:
        """Everybody's dots: by person, by card."""
        query = select(MapDotRow).where(MapDotRow.voting_id == voting_id, MapDotRow.dots > 0)
        found: dict[str, dict[str, int]] = {}
        with self._database.reading() as session:
            for row in session.scalars(query.order_by(MapDotRow.person_id, MapDotRow.card)):
                found.setdefault(row.person_id, {})[row.card] = row.dots
        return found

    def put(self, map_id: str, person_id: str, card: str, dots: int) -> None:
        """Let so many dots of somebody stand on a card.

        Raises:
            BadInput: there is no voting, or they have not so many dots.
        """
        with self._database.writing() as session:
            voting = session.scalar(self._of(map_id))
            if voting is None:
                raise BadInput("no_voting")
            others = select(func.sum(MapDotRow.dots)).where(
                MapDotRow.voting_id == voting.id, MapDotRow.person_id == person_id, MapDotRow.card != card
            )  # fmt: skip
            left = voting.dots - (session.scalar(others) or 0)
            if dots > left:
                raise BadInput("too_many_dots", most=voting.dots, left=left)
            self._put(session, MapDotRow(voting_id=voting.id, person_id=person_id, card=card, dots=dots))

    def end(self, map_id: str) -> None:
        """Take a map's voting away, and everybody's dots."""
        with self._database.writing() as session:
            voting = session.scalar(self._of(map_id))
            if voting is not None:
                session.execute(delete(MapDotRow).where(MapDotRow.voting_id == voting.id))
                session.delete(voting)

    def forget(self, map_id: str) -> None:
        """Take away what runs on a map that is gone."""
        self.take_timer(map_id)
        self.end(map_id)

    def _of(self, map_id: str) -> Select[MapVotingRow]:
        return select(MapVotingRow).where(
            MapVotingRow.workspace_id == self._workspace_id, MapVotingRow.map_id == map_id
        )  # fmt: skip

    def _put(self, session: Session, row: MapDotRow) -> None:
        if row.dots:
            session.merge(row)
            return
        which = (MapDotRow.voting_id == row.voting_id) & (MapDotRow.person_id == row.person_id)
        session.execute(delete(MapDotRow).where(which & (MapDotRow.card == row.card)))
