"""Files that were sent as answers: kept with the response, gone with the survey and with whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from lvtu.catalog.columns import now
from lvtu.catalog.database import Database
from lvtu.catalog.tables import SurveyFileRow, SurveyRow
from lvtu.errors import BadInput, UnknownName


@dataclass(frozen=True)
class KeptFile:
    """A file, without what is in it; see `lvtu.catalog.tables.SurveyFileRow`."""

    id: str
    survey_id: str
    response: str
    question: str
    name: str
    type: str
    size: int
    created: datetime
    claimed: datetime | None


class Files:
    """The files in the catalog.

    Args:
        database: the catalog's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, survey_id: str, workspace_id: str, response: str, question: str, *, name: str, type: str, content: bytes,
        most: int,
    ) -> KeptFile:  # fmt: skip
        """Keep one that was sent; on disk when it returns.

        Args:
            survey_id, workspace_id: of which survey.
            response, question: as an answer to what.
            name, type, content: the file.
            most: so many may be sent for this answer, those that were given up among them.

        Raises:
            BadInput: as many were sent already (``files_enough``).
        """
        row = SurveyFileRow(
            id=uuid4().hex, survey_id=survey_id, workspace_id=workspace_id, response=response, question=question,
            name=name, type=type, size=len(content), content=content,
        )  # fmt: skip
        with self._database.writing() as session:
            session.get(SurveyRow, survey_id, with_for_update=True)
            there = select(func.count()).where(
                SurveyFileRow.survey_id == survey_id, SurveyFileRow.response == response,
                SurveyFileRow.question == question,
            )  # fmt: skip
            if (session.scalar(there) or 0) >= most:
                raise BadInput("files_enough")
            session.add(row)
            session.flush()
            return _file(row)

    def of_response(self, survey_id: str, response: str) -> dict[str, KeptFile]:
        """Those that were sent for a response, by id."""
        query = select(SurveyFileRow).where(SurveyFileRow.survey_id == survey_id, SurveyFileRow.response == response)
        with self._database.reading() as session:
            return {row.id: _file(row) for row in session.scalars(query)}

    def given(self, survey_id: str, question: str, limit: int = 100) -> list[KeptFile]:
        """Those that responses to a question hold, newest first."""
        query = select(SurveyFileRow).where(
            SurveyFileRow.survey_id == survey_id, SurveyFileRow.question == question, SurveyFileRow.claimed.is_not(None)
        )
        with self._database.reading() as session:
            return [_file(row) for row in session.scalars(query.order_by(SurveyFileRow.claimed.desc()).limit(limit))]

    def content(self, survey_id: str, id: str) -> tuple[KeptFile, bytes]:
        """One that a response holds, with what is in it.

        Raises:
            UnknownName: the survey has none of that id.
        """
        with self._database.reading() as session:
            row = session.get(SurveyFileRow, id)
            if row is None or row.survey_id != survey_id or row.claimed is None:
                raise UnknownName("file", id, [])
            return _file(row), row.content

    def drop_unclaimed(self, before: datetime) -> int:
        """Drop those that no response holds and that were sent before a time; how many."""
        unclaimed = SurveyFileRow.claimed.is_(None), SurveyFileRow.created < before
        with self._database.reading() as session:  # it is asked every other second, and a write would lock out others
            if session.scalar(select(SurveyFileRow.id).where(*unclaimed).limit(1)) is None:
                return 0
        old = delete(SurveyFileRow).where(*unclaimed)
        with self._database.writing() as session:
            return int(session.execute(old).rowcount)  # type: ignore[attr-defined]


def claim(session: Session, survey_id: str, response: str, ids: Sequence[str], who: Mapping[str, str | None]) -> None:
    """Have a response hold its files, in the transaction that keeps it; the others that were sent for it go."""
    whose = who.get("customer") or who.get("device")
    mine = select(SurveyFileRow).where(SurveyFileRow.survey_id == survey_id, SurveyFileRow.response == response)
    for row in session.scalars(mine):
        if row.id in ids:
            row.claimed, row.whose = now(), whose
        else:
            session.delete(row)


def _file(row: SurveyFileRow) -> KeptFile:
    return KeptFile(**{name: getattr(row, name) for name in KeptFile.__dataclass_fields__})
