"""Reviews of journey maps: who asked whom about a map as it was after so many steps, and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.map_tables import MapReviewRow, MapVerdictRow
from lvtu.errors import UnknownName

WAITING, APPROVED, CHANGES = VERDICTS = ("waiting", "approved", "changes")
"""Nothing was said yet; it is good as it is; something is to be otherwise."""


@dataclass(frozen=True)
class Verdict:
    """What somebody who was asked says: one of `VERDICTS`, in which words, and when."""

    person_id: str
    verdict: str
    words: str
    at: datetime | None


@dataclass(frozen=True)
class Review:
    """A question to some people about a map; see `lvtu.catalog.map_tables.MapReviewRow`.

    Attributes:
        step: how often the map had been edited then.
        words: what was asked.
        author: the id of who asked.
        verdicts: what each says, by the order in which they answered.
    """

    id: str
    map: str
    step: int
    words: str
    author: str | None
    created: datetime
    verdicts: tuple[Verdict, ...]

    @property
    def state(self) -> str:
        """What comes of it: ``changes`` as soon as one wants some, ``approved`` once all approve, else ``waiting``.

        Example:
            >>> at = now()
            >>> def of(*said: str) -> str:
            ...     verdicts = tuple(Verdict(str(n), one, "", at) for n, one in enumerate(said))
            ...     return Review("r", "m", 1, "", None, at, verdicts).state
            >>> of("approved", "waiting"), of("approved", "approved"), of("waiting", "changes"), of()
            ('waiting', 'approved', 'changes', 'waiting')
        """
        said = {one.verdict for one in self.verdicts}
        return CHANGES if CHANGES in said else APPROVED if said == {APPROVED} else WAITING


class Reviews:
    """The reviews of the maps of a workspace.

    Args:
        database: the catalog's.
        workspace_id: whose maps.

    Example:
        >>> import tempfile, pathlib
        >>> from lvtu.catalog.people import People
        >>> database = Database.of(pathlib.Path(tempfile.mkdtemp()))
        >>> ann, bob = (People(database).new(f"{name}@example.com").id for name in ("ann", "bob"))
        >>> shop = Reviews(database, "shop-id")
        >>> asked = shop.ask("m1", 7, "Ready for the board?", ann, [bob])
        >>> shop.answer("m1", asked.id, bob, "approved", "Well done")
        >>> [(one.step, one.state) for one in shop.of_map("m1")]
        [(7, 'approved')]
    """

    def __init__(self, database: Database, workspace_id: str) -> None:
        self._database, self._workspace_id = database, workspace_id

    def of_map(self, map_id: str) -> list[Review]:
        """Those of a map, the newest first."""
        mine = (MapReviewRow.workspace_id == self._workspace_id) & (MapReviewRow.map_id == map_id)
        verdicts = (
            select(MapVerdictRow)
            .join(MapReviewRow, MapReviewRow.id == MapVerdictRow.review_id)
            .where(mine)
            .order_by(MapVerdictRow.at.is_(None), MapVerdictRow.at, MapVerdictRow.person_id)
        )
        said: dict[str, list[Verdict]] = {}
        with self._database.reading() as session:
            for row in session.scalars(verdicts):
                said.setdefault(row.review_id, []).append(Verdict(row.person_id, row.verdict, row.words, row.at))
            rows = session.scalars(select(MapReviewRow).where(mine).order_by(MapReviewRow.id.desc()))
            return [_review(row, said.get(row.id, [])) for row in rows]

    def ask(self, map_id: str, step: int, words: str, author: str, people: Iterable[str]) -> Review:
        """Ask some people what they say to a map as it is after a step."""
        with self._database.writing() as session:
            row = MapReviewRow(workspace_id=self._workspace_id, map_id=map_id, step=step, words=words, author=author)
            session.add(row)
            session.flush()
            given = [
                MapVerdictRow(review_id=row.id, person_id=one, workspace_id=self._workspace_id)
                for one in dict.fromkeys(people)
            ]
            session.add_all(given)
            session.flush()
            return _review(row, [Verdict(one.person_id, one.verdict, one.words, one.at) for one in given])

    def answer(self, map_id: str, id: str, person_id: str, verdict: str, words: str) -> None:
        """Say what somebody who was asked says; they may say otherwise later.

        Raises:
            UnknownName: there is no such review of the map, or they were not asked.
        """
        with self._database.writing() as session:
            review, row = session.get(MapReviewRow, id), session.get(MapVerdictRow, (id, person_id))
            if review is None or row is None or (review.workspace_id, review.map_id) != (self._workspace_id, map_id):
                raise UnknownName("review", id, [])
            row.verdict, row.words, row.at = verdict, words, now()


def _review(row: MapReviewRow, verdicts: list[Verdict]) -> Review:
    return Review(row.id, row.map_id, row.step, row.words, row.author, row.created, tuple(verdicts))
